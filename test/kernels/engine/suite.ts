/** What every device must pass. One process a device, since tfjs keeps one backend per thread. */
import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { createAdam, createEma, dense, matMul, silu, startEngine, tf, type Engine } from '../../../webview/engine';
import type { DeviceName } from '../../../webview/worker/protocol';
import { createRandom } from '../../../core/math/random';

export const WASM_PATHS = 'node_modules/@tensorflow/tfjs-backend-wasm/dist';

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const siluValue = (x: number) => x * sigmoid(x);

export function engineSuite(device: DeviceName): void {
  describe(`engine on ${device}`, () => {
    let engine: Engine;
    before(async () => {
      engine = await startEngine({ device, wasmPaths: WASM_PATHS });
    });
    after(() => engine?.dispose());

    it('is the device that was asked for and passed its self-test with a measured error', () => {
      assert.equal(engine.report.device, device);
      assert.equal(tf.getBackend(), device);
      assert.ok(engine.report.selfTestError > 0 && engine.report.selfTestError < 1e-4, String(engine.report.selfTestError));
    });

    it('SiLU: value, first and second derivative against finite differences', async () => {
      const x = Float32Array.from({ length: 41 }, (_, i) => (i - 20) / 4 + 0.03);
      const first = (t: tf.Tensor) => tf.grad((u) => tf.sum(silu(u)))(t);
      const second = tf.grad((u) => tf.sum(first(u)));
      const input = tf.tensor1d(x);
      const [value, d1, d2] = await Promise.all([silu(input), first(input), second(input)].map((t) => t.data()));
      const h = 1e-3;
      x.forEach((at, i) => {
        assert.ok(Math.abs(value[i] - siluValue(at)) < 2e-6, `SiLU(${at}) = ${value[i]}`);
        const slope = (siluValue(at + h) - siluValue(at - h)) / (2 * h);
        const bend = (siluValue(at + h) - 2 * siluValue(at) + siluValue(at - h)) / h ** 2;
        assert.ok(Math.abs(d1[i] - slope) < 1e-5, `SiLU′(${at}) = ${d1[i]}, not ${slope}`);
        assert.ok(Math.abs(d2[i] - bend) < 1e-5, `SiLU″(${at}) = ${d2[i]}, not ${bend}`);
      });
    });

    it('a SiLU network: gradient, and gradient of the gradient norm, against finite differences', async () => {
      const random = createRandom(4);
      const draw = (name: string, n: number) => Float64Array.from(random.normals(name, 0, n));
      const x = draw('x', 4 * 3);
      const k = draw('k', 3 * 5);
      const b = draw('b', 5);
      const o = draw('o', 5);
      // loss(k) = mean_i Σ_h SiLU(x·k + b)_h·o_h; penalty(k) = |∂loss/∂x|², whose gradient needs the second order.
      const net = (input: tf.Tensor, kernel: tf.Tensor) =>
        tf.mean(matMul(silu(dense(input as tf.Tensor2D, kernel as tf.Tensor2D, tf.tensor1d([...b]))), tf.tensor2d([...o], [5, 1]))) as tf.Scalar;
      const penalty = (kernel: tf.Tensor) => tf.sum(tf.square(tf.grad((u) => net(u, kernel))(tf.tensor2d([...x], [4, 3])))) as tf.Scalar;
      const kernel = tf.tensor2d([...k], [3, 5]);
      const gradient = await tf.grad((u) => net(tf.tensor2d([...x], [4, 3]), u))(kernel).data();
      const penaltyGradient = await tf.grad(penalty)(kernel).data();

      const netValue = (weights: Float64Array) => {
        let sum = 0;
        for (let i = 0; i < 4; i++) {
          for (let j = 0; j < 5; j++) {
            let a = b[j];
            for (let d = 0; d < 3; d++) a += x[i * 3 + d] * weights[d * 5 + j];
            sum += (siluValue(a) * o[j]) / 4;
          }
        }
        return sum;
      };
      const penaltyValue = (weights: Float64Array) => {
        let sum = 0;
        for (let i = 0; i < 4; i++) {
          for (let d = 0; d < 3; d++) {
            let slope = 0;
            for (let j = 0; j < 5; j++) {
              let a = b[j];
              for (let e = 0; e < 3; e++) a += x[i * 3 + e] * weights[e * 5 + j];
              slope += ((sigmoid(a) * (1 + a * (1 - sigmoid(a))) * o[j]) / 4) * weights[d * 5 + j];
            }
            sum += slope ** 2;
          }
        }
        return sum;
      };
      for (const [name, measured, value] of [['gradient', gradient, netValue], ['second-order gradient', penaltyGradient, penaltyValue]] as const) {
        for (let i = 0; i < k.length; i++) {
          const expected = central(value, k, i);
          assert.ok(Math.abs(measured[i] - expected) < 2e-5 * (1 + Math.abs(expected)), `${name} ${i}: ${measured[i]}, not ${expected}`);
        }
      }
    });

    it('matMul: value and both gradients at odd sizes', async () => {
      const [n, k, m] = [33, 7, 19];
      const random = createRandom(9);
      const [a, b, g] = [random.normals('a', 0, n * k), random.normals('b', 0, k * m), random.normals('g', 0, n * m)];
      const [ta, tb, tg] = [tf.tensor2d(a, [n, k]), tf.tensor2d(b, [k, m]), tf.tensor2d(g, [n, m])];
      const { value, grads } = tf.valueAndGrads((u, w) => tf.sum(tf.mul(matMul(u as tf.Tensor2D, w as tf.Tensor2D), tg)))([ta, tb]);
      const [product, da, db] = await Promise.all([matMul(ta, tb), ...grads].map((t) => t.data()));
      const at = (values: ArrayLike<number>, columns: number) => (row: number, column: number) => values[row * columns + column];
      closeTo(product, product64(n, k, m, at(a, k), at(b, m)), 'product');
      closeTo(da, product64(n, m, k, at(g, m), (row, column) => b[column * m + row]), 'gradient by the left factor');
      closeTo(db, product64(k, n, m, (row, column) => a[column * k + row], at(g, m)), 'gradient by the right factor');
      value.dispose();
    });

    it('Adam and the moving average follow the recurrences', async () => {
      const start = [0.5, -1, 2];
      const parameter = tf.variable(tf.tensor1d(start));
      const adam = createAdam([parameter], { beta1: 0.9, beta2: 0.99, epsilon: 1e-3 });
      const ema = createEma([parameter]);
      const expected = [...start];
      const average = [...start];
      const m = [0, 0, 0];
      const v = [0, 0, 0];
      for (let t = 1; t <= 20; t++) {
        const gradient = tf.tidy(() => tf.mul(parameter, 2 * Math.cos(t)));
        const rate = 0.05 / t;
        expected.forEach((value, i) => {
          const g = value * 2 * Math.cos(t);
          m[i] = 0.9 * m[i] + 0.1 * g;
          v[i] = 0.99 * v[i] + 0.01 * g * g;
          expected[i] -= (rate * (m[i] / (1 - 0.9 ** t))) / (Math.sqrt(v[i] / (1 - 0.99 ** t)) + 1e-3);
          average[i] = 0.8 * average[i] + 0.2 * expected[i];
        });
        adam.step([gradient], rate);
        ema.update(0.8);
        gradient.dispose();
      }
      closeTo(await parameter.data(), Float64Array.from(expected), 'Adam');
      closeTo(await ema.averages[0].data(), Float64Array.from(average), 'moving average');
      assert.throws(() => adam.step([], 0.1), /0 gradients for 1/);
      adam.dispose();
      ema.dispose();
      parameter.dispose();
    });

    it('a training step leaks no tensor', async () => {
      const parameter = tf.variable(tf.randomNormal([4, 3]));
      const input = tf.randomNormal([8, 4]) as tf.Tensor2D;
      const adam = createAdam([parameter]);
      const step = () => {
        const { value, grads } = tf.tidy(() => tf.valueAndGrads((w) => tf.mean(tf.square(silu(matMul(input, w as tf.Tensor2D)))) as tf.Scalar)([parameter]));
        adam.step(grads, 1e-3);
        tf.dispose([value, ...grads]);
      };
      step();
      const held = tf.memory().numTensors;
      for (let i = 0; i < 5; i++) step();
      assert.equal(tf.memory().numTensors, held);
      await parameter.data();
    });
  });
}

function central(f: (w: Float64Array) => number, at: Float64Array, i: number): number {
  const h = 1e-4;
  const up = Float64Array.from(at);
  const down = Float64Array.from(at);
  up[i] += h;
  down[i] -= h;
  return (f(up) - f(down)) / (2 * h);
}

function product64(n: number, k: number, m: number, a: (r: number, c: number) => number, b: (r: number, c: number) => number): Float64Array {
  const out = new Float64Array(n * m);
  for (let r = 0; r < n; r++) for (let c = 0; c < m; c++) for (let i = 0; i < k; i++) out[r * m + c] += a(r, i) * b(i, c);
  return out;
}

function closeTo(measured: ArrayLike<number>, expected: Float64Array, name: string): void {
  assert.equal(measured.length, expected.length, name);
  expected.forEach((value, i) => assert.ok(Math.abs(measured[i] - value) < 2e-5, `${name} ${i}: ${measured[i]}, not ${value}`));
}
