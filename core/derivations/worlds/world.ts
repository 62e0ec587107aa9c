/** A world from plain parts, and what the worlds of several families need. Nothing in these worlds is taken from the expressions. */
import type { Letter } from '../../formulas/expr';
import type { Outcome, Value, World } from '../../formulas/evaluate';
import type { SymbolId } from '../../formulas/symbols';
import { remembered } from '../../remembered';
import type { Random } from './random';

export interface Parts {
  values: Partial<Record<SymbolId, Value>>;
  /** The n-th member of a family of symbols, counted from 1. */
  members?: Partial<Record<SymbolId, (n: number) => Value | undefined>>;
  /** Function symbols, of as many arguments as they name; `look` gives a symbol as it is while a derivative moves it. */
  functions?: (look: (id: SymbolId) => Value) => Partial<Record<SymbolId, (...args: never[]) => Value | undefined>>;
  outcomes?: Partial<Record<SymbolId, readonly Outcome[]>>;
  letters?: Partial<Record<Letter, number>>;
}

export function worldOf({ values, members = {}, functions, outcomes = {}, letters = {} }: Parts): World {
  return {
    symbol: (id, index, n) => (index === undefined ? values[id] : n === undefined ? undefined : members[id]?.(n)),
    call(id, args, look) {
      const f = functions?.(look)[id];
      return f?.length === args.length ? f(...(args as never[])) : undefined;
    },
    density: () => undefined,
    outcomes: (id) => outcomes[id],
    letter: (letter) => letters[letter],
  };
}

/** The n-th of a list, counted from 1. */
export const nth = <T>(list: readonly T[]) => (n: number): T | undefined => list[n - 1];

/** Outcomes of a finite space. */
export const each = (values: readonly Value[]): Outcome[] => values.map((value) => ({ value, weight: 1 }));

/** Positive numbers that sum to 1, none of them tiny. */
export function probabilities(next: Random, n: number): number[] {
  const raw = Array.from({ length: n }, () => 0.2 + next());
  const all = sum(raw);
  return raw.map((value) => value / all);
}

export const between = (next: Random, low: number, high: number): number => low + (high - low) * next();

export const normalDensity = (x: number, mean: number, variance: number): number => Math.exp(-((x - mean) ** 2) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);

export const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);

/** a·x + b·y */
export const combine = (a: number, x: readonly number[], b: number, y: readonly number[]): number[] => x.map((value, i) => a * value + b * y[i]);

export const inner = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, i) => sum + value * b[i], 0);

/** Where a function that falls through zero between the two ends is zero, to the last bit. */
export function rootOf(f: (x: number) => number, low: number, high: number): number {
  let [a, b] = [low, high];
  for (let i = 0; i < 200; i++) {
    const middle = (a + b) / 2;
    if (middle === a || middle === b) break;
    if (f(middle) > 0) a = middle;
    else b = middle;
  }
  return (a + b) / 2;
}

/** Nodes and weights of Gauss–Hermite quadrature for the standard normal distribution, by Newton's method on the recurrence. Not computed before a world wants them: the page loads all worlds. */
export const normalNodes = remembered((n: number): readonly { at: number; weight: number }[] => {
  // Orthonormal Hermite polynomials of the normal density: √(k+1) h_{k+1} = x h_k − √k h_{k−1}.
  const ladder = (x: number): { last: number; before: number; squares: number } => {
    let [before, last, squares] = [0, 1, 1];
    for (let k = 0; k < n; k++) {
      [before, last] = [last, (x * last - Math.sqrt(k) * before) / Math.sqrt(k + 1)];
      if (k < n - 1) squares += last ** 2;
    }
    return { last, before, squares };
  };
  const nodes: number[] = [];
  const reach = Math.sqrt(4 * n + 2);
  for (let i = 0, previous = ladder(-reach).last; i < 4000; i++) {
    const [from, to] = [-reach + (2 * reach * i) / 4000, -reach + (2 * reach * (i + 1)) / 4000];
    const value = ladder(to).last;
    // A root may lie on the grid itself, as 0 does for every odd n.
    if (previous * value < 0 || value === 0) {
      let x = (from + to) / 2;
      for (let step = 0; step < 20; step++) {
        const { last, before } = ladder(x);
        x -= last / (Math.sqrt(n) * before);
      }
      nodes.push(x);
    }
    previous = value;
  }
  return nodes.map((at) => ({ at, weight: 1 / ladder(at).squares }));
});
