/** Integrals of functions that are only known by their values. */
import { remembered } from '../remembered';
import { scale, zip, type Value } from './values';

/** Enough for functions that are smooth between the bounds: it is exact for polynomials of degree 47. */
const NODES = 24;

/** ∫ f from one number to another, by the quadrature of Gauss and Legendre. */
export function integrate(f: (at: number) => Value, from: number, to: number): Value {
  const [middle, half] = [(from + to) / 2, (to - from) / 2];
  return legendre(NODES).map(({ at, weight }) => scale(half * weight, f(middle + half * at))).reduce((a, b) => zip(a, b, (x, y) => x + y));
}

/** Nodes and weights between −1 and 1, by Newton's method on the recurrence of the Legendre polynomials. */
const legendre = remembered((n: number): readonly { at: number; weight: number }[] =>
  Array.from({ length: n }, (_, i) => {
    let at = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 1;
    for (let step = 0; step < 8; step++) {
      let [before, last] = [1, at];
      for (let k = 1; k < n; k++) [before, last] = [last, ((2 * k + 1) * at * last - k * before) / (k + 1)];
      slope = (n * (before - at * last)) / (1 - at * at);
      at -= last / slope;
    }
    return { at, weight: 2 / ((1 - at * at) * slope * slope) };
  }));
