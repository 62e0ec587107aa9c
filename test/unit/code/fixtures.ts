import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Finding } from '../../../core/code';

const root = path.join(process.cwd(), 'test/fixtures/code');

export interface Fixture {
  name: string;
  text: string;
}

export function fixtures(kind: 'positive' | 'silent'): Fixture[] {
  return readdirSync(path.join(root, kind)).filter((f) => f.endsWith('.py')).sort()
    .map((f) => ({ name: f.slice(0, -3), text: readFileSync(path.join(root, kind, f), 'utf8') }));
}

export function fixture(name: string): string {
  return readFileSync(path.join(root, 'positive', `${name}.py`), 'utf8');
}

export function expected(name: string): ExpectedFinding[] {
  return JSON.parse(readFileSync(path.join(root, 'positive', `${name}.json`), 'utf8')) as ExpectedFinding[];
}

/** What a positive fixture must yield. Symbols: "symbol[: holds]" → variable → lines of its occurrences. */
export interface ExpectedFinding {
  /** Where it is not ddpm. */
  family?: string;
  kind: string;
  name: string;
  framework: string;
  line: number;
  hyperparameters: Record<string, { value: unknown; line: number; origin: string; name: string }>;
  symbols: Record<string, Record<string, number[]>>;
  notes: string[];
}

/** A finding in the form of the files beside the fixtures. */
export function summary(f: Finding): ExpectedFinding {
  const symbols: ExpectedFinding['symbols'] = {};
  for (const b of f.symbols) {
    const key = b.holds ? `${b.symbol}: ${b.holds}` : b.symbol;
    // One name may be bound in several functions.
    ((symbols[key] ??= {})[b.name] ??= []).push(...b.ranges.map((r) => r.line));
  }
  const hyperparameters: ExpectedFinding['hyperparameters'] = {};
  for (const [key, h] of Object.entries(f.hyperparameters)) hyperparameters[key] = { value: h.value, line: h.line, origin: h.origin, name: h.name };
  return { ...(f.family === 'ddpm' ? {} : { family: f.family }), kind: f.kind, name: f.name, framework: f.framework, line: f.range.line, hyperparameters, symbols, notes: f.notes };
}
