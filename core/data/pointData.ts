/** The two-dimensional sets as examples: a draw to train on, and an independent one to test on. */
import { drawDataset, drawLabels, datasetOf, type DatasetId } from '../math/datasets';
import type { Examples, LabelledData } from '../math/examples';

export const POINTS = { train: 10_000, test: 2_000 } as const;

/** Standardised, with the number of the part (moon, Gaussian, ring …) as label; null where the set has no parts. @throws RangeError for an unknown id */
export function pointData(id: DatasetId, seed: number, { train, test }: { train: number; test: number } = POINTS): LabelledData {
  const draw = (count: number, stream: number): Examples => ({ count, size: 2, image: null, values: drawDataset(id, count, seed, stream), labels: drawLabels(id, count, seed, stream) });
  return { id, title: datasetOf(id).title, train: draw(train, 0), test: draw(test, 1), labelNames: null, attribution: '' };
}
