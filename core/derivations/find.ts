/** Derivations by name, or by a symbol that they speak of. */
import { SYMBOLS } from '../formulas/symbols';
import { stepSymbols } from './render';
import type { Derivation } from './types';

const texts = new WeakMap<Derivation, string>();

/** All that a search may hit: names of the derivation, then of its symbols as typeset, as spoken and as in code. */
function textOf(derivation: Derivation): string {
  let known = texts.get(derivation);
  if (known === undefined) {
    const symbols = [...new Set(derivation.steps.flatMap(stepSymbols))].map((id) => SYMBOLS[id]);
    known = [derivation.id, derivation.title, derivation.shows, derivation.source.paper, ...symbols.flatMap(({ id, tex, spoken, codeNames }) => [id, tex, spoken, ...codeNames])].join('\n').toLowerCase();
    texts.set(derivation, known);
  }
  return known;
}

/** Every word of the query must be somewhere; nothing asked for is everything. */
export function findDerivations(derivations: readonly Derivation[], query: string): readonly Derivation[] {
  const words = query.toLowerCase().split(/\s+/).filter((w) => w !== '');
  return derivations.filter((d) => words.every((w) => textOf(d).includes(w)));
}
