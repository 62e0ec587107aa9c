import { madd } from './silu';

/** The next state [4, P] at `next`, from `state` and `gradient`, in one pass; as AdamEmaAttrs in ../../contract.ts. The rests are 1 − β₁, 1 − β₂ and 1 − decay. */
export function adamEma(
  state: usize, gradient: usize, P: i32, rate: f32, beta1: f32, rest1: f32, beta2: f32, rest2: f32, epsilon: f32, decay: f32, restDecay: f32, next: usize,
): void {
  const row = <usize>P << 2;
  const whole = row & ~15;
  for (let i: usize = 0; i < whole; i += 16) {
    const g = v128.load(gradient + i);
    const at = state + i;
    const to = next + i;
    const m = madd(f32x4.splat(rest1), g, f32x4.mul(f32x4.splat(beta1), v128.load(at + row)));
    const v = madd(f32x4.mul(f32x4.splat(rest2), g), g, f32x4.mul(f32x4.splat(beta2), v128.load(at + 2 * row)));
    const move = f32x4.div(f32x4.mul(f32x4.splat(rate), m), f32x4.add(f32x4.sqrt(v), f32x4.splat(epsilon)));
    const parameter = f32x4.sub(v128.load(at), move);
    v128.store(to, parameter);
    v128.store(to + row, m);
    v128.store(to + 2 * row, v);
    v128.store(to + 3 * row, madd(f32x4.splat(restDecay), parameter, f32x4.mul(f32x4.splat(decay), v128.load(at + 3 * row))));
  }
  for (let i = whole; i < row; i += 4) {
    const g = load<f32>(gradient + i);
    const at = state + i;
    const to = next + i;
    const m = beta1 * load<f32>(at + row) + rest1 * g;
    const v = beta2 * load<f32>(at + 2 * row) + rest2 * g * g;
    const parameter = load<f32>(at) - (rate * m) / (sqrt<f32>(v) + epsilon);
    store<f32>(to, parameter);
    store<f32>(to + row, m);
    store<f32>(to + 2 * row, v);
    store<f32>(to + 3 * row, decay * load<f32>(at + 3 * row) + restDecay * parameter);
  }
}
