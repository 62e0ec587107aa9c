// dist/math: pictures of all formulas for hovers and inline previews, which show images only.
import { build } from 'esbuild';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

/** MathJax' own default font is another, larger one; ours looks like KaTeX'. */
export const texFont = {
  name: 'tex-font',
  setup(b) {
    b.onResolve({ filter: /^#default-font\/svg\/default\.js$/ }, ({ resolveDir }) => b.resolve('@mathjax/mathjax-tex-font/mjs/svg/default.js', { resolveDir, kind: 'import-statement' }));
  },
};

export async function buildPictures(root, out) {
  const script = path.join(root, 'out/pictures.cjs');
  await build({
    absWorkingDir: root, entryPoints: ['scripts/pictures.ts'], outfile: script, bundle: true, platform: 'node', target: 'node20', format: 'cjs', mainFields: ['module', 'main'], logLevel: 'warning', plugins: [texFont],
  });
  await promisify(execFile)(process.execPath, [script, out, path.join(root, '.cache/pictures.json')], { maxBuffer: 1 << 26 });
}
