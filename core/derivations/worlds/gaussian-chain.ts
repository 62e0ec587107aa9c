/**
 * A forward chain of Gaussian steps. Weights and variances are stepped, posteriors come from conditioning the joint Gaussian of two points,
 * estimates of the data from bisection, divergences from Gauss–Hermite nodes.
 */
import type { DerivationStep } from '../types';
import type { Outcome, World } from '../../formulas/evaluate';
import { inWorlds } from './cases';
import { normal, random, type Random } from './random';
import { between, combine, inner, normalDensity, normalNodes, nth, probabilities, rootOf, worldOf } from './world';

type Vector = readonly number[];

/** Three, since half of two is 1 and would hide what is raised to it. */
const DIMENSIONS = 3;
const point = (next: Random): number[] => Array.from({ length: DIMENSIONS }, () => normal(next));
const density = (x: Vector, mean: Vector, variance: number): number => x.reduce((p, value, i) => p * normalDensity(value, mean[i], variance), 1);
const distance = (a: Vector, b: Vector): number => combine(1, a, -1, b).reduce((sum, gap) => sum + gap ** 2, 0);

/** Nodes of an integral over space that is exact for polynomials times this Gaussian. */
const space = (mean: Vector, variance: number): Outcome[] => normalNodes(4).flatMap((a) => normalNodes(4).flatMap((b) => normalNodes(4).map((c) => {
  const value = [a, b, c].map(({ at }, i) => mean[i] + Math.sqrt(variance) * at);
  return { value, weight: (a.weight * b.weight * c.weight) / density(value, mean, variance) };
})));

interface Options {
  /** Of a step of sampling; without it any. */
  variance?: 'fixed_small' | 'fixed_large';
  /** What the whole chain keeps of the data's variance. */
  left?: number;
}

function noiseSchedule(next: Random, T: number, { left }: Options): number[] {
  const betas = Array.from({ length: T }, () => between(next, 0.1, 0.6));
  const shares = probabilities(next, T);
  return left === undefined ? betas : shares.map((share) => 1 - left ** share);
}

