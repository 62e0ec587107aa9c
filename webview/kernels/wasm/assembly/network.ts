/** The network at one noise level, and the sampling step made of it. Blocks of points go through all layers while they are in the cache. */
import { alloc, allocFloats } from './arena';
import { B_WIDTH, product } from './gemm';
import { CONDITION_ROWS, FEATURES, POINT_PADDED, conditionOffset, floats, inputsOf, kernelOffset, panelsOf, parameterCount, pointAt, rowBytes } from './layout';
import { normalsOfWords } from './normals';
import { packColumns, packOutColumns } from './pack';
import { words, wordsBytes } from './philox';
import { madd, silu } from './silu';

/** Panels that go through the layers together. */
const BLOCK: i32 = 4;

/** f(x) at `out`. x and out: [n, 2]; parameters: [P]; features: [FEATURES], all as in ../../contract.ts. */
export function mlp(x: usize, n: i32, parameters: usize, features: usize, hidden: i32, layers: i32, out: usize): void {
  const kernels = allocFloats(parameterCount(hidden, layers));
  const biases = allocFloats(hidden * layers);
  for (let layer = 0; layer < layers; layer++) {
    packColumns(parameters + floats(kernelOffset(layer, hidden)), inputsOf(layer, hidden), hidden, kernels + floats(kernelOffset(layer, hidden)));
    conditioned(parameters + floats(conditionOffset(layer, hidden)), features, hidden, biases + floats(layer * hidden));
  }
  const outKernel = allocFloats(4 * hidden);
  const outBias = allocFloats(4);
  const outOffset = kernelOffset(layers, hidden);
  packOutColumns(parameters + floats(outOffset), hidden, outKernel);
  v128.store(outBias, v128.load64_zero(parameters + floats(outOffset + 2 * hidden)));

  const points = alloc(rowBytes(BLOCK * POINT_PADDED));
  const even = alloc(rowBytes(BLOCK * hidden));
  const odd = alloc(rowBytes(BLOCK * hidden));
  memory.fill(points, 0, rowBytes(BLOCK * POINT_PADDED));
  for (let first = 0; first < n; first += BLOCK * B_WIDTH) {
    const count = min(n - first, BLOCK * B_WIDTH);
    const panels = panelsOf(count);
    for (let i = 0; i < count; i++) {
      const at = pointAt(points, i, POINT_PADDED);
      store<f32>(at, load<f32>(x + floats(2 * (first + i))));
      store<f32>(at + rowBytes(1), load<f32>(x + floats(2 * (first + i) + 1)));
    }
    let values = points;
    let rows = POINT_PADDED;
    for (let layer = 0; layer < layers; layer++) {
      const next = (layer & 1) === 0 ? even : odd;
      product(kernels + floats(kernelOffset(layer, hidden)), hidden / 4, values, panels, rowBytes(rows), inputsOf(layer, hidden), biases + floats(layer * hidden), next, rowBytes(1), rowBytes(hidden));
      silu(next, <usize>panels * rowBytes(hidden));
      values = next;
      rows = hidden;
    }
    // The points are no longer needed: their place takes the result.
    product(outKernel, 1, values, panels, rowBytes(hidden), hidden, outBias, points, rowBytes(1), rowBytes(POINT_PADDED));
    for (let i = 0; i < count; i++) {
      const at = pointAt(points, i, POINT_PADDED);
      store<f32>(out + floats(2 * (first + i)), load<f32>(at));
      store<f32>(out + floats(2 * (first + i) + 1), load<f32>(at + rowBytes(1)));
    }
  }
}

/** a·x + b·f(x) + c·z at `out`, [n, 2]. */
export function ddpmStep(
  x: usize, n: i32, parameters: usize, features: usize, hidden: i32, layers: i32, a: f32, b: f32, c: f32,
  key0: u32, key1: u32, stream0: u32, stream1: u32, firstPair: u32, out: usize,
): void {
  mlp(x, n, parameters, features, hidden, layers, out);
  const end = out + floats(2 * n);
  if (c === 0) {
    for (; out < end; out += 16, x += 16) v128.store(out, madd(f32x4.splat(b), v128.load(out), f32x4.mul(f32x4.splat(a), v128.load(x))));
    return;
  }
  let z = words(key0, key1, stream0, stream1, firstPair, n, alloc(wordsBytes(n)));
  normalsOfWords(z, z, n);
  for (; out < end; out += 16, x += 16, z += 16) {
    const mean = madd(f32x4.splat(b), v128.load(out), f32x4.mul(f32x4.splat(a), v128.load(x)));
    v128.store(out, madd(f32x4.splat(c), v128.load(z), mean));
  }
}

/** bias + features·condition. `condition` is [FEATURES + 1, hidden], its last row the bias. */
function conditioned(condition: usize, features: usize, hidden: i32, to: usize): void {
  for (let unit = 0; unit < hidden; unit += 4) {
    let sum = v128.load(condition + floats((CONDITION_ROWS - 1) * hidden + unit));
    for (let k = 0; k < FEATURES; k++) sum = madd(v128.load32_splat(features + floats(k)), v128.load(condition + floats(k * hidden + unit)), sum);
    v128.store(to + floats(unit), sum);
  }
}
