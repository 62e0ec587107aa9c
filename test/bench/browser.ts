/** Chromium with the bench's page open, over what the extension ships: dist/webview, served on 127.0.0.1, where WebGPU is allowed. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';
import { chromium, type Page } from 'playwright-core';
import { chromiumArgs, findChromium } from '../../scripts/lib/chromium.mjs';
import type * as benchPage from './device-page';

export type BenchPage = typeof benchPage;

export interface Bench {
  version: string;
  /** Calls a function of ./device-page there. */
  call<K extends keyof BenchPage>(name: K, ...args: Parameters<BenchPage[K]>): Promise<Awaited<ReturnType<BenchPage[K]>>>;
  close(): Promise<void>;
}

const TYPES: Record<string, string> = { '.js': 'text/javascript', '.wasm': 'application/wasm' };

export async function openBench(root: string): Promise<Bench> {
  const bundled = new Map([['/bench-page.js', await bundle(root, 'device-page')], ['/bench-worker.js', await bundle(root, 'device-worker')]]);
  const server = createServer((request, response) => {
    const url = request.url ?? '/';
    if (url === '/') return void response.setHeader('content-type', 'text/html').end('<!doctype html><meta charset="utf-8"><title>bench</title><link rel="icon" href="data:,"><script src="bench-page.js"></script>');
    response.setHeader('content-type', TYPES[path.extname(url)] ?? 'application/octet-stream');
    const text = bundled.get(url);
    if (text !== undefined) return void response.end(text);
    readFile(path.join(root, 'dist/webview', path.posix.normalize(url))).then((bytes) => response.end(bytes), () => response.writeHead(404).end());
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArgs() });
  const close = async () => {
    await browser.close();
    server.close();
  };
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    return { version: browser.version(), call: (name, ...args) => callIn(page, name, args), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function callIn<K extends keyof BenchPage>(page: Page, name: K, args: Parameters<BenchPage[K]>): Promise<Awaited<ReturnType<BenchPage[K]>>> {
  return page.evaluate(
    async ([method, values]) => (globalThis as unknown as { bench: Record<string, (...args: unknown[]) => unknown> }).bench[method](...values),
    [name, args] as [string, unknown[]],
  ) as Promise<Awaited<ReturnType<BenchPage[K]>>>;
}

/** As the shipped bundles are made. */
async function bundle(root: string, name: string): Promise<string> {
  const noNode: Plugin = {
    name: 'no-node',
    setup(b) {
      b.onResolve({ filter: /^(fs|path|perf_hooks|worker_threads|os|util|crypto)$/ }, ({ path: module }) => ({ path: module, namespace: 'empty' }));
      b.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'module.exports = {}', loader: 'js' }));
    },
  };
  const { outputFiles } = await build({
    absWorkingDir: root, entryPoints: [`test/bench/${name}.ts`], bundle: true, write: false, format: 'iife', globalName: 'bench', platform: 'browser', target: 'es2022', minify: true,
    mainFields: ['module', 'main'], loader: { '.wasm': 'binary' }, define: { 'process.env.NODE_ENV': '"production"' }, plugins: [noNode], logLevel: 'error',
  });
  return outputFiles[0].text;
}
