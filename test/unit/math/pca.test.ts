import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { topEigenvectors } from '../../../core/math/eigen';
import { leading, meanSquaredError, principalComponents, principalComponentsInPieces, project, reconstruct, squaredError } from '../../../core/math/pca';
import { atOnce, forWhile } from '../../../core/math/pieces';
import { createRandom } from '../../../core/math/random';

/** AᵀA + shift·I of a drawn A. */
function symmetric(n: number, seed: number): Float64Array {
  const a = createRandom(seed).normals('a', 0, n * n);
  const out = new Float64Array(n * n);
  for (let r = 0; r < n; r++) for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) out[i * n + j] += (a[r * n + i] * a[r * n + j]) / n;
  return out;
}

function assertEigen(matrix: Float64Array, n: number, count: number, tolerance = 1e-11): Float64Array {
  const { values, vectors } = topEigenvectors(matrix, n, count);
  const size = Math.max(1, ...matrix.map(Math.abs));
  for (let k = 0; k < count; k++) {
    if (k > 0) assert.ok(values[k] <= values[k - 1] + tolerance);
    for (let other = 0; other <= k; other++) {
      let dot = 0;
      for (let i = 0; i < n; i++) dot += vectors[k * n + i] * vectors[other * n + i];
      assert.ok(Math.abs(dot - (k === other ? 1 : 0)) < tolerance, `vectors ${k} and ${other}: ${dot}`);
    }
    for (let i = 0; i < n; i++) {
      let product = 0;
      for (let j = 0; j < n; j++) product += matrix[i * n + j] * vectors[k * n + j];
      assert.ok(Math.abs(product - values[k] * vectors[k * n + i]) < tolerance * size * 10, `vector ${k}, row ${i}: ${product}, not ${values[k] * vectors[k * n + i]}`);
    }
  }
  return values;
}

describe('eigenvectors of symmetric matrices', () => {
  it('A·v = λ·v, and all v orthonormal: random matrices of several sizes, all their vectors', () => {
    for (const n of [1, 2, 3, 10, 57]) assertEigen(symmetric(n, n), n, n);
  });
  it('the sum of all eigenvalues is the trace', () => {
    const matrix = symmetric(20, 3);
    const values = assertEigen(matrix, 20, 20);
    const trace = Array.from({ length: 20 }, (_, i) => matrix[i * 21]).reduce((sum, value) => sum + value);
    assert.ok(Math.abs(values.reduce((sum, value) => sum + value) - trace) < 1e-11);
  });
  it('equal eigenvalues, zeros and blocks', () => {
    const identity = Float64Array.from({ length: 36 }, (_, i) => (i % 7 === 0 ? 2 : 0));
    assert.deepEqual([...assertEigen(identity, 6, 6)].map((value) => Math.round(value * 1e9) / 1e9), [2, 2, 2, 2, 2, 2]);
    assertEigen(new Float64Array(25), 5, 5);
    // Two equal blocks: every eigenvalue twice.
    const block = symmetric(6, 9);
    const twice = new Float64Array(144);
    for (let i = 0; i < 6; i++) for (let j = 0; j < 6; j++) twice[i * 12 + j] = twice[(i + 6) * 12 + j + 6] = block[i * 6 + j];
    assertEigen(twice, 12, 12);
    // Rank one.
    const one = Float64Array.from({ length: 64 }, (_, i) => (1 + (i % 8)) * (1 + Math.floor(i / 8)));
    assert.ok(Math.abs(assertEigen(one, 8, 8)[0] - 204) < 1e-9);
  });
});

