/**
 * Own kernels against plain tfjs ops on SwiftShader, in Node or in Chromium:
 *
 *   npx esbuild test/bench/kernels-webgpu.ts --bundle --platform=node --format=cjs --main-fields=module,main --external:webgpu --external:esbuild --external:playwright-core --outfile=out/kernels-webgpu.cjs
 *   node out/kernels-webgpu.cjs [--chromium] [--rounds 5] [--only sampling] [--json]
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromiumArgs, findChromium } from '../../scripts/lib/chromium.mjs';
import type { Figures, Results } from './kernels-webgpu-work';

const { values } = parseArgs({ options: { chromium: { type: 'boolean' }, rounds: { type: 'string', default: '5' }, only: { type: 'string', default: '' }, json: { type: 'boolean' } } });

async function inNode(): Promise<Results> {
  // First, see there.
  await import('../kernels/engine/dawn');
  const { measure } = await import('./kernels-webgpu-work');
  const cpu = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
  return measure(Number(values.rounds), values.only, cpu);
}

async function inChromium(): Promise<Results> {
  const { build } = await import('esbuild');
  const { chromium } = await import('playwright-core');
  const bundle = await build({ entryPoints: [path.resolve('test/bench/kernels-webgpu-work.ts')], bundle: true, platform: 'browser', format: 'iife', globalName: 'bench', mainFields: ['module', 'main'], write: false, define: { 'process.env.NODE_ENV': '"production"' } });
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArgs() });
  try {
    const page = await browser.newPage();
    // WebGPU wants a secure context; localhost is one, and nothing is fetched.
    await page.route('http://localhost/', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>bench</title>' }));
    await page.goto('http://localhost/');
    await page.addScriptTag({ content: bundle.outputFiles[0].text });
    return await page.evaluate(([rounds, only]) => (globalThis as unknown as { bench: { measure(rounds: number, only: string): Promise<Results> } }).bench.measure(Number(rounds), only), [values.rounds, values.only]);
  } finally {
    await browser.close();
  }
}

const words = ({ ms, cpuMs, dispatches }: Figures): string => `${ms.toFixed(1)} ms${cpuMs === undefined ? '' : ` (processor ${cpuMs.toFixed(1)} ms)`}, ${dispatches} dispatches`;

async function main(): Promise<void> {
  const results = values.chromium ? await inChromium() : await inNode();
  if (values.json) console.log(JSON.stringify(results));
  else {
    console.log(`${results.device}; compiled in ${results.warmMs.toFixed(0)} ms`);
    for (const { name, ours, plain, ratioToPlain, difference } of results.rows) {
      console.log(`${name}\n  ours   ${words(ours)}\n  plain  ${words(plain)}\n  ${ratioToPlain.toFixed(2)} × plain; results differ by ${difference.toExponential(1)} of the largest`);
    }
  }
  // Dawn keeps Node alive.
  process.exit();
}

void main();
