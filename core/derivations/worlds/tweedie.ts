/** A few data points of the plane with weights; what a noisy point may have been is found by enumerating them, once for each kind of noise. */
import type { World } from '../../formulas/evaluate';
import { point, random } from './random';
import { between, each, normalDensity, probabilities, worldOf } from './world';

type Point = readonly number[];

/** Noisy points around the examples, each shrunk by `signal` first. */
function blurred(data: readonly Point[], weights: readonly number[], signal: number, variance: number) {
  const kernel = (at: Point, from: Point): number => at.reduce((density, value, axis) => density * normalDensity(value, signal * from[axis], variance), 1);
  const joint = (at: Point): number[] => data.map((from, i) => weights[i] * kernel(at, from));
  const density = (at: Point): number => joint(at).reduce((a, b) => a + b, 0);
  const posterior = (from: Point, at: Point): number => joint(at)[data.indexOf(from)] / density(at);
  const mean = (at: Point): number[] => at.map((_, axis) => data.reduce((sum, from) => sum + posterior(from, at) * from[axis], 0));
  return { kernel, density, posterior, mean };
}

export function tweedieWorld(seed: number): World {
  const next = random(seed);
  const data: Point[] = [point(next), point(next), point(next), point(next)];
  const weights = probabilities(next, data.length);
  const [sigma, alphaBar] = [between(next, 0.6, 1.4), between(next, 0.2, 0.6)];
  const i = Math.floor(next() * data.length);
  const [x, x0] = [data[i], data[(i + 1) % data.length]];
  const [added, diffused] = [blurred(data, weights, 1, sigma ** 2), blurred(data, weights, Math.sqrt(alphaBar), 1 - alphaBar)];
  const [first, second] = [point(next), point(next)];
  const [noisy, xt] = [x.map((value, axis) => value + sigma * first[axis]), x0.map((value, axis) => Math.sqrt(alphaBar) * value + Math.sqrt(1 - alphaBar) * second[axis])];
  return worldOf({
    values: { x, noisy, noiseLevel: sigma, x0, xt, alphaBar },
    functions: () => ({
      dataDistribution: (at: Point) => weights[data.indexOf(at)] as number | undefined,
      kernel: added.kernel,
      noisyDensity: added.density,
      // Each posterior is asked at its own noisy point only: that the shares add up to one would be true of any.
      denoiser: (from: Point, at: Point) => (at === noisy ? added.posterior(from, at) : undefined),
      forwardKernel: diffused.kernel,
      diffusedDensity: diffused.density,
      diffusedPosterior: (from: Point, at: Point) => (at === xt ? diffused.posterior(from, at) : undefined),
      // The noise that leads from the mean data point to the noisy one.
      noiseMean: (at: Point) => diffused.mean(at).map((value, axis) => (at[axis] - Math.sqrt(alphaBar) * value) / Math.sqrt(1 - alphaBar)),
    }),
    outcomes: { x: each(data), x0: each(data) },
  });
}
