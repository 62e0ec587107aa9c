/** What the device bench computes, and how it asks for it: shared by Node, the page and its worker. */
import type { DeviceName } from '../../webview/worker/protocol';
import { DEFAULTS, type DdpmSettings } from '../../webview/experiments/ddpm/manifest';

export const POINTS = 10_000;
/** What every device takes at once. */
export const ONE_CHUNK = 1024;

/** Ho et al.'s schedule; the network is the shipped 2–128×3–2 with 17 features of the noise level in each hidden layer. */
const LINEAR: DdpmSettings = { ...DEFAULTS, data: 'moons', schedule: 'linear', T: 1000, points: POINTS, hiddenUnits: 128, hiddenLayers: 3, batchSize: 512 };

/** DDIM in 50 steps, the ancestral sampler in 1,000. */
export const SETTINGS = {
  ddim50: { ...LINEAR, sampler: 'ddim', eta: 0, steps: 50 },
  ancestral1000: { ...LINEAR, sampler: 'ddpm', steps: 1000 },
  train: LINEAR,
} as const satisfies Record<string, DdpmSettings>;

export type Work = keyof typeof SETTINGS;
export type Sampling = Exclude<Work, 'train'>;
/** Our kernels as the product runs them, or the same network in plain tfjs ops. */
export type Side = 'ours' | 'plain';

export type Request =
  | { do: 'start'; device: DeviceName; wasm: string; network: Uint8Array }
  /** Milliseconds that `steps` steps take. */
  | { do: 'time'; work: Work; side: Side; steps: number }
  /** Dispatches (WebGPU) or kernels (elsewhere) of one step; our sampling can be asked for a chunk alone, as many points as every device takes at once. */
  | { do: 'count'; work: Work; side: Side; oneChunk: boolean }
  /** The largest difference of the two samples, as a share of the largest coordinate. */
  | { do: 'compare'; work: Sampling; steps: number };

export type Answer = { value: number | string } | { error: string };
