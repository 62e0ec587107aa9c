/** The weight from means that a sampler makes; then, for each step, a random table of noisy points and of the noise that may be in them. */
import type { World } from '../../formulas/evaluate';
import { stepSymbols } from '../render';
import type { Case, DerivationStep } from '../types';
import { remembered } from '../../remembered';
import { makeWorld, type WorldKind } from './diffusion';
import { point, random, type Random } from './random';
import { between, each, inner, nth, probabilities, sum, worldOf } from './world';

type Point = readonly number[];
const [STEPS, POINTS, NOISES] = [4, 3, 4];
const square = (v: Point): number => inner(v, v);
const minus = (a: Point, b: Point): number[] => a.map((value, axis) => value - b[axis]);

/** How much the error of the noise counts: the squared distance of the two means over twice the variance, for one error. */
function weightWorld(seed: number, kind: WorldKind): World {
  const base = makeWorld(seed, kind);
  const value = (id: 'mu' | 'xt' | 'epsilon' | 't' | 'sigma'): number | Point => base.symbol(id, undefined, undefined) as number | Point;
  const arguments_ = [value('xt'), value('t')];
  const same = (): number => 0;
  const means = minus(value('mu') as Point, base.call('muTheta', arguments_, same) as Point);
  const noise = minus(value('epsilon') as Point, base.call('epsilonTheta', arguments_, same) as Point);
  const lossWeight = square(means) / (2 * (value('sigma') as number) ** 2) / square(noise);
  return { ...base, symbol: (id, index, n) => (id === 'lossWeight' ? lossWeight : base.symbol(id, index, n)) };
}

/** Noisy points, their probabilities, and for each the noise that may be in it; the network is a table. */
function tables(next: Random, perfect: boolean) {
  const [points, noises] = [Array.from({ length: POINTS }, () => point(next)), Array.from({ length: NOISES }, () => point(next))];
  const marginal = probabilities(next, POINTS);
  const posterior = points.map(() => probabilities(next, NOISES));
  const means = posterior.map((shares) => noises[0].map((_, axis) => shares.reduce((sum, share, i) => sum + share * noises[i][axis], 0)));
  const network = perfect ? means : points.map(() => point(next));
  const over = (f: (p: number) => number): number => marginal.reduce((sum, share, p) => sum + share * f(p), 0);
  return {
    points, noises, marginal, posterior, means, network,
    error: over((p) => posterior[p].reduce((sum, share, i) => sum + share * square(minus(noises[i], network[p])), 0)),
    // The mean of the squares less the square of the mean.
    least: over((p) => posterior[p].reduce((sum, share, i) => sum + share * square(noises[i]), 0) - square(means[p])),
    excess: over((p) => square(minus(means[p], network[p]))),
  };
}

function tableWorld(seed: number, perfect: boolean): World {
  const next = random(seed);
  const steps = Array.from({ length: STEPS }, () => tables(next, perfect));
  const weights = steps.map(() => between(next, 0.2, 2));
  const t = 1 + Math.floor(next() * STEPS);
  const here = steps[t - 1];
  const [p, i] = [Math.floor(next() * POINTS), Math.floor(next() * NOISES)];
  const families = { lossWeight: weights, noiseError: steps.map(({ error }) => error), leastNoiseError: steps.map(({ least }) => least), excessNoiseError: steps.map(({ excess }) => excess) };
  const at = (x: Point): number => here.points.findIndex((other) => other === x);
  return worldOf({
    values: {
      T: STEPS, t, xt: here.points[p], epsilon: here.noises[i], anyEstimate: perfect ? here.means[p] : point(next),
      lossWeight: weights[t - 1], noiseError: here.error, leastNoiseError: here.least, excessNoiseError: here.excess,
      weightedLoss: sum(steps.map(({ error }, n) => weights[n] * error)), lossSimple: sum(steps.map(({ error }) => error)) / STEPS,
    },
    members: Object.fromEntries(Object.entries(families).map(([id, list]) => [id, nth(list)])),
    functions: () => ({
      diffusedDensity: (x: Point) => here.marginal[at(x)] as number | undefined,
      noisePosterior: (noise: Point, x: Point) => here.posterior[at(x)]?.[here.noises.findIndex((other) => other === noise)],
      noiseMean: (x: Point) => here.means[at(x)] as number[] | undefined,
      epsilonTheta: (x: Point, time: number) => (time === t ? here.network[at(x)] : undefined) as number[] | undefined,
    }),
    outcomes: { xt: each(here.points), epsilon: each(here.noises) },
  });
}

/** Lines with a schedule under the variance that they assume, all others over tables. */
export function simpleLossCases(step: DerivationStep): Case[] {
  if (!stepSymbols(step).includes('beta')) return [{ name: 'tables', world: remembered((seed) => tableWorld(seed, false)), tight: remembered((seed: number) => tableWorld(seed, true)) }];
  const { assuming } = step;
  const variances = assuming && 'varianceType' in assuming ? [assuming.varianceType] : (['fixed_small', 'fixed_large'] as const);
  return variances.map((varianceType) => ({ name: varianceType, world: remembered((seed: number) => weightWorld(seed, { sampler: 'ddpm', varianceType })) }));
}
