/** The page's end, the worker from a blob: URL and IndexedDB, all real, in Chromium: a page that is killed while it trains, and two workers for one sample. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { build } from 'esbuild';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { WASM_FILES } from '../../../core/protocol/messages';
import { chromiumArgs, findChromium } from '../../../scripts/lib/chromium.mjs';
import type * as harness from './page-harness';

// Any origin will do, as long as it is one: storage belongs to it.
const ORIGIN = 'http://marginalia.test';

describe('in a browser', () => {
  let profile: string;
  let script: string;
  let context: BrowserContext | undefined;

  before(async () => {
    profile = mkdtempSync(path.join(tmpdir(), 'marginalia-profile-'));
    const { outputFiles } = await build({ entryPoints: ['test/kernels/runtime/page-harness.ts'], bundle: true, format: 'iife', globalName: 'harness', target: 'es2022', write: false });
    script = outputFiles[0].text;
  });
  after(async () => {
    await context?.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });

  const files: Record<string, () => [type: string, body: Buffer | string]> = {
    '/': () => ['text/html', '<!doctype html><title>harness</title><script src="/harness.js"></script>'],
    '/harness.js': () => ['text/javascript', script],
    '/worker.js': () => ['text/javascript', readFileSync('dist/webview/worker.js')],
    '/moons.safetensors': () => ['application/octet-stream', readFileSync('dist/webview/weights/moons.safetensors')],
    ...Object.fromEntries(WASM_FILES.map((name) => [`/${name}`, () => ['application/wasm', readFileSync(`dist/webview/wasm/${name}`)]])),
  };

  /** A browser on the one profile, with the harness open. */
  async function openPage(): Promise<Page> {
    context = await chromium.launchPersistentContext(profile, { executablePath: findChromium(), headless: true, args: chromiumArgs() });
    await context.route(`${ORIGIN}/**`, async (route) => {
      const file = files[new URL(route.request().url()).pathname];
      if (!file) return route.fulfill({ status: 404 });
      const [contentType, body] = file();
      return route.fulfill({ contentType, body });
    });
    const page = await context.newPage();
    page.on('pageerror', (error) => console.error(error));
    await page.goto(ORIGIN);
    return page;
  }
  const inPage = { trained: (page: Page, key: string, until: number) => page.evaluate(([k, n]) => (window as unknown as { harness: typeof harness }).harness.train(k, n), [key, until] as const) };

  it('a page that dies while it trains: opened again it goes on from the checkpoint, and ends bit for bit as a straight run', { timeout: 120_000 }, async () => {
    const first = await openPage();
    const straight = await inPage.trained(first, 'straight', 300);
    assert.equal(straight.step, 300);
    assert.equal((await inPage.trained(first, 'killed', 150)).step, 150);
    // Goes on, past its checkpoint and short of the next one, until the process of the page is gone.
    assert.ok((await first.evaluate(() => (window as unknown as { harness: typeof harness }).harness.trainForGood('killed'))) > 150);
    const gone = new Promise<void>((resolve) => first.on('crash', () => resolve()));
    void (await first.context().newCDPSession(first)).send('Page.crash').catch(() => {});
    await gone;
    await context!.close();

    const second = await openPage();
    const resumed = await inPage.trained(second, 'killed', 300);
    assert.deepEqual([resumed.resumedFrom, resumed.step], [150, 300]);
    assert.ok(straight.bytes.length > 1000);
    assert.deepEqual(resumed.bytes, straight.bytes);
    await context!.close();
    context = undefined;
  });

  it('two workers sample the same bytes as one', { timeout: 120_000 }, async () => {
    const page = await openPage();
    const { one, two, workers, device } = await page.evaluate(() => (window as unknown as { harness: typeof harness }).harness.sampleBoth(6001));
    assert.match(device, /^WASM/);
    assert.deepEqual(workers, [1, 2]);
    assert.equal(one.frames, 11);
    assert.deepEqual([two.frames, two.hash], [one.frames, one.hash]);
    await context!.close();
    context = undefined;
  });
});
