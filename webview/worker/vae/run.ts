/** One training of this worker: its trainer on the device of the moment, its curves, and the last good state off the device. */
import type { LabelledData } from '../../../core/math/examples';
import { LossHistory } from '../../../core/math/history';
import type { Engine } from '../../engine';
import { openOps } from '../../kernels/nets/open';
import type { VaeSettings } from '../../experiments/vae/manifest';
import { VaeTrainer, type StepTerms } from '../../experiments/vae/runtime';
import { CURVES, type CurveId, type VaeCheckpoint } from './checkpoint';
import type { VaeHistory, VaeTrainEvent } from './protocol';

type Curves = Record<CurveId, LossHistory>;

export class VaeRun {
  curves: Curves;
  /** The storage refused the last write, and that was said. */
  warned = false;
  private live: { engine: Engine; trainer: VaeTrainer } | null = null;

  constructor(
    readonly key: string,
    readonly trainingKey: string,
    public settings: VaeSettings,
    readonly data: LabelledData,
    /** The last good state, also written to the storage where there is room. */
    public kept: VaeCheckpoint | null,
  ) {
    this.curves = curvesOf(kept);
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
  trainerOn(engine: Engine): VaeTrainer {
    if (this.live?.engine !== engine) {
      this.rewind();
      this.live = { engine, trainer: new VaeTrainer(openOps(engine.report.device), this.settings, this.data, this.kept?.state) };
    }
    this.live!.trainer.settings = this.settings;
    return this.live!.trainer;
  }

  add({ loss, reconstruction, kl }: StepTerms): void {
    this.curves.loss.add([loss]);
    this.curves.reconstruction.add([reconstruction]);
    this.curves.klDivergence.add([kl]);
  }

  /** Takes the state of the trainer as the last good one; false where it is not good, so that the one before stays. */
  async keep(trainer: VaeTrainer, running: boolean): Promise<boolean> {
    const state = await trainer.state();
    if (!state.rows.every(Number.isFinite)) return false;
    const curves = Object.fromEntries(CURVES.map((id) => [id, this.curves[id].record])) as unknown as VaeCheckpoint['curves'];
    this.kept = { trainingKey: this.trainingKey, settings: this.settings, state, curves, at: Date.now(), running };
    return true;
  }

  /** Back to `kept`. */
  rewind(): void {
    this.dispose();
    this.curves = curvesOf(this.kept);
  }

  /** Tells the page where the run stands. */
  announce(progress: (event: VaeTrainEvent) => void): void {
    if (!this.kept) return;
    const { state, at, curves } = this.kept;
    const history: VaeHistory = { every: curves.loss.every, loss: curves.loss.values, reconstruction: curves.reconstruction.values, klDivergence: curves.klDivergence.values };
    progress({ kind: 'resumed', step: state.step, at, history });
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

const curvesOf = (kept: VaeCheckpoint | null): Curves => Object.fromEntries(CURVES.map((id) => [id, new LossHistory(kept?.curves[id])])) as unknown as Curves;
