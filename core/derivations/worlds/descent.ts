/** A quadratic function whose matrix is built from random directions, and the points that gradient descent visits, one after the other. */
import type { DerivationStep } from '../types';
import { stepSymbols } from '../render';
import type { World } from '../../formulas/evaluate';
import { random } from './random';
import { between, inner, nth, worldOf } from './world';

const D = 3;
const STEPS = 6;
type Vector = readonly number[];
const along = (a: Vector, by: number, v: Vector): number[] => a.map((entry, i) => entry + by * v[i]);

export const descentWorld = (seed: number, step: DerivationStep): World => made(seed, step, false);
/** The error points along one eigenvector: that of the largest eigenvalue where L stands alone, else that of the smallest. That one is also the direction spoken of. */
export const descentTight = (seed: number, step: DerivationStep): World => made(seed, step, true);

/** Three directions at right angles, by Gram and Schmidt. */
function directions(draw: () => number): number[][] {
  const found: number[][] = [];
  while (found.length < D) {
    const raw = Array.from({ length: D }, draw);
    const rest = found.reduce((v, other) => along(v, -inner(v, other), other), raw);
    const length = Math.sqrt(inner(rest, rest));
    if (length > 0.2) found.push(rest.map((entry) => entry / length));
  }
  return found;
}

function made(seed: number, step: DerivationStep, tight: boolean): World {
  const next = random(seed);
  const draw = (): number => between(next, -1.5, 1.5);
  const vectors = directions(draw);
  const values = [between(next, 0.3, 0.8), between(next, 1, 2), between(next, 2.3, 3)];
  const matrix = vectors.map((_, i) => vectors.map((__, j) => vectors.reduce((sum, v, n) => sum + values[n] * v[i] * v[j], 0)));
  const times = (w: Vector): number[] => matrix.map((row) => inner(row, w));
  const optimum = Array.from({ length: D }, draw);
  const linear = times(optimum);
  const slope = (w: Vector): number[] => along(times(w), -1, linear);
  const f = (w: Vector): number => inner(w, times(w)) / 2 - inner(linear, w);

  const symbols = stepSymbols(step);
  const alone = symbols.includes('smallestCurvature') ? vectors[0] : vectors[2];
  const far = (): number[] => (tight ? along(optimum, between(next, 0.5, 2), alone) : Array.from({ length: D }, () => 2 * draw()));
  const weights = far();
  const learningRate = symbols.includes('largestCurvature') ? 1 / values[2] : between(next, 0.15, 0.6);
  const visited = [far()];
  while (visited.length <= STEPS) visited.push(along(visited[visited.length - 1], -learningRate, slope(visited[visited.length - 1])));
  return worldOf({
    values: {
      weights, otherWeights: far(), optimum, curvature: matrix, linearTerm: linear, learningRate, dimensions: D,
      largestCurvature: values[2], smallestCurvature: values[0],
    },
    members: { iterate: (k) => visited[k], eigenvector: nth(vectors), eigenvalue: nth(values) },
    functions: () => ({ objective: f }),
    letters: { i: tight ? 1 : 1 + (seed % D), k: 1 + (seed % (STEPS - 1)) },
  });
}
