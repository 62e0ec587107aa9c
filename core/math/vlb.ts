/**
 * The variational bound −log p_θ(x_0) ≤ L_0 + L_1 + … + L_{T−1} + L_T, term by term (Ho et al. 2020, eq. 5), in nats per example.
 * Index t counts from 0: `t = 0` is the decoder's L_0, `t ≥ 1` the KL divergence L_t of the paper; the prior's L_T stands apart.
 * Points are interleaved arrays of n examples with `dimensions` numbers each.
 */
import { fromPrediction, type DiffusionQuantities, type PredictionType } from './diffusion';
import { gaussianKl, gaussianNll, logUpperTail, truncatedNormal } from './gaussian';
import type { VarianceType } from './samplers';

/**
 * What L_0 = −log p_θ(x_0 | x_1) takes the data for:
 * - `gaussian`: continuous data, the density N(x_0; μ_θ, σ_1² I). The default, and the one for points in the plane. A density may exceed 1,
 *   so this L_0, and the whole bound, may be negative.
 * - `discretized`: 8-bit values scaled to [−1, 1], the mass of each one's bin of width 2/255 (Ho et al. 2020, eq. 13), with the exact normal distribution function.
 * - `discretized_tanh`: the same with the approximation ½(1 + tanh(√(2/π)(z + 0.044715 z³))) and the clamp at 1e-12 of improved-diffusion and guided-diffusion.
 */
export type DecoderKind = 'gaussian' | 'discretized' | 'discretized_tanh';

export interface BoundOptions {
  /** Variance of the sampling step, σ_t²; default `fixed_small`. */
  varianceType?: VarianceType;
  /** Default `gaussian`. */
  decoder?: DecoderKind;
  /** Numbers per example; default 2. */
  dimensions?: number;
}

/**
 * σ_t² of p_θ(x_{t−1} | x_t), length T: β̃_t (`fixed_small`) or β_t (`fixed_large`). That of the first step is β̃ of the second for both, as in
 * improved-diffusion, since β̃_1 = 0 would make L_0 infinite; with T = 1 there is no second, and it is β_1.
 */
export function modelVariances(q: DiffusionQuantities, varianceType: VarianceType = 'fixed_small'): Float64Array {
  if (varianceType !== 'fixed_small' && varianceType !== 'fixed_large') throw new RangeError(`Unknown varianceType "${String(varianceType)}". Choose fixed_small or fixed_large.`);
  const variances = (varianceType === 'fixed_large' ? q.betas : q.posteriorVariance).slice();
  variances[0] = q.T > 1 ? q.posteriorVariance[1] : q.betas[0];
  return variances;
}

/** x̂_0 from a batch at one t and the network's prediction for it. @throws RangeError for ε at ᾱ = 0, and for unequal lengths. */
export function predictedX0(q: DiffusionQuantities, t: number, xt: ArrayLike<number>, prediction: ArrayLike<number>, type: PredictionType): Float64Array {
  if (xt.length !== prediction.length) throw new RangeError(`x_t and the prediction must have one length; got ${xt.length} and ${prediction.length}.`);
  const { x0 } = fromPrediction(type, q.alphasCumprod[t]);
  return Float64Array.from(xt, (x, i) => x0.x * x + x0.prediction * prediction[i]);
}

/**
 * L_t, t = 1 … T − 1: KL(q(x_{t−1} | x_t, x_0) ‖ p_θ(x_{t−1} | x_t)) of each example. Both means share their part of x_t, so only x_0 − x̂_0 counts.
 * @returns length n.
 */
export function klTerm(q: DiffusionQuantities, t: number, x0: ArrayLike<number>, x0Predicted: ArrayLike<number>, { varianceType = 'fixed_small', dimensions = 2 }: BoundOptions = {}): Float64Array {
  if (!(Number.isInteger(t) && t >= 1 && t < q.T)) throw new RangeError(`A KL term belongs to an index from 1 to ${q.T - 1}, not ${t}; index 0 is the decoder's.`);
  const scale = q.posteriorMeanCoef1[t] ** 2;
  const variance = varianceType === 'fixed_large' ? q.betas[t] : q.posteriorVariance[t];
  return squaredErrors(x0, x0Predicted, dimensions).map((error) => gaussianKl(scale * error, q.posteriorVariance[t], variance, dimensions));
}

/** L_0 of each example, of the kind that `decoder` names. At the first step μ_θ = x̂_0. @returns length n. */
export function decoderTerm(q: DiffusionQuantities, x0: ArrayLike<number>, x0Predicted: ArrayLike<number>, { varianceType = 'fixed_small', decoder = 'gaussian', dimensions = 2 }: BoundOptions = {}): Float64Array {
  const [variance] = modelVariances(q, varianceType);
  const errors = squaredErrors(x0, x0Predicted, dimensions);
  if (decoder === 'gaussian') return errors.map((error) => gaussianNll(error, variance, dimensions));
  const binNll = BIN_NLL[decoder];
  if (!binNll) throw new RangeError(`Unknown decoder "${String(decoder)}". Choose gaussian, discretized or discretized_tanh.`);
  const deviation = Math.sqrt(variance);
  return errors.map((_, n) => {
    let sum = 0;
    for (let i = n * dimensions; i < (n + 1) * dimensions; i++) sum += binNll(x0[i], x0Predicted[i], deviation);
    return sum;
  });
}

