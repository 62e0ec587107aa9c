/** Pairs of words: counted in a text place by place, or given as a table whose pairs have a structure. */
import type { World } from '../../formulas/evaluate';
import type { DerivationStep } from '../types';
import { stepSymbols } from '../render';
import { random } from './random';
import { between, inner, nth, rootOf, sum, worldOf } from './world';

const [WORDS, WINDOW, MORE] = [3, 2, 11];
const words = Array.from({ length: WORDS }, (_, i) => i + 1);

/** Every two words stand side by side at least once. */
export function cooccurrenceWorld(seed: number): World {
  const next = random(seed);
  const text = [...words.flatMap((a) => words.flatMap((b) => [a, b])), ...Array.from({ length: MORE + (seed % 3) }, () => 1 + Math.floor(next() * WORDS))];
  const pairs = text.flatMap((a, s) => text.flatMap((b, t) => (s !== t && Math.abs(s - t) <= WINDOW ? [[a, b]] : [])));
  const table = words.map((a) => words.map((b) => pairs.filter(([x, y]) => x === a && y === b).length));
  return tableWorld(seed, table, text);
}

/** Tables in which both sides of a bound are equal: two words that do not know of each other, or one that meets no other word. */
export function structuredTable(seed: number, step: DerivationStep): World {
  const next = random(seed);
  if (stepSymbols(step).includes('averageInformation') || !stepSymbols(step).includes('pointwiseInformation') || stepSymbols(step).includes('pairShare')) {
    const row = words.map(() => between(next, 1, 6));
    return tableWorld(seed, row.map((a) => row.map((b) => a * b)));
  }
  const { i, k } = chosen(seed);
  const raw = words.map(() => words.map(() => between(next, 1, 6)));
  return tableWorld(seed, raw.map((row, a) => row.map((_, b) => ((a === k - 1 && b !== i - 1) || (b === k - 1 && a !== i - 1) ? 0 : raw[a][b] + raw[b][a]))));
}

/** Two different words in most worlds. */
const chosen = (seed: number): { i: number; k: number } => ({ i: 1 + (seed % WORDS), k: 1 + ((seed + (seed % 5 === 0 ? 0 : 1 + (seed % 2))) % WORDS) });

function tableWorld(seed: number, table: readonly (readonly number[])[], text?: readonly number[]): World {
  const rows = table.map(sum);
  const total = sum(rows);
  const cell = (a: number, b: number): number | undefined => table[a - 1]?.[b - 1];
  const entropy = (list: readonly number[]): number => -sum(list.map((c) => (c === 0 ? 0 : (c / total) * Math.log(c / total))));
  // In two steps: how much more likely the second word is beside the first than anywhere.
  const information = (a: number, b: number): number => Math.log(table[a - 1][b - 1]) - Math.log(rows[a - 1]) - (Math.log(rows[b - 1]) - Math.log(total));
  return worldOf({
    values: {
      vocabularySize: WORDS, pairTotal: total, averageInformation: 2 * entropy(rows) - entropy(table.flat()),
      ...(text && { textLength: text.length, windowSize: WINDOW }),
    },
    functions: () => ({
      textWord: (at: number) => text?.[at - 1], sameWord: (a: number, b: number) => Number(a === b), cooccurrence: cell,
      cooccurrenceRow: (a: number) => rows[a - 1], pairShare: (a: number, b: number) => table[a - 1][b - 1] / total, placeShare: (a: number) => rows[a - 1] / total,
      pointwiseInformation: information,
      positiveInformation: (a: number, b: number) => (table[a - 1][b - 1] * total > rows[a - 1] * rows[b - 1] ? information(a, b) : 0),
    }),
    letters: { ...chosen(seed), j: 1 + (seed % WINDOW), t: 1 + (seed % 7) },
  });
}

const [NEGATIVES, DIMENSIONS] = [2, 2];
const logSigmoid = (s: number): number => -Math.log1p(Math.exp(-s));

export const pairScoresWorld = (seed: number): World => pairScores(seed, false);
/** Every pair has the score that is best for it: vectors with as many entries as there are words. */
export const bestScoresWorld = (seed: number): World => pairScores(seed, true);

function pairScores(seed: number, best: boolean): World {
  const next = random(seed);
  // Each word has a favourite, so that scores above and below zero are best.
  const table = words.map((a) => words.map((b) => 1 + Math.floor(12 * next()) + (a === b ? 40 : 0)));
  const [rows, columns] = [table.map(sum), words.map((_, b) => sum(table.map((row) => row[b])))];
  const total = sum(rows);
  // A negative sample is drawn for each pair and each of K times: how often word b falls to word a.
  const noise = words.map((_, a) => words.map((__, b) => sum(table[a].map((c) => c * NEGATIVES * (columns[b] / total)))));
  const at = (a: number, b: number): number => rootOf((s) => table[a][b] * Math.exp(-s) - noise[a][b], -20, 20);
  const vector = (): number[] => Array.from({ length: DIMENSIONS }, () => between(next, -1.2, 1.2));
  const middle = words.map((_, a) => (best ? words.map((__, b) => Number(a === b)) : vector()));
  const outer = words.map((_, b) => (best ? words.map((__, a) => at(a, b)) : vector()));
  const [i, k] = [1 + Math.floor(next() * WORDS), 1 + Math.floor(next() * WORDS)];
  const [seen, expected, bestScore] = [table[i - 1][k - 1], noise[i - 1][k - 1], at(i - 1, k - 1)];
  const score = best ? bestScore : between(next, -2, 2);
  const information = Math.log(seen / rows[i - 1]) - Math.log(columns[k - 1] / total);
  // Pair by pair through the text, each with the mean over its negative samples.
  const objective = sum(table.flatMap((row, a) => row.flatMap((c, b) => Array.from({ length: c }, () =>
    logSigmoid(inner(middle[a], outer[b])) + NEGATIVES * sum(columns.map((n, l) => (n / total) * logSigmoid(-inner(middle[a], outer[l]))))))));
  return worldOf({
    values: {
      vocabularySize: WORDS, negatives: NEGATIVES, pairTotal: total, pairScore: score, bestScore, mutualInformation: information, countRatio: seen / expected,
      pairObjective: seen * logSigmoid(score) + expected * logSigmoid(-score), pairsObjective: objective,
      shiftedInformation: seen > expected ? information - Math.log(NEGATIVES) : 0,
    },
    members: { middleVector: nth(middle), wordVector: nth(outer) },
    functions: () => ({
      pairCounts: (a: number, b: number) => table[a - 1]?.[b - 1], noiseCount: (a: number, b: number) => noise[a - 1]?.[b - 1],
      middleCount: (a: number) => rows[a - 1], windowCount: (b: number) => columns[b - 1],
    }),
    letters: { i, k, l: 1 + (k % WORDS) },
  });
}
