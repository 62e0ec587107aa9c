/** Files of settings and of code that lie beside the file that is read, or below, and that it names. */

import type { DictValue, Value } from '../interpret/values';
import { LineMap } from '../parse/lines';
import { parseJson } from './json';
import type { ConfigNode } from './node';
import { parseYaml } from './yaml';

/**
 * The text of a file, or undefined. The name is relative and has `/` between its parts. A file of settings stays inside the folder; a file of code may
 * be named from up to two folders above (`../models/vae.py`), which is for whoever answers to allow or not.
 */
export type Sibling = (name: string) => string | undefined;

/** Beyond this a file is data, not settings. */
export const MAX_SIBLING = 200_000;
const MAX_NAME = 200;
const PARTS = /^[^/\\:*?"<>|~\p{Cc}]+$/u;

const SETTINGS = /\.(?:ya?ml|json)$/i;
const CODE = /\.(?:py|[cm]?[jt]sx?)$/;
const ABOVE = /^(?:\.\.\/){1,2}(?=[^.])/;

/** Where what is named from the folder of the project may lie, seen from the file: beside it, or above. */
export const PROJECT_FOLDERS = ['', '../', '../../'] as const;

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

/** Settings that are written as code. */
export interface SettingsModules {
  mayHold(module: string): boolean;
  /** Where the module may lie. */
  filesOf(module: string): string[];
  read(text: string, file: string): DictValue;
}

/** One caller's files over many readings: what was asked for, and whether it still reads as it did. */
export class Siblings {
  private readonly given = new Map<string, string | undefined>();
  private readonly files = new Map<string, SettingsFile | null>();
  private readonly modules = new Map<string, DictValue | null>();
  /** Grows whenever a file that was asked for has changed. */
  revision = 0;

  /** `settings`: how a module of the language is read that holds settings. */
  constructor(private readonly sibling: Sibling | undefined, private readonly settings?: SettingsModules) {}

  /** False: nothing lies beside the text. */
  get any(): boolean {
    return this.sibling !== undefined;
  }

  /** The text of a file of code, by its path from the folder. */
  code(name: string): string | undefined {
    return this.text(name, CODE);
  }

  private text(name: string, ending: RegExp): string | undefined {
    const above = ABOVE.exec(name)?.[0] ?? '';
    const below = inFolder(name.slice(above.length), ending);
    if (below === null) return undefined;
    const safe = above + below;
    if (!this.given.has(safe)) this.given.set(safe, textOf(safe, this.sibling));
    return this.given.get(safe);
  }

  /** Settings that are imported by this path: a module, one of its names, or all (`*`). */
  imported(path: string): Value | undefined {
    if (!this.sibling || !this.settings) return undefined;
    const dot = path.lastIndexOf('.');
    const [module, name] = [path.slice(0, dot), path.slice(dot + 1)];
    const inside = dot > 0 ? this.module(module) : null;
    if (inside && name !== '*') return inside.entries.get(name);
    return inside ?? this.module(path) ?? undefined;
  }

  private module(path: string): DictValue | null {
    const { settings } = this;
    if (!settings?.mayHold(path)) return null;
    let module = this.modules.get(path);
    if (module === undefined) {
      module = null;
      for (const file of settings.filesOf(path)) {
        const text = this.code(file);
        if (text === undefined) continue;
        module = settings.read(text, file);
        break;
      }
      this.modules.set(path, module);
    }
    return module;
  }

  load(written: string): SettingsFile | null {
    const safe = safeName(written);
    if (safe === null) return null;
    let file = this.files.get(written);
    if (file === undefined) {
      file = null;
      // Programs are mostly started in the folder of the project; what is named from the place of the file itself begins with a dot.
      for (const name of written.startsWith('./') ? [safe] : PROJECT_FOLDERS.map((folder) => folder + safe)) {
        const text = this.text(name, SETTINGS);
        if (text === undefined) continue;
        const root = parse(name, text);
        file = root && { name, root, lines: new LineMap(text) };
        break;
      }
      this.files.set(written, file);
    }
    return file;
  }

  /** To be called before each reading. */
  refresh(): void {
    for (const [name, before] of this.given) {
      if (textOf(name, this.sibling) === before) continue;
      this.given.clear();
      this.files.clear();
      this.modules.clear();
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
