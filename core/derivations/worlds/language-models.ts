/** Texts of a few words with the table of all their probabilities; and one longer text with its counts, read word by word. */
import type { Outcome, World } from '../../formulas/evaluate';
import type { DerivationStep } from '../types';
import { stepSymbols } from '../render';
import { random, type Random } from './random';
import { between, each, nth, probabilities, rootOf, sum, worldOf } from './world';

type Tokens = readonly number[];

const list = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);
const texts = (words: number, n: number): Tokens[] => (n === 0 ? [[]] : texts(words, n - 1).flatMap((rest) => list(words).map((w) => [...rest, w])));
/** The last n words before position i, counted from 1; a 0 marks the beginning of the text. */
const contextOf = (tokens: Tokens, i: number, n: number): Tokens => [...list(n).map(() => 0), ...tokens.slice(0, i - 1)].slice(-n);
const pick = (next: Random, weights: readonly number[]): number => {
  let left = next();
  const found = weights.findIndex((weight) => (left -= weight) < 0);
  return 1 + (found < 0 ? weights.length - 1 : found);
};

const [WORDS, LENGTH] = [3, 4];

/** Rows of an n-gram model, made up as they are asked for. */
function rowsOf(next: Random): (context: Tokens) => readonly number[] {
  const rows = new Map<string, readonly number[]>();
  return (context) => {
    const key = context.join();
    if (!rows.has(key)) rows.set(key, probabilities(next, WORDS));
    return rows.get(key)!;
  };
}

