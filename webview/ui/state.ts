/** The page's one state object: what it holds, and the pure questions that several parts ask of it. */
import type { PanelAction, PanelModel } from '../../core/protocol/messages';
import type { DeviceReport } from '../worker/protocol';
import type { FinishedRun } from './export';
import { Player } from './player';
import { resolve, sameRun, type Overrides, type Resolved } from './settings';

/** `stopped` is a run that the person ended; its frames stay. */
export type Phase = 'loading' | 'idle' | 'starting' | 'running' | 'finished' | 'stopped' | 'failed';

export interface LostModel {
  uri: string;
  findingName: string | null;
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
  overrides: Overrides;
  resolved: Resolved;
  /** What the frames in the player were made with; null before the first run. */
  ran: Resolved | null;
  device: DeviceReport | null;
  stepsPerSecond: number | null;
  /** Changed in place for speed; `tick` grows with every change of it. */
  player: Player;
  tick: number;
  replaying: boolean;
  /** The symbol under pointer, focus or the editor's cursor. */
  symbol: string | null;
  derivationStep: number;
}

export function initialState(): AppState {
  const resolved = resolve(null, {});
  return {
    phase: 'loading', error: null, notice: null, model: null, gone: false, lost: null, overrides: {}, resolved, ran: null, device: null,
    stepsPerSecond: null, player: new Player(resolved.settings?.T ?? 1), tick: 0, replaying: false, symbol: null, derivationStep: 0,
  };
}

export const isBusy = ({ phase }: AppState): boolean => phase === 'starting' || phase === 'running';

/** The picture was made with other settings than the controls show. */
export const isStale = ({ ran, resolved }: AppState): boolean => ran !== null && !sameRun(ran, resolved);

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
export function finishedRun({ phase, ran, device, player }: AppState): FinishedRun | null {
  return phase === 'finished' && ran && device && player.last ? { resolved: ran, device, points: player.last.points } : null;
}
