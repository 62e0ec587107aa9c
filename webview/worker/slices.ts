/** Training in slices, whatever is trained: between two of them progress, previews and checkpoints. */
import { breathe } from '../engine/breathe';
import type { Checkpoints, Keepable } from './checkpoints';

/** How often what is done, in ms. */
export interface Pace {
  slice: number;
  progress: number;
  preview: number;
  checkpoint: number;
}

export const DEFAULT_PACE: Pace = { slice: 30, progress: 100, preview: 3000, checkpoint: 10_000 };

export interface Slices {
  trainer: { readonly step: number };
  /** Where to stop for now. */
  end: number;
  pace: Pace;
  /** Steps of a slice at most. */
  most: number;
  /** On a slow device a preview takes long: training gets at least so many times as much. */
  previewShare: number;
  /** Until the first preview, in ms. */
  firstPreview: number;
  alive: AbortSignal;
  /** Takes so many steps, and resolves with how long they took, in ms. */
  advance(count: number): Promise<number>;
  /** Writes a checkpoint of a run that is under way. */
  keep(): Promise<void>;
  preview(): Promise<void>;
}

/** Until `end` steps were taken, or `alive` is aborted. */
export async function inSlices({ trainer, end, pace, most, previewShare, firstPreview, alive, advance, keep, preview }: Slices): Promise<void> {
  const begun = performance.now();
  let [checkpointAt, previewAt] = [begun + pace.checkpoint, begun + firstPreview];
  let slice = 1;
  // Known to be under way from the first moment: whoever finds this checkpoint after a crash goes on.
  if (trainer.step < end) await keep();
  while (trainer.step < end && !alive.aborted) {
    const count = Math.min(slice, end - trainer.step);
    const took = await advance(count);
    // At most doubled: the first step also compiles.
    slice = Math.max(1, Math.min(most, 2 * count, Math.round((count * pace.slice) / Math.max(took, 0.1))));
    await breathe();
    if (alive.aborted) break;
    if (performance.now() >= checkpointAt) {
      await keep();
      checkpointAt = performance.now() + pace.checkpoint;
    }
    if (performance.now() >= previewAt) {
      const since = performance.now();
      await preview();
      previewAt = performance.now() + Math.max(pace.preview, previewShare * (performance.now() - since));
    }
  }
}

/** What a run tells when it is written down. */
type Kept = { kind: 'checkpoint'; step: number } | { kind: 'warning'; text: string };

interface KeptRun<T, C extends Keepable> {
  readonly key: string;
  readonly kept: C | null;
  warned: boolean;
  keep(trainer: T, running: boolean): Promise<boolean>;
}

/** Takes the state of the trainer as the last good one, and writes it where there is room. */
export async function keepRun<T, C extends Keepable>(run: KeptRun<T, C>, trainer: T, running: boolean, checkpoints: Checkpoints<C>, tell: (event: Kept) => void): Promise<void> {
  if (!(await run.keep(trainer, running)) || !run.kept) return;
  try {
    await checkpoints.save(run.key, run.kept);
    run.warned = false;
    tell({ kind: 'checkpoint', step: run.kept.state.step });
  } catch (error) {
    // Training goes on; said once, not every ten seconds.
    if (!run.warned) tell({ kind: 'warning', text: storageProblem(error) });
    run.warned = true;
  }
}

function storageProblem(error: unknown): string {
  if ((error as { name?: string } | null)?.name === 'QuotaExceededError') return 'The browser has no room for checkpoints: training goes on, but a reload would lose it. Free some disk space, or export the weights.';
  return `The checkpoint could not be written (${error instanceof Error ? error.message : String(error)}): training goes on, but a reload would lose it.`;
}

/** What the steps since the last event gave, about ten events a second, and the rate over the last few. */
export class Progress<S> {
  private steps: S[] = [];
  private spent = 0;
  private rate = 0;
  private told = performance.now();

  /** @param from steps that were taken before. */
  constructor(private from: number, private readonly every: number, private readonly tell: (from: number, steps: readonly S[], stepsPerSecond: number) => void) {}

  add(steps: Iterable<S>, ms: number): void {
    this.steps.push(...steps);
    this.spent += ms;
    if (performance.now() - this.told >= this.every) this.flush();
  }

  flush(): void {
    if (this.steps.length === 0) return;
    const now = (1000 * this.steps.length) / Math.max(this.spent, 1e-3);
    this.rate = this.rate === 0 ? now : 0.7 * this.rate + 0.3 * now;
    const { from, steps } = this;
    this.from += steps.length;
    this.steps = [];
    this.spent = 0;
    this.told = performance.now();
    this.tell(from, steps, this.rate);
  }
}
