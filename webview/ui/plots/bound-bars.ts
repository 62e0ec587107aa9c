/** The variational bound as bars: grouping, units, totals. Pure. */

export type BoundUnit = 'nats' | 'bits/dim';

/** L_0 (the decoder), L_1 … L_{T−1} (divergences of posteriors) and L_T (the prior) are of different kinds: they never share a bar. */
export type TermKind = 'decoder' | 'divergence' | 'prior';

export interface BoundBar {
  kind: TermKind;
  /** The bar holds L_first … L_last. */
  first: number;
  last: number;
  /** Sum of the terms that are known; NaN when none is. */
  nats: number;
  /** How many of its terms are not known yet. */
  missing: number;
}

export interface BoundBars {
  bars: BoundBar[];
  /** How many divergences one bar sums. */
  perBar: number;
}

const NICE = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000, 10_000];

/**
 * @param terms L_0 … L_T in nats, length T + 1; NaN where not computed.
 * @param room how many bars there is room for; L_0 and L_T always get one.
 */
export function boundBars(terms: ArrayLike<number>, room: number): BoundBars {
  const T = terms.length - 1;
  if (T < 0) return { bars: [], perBar: 1 };
  const needed = (T - 1) / Math.max(1, Math.floor(room) - 2);
  const perBar = NICE.find((count) => count >= needed) ?? Math.ceil(needed);
  const bars = [barOf(terms, 'decoder', 0, 0)];
  for (let first = 1; first < T; first += perBar) bars.push(barOf(terms, 'divergence', first, Math.min(T - 1, first + perBar - 1)));
  if (T > 0) bars.push(barOf(terms, 'prior', T, T));
  return { bars, perBar };
}

function barOf(terms: ArrayLike<number>, kind: TermKind, first: number, last: number): BoundBar {
  const { sum, known } = sumOf(terms, first, last);
  return { kind, first, last, nats: known > 0 ? sum : NaN, missing: last - first + 1 - known };
}

function sumOf(terms: ArrayLike<number>, first: number, last: number): { sum: number; known: number } {
  let [sum, known] = [0, 0];
  for (let k = first; k <= last; k++) {
    if (Number.isNaN(terms[k])) continue;
    sum += terms[k];
    known++;
  }
  return { sum, known };
}

export interface BoundTotal {
  /** All in nats; sums of what is known, NaN where nothing is. */
  decoder: number;
  divergences: number;
  prior: number;
  total: number;
  known: number;
  terms: number;
}

export function boundTotal(terms: ArrayLike<number>): BoundTotal {
  const T = terms.length - 1;
  const sum = (first: number, last: number) => {
    const { sum: value, known } = sumOf(terms, first, last);
    return known > 0 ? value : NaN;
  };
  return {
    decoder: sum(0, Math.min(0, T)), divergences: sum(1, T - 1), prior: T > 0 ? sum(T, T) : NaN, total: sum(0, T),
    known: sumOf(terms, 0, T).known, terms: terms.length,
  };
}

/** Bits per dimension: nats/(D ln 2). */
export const inUnit = (nats: number, unit: BoundUnit, dimensions: number): number => (unit === 'nats' ? nats : nats / (dimensions * Math.LN2));

/** The paper's t at which a term is paid: L_{t−1} at step t; L_T at the end. */
export const timeOfTerm = (k: number, T: number): number => Math.min(k + 1, T);

/** The bar with the term of time t (t = 0, the data, counts as the first step). */
export function barOfTime(bars: readonly BoundBar[], t: number): number {
  const k = Math.max(0, t - 1);
  return bars.findIndex(({ first, last }) => k >= first && k <= last);
}

/** `L₁₃₇` or `L₁₃₆ … L₁₄₀`. */
export function termName({ first, last }: Pick<BoundBar, 'first' | 'last'>): string {
  const name = (k: number) => `L${[...String(k)].map((digit) => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)]).join('')}`;
  return first === last ? name(first) : `${name(first)} … ${name(last)}`;
}

/** About `count` bars to be labelled, with the k that stands there: multiples of a round number, and the two ends. */
export function barLabels(bars: readonly BoundBar[], count: number): { index: number; k: number }[] {
  const T = bars.at(-1)?.last ?? 0;
  const every = NICE.find((step) => T / step <= Math.max(1, count)) ?? T;
  const labels: { index: number; k: number }[] = [];
  for (let k = 0; k < T - every / 2; k += every) labels.push({ index: barOfTime(bars, k + 1), k });
  labels.push({ index: bars.length - 1, k: T });
  return labels;
}
