/**
 * The start-up self-test: a matrix product and the gradient of a small SiLU network against float64. Device drivers
 * do get these wrong, and a wrong device still draws plausible pictures.
 */
import * as tf from './tf';
import { createRandom } from '../../core/math/random';
import { dense, matMul, silu } from './layers';

/** Largest absolute error that counts as right. The values are of order one: float32 stays near 1e-6. */
export const TOLERANCE = 1e-4;

/** Odd sizes on purpose: they meet the kernels' edge cases. */
const ROWS = 37;
const INPUTS = 5;
const HIDDEN = 67;

/** @returns the largest absolute error over the product, the loss and all four gradients. */
export async function selfTest(): Promise<number> {
  const random = createRandom(20260101);
  const draw = (name: string, rows: number, columns: number, scale: number) =>
    Float32Array.from(random.normals(`selfTest/${name}`, 0, rows * columns), (value) => value * scale);
  const x = draw('x', ROWS, INPUTS, 1);
  const w1 = draw('w1', INPUTS, HIDDEN, INPUTS ** -0.5);
  const b1 = draw('b1', 1, HIDDEN, 0.5);
  const w2 = draw('w2', HIDDEN, 2, HIDDEN ** -0.5);
  const expected = reference(x, w1, b1, w2);

  const results = tf.tidy(() => {
    const input = tf.tensor2d(x, [ROWS, INPUTS]);
    const loss = (k1: tf.Tensor, bias: tf.Tensor, k2: tf.Tensor) =>
      tf.mean(tf.square(matMul(silu(dense(input, k1 as tf.Tensor2D, bias as tf.Tensor1D)), k2 as tf.Tensor2D))) as tf.Scalar;
    const parameters = [tf.tensor2d(w1, [INPUTS, HIDDEN]), tf.tensor1d(b1), tf.tensor2d(w2, [HIDDEN, 2])];
    const { value, grads } = tf.valueAndGrads(loss)(parameters);
    return [tf.matMul(input, parameters[0] as tf.Tensor2D), value, ...grads];
  });
  try {
    const measured = await Promise.all(results.map((tensor) => tensor.data()));
    return Math.max(...measured.map((values, k) => largestDifference(values, expected[k])));
  } finally {
    tf.dispose(results);
  }
}

function largestDifference(measured: ArrayLike<number>, expected: Float64Array): number {
  if (measured.length !== expected.length) return Infinity;
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(measured[i] - expected[i]);
    if (!(difference <= worst)) worst = difference;
    if (Number.isNaN(worst)) return NaN;
  }
  return worst;
}

/** The same in float64 by hand: product, loss, and its gradients by w1, b1 and w2. */
function reference(x: Float32Array, w1: Float32Array, b1: Float32Array, w2: Float32Array): Float64Array[] {
  const product = new Float64Array(ROWS * HIDDEN);
  const dw1 = new Float64Array(w1.length);
  const db1 = new Float64Array(b1.length);
  const dw2 = new Float64Array(w2.length);
  let loss = 0;
  for (let row = 0; row < ROWS; row++) {
    const sigmoid = new Float64Array(HIDDEN);
    const a = new Float64Array(HIDDEN);
    const out = [0, 0];
    for (let h = 0; h < HIDDEN; h++) {
      for (let i = 0; i < INPUTS; i++) product[row * HIDDEN + h] += x[row * INPUTS + i] * w1[i * HIDDEN + h];
      a[h] = product[row * HIDDEN + h] + b1[h];
      sigmoid[h] = 1 / (1 + Math.exp(-a[h]));
      for (const o of [0, 1]) out[o] += a[h] * sigmoid[h] * w2[h * 2 + o];
    }
    for (const o of [0, 1]) loss += out[o] ** 2 / (2 * ROWS);
    for (let h = 0; h < HIDDEN; h++) {
      let dActivation = 0;
      for (const o of [0, 1]) {
        dw2[h * 2 + o] += (out[o] / ROWS) * a[h] * sigmoid[h];
        dActivation += (out[o] / ROWS) * w2[h * 2 + o];
      }
      const da = dActivation * sigmoid[h] * (1 + a[h] * (1 - sigmoid[h]));
      db1[h] += da;
      for (let i = 0; i < INPUTS; i++) dw1[i * HIDDEN + h] += x[row * INPUTS + i] * da;
    }
  }
  return [product, Float64Array.of(loss), dw1, db1, dw2];
}
