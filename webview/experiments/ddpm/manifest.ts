/** The DDPM experiment described as data: what can be set, within which limits, and what it starts from. */
import type { ScheduleName } from '../../../core/math/schedules';
import type { DatasetId } from '../../../core/math/datasets';

export type PredictionType = 'epsilon' | 'sample' | 'v_prediction';
export type SamplerName = 'ddpm' | 'ddim';
export type VarianceType = 'fixed_small' | 'fixed_large';
export type TimestepSpacing = 'leading' | 'linspace' | 'trailing';

export interface DdpmSettings {
  data: DatasetId;
  schedule: ScheduleName;
  /** Number of diffusion steps T of the forward process. */
  T: number;
  betaStart: number;
  betaEnd: number;
  /** Only with schedule `custom`: the array read from the file, length T. */
  betas?: number[];
  predictionType: PredictionType;
  sampler: SamplerName;
  varianceType: VarianceType;
  /** DDIM's η: 0 deterministic, 1 as noisy as DDPM. */
  eta: number;
  timestepSpacing: TimestepSpacing;
  /** Sampling steps; DDPM with steps = T is the ancestral sampler of the paper. */
  steps: number;
  seed: number;
  /** How many points are sampled at once. */
  points: number;
}
