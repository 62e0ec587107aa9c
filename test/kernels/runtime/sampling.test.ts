/** The DDPM runtime on WASM: determinism, frames, cancellation, and the quality that the shipped networks must reach. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { DATASETS } from '../../../core/math/datasets';
import { heldOutDraw, realBaseline, slicedWasserstein } from '../../../core/math/metrics';
import { createRandom } from '../../../core/math/random';
import { startEngine, tf, type Engine } from '../../../webview/engine';
import { DEFAULTS, type DdpmSettings } from '../../../webview/experiments/ddpm/manifest';
import { loadNetwork, sampleFrames, type Network } from '../../../webview/experiments/ddpm/runtime';
import type { Frame } from '../../../webview/worker/protocol';
import { WASM_PATHS } from '../engine/suite';

const QUICK: DdpmSettings = { ...DEFAULTS, schedule: 'cosine', T: 200, sampler: 'ddim', steps: 20, points: 500 };
const BAR: DdpmSettings = { ...QUICK, points: 10_000 };

describe('sampling', () => {
  let engine: Engine;
  const networks = new Map<string, Network>();

  before(async () => {
    engine = await startEngine({ device: 'wasm', wasmPaths: WASM_PATHS });
    for (const { id } of DATASETS) networks.set(id, loadNetwork(engine, readFileSync(`webview/experiments/ddpm/weights/${id}.safetensors`)));
  });
  after(() => engine.dispose());

  const run = async (settings: DdpmSettings, signal = new AbortController().signal): Promise<Frame[]> => {
    const frames: Frame[] = [];
    for await (const frame of sampleFrames(engine, networks.get(settings.data)!, settings, signal)) frames.push(frame);
    return frames;
  };

  it('yields every frame from the noise to the data, with the timestep it stands at', async () => {
    const frames = await run(QUICK);
    assert.deepEqual(frames.map(({ index }) => index), Array.from({ length: 21 }, (_, i) => i));
    assert.equal(frames[0].t, 190);
    assert.deepEqual(frames.slice(1).map(({ t }) => t), [...Array.from({ length: 19 }, (_, i) => 180 - 10 * i), -1]);
    assert.deepEqual(frames[0].points, createRandom(QUICK.seed).normals('ddpm/x_T', 0, 1000));
  });

  it('gives the same bytes for the same seed, others for another', async () => {
    const settings: DdpmSettings = { ...QUICK, sampler: 'ddpm', steps: 40 };
    const [a, b, c] = [await run(settings), await run(settings), await run({ ...settings, seed: 2 })];
    assert.deepEqual(a.at(-1)!.points, b.at(-1)!.points);
    assert.notDeepEqual(a.at(-1)!.points, c.at(-1)!.points);
  });

  it('does not depend on the prediction type, since the stand-in is converted, beyond rounding', async () => {
    const reference = (await run({ ...QUICK, predictionType: 'v_prediction' })).at(-1)!.points;
    for (const predictionType of ['epsilon', 'sample'] as const) {
      const points = (await run({ ...QUICK, predictionType })).at(-1)!.points;
      const worst = points.reduce((most, value, i) => Math.max(most, Math.abs(value - reference[i])), 0);
      assert.ok(worst < 1e-4, `${predictionType}: ${worst}`);
    }
  });

  it('leaves no tensor behind, neither when it ends nor when it is cancelled', async () => {
    const before_ = tf.memory().numTensors;
    await run(QUICK);
    assert.equal(tf.memory().numTensors, before_);
    const controller = new AbortController();
    controller.abort();
    await assert.rejects(run(QUICK, controller.signal), { name: 'AbortError' });
    assert.equal(tf.memory().numTensors, before_);
  });

  it('answers a cancel within 100 ms, in the middle of a large run', async () => {
    const controller = new AbortController();
    let asked = 0;
    setTimeout(() => { asked = performance.now(); controller.abort(); }, 300);
    await assert.rejects(run({ ...QUICK, T: 1000, sampler: 'ddpm', steps: 1000, points: 20_000 }, controller.signal), { name: 'AbortError' });
    const waited = performance.now() - asked;
    assert.ok(asked > 0 && waited <= 100, `${waited.toFixed(0)} ms`);
  });

  it('keeps all frames below 64 MiB, the first and the last among them', async () => {
    const frames = await run({ ...QUICK, T: 1000, sampler: 'ddpm', steps: 1000, points: 10_000, schedule: 'linear' });
    assert.ok(frames.length * 10_000 * 8 <= 64 * 2 ** 20 + 2 * 80_000, `${frames.length} frames`);
    assert.equal(frames[0].index, 0);
    assert.equal(frames.at(-1)!.index, 1000);
    assert.equal(frames.at(-1)!.t, -1);
  });

  // Of the others 20 steps of DDIM cost more, with the exact score too (see the stand-ins' own tests).
  for (const id of ['moons', 'gaussians8', 'swiss-roll', 'checkerboard'] as const) {
    it(`${id}: 20 DDIM steps reach at most twice the distance of real draws`, async () => {
      const real = realBaseline(id, 10_000).slicedWasserstein;
      for (const seed of [1, 2]) {
        const points = (await run({ ...BAR, data: id, seed })).at(-1)!.points;
        const distance = slicedWasserstein(points, heldOutDraw(id), { projections: 256 });
        assert.ok(distance <= 2 * real, `seed ${seed}: ${distance.toFixed(4)} against ${real.toFixed(4)} for real draws`);
      }
    });
  }
});
