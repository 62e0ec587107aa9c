/**
 * Examples of three variables, each with a few values, that are made one after the other in some order.
 * Variable k with its v-th value is the number 10k + v. Some variables of an example are the vector of it with zeros for the others.
 */
import type { DerivationStep } from '../types';
import { stepSymbols } from '../render';
import type { Outcome, World } from '../../formulas/evaluate';
import { remembered } from '../../remembered';
import { random, type Random } from './random';
import { between, each, nth, probabilities, sum, worldOf } from './world';

export type Part = readonly number[];
/** The probability of one value when some other variables are known. */
export type Conditional = (variable: number, known: Part) => number | undefined;

export const D = 3;
const places = Array.from({ length: D }, (_, i) => i + 1);
export const NOTHING: Part = places.map(() => 0);
export const ORDERS: readonly Part[] = [[1, 2, 3], [1, 3, 2], [2, 1, 3], [2, 3, 1], [3, 1, 2], [3, 2, 1]];

const product = (lists: readonly Part[]): number[][] => lists.reduce<number[][]>((all, list) => all.flatMap((known) => list.map((v) => [...known, v])), [[]]);
const valuesOf = (k: number, many: number): number[] => Array.from({ length: many }, (_, v) => 10 * k + v + 1);
export const examples = (many: number): number[][] => product(places.map((k) => valuesOf(k, many)));
export const placeOf = (variable: number): number => Math.floor(variable / 10);
export const known = (x: Part, order: Part, count: number): number[] => x.map((v, i) => (order.indexOf(i + 1) < count ? v : 0));

/** A network: for whatever is known a table of its own for every variable, also for those that are known. */
export function network(next: Random, many: number): Conditional {
  const tables = new Map(product(places.map((k) => [0, ...valuesOf(k, many)])).flatMap((part) => places.map((k) => [`${part.join()} ${k}`, probabilities(next, many)] as const)));
  return (variable, part) => tables.get(`${part.join()} ${placeOf(variable)}`)?.[(variable % 10) - 1];
}

/** The chance of some values in a table of whole examples, and what follows for one variable. */
export function marginals(all: readonly Part[], table: Part) {
  const cache = new Map<string, number>();
  const chance = (part: Part): number | undefined => {
    if (part.length !== D) return undefined;
    const key = part.join();
    const before = cache.get(key);
    if (before !== undefined) return before;
    const found = sum(table.filter((_, i) => part.every((v, k) => v === 0 || v === all[i][k])));
    cache.set(key, found);
    return found;
  };
  const conditional: Conditional = (variable, part) => {
    if (typeof variable !== 'number' || !Array.isArray(part) || part.length !== D) return undefined;
    return chance(part.with(placeOf(variable) - 1, variable))! / chance(part)!;
  };
  return { chance, conditional };
}

/** How probable each example is when variables are drawn in one order: chances move from what is known to what is known next. */
export function drawn(model: Conditional, order: Part, many: number): Map<string, number> {
  let reached = new Map<string, [Part, number]>([[NOTHING.join(), [NOTHING, 1]]]);
  for (const k of order) {
    const after = new Map<string, [Part, number]>();
    for (const [part, mass] of reached.values()) for (const v of valuesOf(k, many)) {
      const more = part.with(k - 1, v);
      after.set(more.join(), [more, mass * model(v, part)!]);
    }
    reached = after;
  }
  return new Map([...reached].map(([key, [, mass]]) => [key, mass]));
}

/** Every name by which a line speaks of the variables of an example in one order; without a number those of place t. */
export function partsOf(x: Part, order: Part, t: number): NonNullable<Outcome['parts']> {
  return places.flatMap((n) => [n, ...(n === t ? [undefined] : [])].flatMap((as) => [
    { id: 'orderedVariable' as const, n: as, value: x[order[n - 1] - 1] },
    { id: 'orderedPast' as const, n: as, value: known(x, order, n - 1) },
    { id: 'orderedPrefix' as const, n: as, value: known(x, order, n) },
  ]));
}

