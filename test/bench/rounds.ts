/** Measuring on a machine that does other things too: contenders take turns, and medians speak. */

/** The upper of the two in the middle of an even number. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('There is no median of nothing.');
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

/** Two decimals below 100, one below 1,000: more is noise. */
export function round(value: number): number {
  const scale = Math.abs(value) < 100 ? 100 : Math.abs(value) < 1000 ? 10 : 1;
  return Math.round(scale * value) / scale;
}

/**
 * Runs every contender once a round, so that what else the machine does falls on all of them.
 * @returns what each measured, round by round.
 */
export async function inTurns<K extends string>(contenders: Record<K, () => Promise<number>>, rounds: number): Promise<Record<K, number[]>> {
  const names = Object.keys(contenders) as K[];
  const measured = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>;
  for (let n = 0; n < rounds; n++) {
    // Whoever comes first may find the machine in another state than whoever comes last.
    for (const name of n % 2 === 0 ? names : [...names].reverse()) measured[name].push(await contenders[name]());
  }
  return measured;
}

/** Median over the rounds of one contender's figure by another's of the same round. */
export function ratio(over: readonly number[], under: readonly number[]): number {
  return median(over.map((value, n) => value / under[n]));
}
