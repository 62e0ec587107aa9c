/** What the pictures of the VAE are given, and what they may ask. They draw; who trains and answers is for the page. */
import type { Examples } from '../../../../core/math/examples';
import type { Theme } from '../../../ui/theme';
import type { Bound, Posterior, VaeBaseline } from '../runtime/types';

/** Answers about the model as it is now; null while there is none. A question that is asked again before its answer came replaces the one before. */
export interface VaeModel {
  latentSize: number;
  /** [n, size]; pixels in 0 … 1. */
  decode(z: Float32Array, count: number): Promise<Float32Array>;
  encode(values: Float32Array | Uint8Array, count: number): Promise<Posterior>;
}

/** Test examples that stand for all; the same ones during a training. */
export interface Watched {
  examples: Examples;
  labelNames: readonly string[] | null;
}

export interface VaeScene {
  model: VaeModel | null;
  /** Grows whenever the model has changed: what was asked before is old. */
  revision: number;
  /** Of the latent map. */
  map: (Watched & { posterior: Posterior }) | null;
  /** Of the pairs of input and reconstruction. */
  pairs: (Watched & { reconstructions: Float32Array }) | null;
  /** Decodings of draws from the prior. */
  samples: Float32Array | null;
  bound: Bound | null;
  baseline: VaeBaselines;
  /** Each epoch's end, and every few seconds. */
  curves: VaeCurves;
}

/** Errors of reconstruction ‖x − x̂‖², means over the same held-out examples. */
export interface VaeBaselines {
  /** Of principal components, as many as the model has latent variables; null until they are there. */
  found: VaeBaseline | null;
  /** Why there are none. */
  problem: string | null;
  /** To be called while they are looked at: they cost a second of the worker's time, once. */
  want(): void;
  /** Of the model as it is now. */
  model: number | null;
  /** It has no noise and no divergence. */
  autoencoder: boolean;
  /** Of runs that were kept, on the same data. */
  others: readonly { name: string; error: number }[];
}

/** Means per example, in nats, by step. */
export interface VaeCurves {
  steps: readonly number[];
  reconstruction: readonly number[];
  klDivergence: readonly number[];
  /** What is minimised, as the file has it. */
  loss: readonly number[];
  /** Steps of one epoch, for the second axis. */
  stepsPerEpoch: number;
  /** Other runs to compare with, with the settings that differ in words. */
  others: readonly { name: string; steps: readonly number[]; reconstruction: readonly number[]; klDivergence: readonly number[]; loss: readonly number[] }[];
}

export interface VaeView {
  element: HTMLElement;
  /** Only while the view is in sight; `changed` names what is new since the last call. */
  set(scene: VaeScene): void;
  setTheme(theme: Theme): void;
  /** It became visible, or hidden. */
  show(visible: boolean): void;
}
