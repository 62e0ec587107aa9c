/** How the model stands, for the page to draw. */
import type { Examples } from '../../../core/math/examples';
import { meanSquaredError } from '../../../core/math/pca';
import type { VaeTrainer } from '../../experiments/vae/runtime';
import type { VaeTrainEvent } from './protocol';
import type { VaeRun } from './run';

export interface Watch {
  pairs: number;
  map: number;
  samples: number;
}

/** Of which the bound is measured while training goes on: its standard error is then a nat or so. */
const BOUND_EXAMPLES = 256;

export async function preview(trainer: VaeTrainer, run: VaeRun, { watch, alive, paused, progress }: { watch: Watch; alive: AbortSignal; paused: AbortSignal; progress(event: VaeTrainEvent, transfer?: readonly unknown[]): void }): Promise<void> {
  const { test } = run.data;
  const pairs = firstOf(test, watch.pairs);
  const posterior = await trainer.encode(pairs.values, pairs.count);
  const reconstructions = await trainer.decode(posterior.mean, pairs.count);
  const mapped = firstOf(test, watch.map);
  const map = await trainer.encode(mapped.values, mapped.count);
  // The same draws each time, so that one sees the same sample grow clear.
  const samples = await trainer.samplePrior(watch.samples, run.settings.seed);
  const measured = measuredOf(test);
  const bound = await trainer.bound(measured.values, measured.count, [], run.settings.seed);
  const { mean } = await trainer.encode(measured.values, measured.count);
  const squaredError = meanSquaredError(measured.values, await trainer.decode(mean, measured.count), measured.count);
  // Paused, it is told how it stands; where the device is gone nothing is.
  if (alive.aborted && !paused.aborted) return;
  progress({ kind: 'preview', step: trainer.step, reconstructions, map, samples, bound, squaredError }, [reconstructions.buffer, map.mean.buffer, map.logVariance.buffer, samples.buffer]);
}

/** Held-out examples of which the bound and errors are measured: the same ones for all that is compared. */
export const measuredOf = (test: Examples): { values: Float32Array | Uint8Array; count: number } => firstOf(test, BOUND_EXAMPLES);

function firstOf({ values, size, count }: Examples, wanted: number): { values: Float32Array | Uint8Array; count: number } {
  const taken = Math.min(count, wanted);
  return { values: values.subarray(0, taken * size), count: taken };
}
