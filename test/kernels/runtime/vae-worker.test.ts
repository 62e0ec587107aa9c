/** The worker's VAE on WASM: training beside questions, pause and resume bit for bit, two workers for one, what is refused. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Channel, ChannelError, memoryPorts } from '../../../core/protocol/channel';
import { readSafetensors } from '../../../core/math/safetensors';
import { VAE_DEFAULTS, type VaeSettings } from '../../../webview/experiments/vae/manifest';
import { workerHandlers } from '../../../webview/worker/handlers';
import type { AllWorkerMethods } from '../../../webview/worker/methods';
import { memoryStore, type RecordStore } from '../../../webview/worker/store';
import type { VaeTrainEvent, VaeTrainParams } from '../../../webview/worker/vae/protocol';
import { bars, labelled, points } from '../../unit/vae/data';
import { QUICK, wasm } from './worker-client';

type Client = Channel<Record<never, never>, AllWorkerMethods>;
const DATA = labelled(bars(90, { height: 6, width: 5, channels: 1 }));
/** 90 examples in batches of 16: the last of an epoch is of 10. */
const SMALL: VaeSettings = { ...VAE_DEFAULTS, data: 'own', encoderWidths: [24, 9], decoderWidths: [24], latentSize: 3, batchSize: 16, epochs: 10 };
const STEPS = 60;
const WATCH = { pairs: 4, map: 30, samples: 6 };

async function client(store: RecordStore = memoryStore(), pace = QUICK): Promise<Client> {
  const [page, worker] = memoryPorts((value, transfer) => structuredClone(value, { transfer: [...transfer] as Transferable[] }));
  new Channel<AllWorkerMethods, Record<string, never>>(worker, workerHandlers({ store, pace }));
  const made: Client = new Channel(page, {});
  await made.call('start', { device: 'wasm', wasm });
  await made.call('vae.data', { data: DATA });
  return made;
}

const params = (change: Partial<VaeTrainParams> = {}): VaeTrainParams => ({ settings: SMALL, key: 'model.py VAE', from: 'continue', until: STEPS, watch: WATCH, ...change });
const weights = async (page: Client) => Buffer.from(await page.call('vae.weights', null));

async function train(page: Client, change: Partial<VaeTrainParams> = {}, on: (event: VaeTrainEvent) => void = () => {}): Promise<{ result: { step: number; finished: boolean }; events: VaeTrainEvent[] }> {
  const events: VaeTrainEvent[] = [];
  const result = await page.call('vae.train', params(change), { onEvent: (event) => { events.push(event); on(event); } });
  return { result, events };
}

/** Both ends of a pair of workers. */
async function pair(): Promise<{ leader: Client; cut(): void; end(): Promise<unknown> }> {
  const [leader, follower] = [await client(), await client()];
  const { port1, port2 } = new MessageChannel();
  await follower.call('vae.peer', { port: port2, follow: true }, { transfer: [port2] });
  await leader.call('vae.peer', { port: port1, follow: false }, { transfer: [port1] });
  // An open port keeps the process alive.
  const end = () => leader.call('vae.peer', { port: null, follow: false });
  return { leader, end, cut: () => void follower.call('vae.data', { data: { ...DATA, id: 'mnist' } }) };
}

