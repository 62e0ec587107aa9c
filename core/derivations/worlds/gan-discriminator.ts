/** One output of a discriminator as a free number, and whole tables of outputs; the best ones are roots of slopes. */
import type { World } from '../../formulas/evaluate';
import { random } from './random';
import { between, each, probabilities, rootOf, worldOf } from './world';

const XS = [0.4, 1.3, -0.8, 2.1];

export const discriminatorWorld = (seed: number): World => made(seed, false);
/** Outputs that are the best already. */
export const discriminatorTight = (seed: number): World => made(seed, true);

function made(seed: number, tight: boolean): World {
  const next = random(seed);
  const [data, generator] = [probabilities(next, XS.length), probabilities(next, XS.length)];
  const share = between(next, 0.15, 0.85);
  const bestOf = (p: number, q: number): number => rootOf((d) => p * (1 - d) - q * d, 0, 1);
  const best = data.map((p, i) => bestOf(p, generator[i]));
  const table = tight ? best : XS.map(() => between(next, 0.15, 0.85));
  const [a, b] = [between(next, 0.5, 3), between(next, 0.5, 3)];
  const bestOutput = bestOf(a, b);
  const heights = XS.map(() => between(next, 0.3, 3));
  // The value as the logarithm of one product.
  const value = (outputs: readonly number[]): number => Math.log(XS.reduce((product, _, i) => product * outputs[i] ** data[i] * (1 - outputs[i]) ** generator[i], 1));
  const of = (list: readonly number[]) => (x: number): number | undefined => list[XS.indexOf(x)];
  return worldOf({
    values: {
      x: XS[Math.floor(next() * XS.length)], dataWeight: a, generatorWeight: b, discriminatorOutput: tight ? bestOutput : between(next, 0.2, 0.8), bestOutput,
      adversarialValue: value(table), generatorCriterion: value(best), realShare: share, realLabel: Number(next() < 0.5),
    },
    functions: () => ({
      pointValue: (d: number) => (d > 0 && d < 1 ? Math.log(d ** a * (1 - d) ** b) : undefined),
      dataDistribution: of(data), generatorDistribution: of(generator), discriminator: of(table), bestDiscriminator: of(best),
      averageDistribution: of(data.map((p, i) => p - (p - generator[i]) / 2)),
      labelChance: (y: number, d: number) => (d > 0 && d < 1 ? (y === 1 ? d : y === 0 ? 1 - d : undefined) : undefined),
      // The logit whose sigmoid is right, by bisection.
      bestLogit: of(data.map((p, i) => rootOf((l) => p - generator[i] * Math.exp(l), -20, 20))),
      sharedDiscriminator: of(data.map((p, i) => bestOf(share * p, (1 - share) * generator[i]))),
      positiveFunction: of(heights),
    }),
    outcomes: { x: each(XS), realLabel: each([0, 1]), discriminatorOutput: each(Array.from({ length: 19 }, (_, i) => 0.05 * (i + 1))) },
  });
}

