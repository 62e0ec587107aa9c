/**
 * A training run at rest, as bytes: a safetensors file with the four rows of the state and the losses so far, so that any tool can look into it, and a checksum over
 * everything that training needs to go on. The browser's storage and the command line keep the same bytes.
 */
import { readSafetensors, SafetensorsError, writeSafetensors } from '../../../../core/math/safetensors';
import { STATE } from '../../../kernels';
import type { DdpmSettings } from '../manifest';
import { checksum } from './checksum';
import type { TrainingState } from './training';

/** Raise it when the meaning of a part changes: an older file is then refused instead of misread. */
const FORMAT = '1';

/** The mean loss of every `every` steps since the start, the last group perhaps not full yet. */
export interface LossRecord {
  values: Float32Array;
  every: number;
  /** Sum and number of the losses of the group that is not full. */
  pending: readonly [sum: number, count: number];
}

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

/** The bytes are cut, damaged or of another version. */
export class CheckpointError extends Error {
  override name = 'CheckpointError';
}

export function encodeCheckpoint({ trainingKey, settings, state, losses, at, running }: Checkpoint): Uint8Array {
  const about = {
    format: FORMAT, trainingKey, settings: JSON.stringify(settings), step: String(state.step), at: String(at), running: String(running),
    every: String(losses.every), pending: losses.pending.join(' '),
  };
  const P = state.rows.length / STATE.rows;
  return writeSafetensors({
    tensors: {
      rows: { dtype: 'F32', shape: [STATE.rows, P], data: state.rows },
      losses: { dtype: 'F32', shape: [losses.values.length], data: losses.values },
    },
    metadata: { ...about, checksum: checksumOf(about, state.rows, losses.values) },
  });
}

/** @throws CheckpointError which says what is wrong with the bytes. */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const { tensors, metadata } = read(bytes);
  const { checksum, ...about } = metadata;
  if (about.format !== FORMAT) throw new CheckpointError(about.format === undefined ? 'it is no checkpoint' : `it is of version ${about.format}, and this program reads version ${FORMAT}`);
  if (!tensors.rows || !tensors.losses) throw new CheckpointError('a part of it is missing');
  const { rows, losses } = tensors;
  if (checksum !== checksumOf(about, rows.data, losses.data)) throw new CheckpointError('its checksum does not fit: it was damaged');
  const [sum, count] = about.pending.split(' ').map(Number);
  return {
    trainingKey: about.trainingKey,
    settings: JSON.parse(about.settings) as DdpmSettings,
    state: { step: Number(about.step), rows: rows.data },
    losses: { values: losses.data, every: Number(about.every), pending: [sum, count] },
    at: Number(about.at),
    running: about.running === 'true',
  };
}

function read(bytes: Uint8Array) {
  try {
    return readSafetensors(bytes);
  } catch (error) {
    if (error instanceof SafetensorsError) throw new CheckpointError(`it cannot be read (${error.message})`);
    throw error;
  }
}

function checksumOf(about: Record<string, string>, rows: Float32Array, losses: Float32Array): string {
  const text = JSON.stringify(Object.entries(about).sort(([a], [b]) => (a < b ? -1 : 1)));
  const codes = Uint16Array.from(text, (character) => character.charCodeAt(0));
  return [codes, rows, losses].map(checksum).join('-');
}
