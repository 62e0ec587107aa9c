/** Numbers of curves and bars: runs on one axis, the stack of the bound, gaps and histograms. Pure. */
import type { Bound, VaeBaseline } from '../runtime/types';
import type { VaeBaselines, VaeCurves } from './types';

export interface Run {
  name: string;
  steps: readonly number[];
  values: readonly number[];
}

/** All runs over the union of their steps; null where a run has no value there. */
export function aligned(runs: readonly { steps: readonly number[]; columns: readonly (readonly number[])[] }[]): { steps: number[]; columns: (number | null)[][] } {
  const steps = [...new Set(runs.flatMap((run) => run.steps))].sort((a, b) => a - b);
  const places = new Map(steps.map((step, i) => [step, i]));
  const columns = runs.flatMap((run) => run.columns.map((values) => {
    const column = new Array<number | null>(steps.length).fill(null);
    run.steps.forEach((step, i) => (column[places.get(step)!] = Number.isFinite(values[i]) ? values[i] : null));
    return column;
  }));
  return { steps, columns };
}

/** Upper edges of the stacked areas: the reconstruction, and with the divergence on it −ELBO. */
export const stacked = ({ reconstruction, klDivergence }: Pick<VaeCurves, 'reconstruction' | 'klDivergence'>): [number[], number[]] => [[...reconstruction], reconstruction.map((value, i) => value + klDivergence[i])];

/** Whether what is minimised is something else than −ELBO per example: another β, another reduction. */
export const lossDiffers = ({ reconstruction, klDivergence, loss }: VaeCurves): boolean =>
  loss.some((value, i) => Math.abs(value - reconstruction[i] - klDivergence[i]) > 1e-3 * Math.max(1, Math.abs(value)));

/** At most `room` of n indices, the first and the last among them. */
export function thinned(n: number, room: number): number[] {
  if (n <= room) return Array.from({ length: n }, (_, i) => i);
  return [...new Set(Array.from({ length: room }, (_, i) => Math.round((i * (n - 1)) / (room - 1))))];
}

export interface Gap {
  k: number;
  /** −log of the importance weighted estimate, mean over the examples: nats. */
  value: number;
  /** How much tighter than −ELBO. */
  gap: number;
}

export const gapsOf = ({ reconstruction, kl, importance }: Bound): Gap[] => [...importance].sort((a, b) => a.k - b.k).map(({ k, bound }) => ({ k, value: -bound, gap: reconstruction + kl + bound }));

export interface ErrorRow {
  kind: 'mean' | 'pca' | 'model' | 'run';
  /** Of a run. */
  name: string;
  /** Of PCA. */
  components: number;
  /** Null where there is none yet. */
  error: number | null;
  /** Of the longest bar, 0 … 1. */
  share: number;
}

/** On one axis from 0 on. What is no number, or much worse than the mean example, ends at the edge. */
export function errorRows({ model, others }: Pick<VaeBaselines, 'model' | 'others'>, { mean, pca, components }: Pick<VaeBaseline, 'mean' | 'pca' | 'components'>): ErrorRow[] {
  const rows = [
    { kind: 'mean', name: '', error: mean } as const, { kind: 'pca', name: '', error: pca } as const, { kind: 'model', name: '', error: model } as const,
    ...others.map(({ name, error }) => ({ kind: 'run', name, error }) as const),
  ];
  const most = Math.max(Number.MIN_VALUE, ...rows.map(({ error }) => (error !== null && Number.isFinite(error) ? Math.min(error, 2 * mean) : 0)));
  return rows.map(({ kind, name, error }) => ({ kind, name, components, error, share: error === null ? 0 : Number.isFinite(error) ? Math.min(1, error / most) : 1 }));
}

export interface Histogram {
  from: number;
  width: number;
  counts: number[];
}

/** Bins of equal width from the least to the largest value. */
export function histogram(values: ArrayLike<number>, bins: number): Histogram {
  let [from, to] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) [from, to] = [Math.min(from, values[i]), Math.max(to, values[i])];
  if (!(to >= from)) return { from: 0, width: 1, counts: [] };
  const width = to > from ? (to - from) / bins : 1;
  const counts = new Array<number>(bins).fill(0);
  for (let i = 0; i < values.length; i++) counts[Math.min(bins - 1, Math.floor((values[i] - from) / width))]++;
  return { from, width, counts };
}

/** The value that `share` of all lie below. */
export function quantileOf(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted.length === 0 ? NaN : sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}
