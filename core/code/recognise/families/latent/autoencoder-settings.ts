/** Sizes of an autoencoder by its layers, and how much noise its input gets. */
import { operationOf } from '../../graph';
import { agreed, underName, type Told } from '../../training/agree';
import type { FileView, Place, Settings } from '../family';
import { layersOf as matricesOf, sameSize } from '../words/layers';
import { narrowest } from './bottleneck';
import { isNoise } from './formulas';
import { layersOf, sitesOf, isConvolution } from './layers';

export function settingsOfAutoencoder(view: FileView, place: Place, foreign: RegExp): Settings {
  const sites = sitesOf(view, place, foreign);
  const layers = layersOf(view, place, foreign);
  const out: Settings = {};
  const narrow = narrowest(view, layers, sites);
  if (narrow && !sites.some(isConvolution)) {
    if (narrow.input) out.inputSize = narrow.input;
    if (narrow.code) out.latentSize = narrow.code;
    if (narrow.code && narrow.hidden.length > 0) out.hiddenUnits = agreed(narrow.hidden);
  } else if (narrow?.code && narrow.input && narrow.code.value < narrow.input.value) out.latentSize = narrow.code; // Between convolutions, what they flatten to.
  if (!narrow) Object.assign(out, oneLayer(view, place));
  const noise = noiseOf(view);
  if (noise) out.noiseLevel = noise;
  return out;
}

/** Matrices written out, all between the same two sizes: one hidden layer, which is the code. */
function oneLayer(view: FileView, place: Place): Settings {
  const matrices = matricesOf(view).filter((l) => l.kind === 'matrix' && l.input && l.output && (!place.definition || l.site.definitions.includes(place.definition)));
  const [first] = matrices;
  if (!first?.input || !first.output || sameSize(view, first.input, first.output)) return {};
  const fits = matrices.every((l) => (sameSize(view, l.input, first.input) && sameSize(view, l.output, first.output)) || (sameSize(view, l.input, first.output) && sameSize(view, l.output, first.input)));
  return fits ? { inputSize: view.constants.toldCount(first.input, 'input size') ?? undefined, latentSize: view.constants.toldCount(first.output, 'latent size') ?? undefined } : {};
}

/** c of x + c ε. */
function noiseOf(view: FileView): Told<number> | undefined {
  const told: Told<number>[] = [];
  for (const { value } of view.computed) {
    const o = operationOf(value);
    if (o?.op !== '+' || o.args.length !== 2) continue;
    const term = o.args.find((a) => { const p = operationOf(a); return p?.op === '*' && p.args.some(isNoise); });
    const factor = term && operationOf(term)?.args.find((a) => a.kind === 'number');
    if (factor?.kind === 'number' && factor.value > 0 && factor.value < 10 && !factor.joined) {
      const source = factor.src ?? (factor.prov ? { span: factor.prov.at, origin: 'folded' as const, name: 'noise' } : null);
      if (source && !source.assumed) told.push({ value: factor.value, source: underName(source, 'noise') });
    }
  }
  return agreed(told);
}
