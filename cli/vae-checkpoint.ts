/** A VAE's training at rest, in a file. */
import { readFile } from 'node:fs/promises';
import { examplesKey, type LabelledData } from '../core/math/examples';
import { CheckpointError, seal, unseal } from '../core/math/sealed';
import { vaeKey, type VaeSettings } from '../webview/experiments/vae/manifest';
import type { VaeTrainingState } from '../webview/experiments/vae/runtime';
import { UsageError } from './usage';

const FORMAT = 'vae 1';

/** What must agree for training to go on. */
export const keyOf = (settings: VaeSettings, { train }: LabelledData): string => `${vaeKey(settings)} ${examplesKey(train)}`;

export function encodeVaeCheckpoint(key: string, settings: VaeSettings, { step, rows }: VaeTrainingState): Uint8Array {
  return seal(FORMAT, { key, settings: JSON.stringify(settings), step: String(step) }, { rows: { dtype: 'F32', shape: [3, rows.length / 3], data: rows } });
}

/** @throws UsageError with what is wrong, or which settings differ. */
export async function readVaeCheckpoint(file: string, key: string, settings: VaeSettings): Promise<VaeTrainingState> {
  try {
    const { about, tensors } = unseal(FORMAT, await readFile(file), ['rows']);
    if (about.key !== key) throw new UsageError(`${file}: the checkpoint is of other settings (${differences(JSON.parse(about.settings) as VaeSettings, settings) || 'other data'}). Train with those, or leave out --resume to start afresh.`);
    return { step: Number(about.step), rows: tensors.rows };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const why = error instanceof CheckpointError ? error.message : (error as Error).message;
    throw new UsageError(`${file}: the checkpoint cannot be used: ${why}. Leave out --resume to start afresh.`);
  }
}

/** Those alone without which training cannot go on. */
function differences(was: VaeSettings, is: VaeSettings): string {
  const ids = (Object.keys(is) as (keyof VaeSettings)[]).filter((id) => String(was[id]) !== String(is[id]) && vaeKey({ ...is, [id]: was[id] }) !== vaeKey(is));
  return ids.map((id) => `${id} was ${String(was[id])}`).join(', ');
}
