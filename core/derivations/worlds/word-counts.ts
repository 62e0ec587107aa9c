/** Counts of single words: how they are thinned out, and how noise is drawn by them. */
import type { World } from '../../formulas/evaluate';
import type { DerivationStep } from '../types';
import { stepSymbols } from '../render';
import { random } from './random';
import { between, nth, rootOf, sum, worldOf } from './world';

const WORDS = 4;

export function subsamplingWorld(seed: number, step: DerivationStep): World {
  const next = random(seed);
  const counts = Array.from({ length: WORDS }, () => 5 + Math.floor(10 * next()));
  const length = 300 + Math.floor(200 * next());
  const j = 1 + Math.floor(next() * WORDS);
  const shares = counts.map((c) => c / length);
  // In half of the worlds the rule of the code exceeds one where a line speaks of it.
  const rare = stepSymbols(step).some((id) => id === 'codeKeep' || id === 'keepProbability') && seed % 2 === 0;
  const threshold = rare ? shares[j - 1] / between(next, 1.05, 2.5) : Math.min(...shares) / between(next, 3, 20);
  // One and one over itself, again and again: the number whose square is itself and one.
  let golden = 1;
  for (let n = 0; n < 60; n++) golden = 1 + 1 / golden;
  const kept = shares.map((f) => Math.exp((Math.log(threshold) - Math.log(f)) / 2));
  const inCode = kept.map((p) => p + p ** 2);
  // The number of kept occurrences, one occurrence after the other.
  const meanKept = counts.map((c, w) => {
    let chances = [1];
    for (let n = 0; n < c; n++) chances = [...chances, 0].map((p, m) => p * (1 - kept[w]) + (chances[m - 1] ?? 0) * kept[w]);
    return sum(chances.map((p, m) => p * m));
  });
  return worldOf({
    values: { length, sampleThreshold: threshold, keepThreshold: golden ** 2 * threshold },
    members: {
      unigramCount: nth(counts), unigramShare: nth(shares), paperKeep: nth(kept), paperDiscard: nth(kept.map((p) => 1 - p)), codeKeep: nth(inCode),
      keepProbability: nth(inCode.map((p) => (p < 1 ? p : 1))), keptMean: nth(meanKept),
    },
    letters: { j, i: 1 + (j % WORDS) },
  });
}

const VOCABULARY = 5;

export const noiseWorld = (seed: number): World => noise(seed, {});
/** All words that occur are equally frequent, and only the one that the line is about is sure to occur. */
export const flatNoise = (seed: number, step: DerivationStep): World =>
  noise(seed, { flat: step.relation === 'at-least' && !stepSymbols(step).includes('shareMass') ? 'l' : 'k' });
/** Towards noise that does not look at counts, or towards noise by plain frequency. */
export const extremePower = (seed: number, n: number, step: DerivationStep): World =>
  noise(seed, { power: stepSymbols(step).includes('unigramShare') ? 1 - 0.01 / 10 ** n : 0.01 / 10 ** n });

function noise(seed: number, { flat, power }: { flat?: 'k' | 'l'; power?: number }): World {
  const next = random(seed);
  const a = power ?? between(next, 0.3, 0.9);
  const each = 2 + Math.floor(9 * next());
  const unseen = 1 + Math.floor(3 * next());
  const counts = flat
    ? Array.from({ length: VOCABULARY }, (_, w) => (w < unseen ? 0 : each))
    // No two words are equally frequent.
    : Array.from({ length: VOCABULARY }, (_, w) => ({ count: 2 + 6 * w + Math.floor(6 * next()), key: next() })).sort((x, y) => x.key - y.key).map(({ count }) => count);
  const length = sum(counts);
  const shares = counts.map((c) => c / length);
  const raised = counts.map((c) => (c === 0 ? 0 : Math.exp(a * Math.log(c))));
  const shareMass = sum(shares.map((f) => (f === 0 ? 0 : Math.exp(a * Math.log(f)))));
  const j = 1 + Math.floor(next() * VOCABULARY);
  const best = (better: (x: number, y: number) => boolean): number => 1 + counts.reduce((at, c, w) => (c > 0 && better(c, counts[at]) ? w : at), counts.findIndex((c) => c > 0));
  const letters = flat
    ? { i: 1, j: 1, k: 1, l: 1, [flat]: VOCABULARY }
    : { i: 1 + (j % VOCABULARY), j, k: best((x, y) => x > y), l: best((x, y) => x < y) };
  return worldOf({
    values: { vocabularySize: VOCABULARY, length, noisePower: a, shareMass, evenShare: rootOf((f) => Math.exp(a * Math.log(f)) / shareMass - f, 1e-12, 10) },
    members: { unigramCount: nth(counts), unigramShare: nth(shares), noiseShare: nth(raised.map((c) => c / sum(raised))) },
    letters,
  });
}
