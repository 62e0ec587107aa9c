/** Normals and words of a stream: one invocation a pair. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type * as tf from '../../engine/tf';
import type { RandomAttrs } from '../contract';
import { RANDOM } from './random';
import { GROUP, output, run, type Program } from './run';

const LANES = 64;

const program = (key: string, type: string, pair: string): Program => ({
  key,
  code: () => /* wgsl */ `
struct Uniforms { key: vec2u, stream: vec2u, firstPair: u32, count: u32 }
@group(0) @binding(0) var<uniform> u: Uniforms;
@group(0) @binding(1) var<storage, read_write> out: array<${type}>;
${RANDOM}
@compute @workgroup_size(${LANES})
fn main(${GROUP.parameters}) {
  let i = ${GROUP.number} * ${LANES}u + lane;
  if (2u * i >= u.count) { return; }
  let pair = ${pair}(u.key, u.stream, u.firstPair + i);
  out[2u * i] = ${type}(pair.x);
  if (2u * i + 1u < u.count) { out[2u * i + 1u] = ${type}(pair.y); }
}`,
});

const NORMALS = program('normals', 'f32', 'normalPair');
/** tfjs has no unsigned tensors: the bits go out as int32. */
const WORDS = program('words', 'i32', 'wordPair');

export const drawPrograms: readonly Program[] = [NORMALS, WORDS];

function draw(backend: WebGPUBackend, which: Program, dtype: 'float32' | 'int32', { key, stream, firstPair, count }: RandomAttrs): tf.TensorInfo {
  const out = output(backend, [count], dtype);
  const groups = Math.ceil(count / (2 * LANES));
  run(backend, which, groups, [out], [['u', key[0]], ['u', key[1]], ['u', stream[0]], ['u', stream[1]], ['u', firstPair], ['u', count]]);
  return out;
}

export const normals = (backend: WebGPUBackend, attrs: RandomAttrs): tf.TensorInfo => draw(backend, NORMALS, 'float32', attrs);
export const words = (backend: WebGPUBackend, attrs: RandomAttrs): tf.TensorInfo => draw(backend, WORDS, 'int32', attrs);
