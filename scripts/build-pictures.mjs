// dist/math: pictures of all formulas for hovers and inline previews, which show images only.
import { build } from 'esbuild';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

/** MathJax' own default font is another, larger one; ours looks like KaTeX'. */
export const texFont = {
  name: 'tex-font',
  setup(b) {
    b.onResolve({ filter: /^#default-font\/svg\/default\.js$/ }, ({ resolveDir }) => b.resolve('@mathjax/mathjax-tex-font/mjs/svg/default.js', { resolveDir, kind: 'import-statement' }));
  },
};

/** Pictures are remembered by their TeX alone, so each way of making them has a memory of its own. */
async function memoryOf(root) {
  const makers = ['extension/tex/typeset.ts', 'node_modules/@mathjax/src/package.json', 'node_modules/@mathjax/mathjax-tex-font/package.json'];
  const hash = createHash('sha256');
  for (const file of makers) hash.update(await readFile(path.join(root, file)));
  return path.join(root, `.cache/pictures-${hash.digest('hex').slice(0, 12)}.json`);
}

export async function buildPictures(root, out) {
  const script = path.join(root, 'out/pictures.cjs');
  await build({
    absWorkingDir: root, entryPoints: ['scripts/pictures.ts'], outfile: script, bundle: true, platform: 'node', target: 'node20', format: 'cjs', mainFields: ['module', 'main'], logLevel: 'warning', plugins: [texFont],
  });
  await promisify(execFile)(process.execPath, [script, out, await memoryOf(root)], { maxBuffer: 1 << 26 });
}
