/**
 * tfjs' WebGPU backend that notices when its device is gone. A lost device goes on accepting commands: tfjs would read zeros, wait for
 * good or fail with words about buffers. Here everything asked of it after the loss fails with one DeviceError that says what happened.
 */
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { DeviceError } from './errors';

/** A command can fail just before the loss is announced: so long a failed read waits for the reason, in ms. */
const PATIENCE = 500;

const words = (error: unknown): string => String((error as { message?: string } | null)?.message ?? error).split('\n')[0];

export class WatchedBackend extends WebGPUBackend {
  /** Resolves with the reason, in words, when the device is lost or fails; never after `close`. */
  readonly lost: Promise<string>;
  private announce!: (reason: string) => void;
  private loss?: DeviceError;
  private closed = false;
  private readonly reading = new Set<(loss: DeviceError) => void>();

  constructor(device: GPUDevice, info: GPUAdapterInfo) {
    super(device, info);
    this.lost = new Promise((resolve) => { this.announce = resolve; });
    void device.lost.then(({ reason, message }) => this.fail(`The WebGPU device was lost: ${reason === 'destroyed' ? 'it was closed' : message || 'the driver or the browser took it away'}.`));
    // What is computed after such an error is garbage: a buffer was not made, or a program did not compile.
    device.onuncapturederror = ({ error }) => this.fail(`The WebGPU device failed: ${words(error)}`);
  }

  /** Ends the device on purpose, which is no loss. */
  close(): void {
    this.closed = true;
    this.device.destroy();
  }

  override async read(dataId: object): ReturnType<WebGPUBackend['read']> {
    this.assertThere();
    let stop!: (loss: DeviceError) => void;
    const stopped = new Promise<never>((_, reject) => { stop = reject; });
    this.reading.add(stop);
    try {
      return await Promise.race([super.read(dataId), stopped]);
    } catch (error) {
      await Promise.race([this.lost, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
      throw this.loss ?? error;
    } finally {
      this.reading.delete(stop);
    }
  }

  /** Every program, tfjs' or ours, passes here with each of its tensors. */
  override uploadToGPU(dataId: object): void {
    this.assertThere();
    try {
      super.uploadToGPU(dataId);
    } catch (error) {
      throw this.loss ?? new DeviceError(`The WebGPU device takes no data: ${words(error)}`);
    }
  }

  private fail(why: string): void {
    if (this.closed || this.loss) return;
    this.loss = new DeviceError(why);
    this.announce(why);
    this.reading.forEach((stop) => stop(this.loss!));
  }

  private assertThere(): void {
    if (this.loss) throw this.loss;
  }
}
