// Compiles the SIMD kernels (webview/kernels/wasm/assembly, AssemblyScript) to the two modules that the bundles take in. Does nothing when they are up to date.
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const folder = 'webview/kernels/wasm';
const builds = { simd: 'simd', relaxed: 'simd,relaxed-simd' };

/** esbuild options of every bundle that may reach the kernels. */
export const kernelLoader = { '.wasm': 'binary' };

/** Throws, after the compiler's messages, when a source does not compile. */
export async function buildKernels(root) {
  const sources = path.join(root, folder, 'assembly');
  const out = path.join(root, folder, 'build');
  const newest = Math.max(...(await Promise.all([fileURLToPath(import.meta.url), ...(await readdir(sources, { recursive: true })).map((name) => path.join(sources, name))].map(modified))));
  for (const [name, features] of Object.entries(builds)) {
    const target = path.join(out, `${name}.wasm`);
    if ((await modified(target)) > newest) continue;
    await mkdir(out, { recursive: true });
    // Two builds at once must not read each other's half.
    const draft = path.join(folder, 'build', `${name}-${process.pid}.wasm`);
    try {
      await compile(root, draft, features);
      await rename(path.join(root, draft), target);
    } finally {
      await rm(path.join(root, draft), { force: true });
    }
  }
}

async function compile(root, outFile, features) {
  const asc = await import('assemblyscript/asc');
  const { error, stderr } = await asc.main([
    `${folder}/assembly/index.ts`, '--baseDir', root, '--outFile', outFile, '--enable', features, '-O3', '--noAssert', '--runtime', 'stub',
  ]);
  if (!error) return;
  console.error(stderr.toString());
  throw new Error(`The kernels in ${folder}/assembly do not compile; the messages are above.`, { cause: error });
}

const modified = (file) => stat(file).then(({ mtimeMs }) => mtimeMs, () => 0);

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await buildKernels(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
