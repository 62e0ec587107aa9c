/** When a plot asks for a log scale. Pure. */

/** Positive values over more than this factor are drawn on a log scale. */
const LOG_SPAN = 20;

export function wantsLog(values: Iterable<number | null>): boolean {
  let [min, max] = [Infinity, 0];
  for (const value of values) {
    if (value === null || !Number.isFinite(value)) continue;
    if (value <= 0) return false;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return max / min > LOG_SPAN;
}
