/** Integrals of functions that are only known by their values. */
import { legendreNodes } from '../math/legendre';
import { scale, zip, type Value } from './values';

/** Enough for functions that are smooth between the bounds: it is exact for polynomials of degree 47. */
const NODES = 24;

/** ∫ f from one number to another, by the quadrature of Gauss and Legendre. */
export function integrate(f: (at: number) => Value, from: number, to: number): Value {
  const [middle, half] = [(from + to) / 2, (to - from) / 2];
  return legendreNodes(NODES).map(({ at, weight }) => scale(half * weight, f(middle + half * at))).reduce((a, b) => zip(a, b, (x, y) => x + y));
}
