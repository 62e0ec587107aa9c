/** The picture's pane: what it shows, the bar over it, what to say while there is nothing, and the line that tells whose is what. */
import { addPoints, cloudColours, CloudView, erasePoints, type Field, type KeyEntry } from '../experiments/ddpm/view';
import { retold } from '../../core/code/sentences';
import { datasetOf, isDatasetId } from '../../core/math/datasets';
import { OWN_POINTS } from '../experiments/ddpm/manifest';
import { h, setHidden, setText } from './dom';
import { button, linkButton } from './controls';
import { describeOrigin } from './format';
import { whyThis } from './evidence';
import type { Reveal } from './host';
import { legend } from './legend';
import { noteLines, provenance, terminalNote } from './notes';
import { spokenTime } from './player';
import { realData } from './probes';
import type { Runner } from './run';
import { sceneOf } from './scene';
import { isBusy, networkFor, type AppState } from './state';
import type { Store } from './store';
import type { Theme } from './theme';
import { isTraining } from './training-state';
import { TRAINED } from '../worker/protocol';
import { pieces, t, translation } from './words';

export interface Picture {
  element: HTMLElement;
  setTheme(theme: Theme): void;
  setField(field: Field | null): void;
  toPng(): Promise<Uint8Array>;
}

/** `bars` stand over the picture as they come. */
export function picture(store: Store<AppState>, runner: Runner, reveal: Reveal, bars: readonly HTMLElement[]): Picture {
  const frame = h('div', { class: 'picture-frame' });
  const view = new CloudView(frame);
  const message = h('p', {});
  const retry = button({ label: t('Try again'), appearance: 'primary', onPress: () => void runner.start() });
  const overlay = h('div', { class: 'overlay', role: 'status' }, message, retry.element);
  const key = legend();
  frame.append(overlay, key.element);
  const whose = h('p', { class: 'whose' });
  const unread = h('ul', { class: 'unread', 'aria-label': t('What could not be read of the file') });
  const note = h('p', { class: 'note warning', role: 'note' });
  let field: Field | null = null;
  let entries: KeyEntry[] = [];

  const draw = (state: AppState) => {
    const { player, resolved, ran, phase } = state;
    // Beneath the cloud lie the data it was sampled for; with no cloud yet, the data that are chosen.
    const data = player.count > 0 && ran && !state.previewing ? ran.resolved.values.data : resolved.values.data;
    view.show(sceneOf(state, realData(data, state.own), field));
    entries = key.set(state, field !== null ? view.arrowLegend : null);
    // During a run the wording stays, or a screen reader would be told of every frame.
    if (phase !== 'running') view.describe(describePicture(state, data));
  };
  store.on(['tick', 'player', 'resolved', 'ran', 'phase', 'kept', 'followed', 'preview', 'previewing', 'own', 'drawn', 'fieldMode'], draw);
  view.onPick((index) => {
    const { followed } = store.get();
    store.set({ followed: followed.includes(index) ? followed.filter((other) => other !== index) : [...followed, index] });
  });
  view.onDraw((event) => {
    const { drawn } = store.get();
    if (drawn) store.set({ drawn: event.kind === 'add' ? addPoints(drawn, event.points) : erasePoints(drawn, event.x, event.y, event.radius) });
  });
  let drawing = false;
  store.on(['drawn'], ({ drawn }) => {
    if ((drawn !== null) === drawing) return;
    drawing = drawn !== null;
    view.setMode(drawing ? 'draw' : 'pick', drawing ? 1 : undefined);
  });
  store.on(['phase', 'error', 'player', 'model', 'training', 'preview', 'previewing', 'resolved', 'own', 'drawn'], (state) => {
    const text = overlayText(state);
    setText(message, text);
    setHidden(overlay, text === '');
    setHidden(retry.element, state.phase !== 'failed');
    overlay.classList.toggle('error', state.phase === 'failed');
  });
  let told: unknown[] = [];
  store.on(['resolved', 'networkChoice', 'training', 'own'], (state) => {
    const { resolved, training } = state;
    const trained = networkFor(state) !== TRAINED ? null : isTraining(training) ? 'now' : training.step;
    if (told[0] === resolved && told[1] === trained) return;
    told = [resolved, trained];
    const { yours, ours } = provenance(resolved, trained);
    whose.replaceChildren(h('b', {}, t('Yours: ')));
    yours.forEach(({ text, origin }, i) => {
      const link = 'range' in origin ? linkButton(describeOrigin(origin), t('Show in the editor'), () => reveal(origin.range)) : describeOrigin(origin);
      whose.append(i > 0 ? t(', ') : '', `${text} `, h('span', { class: 'origin-mark' }, ...pieces('({0})', link)));
    });
    whose.append(yours.length === 0 ? t('nothing yet; every setting below is a default or your choice here. ') : t('. '), h('b', {}, t('Ours: ')), t('{0}.', ours));
    const warning = terminalNote(resolved);
    setText(note, warning ?? '');
    setHidden(note, warning === null);
  });
  store.on(['model'], ({ model }) => {
    const { lines, rest } = noteLines((model?.finding.notes ?? []).map((said) => retold(said, translation())));
    unread.replaceChildren(...lines.map((line, i) => h('li', { title: i === lines.length - 1 && rest.length > 0 ? rest.join('\n') : null }, line)));
    setHidden(unread, lines.length === 0);
  });

  return {
    element: h('section', { class: 'picture', 'aria-label': t('Picture') }, ...bars, frame, whose, unread, note, whyThis(store, reveal)),
    setTheme: (theme) => view.setColours(cloudColours(theme)),
    setField(next) {
      field = next;
      draw(store.get());
    },
    toPng: () => view.toPng(entries),
  };
}

function overlayText({ phase, error, player, model, training, preview, previewing, resolved, own, drawn }: AppState): string {
  if (drawn !== null) return drawn.length === 0 ? t('Draw with the mouse, then press “Use these points”.') : '';
  if (previewing && phase !== 'failed') return training.phase === 'failed' || preview || training.phase === 'none' ? '' : t('Training; the first sample comes in a few seconds.');
  switch (phase) {
    case 'starting':
      return player.count > 0 ? '' : t('Starting the network…');
    case 'failed':
      return t('The run failed. {0}', error ?? '');
    case 'idle':
      if (resolved.values.data === OWN_POINTS && !own) return t('Load a file of points, or draw some, and train a network on them.');
      return model ? t('Ready. Press Sample, or R.') : t('No model is open. Choose data and a schedule below and press Sample; or click the lens above a diffusion model in your code.');
    default:
      return '';
  }
}

function describePicture(state: AppState, data: unknown): string {
  const { player, ran, previewing, preview } = state;
  const title = isDatasetId(data) ? t(datasetOf(data).title) : data === OWN_POINTS ? t('your own points') : t('no data set');
  if (isBusy(state)) return t('Sampling; data set: {0}.', title);
  if (previewing && preview) return t('A sample of the network at training step {0}, over the real data of the set: {1}.', preview.step, title);
  if (!player.current) return t('Real data of the set: {0}.', title);
  const [count, time] = [player.current.points.length / 2, spokenTime(player.t, player.T)];
  return ran?.direction === 'forward'
    ? t('{0} noised points at {1}, over the real data of the set: {2}.', count, time, title)
    : t('{0} sampled points at {1}, over the real data of the set: {2}.', count, time, title);
}
