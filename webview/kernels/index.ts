/**
 * Kernels of our own behind typed functions: the same call on every device. Tensors in, tensors out, as with tfjs' own ops: results are the caller's to
 * dispose (or `tf.tidy`'s), inputs stay.
 */
import * as tf from '../engine/tf';
import {
  ADAM_EMA, DDPM_GRADIENT, DDPM_STEP, MLP, NORMALS, WORDS,
  type AdamEmaAttrs, type GradientAttrs, type MlpAttrs, type RandomAttrs, type StepAttrs,
} from './contract';
import type { MlpShape } from './shape';
import './cpu/register';
import './wasm/register';
import './webgpu/register';
import { warmWebGpu, type WarmOptions } from './webgpu/warm';

export { STATE, TABLE, type AdamEmaAttrs, type GradientAttrs, type MlpAttrs, type NetworkAttrs, type RandomAttrs, type StepAttrs } from './contract';
export { FEATURES, MAX_HIDDEN, MAX_LAYERS, paddedUnits, parameterCount, parameterTable, type MlpShape, type ParameterEntry } from './shape';

/** Compiles what a network needs, without blocking, where that takes time (WebGPU); elsewhere it is ready at once. */
export async function warm(shape: MlpShape, options: WarmOptions = {}): Promise<void> {
  if (tf.getBackend() === 'webgpu') await warmWebGpu(tf.backend() as Parameters<typeof warmWebGpu>[0], shape, options);
}

interface NetworkInputs {
  /** [n, 2] */
  x: tf.Tensor2D;
  /** Whole rows of P numbers. */
  parameters: tf.Tensor;
  /** [rows, FEATURES] */
  features: tf.Tensor2D;
}

/** f(x), [n, 2], at one noise level. */
export function mlp(inputs: NetworkInputs, attrs: MlpAttrs): tf.Tensor2D {
  return run(MLP, inputs, attrs) as tf.Tensor2D;
}

/** One sampling step a·x + b·f(x) + c·z, [n, 2]. */
export function ddpmStep(inputs: NetworkInputs, attrs: StepAttrs): tf.Tensor2D {
  return run(DDPM_STEP, inputs, attrs) as tf.Tensor2D;
}

/** Gradient of the training loss by all parameters, and (t, loss) of each example. */
export function ddpmGradient(inputs: { data: tf.Tensor2D; parameters: tf.Tensor; features: tf.Tensor2D; table: tf.Tensor2D }, attrs: GradientAttrs): { gradient: tf.Tensor1D; records: tf.Tensor2D } {
  const [gradient, records] = run(DDPM_GRADIENT, inputs, attrs) as [tf.Tensor1D, tf.Tensor2D];
  return { gradient, records };
}

/** The next state [4, P]. */
export function adamEma(inputs: { state: tf.Tensor2D; gradient: tf.Tensor1D }, attrs: AdamEmaAttrs): tf.Tensor2D {
  return run(ADAM_EMA, inputs, attrs) as tf.Tensor2D;
}

export function normals(attrs: RandomAttrs): tf.Tensor1D {
  return run(NORMALS, {}, attrs) as tf.Tensor1D;
}

/** The words' bits as int32. */
export function words(attrs: RandomAttrs): tf.Tensor1D {
  return run(WORDS, {}, attrs) as tf.Tensor1D;
}

function run(name: string, inputs: object, attrs: object): tf.Tensor | tf.Tensor[] {
  return tf.engine().runKernel(name, inputs as tf.NamedTensorMap, attrs as tf.NamedAttrMap) as tf.Tensor | tf.Tensor[];
}
