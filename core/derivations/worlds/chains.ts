/**
 * A forward and a reverse chain over a few states, each as one table of whole paths x_0 … x_T.
 * Every distribution that a line names is a sum over paths, or a quotient of two such sums.
 */
import type { DerivationStep } from '../types';
import { stepSymbols } from '../render';
import type { Outcome, World } from '../../formulas/evaluate';
import { inWorlds } from './cases';
import { random, type Random } from './random';
import { between, each, probabilities, worldOf } from './world';

type Table = readonly { path: readonly number[]; p: number }[];
type Point = number | readonly number[];

/** States of different steps are different numbers, so a point says at which step it is. */
const stateOf = (n: number, k: number): number => 10 * n + k + 0.25;
const stepOf = (point: number): number => Math.floor(point / 10);
const times = (points: readonly Point[]): number[] => points.flat().map(stepOf);

/** All paths with their chance when the points are drawn in the order of `order`, each from a random table that looks only at the one drawn before. */
function markovTable(next: Random, T: number, size: number, order: readonly number[]): Table {
  const tables = order.map((_, i) => Array.from({ length: i === 0 ? 1 : size }, () => probabilities(next, size)));
  const paths = Array.from({ length: size ** (T + 1) }, (_, code) => Array.from({ length: T + 1 }, (_, n) => Math.floor(code / size ** n) % size));
  return paths.map((states) => ({
    path: states.map((k, n) => stateOf(n, k)),
    p: order.reduce((p, n, i) => p * tables[i][i === 0 ? 0 : states[order[i - 1]]][states[n]], 1),
  }));
}

/** The chance of some points when others are known; undefined for what is no point. */
function chances(table: Table): (of: readonly Point[], given?: readonly Point[]) => number {
  const known = new Map<string, number>();
  const mass = (points: readonly number[]): number => {
    const key = [...points].sort().join();
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = table.reduce((sum, { path, p }) => (points.every((point) => path[stepOf(point)] === point) ? sum + p : sum), 0);
    known.set(key, found);
    return found;
  };
  return (of, given = []) => mass([...of.flat(), ...given.flat()]) / mass(given.flat());
}

/** Of paths in which every point may depend on all before it. */
function anyTable(next: Random, T: number, size: number): Table {
  const table = markovTable(next, T, size, Array.from({ length: T + 1 }, (_, n) => n));
  const p = probabilities(next, table.length);
  return table.map(({ path }, i) => ({ path, p: p[i] }));
}

interface Options {
  /** The forward chain given the data is what the reverse chain says of noisy points when the data is known. */
  exact?: boolean;
  /** The forward chain is no Markov chain. */
  remembers?: boolean;
}

