// First, see there.
import '../engine/dawn';
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { createRandom } from '../../../core/math/random';
import { countDispatches, startEngine, tf, type Engine } from '../../../webview/engine';
import { adamEma, ddpmGradient, ddpmStep, FEATURES, mlp, normals, parameterCount, warm, words } from '../../../webview/kernels';
import * as reference from '../../../webview/kernels/cpu/kernels';
import { WASM_PATHS } from '../engine/suite';
import { drawCase, gradientAttrs, KEY, LEVELS, mlpAttrs, stepAttrs, STREAMS } from './cases';
import { ownKernelSuite } from './suite';

const open = () => startEngine({ device: 'webgpu', wasmPaths: WASM_PATHS });

ownKernelSuite('webgpu', open);

describe('kernels of our own on webgpu alone', () => {
  let engine: Engine;
  before(async () => { engine = await open(); });
  after(() => engine.dispose());

  const upload = (shape: { hidden: number; layers: number }, points: number) => {
    const { x, parameters, features, data, table } = drawCase(shape, points);
    return { x: tf.tensor2d(x, [points, 2]), parameters: tf.tensor1d(parameters), features: tf.tensor2d(features, [LEVELS, FEATURES]), data: tf.tensor2d(data, [29, 2]), table: tf.tensor2d(table, [LEVELS, table.length / LEVELS]) };
  };
  /** Largest difference, as a share of the largest expected value. */
  const error = (measured: ArrayLike<number>, expected: Float32Array) =>
    expected.reduce((worst, value, i) => Math.max(worst, Math.abs(measured[i] - value)), 0) / expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

  it('the widest layers: network, loss and gradient to 1e-5', async () => {
    const shape = { hidden: 512, layers: 2 };
    const drawn = drawCase(shape, 33);
    const inputs = upload(shape, 33);
    const attrs = gradientAttrs(shape, 3, 33);
    const { gradient, records } = ddpmGradient(inputs, attrs);
    const expected = reference.ddpmGradient(drawn.data, drawn.parameters, drawn.features, drawn.table, attrs);
    assert.ok(error(await mlp(inputs, mlpAttrs(shape)).data(), reference.mlp(drawn.x, drawn.parameters, drawn.features, mlpAttrs(shape))) < 1e-5);
    assert.ok(error(await gradient.data(), expected.gradient) < 1e-5);
    assert.ok(error(await records.data(), expected.records) < 1e-5);
  });

  it('many points and examples of a narrow network, with its parameters in the first row of one', async () => {
    const shape = { hidden: 20, layers: 3 };
    const drawn = drawCase(shape, 1000);
    const { parameters: both, ...inputs } = upload(shape, 1000);
    const P = parameterCount(shape);
    const parameters = tf.slice(both, [P], [P]);
    const attrs = { ...stepAttrs(shape, 77), parametersRow: 0 };
    const weights = drawn.parameters.subarray(P);
    assert.ok(error(await ddpmStep({ ...inputs, parameters }, attrs).data(), reference.ddpmStep(drawn.x, weights, drawn.features, attrs)) < 1e-5);
    const training = { ...gradientAttrs(shape, 2 ** 31, 1000), parametersRow: 0 };
    const { gradient } = ddpmGradient({ ...inputs, parameters }, training);
    assert.ok(error(await gradient.data(), reference.ddpmGradient(drawn.data, weights, drawn.features, drawn.table, training).gradient) < 1e-5);
  });

  it('normals to 1e-5, also far in the tails, where WGSL promises its log and cos too loosely', async () => {
    const count = 400_000;
    const expected = createRandom(20_260_101).normals('test/z', 0, count);
    const measured = await normals({ key: KEY, stream: STREAMS.z, firstPair: 0, count }).data();
    assert.ok(expected.some((value) => Math.abs(value) > 4.5));
    expected.forEach((value, i) => assert.ok(Math.abs(measured[i] - value) < 1e-5, `${i}: ${measured[i]}, not ${value}`));
  });

  it('takes no points at all', async () => {
    const shape = { hidden: 4, layers: 1 };
    const inputs = { ...upload(shape, 1), x: tf.zeros([0, 2]) as tf.Tensor2D };
    const empty = ddpmStep(inputs, stepAttrs(shape));
    assert.deepEqual(empty.shape, [0, 2]);
    assert.equal((await empty.data()).length, 0);
    assert.equal((await words({ key: KEY, stream: STREAMS.z, firstPair: 0, count: 0 }).data()).length, 0);
  });

  it('a sampling step is 2 dispatches, a training step 3, whatever the size', async () => {
    await warm({ hidden: 128, layers: 3 });
    const counter = countDispatches((tf.backend() as WebGPUBackend).device);
    for (const shape of [{ hidden: 4, layers: 1 }, { hidden: 128, layers: 3 }]) {
      const inputs = upload(shape, 65);
      const P = parameterCount(shape);
      const state = tf.zeros([4, P]) as tf.Tensor2D;
      counter.reset();
      const next = ddpmStep(inputs, stepAttrs(shape));
      assert.equal(counter.count, 2);
      const { gradient } = ddpmGradient(inputs, gradientAttrs(shape, 0, 65));
      const stepped = adamEma({ state, gradient }, { rate: 1e-3, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, decay: 0.9 });
      assert.equal(counter.count, 5);
      assert.ok((await stepped.data()).every(Number.isFinite));
      next.dispose();
    }
    counter.stop();
    const before = counter.count;
    await normals({ key: KEY, stream: STREAMS.z, firstPair: 0, count: 2 }).data();
    assert.equal(counter.count, before);
  });

  it('a step frees what it used in between', async () => {
    const shape = { hidden: 36, layers: 2 };
    const inputs = upload(shape, 65);
    const used = () => (tf.memory() as unknown as { numBytesInGPU: number }).numBytesInGPU;
    const once = async () => {
      const results = [ddpmStep(inputs, stepAttrs(shape)), ...Object.values(ddpmGradient(inputs, gradientAttrs(shape, 0, 65)))] as tf.Tensor[];
      await Promise.all(results.map((result) => result.data()));
      tf.dispose(results);
      await inputs.x.clone().data();
      return used();
    };
    await once();
    const settled = await once();
    assert.equal(await once(), settled);
  });
});
