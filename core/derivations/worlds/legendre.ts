/** Nodes of integrals over an interval. */
import type { Outcome } from '../../formulas/evaluate';
import { remembered } from '../../remembered';

/** Gauss–Legendre nodes on the interval from −1 to 1, by Newton's method on the recurrence. Not computed before a world wants them. */
const unitNodes = remembered((n: number): readonly { at: number; weight: number }[] =>
  Array.from({ length: n }, (_, i) => {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 1;
    for (let step = 0; step < 20; step++) {
      let [before, last] = [1, x];
      for (let k = 2; k <= n; k++) [before, last] = [last, ((2 * k - 1) * x * last - (k - 1) * before) / k];
      slope = (n * (x * last - before)) / (x * x - 1);
      x -= last / slope;
    }
    return { at: x, weight: 2 / ((1 - x * x) * slope * slope) };
  }));

/** Of the integral from one end to the other, exact for polynomials of degree 2n − 1. */
export function nodesBetween(from: number, to: number, n: number): Outcome[] {
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  return unitNodes(n).map(({ at, weight }) => ({ value: (low + high + (high - low) * at) / 2, weight: (weight * (high - low)) / 2 }));
}
