/** The page's end of the worker, against a worker in memory that speaks the real channel. */
import { afterEach, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { Channel, ChannelError, CANCELLED, type Handlers, type Port } from '../../../core/protocol/channel';
import { DEFAULTS } from '../../../webview/experiments/ddpm/manifest';
import { Compute } from '../../../webview/ui/compute';
import type { WorkerMethods } from '../../../webview/worker/protocol';

const report = { device: 'cpu', label: 'CPU', why: 'because', selfTestError: 0, software: false } as const;
const before = { fetch: globalThis.fetch, Worker: (globalThis as { Worker?: unknown }).Worker };
let handlers: Handlers<WorkerMethods>;
let workers: FakeWorker[];

class FakeWorker {
  ended = false;
  private readonly toPage = new Set<(event: { data: unknown }) => void>();
  private readonly toWorker = new Set<(message: unknown) => void>();

  constructor() {
    workers.push(this);
    const port: Port = {
      post: (data) => queueMicrotask(() => !this.ended && this.toPage.forEach((receive) => receive({ data }))),
      listen: (receive) => {
        this.toWorker.add(receive);
        return () => this.toWorker.delete(receive);
      },
    };
    new Channel<WorkerMethods, Record<string, never>>(port, handlers);
  }

  postMessage(message: unknown): void {
    queueMicrotask(() => !this.ended && this.toWorker.forEach((receive) => receive(message)));
  }

  addEventListener(type: string, listener: (event: { data: unknown }) => void): void {
    if (type === 'message') this.toPage.add(listener);
  }

  removeEventListener(_type: string, listener: (event: { data: unknown }) => void): void {
    this.toPage.delete(listener);
  }

  terminate(): void {
    this.ended = true;
  }
}

beforeEach(() => {
  workers = [];
  handlers = { start: () => report, loadWeights: () => null, sample: ({ settings }) => ({ seconds: 1, steps: settings.steps }) };
  Object.assign(globalThis, { Worker: FakeWorker, fetch: async () => new Response('x') });
});
afterEach(() => {
  Object.assign(globalThis, before);
});

const compute = () => new Compute({ worker: 'worker.js', wasm: {}, weights: { moons: 'moons.safetensors' } }, () => {});
const run = (page: Compute, signal = new AbortController().signal) => page.sample({ settings: DEFAULTS, device: 'cpu', signal, onDevice: () => {}, onFrame: () => {} });
const answer = { seconds: 1, steps: DEFAULTS.steps };

test('one worker serves every run that goes well', async () => {
  const page = compute();
  assert.deepEqual([await run(page), await run(page)], [answer, answer]);
  assert.equal(workers.length, 1);
});

test('after a lost device the next run gets a fresh worker', async () => {
  const page = compute();
  const { sample } = handlers;
  handlers.sample = () => { throw new Error('Device lost'); };
  await assert.rejects(run(page), /Device lost/);
  assert.equal(workers[0].ended, true);
  handlers.sample = sample;
  assert.deepEqual(await run(page), answer);
  assert.equal(workers.length, 2);
});

test('so it does after weights that could not be loaded', async () => {
  const page = compute();
  const { loadWeights } = handlers;
  handlers.loadWeights = () => { throw new Error('out of memory'); };
  await assert.rejects(run(page), /out of memory/);
  handlers.loadWeights = loadWeights;
  assert.deepEqual(await run(page), answer);
  assert.equal(workers.length, 2);
});

test('settings that are refused leave the worker as it is', async () => {
  const page = compute();
  handlers.sample = () => { throw new ChannelError('settings', 'T: no'); };
  await assert.rejects(run(page), { code: 'settings' });
  assert.equal(workers[0].ended, false);
});

for (const stage of ['start', 'loadWeights'] as const) {
  test(`a stop during ${stage} is answered at once, and the work goes on for the next run`, async () => {
    const page = compute();
    const controller = new AbortController();
    let finish = () => {};
    const begun = new Promise<void>((enter) => {
      const wait = () => new Promise<void>((resolve) => { finish = resolve; enter(); });
      if (stage === 'start') handlers.start = () => wait().then(() => report);
      else handlers.loadWeights = () => wait().then(() => null);
    });
    const stopped = assert.rejects(run(page, controller.signal), { code: CANCELLED });
    await begun;
    controller.abort();
    await stopped;
    const next = run(page);
    finish();
    assert.deepEqual(await next, answer);
    assert.equal(workers.length, 1);
  });
}
