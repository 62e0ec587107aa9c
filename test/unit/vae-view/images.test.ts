/** Strokes as images, images as pixels, sheets of them, and colours of labels. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LABEL_COLOURS } from '../../../webview/experiments/vae/view/labels';
import { differences, layoutSheet, toRgba } from '../../../webview/experiments/vae/view/pixels';
import { centreOfMass, distanceToSegment, rasterise } from '../../../webview/experiments/vae/view/strokes';
import { reconstructionTerm } from '../../../webview/experiments/vae/view/terms';

const GREY = { height: 28, width: 28, channels: 1 };
const close = (actual: number, expected: number, within: number) => assert.ok(Math.abs(actual - expected) <= within, `${actual} is not ${expected}`);

/** First and last row and column with ink. */
function boxOf(image: Float32Array): { rows: number; columns: number } {
  const inked = [...image.keys()].filter((i) => image[i] > 0.5);
  const span = (values: number[]) => Math.max(...values) - Math.min(...values) + 1;
  return { rows: span(inked.map((i) => Math.floor(i / 28))), columns: span(inked.map((i) => i % 28)) };
}

describe('strokes', () => {
  test('a drawing takes 20 of 28 pixels, and its centre of mass is the middle, wherever and however small it was drawn', () => {
    for (const [scale, x, y] of [[1, 0, 0], [0.3, 0.6, 0.1]]) {
      const path = [0.2, 0.1, 0.4, 0.9, 0.3, 0.9].map((value, i) => scale * value + (i % 2 === 0 ? x : y));
      const image = rasterise([{ path, erases: false }], GREY);
      close(boxOf(image).rows, 20, 1);
      const [cx, cy] = centreOfMass(image, GREY);
      close(cx, 0.5, 0.005);
      close(cy, 0.5, 0.005);
      assert.ok(image.some((value) => value > 0 && value < 1), 'edges are soft');
      assert.ok(image.every((value) => value >= 0 && value <= 1));
    }
  });

  test('a dot stays a dot', () => {
    const image = rasterise([{ path: [0.1, 0.9], erases: false }], GREY);
    assert.ok(boxOf(image).rows <= 4 && image.some((value) => value > 0.5));
  });

  test('nothing drawn is an empty image', () => assert.ok(rasterise([], GREY).every((value) => value === 0)));

  test('over an example nothing moves: the pen adds, the eraser takes away', () => {
    const base = new Float32Array(784);
    base[0] = 0.7;
    base[14 * 28 + 14] = 1;
    const image = rasterise([{ path: [0.9, 0.9], erases: false }, { path: [14.5 / 28, 14.5 / 28], erases: true }], GREY, base);
    close(image[0], 0.7, 1e-6);
    assert.equal(image[14 * 28 + 14], 0);
    assert.ok(image[25 * 28 + 25] > 0.5);
  });

  test('ink is white in colour images', () => {
    const image = rasterise([{ path: [0.5, 0.2, 0.5, 0.8], erases: false }], { height: 8, width: 8, channels: 3 });
    assert.equal(image.length, 192);
    for (let i = 0; i < 192; i += 3) assert.ok(image[i] === image[i + 1] && image[i] === image[i + 2]);
  });

  test('distances to a segment and to its ends', () => {
    assert.equal(distanceToSegment(5, 3, 0, 0, 10, 0), 3);
    assert.equal(distanceToSegment(13, 4, 0, 0, 10, 0), 5);
    assert.equal(distanceToSegment(3, 4, 0, 0, 0, 0), 5);
  });
});

describe('pixels', () => {
  test('bytes and shares become the same colours, grey and in colour', () => {
    const out = new Uint8ClampedArray(8);
    toRgba(Uint8Array.of(9, 0, 255), 1, { height: 1, width: 1, channels: 1 }, out);
    assert.deepEqual([...out.subarray(0, 4)], [0, 0, 0, 255]);
    toRgba(Float32Array.of(1, 0, 0.2), 0, { height: 1, width: 1, channels: 3 }, out, 4);
    assert.deepEqual([...out.subarray(4)], [255, 0, 51, 255]);
    toRgba(Float32Array.of(NaN), 0, { height: 1, width: 1, channels: 1 }, out);
    assert.equal(out[0], 0);
  });

  test('differences: black where equal, orange above, blue below', () => {
    const colours = differences(Uint8Array.of(255, 0, 255), Float32Array.of(1, 1, 0), 3, { height: 1, width: 1, channels: 1 });
    assert.deepEqual([...colours.subarray(0, 3)], [0, 0, 0]);
    assert.ok(colours[3] > colours[5] && colours[8] > colours[6]);
  });

  const room = { width: 600, height: 400, gap: 2, cell: { width: 28, height: 28 }, columns: null, most: 4 };

  test('a sheet takes the largest whole factor at which all cells fit', () => {
    assert.deepEqual(layoutSheet({ ...room, count: 100, least: 100 }), { columns: 20, rows: 5, shown: 100, factor: 1 });
    assert.equal(layoutSheet({ ...room, count: 10, least: 10 }).factor, 4);
    assert.equal(layoutSheet({ ...room, count: 225, columns: 15, least: 225, gap: 0 }).factor < 1, true);
  });

  test('rather than small it shows fewer, where fewer suffice', () => assert.deepEqual(layoutSheet({ ...room, count: 100, least: 48 }), { columns: 10, rows: 6, shown: 60, factor: 2 }));
});

describe('the reconstruction term', () => {
  test('cross-entropy, finite at certain mistakes; squared error of points', () => {
    close(reconstructionTerm([1, 0], [0.25, 0.5], true), -Math.log(0.25) - Math.log(0.5), 1e-12);
    assert.equal(reconstructionTerm([1, 0], [1, 0], true), 0);
    assert.equal(reconstructionTerm([1], [0], true), 100);
    assert.equal(reconstructionTerm([1, 2], [1, 4], false), 4);
  });
});

test('colours of labels stand at least 3 : 1 against their backgrounds, and are ten', () => {
  const luminance = (colour: string) => [1, 3, 5].reduce((sum, at, i) => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255;
    return sum + [0.2126, 0.7152, 0.0722][i] * (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  }, 0);
  for (const [kind, background] of [['light', '#ffffff'], ['dark', '#252526']] as const) {
    assert.equal(new Set(LABEL_COLOURS[kind]).size, 10);
    for (const colour of LABEL_COLOURS[kind]) {
      const [high, low] = [luminance(colour), luminance(background)].sort((a, b) => b - a);
      assert.ok((high + 0.05) / (low + 0.05) >= 3, `${colour} on ${background}`);
    }
  }
});
