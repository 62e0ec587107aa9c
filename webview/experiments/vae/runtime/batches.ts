/** Which examples a step takes, and in which halves: a function of the seed and the step alone. */
import type { Examples } from '../../../../core/math/examples';
import { createRandom } from '../../../../core/math/random';

/** Two shards a batch, always: so one worker and two compute the same sums in the same order. */
export const SHARDS = 2;

export interface Batch {
  epoch: number;
  /** Numbers of its examples. */
  examples: Uint32Array;
}

/** Shuffles each epoch anew, and gives every example once an epoch; the last batch of an epoch may be smaller. */
export class Batches {
  readonly perEpoch: number;
  private order: { epoch: number; permutation: Uint32Array } | null = null;

  constructor(private readonly count: number, private readonly batchSize: number, private readonly seed: number) {
    this.perEpoch = Math.ceil(count / batchSize);
  }

  /** @param step from 0 on */
  at(step: number): Batch {
    const epoch = Math.floor(step / this.perEpoch);
    if (this.order?.epoch !== epoch) this.order = { epoch, permutation: permutation(this.count, this.seed, epoch) };
    const from = (step % this.perEpoch) * this.batchSize;
    return { epoch, examples: this.order.permutation.subarray(from, Math.min(from + this.batchSize, this.count)) };
  }
}

/** Fisher and Yates' shuffle. */
export function permutation(count: number, seed: number, epoch: number): Uint32Array {
  const words = createRandom(seed).words(`vae/shuffle/${epoch}`, 0, count);
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor((words[i] / 2 ** 32) * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/** Rows of a shard within its batch: the first half has the odd one. */
export function shardRows(batch: number, shard: number): { from: number; to: number } {
  const half = Math.ceil(batch / SHARDS);
  return shard === 0 ? { from: 0, to: half } : { from: half, to: batch };
}

/** Those examples, one below the other. */
export function gather({ values, size }: Pick<Examples, 'values' | 'size'>, rows: ArrayLike<number>): Uint8Array | Float32Array {
  const out = values instanceof Uint8Array ? new Uint8Array(rows.length * size) : new Float32Array(rows.length * size);
  for (let r = 0; r < rows.length; r++) out.set(values.subarray(rows[r] * size, (rows[r] + 1) * size), r * size);
  return out;
}
