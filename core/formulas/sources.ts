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
export const ECKART_YOUNG_1936 = (equation: string): Source => ({ paper: 'Eckart & Young 1936', equation, url: 'https://doi.org/10.1007/BF02288367' });
export const BALDI_HORNIK_1989 = (equation: string): Source => ({ paper: 'Baldi & Hornik 1989', equation, url: 'https://doi.org/10.1016/0893-6080(89)90014-2' });
export const TREFETHEN_1997 = (equation: string): Source => ({ paper: 'Trefethen & Bau 1997, Numerical Linear Algebra', equation, url: 'https://doi.org/10.1137/1.9780898719574' });
export const JOLLIFFE_2002 = (equation: string): Source => ({ paper: 'Jolliffe 2002, Principal Component Analysis', equation, url: 'https://doi.org/10.1007/b98835' });
export const NEAL_HINTON_1998 = (equation: string): Source => ({ paper: 'Neal & Hinton 1998, A view of the EM algorithm that justifies incremental, sparse, and other variants', equation, url: 'https://doi.org/10.1007/978-94-011-5014-9_12' });
export const LIN_1991 = (equation: string): Source => ({ paper: 'Lin 1991, Divergence measures based on the Shannon entropy', equation, url: 'https://doi.org/10.1109/18.61115' });

// Language
export const LEVY_GOLDBERG_2014 = (equation: string): Source => ({ paper: 'Levy & Goldberg 2014', equation, url: 'https://papers.nips.cc/paper/5477-neural-word-embedding-as-implicit-matrix-factorization' });
export const BENGIO_2003 = (equation: string): Source => ({ paper: 'Bengio et al. 2003', equation, url: 'https://www.jmlr.org/papers/v3/bengio03a.html' });
export const CHEN_GOODMAN_1998 = (equation: string): Source => ({ paper: 'Chen & Goodman 1998', equation, url: 'https://dash.harvard.edu/handle/1/25104739' });
export const LEVY_GOLDBERG_2014_ANALOGIES = (equation: string): Source => ({ paper: 'Levy & Goldberg 2014 (linguistic regularities)', equation, url: 'https://aclanthology.org/W14-1618/' });
export const LEVY_2015 = (equation: string): Source => ({ paper: 'Levy et al. 2015', equation, url: 'https://aclanthology.org/Q15-1016/' });
export const FU_2014 = (equation: string): Source => ({ paper: 'Fu et al. 2014', equation, url: 'https://aclanthology.org/P14-1113/' });

// Scores
export const HYVARINEN_2005 = (equation: string): Source => ({ paper: 'Hyvärinen 2005', equation, url: 'https://www.jmlr.org/papers/v6/hyvarinen05a.html' });
export const VINCENT_2011 = (equation: string): Source => ({ paper: 'Vincent 2011', equation, url: 'https://doi.org/10.1162/NECO_a_00142' });
export const SONG_2019_SLICED = (equation: string): Source => ({ paper: 'Song et al. 2019 (sliced score matching)', equation, url: 'https://arxiv.org/abs/1905.07088' });
export const SONG_ERMON_2019 = (equation: string): Source => ({ paper: 'Song & Ermon 2019', equation, url: 'https://arxiv.org/abs/1907.05600' });
export const DHARIWAL_2021 = (equation: string): Source => ({ paper: 'Dhariwal & Nichol 2021', equation, url: 'https://arxiv.org/abs/2105.05233' });
export const HO_SALIMANS_2022 = (equation: string): Source => ({ paper: 'Ho & Salimans 2022', equation, url: 'https://arxiv.org/abs/2207.12598' });

// Differential equations
export const OKSENDAL_2003 = (equation: string): Source => ({ paper: 'Øksendal 2003, Stochastic Differential Equations', equation, url: 'https://doi.org/10.1007/978-3-642-14394-6' });
export const ANDERSON_1982 = (equation: string): Source => ({ paper: 'Anderson 1982', equation, url: 'https://doi.org/10.1016/0304-4149(82)90051-5' });

// Games, flows, autoregressive models
export const PAPAMAKARIOS_2021 = (equation: string): Source => ({ paper: 'Papamakarios et al. 2021', equation, url: 'https://arxiv.org/abs/1912.02762' });
export const CHEN_2018 = (equation: string): Source => ({ paper: 'Chen et al. 2018 (neural ODEs)', equation, url: 'https://arxiv.org/abs/1806.07366' });
export const GERMAIN_2015 = (equation: string): Source => ({ paper: 'Germain et al. 2015 (MADE)', equation, url: 'https://arxiv.org/abs/1502.03509' });
export const HOOGEBOOM_2022 = (equation: string): Source => ({ paper: 'Hoogeboom et al. 2022 (ARDM)', equation, url: 'https://arxiv.org/abs/2110.02037' });

// Energies and hybrids
export const HINTON_2002 = (equation: string): Source => ({ paper: 'Hinton 2002 (contrastive divergence)', equation, url: 'https://doi.org/10.1162/089976602760128018' });
export const NIJKAMP_2019 = (equation: string): Source => ({ paper: 'Nijkamp et al. 2019 (short-run MCMC)', equation, url: 'https://arxiv.org/abs/1904.09770' });
export const SALIMANS_HO_2021 = (equation: string): Source => ({ paper: 'Salimans & Ho 2021 (energy or score)', equation, url: 'https://openreview.net/forum?id=9AS-TF2jRNb' });
export const GAO_2021 = (equation: string): Source => ({ paper: 'Gao et al. 2021 (diffusion recovery likelihood)', equation, url: 'https://arxiv.org/abs/2012.08125' });
export const ZHANG_2021 = (equation: string): Source => ({ paper: 'Zhang & Chen 2021 (diffusion normalizing flow)', equation, url: 'https://arxiv.org/abs/2110.07579' });
export const KIM_2022 = (equation: string): Source => ({ paper: 'Kim et al. 2022 (INDM)', equation, url: 'https://arxiv.org/abs/2205.13699' });
export const VAHDAT_2021 = (equation: string): Source => ({ paper: 'Vahdat et al. 2021 (LSGM)', equation, url: 'https://arxiv.org/abs/2106.05931' });
