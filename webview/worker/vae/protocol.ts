/** What the page asks of the compute worker about a VAE. Arrays are moved, not copied. */
import type { LabelledData } from '../../../core/math/examples';
import type { Bound, Posterior, VaeBaseline } from '../../experiments/vae/runtime/types';
import type { VaeSettings } from '../../experiments/vae/manifest';
import type { DeviceReport } from '../protocol';

/** The terms of the steps since the last event, means over the batch, in nats per example; the first belongs to step `from + 1`. Coalesced to about ten events a second. */
export interface VaeProgress {
  kind: 'progress';
  from: number;
  loss: Float32Array;
  reconstruction: Float32Array;
  klDivergence: Float32Array;
  examplesPerSecond: number;
}

/** How the model stands, every few seconds and at the end. */
export interface VaePreview {
  kind: 'preview';
  step: number;
  /** Of the examples that the page shows (`watch`): [n, size]. */
  reconstructions: Float32Array;
  /** Posteriors of the test examples of the latent map, [m, latentSize]. */
  map: Posterior;
  /** Decodings of fixed draws from the prior, [n, size]. */
  samples: Float32Array;
  /** Of as many test examples as time allows. */
  bound: Bound;
  /** Of the same examples: mean of ‖x − x̂‖², x̂ decoded from the posterior mean. */
  squaredError: number;
}

export type VaeTrainEvent =
  | VaeProgress
  | VaePreview
  | { kind: 'checkpoint'; step: number }
  /** Training goes on from a checkpoint; the histories are means of `every` steps each since the start. */
  | { kind: 'resumed'; step: number; at: number; history: VaeHistory }
  | { kind: 'moved'; step: number; device: DeviceReport; why: string }
  | { kind: 'warning'; text: string };

export interface VaeHistory {
  every: number;
  loss: Float32Array;
  reconstruction: Float32Array;
  klDivergence: Float32Array;
}

export interface VaeTrainParams {
  settings: VaeSettings;
  /** Under which checkpoints are kept: the model and its file, or the settings alone. */
  key: string;
  from: 'continue' | 'fresh';
  /** Where to stop for now: a number of steps, at most those of all epochs. */
  until: number;
  /** How many test examples: of the reconstruction pairs, and of the latent map. */
  watch: { pairs: number; map: number; samples: number };
}

export interface VaeCheckpointInfo {
  step: number;
  at: number;
  running: boolean;
}

/** Errors: `settings`, `diverged` (names the step and the last good checkpoint), `device`, `data` (none was given), `weights` (no model yet), `memory` (says how much is needed). */
export type VaeMethods = {
  /** The examples of this settings' `data`; kept until others are given. */
  'vae.data': { params: { data: LabelledData }; result: null };
  /** An end of a port between two workers, which share batches from then on: one leads, the other follows. Null ends that. */
  'vae.peer': { params: { port: unknown; follow: boolean }; result: null };
  /** Cancelling pauses, as with `train`. */
  'vae.train': { params: VaeTrainParams; event: VaeTrainEvent; result: { step: number; finished: boolean } };
  'vae.reset': { params: { key: string }; result: null };
  'vae.checkpoint': { params: { key: string; settings: VaeSettings }; result: VaeCheckpointInfo | null };
  'vae.encode': { params: { values: Float32Array | Uint8Array; count: number }; result: Posterior };
  /** Means of p(x|z): [n, size]; pixels in 0 … 1. Of a hierarchical model z is the level next to the data. */
  'vae.decode': { params: { z: Float32Array; count: number }; result: Float32Array };
  /** Of these examples; k the importance weighted bounds that are wanted. */
  'vae.bound': { params: { values: Float32Array | Uint8Array; count: number; k: readonly number[]; seed: number }; result: Bound };
  /** Of the data of that name, which were given; `examples` of the training ones are used (0: all), the first `pairs` held-out ones come back. Training goes on meanwhile. */
  'vae.baseline': { params: { data: VaeSettings['data']; components: number; examples: number; pairs: number }; result: VaeBaseline };
  'vae.weights': { params: null; result: Uint8Array };
  /** Weights that were exported, also those that the exported scripts write. */
  'vae.load': { params: { key: string; settings: VaeSettings; bytes: Uint8Array }; result: { step: number } };
};
