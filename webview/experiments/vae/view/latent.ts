/** Statistics and paths of the latent space: the divergence of each dimension, grids, traversals, interpolations. Pure. */
import { normalQuantile } from '../../../../core/math/gaussian';
import type { Posterior } from '../runtime/types';
import { lift, type Plane } from './plane';

/** Nats. Below it a dimension says nothing about the input: q(z|x) is the prior there. */
export const COLLAPSED = 0.01;

/** Mean over the examples of KL(q(zᵢ|x) ‖ N(0, 1)) of each dimension. */
export function klOfPosterior({ mean, logVariance }: Posterior, size: number): Float32Array {
  const count = mean.length / size;
  const sums = new Float64Array(size);
  for (let i = 0; i < mean.length; i++) sums[i % size] += klOf(mean[i], logVariance[i]);
  return Float32Array.from(sums, (sum) => sum / count);
}

const klOf = (mean: number, logVariance: number): number => 0.5 * (mean * mean + Math.exp(logVariance) - 1 - logVariance);

/** Of one example, all dimensions together. */
export function klOfExample(mean: ArrayLike<number>, logVariance: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < mean.length; i++) sum += klOf(mean[i], logVariance[i]);
  return sum;
}

export const usedCount = (kl: ArrayLike<number>): number => Array.from(kl).filter((value) => value >= COLLAPSED).length;

/** Dimensions, the most telling first. */
export const byDivergence = (kl: ArrayLike<number>): number[] => Array.from(kl, (_, i) => i).sort((a, b) => kl[b] - kl[a] || a - b);

/** Positions of n columns: quantiles of N(0, 1) at equal shares of its mass (Kingma & Welling 2014, fig. 4). */
export const quantiles = (n: number): number[] => Array.from({ length: n }, (_, i) => normalQuantile((i + 0.5) / n));

/** −reach … reach. */
export const evenly = (n: number, reach: number): number[] => (n === 1 ? [0] : Array.from({ length: n }, (_, i) => reach * ((2 * i) / (n - 1) - 1)));

/** Latents of a grid over the plane, row by row from above: [n · n, size]. Beside the plane they are zero, or the plane's origin. */
export function gridLatents(plane: Plane, positions: readonly number[]): Float32Array {
  const n = positions.length;
  const out = new Float32Array(n * n * plane.size);
  for (let row = 0; row < n; row++) {
    for (let column = 0; column < n; column++) out.set(lift(plane, positions[column], positions[n - 1 - row]), (row * n + column) * plane.size);
  }
  return out;
}

/** For each of `dimensions` a row of copies of `base` in which it takes `positions`. */
export function traversalLatents(base: ArrayLike<number>, dimensions: readonly number[], positions: readonly number[]): Float32Array {
  const size = base.length;
  const out = new Float32Array(dimensions.length * positions.length * size);
  dimensions.forEach((dimension, row) => positions.forEach((position, column) => {
    const at = (row * positions.length + column) * size;
    out.set(base, at);
    out[at + dimension] = position;
  }));
  return out;
}

export type Way = 'linear' | 'spherical';

/** n latents from a to b, both included. */
export function interpolated(a: ArrayLike<number>, b: ArrayLike<number>, n: number, way: Way): Float32Array {
  const size = a.length;
  const out = new Float32Array(n * size);
  for (let step = 0; step < n; step++) out.set(between(a, b, n === 1 ? 0 : step / (n - 1), way), step * size);
  return out;
}

/** Spherical: along the great circle, while the length goes evenly; where there is no angle between them, straight. */
export function between(a: ArrayLike<number>, b: ArrayLike<number>, share: number, way: Way): Float32Array {
  let [wa, wb] = [1 - share, share];
  if (way === 'spherical') {
    const [la, lb] = [lengthOf(a), lengthOf(b)];
    let dot = 0;
    for (let i = 0; i < a.length; i++) dot += a[i] * b[i];
    const angle = Math.acos(Math.max(-1, Math.min(1, dot / (la * lb || 1))));
    if (angle > 1e-4 && angle < Math.PI - 1e-4 && la > 0 && lb > 0) {
      const length = la + share * (lb - la);
      [wa, wb] = [(length * Math.sin((1 - share) * angle)) / (la * Math.sin(angle)), (length * Math.sin(share * angle)) / (lb * Math.sin(angle))];
    }
  }
  return Float32Array.from({ length: a.length }, (_, i) => wa * a[i] + wb * b[i]);
}

const lengthOf = (a: ArrayLike<number>): number => Math.hypot(...Array.from(a));
