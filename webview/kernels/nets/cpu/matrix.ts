/** Matrices of the reference: plain arrays, row by row. */
import type { Matrix } from '../contract';

export interface CpuMatrix extends Matrix {
  readonly data: Float64Array;
}

export const zeros = (rows: number, columns: number): CpuMatrix => ({ rows, columns, data: new Float64Array(rows * columns) });

/** What each entry becomes. */
export function map(source: CpuMatrix, of: (value: number, i: number) => number): CpuMatrix {
  return { rows: source.rows, columns: source.columns, data: source.data.map(of) };
}

/** @throws RangeError where a shape is not the one that is wanted. */
export function assertShape(what: string, { rows, columns }: Matrix, wantedRows: number, wantedColumns: number): void {
  if (rows !== wantedRows || columns !== wantedColumns) throw new RangeError(`${what} is [${rows}, ${columns}], not [${wantedRows}, ${wantedColumns}].`);
}

/** A column of sums over each row of f(i), i the number of the entry. */
export function sumOfRows(rows: number, columns: number, of: (i: number) => number): CpuMatrix {
  const out = zeros(rows, 1);
  for (let r = 0; r < rows; r++) {
    let sum = 0;
    for (let i = r * columns; i < (r + 1) * columns; i++) sum += of(i);
    out.data[r] = sum;
  }
  return out;
}
