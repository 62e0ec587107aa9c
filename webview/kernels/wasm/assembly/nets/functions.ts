/** Functions of four numbers, off by less than 2e-6 of their value; NaN stays NaN, since pmin and pmax return their first operand when a comparison is false. */
import { madd } from '../silu';

/** In memory and not in the code, as in ../silu. The coefficients of e^r are those of Cephes' expf (Moshier 1992), from degree 7 down to 2. */
const EXP = memory.data<f32>([
  88.7228, -87.3, 1.44269504088896341, 12582912, 0.693359375, -2.12194440e-4,
  1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1, Infinity,
]);

@inline
function constant(table: usize, i: usize): v128 {
  return v128.load32_splat(table + 4 * i);
}

@inline
export function splat(x: f32): v128 {
  return f32x4.splat(x);
}

@inline
function absolute(x: v128): v128 {
  return f32x4.abs(x);
}

/** (e^r − 1 − r)/r² for |r| ≤ ln 2/2. */
@inline
function expTail(r: v128): v128 {
  let p = madd(constant(EXP, 6), r, constant(EXP, 7));
  p = madd(p, r, constant(EXP, 8));
  p = madd(p, r, constant(EXP, 9));
  p = madd(p, r, constant(EXP, 10));
  return madd(p, r, constant(EXP, 11));
}

/** e^x = 2ⁿ·e^r. Above 88.7 ∞, below −87.3 zero: what float32 has there has lost its digits. */
@inline
export function exp(x: v128): v128 {
  const inside = f32x4.pmax(f32x4.pmin(x, constant(EXP, 0)), constant(EXP, 1));
  // 1.5·2²³ rounds x/ln 2 to the whole number n and leaves it in the low bits. ln 2 in two parts; n times the first is exact.
  const shifted = madd(inside, constant(EXP, 2), constant(EXP, 3));
  const n = f32x4.sub(shifted, constant(EXP, 3));
  const r = f32x4.sub(f32x4.sub(inside, f32x4.mul(n, constant(EXP, 4))), f32x4.mul(n, constant(EXP, 5)));
  const p = madd(expTail(r), f32x4.mul(r, r), f32x4.add(r, splat(1)));
  const scaled = i32x4.add(p, i32x4.shl(shifted, 23));
  const large = v128.bitselect(constant(EXP, 12), scaled, f32x4.gt(x, constant(EXP, 0)));
  return v128.andnot(large, f32x4.lt(x, constant(EXP, 1)));
}

@inline
function isSmall(x: v128): v128 {
  return f32x4.lt(absolute(x), splat(0.34));
}

/** e^x − 1 */
@inline
export function expm1(x: v128): v128 {
  return v128.bitselect(madd(expTail(x), f32x4.mul(x, x), x), f32x4.sub(exp(x), splat(1)), isSmall(x));
}

/** e^x − 1 − x */
@inline
export function expm1mx(x: v128): v128 {
  return v128.bitselect(f32x4.mul(expTail(x), f32x4.mul(x, x)), f32x4.sub(f32x4.sub(exp(x), splat(1)), x), isSmall(x));
}

/** ln(1 + t) of 0 ≤ t ≤ 1 = 2·artanh s, s = t/(2 + t) ≤ 1/3. */
@inline
function log1p(t: v128): v128 {
  const s = f32x4.div(t, f32x4.add(t, splat(2)));
  const q = f32x4.mul(s, s);
  let p = madd(q, splat(<f32>(2.0 / 15.0)), splat(<f32>(2.0 / 13.0)));
  p = madd(p, q, splat(<f32>(2.0 / 11.0)));
  p = madd(p, q, splat(<f32>(2.0 / 9.0)));
  p = madd(p, q, splat(<f32>(2.0 / 7.0)));
  p = madd(p, q, splat(<f32>(2.0 / 5.0)));
  p = madd(p, q, splat(<f32>(2.0 / 3.0)));
  return f32x4.mul(s, madd(p, q, splat(2)));
}

/** ln(1 + e^x) */
@inline
export function softplus(x: v128): v128 {
  return f32x4.add(f32x4.max(x, splat(0)), log1p(exp(f32x4.neg(absolute(x)))));
}

@inline
export function sigmoid(x: v128): v128 {
  return f32x4.div(splat(1), f32x4.add(splat(1), exp(f32x4.neg(x))));
}

/** By e^2|x| − 1, which is exact next to 0; from 10 on tanh is 1 to float32. */
@inline
export function tanh(x: v128): v128 {
  const e = expm1(f32x4.mul(f32x4.pmin(absolute(x), splat(10)), splat(2)));
  const sign = v128.and(x, splat(-0.0));
  return v128.or(f32x4.div(e, f32x4.add(e, splat(2))), sign);
}

/** erfc z = t·e^(−z² + polynomial of t), t = 1/(1 + z/2), z ≥ 0: Chebyshev's fit, relative error below 1.2e-7 (Press et al., Numerical Recipes, 6.2). From degree 9 down. */
const ERFC = memory.data<f32>([0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418, 0.37409196, 1.00002368, -1.26551223]);

/** The standard normal's distribution function. */
@inline
export function normalCdf(x: v128): v128 {
  const z = f32x4.mul(absolute(x), splat(<f32>0.70710678118654752));
  const t = f32x4.div(splat(1), madd(z, splat(0.5), splat(1)));
  let p = madd(constant(ERFC, 0), t, constant(ERFC, 1));
  p = madd(p, t, constant(ERFC, 2));
  p = madd(p, t, constant(ERFC, 3));
  p = madd(p, t, constant(ERFC, 4));
  p = madd(p, t, constant(ERFC, 5));
  p = madd(p, t, constant(ERFC, 6));
  p = madd(p, t, constant(ERFC, 7));
  p = madd(p, t, constant(ERFC, 8));
  p = madd(p, t, constant(ERFC, 9));
  // Two factors: the exponent of the first is exact but for one rounding.
  const half = f32x4.mul(f32x4.mul(splat(0.5), t), f32x4.mul(exp(f32x4.mul(f32x4.mul(x, x), splat(-0.5))), exp(p)));
  return v128.bitselect(half, f32x4.sub(splat(1), half), f32x4.lt(x, splat(0)));
}

/** The standard normal's density. */
@inline
export function normalDensity(x: v128): v128 {
  return f32x4.mul(exp(f32x4.mul(f32x4.mul(x, x), splat(-0.5))), splat(<f32>0.39894228040143268));
}
