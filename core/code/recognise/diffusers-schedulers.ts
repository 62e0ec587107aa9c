/**
 * The schedulers of Hugging Face diffusers as data: order of the arguments and defaults of `__init__` (diffusers 0.18 to 0.40; the spacing was always the
 * default before it had a name). Those that match flows, and those that shift ᾱ afterwards (CogVideoX), are not among them.
 */

/** An argument without default here is not read. */
export interface BetaScheduler {
  kind: 'betas';
  /** Which steps it takes, where these are DDPM's or DDIM's. */
  sampler?: 'ddpm' | 'ddim';
  positional: readonly string[];
  defaults: Readonly<Partial<Record<SettingName, number | string>>>;
}

/** Schedulers in continuous time, whose noise levels are σ, or whose β is a function of t. */
export interface SigmaScheduler {
  kind: 'sigmas';
  positional: readonly string[];
  defaults: Readonly<Partial<Record<SigmaName, number>>>;
}

export type SettingName = 'num_train_timesteps' | 'beta_start' | 'beta_end' | 'beta_schedule' | 'prediction_type' | 'variance_type' | 'timestep_spacing';
export type SigmaName = 'sigma_min' | 'sigma_max' | 'snr' | 'beta_min' | 'beta_max';

const FIRST = 'num_train_timesteps beta_start beta_end beta_schedule';
const LAST = 'dynamic_thresholding_ratio clip_sample_range sample_max_value timestep_spacing';
const SIGMAS = 'use_karras_sigmas use_exponential_sigmas use_beta_sigmas';
const SOLVER = 'solver_order prediction_type thresholding dynamic_thresholding_ratio sample_max_value';

const PLAIN = { num_train_timesteps: 1000, beta_start: 1e-4, beta_end: 0.02, beta_schedule: 'linear', prediction_type: 'epsilon' } as const;
/** End points of Stable Diffusion. */
const LATENT = { ...PLAIN, beta_start: 0.00085, beta_end: 0.012 } as const;

function betas(rest: string, defaults: BetaScheduler['defaults'], sampler?: 'ddpm' | 'ddim'): BetaScheduler {
  return { kind: 'betas', sampler, positional: `${FIRST} ${rest}`.split(' '), defaults };
}

function sigmas(positional: string, defaults: SigmaScheduler['defaults']): SigmaScheduler {
  return { kind: 'sigmas', positional: positional.split(' '), defaults };
}

const DDPM = betas(`trained_betas variance_type clip_sample prediction_type thresholding ${LAST} steps_offset rescale_betas_zero_snr`, { ...PLAIN, variance_type: 'fixed_small', timestep_spacing: 'leading' }, 'ddpm');
const DDIM = betas(`trained_betas clip_sample set_alpha_to_one steps_offset prediction_type thresholding ${LAST} rescale_betas_zero_snr`, { ...PLAIN, timestep_spacing: 'leading' }, 'ddim');
const LINSPACE = { ...PLAIN, timestep_spacing: 'linspace' } as const;
const KARRAS = { ...LATENT, timestep_spacing: 'linspace' } as const;
const DPM_SOLVER = betas(`trained_betas ${SOLVER} algorithm_type solver_type lower_order_final euler_at_final ${SIGMAS}`, LINSPACE);
const KDPM2 = betas(`trained_betas ${SIGMAS} prediction_type timestep_spacing steps_offset`, KARRAS);
const CONSISTENCY = betas('trained_betas original_inference_steps clip_sample clip_sample_range set_alpha_to_one steps_offset prediction_type thresholding dynamic_thresholding_ratio sample_max_value timestep_spacing',
  { ...LATENT, beta_schedule: 'scaled_linear', timestep_spacing: 'leading' });
const EDM = sigmas('sigma_min sigma_max', { sigma_min: 0.002, sigma_max: 80 });

export const SCHEDULERS: Readonly<Record<string, BetaScheduler | SigmaScheduler>> = {
  DDPMScheduler: DDPM,
  DDPMParallelScheduler: DDPM,
  DDIMScheduler: DDIM,
  DDIMParallelScheduler: DDIM,
  DDIMInverseScheduler: betas('trained_betas clip_sample set_alpha_to_one steps_offset prediction_type clip_sample_range timestep_spacing rescale_betas_zero_snr', { ...PLAIN, timestep_spacing: 'leading' }, 'ddim'),
  PNDMScheduler: betas('trained_betas skip_prk_steps set_alpha_to_one prediction_type timestep_spacing steps_offset', { ...PLAIN, timestep_spacing: 'leading' }),
  RePaintScheduler: betas('eta trained_betas clip_sample', { num_train_timesteps: 1000, beta_start: 1e-4, beta_end: 0.02, beta_schedule: 'linear' }),
  LMSDiscreteScheduler: betas(`trained_betas ${SIGMAS} prediction_type timestep_spacing steps_offset`, LINSPACE),
  EulerDiscreteScheduler: betas(`trained_betas prediction_type interpolation_type ${SIGMAS} sigma_min sigma_max timestep_spacing timestep_type steps_offset rescale_betas_zero_snr`, LINSPACE),
  EulerAncestralDiscreteScheduler: betas('trained_betas prediction_type timestep_spacing steps_offset rescale_betas_zero_snr', LINSPACE),
  HeunDiscreteScheduler: betas(`trained_betas prediction_type ${SIGMAS} clip_sample clip_sample_range timestep_spacing steps_offset`, KARRAS),
  KDPM2DiscreteScheduler: KDPM2,
  KDPM2AncestralDiscreteScheduler: KDPM2,
  DPMSolverSDEScheduler: betas(`trained_betas prediction_type ${SIGMAS} noise_sampler_seed timestep_spacing steps_offset`, KARRAS),
  DPMSolverMultistepScheduler: DPM_SOLVER,
  DPMSolverMultistepInverseScheduler: DPM_SOLVER,
  DPMSolverSinglestepScheduler: betas(`trained_betas ${SOLVER} algorithm_type solver_type lower_order_final`, PLAIN),
  DEISMultistepScheduler: betas(`trained_betas ${SOLVER} algorithm_type solver_type lower_order_final`, LINSPACE),
  UniPCMultistepScheduler: betas(`trained_betas ${SOLVER} predict_x0 solver_type lower_order_final`, LINSPACE),
  SASolverScheduler: betas('trained_betas predictor_order corrector_order prediction_type', LINSPACE),
  LCMScheduler: CONSISTENCY,
  TCDScheduler: CONSISTENCY,
  ScoreSdeVeScheduler: sigmas('num_train_timesteps snr sigma_min sigma_max', { snr: 0.15, sigma_min: 0.01, sigma_max: 1348 }),
  ScoreSdeVpScheduler: sigmas('num_train_timesteps beta_min beta_max', { beta_min: 0.1, beta_max: 20 }),
  KarrasVeScheduler: sigmas('sigma_min sigma_max', { sigma_min: 0.02, sigma_max: 100 }),
  EDMEulerScheduler: EDM,
  EDMDPMSolverMultistepScheduler: EDM,
};

/** The text may create one of them. */
export const SCHEDULER_NAME = new RegExp(`\\b(?:${Object.keys(SCHEDULERS).join('|')})\\b`);

export function schedulerNamed(name: string): BetaScheduler | SigmaScheduler | undefined {
  return Object.hasOwn(SCHEDULERS, name) ? SCHEDULERS[name] : undefined;
}
