/** A density of the plane that is no Gaussian, a polynomial model of its score, and a few random directions whose second moments are those of white noise. */
import type { World } from '../../formulas/evaluate';
import { symbolsOf } from '../../formulas/expr';
import type { DerivationStep } from '../types';
import { random, type Random } from './random';
import { bentDensity, meanOver, quadraticField, squared, type Point } from './scores';
import { between, each, inner, probabilities, sum, worldOf } from './world';

/** Directions of any lengths and weights; where they are to be white, turned and stretched so that E[v vᵀ] is the identity. Their mean is not zero. */
function directions(next: Random, white: boolean): { vectors: readonly Point[]; weights: readonly number[] } {
  const weights = probabilities(next, 2);
  const raw = [[1, 0.3], [-0.4, 1]].map((v) => v.map((value) => value + between(next, -0.3, 0.3)));
  if (!white) return { vectors: raw, weights };
  const moment = (i: number, j: number): number => sum(raw.map((v, k) => weights[k] * v[i] * v[j]));
  // The lower triangular root of the second moments, by which they are divided.
  const first = Math.sqrt(moment(0, 0));
  const lower = moment(1, 0) / first;
  const second = Math.sqrt(moment(1, 1) - lower ** 2);
  return { vectors: raw.map(([a, b]) => [a / first, (b - (lower * a) / first) / second]), weights };
}

/** A line whose right side no longer speaks of directions, which the left one does, holds for white ones only. */
const needsWhite = (step: DerivationStep): boolean => symbolsOf(step.right).includes('identityMatrix') || (step.kind === 'numeric' && !symbolsOf(step.right).includes('sliceDirection'));

export function slicedWorld(seed: number, step: DerivationStep): World {
  const next = random(seed);
  const [data, field] = [bentDensity(next), quadraticField(next)];
  const { vectors, weights } = directions(next, needsWhite(step));
  const overSlices = (f: (x: Point, v: Point) => number): number => meanOver(data, (x) => sum(vectors.map((v, k) => weights[k] * f(x, v))));
  /** How fast the field grows along v, seen along v. */
  const slope = (x: Point, v: Point): number => inner(v, field.slopes(x).map((row) => inner(row, v)));
  return worldOf({
    values: {
      x: data.draw(), sliceDirection: vectors[seed % vectors.length], identityMatrix: [[1, 0], [0, 1]],
      slicedFisher: overSlices((x, v) => (inner(v, field.at(x)) - inner(v, data.score(x))) ** 2) / 2,
      slicedLoss: overSlices((x, v) => slope(x, v) + inner(v, field.at(x)) ** 2 / 2),
      reducedLoss: overSlices(slope) + meanOver(data, (x) => squared(field.at(x))) / 2,
      implicitLoss: meanOver(data, (x) => squared(field.at(x)) / 2 + field.slopes(x)[0][0] + field.slopes(x)[1][1]),
    },
    functions: () => ({
      dataDistribution: data.density,
      dataScore: data.score,
      scoreNetwork: field.at,
      sliceDistribution: (v: Point) => weights[vectors.indexOf(v)] as number | undefined,
    }),
    outcomes: { x: data.outcomes, sliceDirection: each(vectors) },
  });
}
