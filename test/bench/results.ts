/** The one object that the bench prints. */
import type { PeerAbout } from './peer';
import type { ReadingTimes } from './reading';

export interface SamplingFigures {
  /** Of a whole run of 10,000 points; on WASM with two workers, as the panel samples. */
  ms: number;
  /** On WASM: with one worker. */
  oneWorkerMs?: number;
  plainMs: number;
  /** plainMs by the time of our kernels in one worker too: like against like. */
  ratioToPlain: number;
  /** Compute dispatches (WebGPU) or kernels (WASM) of one step of all points in one worker. */
  dispatchesPerStep: number;
  /** WebGPU: of a step of as many points as are taken at once. A software adapter takes 10,000 in five chunks, so that it can be stopped; hardware takes them in one. */
  dispatchesPerChunk?: number;
  plainDispatchesPerStep: number;
  /** So many steps were timed of each; where that is not all of them, the time is scaled up. */
  measuredSteps: { panel?: number; ours: number; plain: number };
  /** The largest difference of the two samples, as a share of the largest coordinate. */
  difference: number;
}

export interface TrainingFigures {
  stepsPerSecond: number;
  plainStepsPerSecond: number;
  ratioToPlain: number;
  dispatchesPerStep: number;
  plainDispatchesPerStep: number;
  measuredSteps: { ours: number; plain: number };
}

export interface DeviceFigures {
  /** e.g. "WASM relaxed SIMD", "WebGPU · google swiftshader (software)": a software adapter's times are no GPU's. */
  adapter: string;
  ddim50: SamplingFigures;
  ancestral1000: SamplingFigures;
  train: TrainingFigures;
}

export interface PyTorchFigures extends PeerAbout {
  /** The playground's network. */
  ddim50Ms: number;
  ancestral1000Ms: number;
  trainStepsPerSecond: number;
  /** The network of 66,562 parameters. */
  concatenated: { ddim50Ms: number; ancestral1000Ms: number; trainStepsPerSecond: number };
  /** Ours on WASM by PyTorch's of the same round: above 1, ours is faster. */
  ratios: { ddim50: number; ancestral1000: number; train: number };
  measuredSteps: { ddim50: number; ancestral1000: number; train: number };
  warning: string | null;
}

export interface Results {
  activationMs: number | null;
  reading: ReadingTimes | null;
  emptyWebviewMs: number | null;
  scriptToFirstFrameMs: number | null;
  warmClickToFirstFrameMs: number | null;
  longestTaskMs: number | null;
  vsixBytes: number | null;
  devices: { wasm: DeviceFigures; webgpu: DeviceFigures | null } | null;
  pytorch: PyTorchFigures | null;
  machine: Machine;
  targets: Record<string, string>;
}

export interface Machine {
  processor: string;
  cores: number;
  node: string;
  chromium: string | null;
  /** Mean number of waiting processes over a minute: of what else the machine did before the bench, and at its end. */
  loadAverage: { before: number; after: number };
  /** By the load before: then only ratios mean something, and those by PyTorch not even they, whose threads wait for each other. */
  busy: boolean;
  /** `--quick`: no time means anything. */
  quick: boolean;
  /** Of the whole bench. */
  seconds: number;
}
