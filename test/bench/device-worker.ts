/** The bench in a worker of a browser, like the compute worker of the panel: one device, our kernels and plain tfjs ops on it. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { countDispatches, startEngine, tf, type Engine } from '../../webview/engine';
import { warm } from '../../webview/kernels';
import { STAND_IN } from '../../webview/experiments/ddpm/runtime';
import { ownSampler, plainSampler, type PartSampler, type Sampler } from './device-sampling';
import { ownTraining, plainTraining, type Training } from './device-training';
import { ONE_CHUNK, type Answer, type Request, type Side, type Work } from './device-work';

interface Started {
  engine: Engine;
  samplers: { ours: PartSampler; plain: Sampler };
  trainings: Record<Side, Training>;
}

const COUNTED_STEPS = 2;
let started: Started | undefined;

async function answer(request: Request): Promise<number | string> {
  if (request.do === 'start') {
    const engine = await startEngine({ device: request.device, wasmPaths: request.wasm });
    await warm(STAND_IN);
    started = {
      engine,
      samplers: { ours: ownSampler(engine, request.network), plain: plainSampler(request.network) },
      trainings: { ours: ownTraining(engine), plain: plainTraining() },
    };
    return engine.report.label;
  }
  if (!started) throw new Error('The device was not started.');
  switch (request.do) {
    case 'time': return run(started, request.work, request.side, request.steps);
    case 'count': return count(started, request);
    case 'compare': return compare(started.samplers, request);
  }
}

async function run({ samplers, trainings }: Started, work: Work, side: Side, steps: number): Promise<number> {
  return work === 'train' ? trainings[side](steps) : (await samplers[side](work, steps)).ms;
}

async function count(device: Started, { work, side, oneChunk }: Extract<Request, { do: 'count' }>): Promise<number> {
  const act = () => (oneChunk && work !== 'train' ? device.samplers.ours(work, COUNTED_STEPS, ONE_CHUNK) : run(device, work, side, COUNTED_STEPS));
  if (device.engine.report.device !== 'webgpu') {
    const { kernels } = await tf.profile(async () => {
      await act();
      return [];
    });
    return kernels.length / COUNTED_STEPS;
  }
  const counter = countDispatches((tf.backend() as WebGPUBackend).device);
  await act();
  counter.stop();
  return counter.count / COUNTED_STEPS;
}

async function compare(samplers: Record<Side, Sampler>, { work, steps }: Extract<Request, { do: 'compare' }>): Promise<number> {
  const [ours, plain] = [(await samplers.ours(work, steps)).points, (await samplers.plain(work, steps)).points];
  const largest = plain.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return plain.reduce((most, value, i) => Math.max(most, Math.abs(value - ours[i])), 0) / largest;
}

self.addEventListener('message', ({ data }: MessageEvent<Request>) => {
  answer(data).then(
    (value) => self.postMessage({ value } satisfies Answer),
    (error: unknown) => self.postMessage({ error: error instanceof Error ? error.message : String(error) } satisfies Answer),
  );
});
