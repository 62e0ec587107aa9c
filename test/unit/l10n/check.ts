/** What every translation must keep, whatever it is of. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { fixedParts } from '../../../core/l10n/texts';
import type { Bundle } from '../../../core/l10n/translate';

export const readBundle = (file: string): Bundle => JSON.parse(readFileSync(file, 'utf8')) as Bundle;

/** Of other languages than English, each a folder. */
export const LANGUAGES = readdirSync('core/l10n', { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);

/** A term and the ways to say it. */
export type Glossary = readonly { term: string; words: readonly string[] }[];

export const glossaryOf = (language: string): Glossary => Object.entries(readBundle(`core/l10n/${language}/glossary.json`)).map(([term, words]) => ({ term, words: words.split('|') }));

const HAN = /\p{Script=Han}/u;
/** Whole words only, also in the plural. */
const speaksOf = (text: string, term: string): boolean => new RegExp(`(?<![\\w-])${term}s?(?![\\w-])`, 'i').test(text);

export const placeholdersOf = (text: string): string[] => [...new Set(text.match(/\{\d+\}/g) ?? [])].sort();

/** Nothing is missing, and nothing is left over. */
export function assertComplete(bundle: Bundle, wanted: readonly string[]): void {
  assert.deepEqual(wanted.filter((text) => !(text in bundle)), [], 'these texts have no translation');
  assert.deepEqual(Object.keys(bundle).filter((text) => !wanted.includes(text)), [], 'these translations belong to no text');
}

/** It is translated, keeps formulas and places for values, and says terms as the glossary has them. */
export function assertFaithful(english: string, words: string, glossary: Glossary): void {
  // A pattern such as "{0}: {1}" has no words of its own, and an article has none in Chinese.
  if (/[a-z]{3}/i.test(english.replaceAll(/\{\d+\}/g, ''))) assert.match(words, HAN, `not translated: ${english}`);
  assert.deepEqual(placeholdersOf(words), placeholdersOf(english), `places for values differ in "${words}"`);
  assert.deepEqual(fixedParts(words), fixedParts(english), `formulas differ in "${words}"`);
  for (const { term, words: allowed } of glossary) {
    if (speaksOf(english, term)) assert.ok(allowed.some((word) => words.toLowerCase().includes(word.toLowerCase())), `"${term}" is ${allowed.join(' or ')} in the glossary, but not in "${words}"`);
  }
}

/** Chinese punctuation after Chinese words, and a space between them and Latin or Greek letters and numbers. */
export function assertSetWell(words: string): void {
  const narrow = /\p{Script=Han}[,;:?!()]|\p{Script=Han}\.(?!\w)|[,;:?!()]\p{Script=Han}/u.exec(words);
  assert.equal(narrow, null, `punctuation of another script in "${words}"`);
  const tight = /\p{Script=Han}[A-Za-z\d\p{Script=Greek}]|[A-Za-z\d\p{Script=Greek}]\p{Script=Han}/u.exec(words);
  assert.equal(tight, null, `a space is missing in "${words}"`);
}

/** Of a whole file. */
export function assertAllFaithful(bundle: Bundle, language: string): void {
  const glossary = glossaryOf(language);
  for (const [english, words] of Object.entries(bundle)) assertFaithful(english, words, glossary);
}

/** One text has one translation in all the files. */
export function assertAgreeing(files: readonly string[]): void {
  const seen = new Map<string, { words: string; file: string }>();
  for (const file of files) for (const [english, words] of Object.entries(readBundle(file))) {
    const before = seen.get(english);
    if (before) assert.equal(words, before.words, `"${english}" in ${before.file} and ${file}`);
    seen.set(english, { words, file });
  }
}