/** Σ of the table by what is told of each text. */
function masses(all: readonly Tokens[], table: readonly number[], keysOf: (text: Tokens) => readonly string[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  all.forEach((text, t) => keysOf(text).forEach((key) => found.set(key, (found.get(key) ?? 0) + table[t])));
  return found;
}

/** The table of a text in which only the last n words count. */
const markovTable = (all: readonly Tokens[], rows: (context: Tokens) => readonly number[], n: number): number[] =>
  all.map((text) => text.reduce((p, w, i) => p * rows(contextOf(text, i + 1, n))[w - 1], 1));

export const chainRuleWorld = (seed: number, step: DerivationStep): World => chainRule(seed, step, false);
/** The model is the data, and the data looks back no further than the model. */
export const fittedChainRuleWorld = (seed: number, step: DerivationStep): World => chainRule(seed, step, true);

function chainRule(seed: number, step: DerivationStep, fitted: boolean): World {
  const next = random(seed);
  const symbols = stepSymbols(step);
  // Lines about the data at one position know of no model; there the past is longer than the context, but the text is short.
  const ofData = symbols.includes('nextData');
  const [memory, length] = ofData ? [1, 3] : [1 + (seed % 2), LENGTH];
  const all = texts(WORDS, length);
  const rows = rowsOf(next);
  const table = fitted || symbols.includes('ngramModel') ? markovTable(all, rows, memory) : probabilities(next, all.length);
  // Now and then the data is surer than the model: the entropy of the model is no bound.
  const sharper = table.map((p) => p ** 2);
  const data = fitted ? table : seed % 2 ? sharper.map((p) => p / sum(sharper)) : probabilities(next, all.length);
  const tokens = all[Math.floor(next() * all.length)];
  const i = ofData ? length : 1 + Math.floor(next() * length);
  const prefixes = (text: Tokens): string[] => [0, ...list(length)].map((n) => text.slice(0, n).join());
  const [begins, dataBegins] = [table, data].map((of) => masses(all, of, prefixes));
  const here = masses(all, data, (text) => [contextOf(text, i, memory).join(), [...contextOf(text, i, memory), text[i - 1]].join()]);
  const quotient = (of: ReadonlyMap<string, number>, w: number, before: Tokens): number => of.get([...before, w].join())! / of.get(before.join())!;
  const probability = begins.get(tokens.join())!;
  const past = (of: Tokens) => (n: number): Tokens | undefined => (n >= 1 && n <= length + 1 ? of.slice(0, n - 1) : undefined);
  const context = (of: Tokens) => (n: number): Tokens | undefined => (n >= 1 && n <= length ? contextOf(of, n, memory) : undefined);
  const outcomes = all.map((text): Outcome => ({
    value: text, weight: 1,
    // Lines that take means over texts look at one position, or at none.
    parts: (ofData ? [i] : []).flatMap((n) => [{ id: 'token' as const, n, value: text[n - 1] }, { id: 'past' as const, n, value: past(text)(n)! }, { id: 'context' as const, n, value: context(text)(n)! }]),
  }));
  const whole = (of: ReadonlyMap<string, number>) => (text: Tokens): number | undefined => (text.length === length ? of.get(text.join()) : undefined);
  return worldOf({
    values: {
      sequence: tokens, length, vocabularySize: WORDS, anyWord: 1 + Math.floor(next() * WORDS),
      tokenLoss: -Math.log(probability) / length, perplexity: probability ** (-1 / length), bits: -Math.log2(probability) / length,
    },
    members: { token: nth(tokens), past: past(tokens), context: context(tokens) },
    functions: () => (ofData ? {
      sequenceData: whole(dataBegins),
      nextData: (w: number, before: Tokens) => (before.length === i - 1 ? quotient(dataBegins, w, before) : undefined),
      contextData: (w: number, h: Tokens) => (h.length === memory ? quotient(here, w, h) : undefined),
    } : {
      sequenceData: whole(dataBegins),
      beginningModel: (start: Tokens) => begins.get(start.join()),
      nextModel: (w: number, before: Tokens) => (w <= WORDS && before.length < length ? quotient(begins, w, before) : undefined),
      ngramModel: (w: number, h: Tokens) => (h.length === memory ? rows(h)[w - 1] : undefined),
    }),
    outcomes: { sequence: outcomes, anyWord: each(list(WORDS)) },
    letters: { i },
  });
}

const [VOCABULARY, TEXT] = [4, 90];

export const countsWorld = (seed: number, step: DerivationStep): World => counts(seed, step, false);
/** The model gives to every word its share of what was counted. */
export const fittedCountsWorld = (seed: number, step: DerivationStep): World => counts(seed, step, true);

/** A text of a bigram model. After every context each word was seen, but for the beginning, which only one word follows. */
function counts(seed: number, step: DerivationStep, fitted: boolean): World {
  const next = random(seed);
  const rows = list(VOCABULARY).map(() => probabilities(next, VOCABULARY));
  const tokens: number[] = [];
  // Every pair once, so that no count is zero; then as chance has it.
  list(VOCABULARY).forEach((a) => list(VOCABULARY).forEach((b) => tokens.push(a, b)));
  while (tokens.length < TEXT) tokens.push(pick(next, rows[tokens[tokens.length - 1] - 1]));
  const table = [0, ...list(VOCABULARY)].map((before) => list(VOCABULARY).map((w) => tokens.filter((token, i) => token === w && (i === 0 ? 0 : tokens[i - 1]) === before).length));
  const count = ([before]: Tokens, w: number): number | undefined => table[before][w - 1];
  const totals = table.map(sum);
  const frequency = (w: number, [before]: Tokens): number => table[before][w - 1] / totals[before];
  // A model that is less sure than the counts as well: its own entropy is no bound.
  const made = table.map((row, before) => (fitted ? row.map((c) => c / totals[before]) : seed % 2 ? row.map((c) => 0.5 * (c / totals[before]) + 0.5 / VOCABULARY) : probabilities(next, VOCABULARY)));
  const model = (w: number, [before]: Tokens): number | undefined => made[before][w - 1];
  const before = 1 + Math.floor(next() * VOCABULARY);
  const seen = table[before];
  // The price at which the shares that the words ask for add up to one.
  const price = rootOf((lambda) => sum(seen.map((c) => c / lambda)) - 1, 1e-3, 1e4);
  const symbols = stepSymbols(step);
  // Lines about the Lagrangian take the row as free numbers, which do not yet add up to one.
  const free = symbols.includes('wordProbability') && !symbols.includes('contextLikelihood') && !symbols.includes('ngramModel');
  const row = free ? seen.map(() => between(next, 0.4, 1.4)) : made[before];
  const multiplier = free ? between(next, 3, 20) : price;
  const likelihood = sum(tokens.flatMap((w, i) => (tokens[i - 1] === before ? [Math.log(row[w - 1])] : [])));
  const j = 1 + Math.floor(next() * VOCABULARY);
  return worldOf({
    values: {
      sequence: tokens, anyContext: [before], anyWord: 1 + Math.floor(next() * VOCABULARY), vocabularySize: VOCABULARY, multiplier,
      ...(free ? { lagrangian: likelihood + multiplier * (1 - sum(row)) } : { contextLikelihood: likelihood }),
    },
    members: { wordProbability: nth(row), bestProbability: nth(seen.map((c) => rootOf((p) => c / p - price, 1e-6, 1e3))) },
    functions: () => ({
      ngramModel: model, ngramCount: count, frequency,
      contextTotal: ([h]: Tokens) => totals[h],
      sequenceModel: (text: Tokens) => text.reduce((p, w, i) => p * made[i === 0 ? 0 : text[i - 1]][w - 1], 1),
    }),
    outcomes: { anyContext: each([0, ...list(VOCABULARY)].map((w) => [w])), anyWord: each(list(VOCABULARY)) },
    letters: { j, i: 1 + (j % VOCABULARY) },
  });
}
