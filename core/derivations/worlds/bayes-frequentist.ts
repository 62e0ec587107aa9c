/** A coin with a Beta prior and the mean of a Gaussian with a Gaussian prior. Beliefs are stepped through the observations one by one, normalised by their own predictions. */
import type { DerivationStep } from '../types';
import { stepSymbols } from '../render';
import type { Outcome, World } from '../../formulas/evaluate';
import { remembered } from '../../remembered';
import { normal, random } from './random';
import { between, normalDensity, nth, rootOf, sum, worldOf } from './world';

const GAUSSIAN = ['observationDeviation', 'priorDeviation', 'posteriorSpread', 'posteriorCentre'] as const;
const isGaussian = (step: DerivationStep): boolean => stepSymbols(step).some((id) => GAUSSIAN.some((other) => other === id));

export const beliefWorld = (seed: number, step: DerivationStep): World => (isGaussian(step) ? gaussian(seed) : coin(seed));
/** Two worlds that differ in the parameter alone. */
export const beliefPair = (seed: number, step: DerivationStep): [World, World] => [beliefWorld(seed, step), isGaussian(step) ? gaussian(seed, { turn: 1 }) : coin(seed, 1)];
/** More and more observations; where a line has the deviation of one observation, a prior that gets flatter and flatter. */
export function beliefLimit(seed: number, n: number, step: DerivationStep): World {
  if (!isGaussian(step)) return manyTosses(4 * seed + n);
  return stepSymbols(step).includes('observationDeviation') ? gaussian(seed, { flatter: 40 * 10 ** (n / 2) }) : manyPoints(4 * seed + n);
}
const manyTosses = remembered((place: number) => coin(Math.floor(place / 4), 0, 20 * 10 ** (place % 4)));
const manyPoints = remembered((place: number) => gaussian(Math.floor(place / 4), { size: 20 * 10 ** (place % 4) }));

/** Nodes of an integral from 0 to 1, by the double exponential rule; they rise, as a search for a maximum needs. */
const unitNodes = remembered((steps: number): readonly Outcome[] => Array.from({ length: 2 * steps + 1 }, (_, i) => {
  const t = (3.2 * (i - steps)) / steps;
  const value = 1 / (1 + Math.exp(-Math.PI * Math.sinh(t)));
  return { value, weight: (Math.PI * Math.cosh(t) * value * (3.2 / steps)) / (1 + Math.exp(Math.PI * Math.sinh(t))) };
}));

/** Stirling's series far out, and back by the recurrence. */
function logGamma(x: number): number {
  let [at, shift] = [x, 0];
  for (; at < 20; at++) shift += Math.log(at);
  return (at - 0.5) * Math.log(at) - at + Math.log(2 * Math.PI) / 2 + 1 / (12 * at) - 1 / (360 * at ** 3) + 1 / (1260 * at ** 5) - 1 / (1680 * at ** 7) - shift;
}

