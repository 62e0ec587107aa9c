/** Other models of how data is distributed. In the order in which they may be read. */
import { AUTOREGRESSIVE } from './autoregressive';
import { ENERGY_BASED } from './energy-based';
import { GAN } from './gan';
import { GMM } from './gmm';
import { NORMALIZING_FLOW } from './normalizing-flow';
import type { Derivation } from '../types';

export const DENSITIES: readonly Derivation[] = [GAN, NORMALIZING_FLOW, ENERGY_BASED, AUTOREGRESSIVE, GMM];
