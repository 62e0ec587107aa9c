/**
 * The page's end of the compute worker.
 *
 * A webview may start workers from `blob:` URLs only, and such a worker cannot fetch the extension's resources; so the
 * page fetches script, WASM binaries and weights and hands them over.
 */
import { CANCELLED, Channel, CLOSED, ChannelError, type Port } from '../../core/protocol/channel';
import type { PageAssets } from '../../core/protocol/messages';
import type { DatasetId } from '../../core/math/datasets';
import type { DdpmSettings } from '../experiments/ddpm/manifest';
import type { DeviceChoice, DeviceReport, Frame, WorkerMethods } from '../worker/protocol';

type WorkerChannel = Channel<Record<never, never>, WorkerMethods>;

/** A worker that is deep in one long step cannot hear `cancel`; after this it is ended, and the next run starts another. */
const CANCEL_GRACE_MS = 1500;

interface Running {
  worker: Worker;
  channel: WorkerChannel;
  choice: DeviceChoice;
  device: Promise<DeviceReport>;
  loaded: Map<DatasetId, Promise<null>>;
}

export interface SampleRun {
  settings: DdpmSettings;
  device: DeviceChoice;
  signal: AbortSignal;
  onDevice(report: DeviceReport): void;
  onFrame(frame: Frame): void;
}

export class Compute {
  private running: Running | null = null;
  private script: Promise<string> | null = null;
  private wasm: Promise<Record<string, string>> | null = null;
  private readonly weights = new Map<string, Promise<Uint8Array>>();
  private lastRun: Promise<unknown> = Promise.resolve();

  constructor(private readonly assets: PageAssets, private readonly log: (text: string) => void) {}

  /** Starts the worker on a device, or returns the one that already runs on it. */
  async start(choice: DeviceChoice): Promise<DeviceReport> {
    return (await this.open(choice)).device;
  }

  /** Runs one sampling; rejects with code `cancelled` when `signal` aborts. One run at a time: the next waits for the last. */
  async sample(run: SampleRun): Promise<{ seconds: number; steps: number }> {
    await unlessAborted(this.lastRun.catch(() => {}), run.signal);
    const work = this.sampleNow(run);
    this.lastRun = work;
    return work;
  }

  dispose(): void {
    const { running } = this;
    this.running = null;
    running?.channel.dispose();
    running?.worker.terminate();
  }

  private async sampleNow({ settings, device, signal, onDevice, onFrame }: SampleRun): Promise<{ seconds: number; steps: number }> {
    // Begun beside the start of the device, which takes longer; a failure is reported where the weights are needed.
    this.fetchWeights(settings.data).catch(() => {});
    const running = await unlessAborted(this.open(device), signal);
    try {
      onDevice(await unlessAborted(running.device, signal));
      await unlessAborted(this.load(running, settings.data), signal);
      return await this.callSample(running, settings, signal, onFrame);
    } catch (error) {
      // A lost device or an aborted WASM module stays broken: the next run gets a fresh worker.
      const harmless = error instanceof ChannelError && (error.code === CANCELLED || error.code === 'settings');
      if (!signal.aborted && !harmless && this.running === running) this.dispose();
      throw error;
    }
  }

  private async callSample(running: Running, settings: DdpmSettings, signal: AbortSignal, onFrame: (frame: Frame) => void): Promise<{ seconds: number; steps: number }> {
    let grace: ReturnType<typeof setTimeout> | undefined;
    const lastWord = () => {
      grace = setTimeout(() => {
        this.log('the worker did not answer the cancel in time and was ended');
        if (this.running === running) this.dispose();
      }, CANCEL_GRACE_MS);
    };
    signal.addEventListener('abort', lastWord, { once: true });
    try {
      return await running.channel.call('sample', { settings }, { signal, onEvent: onFrame });
    } catch (error) {
      if (signal.aborted) throw new ChannelError(CANCELLED, 'Stopped.');
      if (error instanceof ChannelError && error.code === CLOSED) throw new Error('The compute worker ended unexpectedly; the log tells more.', { cause: error });
      throw error;
    } finally {
      clearTimeout(grace);
      signal.removeEventListener('abort', lastWord);
    }
  }

  private async open(choice: DeviceChoice): Promise<Running> {
    if (this.running?.choice === choice) return this.running;
    this.dispose();
    this.script ??= fetchText(this.assets.worker).then((text) => URL.createObjectURL(new Blob([text], { type: 'text/javascript' })));
    this.wasm ??= blobUrls(this.assets.wasm);
    const [script, wasm] = await Promise.all([this.script, this.wasm]).catch((error: unknown) => {
      this.script = this.wasm = null;
      throw error;
    });
    // Another call may have opened one while the fetches were under way.
    const opened = this.running as Running | null;
    if (opened) {
      if (opened.choice === choice) return opened;
      this.dispose();
    }
    const worker = new Worker(script);
    const channel: WorkerChannel = new Channel(workerPort(worker), {}, this.log);
    const running: Running = { worker, channel, choice, loaded: new Map(), device: channel.call('start', { device: choice, wasm }) };
    this.running = running;
    const drop = () => {
      if (this.running === running) this.dispose();
    };
    worker.addEventListener('error', (event) => {
      this.log(`worker: ${event.message}`);
      drop();
    });
    running.device.catch(drop);
    return running;
  }

  private load(running: Running, data: DatasetId): Promise<null> {
    let loaded = running.loaded.get(data);
    if (!loaded) {
      // Copied, because a later worker (another device) needs the same bytes.
      loaded = this.fetchWeights(data).then((bytes) => running.channel.call('loadWeights', { data, bytes: bytes.slice() }));
      loaded.catch(() => running.loaded.delete(data));
      running.loaded.set(data, loaded);
    }
    return loaded;
  }

  private fetchWeights(data: DatasetId): Promise<Uint8Array> {
    let bytes = this.weights.get(data);
    if (!bytes) {
      const url = this.assets.weights[data];
      bytes = url ? fetchBytes(url) : Promise.reject(new Error(`No weights are shipped for the data set "${data}".`));
      bytes.catch(() => this.weights.delete(data));
      this.weights.set(data, bytes);
    }
    return bytes;
  }
}

/** The page stops waiting when the person stops; the work itself goes on and serves the next run. */
function unlessAborted<V>(work: Promise<V>, signal: AbortSignal): Promise<V> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new ChannelError(CANCELLED, 'Stopped before the first step.'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

function workerPort(worker: Worker): Port {
  return {
    post: (message, transfer) => worker.postMessage(message, [...(transfer ?? [])] as Transferable[]),
    listen(receive) {
      const listener = (event: MessageEvent) => receive(event.data);
      worker.addEventListener('message', listener);
      return () => worker.removeEventListener('message', listener);
    },
  };
}

async function fetchOk(url: string): Promise<Response> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`Could not load ${url.split('/').pop()}: ${response.status} ${response.statusText}`);
  return response;
}

const fetchText = async (url: string) => (await fetchOk(url)).text();
const fetchBytes = async (url: string) => new Uint8Array(await (await fetchOk(url)).arrayBuffer());

async function blobUrls(files: Record<string, string>): Promise<Record<string, string>> {
  const entries = Object.entries(files).map(async ([name, url]) => {
    const bytes = await (await fetchOk(url)).arrayBuffer();
    return [name, URL.createObjectURL(new Blob([bytes], { type: 'application/wasm' }))] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}
