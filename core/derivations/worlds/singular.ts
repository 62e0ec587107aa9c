/** Matrices that are built from their singular vectors and values, so that neither is computed from the other. */
import type { DerivationStep } from '../types';
import { children, type Expr } from '../../formulas/expr';
import type { World } from '../../formulas/evaluate';
import { identityOf } from './features';
import { along, columns, orthonormal, outerSum, randomVector } from './linear';
import { random, type Random } from './random';
import { between, inner, nth, sum, worldOf } from './world';

const falling = (next: Random): number[] => [between(next, 2.6, 3.4), between(next, 1.6, 2.2), between(next, 0.8, 1.2), between(next, 0.2, 0.5)];
/** Is there a determinant or an inverse of the matrix itself? */
const needsSquare = (e: Expr): boolean => ((e.kind === 'det' || e.kind === 'inverse') && e.arg.kind === 'symbol' && e.arg.id === 'anyMatrix') || children(e).some(needsSquare);

export const singularWorld = (seed: number, { left, right }: DerivationStep): World => geometry(seed, false, [left, right].some(needsSquare));
/** The vector points along the first right singular vector. */
export const singularTight = (seed: number): World => geometry(seed, true, false);

function geometry(seed: number, tight: boolean, square: boolean): World {
  const next = random(seed);
  const D = 3;
  const [us, vs, values] = [orthonormal(next, D, square ? D : D + 1), orthonormal(next, D, D), falling(next).slice(0, D)];
  return worldOf({
    values: {
      anyMatrix: outerSum(values.map((weight, j) => ({ weight, left: us[j], right: vs[j] }))), leftVectors: columns(us), rightVectors: columns(vs), dimensions: D,
      singularMatrix: values.map((value, i) => values.map((_, j) => (i === j ? value : 0))), identityMatrix: identityOf(D),
      anyPoint: tight ? vs[0].map((value) => 1.3 * value) : randomVector(next, D),
    },
    members: { singularValue: nth(values), leftVector: nth(us), rightVector: nth(vs) },
    letters: { j: 1 + (seed % D) },
  });
}

export const rankWorld = (seed: number): World => ranks(seed, false);
/** The matrix of low rank is the truncated one. */
export const rankTight = (seed: number): World => ranks(seed, true);

function ranks(seed: number, tight: boolean): World {
  const next = random(seed);
  const [D, rows, k] = [4, 5, 1 + (seed % 3)];
  const [us, vs, values] = [orthonormal(next, D, rows), orthonormal(next, D, D), falling(next)];
  const terms = values.map((weight, j) => ({ weight, left: us[j], right: vs[j] }));
  const basis = tight ? us.slice(0, k) : orthonormal(next, k, rows);
  const coordinates = tight ? vs.slice(0, k).map((v, j) => v.map((value) => values[j] * value)) : basis.map(() => randomVector(next, D, 4));
  /** What is left of a direction at right angles to the basis says what the basis has of it. */
  const share = (u: readonly number[]): number => {
    const rest = basis.reduce<number[]>((v, q) => along(v, -inner(q, v), q), [...u]);
    return 1 - inner(rest, rest);
  };
  // By the entries of the matrix in the basis.
  const within = basis.map((q) => columns(outerSum(terms)).map((a) => inner(q, a)));
  return worldOf({
    values: {
      spaceDeficit: sum(values.slice(0, k).map((value) => value ** 2)) - sum(within.flat().map((entry) => entry ** 2)),
      anyMatrix: outerSum(terms), truncatedMatrix: outerSum(terms.slice(0, k)), dimensions: D, columnBasis: columns(basis), rankFactor: coordinates, identityMatrix: identityOf(k),
      lowRankMatrix: outerSum(basis.map((q, a) => ({ weight: 1, left: q, right: coordinates[a] }))),
    },
    members: { singularValue: nth(values), leftVector: nth(us), rightVector: nth(vs), keptShare: nth(us.map(share)) },
    letters: { j: tight ? 1 : 1 + (Math.floor(seed / 3) % D), k },
  });
}

