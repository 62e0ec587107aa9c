import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { CHECKERBOARD_CENTRES, CHECKERBOARD_SIDE, DATASETS, datasetOf, drawDataset, type DatasetId } from '../../../core/math/datasets';
import { normalCdf, truncatedNormal } from '../../../core/math/gaussian';
import { createRandom } from '../../../core/math/random';
import { centresOf, exactNoise, exactScore, logDensity, MAX_CENTRES } from '../../../core/math/score';

const LEVELS = [0.03, 0.4, 0.8, 0.98];
const grid = (side: number, reach: number): Float32Array =>
  Float32Array.from({ length: 2 * side * side }, (_, i) => reach * ((2 * ((i >> 1) % side)) / (side - 1) - 1) * (i % 2 === 0 ? 1 : 0) + (i % 2 ? reach * ((2 * Math.floor((i >> 1) / side)) / (side - 1) - 1) : 0));

type LogDensity = (alphaBar: number, x: Float64Array) => Float64Array;

/** Log densities from the definitions, by other means than the posterior means: finely placed points, and the closed form of the board. */
const DENSITIES: Partial<Record<DatasetId, LogDensity>> = {
  moons: alongCurve('moons', [0.25, 0.75].flatMap((u) => middles(500).map((v) => [u, v] as const))),
  gaussians8: alongCurve('gaussians8', middles(8).map((u) => [u, 0.5] as const)),
  'swiss-roll': alongCurve('swiss-roll', middles(1500).map((u) => [u, 0.5] as const)),
  checkerboard: (alphaBar, x) => {
    const { std } = datasetOf('checkerboard');
    const [a, s] = [Math.sqrt(alphaBar), Math.sqrt(1 - alphaBar)];
    const share = (value: number, centre: number, axis: number): number => {
      const [low, high] = [-1, 1].map((side) => (a * (centre + (side * CHECKERBOARD_SIDE) / 2)) / std[axis]);
      // In the nearer tail, where no digits are lost.
      const [from, to] = [(low - value) / s, (high - value) / s];
      return from > 0 ? normalCdf(-from) - normalCdf(-to) : normalCdf(to) - normalCdf(from);
    };
    return Float64Array.from({ length: x.length / 2 }, (_, i) => Math.log(CHECKERBOARD_CENTRES.reduce((sum, [cx, cy]) => sum + share(x[2 * i], cx, 0) * share(x[2 * i + 1], cy, 1), 0)));
  },
};

function middles(n: number): number[] {
  return Array.from({ length: n }, (_, i) => (i + 0.5) / n);
}

function alongCurve(id: DatasetId, shares: readonly (readonly [number, number])[]): LogDensity {
  const { mean, std, noise, place } = datasetOf(id);
  const centres = shares.flatMap(([u, v]) => place(u, v).map((value, axis) => (value - mean[axis]) / std[axis]));
  return (alphaBar, x) => logDensity(centres, [(noise / std[0]) ** 2, (noise / std[1]) ** 2], alphaBar, x);
}

/** Central differences of the log density against the score, at float32 points. */
function checkGradient(log: LogDensity, source: DatasetId | Float32Array, alphaBar: number, x: Float32Array, tolerance: number): void {
  const score = exactScore(source, alphaBar, x);
  const step = 1e-4 * Math.sqrt(1 - alphaBar);
  for (const axis of [0, 1]) {
    const shifted = [1, -1].map((sign) => log(alphaBar, Float64Array.from(x, (value, i) => (i % 2 === axis ? value + sign * step : value))));
    for (let i = 0; i < x.length / 2; i++) {
      const slope = (shifted[0][i] - shifted[1][i]) / (2 * step);
      const got = score[2 * i + axis];
      assert.ok(Math.abs(got - slope) <= tolerance * Math.max(1, Math.abs(slope)), `ᾱ = ${alphaBar}, (${x[2 * i]}, ${x[2 * i + 1]}), axis ${axis}: ${got}, slope of the log density ${slope}`);
    }
  }
}

