// A suite that runs alone wants the bundles of the sources as they are now, not of yesterday's.
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { run } from './children.mjs';

const inputs = ['core', 'extension', 'webview', 'cli', 'package.json', 'package-lock.json', 'esbuild.config.mjs'];

/** Builds when a source is newer than the bundles, or when there are none. Throws when the build fails. */
export async function buildIfStale(root) {
  const built = await stat(path.join(root, 'dist/cli.cjs')).then(({ mtimeMs }) => mtimeMs, () => 0);
  if (built > (await newest(root))) return;
  console.log('The sources are newer than dist/: building.');
  const { code } = await run(process.execPath, ['esbuild.config.mjs'], { cwd: root });
  if (code !== 0) throw new Error('The build failed; the messages are above.');
}

async function newest(root) {
  let latest = 0;
  for (const input of inputs) {
    const top = path.join(root, input);
    const below = await readdir(top, { recursive: true }).catch(() => []);
    for (const file of [top, ...below.map((name) => path.join(top, name))]) latest = Math.max(latest, (await stat(file)).mtimeMs);
  }
  return latest;
}
