/** A VAE's training at rest, as bytes: parameters with Adam's moments, and the three curves so far. */
import type { LossRecord } from '../../../core/math/history';
import { seal, unseal } from '../../../core/math/sealed';
import type { VaeSettings } from '../../experiments/vae/manifest';
import type { VaeTrainingState } from '../../experiments/vae/runtime';

const FORMAT = 'vae-1';

/** In the order of their rows. */
export const CURVES = ['loss', 'reconstruction', 'klDivergence'] as const;
export type CurveId = (typeof CURVES)[number];

export interface VaeCheckpoint {
  /** What must agree for training to go on: settings, and of one's own data their checksum. */
  trainingKey: string;
  settings: VaeSettings;
  state: VaeTrainingState;
  /** All of the same length. */
  curves: Readonly<Record<CurveId, LossRecord>>;
  /** When it was taken, in ms since 1970. */
  at: number;
  /** Whether training was under way, so that one who finds it knows that it was interrupted. */
  running: boolean;
}

export function encodeVaeCheckpoint({ trainingKey, settings, state, curves, at, running }: VaeCheckpoint): Uint8Array {
  const { every } = curves.loss;
  const count = curves.loss.values.length;
  const values = new Float32Array(CURVES.length * count);
  CURVES.forEach((id, row) => values.set(curves[id].values, row * count));
  return seal(FORMAT, {
    trainingKey, settings: JSON.stringify(settings), step: String(state.step), at: String(at), running: String(running), every: String(every),
    pending: CURVES.map((id) => curves[id].pending.join(' ')).join(' '),
  }, {
    rows: { dtype: 'F32', shape: [3, state.rows.length / 3], data: state.rows },
    curves: { dtype: 'F32', shape: [CURVES.length, count], data: values },
  });
}

/** @throws CheckpointError which says what is wrong with the bytes. */
export function decodeVaeCheckpoint(bytes: Uint8Array): VaeCheckpoint {
  const { about, tensors } = unseal(FORMAT, bytes, ['rows', 'curves']);
  const pending = about.pending.split(' ').map(Number);
  const count = tensors.curves.length / CURVES.length;
  const curves = Object.fromEntries(CURVES.map((id, row) => [id, {
    values: tensors.curves.slice(row * count, (row + 1) * count), every: Number(about.every), pending: [pending[2 * row], pending[2 * row + 1]],
  }])) as unknown as Record<CurveId, LossRecord>;
  return {
    trainingKey: about.trainingKey, settings: JSON.parse(about.settings) as VaeSettings, state: { step: Number(about.step), rows: tensors.rows }, curves, at: Number(about.at), running: about.running === 'true',
  };
}
