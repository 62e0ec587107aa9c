/** Which files of a folder are read: source, notebooks and diffusers' own files of settings, in one order everywhere. */
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { CONFIG_NAMES } from '../core/code';

/** Installed, built or kept for tools: nothing that the person wrote. Hidden folders are passed over too. */
const SKIPPED = new Set(['node_modules', 'site-packages', 'dist-packages', 'dist', 'build', 'out', 'venv', 'env', 'virtualenv', '__pycache__', '__pypackages__', 'bower_components', 'jspm_packages', 'vendor', 'target', 'coverage']);
const READ = /\.(?:py|ipynb|ts|tsx|js|jsx|mjs|cjs)$/i;
const MINIFIED = /[.-](?:min|bundle|bundled|prod)\.[cm]?jsx?$|\.d\.[cm]?ts$/i;
/** Of source; notebooks hold pictures. In bytes, so that nothing larger is loaded at all. */
const MAX_SOURCE = 8_000_000;
const MAX_NOTEBOOK_BYTES = 120_000_000;

/** Files as they are named; folders are walked. `missing` is told of what is not there. */
export function filesOf(paths: readonly string[], missing: (path: string, message: string) => void): string[] {
  const out: string[] = [];
  for (const given of paths) {
    try {
      if (statSync(given).isDirectory()) walk(given, out, missing);
      else out.push(given);
    } catch (error) {
      missing(given, `It cannot be read: ${(error as Error).message}`);
    }
  }
  // A file that is named twice, or lies in a folder that is named too, is one file.
  const seen = new Set<string>();
  return out.filter((file) => !seen.has(path.resolve(file)) && seen.add(path.resolve(file)));
}

function walk(folder: string, out: string[], missing: (path: string, message: string) => void): void {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    missing(folder, `It cannot be read: ${(error as Error).message}`);
    return;
  }
  // By code unit, whatever the locale; links are not followed, so a walk ends.
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const at = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!entry.name.startsWith('.') && !SKIPPED.has(entry.name) && !isEnvironment(at)) walk(at, out, missing);
    } else if (entry.isFile() && isRead(entry.name, at)) out.push(at);
  }
}

/** A virtual environment of any name. */
function isEnvironment(folder: string): boolean {
  return statSync(path.join(folder, 'pyvenv.cfg'), { throwIfNoEntry: false }) !== undefined;
}

function isRead(name: string, at: string): boolean {
  if (name.startsWith('.') || MINIFIED.test(name)) return false;
  if (!READ.test(name) && !(CONFIG_NAMES as readonly string[]).includes(name)) return false;
  const size = statSync(at, { throwIfNoEntry: false })?.size ?? Infinity;
  return size <= (/\.ipynb$/i.test(name) ? MAX_NOTEBOOK_BYTES : MAX_SOURCE);
}
