// Suites that run under node:test: every test/<suite>/**/*.test.ts is bundled by esbuild and run by `node --test`.
import { rmSync } from 'node:fs';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { buildKernels, kernelLoader } from '../build-kernels.mjs';
import { atEnd, run } from './children.mjs';

/** Test files of a suite, relative to `root`; `filter` keeps those whose path contains it. */
export async function testFiles(root, suite, filter = '') {
  const entries = await readdir(path.join(root, 'test', suite), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
    .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)))
    .filter((file) => file.includes(filter))
    .sort();
}

/**
 * Bundles and runs. `timeout` is for the whole suite, in ms; `concurrency` is how many files run at once.
 * Returns {passed, failed, note}.
 */
export async function runNodeSuite({ root, suite, filter, timeout, env = {}, concurrency }) {
  const files = await testFiles(root, suite, filter);
  if (files.length === 0) return { passed: 0, failed: 0, note: `no file test/${suite}/**/*.test.ts${filter ? ` with "${filter}" in its path` : ''}` };
  // Two runs at once must not remove each other's bundles.
  const out = path.join(root, 'out/test', `${suite}-${process.pid}`);
  const forget = atEnd(() => rmSync(out, { recursive: true, force: true }));
  await mkdir(out, { recursive: true });
  await buildKernels(root);
  const bundled = await bundle(root, suite, files, out);
  // Without a file `node --test` would search for tests by itself.
  if (bundled.files.length === 0) return { passed: 0, failed: bundled.failed, note: 'no file could be bundled' };

  const results = path.join(out, 'results.jsonl');
  const reporters = [
    '--test-reporter=spec', '--test-reporter-destination=stdout',
    `--test-reporter=${path.join(root, 'scripts/lib/reporter.mjs')}`, `--test-reporter-destination=${results}`,
  ];
  const inherited = { ...process.env };
  // Set when we run below another node:test; with it `--test` would report to that one.
  delete inherited.NODE_TEST_CONTEXT;
  const outcome = await run(process.execPath, ['--enable-source-maps', '--test', `--test-concurrency=${concurrency}`, ...reporters, ...bundled.files], {
    cwd: root, timeout, env: { ...inherited, ...env },
  });
  const counted = count(await readFile(results, 'utf8').catch(() => ''));
  forget();
  await rm(out, { recursive: true, force: true });
  const failed = counted.failed + counted.skipped + counted.empty + bundled.failed;
  const notes = [];
  if (bundled.failed > 0) notes.push(`${bundled.failed} could not be bundled`);
  if (counted.skipped > 0) notes.push(`${counted.skipped} skipped, which counts as failed: everything here is required`);
  if (counted.empty > 0) notes.push(`${counted.empty} files hold no test, which counts as failed`);
  if (outcome.timedOut) notes.push(`stopped after ${timeout / 1000} s`);
  // The runner itself can fail without a failing test: a crash, or the timeout above.
  if (outcome.code !== 0 && failed === 0) return { passed: counted.passed, failed: 1, note: notes.join('; ') || `the runner ended with ${outcome.code ?? outcome.signal}` };
  return { passed: counted.passed, failed: failed + (outcome.timedOut ? 1 : 0), note: notes.join('; ') || undefined };
}

export function count(lines) {
  const counted = { passed: 0, failed: 0, skipped: 0, empty: 0 };
  for (const line of lines.split('\n')) {
    if (line) counted[JSON.parse(line).outcome] += 1;
  }
  return counted;
}

/** One bundle a file, so that a file that does not compile fails alone. */
async function bundle(root, suite, files, out) {
  const { build } = await import('esbuild');
  const bundled = { files: [], failed: 0 };
  for (const file of files) {
    const outfile = path.join(out, path.relative(path.join('test', suite), file).replace(/\.ts$/, '.cjs'));
    try {
      await build({
        absWorkingDir: root, entryPoints: [file], outfile, bundle: true, platform: 'node', format: 'cjs', target: 'node20',
        mainFields: ['module', 'main'], loader: kernelLoader, external: ['webgpu', 'playwright-core', 'esbuild', 'typescript'], sourcemap: 'inline', logLevel: 'error',
      });
      bundled.files.push(outfile);
    } catch {
      console.error(`${file} could not be bundled (see above).`);
      bundled.failed += 1;
    }
  }
  return bundled;
}
