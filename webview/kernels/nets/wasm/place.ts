/** Matrices in and out of the kernels' memory, with the checks that every operation makes. */
import type { Heap } from './heap';
import { WasmMatrix } from './matrix';
import { settled } from './store';

export class Place {
  constructor(readonly heap: Heap) {}

  make(rows: number, columns: number): WasmMatrix {
    if (!(Number.isInteger(rows) && Number.isInteger(columns) && rows >= 1 && columns >= 1)) throw new RangeError(`There is no matrix of ${rows} × ${columns}.`);
    return new WasmMatrix(rows, columns, this.heap.take(rows * columns), this.heap.epoch);
  }

  /** Where an operand is. */
  of(matrix: WasmMatrix): number {
    if (matrix.epoch !== null && matrix.epoch !== this.heap.epoch) throw new Error(`This matrix of ${matrix.rows} × ${matrix.columns} was made before the last reset, and is gone.`);
    return settled(this.heap, matrix).at;
  }

  /** Whether a kernel must add at `into`; otherwise what it puts there is the sum. */
  adds(into: WasmMatrix): boolean {
    const adds = into.cleared;
    into.cleared = true;
    return adds;
  }
}

export const sizeOf = ({ rows, columns }: WasmMatrix) => rows * columns;
export const bytesOf = (matrix: WasmMatrix) => 4 * sizeOf(matrix);

/** @throws RangeError that names the operation and both shapes. */
export function expectShape(what: string, { rows, columns }: WasmMatrix, wantedRows: number, wantedColumns: number): void {
  if (rows !== wantedRows || columns !== wantedColumns) throw new RangeError(`${what} is ${rows} × ${columns}; ${wantedRows} × ${wantedColumns} is wanted.`);
}

export function expectSame(what: string, first: WasmMatrix, ...others: WasmMatrix[]): void {
  for (const other of others) expectShape(what, other, first.rows, first.columns);
}

/** Rows of each of `rows / k` groups. */
export function groupsOf(rows: number, k: number): number {
  if (!(Number.isInteger(k) && k >= 1 && rows % k === 0)) throw new RangeError(`${rows} rows are not groups of ${k}.`);
  return rows / k;
}
