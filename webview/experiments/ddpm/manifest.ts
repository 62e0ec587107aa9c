/** The DDPM experiment described as data: what can be set, within which limits, and what it starts from. */
import { makeBetas, MAX_T, SCHEDULES, validateSchedule, type ScheduleConfig, type ScheduleName } from '../../../core/math/schedules';
import type { PredictionType } from '../../../core/math/diffusion';
import { validateSampler, type SamplerName, type TimestepSpacing, type VarianceType } from '../../../core/math/samplers';
import { DATASETS, type DatasetId } from '../../../core/math/datasets';
import { DEFAULT_GAMMA, LOSS_KINDS, lossWeights, type LossKind } from '../../../core/math/losses';
import { diffusionQuantities } from '../../../core/math/diffusion';
import { MAX_HIDDEN, MAX_LAYERS } from '../../kernels/shape';

/** Points of the user's own, from a file or drawn; they come beside the settings, since a setting is a short value. */
export const OWN_POINTS = 'own';

export interface DdpmSettings {
  data: DatasetId | typeof OWN_POINTS;
  schedule: ScheduleName;
  /** Number of diffusion steps T of the forward process. */
  T: number;
  betaStart: number;
  betaEnd: number;
  /** Only with schedule `custom`: the array read from the file, length T. */
  betas?: number[];
  /** diffusers' `rescale_betas_zero_snr`: ᾱ_T = 0, so that x_T is noise alone (Lin et al. 2024, algorithm 1). */
  rescaleBetasZeroSnr: 'no' | 'yes';
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
  /** Units of each hidden layer of the network that is trained here. */
  hiddenUnits: number;
  hiddenLayers: number;
  lossWeighting: LossKind;
  /** γ of min-SNR. */
  gamma: number;
  batchSize: number;
  /** Of Adam, constant. */
  learningRate: number;
  /** Decay of the average of the parameters that samples are drawn with; 0 takes the parameters themselves. */
  emaDecay: number;
  /** Training ends after so many steps. */
  trainSteps: number;
}

/** A hyper-parameter as data: what a control, the command line and validation need to know of it. */
export type Field = { id: keyof DdpmSettings; title: string; hint: string; group: 'model' | 'sampling' | 'training' } & (
  | { kind: 'choice'; options: readonly string[] }
  | { kind: 'integer' | 'number'; min: number; max: number; step?: number }
);