function coin(seed: number, turn = 0, size?: number): World {
  const next = random(seed);
  const [priorHeads, priorTails, bias] = [between(next, 1.3, 4), between(next, 1.3, 4), between(next, 0.25, 0.75)];
  const N = size ?? 5 + Math.floor(4 * next());
  /** Far from the mean of the prior. */
  const away = priorHeads > priorTails ? 0.3 * bias : 1 - 0.3 * (1 - bias);
  // One of each at least, so that the likelihood has its maximum inside. Of many tosses the share is the coin's own: a gap that shrinks must not be hidden by chance.
  const data = Array.from({ length: N }, (_, i) => (i === 0 ? 1 : i === 1 ? 0 : Number(size === undefined ? next() < bias : Math.floor((i + 1) * away) > Math.floor(i * away))));
  const parameter = [between(next, 0.25, 0.5), between(next, 0.5, 0.75)][turn];
  const other = next() < 0.5 ? 1 : 0;
  const one = (x: number, theta: number): number => (x === 1 ? theta : x === 0 ? 1 - theta : NaN);
  // Pólya's urn: every toss adds one ball of its colour to the a and b balls of the prior.
  const nodes = unitNodes(32);
  const raw = (theta: number): number => Math.exp((priorHeads - 1) * Math.log(theta) + (priorTails - 1) * Math.log1p(-theta));
  const integrate = (f: (theta: number) => number): number => nodes.reduce((total, { value, weight }) => total + weight * f(value as number), 0);
  const mass = integrate(raw);
  const start = integrate((theta) => theta * raw(theta)) / mass;
  let [mean, balls, ofPrior] = [start, priorHeads + priorTails, 1];
  const predictions = data.map((x) => {
    const prediction = one(x, mean);
    [mean, balls, ofPrior] = [mean + (x - mean) / (balls + 1), balls + 1, (ofPrior * balls) / (balls + 1)];
    return prediction;
  });
  const likeliest = rootOf((theta) => sum(data.map((x) => (x === 1 ? 1 / theta : -1 / (1 - theta)))), 1e-9, 1 - 1e-9);
  const isData = (of: readonly number[]): boolean => of === data;
  return worldOf({
    values: {
      parameter, dataSet: data, dataSize: N, headCount: data.filter((x) => x === 1).length, priorHeads, priorTails, likeliest, nextObservation: other,
      priorMean: start, beliefMean: mean, dataShare: 1 - ofPrior,
    },
    members: { observation: nth(data) },
    functions: () => ({
      datumLikelihood: one,
      parameterPrior: (theta: number) => raw(theta) / mass,
      dataSetLikelihood: (of: readonly number[], theta: number) => (isData(of) ? Math.exp(sum(data.map((x) => Math.log(one(x, theta))))) : undefined),
      parameterPosterior: (theta: number, of: readonly number[]) => (isData(of) ? data.reduce((density, x, i) => (density * one(x, theta)) / predictions[i], raw(theta) / mass) : undefined),
      nextPredictive: (x: number, of: readonly number[]) => (isData(of) ? one(x, mean) : undefined),
      betaFunction: (u: number, v: number) => Math.exp(logGamma(u) + logGamma(v) - logGamma(u + v)),
    }),
    outcomes: { parameter: nodes },
    letters: { i: 1 + (seed % Math.min(N, 5)) },
  });
}

function gaussian(seed: number, { turn = 0, size, flatter = 1 }: { turn?: 0 | 1; size?: number; flatter?: number } = {}): World {
  const next = random(seed);
  const [centre, observationDeviation, priorMean, priorDeviation] = [between(next, 1, 3), between(next, 0.6, 1.4), between(next, -2, -0.5), flatter * between(next, 0.7, 1.5)];
  const N = size ?? 4 + (seed % 4);
  const data = Array.from({ length: N }, () => centre + observationDeviation * normal(next));
  // Not so far away that the posterior density underflows.
  const parameter = [between(next, 0.5, 1.5), between(next, 1.7, 2.5)][turn];
  const noise = observationDeviation ** 2;
  // One observation after the other: each pulls the mean towards itself and takes a share of the variance.
  let [mean, variance] = [priorMean, priorDeviation ** 2];
  const predictions = data.map((x) => {
    const prediction = normalDensity(x, mean, variance + noise);
    const gain = variance / (variance + noise);
    [mean, variance] = [mean + gain * (x - mean), variance * (1 - gain)];
    return prediction;
  });
  const likeliest = rootOf((m) => sum(data.map((x) => x - m)), -30, 30);
  const prior = (theta: number): number => normalDensity(theta, priorMean, priorDeviation ** 2);
  const datum = (x: number, theta: number): number => normalDensity(x, theta, noise);
  // The sum of all observations by its steps, then the mean.
  const spreadOfSum = data.reduce((total) => total + noise, 0);
  return worldOf({
    values: { parameter, dataSet: data, dataSize: N, likeliest, observationDeviation, priorMean, priorDeviation, posteriorCentre: mean, posteriorSpread: Math.sqrt(variance) },
    members: { observation: nth(data) },
    functions: () => ({
      datumLikelihood: datum,
      parameterPrior: prior,
      parameterPosterior: (theta: number, of: readonly number[]) => (of === data ? data.reduce((density, x, i) => (density * datum(x, theta)) / predictions[i], prior(theta)) : undefined),
      estimateDensity: (mean: number, theta: number) => N * normalDensity(N * mean, N * theta, spreadOfSum),
    }),
    letters: { i: 1 + (seed % Math.min(N, 4)) },
  });
}
