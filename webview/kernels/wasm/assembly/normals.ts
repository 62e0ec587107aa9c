/**
 * Box–Muller on two pairs of words at a time, in float64 up to one rounding at the end, as core/math/random defines it. In float32 the logarithm near 1 would
 * lose the radius, and the angle its last bits. The functions below are off by less than 1e-11, so the float32 results are the reference's, but for
 * the few that fall next to a rounding boundary.
 */

@inline
function two(x: f64): v128 {
  return f64x2.splat(x);
}

@inline
function add(a: v128, b: v128): v128 {
  return f64x2.add(a, b);
}

@inline
function mul(a: v128, b: v128): v128 {
  return f64x2.mul(a, b);
}

/** a·b + c with a constant c. */
@inline
function horner(a: v128, b: v128, c: f64): v128 {
  return add(mul(a, b), two(c));
}

/** ln u of positive normal numbers: u = 2ᵉ·m with √½ ≤ m < √2, ln m = 2·artanh s = 2(s + s³/3 + s⁵/5 …), s = (m − 1)/(m + 1), |s| < 0.172. */
@inline
function log(u: v128): v128 {
  // Moves the border between two exponents from 1 to √½.
  const bits = i64x2.add(u, i64x2.splat(0x3ff0000000000000 - 0x3fe6a09e667f3bcd));
  // The exponent in the low bits of 2⁵².
  const exponent = add(v128.or(i64x2.shr_u(bits, 52), i64x2.splat(0x4330000000000000)), two(-(4503599627370496.0 + 1023.0)));
  const m = i64x2.add(v128.and(bits, i64x2.splat(0x000fffffffffffff)), i64x2.splat(0x3fe6a09e667f3bcd));
  const s = f64x2.div(add(m, two(-1)), add(m, two(1)));
  const q = mul(s, s);
  let p = horner(q, two(1.0 / 15.0), 1.0 / 13.0);
  p = horner(q, p, 1.0 / 11.0);
  p = horner(q, p, 1.0 / 9.0);
  p = horner(q, p, 1.0 / 7.0);
  p = horner(q, p, 1.0 / 5.0);
  p = horner(q, p, 1.0 / 3.0);
  p = horner(q, p, 1.0);
  return add(mul(exponent, two(0.69314718055994530942)), mul(add(s, s), p));
}

/** sin x and cos x for |x| ≤ π/4 by their Taylor polynomials; the first term left out is below 3e-14. */
@inline
function sine(x: v128, q: v128): v128 {
  let p = horner(q, two(1.0 / 6227020800.0), -1.0 / 39916800.0);
  p = horner(q, p, 1.0 / 362880.0);
  p = horner(q, p, -1.0 / 5040.0);
  p = horner(q, p, 1.0 / 120.0);
  p = horner(q, p, -1.0 / 6.0);
  p = horner(q, p, 1.0);
  return mul(x, p);
}

@inline
function cosine(q: v128): v128 {
  let p = horner(q, two(-1.0 / 87178291200.0), 1.0 / 479001600.0);
  p = horner(q, p, -1.0 / 3628800.0);
  p = horner(q, p, 1.0 / 40320.0);
  p = horner(q, p, -1.0 / 720.0);
  p = horner(q, p, 1.0 / 24.0);
  p = horner(q, p, -0.5);
  return horner(q, p, 1.0);
}

/** The sign bit where `mask` is set. */
@inline
function signWhere(mask: v128): v128 {
  return v128.and(mask, two(-0.0));
}

/** (word + ½)·2⁻³² of the two low words, exactly. */
@inline
function unit(words: v128): v128 {
  return mul(add(f64x2.convert_low_i32x4_u(words), two(0.5)), two(2.3283064365386962890625e-10));
}

/** Makes the words at `from` (u₀ v₀ u₁ v₁ …; 8 bytes a pair) normals at `to` (cosine, sine of each pair); `to` may be `from`. Works on two pairs: both may be written to one beyond. */
export function normalsOfWords(from: usize, to: usize, pairs: i32): void {
  for (const end = from + <usize>pairs * 8; from < end; from += 16, to += 16) {
    const words = v128.load(from);
    const u = unit(v128.shuffle<i32>(words, words, 0, 2, 0, 2));
    const v = unit(v128.shuffle<i32>(words, words, 1, 3, 1, 3));
    const radius = f64x2.sqrt(mul(log(u), two(-2)));
    // The angle 2πv = quarter·π/2 + x.
    const quarter = f64x2.nearest(mul(v, two(4)));
    const x = mul(f64x2.sub(v, mul(quarter, two(0.25))), two(6.28318530717958647693));
    const q = mul(x, x);
    const s = sine(x, q);
    const c = cosine(q);
    const one = f64x2.eq(quarter, two(1));
    const second = f64x2.eq(quarter, two(2));
    const third = f64x2.eq(quarter, two(3));
    const swapped = v128.or(one, third);
    const cos = v128.xor(v128.bitselect(s, c, swapped), signWhere(v128.or(one, second)));
    const sin = v128.xor(v128.bitselect(c, s, swapped), signWhere(v128.or(second, third)));
    const first = f32x4.demote_f64x2_zero(mul(radius, cos));
    const other = f32x4.demote_f64x2_zero(mul(radius, sin));
    v128.store(to, v128.shuffle<i32>(first, other, 0, 4, 1, 5));
  }
}
