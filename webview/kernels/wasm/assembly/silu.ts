/** SiLU and its derivative on vectors of four. */

/** a·b + c: in one rounding where the build has relaxed SIMD, else in two. */
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** In memory and not in the code: engines make a constant of the code anew in each turn of the loop, which took half of its time. */
const CONSTANTS = memory.data<f32>([
  88, -87, -1.44269504088896341, 12582912, -0.693359375, 2.12194440e-4,
  1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1, 1,
]);

@inline
function constant(i: usize): v128 {
  return v128.load32_splat(CONSTANTS + 4 * i);
}

/**
 * a ← a·σ(a) with σ(a) = 1/(1 + e^−a), and at `slope`, if that is asked for, the derivative σ(a)·(1 + a·(1 − σ(a))).
 *
 * The exponent is clamped to −88 … 87, where e^−a and its scale are no overflow; beyond, SiLU is a or 0 to float32. −a = n·ln 2 + r with |r| ≤ ln 2/2; e^r is the polynomial of
 * degree 7 of Cephes' expf (Moshier 1992). Relative error of e^−a below 3e-7. NaN stays NaN, so that a broken run is seen: pmin and pmax
 * return their first operand when a comparison is false.
 */
@inline
function each(at: usize, bytes: usize, slope: usize, withSlope: bool): void {
  const high = constant(0);
  const low = constant(1);
  const minusLog2e = constant(2);
  const magic = constant(3);
  const ln2High = constant(4);
  const ln2Low = constant(5);
  const c7 = constant(6);
  const c6 = constant(7);
  const c5 = constant(8);
  const c4 = constant(9);
  const c3 = constant(10);
  const c2 = constant(11);
  const one = constant(12);
  for (const end = at + bytes; at < end; at += 16) {
    const a = v128.load(at);
    const x = f32x4.pmax(f32x4.pmin(a, high), low);
    // 1.5·2²³ rounds −x/ln 2 to the whole number n and leaves it in the low bits.
    const shifted = madd(x, minusLog2e, magic);
    const n = f32x4.sub(shifted, magic);
    // ln 2 in two parts; n times the first is exact.
    const r = f32x4.sub(madd(n, ln2Low, f32x4.mul(n, ln2High)), x);
    let p = madd(c7, r, c6);
    p = madd(p, r, c5);
    p = madd(p, r, c4);
    p = madd(p, r, c3);
    p = madd(p, r, c2);
    p = madd(p, f32x4.mul(r, r), f32x4.add(r, one));
    // 2ⁿ is n in the exponent of 1.
    const divisor = madd(p, i32x4.add(i32x4.shl(shifted, 23), one), one);
    if (withSlope) {
      const s = f32x4.div(one, divisor);
      const value = f32x4.mul(a, s);
      v128.store(at, value);
      v128.store(slope, madd(value, f32x4.sub(one, s), s));
      slope += 16;
    } else {
      v128.store(at, f32x4.div(a, divisor));
    }
  }
}

/** a ← SiLU(a) of `bytes` bytes, a multiple of 16. */
export function silu(at: usize, bytes: usize): void {
  each(at, bytes, 0, false);
}

/** The same, and SiLU′(a) at `slope`. */
export function siluAndSlope(at: usize, slope: usize, bytes: usize): void {
  each(at, bytes, slope, true);
}

/** a ← a·b. */
export function multiply(at: usize, by: usize, bytes: usize): void {
  for (const end = at + bytes; at < end; at += 16, by += 16) v128.store(at, f32x4.mul(v128.load(at), v128.load(by)));
}
