/** The SIMD build, and what holds for the WASM kernels beside what every device must do. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startEngine, tf, type Engine } from '../../../webview/engine';
import { ddpmGradient, ddpmStep, FEATURES, mlp, normals, type MlpShape } from '../../../webview/kernels';
import * as reference from '../../../webview/kernels/cpu/kernels';
import { kernels, loadKernels } from '../../../webview/kernels/wasm/module';
import { createRandom } from '../../../core/math/random';
import { WASM_PATHS } from '../engine/suite';
import { drawCase, gradientAttrs, KEY, LEVELS, mlpAttrs, stepAttrs, STREAMS, type Case } from './cases';
import { ownKernelSuite } from './suite';

const open = async () => {
  const engine = await startEngine({ device: 'wasm', wasmPaths: WASM_PATHS });
  await loadKernels('SIMD');
  return engine;
};

ownKernelSuite('wasm, SIMD', open);

describe('WASM kernels', () => {
  let engine: Engine;
  before(async () => { engine = await open(); });
  after(() => engine.dispose());

  const inputs = ({ x, parameters, features }: Case) => ({ x: tf.tensor2d(x, [x.length / 2, 2]), parameters: tf.tensor1d(parameters), features: tf.tensor2d(features, [LEVELS, FEATURES]) });
  const training = ({ data, parameters, features, table }: Case) =>
    ({ data: tf.tensor2d(data, [data.length / 2, 2]), parameters: tf.tensor1d(parameters), features: tf.tensor2d(features, [LEVELS, FEATURES]), table: tf.tensor2d(table, [LEVELS, table.length / LEVELS]) });
  const read = <T extends tf.Tensor>(make: () => T) => tf.tidy(() => make().dataSync().slice());
  const step = (drawn: Case, attrs = stepAttrs(drawn.shape)) => read(() => ddpmStep(inputs(drawn), attrs));

  function close(measured: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
    assert.equal(measured.length, expected.length);
    const size = Array.from(expected).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    for (let i = 0; i < expected.length; i++) assert.ok(Math.abs(measured[i] - expected[i]) <= tolerance * size, `${measured[i]} at ${i}, not ${expected[i]}`);
  }

  it('normals are within 2e-6 of float64, in the tails and next to the axes as well', () => {
    const count = 400_001;
    const measured = read(() => normals({ key: KEY, stream: STREAMS.z, firstPair: 3, count }));
    const expected = createRandom(20_260_101).normals('test/z', 6, count);
    let [largest, most] = [0, 0];
    expected.forEach((value, i) => {
      largest = Math.max(largest, Math.abs(measured[i] - value));
      most = Math.max(most, Math.abs(value));
    });
    assert.ok(largest <= 2e-6 && most > 4, `${largest}, up to ${most}`);
  });

  const shapes: MlpShape[] = [{ hidden: 4, layers: 4 }, { hidden: 20, layers: 1 }, { hidden: 128, layers: 4 }, { hidden: 256, layers: 3 }, { hidden: 512, layers: 1 }, { hidden: 52, layers: 8 }];
  for (const shape of shapes) {
    it(`2–${shape.hidden}×${shape.layers}–2 to 1e-5 of the reference, sampling and gradient, for counts that fill no block`, () => {
      for (const count of shape.hidden < 100 ? [1, 3, 13, 511] : [3, 49]) {
        const drawn = drawCase(shape, count);
        const { x, parameters, features, data, table } = drawn;
        close(read(() => mlp(inputs(drawn), mlpAttrs(shape))), reference.mlp(x, parameters, features, mlpAttrs(shape)), 1e-5);
        close(step(drawn), reference.ddpmStep(x, parameters, features, stepAttrs(shape)), 1e-5);
        const attrs = gradientAttrs(shape, 77, count);
        const expected = reference.ddpmGradient(data, parameters, features, table, attrs);
        const [gradient, records] = tf.tidy(() => {
          const result = ddpmGradient(training(drawn), attrs);
          return [result.gradient.dataSync().slice(), result.records.dataSync().slice()];
        });
        close(gradient, expected.gradient, 1e-5);
        close(records, expected.records, 1e-5);
      }
    });
  }

  it('1,000 points in one call are 600 and 400 in two, from odd pairs too', () => {
    const shape = { hidden: 128, layers: 3 };
    const drawn = drawCase(shape, 1000);
    for (const cut of [600, 601]) {
      const part = (from: number, to: number) => step({ ...drawn, x: drawn.x.subarray(2 * from, 2 * to) }, stepAttrs(shape, 9 + from));
      assert.deepEqual(step(drawn, stepAttrs(shape, 9)), Float32Array.of(...part(0, cut), ...part(cut, 1000)));
    }
  });

  it('large sums stay finite: SiLU is 0 on the left and the identity on the right', () => {
    const shape = { hidden: 4, layers: 1 };
    const drawn = drawCase(shape, 8);
    drawn.x.set([60, -60, 1e4, -1e4, 3e5, -3e5, -3e5, 3e5]);
    const { x, parameters, features } = drawn;
    close(read(() => mlp(inputs(drawn), mlpAttrs(shape))), reference.mlp(x, parameters, features, mlpAttrs(shape)), 1e-6);
  });

  it('a NaN among the parameters reaches every point and every loss', () => {
    const shape = { hidden: 20, layers: 3 };
    const drawn = drawCase(shape, 5);
    drawn.parameters.fill(NaN, drawn.parameters.length / 2, drawn.parameters.length / 2 + 1);
    assert.ok(step(drawn).every(Number.isNaN));
    const records = read(() => ddpmGradient(training(drawn), gradientAttrs(shape, 0, 30)).records);
    assert.ok(records.every((value, i) => i % 2 === 0 || Number.isNaN(value)));
  });

  it('memory grows to what a call needs and then stays', () => {
    const shape = { hidden: 128, layers: 3 };
    const drawn = drawCase(shape, 20_000);
    const run = () => { step(drawn); return kernels().memory.buffer.byteLength; };
    const size = run();
    for (let i = 0; i < 5; i++) assert.equal(run(), size);
    assert.ok(size < 4 * 2 ** 20, `${size} bytes`);
  });

  it('refuses in words what is no network, no row, or too much', () => {
    const shape = { hidden: 20, layers: 2 };
    const drawn = drawCase(shape, 3);
    assert.throws(() => step(drawn, { ...stepAttrs(shape), hidden: 21 }), /hidden must be a multiple of 4 from 4 to 512, not 21/);
    assert.throws(() => step(drawn, { ...stepAttrs(shape), layers: 9 }), /layers must be 1 to 8, not 9/);
    assert.throws(() => step(drawn, { ...stepAttrs(shape), parametersRow: 2 }), /"parameters" has \d+ numbers; the kernel wants those from/);
    assert.throws(() => step(drawn, { ...stepAttrs(shape), featuresRow: LEVELS }), /"features" has/);
    assert.throws(() => kernels().alloc(2 ** 32 - 64), /no memory for 4096 MB more/);
  });
});
