/** Where things lie. Parameters: as in ../../shape.ts. Numbers of points: in panels of 12, [panel][row][12], a row for each unit. */
import { A_WIDTH, B_STEP, B_WIDTH } from './gemm';

/** As in ../../shape.ts. */
export const FEATURES: i32 = 17;
/** Rows of a layer beside its kernel: those of the condition, and the bias, which is the weight of a feature that is always 1. */
export const CONDITION_ROWS: i32 = FEATURES + 1;
/** The same, and the two coordinates, filled up with zeros to whole panels of A. */
export const CONDITION_PADDED: i32 = 20;
export const POINT_PADDED: i32 = 4;

@inline
export function inputsOf(layer: i32, hidden: i32): i32 {
  return layer === 0 ? 2 : hidden;
}

/** Where the kernel of hidden layer `layer` begins, in numbers; `layer` = layers is the output kernel. */
export function kernelOffset(layer: i32, hidden: i32): i32 {
  return layer === 0 ? 0 : (2 + CONDITION_ROWS + (layer - 1) * (hidden + CONDITION_ROWS)) * hidden;
}

@inline
export function conditionOffset(layer: i32, hidden: i32): i32 {
  return kernelOffset(layer, hidden) + inputsOf(layer, hidden) * hidden;
}

@inline
export function parameterCount(hidden: i32, layers: i32): i32 {
  return kernelOffset(layers, hidden) + 2 * hidden + 2;
}

@inline
export function floats(count: i32): usize {
  return <usize>count << 2;
}

@inline
export function panelsOf(points: i32): i32 {
  return (points + B_WIDTH - 1) / B_WIDTH;
}

/** Columns of a weight gradient while it is summed: whole panels of B. */
@inline
export function paddedColumns(hidden: i32): i32 {
  return ((hidden + B_WIDTH - 1) / B_WIDTH) * B_WIDTH;
}

@inline
export function rowBytes(rows: i32): usize {
  return <usize>rows * B_STEP;
}

@inline
export function aPanels(rows: i32): i32 {
  return (rows + A_WIDTH - 1) / A_WIDTH;
}

/** Where row 0 of point i is, if a panel has `rows` rows; row r is r·48 bytes on. */
@inline
export function pointAt(base: usize, i: i32, rows: i32): usize {
  const panel = i / B_WIDTH;
  return base + <usize>panel * rowBytes(rows) + floats(i - panel * B_WIDTH);
}
