/**
 * The stand-in for the user's network: an MLP v_θ(x, λ) for points in the plane, conditioned on the log-SNR
 * λ = log(ᾱ/(1 − ᾱ)) instead of on an index t, so that it fits every schedule and every T.
 *
 * It predicts v = √ᾱ ε − √(1 − ᾱ) x0 (Salimans & Ho 2022, section 4), for data of unit variance per axis. Layer k computes
 * SiLU(h·W_k + f(λ)·C_k + b_k); the last is linear in h alone.
 */
import { readSafetensors, SafetensorsError, type NamedTensor } from '../../../core/math/safetensors';
import { dense, matMul, silu, tf, type Engine } from '../../engine';

export const HIDDEN_LAYERS = 3;
export const HIDDEN_UNITS = 128;

/** λ is clamped to this range, in which the stand-ins are trained: noise of 0.7% of the data to data of 0.7% of the noise. */
export const LOG_SNR_RANGE = [-10, 10] as const;

const FREQUENCIES = 8;
const FEATURES = 1 + 2 * FREQUENCIES;

/** Name and shape of every parameter, in the order of the file. */
export const PARAMETERS: readonly { name: string; shape: readonly number[] }[] = [
  ...Array.from({ length: HIDDEN_LAYERS }, (_, layer) => [
    { name: `hidden.${layer}.kernel`, shape: [layer === 0 ? 2 : HIDDEN_UNITS, HIDDEN_UNITS] },
    { name: `hidden.${layer}.condition`, shape: [FEATURES, HIDDEN_UNITS] },
    { name: `hidden.${layer}.bias`, shape: [HIDDEN_UNITS] },
  ]).flat(),
  { name: 'out.kernel', shape: [HIDDEN_UNITS, 2] },
  { name: 'out.bias', shape: [2] },
];

/** f(λ) with s = the position of λ in its range, −1 … 1: s, and sin and cos of kπs/2 for k = 1 … 8. Length 17. */
export function logSnrFeatures(logSnr: number): number[] {
  const [low, high] = LOG_SNR_RANGE;
  const s = (2 * (Math.min(Math.max(logSnr, low), high) - low)) / (high - low) - 1;
  const waves = Array.from({ length: FREQUENCIES }, (_, k) => ((k + 1) * Math.PI * s) / 2);
  return [s, ...waves.map(Math.sin), ...waves.map(Math.cos)];
}

/**
 * The differentiable form, for training: a λ for every point.
 * @param parameters in the order of PARAMETERS.
 * @param x noisy points, [n, 2].
 * @param features f(λ) of each, [n, 17].
 * @returns v, [n, 2].
 */
export function forward(parameters: readonly tf.Tensor[], x: tf.Tensor2D, features: tf.Tensor2D): tf.Tensor2D {
  let h = x;
  for (let layer = 0; layer < HIDDEN_LAYERS; layer++) {
    const [kernel, condition, bias] = parameters.slice(3 * layer, 3 * layer + 3);
    h = silu(tf.add(matMul(h, kernel as tf.Tensor2D), dense(features, condition as tf.Tensor2D, bias as tf.Tensor1D)));
  }
  const [kernel, bias] = parameters.slice(3 * HIDDEN_LAYERS);
  return dense(h, kernel as tf.Tensor2D, bias as tf.Tensor1D);
}

export interface Network {
  /** What the file says about its training: data set, seed, steps, λ range. */
  readonly metadata: Readonly<Record<string, string>>;
  /**
   * v for all points at one noise level.
   * @param x [n, 2], at the noise level ᾱ = 1/(1 + e^−λ).
   * @param logSnr λ, clamped to LOG_SNR_RANGE.
   * @returns [n, 2], the caller's to dispose.
   */
  predictV(x: tf.Tensor2D, logSnr: number): tf.Tensor2D;
  dispose(): void;
}

/**
 * Puts the weights of a safetensors file on the device of `engine`.
 * @throws SafetensorsError when the file is cut or malformed, a tensor is missing, unknown, of another shape, or not finite.
 */
export function loadNetwork(_engine: Engine, bytes: Uint8Array): Network {
  const { tensors, metadata } = readSafetensors(bytes);
  const weights = PARAMETERS.map(({ name, shape }) => check(name, shape, tensors[name]));
  const unknown = Object.keys(tensors).find((name) => PARAMETERS.every((parameter) => parameter.name !== name));
  if (unknown !== undefined) throw new SafetensorsError(`The tensor "${unknown}" is no part of the network.`);

  const layers = Array.from({ length: HIDDEN_LAYERS }, (_, layer) => ({
    kernel: upload(weights[3 * layer]),
    condition: weights[3 * layer + 1].data,
    bias: weights[3 * layer + 2].data,
  }));
  const outKernel = upload(weights[3 * HIDDEN_LAYERS]);
  const outBias = tf.tensor1d(weights[3 * HIDDEN_LAYERS + 1].data);
  return {
    metadata,
    predictV(x, logSnr) {
      const features = logSnrFeatures(logSnr);
      return tf.tidy(() => {
        let h = x;
        for (const { kernel, condition, bias } of layers) {
          // One λ for all points: its part of the layer is one more bias, summed here rather than on the device.
          h = silu(tf.fused.matMul({ a: h, b: kernel, bias: tf.tensor1d(conditioned(features, condition, bias)) }) as tf.Tensor2D);
        }
        return tf.fused.matMul({ a: h, b: outKernel, bias: outBias }) as tf.Tensor2D;
      });
    },
    dispose() {
      tf.dispose([...layers.map(({ kernel }) => kernel), outKernel, outBias]);
    },
  };
}

function conditioned(features: readonly number[], condition: Float32Array, bias: Float32Array): Float32Array {
  return bias.map((value, unit) => features.reduce((sum, feature, k) => sum + feature * condition[k * HIDDEN_UNITS + unit], value));
}

function upload({ data, shape }: NamedTensor): tf.Tensor2D {
  return tf.tensor2d(data, shape as [number, number]);
}

function check(name: string, shape: readonly number[], tensor: NamedTensor | undefined): NamedTensor {
  if (!tensor) throw new SafetensorsError(`The tensor "${name}" is missing.`);
  if (tensor.shape.length !== shape.length || tensor.shape.some((size, axis) => size !== shape[axis])) {
    throw new SafetensorsError(`The tensor "${name}" has the shape [${tensor.shape}]; the network wants [${shape}].`);
  }
  const bad = tensor.data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new SafetensorsError(`The tensor "${name}" holds ${tensor.data[bad]} at index ${bad}.`);
  return tensor;
}
