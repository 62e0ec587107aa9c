/** SiLU and its derivative on vectors of four. */

/** a·b + c: in one rounding where the build has relaxed SIMD, else in two. */
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/**
 * e^x for x clamped to [−87, 88], where result and scale are normal numbers. x = n·ln 2 + r with |r| ≤ ln 2/2, e^x = 2ⁿ·e^r; e^r by the polynomial of degree 7 of
 * Cephes' expf (Moshier 1992). Relative error below 2e-7. NaN stays NaN: pmin and pmax return their first operand when a comparison is false.
 */
@inline
function exp(x: v128): v128 {
  x = f32x4.pmax(f32x4.pmin(x, f32x4.splat(88)), f32x4.splat(-87));
  // 1.5·2²³ rounds to a whole number and leaves it in the low bits.
  const shifted = madd(x, f32x4.splat(1.44269504088896341), f32x4.splat(12582912));
  const n = f32x4.sub(shifted, f32x4.splat(12582912));
  // ln 2 in two parts; n times the first is exact.
  const r = madd(n, f32x4.splat(2.12194440e-4), madd(n, f32x4.splat(-0.693359375), x));
  let p = madd(f32x4.splat(1.9875691500e-4), r, f32x4.splat(1.3981999507e-3));
  p = madd(p, r, f32x4.splat(8.3334519073e-3));
  p = madd(p, r, f32x4.splat(4.1665795894e-2));
  p = madd(p, r, f32x4.splat(1.6666665459e-1));
  p = madd(p, r, f32x4.splat(5.0000001201e-1));
  p = madd(p, f32x4.mul(r, r), f32x4.add(r, f32x4.splat(1)));
  return f32x4.mul(p, i32x4.add(i32x4.shl(shifted, 23), i32x4.splat(0x3f800000)));
}

/** a ← a·σ(a), `bytes` bytes, a multiple of 16. */
export function silu(at: usize, bytes: usize): void {
  for (const end = at + bytes; at < end; at += 16) {
    const a = v128.load(at);
    v128.store(at, f32x4.div(a, f32x4.add(exp(f32x4.neg(a)), f32x4.splat(1))));
  }
}

/** a ← a·σ(a), and at `slope` the derivative σ(a)·(1 + a·(1 − σ(a))). */
export function siluAndSlope(at: usize, slope: usize, bytes: usize): void {
  for (const end = at + bytes; at < end; at += 16, slope += 16) {
    const a = v128.load(at);
    const s = f32x4.div(f32x4.splat(1), f32x4.add(exp(f32x4.neg(a)), f32x4.splat(1)));
    const value = f32x4.mul(a, s);
    v128.store(at, value);
    v128.store(slope, madd(value, f32x4.sub(f32x4.splat(1), s), s));
  }
}

/** a ← a·b. */
export function multiply(at: usize, by: usize, bytes: usize): void {
  for (const end = at + bytes; at < end; at += 16, by += 16) v128.store(at, f32x4.mul(v128.load(at), v128.load(by)));
}
