/** Images of one size out of many, what is held out, and what is said of both. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DataError } from '../../../core/data/dataError';
import type { DecodedImage } from '../../../core/data/image';
import { prepareImages } from '../../../core/data/prepare';
import { centreCrop, reduced } from '../../../core/data/resample';
import { split } from '../../../core/data/split';

function image(width: number, height: number, channels: 1 | 3, value: (x: number, y: number, c: number) => number): DecodedImage {
  const pixels = Uint8Array.from({ length: width * height * channels }, (_, i) => value(Math.floor(i / channels) % width, Math.floor(i / channels / width), i % channels));
  return { name: 'a', width, height, channels, pixels };
}
const one = (source: DecodedImage, width: number, height: number) => [...prepareImages([source], { size: { width, height } }).examples.values];
const words = (notes: readonly { in(t: (english: string, ...values: (string | number)[]) => string): string }[]) => notes.map((note) => note.in((english, ...values) => english.replaceAll(/\{(\d)\}/g, (_, i: string) => String(values[Number(i)]))));

describe('one size', () => {
  test('images of that size are not touched', () => {
    const source = image(5, 3, 1, (x, y) => x * 20 + y);
    assert.deepEqual(one(source, 5, 3), [...source.pixels]);
  });

  test('joined pixels are means by area, also of parts of pixels', () => {
    assert.deepEqual(one(image(4, 2, 1, (x, y) => 10 * x + 100 * y), 2, 1), [55, 75]);
    // Three pixels to two: 1 and ½ of the next.
    assert.deepEqual(one(image(3, 3, 1, (x) => [0, 60, 240][x]), 2, 2), [20, 180, 20, 180]);
  });

  test('the mean of an image stays, whatever the size', () => {
    const source = image(60, 40, 1, (x, y) => (x * 7 + y * 13) % 200);
    const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    for (const [width, height] of [[30, 20], [15, 10], [45, 30], [7, 5]]) {
      const crop = centreCrop(60, 40, width, height);
      const kept = width * 40 === height * 60 ? mean([...source.pixels]) : null;
      if (kept !== null) assert.ok(Math.abs(mean(one(source, width, height)) - kept) < 0.6, `${width} × ${height}`);
      assert.ok(Math.abs(crop.width / crop.height - width / height) < 1e-12);
    }
  });

  test('spread pixels are bilinear, and constant beyond the middle of the last', () => {
    assert.deepEqual(one(image(2, 2, 1, (x) => 100 * x), 4, 4).slice(0, 4), [0, 25, 75, 100]);
    assert.deepEqual(one(image(3, 3, 1, () => 77), 9, 9), new Array(81).fill(77));
  });

  test('what is cropped lies about the middle', () => {
    // Six wide and two high to a square: columns 2 and 3.
    assert.deepEqual(one(image(6, 2, 1, (x) => 10 * x), 2, 2), [20, 30, 20, 30]);
    assert.deepEqual(one(image(2, 6, 1, (_, y) => 10 * y), 2, 2), [20, 20, 30, 30]);
    assert.deepEqual(centreCrop(6, 2, 2, 2), { x: 2, y: 0, width: 2, height: 2 });
  });

  test('colour to grey by luma, grey to colour, and what is chosen by itself', () => {
    const red = image(1, 1, 3, (_x, _y, c) => (c === 0 ? 255 : 0));
    const grey = image(1, 1, 1, () => 9);
    assert.deepEqual([...prepareImages([red, grey], { colour: 'grey' }).examples.values], [76, 9]);
    const both = prepareImages([red, grey]);
    assert.deepEqual([...both.examples.values], [255, 0, 0, 9, 9, 9]);
    assert.deepEqual(both.examples.image, { height: 1, width: 1, channels: 3 });
    assert.equal(prepareImages([grey, grey]).examples.image?.channels, 1);
  });
});

describe('what is said of it', () => {
  test('mixed sizes: how many, and the one that is taken', () => {
    const { examples, preview, notes } = prepareImages([...Array.from({ length: 20 }, () => image(8, 6, 1, () => 3)), image(10, 10, 1, () => 4), { ...image(9, 9, 1, () => 5), transparent: true }]);
    assert.deepEqual(examples.image, { height: 6, width: 8, channels: 1 });
    assert.deepEqual([examples.count, examples.size, preview.count, preview.values.length], [22, 48, 16, 16 * 48]);
    assert.deepEqual(words(notes), ['the images have 3 sizes, most often 8 × 6 (20 of 22)', '2 of 22 images are cropped about the middle and scaled to 8 × 6', 'transparent parts of 1 images are white']);
  });

  test('large images are made smaller, in proportion', () => {
    const { examples, notes } = prepareImages([image(640, 320, 1, () => 3)]);
    assert.deepEqual(examples.image, { height: 32, width: 64, channels: 1 });
    assert.deepEqual(words(notes), ['1 of 1 images are cropped about the middle and scaled to 64 × 32']);
    const small = reduced(image(640, 320, 1, (x) => x % 256), 100);
    assert.deepEqual([small.width, small.height, small.original], [200, 100, { width: 640, height: 320 }]);
    assert.match(words(prepareImages([small, small]).notes)[0], /2 of 2 images/);
  });

  test('nothing, impossible sizes, and more than the memory holds', () => {
    assert.throws(() => prepareImages([]), DataError);
    for (const width of [0, 129, 2.5, NaN]) assert.throws(() => prepareImages([image(2, 2, 1, () => 0)], { size: { width, height: 2 } }), DataError);
    const many = new Array<DecodedImage>(30_000).fill(image(1, 1, 3, (_x, _y, c) => c));
    assert.throws(() => prepareImages(many, { size: { width: 128, height: 128 } }), (error) => error instanceof DataError && /30000 images of 128 × 128 × 3 need 1407 MiB of memory; at most 1024 MiB/.test(error.message));
  });
});

describe('what is held out', () => {
  const examples = (count: number) => ({ count, size: 2, image: null, values: Uint8Array.from({ length: 2 * count }, (_, i) => i >> 1), labels: Uint8Array.from({ length: count }, (_, i) => i) });

  test('a tenth, at least one, never all; everything is in one of both, with its label', () => {
    for (const [count, held] of [[2, 1], [3, 1], [14, 1], [16, 2], [200, 20]]) {
      const { train, test: out } = split(examples(count), 5);
      assert.deepEqual([train.count, out.count], [count - held, held]);
      for (const part of [train, out]) assert.deepEqual([...part.values], [...part.labels!].flatMap((label) => [label, label]));
      assert.deepEqual([...train.labels!, ...out.labels!].sort((a, b) => a - b), Array.from({ length: count }, (_, i) => i));
    }
  });

  test('the same for the same seed, another for another', () => {
    assert.deepEqual(split(examples(200), 1), split(examples(200), 1));
    assert.notDeepEqual(split(examples(200), 1).test.labels, split(examples(200), 2).test.labels);
  });
});
