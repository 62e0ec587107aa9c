import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { SafetensorsError } from '../core/math/safetensors';
import { validateVae, type VaeSettings } from '../webview/experiments/vae/manifest';
import { describeWeights, readWeights } from '../webview/experiments/vae/runtime';
import { exportScripts } from '../webview/experiments/vae/runtime/export';
import { parse } from './arguments';
import { replaceFile, requireWritable } from './output';
import { UsageError } from './usage';

const text = { type: 'string' } as const;
const OPTIONS = { weights: text, torch: text, torchrun: text } as const;

/** `marginalia export vae --weights FILE --torch FILE`: the model of a file of weights as PyTorch scripts. */
export async function exportModel(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, OPTIONS);
  if (positionals.length !== 1 || positionals[0] !== 'vae') throw new UsageError('export knows one experiment, vae; write "marginalia export vae --weights FILE --torch FILE".');
  const { weights, torch, torchrun } = values;
  if (weights === undefined) throw new UsageError('--weights is missing: the file that "marginalia train vae --out" or the panel wrote.');
  if (torch === undefined && torchrun === undefined) throw new UsageError('Say what to write: --torch FILE, --torchrun FILE, or both.');
  const scripts = await scriptsOf(weights);
  await requireWritable('torch', torch);
  await requireWritable('torchrun', torchrun);
  for (const [file, script] of [[torch, scripts.pytorch], [torchrun, scripts.torchrun]]) {
    if (file === undefined) continue;
    await replaceFile(file, Buffer.from(script as string));
    process.stderr.write(`${file}: reads ${path.basename(weights)}; "python3 ${path.basename(file)} --help" tells the rest\n`);
  }
  return 0;
}

async function scriptsOf(weights: string) {
  try {
    const bytes = await readFile(weights);
    const about = describeWeights(bytes);
    if (!about) throw new UsageError(`${weights} does not say of which model it is: it was not written by Marginalia, or its metadata are lost.`);
    const settings = about.settings as VaeSettings;
    const [problem] = validateVae(settings, null);
    if (problem) throw new UsageError(`${weights}: its settings cannot be used. ${problem.message}`);
    // Throws where the tensors are not those of the settings.
    readWeights(bytes, settings, about.shape);
    return exportScripts(settings, about.shape, path.basename(weights));
  } catch (error) {
    if (error instanceof SafetensorsError || error instanceof RangeError) throw new UsageError(`${weights}: ${error.message}`);
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${weights} cannot be read: ${(error as Error).message}`);
  }
}
