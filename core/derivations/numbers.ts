/** Both sides of a line as numbers, in a random world: what a reader compares. */
import type { Value, World } from '../formulas/evaluate';
import { valuesIn } from './verify/check';
import type { Derivation, DerivationStep } from './types';

export interface SideNumbers {
  left: Value;
  right: Value;
  /** What is compared where it is not the two sides themselves. */
  note: 'ratio' | 'limit' | null;
}

/** Which of the worlds towards a limit is shown: near it, but not so near that the two sides read the same. */
const LIMIT_SHOWN = 1;

/** In the world of this seed, counted from 1. Null where the line cannot be evaluated there, which a test excludes. */
export function numbersOf(derivation: Derivation, step: DerivationStep, seed: number): SideNumbers | null {
  const [here] = derivation.cases(step);
  return orNull(() => {
    if (step.relation === 'proportional') {
      // A factor is left open, so what must agree is how each side changes from one point to another.
      const [a, b] = here.pair!(seed);
      const [left, right] = [0, 1].map((side) => (valuesIn(step, a)[side] as number) / (valuesIn(step, b)[side] as number));
      return { left, right, note: 'ratio' };
    }
    const limit = step.relation === 'approaches';
    const [left, right] = valuesIn(step, limit ? here.limit!(seed, LIMIT_SHOWN) : here.world(seed));
    return { left, right, note: limit ? 'limit' : null };
  });
}

/** In a world that knows some of the symbols only; null where it lacks one, and for what no single world can show. */
export function numbersIn(step: DerivationStep, world: World): SideNumbers | null {
  if (step.relation === 'proportional' || step.relation === 'approaches') return null;
  return orNull(() => {
    const [left, right] = valuesIn(step, world);
    return { left, right, note: null };
  });
}

function orNull(numbers: () => SideNumbers): SideNumbers | null {
  try {
    return numbers();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
