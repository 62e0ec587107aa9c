/** The page's one state object: what it holds, and the pure questions that several parts ask of it. */
import { experimentOf, type ExperimentId, type FamilyId } from '../../core/code/vocabulary';
import type { SymbolId } from '../../core/formulas/symbols';
import type { PanelAction, PanelModel, PanelSnapshot } from '../../core/protocol/messages';
import { isDatasetId, type DatasetId } from '../../core/math/datasets';
import type { PointSet } from '../../core/math/points';
import { OWN_POINTS } from '../experiments/ddpm/manifest';
import { TRAINED, type BoundTerms, type DeviceReport, type Measures, type NetworkName } from '../worker/protocol';
import type { FinishedRun } from './export';
import { Player } from './player';
import type { RunProbe } from './runprobe';
import { resolve, sameRun, type Overrides, type Resolved } from './settings';
import { noTraining, type Training } from './training-state';
import { t } from './words';

/** `stopped` is a run that the person ended; its frames stay. */
export type Phase = 'loading' | 'idle' | 'starting' | 'running' | 'finished' | 'stopped' | 'failed';

/** From noise to data by sampling, or from data to noise as the process is defined. */
export type Direction = 'reverse' | 'forward';

export type FieldMode = 'none' | 'predicted' | 'exact' | 'both' | 'difference';

export interface LostModel {
  uri: string;
  findingName: string | null;
  family: FamilyId | null;
}

export interface Preview {
  step: number;
  points: Float32Array;
}

/** What a run was made with. */
export interface Ran {
  resolved: Resolved;
  direction: Direction;
  network: NetworkName;
  /** Steps that the trained network had taken; 0 for a stand-in. */
  trainedSteps: number;
}

/** Run A, kept to be compared with the ones that follow. */
export interface KeptRun {
  player: Player;
  ran: Ran;
  measures: Measures | null;
}

export interface AppState {
  phase: Phase;
  /** Why `failed`. */
  error: string | null;
  /** What came of the last export. */
  notice: string | null;
  model: PanelModel | null;
  /** The model is no longer in the file; the last one is kept. */
  gone: boolean;
  /** The model that the kept state belongs to and that could not be read again after a reload; null once there is a model. */
  lost: LostModel | null;
  pinned: boolean;
  /** What an empty playground runs; null where the host has not said. */
  experiment: ExperimentId | null;
  /** What symbols are worth in the run of an experiment that tells it. */
  live: Readonly<Partial<Record<SymbolId, number>>>;
  overrides: Overrides;
  resolved: Resolved;
  /** Points of the person's own, from a file or drawn. */
  own: PointSet | null;
  /** Points drawn so far, interleaved; null while nobody draws. */
  drawn: Float32Array | null;
  /** Whether samples come from the shipped network or from the one that was trained here, where there is one for these data. */
  networkChoice: 'stand-in' | 'trained';
  /** Changes ten times a second while it runs: what is drawn anew with it must be cheap. */
  training: Training;
  /** The latest sample of the network that is being trained. */
  preview: Preview | null;
  /** The picture shows the samples that training sends, until the person samples, scrubs or replays. */
  previewing: boolean;
  /** What the frames in the player were made with; null before the first run. */
  ran: Ran | null;
  kept: KeptRun | null;
  measures: Measures | null;
  bound: { terms: BoundTerms; label: string } | null;
  device: DeviceReport | null;
  stepsPerSecond: number | null;
  /** Changed in place for speed; `tick` grows with every change of it. */
  player: Player;
  tick: number;
  replaying: boolean;
  fieldMode: FieldMode;
  /** Numbers of the points whose paths are drawn. */
  followed: readonly number[];
  /** The symbol under pointer, focus or the editor's cursor. */
  symbol: string | null;
  derivationStep: number;
  /** Id of a derivation from the contents; null: that of the model. */
  chosen: string | null;
  /** The reason of the line that is read is unfolded. */
  why: boolean;
  /** What is known of the step of the run that is shown; null without one. */
  probe: RunProbe | null;
  /** Which random world gives the numbers beside a line, from 1. */
  world: number;
}

