/** Data and generator as tables; a generator that never makes an example of the data where a line speaks of one. */
import type { DerivationStep } from '../types';
import { stepSymbols } from '../render';
import type { World } from '../../formulas/evaluate';
import { random } from './random';
import { between, each, probabilities, rootOf, sum, worldOf } from './world';

const XS = [0.4, 1.3, -0.8, 2.1, -1.7];

export const jsdWorld = (seed: number, step: DerivationStep): World => made(seed, step, false);
/** Where inequalities are equations: the two distributions agree, or have nothing in common. */
export const jsdTight = (seed: number, step: DerivationStep): World => made(seed, step, true);

/** The information that the label holds about the example, from the table of both. */
function information(data: readonly number[], generator: readonly number[]): number {
  const share = (p: number, x: number): number => (p === 0 ? 0 : (p / 2) * Math.log(p / 2 / (((data[x] + generator[x]) / 2) * 0.5)));
  return sum(data.map((p, x) => share(p, x) + share(generator[x], x)));
}

function made(seed: number, step: DerivationStep, tight: boolean): World {
  const next = random(seed);
  const apart = stepSymbols(step).includes('strayDistribution') || (tight && step.relation === 'at-most');
  // One generator has one name in a line.
  const trained = stepSymbols(step).includes('parameters');
  const parameters = [between(next, -1, 1), between(next, -1, 1)];
  const scores = XS.map(() => ({ base: between(next, -1, 1), turns: [between(next, -1, 1), between(next, -1, 1)] }));
  const isMade = (i: number): boolean => !apart || i >= 2;
  /** Exponentials of something linear in θ, over their sum. */
  const generatorAt = ([s, t]: readonly number[]): number[] => {
    const raw = scores.map(({ base, turns }, i) => (isMade(i) ? Math.exp(base + s * turns[0] + t * turns[1]) : 0));
    return raw.map((value) => value / sum(raw));
  };
  const generator = generatorAt(parameters);
  const some = probabilities(next, apart ? 2 : XS.length);
  const data = apart ? XS.map((_, i) => some[i] ?? 0) : tight ? generator : some;
  const bestOf = (p: number, q: number): number => (p === q ? 0.5 : q === 0 ? 1 : p === 0 ? 0 : rootOf((d) => p * (1 - d) - q * d, 0, 1));
  const best = data.map((p, i) => bestOf(p, generator[i]));
  const value = (d: readonly number[], g: readonly number[]): number => sum(XS.map((_, i) => (data[i] === 0 ? 0 : data[i] * Math.log(d[i])) + (g[i] === 0 ? 0 : g[i] * Math.log(1 - d[i]))));
  const at = (x: number): number => XS.indexOf(x);
  const of = (list: readonly number[]) => (x: number): number | undefined => list[at(x)];
  const x = Math.floor(next() * XS.length);
  return worldOf({
    values: { x: XS[x], parameters, generatorCriterion: value(best, generator), jensenShannon: information(data, generator), realLabel: Number(next() < 0.5) },
    functions: (look) => ({
      dataDistribution: of(data),
      bestDiscriminator: of(best),
      averageDistribution: of(data.map((p, i) => p - (p - generator[i]) / 2)),
      labelChance: (y: number, d: number) => (y === 1 ? d : y === 0 ? 1 - d : undefined),
      ...(apart && !tight ? { strayDistribution: (point: number) => generatorAt(look('parameters') as number[])[at(point)] } : {
        ...(trained ? { generatorModel: (point: number) => generatorAt(look('parameters') as number[])[at(point)] } : { generatorDistribution: of(generator) }),
        divergenceAt: (theta: readonly number[]) => information(data, generatorAt(theta)),
      }),
    }),
    outcomes: { x: each(XS), realLabel: each([0, 1]) },
  });
}

/** A generator that leaves a tenth, a hundredth … of its probability to examples of the data. */
export function nearlyApart(seed: number, n: number): World {
  const next = random(seed);
  const [data, other] = [probabilities(next, 2), probabilities(next, 3)];
  const overlap = between(next, 0.2, 0.9) * 10 ** -(n + 1);
  return worldOf({
    values: { overlapDivergence: information([...data, 0, 0, 0], [...data.map((p) => overlap * p), ...other.map((p) => (1 - overlap) * p)]) },
  });
}
