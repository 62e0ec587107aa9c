/** Centred data that is built from its principal directions and variances, so that neither is computed from the other. */
import type { DerivationStep } from '../types';
import { stepSymbols } from '../render';
import type { World } from '../../formulas/evaluate';
import { along, lengthOf, orthonormal, outerSum, randomVector } from './linear';
import { random, type Random } from './random';
import { between, nth, worldOf } from './world';

const [D, N] = [4, 7];

/** Where a line has w and C alone, w may have any length. */
export const featuresWorld = (seed: number, step: DerivationStep): World => made(seed, false, stepSymbols(step).every((id) => id === 'extractionDirection' || id === 'covariance') ? 1.7 : 1);
/** The principal directions are the coordinate directions, and w is the first. */
export const featuresTight = (seed: number): World => made(seed, true);

/** The columns, and rows, of an identity matrix. */
export const identityOf = (n: number): number[][] => Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => Number(i === j)));

/** Points whose mean is zero and whose covariance has these eigenvectors and eigenvalues. */
export function centredData(next: Random, directions: readonly (readonly number[])[], variances: readonly number[], size: number): number[][] {
  const flat = Array.from({ length: size }, () => 1 / Math.sqrt(size));
  const scores = orthonormal(next, directions.length, size, [flat]);
  return Array.from({ length: size }, (_, i) => directions.reduce<number[]>((x, v, j) => along(x, Math.sqrt(size * variances[j]) * scores[j][i], v), directions[0].map(() => 0)));
}

export const fallingVariances = (next: Random): number[] => [between(next, 3, 4), between(next, 1.5, 2.2), between(next, 0.7, 1), between(next, 0.1, 0.3)];

function made(seed: number, tight: boolean, length = 1): World {
  const [next, axes] = [random(seed), identityOf(D)];
  const variances = fallingVariances(next);
  const first = seed % D;
  // In tight worlds the features in another order: the one that is spoken of varies most.
  const directions = tight ? axes.map((_, j) => axes[(first + j) % D]) : orthonormal(next, D, D);
  const data = centredData(next, directions, variances, N);
  const raw = randomVector(next, D);
  const w = tight ? directions[0] : raw.map((value) => (length * value) / lengthOf(raw));
  const k = 2 + (seed % 2);
  const selected = tight ? directions.slice(0, k) : axes.slice(D - k);
  return worldOf({
    values: {
      dataSize: N, dimensions: D, covariance: outerSum(directions.map((v, j) => ({ weight: variances[j], left: v, right: v }))), extractionDirection: w,
      selectionMatrix: selected, identityMatrix: identityOf(k),
    },
    members: { dataPoint: nth(data), coordinateVector: nth(axes), principalDirection: nth(directions), principalVariance: nth(variances) },
    letters: { i: 1 + (seed % N), j: 1 + first, k },
  });
}
