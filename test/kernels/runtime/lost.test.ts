/** A WebGPU device that goes away: training goes on from its last checkpoint on WASM, a sample begins again there. */
// First, see there.
import '../engine/dawn';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { tf } from '../../../webview/engine';
import { isMoved, TRAINED, type Frame, type MovedEvent } from '../../../webview/worker/protocol';
import { memoryStore } from '../../../webview/worker/store';
import { client, Events, params, SMALL, wasm } from './worker-client';

const kill = () => (tf.backend() as WebGPUBackend).device.destroy();
const weights = readFileSync('webview/experiments/ddpm/weights/moons.safetensors');

describe('a device lost under the worker', () => {
  it('training goes on on WASM from the last checkpoint to the end, and says so', async () => {
    const store = memoryStore();
    const page = client({ store, pace: { slice: 5, progress: 1, preview: 1e9, checkpoint: 1e9 } });
    assert.equal((await page.call('start', { device: 'webgpu', wasm })).device, 'webgpu');
    await page.call('train', params({ until: 20 }));
    const copy = memoryStore();
    for (const id of await store.ids()) await copy.put(id, await store.get(id));
    let killed = false;
    const events = new Events(({ kind }) => {
      if (kind !== 'progress' || killed) return;
      killed = true;
      kill();
    });
    const end = { settings: { ...SMALL, trainSteps: 60 }, until: 60 };
    assert.deepEqual(await page.call('train', params(end), { onEvent: events.receive }), { step: 60, finished: true });
    assert.ok(killed);
    const moved = events.all.findIndex(({ kind }) => kind === 'moved');
    const { step, device, why } = events.all[moved] as MovedEvent & { step: number };
    assert.deepEqual([step, device.device, device.why], [20, 'wasm', why]);
    assert.match(why, /^The WebGPU device was lost: /);
    // What follows the move is told from the checkpoint on, without a gap.
    let at = 20;
    for (const event of events.all.slice(moved)) {
      if (event.kind !== 'progress') continue;
      assert.equal(event.from, at);
      at += event.losses.length;
    }
    assert.equal(at, 60);

    // The same as a WASM run from that checkpoint: nothing of the lost steps is left in it.
    assert.equal(events.of('checkpoint').at(-1)?.step, 60);
    const bytes = await page.call('exportNetwork', null);
    const other = client({ store: copy });
    await other.call('start', { device: 'wasm', wasm });
    await other.call('train', params(end));
    assert.deepEqual(Buffer.from(bytes), Buffer.from(await other.call('exportNetwork', null)));
  });

  it('a sample begins again there; networks are loaded again from their files, the trained one from its checkpoint', async () => {
    const page = client({ pace: { slice: 5, progress: 1, preview: 1e9, checkpoint: 1e9 } });
    await page.call('start', { device: 'webgpu', wasm });
    await page.call('loadNetwork', { name: 'moons', bytes: weights });
    await page.call('train', params({ until: 5 }));
    const settings = { ...SMALL, data: 'moons' } as const;
    const events: (Frame | MovedEvent)[] = [];
    await page.call('sample', { settings, network: 'moons' }, {
      onEvent(event) {
        events.push(event);
        if (!isMoved(event) && event.index === 2 && !events.some(isMoved)) kill();
      },
    });
    const moved = events.findIndex(isMoved);
    assert.ok(moved > 2);
    const after = events.slice(moved + 1) as Frame[];
    assert.deepEqual(after.map(({ index }) => index), Array.from({ length: 51 }, (_, i) => i));

    const trained: Frame[] = [];
    await page.call('sample', { settings: { ...SMALL, sampler: 'ddim', steps: 5 }, network: TRAINED }, { onEvent: (event) => trained.push(event as Frame) });
    assert.equal(trained.length, 6);

    const other = client();
    await other.call('start', { device: 'wasm', wasm });
    await other.call('loadNetwork', { name: 'moons', bytes: weights });
    const expected: Frame[] = [];
    await other.call('sample', { settings, network: 'moons' }, { onEvent: (event) => expected.push(event as Frame) });
    assert.deepEqual(after, expected);
  });

  it('between two runs: the next one finds the next device', async () => {
    const page = client();
    await page.call('start', { device: 'webgpu', wasm });
    await page.call('loadNetwork', { name: 'moons', bytes: weights });
    kill();
    const events: (Frame | MovedEvent)[] = [];
    await page.call('sample', { settings: { ...SMALL, data: 'moons', sampler: 'ddim', steps: 3 }, network: 'moons' }, { onEvent: (event) => events.push(event) });
    assert.equal(events.filter(isMoved).length, 1);
    assert.equal((events.at(-1) as Frame).index, 3);
  });
});
