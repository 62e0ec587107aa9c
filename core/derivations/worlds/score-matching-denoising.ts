/** A few data points of the plane with weights, blurred by a Gaussian; noisy points at the nodes of quadrature around every one of them. */
import type { World } from '../../formulas/evaluate';
import { point, random } from './random';
import { quadraticField, squared, type Point } from './scores';
import { between, each, normalNodes, probabilities, sum, worldOf } from './world';

const minus = (a: Point, b: Point): number[] => a.map((value, axis) => value - b[axis]);

export function denoisingWorld(seed: number): World {
  const next = random(seed);
  const data: Point[] = [point(next), point(next), point(next)];
  const weights = probabilities(next, data.length);
  const sigma = between(next, 0.6, 1.4);
  const model = quadraticField(next);
  const height = 1 / (2 * Math.PI * sigma ** 2);
  const kernel = ([x, y]: Point, [a, b]: Point): number => height * Math.exp(-((x - a) ** 2 + (y - b) ** 2) / (2 * sigma ** 2));
  const joint = (at: Point): number[] => data.map((from, k) => weights[k] * kernel(at, from));
  const density = (at: Point): number => data.reduce((all, from, k) => all + weights[k] * kernel(at, from), 0);
  const shares = (at: Point): number[] => joint(at).map((value) => value / density(at));
  const target = (at: Point, from: Point): number[] => minus(from, at).map((value) => value / sigma ** 2);
  // The way to the mean of the examples, taken before it is divided.
  const mean = (at: Point): number[] => at.map((_, axis) => sum(shares(at).map((share, k) => share * data[k][axis])));
  const score = (at: Point): number[] => target(at, mean(at));
  const nodes = data.flatMap((from, k) => normalNodes(4).flatMap((a) => normalNodes(2).map((b) => ({ value: [from[0] + sigma * a.at, from[1] + sigma * b.at], weight: weights[k] * a.weight * b.weight }))));
  const k = Math.floor(next() * data.length);
  const noise = point(next);
  return worldOf({
    values: {
      x: data[k], noisy: data[k].map((value, axis) => value + sigma * noise[axis]), noiseLevel: sigma,
      explicitLoss: sum(nodes.map(({ value, weight }) => weight * squared(minus(model.at(value), score(value))))) / 2,
      denoisingLoss: sum(nodes.map(({ value, weight }) => sum(shares(value).map((share, i) => weight * share * squared(minus(model.at(value), target(value, data[i]))))))) / 2,
    },
    functions: () => ({
      dataDistribution: (x: Point) => weights[data.indexOf(x)] as number | undefined,
      kernel,
      noisyDensity: density,
      denoisingTarget: target,
      scoreNetwork: model.at,
      denoiser: (from: Point, at: Point) => shares(at)[data.indexOf(from)] as number | undefined,
      bestNoisyScore: score,
    }),
    outcomes: { x: each(data), noisy: nodes.map(({ value, weight }) => ({ value, weight: weight / density(value) })) },
  });
}
