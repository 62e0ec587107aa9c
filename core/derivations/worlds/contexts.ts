/** A gap with a few words around it, and a vocabulary: random vectors, and probabilities from quotients of two words at a time. */
import type { World } from '../../formulas/evaluate';
import { random } from './random';
import { between, combine, inner, nth, sum, worldOf } from './world';

const [WORDS, CONTEXT, DIMENSIONS] = [4, 3, 2];

export function contextWorld(seed: number): World {
  const next = random(seed);
  const vector = (): number[] => Array.from({ length: DIMENSIONS }, () => between(next, -1.2, 1.2));
  const [context, output] = [CONTEXT, WORDS].map((n) => Array.from({ length: n }, vector));
  // The mean as each word found it: a step towards every further vector.
  const contextMean = context.slice(1).reduce((mean, v, i) => combine(1 - 1 / (i + 2), mean, 1 / (i + 2), v), context[0]);
  const scores = output.map((u) => inner(u, contextMean));
  const shares = scores.map((score) => 1 / sum(scores.map((other) => Math.exp(other - score))));
  const k = 1 + Math.floor(next() * WORDS);
  // Now and then both letters mean the same word: a Kronecker delta is tested at 1 and at 0.
  const j = seed % 3 === 0 ? k : 1 + Math.floor(next() * WORDS);
  const errors = shares.map((share, word) => (word === k - 1 ? -sum(shares.filter((_, other) => other !== word)) : share));
  return worldOf({
    values: {
      vocabularySize: WORDS, contextSize: CONTEXT, contextMean, learningRate: between(next, 0.1, 0.9),
      labelLoss: Math.log(sum(scores.map((score) => Math.exp(score - scores[k - 1])))),
      hiddenError: contextMean.map((_, axis) => sum(output.map((u, word) => errors[word] * u[axis]))),
    },
    members: { contextVector: nth(context), wordVector: nth(output), gapScore: nth(scores), wordProbability: nth(shares), predictionError: nth(errors) },
    letters: { j, k, i: 1 + Math.floor(next() * CONTEXT) },
  });
}
