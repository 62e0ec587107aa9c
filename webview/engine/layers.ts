/**
 * Differentiable building blocks with gradients that are right to the second order and fast on WASM.
 *
 * tfjs' gradients of ops that save their *output* (sigmoid, tanh, exp) are wrong from the second order on, since the
 * saved output is cut off the tape; ops here keep their input and spell out the derivative.
 */
import * as tf from './tf';

/**
 * a·b for [n, k] × [k, m]. tfjs differentiates by products with transposed operands, for which WASM has no fast
 * kernel (14 times slower); here the gradient transposes first.
 */
export function matMul(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  return tf.customGrad((left, right, save) => {
    const [x, y] = [left as tf.Tensor2D, right as tf.Tensor2D];
    (save as tf.GradSaveFunc)([x, y]);
    return {
      value: tf.matMul(x, y),
      gradFunc: (dy, saved) => {
        const [l, r] = saved as [tf.Tensor2D, tf.Tensor2D];
        return [matMul(dy as tf.Tensor2D, tf.transpose(r)), matMul(tf.transpose(l), dy as tf.Tensor2D)];
      },
    };
  })(a, b) as tf.Tensor2D;
}

/** x·kernel + bias for x of [n, in], kernel [in, out], bias [out]. */
export function dense(x: tf.Tensor2D, kernel: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor2D {
  return tf.add(matMul(x, kernel), bias);
}

/** SiLU(x) = x·σ(x), elementwise (Elfwing, Uchibe & Doya 2018). */
export function silu<T extends tf.Tensor>(x: T): T {
  return tf.customGrad((input, save) => {
    (save as tf.GradSaveFunc)([input as tf.Tensor]);
    return {
      value: tf.mul(input as tf.Tensor, tf.sigmoid(input as tf.Tensor)),
      gradFunc: (dy, saved) => tf.mul(dy, siluPrime(saved[0])),
    };
  })(x) as T;
}

/** SiLU′(x) = s + x·s·(1 − s), s = σ(x). */
function siluPrime(x: tf.Tensor): tf.Tensor {
  return tf.customGrad((input, save) => {
    (save as tf.GradSaveFunc)([input as tf.Tensor]);
    const s = tf.sigmoid(input as tf.Tensor);
    return {
      value: tf.mul(s, tf.add(1, tf.mul(input as tf.Tensor, tf.sub(1, s)))),
      gradFunc: (dy, saved) => tf.mul(dy, siluSecond(saved[0])),
    };
  })(x);
}

/** SiLU″(x) = s·(1 − s)·(2 + x·(1 − 2s)). */
function siluSecond(x: tf.Tensor): tf.Tensor {
  const s = tf.sigmoid(x);
  return tf.mul(tf.mul(s, tf.sub(1, s)), tf.add(2, tf.mul(x, tf.sub(1, tf.mul(2, s)))));
}
