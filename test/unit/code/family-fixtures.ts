import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Finding } from '../../../core/code';

const root = path.join(process.cwd(), 'test/fixtures/code/families');
export const LANGUAGES: Readonly<Record<string, string>> = { '.py': 'python', '.ts': 'typescript', '.tsx': 'typescriptreact', '.js': 'javascript', '.jsx': 'javascriptreact' };

export interface FamilyFixture {
  file: string;
  language: string;
  text: string;
}

/** `kind`, `name`, `framework` and `line` where the fixture is about them. */
export interface ExpectedModel {
  family: string;
  kind?: string;
  name?: string;
  framework?: string;
  line?: number;
  hyperparameters: Record<string, unknown>;
}

export function familyFixtures(kind: 'positive' | 'silent'): FamilyFixture[] {
  return readdirSync(path.join(root, kind)).filter((f) => path.extname(f) in LANGUAGES).sort()
    .map((file) => ({ file, language: LANGUAGES[path.extname(file)], text: readFileSync(path.join(root, kind, file), 'utf8') }));
}

export function expectedModels(file: string): ExpectedModel[] {
  const name = path.join(root, 'positive', file.replace(/\.\w+$/, '.expected.json'));
  if (!existsSync(name)) throw new Error(`${name} is missing: it says what ${file} holds.`);
  return (JSON.parse(readFileSync(name, 'utf8')) as { models: ExpectedModel[] }).models;
}

/** The finding, as far as the expectation speaks of it. */
export function asExpected(f: Finding | undefined, like: ExpectedModel): unknown {
  if (!f) return null;
  const told = Object.fromEntries(Object.entries(f.hyperparameters).map(([key, h]) => [key, h.value]));
  const out: Record<string, unknown> = {};
  for (const key of Object.keys(like)) {
    if (key === 'hyperparameters') out[key] = Object.fromEntries(Object.keys(like.hyperparameters).map((k) => [k, told[k]]));
    else out[key] = key === 'line' ? f.range.line : f[key as 'family' | 'kind' | 'name' | 'framework'];
  }
  return out;
}
