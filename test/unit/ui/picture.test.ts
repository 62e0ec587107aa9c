import { test } from 'node:test';
import assert from 'node:assert/strict';
import { arrowLegend, arrowScale } from '../../../webview/experiments/ddpm/view-field';
import { fieldGrid, fieldIndex, fromX, fromY, HALF_RANGE, nearestPoint, toX, toY, viewport } from '../../../webview/experiments/ddpm/view-geometry';
import { makeStamp, stampPoints, type Pixels } from '../../../webview/experiments/ddpm/view-stamps';
import { addPoints, erasePoints, MAX_DRAWN, Spray, SPRAY_RADIUS } from '../../../webview/experiments/ddpm/view-strokes';

test('a field\'s grid: centres of cells, row by row from the bottom left', () => {
  const grid = fieldGrid(3, 2);
  assert.deepEqual([...grid].map((value) => Math.round(1000 * value) / 1000), [-2.2, -1.65, 0, -1.65, 2.2, -1.65, -2.2, 1.65, 0, 1.65, 2.2, 1.65]);
  for (let i = 0; i < 6; i++) assert.equal(fieldIndex(3, 2, grid[2 * i], grid[2 * i + 1]), i);
  assert.equal(fieldIndex(3, 2, HALF_RANGE + 0.01, 0), -1);
  assert.throws(() => fieldGrid(0, 4), /0 × 4/);
  assert.throws(() => fieldGrid(2.5, 4), RangeError);
});

test('pixels to data is the way back', () => {
  const view = viewport(700, 400);
  assert.ok(Math.abs(fromX(view, toX(view, 1.25)) - 1.25) < 1e-12);
  assert.ok(Math.abs(fromY(view, toY(view, -2.5)) + 2.5) < 1e-12);
});

test('the nearest point within reach', () => {
  const points = Float32Array.of(0, 0, 1, 0, 1, 0.25, NaN, NaN);
  assert.deepEqual(nearestPoint(points, 1, 0.2, 0.5)?.index, 2);
  assert.deepEqual(nearestPoint(points, 0.1, 0, 0.5)?.index, 0);
  assert.equal(nearestPoint(points, 3, 3, 0.5), null);
});

test('arrows: a round length that nearly all keep to, and the legend says when some do not', () => {
  const all = (length: number, n = 100) => Float32Array.from({ length: 2 * n }, (_, i) => (i % 2 === 0 ? length : 0));
  assert.deepEqual(arrowScale({ arrows: all(3) }), { reference: 3, saturated: false });
  assert.deepEqual(arrowScale({ arrows: all(1.71) }), { reference: 2, saturated: false });
  assert.deepEqual(arrowScale({ arrows: all(0.0042) }), { reference: 0.005, saturated: false });
  const outlier = all(1);
  outlier[0] = 50;
  assert.deepEqual(arrowScale({ arrows: outlier }), { reference: 1, saturated: true });
  assert.deepEqual(arrowScale({ arrows: all(1), secondary: all(4) }), { reference: 4, saturated: false });
  assert.deepEqual(arrowScale({ arrows: Float32Array.of(NaN, 0, 0, 0) }), { reference: 0, saturated: false });
  assert.equal(arrowLegend({ reference: 2, saturated: false }), 'longest arrow = 2');
  assert.equal(arrowLegend({ reference: 1.5, saturated: true }), 'longest arrow ≥ 1.5');
});

const black = (width: number, height: number): Pixels => ({ width, height, data: new Uint8ClampedArray(4 * width * height) });
const lit = ({ data, width }: Pixels) => [...data.keys()].filter((i) => i % 4 === 0 && data[i] > 0).map((i) => [(i / 4) % width, Math.floor(i / 4 / width)]);

test('a stamp covers the area of its shape', () => {
  const cover = (shape: 'square' | 'ring' | 'disc', size: number, stroke?: number) => makeStamp(shape, size, stroke).masks.map((mask) => mask.reduce((sum, value) => sum + value, 0) / 255);
  for (const area of cover('square', 3)) assert.ok(Math.abs(area - 9) < 1.6, `square ${area}`);
  for (const area of cover('disc', 6)) assert.ok(Math.abs(area - 9 * Math.PI) < 1.5, `disc ${area}`);
  for (const area of cover('ring', 8, 1)) assert.ok(Math.abs(area - Math.PI * (16 - 9)) < 1.5, `ring ${area}`);
  const { side, masks } = makeStamp('ring', 8, 1);
  assert.equal(masks[0][((side - 1) / 2) * side + (side - 1) / 2], 0, 'a ring is open');
});

test('points land where they belong, y upwards, and nothing is written outside the picture', () => {
  const pixels = black(20, 20);
  const place = { scale: 5, originX: 10, originY: 10 };
  stampPoints(pixels, Float32Array.of(1, 1), makeStamp('square', 2), place, [255, 0, 0], 1);
  const at = lit(pixels);
  assert.ok(at.length >= 4);
  assert.ok(at.every(([x, y]) => Math.abs(x + 0.5 - 15) <= 2 && Math.abs(y + 0.5 - 5) <= 2), JSON.stringify(at));
  const edge = black(20, 20);
  stampPoints(edge, Float32Array.of(-2, 2, 2, -2, 9, 9, NaN, 0, Infinity, 0), makeStamp('disc', 5), place, [255, 255, 255], 1);
  assert.ok(lit(edge).every(([x, y]) => (x < 5 && y < 5) || (x > 14 && y > 14)));
});

test('opacity: half of a colour over black is half of it', () => {
  const pixels = black(9, 9);
  stampPoints(pixels, Float32Array.of(0, 0), makeStamp('square', 6), { scale: 1, originX: 4.5, originY: 4.5 }, [200, 100, 50], 0.5);
  const centre = 4 * (4 * 9 + 4);
  assert.deepEqual([...pixels.data.subarray(centre, centre + 3)].map((value) => Math.round(value / 10)), [10, 5, 3]);
});

test('the spray is a function of its seed, lies along the stroke and ends', () => {
  const stroke = (seed: number) => new Spray(seed).along(0, 0, 1, 0);
  assert.deepEqual(stroke(1), stroke(1));
  assert.notDeepEqual(stroke(1), stroke(2));
  const spray = new Spray(1);
  assert.notDeepEqual(spray.along(0, 0, 0, 0), spray.along(0, 0, 0, 0));
  const points = stroke(1);
  assert.ok(points.length / 2 >= 40);
  for (let i = 0; i < points.length; i += 2) {
    assert.ok(Math.abs(points[i + 1]) < 7 * SPRAY_RADIUS);
    assert.ok(points[i] > -7 * SPRAY_RADIUS && points[i] < 1 + 7 * SPRAY_RADIUS);
  }
  assert.ok(new Spray(1).along(0, 0, 1000, 0).length <= 400);
});

test('drawn points are bounded, and the eraser takes those around it', () => {
  const full = addPoints(new Float32Array(2 * MAX_DRAWN - 2), Float32Array.of(1, 2, 3, 4));
  assert.equal(full.length, 2 * MAX_DRAWN);
  assert.deepEqual([...full.slice(-2)], [1, 2]);
  assert.deepEqual([...erasePoints(Float32Array.of(0, 0, 1, 0, 0.1, 0), 0, 0, 0.5)], [1, 0]);
  const kept = Float32Array.of(2, 2);
  assert.equal(erasePoints(kept, 0, 0, 0.5), kept);
});
