import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { DATASETS, drawDataset, type DatasetId } from '../../../core/math/datasets';
import { drawFrom, HELD_OUT, heldOutDraw, mmd, MMD_BANDWIDTHS, realBaseline, slicedWasserstein, yardstickOf } from '../../../core/math/metrics';
import { createRandom } from '../../../core/math/random';

describe('sliced Wasserstein', () => {
  const a = createRandom(1).normals('a', 0, 2000);

  it('is zero for the same points in another order, and symmetric', () => {
    const reversed = Float32Array.from({ length: a.length }, (_, i) => a[a.length - 2 - (i - (i % 2)) + (i % 2)]);
    assert.ok(slicedWasserstein(a, reversed) < 1e-6);
    const b = createRandom(1).normals('b', 0, 2000);
    assert.equal(slicedWasserstein(a, b), slicedWasserstein(b, a));
  });

  it('of a shifted cloud is the shift seen by the directions: |d|/√2', () => {
    const [dx, dy] = [0.75, -0.5];
    const shifted = a.map((value, i) => value + (i % 2 === 0 ? dx : dy));
    // Exact per direction, (d·θ)²; the mean of cos² over many directions is ½.
    const expected = Math.hypot(dx, dy) / Math.SQRT2;
    assert.ok(Math.abs(slicedWasserstein(a, shifted, { projections: 20_000 }) - expected) < 5e-3);
    const angles = createRandom(0).uniform('metrics/directions', 0, 256);
    const exact = Math.sqrt(angles.reduce((sum, u) => sum + (dx * Math.cos(2 * Math.PI * u) + dy * Math.sin(2 * Math.PI * u)) ** 2, 0) / 256);
    assert.ok(Math.abs(slicedWasserstein(a, shifted) - exact) < 1e-6);
  });

  it('of two Gaussians is the closed form', () => {
    // Along θ: N(0, 1) against N(0, 4 cos² + ¼ sin²), W2 = |1 − σ(θ)|.
    const n = 200_000;
    const left = createRandom(5).normals('left', 0, 2 * n);
    const right = createRandom(5).normals('right', 0, 2 * n).map((value, i) => value * (i % 2 === 0 ? 2 : 0.5));
    const angles = createRandom(3).uniform('metrics/directions', 0, 32);
    const exact = Math.sqrt(angles.reduce((sum, u) => sum + (1 - Math.hypot(2 * Math.cos(2 * Math.PI * u), 0.5 * Math.sin(2 * Math.PI * u))) ** 2, 0) / 32);
    assert.ok(Math.abs(slicedWasserstein(left, right, { projections: 32, seed: 3 }) - exact) < 0.01);
  });

  it('takes clouds of unequal size: repeated points, and a case by hand', () => {
    const b = createRandom(2).normals('b', 0, 3000);
    const twice = Float32Array.from([...b, ...b]);
    const thrice = Float32Array.from([...a, ...a, ...a]);
    assert.ok(Math.abs(slicedWasserstein(a, b) - slicedWasserstein(thrice, twice)) < 1e-6);
    // On the x axis {0} against {1, 2, 6}: (1 + 4 + 36)/3 along x, times cos².
    const angles = createRandom(0).uniform('metrics/directions', 0, 256);
    const cos2 = angles.reduce((sum, u) => sum + Math.cos(2 * Math.PI * u) ** 2, 0) / 256;
    const got = slicedWasserstein(Float32Array.of(0, 0), Float32Array.of(2, 0, 6, 0, 1, 0));
    assert.ok(Math.abs(got - Math.sqrt((41 / 3) * cos2)) < 1e-5);
  });

  it('agrees with sorting by comparison, with negative numbers, zeros and denormals among them', () => {
    const odd = Float32Array.of(-0, 0, 1e-42, -1e-42, -5, 5, 1e30, -1e30, -1, 1, 0.5, -0.5);
    const other = Float32Array.from(odd, (value, i) => value + i);
    const angles = createRandom(0).uniform('metrics/directions', 0, 256);
    let sum = 0;
    for (const u of angles) {
      const [p, q] = [odd, other].map((cloud) => {
        const projected = new Float32Array(6).map((_, i) => cloud[2 * i] * Math.cos(2 * Math.PI * u) + cloud[2 * i + 1] * Math.sin(2 * Math.PI * u));
        return [...projected].sort((x, y) => x - y);
      });
      sum += p.reduce((total, value, i) => total + (value - q[i]) ** 2, 0) / 6;
    }
    const expected = Math.sqrt(sum / 256);
    assert.ok(Math.abs(slicedWasserstein(odd, other) - expected) <= 1e-9 * expected);
  });

  it('refuses what is no cloud', () => {
    assert.throws(() => slicedWasserstein(new Float32Array(0), a), /first cloud has 0 numbers/);
    assert.throws(() => slicedWasserstein(a, new Float32Array(3)), /second cloud has 3 numbers/);
    assert.throws(() => slicedWasserstein(a, Float32Array.of(0, 0, 1, NaN)), /second cloud holds NaN at point 1/);
  });
});

