/** Images in the page, in Chromium: what ships is fetched and unpacked, JPEG and PNG are decoded by the browser's own means. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import { loadShipped, SHIPPED_FILES } from '../../../core/data/shipped';
import { chromiumArgs, findChromium } from '../../../scripts/lib/chromium.mjs';
import { encodePng } from '../../unit/data/encodePng';
import { JPEG } from '../../unit/data/jpegFile';
import type * as harness from './images-harness';

const ORIGIN = 'http://marginalia.test';
type Harness = { harness: typeof harness };

describe('images in a browser', () => {
  let browser: Browser;
  let page: Page;

  before(async () => {
    const { outputFiles } = await build({ entryPoints: ['test/kernels/runtime/images-harness.ts'], bundle: true, format: 'iife', globalName: 'harness', target: 'es2022', write: false });
    browser = await chromium.launch({ executablePath: findChromium(), headless: true, args: chromiumArgs() });
    page = await browser.newPage();
    page.on('pageerror', (error) => console.error(error));
    await page.route(`${ORIGIN}/**`, async (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>harness</title><script src="/harness.js"></script>' });
      if (pathname === '/harness.js') return route.fulfill({ contentType: 'text/javascript', body: outputFiles[0].text });
      // From the build: what the extension hands out.
      return SHIPPED_FILES.includes(pathname.slice('/images/'.length)) ? route.fulfill({ contentType: 'application/gzip', body: readFileSync(`dist/webview${pathname}`) }) : route.fulfill({ status: 404 });
    });
    await page.goto(ORIGIN);
  });
  after(() => browser.close());

  const open = (files: { path: string; bytes: Uint8Array }[]) =>
    page.evaluate((sent) => (window as unknown as Harness).harness.openOwn(sent), files.map(({ path, bytes }) => ({ path, bytes: [...bytes] })));

  it('what ships is the same as in Node', { timeout: 60_000 }, async () => {
    for (const id of ['mnist', 'fashion-mnist'] as const) {
      const { title, train, test, labelNames } = await loadShipped(id, (file) => Promise.resolve(new Uint8Array(readFileSync(`webview/experiments/vae/data/${file}`))));
      const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);
      assert.deepEqual(await page.evaluate((set) => (window as unknown as Harness).harness.load(set), id), {
        title, counts: [train.count, test.count], sums: [sum(train.values), sum(test.values)], labels: sum(train.labels!), labelNames,
      });
    }
    assert.deepEqual((await page.evaluate(() => (window as unknown as Harness).harness.load('moons'))).counts, [10_000, 2000]);
  });

  it('JPEG and PNG together', { timeout: 60_000 }, async () => {
    const png = encodePng({ width: 12, height: 8, depth: 8, colour: 0, interlaced: true, samples: Array.from({ length: 96 }, (_, i) => i), filter: (row) => row % 5 });
    const { problem, image, values, notes, phases } = await open([{ path: 'a.jpg', bytes: JPEG }, { path: 'b.png', bytes: png }, { path: 'bad.jpg', bytes: JPEG.subarray(0, 90) }]);
    assert.equal(problem, null);
    assert.deepEqual(image, { height: 8, width: 12, channels: 1 });
    // Pillow's values of a column; decoders differ by rounding.
    [16, 49, 79, 109, 147, 177, 207, 240].forEach((value, y) => assert.ok(Math.abs(values[12 * y + 3] - value) <= 2, `row ${y}: ${values[12 * y + 3]}, not ${value}`));
    assert.deepEqual(values.slice(96), Array.from({ length: 96 }, (_, i) => i));
    assert.match(notes.join('\n'), /1 of 3 files are left out\nbad\.jpg: the JPEG file is cut at byte 90/);
    assert.deepEqual(phases, ['reading 1/3', 'reading 2/3', 'reading 3/3', 'decoding 1/3', 'decoding 2/3', 'decoding 3/3']);
  });

  it('a JPEG of which only the frame is left is refused by name', { timeout: 60_000 }, async () => {
    // Start of the image, size of the frame, end: whole by its markers, and nothing to decode.
    const frame = JPEG.indexOf(Buffer.from([0xff, 0xc0])) >= 0 ? JPEG.indexOf(Buffer.from([0xff, 0xc0])) : JPEG.indexOf(Buffer.from([0xff, 0xc2]));
    const empty = Buffer.concat([JPEG.subarray(0, 2), JPEG.subarray(frame, frame + 2 + JPEG.readUInt16BE(frame + 2)), Buffer.from([0xff, 0xd9])]);
    assert.match((await open([{ path: 'sub/empty.jpg', bytes: empty }])).problem ?? '', /^sub\/empty\.jpg: the JPEG file cannot be decoded/);
  });
});
