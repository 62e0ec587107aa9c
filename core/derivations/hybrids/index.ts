import type { Derivation } from '../types';
import { DIFFFLOW } from './diffflow';
import { EBM_GRADIENT } from './ebm-gradient';
import { EBM_LANGEVIN } from './ebm-langevin';
import { ENERGY_VS_SCORE } from './energy-vs-score';
import { INDM_ELBO } from './indm-elbo';
import { LSGM } from './lsgm';
import { RECOVERY_LIKELIHOOD } from './recovery-likelihood';

export const HYBRIDS: readonly Derivation[] = [EBM_GRADIENT, EBM_LANGEVIN, ENERGY_VS_SCORE, RECOVERY_LIKELIHOOD, DIFFFLOW, INDM_ELBO, LSGM];