describe('the worker trains a VAE', () => {
  it('to the end: every step is told once, in order; previews and checkpoints come on the way', async () => {
    const page = await client(memoryStore(), { ...QUICK, preview: 0 });
    const { result, events } = await train(page);
    assert.deepEqual(result, { step: STEPS, finished: true });
    let step = 0;
    for (const event of events) {
      if (event.kind !== 'progress') continue;
      assert.equal(event.from, step);
      assert.ok(event.examplesPerSecond > 0 && [event.loss, event.reconstruction, event.klDivergence].every((row) => row.length === event.loss.length && row.every(Number.isFinite)));
      step += event.loss.length;
    }
    assert.equal(step, STEPS);
    const previews = events.filter((event) => event.kind === 'preview');
    const last = previews.at(-1)!;
    assert.equal(last.step, STEPS);
    assert.deepEqual([last.reconstructions.length, last.map.mean.length, last.samples.length, last.bound.klPerDimension.length], [4 * 30, 30 * 3, 6 * 30, 3]);
    assert.ok(last.reconstructions.every((value) => value >= 0 && value <= 1));
    assert.equal(events.filter((event) => event.kind === 'checkpoint').at(-1)?.step, STEPS);
    const first = previews[0].bound;
    assert.ok(last.bound.reconstruction + last.bound.kl < first.reconstruction + first.kl, 'it learns');
  });

  it('what is asked meanwhile is answered', async () => {
    const page = await client();
    let asked: Promise<unknown> | null = null;
    const { result } = await train(page, {}, ({ kind }) => {
      if (kind === 'progress') asked ??= page.call('vae.decode', { z: new Float32Array(6), count: 2 });
    });
    assert.equal(result.finished, true);
    assert.equal((await asked! as Float32Array).length, 2 * 30);
  });

  it('interrupted and gone on with, it equals a straight run, bit for bit', async () => {
    const straight = await client();
    await train(straight);
    const store = memoryStore();
    const first = await client(store);
    await train(first, { until: 23 });
    // Another worker, as after a reload of the window.
    const second = await client(store);
    assert.equal((await second.call('vae.checkpoint', { key: 'model.py VAE', settings: SMALL }))?.step, 23);
    const { events } = await train(second);
    const resumed = events.find((event) => event.kind === 'resumed')!;
    assert.equal(resumed.step, 23);
    assert.equal(resumed.history.loss.length * resumed.history.every, 23);
    assert.deepEqual(await weights(second), await weights(straight));
  });

  it('a cancelled training pauses, keeps a checkpoint, and goes on', async () => {
    const page = await client();
    const abort = new AbortController();
    const { step, finished } = await page.call('vae.train', params({ settings: { ...SMALL, epochs: 10_000 }, until: 60_000 }), {
      signal: abort.signal, onEvent: (event) => event.kind === 'progress' && event.from > 5 && abort.abort(),
    }).catch((error: unknown) => (error instanceof ChannelError ? { step: -1, finished: false } : Promise.reject(error)));
    assert.equal(finished, false);
    const kept = await page.call('vae.checkpoint', { key: 'model.py VAE', settings: { ...SMALL, epochs: 10_000 } });
    assert.ok(kept && kept.step > 5 && !kept.running && (step === -1 || kept.step === step));
  });

  it('two workers come to the bits of one', async () => {
    const alone = await client();
    await train(alone);
    const { leader, end } = await pair();
    const { result, events } = await train(leader);
    assert.equal(result.step, STEPS);
    await end();
    assert.equal(events.some(({ kind }) => kind === 'warning'), false);
    assert.deepEqual(await weights(leader), await weights(alone));
  });

  it('when the second worker cannot follow, the first goes on alone to the same bits, and says so', async () => {
    const alone = await client();
    await train(alone);
    const { leader, cut } = await pair();
    cut();
    const { result, events } = await train(leader);
    assert.equal(result.step, STEPS);
    assert.match(events.filter((event) => event.kind === 'warning').map(({ text }) => text).join(), /second worker stopped \(.*\): training goes on in one/);
    assert.deepEqual(await weights(leader), await weights(alone));
  });

  it('weights leave with the shapes of the settings, and come back', async () => {
    const page = await client();
    await train(page);
    const bytes = await page.call('vae.weights', null);
    const { tensors } = readSafetensors(bytes);
    assert.deepEqual(tensors['encoder.0.weight']?.shape ?? Object.keys(tensors), [24, 30]);
    const z = Float32Array.of(0.3, -1, 2);
    const here = await page.call('vae.decode', { z, count: 1 });
    const other = await client();
    assert.deepEqual(await other.call('vae.load', { key: 'model.py VAE', settings: SMALL, bytes }), { step: STEPS });
    assert.deepEqual(await other.call('vae.decode', { z, count: 1 }), here);
    // Taken up without a step it is shown, and what does not fit changes nothing.
    const { events } = await train(other, { until: STEPS });
    assert.deepEqual(events.filter((event) => event.kind === 'preview').map((event) => event.step), [STEPS]);
    for (const [settings, file] of [[{ ...SMALL, latentSize: 5 }, bytes], [SMALL, bytes.slice(0, 99)]] as const) {
      await assert.rejects(other.call('vae.load', { key: 'model.py VAE', settings, bytes: file }), (error) => error instanceof ChannelError && error.code === 'weights');
    }
    assert.deepEqual(await other.call('vae.decode', { z, count: 1 }), here);
  });
});

describe('what the worker refuses, in words', () => {
  const refused = (change: Partial<VaeSettings>, code: string, words: RegExp, data = DATA) => async () => {
    const page = await client();
    await page.call('vae.data', { data });
    await assert.rejects(page.call('vae.train', params({ settings: { ...SMALL, ...change } })), (error) => error instanceof ChannelError && error.code === code && words.test(error.message));
  };
  it('a latent size of 0', refused({ latentSize: 0 }, 'settings', /Latent size: 0 is out of range/));
  it('a latent size of 10,000', refused({ latentSize: 10_000 }, 'settings', /10000 is out of range; give 1 to 512/));
  it('cross-entropy on numbers outside of 0 … 1', refused({}, 'settings', /binary cross-entropy wants numbers from 0 to 1/, labelled(points(50))));
  it('layers that need more memory than there is', refused({ encoderWidths: [4096, 4096, 4096, 4096, 4096, 4096], decoderWidths: [4096, 4096, 4096, 4096, 4096, 4096] }, 'settings', /needs about [\d.]+ GB/));
  it('data that were not given', refused({ data: 'mnist' }, 'data', /"mnist" were not given/));
  it('questions before there is a model', async () => {
    await assert.rejects((await client()).call('vae.decode', { z: new Float32Array(3), count: 1 }), (error) => error instanceof ChannelError && error.code === 'weights');
  });

  it('a loss that is no number: it stops, names the step, and goes on from the last good checkpoint', async () => {
    const page = await client(memoryStore(), { ...QUICK, checkpoint: 0 });
    await train(page, { until: 12 });
    const wild = { ...SMALL, learningRate: 1 };
    let message = '';
    for (let turn = 0; turn < 40 && message === ''; turn++) {
      await page.call('vae.train', params({ settings: { ...wild, learningRate: 1, epochs: 400 }, until: 100_000 })).then(() => {}, (error: ChannelError) => {
        assert.equal(error.code, 'diverged');
        message = error.message;
      });
    }
    assert.match(message, /at step \d+: training has diverged.*The last good checkpoint is of step \d+/);
  });
});
