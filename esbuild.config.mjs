// One build for every bundle that ships. `--watch` rebuilds, `--production` minifies.
import { build, context } from 'esbuild';
import { watch as watchFolder } from 'node:fs';
import { cp, mkdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { buildKernels, kernelLoader } from './scripts/build-kernels.mjs';
import { buildPictures, texFont } from './scripts/build-pictures.mjs';
import { buildWords } from './scripts/build-words.mjs';
import { webWorker } from './scripts/lib/web-worker.mjs';

const root = path.dirname(fileURLToPath(import.meta.url));
const at = (...parts) => path.join(root, ...parts);
const watch = process.argv.includes('--watch');
const production = process.argv.includes('--production');

const common = {
  absWorkingDir: root,
  bundle: true,
  target: 'es2022',
  sourcemap: production ? false : 'linked',
  minify: production,
  logLevel: 'warning',
  // tfjs' modules import without file extensions; its ESM `main` fields bundle cleanly.
  mainFields: ['module', 'main'],
  define: { 'process.env.NODE_ENV': '"production"' },
};

/** tfjs' WASM glue mentions Node modules behind run-time guards that a browser never reaches. */
const browserStubs = {
  name: 'browser-stubs',
  setup(b) {
    b.onResolve({ filter: /^(fs|path|perf_hooks|worker_threads|os|util|crypto)$/ }, ({ path: p }) => ({ path: p, namespace: 'empty' }));
    b.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'module.exports = {}', loader: 'js' }));
  },
};

/** On the desktop the reader is a file of its own, which is not even compiled before a file is read; in the browser an extension is one file. */
const readerApart = {
  name: 'reader-apart',
  setup(b) {
    b.onResolve({ filter: /core\/code$/ }, ({ kind }) => (kind === 'require-call' ? { path: './reader.cjs', external: true } : undefined));
  },
};

const bundles = [
  { entryPoints: ['extension/main.ts'], outfile: 'dist/extension.cjs', platform: 'node', format: 'cjs', external: ['vscode'], plugins: [readerApart] },
  // It runs in both hosts: no package of it may bring what only Node has.
  { entryPoints: ['core/code/index.ts'], outfile: 'dist/reader.cjs', platform: 'browser', format: 'cjs' },
  { entryPoints: ['extension/main.ts'], outfile: 'dist/web/extension.cjs', platform: 'browser', format: 'cjs', external: ['vscode'], plugins: [webWorker] },
  { entryPoints: ['extension/tex/worker.ts'], outfile: 'dist/tex-worker.js', platform: 'browser', format: 'iife', plugins: [texFont] },
  { entryPoints: ['webview/ui/main.ts'], outfile: 'dist/webview/main.js', platform: 'browser', format: 'iife',
    loader: { '.woff2': 'file', '.woff': 'empty', '.ttf': 'empty' }, assetNames: 'fonts/[name]' },
  { entryPoints: ['webview/worker/main.ts'], outfile: 'dist/webview/worker.js', platform: 'browser', format: 'iife', plugins: [browserStubs], loader: kernelLoader },
  { entryPoints: ['cli/main.ts'], outfile: 'dist/cli.cjs', platform: 'node', format: 'cjs', loader: kernelLoader, banner: { js: '#!/usr/bin/env node' } },
].map((options) => ({ ...common, ...options }));

async function copyAssets() {
  await mkdir(at('dist/webview/wasm'), { recursive: true });
  const simd = 'tfjs-backend-wasm-simd.wasm';
  await cp(at('node_modules/@tensorflow/tfjs-backend-wasm/dist', simd), at('dist/webview/wasm', simd));
  await cp(at('webview/experiments/ddpm/weights'), at('dist/webview/weights'), { recursive: true });
  // With the README: it holds the licences.
  await cp(at('webview/experiments/vae/data'), at('dist/webview/images'), { recursive: true });
}

await rm(at('dist'), { recursive: true, force: true });
await Promise.all([copyAssets(), buildKernels(root), buildPictures(root, at('dist/math')), buildWords(root, at('dist/webview'))]);
if (watch) {
  await Promise.all(bundles.map(async (options) => (await context(options)).watch()));
  // esbuild sees the compiled kernels only; their sources are watched here.
  let compiled = Promise.resolve();
  watchFolder(at('webview/kernels/wasm/assembly'), () => {
    compiled = compiled.then(() => buildKernels(root)).catch((error) => console.error(error.message));
  });
  console.error('watching for changes');
} else {
  await Promise.all(bundles.map((options) => build(options)));
}
