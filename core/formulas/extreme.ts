/** Where a function that is only known by its values is largest. */
import { differentiate } from './differentiate';
import type { Value } from './values';

/**
 * The best of `values`; where these are numbers in rising order, the place next to it where the derivative is zero, to about 1e-11.
 * What has its maximum at an end stays there.
 */
export function extremeOf(f: (at: Value) => number, values: readonly Value[]): Value {
  const heights = values.map(f);
  const best = heights.indexOf(Math.max(...heights));
  const [before, at, after] = [values[best - 1], values[best], values[best + 1]];
  if (typeof at !== 'number' || typeof before !== 'number' || typeof after !== 'number') return at;
  const slope = (x: number): number => differentiate(f, x) as number;
  let [low, high] = [before, after];
  if (!(slope(low) > 0 && slope(high) < 0)) return at;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (slope(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
