/** What the playground needs to build the same network and the same loss: widths in order, activation, reductions. */
import type { FileView, Lists, Place, Settings } from '../family';
import type { Told } from '../../training/agree';
import { operationOf } from '../../graph';
import { activationOf } from './activations';
import { isConvolution, sitesOf } from './layers';
import { reductionsOf } from './reductions';
import { shapeOf } from './shapes';

export function concludeVae(view: FileView, place: Place, told: Settings, foreign: RegExp): Lists {
  const lists = shape(view, place, told, foreign, 2);
  const images = sitesOf(view, place, foreign).some(isConvolution);
  const { reconstruction, kl, annealed } = reductionsOf(view, told, images);
  if (reconstruction) told.reconstructionReduction = reconstruction;
  if (kl) told.klReduction = kl;
  // A weight that grows while the model is trained is no number of the file.
  if (annealed) delete told.beta;
  const samples = samplesOf(view);
  if (samples) told.importanceSamples = samples;
  return lists;
}

export function concludeAutoencoder(view: FileView, place: Place, told: Settings, foreign: RegExp): Lists {
  return shape(view, place, told, foreign, 1);
}

function shape(view: FileView, place: Place, told: Settings, foreign: RegExp, heads: 1 | 2): Lists {
  const found = shapeOf(view, place, foreign, told, heads);
  const activation = activationOf(view, place, foreign);
  if (activation) told.activation = activation;
  if (!found) return {};
  told.architecture = { value: found.architecture, source: found.source };
  if (found.latentSize) told.latentSize = found.latentSize;
  if (found.topLatentSize) told.topLatentSize = found.topLatentSize;
  return { ...(found.encoderWidths && { encoderWidths: found.encoderWidths }), ...(found.decoderWidths && { decoderWidths: found.decoderWidths }) };
}

/** k of log Σ w − log k, Burda et al. 2016, eq. 8. */
function samplesOf(view: FileView): Told<number> | undefined {
  for (const { value } of view.computed) {
    const o = operationOf(value);
    if (o?.op !== '-' || o.args.length !== 2) continue;
    const [sum, log] = o.args.map((a) => (a.prov?.op === 'settled' ? a.prov.args[0] : a));
    if (!/^(logsumexp|reduce_logsumexp|logSumExp|log_sum_exp)$/.test(operationOf(sum)?.op ?? '')) continue;
    const by = log.prov && operationOf(log);
    const k = by?.op === 'log' ? by.args[0] : undefined;
    if (k?.kind === 'number' && Number.isInteger(k.value) && k.value >= 1 && k.src && !k.src.assumed && !k.joined) return { value: k.value, source: k.src };
  }
  return undefined;
}
