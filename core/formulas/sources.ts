/** The papers and books that are cited: each with the place in it, as an equation, an algorithm or a section. */
import type { Source } from './formula';

// Diffusion
export const HO_2020 = (equation: string): Source => ({ paper: 'Ho et al. 2020', equation, url: 'https://arxiv.org/abs/2006.11239' });
export const NICHOL_2021 = (equation: string): Source => ({ paper: 'Nichol & Dhariwal 2021', equation, url: 'https://arxiv.org/abs/2102.09672' });
export const SONG_2021 = (equation: string): Source => ({ paper: 'Song et al. 2021 (DDIM)', equation, url: 'https://arxiv.org/abs/2010.02502' });
export const SALIMANS_2022 = (equation: string): Source => ({ paper: 'Salimans & Ho 2022', equation, url: 'https://arxiv.org/abs/2202.00512' });
export const ROMBACH_2022 = (equation: string): Source => ({ paper: 'Rombach et al. 2022', equation, url: 'https://arxiv.org/abs/2112.10752' });
export const XU_2022 = (equation: string): Source => ({ paper: 'Xu et al. 2022 (GeoDiff)', equation, url: 'https://arxiv.org/abs/2203.02923' });
export const JABRI_2022 = (equation: string): Source => ({ paper: 'Jabri et al. 2022', equation, url: 'https://arxiv.org/abs/2212.11972' });
export const EFRON_2011 = (equation: string): Source => ({ paper: 'Efron 2011', equation, url: 'https://doi.org/10.1198/jasa.2011.tm11181' });
export const KINGMA_2021 = (equation: string): Source => ({ paper: 'Kingma et al. 2021 (variational diffusion models)', equation, url: 'https://arxiv.org/abs/2107.00630' });
export const HANG_2023 = (equation: string): Source => ({ paper: 'Hang et al. 2023 (min-SNR)', equation, url: 'https://arxiv.org/abs/2303.09556' });
export const LIN_2024 = (equation: string): Source => ({ paper: 'Lin et al. 2024', equation, url: 'https://arxiv.org/abs/2305.08891' });
export const SONG_2021_SDE = (equation: string): Source => ({ paper: 'Song et al. 2021 (SDE)', equation, url: 'https://arxiv.org/abs/2011.13456' });
export const KINGMA_2014 = (equation: string): Source => ({ paper: 'Kingma & Welling 2014', equation, url: 'https://arxiv.org/abs/1312.6114' });
export const BURDA_2016 = (equation: string): Source => ({ paper: 'Burda et al. 2016 (IWAE)', equation, url: 'https://arxiv.org/abs/1509.00519' });
export const HIGGINS_2017 = (equation: string): Source => ({ paper: 'Higgins et al. 2017 (beta-VAE)', equation, url: 'https://openreview.net/forum?id=Sy2fzU9gl' });
export const LUO_2022 = (equation: string): Source => ({ paper: 'Luo 2022', equation, url: 'https://arxiv.org/abs/2208.11970' });
export const VINCENT_2010 = (equation: string): Source => ({ paper: 'Vincent et al. 2010', equation, url: 'https://www.jmlr.org/papers/v11/vincent10a.html' });
export const MIKOLOV_2013 = (equation: string): Source => ({ paper: 'Mikolov et al. 2013', equation, url: 'https://arxiv.org/abs/1310.4546' });
export const RONG_2014 = (equation: string): Source => ({ paper: 'Rong 2014', equation, url: 'https://arxiv.org/abs/1411.2738' });
export const JURAFSKY = (equation: string): Source => ({ paper: 'Jurafsky & Martin, Speech and Language Processing', equation, url: 'https://web.stanford.edu/~jurafsky/slp3/' });
export const GOODFELLOW_2014 = (equation: string): Source => ({ paper: 'Goodfellow et al. 2014', equation, url: 'https://arxiv.org/abs/1406.2661' });
export const DINH_2017 = (equation: string): Source => ({ paper: 'Dinh et al. 2017 (Real NVP)', equation, url: 'https://arxiv.org/abs/1605.08803' });
export const SONG_KINGMA_2021 = (equation: string): Source => ({ paper: 'Song & Kingma 2021', equation, url: 'https://arxiv.org/abs/2101.03288' });
export const OORD_2016 = (equation: string): Source => ({ paper: 'van den Oord et al. 2016', equation, url: 'https://arxiv.org/abs/1601.06759' });
export const BISHOP_2006 = (equation: string): Source => ({ paper: 'Bishop 2006, Pattern Recognition and Machine Learning', equation, url: 'https://www.microsoft.com/en-us/research/publication/pattern-recognition-machine-learning/' });
export const MACKAY_2003 = (equation: string): Source => ({ paper: 'MacKay 2003, Information Theory, Inference, and Learning Algorithms', equation, url: 'https://www.inference.org.uk/itila/book.html' });
export const COVER_THOMAS_2006 = (equation: string): Source => ({ paper: 'Cover & Thomas 2006, Elements of Information Theory', equation, url: 'https://doi.org/10.1002/047174882X' });
export const BOYD_2004 = (equation: string): Source => ({ paper: 'Boyd & Vandenberghe 2004, Convex Optimization', equation, url: 'https://web.stanford.edu/~boyd/cvxbook/' });

// Representation

// Language

// Scores

// Differential equations

// Games, flows, autoregressive models

// Energies and hybrids
export const HINTON_2002 = (equation: string): Source => ({ paper: 'Hinton 2002 (contrastive divergence)', equation, url: 'https://doi.org/10.1162/089976602760128018' });
export const NIJKAMP_2019 = (equation: string): Source => ({ paper: 'Nijkamp et al. 2019 (short-run MCMC)', equation, url: 'https://arxiv.org/abs/1904.09770' });
export const SALIMANS_HO_2021 = (equation: string): Source => ({ paper: 'Salimans & Ho 2021 (energy or score)', equation, url: 'https://openreview.net/forum?id=9AS-TF2jRNb' });
export const GAO_2021 = (equation: string): Source => ({ paper: 'Gao et al. 2021 (diffusion recovery likelihood)', equation, url: 'https://arxiv.org/abs/2012.08125' });
export const ZHANG_2021 = (equation: string): Source => ({ paper: 'Zhang & Chen 2021 (diffusion normalizing flow)', equation, url: 'https://arxiv.org/abs/2110.07579' });
export const KIM_2022 = (equation: string): Source => ({ paper: 'Kim et al. 2022 (INDM)', equation, url: 'https://arxiv.org/abs/2205.13699' });
export const VAHDAT_2021 = (equation: string): Source => ({ paper: 'Vahdat et al. 2021 (LSGM)', equation, url: 'https://arxiv.org/abs/2106.05931' });
