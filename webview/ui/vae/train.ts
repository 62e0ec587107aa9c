/** Training the VAE in place: starting, pausing, resuming, stepping, resetting. The only place that changes what the page knows of a training. */
import { CANCELLED, ChannelError } from '../../../core/protocol/channel';
import type { VaeTrainEvent } from '../../worker/vae/protocol';
import type { PageHost } from '../run';
import { reworded } from '../sentences';
import type { Store } from '../store';
import { t } from '../words';
import { dataKey } from './baseline';
import type { VaeCompute } from './compute';
import { describeRun } from './runs';
import { allSteps, initialVaeState, vaeProgressText, type VaeState } from './state';

/** How many test examples the pictures show. */
export const WATCH = { pairs: 10, map: 1000, samples: 64 } as const;

export interface VaeTrainingHost extends PageHost {
  /** Under which checkpoints of this model are kept. */
  key(): string;
  ended(finished: boolean): void;
}

export class VaeRunner {
  private abort: AbortController | null = null;

  constructor(private readonly store: Store<VaeState>, private readonly compute: VaeCompute, private readonly host: VaeTrainingHost) {}

  get running(): boolean {
    return this.abort !== null;
  }

  /** @param until stop after so many steps; default: the end. Resolves when it has stopped, for whatever reason. */
  async start(from: 'continue' | 'fresh' = 'continue', until?: number): Promise<void> {
    const { data, resolved: { settings, device } } = this.store.get();
    if (this.abort || !settings || !data) return;
    const abort = (this.abort = new AbortController());
    const current = () => this.abort === abort;
    if (from === 'fresh') this.store.set(untrained());
    this.store.set({ phase: 'starting', trained: settings, error: null, failedAt: null, note: null, notice: null });
    this.host.status(t('VAE: training starts'));
    try {
      const { step, finished } = await this.compute.train({
        settings, key: this.host.key(), from, until: until ?? allSteps({ data }, settings), watch: WATCH, data, device, signal: abort.signal,
        onDevice: (report) => current() && this.store.set({ device: report }),
        onEvent: (event) => current() && this.receive(event),
      });
      if (!current()) return;
      this.store.set({ phase: finished ? 'finished' : 'paused', step, revision: this.store.get().revision + 1 });
      this.host.log('info', `the VAE has taken ${step} steps`);
      this.finish(abort, finished);
    } catch (error) {
      if (!current()) return;
      if (error instanceof ChannelError && error.code === CANCELLED) {
        this.store.set({ phase: this.store.get().step > 0 ? 'paused' : 'none' });
        this.finish(abort, false);
        return;
      }
      const message = error instanceof Error ? error.message : String(error);
      const diverged = error instanceof ChannelError && error.code === 'diverged';
      this.store.set({ phase: 'failed', error: reworded(message), failedAt: diverged ? Number(/step (\d+)/.exec(message)?.[1] ?? NaN) : null });
      this.host.log('error', `training failed: ${message}`);
      this.finish(abort, false);
    }
  }

  pause(): void {
    this.abort?.abort();
  }

  async step(): Promise<void> {
    await this.start('continue', this.store.get().step + 1);
  }

  /** The page turns to another model or other data: training pauses, its checkpoint stays. */
  leave(): void {
    const { abort } = this;
    this.abort = null;
    abort?.abort();
    this.host.status(null);
    this.store.set(untrained());
  }

  /** Forgets the trained network and its checkpoints. */
  async reset(): Promise<void> {
    this.leave();
    await this.compute.reset(this.store.get().resolved.device, this.host.key());
  }

  /** Keeps the training as it is, to compare the next one with. */
  keep(): void {
    const { trained, step, histories, preview, runs, data } = this.store.get();
    if (!trained || step === 0 || !data) return;
    const id = (runs.at(-1)?.id ?? 0) + 1;
    this.store.set({ runs: [...runs, { id, name: describeRun(id, trained), settings: trained, step, histories: histories.copy(), bound: preview?.bound ?? null, squaredError: preview?.squaredError ?? null, data: dataKey(data), shown: true }] });
  }

  /** After a reload, a crash, or a return to this model: a training that was interrupted goes on, one that was paused can be resumed. */
  async offer(): Promise<void> {
    const { data, phase, resolved: { settings, device } } = this.store.get();
    if (!settings || !data || this.abort || phase !== 'none') return;
    const found = await this.compute.checkpoint(device, this.host.key(), settings, data);
    if (!found || this.abort || this.store.get().phase !== 'none' || this.store.get().data !== data) return;
    if (found.running) return void this.start('continue');
    // What it had learnt is shown at once; no step is taken.
    await this.start('continue', found.step);
    const at = new Date(found.at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
    this.store.set({ note: t('went on from a checkpoint of step {0} from {1}', found.step, at) });
  }

  private receive(event: VaeTrainEvent): void {
    const state = this.store.get();
    switch (event.kind) {
      case 'progress': {
        event.loss.forEach((loss, i) => state.histories.push(event.from + i + 1, { loss, reconstruction: event.reconstruction[i], klDivergence: event.klDivergence[i] }));
        this.store.set({ phase: 'running', step: event.from + event.loss.length, examplesPerSecond: event.examplesPerSecond, tick: state.tick + 1 });
        this.host.status(t('{0}: {1}', 'VAE', vaeProgressText(this.store.get())));
        return;
      }
      case 'preview':
        this.store.set({ preview: event, revision: state.revision + 1 });
        return;
      case 'checkpoint':
        this.store.set({ checkpoints: [...state.checkpoints.filter((step) => step < event.step), event.step] });
        return;
      case 'resumed': {
        const { every, loss, reconstruction, klDivergence } = event.history;
        state.histories.clear();
        loss.forEach((value, i) => state.histories.push((i + 1) * every, { loss: value, reconstruction: reconstruction[i], klDivergence: klDivergence[i] }));
        this.store.set({ step: event.step, checkpoints: [event.step], tick: state.tick + 1, note: t('went on from the checkpoint of step {0}', event.step) });
        return;
      }
      case 'moved':
        this.store.set({ device: event.device, step: event.step, note: t('{0} Training went on from step {1} on {2}.', reworded(event.why), event.step, event.device.label) });
        return;
      case 'warning':
        this.store.set({ note: reworded(event.text) });
    }
  }

  private finish(abort: AbortController, finished: boolean): void {
    if (this.abort === abort) this.abort = null;
    this.host.status(null);
    this.host.ended(finished);
  }
}

/** What there is before any training. */
function untrained(): Partial<VaeState> {
  const { phase, trained, step, examplesPerSecond, histories, checkpoints, error, failedAt, note, notice, preview, bound } = initialVaeState();
  return { phase, trained, step, examplesPerSecond, histories, checkpoints, error, failedAt, note, notice, preview, bound };
}

