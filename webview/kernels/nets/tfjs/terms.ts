/** The terms of the evidence lower bound as ops of tfjs; formulas as in ../cpu/terms.ts. All run within a `tidy`. */
import * as tf from '../../../engine/tf';

type T = tf.Tensor;
export interface NormalTensors {
  mean: T;
  logVariance: T;
}

const LOG_TWO_PI = Math.log(2 * Math.PI);

const sumOfRows = (values: T): T => tf.sum(values, 1, true);

export const reparameterise = (mean: T, logVariance: T, noise: T): T => tf.add(mean, tf.mul(tf.exp(tf.mul(logVariance, 0.5)), noise));

export const reparameteriseGradient = (logVariance: T, noise: T, dz: T): NormalTensors =>
  ({ mean: tf.clone(dz), logVariance: tf.mul(tf.mul(dz, noise), tf.mul(tf.exp(tf.mul(logVariance, 0.5)), 0.5)) });

/** log(1 + exp(x)), without overflow: tfjs' own loses digits where it changes its formula. */
export const softplus = (x: T): T => tf.add(tf.relu(x), tf.log1p(tf.exp(tf.neg(tf.abs(x)))));

export const bernoulli = (logits: T, x: T): T => sumOfRows(tf.sub(softplus(logits), tf.mul(x, logits)));

export const bernoulliGradient = (logits: T, x: T, weights: T): T => tf.mul(weights, tf.sub(tf.sigmoid(logits), x));

export function gaussian(mean: T, x: T, sigma: number, constant: boolean): T {
  const sum = tf.mul(sumOfRows(tf.square(tf.sub(x, mean))), 1 / (2 * sigma * sigma));
  return constant ? tf.add(sum, mean.shape[1]! * (LOG_TWO_PI / 2 + Math.log(sigma))) : sum;
}

export const gaussianGradient = (mean: T, x: T, sigma: number, weights: T): T => tf.mul(tf.mul(weights, 1 / (sigma * sigma)), tf.sub(mean, x));

export const klStandard = (mean: T, logVariance: T): T => tf.mul(sumOfRows(tf.sub(tf.sub(tf.add(tf.square(mean), tf.exp(logVariance)), 1), logVariance)), 0.5);

export const klStandardGradient = (mean: T, logVariance: T, weights: T): NormalTensors =>
  ({ mean: tf.mul(weights, mean), logVariance: tf.mul(tf.mul(weights, 0.5), tf.sub(tf.exp(logVariance), 1)) });

export function logNormal(z: T, given: NormalTensors | null): T {
  const constant = (z.shape[1]! * LOG_TWO_PI) / 2;
  if (!given) return tf.sub(tf.mul(sumOfRows(tf.square(z)), -0.5), constant);
  const { mean, logVariance } = given;
  return tf.sub(tf.mul(sumOfRows(tf.add(logVariance, tf.mul(tf.square(tf.sub(z, mean)), tf.exp(tf.neg(logVariance))))), -0.5), constant);
}

export function logNormalGradient(z: T, given: NormalTensors | null, weights: T): { z: T; given: NormalTensors | null } {
  if (!given) return { z: tf.neg(tf.mul(weights, z)), given: null };
  const { mean, logVariance } = given;
  const difference = tf.sub(z, mean);
  const pull = tf.mul(tf.mul(weights, difference), tf.exp(tf.neg(logVariance)));
  return { z: tf.neg(pull), given: { mean: pull, logVariance: tf.mul(tf.sub(tf.mul(pull, difference), weights), 0.5) } };
}

/** @param column [n·k, 1] → [n, k] */
const groups = (column: T, k: number): T => tf.reshape(column, [column.shape[0] / k, k]);

export function logMeanExp(column: T, k: number): T {
  const entries = groups(column, k);
  const most = tf.max(entries, 1, true);
  return tf.sub(tf.add(most, tf.log(tf.sum(tf.exp(tf.sub(entries, most)), 1, true))), Math.log(k));
}

export const logMeanExpGradient = (column: T, k: number, weights: T): T => tf.reshape(tf.mul(weights, tf.softmax(groups(column, k) as tf.Tensor2D)), [column.shape[0], 1]);
