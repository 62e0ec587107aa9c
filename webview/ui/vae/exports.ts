/** What can be taken elsewhere: the weights, and scripts that go on with them in PyTorch, on one machine or several. And weights that come back. */
import { scriptNames } from '../../../core/export';
import { exportScripts } from '../../experiments/vae/runtime/export';
import { h } from '../dom';
import { menu } from '../menu';
import { reworded } from '../sentences';
import type { Store } from '../store';
import { t } from '../words';
import type { VaeCompute } from './compute';
import { isVaeTraining, type VaeState } from './state';

export interface VaeExportHost {
  /** Asks where; null when nothing was saved. */
  save(suggestedName: string, bytes: Uint8Array): Promise<string | null>;
  /** Asks for a file; null when the dialog was dismissed. */
  open(): Promise<{ name: string; bytes: Uint8Array } | null>;
  /** Under which checkpoints of this model are kept. */
  key(): string;
  /** The model has weights of this many steps now: shows it. */
  opened(step: number): Promise<void>;
  failed(text: string): void;
}

/** What the scripts look for beside themselves. */
const WEIGHTS = 'vae.safetensors';

export function vaeExports(store: Store<VaeState>, compute: VaeCompute, host: VaeExportHost): HTMLElement {
  const does = (work: () => Promise<string | null>, refused = (why: string) => t('not saved: {0}', why)) => () => {
    work().then((notice) => store.set({ notice }), (error: unknown) => {
      host.failed(`export failed: ${String(error)}`);
      store.set({ notice: refused(error instanceof Error ? reworded(error.message) : String(error)) });
    });
  };
  const saved = (name: string | null) => (name === null ? null : t('saved {0}', name));
  const script = (kind: 'pytorch' | 'torchrun') => does(async () => {
    const { resolved, trained, data } = store.get();
    const settings = trained ?? resolved.settings;
    if (!settings || !data) return null;
    return saved(await host.save(scriptNames(WEIGHTS)[kind], new TextEncoder().encode(exportScripts(settings, data.train, WEIGHTS)[kind])));
  });
  const { element, disable } = menu({ label: t('Export'), icon: 'export', appearance: 'secondary', title: t('Take the model elsewhere, or bring weights back') }, [
    { id: 'weights', label: t('Weights as safetensors'), title: t('In PyTorch’s layout: the script below loads them'), onPress: does(async () => saved(await host.save(WEIGHTS, await compute.weights(store.get().resolved.device)))) },
    { id: 'pytorch', label: t('PyTorch script'), title: t('The same model, sampling and training in PyTorch'), onPress: script('pytorch') },
    { id: 'torchrun', label: t('torchrun script'), title: t('The same training on several processes or machines'), onPress: script('torchrun') },
    { id: 'open', label: t('Open weights…'), title: t('Weights that were exported here, or that these scripts wrote'), onPress: does(async () => {
      const { resolved, data } = store.get();
      const picked = await host.open();
      if (!picked || !resolved.settings || !data) return null;
      const { step } = await compute.load(resolved.device, host.key(), resolved.settings, data, picked.bytes);
      await host.opened(step);
      return t('opened {0}: Train goes on from it', picked.name);
    }, (why) => t('not opened: {0}', why)) },
  ]);
  store.on(['phase', 'step', 'resolved', 'data'], (state) => {
    const off = new Set<string>();
    if (state.step === 0) off.add('weights');
    if (!state.resolved.settings || !state.data) ['pytorch', 'torchrun', 'open'].forEach((id) => off.add(id));
    if (isVaeTraining(state)) off.add('open');
    disable(off);
  });
  return h('div', { class: 'export' }, element);
}
