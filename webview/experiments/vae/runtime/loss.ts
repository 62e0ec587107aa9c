/** The loss of a shard, its gradient, and its terms as sums that can be added up over shards. */
import type { Matrix, Ops } from '../../../kernels/nets';
import type { VaeSettings } from '../manifest';
import type { Scales } from '../objective';
import type { Draw, Model } from './model';
import type { StepTerms } from './types';

/** Sums over the rows of a shard. */
export interface ShardTerms {
  rows: number;
  loss: number;
  reconstruction: number;
  kl: number;
}

/** What `takeRecords` gives for a shard, and what it means. */
export interface Recorded {
  count: number;
  terms(sums: ArrayLike<number>): ShardTerms;
}

export const NO_ROWS: ShardTerms = { rows: 0, loss: 0, reconstruction: 0, kl: 0 };

/** The Gaussian's constant of an example, which its loss goes without. */
export const constantOf = ({ likelihood, decoderDeviation }: VaeSettings, size: number): number =>
  (likelihood === 'gaussian' ? size * (Math.log(2 * Math.PI) / 2 + Math.log(decoderDeviation)) : 0);

/**
 * Forward and backward of one shard; its gradient is added to the shard that was chosen last. The loss is a·Σ reconstruction + b·Σ KL; with k > 1 samples −a·Σ log (1/k) Σ w, log w = −reconstruction +
 * (b/a)·(log p(z) − log q(z|x)).
 */
export function shardLoss<M extends Matrix>(ops: Ops<M>, model: Model<M>, x: M, draw: Draw<M>, scales: Scales, settings: VaeSettings): Recorded {
  const k = settings.importanceSamples;
  const terms = model.forward(x, k, draw, k > 1);
  const { rows } = x;
  const recorded = [terms.reconstruction, ...(terms.kl ? [terms.kl] : [])];
  if (k > 1) {
    if (!terms.logRatio) throw new RangeError('Without noise there is no importance weighted bound.');
    const beta = scales.kl / scales.reconstruction;
    const logWeights = ops.add(ops.scale(terms.logRatio, beta), ops.scale(terms.reconstruction, -1));
    recorded.push(ops.logMeanExp(logWeights, k));
    const byLogWeight = ops.logMeanExpGradient(logWeights, k, ops.filled(-scales.reconstruction, rows, 1));
    ops.record(...recorded);
    model.backward({ kind: 'importance', reconstruction: ops.scale(byLogWeight, -1), logRatio: ops.scale(byLogWeight, beta) });
  } else {
    ops.record(...recorded);
    model.backward({ kind: 'elbo', ...scales });
  }
  const klRows = terms.kl?.rows ?? 1;
  return {
    count: recorded.length,
    terms(sums) {
      const reconstruction = sums[0] / k;
      const kl = terms.kl ? (sums[1] * rows) / klRows : 0;
      const loss = k > 1 ? -scales.reconstruction * sums[recorded.length - 1] : scales.reconstruction * reconstruction + scales.kl * kl;
      return { rows, loss, reconstruction: reconstruction + rows * constantOf(settings, x.columns), kl };
    },
  };
}

/** Of a whole batch, in the order of its shards. */
export function batchTerms(shards: readonly ShardTerms[]): StepTerms {
  const total = shards.reduce((sum, { rows, loss, reconstruction, kl }) => ({ rows: sum.rows + rows, loss: sum.loss + loss, reconstruction: sum.reconstruction + reconstruction, kl: sum.kl + kl }));
  return { loss: total.loss, reconstruction: total.reconstruction / total.rows, kl: total.kl / total.rows };
}
