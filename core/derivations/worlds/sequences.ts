/** Distributions over short sequences as whole tables, so that every conditional probability is a quotient of sums; and counts of a longer text. */
import type { DerivationStep } from '../types';
import { stepSymbols } from '../render';
import type { World } from '../../formulas/evaluate';
import { random, type Random } from './random';
import { between, each, nth, probabilities, worldOf } from './world';

type Tokens = readonly number[];

/** All sequences of n tokens 1 … size. */
const sequences = (size: number, n: number): Tokens[] =>
  n === 0 ? [[]] : sequences(size, n - 1).flatMap((rest) => Array.from({ length: size }, (_, i) => [...rest, i + 1]));
const draw = (next: Random, weights: readonly number[]): number => {
  let left = next();
  const found = weights.findIndex((weight) => (left -= weight) < 0);
  return found < 0 ? weights.length - 1 : found;
};

/** p(next token | past) from the table of whole sequences. */
function fromTable(all: readonly Tokens[], table: readonly number[]) {
  const begins = new Map<string, number>();
  all.forEach((tokens, i) => [...tokens, 0].forEach((_, n) => {
    const prefix = tokens.slice(0, n).join();
    begins.set(prefix, (begins.get(prefix) ?? 0) + table[i]);
  }));
  const whole = new Map(all.map((tokens, i) => [tokens.join(), table[i]]));
  return {
    whole: (tokens: Tokens): number | undefined => whole.get(tokens.join()),
    next: (token: number, past: Tokens): number => (begins.get([...past, token].join()) ?? NaN) / (begins.get(past.join()) ?? NaN),
  };
}

const parts = (tokens: Tokens) => ({ token: nth(tokens), past: (n: number) => (n > tokens.length ? undefined : tokens.slice(0, n - 1)) });

export function autoregressiveWorld(seed: number): World {
  const [V, N] = [4, 3];
  const next = random(seed);
  const all = sequences(V, N);
  const [model, data] = [0, 1].map(() => fromTable(all, probabilities(next, all.length)));
  const tokens = all[Math.floor(next() * all.length)];
  const i = 1 + Math.floor(next() * N);
  const shift = between(next, -2, 2);
  const logits = Array.from({ length: V }, (_, w) => shift + Math.log(model.next(w + 1, tokens.slice(0, i - 1))));
  const probability = model.whole(tokens)!;
  return worldOf({
    values: {
      sequence: tokens, length: N, vocabularySize: V, targetLogit: logits[tokens[i - 1] - 1],
      tokenLoss: -Math.log(probability) / N, perplexity: probability ** (-1 / N), bits: -Math.log2(probability) / N,
    },
    members: { ...parts(tokens), logit: nth(logits), oneHot: (n) => (n < 1 || n > V ? undefined : Number(n === tokens[i - 1])) },
    functions: () => ({ sequenceModel: model.whole, sequenceData: data.whole, nextModel: model.next }),
    outcomes: { sequence: each(all) },
    // The entry that comes next in half of the worlds.
    letters: { i, k: seed % 2 ? tokens[i - 1] : 1 + Math.floor(next() * V), j: 1 + Math.floor(next() * V) },
  });
}

/** Whole texts with the table of their probabilities where a line speaks of a text, else the counts of a long text. */
export function nGramWorld(seed: number, step: DerivationStep): World {
  const symbols = stepSymbols(step);
  const next = random(seed);
  const V = 3;
  const order = 2 + (seed % 2);
  const contexts = sequences(V + 1, order - 1).map((context) => context.map((token) => token - 1));
  const rows = new Map(contexts.map((context) => [context.join(), probabilities(next, V)]));
  const before = (tokens: Tokens, n: number): Tokens => [...contexts[0].map(() => 0), ...tokens.slice(0, n - 1)].slice(1 - order);
  const transition = (w: number, context: Tokens): number | undefined => rows.get(context.join())?.[w - 1];
  const about = symbols.includes('sequence') || symbols.includes('token') ? 4 : 400;
  const tokens: number[] = [];
  while (tokens.length < about) tokens.push(1 + draw(next, rows.get(before(tokens, tokens.length + 1).join())!));

  const seen = new Map<string, number[]>();
  tokens.forEach((token, i) => {
    const context = before(tokens, i + 1).join();
    seen.set(context, [...(seen.get(context) ?? []), token]);
  });
  const after = (context: Tokens): number => seen.get(context.join())?.length ?? 0;
  const count = (context: Tokens, w: number): number => seen.get(context.join())?.filter((token) => token === w).length ?? 0;
  // A context after which every word was seen, in a long text.
  const rich = contexts.filter((context) => [1, 2, 3].every((w) => count(context, w) > 0));
  const context = rich[Math.floor(next() * rich.length)] ?? contexts[0];
  const pseudo = between(next, 0.2, 3);
  const smoothed = (w: number, h: Tokens): number => {
    const raised = [1, 2, 3].map((word) => count(h, word) + pseudo);
    return raised[w - 1] / raised.reduce((a, b) => a + b, 0);
  };
  const all = about === 4 ? sequences(V, about) : [];
  const text = fromTable(all, all.map((one) => one.reduce((p, w, i) => p * transition(w, before(one, i + 1))!, 1)));
  const probability = text.whole(tokens);
  return worldOf({
    values: {
      sequence: tokens, length: about, anyWord: 1 + Math.floor(next() * V), anyContext: context, pseudoCount: pseudo, vocabulary: V,
      trust: after(context) / [1, 2, 3].reduce((sum, w) => sum + count(context, w) + pseudo, 0),
      ...(probability === undefined ? {} : { perplexity: probability ** (-1 / about) }),
    },
    members: { ...parts(tokens), context: (n) => (n > about ? undefined : before(tokens, n)) },
    functions: () => ({
      sequenceModel: text.whole, nextModel: text.next, ngramModel: transition, ngramCount: count, contextTotal: after, smoothed,
      frequency: (w: number, h: Tokens) => count(h, w) / after(h),
    }),
    outcomes: { anyContext: each(contexts), anyWord: each([1, 2, 3]) },
    letters: { i: 1 + Math.floor(next() * about) },
  });
}
