/**
 * Largest eigenvalues of a symmetric matrix with their eigenvectors: Householder's reduction to tridiagonal form, bisection by Sturm's counts, inverse iteration, and the reflections backwards (Golub & Van
 * Loan 2013, sections 8.3 and 8.4). Eigenvectors of the whole matrix are not made, so that 784 × 784 takes about a second.
 */
import { atOnce, type Pieces } from './pieces';

interface Tridiagonal {
  diagonal: Float64Array;
  /** Between i and i + 1. */
  off: Float64Array;
  /** [n, n]: reflection k is I − v·vᵀ, with v in row k from column k + 1 on; 0 where none was needed. */
  reflections: Float64Array;
}

export interface Eigen {
  /** By falling value. */
  values: Float64Array;
  /** [count, n], orthonormal; of each the largest entry is positive. */
  vectors: Float64Array;
}

/** @param matrix [n, n], symmetric; left as it is. @param count at most n. */
export function topEigenvectors(matrix: Float64Array, n: number, count: number): Eigen {
  return atOnce(topEigenvectorsInPieces(matrix, n, count));
}

/** The same in pieces of a few milliseconds for n up to a thousand. */
export function* topEigenvectorsInPieces(matrix: Float64Array, n: number, count: number): Pieces<Eigen> {
  const tridiagonal = yield* reduce(matrix, n);
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    values[i] = eigenvalue(tridiagonal, n, i);
    yield;
  }
  const vectors = new Float64Array(count * n);
  for (let i = 0; i < count; i++) {
    const vector = vectors.subarray(i * n, (i + 1) * n);
    inverseIteration(tridiagonal, n, values[i], vectors.subarray(0, i * n), vector);
    yield;
  }
  for (let i = 0; i < count; i++) {
    yield;
    const vector = vectors.subarray(i * n, (i + 1) * n);
    reflectBack(tridiagonal, n, vector);
    const largest = vector.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
    if (largest < 0) vector.forEach((value, c) => { vector[c] = -value; });
  }
  return { values, vectors };
}

function* reduce(matrix: Float64Array, n: number): Pieces<Tridiagonal> {
  const a = matrix.slice();
  const reflections = new Float64Array(n * n);
  const off = new Float64Array(Math.max(0, n - 1));
  const p = new Float64Array(n);
  for (let k = 0; k < n - 1; k++) {
    yield;
    const row = a.subarray(k * n, (k + 1) * n);
    let norm = 0;
    for (let j = k + 1; j < n; j++) norm = Math.hypot(norm, row[j]);
    let rest = 0;
    for (let j = k + 2; j < n; j++) rest = Math.max(rest, Math.abs(row[j]));
    if (rest === 0) {
      off[k] = row[k + 1];
      continue;
    }
    // v ∝ x + sign(x₁)·‖x‖·e₁, of length √2.
    const alpha = row[k + 1] > 0 ? -norm : norm;
    const v = reflections.subarray(k * n, (k + 1) * n);
    const scale = Math.sqrt(norm * (norm + Math.abs(row[k + 1])));
    for (let j = k + 1; j < n; j++) v[j] = (j === k + 1 ? row[j] - alpha : row[j]) / scale;
    off[k] = alpha;
    // A ← A − v·wᵀ − w·vᵀ, w = A·v − ½(vᵀA·v)·v
    let dot = 0;
    for (let i = k + 1; i < n; i++) {
      let sum = 0;
      for (let j = k + 1, at = i * n + k + 1; j < n; j++, at++) sum += a[at] * v[j];
      p[i] = sum;
      dot += sum * v[i];
    }
    for (let i = k + 1; i < n; i++) p[i] -= (dot / 2) * v[i];
    for (let i = k + 1; i < n; i++) {
      const [vi, wi] = [v[i], p[i]];
      for (let j = k + 1, at = i * n + k + 1; j < n; j++, at++) a[at] -= vi * p[j] + wi * v[j];
    }
  }
  return { diagonal: Float64Array.from({ length: n }, (_, i) => a[i * n + i]), off, reflections };
}

/** How many eigenvalues are greater than x: Sturm's count of the signs of the pivots. */
function above({ diagonal, off }: Tridiagonal, n: number, x: number): number {
  let count = 0;
  let pivot = 1;
  for (let i = 0; i < n; i++) {
    pivot = diagonal[i] - x - (i === 0 ? 0 : (off[i - 1] * off[i - 1]) / pivot);
    if (pivot === 0) pivot = -Number.MIN_VALUE * 2 ** 60;
    if (pivot > 0) count++;
  }
  return count;
}

