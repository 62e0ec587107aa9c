/**
 * Samplers as plans: all coefficients of a run are known before it starts, so the engine is left with three fused
 * multiply-adds a step. Equal to diffusers' DDPMScheduler and DDIMScheduler (set_alpha_to_one, steps_offset 0).
 * Timesteps count from 0 as in diffusers: t = 0 is the paper's step 1, and prevT < 0 stands for x_0 itself, where ᾱ = 1.
 */
import { EPSILON_AT_ZERO_SNR, fromPrediction, logSnrOf, MIN_VARIANCE, type LinearInXAndPrediction, type PredictionType } from './diffusion';
import { hasZeroTerminalSnr } from './schedules';

export type SamplerName = 'ddpm' | 'ddim';
export type VarianceType = 'fixed_small' | 'fixed_large';
export type TimestepSpacing = 'leading' | 'linspace' | 'trailing';

export interface TimestepConfig {
  T: number;
  /** Sampling steps, 1 … T. */
  steps: number;
  spacing: TimestepSpacing;
}

export interface SamplerConfig {
  /** Length T, each strictly between 0 and 1; the last may be 1 (zero terminal SNR). */
  betas: ArrayLike<number>;
  sampler: SamplerName;
  predictionType: PredictionType;
  /** DDPM only: `fixed_small` σ² = β̃, `fixed_large` σ² = β (Ho et al. 2020, section 3.2); default `fixed_small`. */
  varianceType?: VarianceType;
  /** DDIM only, 0 … 1: 0 deterministic, 1 the variance β̃ (Song et al. 2021, eq. 16); default 0. */
  eta?: number;
  /** Default `leading`. */
  timestepSpacing?: TimestepSpacing;
  /** Default T. */
  steps?: number;
}

/**
 * One step from x_t to x_prev:
 *   x̂₀ = x0.x · x_t + x0.prediction · pred   (may be clipped here)
 *   ε̂ = eps.x · x_t + eps.prediction · pred   (from the prediction, also when x̂₀ was clipped: diffusers' use_clipped_model_output = False)
 *   x_prev = out.x0 · x̂₀ + out.eps · ε̂ + out.x · x_t + out.z · z,   z ~ N(0, I)
 */
export interface StepPlan {
  t: number;
  /** Timestep that the step arrives at; negative: at the data. */
  prevT: number;
  alphaBar: number;
  /** 1 where prevT < 0. */
  alphaBarPrev: number;
  /** log(ᾱ/(1 − ᾱ)) at t; −∞ where ᾱ = 0. */
  logSnr: number;
  x0: LinearInXAndPrediction;
  eps: LinearInXAndPrediction;
  out: { x0: number; eps: number; x: number; z: number };
}

/**
 * The timesteps of a run, falling, length `steps`; as `set_timesteps` of diffusers (Lin et al. 2024, table 2, names the spacings).
 * One departure: where NumPy's `arange` overshoots for `trailing`, diffusers gets an extra timestep −1; here it is left out.
 * @throws RangeError when T or steps are not whole, steps < 1 or steps > T.
 */
export function timesteps(config: TimestepConfig): number[] {
  const { T, steps, spacing } = config;
  const problem = validateTimesteps(config);
  if (problem) throw new RangeError(problem);
  const at = (f: (i: number) => number): number[] => Array.from({ length: steps }, (_, i) => f(i));
  switch (spacing) {
    case 'leading': {
      const ratio = Math.floor(T / steps);
      return at((i) => (steps - 1 - i) * ratio);
    }
    case 'linspace': {
      // One step gives [0], as np.linspace does.
      const gap = steps > 1 ? (T - 1) / (steps - 1) : 0;
      return at((i) => (i === 0 && steps > 1 ? T - 1 : roundHalfEven((steps - 1 - i) * gap)));
    }
    case 'trailing': {
      // np.arange adds multiples of the rounded difference of its first two values; the rounding decides ties.
      const delta = T - T / steps - T;
      return at((i) => roundHalfEven(T + i * delta) - 1);
    }
  }
}

function validateTimesteps({ T, steps, spacing }: TimestepConfig): string | null {
  if (!Number.isInteger(T) || T < 1) return `T is ${T}: it must be a whole number of at least 1.`;
  if (!Number.isInteger(steps) || steps < 1) return `steps is ${steps}: sampling takes a whole number of steps, from 1 to T = ${T}.`;
  if (steps > T) return `steps is ${steps} but the schedule has only T = ${T}: use at most ${T} steps.`;
  if (!(['leading', 'linspace', 'trailing'] as string[]).includes(spacing)) return `Unknown timestepSpacing "${spacing}". Choose leading, linspace or trailing.`;
  return null;
}

const timestepsOf = ({ betas, steps = betas.length, timestepSpacing = 'leading' }: SamplerConfig): TimestepConfig => ({ T: betas.length, steps, spacing: timestepSpacing });

