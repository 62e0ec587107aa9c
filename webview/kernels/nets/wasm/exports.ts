/** What ../../wasm/assembly/nets offers. Pointers and counts are 32-bit integers; `bytes` may end within a vector of 16, and is then rounded up. */
export interface NetExports {
  memory: WebAssembly.Memory;
  /** Once an instance; returns where the memory begins that the caller gives out. */
  prepareNets(): number;
  product(a: number, aTransposed: boolean, b: number, bTransposed: boolean, rows: number, columns: number, k: number, bias: number, add: boolean, c: number): void;
  gather(
    x: number, height: number, width: number, channels: number, kernelHeight: number, kernelWidth: number, strideY: number, strideX: number, top: number, left: number,
    outHeight: number, outWidth: number, images: number, out: number,
  ): void;
  scatter(
    patches: number, height: number, width: number, channels: number, kernelHeight: number, kernelWidth: number, strideY: number, strideX: number, top: number, left: number,
    outHeight: number, outWidth: number, images: number, x: number,
  ): void;
  activate(kind: number, x: number, bytes: number, out: number): void;
  activateGradient(kind: number, x: number, y: number, dy: number, bytes: number, out: number): void;
  fill(value: number, bytes: number, out: number): void;
  fromBytes(from: number, count: number, out: number): void;
  normalsInto(key0: number, key1: number, stream0: number, stream1: number, firstPair: number, count: number, out: number): void;
  add(a: number, b: number, bytes: number, out: number): void;
  scale(a: number, factor: number, bytes: number, out: number): void;
  addRow(x: number, row: number, rows: number, columns: number, out: number): void;
  sumColumns(x: number, rows: number, columns: number, toOut: boolean, out: number): void;
  segmentSums(x: number, segments: number, rows: number, columns: number, count: number, out: number): void;
  sumAll(x: number, count: number): number;
  repeatRows(x: number, rows: number, columns: number, k: number, out: number): void;
  sumRows(x: number, groups: number, columns: number, k: number, out: number): void;
  reparameterise(mean: number, logVariance: number, noise: number, bytes: number, out: number): void;
  reparameteriseGradient(logVariance: number, noise: number, dz: number, bytes: number, out: number): void;
  adam(
    parameters: number, first: number, second: number, gradient: number, gradientBytes: number, shards: number, bytes: number,
    rate: number, beta1: number, rest1: number, beta2: number, rest2: number, epsilon: number,
  ): void;
  terms(kind: number, a: number, b: number, c: number, rows: number, columns: number, factor: number, offset: number, out: number): void;
  termGradients(kind: number, a: number, b: number, c: number, weights: number, rows: number, columns: number, factor: number, da: number, db: number, dc: number): void;
  logMeanExp(at: number, groups: number, k: number, out: number): void;
  logMeanExpGradient(at: number, weights: number, groups: number, k: number, out: number): void;
}

/** The kinds of `terms` and `termGradients`. */
export const TERM = { bernoulli: 0, square: 1, kl: 2, standard: 3, normal: 4 } as const;
