/** What the page asks of the workers about the DDPM. On WASM large samples get a second worker, and so do samples while the first is training. */
import type { DdpmSettings } from '../experiments/ddpm/manifest';
import {
  isMoved, TRAINED,
  type BoundTerms, type DeviceChoice, type DeviceReport, type Frame, type Measures, type MovedEvent, type NetworkName, type OwnPoints, type TrainedInfo, type TrainEvent, type TrainParams,
} from '../worker/protocol';
import type { Connection } from './compute/connection';
import { halves, mergeFrames } from './compute/parts';
import { unlessAborted, type WorkerPool } from './compute/pool';

/** Below this the second worker costs more than it saves. */
export const SHARED_FROM = 4000;
/** A pause ends with the step that is under way, which may be long on a slow device; a checkpoint follows. */
const PAUSE_GRACE_MS = 15_000;

interface Run {
  device: DeviceChoice;
  signal: AbortSignal;
}

export interface SampleRun extends Run {
  settings: DdpmSettings;
  network: NetworkName;
  onDevice(report: DeviceReport): void;
  onFrame(frame: Frame): void;
  /** The device was lost: the run begins again on this one, with frames from index 0. */
  onMoved?(report: DeviceReport, why: string): void;
}

export interface ForwardRun extends Run {
  settings: DdpmSettings;
  own: OwnPoints;
  onFrame(frame: Frame): void;
}

export interface TrainRun extends Run, TrainParams {
  onDevice(report: DeviceReport): void;
  onEvent(event: TrainEvent): void;
}

export interface FieldRun extends Run {
  settings: DdpmSettings;
  network: NetworkName;
  /** 0-based timestep. */
  t: number;
  /** Interleaved. */
  x: Float32Array;
}

export interface BoundRun extends Run {
  settings: DdpmSettings;
  network: NetworkName;
  own: OwnPoints;
}

export interface MeasureRun extends Run {
  settings: DdpmSettings;
  own: OwnPoints;
  points: Float32Array;
}

export interface Timing {
  seconds: number;
  steps: number;
}

export interface SampleResult extends Timing {
  /** Steps that the trained network had taken; 0 for a stand-in. */
  trainedSteps: number;
}

export class Compute {
  /** The trained network as it was when training last stopped: what a new worker is given. */
  private trainedFile: Uint8Array | null = null;
  private training = 0;
  private lastRun: Promise<unknown> = Promise.resolve();

  constructor(private readonly pool: WorkerPool) {}

  /** Starts the worker on a device, or returns the one that already runs on it. */
  async start(choice: DeviceChoice): Promise<DeviceReport> {
    return (await this.pool.open(choice)).device;
  }

  /** Begins what a run will need, while the page is still being built. What fails here fails again, in words, in the run itself. */
  prepare(choice: DeviceChoice, network: NetworkName | null): void {
    this.pool.open(choice).then(({ device }) => device).catch(() => {});
    if (network && network !== TRAINED) this.pool.files.standIn(network).catch(() => {});
  }

  /** Runs one sampling; rejects with code `cancelled` when `signal` aborts. One run at a time: the next waits for the last. */
  async sample(run: SampleRun): Promise<SampleResult> {
    return this.inTurn(run.signal, () => this.sampleNow(run));
  }

  /** The forward process from data to noise; in turn with the sampling runs. */
  async forward({ settings, own, device, signal, onFrame }: ForwardRun): Promise<Timing> {
    return this.inTurn(signal, async () => {
      const main = await this.pool.ready(device, signal);
      return main.call('forward', { settings, own }, { signal, onEvent: onFrame });
    });
  }

  /**
   * Trains until `until`; sampling and questions are answered meanwhile. Aborting pauses: then too it resolves, with the step that was reached and after its
   * checkpoint, unless training had not begun. Rejects with code `diverged` when the loss is no longer finite.
   */
  async train({ settings, own, key, from, until, device, signal, onDevice, onEvent }: TrainRun): Promise<{ step: number; finished: boolean }> {
    const main = await this.pool.ready(device, signal, onDevice);
    this.training++;
    try {
      const result = await main.call('train', { settings, own, key, from, until }, {
        signal, grace: PAUSE_GRACE_MS,
        onEvent: (event) => {
          if (event.kind === 'moved') this.movedTo(main, event, onDevice);
          onEvent(event);
        },
      });
      // For the worker of another device; where this fails the checkpoint still has it.
      this.trainedFile = await main.call('exportNetwork', null).catch(() => this.trainedFile);
      return result;
    } finally {
      this.training--;
    }
  }

  /** Forgets the trainer and its checkpoints. */
  async resetTraining(device: DeviceChoice, key: string): Promise<void> {
    this.trainedFile = null;
    await (await this.pool.open(device)).call('resetTraining', { key });
  }

  /** The checkpoint that `from: 'continue'` would go on from. */
  async checkpoint(device: DeviceChoice, key: string, settings: DdpmSettings, own: OwnPoints): Promise<{ step: number; at: number; running: boolean } | null> {
    return (await this.pool.open(device)).call('checkpoint', { key, settings, own });
  }

