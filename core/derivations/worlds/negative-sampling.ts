/** A table of pair counts with one row picked, noise by plain or by flattened frequencies, and random vectors. */
import type { World } from '../../formulas/evaluate';
import { stepSymbols } from '../render';
import type { DerivationStep } from '../types';
import { random } from './random';
import { between, inner, nth, rootOf, sum, worldOf } from './world';

const [CENTRES, WORDS, NEGATIVES, DIMENSIONS] = [3, 5, 3, 3];
const logistic = (s: number): number => Math.exp(s) / (Math.exp(s) + 1);

export function negativeSamplingWorld(seed: number, step: DerivationStep): World {
  const next = random(seed);
  const counts = Array.from({ length: CENTRES }, () => Array.from({ length: WORDS }, () => 2 + Math.floor(40 * next())));
  const row = counts[Math.floor(CENTRES * next())];
  const columns = row.map((_, j) => sum(counts.map((line) => line[j])));
  const j = 1 + Math.floor(next() * WORDS);
  // Lines that speak of the pairs of the whole text are about noise by plain frequency.
  const plain = stepSymbols(step).some((id) => id === 'pairTotal' || id === 'outputCount' || id === 'mutualInformation');
  const flattened = columns.map((count) => Math.exp(0.75 * Math.log(count)));
  const noise = plain ? columns.map((count) => count / sum(columns)) : flattened.map((weight) => weight / sum(flattened));
  const shares = row.map((count) => count / sum(row));
  // One observed word and K noise words in a bag; one is drawn.
  const drawn = shares.map((share, i) => ({ observed: share / (NEGATIVES + 1), noise: (noise[i] * NEGATIVES) / (NEGATIVES + 1) }));

  const vector = (): number[] => Array.from({ length: DIMENSIONS }, () => between(next, -1.2, 1.2));
  const [centreVector, outputVector] = [vector(), vector()];
  const negatives = Array.from({ length: NEGATIVES }, vector);
  const right = [inner(outputVector, centreVector), ...negatives.map((u) => -inner(u, centreVector))].map(logistic);
  const scores = row.map(() => between(next, -2, 2));
  // Every way to draw the K noise words: as many as the vocabulary to the power K.
  let draws: number[][] = [[]];
  for (let n = 0; n < NEGATIVES; n++) draws = draws.flatMap((before) => row.map((_, word) => [...before, word]));
  const chanceOf = (draw: readonly number[]): number => draw.reduce((product, word) => product * noise[word], 1);
  return worldOf({
    values: {
      vocabularySize: WORDS, negatives: NEGATIVES, centreVector, outputVector, pairScore: between(next, -2, 2),
      labelLikelihood: right.reduce((a, b) => a * b, 1), negativeSampling: sum(right.map(Math.log)),
      centreCount: sum(row), pairCount: row[j - 1], outputCount: columns[j - 1], pairTotal: sum(columns),
      mutualInformation: Math.log(row[j - 1]) - Math.log(sum(row)) - Math.log(columns[j - 1] / sum(columns)),
      centreObjective: sum(scores.map((s, i) => row[i] * Math.log(logistic(s)) + sum(row) * NEGATIVES * noise[i] * Math.log(1 - logistic(s)))),
    },
    members: {
      noiseVector: nth(negatives), wordScore: nth(scores), observedShare: nth(shares), noiseShare: nth(noise), unigramCount: nth(columns),
      observedChance: nth(drawn.map((of) => of.observed / (of.observed + of.noise))),
      bestWordScore: nth(shares.map((share, i) => rootOf((s) => share * (1 - logistic(s)) - NEGATIVES * noise[i] * logistic(s), -20, 20))),
    },
    functions: () => ({ drawProbability: chanceOf }),
    outcomes: { noiseDraw: draws.map((draw) => ({ value: draw, weight: 1, parts: draw.map((word, n) => ({ id: 'drawnScore' as const, n: n + 1, value: scores[word] })) })) },
    // A noise word i is meant only where vectors of noise words are spoken of.
    letters: stepSymbols(step).includes('noiseVector') ? { j, i: 1 + Math.floor(next() * NEGATIVES) } : { j },
  });
}
