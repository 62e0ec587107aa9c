/**
 * Principal components (Pearson 1901, Hotelling 1933), in float64: the best linear autoencoder, what others are measured against. The singular value decomposition of the centred data by the eigenvectors of its
 * covariance.
 */
import type { Examples } from './examples';
import { topEigenvectors } from './eigen';

export interface Pca {
  /** Numbers an example. */
  size: number;
  /** How many components there are: what was asked for, or as many as the data have. */
  count: number;
  mean: Float64Array;
  /** [count, size]: orthonormal, by falling variance; of each the largest entry is positive. */
  components: Float64Array;
  /** Along each component, over the examples (1/n). */
  variances: Float64Array;
  /** Of the data in all directions. */
  totalVariance: number;
}

type Given = Pick<Examples, 'values' | 'size' | 'count'>;

/**
 * @param data bytes stand for 0 … 1. @param most examples that are looked at, taken evenly from all: covariance takes size² operations an example.
 * @throws RangeError where there is no example.
 */
export function principalComponents(data: Given, components: number, most = 20_000): Pca {
  const { size, count } = data;
  if (count === 0) throw new RangeError('There is no example to take principal components of.');
  const used = Math.min(count, most);
  const { mean, covariance } = momentsOf(data, used);
  let totalVariance = 0;
  for (let i = 0; i < size; i++) totalVariance += covariance[i * size + i];
  const wanted = Math.min(components, size);
  const { values, vectors } = topEigenvectors(covariance, size, wanted);
  return { size, count: wanted, mean, components: vectors, variances: values.map((value) => Math.max(0, value)), totalVariance };
}

const unit = (values: Uint8Array | Float32Array): number => (values instanceof Uint8Array ? 1 / 255 : 1);

function momentsOf({ values, size, count }: Given, used: number): { mean: Float64Array; covariance: Float64Array } {
  const scale = unit(values);
  const shift = new Float64Array(size);
  // Points may lie far from 0, where the difference of two large sums would lose digits; most pixels of images are 0, and are passed over.
  if (!(values instanceof Uint8Array)) for (let c = 0; c < size; c++) shift[c] = values[c];
  const sums = new Float64Array(size);
  const products = new Float64Array(size * size);
  const places = new Int32Array(size);
  const entries = new Float64Array(size);
  for (let r = 0; r < used; r++) {
    const row = Math.floor((r * count) / used) * size;
    let found = 0;
    for (let c = 0; c < size; c++) {
      const value = values[row + c] * scale - shift[c];
      if (value === 0) continue;
      places[found] = c;
      entries[found++] = value;
      sums[c] += value;
    }
    for (let a = 0; a < found; a++) {
      const at = places[a] * size;
      const value = entries[a];
      for (let b = a; b < found; b++) products[at + places[b]] += value * entries[b];
    }
  }
  const mean = sums.map((sum) => sum / used);
  for (let i = 0; i < size; i++) {
    for (let j = i; j < size; j++) products[i * size + j] = products[j * size + i] = products[i * size + j] / used - mean[i] * mean[j];
  }
  return { mean: mean.map((value, c) => value + shift[c]), covariance: products };
}

/** Coordinates along the components: [n, count]. */
export function project({ size, count, mean, components }: Pca, values: Uint8Array | Float32Array, n: number): Float64Array {
  const scale = unit(values);
  const out = new Float64Array(n * count);
  const centred = new Float64Array(size);
  for (let r = 0; r < n; r++) {
    for (let c = 0; c < size; c++) centred[c] = values[r * size + c] * scale - mean[c];
    for (let k = 0; k < count; k++) {
      let sum = 0;
      for (let c = 0, at = k * size; c < size; c++, at++) sum += centred[c] * components[at];
      out[r * count + k] = sum;
    }
  }
  return out;
}

/** From coordinates along the components back: [n, size]; pixels may fall outside of 0 … 1. */
export function reconstruct({ size, count, mean, components }: Pca, z: ArrayLike<number>, n: number): Float32Array {
  const out = new Float32Array(n * size);
  const row = new Float64Array(size);
  for (let r = 0; r < n; r++) {
    row.set(mean);
    for (let k = 0; k < count; k++) {
      const value = z[r * count + k];
      for (let c = 0, at = k * size; c < size; c++, at++) row[c] += value * components[at];
    }
    out.set(row, r * size);
  }
  return out;
}

/** Mean over the examples of ‖x − x̂‖². */
export function squaredError(pca: Pca, values: Uint8Array | Float32Array, n: number): number {
  const scale = unit(values);
  const { size } = pca;
  const back = reconstruct(pca, project(pca, values, n), n);
  let sum = 0;
  for (let i = 0; i < n * size; i++) sum += (values[i] * scale - back[i]) ** 2;
  return sum / n;
}
