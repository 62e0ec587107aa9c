/**
 * What every device computes for the DDPM, as tfjs kernels of our own: names, inputs, attributes. Each is registered for 'cpu' (the reference, in
 * ./cpu), 'wasm' and 'webgpu'. Random numbers are Philox4x32-10 exactly as core/math/random counts them: pair p of a stream is its words 2p
 * and 2p + 1, and the normals 2p and 2p + 1 made of them by Box–Muller. The words are equal bit for bit on every device, normals to 1e-3.
 */
import type { MlpShape } from './shape';

/** inputs x [n, 2], parameters, features [rows, FEATURES]; attrs MlpAttrs → f(x) [n, 2]. */
export const MLP = 'MarginaliaMlp';
/** inputs x [n, 2], parameters, features [rows, FEATURES]; attrs StepAttrs → a·x + b·f(x) + c·z [n, 2]. */
export const DDPM_STEP = 'MarginaliaDdpmStep';
/** inputs data [N, 2], parameters, features [T, FEATURES], table [T, TABLE]; attrs GradientAttrs → gradient [P], records [count, 2]. */
export const DDPM_GRADIENT = 'MarginaliaDdpmGradient';
/** inputs state [4, P], gradient [P]; attrs AdamEmaAttrs → the next state [4, P]. */
export const ADAM_EMA = 'MarginaliaAdamEma';
/** no inputs; attrs RandomAttrs → normals [count], float32. */
export const NORMALS = 'MarginaliaNormals';
/** no inputs; attrs RandomAttrs → words [count], their bits in an int32 tensor. */
export const WORDS = 'MarginaliaWords';

/** Rows of a training state. */
export const STATE = { parameters: 0, first: 1, second: 2, average: 3, rows: 4 } as const;

/** `parameters` is any tensor of whole rows of P numbers (a state, or the P alone); `parametersRow` is the row that is used. */
export interface NetworkAttrs extends MlpShape {
  parametersRow: number;
}

export interface MlpAttrs extends NetworkAttrs {
  /** The row of `features` for all points. */
  featuresRow: number;
}

export interface Counter {
  /** Two words: `keyFromSeed`. */
  key: readonly [number, number];
  /** Two words: `streamWords`. */
  stream: readonly [number, number];
}

export interface StepAttrs extends MlpAttrs, Counter {
  a: number;
  b: number;
  /** 0: no noise is drawn. */
  c: number;
  /** The pair that point 0 takes; point i takes pair firstPair + i. Below 2³². */
  firstPair: number;
}

/** Columns of `table` at each t: x_t = signal·x0 + noise·ε; the target is targetX0·x0 + targetEps·ε; `weight` multiplies the squared error. */
export const TABLE = { signal: 0, noise: 1, targetX0: 2, targetEps: 3, weight: 4, columns: 5 } as const;

/**
 * Example e, one of firstExample … firstExample + count − 1, takes the words (u, v) of pair e of the stream `pick` (its point is number ⌊u·N/2³²⌋ of
 * `data`, its t is ⌊v·T/2³²⌋) and the two normals of pair e of the stream `noise`. Its loss is weight_t · ½ · |f(x_t) − target|²; the gradient is
 * that of scale · Σ loss; `records` holds t and loss of each.
 */
export interface GradientAttrs extends NetworkAttrs {
  key: readonly [number, number];
  pick: readonly [number, number];
  noise: readonly [number, number];
  /** Below 2³² − count. */
  firstExample: number;
  count: number;
  scale: number;
}

/** Kingma & Ba 2015, algorithm 1, with both bias corrections folded by the caller into `rate` and `epsilon`; then average ← decay·average + (1 − decay)·parameters. */
export interface AdamEmaAttrs {
  rate: number;
  beta1: number;
  beta2: number;
  epsilon: number;
  decay: number;
}

export interface RandomAttrs extends Counter {
  /** The first pair; the output begins with its first number. */
  firstPair: number;
  count: number;
}