describe('principal components', () => {
  const random = createRandom(4);
  const n = 400;
  const raw = random.normals('points', 0, 3 * n);
  // Wide along (3, 4, 0)/5, less along (0, 0, 1), narrow across; far from the origin.
  const values = Float32Array.from({ length: 3 * n }, (_, i) => {
    const [a, b, c] = [3 * raw[3 * Math.floor(i / 3)], 0.2 * raw[3 * Math.floor(i / 3) + 1], raw[3 * Math.floor(i / 3) + 2]];
    return 1000 + [0.6 * a - 0.8 * b, 0.8 * a + 0.6 * b, c][i % 3];
  });
  const data = { values, size: 3, count: n };

  it('finds the directions and their variances', () => {
    const pca = principalComponents(data, 2);
    assert.ok(Math.abs(pca.components[0] - 0.6) < 0.02 && Math.abs(pca.components[1] - 0.8) < 0.02 && pca.components[5] > 0.99);
    assert.ok(Math.abs(pca.variances[0] - 9) < 1.5 && Math.abs(pca.variances[1] - 1) < 0.2);
  });
  it('what is lost is the variance of the directions that were left out', () => {
    for (const k of [0, 1, 2, 3]) {
      const pca = principalComponents(data, k);
      const left = pca.totalVariance - pca.variances.reduce((sum, value) => sum + value, 0);
      assert.ok(Math.abs(squaredError(pca, values, n) - left) < 1e-6 + 1e-5 * left, `${k}: ${squaredError(pca, values, n)}, not ${left}`);
    }
  });
  it('bytes stand for 0 … 1, and all components give back what was given', () => {
    const bytes = Uint8Array.from(random.uniform('bytes', 0, 50 * 12), (u) => (u < 0.5 ? 0 : 255 * u));
    const pca = principalComponents({ values: bytes, size: 12, count: 50 }, 99);
    assert.equal(pca.count, 12);
    const back = reconstruct(pca, project(pca, bytes, 50), 50);
    back.forEach((value, i) => assert.ok(Math.abs(value - bytes[i] / 255) < 1e-6));
  });
  it('the leading ones are those of the full decomposition', () => {
    const bytes = Uint8Array.from(random.uniform('some', 0, 200 * 40), (u) => (u < 0.5 ? 0 : 255 * u));
    const some = { values: bytes, size: 40, count: 200 };
    const [few, all] = [principalComponents(some, 7), principalComponents(some, 40)];
    assert.ok(Math.abs(all.variances.reduce((sum, value) => sum + value, 0) - all.totalVariance) < 1e-9);
    few.components.forEach((value, i) => assert.ok(Math.abs(value - all.components[i]) < 1e-6, `entry ${i}`));
    assert.ok(Math.abs(squaredError(few, bytes, 200) - squaredError(leading(all, 7), bytes, 200)) < 1e-6);
    assert.equal(leading(few, 99).count, 7);
    // Without components the mean remains.
    assert.ok(Math.abs(squaredError(leading(few, 0), bytes, 200) - few.totalVariance) < 1e-5);
    assert.equal(meanSquaredError(Uint8Array.of(255, 0, 0, 255), Float32Array.of(0, 0, 0, 1), 2), 0.5);
  });
  it('wide examples, by their inner products: the same directions, variances and errors', () => {
    // 1030 numbers of which 1000 are always 0: the covariance of the other 30 is small enough to be decomposed itself.
    const [narrow, wide, n] = [30, 1030, 60];
    const raw30 = Uint8Array.from(random.uniform('wide', 0, n * narrow), (u) => 255 * u * u);
    const spread = new Uint8Array(n * wide);
    for (let r = 0; r < n; r++) for (let c = 0; c < narrow; c++) spread[r * wide + 34 * c + 5] = raw30[r * narrow + c];
    const [want, got] = [principalComponents({ values: raw30, size: narrow, count: n }, 12), principalComponents({ values: spread, size: wide, count: n }, 12)];
    assert.equal(got.count, 12);
    assert.ok(Math.abs(got.totalVariance - want.totalVariance) < 1e-9);
    for (let k = 0; k < 12; k++) {
      assert.ok(Math.abs(got.variances[k] - want.variances[k]) < 1e-9);
      for (let c = 0; c < narrow; c++) assert.ok(Math.abs(got.components[k * wide + 34 * c + 5] - want.components[k * narrow + c]) < 1e-6, `${k}, ${c}`);
    }
    assert.ok(Math.abs(squaredError(got, spread, n) - squaredError(want, raw30, n)) < 1e-6);
    // Three examples span two directions.
    assert.equal(principalComponents({ values: spread, size: wide, count: 3 }, 12).count, 2);
  });
  it('in pieces it is the same, and no piece is long', () => {
    const values784 = Uint8Array.from(random.uniform('pieces', 0, 300 * 784), (u) => (u < 0.8 ? 0 : 255 * u));
    const images = { values: values784, size: 784, count: 300 };
    let pieces = 0;
    // A clock that goes on by 1 whenever it is read.
    let time = 0;
    const work = principalComponentsInPieces(images, 5);
    let found = forWhile(work, 10, () => time++);
    for (; !found; pieces++) found = forWhile(work, 10, () => time++);
    assert.ok(pieces > 100, `${pieces} pieces`);
    assert.deepEqual(found.value, atOnce(principalComponentsInPieces(images, 5)));
  });
  it('784 pixels take seconds, not minutes', () => {
    const images = { values: Uint8Array.from(random.uniform('images', 0, 2000 * 784), (u) => (u < 0.8 ? 0 : 255 * u)), size: 784, count: 2000 };
    const from = process.cpuUsage();
    const pca = principalComponents(images, 20);
    // The processor's time: the machine may be shared.
    const took = process.cpuUsage(from).user / 1000;
    assert.ok(took < 4000, `${took} ms`);
    console.log(`784 × 784, 20 components of 2000 images: ${Math.round(took)} ms`);
    assert.ok(pca.variances[19] > 0);
  });
});