export function initialState(): AppState {
  const resolved = resolve(null, {});
  return {
    phase: 'loading', error: null, notice: null, model: null, gone: false, lost: null, pinned: false, experiment: null, live: {}, overrides: {}, resolved, own: null, drawn: null,
    networkChoice: 'stand-in', training: noTraining(), preview: null, previewing: false, ran: null, kept: null, measures: null, bound: null, device: null,
    stepsPerSecond: null, player: new Player(resolved.settings?.T ?? 1), tick: 0, replaying: false, fieldMode: 'none', followed: [], symbol: null, derivationStep: 0, chosen: null, why: true, probe: null, world: 1,
  };
}

/** Of the model that is shown, or was before a reload; null for an empty playground. */
export const familyShown = ({ model, lost }: Pick<AppState, 'model' | 'lost'>): FamilyId | null => model?.finding.family ?? lost?.family ?? null;

const PAGES = { ddpm: 'playground', vae: 'vae' } as const satisfies Record<ExperimentId, PanelSnapshot['page']>;

/** Families that have no experiment have a page to read: nothing of what samples and trains is even built for it. */
export function pageOf(state: Pick<AppState, 'model' | 'lost'> & Partial<Pick<AppState, 'experiment'>>): PanelSnapshot['page'] {
  const family = familyShown(state);
  const runs = family === null ? (state.experiment ?? 'ddpm') : experimentOf(family);
  return runs === null ? 'reading' : PAGES[runs];
}

export const isBusy = ({ phase }: AppState): boolean => phase === 'starting' || phase === 'running';

/** The picture was made with other settings than the controls show. */
export const isStale = (state: AppState): boolean =>
  state.ran !== null && (!sameRun(state.ran.resolved, state.resolved) || (state.ran.direction === 'reverse' && state.ran.network !== networkFor(state)));

/** Whether the trained network knows the data that are chosen. */
export const hasTrained = ({ training, resolved }: AppState): boolean =>
  training.settings !== null && training.step > 0 && training.settings.data === resolved.values.data;

/** The network that a run would use; null where only training could make one. */
export function networkFor(state: AppState): NetworkName | null {
  const { data } = state.resolved.values;
  if (hasTrained(state) && (state.networkChoice === 'trained' || !hasStandIn(data))) return TRAINED;
  return hasStandIn(data) ? data : null;
}

/** Whether a network is shipped that knows these data. */
export const hasStandIn = (data: unknown): data is DatasetId => isDatasetId(data);

/** Why nothing can be sampled now, in words; null when it can. */
export function sampleProblem(state: AppState): string | null {
  if (state.resolved.values.data === OWN_POINTS && !state.own) return t('Load or draw points first.');
  if (!networkFor(state)) return t('No network knows these data yet: train one.');
  return null;
}

/** The step that plots and live values refer to: the picture's t, within the schedule that the controls show. */
export function shownTime({ player, resolved }: AppState): number {
  const T = resolved.settings?.T ?? player.T;
  return Math.min(T, player.t);
}

/** While it holds no frames the player stands for the schedule itself and follows its T; one that a run is about to fill stays. */
export function playerFor(state: AppState, resolved: Resolved): Player {
  const { player } = state;
  const T = resolved.settings?.T ?? player.T;
  return isBusy(state) || player.count > 0 || player.T === T ? player : new Player(T);
}

/**
 * Whether a model that arrives is the one that was shown (or, after a reload, lost). The host follows edits and renames
 * without asking for an action: an edit may rename the class, and a renamed file holds the very same finding.
 */
export function isSameModel({ model: last, lost }: Pick<AppState, 'model' | 'lost'>, next: PanelModel, action: PanelAction): boolean {
  const known = last ? { uri: last.uri, findingName: last.finding.name } : lost;
  if (known?.uri === next.uri && known.findingName === next.finding.name) return true;
  if (!last || action !== 'none') return false;
  return last.uri === next.uri ? last.version !== next.version : JSON.stringify(last.finding) === JSON.stringify(next.finding);
}

/** What an export would hold; null while there is no finished run. */
export function finishedRun({ phase, ran, device, player, own, measures, model }: AppState): FinishedRun | null {
  if (phase !== 'finished' || !ran || !device || !player.last) return null;
  return { ran, device, points: player.last.points, own: ran.resolved.values.data === OWN_POINTS ? own : null, measures, model };
}

/** Under which name checkpoints of this model are kept. */
export const trainingKeyOf = ({ model, lost }: AppState): string => {
  const uri = model?.uri ?? lost?.uri;
  return uri ? `${uri}#${model?.finding.name ?? lost?.findingName ?? ''}` : 'playground';
};
