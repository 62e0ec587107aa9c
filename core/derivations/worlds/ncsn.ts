/** A ladder of noise levels, a few data points of the plane, and a network that knows the level. */
import type { World } from '../../formulas/evaluate';
import { point, random } from './random';
import { squared, type Point } from './scores';
import { between, each, inner, normalDensity, normalNodes, nth, probabilities, sum, worldOf } from './world';

const LEVELS = 3;
/** Standard normal noise of the plane. */
const noises = (): { value: number[]; weight: number }[] => normalNodes(4).flatMap((a) => normalNodes(4).map((b) => ({ value: [a.at, b.at], weight: a.weight * b.weight })));
const along = (x: Point, by: number, v: Point): number[] => x.map((value, axis) => value + by * v[axis]);

export function ncsnWorld(seed: number): World {
  const next = random(seed);
  const data: Point[] = [point(next), point(next)];
  const weights = probabilities(next, data.length);
  const [smallest, ratio, base] = [between(next, 0.2, 0.5), between(next, 1.3, 1.8), between(next, 0.01, 0.04)];
  const levels = [smallest];
  while (levels.length < LEVELS) levels.unshift(levels[0] * ratio);
  const rows = [point(next), point(next)];
  const network = (at: Point, level: number): number[] => rows.map((row) => Math.tanh(inner(row, at) + 0.3 * level) / level);
  const nodes = noises();
  const steps = levels.map((level) => base * (level / smallest) * (level / smallest));
  // The squares of the network and of the target, and twice their inner product.
  const loss = (level: number): number => sum(data.map((x, k) => weights[k] * sum(nodes.map(({ value, weight }) => {
    const s = network(along(x, level, value), level);
    return weight * (squared(s) / 2 + inner(s, value) / level + squared(value) / (2 * level * level));
  }))));
  const losses = levels.map(loss);
  const i = 1 + (seed % (LEVELS - 1));
  const level = levels[i - 1];
  const [x, noise, fresh] = [data[Math.floor(next() * data.length)], point(next), point(next)];
  const noisy = along(x, level, noise);
  const standard = nodes.map(({ value, weight }) => ({ value, weight: weight / (normalDensity(value[0], 0, 1) * normalDensity(value[1], 0, 1)) }));
  return worldOf({
    values: {
      x, noisy, perturbation: noise, z: fresh, zeroVector: [0, 0], dimensions: 2, ladderSize: LEVELS, levelRatio: ratio, driftStep: base * 0.5 * (level / smallest) ** 2, smallestLevel: smallest, baseStep: base,
      annealedLoss: sum(levels.map((value, k) => value * value * losses[k])) / LEVELS,
      nextNoisy: along(along(noisy, 0.5 * steps[i - 1], network(noisy, level)), Math.sqrt(steps[i - 1]), fresh),
    },
    members: {
      ladderLevel: nth(levels), levelLoss: nth(losses), levelWeight: nth(levels.map((value) => value ** 2)), annealedStep: nth(steps),
      // Both lengths for one component, as if all were alike.
      stepSnr: nth(levels.map((value, k) => (steps[k] / 4) * (squared(network(noisy, value)) / 2))),
    },
    functions: () => ({
      dataDistribution: (at: Point) => weights[data.indexOf(at)] as number | undefined,
      kernel: (at: Point, from: Point) => at.reduce((density, value, axis) => density * normalDensity(value, from[axis], level ** 2), 1),
      scoreNetwork: network,
    }),
    outcomes: { x: each(data), perturbation: standard, z: standard },
    letters: { i },
  });
}
