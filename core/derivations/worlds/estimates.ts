/** Estimates of one parameter from a few observations: logistic densities for what holds in general, Gaussian ones for the closed form. */
import type { DerivationStep } from '../types';
import { stepSymbols } from '../render';
import type { World } from '../../formulas/evaluate';
import { remembered } from '../../remembered';
import { normal, random, type Random } from './random';
import { between, each, normalDensity, nth, rootOf, worldOf } from './world';

/** Values of the parameter, from which a search for the best one begins. */
const GRID = Array.from({ length: 33 }, (_, i) => i - 16);
const logistic = (x: number, centre: number, scale: number): number => 1 / (4 * scale * Math.cosh((x - centre) / (2 * scale)) ** 2);
const slope = (x: number, centre: number, scale: number): number => Math.tanh((x - centre) / (2 * scale)) / scale;

export function estimateWorld(seed: number, step: DerivationStep): World {
  const symbols = stepSymbols(step);
  const general = symbols.includes('parameter') && !symbols.includes('observationDeviation') && !symbols.includes('priorMean');
  return general ? logisticWorld(seed) : gaussianWorld(seed, 4 + (seed % 4));
}

/** The n-th world on the way to infinitely many observations. */
export const manyObservations = (seed: number, n: number): World => far(4 * seed + n);
const far = remembered((place: number) => gaussianWorld(Math.floor(place / 4), 20 * 10 ** (place % 4)));

function logisticWorld(seed: number): World {
  const next = random(seed);
  const [location, scale, priorMean, priorScale] = [between(next, 1.5, 3), between(next, 0.5, 1), between(next, -2, -1), between(next, 0.5, 1)];
  const data = Array.from({ length: 4 + (seed % 3) }, () => location + between(next, -1.5, 1.5));
  const along = (theta: number): number => data.reduce((sum, x) => sum + slope(x, theta, scale), 0);
  const density = (x: number, theta: number): number => logistic(x, theta, scale);
  const prior = (theta: number): number => logistic(theta, priorMean, priorScale);
  // One observation after the other, each normalised by its own prediction, on a grid fine enough to be exact.
  const fine = Array.from({ length: 4001 }, (_, i) => -20 + i / 100);
  let belief = fine.map(prior);
  const predictions = data.map((x) => {
    const updated = belief.map((b, i) => b * density(x, fine[i]));
    const prediction = updated.reduce((sum, b) => sum + b, 0) / 100;
    belief = updated.map((b) => b / prediction);
    return prediction;
  });
  const isData = (of: readonly number[]): boolean => of === data;
  return worldOf({
    values: {
      dataSet: data, dataSize: data.length, parameter: between(next, -1, 2),
      likeliest: rootOf(along, -20, 20), mostProbable: rootOf((theta) => along(theta) - slope(theta, priorMean, priorScale), -20, 20),
    },
    members: { observation: nth(data) },
    functions: () => ({
      datumLikelihood: density,
      parameterPrior: prior,
      dataSetLikelihood: (of: readonly number[], theta: number) => (isData(of) ? Math.exp(data.reduce((sum, x) => sum + Math.log(density(x, theta)), 0)) : undefined),
      dataSetEvidence: (of: readonly number[]) => (isData(of) ? predictions.reduce((a, b) => a * b, 1) : undefined),
      parameterPosterior: (theta: number, of: readonly number[]) => (isData(of) ? data.reduce((b, x, i) => (b * density(x, theta)) / predictions[i], prior(theta)) : undefined),
    }),
    outcomes: { parameter: each(GRID) },
    letters: { i: 1 + (seed % data.length) },
  });
}

function gaussianWorld(seed: number, size: number): World {
  const next: Random = random(seed);
  const [theta, deviation, priorMean, priorDeviation] = [between(next, 1, 3), between(next, 0.6, 1.4), between(next, -2, -0.5), between(next, 0.7, 1.5)];
  const data = Array.from({ length: size }, () => theta + deviation * normal(next));
  // One observation after the other: each pulls the mean towards itself and takes a share of the variance.
  let [mean, variance] = [priorMean, priorDeviation ** 2];
  for (const x of data) {
    const gain = variance / (variance + deviation ** 2);
    [mean, variance] = [mean + gain * (x - mean), variance * (1 - gain)];
  }
  return worldOf({
    values: {
      dataSize: size, parameter: between(next, -1, 2), observationDeviation: deviation, priorMean, priorDeviation,
      likeliest: rootOf((m) => data.reduce((sum, x) => sum + (x - m), 0), -20, 20), mostProbable: mean, dataShare: 1 - variance / priorDeviation ** 2,
    },
    members: { observation: nth(data) },
    functions: () => ({
      datumLikelihood: (x: number, at: number) => normalDensity(x, at, deviation ** 2),
      parameterPrior: (at: number) => normalDensity(at, priorMean, priorDeviation ** 2),
    }),
    letters: { i: 1 + (seed % Math.min(size, 7)) },
  });
}
