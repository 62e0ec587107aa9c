import { test } from 'node:test';
import assert from 'node:assert/strict';
import { createRandom } from '../../../core/math/random';
import { density, densityBandwidth, densityOpacity, EXTENT, levelLine, massLevel } from '../../../webview/experiments/ddpm/view-density';

const normals = (n: number) => createRandom(1).normals('density', 0, 2 * n);
const area = (cells: number) => ((2 * EXTENT) / cells) ** 2;

test('the density integrates to the share of points within the extent', () => {
  const points = Float32Array.of(0, 0, 1, 1, -2, 0.5, 99, 0, NaN, 0);
  const { values, cells } = density(points);
  assert.ok(Math.abs(values.reduce((sum, value) => sum + value, 0) * area(cells) - 3 / 5) < 1e-3);
});

test('of a Gaussian cloud it is the Gaussian, widened by the bandwidth', () => {
  const { values, cells, bandwidth } = density(normals(20_000));
  assert.equal(bandwidth, densityBandwidth(20_000));
  const at = (x: number, y: number) => values[Math.floor(((y + EXTENT) / (2 * EXTENT)) * cells) * cells + Math.floor(((x + EXTENT) / (2 * EXTENT)) * cells)];
  const variance = 1 + bandwidth ** 2;
  for (const [x, y] of [[0, 0], [1, 0], [0, -1], [-0.7, 0.7]]) {
    const expected = Math.exp(-(x * x + y * y) / 2 / variance) / (2 * Math.PI * variance);
    assert.ok(Math.abs(at(x, y) / expected - 1) < 0.2, `${x}, ${y}: ${at(x, y)} against ${expected}`);
  }
  assert.ok(at(2, 0) < at(1, 0) && at(0, 3) < at(0, 2));
});

test('the level of half of the mass is that of the circle which holds half of a Gaussian', () => {
  const field = density(normals(20_000));
  const variance = 1 + field.bandwidth ** 2;
  assert.ok(Math.abs(massLevel(field, 0.5) / (0.5 / (2 * Math.PI * variance)) - 1) < 0.1);
  assert.equal(massLevel(density(new Float32Array(0)), 0.5), 0);
});

test('opacity grows with the density and is full in the densest parts', () => {
  const field = density(normals(2000));
  const opacity = densityOpacity(field);
  const order = [...field.values.keys()].sort((a, b) => field.values[a] - field.values[b]);
  for (let i = 1; i < order.length; i += 97) assert.ok(opacity[order[i]] >= opacity[order[i - 1]]);
  assert.equal(opacity[order.at(-1)!], 1);
  assert.ok(densityOpacity(density(new Float32Array(0))).every((value) => value === 0));
});

test('the level line of a cone is a circle, closed and in the right place', () => {
  const cells = 80;
  const unit = (2 * EXTENT) / cells;
  const at = (i: number) => -EXTENT + (i + 0.5) * unit;
  const values = Float32Array.from({ length: cells * cells }, (_, i) => Math.max(0, 4 - Math.hypot(at(i % cells), at(Math.floor(i / cells)))));
  const segments = levelLine({ cells, values, bandwidth: 0 }, 2);
  assert.ok(segments.length > 0);
  let length = 0;
  const ends = new Map<string, number>();
  for (let i = 0; i < segments.length; i += 4) {
    length += Math.hypot(segments[i + 2] - segments[i], segments[i + 3] - segments[i + 1]);
    for (const k of [i, i + 2]) {
      assert.ok(Math.abs(Math.hypot(segments[k], segments[k + 1]) - 2) < 0.01);
      const key = `${segments[k].toFixed(4)} ${segments[k + 1].toFixed(4)}`;
      ends.set(key, (ends.get(key) ?? 0) + 1);
    }
  }
  assert.ok(Math.abs(length - 4 * Math.PI) < 0.05, String(length));
  assert.ok([...ends.values()].every((count) => count === 2), 'every end meets another');
});

test('in a saddle the lines keep apart what the middle keeps apart', () => {
  const line = (inside: number, outside: number) => levelLine({ cells: 2, values: Float32Array.of(inside, outside, outside, inside), bandwidth: 0 }, 1);
  const [high, low] = [line(3, 0), line(1.5, 0)];
  assert.equal(high.length, 8);
  assert.equal(low.length, 8);
  // Two corners of one kind: cut off one by one, or joined through the middle.
  const isLeftToBottom = (segments: Float32Array) => segments[0] < segments[2] && segments[1] > segments[3] && segments[0] < 0 && segments[3] < 0;
  assert.ok(isLeftToBottom(low));
  assert.ok(!isLeftToBottom(high));
});
