/** The PNG decoder against images of every kind, and against files that are cut or damaged. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { DataError } from '../../../core/data/dataError';
import { inflateStream } from '../../../core/data/inflate';
import { decodePng } from '../../../core/data/png';
import { createRandom } from '../../../core/math/random';
import { CHANNELS, chunk, encodePng, headerChunk, imageData, SIGNATURE, type PngSource } from './encodePng';

const KINDS = [[0, [1, 2, 4, 8, 16]], [2, [8, 16]], [3, [1, 2, 4, 8]], [4, [8, 16]], [6, [8, 16]]] as const;

function randomPng(colour: number, depth: number, interlaced: boolean, width: number, height: number, seed: number): PngSource {
  const random = createRandom(seed).words('png', 0, width * height * CHANNELS[colour] + 4096);
  const samples = Array.from(random.subarray(4096), (word) => word % 2 ** depth);
  const palette = colour === 3 ? Uint8Array.from({ length: 3 * 2 ** depth }, (_, i) => random[i] % 256) : undefined;
  return { width, height, depth, colour, interlaced, samples, filter: (row) => (row + seed) % 5, palette, chunkBytes: 50 };
}

/** What each pixel is, by the definition of the format. */
function expected({ width, height, depth, colour, samples, palette, transparency }: PngSource): number[] {
  const channels = CHANNELS[colour];
  const unit = (value: number) => value / (2 ** depth - 1);
  const out: number[] = [];
  for (let i = 0; i < width * height; i++) {
    const own = samples.slice(i * channels, (i + 1) * channels);
    let [values, alpha] = [own.slice(0, colour === 4 ? 1 : 3).map(unit), channels % 2 === 0 ? unit(own[channels - 1]) : 1];
    if (colour === 3) [values, alpha] = [[0, 1, 2].map((c) => palette![3 * own[0] + c] / 255), (transparency?.[own[0]] ?? 255) / 255];
    else if (transparency && own.every((value, c) => value === transparency[2 * c] * 256 + transparency[2 * c + 1])) alpha = 0;
    out.push(...values.map((value) => 255 * (value * alpha + 1 - alpha)));
  }
  return out;
}

async function assertDecoded(source: PngSource): Promise<void> {
  const image = await decodePng(encodePng(source), 'a.png', inflateStream);
  assert.deepEqual([image.width, image.height, image.channels], [source.width, source.height, source.colour === 0 || source.colour === 4 ? 1 : 3]);
  const want = expected(source);
  assert.equal(image.pixels.length, want.length);
  // Of opacity with 16 bits, value, opacity and result are rounded one after the other.
  const near = CHANNELS[source.colour] % 2 === 0 && source.depth === 16 ? 1.51 : 0.51;
  want.forEach((value, i) => assert.ok(Math.abs(image.pixels[i] - value) <= near, `pixel ${i}: ${image.pixels[i]}, not ${value}`));
}

describe('PNG of every kind', () => {
  for (const [colour, depths] of KINDS) for (const depth of depths) for (const interlaced of [false, true]) {
    test(`colour type ${colour}, ${depth} bits${interlaced ? ', interlaced' : ''}`, async () => {
      for (const [width, height] of [[1, 1], [3, 2], [7, 9], [16, 5], [33, 17]]) await assertDecoded(randomPng(colour, depth, interlaced, width, height, width + height));
    });
  }

  test('transparent grey, colours and palettes are white', async () => {
    const grey = randomPng(0, 4, false, 9, 9, 3);
    await assertDecoded({ ...grey, transparency: Uint8Array.of(0, grey.samples[5]) });
    const colour = randomPng(2, 16, true, 9, 9, 4);
    await assertDecoded({ ...colour, transparency: Uint8Array.from(colour.samples.slice(12, 15).flatMap((value) => [value >> 8, value & 255])) });
    await assertDecoded({ ...randomPng(3, 2, false, 9, 9, 5), transparency: Uint8Array.of(0, 128) });
    const image = await decodePng(encodePng({ ...grey, transparency: Uint8Array.of(0, grey.samples[5]) }), 'a.png', inflateStream);
    assert.equal(image.transparent, true);
    assert.equal(image.pixels[5], 255);
  });
});

