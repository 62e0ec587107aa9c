// npm run fuzz [-- --seed N] [--cases N] [--language id]: what test/unit/code/fuzz-suite.ts does, with 100,000 cases and another seed each time.
// Prints seed, cases, findings and the slowest reading of each language; a failure prints the shrunk source and the line that repeats it.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { atEnd, endChildrenWithUs, run } from './lib/children.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
endChildrenWithUs();

const { values } = parseArgs({ options: { seed: { type: 'string' }, cases: { type: 'string', default: '100000' }, language: { type: 'string' } } });
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const cases = Number(values.cases);
if (!Number.isInteger(seed) || !Number.isInteger(cases) || cases < 1) throw new Error('--seed and --cases are whole numbers.');

const outfile = path.join(root, `out/fuzz/worker-${process.pid}.cjs`);
await build({ absWorkingDir: root, entryPoints: ['test/unit/code/fuzz-worker.ts'], outfile, bundle: true, platform: 'node', format: 'cjs', target: 'node20', mainFields: ['module', 'main'], logLevel: 'error' });
atEnd(() => rmSync(outfile, { force: true }));

console.log(`seed ${seed}`);
const begun = Date.now();
const parts = JSON.parse(execFileSync(process.execPath, [outfile, '--shares', String(cases)], { encoding: 'utf8' }));
const chosen = values.language === undefined ? parts : parts.filter(({ language }) => language === values.language).map((part) => ({ ...part, cases }));
if (chosen.length === 0) throw new Error(`--language is one of ${parts.map((part) => part.language).join(', ')}.`);
let failed = 0;
const queue = [...chosen];
async function next() {
  for (let part = queue.shift(); part; part = queue.shift()) {
    const { code } = await run(process.execPath, [outfile, part.language, String(part.cases), String(seed)]);
    if (code !== 0) failed++;
  }
}
await Promise.all(Array.from({ length: Math.min(2, os.cpus().length) }, next));
console.log(`${failed === 0 ? 'all held' : `${failed} of ${chosen.length} languages failed`}; ${chosen.reduce((sum, part) => sum + part.cases, 0)} cases; ${Math.round((Date.now() - begun) / 1000)} s`);
process.exitCode = failed === 0 ? 0 : 1;
