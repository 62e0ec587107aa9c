/** A few points of the plane under a random mixture; one component is the one that is spoken of. */
import type { World } from '../../formulas/evaluate';
import { point, random } from './random';
import { between, normalDensity, nth, probabilities, rootOf, worldOf } from './world';

const COMPONENTS = 3;
const POINTS = 7;

export function gmmWorld(seed: number): World {
  const next = random(seed);
  const weights = probabilities(next, COMPONENTS);
  const means = weights.map(() => point(next));
  const deviations = weights.map(() => between(next, 0.5, 1.8));
  const joint = (x: readonly number[], k: number): number => weights[k] * x.reduce((density, value, axis) => density * normalDensity(value, means[k][axis], deviations[k] ** 2), 1);
  const density = (x: readonly number[]): number => weights.reduce((sum, _, k) => sum + joint(x, k), 0);
  const shares = (x: readonly number[]): number[] => weights.map((_, k) => joint(x, k) / density(x));
  const [x, data, q] = [point(next), Array.from({ length: POINTS }, () => point(next)), probabilities(next, COMPONENTS)];
  const k = Math.floor(next() * COMPONENTS);
  const table = data.map(shares);
  const of = table.map((row) => row[k]);
  const counts = weights.map((_, j) => table.reduce((sum, row) => sum + row[j], 0));
  // What the M-step must reach: zeros of the derivatives of the weighted log-likelihood.
  const newMean = x.map((_, axis) => rootOf((m) => data.reduce((sum, p, i) => sum + of[i] * (p[axis] - m), 0), -10, 10));
  const squared = data.map((p) => p.reduce((sum, value, axis) => sum + (value - newMean[axis]) ** 2, 0));
  const newVariance = rootOf((v) => squared.reduce((sum, d, i) => sum + of[i] * (d / v - x.length), 0), 1e-6, 100);
  return worldOf({
    values: {
      x, mixtureSize: COMPONENTS, dataSize: POINTS, dimensions: x.length, newMean,
      mixtureBound: q.reduce((sum, share, j) => sum + share * (Math.log(joint(x, j)) - Math.log(share)), 0),
      effectiveCount: counts[k], newDeviation: Math.sqrt(newVariance), newWeight: counts[k] / counts.reduce((a, b) => a + b, 0),
    },
    members: { mixtureWeight: nth(weights), mixtureMean: nth(means), mixtureDeviation: nth(deviations), responsibility: nth(shares(x)), anyShare: nth(q), dataPoint: nth(data), pointShare: nth(of) },
    functions: () => ({ mixtureDensity: density }),
    letters: { k: k + 1, j: ((k + 1) % COMPONENTS) + 1 },
  });
}
