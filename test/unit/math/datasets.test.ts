import { test } from 'node:test';
import assert from 'node:assert/strict';
import { DATASETS, datasetOf, drawDataset, type DatasetId } from '../../../core/math/datasets';

const N = 200_000;

for (const { id, mean, std, noise } of DATASETS) {
  test(`${id}: zero mean and unit variance per axis`, () => {
    const points = drawDataset(id, N, 1);
    for (const axis of [0, 1]) {
      let sum = 0;
      let squares = 0;
      let fourths = 0;
      for (let i = axis; i < points.length; i += 2) {
        sum += points[i] / N;
        squares += points[i] ** 2 / N;
        fourths += points[i] ** 4 / N;
      }
      assert.ok(Math.abs(sum) < 5 / Math.sqrt(N), `mean of axis ${axis}: ${sum}`);
      assert.ok(Math.abs(squares - 1) < 5 * Math.sqrt((fourths - 1) / N), `variance of axis ${axis}: ${squares}`);
    }
  });

  test(`${id}: a draw is its seed and stream, and a prefix of a longer one`, () => {
    const points = drawDataset(id, 100, 7);
    assert.deepEqual(points, drawDataset(id, 1000, 7).slice(0, 200));
    assert.notDeepEqual(points, drawDataset(id, 100, 8));
    assert.notDeepEqual(points, drawDataset(id, 100, 7, 1));
  });

  test(`${id}: the definition names its noise level`, () => {
    const { definition } = datasetOf(id);
    assert.ok(noise === 0 ? definition.includes('no noise') : definition.includes(`σ = ${noise}`), definition);
  });

  test(`${id}: points lie where the formula says`, () => {
    const points = drawDataset(id, 20_000, 3);
    let worst = 0;
    for (let i = 0; i < points.length; i += 2) {
      worst = Math.max(worst, distance(id, points[i] * std[0] + mean[0], points[i + 1] * std[1] + mean[1]));
    }
    // Of 20,000 Gaussian offsets the largest lies near √(2 ln 20,000) σ = 4.5 σ; 1e-5 is float32.
    assert.ok(worst < 6 * noise + 1e-5, `farthest point is off by ${worst}`);
    assert.ok(noise === 0 || worst > 3 * noise, `the noise is missing: ${worst}`);
  });
}

test('an unknown data set is an error that lists the known ones', () => {
  assert.throws(() => datasetOf('spiral'), /"spiral".*moons.*checkerboard/);
});

/** Distance of a point in the definition's coordinates to its noiseless set, from the geometry and not from `place`. */
function distance(id: DatasetId, x: number, y: number): number {
  switch (id) {
    case 'moons':
      return Math.min(toArc(x, y, 0, 0, 1), toArc(x, y, 0.5, 0.25, -1));
    case 'gaussians8':
      return Math.min(...Array.from({ length: 8 }, (_, k) => Math.hypot(x - Math.cos((k * Math.PI) / 4), y - Math.sin((k * Math.PI) / 4))));
    case 'swiss-roll': {
      let best = Infinity;
      for (let t = 1.25 * Math.PI; t <= 3.75 * Math.PI; t += 0.02) best = Math.min(best, Math.hypot(x - t * Math.cos(t), y - t * Math.sin(t)));
      return best;
    }
    case 'checkerboard': {
      const cells = [-1.5, -0.5, 0.5, 1.5].flatMap((cx, i) => [-1.5, -0.5, 0.5, 1.5].map((cy, j) => ({ cx, cy, dark: (i + j) % 2 === 0 })));
      const beyond = ({ cx, cy }: { cx: number; cy: number }) => Math.max(Math.abs(x - cx) - 0.25, Math.abs(y - cy) - 0.25, 0);
      return Math.min(...cells.filter(({ dark }) => dark).map(beyond));
    }
  }
}

/** Half circle of radius 1 about (cx, cy), above the centre (side = 1) or below (side = −1). */
function toArc(x: number, y: number, cx: number, cy: number, side: number): number {
  const dx = x - cx;
  const dy = (y - cy) * side;
  return dy >= 0 ? Math.abs(Math.hypot(dx, dy) - 1) : Math.min(Math.hypot(dx - 1, dy), Math.hypot(dx + 1, dy));
}
