/** Models that are sampled by taking noise away. In the order in which they may be read. */
import { DDIM_SAMPLING } from './ddim-sampling';
import { DDIM } from './ddim';
import { DDPM_SAMPLING } from './ddpm-sampling';
import { DDPM_PARAMETERISATIONS } from './ddpm-parameterisations';
import { DDPM_SIMPLE_LOSS } from './ddpm-simple-loss';
import { SCORE_SDE } from './score-sde';
import { TWEEDIE } from './tweedie';
import { VDM_SNR } from './vdm-snr';
import type { Derivation } from '../types';

export const DIFFUSION: readonly Derivation[] = [
  DDPM_SAMPLING, DDIM_SAMPLING, SCORE_SDE,
  TWEEDIE, DDPM_PARAMETERISATIONS, DDPM_SIMPLE_LOSS, DDIM, VDM_SNR,
];
