/** Files of the disk for the reader. */
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { MAX_SIBLING } from '../core/code';

export function readText(file: string): string {
  return readFileSync(file, 'utf8');
}

/** What a folder holds that is a project's own. */
const PROJECT = ['.git', 'pyproject.toml', 'setup.py', 'package.json', 'requirements.txt', 'README.md', 'readme.md', 'LICENSE'];

/** The outermost folder, from `folder` up by at most `up`, that has what a project has; else `folder` itself. */
function projectOf(folder: string, up: number): string {
  let project = folder;
  for (let at = folder, i = 0; i <= up; i++, at = path.dirname(at)) if (PROJECT.some((name) => existsSync(path.join(at, name)))) project = at;
  return project;
}

/** Asked for by every import of every file: one run of the command sees the folders as they were at first. */
const folders = new Map<string, { own: string; project: string }>();

function folderOf(folder: string, up: number): { own: string; project: string } {
  const key = `${up}:${folder}`;
  let known = folders.get(key);
  if (!known) {
    const own = realpathSync(folder);
    folders.set(key, (known = { own, project: projectOf(own, up) }));
  }
  return known;
}

/** A file that `file` names, in its folder, below, or elsewhere in its project; a link that leads out of that is not followed. */
export function readSibling(file: string, name: string): string | undefined {
  try {
    const { own, project } = folderOf(path.dirname(file), name.split('/').filter((part) => part === '..').length);
    // Most names are of libraries: there is no such file.
    if (!existsSync(path.join(own, name))) return undefined;
    const at = realpathSync(path.join(own, name));
    if (!at.startsWith(project.endsWith(path.sep) ? project : project + path.sep)) return undefined;
    const { size } = statSync(at);
    return size <= MAX_SIBLING ? readFileSync(at, 'utf8') : undefined;
  } catch {
    // Named by the code, but not there.
    return undefined;
  }
}
