/** What is asked of a network or a cloud besides a run. */
import type { Handlers } from '../../core/protocol/channel';
import { boundPoints, Measuring, networkBound, noiseField } from '../experiments/ddpm/runtime';
import { asSettings, requireRunnable, unmetAsSettings } from './requests';
import { withNetwork } from './sampling';
import type { Session } from './session';
import type { WorkerMethods } from './protocol';
import type { Training } from './training';

/** The bound is a mean over so many points. */
const BOUND_POINTS = 512;

export function probeHandlers(session: Session, training: Training): Pick<Handlers<WorkerMethods>, 'field' | 'bound' | 'measure'> {
  // Of the panel: fewer real draws than the command line takes, so that the answer comes while one still looks at the sample.
  const measuring = new Measuring(6);
  return {
    async field({ settings, network: name, t, x }, { signal }) {
      requireRunnable(settings);
      return session.survive(signal, () => {}, (engine) =>
        withNetwork(session, training, engine, name, (network) => noiseField(engine, network, settings, t, x))).catch((error: unknown) => { throw asSettings(error); });
    },

    async bound({ settings, network: name, own }, { signal }) {
      requireRunnable(settings);
      const points = unmetAsSettings(() => boundPoints(settings, own, BOUND_POINTS));
      const { terms, prior, total, bitsPerDim } = await session.survive(signal, () => {}, (engine, alive) =>
        withNetwork(session, training, engine, name, (network) => networkBound(engine, network, settings, points, alive))).catch((error: unknown) => { throw asSettings(error); });
      return { terms, prior, total, bitsPerDim };
    },

    measure: ({ settings, own, points }, { signal }) => measuring.measure(settings, own, points, signal).catch((error: unknown) => { throw asSettings(error); }),
  };
}
