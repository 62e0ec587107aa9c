// npm run bench [-- --json] [--only reading,devices,editor] [--quick]: the figures of docs/benchmarks.md, beside their targets.
// Progress, and all that the tools say, goes to stderr; stdout gets the table or, with --json, one object on one line.
// --quick sees whether everything runs: one round of a few steps, whose times mean nothing.
import { fork, spawn } from 'node:child_process';
import { loadavg } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

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

async function bundle() {
  const { build } = await import('esbuild');
  const { kernelLoader } = await import('./build-kernels.mjs');
  const outfile = path.join(root, `out/bench/main-${process.pid}.cjs`);
  await build({
    absWorkingDir: root, entryPoints: ['test/bench/main.ts'], outfile, bundle: true, platform: 'node', format: 'cjs', target: 'node20', mainFields: ['module', 'main'],
    loader: kernelLoader, external: ['esbuild', 'playwright-core'], logLevel: 'error',
  });
  return outfile;
}

/** The bench in a process of its own, whose stdout is our stderr. */
function measure(file, args) {
  return new Promise((resolve, reject) => {
    let answer;
    const child = fork(file, args, { stdio: ['ignore', 2, 2, 'ipc'] });
    const end = (signal) => child.kill(signal);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, end);
    child.on('message', (message) => (answer = message));
    child.on('error', reject);
    child.on('close', (code, signal) => (code === 0 && answer ? resolve(answer) : reject(new Error(`The bench ended with ${code ?? signal}; the reason is above.`))));
  });
}

async function main() {
  const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, only: { type: 'string' }, quick: { type: 'boolean', default: false } } });
  const load = String(loadavg()[0]);
  await step(process.execPath, ['scripts/lib/bench-setup.mjs']);
  const { rm } = await import('node:fs/promises');
  const file = await bundle();
  try {
    const { results, table } = await measure(file, ['--load', load, ...(values.only ? ['--only', values.only] : []), ...(values.quick ? ['--quick'] : [])]);
    process.stdout.write(`${values.json ? JSON.stringify(results) : table}\n`);
  } finally {
    await rm(file, { force: true });
  }
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
