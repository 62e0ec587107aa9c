/** `marginalia recognise PATH…`: which models the files hold, and with which settings. */
import { read, readFile as readByName } from '../core/code';
import type { Finding, Origin } from '../core/code';
import { HYPERPARAMETERS } from '../core/code/vocabulary';

/** A place in a file. */
export interface Place {
  /** In a notebook: the cell, counted from 1 among all cells. */
  cell?: number;
  /** From 1; in a notebook within its cell. */
  line: number;
}

export interface RecognisedValue extends Place {
  value: unknown;
  /** What one of it is; empty for pure numbers, names and switches. */
  unit: string;
  origin: Origin;
  name: string;
  /** The file of settings that it stands in, as the code names it; `line` is of that file. */
  file?: string;
}

/** `line` is that of the header that the lens stands above. */
export interface RecognisedModel extends Place {
  file: string;
  family: Finding['family'];
  kind: Finding['kind'];
  name: string;
  /** Last line of the definition. */
  endLine: number;
  /** Where it ends in another cell than it begins. */
  endCell?: number;
  framework: Finding['framework'];
  confidence: number;
  /** Only what the file says; keys as in core/code/vocabulary.ts. */
  hyperparameters: Record<string, RecognisedValue>;
  evidence: (Place & { text: string })[];
  notes: string[];
}

export interface Recognised {
  findings: RecognisedModel[];
  /** One sentence for each file that could not be read; the caller ends with exit code 2 when there is one. */
  problems: { file: string; message: string }[];
}

/**
 * Reads each file with `readFile` (UTF-8 text; it throws for what cannot be read) and lists the models found, in the order of the paths and of the
 * lines. `sibling` gives the text of a file of settings that `path` names, relative to its folder. Never throws.
 */
export function recogniseFiles(paths: readonly string[], readFile: (path: string) => string, sibling?: (path: string, name: string) => string | undefined): Recognised {
  const out: Recognised = { findings: [], problems: [] };
  for (const file of paths) {
    let text: string;
    try {
      text = readFile(file);
    } catch (error) {
      out.problems.push({ file, message: `It cannot be read: ${error instanceof Error ? error.message : String(error)}` });
      continue;
    }
    const options = { sibling: sibling && ((name: string) => sibling(file, name)) };
    // A file of another name is read as Python, which the caller asked for by naming it.
    const { findings, skipped } = readByName(file, text, options) ?? read(text, 'python', options);
    if (skipped) out.problems.push({ file, message: skipped });
    for (const finding of findings) out.findings.push(summary(file, finding));
  }
  return out;
}

function summary(file: string, f: Finding): RecognisedModel {
  const hyperparameters: Record<string, RecognisedValue> = {};
  for (const [key, h] of Object.entries(f.hyperparameters)) {
    if (h) hyperparameters[key] = { value: h.value, unit: HYPERPARAMETERS[key as keyof typeof HYPERPARAMETERS].unit, ...cellOf(h.range), line: h.line, origin: h.origin, name: h.name, ...(h.file !== undefined && { file: h.file }) };
  }
  const { range, extent } = f;
  return {
    file, family: f.family, kind: f.kind, name: f.name, ...cellOf(range), line: range.line, endLine: extent.endLine, ...(extent.endCell !== undefined && { endCell: extent.endCell }),
    framework: f.framework, confidence: f.confidence, hyperparameters, evidence: f.evidence.map((e) => ({ text: e.text, ...cellOf(e.range), line: e.range.line })), notes: f.notes,
  };
}

function cellOf({ cell }: { cell?: number }): { cell?: number } {
  return cell === undefined ? {} : { cell };
}
