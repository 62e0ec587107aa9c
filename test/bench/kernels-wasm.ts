/**
 * Prints the times of the WASM kernels in Node, and with --chromium in a blob worker of Chromium, where relaxed SIMD is. Bundled, it runs from the root:
 *   npx esbuild test/bench/kernels-wasm.ts --bundle --platform=node --target=node20 --format=cjs --main-fields=module,main --loader:.wasm=binary --external:esbuild --external:playwright-core --outfile=out/bench/kernels-wasm.cjs
 *   node out/bench/kernels-wasm.cjs [--chromium] [--rounds=30] [--json]
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build, type PluginBuild } from 'esbuild';
import { chromium } from 'playwright-core';
import { chromiumArgs, findChromium } from '../../scripts/lib/chromium.mjs';
import type { Build } from '../../webview/kernels/wasm/module';
import { measure, type Measured, type Timing } from './kernels-wasm-measure';

const WASM = 'node_modules/@tensorflow/tfjs-backend-wasm/dist';

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { chromium: { type: 'boolean' }, json: { type: 'boolean' }, rounds: { type: 'string', default: '30' } } });
  const rounds = Number(values.rounds);
  const results: Record<string, Measured> = {};
  results[`Node ${process.versions.node}`] = await measure(WASM, undefined, rounds);
  if (values.chromium) for (const kind of ['SIMD', 'relaxed SIMD'] as const) results[`Chromium, ${kind}`] = await inChromium(kind, rounds);
  if (values.json) console.log(JSON.stringify(results));
  else for (const [place, result] of Object.entries(results)) print(place, result);
}

function print(place: string, { build: kind, step, train }: Measured): void {
  const line = (what: string, { medianMs, bestMs, gflops }: Timing) => console.log(`  ${what.padEnd(34)} median ${medianMs.toFixed(2).padStart(8)} ms  best ${bestMs.toFixed(2).padStart(8)} ms  ${gflops.toFixed(1).padStart(5)} GFLOP/s`);
  console.log(`${place} (${kind})`);
  line('sampling step, 10,000 points, own', step.own);
  line('  plain tfjs', step.plain);
  line('training step, batch 512, own', train.own);
  line('  plain tfjs', train.plain);
  console.log(`  own against plain: sampling ${(step.plain.medianMs / step.own.medianMs).toFixed(1)}×, training ${(train.plain.medianMs / train.own.medianMs).toFixed(1)}×; ${(1000 / train.own.medianMs).toFixed(0)} training steps a second`);
}

/** In a blob worker, as in the panel. */
async function inChromium(kind: Build, rounds: number): Promise<Measured> {
  const empty = (names: RegExp) => ({
    name: 'no-node',
    setup(b: PluginBuild) {
      b.onResolve({ filter: names }, ({ path: name }) => ({ path: name, namespace: 'empty' }));
      b.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'module.exports = {}', loader: 'js' as const }));
    },
  });
  const bundle = await build({
    entryPoints: ['test/bench/kernels-wasm-worker.ts'], bundle: true, write: false, format: 'iife', platform: 'browser', target: 'es2022', mainFields: ['module', 'main'],
    loader: { '.wasm': 'binary' }, define: { 'process.env.NODE_ENV': '"production"' }, plugins: [empty(/^(fs|path|perf_hooks|worker_threads|os|util|crypto)$/)], logLevel: 'error',
  });
  const server = createServer((request, response) => {
    if (!request.url?.endsWith('.wasm')) return void response.setHeader('content-type', 'text/html').end('<!doctype html>');
    readFile(path.join(WASM, path.basename(request.url))).then((bytes) => response.setHeader('content-type', 'application/wasm').end(bytes), () => response.writeHead(404).end());
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArgs() });
  try {
    const page = await browser.newPage();
    await page.goto(origin);
    const answer = await page.evaluate(async ({ script, message }) => {
      const worker = new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
      return new Promise<{ result?: unknown; error?: string }>((resolve) => {
        worker.onmessage = ({ data }) => resolve(data as { result: unknown });
        worker.onerror = ({ message: words }) => resolve({ error: words });
        worker.postMessage(message);
      });
    }, { script: bundle.outputFiles[0].text, message: { wasmPaths: origin, build: kind, rounds } });
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.result as Measured;
  } finally {
    await browser.close();
    server.close();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
