/** A device that goes away in the middle of the work: an error in words, at once, and the next engine starts clean. */
// First, see there.
import '../engine/dawn';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { DeviceError, startEngine, tf, type Engine } from '../../../webview/engine';
import { adamEma, ddpmGradient, normals, parameterCount, STATE } from '../../../webview/kernels';
import { WASM_PATHS } from '../engine/suite';
import { drawCase, gradientAttrs, KEY, LEVELS, STREAMS } from './cases';

const SHAPE = { hidden: 32, layers: 2 };
const BATCH = 64;
const ADAM = { rate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, decay: 0.99 };

const open = () => startEngine({ device: 'webgpu', wasmPaths: WASM_PATHS });
const device = () => (tf.backend() as WebGPUBackend).device;

/** Trains until something throws; `before` runs at the start of each step. */
async function train(before: (step: number) => void): Promise<number> {
  const { data, parameters, features, table } = drawCase(SHAPE, 1);
  const P = parameterCount(SHAPE);
  const inputs = { data: tf.tensor2d(data, [29, 2]), features: tf.tensor2d(features, [LEVELS, features.length / LEVELS]), table: tf.tensor2d(table, [LEVELS, table.length / LEVELS]) };
  let state = tf.tensor2d(Float32Array.of(...parameters.subarray(P), ...new Float32Array(2 * P), ...parameters.subarray(P)), [STATE.rows, P]);
  for (let step = 0; step < 200; step++) {
    before(step);
    const { gradient, records } = ddpmGradient({ ...inputs, parameters: state }, { ...gradientAttrs(SHAPE, step * BATCH, BATCH), parametersRow: STATE.parameters });
    const next = adamEma({ state, gradient }, ADAM);
    const [first] = await records.data();
    assert.ok(Number.isInteger(first), `t = ${first}`);
    tf.dispose([state, gradient, records]);
    state = next;
  }
  return (await state.data())[0];
}

const isLoss = (error: unknown): true => {
  assert.ok(error instanceof DeviceError, String(error));
  assert.match(error.message, /^The WebGPU device was lost: .+\.$/);
  return true;
};

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => { timer = setTimeout(() => reject(new Error(`nothing within ${ms} ms`)), ms); });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

describe('a lost WebGPU device', () => {
  it('ends training with a DeviceError, and everything asked of it afterwards', async () => {
    const engine = await open();
    const kept = normals({ key: KEY, stream: STREAMS.z, firstPair: 0, count: 100 });
    await within(20_000, assert.rejects(train((step) => { if (step === 3) device().destroy(); }), isLoss));
    assert.match(await within(1000, engine.lost), /^The WebGPU device was lost: /);
    await within(1000, assert.rejects(kept.data(), isLoss));
    assert.throws(() => normals({ key: KEY, stream: STREAMS.z, firstPair: 0, count: 4 }), isLoss);
    assert.throws(() => tf.add(kept, 1), isLoss);
    engine.dispose();
  });

  it('ends a read that is under way', async () => {
    const engine = await open();
    const pending = normals({ key: KEY, stream: STREAMS.z, firstPair: 0, count: 1_000_000 }).data();
    device().destroy();
    await within(5000, assert.rejects(pending, isLoss));
    engine.dispose();
  });

  it('is not told of a device that was closed on purpose, and the next one works', async () => {
    const first = await open();
    let told: string | undefined;
    void first.lost.then((reason) => { told = reason; });
    first.dispose();
    const second: Engine = await open();
    assert.equal((await normals({ key: KEY, stream: STREAMS.z, firstPair: 0, count: 4 }).data()).length, 4);
    assert.equal(told, undefined);
    second.dispose();
  });

  it('a command that the device refuses is an error too, not garbage', async () => {
    const engine = await open();
    device().createBuffer({ size: 16, usage: 0 });
    assert.match(await within(5000, engine.lost), /^The WebGPU device failed: .*usage/i);
    assert.throws(() => normals({ key: KEY, stream: STREAMS.z, firstPair: 0, count: 4 }), DeviceError);
    engine.dispose();
  });
});
