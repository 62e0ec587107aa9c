/** A polynomial energy and a linear field in the plane. Paths are walked at Gauss–Legendre nodes, means taken at Gauss–Hermite nodes, both exact for these polynomials. */
import type { Outcome, World } from '../../formulas/evaluate';
import { stepSymbols } from '../render';
import type { DerivationStep } from '../types';
import { unitNodes } from './legendre';
import { point, random } from './random';
import { between, combine, inner, normalDensity, normalNodes, worldOf } from './world';

type Point = readonly number[];

/** @param tight the energy that fits best, or where no energy is spoken of a matrix that is symmetric. */
export function energyVsScoreWorld(seed: number, step: DerivationStep, tight = false): World {
  const next = random(seed);
  const symbols = stepSymbols(step);
  const [x, y, u, w] = [point(next), point(next), point(next), point(next)];
  const [a, b, c, d] = Array.from({ length: 4 }, () => between(next, -1.2, 1.2));
  const rows = tight && !symbols.includes('energy') ? [[a, b], [b, d]] : [[a, b], [c, d]];
  const apply = (at: Point): number[] => rows.map((row) => inner(row, at));
  const [p, q, r, s] = Array.from({ length: 4 }, () => between(next, 0.1, 0.5));
  const [linear, mixed] = [point(next), between(next, -0.3, 0.3)];
  const energy = (at: Point): number => (tight
    ? -inner(at, apply(at)) / 2
    : p * at[0] ** 4 / 4 + q * at[1] ** 4 / 4 + r * at[0] ** 2 + s * at[1] ** 2 + mixed * at[0] * at[1] ** 2 + inner(linear, at));
  const variance = between(next, 0.5, 1.6);
  const normal = (at: Point): number => at.reduce((density, value) => density * normalDensity(value, 0, variance), 1);
  const nodes: Outcome[] = normalNodes(4).flatMap((first) => normalNodes(4).map((second) => {
    const value = [first, second].map(({ at }) => Math.sqrt(variance) * at);
    return { value, weight: (first.weight * second.weight) / normal(value) };
  }));
  // Any constant makes a model of an energy that is looked at in a few places only.
  const scale = between(next, 3, 9);

  // The path in Bézier form: its control point lies beside the middle, by half of the bend.
  const control = combine(1, combine(0.5, x, 0.5, y), 0.5, u);
  const reached = (time: number): number[] => combine(1, combine((1 - time) ** 2, x, 2 * time * (1 - time), control), time ** 2, y);
  const velocity = (time: number): number[] => combine(2 * (1 - time), combine(1, control, -1, x), 2 * time, combine(1, y, -1, control));
  const time = between(next, 0.2, 0.8);
  return worldOf({
    values: {
      x, otherEnd: y, firstDirection: u, secondDirection: w, pathTime: time, pathPoint: reached(time), pathVelocity: velocity(time), isotropicVariance: variance, zeroVector: [0, 0],
      scoreMatrix: rows, symmetricPart: [[rows[0][0], (rows[0][1] + rows[1][0]) / 2], [(rows[0][1] + rows[1][0]) / 2, d]],
      skewPart: [[0, (rows[0][1] - rows[1][0]) / 2], [(rows[1][0] - rows[0][1]) / 2, 0]],
    },
    functions: () => ({ energy, scoreNetwork: apply, dataDistribution: normal, energyModel: (at: Point) => Math.exp(-energy(at)) / scale }),
    outcomes: {
      x: nodes,
      pathTime: unitNodes(5).map(({ at, weight }) => ({ value: at, weight, parts: [{ id: 'pathPoint', value: reached(at) }, { id: 'pathVelocity', value: velocity(at) }] })),
    },
  });
}