/** One fixed order. @param exact the model is the distribution of the data. */
export function fixedOrderWorld(seed: number, step: DerivationStep, exact = false): World {
  if (stepSymbols(step).some((id) => ['maskMatrix', 'maskedWeights', 'logitVector', 'inputMask'].includes(id))) return masks(seed);
  return (exact ? exactOrder : fixedOrder)(seed);
}

// The lines of a derivation share these worlds, of which each holds many tables.
const fixedOrder = remembered((seed: number) => oneOrder(seed, false));
const exactOrder = remembered((seed: number) => oneOrder(seed, true));

function oneOrder(seed: number, exact: boolean): World {
  const next = random(seed);
  const many = seed % 5 === 0 ? 3 : 2;
  const all = examples(many);
  const table = probabilities(next, all.length);
  const data = marginals(all, table);
  const net = exact ? data.conditional : network(next, many);
  const order = ORDERS[Math.floor(next() * ORDERS.length)];
  const [t, x] = [1 + Math.floor(next() * D), all[Math.floor(next() * all.length)]];
  const leaves = drawn(net, order, many);
  const bits = -Math.log2(leaves.get(x.join())!) / D;
  const here = partsOf(x, order, t);
  const world = worldOf({
    values: { x, order, dimensions: D, bits, outcomeCount: many, ...Object.fromEntries(here.filter(({ n }) => n === undefined).map(({ id, value }) => [id, value])) },
    functions: () => ({
      dataDistribution: (at: Part) => table[all.findIndex((one) => one.join() === at.join())],
      partChance: data.chance, variableChance: data.conditional,
      orderModel: (at: Part) => leaves.get(at.join()),
      variableModel: (variable: number, part: Part) => (Array.isArray(part) ? net(variable, part) : undefined),
      orderDistribution: (at: Part) => (ORDERS.some((one) => one === at) ? 1 / ORDERS.length : undefined),
    }),
    outcomes: {
      x: all.map((value) => ({ value, weight: 1, parts: partsOf(value, order, t) })),
      order: ORDERS.map((value) => ({ value, weight: 1, parts: partsOf(x, value, t) })),
      lastVariable: valuesOf(order[D - 1], many).map((value) => ({ value, weight: 1, parts: [{ id: 'orderedVariable' as const, n: D, value }] })),
    },
    letters: { t },
  });
  return {
    ...world,
    symbol: (id, index, n) => (n === undefined ? world.symbol(id, index, n) : here.find((part) => part.id === id && part.n === n)?.value),
    outcomes(id, at = t) {
      if (at < 1 || at > D) return undefined;
      if (id === 'orderedVariable') return each(valuesOf(order[at - 1], many));
      if (id !== 'orderedPast') return world.outcomes?.(id);
      const seen = new Map(all.map((value) => known(value, order, at - 1)).map((part) => [part.join(), part]));
      return each([...seen.values()]);
    },
  };
}

/** Masks by counting, on one more variable. */
function masks(seed: number): World {
  const next = random(seed);
  const n = 4;
  const axes = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => Number(i === j)));
  const mask = axes.map((row, t) => row.map((_, j) => Number(j < t)));
  const [weights, x, bias] = [mask.map((row) => row.map(() => between(next, -1, 1))), axes.map(() => between(next, -1, 1)), axes.map(() => between(next, -1, 1))];
  const t = 1 + Math.floor(next() * n);
  // Hidden unit m, from 1 to one less than there are variables.
  const units = [1, 2, 3];
  return worldOf({
    values: {
      x, dimensions: n, maskMatrix: mask, weightMatrix: weights, maskedWeights: weights.map((row, i) => row.map((w, j) => (j < i ? w : 0))), biasVector: bias, logitVector: mask.map((row, i) => bias[i] + sum(row.map((kept, j) => (kept ? weights[i][j] * x[j] : 0)))),
      inputMask: units.map((m) => axes.map((_, i) => Number(i + 1 <= m))), outputMask: axes.map((_, i) => units.map((m) => Number(m < i + 1))),
    },
    members: { axisVector: nth(axes), component: nth(x), rowWeight: nth(weights[t - 1]) },
    letters: { t, k: 1 + Math.floor(next() * n), j: 1 + Math.floor(next() * n) },
  });
}

