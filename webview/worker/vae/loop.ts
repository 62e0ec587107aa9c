/** The loop itself: slices of steps, alone or with a second worker, and between them progress, previews and checkpoints. */
import { breathe } from '../../engine/breathe';
import type { Engine } from '../../engine';
import { DivergedError, type StepTerms, type VaeTrainer } from '../../experiments/vae/runtime';
import type { Checkpoints } from '../checkpoints';
import { storageProblem, type Pace } from '../training-loop';
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
  const report = new VaeProgressReport(trainer.step, run.settings.batchSize, pace.progress, progress);
  let [checkpointAt, previewAt] = [performance.now() + pace.checkpoint, performance.now() + Math.min(1000, pace.preview)];
  let slice = 1;
  // Known to be under way from the first moment: whoever finds this checkpoint after a crash goes on.
  if (trainer.step < end) await keep(run, trainer, options, true);
  while (trainer.step < end && !alive.aborted) {
    const count = Math.min(slice, end - trainer.step);
    const before = performance.now();
    const terms = await together.advance(count);
    const took = performance.now() - before;
    terms.forEach((each) => run.add(each));
    report.add(terms, took);
    slice = Math.max(1, Math.min(MAX_SLICE, 2 * count, Math.round((count * pace.slice) / Math.max(took, 0.1))));
    await breathe();
    if (alive.aborted) break;
    if (performance.now() >= checkpointAt) {
      await keep(run, trainer, options, true);
      checkpointAt = performance.now() + pace.checkpoint;
    }
    if (performance.now() >= previewAt) {
      const since = performance.now();
      await preview(trainer, run, options);
      previewAt = performance.now() + Math.max(pace.preview, PREVIEW_SHARE * (performance.now() - since));
    }
  }
  // The device is gone: what begins again elsewhere tells its own story.
  if (alive.aborted && !paused.aborted) return;
  report.flush();
  if (run.kept?.running) await keep(run, trainer, options, false);
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

async function keep(run: VaeRun, trainer: VaeTrainer, { checkpoints, progress }: VaeLoopOptions, running: boolean): Promise<void> {
  if (!(await run.keep(trainer, running)) || !run.kept) return;
  try {
    await checkpoints.save(run.key, run.kept);
    run.warned = false;
    progress({ kind: 'checkpoint', step: run.kept.state.step });
  } catch (error) {
    // Training goes on; said once, not every ten seconds.
    if (!run.warned) progress({ kind: 'warning', text: storageProblem(error) });
    run.warned = true;
  }
}

/** Terms of the steps since the last event, about ten events a second, and the rate over the last few. */
class VaeProgressReport {
  private terms: StepTerms[] = [];
  private spent = 0;
  private rate = 0;
  private told = performance.now();

  constructor(private from: number, private readonly batch: number, private readonly every: number, private readonly tell: (event: VaeTrainEvent, transfer: readonly unknown[]) => void) {}

  add(terms: readonly StepTerms[], ms: number): void {
    this.terms.push(...terms);
    this.spent += ms;
    if (performance.now() - this.told >= this.every) this.flush();
  }

  flush(): void {
    if (this.terms.length === 0) return;
    const now = (1000 * this.batch * this.terms.length) / Math.max(this.spent, 1e-3);
    this.rate = this.rate === 0 ? now : 0.7 * this.rate + 0.3 * now;
    const [loss, reconstruction, klDivergence] = (['loss', 'reconstruction', 'kl'] as const).map((id) => Float32Array.from(this.terms, (term) => term[id]));
    const { from } = this;
    this.from += this.terms.length;
    this.terms = [];
    this.spent = 0;
    this.told = performance.now();
    this.tell({ kind: 'progress', from, loss, reconstruction, klDivergence, examplesPerSecond: this.rate }, [loss.buffer, reconstruction.buffer, klDivergence.buffer]);
  }
}
