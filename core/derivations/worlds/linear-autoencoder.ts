/** Centred data of known principal directions, and a linear autoencoder whose best encoder is found by turning the columns of its decoder into a basis. */
import type { World } from '../../formulas/evaluate';
import { centredData, fallingVariances, identityOf } from './features';
import { along, apply, columns, form, orthonormal, outerSum, randomVector, type Rows } from './linear';
import { random } from './random';
import { inner, nth, sum, worldOf } from './world';

const [D, N] = [4, 7];

export const linearWorld = (seed: number): World => made(seed, false);
/** The decoder's columns are the first principal directions, and the encoder is its transpose. */
export const linearTight = (seed: number): World => made(seed, true);

/** Directions at right angles that span the given ones, one after the other, and the triangle of what each has of those before. */
function basisOf(given: Rows): { basis: number[][]; triangle: number[][] } {
  const [basis, triangle]: number[][][] = [[], []];
  for (const b of given) {
    let rest = [...b];
    // Twice, so that they are at right angles to the last bit.
    for (let pass = 0; pass < 2; pass++) rest = basis.reduce<number[]>((v, q) => along(v, -inner(q, v), q), rest);
    const length = Math.sqrt(inner(rest, rest));
    basis.push(rest.map((value) => value / length));
    triangle.push(basis.map((q) => inner(q, b)));
  }
  return { basis, triangle };
}

function made(seed: number, tight: boolean): World {
  const next = random(seed);
  const k = 2 + (seed % 2);
  const [variances, directions] = [fallingVariances(next), orthonormal(next, D, D)];
  const data = centredData(next, directions, variances, N);
  const leading = directions.slice(0, k);
  const decoder = tight ? leading : leading.map(() => randomVector(next, D));
  const encoder = tight ? leading : leading.map(() => randomVector(next, D));
  const { basis, triangle } = basisOf(decoder);
  // The best code c of x has B c = the projection of x: backwards through the triangle, for every coordinate direction.
  const bestCode = (x: readonly number[]): number[] => {
    const target = basis.map((q) => inner(q, x));
    const code: number[] = target.map(() => 0);
    for (let i = k - 1; i >= 0; i--) code[i] = (target[i] - sum(code.slice(i + 1).map((c, n) => c * triangle[i + 1 + n][i]))) / triangle[i][i];
    return code;
  };
  const covariance = outerSum(directions.map((v, j) => ({ weight: variances[j], left: v, right: v })));
  /** By directions, not by examples: what the autoencoder does to each of them, weighted by its variance. */
  const loss = (b: Rows, w: Rows): number => sum(directions.map((v, j) => {
    const gap = along(v, -1, apply(b, apply(w, v)));
    return variances[j] * inner(gap, gap);
  }));
  const share = (v: readonly number[]): number => form(v, outerSum(basis.map((q) => ({ weight: 1, left: q, right: q }))));
  return worldOf({
    values: {
      dataSize: N, dimensions: D, covariance, spaceDeficit: sum(variances.slice(0, k)) - sum(basis.map((q) => form(q, covariance))), columnBasis: columns(basis), identityMatrix: identityOf(k), encoderMatrix: encoder, decoderMatrix: columns(decoder),
      bestEncoder: columns(identityOf(D).map(bestCode)), leadingDirections: columns(leading), codeMixing: identityOf(k).map((row) => randomVector(next, k).map((value, j) => value + 2 * row[j])),
    },
    members: { dataPoint: nth(data), principalDirection: nth(directions), principalVariance: nth(variances), keptShare: nth(directions.map(share)) },
    functions: () => ({ linearLoss: loss }),
    letters: { i: 1 + (seed % N), j: tight ? 1 : 1 + (seed % D), k },
  });
}