/** Every order at once. @param agrees the conditional distributions come from one joint one, so that the order does not matter. */
export function anyOrderWorld(seed: number, step: DerivationStep, agrees = false): World {
  const symbols = stepSymbols(step);
  if (!symbols.some((id) => ['x', 'orderedVariable', 'orderedPast', 'orderBound', 'orderTerm'].includes(id))) return orders(seed);
  return (agrees ? agreeingOrders : allOrders)(seed);
}

const allOrders = remembered((seed: number) => everyOrder(seed, false));
const agreeingOrders = remembered((seed: number) => everyOrder(seed, true));

/** The orders of two to five variables, counted. */
function orders(seed: number): World {
  const n = 2 + (seed % 4);
  const list = product(Array.from({ length: n }, () => Array.from({ length: n }, (_, i) => i + 1))).filter((one) => new Set(one).size === n);
  return worldOf({ values: { dimensions: n, order: list[seed % list.length] }, functions: () => ({ orderDistribution: (order: Part) => (list.includes(order as number[]) ? 1 / list.length : undefined) }), letters: { t: 1 + (seed % n) } });
}

function everyOrder(seed: number, agrees: boolean): World {
  const next = random(seed);
  const many = seed % 5 === 0 ? 3 : 2;
  const all = examples(many);
  const joint = marginals(all, probabilities(next, all.length));
  const net = agrees ? joint.conditional : network(next, many);
  const leaves = ORDERS.map((order) => drawn(net, order, many));
  const [t, x] = [1 + Math.floor(next() * D), all[Math.floor(next() * all.length)]];
  const at = Math.floor(next() * ORDERS.length);
  const chances = leaves.map((of) => of.get(x.join())!);
  // By sets in place of orders: what is known at place t is each set of t − 1 variables equally often.
  const term = (place: number): number | undefined => {
    if (place < 1 || place > D) return undefined;
    const sets = [...new Map(ORDERS.map((order) => known(x, order, place - 1)).map((part) => [part.join(), part])).values()];
    const missing = sets.map((part) => x.filter((_, i) => part[i] === 0).map((v) => Math.log(net(v, part)!)));
    return sum(missing.map((logs) => sum(logs) / logs.length)) / sets.length;
  };
  const here = partsOf(x, ORDERS[at], t);
  const world = worldOf({
    values: { x, order: ORDERS[at], dimensions: D, nothingKnown: NOTHING, orderBound: Math.log(chances.reduce((a, b) => a * b, 1)) / ORDERS.length, orderTerm: term(t)!, ...Object.fromEntries(here.filter(({ n }) => n === undefined).map(({ id, value }) => [id, value])) },
    members: { anyVariable: nth(x) },
    functions: () => ({
      givenOrderModel: (of: Part, order: Part) => leaves[ORDERS.findIndex((one) => one === order)]?.get(of.join()),
      anyOrderModel: (of: Part) => sum(leaves.map((one) => one.get(of.join())!)) / ORDERS.length,
      orderPosterior: (order: Part, of: Part) => {
        const own = leaves.map((one) => one.get(of.join()) ?? NaN);
        return own[ORDERS.findIndex((one) => one === order)] / sum(own);
      },
      orderDistribution: (order: Part) => (ORDERS.some((one) => one === order) ? 1 / ORDERS.length : undefined),
      variableModel: (variable: number, part: Part) => (Array.isArray(part) ? net(variable, part) : undefined),
      isKnown: (k: number, part: Part) => (Array.isArray(part) && k >= 1 && k <= D ? Number(part[k - 1] !== 0) : undefined),
    }),
    outcomes: {
      x: all.map((value) => ({ value, weight: 1, parts: partsOf(value, ORDERS[at], t) })),
      order: ORDERS.map((value) => ({ value, weight: 1, parts: partsOf(x, value, t) })),
    },
    letters: { t, k: 1 + Math.floor(next() * D) },
  });
  return { ...world, symbol: (id, index, n) => (n === undefined || id === 'anyVariable' ? world.symbol(id, index, n) : id === 'orderTerm' ? term(n) : here.find((part) => part.id === id && part.n === n)?.value) };
}
