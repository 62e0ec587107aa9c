import type { Derivation } from '../types';
import { EBM_GRADIENT } from './ebm-gradient';
import { EBM_LANGEVIN } from './ebm-langevin';

export const HYBRIDS: readonly Derivation[] = [EBM_GRADIENT, EBM_LANGEVIN];
