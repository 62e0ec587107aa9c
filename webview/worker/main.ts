/** The compute worker: one self-contained script, started from a blob: URL. Owns the engine and the networks. */
import { Channel, ChannelError, type Port } from '../../core/protocol/channel';
import type { DatasetId } from '../../core/math/datasets';
import { startEngine, type Engine } from '../engine';
import { validateSettings } from '../experiments/ddpm/manifest';
import { loadNetwork, sampleFrames, type Network } from '../experiments/ddpm/runtime';
import type { WorkerMethods } from './protocol';

interface WorkerScope {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  removeEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

const scope = self as unknown as WorkerScope;
const port: Port = {
  post: (message, transfer = []) => scope.postMessage(message, transfer as Transferable[]),
  listen(receive) {
    const listener = (event: MessageEvent) => receive(event.data);
    scope.addEventListener('message', listener);
    return () => scope.removeEventListener('message', listener);
  },
};

let engine: Engine | undefined;
const networks = new Map<DatasetId, Network>();

new Channel<WorkerMethods, Record<string, never>>(port, {
  async start({ device, wasm }) {
    // Weights live on a device: another device, other tensors. The page hands them over again.
    networks.forEach((network) => network.dispose());
    networks.clear();
    engine = await startEngine({ device, wasmPaths: wasm });
    return engine.report;
  },

  loadWeights({ data, bytes }) {
    const network = loadNetwork(started(), bytes);
    networks.get(data)?.dispose();
    networks.set(data, network);
    return null;
  },

  async sample({ settings }, { signal, progress }) {
    const [problem] = validateSettings(settings);
    if (problem) throw new ChannelError('settings', problem.message);
    const network = networks.get(settings.data);
    if (!network) throw new ChannelError('weights', `The network for "${settings.data}" was not loaded.`);
    const begun = performance.now();
    for await (const frame of sampleFrames(started(), network, settings, signal)) progress(frame, [frame.points.buffer]);
    return { seconds: (performance.now() - begun) / 1000, steps: settings.steps };
  },
}, (text) => console.warn(text));

function started(): Engine {
  if (!engine) throw new ChannelError('engine', 'The engine was not started.');
  return engine;
}
