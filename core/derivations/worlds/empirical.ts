/** Counts of a few values, and a family of distributions with one parameter that tilts a random one. */
import type { World } from '../../formulas/evaluate';
import { random } from './random';
import { between, each, nth, probabilities, rootOf, sum, worldOf } from './world';

const VALUES = [11, 12, 13, 14];

export const empiricalWorld = (seed: number): World => made(seed, false);
/** The model gives every value just the share that it has in the data. */
export const empiricalTight = (seed: number): World => made(seed, true);

function made(seed: number, tight: boolean): World {
  const next = random(seed);
  // Every value occurs in the odd worlds, one is missing in the others.
  const counts = VALUES.map((_, i) => (i === 1 && seed % 2 === 0 ? 0 : 1 + Math.floor(4 * next())));
  const data = VALUES.flatMap((value, i) => Array.from({ length: counts[i] }, () => value)).sort((a, b) => ((a * 7 + seed) % 5) - ((b * 7 + seed) % 5));
  const shares = counts.map((count) => count / data.length);
  const base = probabilities(next, VALUES.length);
  const features = VALUES.map((_, i) => i - 1.3 + between(next, -0.2, 0.2));
  const parameter = between(next, -0.5, 0.5);
  const model = (theta: number): number[] => {
    const raw = VALUES.map((_, i) => (tight ? shares[i] : base[i]) * Math.exp((theta - (tight ? parameter : 0)) * features[i]));
    return raw.map((value) => value / sum(raw));
  };
  // The mean feature of the data less that of the model: zero where the likelihood is largest.
  const likeliest = rootOf((theta) => sum(features.map((feature, i) => (shares[i] - model(theta)[i]) * feature)), -20, 20);
  const logLikelihood = (theta: number): number => sum(model(theta).map((p, i) => (counts[i] === 0 ? 0 : counts[i] * Math.log(p))));
  return worldOf({
    values: { dataSet: data, dataSize: data.length, parameter, likeliest, outcome: VALUES[Math.floor(next() * VALUES.length)] },
    members: { observation: nth(data) },
    functions: () => ({
      datumLikelihood: (x: number, theta: number) => (VALUES.includes(x) ? model(theta)[VALUES.indexOf(x)] : undefined),
      dataSetLikelihood: (of: readonly number[], theta: number) => (of === data ? Math.exp(logLikelihood(theta)) : undefined),
      empirical: (x: number) => shares[VALUES.indexOf(x)],
      sameValue: (a: number, b: number) => (VALUES.includes(a) && VALUES.includes(b) ? Number(a === b) : undefined),
    }),
    outcomes: { outcome: each(VALUES), parameter: each(Array.from({ length: 41 }, (_, i) => i / 2 - 10)) },
    letters: { i: 1 + (seed % data.length) },
  });
}
