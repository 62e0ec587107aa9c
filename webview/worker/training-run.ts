/** One training run of this worker: its trainer on the device of the moment, its losses, and the last good state off the device. */
import { LossHistory } from '../../core/math/history';
import type { Engine } from '../engine';
import type { DdpmSettings } from '../experiments/ddpm/manifest';
import { Trainer, type Checkpoint } from '../experiments/ddpm/runtime';
import type { TrainEvent } from './protocol';

export class TrainingRun {
  losses: LossHistory;
  /** The storage refused the last write, and that was said. */
  warned = false;
  private live: { engine: Engine; trainer: Trainer } | null = null;

  constructor(
    readonly key: string,
    readonly trainingKey: string,
    public settings: DdpmSettings,
    private readonly points: Float32Array,
    /** The last good state, also written to the storage where there is room. */
    public kept: Checkpoint | null,
  ) {
    this.losses = new LossHistory(kept?.losses);
  }

  is(key: string, trainingKey: string): boolean {
    return this.key === key && this.trainingKey === trainingKey;
  }

  get step(): number {
    return this.live?.trainer.step ?? this.kept?.state.step ?? 0;
  }

  /** Whether the trainer is gone and `kept` (or the start) is what comes next. */
  get rewound(): boolean {
    return this.live === null;
  }

  /** The trainer on this device; on another than last time, one that goes on from `kept`. */
  trainerOn(engine: Engine): Trainer {
    if (this.live?.engine !== engine) {
      this.rewind();
      this.live = { engine, trainer: new Trainer(engine, this.settings, this.points, this.kept?.state) };
    }
    this.live!.trainer.settings = this.settings;
    return this.live!.trainer;
  }

  /** Takes the state of the trainer as the last good one; false where it is not good, so that the one before stays. */
  async keep(trainer: Trainer, running: boolean): Promise<boolean> {
    const state = await trainer.state();
    if (!state.rows.every(Number.isFinite)) return false;
    this.kept = { trainingKey: this.trainingKey, settings: this.settings, state, losses: this.losses.record, at: Date.now(), running };
    return true;
  }

  /** Back to `kept`. */
  rewind(): void {
    this.dispose();
    this.losses = new LossHistory(this.kept?.losses);
  }

  /** Tells the page where the run stands. */
  announce(progress: (event: TrainEvent) => void): void {
    if (!this.kept) return;
    const { state, at, losses } = this.kept;
    progress({ kind: 'resumed', step: state.step, at, losses: losses.values, lossesEvery: losses.every });
  }

  dispose(): void {
    try {
      this.live?.trainer.dispose();
    } catch {
      // Its device was lost; nothing is left to free.
    }
    this.live = null;
  }
}
