/** The plain sentences of the panel: what is the file's and what is ours, and what to expect of a schedule. Pure. */
import { datasetOf, isDatasetId } from '../../core/math/datasets';
import { placeInWords } from '../../core/code/words';
import type { PanelModel } from '../../core/protocol/messages';
import { OWN_POINTS } from '../experiments/ddpm/manifest';
import { formatNumber } from './format';
import type { ValueOrigin } from './origins';
import type { Resolved } from './settings';
import type { LostModel } from './state';
import { sentences, t } from './words';

export interface Provenance {
  /** What the user's file decides, each with its line; empty when it decides nothing. */
  yours: { text: string; origin: ValueOrigin }[];
  ours: string;
}

/** What the file decides, with its value. */
export const DECIDED = {
  T: 'T = {0}', schedule: 'schedule {0}', predictionType: 'predicts {0}', sampler: 'sampler {0}', varianceType: 'variance {0}',
  hiddenUnits: 'hidden units {0}', hiddenLayers: 'hidden layers {0}', batchSize: 'batch {0}', learningRate: 'learning rate {0}', emaDecay: 'EMA decay {0}', lossWeighting: 'loss {0}',
} as const;
const SAMPLED = ['T', 'schedule', 'predictionType', 'sampler', 'varianceType'] as const;
const TRAINED = ['hiddenUnits', 'hiddenLayers', 'batchSize', 'learningRate', 'emaDecay', 'lossWeighting'] as const;

/** Which parts of the picture are the user's and which are the extension's. `trainedSteps`: of the network that was trained here, or `now` while it is; null for a stand-in. */
export function provenance(resolved: Resolved, trainedSteps: number | 'now' | null = null): Provenance {
  const yours: Provenance['yours'] = [];
  for (const id of [...SAMPLED, ...(trainedSteps === null ? [] : TRAINED)]) {
    const origin = resolved.origins[id];
    if (origin.kind !== 'file' && origin.kind !== 'library') continue;
    if (id === 'varianceType' && resolved.values.sampler !== 'ddpm') continue;
    const value = String(resolved.values[id]);
    yours.push({ text: t(DECIDED[id], id === 'sampler' ? value.toUpperCase() : value), origin });
  }
  const id = resolved.values.data;
  const data = isDatasetId(id) ? t('“{0}”', t(datasetOf(id).title)) : id === OWN_POINTS ? t('your points') : t('the data');
  if (trainedSteps === 'now') return { yours, ours: t('the network, a small one that is being trained here on {0}: your own code is never run', data) };
  if (trainedSteps !== null) return { yours, ours: t('the network, a small one trained here for {0} steps on {1}: your own code is never run', trainedSteps.toLocaleString('en-US'), data) };
  if (id === OWN_POINTS) return { yours, ours: t('the network, which has to be trained on your points first: your own code is never run') };
  return { yours, ours: t('the network, a small 2-D stand-in trained on {0}, and that data: your own network is never run', data) };
}

/** Above this, x_T still carries enough signal that starting from N(0, I) is visibly wrong: std of the kept signal √0.01 = 0.1. */
export const TERMINAL_ALPHA_BAR = 0.01;

/** Says when the schedule does not end in pure noise, so that a poor sample is understood rather than wondered at. */
export function terminalNote(resolved: Resolved): string | null {
  const last = resolved.quantities?.alphasCumprod.at(-1);
  if (last === undefined || last <= TERMINAL_ALPHA_BAR) return null;
  const { T, schedule } = resolved.values;
  const ends = t('This schedule ends at ᾱ_T = {0}, not near 0: x_T is not N(0, I). Sampling starts from N(0, I) all the same, so the sample will be off.', formatNumber(last));
  const advice = schedule === 'linear' || schedule === 'scaled_linear' || schedule === 'sigmoid'
    ? t('The end points of β are fixed and T = {0} gives them too few steps; raise T or β end, or scale the end points by 1000/T.', T)
    : t('Raise T, or choose a schedule that destroys the signal.');
  return sentences([ends, advice]);
}

/** So many lines of what could not be read stay quiet; the rest is behind the last of them. */
const NOTE_LINES = 3;

/** What could not be read of the file, as at most three lines; `rest` holds the notes that the last line only counts. */
export function noteLines(notes: readonly string[]): { lines: string[]; rest: string[] } {
  if (notes.length <= NOTE_LINES) return { lines: [...notes], rest: [] };
  const shown = notes.slice(0, NOTE_LINES - 1);
  const rest = notes.slice(NOTE_LINES - 1);
  return { lines: [...shown, t('and {0} more', rest.length)], rest };
}

/** Said of a model that a reload did not bring back. */
export function lostNote({ uri, findingName }: LostModel): string {
  const last = uri.split(/[?#]/)[0].split('/').pop() || uri;
  let file = last;
  try {
    file = decodeURIComponent(last);
  } catch {
    // A stray % in a kept URI: shown as it stands.
  }
  return findingName ? t('{0} could not be read, or no longer holds {1}', file, findingName) : t('{0} could not be read', file);
}

/** Where the model stands, for the header. */
export function modelTitle(model: PanelModel | null): { name: string; place: string } | null {
  if (!model) return null;
  const { fileName, finding: { name, range } } = model;
  return { name, place: range.cell === undefined ? `${fileName}:${range.line}` : t('{0}, {1}', fileName, placeInWords(range, t)) };
}
