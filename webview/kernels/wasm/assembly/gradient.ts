/**
 * Loss and gradient of a batch. Blocks of examples go forwards and backwards while they are in the cache; the weight gradients, sums over examples, are
 * products of ./gemm too, for which the block's numbers are transposed first, so that no operand is read across its rows.
 */
import { alloc, allocFloats } from './arena';
import { losses, noised } from './examples';
import { addProduct, B_WIDTH, product } from './gemm';
import {
  CONDITION_PADDED, CONDITION_ROWS, POINT_PADDED, aPanels, conditionOffset, floats, inputsOf, kernelOffset, paddedColumns, panelsOf, parameterCount, rowBytes,
} from './layout';
import { normalsOfWords } from './normals';
import { packColumns, packOutColumns, packOutRows, packRows, pointsToA, pointsToB } from './pack';
import { words, wordsBytes } from './philox';
import { madd, multiply, siluAndSlope } from './silu';

/** Panels of examples that go through together. */
const BLOCK: i32 = 8;

/** Rows of a layer's input in points' panels, and of its weight gradient. */
@inline
function paddedInputs(layer: i32, hidden: i32): i32 {
  return layer === 0 ? POINT_PADDED : hidden;
}

/** Where the sums of a layer's weight gradient begin, in numbers: rows of its inputs, then of its condition. */
@inline
function sumsOffset(layer: i32, hidden: i32): i32 {
  return (layer === 0 ? 0 : POINT_PADDED + CONDITION_PADDED + (layer - 1) * (hidden + CONDITION_PADDED)) * paddedColumns(hidden);
}

/** The gradient [P] and the records [count, 2]; everything else as in ../../contract.ts. */
export function ddpmGradient(
  data: usize, dataRows: u32, parameters: usize, features: usize, table: usize, levels: u32, hidden: i32, layers: i32, key0: u32, key1: u32,
  pick0: u32, pick1: u32, noise0: u32, noise1: u32, firstExample: u32, count: i32, scale: f32, gradient: usize, records: usize,
): void {
  const P = parameterCount(hidden, layers);
  const columns = allocFloats(P);
  const rows = allocFloats(P);
  for (let layer = 0; layer < layers; layer++) {
    const kernel = floats(kernelOffset(layer, hidden));
    const condition = floats(conditionOffset(layer, hidden));
    packColumns(parameters + kernel, inputsOf(layer, hidden), hidden, columns + kernel);
    packColumns(parameters + condition, CONDITION_ROWS, hidden, columns + condition);
    if (layer > 0) packRows(parameters + kernel, hidden, hidden, rows + kernel);
  }
  const outOffset = kernelOffset(layers, hidden);
  const outGradient = gradient + floats(outOffset);
  const outColumns = allocFloats(4 * hidden);
  const outRows = rows + floats(outOffset);
  const outBias = allocFloats(4);
  packOutColumns(parameters + floats(outOffset), hidden, outColumns);
  packOutRows(parameters + floats(outOffset), hidden, outRows);
  v128.store(outBias, v128.load64_zero(parameters + floats(outOffset + 2 * hidden)));

  const zeros = allocFloats(hidden);
  const sums = allocFloats(sumsOffset(layers, hidden));
  memory.fill(zeros, 0, floats(hidden));
  memory.fill(sums, 0, floats(sumsOffset(layers, hidden)));
  memory.fill(gradient, 0, floats(P));

  const layerBytes = rowBytes(BLOCK * hidden);
  const points = alloc(rowBytes(BLOCK * POINT_PADDED));
  const conditions = alloc(rowBytes(BLOCK * CONDITION_PADDED));
  const outputs = alloc(rowBytes(BLOCK * POINT_PADDED));
  const values = alloc(<usize>layers * layerBytes);
  const slopes = alloc(<usize>layers * layerBytes);
  const deltas = alloc(2 * layerBytes);
  const turnedInputs = alloc(rowBytes(BLOCK * max(hidden, POINT_PADDED)));
  const turnedConditions = alloc(rowBytes(BLOCK * CONDITION_PADDED));
  const turnedDelta = alloc(rowBytes(BLOCK * paddedColumns(hidden)));
  const pickRoom = alloc(wordsBytes(BLOCK * B_WIDTH));
  const epsRoom = alloc(wordsBytes(BLOCK * B_WIDTH));

  for (let first = 0; first < count; first += BLOCK * B_WIDTH) {
    const here = min(count - first, BLOCK * B_WIDTH);
    const panels = panelsOf(here);
    const bytes = <usize>panels * rowBytes(hidden);
    const pick = words(key0, key1, pick0, pick1, firstExample + <u32>first, here, pickRoom);
    const eps = words(key0, key1, noise0, noise1, firstExample + <u32>first, here, epsRoom);
    normalsOfWords(eps, eps, here);
    noised(here, panels, pick, eps, data, dataRows, features, table, levels, points, conditions);

    let input = points;
    for (let layer = 0; layer < layers; layer++) {
      const value = values + <usize>layer * layerBytes;
      product(columns + floats(conditionOffset(layer, hidden)), hidden / 4, conditions, panels, rowBytes(CONDITION_PADDED), CONDITION_ROWS, zeros, value, rowBytes(1), rowBytes(hidden));
      addProduct(columns + floats(kernelOffset(layer, hidden)), hidden / 4, input, panels, rowBytes(paddedInputs(layer, hidden)), inputsOf(layer, hidden), value, rowBytes(1), rowBytes(hidden));
      siluAndSlope(value, slopes + <usize>layer * layerBytes, bytes);
      input = value;
    }
    product(outColumns, 1, input, panels, rowBytes(hidden), hidden, outBias, outputs, rowBytes(1), rowBytes(POINT_PADDED));
    losses(here, panels, pick, eps, data, dataRows, table, levels, scale, outputs, records + floats(2 * first));

    addOutGradient(input, outputs, panels, hidden, outGradient);
    let delta = deltas;
    product(outRows, hidden / 4, outputs, panels, rowBytes(POINT_PADDED), 2, zeros, delta, rowBytes(1), rowBytes(hidden));
    pointsToA(conditions, panels, CONDITION_PADDED, turnedConditions);
    for (let layer = layers - 1; layer >= 0; layer--) {
      multiply(delta, slopes + <usize>layer * layerBytes, bytes);
      const below = layer === 0 ? points : values + <usize>(layer - 1) * layerBytes;
      addWeightGradient(layer, below, delta, panels, hidden, turnedInputs, turnedConditions, turnedDelta, sums + floats(sumsOffset(layer, hidden)));
      if (layer === 0) break;
      const next = delta === deltas ? deltas + layerBytes : deltas;
      product(rows + floats(kernelOffset(layer, hidden)), hidden / 4, delta, panels, rowBytes(hidden), hidden, zeros, next, rowBytes(1), rowBytes(hidden));
      delta = next;
    }
  }

  for (let layer = 0; layer < layers; layer++) {
    const inputs = inputsOf(layer, hidden);
    const from = sums + floats(sumsOffset(layer, hidden));
    unpad(from, inputs, hidden, gradient + floats(kernelOffset(layer, hidden)));
    unpad(from + floats(paddedInputs(layer, hidden) * paddedColumns(hidden)), CONDITION_ROWS, hidden, gradient + floats(conditionOffset(layer, hidden)));
  }
}

