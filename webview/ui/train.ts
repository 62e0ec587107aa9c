/** Training in place: starting, pausing, resuming, stepping, resetting. The only place that changes `training`. */
import { CANCELLED, ChannelError } from '../../core/protocol/channel';
import type { TrainEvent } from '../worker/protocol';
import { OWN_POINTS } from '../experiments/ddpm/manifest';
import type { Compute } from './compute';
import type { PageHost } from './run';
import { trainingKeyOf, type AppState } from './state';
import type { Store } from './store';
import { noTraining, progressText, type Training } from './training-state';
import { reworded } from './sentences';
import { t } from './words';

export interface TrainingHost extends PageHost {
  /** Training came to its end, or stood still: time to show and to remember the result. */
  ended(finished: boolean): void;
}

export class TrainingRunner {
  private abort: AbortController | null = null;

  constructor(private readonly store: Store<AppState>, private readonly compute: Compute, private readonly host: TrainingHost) {}

  /**
   * Trains with the settings as they stand, from the trainer or checkpoint that fits them, else from the beginning.
   * @param until stop after so many steps; default: the end. Resolves when it has stopped, for whatever reason.
   * @param quiet whether the end is for the caller to show.
   */
  async start(from: 'continue' | 'fresh' = 'continue', until?: number, quiet = false): Promise<void> {
    const state = this.store.get();
    const { settings, trainingProblem, device } = state.resolved;
    const own = state.resolved.values.data === OWN_POINTS ? (state.own?.points ?? null) : null;
    if (this.abort || !settings || trainingProblem || (settings.data === OWN_POINTS && !own)) return;
    const abort = (this.abort = new AbortController());
    const current = () => this.abort === abort;
    const fresh = from === 'fresh' ? noTraining() : state.training;
    this.change({ ...fresh, phase: 'starting', settings, error: null, failedAt: null, note: null });
    this.store.set({ networkChoice: 'trained', previewing: true, ...(from === 'fresh' ? { preview: null } : {}) });
    this.host.status(t('DDPM: training starts'));
    try {
      const { step, finished } = await this.compute.train({
        settings, own, key: trainingKeyOf(state), from, until: Math.min(until ?? settings.trainSteps, settings.trainSteps), device, signal: abort.signal,
        onDevice: (report) => current() && this.store.set({ device: report }),
        onEvent: (event) => current() && this.receive(event),
      });
      if (!current()) return;
      this.change({ phase: finished ? 'finished' : 'paused', step });
      this.host.log('info', `trained ${step} steps`);
      this.finish(abort, finished && !quiet);
    } catch (error) {
      if (!current()) return;
      if (error instanceof ChannelError && error.code === CANCELLED) {
        this.change({ phase: 'paused' });
        this.finish(abort, false);
        return;
      }
      const message = error instanceof Error ? error.message : String(error);
      const diverged = error instanceof ChannelError && error.code === 'diverged';
      this.change({ phase: 'failed', error: reworded(message), failedAt: diverged ? Number(/step (\d+)/.exec(message)?.[1] ?? NaN) : null });
      this.host.log('error', `training failed: ${message}`);
      this.finish(abort, false);
    }
  }

  /** The worker finishes its slice, keeps the trainer and writes a checkpoint. */
  pause(): void {
    this.abort?.abort();
  }

  get running(): boolean {
    return this.abort !== null;
  }

  /** One step further, to look at. */
  async step(): Promise<void> {
    await this.start('continue', this.store.get().training.step + 1);
  }

  /** The page turns to another model or other data: training pauses, its checkpoint stays. */
  leave(): void {
    const { abort } = this;
    this.abort = null;
    abort?.abort();
    this.host.status(null);
    this.change(noTraining());
    this.store.set({ networkChoice: 'stand-in', previewing: false, preview: null, bound: null });
  }

  /** Forgets the trained network and its checkpoints. */
  async reset(): Promise<void> {
    this.leave();
    await this.compute.resetTraining(this.store.get().resolved.device, trainingKeyOf(this.store.get()));
  }

  /** After a reload, a crash, or a return to this model: a training that was interrupted goes on, one that was paused can be resumed. */
  async offer(): Promise<void> {
    const state = this.store.get();
    const { settings, device } = state.resolved;
    if (!settings || this.abort || state.training.phase !== 'none') return;
    const own = settings.data === OWN_POINTS ? (state.own?.points ?? null) : null;
    if (settings.data === OWN_POINTS && !own) return;
    const found = await this.compute.checkpoint(device, trainingKeyOf(state), settings, own);
    if (!found || this.abort || this.store.get().training.phase !== 'none') return;
    if (found.running) return void this.start('continue');
    const at = new Date(found.at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
    this.change({ phase: 'paused', settings, note: t('a checkpoint of step {0} from {1} is kept; Resume goes on from it', found.step, at) });
  }

  private receive(event: TrainEvent): void {
    const { training } = this.store.get();
    switch (event.kind) {
      case 'progress': {
        event.losses.forEach((loss, i) => training.history.push(event.from + i + 1, loss));
        const next = this.change({ phase: 'running', step: event.from + event.losses.length, stepsPerSecond: event.stepsPerSecond });
        this.host.status(`DDPM: ${progressText(next)}`);
        return;
      }
      case 'preview':
        this.store.set({ preview: { step: event.step, points: event.points } });
        return;
      case 'checkpoint':
        this.change({ checkpoints: [...training.checkpoints.filter((step) => step < event.step), event.step] });
        return;
      case 'resumed':
        training.history.clear();
        event.losses.forEach((loss, i) => training.history.push((i + 1) * event.lossesEvery, loss));
        this.change({ step: event.step, checkpoints: [event.step], note: t('went on from the checkpoint of step {0}', event.step) });
        return;
      case 'moved':
        this.store.set({ device: event.device });
        this.change({ step: event.step, note: t('{0} Training went on from step {1} on {2}.', reworded(event.why), event.step, event.device.label) });
        return;
      case 'warning':
        this.change({ note: reworded(event.text) });
    }
  }

  private finish(abort: AbortController, finished: boolean): void {
    if (this.abort === abort) this.abort = null;
    this.host.status(null);
    this.host.ended(finished);
  }

  private change(change: Partial<Training>): Training {
    const training = { ...this.store.get().training, ...change };
    this.store.set({ training });
    return training;
  }
}

