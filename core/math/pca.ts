/**
 * Principal components (Pearson 1901, Hotelling 1933), in float64: the best linear autoencoder, what others are measured against. The singular value decomposition of the centred data by the eigenvectors of its
 * covariance.
 */
import type { Examples } from './examples';
import { topEigenvectorsInPieces } from './eigen';
import { atOnce, type Pieces } from './pieces';

export interface Pca {
  /** Numbers an example. */
  size: number;
  /** How many components there are: what was asked for, or as many as the data have. */
  count: number;
  /** How many examples they were taken of. */
  used: number;
  mean: Float64Array;
  /** [count, size]: orthonormal, by falling variance; of each the largest entry is positive. */
  components: Float64Array;
  /** Along each component, over the examples (1/n). */
  variances: Float64Array;
  /** Of the data in all directions. */
  totalVariance: number;
}

type Given = Pick<Examples, 'values' | 'size' | 'count'>;

/** Above so many numbers an example the covariance would take too much memory and time: inner products of examples stand for it. */
const WIDEST = 1024;
/** Then at most so many examples are looked at. */
const MOST_WIDE = 512;
const COLUMNS = 256;

/**
 * @param data bytes stand for 0 … 1. @param most examples that are looked at, taken evenly from all: covariance takes size² operations an example.
 * @throws RangeError where there is no example.
 */
export function principalComponents(data: Given, components: number, most = 20_000): Pca {
  return atOnce(principalComponentsInPieces(data, components, most));
}

/** The same in pieces of a few milliseconds. */
export function* principalComponentsInPieces(data: Given, components: number, most = 20_000): Pieces<Pca> {
  const { size, count } = data;
  if (count === 0) throw new RangeError('There is no example to take principal components of.');
  if (size > WIDEST) return yield* byInnerProducts(data, components, Math.min(count, most, MOST_WIDE));
  const used = Math.min(count, most);
  const { mean, covariance } = yield* momentsOf(data, used);
  const wanted = Math.min(components, size);
  const { values, vectors } = yield* topEigenvectorsInPieces(covariance, size, wanted);
  return { size, count: wanted, used, mean, components: vectors, variances: values.map((value) => Math.max(0, value)), totalVariance: traceOf(covariance, size) };
}

/** The first ones alone: the best of so many. */
export function leading(pca: Pca, count: number): Pca {
  const kept = Math.min(count, pca.count);
  return { ...pca, count: kept, components: pca.components.subarray(0, kept * pca.size), variances: pca.variances.subarray(0, kept) };
}

/** With u an eigenvector of X·Xᵀ/n of eigenvalue λ, Xᵀ·u/√(n·λ) is one of the covariance Xᵀ·X/n, of the same eigenvalue. */
function* byInnerProducts({ values, size, count }: Given, components: number, used: number): Pieces<Pca> {
  const scale = unit(values);
  const rows = new Float64Array(used * size);
  const mean = new Float64Array(size);
  for (let r = 0; r < used; r++) {
    const from = Math.floor((r * count) / used) * size;
    for (let c = 0; c < size; c++) {
      rows[r * size + c] = values[from + c] * scale;
      mean[c] += rows[r * size + c] / used;
    }
    yield;
  }
  for (let i = 0; i < rows.length; i++) rows[i] -= mean[i % size];
  yield;
  const products = new Float64Array(used * used);
  // Of some columns all rows stay in the processor's cache.
  for (let from = 0; from < size; from += COLUMNS) {
    const length = Math.min(COLUMNS, size - from);
    for (let r = 0; r < used; r++) {
      for (let other = 0; other <= r; other++) products[r * used + other] += dot(rows, r * size + from, other * size + from, length) / used;
      if (r % 4 === 3) yield;
    }
  }
  for (let r = 0; r < used; r++) for (let other = 0; other < r; other++) products[other * used + r] = products[r * used + other];
  const total = traceOf(products, used);
  const { values: variances, vectors } = yield* topEigenvectorsInPieces(products, used, Math.min(components, used, size));
  // In directions without variance there is nothing to find, and nothing to gain.
  let found = 0;
  while (found < variances.length && variances[found] > total * 1e-12) found++;
  const out = new Float64Array(found * size);
  for (let k = 0; k < found; k++) {
    const direction = out.subarray(k * size, (k + 1) * size);
    const length = Math.sqrt(used * variances[k]);
    for (let r = 0; r < used; r++) {
      const weight = vectors[k * used + r] / length;
      for (let c = 0, at = r * size; c < size; c++, at++) direction[c] += weight * rows[at];
      if (r % 64 === 63) yield;
    }
    pointUp(direction);
    yield;
  }
  return { size, count: found, used, mean, components: out, variances: variances.slice(0, found), totalVariance: total };
}

/** Of two stretches of one array. Four sums at once: one would wait for each addition. */
function dot(values: Float64Array, a: number, b: number, length: number): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let i = 0;
  for (; i + 3 < length; i += 4) {
    s0 += values[a + i] * values[b + i];
    s1 += values[a + i + 1] * values[b + i + 1];
    s2 += values[a + i + 2] * values[b + i + 2];
    s3 += values[a + i + 3] * values[b + i + 3];
  }
  for (; i < length; i++) s0 += values[a + i] * values[b + i];
  return s0 + s1 + s2 + s3;
}

function pointUp(vector: Float64Array): void {
  const largest = vector.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  if (largest < 0) vector.forEach((value, i) => { vector[i] = -value; });
}

function traceOf(matrix: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += matrix[i * n + i];
  return sum;
}

const unit = (values: Uint8Array | Float32Array): number => (values instanceof Uint8Array ? 1 / 255 : 1);

function* momentsOf({ values, size, count }: Given, used: number): Pieces<{ mean: Float64Array; covariance: Float64Array }> {
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
    yield;
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

/** Mean over the examples of ‖x − x̂‖², x̂ the projection on the components. */
export const squaredError = (pca: Pca, values: Uint8Array | Float32Array, n: number): number => meanSquaredError(values, reconstruct(pca, project(pca, values, n), n), n);

/** Mean over n examples of ‖x − x̂‖². @param values bytes stand for 0 … 1. */
export function meanSquaredError(values: Uint8Array | Float32Array, back: Float32Array, n: number): number {
  const scale = unit(values);
  let sum = 0;
  for (let i = 0; i < back.length; i++) sum += (values[i] * scale - back[i]) ** 2;
  return sum / n;
}
