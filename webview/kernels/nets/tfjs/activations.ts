/** Activations and their derivatives as ops of tfjs; as in ../activations.ts. */
import * as tf from '../../../engine/tf';
import { LEAKY_SLOPE } from '../activations';
import type { Activation } from '../contract';
import { softplus } from './terms';

type T = tf.Tensor;

/** Φ(x) */
const normalCdf = (x: T): T => tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5);
const normalPdf = (x: T): T => tf.mul(tf.exp(tf.mul(tf.square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI));

interface Rule {
  value: (x: T) => T;
  /** f′(x), where y = f(x). */
  slope: (x: T, y: T) => T;
}

export const RULES: Readonly<Record<Activation, Rule>> = {
  linear: { value: (x) => tf.clone(x), slope: (x) => tf.onesLike(x) },
  relu: { value: (x) => tf.relu(x), slope: (x) => tf.step(x) },
  leaky_relu: { value: (x) => tf.leakyRelu(x, LEAKY_SLOPE), slope: (x) => tf.step(x, LEAKY_SLOPE) },
  elu: { value: (x) => tf.elu(x), slope: (x, y) => tf.where(tf.greater(x, 0), tf.onesLike(x), tf.add(y, 1)) },
  tanh: { value: (x) => tf.tanh(x), slope: (_, y) => tf.sub(1, tf.square(y)) },
  sigmoid: { value: (x) => tf.sigmoid(x), slope: (_, y) => tf.mul(y, tf.sub(1, y)) },
  softplus: { value: softplus, slope: (x) => tf.sigmoid(x) },
  silu: {
    value: (x) => tf.mul(x, tf.sigmoid(x)),
    slope: (x) => {
      const s = tf.sigmoid(x);
      return tf.mul(s, tf.add(1, tf.mul(x, tf.sub(1, s))));
    },
  },
  gelu: { value: (x) => tf.mul(x, normalCdf(x)), slope: (x) => tf.add(normalCdf(x), tf.mul(x, normalPdf(x))) },
};
