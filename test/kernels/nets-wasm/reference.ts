/** What the operations mean, in plain loops over float64, for tests alone. A matrix is an array of rows. */
import type { Activation, ConvShape } from '../../../webview/kernels/nets/contract';
import { convOutput } from '../../../webview/kernels/nets/contract';

export type Rows = number[][];

export const rowsOf = (values: ArrayLike<number>, rows: number, columns: number): Rows =>
  Array.from({ length: rows }, (_, r) => Array.from({ length: columns }, (_, c) => values[r * columns + c]));
export const transposed = (m: Rows): Rows => m[0].map((_, c) => m.map((row) => row[c]));
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

export function times(a: Rows, b: Rows): Rows {
  return a.map((row) => {
    const out = new Array<number>(b[0].length).fill(0);
    row.forEach((x, k) => { for (let c = 0; c < out.length; c++) out[c] += x * b[k][c]; });
    return out;
  });
}

export const map = (a: Rows, f: (x: number, r: number, c: number) => number): Rows => a.map((row, r) => row.map((x, c) => f(x, r, c)));
export const columnSums = (a: Rows): Rows => [transposed(a).map(sum)];
export const rowTerms = (a: Rows, f: (x: number, r: number, c: number) => number): Rows => map(a, f).map((row) => [sum(row)]);

/** Every product of a convolution: output number, input number, place in the weight's rows, filter. */
export function eachTap(shape: ConvShape, use: (out: number, input: number, weightRow: number, filter: number) => void): void {
  const { height, width, channels, filters, kernel, stride, padding } = shape;
  const [outHeight, outWidth] = convOutput(shape);
  for (let oy = 0; oy < outHeight; oy++) for (let ox = 0; ox < outWidth; ox++) for (let i = 0; i < kernel; i++) for (let j = 0; j < kernel; j++) {
    const [y, x] = [oy * stride - padding + i, ox * stride - padding + j];
    if (y < 0 || y >= height || x < 0 || x >= width) continue;
    for (let c = 0; c < channels; c++) for (let f = 0; f < filters; f++) {
      use((oy * outWidth + ox) * filters + f, (y * width + x) * channels + c, (i * kernel + j) * channels + c, f);
    }
  }
}

/** ∫ of the standard normal's density from −∞, by the series of erf, or by the continued fraction of erfc in the tails. */
export function normalCdf(x: number): number {
  if (Math.abs(x) > 3) {
    let fraction = 0;
    for (let k = 200; k >= 1; k--) fraction = k / (Math.abs(x) + fraction);
    const tail = normalDensity(x) / (Math.abs(x) + fraction);
    return x > 0 ? 1 - tail : tail;
  }
  let [term, total] = [x, x];
  for (let k = 1; k < 200; k++) total += (term *= (x * x) / (2 * k + 1));
  return 0.5 + normalDensity(x) * total;
}

export const normalDensity = (x: number) => Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

export const FUNCTIONS: Record<Activation, { value(x: number): number; slope(x: number): number }> = {
  linear: { value: (x) => x, slope: () => 1 },
  relu: { value: (x) => Math.max(x, 0), slope: (x) => Number(x > 0) },
  leaky_relu: { value: (x) => (x > 0 ? x : 0.01 * x), slope: (x) => (x > 0 ? 1 : 0.01) },
  elu: { value: (x) => (x > 0 ? x : Math.expm1(x)), slope: (x) => (x > 0 ? 1 : Math.exp(x)) },
  tanh: { value: Math.tanh, slope: (x) => 1 - Math.tanh(x) ** 2 },
  sigmoid: { value: sigmoid, slope: (x) => sigmoid(x) * sigmoid(-x) },
  softplus: { value: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))), slope: sigmoid },
  silu: { value: (x) => x * sigmoid(x), slope: (x) => sigmoid(x) * (1 + x * sigmoid(-x)) },
  gelu: { value: (x) => x * normalCdf(x), slope: (x) => normalCdf(x) + x * normalDensity(x) },
};
