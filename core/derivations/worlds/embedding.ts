/** A vocabulary of a few words with random vectors, and a smooth loss of a vector with its own gradient. */
import type { World } from '../../formulas/evaluate';
import { along, randomVector } from './linear';
import { random } from './random';
import { between, inner, nth, worldOf } from './world';

const [V, D, PLACES] = [4, 2, 3];

export function embeddingWorld(seed: number): World {
  const next = random(seed);
  const rows = Array.from({ length: V }, () => randomVector(next, D));
  const k = Math.floor(V * next());
  const other = (k + 1 + Math.floor((V - 1) * next())) % V;
  const j = seed % 2 ? k : Math.floor(V * next());
  const oneHot = (word: number): number[] => rows.map((_, i) => Number(i === word));
  const [lean, bend] = [randomVector(next, D), randomVector(next, D)];
  const loss = (h: readonly number[]): number => inner(lean, h) + Math.sin(inner(bend, h)) + inner(h, h) ** 2 / 4;
  const slope = (h: readonly number[]): number[] => h.map((value, axis) => lean[axis] + bend[axis] * Math.cos(inner(bend, h)) + inner(h, h) * value);
  // One word at least stands in two places.
  const text = [k, other, ...Array.from({ length: PLACES - 3 }, () => Math.floor(V * next())), k];
  const learningRate = between(next, 0.1, 0.5);
  const updated = rows.map((row, i) => (i === k ? along(row, -learningRate, slope(row)) : row));
  return worldOf({
    values: {
      vocabularySize: V, dataSize: PLACES, embeddingMatrix: rows, linearWeight: rows[0].map((_, axis) => rows.map((row) => row[axis])), learningRate,
      wordIndicator: oneHot(k), otherIndicator: oneHot(other), lookedUp: rows[k], lookupGradient: slope(rows[k]),
    },
    members: {
      embeddingRow: nth(rows), indicatorEntry: nth(oneHot(k)), updatedRow: nth(updated),
      batchIndicator: nth(text.map(oneHot)), batchVector: nth(text.map((word) => rows[word])), batchGradient: nth(text.map((word) => slope(rows[word]))),
    },
    functions: () => ({ laterLoss: (h: readonly number[]) => (h.length === D ? loss(h) : undefined) }),
    letters: { i: 1 + (seed % PLACES), j: j + 1, k: k + 1, l: other + 1 },
  });
}
