import { test } from 'node:test';
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { DERIVATION_GROUPS, DERIVATIONS } from '../../../core/derivations';
import { FORMULAS } from '../../../core/formulas';
import { SYMBOL_TABLES } from '../../../core/formulas/symbols';
import { BOUND_SYMBOLS } from '../../../core/formulas/symbols/bounds';
import { CHAIN_SYMBOLS } from '../../../core/formulas/symbols/chains';
import { CORPUS_SYMBOLS } from '../../../core/formulas/symbols/corpus';
import { DENSITY_SYMBOLS } from '../../../core/formulas/symbols/densities';
import { DIFFUSION_SYMBOLS } from '../../../core/formulas/symbols/diffusion';
import { FOUNDATION_SYMBOLS } from '../../../core/formulas/symbols/foundations';
import { GAME_SYMBOLS } from '../../../core/formulas/symbols/games';
import { HYBRID_SYMBOLS } from '../../../core/formulas/symbols/hybrids';
import { LANGUAGE_SYMBOLS } from '../../../core/formulas/symbols/language';
import { LATENT_SYMBOLS } from '../../../core/formulas/symbols/latent';
import { PROCESS_SYMBOLS } from '../../../core/formulas/symbols/processes';
import { REPRESENTATION_SYMBOLS } from '../../../core/formulas/symbols/representation';
import { SAMPLER_SYMBOLS } from '../../../core/formulas/symbols/samplers';
import { SCORE_SYMBOLS } from '../../../core/formulas/symbols/scores';
import { SEQUENCE_SYMBOLS } from '../../../core/formulas/symbols/sequences';
import type { SymbolTable } from '../../../core/formulas/symbols/table';
import { WORD_SYMBOLS } from '../../../core/formulas/symbols/words';
import { assertAgreeing, assertAllFaithful, assertComplete, LANGUAGES, readBundle } from './check';

/** By the file that a table, and its translation, stands in. */
const TABLES: Readonly<Record<string, SymbolTable>> = {
  bounds: BOUND_SYMBOLS, chains: CHAIN_SYMBOLS, corpus: CORPUS_SYMBOLS, densities: DENSITY_SYMBOLS,
  diffusion: DIFFUSION_SYMBOLS, foundations: FOUNDATION_SYMBOLS, games: GAME_SYMBOLS, hybrids: HYBRID_SYMBOLS,
  language: LANGUAGE_SYMBOLS, latent: LATENT_SYMBOLS, processes: PROCESS_SYMBOLS, representation: REPRESENTATION_SYMBOLS,
  samplers: SAMPLER_SYMBOLS, scores: SCORE_SYMBOLS, sequences: SEQUENCE_SYMBOLS, words: WORD_SYMBOLS,
};
const meanings = (table: SymbolTable): string[] => [...new Set(Object.values(table).map(({ meaning }) => meaning))];
const titles = [...new Set([...FORMULAS.flatMap(({ title, convention = [] }) => [title, convention].flat()), ...DERIVATION_GROUPS.map(({ title }) => title)])];

test('every table of symbols is looked at, by the name of its file', () => {
  // Long tables are put together of parts, which only they import.
  const tables = [...readFileSync('core/formulas/symbols.ts', 'utf8').matchAll(/from '\.\/symbols\/([\w-]+)'/g)].map(([, name]) => name).filter((name) => name !== 'table');
  assert.deepEqual(Object.keys(TABLES).sort(), tables.sort());
  assert.deepEqual(new Set(Object.values(TABLES)), new Set(SYMBOL_TABLES));
});

for (const language of LANGUAGES) {
  const folder = `core/l10n/${language}`;
  const file = (name: string): string => `${folder}/symbols/${name}.json`;

  for (const [name, table] of Object.entries(TABLES)) {
    // A table may still be empty; with its first symbol it needs a file.
    if (meanings(table).length === 0 && !existsSync(file(name))) continue;
    test(`${language}: meanings of ${name} are translated, whole and with nothing left over`, () => assertComplete(readBundle(file(name)), meanings(table)));
    test(`${language}: meanings of ${name} keep formulas and say terms as the glossary has them`, () => assertAllFaithful(readBundle(file(name)), language));
  }

  test(`${language}: every file of symbols is one of a table`, () => {
    assert.deepEqual(readdirSync(`${folder}/symbols`).filter((name) => !(name.replace(/\.json$/, '') in TABLES)), []);
  });

  test(`${language}: titles of formulas and groups are translated, whole and with nothing left over`, () => assertComplete(readBundle(`${folder}/formulas.json`), titles));
  test(`${language}: titles keep formulas and say terms as the glossary has them`, () => assertAllFaithful(readBundle(`${folder}/formulas.json`), language));

  test(`${language}: meanings and titles are translated as the same text is elsewhere`, () => {
    const derivations = DERIVATIONS.map(({ id }) => `${folder}/derivations/${id}.json`).filter((path) => existsSync(path));
    assertAgreeing([...derivations, ...readdirSync(`${folder}/symbols`).map((name) => `${folder}/symbols/${name}`), `${folder}/formulas.json`]);
  });
}
