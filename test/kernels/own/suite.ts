/** The kernels of our own on one device, against the reference and, for the gradient, against tfjs' own differentiation. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { tf, type Engine } from '../../../webview/engine';
import { adamEma, ddpmGradient, ddpmStep, mlp, normals, words, type MlpShape } from '../../../webview/kernels';
import * as reference from '../../../webview/kernels/cpu/kernels';
import { FEATURES, parameterCount, parameterTable } from '../../../webview/kernels/shape';
import { createRandom } from '../../../core/math/random';
import { drawCase, gradientAttrs, KEY, LEVELS, mlpAttrs, stepAttrs, STREAMS, type Case } from './cases';

const SHAPES: readonly MlpShape[] = [{ hidden: 4, layers: 1 }, { hidden: 20, layers: 2 }, { hidden: 128, layers: 3 }, { hidden: 256, layers: 2 }, { hidden: 36, layers: 4 }];
const COUNTS = [1, 3, 65] as const;

/** Largest difference, as a share of the largest expected value (at least 1). */
function error(measured: ArrayLike<number>, expected: ArrayLike<number>): number {
  assert.equal(measured.length, expected.length);
  let [worst, size] = [0, 1];
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(measured[i] - expected[i]);
    assert.ok(Number.isFinite(difference), `${measured[i]} at ${i}, not ${expected[i]}`);
    worst = Math.max(worst, difference);
    size = Math.max(size, Math.abs(expected[i]));
  }
  return worst / size;
}

const inputsOf = ({ x, parameters, features }: Case) => ({ x: tf.tensor2d(x, [x.length / 2, 2]), parameters: tf.tensor1d(parameters), features: tf.tensor2d(features, [LEVELS, FEATURES]) });
const trainingInputs = ({ data, parameters, features, table }: Case) =>
  ({ data: tf.tensor2d(data, [data.length / 2, 2]), parameters: tf.tensor1d(parameters), features: tf.tensor2d(features, [LEVELS, FEATURES]), table: tf.tensor2d(table, [LEVELS, table.length / LEVELS]) });

/** Runs `make` on fresh tensors, reads all results and leaves nothing on the device. */
async function read(make: () => tf.Tensor[]): Promise<Float32Array[]> {
  const held = tf.memory().numTensors;
  const results = tf.tidy(make);
  const values = await Promise.all(results.map((result) => result.data() as Promise<Float32Array>));
  tf.dispose(results);
  assert.equal(tf.memory().numTensors, held);
  return values;
}

export function ownKernelSuite(device: string, open: () => Promise<Engine>): void {
  describe(`kernels of our own on ${device}`, () => {
    let engine: Engine;
    before(async () => { engine = await open(); });
    after(() => engine.dispose());

    it('words are those of core/math/random bit for bit, wherever they begin', async () => {
      for (const [firstPair, count] of [[0, 1], [0, 1000], [3, 9], [123_457, 70], [2 ** 31 + 5, 12]]) {
        const [measured] = await read(() => [words({ key: KEY, stream: STREAMS.z, firstPair, count })]);
        const expected = createRandom(20_260_101).words('test/z', 2 * firstPair, count);
        assert.deepEqual(Uint32Array.from(measured), expected, `${count} from pair ${firstPair}`);
      }
    });

    it('normals are those of core/math/random to 1e-3, and the same bytes twice', async () => {
      const attrs = { key: KEY, stream: STREAMS.z, firstPair: 7, count: 10_001 };
      const [first, second] = await read(() => [normals(attrs), normals(attrs)]);
      assert.deepEqual(first, second);
      const expected = createRandom(20_260_101).normals('test/z', 14, attrs.count);
      expected.forEach((value, i) => assert.ok(Math.abs(first[i] - value) < 1e-3, `${i}: ${first[i]}, not ${value}`));
    });

    for (const shape of SHAPES) {
      const title = `2–${shape.hidden}×${shape.layers}–2`;

      it(`network and sampling step of ${title}`, async () => {
        for (const count of COUNTS) {
          const drawn = drawCase(shape, count);
          const [f, step, still] = await read(() => {
            const inputs = inputsOf(drawn);
            return [mlp(inputs, mlpAttrs(shape)), ddpmStep(inputs, stepAttrs(shape, 11)), ddpmStep(inputs, { ...stepAttrs(shape), c: 0 })];
          });
          const { x, parameters, features } = drawn;
          assert.ok(error(f, reference.mlp(x, parameters, features, mlpAttrs(shape))) < 2e-5);
          assert.ok(error(step, reference.ddpmStep(x, parameters, features, stepAttrs(shape, 11))) < 1e-3);
          assert.ok(error(still, reference.ddpmStep(x, parameters, features, { ...stepAttrs(shape), c: 0 })) < 2e-5);
        }
      });

      it(`loss and gradient of ${title}`, async () => {
        for (const count of COUNTS) {
          const drawn = drawCase(shape, 1);
          const attrs = gradientAttrs(shape, 1000, count);
          const [gradient, records] = await read(() => {
            const result = ddpmGradient(trainingInputs(drawn), attrs);
            return [result.gradient, result.records];
          });
          const { data, parameters, features, table } = drawn;
          const expected = reference.ddpmGradient(data, parameters, features, table, attrs);
          assert.deepEqual(records.filter((_, i) => i % 2 === 0), expected.records.filter((_, i) => i % 2 === 0), 'the times t');
          assert.ok(error(records, expected.records) < 1e-3);
          assert.ok(error(gradient, expected.gradient) < 1e-3);
        }
      });
    }

    it('a point and an example do not depend on how they are divided into calls', async () => {
      const shape = { hidden: 128, layers: 3 };
      const drawn = drawCase(shape, 100);
      const [whole, left, right] = await read(() => {
        const inputs = inputsOf(drawn);
        const part = (from: number, count: number) => ddpmStep({ ...inputs, x: tf.slice(inputs.x, [from, 0], [count, 2]) }, stepAttrs(shape, 5 + from));
        return [ddpmStep(inputs, stepAttrs(shape, 5)), part(0, 37), part(37, 63)];
      });
      assert.deepEqual(whole, Float32Array.of(...left, ...right));
      const [gradient, records, gradientLeft, recordsLeft, gradientRight, recordsRight] = await read(() => {
        const inputs = trainingInputs(drawn);
        return [gradientAttrs(shape, 40, 50, 0.02), gradientAttrs(shape, 40, 21, 0.02), gradientAttrs(shape, 61, 29, 0.02)].flatMap((attrs) => Object.values(ddpmGradient(inputs, attrs)) as tf.Tensor[]);
      });
      assert.deepEqual(records, Float32Array.of(...recordsLeft, ...recordsRight));
      assert.ok(error(gradient, gradientLeft.map((value, i) => value + gradientRight[i])) < 1e-5);
    });

    it('gives the same bytes for the same call', async () => {
      const shape = { hidden: 128, layers: 3 };
      const drawn = drawCase(shape, 700);
      const once = () => read(() => {
        const { gradient } = ddpmGradient(trainingInputs(drawn), gradientAttrs(shape, 0, 300));
        return [ddpmStep(inputsOf(drawn), stepAttrs(shape)), gradient];
      });
      assert.deepEqual(await once(), await once());
    });

    it('the gradient is that of the loss, by tfjs differentiating plain ops on the same examples', async () => {
      const shape = { hidden: 20, layers: 3 };
      const count = 33;
      const drawn = drawCase(shape, 1);
      const attrs = gradientAttrs(shape, 9, count);
      const [measured, records] = await read(() => Object.values(ddpmGradient(trainingInputs(drawn), attrs)) as tf.Tensor[]);
      const [plain, loss] = await read(() => plainGradient(drawn, attrs.firstExample, count));
      assert.ok(error(measured, plain) < 1e-3);
      const mean = records.filter((_, i) => i % 2 === 1).reduce((sum, value) => sum + value, 0) / count;
      assert.ok(Math.abs(mean - loss[0]) < 1e-3 * Math.max(1, loss[0]), `${mean}, not ${loss[0]}`);
    });

    it('Adam and the average take the step of the paper', async () => {
      const P = 1001;
      const state = createRandom(4).normals('state', 0, 4 * P);
      for (let i = 2 * P; i < 3 * P; i++) state[i] = state[i] ** 2;
      const gradient = createRandom(4).normals('gradient', 0, P);
      const attrs = { rate: 3e-3, beta1: 0.9, beta2: 0.99, epsilon: 1e-6, decay: 0.75 };
      const [next] = await read(() => [adamEma({ state: tf.tensor2d(state, [4, P]), gradient: tf.tensor1d(gradient) }, attrs)]);
      assert.ok(error(next, reference.adamEma(state, gradient, attrs)) < 1e-6);
    });
  });
}