describe('maximum mean discrepancy', () => {
  it('of two single points is the closed form', () => {
    const kernel = MMD_BANDWIDTHS.reduce((sum, width) => sum + Math.exp(-0.25 / (2 * width ** 2)), 0) / MMD_BANDWIDTHS.length;
    assert.ok(Math.abs(mmd(Float32Array.of(0, 0), Float32Array.of(0.3, 0.4)) - Math.sqrt(2 - 2 * kernel)) < 1e-6);
  });

  it('of two shifted Gaussians comes near the closed form, and looks at 2,000 points only', () => {
    const left = createRandom(8).normals('left', 0, 4000);
    const right = createRandom(8).normals('right', 0, 4000).map((value, i) => value + (i % 2 === 0 ? 1 : 0));
    // E k for a difference N(μ, 2I): σ²/(σ² + 2) · exp(−|μ|²/(2(σ² + 2))).
    const expectation = (shift: number) =>
      MMD_BANDWIDTHS.reduce((sum, width) => sum + (width ** 2 / (width ** 2 + 2)) * Math.exp(-(shift ** 2) / (2 * (width ** 2 + 2))), 0) / MMD_BANDWIDTHS.length;
    assert.ok(Math.abs(mmd(left, right) - Math.sqrt(2 * expectation(0) - 2 * expectation(1))) < 0.02);
    const longer = Float32Array.from([...left, ...new Float32Array(500).fill(9)]);
    assert.equal(mmd(longer, right), mmd(left, right));
  });

  it('of a cloud with itself is zero', () => {
    const a = createRandom(8).normals('left', 0, 1000);
    assert.ok(mmd(a, a.slice()) < 1e-6);
  });
});

describe('the bar of the stand-in networks', () => {
  for (const { id } of DATASETS) {
    it(`${id}: a moment-matched Gaussian and a uniform square both exceed twice the real value`, () => {
      const real = realBaseline(id, HELD_OUT, 5, 1);
      const heldOut = drawDataset(id, HELD_OUT, 1, 1);
      for (const [name, control] of [['Gaussian', gaussian(id)], ['square', square()]] as const) {
        const distance = slicedWasserstein(control, heldOut);
        assert.ok(distance > 2.2 * real.slicedWasserstein, `${name}: ${distance} against ${real.slicedWasserstein}`);
        assert.ok(mmd(control, heldOut) > 2 * real.mmd, `${name}: MMD ${mmd(control, heldOut)} against ${real.mmd}`);
      }
      const draw = slicedWasserstein(drawDataset(id, HELD_OUT, 2), heldOut);
      assert.ok(draw < 2 * real.slicedWasserstein, `a real draw: ${draw} against ${real.slicedWasserstein}`);
    });
  }

  it('the baseline is the mean over its pairs and depends on the seed only', () => {
    const one = realBaseline('moons', 500, 1, 4);
    assert.deepEqual(one, realBaseline('moons', 500, 1, 4));
    assert.notDeepEqual(one, realBaseline('moons', 500, 1, 5));
    const drawn = drawDataset('moons', 500, 4, 1000);
    assert.equal(one.slicedWasserstein, slicedWasserstein(drawn, drawDataset('moons', HELD_OUT, 4, 1001), { seed: 4 }));
  });
});

