/**
 * Reading users' code: parse → interpret → recognise. Pure, synchronous, executes nothing, never throws.
 *
 * Lines count from 1, columns from 0, offsets are UTF-16 units of the text as given.
 */
import { configNameOf, readConfigFile } from './configs/diffusers';
import { Siblings, type Sibling } from './configs/siblings';
import { pythonCells, readCells, type Cell } from './notebook';
import type { JavascriptUnit } from './javascript-slice';
import { StatementSession } from './session';
import { javascript } from './session-javascript';
import { python } from './session-python';
import { PYTHON_SETTINGS } from './modules/settings';
import type { UnitInfo } from './slice';
import type { Finding, SymbolBinding } from './types';

export type * from './types';
export type { Cell } from './notebook';
export type { Sibling } from './configs/siblings';
export { functionAt, warmFunctions, type NamedFunction } from './functions';
export { MAX_SIBLING, safeName } from './configs/siblings';
export { CONFIG_NAMES } from './configs/diffusers';
export { mayHoldDiffusion, mayHoldDiffusionJavascript } from './prefilter';

export interface ReadOptions {
  /** The text of a file of settings that the code names; see `safeName` for which names are asked for. */
  sibling?: Sibling;
}

export interface Reading {
  findings: Finding[];
  /** Why the file was not read, as a sentence for the user. */
  skipped?: string;
}

/** Parsing takes about 0.3 s per megabyte: beyond this an editor would stall. */
export const MAX_CHARACTERS = 2_000_000;

/** Finds the models of a Python file. */
export function readPython(text: string): Reading {
  return new ReadingSession('python').update(text);
}

/** By VS Code language id; languages other than Python, TypeScript and JavaScript (with or without JSX) have no findings. */
export function read(text: string, languageId: string, options?: ReadOptions): Reading {
  return new ReadingSession(languageId, options).update(text);
}

/** A Jupyter notebook as it is stored: its Python cells as one program. Ranges have their `cell`. */
export function readNotebook(json: string, options?: ReadOptions): Reading {
  const code = pythonCells(json);
  return 'problem' in code ? { findings: [], skipped: code.problem } : new NotebookSession(options).update(code.cells);
}

/** By the file's name: notebooks, diffusers' own files of settings, else the language of its extension; null where such files are not read. */
export function readFile(name: string, text: string, options?: ReadOptions): Reading | null {
  if (/\.ipynb$/i.test(name)) return readNotebook(text, options);
  const config = configNameOf(name);
  if (config) return guarded(text, 'JSON', () => readConfigFile(config, text, options?.sibling));
  const extension = /\.(pyi?|[cm]?[jt]sx?)$/i.exec(name)?.[1].toLowerCase();
  if (!extension) return null;
  if (extension.startsWith('py')) return read(text, 'python', options);
  return read(text, `${extension.includes('t') ? 'typescript' : 'javascript'}${extension.endsWith('x') ? 'react' : ''}`, options);
}

/** The code cells of one notebook over their edits; as `ReadingSession`. */
export class NotebookSession {
  private readonly python: ReadingSession;

  constructor(options?: ReadOptions) {
    this.python = new ReadingSession('python', options);
  }

  update(cells: readonly Cell[]): Reading {
    return readCells(cells, this.python);
  }
}

/** One document over its edits: `update` gives what a fresh session would give for the same text, in less time. */
export class ReadingSession {
  private readonly siblings: Siblings;
  private readonly statements: { update(text: string): Finding[] } | null;
  private last: { text: string; revision: number; reading: Reading } | null = null;

  /** `languageId` as VS Code has it. */
  constructor(private readonly languageId: string, options?: ReadOptions) {
    this.siblings = new Siblings(options?.sibling, languageId === 'python' ? PYTHON_SETTINGS : undefined);
    this.statements = sessionOf(languageId, this.siblings);
  }

  update(text: string): Reading {
    this.siblings.refresh();
    const { revision } = this.siblings;
    if (this.last?.text !== text || this.last.revision !== revision) this.last = { text, revision, reading: this.read(text) };
    return this.last.reading;
  }

  private read(text: string): Reading {
    const { languageId, statements } = this;
    if (!statements) return { findings: [] };
    const language = languageId === 'python' ? 'Python' : languageId.startsWith('typescript') ? 'TypeScript' : 'JavaScript';
    return guarded(text, language, () => statements.update(text));
  }
}

function sessionOf(languageId: string, siblings: Siblings): StatementSession<UnitInfo> | StatementSession<JavascriptUnit> | null {
  switch (languageId) {
    case 'python': return new StatementSession(python(siblings));
    case 'typescript': case 'typescriptreact': case 'javascript': case 'javascriptreact': return new StatementSession(javascript(languageId, siblings));
    default: return null;
  }
}

function guarded(text: string, language: string, findings: () => Finding[]): Reading {
  if (text.length > MAX_CHARACTERS) {
    return { findings: [], skipped: `The file has ${(text.length / 1e6).toFixed(1)} million characters; files over ${MAX_CHARACTERS / 1e6} million are not read.` };
  }
  if (isBinary(text)) return { findings: [], skipped: `The file is binary, not ${language} source.` };
  try {
    return { findings: findings() };
  } catch (error) {
    return { findings: [], skipped: `The file could not be read: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** The symbol whose variable stands at an offset, with its finding; the innermost range wins. */
export function symbolAt(findings: readonly Finding[], offset: number): { finding: Finding; binding: SymbolBinding } | null {
  let best: { finding: Finding; binding: SymbolBinding; size: number } | null = null;
  for (const finding of findings) {
    for (const binding of finding.symbols) {
      for (const range of binding.ranges) {
        const size = range.to - range.from;
        if (range.from <= offset && offset <= range.to && (!best || size < best.size)) best = { finding, binding, size };
      }
    }
  }
  return best && { finding: best.finding, binding: best.binding };
}

/** A NUL, or many control characters near the start. */
function isBinary(text: string): boolean {
  const head = text.slice(0, 8192);
  let control = 0;
  for (let i = 0; i < head.length; i++) {
    const c = head.charCodeAt(i);
    if (c === 0) return true;
    if ((c < 32 && c !== 9 && c !== 10 && c !== 12 && c !== 13) || c === 0xfffd) control++;
  }
  return control > 16 && control > head.length / 50;
}
