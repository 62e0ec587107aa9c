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

type Call<P, K extends keyof P> = P[K] extends (...args: infer A) => infer R ? (...args: A) => Promise<Awaited<R>> : never;

export interface Bench<P = BenchPage> {
  version: string;
  /** Calls a function of the page's module there. */
  call<K extends keyof P & string>(name: K, ...args: Parameters<Call<P, K>>): ReturnType<Call<P, K>>;
  close(): Promise<void>;
}

/** Modules of this folder that become the page and its worker, and files that are served beside what ships, by their address. */
export interface BenchParts {
  page: string;
  worker: string;
  files?: Readonly<Record<string, string>>;
}

const TYPES: Record<string, string> = { '.js': 'text/javascript', '.wasm': 'application/wasm' };

export async function openBench<P = BenchPage>(root: string, { page: pageModule, worker, files = {} }: BenchParts = { page: 'device-page', worker: 'device-worker' }): Promise<Bench<P>> {
  const bundled = new Map([['/bench-page.js', await bundle(root, pageModule)], ['/bench-worker.js', await bundle(root, worker)]]);
  const server = createServer((request, response) => {
    const url = request.url ?? '/';
    if (url === '/') return void response.setHeader('content-type', 'text/html').end('<!doctype html><meta charset="utf-8"><title>bench</title><link rel="icon" href="data:,"><script src="bench-page.js"></script>');
    response.setHeader('content-type', TYPES[path.extname(url)] ?? 'application/octet-stream');
    const text = bundled.get(url);
    if (text !== undefined) return void response.end(text);
    readFile(files[url] ?? path.join(root, 'dist/webview', path.posix.normalize(url))).then((bytes) => response.end(bytes), () => response.writeHead(404).end());
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
    return { version: browser.version(), call: ((name: string, ...args: unknown[]) => callIn(page, name, args)) as unknown as Bench<P>['call'], close };
  } catch (error) {
    await close();
    throw error;
  }
}

function callIn(page: Page, name: string, args: unknown[]): Promise<unknown> {
  return page.evaluate(
    async ([method, values]) => (globalThis as unknown as { bench: Record<string, (...args: unknown[]) => unknown> }).bench[method](...values),
    [name, args] as [string, unknown[]],
  );
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
