/** A trained model as programs for PyTorch, of the same names and shapes as its weights. */
import { pytorchScript, torchrunScript } from '../../../../core/export';
import { networksOf, type DataShape } from '../architecture';
import type { VaeSettings } from '../manifest';

export interface ExportedScripts {
  /** Reconstructs, encodes, samples and trains on one machine. */
  pytorch: string;
  /** Trains in several processes, started by torchrun. */
  torchrun: string;
}

/**
 * @param weightsFile the name of the .safetensors file that lies beside the scripts, without a folder.
 * @throws RangeError where the settings do not fit the shape.
 */
export function exportScripts(settings: VaeSettings, { size, image }: DataShape, weightsFile: string): ExportedScripts {
  const data = { size, image };
  const script = { settings, data, networks: networksOf(settings, data), weightsFile };
  return { pytorch: pytorchScript(script), torchrun: torchrunScript(script) };
}
