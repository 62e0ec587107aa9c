/**
 * What every device computes for networks that are made of layers: dense, convolutional, and the terms of the evidence lower bound. Forward and backward passes are
 * calls of their own, so that nothing is recorded: `layers.ts` puts them together. Each device has its own `Ops`: the reference on the CPU (plain loops in float64),
 * SIMD kernels that keep parameters, activations and gradients in their own memory (WASM), and tfjs (WebGPU).
 */

/** A matrix [rows, columns] of the device. Where and how it lies (padded, in panels, a tensor) is the device's own. Valid until the next `reset`. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
}

export const ACTIVATIONS = ['linear', 'relu', 'leaky_relu', 'elu', 'tanh', 'sigmoid', 'softplus', 'silu', 'gelu'] as const;
/** As PyTorch defines them: leaky ReLU of slope 0.01, ELU of α = 1, GELU with erf. */
export type Activation = (typeof ACTIVATIONS)[number];

/**
 * A convolution from an image [height, width, channels] to [outHeight, outWidth, filters], as PyTorch's Conv2d: out = ⌊(in + 2·padding − kernel)/stride⌋ + 1. Images are rows of a
 * matrix, [n, height·width·channels], channels last. Its weight is a matrix [kernel·kernel·channels, filters]: row (i·kernel + j)·channels + c.
 * The transposed convolution is the same shape used backwards: it maps [outHeight, outWidth, filters] to [height, width, channels].
 */
export interface ConvShape {
  height: number;
  width: number;
  channels: number;
  filters: number;
  kernel: number;
  stride: number;
  padding: number;
}

/** [outHeight, outWidth] */
export const convOutput = ({ height, width, kernel, stride, padding }: ConvShape): readonly [number, number] =>
  [Math.floor((height + 2 * padding - kernel) / stride) + 1, Math.floor((width + 2 * padding - kernel) / stride) + 1];

export interface Counter {
  /** `keyFromSeed` and `streamWords` of core/math/random. */
  key: readonly [number, number];
  stream: readonly [number, number];
  /** Pair p gives the normals 2p and 2p + 1. */
  firstPair: number;
}

/** One parameter of a network: a matrix; biases are [1, n]. All lie one after the other in one array, row by row, in the order of the table. */
export interface ParameterShape {
  name: string;
  rows: number;
  columns: number;
}

/** Kingma & Ba 2015, algorithm 1; `step` counts from 1. */
export interface AdamAttrs {
  step: number;
  rate: number;
  beta1: number;
  beta2: number;
  epsilon: number;
}

/** Parameters on the device with the two moments of Adam, and as many gradients as a batch has shards. They stay where they are over any `reset`. */
export interface ParameterStore<M extends Matrix> {
  readonly table: readonly ParameterShape[];
  /** The parameter of that place in the table. */
  parameter(index: number): M;
  /** Its gradient in the shard that was chosen last; the gradient ops add to it. */
  gradient(index: number): M;
  /** Chooses the shard that gradients are added to, and clears it. */
  begin(shard: number): void;
  /** [P] */
  readGradient(shard: number): Promise<Float32Array>;
  writeGradient(shard: number, values: Float32Array): void;
  /** One step of Adam along gradient 0 + gradient 1 + …, summed in this order. */
  adam(attrs: AdamAttrs): void;
  /** [3, P]: parameters, first and second moments. */
  read(): Promise<Float32Array>;
  write(rows: Float32Array): void;
  dispose(): void;
}

/**
 * The operations. What returns a matrix makes a new one; `into` is added to. A `column` is a matrix [rows, 1]: one number an example. Gradients of the terms take `weights`, a column: the
 * derivative of the loss by each example's term.
 */
export interface Ops<M extends Matrix = Matrix> {
  readonly device: 'cpu' | 'wasm' | 'webgpu';
  /** @param rows [3, P], or the parameters alone, [P]: then the moments are 0. */
  store(table: readonly ParameterShape[], shards: number, rows: Float32Array): ParameterStore<M>;
  /** All matrices made since the last call are gone, but for those of stores. */
  reset(): void;

