/**
 * The device of this worker and the networks on it. A device can be lost (a driver update, a sleeping laptop, a tab too many on the GPU): then the next one is started,
 * the networks are loaded again from their files, and the work that was under way begins again.
 */
import { ChannelError } from '../../core/protocol/channel';
import { DeviceError, startEngine, type Engine, type EngineOptions } from '../engine';
import { loadNetwork, type Network } from '../experiments/ddpm/runtime';
import type { DeviceChoice, DeviceName, DeviceReport, NetworkName } from './protocol';

/** Fastest first; of these the ones that were not lost are tried. */
const ORDER: readonly DeviceName[] = ['webgpu', 'wasm', 'cpu'];

export type Moved = (device: DeviceReport, why: string) => void;

interface Running {
  engine: Engine;
  /** Set once the device is lost: why. */
  lost: string | null;
  /** Called then. */
  onLost: Set<() => void>;
  networks: Map<NetworkName, Network>;
  /** The move away from this device, once begun. */
  next?: Promise<Running>;
}

export class Session {
  private running: Running | null = null;
  private readonly lostDevices = new Set<DeviceName>();
  private readonly files = new Map<NetworkName, Uint8Array>();
  private wasmPaths: EngineOptions['wasmPaths'] = {};

  /** @param open replaces the start of an engine, for tests. */
  constructor(private readonly open: (options: EngineOptions) => Promise<Engine> = startEngine) {}

  /** A second start takes over from the first; networks stay known and are loaded when they are needed. */
  async start(device: DeviceChoice, wasmPaths: EngineOptions['wasmPaths']): Promise<DeviceReport> {
    this.running?.engine.dispose();
    this.running = null;
    this.wasmPaths = wasmPaths;
    this.running = watch(await this.open({ device, wasmPaths }));
    return this.running.engine.report;
  }

  /** @throws SafetensorsError when the bytes are no network. */
  load(name: NetworkName, bytes: Uint8Array): void {
    const { engine, networks } = this.device();
    const network = loadNetwork(engine, bytes);
    networks.get(name)?.dispose();
    networks.set(name, network);
    this.files.set(name, bytes);
  }

  /** The network on the device that runs now; the session disposes it. Null when none of that name was loaded. */
  network(name: NetworkName): Network | null {
    const { engine, networks } = this.device();
    const bytes = this.files.get(name);
    if (!networks.has(name) && bytes) networks.set(name, loadNetwork(engine, bytes));
    return networks.get(name) ?? null;
  }

  /**
   * Does `work` on the device; when the device is lost meanwhile, moves to the next and does it again from its beginning.
   * @param work gets a signal that aborts with the caller's or with the loss of its device; after that it must tell nobody anything.
   */
  async survive<V>(signal: AbortSignal, moved: Moved, work: (engine: Engine, signal: AbortSignal) => Promise<V>): Promise<V> {
    for (;;) {
      const running = this.device();
      const attempt = new AbortController();
      try {
        return await orLost(running, attempt, work(running.engine, AbortSignal.any([signal, attempt.signal])));
      } catch (error) {
        // The caller stopped, or has started another device meanwhile.
        if (signal.aborted || (this.running !== running && !running.next)) throw error;
        const why = lossBehind(running, error);
        if (why === null) throw error;
        running.next ??= this.move(running, why);
        moved((await running.next).engine.report, why);
      }
    }
  }

  /** The engine that runs now. @throws ChannelError where none was started. */
  get engine(): Engine {
    return this.device().engine;
  }

  private device(): Running {
    if (!this.running) throw new ChannelError('engine', 'The engine was not started.');
    return this.running;
  }

  private async move({ engine }: Running, why: string): Promise<Running> {
    this.lostDevices.add(engine.report.device);
    try {
      engine.dispose();
    } catch {
      // It is gone already; nothing is left to free.
    }
    const reasons: string[] = [];
    for (const next of ORDER.filter((name) => !this.lostDevices.has(name))) {
      try {
        const opened = await this.open({ device: next, wasmPaths: this.wasmPaths });
        return (this.running = watch({ ...opened, report: { ...opened.report, why }, dispose: () => opened.dispose() }));
      } catch (error) {
        reasons.push(error instanceof Error ? error.message : String(error));
      }
    }
    this.running = null;
    throw new ChannelError('device', [why, 'No other device works here.', ...reasons].join(' '));
  }
}

function watch(engine: Engine): Running {
  const running: Running = { engine, lost: null, onLost: new Set(), networks: new Map() };
  void engine.lost.then((why) => {
    running.lost = why;
    running.onLost.forEach((tell) => tell());
  });
  return running;
}

/** Rejects when the device is lost, since some operations never come back from there. */
function orLost<V>(running: Running, attempt: AbortController, work: Promise<V>): Promise<V> {
  return new Promise((resolve, reject) => {
    const lost = () => {
      attempt.abort();
      reject(new DeviceError(running.lost ?? 'the device was lost'));
    };
    running.onLost.add(lost);
    work.then(resolve, reject).finally(() => running.onLost.delete(lost));
    if (running.lost !== null) lost();
  });
}

/** Why the device was lost, if that is what is behind the error; else null. */
function lossBehind(running: Running, error: unknown): string | null {
  return running.lost ?? (error instanceof DeviceError ? error.message : null);
}
