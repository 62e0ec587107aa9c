/** Models that give a density: flows, energies, autoregressive ones. */
import type { Family } from '../family';
import { AUTOREGRESSIVE } from './autoregressive';

export const DENSITIES: readonly Family[] = [AUTOREGRESSIVE];