describe('yardsticks', () => {
  const own = drawDataset('moons', 700, 11);
  const key = (cloud: Float32Array, i: number) => `${cloud[2 * i]},${cloud[2 * i + 1]}`;
  const known = new Set(Array.from({ length: 700 }, (_, i) => key(own, i)));

  it('draws own points with replacement, each as often as the others', () => {
    const n = 70_000;
    const drawn = drawFrom(own, n, 1);
    const counts = new Map<string, number>();
    for (let i = 0; i < n; i++) counts.set(key(drawn, i), (counts.get(key(drawn, i)) ?? 0) + 1);
    assert.ok([...counts.keys()].every((point) => known.has(point)));
    assert.equal(counts.size, 700);
    // χ² with 699 degrees of freedom: 699 ± 5 · √1398.
    const chi = [...counts.values()].reduce((sum, count) => sum + (count - 100) ** 2 / 100, 0);
    assert.ok(Math.abs(chi - 699) < 187, `χ² = ${chi}`);
  });

  it('draws are the same for seed and stream, others otherwise', () => {
    assert.deepEqual(drawFrom(own, 50, 1, 2), drawFrom(own, 50, 1, 2));
    assert.deepEqual(drawFrom(own, 50, 1, 2), drawFrom(own, 80, 1, 2).subarray(0, 100));
    assert.notDeepEqual(drawFrom(own, 50, 1, 2), drawFrom(own, 50, 1, 3));
    assert.notDeepEqual(drawFrom(own, 50, 1, 2), drawFrom(own, 50, 2, 2));
    assert.deepEqual(drawFrom('moons', 50, 1, 2), drawDataset('moons', 50, 1, 2));
    assert.throws(() => drawFrom(new Float32Array(), 5, 0), /at least one point/);
  });

  for (const [name, source] of [['a data set', 'moons'], ['own points', own]] as const) {
    it(`${name}: a real draw is near the baseline, a square is not`, () => {
      const yardstick = yardstickOf(source);
      assert.deepEqual(yardstick.heldOut, heldOutDraw(source));
      assert.equal(yardstick.heldOut.length, 2 * HELD_OUT);
      const real = yardstick.baseline(1000, 2);
      const [draw, control] = [yardstick.measure(drawFrom(source, 1000, 77)), yardstick.measure(square())];
      assert.ok(draw.slicedWasserstein < 2 * real.slicedWasserstein && draw.mmd < 2 * real.mmd, JSON.stringify({ draw, real }));
      assert.ok(control.slicedWasserstein > 3 * real.slicedWasserstein && control.mmd > 2 * real.mmd, JSON.stringify({ control, real }));
    });
  }

  it('a baseline is worked out once for each n and number of pairs, and cannot be spoilt', () => {
    const yardstick = yardstickOf(own);
    const first = yardstick.baseline(300, 1);
    assert.deepEqual(first, realBaseline(own, 300, 1));
    const before = performance.now();
    first.mmd = 99;
    const again = yardstick.baseline(300, 1);
    assert.ok(performance.now() - before < 5, 'it was worked out again');
    assert.notEqual(again.mmd, 99);
    assert.notDeepEqual(yardstick.baseline(301, 1), again);
    assert.equal(yardstick.baseline(300, 1).mmd, again.mmd);
  });
});

/** The Gaussian with the covariance of a large real draw: matched in every second moment, the correlation too. */
function gaussian(id: DatasetId): Float32Array {
  const data = drawDataset(id, 100_000, 9);
  let correlation = 0;
  for (let i = 0; i < data.length; i += 2) correlation += (data[i] * data[i + 1]) / (data.length / 2);
  const z = createRandom(6).normals('control', 0, 2 * HELD_OUT);
  return z.map((value, i) => (i % 2 === 0 ? value : correlation * z[i - 1] + Math.sqrt(1 - correlation ** 2) * value));
}

/** Uniform on the square of unit variance per axis. */
function square(): Float32Array {
  return Float32Array.from(createRandom(6).uniform('control', 0, 2 * HELD_OUT), (u) => Math.sqrt(12) * (u - 0.5));
}
