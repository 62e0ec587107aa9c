/** The DDPM experiment described as data: what can be set, within which limits, and what it starts from. */
import { makeBetas, MAX_T, SCHEDULES, validateSchedule, type ScheduleName } from '../../../core/math/schedules';
import type { PredictionType } from '../../../core/math/diffusion';
import type { SamplerName, TimestepSpacing, VarianceType } from '../../../core/math/samplers';
import { DATASETS, type DatasetId } from '../../../core/math/datasets';

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

/** A hyper-parameter as data: what a control, the command line and validation need to know of it. */
export type Field =
  | { id: keyof DdpmSettings; title: string; kind: 'choice'; options: readonly string[]; hint: string }
  | { id: keyof DdpmSettings; title: string; kind: 'integer' | 'number'; min: number; max: number; step?: number; hint: string };

export const FIELDS: readonly Field[] = [
  { id: 'data', title: 'Data', kind: 'choice', options: DATASETS.map(({ id }) => id), hint: 'Two-dimensional data set whose stand-in network is sampled.' },
  { id: 'schedule', title: 'Schedule', kind: 'choice', options: SCHEDULES.map(({ id }) => id), hint: 'How β_t grows with t.' },
  { id: 'T', title: 'T', kind: 'integer', min: 1, max: MAX_T, hint: 'Number of steps of the forward process.' },
  { id: 'betaStart', title: 'β start', kind: 'number', min: 1e-8, max: 0.999, hint: 'First β of the schedules that have end points.' },
  { id: 'betaEnd', title: 'β end', kind: 'number', min: 1e-8, max: 0.999, hint: 'Last β of the schedules that have end points.' },
  { id: 'predictionType', title: 'Predicts', kind: 'choice', options: ['epsilon', 'sample', 'v_prediction'], hint: 'What the network predicts: ε, x₀ or v.' },
  { id: 'sampler', title: 'Sampler', kind: 'choice', options: ['ddpm', 'ddim'], hint: 'Ancestral DDPM, or DDIM with its η.' },
  { id: 'varianceType', title: 'Variance', kind: 'choice', options: ['fixed_small', 'fixed_large'], hint: 'σ_t² of DDPM: β̃_t (small) or β_t (large).' },
  { id: 'eta', title: 'η', kind: 'number', min: 0, max: 1, step: 0.1, hint: 'DDIM: 0 is deterministic, 1 as noisy as DDPM.' },
  { id: 'timestepSpacing', title: 'Spacing', kind: 'choice', options: ['leading', 'linspace', 'trailing'], hint: 'Which timesteps are visited when steps < T.' },
  { id: 'steps', title: 'Steps', kind: 'integer', min: 1, max: MAX_T, hint: 'Sampling steps, at most T.' },
  { id: 'seed', title: 'Seed', kind: 'integer', min: 0, max: 4_294_967_295, hint: 'Same seed and device: same sample.' },
  { id: 'points', title: 'Points', kind: 'integer', min: 1, max: 100_000, hint: 'How many points are sampled at once.' },
];

/**
 * What runs when nobody says otherwise: the cosine schedule at a T that samples in seconds; its ᾱ_T is near 0 at any T, where Ho et al.'s linear
 * end points want T = 1000. `steps` follows T (see `defaultSteps`).
 */
export const DEFAULTS: DdpmSettings = {
  data: 'moons', schedule: 'cosine', T: 200, betaStart: 1e-4, betaEnd: 0.02, predictionType: 'epsilon',
  sampler: 'ddpm', varianceType: 'fixed_small', eta: 0, timestepSpacing: 'leading', steps: 200, seed: 1, points: 2000,
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
    const value: unknown = settings[field.id];
    const message = field.kind === 'choice' ? choiceProblem(field.options, value) : numberProblem(field, value);
    if (message) problems.push({ field: field.id, message: `${field.title}: ${message}` });
  }
  if (problems.length > 0) return problems;
  if (settings.steps > settings.T) problems.push({ field: 'steps', message: `Steps: ${settings.steps} is more than T = ${settings.T}; choose at most T.` });
  const [schedule] = validateSchedule({ name: settings.schedule, T: settings.T, betaStart: settings.betaStart, betaEnd: settings.betaEnd, betas: settings.betas });
  if (schedule) problems.push({ field: settings.schedule === 'custom' ? 'schedule' : 'betaEnd', message: schedule });
  return problems;
}

/** β_1 … β_T of valid settings, float64. */
export function betasOf(settings: DdpmSettings): Float64Array {
  return makeBetas({ name: settings.schedule, T: settings.T, betaStart: settings.betaStart, betaEnd: settings.betaEnd, betas: settings.betas });
}

function choiceProblem(options: readonly string[], value: unknown): string | undefined {
  return options.includes(value as string) ? undefined : `"${String(value)}" is unknown; choose one of ${options.join(', ')}.`;
}

function numberProblem(field: { kind: 'integer' | 'number'; min: number; max: number }, value: unknown): string | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return `"${String(value)}" is no number; give one from ${field.min} to ${field.max}.`;
  if (field.kind === 'integer' && !Number.isInteger(value)) return `${value} is not a whole number.`;
  if (value < field.min || value > field.max) return `${value} is out of range; give ${field.min} to ${field.max}.`;
  return undefined;
}