describe('PNG that cannot be read says where', () => {
  const source = randomPng(2, 8, false, 12, 10, 1);
  const whole = encodePng(source);
  const fails = (bytes: Uint8Array, message: RegExp) => assert.rejects(decodePng(bytes, 'sub/a.png', inflateStream), (error) => error instanceof DataError && message.test(error.message) || assert.fail(String(error)));
  const made = (header: Partial<PngSource>, ...rest: Buffer[]) => Buffer.concat([SIGNATURE, headerChunk({ ...source, ...header }), ...rest, chunk('IEND', new Uint8Array())]);

  test('cut anywhere', async () => {
    for (let length = 0; length < whole.length; length++) await fails(whole.subarray(0, length), new RegExp(`^sub/a\\.png: the PNG file is cut at byte ${length}: .+\\.$`));
  });

  test('every damaged byte of what is used is noticed, with its place', async () => {
    const comment = whole.indexOf('tEXt');
    for (let i = 0; i < comment - 4; i++) {
      const bad = Uint8Array.from(whole);
      bad[i] ^= 0x10;
      await fails(bad, /byte \d+/);
    }
  });

  test('damage that the checksums do not show', async () => {
    await fails(made({}, chunk('IDAT', Buffer.from('no zlib'))), /the image data from byte 33 on are damaged/);
    await fails(made({}, chunk('IDAT', deflateSync(imageData(source)).subarray(0, 60))), /from byte 33 on are damaged/);
    await fails(made({ height: 11 }, chunk('IDAT', deflateSync(imageData(source)))), /unpack to 370 bytes; 12 × 11 pixels take 407/);
    await fails(made({ height: 9 }, chunk('IDAT', deflateSync(imageData(source)))), /unpack to more than the 333 bytes/);
    await fails(made({}, chunk('IDAT', deflateSync(imageData({ ...source, filter: () => 0 }).fill(9, 37, 38)))), /row 1 of the image data from byte 33 on has filter 9/);
    await fails(made({}), /no image data/);
    await fails(made({ colour: 3 }, chunk('IDAT', deflateSync(Buffer.alloc(200)))), /no palette/);
    await fails(made({ colour: 3 }, chunk('PLTE', new Uint8Array(4)), chunk('IDAT', new Uint8Array())), /palette at byte 33 has 4 bytes/);
    await fails(made({ colour: 3 }, chunk('PLTE', new Uint8Array(6)), chunk('IDAT', deflateSync(Buffer.alloc(130, 1)))), /from byte 51 on ask for colour \d, and the palette has 2/);
    await fails(made({ width: 0 }), /0 × 10 pixels/);
    await fails(made({ width: 100_000, height: 100_000 }), /100000 × 100000 pixels; at most 50 million/);
    await fails(made({ colour: 5 }), /byte 24: there is no PNG of colour type 5 with 8 bits/);
    await fails(made({ depth: 3, colour: 0 }), /colour type 0 with 3 bits/);
    await fails(made({}, chunk('ABCD', new Uint8Array())), /chunk ABCD at byte 33 is unknown/);
    await fails(Buffer.from('GIF89a…'), /byte 0 is 71/);
  });

  test('a small file that unpacks to very much is not unpacked', async () => {
    const bomb = made({}, chunk('IDAT', deflateSync(Buffer.alloc(64 * 1024 * 1024))));
    const before = process.memoryUsage().arrayBuffers;
    await fails(bomb, /unpack to more than/);
    assert.ok(process.memoryUsage().arrayBuffers - before < 32 * 1024 * 1024);
  });

  test('any bytes in chunks with right checksums give an image or the typed error', async () => {
    const random = createRandom(7);
    for (let round = 0; round < 400; round++) {
      const [w, h, d, c, i, n, ...bytes] = random.words('fuzz', round * 64, 64);
      const header = { width: 1 + (w % 40), height: 1 + (h % 40), depth: [1, 2, 4, 8, 16][d % 5], colour: c % 7, interlaced: i % 2 === 1 };
      const data = Buffer.from(bytes.map((word) => word % 6));
      const file = made(header, chunk('PLTE', data.subarray(0, 3 * (n % 9))), chunk('tRNS', data.subarray(0, n % 5)), chunk('IDAT', deflateSync(Buffer.concat(Array<Buffer>(1 + (n % 90)).fill(data)))));
      try {
        const image = await decodePng(file, 'a.png', inflateStream);
        assert.equal(image.pixels.length, image.width * image.height * image.channels);
      } catch (error) {
        if (!(error instanceof DataError)) throw error;
        assert.match(error.message, /^a\.png: /);
      }
    }
  });
});
