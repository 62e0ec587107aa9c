/** What is measured beside the picture: distances of a sample, the bound, the field at the scrubbed t. Each answers for the latest state only. */
import { drawDataset, isDatasetId, type DatasetId } from '../../core/math/datasets';
import { exactNoise } from '../../core/math/score';
import { trainingKey, OWN_POINTS, type DdpmSettings } from '../experiments/ddpm/manifest';
import { fieldGrid, type Field } from '../experiments/ddpm/view';
import { TRAINED, type NetworkName } from '../worker/protocol';
import type { Compute } from './compute';
import { Latest, NEVER } from './latest';
import { isBusy, networkFor, shownTime, type AppState } from './state';
import type { Store } from './store';
import { isTraining } from './training-state';
import { t } from './words';

/** Arrows a side. */
export const FIELD_SIZE = 22;
const GRID = fieldGrid(FIELD_SIZE, FIELD_SIZE);

interface FieldQuestion {
  settings: DdpmSettings;
  /** 0-based. */
  t: number;
  /** At t. */
  alphaBar: number;
  mode: AppState['fieldMode'];
  network: NetworkName | null;
  own: Float32Array | null;
  device: AppState['resolved']['device'];
}

/** Keeps the arrows of the field in step with the state; `show` gets null where there is none. */
export function followField(store: Store<AppState>, compute: Compute, show: (field: Field | null) => void, log: (text: string) => void): void {
  let asked = '';
  const latest = new Latest<FieldQuestion>(async (question) => show(await fieldOf(compute, question)), (error) => {
    show(null);
    log(`field: ${String(error)}`);
  });
  store.on(['fieldMode', 'tick', 'player', 'resolved', 'training', 'preview', 'networkChoice', 'own', 'phase'], (state) => {
    const { fieldMode: mode, resolved, own, training, preview } = state;
    const network = networkFor(state);
    const { settings, device } = resolved;
    if (mode === 'none' || !settings || state.phase === 'loading' || (mode !== 'exact' && !network)) {
      if (asked !== '') show(null);
      asked = '';
      return;
    }
    const t = Math.max(1, shownTime(state)) - 1;
    // While it trains, the field is asked again with each sample that it sends, not with each step.
    const version = network === TRAINED ? (isTraining(training) ? (preview?.step ?? 0) : training.step) : 0;
    const key = JSON.stringify([mode, t, network, version, trainingKey(settings), own?.name, own?.rows]);
    if (key === asked) return;
    asked = key;
    latest.ask({ settings, t, alphaBar: resolved.quantities!.alphasCumprod[t], mode, network, own: settings.data === OWN_POINTS ? (own?.points ?? null) : null, device });
  });
}

async function fieldOf(compute: Compute, { settings, t, alphaBar, mode, network, own, device }: FieldQuestion): Promise<Field | null> {
  const predicted = mode === 'exact' || !network ? null : towardsData(await compute.field({ settings, network, t, x: GRID, device, signal: NEVER }));
  const exact = mode === 'predicted' ? null : towardsData(exactNoise(own ?? (settings.data as DatasetId), alphaBar, GRID));
  const shape = { columns: FIELD_SIZE, rows: FIELD_SIZE };
  switch (mode) {
    case 'predicted':
      return predicted && { ...shape, arrows: predicted, kind: 'predicted' };
    case 'exact':
      return exact && { ...shape, arrows: exact, kind: 'exact' };
    case 'both':
      return predicted && exact && { ...shape, arrows: predicted, secondary: exact, kind: 'predicted' };
    case 'difference':
      return predicted && exact && { ...shape, arrows: predicted.map((value, i) => value - exact[i]), kind: 'difference' };
    default:
      return null;
  }
}

/** −ε̂ = √(1 − ᾱ) · score: the way to likelier points, in units that stay comparable over t. */
const towardsData = (eps: Float32Array): Float32Array => eps.map((value) => -value);

/** Distances of the finished sample from held-out data, measured once for each run. */
export async function measureRun(store: Store<AppState>, compute: Compute, log: (text: string) => void): Promise<void> {
  const { ran, player, own } = store.get();
  const settings = ran?.resolved.settings;
  if (!ran || !settings || ran.direction !== 'reverse' || !player.last) return;
  try {
    const measures = await compute.measure({ settings, own: settings.data === OWN_POINTS ? (own?.points ?? null) : null, points: player.last.points.slice(), device: ran.resolved.device, signal: NEVER });
    const { ran: now, kept } = store.get();
    if (now === ran) store.set({ measures });
    // It may have become run A while it was measured.
    if (kept?.ran === ran) store.set({ kept: { ...kept, measures } });
  } catch (error) {
    log(`measure: ${String(error)}`);
  }
}

/** The bound of the network at hand, while `wanted` says that somebody looks at it and nothing else runs. Returns what to call when that changes. */
export function followBound(store: Store<AppState>, compute: Compute, wanted: () => boolean, log: (text: string) => void): () => void {
  let asked = '';
  const latest = new Latest<AppState>(async (state) => {
    const network = networkFor(state)!;
    const settings = state.resolved.settings!;
    const terms = await compute.bound({ settings, network, own: settings.data === OWN_POINTS ? state.own!.points : null, device: state.resolved.device, signal: NEVER });
    store.set({ bound: { terms, label: network === TRAINED ? t('network trained here, step {0}', state.training.step) : t('stand-in network') } });
  }, (error) => {
    store.set({ bound: null });
    log(`bound: ${String(error)}`);
  });
  const ask = () => {
    const state = store.get();
    const network = networkFor(state);
    const { settings } = state.resolved;
    if (!wanted() || !settings || !network || isBusy(state) || isTraining(state.training) || (settings.data === OWN_POINTS && !state.own)) return;
    const key = JSON.stringify([network, network === TRAINED ? state.training.step : 0, trainingKey(settings), settings.varianceType, state.own?.name]);
    if (key === asked) return;
    asked = key;
    latest.ask(state);
  };
  store.on(['phase', 'training', 'resolved', 'networkChoice', 'own'], ask);
  return ask;
}

/** How many real points the density beneath the cloud is made of; their seed is fixed so that it never flickers. */
const DENSITY_POINTS = 8000;
const drawnSets = new Map<string, Float32Array>();

/** The real data beneath the cloud; null where there are none. */
export function realData(data: unknown, own: AppState['own']): { key: string; points: Float32Array } | null {
  if (data === OWN_POINTS) return own && { key: `own:${own.name}:${own.rows}:${own.points[0]}:${own.points[own.points.length - 1]}`, points: own.points };
  if (!isDatasetId(data)) return null;
  let points = drawnSets.get(data);
  if (!points) drawnSets.set(data, (points = drawDataset(data, DENSITY_POINTS, 0)));
  return { key: data, points };
}

