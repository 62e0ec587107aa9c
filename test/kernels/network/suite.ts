/** The network on every device, with weights drawn from a seed: what is right for those is right for the shipped ones. */
import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { createRandom } from '../../../core/math/random';
import { SafetensorsError, writeSafetensors, type Safetensors } from '../../../core/math/safetensors';
import { startEngine, tf, type Engine } from '../../../webview/engine';
import { forward, HIDDEN_LAYERS, HIDDEN_UNITS, loadNetwork, LOG_SNR_RANGE, logSnrFeatures, PARAMETERS } from '../../../webview/experiments/ddpm/network';
import type { DeviceName } from '../../../webview/worker/protocol';
import { WASM_PATHS } from '../engine/suite';

const N = 101;

function drawn(): Safetensors {
  const random = createRandom(12);
  const tensors: Safetensors['tensors'] = {};
  for (const { name, shape } of PARAMETERS) {
    const size = shape.reduce((product, length) => product * length, 1);
    const scale = name.endsWith('bias') ? 0.3 : shape[0] ** -0.5;
    tensors[name] = { dtype: 'F32', shape: [...shape], data: random.normals(name, 0, size).map((value) => value * scale) };
  }
  return { tensors, metadata: { dataset: 'none' } };
}

/** The definition in float64, point by point. */
function reference({ tensors }: Safetensors, x: Float32Array, logSnr: number): Float64Array {
  const features = logSnrFeatures(logSnr);
  const out = new Float64Array(x.length);
  for (let p = 0; p < x.length; p += 2) {
    let h = [x[p], x[p + 1]];
    for (let layer = 0; layer < HIDDEN_LAYERS; layer++) {
      const [kernel, condition, bias] = ['kernel', 'condition', 'bias'].map((part) => tensors[`hidden.${layer}.${part}`].data);
      h = Array.from({ length: HIDDEN_UNITS }, (_, unit) => {
        const at = (values: readonly number[], weights: Float32Array) => values.reduce((sum, value, k) => sum + value * weights[k * HIDDEN_UNITS + unit], 0);
        const a = at(h, kernel) + at(features, condition) + bias[unit];
        return a / (1 + Math.exp(-a));
      });
    }
    for (const axis of [0, 1]) out[p + axis] = h.reduce((sum, value, k) => sum + value * tensors['out.kernel'].data[2 * k + axis], tensors['out.bias'].data[axis]);
  }
  return out;
}

export function networkSuite(device: DeviceName): void {
  describe(`network on ${device}`, () => {
    const weights = drawn();
    const bytes = writeSafetensors(weights);
    const x = createRandom(3).normals('x', 0, 2 * N);
    let engine: Engine;
    before(async () => {
      engine = await startEngine({ device, wasmPaths: WASM_PATHS });
    });
    after(() => engine?.dispose());

    it('predicts what the definition gives in float64, λ clamped to its range', async () => {
      const network = loadNetwork(engine, bytes);
      const points = tf.tensor2d(x, [N, 2]);
      for (const logSnr of [-Infinity, -40, -3.3, 0, 5.1, 40]) {
        const v = network.predictV(points, logSnr);
        assert.deepEqual(v.shape, [N, 2]);
        const measured = await v.data();
        const expected = reference(weights, x, Math.min(Math.max(logSnr, LOG_SNR_RANGE[0]), LOG_SNR_RANGE[1]));
        expected.forEach((value, i) => assert.ok(Math.abs(measured[i] - value) < 2e-5, `λ = ${logSnr}, ${i}: ${measured[i]}, not ${value}`));
        v.dispose();
      }
      const [here, there] = [reference(weights, x, 0), reference(weights, x, 5)];
      assert.ok(here.some((value, i) => Math.abs(value - there[i]) > 0.1), 'λ makes no difference');
      points.dispose();
      network.dispose();
    });

    it('training form and sampling form are the same function', async () => {
      const network = loadNetwork(engine, bytes);
      const points = tf.tensor2d(x, [N, 2]);
      const parameters = PARAMETERS.map(({ name, shape }) => tf.tensor(weights.tensors[name].data, [...shape]));
      const features = tf.tensor2d(Array.from({ length: N }, () => logSnrFeatures(1.7)));
      const [trained, sampled] = await Promise.all([forward(parameters, points, features).data(), network.predictV(points, 1.7).data()]);
      sampled.forEach((value, i) => assert.ok(Math.abs(value - trained[i]) < 2e-5, `${i}: ${value}, not ${trained[i]}`));
      tf.dispose([points, features, ...parameters]);
      network.dispose();
    });

    it('keeps nothing on the device but what it hands out', () => {
      const before = tf.memory().numTensors;
      const network = loadNetwork(engine, bytes);
      const points = tf.tensor2d(x, [N, 2]);
      network.predictV(points, 0).dispose();
      const held = tf.memory().numTensors;
      network.predictV(points, 1).dispose();
      assert.equal(tf.memory().numTensors, held);
      points.dispose();
      network.dispose();
      assert.equal(tf.memory().numTensors, before);
    });

    it('refuses weights that are cut, missing, misshapen, unknown or not finite, and leaves nothing behind', () => {
      const changed = (change: (copy: Safetensors) => void): Uint8Array => {
        const copy = drawn();
        change(copy);
        return writeSafetensors(copy);
      };
      const cases: [Uint8Array, RegExp][] = [
        [bytes.subarray(0, bytes.length - 5), /file is cut/],
        [changed(({ tensors }) => delete tensors['out.bias']), /"out\.bias" is missing/],
        [changed(({ tensors }) => (tensors['hidden.1.kernel'].shape = [HIDDEN_UNITS * HIDDEN_UNITS])), /"hidden\.1\.kernel" has the shape \[16384\]; the network wants \[128,128\]/],
        [changed(({ tensors }) => (tensors['out.kernel'].shape = [2, HIDDEN_UNITS])), /"out\.kernel" has the shape \[2,128\]/],
        [changed(({ tensors }) => (tensors.extra = { dtype: 'F32', shape: [], data: new Float32Array(1) })), /"extra" is no part/],
        [changed(({ tensors }) => (tensors['hidden.0.bias'].data[7] = NaN)), /"hidden\.0\.bias" holds NaN at index 7/],
      ];
      const before = tf.memory().numTensors;
      for (const [file, message] of cases) {
        assert.throws(() => loadNetwork(engine, file), (error: unknown) => error instanceof SafetensorsError && message.test(error.message), String(message));
      }
      assert.equal(tf.memory().numTensors, before);
    });
  });
}
