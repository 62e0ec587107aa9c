/** A training run at rest, as bytes: the four rows of the state and the losses so far. */
import type { LossRecord } from '../../../../core/math/history';
import { seal, unseal } from '../../../../core/math/sealed';
import { STATE } from '../../../kernels';
import type { DdpmSettings } from '../manifest';
import type { TrainingState } from './training';

const FORMAT = '1';

export interface Checkpoint {
  /** `trainingKey` of the settings and, of one's own points, their checksum: what must agree for training to go on. */
  trainingKey: string;
  settings: DdpmSettings;
  state: TrainingState;
  losses: LossRecord;
  /** When it was taken, in ms since 1970. */
  at: number;
  /** Whether training was under way, so that one who finds it knows that it was interrupted; not so at a pause and at the end. */
  running: boolean;
}

export function encodeCheckpoint({ trainingKey, settings, state, losses, at, running }: Checkpoint): Uint8Array {
  return seal(FORMAT, {
    trainingKey, settings: JSON.stringify(settings), step: String(state.step), at: String(at), running: String(running), every: String(losses.every), pending: losses.pending.join(' '),
  }, {
    rows: { dtype: 'F32', shape: [STATE.rows, state.rows.length / STATE.rows], data: state.rows },
    losses: { dtype: 'F32', shape: [losses.values.length], data: losses.values },
  });
}

/** @throws CheckpointError which says what is wrong with the bytes. */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const { about, tensors } = unseal(FORMAT, bytes, ['rows', 'losses']);
  const [sum, count] = about.pending.split(' ').map(Number);
  return {
    trainingKey: about.trainingKey,
    settings: JSON.parse(about.settings) as DdpmSettings,
    state: { step: Number(about.step), rows: tensors.rows },
    losses: { values: tensors.losses, every: Number(about.every), pending: [sum, count] },
    at: Number(about.at),
    running: about.running === 'true',
  };
}
