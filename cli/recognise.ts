/** `marginalia recognise FILE…`: which diffusion models the files define, and with which settings. */
import { read } from '../core/code';
import type { Finding, Origin } from '../core/code';

export interface RecognisedValue {
  value: unknown;
  line: number;
  origin: Origin;
  name: string;
}

export interface RecognisedModel {
  file: string;
  family: Finding['family'];
  kind: Finding['kind'];
  name: string;
  /** 1-based line of the header that the lens stands above. */
  line: number;
  framework: Finding['framework'];
  confidence: number;
  /** Only what the file says; keys as in `DdpmHyperparameters`. */
  hyperparameters: Record<string, RecognisedValue>;
  evidence: string[];
  notes: string[];
}

export interface Recognised {
  findings: RecognisedModel[];
  /** One sentence for each file that could not be read; the caller ends with exit code 2 when there is one. */
  problems: { file: string; message: string }[];
}

/**
 * Reads each file with `readFile` (UTF-8 text; it throws for what cannot be read) and lists the models found, in the order
 * of the paths and of the lines. Never throws.
 */
export function recogniseFiles(paths: readonly string[], readFile: (path: string) => string): Recognised {
  const out: Recognised = { findings: [], problems: [] };
  for (const file of paths) {
    let text: string;
    try {
      text = readFile(file);
    } catch (error) {
      out.problems.push({ file, message: `It cannot be read: ${error instanceof Error ? error.message : String(error)}` });
      continue;
    }
    const { findings, skipped } = read(text, languageOf(file));
    if (skipped) out.problems.push({ file, message: skipped });
    for (const finding of findings) out.findings.push(summary(file, finding));
  }
  return out;
}

/** By extension, as VS Code's language ids; anything else is read as Python, which the caller asked for by naming the file. */
function languageOf(file: string): string {
  const extension = /\.([cm]?[jt]sx?)$/.exec(file)?.[1];
  if (!extension) return 'python';
  return `${extension.includes('t') ? 'typescript' : 'javascript'}${extension.endsWith('x') ? 'react' : ''}`;
}

function summary(file: string, f: Finding): RecognisedModel {
  const hyperparameters: Record<string, RecognisedValue> = {};
  for (const [key, h] of Object.entries(f.hyperparameters)) {
    if (h) hyperparameters[key] = { value: h.value, line: h.line, origin: h.origin, name: h.name };
  }
  return {
    file, family: f.family, kind: f.kind, name: f.name, line: f.range.line, framework: f.framework, confidence: f.confidence,
    hyperparameters, evidence: f.evidence.map((e) => e.text), notes: f.notes,
  };
}
