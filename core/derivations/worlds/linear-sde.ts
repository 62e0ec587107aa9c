/** Moments of linear stochastic differential equations, as power series whose coefficients the equations give one after the other. */
import type { World } from '../../formulas/evaluate';
import type { DerivationStep } from '../types';
import { stepSymbols } from '../render';
import { remembered } from '../../remembered';
import { normalOutcomes } from './ito';
import { normal, point, random, type Random } from './random';
import { between, combine, each, normalDensity, probabilities, worldOf } from './world';

/** Coefficients of a power series in time, the constant first. */
export type Series = readonly number[];
const TERMS = 36;

export function valueOf(series: Series, time: number): number {
  let value = 0;
  for (let n = series.length - 1; n >= 0; n--) value = value * time + series[n];
  return value;
}

/** The solution of y′ = a y + b that starts with `start` at time zero. */
export function solution(a: Series, b: Series, start: number): Series {
  const y = [start];
  for (let n = 0; n < TERMS; n++) y.push((a.reduce((sum, c, j) => sum + (j <= n ? c * y[n - j] : 0), 0) + (b[n] ?? 0)) / (n + 1));
  return y;
}

export interface LinearSde {
  drift: Series;
  /** Of the square of the diffusion coefficient. */
  squared: Series;
  signal: Series;
  variance: Series;
}

/** dx = f x dτ + g dW, from f and g². */
export function linearSde(drift: Series, squared: Series): LinearSde {
  const twice = drift.map((c) => 2 * c);
  return { drift, squared, signal: solution(drift, [], 1), variance: solution(twice, squared, 0) };
}

/** Shrinks and blurs, both at rates that change with time and have nothing to do with each other. */
export const anySde = (next: Random): LinearSde => linearSde([-between(next, 0.3, 0.9), -between(next, 0.2, 0.8)], [between(next, 0.4, 1), between(next, 0.3, 0.9), between(next, 0.2, 0.6)]);

type Kind = 'any' | 'preserving' | 'linear' | 'exploding' | 'geometric';
const exponential = (factor: number, rate: number): Series => Array.from({ length: TERMS }, (_, n) => n).reduce<number[]>((terms, n) => [...terms, n === 0 ? factor : (terms[n - 1] * rate) / n], []);

function forwardWorld(seed: number, kind: Kind, length?: number): World {
  const next = random(seed);
  const [low, high] = [between(next, 0.3, 0.8), between(next, 1.2, 2.5)];
  const beta: Series = kind === 'linear' ? [low, high - low] : [low, between(next, 0.4, 1.2), between(next, 0.3, 0.9)];
  const [least, most] = [between(next, 0.2, 0.6), between(next, 1, 2)];
  const ratio = most / least;
  // The squared noise level of the exploding equation, and its slope.
  const level: Series = kind === 'geometric' ? exponential(least ** 2, 2 * Math.log(ratio)) : [least ** 2, between(next, 0.4, 1), between(next, 0.3, 0.9)];
  const grows = level.slice(1).map((c, n) => (n + 1) * c);
  const sde = kind === 'any' ? anySde(next) : kind === 'preserving' || kind === 'linear' ? linearSde(beta.map((c) => -c / 2), beta) : linearSde([0], grows);
  const [time, dt] = [between(next, 0.3, 0.9), length ?? between(next, 0.05, 0.3)];
  const xs = [between(next, 0.4, 1.2), between(next, 1.4, 2), -between(next, 0.3, 0.9)];
  const shares = probabilities(next, xs.length);
  const x = xs[Math.floor(next() * xs.length)];
  const dw = Math.sqrt(dt) * normal(next);
  const nextOf = (by: number): number => x * (1 + dt * valueOf(sde.drift, time)) + by * Math.sqrt(valueOf(sde.squared, time));
  const [start, spread] = [between(next, 0.4, 1.5), between(next, 0.3, 1.2)];
  const twice = sde.drift.map((c) => 2 * c);
  const [mean, square, variance] = [solution(sde.drift, [], start), solution(twice, sde.squared, start ** 2 + spread), solution(twice, sde.squared, spread)];
  const at = (series: Series) => (when: number): number => valueOf(series, when);
  const rootOf = (series: Series) => (when: number): number => Math.sqrt(valueOf(series, when));
  const [x0, epsilon] = [point(next), point(next)];
  const [signal, noise] = [valueOf(sde.signal, time), Math.sqrt(valueOf(sde.variance, time))];
  const exploding = kind === 'exploding' || kind === 'geometric';
  // Made once: they are asked for at every call.
  const functions = {
    driftRate: at(sde.drift),
    diffusionRate: rootOf(sde.squared),
    stateDistribution: (value: number) => shares[xs.indexOf(value)] as number | undefined,
    incrementDensity: (value: number) => normalDensity(value, 0, dt),
    processMean: at(mean), processSecondMoment: at(square), processVariance: at(variance),
    signalAt: at(sde.signal),
    noiseAt: rootOf(sde.variance),
    betaAt: exploding ? () => undefined : at(beta),
    explodingLevel: exploding ? rootOf(level) : () => undefined,
    timeKernel: (to: readonly number[], from: readonly number[]) => to.reduce((density, value, axis) => density * normalDensity(value, signal * from[axis], noise ** 2), 1),
  };
  return worldOf({
    values: {
      continuousTime: time, timeIncrement: dt, brownianIncrement: dw, processState: x, processNext: nextOf(dw),
      x0, epsilon, diffusedPoint: combine(signal, x0, noise, epsilon), betaMin: low, betaMax: high, sigmaMin: least, sigmaMax: most,
    },
    functions: () => functions,
    outcomes: { processState: each(xs), brownianIncrement: normalOutcomes(dt, 6, (by) => [{ id: 'processNext', value: nextOf(by) }]) },
  });
}

/** Which equation a line is about. */
function kindOf(step: DerivationStep): Kind {
  const ids = stepSymbols(step);
  const has = (...of: typeof ids): boolean => of.some((id) => ids.includes(id));
  if (has('sigmaMin', 'sigmaMax')) return 'geometric';
  if (has('betaMin', 'betaMax')) return 'linear';
  if (has('betaAt')) return 'preserving';
  return has('explodingLevel') ? 'exploding' : 'any';
}

export const forwardSdeWorld = (seed: number, step: DerivationStep): World => forwardWorld(seed, kindOf(step));
const shorter = Array.from({ length: 4 }, (_, n) => remembered((seed: number) => forwardWorld(seed, 'any', 0.01 / 10 ** n)));
/** Steps of time towards zero. */
export const forwardSdeLimit = (seed: number, n: number): World => shorter[n](seed);
