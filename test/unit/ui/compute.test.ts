/** The page's end of the worker, against a worker in memory that speaks the real channel. */
import { afterEach, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { Channel, ChannelError, CANCELLED, type Handlers, type Port } from '../../../core/protocol/channel';
import { DEFAULTS } from '../../../webview/experiments/ddpm/manifest';
import { Compute } from '../../../webview/ui/compute';
import { WorkerPool } from '../../../webview/ui/compute/pool';
import { TRAINED, type DeviceReport, type Frame, type WorkerMethods } from '../../../webview/worker/protocol';

const report: DeviceReport = { device: 'cpu', label: 'CPU', why: 'because', selfTestError: 0, software: false };
const before = { fetch: globalThis.fetch, Worker: (globalThis as { Worker?: unknown }).Worker };
let handlers: Partial<Handlers<WorkerMethods>>;
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
    new Channel<WorkerMethods, Record<string, never>>(port, handlers as Handlers<WorkerMethods>);
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
  handlers = { start: () => report, loadNetwork: () => null, sample: ({ settings }) => ({ seconds: 1, steps: settings.steps, trainedSteps: 0 }) };
  Object.assign(globalThis, { Worker: FakeWorker, fetch: async () => new Response('x') });
});
afterEach(() => {
  Object.assign(globalThis, before);
});

const compute = () => new Compute(new WorkerPool({ worker: 'worker.js', wasm: {}, weights: { moons: 'moons.safetensors' }, images: {} }, () => {}));
const run = (page: Compute, signal = new AbortController().signal) => page.sample({ settings: DEFAULTS, network: 'moons', device: 'cpu', signal, onDevice: () => {}, onFrame: () => {} });
const answer = { seconds: 1, steps: DEFAULTS.steps, trainedSteps: 0 };

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
  const { loadNetwork } = handlers;
  handlers.loadNetwork = () => { throw new Error('out of memory'); };
  await assert.rejects(run(page), /out of memory/);
  handlers.loadNetwork = loadNetwork;
  assert.deepEqual(await run(page), answer);
  assert.equal(workers.length, 2);
});

test('settings that are refused leave the worker as it is', async () => {
  const page = compute();
  handlers.sample = () => { throw new ChannelError('settings', 'T: no'); };
  await assert.rejects(run(page), { code: 'settings' });
  assert.equal(workers[0].ended, false);
});

