/** The plane through the latent space: directions, way back, ellipses; and where it is seen. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createRandom } from '../../../core/math/random';
import { ellipseOf, lift, planeOfAxes, planeOfMeans, project } from '../../../webview/experiments/vae/view/plane';
import { fitted, nearest, panned, ticks, toPlane, toScreen, zoomed } from '../../../webview/experiments/vae/view/viewport';

const near = (actual: ArrayLike<number>, expected: readonly number[], within = 1e-6) => {
  assert.equal(actual.length, expected.length);
  expected.forEach((value, i) => assert.ok(Math.abs(actual[i] - value) <= within, `[${i}] ${actual[i]} is not ${value}`));
};

/** x = 3 a u + 2 b v + 0.1 noise, with a and b at right angles in five dimensions. */
const A = [0.6, 0.8, 0, 0, 0];
const B = [0, 0, 0.8, 0, -0.6];
function cloud(count: number): Float32Array {
  const normals = createRandom(3).normals('cloud', 0, 7 * count);
  return Float32Array.from({ length: 5 * count }, (_, k) => {
    const [row, i] = [Math.floor(k / 5), k % 5];
    return 1 + 3 * A[i] * normals[7 * row] + 2 * B[i] * normals[7 * row + 1] + 0.1 * normals[7 * row + 2 + i];
  });
}

describe('the plane', () => {
  test('principal directions are those that the points were made of, with their shares', () => {
    const plane = planeOfMeans(cloud(1800), 5);
    const along = (axis: Float64Array, direction: number[]) => Math.abs(axis.reduce((sum, value, i) => sum + value * direction[i], 0));
    assert.ok(along(plane.axes[0], A) > 0.999 && along(plane.axes[1], B) > 0.999);
    assert.ok(Math.abs(plane.explained![0] - 9 / 13.05) < 0.03 && Math.abs(plane.explained![1] - 4 / 13.05) < 0.03, String(plane.explained));
    near([along(plane.axes[0], [...plane.axes[0]]), along(plane.axes[0], [...plane.axes[1]])], [1, 0]);
  });

  test('it does not flip over when the points move a little', () => {
    const means = cloud(400);
    const first = planeOfMeans(means, 5);
    const flipped = { ...first, axes: [first.axes[0].map((value) => -value), first.axes[1]] as [Float64Array, Float64Array] };
    const second = planeOfMeans(means.map((value, i) => value + 0.01 * Math.sin(i)), 5, flipped);
    assert.ok(second.axes[0].reduce((sum, value, i) => sum + value * flipped.axes[0][i], 0) > 0.99);
  });

  test('means that are all alike have a plane too', () => {
    const plane = planeOfMeans(new Float32Array(30).fill(0.5), 3);
    assert.ok([...plane.axes[0], ...plane.axes[1]].every(Number.isFinite));
    near(plane.explained!, [0, 0]);
  });

  test('means on a line have their own direction, and one at right angles to it', () => {
    const plane = planeOfMeans(Float32Array.from({ length: 60 }, (_, i) => (Math.floor(i / 3) - 10) * [1, 2, -2][i % 3]), 3);
    near(plane.axes[0].map(Math.abs), [1 / 3, 2 / 3, 2 / 3]);
    near([plane.axes[0].reduce((sum, value, i) => sum + value * plane.axes[1][i], 0), Math.hypot(...plane.axes[1])], [0, 1]);
    near(plane.explained!, [1, 0]);
  });

  test('lifting keeps what the example is beside the plane, and projects back to the place', () => {
    const plane = planeOfMeans(cloud(300), 5);
    const base = Float32Array.of(0.3, -1, 2, 0.7, -0.2);
    const lifted = lift(plane, 1.5, -0.5, base);
    near(project(plane, lifted), [1.5, -0.5], 1e-5);
    const beside = (z: ArrayLike<number>) => {
      const [x, y] = project(plane, z);
      return Array.from(z, (value, i) => value - plane.origin[i] - x * plane.axes[0][i] - y * plane.axes[1][i]);
    };
    near(beside(lifted), beside(base), 1e-5);
    near(lift(planeOfAxes(4, 2, 0), 5, 6), [6, 0, 5, 0]);
    near(lift(planeOfAxes(1), 0.4, 9), [0.4]);
  });

  test('an ellipse is the projected Gaussian', () => {
    const logVariance = [Math.log(4), Math.log(0.25), 0];
    near(ellipseOf(planeOfAxes(3, 0, 1), logVariance).radii, [2, 0.5]);
    assert.equal(ellipseOf(planeOfAxes(3, 1, 0), logVariance).angle, Math.PI / 2);
    const half = Math.SQRT1_2;
    const turned = { ...planeOfAxes(3), axes: [Float64Array.of(half, half, 0), Float64Array.of(-half, half, 0)] as [Float64Array, Float64Array] };
    const ellipse = ellipseOf(turned, logVariance);
    near(ellipse.radii, [2, 0.5]);
    near([ellipse.angle], [-Math.PI / 4]);
    assert.equal(ellipseOf(planeOfAxes(1), [0]).radii[1], 0);
  });
});

describe('where it is seen', () => {
  const view = { width: 400, height: 300, x: 1, y: -1, scale: 50 };

  test('to the screen and back', () => {
    near(toScreen(view, 1, -1), [200, 150]);
    near(toScreen(view, 2, 0), [250, 100]);
    near(toPlane(view, ...toScreen(view, 0.3, 0.7)), [0.3, 0.7]);
  });

  test('zooming keeps the place under the pointer, panning carries it along', () => {
    near(toPlane(zoomed(view, 1.7, 90, 20), 90, 20), toPlane(view, 90, 20));
    near(toPlane(panned(view, 30, -12), 130, 88), toPlane(view, 100, 100));
  });

  test('all but stray points fit', () => {
    const points = Float32Array.from({ length: 2000 }, (_, i) => (i < 2 ? 1000 : Math.sin(i)));
    const fit = fitted(points, 400, 300);
    assert.ok(fit.scale > 100 && Math.abs(fit.x) < 0.1);
    assert.ok(fitted([], 400, 300).scale > 0);
  });

  test('the nearest point within reach, of those that are wanted', () => {
    const xy = [0, 0, 1, 0, 1.1, 0];
    const at = { width: 100, height: 100, x: 0, y: 0, scale: 10 };
    assert.equal(nearest(at, xy, ...toScreen(at, 1.04, 0), 5), 1);
    assert.equal(nearest(at, xy, ...toScreen(at, 1.04, 0), 5, (i) => i !== 1), 2);
    assert.equal(nearest(at, xy, ...toScreen(at, 3, 0), 5), -1);
  });

  test('ticks are round', () => {
    assert.deepEqual(ticks(-1, 1, 4), [-1, -0.5, 0, 0.5, 1]);
    assert.deepEqual(ticks(0.12, 0.31, 4), [0.15, 0.2, 0.25, 0.3]);
  });
});
