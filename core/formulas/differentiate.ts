/** Derivatives of functions that are only known by their values: a test of formulas must not take the derivative from a formula. */
import { isMatrix, isVector, scale, zip, type Value } from './values';

/** Weights of f(x + nh) − f(x − nh), n = 1 … 4: the central difference that is exact for polynomials of degree 8. */
const WEIGHTS = [4 / 5, -1 / 5, 4 / 105, -1 / 280];
/** Balances the neglected ninth derivative against rounding: near a logarithm that is 0.3 away from its pole both leave about 1e-12. */
const STEP = 0.005;

/** The derivative of f at a number, or its gradient at a vector. */
export function differentiate(f: (at: Value) => number, at: Value): Value {
  const slope = (moved: (by: number) => Value): number =>
    WEIGHTS.reduce((total, weight, i) => total + (weight * (f(moved((i + 1) * STEP)) - f(moved(-(i + 1) * STEP)))) / STEP, 0);
  if (typeof at === 'number') return slope((by) => at + by);
  if (isMatrix(at)) return at.map((row, i) => row.map((value, j) => slope((by) => at.with(i, row.with(j, value + by)))));
  return (at as readonly number[]).map((value, axis) => slope((by) => (at as readonly number[]).with(axis, value + by)));
}

/** All derivatives of a vector by a vector: a row for each component of f, a column for each component of what moves. */
export function jacobianOf(f: (at: Value) => Value, at: Value): number[][] {
  if (!isVector(at)) throw new RangeError('A Jacobian is taken of a vector by a vector.');
  const along = (axis: number): Value => WEIGHTS.map((weight, i) => {
    const [ahead, behind] = [1, -1].map((sign) => f(at.with(axis, at[axis] + sign * (i + 1) * STEP)));
    return scale(weight / STEP, zip(ahead, behind, (a, b) => a - b));
  }).reduce((a, b) => zip(a, b, (x, y) => x + y));
  const columns = at.map((_, axis) => along(axis));
  const [first] = columns;
  if (!isVector(first)) throw new RangeError('A Jacobian is taken of a vector by a vector.');
  return first.map((_, row) => columns.map((column) => (column as readonly number[])[row]));
}
