/** Files of settings and of code that lie beside the file that is read, or below, and that it names. */

import { LineMap } from '../parse/lines';
import { parseJson } from './json';
import type { ConfigNode } from './node';
import { parseYaml } from './yaml';

/** The text of a file, or undefined. The name is relative, stays inside the folder, and has `/` between its parts. */
export type Sibling = (name: string) => string | undefined;

/** Beyond this a file is data, not settings. */
export const MAX_SIBLING = 200_000;
const MAX_NAME = 200;
const PARTS = /^[^/\\:*?"<>|~\p{Cc}]+$/u;

const SETTINGS = /\.(?:ya?ml|json)$/i;
const CODE = /\.(?:py|[cm]?[jt]sx?)$/;

/** The name as it is asked for, or null: absolute, above the folder, or no file of settings. */
export function safeName(name: string): string | null {
  return inFolder(name, SETTINGS);
}

function inFolder(name: string, ending: RegExp): string | null {
  if (name.length > MAX_NAME || !ending.test(name)) return null;
  const parts = name.replace(/^(?:\.\/)+/, '').split('/').filter((part) => part !== '.');
  return parts.length > 0 && parts.every((part) => part !== '..' && PARTS.test(part)) ? parts.join('/') : null;
}

export function siblingText(name: string, sibling: Sibling | undefined): string | undefined {
  return textOf(safeName(name), sibling);
}

function textOf(safe: string | null, sibling: Sibling | undefined): string | undefined {
  if (!sibling || safe === null) return undefined;
  const text = sibling(safe);
  return text !== undefined && text.length <= MAX_SIBLING ? text : undefined;
}

export interface SettingsFile {
  /** Relative to the folder of the code. */
  name: string;
  root: ConfigNode;
  lines: LineMap;
}

/** One caller's files over many readings: what was asked for, and whether it still reads as it did. */
export class Siblings {
  private readonly given = new Map<string, string | undefined>();
  private readonly files = new Map<string, SettingsFile | null>();
  /** Grows whenever a file that was asked for has changed. */
  revision = 0;

  constructor(private readonly sibling: Sibling | undefined) {}

  /** False: nothing lies beside the text. */
  get any(): boolean {
    return this.sibling !== undefined;
  }

  /** The text of a file of code, by its path from the folder. */
  code(name: string): string | undefined {
    const safe = inFolder(name, CODE);
    if (safe === null) return undefined;
    if (!this.given.has(safe)) this.given.set(safe, textOf(safe, this.sibling));
    return this.given.get(safe);
  }

  load(written: string): SettingsFile | null {
    const name = safeName(written);
    if (name === null) return null;
    let file = this.files.get(name);
    if (file === undefined) {
      const text = siblingText(name, this.sibling);
      this.given.set(name, text);
      const root = text === undefined ? null : parse(name, text);
      file = root && { name, root, lines: new LineMap(text!) };
      this.files.set(name, file);
    }
    return file;
  }

  /** To be called before each reading. */
  refresh(): void {
    for (const [name, before] of this.given) {
      if (textOf(name, this.sibling) === before) continue;
      this.given.clear();
      this.files.clear();
      this.revision++;
      return;
    }
  }
}

function parse(name: string, text: string): ConfigNode | null {
  try {
    return /\.json$/i.test(name) ? parseJson(text) : parseYaml(text);
  } catch {
    // Damaged settings are none.
    return null;
  }
}
