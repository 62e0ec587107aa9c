/** One Langevin step for a density that is no Gaussian; then whole chains for a Gaussian, told from what each start and each noise does to the end. */
import type { World } from '../../formulas/evaluate';
import type { DerivationStep } from '../types';
import { stepSymbols } from '../render';
import { point, random } from './random';
import { bentDensity, type Point } from './scores';
import { between, normalDensity, rootOf, worldOf } from './world';

const SPECIAL = ['targetMean', 'targetDeviation', 'contraction', 'chainMean', 'chainVariance', 'settledVariance'] as const;
const chained = (step: DerivationStep): boolean => stepSymbols(step).some((id) => id === 'chainMean' || id === 'chainVariance');

export const langevinWorld = (seed: number, step: DerivationStep): World => (stepSymbols(step).some((id) => (SPECIAL as readonly string[]).includes(id)) ? gaussian(seed, 2 + (seed % 4), 1) : bent(seed));
/** More and more steps where the line speaks of a chain, else smaller and smaller ones. */
export const langevinLimit = (seed: number, n: number, step: DerivationStep): World => (chained(step) ? gaussian(seed, 12 * 2 ** n, 1) : gaussian(seed, 3, 10 ** -n));

function bent(seed: number): World {
  const next = random(seed);
  const data = bentDensity(next);
  const [half, x, z] = [between(next, 0.05, 0.6), data.draw(), point(next)];
  return worldOf({
    values: { x, z, driftStep: half, langevinStep: half + half, langevinPoint: moved(x, z, half + half, data.score) },
    functions: () => ({ dataDistribution: data.density }),
  });
}

const moved = (x: Point, z: Point, step: number, score: (x: Point) => readonly number[]): number[] => x.map((value, axis) => value + 0.5 * step * score(x)[axis] + Math.sqrt(step) * z[axis]);

function gaussian(seed: number, steps: number, small: number): World {
  const next = random(seed);
  const [mean, spread] = [point(next), between(next, 0.6, 1.6)];
  const step = between(next, 0.8, 1.8) * spread ** 2 * small;
  const score = (x: Point): number[] => x.map((value, axis) => (mean[axis] - value) / spread ** 2);
  const [startMean, startVariance] = [point(next), between(next, 0.3, 2.5)];
  /** Where a chain of n steps ends: without noise, or with one noise of size 1 along the first axis at step k. */
  const end = (from: Point, n: number, k?: number): number[] => {
    let x: Point = from;
    for (let i = 1; i <= n; i++) x = moved(x, i === k ? [1, 0] : [0, 0], step, score);
    return [...x];
  };
  const response = (n: number, k: number): number => end([0, 0], n, k)[0] - end([0, 0], n)[0];
  const kept = (n: number): number => end([1, 0], n)[0] - end([0, 0], n)[0];
  const variance = (n: number): number => Array.from({ length: n }, (_, i) => response(n, i + 1) ** 2).reduce((a, b) => a + b, startVariance * kept(n) ** 2);
  const [x, z] = [point(next), point(next)];
  return worldOf({
    values: {
      x, z, langevinStep: step, langevinPoint: moved(x, z, step, score), targetMean: mean, targetDeviation: spread, contraction: kept(1),
      settledVariance: rootOf((v) => kept(1) ** 2 * v + response(1, 1) ** 2 - v, 0, 100),
    },
    members: { chainMean: (n) => (n < 0 ? undefined : end(startMean, n)), chainVariance: (n) => (n < 0 ? undefined : variance(n)) },
    functions: () => ({ dataDistribution: (at: Point) => at.reduce((product, value, axis) => product * normalDensity(value, mean[axis], spread ** 2), 1) }),
    letters: { n: steps },
  });
}
