/** Two distributions over a few outcomes, and a discriminator that is a table. */
import type { World } from '../../formulas/evaluate';
import { random } from './random';
import { between, each, probabilities, rootOf, worldOf } from './world';

export function ganWorld(seed: number): World {
  const next = random(seed);
  const xs = [0.4, 1.3, -0.8, 2.1];
  const [data, generator] = [probabilities(next, xs.length), probabilities(next, xs.length)];
  const table = xs.map(() => between(next, 0.2, 0.8));
  const of = (list: readonly number[]) => (x: number): number | undefined => list[xs.indexOf(x)];
  const best = xs.map((_, i) => rootOf((d) => data[i] * (1 - d) - generator[i] * d, 0, 1));
  const value = (d: readonly number[]): number => xs.reduce((sum, _, i) => sum + data[i] * Math.log(d[i]) + generator[i] * Math.log(1 - d[i]), 0);
  const entropy = (p: readonly number[]): number => -p.reduce((sum, q) => sum + q * Math.log(q), 0);
  const average = data.map((p, i) => (p + generator[i]) / 2);
  return worldOf({
    values: {
      x: xs[Math.floor(next() * xs.length)], discriminatorOutput: between(next, 0.3, 0.7), discriminatorLogit: between(next, -2, 2),
      adversarialValue: value(table), generatorCriterion: value(best), jensenShannon: entropy(average) - (entropy(data) + entropy(generator)) / 2,
    },
    functions: () => ({ dataDistribution: of(data), generatorDistribution: of(generator), discriminator: of(table), bestDiscriminator: of(best), averageDistribution: of(average) }),
    outcomes: { x: each(xs) },
  });
}
