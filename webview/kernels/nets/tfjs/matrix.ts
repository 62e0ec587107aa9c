/** Matrices as tensors of tfjs. */
import type * as tf from '../../../engine/tf';
import type { Matrix } from '../contract';

export interface TfMatrix extends Matrix {
  readonly tensor: tf.Tensor2D;
}

/** What gradients are added to. */
export interface Accumulator extends TfMatrix {
  /** Takes the tensor, which must not be used elsewhere. */
  add(term: tf.Tensor): void;
}

export const isAccumulator = (matrix: TfMatrix): matrix is Accumulator => 'add' in matrix;

/** @throws RangeError for a matrix that is no gradient of a store. */
export function addTo(into: TfMatrix, term: tf.Tensor): void {
  if (!isAccumulator(into)) throw new RangeError('Gradients are added to the gradients of a store.');
  into.add(term);
}