describe('the exact score', () => {
  for (const [id, log] of Object.entries(DENSITIES) as [DatasetId, LogDensity][]) {
    it(`${id}: is the gradient of the log density`, () => {
      // Where the data are: far from them the ideal denoiser's own, coarser points along the curve begin to show.
      const [x0, noise] = [drawDataset(id, 12, 7), createRandom(8).normals('noise', 0, 24)];
      for (const alphaBar of LEVELS) checkGradient(log, id, alphaBar, x0.map((value, i) => Math.sqrt(alphaBar) * value + Math.sqrt(1 - alphaBar) * noise[i]), 2e-2);
    });
  }

  it('own points: is the gradient of the log density', () => {
    const points = drawDataset('moons', 300, 4);
    for (const alphaBar of [0.001, ...LEVELS, 0.9999]) checkGradient((a, x) => logDensity(points, [0, 0], a, x), points, alphaBar, grid(5, 2), 1e-4);
  });

  it('own points: a fine grid of them is as the uniform square, whose posterior mean is known', () => {
    const side = 44;
    const end = Math.sqrt(3);
    const points = grid(side, end * (1 - 1 / side));
    const x = grid(5, 2);
    for (const alphaBar of [0.05, 0.3, 0.7]) {
      const [a, s] = [Math.sqrt(alphaBar), Math.sqrt(1 - alphaBar)];
      exactNoise(points, alphaBar, x).forEach((value, i) => {
        const expected = (x[i] - a * truncatedNormal(x[i] / a, s / a, -end, end).mean) / s;
        assert.ok(Math.abs(value - expected) < 3e-3, `ᾱ = ${alphaBar}: ${value} at ${x[i]}, not ${expected}`);
      });
    }
  });

  it('own points: two of them by hand', () => {
    const alphaBar = 0.36;
    const [x, y] = [0.3, -0.2];
    // Centres ±0.6, 0 with σ = 0.8: the right one has the share 1/(1 + exp(−2 · 0.3 · 0.6/0.64)).
    const right = 1 / (1 + Math.exp((-2 * 0.3 * 0.6) / 0.64));
    const [ex, ey] = exactNoise(Float32Array.of(1, 0, -1, 0), alphaBar, Float32Array.of(x, y));
    assert.ok(Math.abs(ex - (x - 0.6 * (2 * right - 1)) / 0.8) < 1e-6);
    assert.ok(Math.abs(ey - y / 0.8) < 1e-6);
  });

  it('is x itself without signal, and finite at both ends and far outside', () => {
    const own = drawDataset('swiss-roll', 50, 1);
    const x = Float32Array.of(0, 0, 3, -3, -30, 25, 0.1, 8);
    const mean = [0, 1].map((axis) => own.reduce((sum, value, i) => (i % 2 === axis ? sum + value / 50 : sum), 0));
    for (const source of [...DATASETS.map(({ id }) => id), own]) {
      const name = typeof source === 'string' ? source : 'own points';
      for (const alphaBar of [0, 1e-300, 1e-60, 1e-12, 1e-10, 1e-9, 0.5, 1 - 1e-6, 1 - 1e-12, 1]) {
        const eps = exactNoise(source, alphaBar, x);
        assert.ok(eps.every(Number.isFinite), `${name}, ᾱ = ${alphaBar}: ${eps}`);
        if (alphaBar <= 1e-9) eps.forEach((value, i) => assert.ok(Math.abs(value - x[i]) <= 2e-4, `${name}, ᾱ = ${alphaBar}: ${value} for ${x[i]}`));
      }
    }
    // Own points need not have mean 0: without signal x is all there is.
    assert.deepEqual(exactNoise(own.map((value, i) => value - mean[i % 2] + 5), 0, x), x);
  });

  it('nothing jumps where the small-signal form takes over', () => {
    const x = grid(6, 2.5);
    for (const { id } of DATASETS) {
      const [below, above] = [0.99e-10, 1.01e-10].map((alphaBar) => exactNoise(id, alphaBar, x));
      below.forEach((value, i) => assert.ok(Math.abs(value - above[i]) < 1e-5, `${id}: ${value} and ${above[i]}`));
    }
  });

  it('is what the noise is on average: E|ε − ε*|² is below E|ε|², and ε* has its mean square', () => {
    // ε* is the projection of ε on functions of x, so E ε·ε* = E |ε*|².
    const n = 4000;
    for (const id of ['moons', 'checkerboard'] as const) {
      const x0 = drawDataset(id, n, 5);
      const noise = createRandom(6).normals('noise', 0, 2 * n);
      const xt = x0.map((value, i) => Math.sqrt(0.5) * (value + noise[i]));
      const eps = exactNoise(id, 0.5, xt);
      const [dot, square] = eps.reduce(([d, s], value, i) => [d + (value * noise[i]) / n, s + value ** 2 / n], [0, 0]);
      assert.ok(Math.abs(dot - square) < 0.06, `${id}: ${dot} and ${square}`);
      assert.ok(square > 0.3 && square < 2);
    }
  });

  it('of many own points takes evenly spaced ones, at most MAX_CENTRES', () => {
    const many = drawDataset('moons', 5001, 3);
    const centres = centresOf(many);
    assert.equal(centres.length, 2 * MAX_CENTRES);
    assert.deepEqual(centres.subarray(2, 4), many.subarray(4, 6));
    assert.deepEqual(centres.subarray(-2), many.subarray(2 * 4998, 2 * 4999));
    assert.deepEqual(exactNoise(many, 0.7, grid(4, 2)), exactNoise(centres, 0.7, grid(4, 2)));
    assert.equal(centresOf(centres), centres);
  });

  it('refuses what has no meaning', () => {
    assert.throws(() => exactNoise('moons', 1.1, grid(2, 1)), /ᾱ is 1\.1/);
    assert.throws(() => exactNoise('moons', NaN, grid(2, 1)), /ᾱ is NaN/);
    assert.throws(() => exactNoise('moons', 0.5, new Float32Array(3)), /pairs of x and y; there are 3/);
    assert.throws(() => exactNoise(new Float32Array(), 0.5, grid(2, 1)), /at least one point/);
    assert.throws(() => logDensity([], [0, 0], 0.5, [0, 0]), /at least one centre/);
  });
});
