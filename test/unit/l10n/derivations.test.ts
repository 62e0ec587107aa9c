import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { DERIVATIONS } from '../../../core/derivations';
import { derivationTexts } from '../../../core/l10n/texts';
import { assertComplete, assertFaithful, glossaryOf, readBundle } from './check';

const LANGUAGES = readdirSync('core/l10n', { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);

for (const language of LANGUAGES) {
  const fileOf = (id: string) => `core/l10n/${language}/derivations/${id}.json`;
  const glossary = glossaryOf(language);
  const seen = new Map<string, { words: string; id: string }>();

  for (const derivation of DERIVATIONS) {
    test(`${language}: ${derivation.id} is translated, whole and with nothing left over`, () => {
      assertComplete(readBundle(fileOf(derivation.id)), derivationTexts(derivation));
    });

    test(`${language}: ${derivation.id} keeps formulas and says terms as the glossary has them`, () => {
      for (const [english, words] of Object.entries(readBundle(fileOf(derivation.id)))) assertFaithful(english, words, glossary);
    });
  }

  test(`${language}: one text has one translation everywhere`, () => {
    for (const { id } of DERIVATIONS) for (const [english, words] of Object.entries(readBundle(fileOf(id)))) {
      const before = seen.get(english);
      if (before) assert.equal(words, before.words, `"${english}" in ${before.id} and ${id}`);
      seen.set(english, { words, id });
    }
  });
}
