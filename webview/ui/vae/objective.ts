/** The loss of the file as a curve beside the bound. Pure. */
import { impliedBeta, type VaeSettings } from '../../experiments/vae/manifest';
import { scalesOf } from '../../experiments/vae/objective';
import type { VaeCurveId } from './histories';

/** What is minimised, per example and in units of the reconstruction: so it does not depend on how the file adds up over a batch, and can be laid over the bound. */
export function objective(columns: Readonly<Record<VaeCurveId, number[]>>, settings: VaeSettings | null, size: number): number[] {
  if (!settings) return columns.loss;
  if (settings.importanceSamples > 1) {
    const { reconstruction } = scalesOf(settings, size);
    return columns.loss.map((loss) => loss / (reconstruction * settings.batchSize));
  }
  const beta = impliedBeta(settings, size);
  return columns.reconstruction.map((reconstruction, i) => reconstruction + beta * columns.klDivergence[i]);
}