/** What is wrong with the settings of a sampler, in words; empty when a plan can be made. The betas are `validateSchedule`'s part. */
export function validateSampler(config: SamplerConfig): string[] {
  const T = config.betas.length;
  const problems: string[] = [];
  const timestepProblem = validateTimesteps(timestepsOf(config));
  if (timestepProblem) problems.push(timestepProblem);
  const { eta = 0, varianceType = 'fixed_small' } = config;
  if (!(eta >= 0 && eta <= 1)) problems.push(`eta is ${eta}: it must lie between 0 (deterministic) and 1 (as noisy as DDPM).`);
  if (config.sampler !== 'ddpm' && config.sampler !== 'ddim') problems.push(`Unknown sampler "${String(config.sampler)}". Choose ddpm or ddim.`);
  if (varianceType !== 'fixed_small' && varianceType !== 'fixed_large') problems.push(`Unknown varianceType "${String(varianceType)}". Choose fixed_small or fixed_large.`);
  if (!['epsilon', 'sample', 'v_prediction'].includes(config.predictionType)) problems.push(`Unknown predictionType "${String(config.predictionType)}". Choose epsilon, sample or v_prediction.`);
  const endsInNoise = hasZeroTerminalSnr(config.betas);
  for (let t = 0; t < (endsInNoise ? T - 1 : T); t++) {
    if (config.betas[t] > 0 && config.betas[t] < 1) continue;
    problems.push(`β is ${config.betas[t]} at index ${t} of ${T}: every β must lie strictly between 0 and 1.`);
    break;
  }
  if (endsInNoise && config.predictionType === 'epsilon' && !timestepProblem && timesteps(timestepsOf(config))[0] === T - 1) {
    problems.push(`${EPSILON_AT_ZERO_SNR}, or timestepSpacing leading with fewer than T = ${T} steps, which starts below the last timestep.`);
  }
  return problems;
}

/**
 * Every step of a run, first to last.
 *
 * DDPM (Ho et al. 2020, eq. 7 and algorithm 2) with steps < T treats the chosen timesteps as a chain of its own: α_t becomes ᾱ_t/ᾱ_prev
 * (Nichol & Dhariwal 2021, section 4), prev being the next chosen timestep. No noise is added at the last step, as in algorithm 2;
 * diffusers decides by t > 0 instead, which differs only for `fixed_large` with `trailing`, where it would end in noise.
 *
 * DDIM (Song et al. 2021, eq. 12 and 16) arrives at t − ⌊T/steps⌋ as diffusers does, also where the next chosen timestep is another
 * (`linspace`, or T no multiple of steps).
 *
 * @throws RangeError with the first message of {@link validateSampler}.
 */
export function samplerPlan(config: SamplerConfig): StepPlan[] {
  const problems = validateSampler(config);
  if (problems.length > 0) throw new RangeError(problems[0]);
  const T = config.betas.length;
  const steps = config.steps ?? T;
  const alphasCumprod = new Float64Array(T);
  for (let t = 0, product = 1; t < T; t++) alphasCumprod[t] = product *= 1 - config.betas[t];
  const chosen = timesteps(timestepsOf(config));
  return chosen.map((t, i) => {
    const prevT = config.sampler === 'ddim' ? t - Math.floor(T / steps) : (chosen[i + 1] ?? -1);
    const alphaBar = alphasCumprod[t];
    const alphaBarPrev = prevT >= 0 ? alphasCumprod[prevT] : 1;
    const out = config.sampler === 'ddim' ? ddimStep(alphaBar, alphaBarPrev, config.eta ?? 0) : ddpmStep(alphaBar, alphaBarPrev, config.varianceType ?? 'fixed_small', prevT < 0);
    return { t, prevT, alphaBar, alphaBarPrev, logSnr: logSnrOf(alphaBar), ...fromPrediction(config.predictionType, alphaBar), out };
  });
}

/** β̃ between any two noise levels: (1 − ᾱ_prev)/(1 − ᾱ_t) · (1 − ᾱ_t/ᾱ_prev); Ho et al. eq. 7 where prev = t − 1. */
const posteriorVariance = (alphaBar: number, alphaBarPrev: number): number => ((1 - alphaBarPrev) / (1 - alphaBar)) * (1 - alphaBar / alphaBarPrev);

function ddpmStep(alphaBar: number, alphaBarPrev: number, varianceType: VarianceType, last: boolean): StepPlan['out'] {
  const alpha = alphaBar / alphaBarPrev;
  const beta = 1 - alpha;
  const variance = varianceType === 'fixed_large' ? beta : Math.max(posteriorVariance(alphaBar, alphaBarPrev), MIN_VARIANCE);
  return {
    x0: (Math.sqrt(alphaBarPrev) * beta) / (1 - alphaBar),
    eps: 0,
    x: (Math.sqrt(alpha) * (1 - alphaBarPrev)) / (1 - alphaBar),
    z: last ? 0 : Math.sqrt(variance),
  };
}

function ddimStep(alphaBar: number, alphaBarPrev: number, eta: number): StepPlan['out'] {
  const sigma = eta * Math.sqrt(posteriorVariance(alphaBar, alphaBarPrev));
  // Never negative for eta ≤ 1, except by rounding.
  return { x0: Math.sqrt(alphaBarPrev), eps: Math.sqrt(Math.max(1 - alphaBarPrev - sigma * sigma, 0)), x: 0, z: sigma };
}

/**
 * The float64 reference of one step; arrays of one length, any layout.
 * @param clipSampleRange clips x̂₀ to ± this value (diffusers' clip_sample); left out: no clipping.
 */
export function applyStep(plan: StepPlan, x: Float64Array, prediction: Float64Array, z: Float64Array, clipSampleRange?: number): { x0: Float64Array; eps: Float64Array; prev: Float64Array } {
  if (prediction.length !== x.length || z.length !== x.length) throw new RangeError(`x, prediction and z must have one length; got ${x.length}, ${prediction.length}, ${z.length}.`);
  const range = clipSampleRange ?? Infinity;
  const x0 = x.map((value, i) => Math.min(Math.max(plan.x0.x * value + plan.x0.prediction * prediction[i], -range), range));
  const eps = x.map((value, i) => plan.eps.x * value + plan.eps.prediction * prediction[i]);
  const prev = x.map((value, i) => plan.out.x0 * x0[i] + plan.out.eps * eps[i] + plan.out.x * value + plan.out.z * z[i]);
  return { x0, eps, prev };
}

/** NumPy rounds halves to the even neighbour; Math.round rounds them up. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const fraction = value - floor;
  if (fraction !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
