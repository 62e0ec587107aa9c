/** Random word vectors, and counts of pairs from a random table. */
import type { Value, World } from '../../formulas/evaluate';
import type { SymbolId } from '../../formulas/symbols';
import { random, type Random } from './random';
import { between, inner, nth, rootOf, sum, worldOf } from './world';

const [WORDS, NEGATIVES, CONTEXT, DIMENSIONS] = [6, 3, 4, 3];
const vector = (next: Random): number[] => Array.from({ length: DIMENSIONS }, () => between(next, -1.2, 1.2));
const logSigmoid = (s: number): number => -Math.log1p(Math.exp(-s));

/** What predicts: v of one word, or the mean of several. */
function predicted(next: Random, by: readonly number[]) {
  const [output, noise] = [WORDS, NEGATIVES].map((n) => Array.from({ length: n }, () => vector(next)));
  const scores = output.map((u) => inner(u, by));
  const top = Math.max(...scores);
  const normaliser = top + Math.log(scores.reduce((sum, score) => sum + Math.exp(score - top), 0));
  const observed = output[Math.floor(next() * WORDS)];
  const values: Partial<Record<SymbolId, Value>> = {
    vocabularySize: WORDS, negatives: NEGATIVES, outputVector: observed,
    negativeSampling: noise.reduce((sum, u) => sum + logSigmoid(-inner(u, by)), logSigmoid(inner(observed, by))),
  };
  const members = { wordVector: nth(output), noiseVector: nth(noise), wordProbability: nth(scores.map((score) => Math.exp(score - normaliser))) };
  return { values, members, letters: { j: 1 + Math.floor(next() * WORDS), k: 1 + Math.floor(next() * NEGATIVES) } };
}

export function skipGramWorld(seed: number): World {
  const next = random(seed);
  const centreVector = vector(next);
  const { values, members, letters } = predicted(next, centreVector);
  const table = [0, 1, 2].map(() => [0, 1, 2].map(() => 2 + Math.floor(40 * next())));
  const [row, column] = [Math.floor(3 * next()), Math.floor(3 * next())];
  const [pairCount, centreCount, outputCount, pairTotal] = [table[row][column], sum(table[row]), sum(table.map((counts) => counts[column])), sum(table.map(sum))];
  const expected = NEGATIVES * centreCount * (outputCount / pairTotal);
  const pairScore = between(next, -2, 2);
  return worldOf({
    values: {
      ...values, centreVector, pairCount, centreCount, outputCount, pairTotal, pairScore,
      pairObjective: pairCount * logSigmoid(pairScore) + expected * logSigmoid(-pairScore),
      bestScore: rootOf((s) => pairCount * Math.exp(-s) - expected, -20, 20),
      mutualInformation: Math.log(pairCount / pairTotal) - Math.log(centreCount / pairTotal) - Math.log(outputCount / pairTotal),
    },
    members,
    letters,
  });
}

export function cbowWorld(seed: number): World {
  const next = random(seed);
  const context = Array.from({ length: CONTEXT }, () => vector(next));
  const contextMean = context[0].map((_, axis) => context.reduce((sum, v) => sum + v[axis], 0) / CONTEXT);
  const { values, members, letters } = predicted(next, contextMean);
  return worldOf({
    values: { ...values, contextMean, contextSize: CONTEXT },
    members: { ...members, contextVector: nth(context) },
    letters: { ...letters, i: 1 + Math.floor(next() * CONTEXT) },
  });
}
