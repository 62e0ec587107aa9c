/** Small dense matrices as rows, for formulas: products, inverse and determinant by elimination with row pivots. */

export type Matrix = readonly (readonly number[])[];

export const transposed = (a: Matrix): number[][] => a[0].map((_, j) => a.map((row) => row[j]));

/** Σᵢ aᵢᵢ of a square matrix. */
export const traceOf = (a: Matrix): number => a.reduce((sum, row, i) => sum + row[i], 0);

/** @throws RangeError where the inner sizes differ. */
export function product(a: Matrix, b: Matrix): number[][] {
  if (a[0].length !== b.length) throw new RangeError(`A matrix with ${a[0].length} columns and one with ${b.length} rows cannot be multiplied.`);
  return a.map((row) => b[0].map((_, j) => row.reduce((sum, value, k) => sum + value * b[k][j], 0)));
}

/** Upper triangle of [a | right] after elimination, and the determinant of a. */
function eliminated(a: Matrix, right: Matrix): { rows: number[][]; determinant: number } {
  const n = a.length;
  if (a.some((row) => row.length !== n)) throw new RangeError('Only a square matrix has an inverse or a determinant.');
  const rows = a.map((row, i) => [...row, ...right[i]]);
  let determinant = 1;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(rows[i][k]) > Math.abs(rows[pivot][k])) pivot = i;
    if (pivot !== k) {
      [rows[k], rows[pivot]] = [rows[pivot], rows[k]];
      determinant = -determinant;
    }
    determinant *= rows[k][k];
    for (let i = k + 1; i < n; i++) {
      const factor = rows[i][k] / rows[k][k];
      for (let j = k; j < rows[i].length; j++) rows[i][j] -= factor * rows[k][j];
    }
  }
  return { rows, determinant };
}

export const determinantOf = (a: Matrix): number => eliminated(a, a.map(() => [])).determinant;

/** @throws RangeError where there is none. */
export function inverseOf(a: Matrix): number[][] {
  const n = a.length;
  const { rows } = eliminated(a, a.map((_, i) => a.map((__, j) => Number(i === j))));
  for (let k = n - 1; k >= 0; k--) {
    const pivot = rows[k][k];
    if (!(Math.abs(pivot) > 0)) throw new RangeError('The matrix has no inverse.');
    for (let j = k; j < 2 * n; j++) rows[k][j] /= pivot;
    for (let i = 0; i < k; i++) {
      const factor = rows[i][k];
      for (let j = k; j < 2 * n; j++) rows[i][j] -= factor * rows[k][j];
    }
  }
  return rows.map((row) => row.slice(n));
}
