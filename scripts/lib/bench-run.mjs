// Bundles a bench of test/bench and runs it in a process of its own, whose output is our stderr: stdout is the result's.
import { fork } from 'node:child_process';
import { rm } from 'node:fs/promises';
import path from 'node:path';

/** @returns what the bench sends in the end: {results, table}. */
export async function runBench(root, entry, args) {
  const file = await bundle(root, entry);
  try {
    return await measure(file, args);
  } finally {
    await rm(file, { force: true });
  }
}

async function bundle(root, entry) {
  const { build } = await import('esbuild');
  const { buildKernels, kernelLoader } = await import('../build-kernels.mjs');
  await buildKernels(root);
  const outfile = path.join(root, `out/bench/${path.basename(entry, '.ts')}-${process.pid}.cjs`);
  await build({
    absWorkingDir: root, entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'cjs', target: 'node20', mainFields: ['module', 'main'],
    loader: kernelLoader, external: ['esbuild', 'playwright-core'], logLevel: 'error',
  });
  return outfile;
}

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
