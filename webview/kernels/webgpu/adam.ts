/** Adam and the moving average of all parameters: one dispatch, one invocation a parameter. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type * as tf from '../../engine/tf';
import type { AdamEmaAttrs } from '../contract';
import { GROUP, output, run, type Program } from './run';

const LANES = 64;

export const ADAM: Program = {
  key: 'adamEma',
  code: () => /* wgsl */ `
struct Uniforms { count: u32, rate: f32, beta1: f32, rest1: f32, beta2: f32, rest2: f32, epsilon: f32, decay: f32, rest: f32 }
@group(0) @binding(0) var<uniform> u: Uniforms;
@group(0) @binding(1) var<storage, read> state: array<f32>;
@group(0) @binding(2) var<storage, read> gradient: array<f32>;
@group(0) @binding(3) var<storage, read_write> next: array<f32>;
@compute @workgroup_size(${LANES})
fn main(${GROUP.parameters}) {
  let i = ${GROUP.number} * ${LANES}u + lane;
  if (i >= u.count) { return; }
  let g = gradient[i];
  let m = u.beta1 * state[u.count + i] + u.rest1 * g;
  let v = u.beta2 * state[2u * u.count + i] + u.rest2 * g * g;
  let parameter = state[i] - u.rate * m / (sqrt(v) + u.epsilon);
  next[i] = parameter;
  next[u.count + i] = m;
  next[2u * u.count + i] = v;
  next[3u * u.count + i] = u.decay * state[3u * u.count + i] + u.rest * parameter;
}`,
};

export function adamEma(backend: WebGPUBackend, state: tf.TensorInfo, gradient: tf.TensorInfo, { rate, beta1, beta2, epsilon, decay }: AdamEmaAttrs): tf.TensorInfo {
  const count = gradient.shape[0];
  const next = output(backend, state.shape);
  // 1 − β is taken here: in float32 it would lose digits for β near 1.
  const numbers = [rate, beta1, 1 - beta1, beta2, 1 - beta2, epsilon, decay, 1 - decay];
  run(backend, ADAM, Math.ceil(count / LANES), [state, gradient, next], [['u', count], ...numbers.map((value) => ['f', value] as const)]);
  return next;
}
