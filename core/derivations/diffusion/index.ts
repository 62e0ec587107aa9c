/** Models that are sampled by taking noise away. In the order in which they may be read. */
import { DDIM } from './ddim';
import { DDIM_SAMPLING } from './ddim-sampling';
import { DDPM_CHAIN } from './ddpm-chain';
import { DDPM_ELBO_CONSISTENCY } from './ddpm-elbo-consistency';
import { DDPM_ELBO_DENOISING } from './ddpm-elbo-denoising';
import { DDPM_KERNEL } from './ddpm-kernel';
import { DDPM_MEAN_MSE } from './ddpm-mean-mse';
import { DDPM_PARAMETERISATIONS } from './ddpm-parameterisations';
import { DDPM_POSTERIOR } from './ddpm-posterior';
import { DDPM_SAMPLING } from './ddpm-sampling';
import { DDPM_SIMPLE_LOSS } from './ddpm-simple-loss';
import { SCORE_SDE } from './score-sde';
import { TWEEDIE } from './tweedie';
import { VDM_SNR } from './vdm-snr';
import type { Derivation } from '../types';

export const DIFFUSION: readonly Derivation[] = [
  DDPM_CHAIN, DDPM_KERNEL, DDPM_POSTERIOR, DDPM_MEAN_MSE, DDPM_ELBO_CONSISTENCY, DDPM_ELBO_DENOISING,
  TWEEDIE, DDPM_PARAMETERISATIONS, DDPM_SIMPLE_LOSS, DDPM_SAMPLING, DDIM, DDIM_SAMPLING, VDM_SNR, SCORE_SDE,
];
