/** Random directions for analogies; and word vectors whose inner products are log-quotients, by an orthonormal basis. */
import type { World } from '../../formulas/evaluate';
import type { DerivationStep } from '../types';
import { stepSymbols } from '../render';
import { normal, random, type Random } from './random';
import { between, combine, each, inner, nth, probabilities, worldOf } from './world';

const [DIMENSIONS, CANDIDATES, WORDS, NEGATIVES] = [3, 24, 5, 4];
type Vector = readonly number[];

const unit = (x: Vector): number[] => x.map((value) => value / Math.sqrt(inner(x, x)));
const direction = (next: Random): number[] => unit(Array.from({ length: DIMENSIONS }, () => normal(next)));
const distance = (x: Vector, y: Vector): number => Math.hypot(...x.map((value, c) => value - y[c]));
/** By the law of cosines: from three lengths. */
const cosine = (x: Vector, y: Vector): number => {
  const [a, b, c] = [Math.hypot(...x), Math.hypot(...y), distance(x, y)];
  return (a * a + b * b - c * c) / (2 * a * b);
};

export function analogyWorld(seed: number, step: DerivationStep): World {
  return stepSymbols(step).includes('middleVector') ? ratios(seed) : directions(seed);
}

function directions(seed: number): World {
  const next = random(seed);
  const [a, end, b] = [direction(next), direction(next), direction(next)];
  const candidates = Array.from({ length: CANDIDATES }, () => direction(next));
  const target = b.map((value, c) => value - a[c] + end[c]);
  // The best candidate has the least angle to the target: it is least far from it where both have length 1.
  const nearest = (far: (w: Vector) => number): Vector => candidates.reduce((best, w) => (far(w) < far(best) ? w : best));
  const half = (x: Vector, y: Vector): number => 1 - (distance(unit(x), unit(y)) / 2) ** 2;
  // Large enough to matter now and then.
  const epsilon = between(next, 0.05, 0.6);
  return worldOf({
    values: {
      candidate: candidates[Math.floor(next() * CANDIDATES)], analogyStart: a, analogyEnd: end, analogyQuestion: b, anyVector: Array.from({ length: DIMENSIONS }, () => normal(next)), otherVector: Array.from({ length: DIMENSIONS }, () => normal(next)), smallNumber: epsilon,
      analogyAnswer: nearest((w) => distance(w, unit(target))), productAnswer: nearest((w) => (half(w, a) + epsilon) / (half(w, b) * half(w, end))),
    },
    functions: () => ({ wordCosine: cosine, shiftedCosine: half }),
    outcomes: { candidate: each(candidates) },
  });
}

function ratios(seed: number): World {
  const next = random(seed);
  const noise = probabilities(next, WORDS);
  const rows = Array.from({ length: WORDS }, () => probabilities(next, WORDS));
  const basis: number[][] = [];
  while (basis.length < WORDS) {
    const raw = Array.from({ length: WORDS }, () => normal(next));
    basis.push(unit(basis.reduce((rest, u) => combine(1, rest, -inner(rest, u), u), raw)));
  }
  // Each context vector has another length; the vector in the middle makes up for it.
  const lengths = basis.map(() => between(next, 0.5, 2));
  const middle = rows.map((row) => basis.reduce((v, u, k) => combine(1, v, (Math.log(row[k] / NEGATIVES) - Math.log(noise[k])) / lengths[k], u), basis[0].map(() => 0)));
  const [i, j] = [1 + Math.floor(next() * WORDS), Math.floor(next() * WORDS)];
  return worldOf({
    values: { vocabularySize: WORDS, negatives: NEGATIVES },
    members: { middleVector: nth(middle), wordVector: nth(basis.map((u, k) => u.map((value) => value * lengths[k]))), noiseShare: nth(noise) },
    functions: () => ({ pairFrequency: (k: number, of: number) => rows[of - 1]?.[k - 1] }),
    outcomes: { windowWord: each(rows.map((_, w) => w + 1)) },
    letters: { i, j: 1 + ((i + (j % (WORDS - 1))) % WORDS), k: 1 + Math.floor(next() * WORDS), l: 1 + Math.floor(next() * WORDS), m: 1 + Math.floor(next() * WORDS) },
  });
}
