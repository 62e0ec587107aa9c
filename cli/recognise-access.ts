/** Files of the disk for the reader. */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { MAX_SIBLING } from '../core/code';

export function readText(file: string): string {
  return readFileSync(file, 'utf8');
}

/** A file of settings in the folder of `file` or below; a link that leads out of it is not followed. */
export function readSibling(file: string, name: string): string | undefined {
  try {
    const folder = realpathSync(path.dirname(file));
    const at = realpathSync(path.join(folder, name));
    if (!at.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep)) return undefined;
    const { size } = statSync(at);
    return size <= MAX_SIBLING ? readFileSync(at, 'utf8') : undefined;
  } catch {
    // Named by the code, but not there.
    return undefined;
  }
}
