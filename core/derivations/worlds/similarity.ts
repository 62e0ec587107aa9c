/** Two vectors that are not parallel, or that are; their angle is found by turning the second into the plane of both. */
import type { World } from '../../formulas/evaluate';
import { along, lengthOf, randomVector } from './linear';
import { random } from './random';
import { between, inner, worldOf } from './world';

export const similarityWorld = (seed: number): World => made(seed, false);
/** Both vectors point the same way, or in every other world opposite ways. */
export const similarityTight = (seed: number): World => made(seed, true);

/** By the angle: how far b reaches along a, and at right angles to it. */
function cosine(a: readonly number[], b: readonly number[]): number {
  const axis = a.map((value) => value / lengthOf(a));
  const reach = inner(axis, b);
  return Math.cos(Math.atan2(lengthOf(along(b, -reach, axis)), reach));
}

function made(seed: number, tight: boolean): World {
  const next = random(seed);
  const a = randomVector(next, 3, 2);
  const factor = (seed % 2 ? 1 : -1) * between(next, 0.3, 2.5);
  const b = tight ? a.map((value) => factor * value) : randomVector(next, 3, 2);
  const [unit, other] = [a, b].map((v) => v.map((value) => value / lengthOf(v)));
  // What moves the angle: the part of the other direction at right angles to a, over the length of a.
  const gradient = along(other, -inner(other, unit), unit).map((value) => value / lengthOf(a));
  return worldOf({
    values: { firstVector: a, secondVector: b, firstUnit: unit, secondUnit: other, positiveNumber: between(next, 0.3, 3), cosineGradient: gradient, learningRate: between(next, 0.1, 1) },
    functions: () => ({ cosine }),
  });
}
