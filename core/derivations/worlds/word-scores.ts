/** One word in the middle, and a vocabulary around it: random vectors, and probabilities from quotients of two words at a time. */
import type { World } from '../../formulas/evaluate';
import { random } from './random';
import { between, inner, nth, probabilities, worldOf } from './world';

const [WORDS, DIMENSIONS] = [5, 3];

export function wordScoresWorld(seed: number): World {
  const next = random(seed);
  const vector = (): number[] => Array.from({ length: DIMENSIONS }, () => between(next, -1.2, 1.2));
  const centreVector = vector();
  const output = Array.from({ length: WORDS }, vector);
  const scores = output.map((u) => u.reduce((sum, value, axis) => sum + value * centreVector[axis], 0));
  const shares = scores.map((score) => 1 / scores.reduce((sum, other) => sum + Math.exp(other - score), 0));
  const k = 1 + Math.floor(next() * WORDS);
  // Now and then both letters mean the same word: a Kronecker delta is tested at 1 and at 0.
  const j = seed % 3 === 0 ? k : 1 + Math.floor(next() * WORDS);
  return worldOf({
    values: { vocabularySize: WORDS, centreVector },
    members: { wordVector: nth(output), wordScore: nth(output.map((u) => inner(u, centreVector))), wordProbability: nth(shares), observedShare: nth(probabilities(next, WORDS)) },
    letters: { j, k },
  });
}
