/** Starting, stopping and replaying a run: the only place that changes the phase. */
import { CANCELLED, ChannelError } from '../../core/protocol/channel';
import { OWN_POINTS } from '../experiments/ddpm/manifest';
import { TRAINED, type DeviceReport, type Frame } from '../worker/protocol';
import type { Compute, SampleResult } from './compute';
import { Player } from './player';
import { isBusy, networkFor, playerFor, sampleProblem, type AppState, type Direction, type Ran } from './state';
import type { Store } from './store';
import { reworded } from './sentences';
import { t } from './words';

const REPLAY_MS = 3000;
const STATUS_EVERY_MS = 250;

export interface PageHost {
  /** Short text for the status bar, null when nothing runs. */
  status(running: string | null): void;
  log(level: 'info' | 'error', text: string): void;
  /** Whether the person wants no animation. */
  still(): boolean;
}

export interface RunHost extends PageHost {
  /** A run came to its end. */
  finished(): void;
}

export class Runner {
  private abort: AbortController | null = null;
  private replayFrame = 0;
  private pendingTick = 0;
  private lastStatus = 0;

  constructor(private readonly store: Store<AppState>, private readonly compute: Compute, private readonly host: RunHost) {}

  /** Samples with the settings as they stand, or runs the forward process; a run that is under way is stopped first. Does nothing while they are invalid. */
  async start(direction: Direction = 'reverse'): Promise<void> {
    const state = this.store.get();
    const { resolved, training, own } = state;
    const { settings } = resolved;
    const network = networkFor(state);
    if (!settings || (direction === 'reverse' && (!network || sampleProblem(state)))) return;
    this.abort?.abort();
    this.endReplay();
    const abort = (this.abort = new AbortController());
    const current = () => this.abort === abort && !abort.signal.aborted;
    const player = new Player(settings.T);
    const ran: Ran = { resolved, direction, network: network ?? TRAINED, trainedSteps: network === TRAINED ? training.step : 0 };
    this.store.set({ phase: 'starting', error: null, notice: null, ran, player, measures: null, previewing: false, stepsPerSecond: null, tick: state.tick + 1 });
    this.host.status(direction === 'forward' ? t('DDPM: the forward process starts') : t('DDPM: sampling starts'));
    let started = 0;
    try {
      const request = {
        settings, device: resolved.device, signal: abort.signal,
        onDevice: (device: DeviceReport) => current() && this.store.set({ device }),
        onFrame: (frame: Frame) => {
          if (!current()) return;
          // Counted from the first frame: before it lie shader compilation and the upload of the weights.
          if (started === 0) started = performance.now();
          this.receive(this.store.get().player, frame, started);
        },
      };
      const result = direction === 'forward'
        ? await this.compute.forward({ ...request, own: settings.data === OWN_POINTS ? (own?.points ?? null) : null })
        : await this.compute.sample({ ...request, network: ran.network, onMoved: () => this.restart(ran) });
      if (!current()) return;
      this.flush();
      // While it is trained, the network may have gone on between the question and the answer.
      const { trainedSteps } = result as Partial<SampleResult>;
      if (trainedSteps !== undefined && trainedSteps !== ran.trainedSteps) this.store.set({ ran: { ...ran, trainedSteps } });
      this.store.set({ phase: 'finished', stepsPerSecond: result.seconds > 0 ? result.steps / result.seconds : null });
      this.host.log('info', `${direction === 'forward' ? 'noised' : 'sampled'} ${settings.points} points in ${result.steps} steps and ${result.seconds.toFixed(2)} s`);
      this.host.finished();
    } catch (error) {
      if (!current()) return;
      if (error instanceof ChannelError && error.code === CANCELLED) {
        this.end({ phase: 'stopped' });
      } else {
        const message = error instanceof Error ? error.message : String(error);
        this.end({ phase: 'failed', error: reworded(message) });
        this.host.log('error', `run failed: ${message}`);
      }
    } finally {
      if (this.abort === abort) {
        this.abort = null;
        this.host.status(null);
      }
    }
  }

  /** Starts the device before anybody asks for a run, so that the first one begins at once. A failure shows when it is needed. */
  async warm(): Promise<void> {
    try {
      const device = await this.compute.start(this.store.get().resolved.device);
      if (!this.abort) this.store.set({ device });
    } catch (error) {
      this.host.log('error', `the device did not start: ${String(error)}`);
    }
  }

  /** The page answers at once; the worker ends its step in its own time and what it still sends is ignored. */
  stop(): void {
    this.endReplay();
    if (!this.abort) return;
    this.abort.abort();
    this.abort = null;
    this.flush();
    this.end({ phase: 'stopped' });
    this.host.status(null);
  }

  seek(move: (player: Player) => void): void {
    this.endReplay();
    if (this.store.get().previewing) this.store.set({ previewing: false });
    move(this.store.get().player);
    this.touch();
  }

  /** From the first frame to the last in about three seconds; at once, for people who want no motion. */
  replay(): void {
    const { player } = this.store.get();
    if (isBusy(this.store.get()) || player.count < 2) return;
    this.endReplay();
    this.store.set({ previewing: false });
    if (this.host.still()) {
      player.seekShare(1);
      this.touch();
      return;
    }
    const begin = performance.now();
    this.store.set({ replaying: true });
    const step = (now: number) => {
      const share = Math.min(1, Math.max(0, now - begin) / REPLAY_MS);
      player.seekShare(share);
      this.touch();
      if (share < 1) this.replayFrame = requestAnimationFrame(step);
      else this.endReplay();
    };
    this.replayFrame = requestAnimationFrame(step);
  }

  endReplay(): void {
    cancelAnimationFrame(this.replayFrame);
    if (this.store.get().replaying) this.store.set({ replaying: false });
  }

  /** A T that was changed during a run which brought no frames is taken up now. */
  private end(change: Partial<AppState>): void {
    const after = { ...this.store.get(), ...change };
    this.store.set({ ...change, player: playerFor(after, after.resolved) });
  }

  /** The device was lost and the run begins again on another. */
  private restart(ran: Ran): void {
    if (this.store.get().ran === ran) this.store.set({ player: new Player(ran.resolved.settings!.T) });
  }

  private receive(player: Player, frame: Frame, started: number): void {
    if (!player.add(frame)) return;
    const now = performance.now();
    if (now - this.lastStatus > STATUS_EVERY_MS) {
      this.lastStatus = now;
      this.host.status(`DDPM: t = ${frame.t + 1}/${player.T}`);
      const seconds = (now - started) / 1000;
      if (frame.index > 0 && seconds > 0) this.store.set({ stepsPerSecond: frame.index / seconds });
    }
    if (this.store.get().phase === 'starting') this.store.set({ phase: 'running' });
    // Frames may come faster than the screen draws: of those between two animation frames only the latest is shown.
    if (!this.host.still()) this.pendingTick ||= requestAnimationFrame(() => this.flush());
  }

  private flush(): void {
    cancelAnimationFrame(this.pendingTick);
    this.pendingTick = 0;
    this.touch();
  }

  private touch(): void {
    this.store.set({ tick: this.store.get().tick + 1 });
  }
}