for (const stage of ['start', 'loadNetwork'] as const) {
  test(`a stop during ${stage} is answered at once, and the work goes on for the next run`, async () => {
    const page = compute();
    const controller = new AbortController();
    let finish = () => {};
    const begun = new Promise<void>((enter) => {
      const wait = () => new Promise<void>((resolve) => { finish = resolve; enter(); });
      if (stage === 'start') handlers.start = () => wait().then(() => report);
      else handlers.loadNetwork = () => wait().then(() => null);
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

const wasm: DeviceReport = { ...report, device: 'wasm' };
const large = { ...DEFAULTS, points: 4001, steps: 3 };
const never = new AbortController().signal;
const frameOf = (index: number, from: number, count: number): Frame =>
  ({ index, total: 3, t: 2 - index, points: Float32Array.from({ length: 2 * count }, (_, i) => 1e5 * index + 2 * from + i) });
const sample = (page: Compute, frames: Frame[], change: Partial<Parameters<Compute['sample']>[0]> = {}) =>
  page.sample({ settings: large, network: 'moons', device: 'auto', signal: never, onDevice: () => {}, onFrame: (frame) => frames.push(frame), ...change });

test('on WASM two workers share a large run, and the page sees whole frames in order', async () => {
  const parts: unknown[] = [];
  handlers.start = () => wasm;
  handlers.sample = async ({ part }, { progress }) => {
    parts.push(part);
    for (let index = 0; index <= 3; index++) {
      // The second is slower.
      if (part!.from > 0) await new Promise((resolve) => setTimeout(resolve, 2));
      progress(frameOf(index, part!.from, part!.count));
    }
    return { seconds: part!.from > 0 ? 2 : 1, steps: 3, trainedSteps: 0 };
  };
  const page = compute();
  const frames: Frame[] = [];
  assert.deepEqual(await sample(page, frames), { seconds: 2, steps: 3, trainedSteps: 0 });
  assert.equal(workers.length, 2);
  assert.deepEqual(parts, [{ from: 0, count: 2001 }, { from: 2001, count: 2000 }]);
  assert.deepEqual(frames, [0, 1, 2, 3].map((index) => frameOf(index, 0, 4001)));
});

test('small runs and other devices take one worker', async () => {
  const page = compute();
  handlers.start = () => wasm;
  await sample(page, [], { settings: { ...large, points: 3999 } });
  assert.equal(workers.length, 1);
  handlers.start = () => report;
  await sample(page, [], { device: 'cpu' });
  assert.deepEqual(workers.map(({ ended }) => ended), [true, false]);
});

test('where one of two fails the run fails, and the other is told to stop', async () => {
  handlers.start = () => wasm;
  const told: boolean[] = [];
  handlers.sample = ({ part }, { signal }) => part!.from > 0 ? Promise.reject(new Error('out of memory')) : new Promise((_, reject) => signal.addEventListener('abort', () => {
    told.push(true);
    reject(new Error('stopped'));
  }));
  await assert.rejects(sample(compute(), []), /out of memory/);
  assert.deepEqual(told, [true]);
  assert.deepEqual(workers.map(({ ended }) => ended), [false, true]);
});

test('where no second worker starts, one does it all', async () => {
  let starts = 0;
  handlers.start = () => {
    if (starts++ > 0) throw new Error('no memory for another');
    return wasm;
  };
  let part: unknown = 'none';
  handlers.sample = (params) => {
    part = params.part;
    return { seconds: 1, steps: 3, trainedSteps: 0 };
  };
  assert.deepEqual(await sample(compute(), []), { seconds: 1, steps: 3, trainedSteps: 0 });
  assert.equal(part, undefined);
});

const trainRun = { settings: DEFAULTS, own: null, key: 'k', from: 'continue', until: 10, device: 'auto', onDevice: () => {}, onEvent: () => {} } as const;

test('an aborted training resolves with the step that was reached; while it runs, samples of its network come from the second worker', async () => {
  handlers.start = () => wasm;
  let inMain = 0;
  handlers.train = (_, { signal }) => new Promise((resolve) => {
    inMain = workers.length;
    signal.addEventListener('abort', () => resolve({ step: 7, finished: false }));
  });
  handlers.exportNetwork = () => Uint8Array.of(1, 2, 3);
  handlers.trained = () => ({ step: 7, settings: DEFAULTS });
  const loaded: unknown[] = [];
  handlers.loadNetwork = ({ name, bytes }) => {
    loaded.push([name, [...bytes]]);
    return null;
  };
  handlers.sample = ({ part }) => ({ seconds: part ? NaN : 1, steps: 3, trainedSteps: 0 });
  const page = compute();
  const controller = new AbortController();
  const training = page.train({ ...trainRun, signal: controller.signal });
  while (inMain === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  assert.deepEqual(await sample(page, [], { network: TRAINED }), { seconds: 1, steps: 3, trainedSteps: 0 });
  assert.deepEqual([workers.length, loaded], [2, [[TRAINED, [1, 2, 3]]]]);
  controller.abort();
  assert.deepEqual(await training, { step: 7, finished: false });
});

test('divergence keeps the worker; a trained network goes with the page to another device', async () => {
  const page = compute();
  handlers.train = () => { throw new ChannelError('diverged', 'The loss is NaN at step 3'); };
  handlers.exportNetwork = () => { throw new ChannelError('weights', 'none'); };
  await assert.rejects(page.train({ ...trainRun, signal: never }), { code: 'diverged' });
  assert.equal(workers[0].ended, false);

  handlers.train = () => ({ step: 10, finished: true });
  handlers.exportNetwork = () => Uint8Array.of(9);
  handlers.trained = () => null;
  await page.train({ ...trainRun, signal: never });
  const loaded: string[] = [];
  handlers.loadNetwork = ({ name }) => {
    loaded.push(name);
    return null;
  };
  await page.field({ settings: DEFAULTS, network: TRAINED, t: 0, x: new Float32Array(2), device: 'cpu', signal: never }).catch(() => {});
  assert.deepEqual([workers.length, loaded], [2, [TRAINED]]);
});

test('a lost device is told, and the run begins again', async () => {
  handlers.sample = (_, { progress }) => {
    progress(frameOf(0, 0, 2));
    progress({ kind: 'moved', device: wasm, why: 'The WebGPU device was lost.' });
    progress(frameOf(0, 0, 2));
    return { seconds: 1, steps: 3, trainedSteps: 0 };
  };
  const page = compute();
  const told: string[] = [];
  const frames: Frame[] = [];
  await sample(page, frames, { onDevice: ({ device }) => told.push(device), onMoved: (_, why) => told.push(why) });
  assert.deepEqual(told, ['cpu', 'wasm', 'The WebGPU device was lost.']);
  assert.equal(frames.length, 2);
  assert.equal((await page.start('auto')).device, 'wasm');
});
