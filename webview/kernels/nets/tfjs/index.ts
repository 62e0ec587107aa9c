/**
 * The operations as ops of tfjs, for WebGPU. Passes are explicit, so no tape is recorded; what an op makes lives until `reset`, and what stays (parameters, gradients, recorded sums) is kept by its
 * owner. Nothing is read back before it is asked for.
 */
import * as tf from '../../../engine/tf';
import { normals } from '../..';
import { convOutput, type ConvShape, type Ops } from '../contract';
import { RULES } from './activations';
import { addTo, type TfMatrix } from './matrix';
import { TfStore } from './store';
import * as terms from './terms';

export type { TfMatrix } from './matrix';

const convAttrs = ({ stride, padding }: ConvShape) => ({ strides: [stride, stride] as [number, number], pad: padding, dataFormat: 'NHWC' as const, dimRoundingMode: 'floor' as const });

export function tfjsOps(): Ops<TfMatrix> {
  let made: tf.Tensor[] = [];
  let records: tf.Tensor[] = [];

  const hold = (tensor: tf.Tensor): TfMatrix => {
    made.push(tf.keep(tensor));
    return { rows: tensor.shape[0], columns: tensor.shape[1]!, tensor: tensor as tf.Tensor2D };
  };
  const make = (compute: () => tf.Tensor): TfMatrix => hold(tf.tidy(compute));
  const makeNormal = (compute: () => terms.NormalTensors): { mean: TfMatrix; logVariance: TfMatrix } => {
    const { mean, logVariance } = tf.tidy(() => compute() as terms.NormalTensors & tf.TensorContainerObject);
    return { mean: hold(mean), logVariance: hold(logVariance) };
  };
  const tensorsOf = (given: { mean: TfMatrix; logVariance: TfMatrix } | null) => given && { mean: given.mean.tensor, logVariance: given.logVariance.tensor };
  const image = (matrix: TfMatrix, height: number, width: number, channels: number): tf.Tensor4D => tf.reshape(matrix.tensor, [matrix.rows, height, width, channels]);
  const inputImage = (matrix: TfMatrix, { height, width, channels }: ConvShape) => image(matrix, height, width, channels);
  const outputImage = (matrix: TfMatrix, shape: ConvShape) => image(matrix, ...convOutput(shape), shape.filters);
  const filterOf = (matrix: TfMatrix, { kernel, channels, filters }: ConvShape): tf.Tensor4D => tf.reshape(matrix.tensor, [kernel, kernel, channels, filters]);
  const rowsOf = (tensor: tf.Tensor): tf.Tensor => tf.reshape(tensor, [tensor.shape[0], -1]);
  const run = (kernel: string, inputs: tf.NamedTensorMap, attrs: object) => tf.engine().runKernel(kernel, inputs, attrs as tf.NamedAttrMap) as tf.Tensor;

  return {
    // The same code on tfjs' other devices serves comparisons alone.
    device: 'webgpu',
    store: (table, shards, rows) => new TfStore(table, shards, rows),
    reset() {
      tf.dispose(made);
      made = [];
    },

    input(values, rows, columns) {
      const floats = values instanceof Uint8Array ? Float32Array.from(values, (byte) => byte / 255) : values.slice();
      return make(() => tf.tensor2d(floats, [rows, columns]));
    },
    filled: (value, rows, columns) => make(() => tf.fill([rows, columns], value)),
    normals: (rows, columns, { key, stream, firstPair }) => make(() => tf.reshape(normals({ key, stream, firstPair, count: rows * columns }), [rows, columns])),
    read: async ({ tensor }) => Float32Array.from(await tensor.data()),
    record(...matrices) {
      records.push(...matrices.map(({ tensor }) => tf.keep(tf.tidy(() => tf.sum(tensor)))));
    },
    async takeRecords() {
      if (records.length === 0) return new Float32Array(0);
      const all = tf.tidy(() => tf.stack(records));
      tf.dispose(records);
      records = [];
      try {
        return Float32Array.from(await all.data());
      } finally {
        all.dispose();
      }
    },

    dense: (x, weight, bias) => make(() => tf.add(tf.matMul(x.tensor, weight.tensor), bias.tensor)),
    denseGradient(x, weight, dy, intoWeight, intoBias, wantInput) {
      tf.tidy(() => {
        addTo(intoWeight, tf.matMul(x.tensor, dy.tensor, true, false));
        addTo(intoBias, tf.sum(dy.tensor, 0));
      });
      return wantInput ? make(() => tf.matMul(dy.tensor, weight.tensor, false, true)) : null;
    },

    conv: (x, weight, shape) => make(() => rowsOf(tf.conv2d(inputImage(x, shape), filterOf(weight, shape), shape.stride, shape.padding, 'NHWC', 1, 'floor'))),
    convInput: (dy, weight, shape) => make(() => rowsOf(run('Conv2DBackpropInput', { dy: outputImage(dy, shape), filter: filterOf(weight, shape) },
      { ...convAttrs(shape), inputShape: [dy.rows, shape.height, shape.width, shape.channels] }))),
    convFilter(x, dy, shape, intoWeight) {
      tf.tidy(() => addTo(intoWeight, run('Conv2DBackpropFilter', { x: inputImage(x, shape), dy: outputImage(dy, shape) },
        { ...convAttrs(shape), filterShape: [shape.kernel, shape.kernel, shape.channels, shape.filters] })));
    },
    addBias: (x, bias) => make(() => tf.reshape(tf.add(tf.reshape(x.tensor, [-1, bias.columns]), bias.tensor), [x.rows, x.columns])),
    biasGradient(dy, intoBias) {
      tf.tidy(() => addTo(intoBias, tf.sum(tf.reshape(dy.tensor, [-1, intoBias.columns]), 0)));
    },

    activate: (x, activation) => make(() => RULES[activation].value(x.tensor)),
    activateGradient: (x, y, dy, activation) => make(() => tf.mul(dy.tensor, RULES[activation].slope(x.tensor, y.tensor))),

    add: (a, b) => make(() => tf.add(a.tensor, b.tensor)),
    scale: (matrix, factor) => make(() => tf.mul(matrix.tensor, factor)),
    repeatRows: ({ tensor, rows, columns }, k) => make(() => tf.reshape(tf.tile(tf.reshape(tensor, [rows, 1, columns]), [1, k, 1]), [rows * k, columns])),
    sumRows: ({ tensor, rows, columns }, k) => make(() => tf.sum(tf.reshape(tensor, [rows / k, k, columns]), 1)),

    reparameterise: (mean, logVariance, noise) => make(() => terms.reparameterise(mean.tensor, logVariance.tensor, noise.tensor)),
    reparameteriseGradient: (logVariance, noise, dz) => makeNormal(() => terms.reparameteriseGradient(logVariance.tensor, noise.tensor, dz.tensor)),
    bernoulli: (logits, x) => make(() => terms.bernoulli(logits.tensor, x.tensor)),
    bernoulliGradient: (logits, x, weights) => make(() => terms.bernoulliGradient(logits.tensor, x.tensor, weights.tensor)),
    gaussian: (mean, x, sigma, constant) => make(() => terms.gaussian(mean.tensor, x.tensor, sigma, constant)),
    gaussianGradient: (mean, x, sigma, weights) => make(() => terms.gaussianGradient(mean.tensor, x.tensor, sigma, weights.tensor)),
    klStandard: (mean, logVariance) => make(() => terms.klStandard(mean.tensor, logVariance.tensor)),
    klStandardGradient: (mean, logVariance, weights) => makeNormal(() => terms.klStandardGradient(mean.tensor, logVariance.tensor, weights.tensor)),
    logNormal: (z, given) => make(() => terms.logNormal(z.tensor, tensorsOf(given))),
    logNormalGradient(z, given, weights) {
      const gradient = tf.tidy(() => terms.logNormalGradient(z.tensor, tensorsOf(given), weights.tensor) as unknown as tf.TensorContainer) as unknown as { z: tf.Tensor; given: terms.NormalTensors | null };
      return { z: hold(gradient.z), given: gradient.given && { mean: hold(gradient.given.mean), logVariance: hold(gradient.given.logVariance) } };
    },
    logMeanExp: (column, k) => make(() => terms.logMeanExp(column.tensor, k)),
    logMeanExpGradient: (column, k, weights) => make(() => terms.logMeanExpGradient(column.tensor, k, weights.tensor)),
  };
}
