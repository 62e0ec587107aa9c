import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { DERIVATIONS } from '../../../core/derivations';
import { derivationTexts, fixedParts } from '../../../core/l10n/texts';
import type { Bundle } from '../../../core/l10n/translate';

const LANGUAGES = readdirSync('core/l10n', { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
const read = (file: string): Bundle => JSON.parse(readFileSync(file, 'utf8')) as Bundle;
const HAN = /\p{Script=Han}/u;
/** Whole words only, also in the plural. */
const speaksOf = (text: string, term: string): boolean => new RegExp(`(?<![\\w-])${term}s?(?![\\w-])`, 'i').test(text);

for (const language of LANGUAGES) {
  const folder = `core/l10n/${language}`;
  const glossary = Object.entries(read(`${folder}/glossary.json`)).map(([term, words]) => ({ term, words: words.split('|') }));
  const seen = new Map<string, { words: string; id: string }>();

  for (const derivation of DERIVATIONS) {
    test(`${language}: ${derivation.id} is translated, whole and with nothing left over`, () => {
      const bundle = read(`${folder}/derivations/${derivation.id}.json`);
      const wanted = derivationTexts(derivation);
      assert.deepEqual(wanted.filter((text) => !(text in bundle)), [], 'these texts have no translation');
      assert.deepEqual(Object.keys(bundle).filter((text) => !wanted.includes(text)), [], 'these translations belong to no text');
    });

    test(`${language}: ${derivation.id} keeps formulas and says terms as the glossary has them`, () => {
      for (const [english, words] of Object.entries(read(`${folder}/derivations/${derivation.id}.json`))) {
        assert.match(words, HAN, `not translated: ${english}`);
        assert.deepEqual(fixedParts(words), fixedParts(english), `formulas differ in "${words}"`);
        for (const { term, words: allowed } of glossary) {
          if (speaksOf(english, term)) assert.ok(allowed.some((word) => words.toLowerCase().includes(word.toLowerCase())), `"${term}" is ${allowed.join(' or ')} in the glossary, but not in "${words}"`);
        }
      }
    });
  }

  test(`${language}: one text has one translation everywhere`, () => {
    for (const { id } of DERIVATIONS) for (const [english, words] of Object.entries(read(`${folder}/derivations/${id}.json`))) {
      const before = seen.get(english);
      if (before) assert.equal(words, before.words, `"${english}" in ${before.id} and ${id}`);
      seen.set(english, { words, id });
    }
  });
}
