/** What symbols of the derivation are worth in the training: hovering them says it. Pure. */
import type { SymbolId } from '../../../core/formulas/symbols';
import { impliedBeta } from '../../experiments/vae/manifest';
import type { VaeState } from './state';

export function liveValues({ histories, resolved, trained, data }: Pick<VaeState, 'histories' | 'resolved' | 'trained' | 'data'>): Readonly<Partial<Record<SymbolId, number>>> {
  const settings = trained ?? resolved.settings;
  if (!settings || !data) return {};
  const { size } = data.train;
  const known: Partial<Record<SymbolId, number>> = { latentSize: settings.latentSize, dimensions: size, klWeight: impliedBeta(settings, size) };
  if (settings.likelihood === 'gaussian') known.reconstructionWeight = 1 / (2 * settings.decoderDeviation ** 2);
  const smooth = histories.latest?.smooth;
  if (smooth) Object.assign(known, { elbo: -(smooth.reconstruction + smooth.klDivergence), reconstructionTerm: -smooth.reconstruction, vaeLoss: smooth.reconstruction + smooth.klDivergence } satisfies Partial<Record<SymbolId, number>>);
  return known;
}
