/** The person's own points: from a file, or drawn with the mouse. */
import { PointsError, pointsFromStrokes, readPoints, type PointSet } from '../../core/math/points';
import { OWN_POINTS } from '../experiments/ddpm/manifest';
import { h, setHidden, setText } from './dom';
import { button } from './controls';
import type { AppState } from './state';
import type { Store } from './store';

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
      setText(problem, error instanceof PointsError ? error.message : `The points cannot be used: ${String(error)}`);
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
  const loadButton = button({ label: 'Load file…', appearance: 'secondary', title: 'CSV, TSV or NPY with two columns', onPress: () => void load() });
  const draw = button({
    label: 'Draw', appearance: 'secondary', title: 'Draw points in the picture with the mouse',
    onPress: () => {
      const { drawn } = store.get();
      if (drawn === null) store.set({ drawn: new Float32Array(), previewing: false });
      else take(() => pointsFromStrokes(drawn));
    },
  });
  const cancel = button({ label: 'Cancel', appearance: 'secondary', onPress: () => store.set({ drawn: null }) });
  const element = h('div', { class: 'own-bar', role: 'group', 'aria-label': 'Your own points' }, loadButton.element, draw.element, cancel.element, text, problem);
  store.on(['resolved', 'own', 'drawn'], ({ resolved, own, drawn }) => {
    setHidden(element, resolved.values.data !== OWN_POINTS);
    const drawing = drawn !== null;
    draw.set({ label: drawing ? 'Use these points' : 'Draw', disabled: drawing && drawn.length < 4, primary: drawing });
    setHidden(cancel.element, !drawing);
    setHidden(loadButton.element, drawing);
    setText(text, drawing ? `${drawn.length / 2} points drawn` : own ? describe(own) : 'No points yet.');
  });
  return element;
}

function describe({ name, points, notes }: PointSet): string {
  return [`${name}: ${(points.length / 2).toLocaleString('en-US')} points`, ...notes].join(' · ');
}
