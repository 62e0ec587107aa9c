/** What the picture shows at this moment, out of the state. Pure. */
import type { Cloud, Field, Scene } from '../experiments/ddpm/view';
import type { AppState } from './state';

/** What of the state the picture needs, and what is kept beside it. */
export function sceneOf(state: AppState, data: Scene['data'], field: Field | null): Scene {
  if (state.drawn !== null) return { data: null, clouds: [], trajectories: [], field: null, strokes: state.drawn };
  const clouds: Cloud[] = [];
  const trajectories: { id: 'A' | 'B'; points: Float32Array }[] = [];
  const { kept, player, ran, followed } = state;
  const id = kept ? 'B' : 'A';
  const kin = kept?.player.frameAt(player.t);
  if (kept && kin && ran?.direction !== 'forward') {
    clouds.push({ id: 'A', points: kin.points });
    for (const point of followed) if (2 * point < kin.points.length) trajectories.push({ id: 'A', points: kept.player.pathUntil(point, kin) });
  }
  const preview = state.previewing ? state.preview : null;
  if (preview) clouds.push({ id, points: preview.points });
  else if (player.current) {
    clouds.push({ id: ran?.direction === 'forward' ? 'forward' : id, points: player.current.points });
    for (const point of followed) if (2 * point < player.current.points.length) trajectories.push({ id, points: player.path(point) });
  }
  return { data, clouds, trajectories, field, strokes: null };
}

/** Points whose paths a press of *Follow* shows, spread over the cloud; they start as independent draws of noise. */
export const FOLLOWED = 8;
export const spreadPoints = (count: number): number[] => Array.from({ length: Math.min(FOLLOWED, count) }, (_, i) => Math.floor((i * count) / Math.min(FOLLOWED, count)));
