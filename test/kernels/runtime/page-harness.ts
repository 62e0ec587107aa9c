/** What page.test.ts calls inside of Chromium. */
import { checksum } from '../../../core/math/checksum';
import { WASM_FILES } from '../../../core/protocol/messages';
import { DEFAULTS, type DdpmSettings } from '../../../webview/experiments/ddpm/manifest';
import { Compute } from '../../../webview/ui/compute';
import { WorkerPool } from '../../../webview/ui/compute/pool';
import type { TrainEvent } from '../../../webview/worker/protocol';

const assets = { worker: '/worker.js', wasm: Object.fromEntries(WASM_FILES.map((name) => [name, `/${name}`])), weights: { moons: '/moons.safetensors' }, images: {} };
const log = (text: string) => console.log(text);
const signal = new AbortController().signal;
const SETTINGS: DdpmSettings = { ...DEFAULTS, T: 50, steps: 50, hiddenUnits: 30, hiddenLayers: 2, batchSize: 64, trainSteps: 1_000_000 };

const compute = new Compute(new WorkerPool(assets, log));
const run = (key: string, until: number, onEvent: (event: TrainEvent) => void) =>
  compute.train({ settings: SETTINGS, own: null, key, from: 'continue', until, device: 'wasm', signal, onDevice: () => {}, onEvent });

export async function train(key: string, until: number): Promise<{ step: number; resumedFrom: number | null; bytes: number[] }> {
  let resumedFrom: number | null = null;
  const { step } = await run(key, until, (event) => {
    if (event.kind === 'resumed') resumedFrom = event.step;
  });
  return { step, resumedFrom, bytes: [...(await compute.exportNetwork('wasm'))] };
}

/** Goes on training without end; answers once it did a little. */
export function trainForGood(key: string): Promise<number> {
  return new Promise((resolve, reject) => {
    run(key, SETTINGS.trainSteps, (event) => {
      if (event.kind === 'progress') resolve(event.from + event.losses.length);
    }).catch(reject);
  });
}

export async function sampleBoth(points: number) {
  const settings: DdpmSettings = { ...DEFAULTS, sampler: 'ddim', eta: 1, steps: 10, points };
  const native = Worker;
  const workers: number[] = [];
  let device = '';
  const sample = async (alone: boolean) => {
    let count = 0;
    globalThis.Worker = class extends native {
      constructor(...args: ConstructorParameters<typeof native>) {
        super(...args);
        count++;
      }
    };
    const pool = new WorkerPool(assets, log, { alone });
    const own = new Compute(pool);
    let [frames, hash] = [0, ''];
    await own.sample({
      settings, network: 'moons', device: 'wasm', signal, onDevice: (report) => { device = report.label; },
      onFrame(frame) {
        if (frame.index !== frames++) throw new Error(`frame ${frame.index} out of order`);
        hash += checksum(frame.points);
      },
    });
    pool.dispose();
    workers.push(count);
    return { frames, hash };
  };
  const [one, two] = [await sample(true), await sample(false)];
  globalThis.Worker = native;
  return { one, two, workers, device };
}
