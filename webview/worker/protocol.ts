/** What the page asks of the compute worker. */
import type { DdpmSettings } from '../experiments/ddpm/manifest';
import type { DatasetId } from '../../core/math/datasets';

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

export type WorkerMethods = {
  start: { params: { device: DeviceChoice; wasm: Record<string, string> }; result: DeviceReport };
  loadWeights: { params: { data: DatasetId; bytes: Uint8Array }; result: null };
  /** Frames come as events, all of them up to 64 MiB in total, else every k-th; the first and the last always. */
  sample: { params: { settings: DdpmSettings }; event: Frame; result: { seconds: number; steps: number } };
};