  /** Bytes are divided by 255. */
  input(values: Float32Array | Uint8Array, rows: number, columns: number): M;
  filled(value: number, rows: number, columns: number): M;
  /** Standard normals: entry (r, c) is number r·columns + c of the stream from its pair on. */
  normals(rows: number, columns: number, counter: Counter): M;
  read(matrix: M): Promise<Float32Array>;
  /** Notes the sum of all entries of each, to be read later all at once, without waiting. */
  record(...matrices: M[]): void;
  /** The sums noted since the last call, in their order. */
  takeRecords(): Promise<Float32Array>;

  /** x·W + b: [n, inputs], [inputs, outputs], [1, outputs]. */
  dense(x: M, weight: M, bias: M): M;
  /** Adds xᵀ·dy to `intoWeight` and the sum of the rows of dy to `intoBias`; returns dy·Wᵀ, or null where it is not wanted. */
  denseGradient(x: M, weight: M, dy: M, intoWeight: M, intoBias: M, wantInput: boolean): M | null;

  /** [n, h·w·c] → [n, oh·ow·f]; without a bias. */
  conv(x: M, weight: M, shape: ConvShape): M;
  /** The derivative of `conv` by its input, which is also the transposed convolution: [n, oh·ow·f] → [n, h·w·c]. */
  convInput(dy: M, weight: M, shape: ConvShape): M;
  /** Adds the derivative by the weight to `intoWeight`; x [n, h·w·c], dy [n, oh·ow·f]. */
  convFilter(x: M, dy: M, shape: ConvShape, intoWeight: M): void;
  /** Adds bias [1, channels] to every pixel of rows of channels-last images. */
  addBias(x: M, bias: M): M;
  /** Adds the sum over rows and pixels to `intoBias` [1, channels]. */
  biasGradient(dy: M, intoBias: M): void;

  activate(x: M, activation: Activation): M;
  /** dy·f′(x), where y = f(x). */
  activateGradient(x: M, y: M, dy: M, activation: Activation): M;

  add(a: M, b: M): M;
  /** factor · m */
  scale(matrix: M, factor: number): M;
  /** Each row k times, one below the other: [n, c] → [n·k, c]. */
  repeatRows(matrix: M, k: number): M;
  /** Its derivative: sums of k rows each, [n·k, c] → [n, c]. */
  sumRows(matrix: M, k: number): M;

  /** z = μ + exp(ℓ/2)·ε, ℓ = log σ². */
  reparameterise(mean: M, logVariance: M, noise: M): M;
  reparameteriseGradient(logVariance: M, noise: M, dz: M): { mean: M; logVariance: M };
  /** A column: the binary cross-entropy of x given logits, summed over columns. */
  bernoulli(logits: M, x: M): M;
  /** dlogits */
  bernoulliGradient(logits: M, x: M, weights: M): M;
  /** A column: −log N(x; mean, σ²), summed over columns; without its constant where `constant` is false, so ‖x − mean‖²/(2σ²). */
  gaussian(mean: M, x: M, sigma: number, constant: boolean): M;
  /** dmean */
  gaussianGradient(mean: M, x: M, sigma: number, weights: M): M;
  /** A column: KL(N(μ, σ²) ‖ N(0, 1)), summed over columns. */
  klStandard(mean: M, logVariance: M): M;
  klStandardGradient(mean: M, logVariance: M, weights: M): { mean: M; logVariance: M };
  /** A column: log N(z; mean, exp(logVariance)), summed over columns; null stands for the standard normal. */
  logNormal(z: M, given: { mean: M; logVariance: M } | null): M;
  logNormalGradient(z: M, given: { mean: M; logVariance: M } | null, weights: M): { z: M; given: { mean: M; logVariance: M } | null };
  /** A column of n from one of n·k: log of the mean of exp over k rows each, without overflow. */
  logMeanExp(column: M, k: number): M;
  /** The derivative by each of the n·k: weights of its group times exp(entry − logsumexp of the group). */
  logMeanExpGradient(column: M, k: number, weights: M): M;
}
