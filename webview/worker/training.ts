/**
 * Training in slices: between two of them the worker answers whatever else is asked. One run at a time; it stays in memory when it is paused, and in the
 * checkpoints when the page, the worker or the device goes.
 */
import { checksum } from '../../core/math/checksum';
import { ChannelError, type Context } from '../../core/protocol/channel';
import type { Engine } from '../engine';
import { trainingKey, type DdpmSettings } from '../experiments/ddpm/manifest';
import { DivergedError, trainingPoints, type Checkpoint, type Network } from '../experiments/ddpm/runtime';
import type { Checkpoints } from './checkpoints';
import type { OwnPoints, TrainEvent, TrainParams, TrainedInfo } from './protocol';
import { requireTrainable, unmetAsSettings } from './requests';
import type { Session } from './session';
import { DEFAULT_PACE, type Pace } from './slices';
import { advance } from './training-loop';
import { TrainingRun } from './training-run';

type TrainContext = Context<TrainEvent>;

export class Training {
  private current: TrainingRun | null = null;
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly session: Session, private readonly checkpoints: Checkpoints<Checkpoint>, private readonly pace: Pace = DEFAULT_PACE) {}

  /** @see WorkerMethods.train */
  async train(params: TrainParams, context: TrainContext): Promise<{ step: number; finished: boolean }> {
    requireTrainable(params.settings);
    const work = this.last.catch(() => {}).then(() => this.trainNow(params, context));
    this.last = work;
    return work;
  }

  async reset(key: string): Promise<void> {
    await this.last.catch(() => {});
    if (this.current?.key === key) this.forget();
    await this.checkpoints.forget(key);
  }

  /** What `continue` would go on from. A store that cannot be read holds none. */
  async checkpoint(key: string, settings: DdpmSettings, own: OwnPoints): Promise<{ step: number; at: number; running: boolean } | null> {
    const wanted = runKey(settings, own);
    if (this.current?.is(key, wanted)) return this.current.kept && { step: this.current.step, at: this.current.kept.at, running: false };
    const { checkpoint } = await this.checkpoints.load(key, wanted).catch(() => ({ checkpoint: null }));
    return checkpoint && { step: checkpoint.state.step, at: checkpoint.at, running: checkpoint.running };
  }

  info(): TrainedInfo | null {
    return this.current && { step: this.current.step, settings: this.current.settings };
  }

  /** The averaged network as it is now, the caller's to dispose; null where none was trained. */
  network(engine: Engine): Network | null {
    return this.current?.trainerOn(engine).network() ?? null;
  }

  /** The same as a file. */
  async file(engine: Engine): Promise<Uint8Array> {
    if (!this.current) throw new ChannelError('weights', 'No network was trained here yet.');
    return this.current.trainerOn(engine).file();
  }

  private async trainNow({ settings, own, key, from, until }: TrainParams, { signal, progress }: TrainContext): Promise<{ step: number; finished: boolean }> {
    signal.throwIfAborted();
    const run = await this.open(key, settings, own, from, progress);
    const end = Math.min(until, settings.trainSteps);
    try {
      await this.session.survive(signal, (device, why) => progress({ kind: 'moved', step: run.kept?.state.step ?? 0, device, why }), (engine, alive) =>
        advance(run, engine, end, { paused: signal, alive, progress, checkpoints: this.checkpoints, pace: this.pace }));
    } catch (error) {
      if (!(error instanceof DivergedError)) throw error;
      run.rewind();
      throw new ChannelError('diverged', `${error.message} ${run.kept ? `The last good checkpoint is of step ${run.kept.state.step}.` : 'There is no checkpoint yet: training would start afresh.'}`);
    }
    return { step: run.step, finished: run.step >= settings.trainSteps };
  }

  /** The run in memory, one from a checkpoint, or a fresh one. */
  private async open(key: string, settings: DdpmSettings, own: OwnPoints, from: TrainParams['from'], progress: TrainContext['progress']): Promise<TrainingRun> {
    const wanted = runKey(settings, own);
    const points = unmetAsSettings(() => trainingPoints(settings, own));
    const warn = (error: unknown) => progress({ kind: 'warning', text: `The checkpoints of this browser cannot be read (${error instanceof Error ? error.message : String(error)}).` });
    if (from === 'fresh') {
      this.forget();
      await this.checkpoints.forget(key).catch(warn);
    } else if (this.current?.is(key, wanted)) {
      this.current.settings = settings;
      if (this.current.rewound) this.current.announce(progress);
      return this.current;
    }
    this.forget();
    const { checkpoint, warnings } = from === 'fresh' ? { checkpoint: null, warnings: [] }
      : await this.checkpoints.load(key, wanted).catch((error: unknown) => {
        warn(error);
        return { checkpoint: null, warnings: [] };
      });
    for (const text of warnings) progress({ kind: 'warning', text });
    this.current = new TrainingRun(key, wanted, settings, points, checkpoint);
    if (checkpoint) this.current.announce(progress);
    return this.current;
  }

  private forget(): void {
    this.current?.dispose();
    this.current = null;
  }
}

/** Settings do not name one's own points, so their checksum stands beside them. */
const runKey = (settings: DdpmSettings, own: OwnPoints): string => trainingKey(settings) + (own ? ` ${checksum(own)}` : '');
