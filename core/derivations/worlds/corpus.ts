/** A short random text over a small vocabulary: what derivations count in it is tallied from the list of its pairs. */
import type { World } from '../../formulas/evaluate';
import type { DerivationStep } from '../types';
import { random, type Random } from './random';
import { between, each, inner, nth, worldOf } from './world';

const [WORDS, WINDOW, MORE, DIMENSIONS] = [5, 2, 2, 3];
const numbers = Array.from({ length: WORDS }, (_, i) => i + 1);
const list = (n: number, next: () => number): number[] => Array.from({ length: n }, next);

/** Every word stands in the middle at least once; the windows at both ends are full. */
function text(next: Random): { at: (position: number) => number | undefined; length: number } {
  const any = (): number => 1 + Math.floor(next() * WORDS);
  const middle = [...numbers, ...list(MORE, any)].map((word) => ({ word, key: next() })).sort((a, b) => a.key - b.key).map(({ word }) => word);
  const words = [...list(WINDOW, any), ...middle, ...list(WINDOW, any)];
  return { at: (position) => words[position + WINDOW - 1], length: middle.length };
}

/** `frequencies`: the model gives to every pair how often it really occurs. `smoothed`: nearly that, but every word has a chance. */
type Model = 'vectors' | 'frequencies' | 'smoothed';

function world(seed: number, kind: Model): World {
  const next = random(seed);
  const { at, length } = text(next);
  const pairs: [number, number][] = [];
  for (let position = 1; position <= length; position++) {
    for (let other = position - WINDOW; other <= position + WINDOW; other++) if (other !== position) pairs.push([at(position)!, at(other)!]);
  }
  const tally = (of: (pair: [number, number]) => boolean): number => pairs.filter(of).length;
  const count = (i: number, k: number): number | undefined => (i <= WORDS && k <= WORDS ? tally(([first, second]) => first === i && second === k) : undefined);
  const ofMiddle = (i: number): number | undefined => (i <= WORDS ? tally(([first]) => first === i) : undefined);
  const frequency = (k: number, i: number): number => count(i, k)! / ofMiddle(i)!;

  const [middle, output] = [0, 1].map(() => numbers.map(() => list(DIMENSIONS, () => between(next, -1.2, 1.2))));
  const softmax = (k: number, i: number): number | undefined => {
    const [u, v] = [output[k - 1], middle[i - 1]];
    // One over the sum of the quotients: no exponential of a score alone.
    return u && v && 1 / output.reduce((sum, other) => sum + Math.exp(inner(other, v) - inner(u, v)), 0);
  };
  const smoothed = (k: number, i: number): number => 0.7 * frequency(k, i) + 0.3 / WORDS;
  const probability = { vectors: softmax, frequencies: frequency, smoothed }[kind];
  const [i, k] = pairs[Math.floor(next() * pairs.length)];
  return worldOf({
    values: {
      textLength: length, windowSize: WINDOW, vocabularySize: WORDS, pairTotal: pairs.length,
      textLikelihood: pairs.reduce((product, [first, second]) => product * probability(second, first)!, 1),
      skipGramObjective: pairs.reduce((sum, [first, second]) => sum + Math.log(probability(second, first)!), 0) / length,
    },
    members: { middleVector: nth(middle), wordVector: nth(output) },
    functions: () => ({ textWord: at, pairModel: probability, sameWord: (a: number, b: number) => Number(a === b), pairCounts: count, middleCount: ofMiddle, pairFrequency: frequency }),
    outcomes: { windowWord: each(numbers) },
    letters: { i, k },
  });
}

/** A bound on all models is tested against a model that is less sure than the text as well: its own entropy is no such bound. */
export const corpusWorld = (seed: number, { relation }: DerivationStep): World => world(seed, relation === 'at-most' && seed % 2 === 0 ? 'smoothed' : 'vectors');
export const fittedCorpusWorld = (seed: number): World => world(seed, 'frequencies');
