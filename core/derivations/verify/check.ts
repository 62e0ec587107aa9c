/** Does a line hold, and is a slip in it noticed? */
import { evaluate, type Value, type World } from '../../formulas/evaluate';
import type { Expr } from '../../formulas/expr';
import type { Case, DerivationStep } from '../types';

/** In how many worlds every line is evaluated. */
export const WORLDS = 25;
/** A line holds below the first; a mutant counts as caught only above the second, far from rounding. */
export const HOLDS = 1e-9;
export const CAUGHT = 1e-6;
/** Worlds towards a limit. The last may be as far from it as `NEAR`; one step nearer, the gap must be at most `SHRINKS` of what it was. */
const LIMIT_WORLDS = 4;
export const NEAR = 2e-3;
const SHRINKS = 0.5;

export type Sides = Pick<DerivationStep, 'left' | 'relation' | 'right'>;

/** Largest difference relative to the larger side; Infinity where the two cannot be compared. */
export function relativeDifference(left: Value, right: Value): number {
  const [a, b] = [left, right].map((value) => (typeof value === 'number' ? [value] : (value as (number | number[])[]).flat()));
  if (typeof left !== typeof right || a.length !== b.length) return Infinity;
  const size = Math.max(...[...a, ...b].map(Math.abs));
  const gap = Math.max(...a.map((value, i) => Math.abs(value - b[i])));
  if (gap === 0) return 0;
  return Number.isFinite(gap) ? gap / size : Infinity;
}

/** Left and right in one world. */
export const valuesIn = ({ left, right }: Pick<Sides, 'left' | 'right'>, world: World): [Value, Value] => [evaluate(left, world), evaluate(right, world)];

/** How far the two sides are from what the relation says, in the worlds of one seed; 0 is best. */
export function gap(sides: Sides, seed: number, kind: Case): number {
  switch (sides.relation) {
    case 'equal':
      return relativeDifference(...valuesIn(sides, kind.world(seed)));
    case 'proportional': {
      // A constant factor drops out of the ratio of the values at two points.
      const worlds = needed(kind.pair, 'pair')(seed);
      const [a, b] = [sides.left, sides.right].map((side) => {
        const [at0, at1] = worlds.map((here) => Math.log(evaluate(side, here) as number));
        return at1 - at0;
      });
      return relativeDifference(a, b);
    }
    case 'at-least':
    case 'at-most': {
      const excess = excessIn(sides, kind.world(seed));
      const tight = kind.tight ? relativeDifference(...valuesIn(sides, kind.tight(seed))) : 0;
      return Math.max(0, -excess, tight);
    }
    case 'approaches': {
      const gaps = Array.from({ length: LIMIT_WORLDS }, (_, n) => relativeDifference(...valuesIn(sides, needed(kind.limit, 'limit')(seed, n))));
      const last = gaps[LIMIT_WORLDS - 1];
      const shrinks = gaps.every((g, n) => n === 0 || g <= SHRINKS * gaps[n - 1] || g < HOLDS);
      return last <= NEAR && shrinks ? 0 : Math.max(last, CAUGHT * 2);
    }
  }
}

/** By how much the larger side is larger, relative to both. */
function excessIn(sides: Sides, world: World): number {
  const [a, b] = valuesIn(sides, world) as [number, number];
  const [large, small] = sides.relation === 'at-least' ? [a, b] : [b, a];
  return (large - small) / Math.max(Math.abs(large), Math.abs(small), 1e-300);
}

/** An inequality that is an equation everywhere says less than it could. */
export function isStrictSomewhere(sides: Sides, kind: Case, worlds = WORLDS): boolean {
  for (let seed = 1; seed <= worlds; seed++) if (excessIn(sides, kind.world(seed)) > CAUGHT) return true;
  return false;
}

const isInequality = ({ relation }: Sides): boolean => relation === 'at-least' || relation === 'at-most';

/** The largest gap over all worlds; Infinity for an inequality that is nowhere strict. */
export function residual(sides: Sides, kind: Case, worlds = WORLDS): number {
  let worst = 0;
  for (let seed = 1; seed <= worlds; seed++) worst = Math.max(worst, orInfinity(gap(sides, seed, kind)));
  return isInequality(sides) && !isStrictSomewhere(sides, kind, worlds) ? Infinity : worst;
}

/** Is it told from a line that holds, in any world? */
export function isCaught(sides: Sides, kind: Case): boolean {
  try {
    for (let seed = 1; seed <= WORLDS; seed++) if (!(gap(sides, seed, kind) <= CAUGHT)) return true;
    return isInequality(sides) && !isStrictSomewhere(sides, kind);
  } catch (error) {
    // A mutant that mixes numbers and vectors, or asks for what does not exist, is caught as well.
    if (error instanceof RangeError || error instanceof TypeError) return true;
    throw error;
  }
}

/** The line with one side replaced. */
export const withSide = (step: DerivationStep, side: 'left' | 'right', expr: Expr): Sides => ({ relation: step.relation, left: side === 'left' ? expr : step.left, right: side === 'right' ? expr : step.right });

const orInfinity = (x: number): number => (Number.isNaN(x) ? Infinity : x);

function needed<F>(f: F | undefined, name: string): F {
  if (!f) throw new Error(`The line needs worlds of the kind "${name}".`);
  return f;
}
