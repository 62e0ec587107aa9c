/** The network on every device, with weights drawn from a seed: what is right for those is right for the shipped ones. */
import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { createRandom } from '../../../core/math/random';
import { SafetensorsError, writeSafetensors, type Safetensors } from '../../../core/math/safetensors';
import { startEngine, tf, type Engine } from '../../../webview/engine';
import { LOG_SNR_RANGE, logSnrFeatures } from '../../../webview/experiments/ddpm/features';
import { initialParameters, loadNetwork, predictAt, readNetwork, STAND_IN, writeNetwork } from '../../../webview/experiments/ddpm/runtime';
import { plainForward, plainPredict, splitParameters } from '../../../webview/experiments/ddpm/runtime/plain';
import { parameterTable, type MlpShape } from '../../../webview/kernels';
import type { DeviceName } from '../../../webview/worker/protocol';
import { WASM_PATHS } from '../engine/suite';

const N = 101;

/** Of any width, also one that the kernels pad. */
function drawn(network: MlpShape = STAND_IN): Safetensors {
  const random = createRandom(12);
  const tensors: Safetensors['tensors'] = {};
  for (const { name, shape, size } of parameterTable(network)) {
    const scale = name.endsWith('bias') ? 0.3 : shape[0] ** -0.5;
    tensors[name] = { dtype: 'F32', shape: [...shape], data: random.normals(name, 0, size).map((value) => value * scale) };
  }
  return { tensors, metadata: { dataset: 'none' } };
}

/** The definition in float64, point by point. */
function reference({ tensors }: Safetensors, x: Float32Array, logSnr: number, { hidden, layers }: MlpShape = STAND_IN): Float64Array {
  const features = logSnrFeatures(logSnr);
  const out = new Float64Array(x.length);
  for (let p = 0; p < x.length; p += 2) {
    let h = [x[p], x[p + 1]];
    for (let layer = 0; layer < layers; layer++) {
      const [kernel, condition, bias] = ['kernel', 'condition', 'bias'].map((part) => tensors[`hidden.${layer}.${part}`].data);
      h = Array.from({ length: hidden }, (_, unit) => {
        const at = (values: readonly number[], weights: Float32Array) => values.reduce((sum, value, k) => sum + value * weights[k * hidden + unit], 0);
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
      assert.equal(network.predicts, 'v_prediction');
      for (const logSnr of [-Infinity, -40, -3.3, 0, 5.1, 40]) {
        const measured = await predictAt(network, x, logSnr);
        assert.equal(measured.length, x.length);
        const expected = reference(weights, x, Math.min(Math.max(logSnr, LOG_SNR_RANGE[0]), LOG_SNR_RANGE[1]));
        expected.forEach((value, i) => assert.ok(Math.abs(measured[i] - value) < 2e-5, `λ = ${logSnr}, ${i}: ${measured[i]}, not ${value}`));
      }
      const [here, there] = [reference(weights, x, 0), reference(weights, x, 5)];
      assert.ok(here.some((value, i) => Math.abs(value - there[i]) > 0.1), 'λ makes no difference');
      network.dispose();
    });

    it('so do networks of other shapes, padded or not, and other prediction types; written again they are the same file', async () => {
      for (const [shape, predicts] of [[{ hidden: 5, layers: 1 }, 'epsilon'], [{ hidden: 30, layers: 4 }, 'sample']] as const) {
        const own = drawn(shape);
        const file = writeSafetensors({ ...own, metadata: { prediction: predicts } });
        const network = loadNetwork(engine, file);
        assert.equal(network.predicts, predicts);
        const measured = await predictAt(network, x, 0.7);
        reference(own, x, 0.7, shape).forEach((value, i) => assert.ok(Math.abs(measured[i] - value) < 2e-5, `${shape.hidden}, ${i}: ${measured[i]}, not ${value}`));
        network.dispose();
        const read = readNetwork(file);
        assert.deepEqual([read.hidden, read.layers], [shape.hidden, shape.layers]);
        assert.deepEqual(Buffer.from(writeNetwork(read)), Buffer.from(file));
      }
    });

    it('a fresh network predicts 0, and is a function of its seed', async () => {
      const shape = { hidden: 7, layers: 2 };
      const [a, b, other] = [1, 1, 2].map((seed) => initialParameters(shape, seed));
      assert.deepEqual(a, b);
      assert.notDeepEqual(a, other);
      const network = loadNetwork(engine, writeNetwork({ ...shape, predicts: 'epsilon', parameters: a, metadata: {} }));
      assert.ok((await predictAt(network, x, 1)).every((value) => value === 0));
      network.dispose();
    });

    it("our kernel and tfjs' own ops, with a noise level of each point or one of all, are the same function", async () => {
      const network = loadNetwork(engine, bytes);
      const features = logSnrFeatures(1.7);
      const ours = await predictAt(network, x, 1.7);
      const plain = tf.tidy(() => {
        const parameters = splitParameters(STAND_IN, readNetwork(bytes).parameters);
        const points = tf.tensor2d(x, [N, 2]);
        return [plainForward(parameters, points, tf.tensor2d(Array.from({ length: N }, () => features))), plainPredict(parameters, points, features)];
      });
      for (const tensor of plain) (await tensor.data()).forEach((value, i) => assert.ok(Math.abs(value - ours[i]) < 2e-5, `${i}: ${value}, not ${ours[i]}`));
      tf.dispose(plain);
      network.dispose();
    });

    it('keeps nothing on the device but what it hands out', async () => {
      const before = tf.memory().numTensors;
      const network = loadNetwork(engine, bytes);
      const held = tf.memory().numTensors;
      await predictAt(network, x, 1);
      assert.equal(tf.memory().numTensors, held);
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
        [changed(({ tensors }) => (tensors['hidden.1.kernel'].shape = [128 * 128])), /"hidden\.1\.kernel" has the shape \[16384\]; the network wants \[128,128\]/],
        [changed(({ tensors }) => (tensors['out.kernel'].shape = [2, 128])), /"out\.kernel" has the shape \[2,128\]/],
        [changed(({ tensors }) => (tensors.extra = { dtype: 'F32', shape: [], data: new Float32Array(1) })), /"extra" is no part/],
        [changed((copy) => (copy.tensors = {})), /"hidden\.0\.kernel" is missing/],
        [writeSafetensors(drawn({ hidden: 516, layers: 1 })), /1 hidden layers of 516 units; at most 8 of 512/],
        [changed((copy) => (copy.metadata = { prediction: 'score' })), /predicts "score"/],
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
