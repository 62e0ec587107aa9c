/**
 * What a perfect network would predict where the distribution of the data is known: ε*(x) = E[ε | x_t = x], and with it the score
 * ∇ log q_t(x) = −ε*(x)/√(1 − ᾱ) (Vincent 2011; Song et al. 2021, "Score-based generative modeling", section 2.1). Points are x, y interleaved, standardised.
 */
import type { DatasetId } from './datasets';
import { posteriorMean } from './datasetsPosterior';
import { expNegative } from './expTable';

/** Centres that stand for a user's points; more make a grid of arrows too slow to follow the scrubber. */
export const MAX_CENTRES = 2000;
/** Nearer to the data than this share of noise, 1 − ᾱ, it is as at this share: the posterior mean is float32, and ε* is divided by the root of the share. */
export const MIN_NOISE = 1e-8;
/** Below this ᾱ the data, of mean 0 and variance 1, change ε* by less than float32 shows. */
const NO_SIGNAL = 1e-10;
/** Shares of the mixture below e^−20 = 2e-9 of the largest are left out. */
const NEGLIGIBLE = 20;

/**
 * ε*(x) = (x − √ᾱ E[x_0 | x])/√(1 − ᾱ) at each point, length of `x`. The score is −ε*(x)/√(1 − ᾱ).
 *
 * @param source a data set, whose posterior mean comes from its definition; or own points, for the mixture of deltas at them: then ε* is what a
 * network that knows them by heart would predict. Of more than {@link MAX_CENTRES} points every n/{@link MAX_CENTRES}-th stands for all, in their order.
 * @param alphaBar in [0, 1]; 0 is noise alone, where ε* = x (less the mean of own points), 1 counts as 1 − {@link MIN_NOISE}.
 * @throws RangeError for an ᾱ outside, half a point, or own points that are none.
 */
export function exactNoise(source: DatasetId | Float32Array, alphaBar: number, x: Float32Array): Float32Array {
  checkAlphaBar(alphaBar);
  if (x.length % 2 !== 0) throw new RangeError(`Points are pairs of x and y; there are ${x.length} numbers.`);
  const signal = Math.min(alphaBar, 1 - MIN_NOISE);
  if (typeof source !== 'string') return noiseOfCentres(centresOf(source), signal, x);
  if (signal < NO_SIGNAL) return x.slice();
  const out = new Float32Array(x.length);
  posteriorMean(source)(x, signal, out);
  const [a, s] = [Math.sqrt(signal), Math.sqrt(1 - signal)];
  return out.map((mean, i) => (x[i] - a * mean) / s);
}

/** ∇ log q_t(x) = −ε*(x)/√(1 − ᾱ), length of `x`; arguments and errors of {@link exactNoise}. */
export function exactScore(source: DatasetId | Float32Array, alphaBar: number, x: Float32Array): Float32Array {
  const s = Math.sqrt(1 - Math.min(alphaBar, 1 - MIN_NOISE));
  return exactNoise(source, alphaBar, x).map((eps) => -eps / s);
}

/** At most {@link MAX_CENTRES} of the points, evenly out of their order, the same for the same points. */
export function centresOf(points: Float32Array): Float32Array {
  if (points.length === 0 || points.length % 2 !== 0) throw new RangeError(`x and y of at least one point are needed; there are ${points.length} numbers.`);
  const n = points.length / 2;
  if (n <= MAX_CENTRES) return points;
  const centres = new Float32Array(2 * MAX_CENTRES);
  for (let k = 0; k < MAX_CENTRES; k++) {
    const from = 2 * Math.floor((k * n) / MAX_CENTRES);
    centres[2 * k] = points[from];
    centres[2 * k + 1] = points[from + 1];
  }
  return centres;
}

/** By weighted differences x − √ᾱ c rather than by the mean, which would cancel near ᾱ = 1. */
function noiseOfCentres(centres: Float32Array, alphaBar: number, x: Float32Array): Float32Array {
  const [a, variance] = [Math.sqrt(alphaBar), 1 - alphaBar];
  const scaled = Float64Array.from(centres, (value) => a * value);
  const distances = new Float64Array(centres.length / 2);
  const perUnit = 1 / (2 * variance);
  const out = new Float32Array(x.length);
  for (let i = 0; i < x.length; i += 2) {
    const px = x[i];
    const py = x[i + 1];
    let nearest = Infinity;
    for (let k = 0; k < distances.length; k++) {
      const dx = px - scaled[2 * k];
      const dy = py - scaled[2 * k + 1];
      const distance = dx * dx + dy * dy;
      distances[k] = distance;
      if (distance < nearest) nearest = distance;
    }
    let total = 0;
    let sumX = 0;
    let sumY = 0;
    for (let k = 0; k < distances.length; k++) {
      const u = (distances[k] - nearest) * perUnit;
      if (u > NEGLIGIBLE) continue;
      const share = expNegative(u);
      total += share;
      sumX += share * (px - scaled[2 * k]);
      sumY += share * (py - scaled[2 * k + 1]);
    }
    const scale = total * Math.sqrt(variance);
    out[i] = sumX / scale;
    out[i + 1] = sumY / scale;
  }
  return out;
}

/**
 * log q_t(x), natural, at each point, for data that are an equal mixture of N(centre, diag(variance)): q_t is that of N(√ᾱ centre, ᾱ · variance + 1 − ᾱ).
 *
 * @param centres x, y interleaved.
 * @param variance of each component per axis; 0 for points that stand for themselves. Positive where ᾱ = 1.
 * @param x x, y interleaved. @returns length x.length / 2.
 * @throws RangeError for an ᾱ outside [0, 1], and where there are no centres.
 */
export function logDensity(centres: ArrayLike<number>, variance: readonly [number, number], alphaBar: number, x: ArrayLike<number>): Float64Array {
  checkAlphaBar(alphaBar);
  const count = centres.length / 2;
  if (!(count >= 1)) throw new RangeError('A mixture needs at least one centre.');
  const a = Math.sqrt(alphaBar);
  const [vx, vy] = variance.map((v) => alphaBar * v + 1 - alphaBar);
  const exponents = new Float64Array(count);
  return Float64Array.from({ length: x.length / 2 }, (_, i) => {
    for (let k = 0; k < count; k++) exponents[k] = -((x[2 * i] - a * centres[2 * k]) ** 2 / vx + (x[2 * i + 1] - a * centres[2 * k + 1]) ** 2 / vy) / 2;
    const largest = exponents.reduce((most, value) => Math.max(most, value), -Infinity);
    const total = exponents.reduce((sum, value) => sum + Math.exp(value - largest), 0);
    return largest + Math.log(total / count) - Math.log(2 * Math.PI * Math.sqrt(vx * vy));
  });
}

function checkAlphaBar(alphaBar: number): void {
  if (!(alphaBar >= 0 && alphaBar <= 1)) throw new RangeError(`ᾱ is ${alphaBar}; it lies between 0 and 1.`);
}
