/** Numbers row by row in the kernels' memory. */
import type { Matrix } from '../contract';

export class WasmMatrix implements Matrix {
  /** False of a gradient from `begin` on until it is first looked at or written: what is then added is put there instead, which saves a pass over the memory. */
  cleared = true;

  /** @param epoch of the heap's, after which it is gone; null stays as long as its store. */
  constructor(readonly rows: number, readonly columns: number, readonly at: number, readonly epoch: number | null) {}
}
