/** The noise of a batch: a function of the seed, of what it is drawn for, and of the row. */
import { keyFromSeed, streamWords } from '../../../../core/math/random';
import type { Matrix, Ops } from '../../../kernels/nets';
import type { Draw } from './model';

/**
 * @param purpose names the streams, one a level: `train/7`.
 * @param firstRow of the batch. Rows begin at pairs of numbers: a shard whose rows end within a pair leaves the rest of it.
 */
export function noiseOf<M extends Matrix>(ops: Ops<M>, { seed, importanceSamples }: { seed: number; importanceSamples: number }, purpose: string, firstRow: number): Draw<M> {
  const key = keyFromSeed(seed);
  return (level, rows, columns) =>
    ops.normals(rows, columns, { key, stream: streamWords(`vae/noise${level}/${purpose}`), firstPair: Math.ceil((firstRow * importanceSamples * columns) / 2) });
}
