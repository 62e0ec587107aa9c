/** Nodes of Gauss–Legendre quadrature, for integrals over an interval. */
import { remembered } from '../../remembered';

/** Nodes and weights on the interval from 0 to 1, by Newton's method on the recurrence. Exact for polynomials of degree 2n − 1. */
export const legendreNodes = remembered((n: number): readonly { at: number; weight: number }[] => Array.from({ length: n }, (_, i) => {
  let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
  let slope = 1;
  for (let step = 0; step < 20; step++) {
    let [before, last] = [1, x];
    for (let k = 2; k <= n; k++) [before, last] = [last, ((2 * k - 1) * x * last - (k - 1) * before) / k];
    slope = (n * (x * last - before)) / (x * x - 1);
    x -= last / slope;
  }
  return { at: (1 - x) / 2, weight: 1 / ((1 - x * x) * slope ** 2) };
}));