/** The eigenvalue that `index` others are greater than, by bisection to the last digit that matters. */
function eigenvalue(tridiagonal: Tridiagonal, n: number, index: number): number {
  const { diagonal, off } = tridiagonal;
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < n; i++) {
    const radius = Math.abs(off[i - 1] ?? 0) + Math.abs(off[i] ?? 0);
    low = Math.min(low, diagonal[i] - radius);
    high = Math.max(high, diagonal[i] + radius);
  }
  const small = Number.EPSILON * Math.max(Math.abs(low), Math.abs(high));
  low -= small;
  high += small;
  while (high - low > small) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (above(tridiagonal, n, middle) > index) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Solves (T − λ)·x = b a few times, each time apart from the eigenvectors that are there: so equal eigenvalues get vectors of their own. */
function inverseIteration(tridiagonal: Tridiagonal, n: number, value: number, others: Float64Array, out: Float64Array): void {
  // No symmetry that an eigenvector could have.
  for (let i = 0; i < n; i++) out[i] = Math.sin(1 + i * 1.618 + others.length / n);
  for (let round = 0; round < 4; round++) {
    orthonormalise(others, n, out);
    solve(tridiagonal, n, value, out);
    // Twice: the first leaves rounding errors as large as what was taken away.
    orthonormalise(others, n, out);
    orthonormalise(others, n, out);
  }
}

function orthonormalise(others: Float64Array, n: number, vector: Float64Array): void {
  let norm = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  for (let i = 0; i < n; i++) vector[i] /= norm;
  for (let from = 0; from < others.length; from += n) {
    let dot = 0;
    for (let i = 0; i < n; i++) dot += vector[i] * others[from + i];
    for (let i = 0; i < n; i++) vector[i] -= dot * others[from + i];
  }
  norm = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  for (let i = 0; i < n; i++) vector[i] /= norm;
}

/** Gaussian elimination with exchange of neighbouring rows; a pivot of 0 becomes tiny, which is what makes the solution an eigenvector. */
function solve({ diagonal, off }: Tridiagonal, n: number, value: number, b: Float64Array): void {
  const size = diagonal.reduce((most, entry, i) => Math.max(most, Math.abs(entry), Math.abs(off[i] ?? 0)), 0) || 1;
  const tiny = Number.EPSILON * size;
  // Rows of the upper triangle: at most three entries.
  const [u0, u1, u2] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  let [d, e] = [diagonal[0] - value, off[0] ?? 0];
  for (let i = 0; i < n - 1; i++) {
    const below = off[i];
    const [nextD, nextE] = [diagonal[i + 1] - value, off[i + 1] ?? 0];
    if (Math.abs(d) >= Math.abs(below)) {
      const pivot = d === 0 ? tiny : d;
      const factor = below / pivot;
      [u0[i], u1[i], u2[i]] = [pivot, e, 0];
      d = nextD - factor * e;
      e = nextE;
      b[i + 1] -= factor * b[i];
    } else {
      const factor = d / below;
      [u0[i], u1[i], u2[i]] = [below, nextD, nextE];
      [d, e] = [e - factor * nextD, -factor * nextE];
      [b[i], b[i + 1]] = [b[i + 1], b[i] - factor * b[i + 1]];
    }
  }
  u0[n - 1] = d;
  for (let i = n - 1; i >= 0; i--) {
    const pivot = Math.abs(u0[i]) < tiny ? tiny : u0[i];
    b[i] = (b[i] - (i + 1 < n ? u1[i] * b[i + 1] : 0) - (i + 2 < n ? u2[i] * b[i + 2] : 0)) / pivot;
  }
}

/** From the tridiagonal matrix' coordinates to the matrix' own. */
function reflectBack({ reflections }: Tridiagonal, n: number, vector: Float64Array): void {
  for (let k = n - 2; k >= 0; k--) {
    const v = reflections.subarray(k * n, (k + 1) * n);
    let dot = 0;
    for (let j = k + 1; j < n; j++) dot += v[j] * vector[j];
    if (dot === 0) continue;
    for (let j = k + 1; j < n; j++) vector[j] -= dot * v[j];
  }
}
