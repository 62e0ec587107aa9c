/** What the page asks of the compute worker. */
import type { DdpmSettings } from '../experiments/ddpm/manifest';
import type { DatasetId } from '../../core/math/datasets';
import type { Part } from '../experiments/ddpm/runtime/sampling';

export type DeviceName = 'webgpu' | 'wasm' | 'cpu';
export type DeviceChoice = 'auto' | DeviceName;

/** The device really used, and why; shown as it is in the panel and printed by the command line. */
export interface DeviceReport {
  device: DeviceName;
  /** e.g. "WASM relaxed SIMD", "WebGPU · google swiftshader (software)". */
  label: string;
  /** A WebGPU adapter that runs on the processor (SwiftShader, llvmpipe): right, but slow. */
  software: boolean;
  /** One sentence: why this device and not a faster one. */
  why: string;
  /** Largest absolute error of the start-up self-test (matmul and gradient against float64). */
  selfTestError: number;
}

/** One cloud on its way from noise to data. */
export interface Frame {
  /** 0 is the starting noise, `total` the finished sample. */
  index: number;
  total: number;
  /** Timestep of the step that will be taken from this cloud: T − 1 … 0, and −1 for data, from which none is. */
  t: number;
  /** x and y interleaved, length 2 × points. Moved, not copied. */
  points: Float32Array;
}

/** Which network is meant: a stand-in by the id of its data set, or the one that was trained here. */
export type NetworkName = DatasetId | typeof TRAINED;
export const TRAINED = 'trained';

/** Points of the user's own, for settings whose data are `own`: x and y interleaved, standardised. Null for the sets that are shipped. */
export type OwnPoints = Float32Array | null;

/** The device was lost and the run begins again on this one: the frames so far are void. */
export interface MovedEvent {
  kind: 'moved';
  device: DeviceReport;
  why: string;
}

/** Whether an event of a run is no frame. */
export const isMoved = (event: Frame | MovedEvent): event is MovedEvent => 'kind' in event;

export type TrainEvent =
  /** The mean loss of each step since the last event; the first belongs to step `from + 1`. Coalesced to about ten a second. */
  | { kind: 'progress'; from: number; losses: Float32Array; stepsPerSecond: number }
  /** A sample of the average as it is now: 20 DDIM steps, every few seconds. */
  | { kind: 'preview'; step: number; points: Float32Array }
  /** Written to the browser's storage. */
  | { kind: 'checkpoint'; step: number }
  /** Training goes on from a checkpoint, or from the last good one after it diverged; the losses are means of `lossesEvery` steps each since the start. `at` is when it was written, in ms since 1970. */
  | { kind: 'resumed'; step: number; at: number; losses: Float32Array; lossesEvery: number }
  /** The device was lost; training goes on from `step` on this one. */
  | (MovedEvent & { step: number })
  /** Something that does not stop training: storage is full, a checkpoint was damaged. */
  | { kind: 'warning'; text: string };

export interface TrainParams {
  settings: DdpmSettings;
  own: OwnPoints;
  /** Under which checkpoints are kept: the model and its file, or the settings alone where there is no file. */
  key: string;
  /** `continue` goes on from the trainer in memory, else from a checkpoint, where `trainingKey` is the same; else fresh. `fresh` forgets both. */
  from: 'continue' | 'fresh';
  /** Where to stop for now, at most settings.trainSteps: the end, one step further, or (to take up a checkpoint and no more) the step that is reached already. */
  until: number;
}

/** Distances of a cloud from held-out data, and what real draws of as many points reach. */
export interface Measures {
  slicedWasserstein: number;
  slicedWassersteinReal: number;
  mmd: number;
  mmdReal: number;
}

/** The variational bound term by term (core/math/vlb), in nats per example. */
export interface BoundTerms {
  terms: Float64Array;
  prior: number;
  total: number;
  bitsPerDim: number;
}

export interface TrainedInfo {
  step: number;
  settings: DdpmSettings;
}

export type WorkerMethods = {
  start: { params: { device: DeviceChoice; wasm: Record<string, string> }; result: DeviceReport };
  loadNetwork: { params: { name: NetworkName; bytes: Uint8Array }; result: null };
  /** Frames come as events, all of them up to 64 MiB in total, else every k-th; the first and the last always. */
  sample: { params: { settings: DdpmSettings; network: NetworkName; part?: Part }; event: Frame | MovedEvent; result: { seconds: number; steps: number; /** Of `TRAINED`; 0 for a stand-in. */ trainedSteps: number } };
  /** The forward process from real data (or `own`) to noise, as frames that count from the data. */
  forward: { params: { settings: DdpmSettings; own: OwnPoints }; event: Frame; result: { seconds: number; steps: number } };
  /** Cancelling pauses: the trainer stays, a checkpoint is written, and the result is that of a run that stopped there. Errors: `settings`, `diverged` (its message names the step), `device`. */
  train: { params: TrainParams; event: TrainEvent; result: { step: number; finished: boolean } };
  /** Forgets the trainer and its checkpoints. */
  resetTraining: { params: { key: string }; result: null };
  /** The checkpoint that `continue` would go on from; null where there is none that fits. */
  checkpoint: { params: { key: string; settings: DdpmSettings; own: OwnPoints }; result: { step: number; at: number; /** It was interrupted. */ running: boolean } | null };
  /** What `TRAINED` is at present. */
  trained: { params: null; result: TrainedInfo | null };
  /** The average of the trained network as safetensors. */
  exportNetwork: { params: null; result: Uint8Array };
  /** ε̂ at given points and 0-based timestep. */
  field: { params: { settings: DdpmSettings; network: NetworkName; t: number; x: Float32Array }; result: Float32Array };
  bound: { params: { settings: DdpmSettings; network: NetworkName; own: OwnPoints }; result: BoundTerms };
  measure: { params: { settings: DdpmSettings; own: OwnPoints; points: Float32Array }; result: Measures };
};
