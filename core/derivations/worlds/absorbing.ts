/** Three variables that are masked one by one at random times. All chances come from the times at which variables are masked, or from the table of all states. */
import type { DerivationStep } from '../types';
import { stepSymbols } from '../render';
import type { World } from '../../formulas/evaluate';
import { remembered } from '../../remembered';
import { nodesBetween } from './legendre';
import { D, examples, known, network, NOTHING, ORDERS, placeOf, type Conditional, type Part } from './orders';
import { random } from './random';
import { between, each, nth, probabilities, sum, worldOf } from './world';

const MANY = 2;
/** The label of lines that hold for one schedule only says so. */
const isEven = ({ label }: DerivationStep): boolean => label.toLowerCase().includes('even schedule');
const sameSize = (m: number) => (part: Part): boolean => part.filter((v) => v === 0).length === m;
/** What is known of an example; with the number of its step behind it where it is a point of the chain. */
const isPart = (part: unknown): part is Part => Array.isArray(part) && (part.length === D || part.length === D + 1);
const isPoint = (part: Part): boolean => isPart(part) && part.length === D + 1;
const partsOfAll = (all: readonly Part[]): Part[] => [...new Map(all.flatMap((one) => ORDERS.flatMap((order) => [0, 1, 2, 3].map((n) => known(one, order, n)))).map((part) => [part.join(), part])).values()];
const lines = (n: number): number[][] => Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => Number(i === j)));

export const absorbingWorld = (seed: number, step: DerivationStep): World => {
  const symbols = stepSymbols(step);
  if (symbols.includes('choose') && symbols.length === 2) return sets(seed);
  return (isEven(step) ? evenSteps : anySteps)(seed);
};
/** The bound is exact where the variables are independent under the model. */
export const absorbingTight = (seed: number): World => separate(seed);
const anySteps = remembered((seed: number) => made(seed, {}));
const evenSteps = remembered((seed: number) => made(seed, { even: true }));
const separate = remembered((seed: number) => made(seed, { independent: true }));

/** All sets of k among n, counted. */
const choose = (n: number, k: number): number | undefined => (n >= 0 && n <= 6 && k >= 0 ? Array.from({ length: 1 << n }, (_, code) => code.toString(2).split('1').length - 1).filter((c) => c === k).length : undefined);
const sets = (seed: number): World => worldOf({ values: { dimensions: 2 + (seed % 4) }, functions: () => ({ choose }), letters: { n: 1 + (seed % 3) % (2 + (seed % 4)), t: 1 + ((seed + 1) % 3), k: 1, i: 1 } });

/** With what chance a variable is masked at each step, counted from 1. */
function maskedAt(rates: readonly number[]): number[] {
  let left = 1;
  return rates.map((rate) => {
    const now = left * rate;
    left -= now;
    return now;
  });
}

/** How often m of the D variables are masked, by adding one variable after the other. */
const counts = (chance: number): number[] => Array.from({ length: D }).reduce<number[]>((known, _) => [...known, 0].map((p, m) => p * (1 - chance) + (known[m - 1] ?? 0) * chance), [1]);

/** The weight of m masked variables over all steps. */
function weights(rates: readonly number[]): number[] {
  let until = 0;
  return maskedAt(rates).reduce<number[]>((total, now) => {
    until += now;
    return counts(until).map((p, m) => total[m] + (now / until) * p);
  }, Array.from({ length: D + 1 }, () => 0));
}

/** Cross-entropy of what is masked, over all sets of m. */
function setLosses(model: Conditional, x: Part, parts: readonly Part[]): number[] {
  const loss = (part: Part): number => -sum(x.filter((_, k) => part[k] === 0).map((v) => Math.log(model(v, part)!)));
  return Array.from({ length: D + 1 }, (_, m) => {
    const chosen = parts.filter(sameSize(m));
    return sum(chosen.map(loss)) / chosen.length;
  });
}

