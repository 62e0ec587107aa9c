import { remembered } from '../remembered';

export interface Node {
  at: number;
  weight: number;
}

/** Nodes and weights of Gauss–Legendre quadrature between −1 and 1, by Newton's method on the recurrence of the polynomials. Exact for polynomials of degree 2n − 1. */
export const legendreNodes = remembered((n: number): readonly Node[] =>
  Array.from({ length: n }, (_, i) => {
    let at = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 1;
    for (let step = 0; step < 20; step++) {
      let [before, last] = [1, at];
      for (let k = 1; k < n; k++) [before, last] = [last, ((2 * k + 1) * at * last - k * before) / (k + 1)];
      slope = (n * (before - at * last)) / (1 - at * at);
      at -= last / slope;
    }
    return { at, weight: 2 / ((1 - at * at) * slope * slope) };
  }));