/** The same loss out of tfjs' ops, its examples drawn by core/math/random. */
function plainGradient({ shape, parameters, features, table, data }: Case, firstExample: number, count: number): tf.Tensor[] {
  const random = createRandom(20_260_101);
  const pick = random.words('test/pick', 2 * firstExample, 2 * count);
  const eps = random.normals('test/noise', 2 * firstExample, 2 * count);
  const columns = table.length / LEVELS;
  const rows = Array.from({ length: count }, (_, i) => {
    const point = Math.floor((pick[2 * i] * (data.length / 2)) / 2 ** 32);
    const t = Math.floor((pick[2 * i + 1] * LEVELS) / 2 ** 32);
    const [signal, noise, targetX0, targetEps, weight] = table.subarray(t * columns, (t + 1) * columns);
    const both = (a: number, b: number) => [0, 1].map((axis) => a * data[2 * point + axis] + b * eps[2 * i + axis]);
    return { x: both(signal, noise), target: both(targetX0, targetEps), weight, features: [...features.subarray(t * FEATURES, (t + 1) * FEATURES)] };
  });
  const x = tf.tensor2d(rows.map((row) => row.x));
  const target = tf.tensor2d(rows.map((row) => row.target));
  const weight = tf.tensor2d(rows.map((row) => [row.weight / 2]));
  const f = tf.tensor2d(rows.map((row) => row.features));
  const P = parameterCount(shape);
  const loss = (flat: tf.Tensor) => {
    const get = (name: string) => {
      const { offset, size, shape: lengths } = parameterTable(shape).find((entry) => entry.name === name)!;
      return tf.reshape(tf.slice(flat, [P + offset], [size]), [...lengths]);
    };
    let h: tf.Tensor = x;
    for (let layer = 0; layer < shape.layers; layer++) {
      const a = tf.add(tf.add(tf.matMul(h as tf.Tensor2D, get(`hidden.${layer}.kernel`) as tf.Tensor2D), tf.matMul(f, get(`hidden.${layer}.condition`) as tf.Tensor2D)), get(`hidden.${layer}.bias`));
      h = tf.mul(a, tf.sigmoid(a));
    }
    const out = tf.add(tf.matMul(h as tf.Tensor2D, get('out.kernel') as tf.Tensor2D), get('out.bias'));
    return tf.div(tf.sum(tf.mul(tf.squaredDifference(out, target), weight)), count) as tf.Scalar;
  };
  const { value, grad } = tf.valueAndGrad(loss)(tf.tensor1d(parameters));
  return [tf.slice(grad, [P], [P]), value];
}
