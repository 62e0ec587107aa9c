/** The weights that make the training losses of the literature out of one squared error. */
import type { DiffusionQuantities, PredictionType } from './diffusion';
import type { VarianceType } from './samplers';
import { modelVariances } from './vlb';

export type LossKind = 'simple' | 'min_snr' | 'vlb';

export const LOSS_KINDS: readonly LossKind[] = ['simple', 'min_snr', 'vlb'];

/** Hang et al. 2023, section 4: γ = 5. */
export const DEFAULT_GAMMA = 5;

export interface LossOptions {
  /** min-SNR only: the largest SNR that counts, > 0; default {@link DEFAULT_GAMMA}. */
  gamma?: number;
  /** vlb only: the variance of the sampling step; default `fixed_small`. */
  varianceType?: VarianceType;
}

/**
 * w_t, length T, for the loss w_t · ‖target − prediction‖² where target is what the network predicts (ε, x_0 or v).
 *
 * - `simple`: 1, whatever is predicted (Ho et al. 2020, eq. 14, for ε).
 * - `min_snr` (Hang et al. 2023, section 3.4): min(SNR, γ) of the error of x_0; so min(SNR, γ)/SNR for ε and min(SNR, γ)/(SNR + 1) for v,
 *   as in diffusers' training examples. At SNR = 0 they tend to 0, 1 and 0, at SNR = ∞ to γ, 0 and 0.
 * - `vlb`: that of L_{t−1} (Ho et al. 2020, eq. 12), β_t²/(2σ_t² α_t (1 − ᾱ_t)) for ε; an error of x_0 counts SNR times that, one of v ᾱ times.
 *   The weight of the first step is that of the continuous Gaussian decoder, with the clipped variance of {@link modelVariances}: β̃_1 itself is 0.
 *
 * @throws RangeError for unknown names, γ ≤ 0, and where a weight is not finite: `vlb` for ε at ᾱ_T = 0, where ε says nothing of x_0.
 */
export function lossWeights(kind: LossKind, predictionType: PredictionType, quantities: DiffusionQuantities, { gamma = DEFAULT_GAMMA, varianceType = 'fixed_small' }: LossOptions = {}): Float64Array {
  if (!LOSS_KINDS.includes(kind)) throw new RangeError(`Unknown loss "${String(kind)}". Choose ${LOSS_KINDS.join(', ')}.`);
  if (!['epsilon', 'sample', 'v_prediction'].includes(predictionType)) throw new RangeError(`Unknown predictionType "${String(predictionType)}". Choose epsilon, sample or v_prediction.`);
  if (kind === 'min_snr' && !(gamma > 0 && gamma < Infinity)) throw new RangeError(`gamma is ${gamma}: min-SNR needs a positive number; ${DEFAULT_GAMMA} is usual.`);
  if (kind === 'simple') return new Float64Array(quantities.T).fill(1);
  const weights = kind === 'min_snr' ? quantities.snr.map((snr) => minSnrWeight(snr, gamma, predictionType)) : vlbWeights(quantities, varianceType, predictionType);
  const bad = weights.findIndex((weight) => !Number.isFinite(weight));
  if (bad >= 0) throw new RangeError(notFinite(weights[bad], bad, quantities, predictionType));
  return weights;
}

function minSnrWeight(snr: number, gamma: number, type: PredictionType): number {
  switch (type) {
    case 'epsilon':
      // min(SNR, γ)/SNR, and its limits.
      return Math.min(1, gamma / snr);
    case 'sample':
      return Math.min(snr, gamma);
    case 'v_prediction':
      return Math.min(snr, gamma) / (snr + 1);
  }
}

/** From the error of x_0, whose weight (coefficient of x_0 in μ̃)²/(2σ²) stays finite at ᾱ = 0. */
function vlbWeights(q: DiffusionQuantities, varianceType: VarianceType, type: PredictionType): Float64Array {
  const variances = modelVariances(q, varianceType);
  return q.posteriorMeanCoef1.map((coefficient, t) => {
    const ofX0 = coefficient ** 2 / (2 * variances[t]);
    const alphaBar = q.alphasCumprod[t];
    switch (type) {
      case 'epsilon':
        return (ofX0 * (1 - alphaBar)) / alphaBar;
      case 'sample':
        return ofX0;
      case 'v_prediction':
        return ofX0 * (1 - alphaBar);
    }
  });
}

function notFinite(weight: number, t: number, q: DiffusionQuantities, type: PredictionType): string {
  const where = `The weight of the loss is ${weight} at index ${t} of ${q.T}, where ᾱ = ${q.alphasCumprod[t]}.`;
  if (type === 'epsilon' && q.alphasCumprod[t] === 0) return `${where} ε says nothing of x_0 there: choose v_prediction or sample, or the simple or min-SNR loss.`;
  return `${where} β is ${q.betas[t]}, too small for floating point: raise betaStart.`;
}
