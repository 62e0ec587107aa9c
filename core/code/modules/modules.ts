/** Models of other files: what a program imports from a file of code beside it, and which models that file defines. */
import { PROJECT_FOLDERS, type Siblings } from '../configs/siblings';
import type { Finding } from '../types';

/** A model that a file defines, or makes. */
export interface DefinedModel {
  /** Its class or function, or the function that makes it. */
  name: string;
  finding: Finding;
  /** Of its constructor or function, in their order, without the object itself. */
  parameters: readonly string[];
}

export interface ImportedModel extends DefinedModel {
  /** Dotted, as calls are resolved: `models.vae.VAE`. */
  path: string;
  /** Where it is defined, from the folder of the program. */
  file: string;
}

/** `from module import names`, or `import module`. */
export interface Import {
  /** As the language writes it: `models.vae`, `.vae`, `./vae`. */
  module: string;
  /** What calls of its names begin with, where that is not the module; empty: nothing. */
  prefix?: string;
  /** Null: the module itself. `*` is all that it has. */
  names: readonly string[] | null;
}

/** How one language writes imports, and where it looks for them. */
export interface ModuleLanguage {
  importsIn(text: string): Import[];
  /** Paths that a module may have, from the folder of the file that imports it; none for a library. */
  filesOf(module: string): string[];
  /** From the file itself, not from the project. */
  isRelative(module: string): boolean;
  /** A file that hands on what it imports itself: `__init__.py`. */
  isIndex(file: string): boolean;
  /** The module that a name of a module may be: a file in a folder. */
  below(module: string, name: string): string | null;
  /** What a file calls the thing that is imported without a name. */
  defaultOf(text: string): string | null;
  read(text: string): DefinedModel[];
}

/** Something is trained here: what only samples or measures is no model's own program. */
const TRAINS = /\b(?:backward|minimize|apply_gradients|applyGradients|fit\w*|train\w*|trainOnBatch|value_and_grad|GradientTape|apply_updates)\b/;
/** Files that hand on what they import, one in another. */
const MAX_DEPTH = 3;
const MAX_KNOWN = 512;
/** Files that are read for one program: enough for its own, not for a library that it is a part of. */
const MAX_FILES = 24;

export class Modules {
  /** By their text: many programs import the same file. */
  private static readonly known = new Map<string, DefinedModel[]>();

  /** Files that one program may still ask for. */
  private left = 0;
  private last: { key: string; models: ImportedModel[] } | null = null;

  constructor(private readonly siblings: Siblings, private readonly language: ModuleLanguage) {}

  /** What `text`, a program that trains, imports. */
  importedBy(text: string): ImportedModel[] {
    if (!this.siblings.any || !TRAINS.test(text)) return [];
    const imports = this.language.importsIn(text);
    // A key is typed in an import far less often than elsewhere.
    const key = `${this.siblings.revision}\0${JSON.stringify(imports)}`;
    if (this.last?.key !== key) this.last = { key, models: this.followed(imports) };
    return this.last.models;
  }

  private followed(imports: readonly Import[]): ImportedModel[] {
    this.left = MAX_FILES;
    // A script in a folder of scripts names its modules from the folder of the project.
    return imports.flatMap((i) => {
      const folders = this.language.isRelative(i.module) ? [''] : PROJECT_FOLDERS;
      for (const folder of folders) {
        const found = this.bound(i, folder, 0);
        if (found.length > 0) return found;
      }
      return [];
    });
  }

  private bound({ module, prefix = module, names }: Import, folder: string, depth: number): ImportedModel[] {
    const models = this.modelsOf(module, folder, depth, names?.includes('*') ? null : names).map((m) => ({ ...m, path: prefix === '' ? m.path : `${prefix}.${m.path}` }));
    if (names === null) return models;
    return names.flatMap((name) => {
      if (name === '*') return models.map((m) => ({ ...m, path: lastOf(m.path) }));
      const own = models.filter((m) => lastOf(m.path) === name);
      const below = own.length > 0 ? null : this.language.below(module, name);
      return below === null ? own : this.modelsOf(below, folder, depth, null).map((m) => ({ ...m, path: `${below}.${m.path}` }));
    });
  }

  /** The models of a module, their paths from there; of one that hands on what it imports, only by the names that are asked for (null: all). */
  private modelsOf(module: string, folder: string, depth: number, names: readonly string[] | null): ImportedModel[] {
    const { language } = this;
    for (const path of language.filesOf(module)) {
      const file = joined(folder, path);
      const text = this.siblings.code(file);
      if (text === undefined) continue;
      if (--this.left < 0) return [];
      const own = this.defined(text).map((m) => ({ ...m, file, path: m.name }));
      const standard = language.defaultOf(text);
      const unnamed = own.filter((m) => m.name === standard).map((m) => ({ ...m, path: 'default' }));
      if (!language.isIndex(file) || depth >= MAX_DEPTH) return [...own, ...unnamed];
      const wanted = language.importsIn(text).filter((i) => names === null || (i.names?.some((n) => n === '*' || names.includes(n)) ?? false));
      const handed = wanted.flatMap((i) => this.bound(names === null ? i : { ...i, names: i.names!.filter((n) => n === '*' || names.includes(n)) }, folderOf(file), depth + 1));
      return [...own, ...unnamed, ...handed.map((m) => ({ ...m, path: lastOf(m.path) }))];
    }
    return [];
  }

  private defined(text: string): DefinedModel[] {
    const { known } = Modules;
    let models = known.get(text);
    if (!models) {
      models = this.language.read(text);
      if (known.size >= MAX_KNOWN) known.delete(known.keys().next().value!);
      known.set(text, models);
    }
    return models;
  }
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/') + 1);
}

/** `models/` and `../unet.py` are `unet.py`. */
function joined(folder: string, path: string): string {
  let at = folder;
  let rest = path.replace(/^(?:\.\/)+/, '');
  for (; rest.startsWith('../'); rest = rest.slice(3)) at = at === '' || at.endsWith('../') ? `${at}../` : folderOf(at.slice(0, -1));
  return at + rest;
}
