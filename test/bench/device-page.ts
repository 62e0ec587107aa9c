/** The bench's page: holds its workers, started from blob: URLs as in the panel, and the panel's own end of the compute workers. */
import { WASM_FILES } from '../../core/protocol/messages';
import { Compute } from '../../webview/ui/compute';
import { WorkerPool } from '../../webview/ui/compute/pool';
import type { DdpmSettings } from '../../webview/experiments/ddpm/manifest';
import type { DeviceName, Frame } from '../../webview/worker/protocol';
import { SETTINGS, type Answer, type Request, type Sampling } from './device-work';

const workers = new Map<DeviceName, Worker>();
let compute: Compute | undefined;
let workersRun = false;

/** @returns the device's label. */
export async function start(device: DeviceName): Promise<string> {
  const [script, network] = await Promise.all([get('bench-worker.js').then((response) => response.blob()), get('weights/moons.safetensors').then((response) => response.arrayBuffer())]);
  workers.set(device, new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' }))));
  return ask(device, { do: 'start', device, wasm: new URL('wasm/', location.href).href, network: new Uint8Array(network) }) as Promise<string>;
}

export function ask(device: DeviceName, request: Request): Promise<number | string> {
  const worker = workers.get(device)!;
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Answer>) => ('value' in data ? resolve(data.value) : reject(new Error(data.error)));
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(request);
  });
}

export function stop(device: DeviceName): void {
  workers.get(device)?.terminate();
  workers.delete(device);
}

/** Milliseconds of a run on WASM as the panel makes it, or of its first `steps`: its workers, its channel, its frames. The first call also starts the workers. */
export async function samplePanel(work: Sampling, steps: number): Promise<number> {
  compute ??= new Compute(new WorkerPool({
    worker: 'worker.js',
    wasm: Object.fromEntries(WASM_FILES.map((file) => [file, `wasm/${file}`])),
    weights: { moons: 'weights/moons.safetensors' }, images: {},
  }, (text) => console.warn(text)));
  const stopped = new AbortController();
  const sample = (settings: DdpmSettings, onFrame: (frame: Frame) => void) =>
    compute!.sample({ settings, network: 'moons', device: 'wasm', signal: stopped.signal, onDevice: () => {}, onFrame });
  if (!workersRun) await sample({ ...SETTINGS.ddim50, steps: 2 }, () => {});
  workersRun = true;
  const begun = performance.now();
  let ended = 0;
  await sample(SETTINGS[work], ({ index }) => {
    if (index < steps || ended > 0) return;
    ended = performance.now();
    if (steps < SETTINGS[work].steps) stopped.abort();
  }).catch((error: unknown) => {
    if (ended === 0) throw error;
  });
  return ended - begun;
}

async function get(path: string): Promise<Response> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${response.statusText}`);
  return response;
}
