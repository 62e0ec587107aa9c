// npm run fuzz [-- --seed N] [--cases N] [--language id]: what test/unit/code/fuzz.test.ts does, with 100,000 cases and another seed each time.
// Prints seed, cases, findings and the slowest case of each language; a failure prints the shrunk source and the line that repeats it.
// Two threads, one language each at a time. A case that does not end within 30 s is printed and fails.
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';

const HANGING_MS = 30_000;
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
process.chdir(root);

const { values } = parseArgs({ options: { seed: { type: 'string' }, cases: { type: 'string', default: '100000' }, language: { type: 'string' } } });
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const cases = Number(values.cases);
if (!Number.isInteger(seed) || !Number.isInteger(cases) || cases < 1) throw new Error('--seed and --cases are whole numbers.');

const outfile = path.join(root, `out/fuzz/worker-${process.pid}.cjs`);
const { build } = await import('esbuild');
await build({ absWorkingDir: root, entryPoints: ['test/unit/code/fuzz-worker.ts'], outfile, bundle: true, platform: 'node', format: 'cjs', target: 'node20', mainFields: ['module', 'main'], sourcemap: 'inline', logLevel: 'error' });

/** Runs one part; resolves with whether all held. */
function run({ language, cases: count }) {
  return new Promise((resolve) => {
    // Length of the text, then the text of the case that runs.
    const shared = new SharedArrayBuffer(4 + 4_000_000);
    const worker = new Worker(outfile, { workerData: { language, cases: count, seed, shared }, execArgv: ['--enable-source-maps'] });
    let ticks = -1;
    let since = Date.now();
    const watch = setInterval(() => {
      const now = Atomics.load(new Int32Array(shared, 0, 1), 0);
      if (now !== ticks) {
        ticks = now;
        since = Date.now();
      } else if (Date.now() - since > HANGING_MS) {
        const bytes = new Uint8Array(shared, 4);
        console.error(`${language}: a case has not ended after ${HANGING_MS / 1000} s:\n${Buffer.from(bytes.slice(0, bytes.indexOf(0))).toString('utf8')}`);
        void worker.terminate();
        done(false);
      }
    }, 1000);
    const done = (ok) => {
      clearInterval(watch);
      resolve(ok);
    };
    worker.on('message', (message) => {
      if (message.failure) console.error(message.failure);
      else console.log(message.report);
      done(!message.failure);
    });
    worker.on('error', (error) => {
      console.error(`${language}: ${error.stack ?? error}`);
      done(false);
    });
  });
}

console.log(`seed ${seed}`);
const begun = Date.now();
const { parts } = await new Promise((resolve, reject) => {
  const worker = new Worker(outfile, { workerData: { list: cases } });
  worker.on('message', resolve);
  worker.on('error', reject);
});
const queue = parts.filter(({ language }) => values.language === undefined || language === values.language).map((part) => (values.language === undefined ? part : { ...part, cases }));
if (queue.length === 0) throw new Error(`--language is one of ${parts.map((part) => part.language).join(', ')}.`);
let failed = 0;
async function next() {
  for (let part = queue.shift(); part; part = queue.shift()) if (!(await run(part))) failed++;
}
await Promise.all(Array.from({ length: Math.min(2, os.cpus().length) }, next));
const { rm } = await import('node:fs/promises');
await rm(outfile, { force: true });
console.log(`${failed === 0 ? 'all held' : `${failed} languages failed`}; ${Math.round((Date.now() - begun) / 1000)} s`);
process.exitCode = failed === 0 ? 0 : 1;
