/** Asks for the principal components that the pictures compare the model with: once somebody looks, and once for each data and latent size. */
import { examplesKey, type LabelledData } from '../../../core/math/examples';
import type { VaeSettings } from '../../experiments/vae/manifest';
import type { VaeBaseline } from '../../experiments/vae/runtime/types';
import { Latest } from '../latest';
import { reworded } from '../sentences';
import type { Store } from '../store';
import { t } from '../words';
import type { VaeCompute } from './compute';
import type { VaeState } from './state';

export interface BaselineState {
  /** What it is of; see `wantedBaseline`. */
  key: string;
  found: VaeBaseline | null;
  problem: string | null;
}

interface Wanted {
  key: string;
  data: LabelledData;
  id: VaeSettings['data'];
  components: number;
  examples: number;
}

/** Of the training that is shown, else of the settings; null while there are no data, or none can be trained. */
export function wantedBaseline({ data, trained, resolved }: Pick<VaeState, 'data' | 'trained' | 'resolved'>): Wanted | null {
  const settings = trained ?? resolved.settings;
  if (!data || !settings) return null;
  const { data: id, latentSize: components, examples } = settings;
  return { key: `${dataKey(data)} ${components} ${examples}`, data, id, components, examples };
}

/** Tells data apart: errors can be compared only on the same held-out examples. */
export const dataKey = ({ id, train, test }: LabelledData): string => `${id} ${train.count} ${examplesKey(test)}`;

export class BaselineAsker {
  private readonly latest: Latest<Wanted>;
  private asked = '';

  constructor(private readonly store: Store<VaeState>, compute: Pick<VaeCompute, 'baseline'>, pairs: number, log: (text: string) => void) {
    this.latest = new Latest(async ({ key, data, id, components, examples }) => {
      let [found, problem]: [VaeBaseline | null, string | null] = [null, null];
      try {
        found = await compute.baseline(store.get().resolved.device, data, { data: id, components, examples, pairs });
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        log(`baseline: ${message}`);
        problem = t('The principal components could not be computed: {0}', reworded(message));
      }
      if (wantedBaseline(store.get())?.key === key) store.set({ baseline: { key, found, problem } });
      else if (this.asked === key) this.asked = '';
    }, (error) => log(`baseline: ${String(error)}`));
  }

  readonly want = (): void => {
    const state = this.store.get();
    const wanted = wantedBaseline(state);
    // What failed is not asked for again and again: other data or another size are.
    if (!wanted || wanted.key === this.asked || state.baseline?.key === wanted.key) return;
    this.asked = wanted.key;
    this.latest.ask(wanted);
  };
}
