import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

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
  kind: string;
  name: string;
  framework: string;
  line: number;
  hyperparameters: Record<string, { value: unknown; line: number; origin: string; name: string }>;
  symbols: Record<string, Record<string, number[]>>;
  notes: string[];
}
