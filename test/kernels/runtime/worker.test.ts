/** The worker's methods on WASM: training beside everything else, pause, resume, divergence, storage, measures. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { CANCELLED } from '../../../core/protocol/channel';
import { diffusionQuantities } from '../../../core/math/diffusion';
import { heldOutDraw, mmd, realBaseline, slicedWasserstein } from '../../../core/math/metrics';
import { drawDataset } from '../../../core/math/datasets';
import { Measuring } from '../../../webview/experiments/ddpm/runtime';
import { betasOf, DEFAULTS } from '../../../webview/experiments/ddpm/manifest';
import { memoryStore } from '../../../webview/worker/store';
import { isMoved, TRAINED, type Frame } from '../../../webview/worker/protocol';
import { client, Events, params, QUICK, SMALL, wasm, type Client } from './worker-client';

const started = async (page: Client = client()): Promise<Client> => {
  await page.call('start', { device: 'wasm', wasm });
  return page;
};
const frames = async (page: Client, change: object = {}): Promise<Frame[]> => {
  const all: Frame[] = [];
  await page.call('sample', { settings: { ...SMALL, data: 'moons' }, network: 'moons', ...change }, { onEvent: (event) => !isMoved(event) && all.push(event) });
  return all;
};

describe('the worker', () => {
  it('trains to the end: every step is told once, in order; previews and checkpoints come on the way', async () => {
    const page = await started(client({ pace: { ...QUICK, preview: 0 } }));
    const events = new Events();
    assert.deepEqual(await page.call('train', params(), { onEvent: events.receive }), { step: 400, finished: true });
    let step = 0;
    for (const { from, losses, stepsPerSecond } of events.of('progress')) {
      assert.equal(from, step);
      assert.ok(stepsPerSecond > 0 && losses.every(Number.isFinite));
      step += losses.length;
    }
    assert.equal(step, 400);
    assert.ok(events.of('progress').length < 200, 'progress is coalesced');
    assert.ok(events.of('preview').length >= 2);
    assert.ok(events.of('preview').every(({ points }) => points.length === 2000 && points.every(Number.isFinite)));
    assert.equal(events.of('checkpoint').at(-1)?.step, 400);
    assert.deepEqual(await page.call('trained', null), { step: 400, settings: SMALL });
    // More steps go on from there.
    assert.deepEqual(await page.call('train', params({ settings: { ...SMALL, trainSteps: 401 }, until: 1000 })), { step: 401, finished: true });
  });

  it('half a thousand steps at the default settings are enough to see the data in the preview', async () => {
    const page = await started(client({ pace: undefined }));
    const events = new Events();
    await page.call('train', params({ settings: DEFAULTS, until: 500 }), { onEvent: events.receive });
    const { points } = events.of('preview').at(-1)!;
    const distance = slicedWasserstein(points, heldOutDraw('moons'));
    // Pure noise lies at 0.4, real draws at 0.05.
    assert.ok(distance < 0.2, String(distance));
  });

  it('paused, asked other things, closed and continued elsewhere: the same weights as a straight run, bit for bit', async () => {
    // So long that the samples below are done before it ends, on any machine: they take turns with slices of a millisecond.
    const long = { settings: { ...SMALL, trainSteps: 3000 }, until: 3000 };
    const pace = { ...QUICK, slice: 1 };
    const straight = await started();
    await straight.call('train', params(long));
    const expected = await straight.call('exportNetwork', null);

    const store = memoryStore();
    const first = await started(client({ store, pace }));
    await first.call('loadNetwork', { name: 'moons', bytes: readFileSync('webview/experiments/ddpm/weights/moons.safetensors') });
    const pause = new AbortController();
    const before = await frames(first);
    const running = first.call('train', params(long), { signal: pause.signal });
    // Meanwhile: a sample of another network and of this one, and a field.
    assert.deepEqual((await frames(first)).at(-1), before.at(-1));
    assert.equal((await frames(first, { settings: { ...SMALL, steps: 3, sampler: 'ddim' }, network: TRAINED })).length, 4);
    pause.abort();
    const { step, finished } = await running;
    assert.ok(step > 0 && step < 3000 && !finished, `${step}`);
    assert.deepEqual(await first.call('train', params({ ...long, until: step + 1 })), { step: step + 1, finished: false });

    const second = await started(client({ store }));
    assert.equal(await second.call('trained', null), null);
    const kept = await second.call('checkpoint', { key: 'model.py DDPM', settings: { ...SMALL, learningRate: 0.5 }, own: null });
    assert.equal(kept?.step, step + 1);
    assert.equal(await second.call('checkpoint', { key: 'model.py DDPM', settings: { ...SMALL, hiddenUnits: 17 }, own: null }), null);
    const events = new Events();
    await second.call('train', params(long), { onEvent: events.receive });
    const [resumed] = events.of('resumed');
    assert.deepEqual([resumed.step, resumed.at, resumed.lossesEvery, resumed.losses.length], [step + 1, kept!.at, 1, step + 1]);
    assert.equal(events.of('progress')[0].from, step + 1);
    // The file says when it was made nowhere, so that its bytes are those of the weights.
    assert.deepEqual(Buffer.from(await second.call('exportNetwork', null)), Buffer.from(expected));
  });

  it('only takes up a checkpoint when no step is asked for, and forgets on demand', async () => {
    const store = memoryStore();
    const first = await started(client({ store }));
    await first.call('train', params({ until: 5 }));
    const second = await started(client({ store }));
    assert.deepEqual(await second.call('train', params({ until: 0 })), { step: 5, finished: false });
    assert.equal((await second.call('trained', null))?.step, 5);
    await second.call('resetTraining', { key: 'model.py DDPM' });
    assert.equal(await second.call('trained', null), null);
    assert.deepEqual(await store.ids(), []);
    await assert.rejects(second.call('exportNetwork', null), { code: 'weights' });
    await assert.rejects(frames(second, { network: TRAINED }), { code: 'weights' });
    await first.call('train', params({ from: 'fresh', until: 2 }));
    assert.equal((await first.call('trained', null))?.step, 2);
  });

  it('a loss that is not finite ends training in words; the last good checkpoint stays and is gone on from', async () => {
    const page = await started();
    const own = drawDataset('moons', 1000, 1);
    own[700] = 1e30;
    const absurd = params({ own, settings: { ...SMALL, data: 'own', predictionType: 'sample', trainSteps: 100_000 }, until: 100_000 });
    await page.call('train', { ...absurd, until: 2 });
    await assert.rejects(page.call('train', absurd), (error: { code?: string; message: string }) => {
      assert.equal(error.code, 'diverged');
      assert.match(error.message, /at step \d+: training has diverged\. Lower the learning rate .* The last good checkpoint is of step \d+\.$/);
      return true;
    });
    const kept = await page.call('checkpoint', { key: absurd.key, settings: absurd.settings, own });
    assert.ok(kept && kept.step >= 2);
    const events = new Events();
    await page.call('train', { ...absurd, settings: { ...absurd.settings, learningRate: 1e-5 }, until: 0 }, { onEvent: events.receive });
    assert.equal(events.of('resumed')[0].step, (await page.call('trained', null))?.step);
    // Other points are another training.
    assert.equal(await page.call('checkpoint', { key: absurd.key, settings: absurd.settings, own: drawDataset('moons', 1000, 2) }), null);
  });

  it('full storage is told once and training goes on; so it does where there is no storage at all', async () => {
    for (const [fail, text] of [[new DOMException('full', 'QuotaExceededError'), /no room for checkpoints/], [new Error('not allowed here'), /not allowed here/]] as const) {
      const store = memoryStore();
      store.put = () => Promise.reject(fail);
      if (fail.message !== 'full') store.get = store.ids = () => Promise.reject(fail);
      const events = new Events();
      const page = await started(client({ store, pace: { slice: 2, progress: 10, preview: 1e9, checkpoint: 5 } }));
      assert.equal((await page.call('train', params(), { onEvent: events.receive })).step, 400);
      assert.equal(events.of('checkpoint').length, 0);
      assert.match(events.of('warning').at(-1)!.text, text);
      assert.equal(events.of('warning').length, fail.message === 'full' ? 1 : 2);
    }
  });

  it('damaged checkpoints are refused in words, and training starts afresh', async () => {
    const store = memoryStore();
    const first = await started(client({ store }));
    await first.call('train', params({ until: 4 }));
    for (const id of await store.ids()) {
      const value = (await store.get(id)) as { bytes: Uint8Array };
      value.bytes[value.bytes.length - 3] ^= 4;
      await store.put(id, value);
    }
    const events = new Events();
    const second = await started(client({ store }));
    await second.call('train', params({ until: 2 }), { onEvent: events.receive });
    assert.match(events.of('warning').map(({ text }) => text).join(' '), /checksum does not fit.*starts afresh/);
    assert.equal(events.of('progress')[0].from, 0);
  });

  it('refuses settings that cannot be trained or sampled, and names that it does not know', async () => {
    const page = await started();
    await assert.rejects(page.call('train', params({ settings: { ...SMALL, hiddenUnits: 0 } })), { code: 'settings', message: /Hidden units: 0 is out of range/ });
    await assert.rejects(page.call('train', params({ settings: { ...SMALL, data: 'own' } })), { code: 'settings', message: /no points of your own yet/ });
    await assert.rejects(page.call('train', params({ settings: { ...SMALL, data: 'own' }, own: Float32Array.of(1, NaN) })), { code: 'settings', message: /point 0 of yours holds NaN/ });
    await assert.rejects(frames(page), { code: 'weights', message: /"moons" was not loaded/ });
    await assert.rejects(page.call('forward', { settings: { ...SMALL, T: 0 }, own: null }), { code: 'settings' });
    await assert.rejects(client().call('loadNetwork', { name: 'moons', bytes: new Uint8Array() }), { code: 'engine' });
  });

  it('two parts of a run are the run', async () => {
    const page = await started();
    await page.call('loadNetwork', { name: 'moons', bytes: readFileSync('webview/experiments/ddpm/weights/moons.safetensors') });
    const settings = { ...SMALL, data: 'moons', sampler: 'ddim', eta: 1, steps: 7, points: 5001 } as const;
    const whole = await frames(page, { settings });
    const parts = [await frames(page, { settings, part: { from: 0, count: 2501 } }), await frames(page, { settings, part: { from: 2501, count: 2500 } })];
    whole.forEach((frame, k) => {
      assert.deepEqual(parts.map((part) => part[k].t), [frame.t, frame.t]);
      assert.deepEqual(Float32Array.of(...parts[0][k].points, ...parts[1][k].points), frame.points);
    });
  });

  it('the forward process goes from the data to noise, as q says', async () => {
    const page = await started();
    const settings = { ...SMALL, points: 4000 };
    const all: Frame[] = [];
    await page.call('forward', { settings, own: null }, { onEvent: (frame) => all.push(frame) });
    assert.deepEqual(all.map(({ t }) => t), Array.from({ length: 51 }, (_, i) => i - 1));
    const { alphasCumprod } = diffusionQuantities(betasOf(settings));
    for (const { t, points } of all.slice(1)) {
      const product = points.reduce((sum, value, i) => sum + value * all[0].points[i], 0) / points.length;
      assert.ok(Math.abs(product - Math.sqrt(alphasCumprod[t])) < 0.06, `t = ${t}: ${product}`);
    }
    const few = drawDataset('moons', 5, 1);
    await page.call('forward', { settings: { ...settings, data: 'own' }, own: few }, { onEvent: (frame) => frame.index === 0 && assert.equal(frame.points.length, 8000) });
  });

  it('measures as the yardstick of core does, of own points against themselves', async () => {
    const points = drawDataset('moons', 400, 77, 5);
    const settings = { ...SMALL, data: 'moons' } as const;
    const measuring = new Measuring(3);
    const { signal } = new AbortController();
    const real = realBaseline('moons', 400, 3);
    const measured = await measuring.measure(settings, null, points, signal);
    assert.ok(Math.abs(measured.slicedWassersteinReal - real.slicedWasserstein) < 1e-12 && Math.abs(measured.mmdReal - real.mmd) < 1e-12);
    assert.deepEqual([measured.slicedWasserstein, measured.mmd], [slicedWasserstein(points, heldOutDraw('moons')), mmd(points, heldOutDraw('moons'))]);
    const own = await measuring.measure({ ...settings, data: 'own' }, points, points, signal);
    assert.ok(own.slicedWasserstein < 3 * own.slicedWassersteinReal, JSON.stringify(own));

    const page = await started();
    await assert.rejects(page.call('measure', { settings, own: null, points: Float32Array.of(1, NaN) }), { code: 'settings', message: /holds NaN/ });
    const stop = new AbortController();
    const pending = page.call('measure', { settings, own: null, points }, { signal: stop.signal });
    stop.abort();
    await assert.rejects(pending, { code: CANCELLED });
  });

  it('the bound is finite, its terms add up; the field at nearly pure noise is the noise', async () => {
    const page = await started();
    const points = drawDataset('moons', 400, 77, 5);
    const settings = { ...SMALL, data: 'moons' } as const;
    await page.call('loadNetwork', { name: 'moons', bytes: readFileSync('webview/experiments/ddpm/weights/moons.safetensors') });
    const { terms, prior, total } = await page.call('bound', { settings, network: 'moons', own: null });
    assert.equal(terms.length, 50);
    assert.ok(Math.abs(terms.reduce((sum, term) => sum + term, prior) - total) < 1e-9 && Number.isFinite(total));
    const field = await page.call('field', { settings, network: 'moons', t: 49, x: points });
    points.forEach((value, i) => assert.ok(Math.abs(field[i] - value) < 0.1, `${field[i]}, not ${value}`));
    await assert.rejects(page.call('field', { settings, network: 'moons', t: 50, x: points }), { code: 'settings', message: /timestep from 0 to 49/ });
  });
});
