/** Arithmetic of what expressions give: numbers, vectors, matrices as rows. */
import type { Matrix } from '../math/matrix';
import { inverseOf, product, transposed } from '../math/matrix';

/** Scalars are numbers, points of data space are arrays of one length, matrices arrays of rows. */
export type Value = number | readonly number[] | Matrix;

export const isMatrix = (value: Value): value is Matrix => Array.isArray(value) && Array.isArray(value[0]);
export const isVector = (value: Value): value is readonly number[] => typeof value !== 'number' && !isMatrix(value);

export function asScalar(value: Value, where: string): number {
  if (typeof value !== 'number') throw new RangeError(`A number is needed in ${where}, not a vector or matrix.`);
  return value;
}

/** Entry by entry. */
export function zip(a: Value, b: Value, f: (a: number, b: number) => number): Value {
  if (typeof a === 'number' && typeof b === 'number') return f(a, b);
  if (typeof a === 'number' || typeof b === 'number' || a.length !== b.length || isMatrix(a) !== isMatrix(b)) throw new RangeError('A number and a vector, or vectors of different lengths, cannot be added.');
  if (isMatrix(a) && isMatrix(b)) return a.map((row, i) => zip(row, b[i], f) as number[]);
  return (a as readonly number[]).map((value, i) => f(value, (b as readonly number[])[i]));
}

export function map(value: Value, f: (x: number) => number): Value {
  if (typeof value === 'number') return f(value);
  return isMatrix(value) ? value.map((row) => row.map(f)) : (value as readonly number[]).map(f);
}

export const scale = (factor: number, value: Value): Value => map(value, (v) => factor * v);

/** Of two vectors, or two numbers. */
export function inner(a: Value, b: Value): number {
  const products = zip(a, b, (x, y) => x * y);
  if (typeof products === 'number') return products;
  return (products as Matrix).flat().reduce((total, p) => total + p, 0);
}

/** Numbers scale; of matrices, and of a row or column with a matrix, the matrix product. A vector is a column. */
export function times(a: Value, b: Value): Value {
  if (typeof a === 'number') return scale(a, b);
  if (typeof b === 'number') return scale(b, a);
  if (isVector(a) && isVector(b)) throw new RangeError('Two columns have no product; one of them must be transposed.');
  const whole = product(isVector(a) ? columnOf(a) : (a as Matrix), isVector(b) ? columnOf(b) : (b as Matrix));
  if (!isVector(b)) return whole;
  return whole.length === 1 ? whole[0][0] : whole.map(([entry]) => entry);
}

/** The matrix times itself; of its inverse where the exponent is negative. */
export function matrixPower(a: Matrix, exponent: number): Matrix {
  if (!Number.isInteger(exponent) || exponent === 0) throw new RangeError('A matrix is raised to whole powers other than 0.');
  const base = exponent < 0 ? inverseOf(a) : a;
  return Array.from({ length: Math.abs(exponent) - 1 }).reduce<Matrix>((power) => product(power, base), base);
}

/** Of a vector the row. */
export const transposeOf = (a: Value): Value => (typeof a === 'number' ? a : isVector(a) ? [a] : isRow(a) ? (a as Matrix)[0] : transposed(a as Matrix));

const columnOf = (v: readonly number[]): number[][] => v.map((entry) => [entry]);
const isRow = (a: Value): boolean => isMatrix(a) && a.length === 1;