export function chainWorld(seed: number, options: Options = {}): World {
  const next = random(seed);
  // Four steps tell apart what three let coincide; three steps leave room for three states.
  const [T, size] = seed % 2 === 0 ? [4, 2] : [3, 3];
  const upward = Array.from({ length: T + 1 }, (_, n) => n);
  const p = chances(markovTable(next, T, size, upward.toReversed()));
  const states = upward.map((n) => Array.from({ length: size }, (_, k) => stateOf(n, k)));
  const free = options.remembers ? anyTable(next, T, size) : markovTable(next, T, size, upward);
  const q = options.exact ? p : chances(free);
  const t = T === 4 && between(next, 0, 1) > 0.5 ? 3 : 2;
  const here = free[Math.floor(next() * free.length)].path;
  const x0 = here[0];

  const all = free.map(({ path }) => path).filter(([first]) => first === x0);
  /** Every name by which a line may speak of the points of a path. */
  const partsOf = (path: readonly number[]): NonNullable<Outcome['parts']> => [
    { id: 'wholeTrajectory', value: path }, { id: 'xFirst', value: path[1] }, { id: 'xEnd', value: path[T] }, { id: 'xBeforeEnd', value: path[T - 1] },
    ...upward.slice(1).flatMap((n) => [n, ...(n === t ? [undefined] : [])].flatMap((as) => [
      { id: 'xt' as const, n: as, value: path[n] }, { id: 'xPrev' as const, n: as, value: path[n - 1] }, { id: 'history' as const, n: as, value: path.slice(0, n) },
      ...(n < T ? [{ id: 'xNext' as const, n: as, value: path[n + 1] }] : []),
    ])),
  ];
  const trios = (n: number): Outcome[] => (n === 1 ? [x0] : states[n - 1]).flatMap((a) => states[n].flatMap((b) => states[n + 1].map((c) => ({
    value: [a, b, c], weight: 1,
    parts: [n, ...(n === t ? [undefined] : [])].flatMap((as) => [{ id: 'xPrev' as const, n: as, value: a }, { id: 'xt' as const, n: as, value: b }, { id: 'xNext' as const, n: as, value: c }]),
  }))));

  const elbo = (): number => {
    // The log-likelihood less what separates the forward chain from the model's posterior.
    const whole = Math.log(p([x0]));
    return all.reduce((sum, path) => {
      const chance = q(path.slice(1), [x0]);
      return sum - chance * (Math.log(chance) - Math.log(p(path.slice(1), [x0])));
    }, whole);
  };
  const isAfter = (of: Point, given: readonly Point[]): boolean => typeof of === 'number' && Math.max(...times(given)) === stepOf(of) - 1;
  const isBefore = (of: Point, given: readonly Point[]): boolean => typeof of === 'number' && Math.min(...times(given)) === stepOf(of) + 1;
  const isData = (point: Point): boolean => typeof point === 'number' && stepOf(point) === 0;
  const isPath = (points: Point, from: number, length: number): points is readonly number[] => typeof points !== 'number' && points.length === length && points.every((point, i) => stepOf(point) === from + i);
  const isOne = (point: Point): boolean => typeof point === 'number';

  const functions = {
    forwardStep: (of: Point, before: Point, data?: Point) => (isOne(before) && isAfter(of, [before]) && (data === undefined || isData(data)) ? q([of], data === undefined ? [before] : [before, data]) : undefined),
    forwardNext: (of: Point, before: Point) => (!isOne(before) && isAfter(of, [before]) ? q([of], [before]) : undefined),
    forwardKernel: (of: Point, data: Point) => (isData(data) && isOne(of) && !isData(of) ? q([of], [data]) : undefined),
    forwardPosteriorAll: (of: Point, later: Point, data: Point) => (isData(data) && !isOne(later) && isBefore(of, [later]) ? q([of], [later, data]) : undefined),
    forwardPosterior: (of: Point, later: Point, data: Point) => (isData(data) && !isData(of) && isOne(later) && isBefore(of, [later]) ? q([of], [later, data]) : undefined),
    forwardJoint: (points: Point, data: Point) => (isData(data) && isPath(points, 1, T) ? q(points, [data]) : undefined),
    forwardPair: (a: Point, b: Point, data: Point) => (isData(data) && isAfter(b, [a]) ? q([a, b], [data]) : undefined),
    forwardTrio: (points: readonly number[], data: Point) => (isData(data) && isPath(points, stepOf(points[0]), 3) ? q(points, [data]) : undefined),
    forwardBridge: (of: number, a: Point, b: Point) => (isAfter(of, [a]) && isBefore(of, [b]) ? q([of], [a, b]) : undefined),
    forwardLeap: (of: number, a: number) => (stepOf(of) === stepOf(a) + 2 ? q([of], [a]) : undefined),
    reverseJoint: (points: Point) => (isPath(points, 0, T + 1) ? p(points) : undefined),
    reverseStep: (of: Point, later: Point) => (typeof later === 'number' && isBefore(of, [later]) ? p([of], [later]) : undefined),
    startDensity: (of: number) => (stepOf(of) === T ? p([of]) : undefined),
    evidence: (of: Point) => (isData(of) ? p([of]) : undefined),
    posterior: (points: Point, data: Point) => (isData(data) && isPath(points, 1, T) ? p(points, [data]) : undefined),
  };
  const values = Object.fromEntries(partsOf(here).filter(({ n }) => n === undefined).map(({ id, value }) => [id, value]));
  const world = worldOf({
    values: { ...values, T, t, x0, trajectory: here.slice(1), future: here.slice(t), elbo: elbo(), lossPrior: lossPrior(), lossStep: lossStep(t) },
    outcomes: {
      trajectory: all.map((path) => ({ value: path.slice(1), weight: 1, parts: partsOf(path) })),
      xFirst: each(states[1]), xEnd: each(states[T]), xBeforeEnd: each(states[T - 1]),
    },
    letters: { t },
  });
  const members = partsOf(here);
  return {
    ...world,
    symbol: (id, index, n) => (id === 'lossStep' && n !== undefined ? lossStep(n) : n === undefined ? world.symbol(id, index, n) : members.find((part) => part.id === id && part.n === n)?.value),
    // Some distributions are asked for with one condition and with several.
    call: (id, args) => (functions as Record<string, ((...points: never[]) => number | undefined) | undefined>)[id]?.(...(args as never[])),
    outcomes(id, n = t) {
      if (id === 'xt') return each(states[n]);
      if (id === 'xPrev') return each(n === 1 ? [x0] : states[n - 1]);
      if (id === 'trio') return trios(n);
      return world.outcomes?.(id);
    },
  };

  /** The divergence of two joint distributions of neighbours which have the later point in common. */
  function lossStep(n: number): number | undefined {
    if (n < 2 || n > T) return undefined;
    return states[n - 1].flatMap((a) => states[n].map((b) => ({ pair: q([a, b], [x0]), other: q([b], [x0]) * p([a], [b]) })))
      .reduce((sum, { pair, other }) => sum + pair * (Math.log(pair) - Math.log(other)), 0);
  }
  /** Cross-entropy less entropy. */
  function lossPrior(): number {
    const ends = states[T].map((end) => ({ chance: q([end], [x0]), start: p([end]) }));
    return ends.reduce((sum, { chance, start }) => sum - chance * Math.log(start), 0) - ends.reduce((sum, { chance }) => sum - chance * Math.log(chance), 0);
  }
}

/** The chain rule asks for no Markov chain. */
const isGeneral = (step: DerivationStep): boolean => ['forwardJoint', 'forwardNext'].every((id) => (stepSymbols(step) as string[]).includes(id));

/** The bound is the log-likelihood itself where the forward chain is the model's own posterior. */
export const chainCases = inWorlds((seed, step) => chainWorld(seed, { remembers: isGeneral(step) }), { tight: (seed) => chainWorld(seed, { exact: true }) });
