/** Sums and maps over whole matrices. `bytes` may end within a vector: every matrix has room behind it. */
import { madd } from '../silu';
import { normalsOfWords } from '../normals';
import { words } from '../philox';
import { exp, splat } from './functions';

export function fill(value: f32, bytes: usize, out: usize): void {
  for (const end = out + bytes; out < end; out += 16) v128.store(out, splat(value));
}

/** Bytes / 255. */
export function fromBytes(from: usize, count: i32, out: usize): void {
  for (const end = from + <usize>count; from < end; from += 4, out += 16) {
    const words = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(from)));
    v128.store(out, f32x4.div(f32x4.convert_i32x4_u(words), splat(255)));
  }
}

/** `out` has room for two pairs more than it needs. */
export function normalsInto(key0: u32, key1: u32, stream0: u32, stream1: u32, firstPair: u32, count: i32, out: usize): void {
  const pairs = (count + 1) >> 1;
  normalsOfWords(words(key0, key1, stream0, stream1, firstPair, pairs, out), out, pairs);
}

export function add(a: usize, b: usize, bytes: usize, out: usize): void {
  for (const end = a + bytes; a < end; a += 16, b += 16, out += 16) v128.store(out, f32x4.add(v128.load(a), v128.load(b)));
}

export function scale(a: usize, factor: f32, bytes: usize, out: usize): void {
  for (const end = a + bytes; a < end; a += 16, out += 16) v128.store(out, f32x4.mul(v128.load(a), splat(factor)));
}

/** A row added to each; vectors beyond a row are written over by the next one. */
export function addRow(x: usize, row: usize, rows: i32, columns: i32, out: usize): void {
  const rowBytes = <usize>columns << 2;
  if (columns === 1) {
    const bias = v128.load32_splat(row);
    for (const end = x + (<usize>rows << 2); x < end; x += 16, out += 16) v128.store(out, f32x4.add(v128.load(x), bias));
    return;
  }
  for (const end = x + <usize>rows * rowBytes; x < end; x += rowBytes, out += rowBytes) {
    for (let i: usize = 0; i < rowBytes; i += 16) v128.store(out + i, f32x4.add(v128.load(x + i), v128.load(row + i)));
  }
}

/** Sums of columns in float64, put or added at `out`; exactly `columns` numbers are written. */
export function sumColumns(x: usize, rows: i32, columns: i32, toOut: bool, out: usize): void {
  const rowBytes = <usize>columns << 2;
  let column = 0;
  for (; column + 4 <= columns; column += 4, x += 16, out += 16) {
    let first = f64x2.splat(0);
    let second = f64x2.splat(0);
    let at = x;
    for (let row = 0; row < rows; row++, at += rowBytes) {
      first = f64x2.add(first, f64x2.promote_low_f32x4(v128.load64_zero(at)));
      second = f64x2.add(second, f64x2.promote_low_f32x4(v128.load64_zero(at, 8)));
    }
    const sum = v128.shuffle<i64>(f32x4.demote_f64x2_zero(first), f32x4.demote_f64x2_zero(second), 0, 2);
    v128.store(out, toOut ? f32x4.add(v128.load(out), sum) : sum);
  }
  for (; column < columns; column++, x += 4, out += 4) {
    let sum: f64 = 0;
    let at = x;
    for (let row = 0; row < rows; row++, at += rowBytes) sum += <f64>load<f32>(at);
    store<f32>(out, toOut ? load<f32>(out) + <f32>sum : <f32>sum);
  }
}

/** The sum of all numbers. */
export function sumAll(x: usize, count: i32): f64 {
  const end = x + (<usize>count << 2);
  const whole = x + (<usize>(count & ~3) << 2);
  let first = f64x2.splat(0);
  let second = f64x2.splat(0);
  for (; x < whole; x += 16) {
    first = f64x2.add(first, f64x2.promote_low_f32x4(v128.load64_zero(x)));
    second = f64x2.add(second, f64x2.promote_low_f32x4(v128.load64_zero(x, 8)));
  }
  first = f64x2.add(first, second);
  let sum = f64x2.extract_lane(first, 0) + f64x2.extract_lane(first, 1);
  for (; x < end; x += 4) sum += <f64>load<f32>(x);
  return sum;
}

