/** `marginalia recognise FILE…`: which diffusion models the files define, and with which settings. */
import { readPython } from '../core/code';
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
      out.problems.push({ file, message: `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}` });
      continue;
    }
    const { findings, skipped } = readPython(text);
    if (skipped) out.problems.push({ file, message: `${file}: ${skipped}` });
    for (const finding of findings) out.findings.push(summary(file, finding));
  }
  return out;
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
