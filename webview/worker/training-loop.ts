/** The DDPM's slices: its losses, its previews. */
import type { Engine } from '../engine';
import { quickSample, sampleCloud, type Checkpoint, type Trainer } from '../experiments/ddpm/runtime';
import type { Checkpoints } from './checkpoints';
import type { TrainEvent } from './protocol';
import { inSlices, keepRun, Progress, type Pace } from './slices';
import type { TrainingRun } from './training-run';

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
  const report = new Progress<number>(trainer.step, pace.progress, (from, steps, stepsPerSecond) => {
    const losses = Float32Array.from(steps);
    progress({ kind: 'progress', from, losses, stepsPerSecond }, [losses.buffer]);
  });
  const keep = (running: boolean) => keepRun(run, trainer, running, options.checkpoints, progress);
  await inSlices({
    trainer, end, pace, most: MAX_SLICE, previewShare: PREVIEW_SHARE, firstPreview: pace.preview, alive,
    async advance(count) {
      const before = performance.now();
      const losses = await trainer.advance(count);
      const took = performance.now() - before;
      run.losses.add(losses);
      report.add(losses, took);
      return took;
    },
    keep: () => keep(true),
    preview: () => preview(run, trainer, engine, options),
  });
  // The device is gone: what begins again elsewhere tells its own story.
  if (alive.aborted && !paused.aborted) return;
  report.flush();
  if (run.kept?.running) {
    await keep(false);
    if (!paused.aborted) await preview(run, trainer, engine, options);
  }
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
