/** Imports of TypeScript and JavaScript, as far as they lead to a file beside the program. */
import { modulePath } from '../parse/javascript';
import type { Import, ModuleLanguage } from './modules';

const IMPORT = /\bimport\s+(?:type\s+)?([\w$*{}\s,]{1,2000}?)\s*from\s*(['"])(\.[^'"\n]{1,200})\2/g;
const REQUIRE = /\b(?:const|let|var)\s+(\{[^{}]{1,2000}\}|[\w$]+)\s*=\s*require\(\s*(['"])(\.[^'"\n]{1,200})\2\s*\)/g;
const RE_EXPORT = /\bexport\s*(\*|\{[^{}]{1,2000}\})\s*from\s*(['"])(\.[^'"\n]{1,200})\2/g;
const ENDINGS = ['.ts', '.tsx', '.js', '.jsx', '.mjs'];

function importsIn(text: string): Import[] {
  const out: Import[] = [];
  for (const [, what, , module] of text.matchAll(IMPORT)) {
    const prefix = modulePath(module);
    const group = /\{([^}]*)\}/.exec(what)?.[1];
    if (group !== undefined) out.push({ module, prefix, names: namesIn(group, /\s+as\s+/) });
    if (what.includes('*')) out.push({ module, prefix, names: null });
    else if (/^\s*[\w$]/.test(what)) out.push({ module, prefix, names: ['default'] });
  }
  // What is required has its own name: it is a variable like any other.
  for (const [, what, , module] of text.matchAll(REQUIRE)) {
    if (what.startsWith('{')) out.push({ module, prefix: '', names: namesIn(what.slice(1, -1), /\s*:\s*/) });
    else out.push({ module, prefix: what, names: null }, { module, prefix: '', names: [what] });
  }
  for (const [, what, , module] of text.matchAll(RE_EXPORT)) out.push({ module, prefix: '', names: what === '*' ? ['*'] : namesIn(what.slice(1, -1), /\s+as\s+/) });
  return out;
}

/** The original names. */
function namesIn(group: string, alias: RegExp): string[] {
  return group.split(',').map((part) => part.trim().replace(/^type\s+/, '').split(alias)[0].trim()).filter((name) => name !== '');
}

function filesOf(module: string): string[] {
  const path = module.replace(/\/$/, '');
  const ending = /\.(?:[cm]?[jt]sx?)$/.exec(path)?.[0];
  // TypeScript names what it will have been made into.
  if (ending !== undefined) return [path, path.slice(0, -ending.length) + ending.replace('j', 't')];
  return [...ENDINGS.map((e) => path + e), ...ENDINGS.map((e) => `${path}/index${e}`)];
}

const DEFAULT = /\bexport\s+default\s+(?:(?:abstract\s+)?class\s+|(?:async\s+)?function\s*\*?\s*)?([\w$]+)|\bmodule\.exports\s*=\s*([\w$]+)\s*(?:;|$)/m;

export const JAVASCRIPT_MODULES: Omit<ModuleLanguage, 'read'> = {
  importsIn,
  filesOf,
  // Any of these may only be asked for from where they are.
  isRelative: () => true,
  isIndex: (file) => /(?:^|\/)index\.\w+$/.test(file),
  below: () => null,
  defaultOf: (text) => {
    const match = DEFAULT.exec(text);
    return match ? (match[1] ?? match[2]) : null;
  },
};
