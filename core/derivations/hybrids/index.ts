import type { Derivation } from '../types';
import { EBM_GRADIENT } from './ebm-gradient';

export const HYBRIDS: readonly Derivation[] = [EBM_GRADIENT];
