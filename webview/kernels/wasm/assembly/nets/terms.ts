/**
 * The terms of the evidence lower bound: one number an example, and their derivatives. Rows are read and written in whole vectors: what a vector holds beyond its row is masked in
 * sums, and written over by the next row, or lies in the room that every matrix has behind it.
 */
import { exp, expm1, expm1mx, sigmoid, softplus, splat } from './functions';

const BERNOULLI = 0;
const SQUARE = 1;
const KL = 2;
const STANDARD = 3;
const NORMAL = 4;

/** The first n of four lanes, at MASKS + 16·n. */
const MASKS = memory.data<i32>([0, 0, 0, 0, -1, 0, 0, 0, -1, -1, 0, 0, -1, -1, -1, 0]);

@inline
function term(kind: i32, a: v128, b: v128, c: v128): v128 {
  // max(l, 0) − l·x + ln(1 + e^−|l|)
  if (kind === BERNOULLI) return f32x4.sub(softplus(a), f32x4.mul(a, b));
  if (kind === STANDARD) return f32x4.mul(a, a);
  if (kind === KL) return f32x4.add(f32x4.mul(a, a), expm1mx(b));
  const d = f32x4.sub(a, b);
  if (kind === SQUARE) return f32x4.mul(d, d);
  return f32x4.add(c, f32x4.mul(f32x4.mul(d, d), exp(f32x4.neg(c))));
}

@inline
function low(x: v128): v128 {
  return f64x2.promote_low_f32x4(x);
}

@inline
function high(x: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<i64>(x, x, 1, 1));
}

@inline
function total(x: v128): f64 {
  return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
}

/** out[r] = factor·Σ term + offset, summed in float64. */
@inline
function sums(kind: i32, a: usize, b: usize, c: usize, rows: i32, columns: i32, factor: f64, offset: f64, out: usize): void {
  const whole = <usize>(columns & ~3) << 2;
  const rowBytes = <usize>columns << 2;
  const mask = v128.load(MASKS + (<usize>(columns & 3) << 4));
  for (const end = out + (<usize>rows << 2); out < end; out += 4, a += rowBytes, b += rowBytes, c += rowBytes) {
    let sum = f64x2.splat(0);
    for (let i: usize = 0; i < whole; i += 16) {
      const t = term(kind, v128.load(a + i), v128.load(b + i), v128.load(c + i));
      sum = f64x2.add(sum, f64x2.add(low(t), high(t)));
    }
    if (whole < rowBytes) {
      const t = v128.and(mask, term(kind, v128.load(a + whole), v128.load(b + whole), v128.load(c + whole)));
      sum = f64x2.add(sum, f64x2.add(low(t), high(t)));
    }
    store<f32>(out, <f32>(factor * total(sum) + offset));
  }
}

export function terms(kind: i32, a: usize, b: usize, c: usize, rows: i32, columns: i32, factor: f64, offset: f64, out: usize): void {
  switch (kind) {
    case BERNOULLI: sums(BERNOULLI, a, b, c, rows, columns, factor, offset, out); break;
    case SQUARE: sums(SQUARE, a, b, c, rows, columns, factor, offset, out); break;
    case KL: sums(KL, a, b, c, rows, columns, factor, offset, out); break;
    case STANDARD: sums(STANDARD, a, b, c, rows, columns, factor, offset, out); break;
    default: sums(NORMAL, a, b, c, rows, columns, factor, offset, out);
  }
}

@inline
function slopes(kind: i32, a: usize, b: usize, c: usize, weights: usize, rows: i32, columns: i32, factor: f32, da: usize, db: usize, dc: usize): void {
  const rowBytes = <usize>columns << 2;
  for (const end = weights + (<usize>rows << 2); weights < end; weights += 4) {
    const w = f32x4.splat(load<f32>(weights) * factor);
    for (let i: usize = 0; i < rowBytes; i += 16) {
      const x = v128.load(a + i);
      const y = v128.load(b + i);
      if (kind === BERNOULLI) v128.store(da + i, f32x4.mul(w, f32x4.sub(sigmoid(x), y)));
      else if (kind === SQUARE) v128.store(da + i, f32x4.mul(w, f32x4.sub(x, y)));
      else if (kind === STANDARD) v128.store(da + i, f32x4.mul(w, x));
      else if (kind === KL) {
        v128.store(da + i, f32x4.mul(w, x));
        v128.store(db + i, f32x4.mul(f32x4.mul(w, splat(0.5)), expm1(y)));
      } else {
        const d = f32x4.sub(x, y);
        const t = f32x4.mul(d, exp(f32x4.neg(v128.load(c + i))));
        const g = f32x4.mul(w, t);
        v128.store(da + i, f32x4.neg(g));
        v128.store(db + i, g);
        v128.store(dc + i, f32x4.mul(f32x4.mul(w, splat(0.5)), f32x4.sub(f32x4.mul(t, d), splat(1))));
      }
    }
    a += rowBytes;
    b += rowBytes;
    c += rowBytes;
    da += rowBytes;
    db += rowBytes;
    dc += rowBytes;
  }
}

/** Derivatives of weights[r]·factor·(term r) by its operands, as far as the kind has them. For SQUARE the term is half of the square, for STANDARD half of it too; for NORMAL log N. */
export function termGradients(kind: i32, a: usize, b: usize, c: usize, weights: usize, rows: i32, columns: i32, factor: f32, da: usize, db: usize, dc: usize): void {
  switch (kind) {
    case BERNOULLI: slopes(BERNOULLI, a, b, c, weights, rows, columns, factor, da, db, dc); break;
    case SQUARE: slopes(SQUARE, a, b, c, weights, rows, columns, factor, da, db, dc); break;
    case KL: slopes(KL, a, b, c, weights, rows, columns, factor, da, db, dc); break;
    case STANDARD: slopes(STANDARD, a, b, c, weights, rows, columns, factor, da, db, dc); break;
    default: slopes(NORMAL, a, b, c, weights, rows, columns, factor, da, db, dc);
  }
}

/** The largest of k numbers, and by `sum` the sum of exp(entry − largest). */
@inline
function largest(at: usize, k: i32): f64 {
  let most = <f64>load<f32>(at);
  for (let i = 1; i < k; i++) most = max(most, <f64>load<f32>(at + (<usize>i << 2)));
  return most;
}

@inline
function sumExp(at: usize, k: i32, most: f64): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < k; i++) sum += Math.exp(<f64>load<f32>(at + (<usize>i << 2)) - most);
  return sum;
}

/** log of the mean of exp over k rows each. A group whose largest is not finite is that. */
export function logMeanExp(at: usize, groups: i32, k: i32, out: usize): void {
  for (const end = out + (<usize>groups << 2); out < end; out += 4, at += <usize>k << 2) {
    const most = largest(at, k);
    store<f32>(out, <f32>(Math.abs(most) < Infinity ? most + Math.log(sumExp(at, k, most) / <f64>k) : most));
  }
}

export function logMeanExpGradient(at: usize, weights: usize, groups: i32, k: i32, out: usize): void {
  for (const end = weights + (<usize>groups << 2); weights < end; weights += 4) {
    const most = largest(at, k);
    const share = <f64>load<f32>(weights) / sumExp(at, k, most);
    for (let i = 0; i < k; i++, at += 4, out += 4) store<f32>(out, <f32>(share * Math.exp(<f64>load<f32>(at) - most)));
  }
}
