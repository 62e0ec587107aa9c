/** How the model stands, for the page to draw. */
import { firstOf, type Examples } from '../../../core/math/examples';
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
  const measured = measuredOf(test);
  const [pairs, mapped] = [watch.pairs, watch.map].map((most) => Math.min(most, test.count));
  // All are the first of the held-out examples: each is encoded once, and decoded once.
  const seen = firstOf(test, Math.max(measured.count, pairs, mapped));
  const { mean, logVariance } = await trainer.encode(seen.values, seen.count);
  const latents = mean.length / seen.count;
  const decoded = await trainer.decode(mean.subarray(0, Math.max(measured.count, pairs) * latents), Math.max(measured.count, pairs));
  const reconstructions = decoded.slice(0, pairs * test.size);
  const squaredError = meanSquaredError(measured.values, decoded.subarray(0, measured.count * test.size), measured.count);
  const map = { mean: mean.slice(0, mapped * latents), logVariance: logVariance.slice(0, mapped * latents) };
  // The same draws each time, so that one sees the same sample grow clear.
  const samples = await trainer.samplePrior(watch.samples, run.settings.seed);
  const bound = await trainer.bound(measured.values, measured.count, [], run.settings.seed);
  // Paused, it is told how it stands; where the device is gone nothing is.
  if (alive.aborted && !paused.aborted) return;
  progress({ kind: 'preview', step: trainer.step, reconstructions, map, samples, bound, squaredError }, [reconstructions.buffer, map.mean.buffer, map.logVariance.buffer, samples.buffer]);
}

/** Held-out examples of which the bound and errors are measured: the same ones for all that is compared. */
export const measuredOf = (test: Examples): Examples => firstOf(test, BOUND_EXAMPLES);
