import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ExpectedFinding } from './fixtures';

const root = path.join(process.cwd(), 'test/fixtures/code/typescript');
const LANGUAGES = { '.ts': 'typescript', '.tsx': 'typescriptreact', '.js': 'javascript', '.jsx': 'javascriptreact' } as const;

export interface JavascriptFixture {
  file: string;
  language: (typeof LANGUAGES)[keyof typeof LANGUAGES];
  text: string;
}

export function javascriptFixtures(kind: 'positive' | 'silent'): JavascriptFixture[] {
  return readdirSync(path.join(root, kind)).filter((f) => path.extname(f) in LANGUAGES).sort().map((file) => ({
    file, language: LANGUAGES[path.extname(file) as keyof typeof LANGUAGES], text: readFileSync(path.join(root, kind, file), 'utf8'),
  }));
}

export function javascriptFixture(file: string): string {
  return readFileSync(path.join(root, 'positive', file), 'utf8');
}

/** The finding written beside the fixture: `NAME.ts` has `NAME.json`. */
export function javascriptExpected(file: string): ExpectedFinding[] {
  return JSON.parse(readFileSync(path.join(root, 'positive', file.replace(/\.\w+$/, '.json')), 'utf8')) as ExpectedFinding[];
}