export const FIELDS: readonly Field[] = [
  { id: 'data', group: 'model', title: 'Data', kind: 'choice', options: [...DATASETS.map(({ id }) => id), OWN_POINTS], hint: 'Two-dimensional data: a set that is shipped, or points of your own.' },
  { id: 'schedule', group: 'model', title: 'Schedule', kind: 'choice', options: SCHEDULES.map(({ id }) => id), hint: 'How β_t grows with t.' },
  { id: 'T', group: 'model', title: 'T', kind: 'integer', min: 1, max: MAX_T, hint: 'Number of steps of the forward process.' },
  { id: 'betaStart', group: 'model', title: 'β start', kind: 'number', min: 1e-8, max: 0.999, hint: 'First β of the schedules that have end points.' },
  { id: 'betaEnd', group: 'model', title: 'β end', kind: 'number', min: 1e-8, max: 0.999, hint: 'Last β of the schedules that have end points.' },
  { id: 'rescaleBetasZeroSnr', group: 'model', title: 'Zero SNR', kind: 'choice', options: ['no', 'yes'], hint: 'Zero terminal SNR: rescale the schedule so that ᾱ_T = 0 (Lin et al. 2024); not with epsilon.' },
  { id: 'predictionType', group: 'model', title: 'Predicts', kind: 'choice', options: ['epsilon', 'sample', 'v_prediction'], hint: 'What the network predicts: ε, x₀ or v.' },
  { id: 'sampler', group: 'sampling', title: 'Sampler', kind: 'choice', options: ['ddpm', 'ddim'], hint: 'Ancestral DDPM, or DDIM with its η.' },
  { id: 'varianceType', group: 'sampling', title: 'Variance', kind: 'choice', options: ['fixed_small', 'fixed_large'], hint: 'σ_t² of DDPM: β̃_t (small) or β_t (large).' },
  { id: 'eta', group: 'sampling', title: 'η', kind: 'number', min: 0, max: 1, step: 0.1, hint: 'DDIM: 0 is deterministic, 1 as noisy as DDPM.' },
  { id: 'timestepSpacing', group: 'sampling', title: 'Spacing', kind: 'choice', options: ['leading', 'linspace', 'trailing'], hint: 'Which timesteps are visited when steps < T.' },
  { id: 'steps', group: 'sampling', title: 'Steps', kind: 'integer', min: 1, max: MAX_T, hint: 'Sampling steps, at most T.' },
  { id: 'seed', group: 'sampling', title: 'Seed', kind: 'integer', min: 0, max: 4_294_967_295, hint: 'Same seed and device: same sample.' },
  { id: 'points', group: 'sampling', title: 'Points', kind: 'integer', min: 1, max: 100_000, hint: 'How many points are sampled at once.' },
  { id: 'hiddenUnits', group: 'training', title: 'Hidden units', kind: 'integer', min: 1, max: MAX_HIDDEN, hint: 'Width of each hidden layer.' },
  { id: 'hiddenLayers', group: 'training', title: 'Hidden layers', kind: 'integer', min: 1, max: MAX_LAYERS, hint: 'Depth of the network.' },
  { id: 'lossWeighting', group: 'training', title: 'Loss', kind: 'choice', options: LOSS_KINDS, hint: 'How the squared errors of the timesteps are weighted.' },
  { id: 'gamma', group: 'training', title: 'γ', kind: 'number', min: 0.01, max: 1e6, hint: 'min-SNR: the largest SNR that counts (Hang et al. 2023: 5).' },
  { id: 'batchSize', group: 'training', title: 'Batch', kind: 'integer', min: 1, max: 8192, hint: 'Examples in a training step.' },
  { id: 'learningRate', group: 'training', title: 'Learning rate', kind: 'number', min: 1e-7, max: 1, hint: 'Of Adam, constant.' },
  { id: 'emaDecay', group: 'training', title: 'EMA decay', kind: 'number', min: 0, max: 0.99999, hint: 'Samples come from the average of the parameters with this decay; 0 for none.' },
  { id: 'trainSteps', group: 'training', title: 'Training steps', kind: 'integer', min: 1, max: 1_000_000, hint: 'Training ends after so many steps; it can go on when you raise it.' },
];

/**
 * What runs when nobody says otherwise: the cosine schedule at a T that samples in seconds; its ᾱ_T is near 0 at any T, where Ho et al.'s linear
 * end points want T = 1000. `steps` follows T (see `defaultSteps`).
 */
export const DEFAULTS: DdpmSettings = {
  data: 'moons', schedule: 'cosine', T: 200, betaStart: 1e-4, betaEnd: 0.02, rescaleBetasZeroSnr: 'no', predictionType: 'epsilon',
  sampler: 'ddpm', varianceType: 'fixed_small', eta: 0, timestepSpacing: 'leading', steps: 200, seed: 1, points: 2000,
  hiddenUnits: 128, hiddenLayers: 3, lossWeighting: 'simple', gamma: DEFAULT_GAMMA, batchSize: 512, learningRate: 1e-3, emaDecay: 0.999, trainSteps: 5000,
};

/** Where a file names a schedule but no T: the usual end points (1e-4, 0.02) reach noise at T = 1000 only, the other schedules at any T. */
export function defaultT(schedule: string): number {
  return ['linear', 'scaled_linear', 'sigmoid'].includes(schedule) ? 1000 : DEFAULTS.T;
}

