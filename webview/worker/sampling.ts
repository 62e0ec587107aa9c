/** Runs that come back as frames: sampling and the forward process. */
import { ChannelError, type Handlers } from '../../core/protocol/channel';
import type { Engine } from '../engine';
import { forwardFrames, sampleFrames, shownPoints, type Network } from '../experiments/ddpm/runtime';
import { requireRunnable, unmetAsSettings } from './requests';
import type { Session } from './session';
import { TRAINED, type NetworkName, type WorkerMethods } from './protocol';
import type { Training } from './training';

export function samplingHandlers(session: Session, training: Training): Pick<Handlers<WorkerMethods>, 'loadNetwork' | 'sample' | 'forward'> {
  return {
    loadNetwork({ name, bytes }) {
      session.load(name, bytes);
      return null;
    },

    async sample({ settings, network: name, part }, { signal, progress }) {
      requireRunnable(settings);
      const begun = performance.now();
      let trainedSteps = 0;
      await session.survive(signal, (device, why) => progress({ kind: 'moved', device, why }), async (engine, alive) => {
        await withNetwork(session, training, engine, name, async (network) => {
          // Of a network that goes on learning meanwhile: which one this sample came from.
          if (name === TRAINED) trainedSteps = Number(network.metadata.steps);
          for await (const frame of sampleFrames(engine, network, settings, alive, part)) progress(frame, [frame.points.buffer]);
        });
      });
      return { seconds: (performance.now() - begun) / 1000, steps: settings.steps, trainedSteps };
    },

    async forward({ settings, own }, { signal, progress }) {
      requireRunnable(settings);
      const begun = performance.now();
      const points = unmetAsSettings(() => shownPoints(settings, own));
      for await (const frame of forwardFrames(settings, points, signal)) progress(frame, [frame.points.buffer]);
      return { seconds: (performance.now() - begun) / 1000, steps: settings.T };
    },
  };
}

/** The network of that name as it is now: one that is being trained goes on changing, this one does not. */
export async function withNetwork<V>(session: Session, training: Training, engine: Engine, name: NetworkName, work: (network: Network) => Promise<V>): Promise<V> {
  const trained = name === TRAINED ? training.network(engine) : null;
  try {
    const network = trained ?? session.network(name);
    if (!network) throw new ChannelError('weights', name === TRAINED ? 'No network was trained here yet.' : `The network for "${name}" was not loaded.`);
    return await work(network);
  } finally {
    trained?.dispose();
  }
}
