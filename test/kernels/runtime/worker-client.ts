/** The worker's handlers at the other end of a channel in memory, as the page would call them. */
import { Channel, memoryPorts } from '../../../core/protocol/channel';
import { WASM_FILES } from '../../../core/protocol/messages';
import { DEFAULTS, type DdpmSettings } from '../../../webview/experiments/ddpm/manifest';
import { workerHandlers, type WorkerParts } from '../../../webview/worker/handlers';
import type { TrainEvent, TrainParams, WorkerMethods } from '../../../webview/worker/protocol';
import { memoryStore } from '../../../webview/worker/store';
import { WASM_PATHS } from '../engine/suite';

export type Client = Channel<Record<never, never>, WorkerMethods>;
type TrainEventOf<K extends TrainEvent['kind']> = Extract<TrainEvent, { kind: K }>;

export const wasm = Object.fromEntries(WASM_FILES.map((name) => [name, `${WASM_PATHS}/${name}`]));
export const SMALL: DdpmSettings = { ...DEFAULTS, data: 'gaussians8', T: 50, steps: 50, hiddenUnits: 16, hiddenLayers: 2, batchSize: 64, points: 300, trainSteps: 400 };
/** All that takes its time comes often. */
export const QUICK = { slice: 5, progress: 10, preview: 60, checkpoint: 40 };

export function client(parts: Partial<WorkerParts> = {}): Client {
  // As a real port: what is transferred is gone on this side.
  const [page, worker] = memoryPorts((value, transfer) => structuredClone(value, { transfer: [...transfer] as Transferable[] }));
  new Channel<WorkerMethods, Record<string, never>>(worker, workerHandlers({ store: memoryStore(), pace: QUICK, ...parts }));
  return new Channel(page, {});
}

export class Events {
  readonly all: TrainEvent[] = [];
  constructor(private readonly on: (event: TrainEvent) => void = () => {}) {}
  readonly receive = (event: TrainEvent): void => {
    this.all.push(event);
    this.on(event);
  };
  of<K extends TrainEvent['kind']>(kind: K): TrainEventOf<K>[] {
    return this.all.filter((event): event is TrainEventOf<K> => event.kind === kind);
  }
}

export const params = (change: Partial<TrainParams> = {}): TrainParams => ({ settings: SMALL, own: null, key: 'model.py DDPM', from: 'continue', until: SMALL.trainSteps, ...change });