function made(seed: number, { even = false, independent = false }): World {
  const next = random(seed);
  const T = 3 + (seed % 2);
  // In the last step everything that is left is masked.
  const rates = Array.from({ length: T }, (_, i) => (i === T - 1 ? 1 : even ? 1 / (T - i) : between(next, 0.15, 0.7)));
  const at = maskedAt(rates);
  const until = (n: number): number => (n === T ? 1 : sum(at.slice(0, n)));
  const all = examples(MANY);
  const alone = [1, 2, 3].map(() => probabilities(next, MANY));
  const net = network(next, MANY);
  const model: Conditional = independent ? (v) => alone[placeOf(v) - 1]?.[(v % 10) - 1] : net;
  const x = all[Math.floor(next() * all.length)];
  const parts = partsOfAll([x]);
  const table = partsOfAll(all);
  const kernel = (n: number, to: Part): number => to.reduce((p, v, k) => p * (v === 0 ? until(n) : v === x[k] ? 1 - until(n) : 0), 1);
  const masking = (n: number, from: Part, to: Part): number => to.reduce((p, v, k) => p * (from[k] === 0 ? Number(v === 0) : v === 0 ? rates[n - 1] : v === from[k] ? 1 - rates[n - 1] : 0), 1);
  /** Bayes' rule on the table of both points; what cannot occur has no chance. */
  const backwards = (n: number, to: Part, from: Part): number => (kernel(n, from) === 0 ? 0 : (kernel(n - 1, to) * masking(n, to, from)) / kernel(n, from));
  const share = (n: number): number => at[n - 1] / until(n);
  const reverse = (n: number, to: Part, from: Part): number => to.reduce((p, v, k) => p * (from[k] !== 0 ? Number(v === from[k]) : v === 0 ? 1 - share(n) : share(n) * model(v, from)!), 1);
  const divergence = (n: number, from: Part): number => sum(parts.map((to) => {
    const q = backwards(n, to, from);
    return q === 0 ? 0 : q * (Math.log(q) - Math.log(reverse(n, to, from)));
  }));
  const loss = remembered((n: number): number => sum(parts.map((from) => kernel(n, from) * divergence(n, from))));
  // The likelihood by walking all states from the masks to the data.
  const likelihood = remembered((example: Part): number => {
    let reached: readonly { part: Part; p: number }[] = [{ part: NOTHING, p: 1 }];
    for (let n = T; n >= 1; n--) {
      const later = reached.filter(({ p }) => p > 0);
      reached = table.map((to) => ({ part: to, p: sum(later.map(({ part, p }) => p * reverse(n, to, part))) }));
    }
    return reached.find(({ part }) => part.join() === example.join())!.p;
  });

  const order = ORDERS[Math.floor(next() * ORDERS.length)];
  // At the last step all are masked, and before the first none is.
  const t = 1 + Math.floor(next() * D);
  // Something is masked, and some of it is revealed: else both sides of a line are logarithms of 1.
  const few = t === T ? 0 : Math.floor(next() * D);
  const more = t === 1 ? D : few + 1 + Math.floor(next() * (D - few));
  const atStep = (n: number, part: Part): number[] => [...part, n];
  const [x0, xt, xPrev] = [atStep(0, x), atStep(t, known(x, order, few)), atStep(t - 1, known(x, order, more))];
  const within = <V>(from: number, f: (n: number) => V) => (n: number): V | undefined => (n >= from && n <= T ? f(n) : undefined);
  /** Where the states of one variable are after the steps between two times: row by row, the mask last. */
  const chain = (from: number, to: number): number[][] =>
    lines(MANY + 1).map((row) => rates.slice(from, to).reduce((p, rate) => p.map((v, i) => (i === MANY ? v + rate * sum(p.slice(0, MANY)) : v * (1 - rate))), row));
  const losses = setLosses(model, x, parts);
  const total = weights(rates);
  const sides = (of: Part, from: Part): boolean => isPoint(of) && isPoint(from) && of[D] === from[D] - 1;
  const world = worldOf({
    values: {
      T, x0, order, xt, xPrev, orderedPast: known(x, order, t - 1), dimensions: D, identityMatrix: lines(MANY + 1), onesVector: lines(MANY + 1).map(() => 1), maskState: lines(MANY + 1)[MANY], maskedShare: between(next, 0.2, 0.8),
      absorbRate: rates[t - 1], absorbMatrix: chain(t - 1, t), absorbProduct: chain(0, t), survival: 1 - until(t), revealChance: share(t), absorbLoss: loss(t),
      absorbBound: -sum(rates.map((_, i) => loss(i + 1))), orderBound: sum(ORDERS.map((one) => sum(one.map((k, i) => Math.log(model(x[k - 1], known(x, one, i))!))))) / ORDERS.length,
    },
    members: {
      anyVariable: nth(x), absorbRate: nth(rates), survival: within(0, (n) => 1 - until(n)), revealChance: within(1, share), absorbLoss: within(1, loss),
      absorbMatrix: within(1, (n) => chain(n - 1, n)), absorbProduct: within(0, (n) => chain(0, n)),
    },
    functions: () => ({
      forwardKernel: (of: Part, data: Part) => (isPoint(of) && of[D] > 0 && data === x0 ? kernel(of[D], of.slice(0, D)) : undefined),
      reverseStep: (of: Part, from: Part) => (sides(of, from) ? reverse(from[D], of.slice(0, D), from.slice(0, D)) : undefined),
      forwardPosterior: (of: Part, from: Part, data: Part) => (sides(of, from) && data === x0 ? backwards(from[D], of.slice(0, D), from.slice(0, D)) : undefined),
      variableModel: (v: number, part: Part) => (isPart(part) && typeof v === 'number' ? model(v, part.slice(0, D)) : undefined),
      isKnown: (k: number, part: Part) => (isPart(part) && k >= 1 && k <= D ? Number(part[k - 1] !== 0) : undefined),
      evidence: (of: Part) => (of === x0 ? likelihood(x) : undefined),
      orderDistribution: (of: Part) => (ORDERS.some((one) => one === of) ? 1 / ORDERS.length : undefined),
      choose,
      maskedCount: (k: number, n: number) => (n >= 1 && n <= T ? counts(until(n))[k] : undefined),
      subsetLoss: (k: number) => losses[k],
      countWeight: (k: number) => (k >= 1 ? total[k] : undefined),
    }),
    outcomes: { order: ORDERS.map((value) => ({ value, weight: 1, parts: [{ id: 'orderedPast' as const, value: known(x, value, t - 1) }] })), maskedShare: nodesBetween(0, 1, 4) },
    letters: { t, n: 1 + Math.floor(next() * D), k: 1 + Math.floor(next() * D), s: 1 + Math.floor(next() * T) },
  });
  return {
    ...world,
    outcomes(id, n = t) {
      if (id === 'xt') return each(parts.map((part) => atStep(n, part)));
      return id === 'xPrev' ? each(parts.map((part) => atStep(n - 1, part))) : world.outcomes?.(id);
    },
  };
}

const evenWeights = remembered((T: number) => weights(Array.from({ length: T }, (_, i) => 1 / (T - i))));

/** Fifteen steps of the even schedule, ninety … */
export function manySteps(seed: number, n: number): World {
  const next = random(seed);
  const T = 15 * 6 ** n;
  const total = evenWeights(T);
  const net = network(next, MANY);
  const x = examples(MANY)[Math.floor(next() * 8)];
  const losses = setLosses(net, x, partsOfAll([x]));
  return worldOf({
    values: { T, absorbBound: -sum(losses.map((loss, m) => (m === 0 ? 0 : total[m] * loss))), orderBound: sum(ORDERS.map((one) => sum(one.map((k, i) => Math.log(net(x[k - 1], known(x, one, i))!))))) / ORDERS.length },
    functions: () => ({ countWeight: (m: number) => (m >= 1 ? total[m] : undefined) }),
    letters: { n: 1 + (seed % D) },
  });
}
