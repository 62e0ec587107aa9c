// npm run bench [-- --json] [--only reading,devices,editor] [--quick]: the figures of docs/benchmarks.md, beside their targets.
// Progress, and all that the tools say, goes to stderr; stdout gets the table or, with --json, one object on one line.
// --quick sees whether everything runs: one round of a few steps, whose times mean nothing.
import { spawn } from 'node:child_process';
import { loadavg } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runBench } from './lib/bench-run.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
process.chdir(root);

/** Runs a step with its output on stderr; ends everything when it fails. */
function step(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 2, 2], ...options });
    child.on('error', reject);
    child.on('close', (code, signal) => (code === 0 ? resolve() : reject(new Error(`"${[path.basename(command), ...args].join(' ')}" ended with ${code ?? signal}; its messages are above.`))));
  });
}

async function main() {
  const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, only: { type: 'string' }, quick: { type: 'boolean', default: false } } });
  const load = String(loadavg()[0]);
  await step(process.execPath, ['scripts/lib/bench-setup.mjs']);
  const { results, table } = await runBench(root, 'test/bench/main.ts', ['--load', load, ...(values.only ? ['--only', values.only] : []), ...(values.quick ? ['--quick'] : [])]);
  process.stdout.write(`${values.json ? JSON.stringify(results) : table}\n`);
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
