/** What the page asks of the workers about the VAE. On WASM two workers share each batch. */
import type { LabelledData } from '../../../core/math/examples';
import { ChannelError } from '../../../core/protocol/channel';
import type { VaeSettings } from '../../experiments/vae/manifest';
import type { Bound, Posterior, VaeBaseline } from '../../experiments/vae/runtime/types';
import type { DeviceChoice, DeviceReport } from '../../worker/protocol';
import type { VaeCheckpointInfo, VaeTrainEvent, VaeTrainParams } from '../../worker/vae/protocol';
import type { Connection } from '../compute/connection';
import { unlessAborted, type WorkerPool } from '../compute/pool';

/** A pause ends with the slice that is under way; a checkpoint follows. */
const PAUSE_GRACE_MS = 15_000;

export interface VaeTrainRun extends VaeTrainParams {
  data: LabelledData;
  device: DeviceChoice;
  signal: AbortSignal;
  onDevice(report: DeviceReport): void;
  onEvent(event: VaeTrainEvent): void;
}

export class VaeCompute {
  /** What each worker holds. */
  private readonly given = new WeakMap<Connection, { data: LabelledData; taken: Promise<unknown> }>();
  /** Pairs of workers that know each other. */
  private pair: readonly [Connection, Connection] | null = null;

  constructor(private readonly pool: WorkerPool) {}

  /** Aborting pauses: then too it resolves, with the step that was reached and after its checkpoint. */
  async train({ settings, key, from, until, watch, data, device, signal, onDevice, onEvent }: VaeTrainRun): Promise<{ step: number; finished: boolean }> {
    const main = await this.pool.ready(device, signal, onDevice);
    await unlessAborted(this.give(main, data), signal);
    await unlessAborted(this.share(main, data), signal);
    return main.call('vae.train', { settings, key, from, until, watch }, {
      signal, grace: PAUSE_GRACE_MS,
      onEvent: (event) => {
        if (event.kind === 'moved') {
          main.device = Promise.resolve(event.device);
          onDevice(event.device);
        }
        onEvent(event);
      },
    });
  }

  async reset(device: DeviceChoice, key: string): Promise<void> {
    await (await this.pool.open(device)).call('vae.reset', { key });
  }

  async checkpoint(device: DeviceChoice, key: string, settings: VaeSettings, data: LabelledData): Promise<VaeCheckpointInfo | null> {
    const main = await this.pool.open(device);
    await this.give(main, data);
    return main.call('vae.checkpoint', { key, settings });
  }

  async encode(device: DeviceChoice, values: Float32Array | Uint8Array, count: number): Promise<Posterior> {
    return (await this.pool.open(device)).call('vae.encode', { values, count });
  }

  async decode(device: DeviceChoice, z: Float32Array, count: number): Promise<Float32Array> {
    return (await this.pool.open(device)).call('vae.decode', { z, count });
  }

  async bound(device: DeviceChoice, values: Float32Array | Uint8Array, count: number, k: readonly number[], seed: number): Promise<Bound> {
    return (await this.pool.open(device)).call('vae.bound', { values, count, k, seed });
  }

  /** Principal components of these data; training goes on meanwhile. */
  async baseline(device: DeviceChoice, data: LabelledData, params: { data: VaeSettings['data']; components: number; examples: number; pairs: number }): Promise<VaeBaseline> {
    const main = await this.pool.open(device);
    await this.give(main, data);
    return main.call('vae.baseline', params);
  }

  /** As a safetensors file. */
  async weights(device: DeviceChoice): Promise<Uint8Array> {
    return (await this.pool.open(device)).call('vae.weights', null);
  }

  async load(device: DeviceChoice, key: string, settings: VaeSettings, data: LabelledData, bytes: Uint8Array): Promise<{ step: number }> {
    const main = await this.pool.open(device);
    await this.give(main, data);
    return main.call('vae.load', { key, settings, bytes });
  }

  private async give(connection: Connection, data: LabelledData): Promise<void> {
    const before = this.given.get(connection);
    if (before?.data === data) return void (await before.taken);
    const taken = connection.call('vae.data', { data });
    this.given.set(connection, { data, taken });
    taken.catch(() => this.given.get(connection)?.taken === taken && this.given.delete(connection));
    await taken;
  }

  /** Makes the two workers known to each other, once. Where there is no second one, the first works alone. */
  private async share(main: Connection, data: LabelledData): Promise<void> {
    if ((await main.device).device !== 'wasm') return;
    const helper = await this.pool.helper();
    if (!helper) return;
    try {
      await this.give(helper, data);
      if (this.pair?.[0] === main && this.pair[1] === helper && !main.closed && !helper.closed) return;
      const { port1, port2 } = new MessageChannel();
      await helper.call('vae.peer', { port: port2, follow: true }, { transfer: [port2] });
      await main.call('vae.peer', { port: port1, follow: false }, { transfer: [port1] });
      this.pair = [main, helper];
    } catch (error) {
      // Training in one worker comes to the same numbers.
      if (!(error instanceof ChannelError)) throw error;
      this.pool.log(`the second worker takes no part: ${error.message}`);
      this.pair = null;
    }
  }
}
