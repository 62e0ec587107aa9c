/** The person's own points: from a file, or drawn with the mouse. */
import { PointsError, pointsFromStrokes, readPoints, type PointSet } from '../../core/math/points';
import { OWN_POINTS } from '../experiments/ddpm/manifest';
import { h, setHidden, setText } from './dom';
import { button } from './controls';
import type { AppState } from './state';
import type { Store } from './store';
import { reworded } from './sentences';
import { t } from './words';

export interface OwnHost {
  /** Null when the person dismissed the dialog. */
  openFile(): Promise<{ name: string; bytes: Uint8Array } | null>;
  /** The points changed: what was trained on others no longer fits. */
  changed(): void;
  log(text: string): void;
}

/** The bar that stands over the picture while the data are the person's own. */
export function ownBar(store: Store<AppState>, host: OwnHost): HTMLElement {
  const text = h('span', { class: 'own-text', role: 'status' });
  const problem = h('span', { class: 'own-problem', role: 'alert' });
  const take = (make: () => PointSet) => {
    try {
      const own = make();
      setText(problem, '');
      store.set({ own, drawn: null });
      host.changed();
    } catch (error) {
      setText(problem, error instanceof PointsError ? reworded(error.message) : t('The points cannot be used: {0}', String(error)));
      if (!(error instanceof PointsError)) host.log(String(error));
    }
  };
  const load = async () => {
    setText(problem, '');
    try {
      const file = await host.openFile();
      if (file) take(() => readPoints(file.bytes, file.name));
    } catch (error) {
      setText(problem, error instanceof Error ? error.message : String(error));
    }
  };
  const loadButton = button({ label: t('Load file…'), appearance: 'secondary', title: t('CSV, TSV or NPY with two columns'), onPress: () => void load() });
  const draw = button({
    label: t('Draw'), appearance: 'secondary', title: t('Draw points in the picture with the mouse'),
    onPress: () => {
      const { drawn } = store.get();
      if (drawn === null) store.set({ drawn: new Float32Array(), previewing: false });
      else take(() => pointsFromStrokes(drawn));
    },
  });
  const cancel = button({ label: t('Cancel'), appearance: 'secondary', onPress: () => store.set({ drawn: null }) });
  const element = h('div', { class: 'own-bar', role: 'group', 'aria-label': t('Your own points') }, loadButton.element, draw.element, cancel.element, text, problem);
  store.on(['resolved', 'own', 'drawn'], ({ resolved, own, drawn }) => {
    setHidden(element, resolved.values.data !== OWN_POINTS);
    const drawing = drawn !== null;
    draw.set({ label: drawing ? t('Use these points') : t('Draw'), disabled: drawing && drawn.length < 4, primary: drawing });
    setHidden(cancel.element, !drawing);
    setHidden(loadButton.element, drawing);
    setText(text, drawing ? t('{0} points drawn', drawn.length / 2) : own ? describe(own) : t('No points yet.'));
  });
  return element;
}

function describe({ name, points, notes }: PointSet): string {
  return [t('{0}: {1} points', name, (points.length / 2).toLocaleString('en-US')), ...notes.map(reworded)].join(' · ');
}