  /** What `TRAINED` is at present. */
  async trained(device: DeviceChoice): Promise<TrainedInfo | null> {
    return (await this.pool.open(device)).call('trained', null);
  }

  /** The average of the trained network as safetensors. Rejects with code `weights` where none was trained. */
  async exportNetwork(device: DeviceChoice): Promise<Uint8Array> {
    const main = await this.pool.open(device);
    await main.device;
    return main.call('exportNetwork', null);
  }

  /** ε̂ at given points and t. */
  async field({ settings, network, t, x, device, signal }: FieldRun): Promise<Float32Array> {
    const main = await this.withNetwork(network, device, signal);
    return main.call('field', { settings, network, t, x }, { signal });
  }

  async bound({ settings, network, own, device, signal }: BoundRun): Promise<BoundTerms> {
    const main = await this.withNetwork(network, device, signal);
    return main.call('bound', { settings, network, own }, { signal });
  }

  async measure({ settings, own, points, device, signal }: MeasureRun): Promise<Measures> {
    const main = await unlessAborted(this.pool.open(device), signal);
    return main.call('measure', { settings, own, points }, { signal });
  }

  private async inTurn<V>(signal: AbortSignal, run: () => Promise<V>): Promise<V> {
    await unlessAborted(this.lastRun.catch(() => {}), signal);
    const work = run();
    this.lastRun = work;
    return work;
  }

  private async sampleNow(run: SampleRun): Promise<SampleResult> {
    const { settings, network, signal, onFrame } = run;
    // Begun beside the start of the device, which takes longer; a failure is reported where the weights are needed.
    if (network !== TRAINED) this.pool.files.standIn(network).catch(() => {});
    const main = await this.pool.ready(run.device, signal, run.onDevice);
    const busy = this.training > 0;
    const helper = (busy || settings.points >= SHARED_FROM) && (await unlessAborted(main.device, signal)).device === 'wasm' ? await unlessAborted(this.pool.helper(), signal) : null;
    if (!helper) {
      await this.handOver(main, network, signal);
      return this.samplePart(main, run, onFrame);
    }
    if (network === TRAINED) await unlessAborted(this.currentFile(main).then((bytes) => helper.loadTrained(bytes)), signal);
    else await unlessAborted(helper.loadStandIn(network, this.pool.files), signal);
    // While the first trains, its network changes and its time is taken: the second does it all.
    if (busy) return this.samplePart(helper, run, onFrame);
    await this.handOver(main, network, signal);
    return this.sampleShared(main, helper, run);
  }

  private async sampleShared(main: Connection, helper: Connection, run: SampleRun): Promise<SampleResult> {
    const parts = halves(run.settings.points);
    const receivers = mergeFrames(parts, run.settings.points, run.onFrame);
    // One that fails ends the other's half too; one that changes its device has begun again, and its half no longer fits.
    const failed = new AbortController();
    const signal = AbortSignal.any([run.signal, failed.signal]);
    let moved: [DeviceReport, string] | undefined;
    const onMoved = (...to: [DeviceReport, string]) => {
      moved = to;
      failed.abort();
    };
    const works = [main, helper].map((connection, k) => this.samplePart(connection, { ...run, signal, onMoved }, receivers[k], parts[k]));
    try {
      const timings = await Promise.all(works);
      return { ...timings[0], seconds: Math.max(...timings.map(({ seconds }) => seconds)) };
    } catch (error) {
      failed.abort();
      await Promise.allSettled(works);
      if (!moved || run.signal.aborted) throw error;
      run.onMoved?.(...moved);
      return this.samplePart(main, run, run.onFrame);
    }
  }

  private async samplePart(connection: Connection, { settings, network, signal, onDevice, onMoved }: SampleRun, onFrame: (frame: Frame) => void, part?: { from: number; count: number }): Promise<SampleResult> {
    return connection.call('sample', { settings, network, part }, {
      signal,
      onEvent: (event) => {
        if (!isMoved(event)) return onFrame(event);
        this.movedTo(connection, event, onDevice);
        onMoved?.(event.device, event.why);
      },
    });
  }

  private movedTo(connection: Connection, { device, why }: MovedEvent, onDevice: (report: DeviceReport) => void): void {
    this.pool.log(why);
    connection.device = Promise.resolve(device);
    onDevice(device);
  }

  private async withNetwork(network: NetworkName, device: DeviceChoice, signal: AbortSignal): Promise<Connection> {
    const main = await this.pool.ready(device, signal);
    await this.handOver(main, network, signal);
    return main;
  }

  /** Sees to it that the worker has the network; a network that it trained itself it has. */
  private async handOver(connection: Connection, network: NetworkName, signal: AbortSignal): Promise<void> {
    if (network !== TRAINED) await unlessAborted(connection.loadStandIn(network, this.pool.files), signal);
    else if (this.trainedFile && !(await unlessAborted(connection.call('trained', null), signal))) await unlessAborted(connection.loadTrained(this.trainedFile), signal);
  }

  /** The trained network as the first worker has it now, else as it was when training last stopped. */
  private async currentFile(main: Connection): Promise<Uint8Array> {
    if (this.training === 0 && this.trainedFile && !(await main.call('trained', null))) return this.trainedFile;
    return main.call('exportNetwork', null);
  }
}
