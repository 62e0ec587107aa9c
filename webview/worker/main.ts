/** The compute worker: one self-contained script, started from a blob: URL. Owns the engine, the networks, training and its checkpoints. */
import { Channel, type Port } from '../../core/protocol/channel';
import { workerHandlers } from './handlers';
import type { AllWorkerMethods } from './methods';
import { indexedDbStore } from './store';

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

new Channel<AllWorkerMethods, Record<string, never>>(port, workerHandlers({ store: indexedDbStore('marginalia') }), (text) => console.warn(text));
