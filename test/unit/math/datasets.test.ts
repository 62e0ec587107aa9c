import { test } from 'node:test';
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { DATASETS, datasetOf, drawDataset, STAND_IN_DATASETS, type DatasetId } from '../../../core/math/datasets';
import { DINOSAUR, DINOSAUR_STROKES } from '../../../core/math/dinosaur';

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

test('a stand-in is promised exactly where there are weights', () => {
  for (const { id, hasStandIn } of DATASETS) assert.equal(existsSync(`webview/experiments/ddpm/weights/${id}.safetensors`), hasStandIn, id);
  assert.deepEqual(STAND_IN_DATASETS.map(({ id }) => id), DATASETS.filter(({ hasStandIn }) => hasStandIn).map(({ id }) => id));
});

test('a drawing is walked evenly from end to end, and its moments are those of the walk', () => {
  const [n, sums] = [100_000, [0, 0, 0, 0]];
  let far = 0;
  let before = DINOSAUR.at(0);
  for (let i = 0; i < n; i++) {
    const [x, y] = DINOSAUR.at((i + 0.5) / n);
    [x, y, x * x, y * y].forEach((value, k) => (sums[k] += value / n));
    // Strokes are not joined, so a few steps leap; all others are no longer than the share of the way.
    if (Math.hypot(x - before[0], y - before[1]) > 1.0001 * (DINOSAUR.length / n)) far++;
    before = [x, y];
  }
  assert.equal(far, DINOSAUR_STROKES.length - 1);
  for (const axis of [0, 1]) {
    assert.ok(Math.abs(sums[axis] - DINOSAUR.mean[axis]) < 1e-4);
    assert.ok(Math.abs(sums[2 + axis] - sums[axis] ** 2 - DINOSAUR.variance[axis]) < 1e-4);
  }
  assert.deepEqual(DINOSAUR.at(0), [...DINOSAUR_STROKES[0][0]]);
  assert.ok(DINOSAUR.at(1).every((value, axis) => Math.abs(value - DINOSAUR_STROKES.at(-1)!.at(-1)![axis]) < 1e-12));
});

test('the outline of the dinosaur is closed and nowhere crosses itself', () => {
  const [outline] = DINOSAUR_STROKES;
  assert.deepEqual(outline[0], outline.at(-1));
  const side = (p: readonly number[], q: readonly number[], r: readonly number[]): number => (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]);
  const n = outline.length - 1;
  for (let i = 0; i < n; i++) for (let j = i + 2; j < n; j++) {
    if (i === 0 && j === n - 1) continue;
    const [a, b, c, d] = [outline[i], outline[i + 1], outline[j], outline[j + 1]];
    assert.ok(!(side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0), `pieces ${i} and ${j} cross`);
  }
});

test('an unknown data set is an error that lists the known ones', () => {
  assert.throws(() => datasetOf('spiral'), /"spiral".*moons.*checkerboard/);
});

/** The five arms, finely. */
const PINWHEEL_ARMS = [0, 1, 2, 3, 4].flatMap((k) => Array.from({ length: 200 }, (_, i) => {
  const r = -1 + 0.02 * i;
  const angle = (2 * Math.PI * k) / 5 + 0.25 * Math.exp(r);
  return [r * Math.cos(angle), r * Math.sin(angle)] as const;
}));

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
    case 'pinwheel': {
      let best = Infinity;
      for (const [ax, ay] of PINWHEEL_ARMS) best = Math.min(best, (x - ax) ** 2 + (y - ay) ** 2);
      return Math.sqrt(best);
    }
    case 'rings':
      return Math.min(...[1, 2, 3].map((k) => Math.abs(Math.hypot(x, y) - k / 3)));
    case 'dinosaur':
      return Math.min(...DINOSAUR_STROKES.flatMap((stroke) => stroke.slice(1).map((to, i) => toPiece(x, y, stroke[i], to))));
  }
}

/** To the straight piece from p to q. */
function toPiece(x: number, y: number, p: readonly [number, number], q: readonly [number, number]): number {
  const [dx, dy] = [q[0] - p[0], q[1] - p[1]];
  const s = Math.min(Math.max(((x - p[0]) * dx + (y - p[1]) * dy) / (dx * dx + dy * dy), 0), 1);
  return Math.hypot(x - p[0] - s * dx, y - p[1] - s * dy);
}

/** Half circle of radius 1 about (cx, cy), above the centre (side = 1) or below (side = −1). */
function toArc(x: number, y: number, cx: number, cy: number, side: number): number {
  const dx = x - cx;
  const dy = (y - cy) * side;
  return dy >= 0 ? Math.abs(Math.hypot(dx, dy) - 1) : Math.min(Math.hypot(dx - 1, dy), Math.hypot(dx + 1, dy));
}
