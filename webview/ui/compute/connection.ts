/** One worker and what is known of it: its channel, its device, the networks that it holds. */
import { CANCELLED, Channel, ChannelError, CLOSED, type CallOptions, type Port } from '../../../core/protocol/channel';
import type { DatasetId } from '../../../core/math/datasets';
import { TRAINED, type DeviceChoice, type DeviceReport, type NetworkName } from '../../worker/protocol';
import type { AllWorkerMethods } from '../../worker/methods';
import type { WorkerFiles } from './files';

/** A worker that is deep in one long step cannot hear `cancel`; after this it is ended, and the next run starts another. */
export const CANCEL_GRACE_MS = 1500;

type EventOf<M> = M extends { event: infer E } ? E : never;

export class Connection {
  /** The device that runs now; the worker changes it when one is lost. */
  device: Promise<DeviceReport>;
  /** No more calls: ended by us or by its own failure. */
  closed = false;
  private readonly channel: Channel<Record<never, never>, AllWorkerMethods>;
  private readonly loaded = new Map<DatasetId, Promise<null>>();
  /** The bytes of the trained network that was handed over. */
  private trained: Uint8Array | null = null;

  constructor(private readonly worker: Worker, readonly choice: DeviceChoice, wasm: Record<string, string>, private readonly log: (text: string) => void) {
    this.channel = new Channel(workerPort(worker), {}, log);
    this.device = this.channel.call('start', { device: choice, wasm });
    worker.addEventListener('error', (event) => {
      log(`worker: ${event.message}`);
      this.close();
    });
    this.device.catch(() => this.close());
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.channel.dispose();
    this.worker.terminate();
  }

  /**
   * A call that can be cancelled; one that does not answer the cancel within `grace` ends the worker.
   * An error which leaves the worker's state in doubt ends it too: a lost device or an aborted WASM module stays broken.
   */
  async call<K extends keyof AllWorkerMethods & string>(method: K, params: AllWorkerMethods[K]['params'], options: CallOptions<EventOf<AllWorkerMethods[K]>> & { grace?: number } = {}): Promise<AllWorkerMethods[K]['result']> {
    const { signal, grace = CANCEL_GRACE_MS } = options;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const lastWord = () => {
      timer = setTimeout(() => {
        this.log('the worker did not answer the cancel in time and was ended');
        this.close();
      }, grace);
    };
    signal?.addEventListener('abort', lastWord, { once: true });
    try {
      return await this.channel.call(method, params, options);
    } catch (error) {
      if (signal?.aborted) throw new ChannelError(CANCELLED, 'Stopped.');
      if (error instanceof ChannelError && error.code === CLOSED) throw new Error('The compute worker ended unexpectedly; the log tells more.', { cause: error });
      if (!isHarmless(error)) this.close();
      throw error;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', lastWord);
    }
  }

  /** Hands a stand-in over, once. */
  async loadStandIn(name: DatasetId, files: WorkerFiles): Promise<null> {
    let loaded = this.loaded.get(name);
    if (!loaded) {
      // Copied, because other workers need the same bytes.
      loaded = files.standIn(name).then((bytes) => this.load(name, bytes.slice()));
      loaded.catch(() => this.loaded.delete(name));
      this.loaded.set(name, loaded);
    }
    return loaded;
  }

  async loadTrained(bytes: Uint8Array): Promise<void> {
    if (this.trained === bytes) return;
    await this.load(TRAINED, bytes.slice());
    this.trained = bytes;
  }

  private async load(name: NetworkName, bytes: Uint8Array): Promise<null> {
    return this.call('loadNetwork', { name, bytes }, { transfer: [bytes.buffer] });
  }
}

/** Errors that say no to a request and nothing about the worker. */
const HARMLESS: readonly string[] = [CANCELLED, 'settings', 'diverged', 'weights', 'data', 'memory'];
const isHarmless = (error: unknown): boolean => error instanceof ChannelError && HARMLESS.includes(error.code);

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
