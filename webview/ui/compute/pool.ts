/**
 * The compute workers of this page, which all experiments share: one does everything; on WASM, which has one core to a worker, a second one takes a part. One that fails or
 * hangs is ended, and the next call starts another.
 */
import { CANCELLED, ChannelError } from '../../../core/protocol/channel';
import type { PageAssets } from '../../../core/protocol/messages';
import type { DeviceChoice, DeviceReport } from '../../worker/protocol';
import { Connection } from './connection';
import { WorkerFiles } from './files';

export class WorkerPool {
  readonly files: WorkerFiles;
  private main: Connection | null = null;
  private second: Connection | null = null;
  /** There is no second worker: it did not start, or none is wanted. */
  private alone: boolean;

  constructor(assets: PageAssets, readonly log: (text: string) => void, options: { alone?: boolean } = {}) {
    this.files = new WorkerFiles(assets);
    this.alone = options.alone ?? false;
  }

  /** The worker on this device. */
  async open(choice: DeviceChoice): Promise<Connection> {
    const reuse = () => (this.main && !this.main.closed && this.main.choice === choice ? this.main : null);
    const open = reuse();
    if (open) return open;
    this.main?.close();
    this.main = null;
    const { script, wasm } = await this.files.program();
    // Another call may have opened one while the fetches were under way.
    const opened = reuse();
    if (opened) return opened;
    (this.main as Connection | null)?.close();
    return (this.main = new Connection(new Worker(script), choice, wasm, this.log));
  }

  /** The worker, its device started. */
  async ready(choice: DeviceChoice, signal: AbortSignal, onDevice?: (report: DeviceReport) => void): Promise<Connection> {
    const main = await unlessAborted(this.open(choice), signal);
    const report = await unlessAborted(main.device, signal);
    onDevice?.(report);
    return main;
  }

  /** The second worker, on WASM; null where it does not start. */
  async helper(): Promise<Connection | null> {
    if (this.alone) return null;
    if (!this.second || this.second.closed) {
      const { script, wasm } = await this.files.program();
      this.second = new Connection(new Worker(script), 'wasm', wasm, this.log);
    }
    try {
      await this.second.device;
      return this.second;
    } catch (error) {
      this.log(`no second worker: ${error instanceof Error ? error.message : String(error)}`);
      this.alone = true;
      return null;
    }
  }

  dispose(): void {
    this.main?.close();
    this.second?.close();
    this.main = this.second = null;
  }
}

/** The page stops waiting when the person stops; the work itself goes on and serves the next run. */
export function unlessAborted<V>(work: Promise<V>, signal: AbortSignal): Promise<V> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new ChannelError(CANCELLED, 'Stopped before the first step.'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
