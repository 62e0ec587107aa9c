/** The page of the VAE bench: workers from blob: URLs as in the panel, and a channel between the two that share a batch; no shared memory. */
import { DATA_PARTS, type DataBytes, type TrainerChoice, type VaeAnswer, type VaeRequest } from './vae-work';

const trainers = new Map<string, Worker[]>();
let script: Promise<string> | undefined;
let files: Promise<DataBytes> | undefined;

/** @param name by which it is asked for later. @returns the device's label. */
export async function start(name: string, choice: TrainerChoice): Promise<string> {
  if (typeof SharedArrayBuffer !== 'undefined' && globalThis.crossOriginIsolated) throw new Error('The page is isolated; a webview is not.');
  script ??= get('bench-worker.js').then(async (response) => URL.createObjectURL(new Blob([await response.blob()], { type: 'text/javascript' })));
  files ??= Promise.all(DATA_PARTS.map(async (part) => [part, new Uint8Array(await (await get(`mnist/${part}`)).arrayBuffer())] as const)).then((parts) => Object.fromEntries(parts) as DataBytes);
  const [url, data] = await Promise.all([script, files]);
  const workers = Array.from({ length: choice.workers }, () => new Worker(url));
  trainers.set(name, workers);
  const { port1, port2 } = new MessageChannel();
  const ports = choice.workers === 2 ? [port1, port2] : [null];
  const labels = await Promise.all(workers.map((worker, i) => ask(worker, { do: 'start', choice, data, shard: i as 0 | 1, port: ports[i] }, ports[i] ? [ports[i]] : [])));
  return String(labels[0]);
}

/** Milliseconds that these steps take; of two workers until both are done. */
export async function advance(name: string, steps: number): Promise<number> {
  const begun = performance.now();
  await Promise.all(trainers.get(name)!.map((worker) => ask(worker, { do: 'advance', steps })));
  return performance.now() - begun;
}

export const stepsPerEpoch = async (name: string): Promise<number> => Number(await ask(trainers.get(name)![0], { do: 'steps per epoch' }));
export const testLoss = async (name: string): Promise<number> => Number(await ask(trainers.get(name)![0], { do: 'test loss' }));

export function stop(name: string): void {
  for (const worker of trainers.get(name) ?? []) worker.terminate();
  trainers.delete(name);
}

function ask(worker: Worker, request: VaeRequest, transfer: Transferable[] = []): Promise<number | string> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<VaeAnswer>) => ('value' in data ? resolve(data.value) : reject(new Error(data.error)));
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(request, transfer);
  });
}

async function get(path: string): Promise<Response> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${response.statusText}`);
  return response;
}