/** L_T = KL(q(x_T | x_0) ‖ N(0, I)) of each example; nothing to train. @returns length n. */
export function priorTerm(q: DiffusionQuantities, x0: ArrayLike<number>, dimensions = 2): Float64Array {
  const alphaBar = q.alphasCumprod[q.T - 1];
  return squaredErrors(x0, new Float64Array(x0.length), dimensions).map((size) => gaussianKl(alphaBar * size, 1 - alphaBar, 1, dimensions));
}

/** The term of index t of each example, from what a network predicts for the batch: {@link decoderTerm} at t = 0, {@link klTerm} above. */
export function boundTerm(q: DiffusionQuantities, t: number, x0: ArrayLike<number>, xt: ArrayLike<number>, prediction: ArrayLike<number>, type: PredictionType, options: BoundOptions = {}): Float64Array {
  const x0Predicted = predictedX0(q, t, xt, prediction, type);
  return t === 0 ? decoderTerm(q, x0, x0Predicted, options) : klTerm(q, t, x0, x0Predicted, options);
}

export interface Bound {
  /** Nats per example, length T: L_0, L_1, …, L_{T−1}. */
  terms: Float64Array;
  /** L_T, nats per example. */
  prior: number;
  /** Nats per example. */
  total: number;
  /** The total in bits per dimension. */
  bitsPerDim: number;
  dimensions: number;
}

/** The bound from its terms, each a mean over examples. */
export function boundOf(terms: ArrayLike<number>, prior: number, dimensions = 2): Bound {
  const own = Float64Array.from(terms);
  const total = own.reduce((sum, term) => sum + term, prior);
  return { terms: own, prior, total, bitsPerDim: bitsPerDim(total, dimensions), dimensions };
}

/** Nats per example as bits per dimension: nats/(D ln 2). */
export const bitsPerDim = (nats: number, dimensions = 2): number => nats / (dimensions * Math.LN2);

/**
 * The whole bound of a batch, one noise draw at each t.
 * @param predict the network: what it predicts for x_t (length of x0) at index t.
 * @param noise standard normals of index t, length of x0.
 * @throws RangeError for ε-prediction where ᾱ = 0.
 */
export function boundTerms(q: DiffusionQuantities, x0: ArrayLike<number>, noise: (t: number) => ArrayLike<number>, predict: (xt: Float64Array, t: number) => ArrayLike<number>, type: PredictionType, options: BoundOptions = {}): Bound {
  const terms = Float64Array.from({ length: q.T }, (_, t) => {
    const epsilon = noise(t);
    const xt = Float64Array.from(x0, (x, i) => q.sqrtAlphasCumprod[t] * x + q.sqrtOneMinusAlphasCumprod[t] * epsilon[i]);
    return mean(boundTerm(q, t, x0, xt, predict(xt, t), type, options));
  });
  return boundOf(terms, mean(priorTerm(q, x0, options.dimensions)), options.dimensions);
}

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function squaredErrors(a: ArrayLike<number>, b: ArrayLike<number>, dimensions: number): Float64Array {
  if (a.length !== b.length || a.length === 0 || a.length % dimensions !== 0) throw new RangeError(`Points of ${dimensions} numbers each are needed, as many of one as of the other; got ${a.length} and ${b.length} numbers.`);
  return Float64Array.from({ length: a.length / dimensions }, (_, n) => {
    let sum = 0;
    for (let i = n * dimensions; i < (n + 1) * dimensions; i++) sum += (a[i] - b[i]) ** 2;
    return sum;
  });
}

/** Values beyond this are at the end of the 8-bit scale, whose outermost bins reach to infinity. */
const SCALE_END = 0.999;
const HALF_BIN = 1 / 255;

/** −log of the mass that N(mean, deviation²) gives to the bin of x. */
const BIN_NLL: Partial<Record<DecoderKind, (x: number, mean: number, deviation: number) => number>> = {
  discretized(x, mean, deviation) {
    if (x < -SCALE_END) return -logUpperTail(-(x + HALF_BIN - mean) / deviation);
    if (x > SCALE_END) return -logUpperTail((x - HALF_BIN - mean) / deviation);
    return -truncatedNormal(mean, deviation, x - HALF_BIN, x + HALF_BIN).logMass;
  },
  discretized_tanh(x, mean, deviation) {
    const upper = tanhCdf((x + HALF_BIN - mean) / deviation);
    const lower = tanhCdf((x - HALF_BIN - mean) / deviation);
    const mass = x < -SCALE_END ? upper : x > SCALE_END ? 1 - lower : upper - lower;
    return -Math.log(Math.max(mass, 1e-12));
  },
};

const tanhCdf = (z: number): number => 0.5 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z ** 3)));
