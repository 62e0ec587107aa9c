/** The person's own files: what is found in them, what belongs together, and what is said when they cannot be used. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { DataError } from '../../../core/data/dataError';
import { writeIdx } from '../../../core/data/idx';
import { inspectJpeg } from '../../../core/data/jpeg';
import { prepareOwn, readOwn, type OwnFile } from '../../../core/data/own';
import { inEnglish } from '../../../core/l10n/translate';
import { createRandom } from '../../../core/math/random';
import { encodePng } from './encodePng';
import { JPEG } from './jpegFile';

const grey = (width: number, height: number, value: number): Uint8Array =>
  encodePng({ width, height, depth: 8, colour: 0, interlaced: false, samples: new Array<number>(width * height).fill(value), filter: () => 0 });
const red = (width: number, height: number): Uint8Array =>
  encodePng({ width, height, depth: 8, colour: 2, interlaced: false, samples: Array.from({ length: width * height * 3 }, (_, i) => (i % 3 === 0 ? 255 : 0)), filter: () => 0 });
const file = (path: string, bytes: Uint8Array): OwnFile => ({ path, bytes });
const read = (files: readonly OwnFile[], name = 'mine') => readOwn(name, files, { decodeJpeg: null });
const said = (notes: readonly { in(t: typeof inEnglish): string }[]) => notes.map((note) => note.in(inEnglish));
const fails = (files: readonly OwnFile[], message: RegExp) => assert.rejects(read(files), (error) => (error instanceof DataError && message.test(error.message)) || assert.fail(String(error)));
const images = (count: number, seed = 1) => writeIdx([count, 4, 4], Uint8Array.from(createRandom(seed).words('own', 0, 16 * count), (word) => word % 256));

describe('a folder of images', () => {
  test('labels are the sub-folders, in the order of their names', async () => {
    const source = await read([file('10/a.png', grey(6, 6, 10)), file('2/a.png', grey(6, 6, 2)), file('2/b.png', grey(6, 6, 3)), file('10/b.png', grey(6, 6, 11))]);
    assert.deepEqual(source.labelNames, ['2', '10']);
    assert.deepEqual(source.train.labels, Uint8Array.of(1, 0, 0, 1));
    const { data, preview, notes } = prepareOwn(source, 1);
    assert.deepEqual([data.id, data.title, data.train.count, data.test.count, preview.count], ['own', 'mine', 3, 1, 4]);
    for (const part of [data.train, data.test]) part.labels!.forEach((label, i) => assert.equal(part.values[i * 36] >= 10 ? 1 : 0, label));
    assert.deepEqual(said(notes), ['3 images to train on; 1, chosen by the seed, are held out to test on']);
  });

  test('one folder has no labels; colour is kept only where it is', async () => {
    const flat = await read([file('a.png', grey(6, 6, 1)), file('b.png', grey(6, 6, 2))]);
    assert.deepEqual([flat.labelNames, flat.train.labels], [null, null]);
    const coloured = prepareOwn(await read([file('a.png', red(6, 6)), file('b.png', grey(6, 6, 2))]), 1).data;
    assert.equal(coloured.train.image?.channels, 3);
    const same = encodePng({ width: 2, height: 1, depth: 8, colour: 2, interlaced: false, samples: [5, 5, 5, 6, 6, 6], filter: () => 0 });
    assert.equal(prepareOwn(await read([file('a.png', same), file('b.png', same)]), 1).data.train.image?.channels, 1);
  });

  test('mixed sizes are said', async () => {
    const { data, notes } = prepareOwn(await read([file('a.png', grey(6, 6, 1)), file('b.png', grey(6, 6, 2)), file('c.png', grey(9, 3, 2))]), 1);
    assert.deepEqual(data.train.image, { height: 6, width: 6, channels: 1 });
    assert.deepEqual(said(notes).slice(1), ['the images have 2 sizes, most often 6 × 6 (2 of 3)', '1 of 3 images are cropped about the middle and scaled to 6 × 6']);
  });

  test('a damaged file beside good ones is left out and named with the place; alone it is refused', async () => {
    const cut = file('x/bad.png', grey(6, 6, 1).subarray(0, 50));
    const source = await read([file('a.png', grey(6, 6, 1)), cut, file('b.png', grey(6, 6, 2)), file('c.txt', Buffer.from('hello'))]);
    assert.equal(source.train.images.length, 2);
    assert.match(said(source.notes).join('\n'), /^2 of 4 files are left out\nx\/bad\.png: the PNG file is cut at byte 50: .+\nc\.txt begins like no PNG/);
    await fails([cut], /^x\/bad\.png: the PNG file is cut at byte 50/);
  });

  test('what cannot be used', async () => {
    await fails([], /mine holds no images/);
    await fails([file('a.png', grey(3, 3, 1))], /one image only/);
    await fails([file('a.png', new Uint8Array())], /a\.png is empty/);
    await fails([file('a.npz', Buffer.from('PK\x03\x04'))], /a\.npz is an archive/);
    await fails([file('a.gz', gzipSync(images(4)).subarray(0, 60))], /a\.gz: the gzip file is cut or damaged somewhere in its 60 bytes/);
    await fails([file('a.png', grey(3, 3, 1)), file('b.png', grey(3, 3, 1)), file('c.idx', images(3))], /as files and as arrays \(c\.idx\)/);
  });

  test('reading stops when it is asked to', async () => {
    await assert.rejects(readOwn('x', [file('a.png', grey(3, 3, 1))], { decodeJpeg: null, signal: { aborted: true } }), DataError);
  });
});

describe('arrays', () => {
  test('images with labels, packed or not, and a tenth held out', async () => {
    const source = await read([file('train-images-idx3-ubyte.gz', gzipSync(images(30))), file('train-labels-idx1-ubyte', writeIdx([30], Uint8Array.from({ length: 30 }, (_, i) => i % 10)))]);
    assert.equal(source.test, null);
    const { data } = prepareOwn(source, 3);
    assert.deepEqual([data.train.count, data.test.count, data.train.labels?.length, data.train.size], [27, 3, 27, 16]);
  });

  test('a test set that is there is taken', async () => {
    const labels = (count: number) => writeIdx([count], new Uint8Array(count).fill(count));
    const source = await read([file('t10k-images', images(4, 2)), file('train-images', images(9)), file('t10k-labels', labels(4)), file('train-labels', labels(9))]);
    const { data, notes } = prepareOwn(source, 1);
    assert.deepEqual([data.train.count, data.test.count, data.train.labels?.[0], data.test.labels?.[0]], [9, 4, 9, 4]);
    assert.deepEqual(data.test.values, images(4, 2).subarray(16));
    assert.deepEqual(said(notes), ['9 images to train on, 4 to test on']);
  });

  test('what does not belong together', async () => {
    await fails([file('a', images(4)), file('b', writeIdx([3], new Uint8Array(3)))], /a has 4 images and b has 3 labels/);
    await fails([file('a', images(4)), file('b', images(3))], /a and b are both arrays of one kind/);
    await fails([file('b', writeIdx([3], new Uint8Array(3)))], /b holds labels only/);
    await fails([file('a', images(4)), file('b.idx', images(3).subarray(0, 40))], /^b\.idx: the IDX file is cut at byte 40/);
  });
});

describe('JPEG', () => {
  test('whole: how large it is, and where it is not decoded that is said', async () => {
    assert.deepEqual(inspectJpeg(JPEG, 'a.jpg'), { width: 12, height: 8 });
    await fails([file('a.jpg', JPEG)], /a\.jpg: JPEG is read in the panel only/);
    const decodeJpeg = () => Promise.resolve({ width: 12, height: 8, rgba: new Uint8Array(12 * 8 * 4).fill(255) });
    const source = await readOwn('x', [file('a.jpg', JPEG), file('b.jpg', JPEG)], { decodeJpeg });
    assert.deepEqual([source.train.images.length, source.train.images[0].channels, source.train.images[0].pixels[0]], [2, 1, 255]);
    await assert.rejects(readOwn('x', [file('a.jpg', JPEG)], { decodeJpeg: () => Promise.reject(new Error('no')) }), /a\.jpg: the JPEG file cannot be decoded/);
  });

  test('cut anywhere, it says at which byte', () => {
    for (let length = 2; length < JPEG.length; length++) assert.throws(() => inspectJpeg(JPEG.subarray(0, length), 'a.jpg'), (error) => error instanceof DataError && error.message.startsWith(`a.jpg: the JPEG file is cut at byte ${length}: `), String(length));
  });

  test('any damage gives a size or the typed error', () => {
    const words = createRandom(9).words('fuzz', 0, 4000);
    for (let i = 0; i < words.length; i += 2) {
      const bad = Uint8Array.from(JPEG);
      bad[words[i] % bad.length] = words[i + 1];
      try {
        assert.ok(inspectJpeg(bad, 'a.jpg').width > 0);
      } catch (error) {
        if (!(error instanceof DataError)) throw error;
      }
    }
  });
});
