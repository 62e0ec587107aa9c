import { test } from 'node:test';
import { DERIVATIONS } from '../../../core/derivations';
import { derivationTexts } from '../../../core/l10n/texts';
import { assertAgreeing, assertAllFaithful, assertComplete, LANGUAGES, readBundle } from './check';

for (const language of LANGUAGES) {
  const file = (id: string): string => `core/l10n/${language}/derivations/${id}.json`;

  for (const derivation of DERIVATIONS) {
    test(`${language}: ${derivation.id} is translated, whole and with nothing left over`, () => assertComplete(readBundle(file(derivation.id)), derivationTexts(derivation)));
    test(`${language}: ${derivation.id} keeps formulas and says terms as the glossary has them`, () => assertAllFaithful(readBundle(file(derivation.id)), language));
  }

  test(`${language}: one text has one translation everywhere`, () => assertAgreeing(DERIVATIONS.map(({ id }) => file(id))));
}
