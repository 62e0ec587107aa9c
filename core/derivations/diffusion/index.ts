/** Models that are sampled by taking noise away. In the order in which they may be read. */
import { DDIM_SAMPLING } from './ddim-sampling';
import { DDPM_CHAIN } from './ddpm-chain';
import { DDPM_ELBO_CONSISTENCY } from './ddpm-elbo-consistency';
import { DDPM_ELBO_DENOISING } from './ddpm-elbo-denoising';
import { DDPM_KERNEL } from './ddpm-kernel';
import { DDPM_MEAN_MSE } from './ddpm-mean-mse';
import { DDPM_POSTERIOR } from './ddpm-posterior';
import { DDPM_SAMPLING } from './ddpm-sampling';
import { SCORE_SDE } from './score-sde';
import type { Derivation } from '../types';

export const DIFFUSION: readonly Derivation[] = [
  DDPM_CHAIN,
  DDPM_KERNEL,
  DDPM_ELBO_CONSISTENCY,
  DDPM_ELBO_DENOISING,
  DDPM_POSTERIOR,
  DDPM_MEAN_MSE,
  DDPM_SAMPLING, DDIM_SAMPLING, SCORE_SDE,
];
