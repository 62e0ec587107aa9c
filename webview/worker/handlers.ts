/** Everything that the worker serves, over one session; apart from the message port, so that tests run it in Node. */
import { Transfer, type Handlers } from '../../core/protocol/channel';
import { decodeCheckpoint, encodeCheckpoint } from '../experiments/ddpm/runtime';
import { Checkpoints } from './checkpoints';
import { probeHandlers } from './probes';
import type { AllWorkerMethods } from './methods';
import { samplingHandlers } from './sampling';
import { Session } from './session';
import { vaeHandlers } from './vae/handlers';
import type { RecordStore } from './store';
import { Training } from './training';
import type { Pace } from './slices';

export interface WorkerParts {
  store: RecordStore;
  session?: Session;
  pace?: Pace;
}

export function workerHandlers({ store, session = new Session(), pace }: WorkerParts): Handlers<AllWorkerMethods> {
  const training = new Training(session, new Checkpoints(store, { encode: encodeCheckpoint, decode: decodeCheckpoint }), pace);
  return {
    start: ({ device, wasm }) => session.start(device, wasm),
    ...vaeHandlers(session, store, pace),
    ...samplingHandlers(session, training),
    ...probeHandlers(session, training),
    train: (params, context) => training.train(params, context),
    async resetTraining({ key }) {
      await training.reset(key);
      return null;
    },
    checkpoint: ({ key, settings, own }) => training.checkpoint(key, settings, own),
    trained: () => training.info(),
    async exportNetwork(_, { signal }) {
      const bytes = await session.survive(signal, () => {}, (engine) => training.file(engine));
      return new Transfer(bytes, [bytes.buffer]);
    },
  };
}