/** Row r of x is added to row segments[r] of `out` [count, columns], in their order; rows of no such segment are left out. */
export function segmentSums(x: usize, segments: usize, rows: i32, columns: i32, count: i32, out: usize): void {
  const rowBytes = <usize>columns << 2;
  const whole = rowBytes & ~15;
  memory.fill(out, 0, <usize>count * rowBytes);
  for (let row = 0; row < rows; row++, x += rowBytes) {
    const segment = load<i32>(segments + (<usize>row << 2));
    if (<u32>segment >= <u32>count) continue;
    const to = out + <usize>segment * rowBytes;
    let i: usize = 0;
    for (; i < whole; i += 16) v128.store(to + i, f32x4.add(v128.load(to + i), v128.load(x + i)));
    for (; i < rowBytes; i += 4) store<f32>(to + i, load<f32>(to + i) + load<f32>(x + i));
  }
}

export function repeatRows(x: usize, rows: i32, columns: i32, k: i32, out: usize): void {
  const rowBytes = <usize>columns << 2;
  for (let row = 0; row < rows; row++, x += rowBytes) {
    for (let i = 0; i < k; i++, out += rowBytes) memory.copy(out, x, rowBytes);
  }
}

/** Sums of k rows each, in their order. */
export function sumRows(x: usize, groups: i32, columns: i32, k: i32, out: usize): void {
  const rowBytes = <usize>columns << 2;
  for (let group = 0; group < groups; group++, out += rowBytes, x += <usize>k * rowBytes) {
    for (let i: usize = 0; i < rowBytes; i += 16) {
      let sum = v128.load(x + i);
      for (let row = 1; row < k; row++) sum = f32x4.add(sum, v128.load(x + <usize>row * rowBytes + i));
      v128.store(out + i, sum);
    }
  }
}

/** μ + e^(ℓ/2)·ε */
export function reparameterise(mean: usize, logVariance: usize, noise: usize, bytes: usize, out: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    v128.store(out + i, madd(exp(f32x4.mul(v128.load(logVariance + i), splat(0.5))), v128.load(noise + i), v128.load(mean + i)));
  }
}

/** dz·ε·e^(ℓ/2)/2 */
export function reparameteriseGradient(logVariance: usize, noise: usize, dz: usize, bytes: usize, out: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    const sigma = exp(f32x4.mul(v128.load(logVariance + i), splat(0.5)));
    v128.store(out + i, f32x4.mul(f32x4.mul(v128.load(dz + i), v128.load(noise + i)), f32x4.mul(sigma, splat(0.5))));
  }
}

/**
 * One step of Adam in place, along the sum of `shards` gradients that are `gradientBytes` apart. `rate` and `epsilon` hold the corrections of the bias: rate·√(1 − β₂ᵗ)/(1 − β₁ᵗ)
 * and ε·√(1 − β₂ᵗ); the rests are 1 − β₁ and 1 − β₂.
 */
export function adam(
  parameters: usize, first: usize, second: usize, gradient: usize, gradientBytes: usize, shards: i32, bytes: usize,
  rate: f32, beta1: f32, rest1: f32, beta2: f32, rest2: f32, epsilon: f32,
): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    let at = gradient + i;
    let g = v128.load(at);
    for (let shard = 1; shard < shards; shard++) {
      at += gradientBytes;
      g = f32x4.add(g, v128.load(at));
    }
    const m = madd(splat(rest1), g, f32x4.mul(splat(beta1), v128.load(first + i)));
    const v = madd(f32x4.mul(splat(rest2), g), g, f32x4.mul(splat(beta2), v128.load(second + i)));
    v128.store(first + i, m);
    v128.store(second + i, v);
    v128.store(parameters + i, f32x4.sub(v128.load(parameters + i), f32x4.div(f32x4.mul(splat(rate), m), f32x4.add(f32x4.sqrt(v), splat(epsilon)))));
  }
}
