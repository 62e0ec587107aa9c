/** Other models of how data is distributed. In the order in which they may be read. */
import { ABSORBING_DIFFUSION_ARDM } from './absorbing-diffusion-ardm';
import { ARDM_BOUND } from './ardm-bound';
import { AUTOREGRESSIVE } from './autoregressive';
import { AUTOREGRESSIVE_FACTORISATION } from './autoregressive-factorisation';
import { CNF_TRACE } from './cnf-trace';
import { CHANGE_OF_VARIABLES } from './change-of-variables';
import { COUPLING_JACOBIAN } from './coupling-jacobian';
import { ENERGY_BASED } from './energy-based';
import { GAN } from './gan';
import { GAN_JSD } from './gan-jsd';
import { GAN_MINIMAX } from './gan-minimax';
import { GAN_OPTIMAL_DISCRIMINATOR } from './gan-optimal-discriminator';
import { GMM } from './gmm';
import { NORMALIZING_FLOW } from './normalizing-flow';
import type { Derivation } from '../types';

export const DENSITIES: readonly Derivation[] = [GAN, GAN_MINIMAX, GAN_OPTIMAL_DISCRIMINATOR, GAN_JSD, NORMALIZING_FLOW, CHANGE_OF_VARIABLES, COUPLING_JACOBIAN, CNF_TRACE, ENERGY_BASED, AUTOREGRESSIVE, AUTOREGRESSIVE_FACTORISATION, ARDM_BOUND, ABSORBING_DIFFUSION_ARDM, GMM];
