/** Divergences, grids, traversals and interpolations. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { between, byDivergence, evenly, gridLatents, interpolated, klOfExample, klOfPosterior, quantiles, traversalLatents, usedCount } from '../../../webview/experiments/vae/view/latent';
import { planeOfAxes } from '../../../webview/experiments/vae/view/plane';

const close = (actual: number, expected: number, within = 1e-6) => assert.ok(Math.abs(actual - expected) <= within, `${actual} is not ${expected}`);

/** By quadrature, not by the formula. */
function klByIntegral(mean: number, deviation: number): number {
  let sum = 0;
  const step = deviation / 200;
  for (let x = mean - 10 * deviation; x < mean + 10 * deviation; x += step) {
    const log = -0.5 * ((x - mean) / deviation) ** 2 - Math.log(deviation) - 0.5 * Math.log(2 * Math.PI);
    sum += Math.exp(log) * (log + 0.5 * x * x + 0.5 * Math.log(2 * Math.PI)) * step;
  }
  return sum;
}

describe('divergences', () => {
  test('as the integral says', () => close(klOfExample([0.7, -1.2], [2 * Math.log(0.4), 2 * Math.log(1.5)]), klByIntegral(0.7, 0.4) + klByIntegral(-1.2, 1.5), 1e-4));

  test('a mean over the examples for each dimension; a dimension that is the prior is collapsed', () => {
    const kl = klOfPosterior({ mean: Float32Array.of(1, 0, 3, 0), logVariance: new Float32Array(4) }, 2);
    close(kl[0], (0.5 + 4.5) / 2);
    assert.equal(kl[1], 0);
    assert.equal(usedCount(kl), 1);
    assert.equal(usedCount([0.01, 0.0099]), 1);
    assert.deepEqual(byDivergence([0.1, 3, 0.1, 2]), [1, 3, 0, 2]);
  });
});

describe('places that are decoded', () => {
  test('quantiles leave equal shares of the normal distribution', () => {
    const positions = quantiles(5);
    [-1.2815515655, -0.5244005127, 0, 0.5244005127, 1.2815515655].forEach((value, i) => close(positions[i], value, 1e-7));
    assert.deepEqual(evenly(5, 3), [-3, -1.5, 0, 1.5, 3]);
    assert.deepEqual(evenly(1, 3), [0]);
  });

  test('a grid begins at the upper left', () => assert.deepEqual([...gridLatents(planeOfAxes(2), [-1, 1])], [-1, 1, 1, 1, -1, -1, 1, -1]));

  test('a traversal changes one dimension a row', () => {
    assert.deepEqual([...traversalLatents([5, 6, 7], [2, 0], [-1, 1])], [5, 6, -1, 5, 6, 1, -1, 6, 7, 1, 6, 7]);
  });
});

describe('interpolation', () => {
  test('both ends are there, and a straight way is straight', () => assert.deepEqual([...interpolated([0, 2], [4, 0], 3, 'linear')], [0, 2, 2, 1, 4, 0]));

  test('a spherical way keeps the length', () => {
    const middle = between([2, 0], [0, 2], 0.5, 'spherical');
    close(middle[0], Math.SQRT2);
    close(middle[1], Math.SQRT2);
    const uneven = between([1, 0], [0, 3], 0.5, 'spherical');
    close(Math.hypot(...uneven), 2);
    const ends = interpolated([1, 2, 3], [-2, 0, 1], 4, 'spherical');
    [1, 2, 3].forEach((value, i) => close(ends[i], value));
    [-2, 0, 1].forEach((value, i) => close(ends[9 + i], value));
  });

  test('where there is no angle it goes straight', () => {
    assert.deepEqual([...between([1, 1], [3, 3], 0.5, 'spherical')], [2, 2]);
    assert.deepEqual([...between([0, 0], [2, 0], 0.5, 'spherical')], [1, 0]);
  });
});
