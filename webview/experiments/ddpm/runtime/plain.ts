/**
 * The same network, step and training in tfjs' own ops: what our kernels are measured against (test/bench) and compared with (test/kernels), and the form in
 * which the loss can be replaced by any other differentiable one.
 */
import { dense, matMul, silu, tf } from '../../../engine';
import { FEATURES, parameterTable, type MlpShape } from '../../../kernels';
import type { AffineStep } from './sampling';

/** The one array as a tensor for each parameter, in the order of `parameterTable`. */
export function splitParameters(shape: MlpShape, parameters: Float32Array): tf.Tensor[] {
  return parameterTable(shape).map((entry) => tf.tensor(parameters.subarray(entry.offset, entry.offset + entry.size), [...entry.shape]));
}

/**
 * f(x) with the noise level of each point.
 * @param parameters in the order of `parameterTable`.
 * @param x noisy points, [n, 2].
 * @param features [n, 17].
 * @returns [n, 2].
 */
export function plainForward(parameters: readonly tf.Tensor[], x: tf.Tensor2D, features: tf.Tensor2D): tf.Tensor2D {
  const layers = (parameters.length - 2) / 3;
  let h = x;
  for (let layer = 0; layer < layers; layer++) {
    const [kernel, condition, bias] = parameters.slice(3 * layer, 3 * layer + 3);
    h = silu(tf.add(matMul(h, kernel as tf.Tensor2D), dense(features, condition as tf.Tensor2D, bias as tf.Tensor1D)));
  }
  const [kernel, bias] = parameters.slice(3 * layers);
  return dense(h, kernel as tf.Tensor2D, bias as tf.Tensor1D);
}

/** f(x) at one noise level, by tfjs' fused products; its features enter as one more bias. `features` has FEATURES numbers. */
export function plainPredict(parameters: readonly tf.Tensor[], x: tf.Tensor2D, features: readonly number[]): tf.Tensor2D {
  return tf.tidy(() => {
    const f = tf.tensor2d([...features], [1, FEATURES]);
    const layers = (parameters.length - 2) / 3;
    let h = x;
    for (let layer = 0; layer < layers; layer++) {
      const [kernel, condition, bias] = parameters.slice(3 * layer, 3 * layer + 3);
      // The sum makes a vector of it: tfjs' WASM kernel looks at the shape a bias was made with, before any reshape.
      const own = tf.add(tf.reshape(tf.matMul(f, condition as tf.Tensor2D), [-1]), bias);
      h = silu(tf.fused.matMul({ a: h, b: kernel as tf.Tensor2D, bias: own }) as tf.Tensor2D);
    }
    const [kernel, bias] = parameters.slice(3 * layers);
    return tf.fused.matMul({ a: h, b: kernel as tf.Tensor2D, bias }) as tf.Tensor2D;
  });
}

/** x_prev = x · x_t + prediction · pred + z · noise; all tensors [n, 2]. Consumes nothing. */
export function plainStep(step: AffineStep, x: tf.Tensor2D, prediction: tf.Tensor2D, z: tf.Tensor2D | null): tf.Tensor2D {
  return tf.tidy(() => {
    const mean = tf.add(tf.mul(x, step.x), tf.mul(prediction, step.prediction));
    return (z ? tf.add(mean, tf.mul(z, step.z)) : mean) as tf.Tensor2D;
  });
}
