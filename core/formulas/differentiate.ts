/** Derivatives of functions that are only known by their values: a test of formulas must not take the derivative from a formula. */
import { isMatrix, isVector, scale, transposeOf, zip, type Value } from './values';
import type { Matrix } from '../math/matrix';

/** Weights of f(x + nh) − f(x − nh), n = 1 … 4: the central difference that is exact for polynomials of degree 8. */
const WEIGHTS = [4 / 5, -1 / 5, 4 / 105, -1 / 280];
/** Balances the neglected ninth derivative against rounding: near a logarithm that is 0.3 away from its pole both leave about 1e-12. */
const STEP = 0.005;

/** Of what moves with one number. */
function slope(moved: (by: number) => Value): Value {
  const terms = WEIGHTS.map((weight, i) => {
    const apart = zip(moved((i + 1) * STEP), moved(-(i + 1) * STEP), (a, b) => a - b);
    return typeof apart === 'number' ? (weight * apart) / STEP : scale(weight / STEP, apart);
  });
  return terms.reduce((total, term) => zip(total, term, (a, b) => a + b), typeof terms[0] === 'number' ? 0 : scale(0, terms[0]));
}

/** The derivative of f at a number, or its gradient at a vector. Where f is a vector: its derivatives at a number, and at a vector the matrix with a row for each component of f. */
export function differentiate(f: (at: Value) => Value, at: Value): Value {
  if (typeof at === 'number') return slope((by) => f(at + by));
  if (isMatrix(at)) return at.map((row, i) => row.map((value, j) => numberOf(slope((by) => f(at.with(i, row.with(j, value + by)))))));
  const slopes = (at as readonly number[]).map((value, axis) => slope((by) => f((at as readonly number[]).with(axis, value + by))));
  return slopes.every(isVector) ? transposeOf(slopes as Matrix) : slopes.map(numberOf);
}

function numberOf(value: Value): number {
  if (typeof value !== 'number') throw new RangeError('A number is needed in derivative, not a vector or matrix.');
  return value;
}
