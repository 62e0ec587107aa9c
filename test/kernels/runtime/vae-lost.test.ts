/** A WebGPU device that goes away under the training of a VAE: it goes on from its last checkpoint on WASM, and says so. */
// First, see there.
import '../engine/dawn';
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { Channel, memoryPorts } from '../../../core/protocol/channel';
import { tf } from '../../../webview/engine';
import { VAE_DEFAULTS, type VaeSettings } from '../../../webview/experiments/vae/manifest';
import { workerHandlers } from '../../../webview/worker/handlers';
import type { AllWorkerMethods } from '../../../webview/worker/methods';
import { memoryStore } from '../../../webview/worker/store';
import type { VaeTrainEvent } from '../../../webview/worker/vae/protocol';
import { bars, labelled } from '../../unit/vae/data';
import { wasm } from './worker-client';

const DATA = labelled(bars(40, { height: 4, width: 4, channels: 1 }));
const SETTINGS: VaeSettings = { ...VAE_DEFAULTS, data: 'own', encoderWidths: [8], decoderWidths: [8], latentSize: 2, batchSize: 10, epochs: 4 };

it('a VAE trained on WebGPU goes on on WASM from its checkpoint to the end', async () => {
  const [page, worker] = memoryPorts((value, transfer) => structuredClone(value, { transfer: [...transfer] as Transferable[] }));
  new Channel<AllWorkerMethods, Record<string, never>>(worker, workerHandlers({ store: memoryStore(), pace: { slice: 5, progress: 1, preview: 1e9, checkpoint: 1e9 } }));
  const client: Channel<Record<never, never>, AllWorkerMethods> = new Channel(page, {});
  assert.equal((await client.call('start', { device: 'webgpu', wasm })).device, 'webgpu');
  await client.call('vae.data', { data: DATA });
  const watch = { pairs: 2, map: 4, samples: 2 };
  await client.call('vae.train', { settings: SETTINGS, key: 'a', from: 'continue', until: 5, watch });
  let killed = false;
  const events: VaeTrainEvent[] = [];
  const result = await client.call('vae.train', { settings: SETTINGS, key: 'a', from: 'continue', until: 16, watch }, {
    onEvent(event) {
      events.push(event);
      if (event.kind !== 'progress' || killed) return;
      killed = true;
      (tf.backend() as WebGPUBackend).device.destroy();
    },
  });
  assert.ok(killed);
  assert.deepEqual(result, { step: 16, finished: true });
  const moved = events.find((event) => event.kind === 'moved')!;
  assert.deepEqual([moved.step, moved.device.device], [5, 'wasm']);
  assert.match(moved.why, /^The WebGPU device was lost: /);
  // Told from the checkpoint on, without a gap.
  let at = 5;
  for (const event of events.slice(events.indexOf(moved))) {
    if (event.kind !== 'progress') continue;
    assert.equal(event.from, at);
    at += event.loss.length;
  }
  assert.equal(at, 16);
  const decoded = await client.call('vae.decode', { z: new Float32Array(2), count: 1 });
  assert.ok(decoded.every((value) => value > 0 && value < 1));
});
