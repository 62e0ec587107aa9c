/** The trainings of this worker: one model at a time, which stays in memory when it is paused, and in the checkpoints when the page, the worker or the device goes. */
import { examplesKey, type LabelledData } from '../../../core/math/examples';
import { SafetensorsError } from '../../../core/math/safetensors';
import { ChannelError, type Context } from '../../../core/protocol/channel';
import type { Engine } from '../../engine';
import { openOps } from '../../kernels/nets/open';
import { stepsOf, validateVae, vaeKey, type VaeSettings } from '../../experiments/vae/manifest';
import { DivergedError, VaeTrainer } from '../../experiments/vae/runtime';
import type { Checkpoints } from '../checkpoints';
import { asSettings } from '../requests';
import type { Session } from '../session';
import { DEFAULT_PACE, type Pace } from '../slices';
import type { VaeCheckpoint } from './checkpoint';
import { advanceVae } from './loop';
import { Follower, Leader, type PeerPort } from './peer';
import type { VaeCheckpointInfo, VaeTrainEvent, VaeTrainParams } from './protocol';
import { VaeRun } from './run';

type TrainContext = Context<VaeTrainEvent>;

export class VaeTraining {
  private current: VaeRun | null = null;
  private data: LabelledData | null = null;
  private leader: Leader | null = null;
  private follower: Follower | null = null;
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly session: Session, private readonly checkpoints: Checkpoints<VaeCheckpoint>, private readonly pace: Pace = DEFAULT_PACE) {}

  /** What is trained on from now; a run on other data is forgotten, its checkpoint stays. */
  take(data: LabelledData): void {
    this.data = data;
  }

  lead(port: PeerPort | null): void {
    this.leader?.close();
    this.leader = port && new Leader(port);
  }

  /** Follows another worker, on the device that runs here and with the same data. */
  follow(port: PeerPort, engine: () => Engine): void {
    this.follower?.close();
    this.follower = new Follower(port, (settings, state) => new VaeTrainer(openOps(engine().report.device), settings, this.requireData(settings), state));
  }

  /** @see VaeMethods */
  async train(params: VaeTrainParams, context: TrainContext): Promise<{ step: number; finished: boolean }> {
    const work = this.last.catch(() => {}).then(() => this.trainNow(params, context));
    this.last = work;
    return work;
  }

  async reset(key: string): Promise<void> {
    await this.last.catch(() => {});
    if (this.current?.key === key) this.forget();
    await this.checkpoints.forget(storeKey(key));
  }

  /** What `continue` would go on from. A store that cannot be read holds none. */
  async checkpoint(key: string, settings: VaeSettings): Promise<VaeCheckpointInfo | null> {
    const wanted = this.runKey(settings);
    if (this.current?.is(storeKey(key), wanted)) return this.current.kept && { step: this.current.step, at: this.current.kept.at, running: false };
    const { checkpoint } = await this.checkpoints.load(storeKey(key), wanted).catch(() => ({ checkpoint: null }));
    return checkpoint && { step: checkpoint.state.step, at: checkpoint.at, running: checkpoint.running };
  }

  /** Weights from a file take the place of what was trained under this key. Errors of code `weights` for what is no such file, or does not fit the settings; then all stays as it was. */
  async load(key: string, settings: VaeSettings, bytes: Uint8Array, signal: AbortSignal): Promise<{ step: number }> {
    await this.last.catch(() => {});
    const data = this.requireData(settings);
    return this.session.survive(signal, () => {}, async (engine) => {
      const run = new VaeRun(storeKey(key), this.runKey(settings), settings, data, null);
      const trainer = run.trainerOn(engine);
      try {
        await trainer.load(bytes);
      } catch (error) {
        run.dispose();
        throw error instanceof RangeError || error instanceof SafetensorsError ? new ChannelError('weights', error.message) : error;
      }
      await run.keep(trainer, false);
      this.forget();
      this.current = run;
      // Where there is no room they are in memory still.
      if (run.kept) await this.checkpoints.save(run.key, run.kept).catch(() => {});
      return { step: trainer.step };
    });
  }

  /** Asks the model as it is now. Errors of code `weights` where there is none. */
  async ask<V>(signal: AbortSignal, question: (trainer: VaeTrainer) => Promise<V>): Promise<V> {
    return this.session.survive(signal, () => {}, (engine) => {
      if (!this.current) throw new ChannelError('weights', 'No model was trained here yet.');
      return question(this.current.trainerOn(engine));
    });
  }

  private async trainNow({ settings, key, from, until, watch }: VaeTrainParams, { signal, progress }: TrainContext): Promise<{ step: number; finished: boolean }> {
    signal.throwIfAborted();
    const data = this.requireData(settings);
    const [problem] = validateVae(settings, data);
    if (problem) throw new ChannelError('settings', problem.message);
    const run = await this.open(storeKey(key), settings, data, from, progress);
    const { total: all } = stepsOf(settings, data.train.count);
    const warn = (why: string) => {
      this.lead(null);
      progress({ kind: 'warning', text: `The second worker stopped (${why}): training goes on in one.` });
    };
    try {
      await this.session.survive(signal, (device, why) => progress({ kind: 'moved', step: run.kept?.state.step ?? 0, device, why }), (engine, alive) =>
        advanceVae(run, engine, Math.min(until, all), {
          paused: signal, alive, progress, checkpoints: this.checkpoints, pace: this.pace, watch, leader: engine.report.device === 'wasm' ? this.leader : null, lost: warn,
        }));
    } catch (error) {
      if (!(error instanceof DivergedError)) throw asSettings(error);
      run.rewind();
      throw new ChannelError('diverged', `${error.message} ${run.kept ? `The last good checkpoint is of step ${run.kept.state.step}.` : 'There is no checkpoint yet: training would start afresh.'}`);
    }
    return { step: run.step, finished: run.step >= all };
  }

  /** The run in memory, one from a checkpoint, or a fresh one. */
  private async open(key: string, settings: VaeSettings, data: LabelledData, from: VaeTrainParams['from'], progress: TrainContext['progress']): Promise<VaeRun> {
    const wanted = this.runKey(settings);
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
    this.current = new VaeRun(key, wanted, settings, data, checkpoint);
    if (checkpoint) this.current.announce(progress);
    return this.current;
  }

  /** What was given, if it is that. Errors of code `data` where it is not. */
  requireData({ data: id }: Pick<VaeSettings, 'data'>): LabelledData {
    if (!this.data || this.data.id !== id) throw new ChannelError('data', `The data "${id}" were not given to the worker.`);
    return this.data;
  }

  /** Settings do not name one's own data, so their checksum stands beside them. */
  private runKey(settings: VaeSettings): string {
    return `${vaeKey(settings)} ${examplesKey(this.requireData(settings).train)}`;
  }

  private forget(): void {
    this.current?.dispose();
    this.current = null;
  }
}

/** Checkpoints of both experiments lie in one store. */
const storeKey = (key: string): string => `vae ${key}`;
