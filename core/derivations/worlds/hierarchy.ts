/** A hierarchy of finite latent variables: tables for every step, and everything else by adding up over whole chains. */
import type { Outcome, World } from '../../formulas/evaluate';
import type { DerivationStep } from '../types';
import { stepSymbols } from '../render';
import { random, type Random } from './random';
import { nth, probabilities, sum, worldOf } from './world';

const XS = [50, 60];
/** Values of level t are 10 t and the next, so that a value says of which level it is. */
const level = (t: number): number[] => [10 * t, 10 * t + 1];
const levelOf = (z: number): number => Math.floor(z / 10);
/** Of each value in `from`, probabilities for those in `to`. */
const table = (next: Random, from: readonly number[], to: readonly number[]): Map<number, Map<number, number>> => new Map(from.map((a) => {
  const shares = probabilities(next, to.length);
  return [a, new Map(to.map((b, i) => [b, shares[i]]))];
}));

/** @param exact the encoder is the posterior of the whole chain. */
export function hierarchyWorld(seed: number, step: DerivationStep, exact = false): World {
  const next = random(seed);
  const T = 2 + (seed % 3);
  const levels = Array.from({ length: T }, (_, i) => level(i + 1));
  const chains = levels.reduce<number[][]>((all, values) => all.flatMap((chain) => values.map((z) => [...chain, z])), [[]]);
  const top = new Map(levels[T - 1].map((z, i, { length }) => [z, probabilities(random(seed + 31), length)[i]]));
  const down = levels.slice(1).map((values, i) => table(next, values, levels[i]));
  const decoder = table(next, levels[0], XS);
  const up = [table(next, XS, levels[0]), ...levels.slice(1).map((values, i) => table(next, levels[i], values))];
  const x = XS[Math.floor(next() * XS.length)];

  const generative = (z: number, above: number): number => down[levelOf(z) - 1]?.get(above)?.get(z) ?? NaN;
  const joint = (chain: readonly number[]): number => {
    let p = top.get(chain[T - 1])! * decoder.get(chain[0])!.get(x)!;
    for (let i = T - 1; i > 0; i--) p *= generative(chain[i - 1], chain[i]);
    return p;
  };
  const evidence = sum(chains.map(joint));
  const drawn = (chain: readonly number[]): number => chain.reduce((q, z, i) => q * up[i].get(i === 0 ? x : chain[i - 1])!.get(z)!, 1);
  const ofChain = new Map(chains.map((chain) => [chain.join(), exact ? joint(chain) / evidence : drawn(chain)]));
  /** Probability under the encoder that the chain passes through all of these values. */
  const through = (...values: readonly number[]): number => sum(chains.filter((chain) => values.every((z) => chain.includes(z))).map((chain) => ofChain.get(chain.join())!));
  const known = (...values: readonly number[]): boolean => values.every((z) => levels.flat().includes(z));
  const reverse = (z: number, above: number): number => (levelOf(above) === levelOf(z) + 1 ? through(z, above) / through(above) : 0);

  const chain = chains[Math.floor(next() * chains.length)];
  const t = 2 + Math.floor(next() * (T - 1));
  const terms = levels.map((_, i) => (i === 0 ? undefined : sum(levels[i].flatMap((above) => levels[i - 1].map((z) => through(z, above) * Math.log(reverse(z, above) / generative(z, above)))))));
  const gap = sum(chains.map((c) => ofChain.get(c.join())! * Math.log((ofChain.get(c.join())! * evidence) / joint(c))));
  const parts = (c: readonly number[]): Outcome['parts'] => [...c.map((z, i) => ({ id: 'chainLatent' as const, n: i + 1, value: z })), { id: 'lastLatent' as const, value: c[T - 1] }];
  const at = (n: number): Outcome[] => levels[n - 1].map((z) => ({ value: z, weight: 1, parts: [{ id: 'chainLatent', n, value: z }] }));
  return worldOf({
    values: { x, levelCount: T, latentChain: chain, lastLatent: chain[T - 1], elbo: Math.log(evidence) - gap, lossPrior: sum(levels[T - 1].map((z) => through(z) * (Math.log(through(z)) - Math.log(top.get(z)!)))) },
    members: { chainLatent: nth(chain), consistency: (n) => terms[n - 1] },
    functions: () => ({
      chainJoint: (given: number, c: readonly number[]) => (given === x && known(...c) ? joint(c) : undefined),
      evidence: (given: number) => (given === x ? evidence : undefined),
      prior: (z: number) => top.get(z),
      likelihood: (given: number, z: number) => (given === x ? decoder.get(z)?.get(given) : undefined),
      generativeStep: generative,
      chainEncoder: (c: readonly number[], given: number) => (given === x ? ofChain.get(c.join()) : undefined),
      encoder: (z: number, given: number) => (given === x && known(z) ? through(z) : undefined),
      inferenceStep: (z: number, below: number) => (known(z, below) && levelOf(z) === levelOf(below) + 1 ? (exact ? through(z, below) / through(below) : up[levelOf(z) - 1].get(below)?.get(z)) : undefined),
      encoderReverse: (z: number, above: number, given: number) => (given === x && known(z, above) ? reverse(z, above) : undefined),
    }),
    outcomes: {
      latentChain: chains.map((c) => ({ value: c, weight: 1, parts: parts(c) })),
      lastLatent: levels[T - 1].map((z) => ({ value: z, weight: 1 })),
      // One level alone: the first, from which the example is made, or else that of z_t.
      latent: at(stepSymbols(step).includes('likelihood') ? 1 : t),
      chainLatent: at(t - 1),
    },
    letters: { t },
  });
}
