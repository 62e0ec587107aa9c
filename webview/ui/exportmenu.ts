/** The export menu: the sample, the picture, the network, the run itself. */
import { h } from './dom';
import { exportCsv, exportJson, exportNpy, type FinishedRun } from './export';
import { menu } from './menu';
import { finishedRun, hasTrained, type AppState } from './state';
import type { Store } from './store';
import { t } from './words';

export interface ExportHost {
  save(suggestedName: string, bytes: Uint8Array | Promise<Uint8Array>): Promise<void>;
  picture(): Promise<Uint8Array>;
  weights(): Promise<Uint8Array>;
  copyLink(): Promise<void>;
}

export function exportMenu(store: Store<AppState>, host: ExportHost): HTMLElement {
  const ofRun = (name: string, encode: (run: FinishedRun) => Uint8Array) => () => {
    const run = finishedRun(store.get());
    if (run) void host.save(name, encode(run));
  };
  const { element, disable } = menu({ label: t('Export'), icon: 'export', appearance: 'secondary', title: t('Save the sample, the picture, the network or the run') }, [
    { id: 'csv', label: t('Sample as CSV'), title: t('One point a line'), onPress: ofRun('ddpm-sample.csv', exportCsv) },
    { id: 'npy', label: t('Sample as NPY'), title: t('NumPy array [n, 2], float32'), onPress: ofRun('ddpm-sample.npy', exportNpy) },
    { id: 'png', label: t('Picture as PNG'), title: t('The picture as it is now'), onPress: () => void host.save('ddpm.png', host.picture()) },
    { id: 'weights', label: t('Trained weights as safetensors'), title: t('The averaged parameters of the network that was trained here'), onPress: () => void host.save('ddpm.safetensors', host.weights()) },
    { id: 'json', label: t('Run as JSON'), title: t('Settings, their origins, ᾱ and the sample; Open Run… repeats it'), onPress: ofRun('ddpm-run.json', exportJson) },
    { id: 'link', label: t('Copy link to the run'), title: t('A link that opens Marginalia and repeats the run'), onPress: () => void host.copyLink() },
  ]);
  store.on(['phase', 'ran', 'player', 'training', 'resolved'], (state) => {
    const off = new Set<string>();
    if (!finishedRun(state) || state.ran?.direction !== 'reverse') ['csv', 'npy', 'json', 'link'].forEach((id) => off.add(id));
    if (!hasTrained(state)) off.add('weights');
    if (state.phase === 'loading') off.add('png');
    disable(off);
  });
  return h('div', { class: 'export' }, element);
}
