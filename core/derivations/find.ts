/** Derivations by name, or by a symbol that they speak of. */
import { SYMBOLS } from '../formulas/symbols';
import { inEnglish, type Translate } from '../l10n/translate';
import { stepSymbols } from './render';
import type { Derivation } from './types';

/** By the language that is asked in: a search has one as long as it lives. */
const texts = new WeakMap<Translate, WeakMap<Derivation, string>>();

/** All that a search may hit: names of the derivation, then of its symbols as typeset, as spoken and as in code. */
function textOf(derivation: Derivation, t: Translate): string {
  let inLanguage = texts.get(t);
  if (!inLanguage) texts.set(t, (inLanguage = new WeakMap()));
  let known = inLanguage.get(derivation);
  if (known === undefined) {
    const symbols = [...new Set(derivation.steps.flatMap(stepSymbols))].map((id) => SYMBOLS[id]);
    const named = [derivation.title, derivation.shows];
    // English names are found in every language: papers and code have them.
    known = [derivation.id, ...named, ...(t === inEnglish ? [] : named.map((text) => t(text))), derivation.source.paper, ...symbols.flatMap(({ id, tex, spoken, codeNames }) => [id, tex, spoken, ...codeNames])].join('\n').toLowerCase();
    inLanguage.set(derivation, known);
  }
  return known;
}

/** Every word of the query must be somewhere; nothing asked for is everything. */
export function findDerivations(derivations: readonly Derivation[], query: string, t: Translate = inEnglish): readonly Derivation[] {
  const words = query.toLowerCase().split(/\s+/).filter((w) => w !== '');
  return derivations.filter((d) => words.every((w) => textOf(d, t).includes(w)));
}
