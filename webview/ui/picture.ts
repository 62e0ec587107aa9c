/** The picture's pane: the cloud, what to say while there is none, and the line that tells whose is what. */
import { CloudView, cloudColours } from '../experiments/ddpm/view';
import { datasetOf, drawDataset, isDatasetId, type DatasetId } from '../../core/math/datasets';
import { h, setHidden, setText } from './dom';
import { button, linkButton } from './controls';
import { describeOrigin } from './format';
import { noteLines, provenance, terminalNote } from './notes';
import { spokenTime } from './player';
import type { Range } from '../../core/code/types';
import type { Runner } from './run';
import { isBusy, type AppState } from './state';
import type { Store } from './store';
import { symbolColour, type Theme } from './theme';

export interface Picture {
  element: HTMLElement;
  setTheme(theme: Theme): void;
}

export function picture(store: Store<AppState>, runner: Runner, reveal: (range: Range) => void): Picture {
  const frame = h('div', { class: 'picture-frame' });
  const view = new CloudView(frame);
  const message = h('p', {});
  const retry = button({ label: 'Try again', appearance: 'primary', onPress: () => void runner.start() });
  const overlay = h('div', { class: 'overlay', role: 'status' }, message, retry.element);
  frame.append(overlay);
  const whose = h('p', { class: 'whose' });
  const unread = h('ul', { class: 'unread', 'aria-label': 'What could not be read of the file' });
  const note = h('p', { class: 'note warning', role: 'note' });
  const cloudDot = h('span', { class: 'legend-dot legend-cloud' });
  cloudDot.style.background = symbolColour('xt');
  const legend = h('p', { class: 'legend', 'aria-hidden': 'true' },
    cloudDot, 'sample x', h('sub', {}, 't'), h('span', { class: 'legend-dot legend-data' }), 'real data');
  frame.append(legend);

  store.on(['tick', 'player', 'resolved', 'ran', 'phase'], (state) => {
    const { player, resolved, ran, phase } = state;
    // Beneath the cloud lie the data it was sampled for; with no cloud yet, the data that are chosen.
    const data = player.count > 0 && ran ? ran.values.data : resolved.values.data;
    const points = player.current?.points;
    if (isDatasetId(data)) view.show({ data: { key: data, points: realData(data) }, clouds: points ? [{ id: 'A', points }] : [], trajectories: [], field: null, strokes: null });
    // During a run the wording stays, or a screen reader would be told of every frame.
    if (phase !== 'running') view.describe(describePicture(state, data));
    legend.classList.toggle('without-cloud', player.count === 0);
  });
  store.on(['phase', 'error', 'player', 'model'], ({ phase, error, player, model }) => {
    const text = overlayText(phase, error, player.count > 0, model !== null);
    setText(message, text);
    setHidden(overlay, text === '');
    setHidden(retry.element, phase !== 'failed');
    overlay.classList.toggle('error', phase === 'failed');
  });
  store.on(['resolved'], ({ resolved }) => {
    const { yours, ours } = provenance(resolved);
    whose.replaceChildren(h('b', {}, 'Yours: '));
    yours.forEach(({ text, origin }, i) => {
      const link = 'range' in origin ? linkButton(describeOrigin(origin), 'Show in the editor', () => reveal(origin.range)) : describeOrigin(origin);
      whose.append(i > 0 ? ', ' : '', `${text} `, h('span', { class: 'origin-mark' }, '(', link, ')'));
    });
    whose.append(yours.length === 0 ? 'nothing yet; every setting below is a default or your choice here. ' : '. ', h('b', {}, 'Ours: '), `${ours}.`);
    const warning = terminalNote(resolved);
    setText(note, warning ?? '');
    setHidden(note, warning === null);
  });
  store.on(['model'], ({ model }) => {
    const { lines, rest } = noteLines(model?.finding.notes ?? []);
    unread.replaceChildren(...lines.map((line, i) => h('li', { title: i === lines.length - 1 && rest.length > 0 ? rest.join('\n') : null }, line)));
    setHidden(unread, lines.length === 0);
  });

  return {
    element: h('section', { class: 'picture', 'aria-label': 'Picture' }, frame, whose, unread, note),
    setTheme(theme) {
      view.setColours(cloudColours(theme));
    },
  };
}

/** How many real points the density is made of; their seed is fixed so that it never flickers. */
const DENSITY_POINTS = 20_000;
const drawn = new Map<DatasetId, Float32Array>();

function realData(id: DatasetId): Float32Array {
  let points = drawn.get(id);
  if (!points) drawn.set(id, (points = drawDataset(id, DENSITY_POINTS, 0)));
  return points;
}

function overlayText(phase: AppState['phase'], error: string | null, hasFrames: boolean, hasModel: boolean): string {
  switch (phase) {
    case 'starting':
      return hasFrames ? '' : 'Starting the network…';
    case 'failed':
      return `The run failed. ${error ?? ''}`;
    case 'idle':
      return hasModel ? 'Ready. Press Sample, or R.' : 'No model is open. Choose data and a schedule below and press Sample; or click the lens above a diffusion model in your code.';
    default:
      return '';
  }
}

function describePicture(state: AppState, data: unknown): string {
  const { player } = state;
  const title = isDatasetId(data) ? datasetOf(data).title : 'no data set';
  if (isBusy(state)) return `Sampling; data set: ${title}.`;
  if (!player.current) return `Real data of the set: ${title}.`;
  return `${player.current.points.length / 2} sampled points at ${spokenTime(player.t, player.T)}, over the real data of the set: ${title}.`;
}