export function gaussianChainWorld(seed: number, options: Options = {}): World {
  const next = random(seed);
  const T = 4 + Math.floor(next() * 3);
  const t = 2 + Math.floor(next() * (T - 2));
  const betas = noiseSchedule(next, T, options);
  const x0 = point(next);
  // What is left of the data and how much noise there is after n steps; the points of one path.
  const weights = [1];
  const variances = [0];
  const path: Vector[] = [x0];
  const noises = betas.map(() => point(next));
  betas.forEach((beta, i) => {
    const keep = Math.sqrt(1 - beta);
    weights.push(keep * weights[i]);
    variances.push(keep ** 2 * variances[i] + beta);
    path.push(combine(keep, path[i], Math.sqrt(beta), noises[i]));
  });
  const standardised = (n: number): number[] => combine(1 / Math.sqrt(variances[n]), path[n], -weights[n] / Math.sqrt(variances[n]), x0);
  const end = options.left === undefined ? path[T] : point(next);

  // The joint Gaussian of x_{t−1} and x_t, given the data.
  const covariance = Math.sqrt(1 - betas[t - 1]) * variances[t - 1];
  const back = { gain: covariance / variances[t], variance: variances[t - 1] - covariance ** 2 / variances[t] };
  const forth = { gain: covariance / variances[t - 1], variance: variances[t] - covariance ** 2 / variances[t - 1] };
  const meanBack = (data: Vector): number[] => combine(weights[t - 1], data, back.gain, combine(1, path[t], -weights[t], data));
  const mu = meanBack(x0);
  const nodes = space(mu, back.variance);
  const steps = new Map<unknown, number>([...path.map((value, n): [unknown, number] => [value, n]), ...nodes.map(({ value }): [unknown, number] => [value, t - 1]), [end, T]]);

  const rows = [point(next), point(next), point(next)];
  const shift = point(next);
  const network = (x: Vector, time: number): number[] => rows.map((row, i) => Math.tanh(inner(row, x) + 0.3 * time) + shift[i]);
  const guess = network(path[t], t);
  const estimate = guess.map((noise, i) => rootOf((data) => path[t][i] - weights[t] * data - Math.sqrt(variances[t]) * noise, -60, 60));
  const muTheta = meanBack(estimate);
  const free = back.variance * Math.exp(between(next, -1, 1));
  const sigma = Math.sqrt(options.variance === undefined ? free : options.variance === 'fixed_small' ? back.variance : betas[t - 1]);
  const posterior = (x: Vector): number => density(x, mu, back.variance);
  const reverse = (x: Vector): number => density(x, muTheta, sigma ** 2);

  const [a, b, s] = [between(next, 0.3, 1.5), between(next, 0.3, 1.5), point(next)];
  const partGain = a / (a + b);
  const at = (x: Vector, n: number): boolean => steps.get(x) === n;
  const world = worldOf({
    values: {
      T, t, dimensions: DIMENSIONS, origin: [0, 0, 0], x0, xt: path[t], xPrev: path[t - 1], xFirst: path[1], xEnd: end,
      beta: betas[t - 1], alpha: 1 - betas[t - 1], alphaBar: weights[t] ** 2, alphaBarPrev: weights[t - 1] ** 2, betaTilde: back.variance, mu, sigma, x0Theta: estimate,
      stepNoise: noises[t - 1], noiseBefore: standardised(t - 1), epsilon: standardised(t),
      firstVariance: a, secondVariance: b, noiseSum: s, noisePart: point(next),
      posteriorExponent: distance(path[t - 1], mu) / back.variance, squareCoefficient: 1 / back.variance,
      linearCoefficient: mu.map((value) => value / back.variance), constantCoefficient: inner(mu, mu) / back.variance,
      lossStep: nodes.reduce((sum, { value, weight }) => sum + weight * posterior(value as Vector) * Math.log(posterior(value as Vector) / reverse(value as Vector)), 0),
    },
    members: { beta: nth(betas), alpha: (n) => 1 - betas[n - 1], alphaBar: (n) => weights[n] ** 2 },
    functions: () => ({
      epsilonTheta: (x: Vector, time: number) => (at(x, t) && time === t ? guess : undefined),
      muTheta: (x: Vector, time: number) => (at(x, t) && time === t ? muTheta : undefined),
      forwardStep: (x: Vector, before: Vector) => (at(x, 1) && at(before, 0) ? density(x, combine(Math.sqrt(1 - betas[0]), before, 0, before), betas[0])
        : at(x, t) && at(before, t - 1) ? density(x, combine(Math.sqrt(1 - betas[t - 1]), before, 0, before), betas[t - 1]) : undefined),
      forwardKernel: (x: Vector, data: Vector) => {
        const n = steps.get(x);
        return n !== undefined && n > 0 && at(data, 0) ? density(x, combine(weights[n], data, 0, data), variances[n]) : undefined;
      },
      forwardPosterior: (x: Vector, later: Vector, data: Vector) => (at(x, t - 1) && at(later, t) && at(data, 0) ? posterior(x) : undefined),
      reverseStep: (x: Vector, later: Vector) => (at(x, t - 1) && at(later, t) ? reverse(x) : undefined),
    }),
    outcomes: { xPrev: nodes, noisePart: space(s.map((value) => partGain * value), a * b / (a + b)) },
    letters: { t },
  });
  /** A step when the data is known as well. */
  const stepFrom = (x: Vector, before: Vector, data: Vector): number | undefined =>
    at(x, t) && at(before, t - 1) && at(data, 0) ? density(x, combine(weights[t], data, forth.gain, combine(1, before, -weights[t - 1], data)), forth.variance) : undefined;
  return {
    ...world,
    symbol: (id, index, n) => world.symbol(id, index, index === 'T' ? T : n),
    call: (id, args, look) => (id === 'forwardStep' && args.length === 3 ? stepFrom(...(args as [Vector, Vector, Vector])) : world.call(id, args, look)),
  };
}

/** A line about sampling holds under the variance that it assumes. */
const varianceOf = ({ assuming }: DerivationStep): Options['variance'] => (assuming && 'varianceType' in assuming ? assuming.varianceType : undefined);

/** Towards the limit ever less of the data is left at the end. */
export const gaussianChainCases = inWorlds((seed) => gaussianChainWorld(seed), {
  limit: (seed, n) => gaussianChainWorld(seed, { left: 10 ** (-2 * (n + 1)) }),
});

/** Two Gaussians differ least where they have the same variance. */
export const samplingStepCases = inWorlds((seed, step) => gaussianChainWorld(seed, { variance: varianceOf(step) }), { tight: (seed) => gaussianChainWorld(seed, { variance: 'fixed_small' }) });
