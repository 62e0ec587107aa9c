/** What the worker serves of the VAE. */
import { Transfer, type Handlers } from '../../../core/protocol/channel';
import { Checkpoints } from '../checkpoints';
import type { Session } from '../session';
import type { RecordStore } from '../store';
import type { Pace } from '../slices';
import { Baselines } from './baseline';
import { decodeVaeCheckpoint, encodeVaeCheckpoint } from './checkpoint';
import type { PeerPort } from './peer';
import type { VaeMethods } from './protocol';
import { VaeTraining } from './training';

export function vaeHandlers(session: Session, store: RecordStore, pace?: Pace): Handlers<VaeMethods> {
  const training = new VaeTraining(session, new Checkpoints(store, { encode: encodeVaeCheckpoint, decode: decodeVaeCheckpoint }), pace);
  const baselines = new Baselines();
  return {
    'vae.data'({ data }) {
      training.take(data);
      return null;
    },
    'vae.peer'({ port, follow }) {
      if (follow && port) training.follow(port as PeerPort, () => session.engine);
      else training.lead(port as PeerPort | null);
      return null;
    },
    'vae.train': (params, context) => training.train(params, context),
    async 'vae.reset'({ key }) {
      await training.reset(key);
      return null;
    },
    'vae.checkpoint': ({ key, settings }) => training.checkpoint(key, settings),
    'vae.encode': ({ values, count }, { signal }) => training.ask(signal, (trainer) => trainer.encode(values, count)),
    async 'vae.decode'({ z, count }, { signal }) {
      const pixels = await training.ask(signal, (trainer) => trainer.decode(z, count));
      return new Transfer(pixels, [pixels.buffer]);
    },
    'vae.bound': ({ values, count, k, seed }, { signal }) => training.ask(signal, (trainer) => trainer.bound(values, count, k, seed)),
    async 'vae.baseline'({ data, components, examples, pairs }, { signal }) {
      const baseline = await baselines.of(training.requireData({ data }), components, examples, pairs, signal);
      return new Transfer(baseline, [baseline.reconstructions.buffer]);
    },
    async 'vae.weights'(_, { signal }) {
      const bytes = await training.ask(signal, (trainer) => trainer.weights());
      return new Transfer(bytes, [bytes.buffer]);
    },
    'vae.load': ({ key, settings, bytes }, { signal }) => training.load(key, settings, bytes, signal),
  };
}
