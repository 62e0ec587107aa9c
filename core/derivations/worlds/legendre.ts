/** Nodes of integrals over an interval. */
import type { Outcome } from '../../formulas/evaluate';
import { legendreNodes, type Node } from '../../math/legendre';
import { remembered } from '../../remembered';

/** Of the integral from one end to the other, exact for polynomials of degree 2n − 1. */
export function nodesBetween(from: number, to: number, n: number): Outcome[] {
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  return legendreNodes(n).map(({ at, weight }) => ({ value: (low + high + (high - low) * at) / 2, weight: (weight * (high - low)) / 2 }));
}

/** Of the integral from 0 to 1. */
export const unitNodes = remembered((n: number): readonly Node[] => legendreNodes(n).map(({ at, weight }) => ({ at: (1 - at) / 2, weight: weight / 2 })));
