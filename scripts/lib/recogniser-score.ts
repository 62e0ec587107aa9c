/** What the reader found in the fixtures, held against what they say should be found. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { recogniseFiles, type RecognisedModel } from '../../cli/recognise';
import { readSibling, readText } from '../../cli/recognise-access';
import { filesOf } from '../../cli/recognise-walk';

export interface Expected {
  family: string;
  framework?: string;
  hyperparameters: Record<string, unknown>;
}

export interface Case {
  /** Relative to the fixtures' root. */
  file: string;
  /** None: the file is to be silent. */
  expected: Expected[];
  /** Kept from those who write the reader, so that it measures. */
  blind: boolean;
}

export interface Miss {
  file: string;
  family: string;
  /** Null: the model itself. */
  key: string | null;
  expected: unknown;
  got: unknown;
}

export interface Row {
  family: string;
  framework: string;
  models: Count;
  hyperparameters: Count;
}

export interface Count {
  found: number;
  total: number;
}

export interface Score {
  families: Count;
  hyperparameters: Count;
  falseLenses: number;
}

export interface Result {
  all: Score;
  blind: Score;
  rows: Row[];
  misses: Miss[];
  /** Of a false lens: the file and what was said to be there. */
  wrong: { file: string; family: string; name: string; line: number }[];
  cases: number;
}

/** Every file below a folder called `positive` that has expectations beside it, and every one below `silent`. */
export function casesOf(root: string): Case[] {
  const cases: Case[] = [];
  for (const at of filesOf([root], (file, message) => { throw new Error(`${file}: ${message}`); })) {
    const file = path.relative(root, at).split(path.sep).join('/');
    const folders = file.split('/').slice(0, -1);
    const blind = folders[0] === 'blind';
    if (folders.includes('silent')) cases.push({ file, expected: [], blind });
    else if (folders.includes('positive')) {
      const expected = expectedOf(at);
      if (expected) cases.push({ file, expected, blind });
    }
  }
  return cases;
}

/** `NAME.expected.json` {models}, or the older `NAME.json`, an array whose hyper-parameters have value, line and origin. */
function expectedOf(file: string): Expected[] | null {
  const stem = file.slice(0, -path.extname(file).length);
  const read = (name: string): unknown => (name !== file && existsSync(name) ? JSON.parse(readFileSync(name, 'utf8')) : null);
  const now = read(`${stem}.expected.json`) as { models: Expected[] } | null;
  if (now) return now.models;
  const old = read(`${stem}.json`) as { family?: string; framework?: string; hyperparameters: Record<string, { value: unknown }> }[] | null;
  // A file of settings may have the name of the code beside it.
  if (!Array.isArray(old)) return null;
  return old.map(({ family, framework, hyperparameters }) => ({
    family: family ?? 'ddpm', framework, hyperparameters: Object.fromEntries(Object.entries(hyperparameters).map(([key, { value }]) => [key, value])),
  }));
}

export function score(root: string, cases: readonly Case[]): Result {
  const empty = (): Score => ({ families: { found: 0, total: 0 }, hyperparameters: { found: 0, total: 0 }, falseLenses: 0 });
  const rows = new Map<string, Row>();
  const result: Result = { all: empty(), blind: empty(), rows: [], misses: [], wrong: [], cases: cases.length };
  for (const { file, expected, blind } of cases) {
    const scores = blind ? [result.all, result.blind] : [result.all];
    const { findings } = recogniseFiles([path.join(root, file)], readText, readSibling);
    const open = new Set(findings);
    for (const model of expected) {
      const got = best(model, open);
      if (got) open.delete(got);
      const keys = Object.keys(model.hyperparameters);
      const right = got ? keys.filter((key) => same(model.hyperparameters[key], got.hyperparameters[key]?.value)) : [];
      const framework = model.framework ?? got?.framework ?? 'not found';
      const row = rows.get(`${model.family} ${framework}`) ?? { family: model.family, framework, models: { found: 0, total: 0 }, hyperparameters: { found: 0, total: 0 } };
      rows.set(`${model.family} ${framework}`, row);
      for (const { families, hyperparameters } of [...scores, { families: row.models, hyperparameters: row.hyperparameters }]) {
        families.total++;
        families.found += got ? 1 : 0;
        hyperparameters.total += keys.length;
        hyperparameters.found += right.length;
      }
      if (!got) result.misses.push({ file, family: model.family, key: null, expected: model.hyperparameters, got: findings.map((f) => f.family) });
      else for (const key of keys) if (!right.includes(key)) result.misses.push({ file, family: model.family, key, expected: model.hyperparameters[key], got: got.hyperparameters[key]?.value });
    }
    for (const f of findings) {
      if (expected.some(({ family }) => family === f.family)) continue;
      for (const s of scores) s.falseLenses++;
      result.wrong.push({ file, family: f.family, name: f.name, line: f.line });
    }
  }
  result.rows = [...rows.values()].sort((a, b) => (a.family === b.family ? (a.framework < b.framework ? -1 : 1) : a.family < b.family ? -1 : 1));
  return result;
}

/** Of several models of a family the one that fits best. */
function best({ family, hyperparameters }: Expected, open: ReadonlySet<RecognisedModel>): RecognisedModel | undefined {
  const fit = (f: RecognisedModel) => Object.entries(hyperparameters).filter(([key, value]) => same(value, f.hyperparameters[key]?.value)).length;
  return [...open].filter((f) => f.family === family).sort((a, b) => fit(b) - fit(a))[0];
}

/** Numbers to 1e-9 of their size, everything else exactly. */
export function same(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((x, i) => same(x, b[i]));
  return a === b;
}
