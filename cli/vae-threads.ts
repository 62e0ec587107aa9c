/** A trainer in one thread, or in two that share each batch as the two workers of the page do. Both take the same steps. */
import { availableParallelism } from 'node:os';
import { MessageChannel, parentPort, Worker, workerData, type MessagePort } from 'node:worker_threads';
import type { LabelledData } from '../core/math/examples';
import { cpuOps } from '../webview/kernels/nets/cpu';
import type { Matrix, Ops } from '../webview/kernels/nets/contract';
import { wasmOps } from '../webview/kernels/nets/wasm';
import { loadKernels } from '../webview/kernels/wasm/module';
import type { VaeSettings } from '../webview/experiments/vae/manifest';
import { VaeTrainer, type StepTerms, type VaeTrainingState } from '../webview/experiments/vae/runtime';
import { advanceTogether, pairPort, type HalfStep, type PairPort } from '../webview/experiments/vae/runtime/pair';
import type { CliDevice } from './vae-options';

interface Given {
  settings: VaeSettings;
  data: LabelledData;
  state: VaeTrainingState | undefined;
}

interface Helper extends Given {
  vae: true;
  port: MessagePort;
}

export interface Training {
  trainer: VaeTrainer;
  device: string;
  threads: 1 | 2;
  advance(count: number): Promise<StepTerms[]>;
  close(): Promise<void>;
}

/** Loops in float64 gain nothing from a second thread's time to start; what a batch costs on WASM is worth sharing from a few rows on. */
export const defaultThreads = (device: CliDevice, { batchSize }: VaeSettings): 1 | 2 => (device !== 'cpu' && availableParallelism() > 1 && batchSize >= 32 ? 2 : 1);

/** @param script this program, which in a thread calls `serveVae`. @throws Error where the device is not there. */
export async function startTraining(given: Given, device: CliDevice, threads: 1 | 2, script: string): Promise<Training> {
  const { ops, label } = await deviceOf(device);
  const { settings, data, state } = given;
  const trainer = new VaeTrainer(ops, settings, data, state);
  if (threads === 1 || ops.device === 'cpu') return { trainer, device: label, threads: 1, advance: (count) => trainer.advance(count), close: () => Promise.resolve(trainer.dispose()) };
  const { port1, port2 } = new MessageChannel();
  const port = joined(port1);
  const worker = new Worker(script, { workerData: { vae: true, settings, data: { ...data, test: { ...data.test, count: 0, values: new Uint8Array(0), labels: null } }, state, port: port2 } satisfies Helper, transferList: [port2] });
  let closing = false;
  worker.on('error', (error) => { port.fail(error); });
  worker.on('exit', (code) => { if (!closing) port.fail(new Error(`The second thread ended with ${code}.`)); });
  return {
    trainer, device: label, threads: 2,
    advance(count) {
      worker.postMessage({ count });
      return advanceTogether(trainer, 0, port, count);
    },
    async close() {
      closing = true;
      port1.close();
      await worker.terminate();
      trainer.dispose();
    },
  };
}

async function deviceOf(device: CliDevice): Promise<{ ops: Ops<Matrix>; label: string }> {
  if (device === 'cpu') return { ops: cpuOps() as unknown as Ops<Matrix>, label: 'CPU (JavaScript)' };
  try {
    const build = await loadKernels();
    return { ops: wasmOps() as unknown as Ops<Matrix>, label: `WASM ${build}` };
  } catch (error) {
    if (device === 'wasm') throw error;
    process.stderr.write(`WASM is not used: ${(error as Error).message}\n`);
    return { ops: cpuOps() as unknown as Ops<Matrix>, label: 'CPU (JavaScript)' };
  }
}

function joined(port: MessagePort): PairPort & { fail(error: Error): void } {
  const line = pairPort(port);
  port.on('message', (half: HalfStep) => { line.deliver(half); });
  return line;
}

export const isVaeHelper = (given: unknown): boolean => (given as Helper | null)?.vae === true;

/** What the second thread does: its half of every batch that the first one asks for. */
export function serveVae(): void {
  const { settings, data, state, port } = workerData as Helper;
  const line = joined(port);
  const started = deviceOf('wasm').then(({ ops }) => new VaeTrainer(ops, settings, data, state));
  let last: Promise<unknown> = started;
  parentPort!.on('message', ({ count }: { count: number }) => {
    // A loss that is not finite is told by the first thread, which then ends this one.
    last = last.then(async () => advanceTogether(await started, 1, line, count)).catch((error: unknown) => {
      if (!(error instanceof Error && error.name === 'DivergedError')) throw error;
    });
  });
}