/** Adds the block's part of a layer's weight gradient to `sums`: Σ over examples of input × delta, and of condition × delta. */
function addWeightGradient(layer: i32, inputs: usize, delta: usize, panels: i32, hidden: i32, turnedInputs: usize, turnedConditions: usize, turnedDelta: usize, sums: usize): void {
  const rows = paddedInputs(layer, hidden);
  const examples = panels * B_WIDTH;
  const stride = floats(paddedColumns(hidden));
  const bPanels = paddedColumns(hidden) / B_WIDTH;
  pointsToA(inputs, panels, rows, turnedInputs);
  pointsToB(delta, panels, hidden, turnedDelta);
  addProduct(turnedInputs, aPanels(rows), turnedDelta, bPanels, rowBytes(examples), examples, sums, stride, rowBytes(1));
  addProduct(turnedConditions, aPanels(CONDITION_PADDED), turnedDelta, bPanels, rowBytes(examples), examples, sums + <usize>rows * stride, stride, rowBytes(1));
}

/** Adds the block's part of the gradient of the output kernel [hidden, 2] and its bias [2]. `delta` are the outputs' derivatives. */
function addOutGradient(values: usize, delta: usize, panels: i32, hidden: i32, gradient: usize): void {
  for (let unit = 0; unit < hidden; unit++) {
    let sum0 = f32x4.splat(0);
    let sum1 = f32x4.splat(0);
    for (let panel = 0; panel < panels; panel++) {
      const value = values + <usize>panel * rowBytes(hidden) + rowBytes(unit);
      const d = delta + <usize>panel * rowBytes(POINT_PADDED);
      for (let v: usize = 0; v < rowBytes(1); v += 16) {
        const h = v128.load(value + v);
        sum0 = madd(h, v128.load(d + v), sum0);
        sum1 = madd(h, v128.load(d + rowBytes(1) + v), sum1);
      }
    }
    addPair(gradient + floats(2 * unit), sum0, sum1);
  }
  let sum0 = f32x4.splat(0);
  let sum1 = f32x4.splat(0);
  for (let panel = 0; panel < panels; panel++) {
    const d = delta + <usize>panel * rowBytes(POINT_PADDED);
    for (let v: usize = 0; v < rowBytes(1); v += 16) {
      sum0 = f32x4.add(sum0, v128.load(d + v));
      sum1 = f32x4.add(sum1, v128.load(d + rowBytes(1) + v));
    }
  }
  addPair(gradient + floats(2 * hidden), sum0, sum1);
}

/** Adds the sums over the lanes of both to the two numbers at `to`. */
@inline
function addPair(to: usize, sum0: v128, sum1: v128): void {
  const halves = f32x4.add(v128.shuffle<i32>(sum0, sum1, 0, 1, 4, 5), v128.shuffle<i32>(sum0, sum1, 2, 3, 6, 7));
  const pair = f32x4.add(v128.shuffle<i32>(halves, halves, 0, 2, 0, 2), v128.shuffle<i32>(halves, halves, 1, 3, 1, 3));
  v128.store64_lane(to, f32x4.add(v128.load64_zero(to), pair), 0);
}

/** Rows of `columns` numbers out of rows of whole panels. */
function unpad(from: usize, rows: i32, columns: i32, to: usize): void {
  const stride = floats(paddedColumns(columns));
  for (let row = 0; row < rows; row++) memory.copy(to + <usize>row * floats(columns), from + <usize>row * stride, floats(columns));
}
