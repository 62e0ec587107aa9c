/** Integrals between two bounds, of functions that are only known by their values. */
import { remembered } from '../remembered';
import { scale, zip, type Value } from './values';

/** Exact for polynomials of degree 95; what is smooth over a few of its widths is exact to rounding. */
const NODES = 48;

/** Gauss–Legendre nodes and weights between −1 and 1, by Newton's method on the recurrence of the polynomials. */
const legendre = remembered((n: number): readonly { at: number; weight: number }[] => Array.from({ length: n }, (_, i) => {
  let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
  let slope = 0;
  for (let step = 0; step < 20; step++) {
    let [before, last] = [1, x];
    for (let k = 2; k <= n; k++) [before, last] = [last, ((2 * k - 1) * x * last - (k - 1) * before) / k];
    slope = (n * (x * last - before)) / (x * x - 1);
    x -= last / slope;
  }
  return { at: x, weight: 2 / ((1 - x * x) * slope ** 2) };
}));

/** ∫ f from one bound to the other; with the sign turned where the first is the larger. */
export function integrate(f: (at: number) => Value, from: number, to: number): Value {
  const [middle, half] = [(from + to) / 2, (to - from) / 2];
  return legendre(NODES).map(({ at, weight }) => scale(half * weight, f(middle + half * at))).reduce((a, b) => zip(a, b, (x, y) => x + y));
}
