/** Everything that follows from the betas alone (Ho et al. 2020, section 2), and the conversions between what networks predict. */

/** Float64 arrays of length T; index t holds the paper's step t + 1, so `alphasCumprodPrev[0]` = ᾱ_0 = 1. */
export interface DiffusionQuantities {
  T: number;
  betas: Float64Array;
  /** α = 1 − β */
  alphas: Float64Array;
  /** ᾱ_t = ∏ α_s, s ≤ t: the share of the signal's variance that is left. */
  alphasCumprod: Float64Array;
  /** ᾱ_{t−1}, with ᾱ_0 = 1. */
  alphasCumprodPrev: Float64Array;
  sqrtAlphasCumprod: Float64Array;
  /** √(1 − ᾱ): standard deviation of the noise in x_t. */
  sqrtOneMinusAlphasCumprod: Float64Array;
  /** ᾱ/(1 − ᾱ) */
  snr: Float64Array;
  /** Natural logarithm of `snr`. */
  logSnr: Float64Array;
  /** β̃_t = (1 − ᾱ_{t−1})/(1 − ᾱ_t) · β_t (Ho et al. 2020, eq. 7); 0 at the first step. */
  posteriorVariance: Float64Array;
  /**
   * Natural logarithm of β̃, with β̃ of the first step, which is 0, replaced by that of the second (as improved-diffusion);
   * with T = 1 there is no second and it is log 1e-20, diffusers' clamp.
   */
  posteriorLogVarianceClipped: Float64Array;
  /** Coefficient of x_0 in μ̃_t: √ᾱ_{t−1} β_t/(1 − ᾱ_t) (eq. 7). */
  posteriorMeanCoef1: Float64Array;
  /** Coefficient of x_t in μ̃_t: √α_t (1 − ᾱ_{t−1})/(1 − ᾱ_t) (eq. 7). */
  posteriorMeanCoef2: Float64Array;
}

/** diffusers clamps posterior variances here before it takes their logarithm. */
export const MIN_VARIANCE = 1e-20;

/**
 * @param betas length T, each strictly between 0 and 1 (see `makeBetas`); the last may be 1 (zero terminal SNR), where ᾱ and the SNR are 0 and `logSnr` is −∞.
 */
export function diffusionQuantities(betas: ArrayLike<number>): DiffusionQuantities {
  const beta = Float64Array.from(betas);
  const T = beta.length;
  const alphas = beta.map((b) => 1 - b);
  const alphasCumprod = new Float64Array(T);
  const alphasCumprodPrev = new Float64Array(T);
  for (let t = 0, product = 1; t < T; t++) {
    alphasCumprodPrev[t] = product;
    product *= alphas[t];
    alphasCumprod[t] = product;
  }
  const posteriorVariance = beta.map((b, t) => ((1 - alphasCumprodPrev[t]) / (1 - alphasCumprod[t])) * b);
  return {
    T,
    betas: beta,
    alphas,
    alphasCumprod,
    alphasCumprodPrev,
    sqrtAlphasCumprod: alphasCumprod.map(Math.sqrt),
    sqrtOneMinusAlphasCumprod: alphasCumprod.map((a) => Math.sqrt(1 - a)),
    snr: alphasCumprod.map((a) => a / (1 - a)),
    logSnr: alphasCumprod.map(logSnrOf),
    posteriorVariance,
    posteriorLogVarianceClipped: posteriorVariance.map((v, t) => Math.log(Math.max(t === 0 && T > 1 ? posteriorVariance[1] : v, MIN_VARIANCE))),
    posteriorMeanCoef1: beta.map((b, t) => (Math.sqrt(alphasCumprodPrev[t]) * b) / (1 - alphasCumprod[t])),
    posteriorMeanCoef2: alphas.map((a, t) => (Math.sqrt(a) * (1 - alphasCumprodPrev[t])) / (1 - alphasCumprod[t])),
  };
}

/** log(ᾱ/(1 − ᾱ)), natural; the noise level by which networks may be conditioned. */
export const logSnrOf = (alphaBar: number): number => Math.log(alphaBar) - Math.log1p(-alphaBar);

/**
 * What the network predicts, with diffusers' names: the noise ε; x_0 (`sample`); or v = √ᾱ ε − √(1 − ᾱ) x_0 (Salimans & Ho 2022, section 4).
 */
export type PredictionType = 'epsilon' | 'sample' | 'v_prediction';

/** A quantity as a linear combination of x_t and the network's prediction. */
export interface LinearInXAndPrediction {
  x: number;
  prediction: number;
}

/**
 * Why ε-prediction cannot work where ᾱ = 0, in words: x_t is the noise itself, so a network that names it right knows nothing of x_0.
 */
export const EPSILON_AT_ZERO_SNR = 'At ᾱ = 0 (zero terminal SNR) x_t is noise alone, and a prediction of ε says nothing of x_0. Choose predictionType v_prediction or sample';

/**
 * x̂₀ and ε̂ from x_t and a prediction at noise level ᾱ in (0, 1); both solve x_t = √ᾱ x_0 + √(1 − ᾱ) ε. For `sample` and `v_prediction` ᾱ may be 0.
 * @throws RangeError for `epsilon` at ᾱ = 0.
 */
export function fromPrediction(type: PredictionType, alphaBar: number): { x0: LinearInXAndPrediction; eps: LinearInXAndPrediction } {
  const a = Math.sqrt(alphaBar);
  const s = Math.sqrt(1 - alphaBar);
  switch (type) {
    case 'epsilon':
      if (a === 0) throw new RangeError(`${EPSILON_AT_ZERO_SNR}.`);
      return { x0: { x: 1 / a, prediction: -s / a }, eps: { x: 0, prediction: 1 } };
    case 'sample':
      return { x0: { x: 0, prediction: 1 }, eps: { x: 1 / s, prediction: -a / s } };
    case 'v_prediction':
      return { x0: { x: a, prediction: -s }, eps: { x: s, prediction: a } };
  }
}

/** The prediction that a network of this type should make for known x_0 and ε, as coefficients: `x0` · x_0 + `eps` · ε. */
export function toPrediction(type: PredictionType, alphaBar: number): { x0: number; eps: number } {
  switch (type) {
    case 'epsilon':
      return { x0: 0, eps: 1 };
    case 'sample':
      return { x0: 1, eps: 0 };
    case 'v_prediction':
      return { x0: -Math.sqrt(1 - alphaBar), eps: Math.sqrt(alphaBar) };
  }
}

/**
 * Between types: `prediction` of type `to` = x · x_t + prediction · (prediction of type `from`).
 * @throws RangeError from `epsilon` to another type at ᾱ = 0.
 */
export function convertPrediction(from: PredictionType, to: PredictionType, alphaBar: number): LinearInXAndPrediction {
  if (from === to) return { x: 0, prediction: 1 };
  const { x0, eps } = fromPrediction(from, alphaBar);
  const target = toPrediction(to, alphaBar);
  return { x: target.x0 * x0.x + target.eps * eps.x, prediction: target.x0 * x0.prediction + target.eps * eps.prediction };
}