/** DDPM visits every timestep; DDIM's customary 50. */
export function defaultSteps(sampler: SamplerName, T: number): number {
  return sampler === 'ddpm' ? T : Math.min(50, T);
}

export interface Problem {
  field: keyof DdpmSettings;
  message: string;
}

/** Everything wrong with the settings, each at the field to mend; empty when they can run. */
export function validateSettings(settings: DdpmSettings): Problem[] {
  const problems: Problem[] = [];
  for (const field of FIELDS) {
    const message = validateField(field, settings[field.id]);
    if (message) problems.push({ field: field.id, message });
  }
  if (problems.length > 0) return problems;
  if (settings.steps > settings.T) problems.push({ field: 'steps', message: `Steps: ${settings.steps} is more than T = ${settings.T}; choose at most T.` });
  const [schedule] = validateSchedule(scheduleOf(settings));
  if (schedule) problems.push({ field: settings.schedule === 'custom' ? 'schedule' : 'betaEnd', message: schedule });
  if (problems.length > 0) return problems;
  const [sampler] = validateSampler({ betas: betasOf(settings), ...settings });
  if (sampler) problems.push({ field: settings.rescaleBetasZeroSnr === 'yes' ? 'rescaleBetasZeroSnr' : 'steps', message: sampler });
  return problems;
}

/** What is wrong with one value, in words; null when it can be used. */
export function validateField(field: Field, value: unknown): string | null {
  const message = field.kind === 'choice' ? choiceProblem(field.options, value) : numberProblem(field, value);
  return message === undefined ? null : `${field.title}: ${message}`;
}

/** What else is wrong when these settings are trained; those of `validateSettings` come first. */
export function validateTraining(settings: DdpmSettings): Problem[] {
  const problems = validateSettings(settings);
  if (problems.length > 0) return problems;
  try {
    lossWeights(settings.lossWeighting, settings.predictionType, diffusionQuantities(betasOf(settings)), settings);
    return [];
  } catch (error) {
    return [{ field: 'lossWeighting', message: (error as Error).message }];
  }
}

/** The settings that a trained network depends on: where two agree, the one can go on from the other's checkpoint. */
export function trainingKey(settings: DdpmSettings): string {
  const { data, schedule, T, betaStart, betaEnd, betas, rescaleBetasZeroSnr, predictionType, varianceType, hiddenUnits, hiddenLayers, lossWeighting, gamma, batchSize, seed } = settings;
  return JSON.stringify([
    data, schedule, T, betaStart, betaEnd, betas ?? null, rescaleBetasZeroSnr, predictionType, hiddenUnits, hiddenLayers, lossWeighting,
    lossWeighting === 'min_snr' ? gamma : null, lossWeighting === 'vlb' ? varianceType : null, batchSize, seed,
  ]);
}

/** β_1 … β_T of valid settings, float64. */
export function betasOf(settings: DdpmSettings): Float64Array {
  return makeBetas(scheduleOf(settings));
}

const scheduleOf = ({ schedule, T, betaStart, betaEnd, betas, rescaleBetasZeroSnr }: DdpmSettings): ScheduleConfig =>
  ({ name: schedule, T, betaStart, betaEnd, betas, rescaleZeroTerminalSnr: rescaleBetasZeroSnr === 'yes' });

function choiceProblem(options: readonly string[], value: unknown): string | undefined {
  return options.includes(value as string) ? undefined : `"${String(value)}" is unknown; choose one of ${options.join(', ')}.`;
}

function numberProblem(field: { kind: 'integer' | 'number'; min: number; max: number }, value: unknown): string | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return `"${String(value)}" is no number; give one from ${field.min} to ${field.max}.`;
  if (field.kind === 'integer' && !Number.isInteger(value)) return `${value} is not a whole number.`;
  if (value < field.min || value > field.max) return `${value} is out of range; give ${field.min} to ${field.max}.`;
  return undefined;
}
