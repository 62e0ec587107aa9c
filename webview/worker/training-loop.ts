/** The loop itself: slices of steps, and between them progress, previews and checkpoints. */
import { breathe } from '../engine/breathe';
import type { Engine } from '../engine';
import { quickSample, sampleCloud, type Checkpoint, type Trainer } from '../experiments/ddpm/runtime';
import type { Checkpoints } from './checkpoints';
import type { TrainEvent } from './protocol';
import type { TrainingRun } from './training-run';

/** How often what is done, in ms. */
export interface Pace {
  slice: number;
  progress: number;
  preview: number;
  checkpoint: number;
}

export const DEFAULT_PACE: Pace = { slice: 30, progress: 100, preview: 3000, checkpoint: 10_000 };

const PREVIEW = { points: 1000, steps: 20 } as const;
/** On a slow device a preview takes long: training gets at least so many times as much. */
const PREVIEW_SHARE = 10;
const MAX_SLICE = 256;

export interface LoopOptions {
  /** The caller's: aborted, the run is paused. */
  paused: AbortSignal;
  /** Aborted with the caller's, and also when the device is lost: then nothing more may be told. */
  alive: AbortSignal;
  progress(event: TrainEvent, transfer?: readonly unknown[]): void;
  checkpoints: Checkpoints<Checkpoint>;
  pace: Pace;
}

/** Trains until `end` steps were taken or the run is paused; a checkpoint is written then too. */
export async function advance(run: TrainingRun, engine: Engine, end: number, options: LoopOptions): Promise<void> {
  const { paused, alive, pace, progress } = options;
  const trainer = run.trainerOn(engine);
  const report = new Progress(trainer.step, pace.progress, progress);
  const begun = performance.now();
  let [checkpointAt, previewAt] = [begun + pace.checkpoint, begun + pace.preview];
  let slice = 1;
  // Known to be under way from the first moment: whoever finds this checkpoint after a crash goes on.
  if (trainer.step < end) await keep(run, trainer, options, true);
  while (trainer.step < end && !alive.aborted) {
    const count = Math.min(slice, end - trainer.step);
    const before = performance.now();
    const losses = await trainer.advance(count);
    const took = performance.now() - before;
    run.losses.add(losses);
    report.add(losses, took);
    // At most doubled: the first step also compiles.
    slice = Math.max(1, Math.min(MAX_SLICE, 2 * count, Math.round((count * pace.slice) / Math.max(took, 0.1))));
    await breathe();
    if (alive.aborted) break;
    if (performance.now() >= checkpointAt) {
      await keep(run, trainer, options, true);
      checkpointAt = performance.now() + pace.checkpoint;
    }
    if (performance.now() >= previewAt) {
      const since = performance.now();
      await preview(run, trainer, engine, options);
      previewAt = performance.now() + Math.max(pace.preview, PREVIEW_SHARE * (performance.now() - since));
    }
  }
  // The device is gone: what begins again elsewhere tells its own story.
  if (alive.aborted && !paused.aborted) return;
  report.flush();
  if (run.kept?.running) {
    await keep(run, trainer, options, false);
    if (!paused.aborted) await preview(run, trainer, engine, options);
  }
}

async function keep(run: TrainingRun, trainer: Trainer, { checkpoints, progress }: LoopOptions, running: boolean): Promise<void> {
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

export function storageProblem(error: unknown): string {
  if ((error as { name?: string } | null)?.name === 'QuotaExceededError') return 'The browser has no room for checkpoints: training goes on, but a reload would lose it. Free some disk space, or export the weights.';
  return `The checkpoint could not be written (${error instanceof Error ? error.message : String(error)}): training goes on, but a reload would lose it.`;
}

async function preview(run: TrainingRun, trainer: Trainer, engine: Engine, { alive, progress }: LoopOptions): Promise<void> {
  const network = trainer.network();
  try {
    const points = await sampleCloud(engine, network, { ...quickSample(run.settings, PREVIEW.steps), points: PREVIEW.points }, alive);
    progress({ kind: 'preview', step: trainer.step, points }, [points.buffer]);
  } catch (error) {
    // A network that has learnt little may sample no finite points; a pause comes in between.
    if (!(error instanceof RangeError) && !alive.aborted) throw error;
  } finally {
    network.dispose();
  }
}

/** Losses of the steps since the last event, about ten events a second, and the rate over the last few. */
class Progress {
  private readonly losses: number[] = [];
  private spent = 0;
  private rate = 0;
  private told = performance.now();

  constructor(private from: number, private readonly every: number, private readonly tell: (event: TrainEvent, transfer: readonly unknown[]) => void) {}

  add(losses: Float32Array, ms: number): void {
    this.losses.push(...losses);
    this.spent += ms;
    if (performance.now() - this.told >= this.every) this.flush();
  }

  flush(): void {
    if (this.losses.length === 0) return;
    const now = (1000 * this.losses.length) / Math.max(this.spent, 1e-3);
    this.rate = this.rate === 0 ? now : 0.7 * this.rate + 0.3 * now;
    const losses = Float32Array.from(this.losses);
    const { from } = this;
    // Before it is told: the buffer goes with the message, and the array is empty after that.
    this.from += losses.length;
    this.tell({ kind: 'progress', from, losses, stepsPerSecond: this.rate }, [losses.buffer]);
    this.losses.length = 0;
    this.spent = 0;
    this.told = performance.now();
  }
}
