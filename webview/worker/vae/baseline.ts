/** Principal components as a baseline: taken of the training examples, measured on held-out ones, in pieces between which training goes on. */
import type { LabelledData } from '../../../core/math/examples';
import { leading, principalComponentsInPieces, project, reconstruct, squaredError, type Pca } from '../../../core/math/pca';
import { forWhile } from '../../../core/math/pieces';
import { breathe } from '../../engine/breathe';
import type { VaeBaseline } from '../../experiments/vae/runtime/types';
import { measuredOf } from './preview';

/** How long training waits for one piece. */
const PIECE_MS = 15;
/** Sizes that are likely to be asked for next are there already. */
const LEAST = 32;

export class Baselines {
  private known: { data: LabelledData; examples: number; pca: Pca } | null = null;
  private last: Promise<unknown> = Promise.resolve();

  /** @param examples of the training examples: how many are used; 0: all. */
  async of(data: LabelledData, components: number, examples: number, pairs: number, signal: AbortSignal): Promise<VaeBaseline> {
    const work = this.last.catch(() => {}).then(() => this.componentsOf(data, components, examples, signal));
    this.last = work;
    const pca = leading(await work, components);
    const { values, count } = measuredOf(data.test);
    const shown = Math.min(pairs, data.test.count);
    return {
      components: pca.count, count, trainedOn: pca.used,
      pca: await inParts(pca, values, count, signal),
      mean: await inParts(leading(pca, 0), values, count, signal),
      explainedShare: pca.totalVariance > 0 ? pca.variances.reduce((sum, value) => sum + value, 0) / pca.totalVariance : 1,
      reconstructions: reconstruct(pca, project(pca, data.test.values, shown), shown),
    };
  }

  private async componentsOf(data: LabelledData, components: number, examples: number, signal: AbortSignal): Promise<Pca> {
    const { train } = data;
    const wanted = Math.min(components, train.size);
    const { known } = this;
    // Fewer than asked for are all that the data have.
    if (known && known.data === data && known.examples === examples && (known.pca.count >= wanted || known.pca.count < LEAST)) return known.pca;
    const count = examples > 0 ? Math.min(examples, train.count) : train.count;
    const work = principalComponentsInPieces({ values: train.values, size: train.size, count }, Math.max(wanted, LEAST));
    for (;;) {
      const done = forWhile(work, PIECE_MS, () => performance.now());
      if (done) {
        this.known = { data, examples, pca: done.value };
        return done.value;
      }
      await breathe();
      signal.throwIfAborted();
    }
  }
}

/** Mean over the examples of ‖x − x̂‖², a few of them at a time. */
async function inParts(pca: Pca, values: Float32Array | Uint8Array, count: number, signal: AbortSignal): Promise<number> {
  const part = Math.max(1, Math.floor(4e6 / (pca.size * (pca.count + 1))));
  let sum = 0;
  for (let from = 0; from < count; from += part) {
    const n = Math.min(part, count - from);
    sum += n * squaredError(pca, values.subarray(from * pca.size, (from + n) * pca.size), n);
    await breathe();
    signal.throwIfAborted();
  }
  return sum / count;
}
