// Steps of `npm test` that are one tool each: the tool passes or fails as a whole and counts as one test.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { npm } from './install.mjs';

const minutes = 60_000;

/** `npm run <script>` as a suite of one test. */
export function npmScript(root, script, timeout = 5 * minutes) {
  return async () => {
    const passed = await npm(['run', '--silent', script], { cwd: root, timeout });
    return passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1, note: `"npm run ${script}" says why` };
  };
}

/** The package as a person would install it: vsce makes it, and every file that package.json names is there. */
export function packageCheck(root) {
  return async () => {
    const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
    const missing = referencedFiles(manifest).filter((file) => !existsSync(path.join(root, file)));
    if (missing.length > 0) console.error(`package.json names files that are not there: ${missing.join(', ')}`);
    const packed = await npm(['run', '--silent', 'package'], { cwd: root, timeout: 3 * minutes });
    const passed = (missing.length === 0 ? 1 : 0) + (packed ? 1 : 0);
    const notes = [...(missing.length > 0 ? [`missing: ${missing.join(', ')}`] : []), ...(packed ? [] : ['"npm run package" says why'])];
    return { passed, failed: 2 - passed, note: notes.join('; ') || undefined };
  };
}

/** Paths in the package that the manifest points to, relative to it. */
export function referencedFiles(manifest) {
  const contributed = JSON.stringify(manifest.contributes ?? {}).match(/"(\.{0,2}\/?(?:dist|docs|media|snippets)\/[^"]+)"/g) ?? [];
  const named = [manifest.main, manifest.browser, manifest.icon, ...Object.values(manifest.bin ?? {}), ...contributed.map((text) => text.slice(1, -1))];
  return named.filter((file) => typeof file === 'string');
}
