/** A few data points of the plane with weights; noisy points, their density and what they may have been are sums over them. */
import type { World } from '../../formulas/evaluate';
import { point, random } from './random';
import { between, each, inner, normalDensity, probabilities, worldOf } from './world';

export function scoreWorld(seed: number): World {
  const next = random(seed);
  const data = [point(next), point(next), point(next), point(next)];
  const weights = probabilities(next, data.length);
  const sigma = between(next, 0.6, 1.4);
  const nextSigma = sigma * between(next, 0.3, 0.9);
  const [x, noise, fresh] = [data[Math.floor(next() * data.length)], point(next), point(next)];
  const rows = [point(next), point(next)];
  const network = (at: readonly number[], level: number): number[] => rows.map((row) => Math.tanh(inner(row, at)) / level);
  const weight = (at: readonly number[]): number | undefined => weights[data.indexOf(at as number[])];
  const kernel = (at: readonly number[], from: readonly number[]): number => at.reduce((density, value, axis) => density * normalDensity(value, from[axis], sigma ** 2), 1);
  const density = (at: readonly number[]): number => data.reduce((sum, from, i) => sum + weights[i] * kernel(at, from), 0);
  const noisy = x.map((value, axis) => value + sigma * noise[axis]);
  const score = network(noisy, sigma);
  // The share of the way from the noisy point to where the network thinks that the example is.
  const share = 1 - (nextSigma / sigma) ** 2;
  return worldOf({
    values: {
      x, noisy, noiseLevel: sigma, perturbation: noise, nextNoiseLevel: nextSigma, z: fresh,
      scoreLoss: score.reduce((sum, value, axis) => sum + (sigma * value + noise[axis]) ** 2, 0),
      nextNoisy: noisy.map((value, axis) => value + share * (sigma ** 2 * score[axis]) + sigma * Math.sqrt(share) * fresh[axis]),
    },
    functions: () => ({
      dataDistribution: weight,
      kernel,
      noisyDensity: density,
      denoiser: (from: readonly number[], at: readonly number[]) => (weight(from) ?? NaN) * kernel(at, from) / density(at),
      scoreNetwork: network,
    }),
    outcomes: { x: each(data) },
  });
}
