/** Activations and their derivatives. The numbers of the kinds are places in ACTIVATIONS of ../../../nets/contract.ts, less one: linear is no work. */
import { exp, expm1, normalCdf, normalDensity, sigmoid, softplus, splat, tanh } from './functions';

const RELU = 1;
const LEAKY_RELU = 2;
const ELU = 3;
const TANH = 4;
const SIGMOID = 5;
const SOFTPLUS = 6;
const SILU = 7;
const GELU = 8;

@inline
function value(kind: i32, x: v128): v128 {
  if (kind === RELU) return f32x4.max(x, splat(0));
  if (kind === LEAKY_RELU) return v128.bitselect(x, f32x4.mul(x, splat(0.01)), f32x4.gt(x, splat(0)));
  if (kind === ELU) return v128.bitselect(x, expm1(x), f32x4.gt(x, splat(0)));
  if (kind === TANH) return tanh(x);
  if (kind === SIGMOID) return sigmoid(x);
  if (kind === SOFTPLUS) return softplus(x);
  if (kind === SILU) return f32x4.div(x, f32x4.add(splat(1), exp(f32x4.neg(x))));
  return f32x4.mul(x, normalCdf(x));
}

/** f′(x), y = f(x). */
@inline
function slope(kind: i32, x: v128, y: v128): v128 {
  const one = splat(1);
  if (kind === ELU) return v128.bitselect(one, f32x4.add(y, one), f32x4.gt(x, splat(0)));
  if (kind === TANH) return f32x4.sub(one, f32x4.mul(y, y));
  if (kind === SIGMOID) return f32x4.mul(y, f32x4.sub(one, y));
  if (kind === SOFTPLUS) return sigmoid(x);
  if (kind === SILU) {
    const s = sigmoid(x);
    return f32x4.add(s, f32x4.mul(y, f32x4.sub(one, s)));
  }
  return f32x4.add(normalCdf(x), f32x4.mul(x, normalDensity(x)));
}

@inline
function values(kind: i32, x: usize, bytes: usize, out: usize): void {
  for (const end = x + bytes; x < end; x += 16, out += 16) v128.store(out, value(kind, v128.load(x)));
}

@inline
function gradients(kind: i32, x: usize, y: usize, dy: usize, bytes: usize, out: usize): void {
  for (const end = x + bytes; x < end; x += 16, y += 16, dy += 16, out += 16) {
    const d = v128.load(dy);
    // Selected, not multiplied: what is switched off is 0 whatever comes back.
    if (kind === RELU) v128.store(out, v128.and(d, f32x4.gt(v128.load(x), splat(0))));
    else if (kind === LEAKY_RELU) v128.store(out, v128.bitselect(d, f32x4.mul(d, splat(0.01)), f32x4.gt(v128.load(x), splat(0))));
    else v128.store(out, f32x4.mul(d, slope(kind, v128.load(x), v128.load(y))));
  }
}

/** `bytes` are rounded up to whole vectors by the caller's room. */
export function activate(kind: i32, x: usize, bytes: usize, out: usize): void {
  switch (kind) {
    case RELU: values(RELU, x, bytes, out); break;
    case LEAKY_RELU: values(LEAKY_RELU, x, bytes, out); break;
    case ELU: values(ELU, x, bytes, out); break;
    case TANH: values(TANH, x, bytes, out); break;
    case SIGMOID: values(SIGMOID, x, bytes, out); break;
    case SOFTPLUS: values(SOFTPLUS, x, bytes, out); break;
    case SILU: values(SILU, x, bytes, out); break;
    default: values(GELU, x, bytes, out);
  }
}

/** dy·f′(x) */
export function activateGradient(kind: i32, x: usize, y: usize, dy: usize, bytes: usize, out: usize): void {
  switch (kind) {
    case RELU: gradients(RELU, x, y, dy, bytes, out); break;
    case LEAKY_RELU: gradients(LEAKY_RELU, x, y, dy, bytes, out); break;
    case ELU: gradients(ELU, x, y, dy, bytes, out); break;
    case TANH: gradients(TANH, x, y, dy, bytes, out); break;
    case SIGMOID: gradients(SIGMOID, x, y, dy, bytes, out); break;
    case SOFTPLUS: gradients(SOFTPLUS, x, y, dy, bytes, out); break;
    case SILU: gradients(SILU, x, y, dy, bytes, out); break;
    default: gradients(GELU, x, y, dy, bytes, out);
  }
}
