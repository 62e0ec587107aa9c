/** Few latent variables, so that every tuple of draws can be counted; bounds come from how often each value is drawn. */
import type { Outcome, World } from '../../formulas/evaluate';
import type { DerivationStep } from '../types';
import { stepSymbols } from '../render';
import { random } from './random';
import { between, each, nth, probabilities, sum, worldOf } from './world';

const [ZS, XS] = [[0.3, 1.1, -0.7], [5, 6]];

/** Every tuple of n values. */
function tuples(values: readonly number[], n: number): number[][] {
  return n === 0 ? [[]] : tuples(values, n - 1).flatMap((rest) => values.map((value) => [...rest, value]));
}

/** log of n! over the factorials of the counts. */
function logArrangements(counts: readonly number[]): number {
  const logFactorial = (n: number): number => Array.from({ length: n }, (_, i) => Math.log(i + 1)).reduce((a, b) => a + b, 0);
  return logFactorial(sum(counts)) - sum(counts.map(logFactorial));
}

/** The mean logarithm of the average weight of n draws, over how often each of the values comes. */
function boundBy(weights: readonly number[], shares: readonly number[], n: number): number {
  const ways = (left: number, kinds: number): number[][] => (kinds === 1 ? [[left]] : Array.from({ length: left + 1 }, (_, i) => i).flatMap((i) => ways(left - i, kinds - 1).map((rest) => [i, ...rest])));
  return sum(ways(n, weights.length).map((counts) => Math.exp(logArrangements(counts) + sum(counts.map((c, i) => c * Math.log(shares[i])))) * Math.log(sum(counts.map((c, i) => c * weights[i])) / n)));
}

/** The same for two values and very many draws, where the probabilities of the counts are stepped from one to the next. */
function boundOfTwo([w0, w1]: readonly number[], [q0, q1]: readonly number[], n: number): number {
  let [logChance, total] = [n * Math.log(q1), 0];
  for (let c = 0; c <= n; c++) {
    total += Math.exp(logChance) * Math.log((c * w0 + (n - c) * w1) / n);
    logChance += Math.log(((n - c) * q0) / ((c + 1) * q1));
  }
  return total;
}

/** @param exact the encoder is the posterior. */
export function iwaeWorld(seed: number, step: DerivationStep, exact = false): World {
  const next = random(seed);
  const cells = XS.flatMap((x) => ZS.map((z) => ({ x, z, base: between(next, -1, 1), turns: [between(next, -1, 1), between(next, -1, 1)] })));
  const parameters = [between(next, -0.5, 0.5), between(next, -0.5, 0.5)];
  /** The joint table: exponentials of something linear in θ, over their sum. */
  const joint = (x: number, z: number, [a, b]: readonly number[]): number => {
    const scores = cells.map(({ base, turns }) => Math.exp(base + a * turns[0] + b * turns[1]));
    const i = cells.findIndex((cell) => cell.x === x && cell.z === z);
    return i < 0 ? NaN : scores[i] / sum(scores);
  };
  const x = XS[Math.floor(next() * XS.length)];
  const evidence = sum(ZS.map((z) => joint(x, z, parameters)));
  const [any, posterior] = [probabilities(next, ZS.length), ZS.map((z) => joint(x, z, parameters) / evidence)];
  const shares = exact ? posterior : any;
  const weights = ZS.map((z, i) => (exact ? evidence : joint(x, z, parameters) / shares[i]));
  const weightOf = (z: number): number => weights[ZS.indexOf(z)];
  // With one draw several lines are trivial, so one draw is rare.
  const k = seed % 5 === 0 ? 1 : 2 + (seed % 2);
  const drawn = Array.from({ length: k + 1 }, () => ZS[Math.floor(next() * ZS.length)]);
  const all = sum(drawn.map(weightOf));
  const outcome = (tuple: readonly number[]): Outcome => ({
    value: tuple, weight: 1,
    parts: tuple.flatMap((z, i) => [
      { id: 'latentDraw' as const, n: i + 1, value: z },
      { id: 'importanceWeight' as const, n: i + 1, value: weightOf(z) },
      { id: 'normalisedWeight' as const, n: i + 1, value: weightOf(z) / sum(tuple.map(weightOf)) },
      { id: 'subsetMean' as const, n: i + 1, value: sum(tuple.filter((_, other) => other !== i).map(weightOf)) / (tuple.length - 1) },
    ]),
  });
  const bounds = new Map<number, number>();
  const bound = (n: number): number => {
    const known = bounds.get(n) ?? boundBy(weights, shares, n);
    bounds.set(n, known);
    return known;
  };
  return worldOf({
    values: { x, latent: drawn[0], latentDraws: drawn.slice(0, k), moreDraws: drawn, parameters, elbo: Math.log(evidence) - sum(shares.map((q, i) => q * Math.log(q / posterior[i]))) },
    members: {
      latentDraw: nth(drawn), importanceWeight: nth(drawn.map(weightOf)), normalisedWeight: nth(drawn.slice(0, k).map((z) => weightOf(z) / sum(drawn.slice(0, k).map(weightOf)))),
      subsetMean: nth(drawn.map((z) => (all - weightOf(z)) / k)), iwaeBound: (n) => (n < 1 ? undefined : bound(n)),
    },
    functions: (look) => ({
      modelJoint: (a: number, z: number) => joint(a, z, look('parameters') as number[]),
      evidence: (a: number) => sum(ZS.map((z) => joint(a, z, look('parameters') as number[]))),
      encoder: (z: number, given: number) => (given === x ? shares[ZS.indexOf(z)] : undefined),
      // By how often each value was drawn.
      drawDistribution: (tuple: readonly number[], given: number) => (given === x ? ZS.reduce((p, z, i) => p * shares[i] ** tuple.filter((value) => value === z).length, 1) : undefined),
    }),
    outcomes: { latent: each(ZS), latentDraws: tuples(ZS, k).map(outcome), moreDraws: tuples(ZS, k + 1).map(outcome) },
    // i is one of the draws where a line speaks of one, and else stands for no number that a bound could be mistaken for.
    letters: { k, i: stepSymbols(step).some((id) => id === 'iwaeBound') && !stepSymbols(step).includes('subsetMean') ? k + 2 : 1 + Math.floor(next() * (stepSymbols(step).includes('subsetMean') ? k + 1 : k)) },
  });
}

/** Two latent variables and ten, a hundred … draws. */
export function manyDraws(seed: number, n: number): World {
  const next = random(seed);
  const [joint, shares] = [probabilities(next, 4).slice(0, 2), probabilities(next, 2)];
  const weights = joint.map((p, i) => p / shares[i]);
  return worldOf({
    values: { x: 5 },
    members: { iwaeBound: (draws) => (draws < 1 ? undefined : boundOfTwo(weights, shares, draws)) },
    functions: () => ({ evidence: (x: number) => (x === 5 ? sum(joint) : undefined) }),
    letters: { k: 10 ** (n + 1), i: 1 },
  });
}
