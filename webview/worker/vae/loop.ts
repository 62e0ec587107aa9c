/** The VAE's slices, alone or with a second worker: its terms, its previews. */
import type { Engine } from '../../engine';
import { DivergedError, type StepTerms, type VaeTrainer } from '../../experiments/vae/runtime';
import type { Checkpoints } from '../checkpoints';
import { inSlices, keepRun, Progress, type Pace } from '../slices';
import type { VaeCheckpoint } from './checkpoint';
import type { Leader } from './peer';
import { preview, type Watch } from './preview';
import type { VaeTrainEvent } from './protocol';
import type { VaeRun } from './run';

const MAX_SLICE = 64;
/** On a slow device a preview takes long: training gets at least so many times as much. */
const PREVIEW_SHARE = 8;

export interface VaeLoopOptions {
  /** The caller's: aborted, the run is paused. */
  paused: AbortSignal;
  /** Aborted with the caller's, and also when the device is lost: then nothing more may be told. */
  alive: AbortSignal;
  progress(event: VaeTrainEvent, transfer?: readonly unknown[]): void;
  checkpoints: Checkpoints<VaeCheckpoint>;
  pace: Pace;
  watch: Watch;
  /** The second worker where there is one; `lost` is told once when it fails. */
  leader: Leader | null;
  lost(why: string): void;
}

/** Trains until `end` steps were taken or the run is paused; a checkpoint is written then too. */
export async function advanceVae(run: VaeRun, engine: Engine, end: number, options: VaeLoopOptions): Promise<void> {
  const { paused, alive, pace, progress } = options;
  const trainer = run.trainerOn(engine);
  const together = await join(trainer, run, options);
  const report = new Progress<StepTerms>(trainer.step, pace.progress, (from, steps, stepsPerSecond) => {
    const [loss, reconstruction, klDivergence] = (['loss', 'reconstruction', 'kl'] as const).map((id) => Float32Array.from(steps, (terms) => terms[id]));
    progress({ kind: 'progress', from, loss, reconstruction, klDivergence, examplesPerSecond: run.settings.batchSize * stepsPerSecond }, [loss.buffer, reconstruction.buffer, klDivergence.buffer]);
  });
  const keep = (running: boolean) => keepRun(run, trainer, running, options.checkpoints, progress);
  await inSlices({
    trainer, end, pace, most: MAX_SLICE, previewShare: PREVIEW_SHARE, firstPreview: Math.min(1000, pace.preview), alive,
    async advance(count) {
      const before = performance.now();
      const terms = await together.advance(count);
      const took = performance.now() - before;
      terms.forEach((each) => run.add(each));
      report.add(terms, took);
      return took;
    },
    keep: () => keep(true),
    preview: () => preview(trainer, run, options),
  });
  // The device is gone: what begins again elsewhere tells its own story.
  if (alive.aborted && !paused.aborted) return;
  report.flush();
  if (run.kept?.running) await keep(false);
  // Also where no step was to be taken: a checkpoint that is taken up is shown.
  await preview(trainer, run, options);
}

/** With the second worker while it follows, alone from then on. */
async function join(trainer: VaeTrainer, run: VaeRun, { leader, lost }: VaeLoopOptions): Promise<{ advance(count: number): Promise<StepTerms[]> }> {
  let peer = leader;
  const fail = (error: unknown) => {
    peer = null;
    lost(error instanceof Error ? error.message : String(error));
  };
  if (peer) await peer.join(run.settings, await trainer.state()).catch(fail);
  return {
    async advance(count) {
      const first = trainer.step;
      const done: StepTerms[] = [];
      if (peer) {
        await peer.advance(trainer, count, (terms) => done.push(terms)).catch((error: unknown) => {
          if (error instanceof DivergedError) throw error;
          fail(error);
        });
      }
      return [...done, ...(await trainer.advance(first + count - trainer.step))];
    },
  };
}
