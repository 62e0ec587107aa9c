/** A formula: one expression from which its TeX, its words and its value come, and where it was published. */
import { pow, sym, symbolsOf, type Expr } from './expr';
import { spoken } from './spoken';
import { tex, type TexOptions } from './tex';
import type { SymbolId } from './symbols';

export interface Source {
  /** Authors and year as cited, e.g. "Ho et al. 2020". */
  paper: string;
  /** Equation, algorithm or section in that paper. */
  equation: string;
  url: string;
}

export interface Formula {
  id: string;
  title: string;
  /** What the expression gives. */
  defines: Expr;
  expression: Expr;
  /** Of both sides, each once. */
  symbols: readonly SymbolId[];
  source: Source;
}

export const HO_2020 = (equation: string): Source => ({ paper: 'Ho et al. 2020', equation, url: 'https://arxiv.org/abs/2006.11239' });
export const NICHOL_2021 = (equation: string): Source => ({ paper: 'Nichol & Dhariwal 2021', equation, url: 'https://arxiv.org/abs/2102.09672' });
export const SONG_2021 = (equation: string): Source => ({ paper: 'Song et al. 2021 (DDIM)', equation, url: 'https://arxiv.org/abs/2010.02502' });
export const SALIMANS_2022 = (equation: string): Source => ({ paper: 'Salimans & Ho 2022', equation, url: 'https://arxiv.org/abs/2202.00512' });
export const ROMBACH_2022 = (equation: string): Source => ({ paper: 'Rombach et al. 2022', equation, url: 'https://arxiv.org/abs/2112.10752' });
export const XU_2022 = (equation: string): Source => ({ paper: 'Xu et al. 2022 (GeoDiff)', equation, url: 'https://arxiv.org/abs/2203.02923' });
export const JABRI_2022 = (equation: string): Source => ({ paper: 'Jabri et al. 2022', equation, url: 'https://arxiv.org/abs/2212.11972' });

export const HANG_2023 = (equation: string): Source => ({ paper: 'Hang et al. 2023 (min-SNR)', equation, url: 'https://arxiv.org/abs/2303.09556' });
export const LIN_2024 = (equation: string): Source => ({ paper: 'Lin et al. 2024', equation, url: 'https://arxiv.org/abs/2305.08891' });
export const SONG_2021_SDE = (equation: string): Source => ({ paper: 'Song et al. 2021 (SDE)', equation, url: 'https://arxiv.org/abs/2011.13456' });
export const KINGMA_2014 = (equation: string): Source => ({ paper: 'Kingma & Welling 2014', equation, url: 'https://arxiv.org/abs/1312.6114' });
export const VINCENT_2010 = (equation: string): Source => ({ paper: 'Vincent et al. 2010', equation, url: 'https://www.jmlr.org/papers/v11/vincent10a.html' });
export const MIKOLOV_2013 = (equation: string): Source => ({ paper: 'Mikolov et al. 2013', equation, url: 'https://arxiv.org/abs/1310.4546' });
export const RONG_2014 = (equation: string): Source => ({ paper: 'Rong 2014', equation, url: 'https://arxiv.org/abs/1411.2738' });
export const JURAFSKY = (equation: string): Source => ({ paper: 'Jurafsky & Martin, Speech and Language Processing', equation, url: 'https://web.stanford.edu/~jurafsky/slp3/' });
export const GOODFELLOW_2014 = (equation: string): Source => ({ paper: 'Goodfellow et al. 2014', equation, url: 'https://arxiv.org/abs/1406.2661' });
export const DINH_2017 = (equation: string): Source => ({ paper: 'Dinh et al. 2017 (Real NVP)', equation, url: 'https://arxiv.org/abs/1605.08803' });
export const SONG_KINGMA_2021 = (equation: string): Source => ({ paper: 'Song & Kingma 2021', equation, url: 'https://arxiv.org/abs/2101.03288' });
export const OORD_2016 = (equation: string): Source => ({ paper: 'van den Oord et al. 2016', equation, url: 'https://arxiv.org/abs/1601.06759' });
export const BISHOP_2006 = (equation: string): Source => ({ paper: 'Bishop 2006, Pattern Recognition and Machine Learning', equation, url: 'https://www.microsoft.com/en-us/research/publication/pattern-recognition-machine-learning/' });
export const LUO_2022 = (equation: string): Source => ({ paper: 'Luo 2022', equation, url: 'https://arxiv.org/abs/2208.11970' });

export function formula(id: string, title: string, defines: SymbolId | Expr, expression: Expr, source: Source): Formula {
  const left = typeof defines === 'string' ? sym(defines) : defines;
  return { id, title, defines: left, expression, symbols: symbolsOf(left, expression), source };
}

export const SIGMA_SQUARED = pow(sym('sigma'), 2);

export const formulaTex = (f: Formula, options?: TexOptions): string => `${tex(f.defines, options)} = ${tex(f.expression, options)}`;
export const formulaSpoken = (f: Formula): string => `${spoken(f.defines)} equals ${spoken(f.expression)}`;
