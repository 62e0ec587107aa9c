/** What holds of every file of translations. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { fixedParts } from '../../../core/l10n/texts';
import type { Bundle } from '../../../core/l10n/translate';

const HAN = /\p{Script=Han}/u;
/** Whole words only, also in the plural. */
const speaksOf = (text: string, term: string): boolean => new RegExp(`(?<![\\w-])${term}s?(?![\\w-])`, 'i').test(text);

/** Of other languages than English, each a folder. */
export const LANGUAGES = readdirSync('core/l10n', { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);

export const readBundle = (file: string): Bundle => JSON.parse(readFileSync(file, 'utf8')) as Bundle;

export function isWhole(bundle: Bundle, wanted: readonly string[]): void {
  assert.deepEqual(wanted.filter((text) => !(text in bundle)), [], 'these texts have no translation');
  assert.deepEqual(Object.keys(bundle).filter((text) => !wanted.includes(text)), [], 'these translations belong to no text');
}

/** Formulas are kept, and terms are those of the language's glossary. */
export function isFaithful(bundle: Bundle, language: string): void {
  const glossary = Object.entries(readBundle(`core/l10n/${language}/glossary.json`)).map(([term, words]) => ({ term, words: words.split('|') }));
  for (const [english, words] of Object.entries(bundle)) {
    assert.match(words, HAN, `not translated: ${english}`);
    assert.deepEqual(fixedParts(words), fixedParts(english), `formulas differ in "${words}"`);
    for (const { term, words: allowed } of glossary) {
      if (speaksOf(english, term)) assert.ok(allowed.some((word) => words.toLowerCase().includes(word.toLowerCase())), `"${term}" is ${allowed.join(' or ')} in the glossary, but not in "${words}"`);
    }
  }
}

/** One text has one translation in all the files. */
export function agree(files: readonly string[]): void {
  const seen = new Map<string, { words: string; file: string }>();
  for (const file of files) for (const [english, words] of Object.entries(readBundle(file))) {
    const before = seen.get(english);
    if (before) assert.equal(words, before.words, `"${english}" in ${before.file} and ${file}`);
    seen.set(english, { words, file });
  }
}
