/** Models that give a density: flows, energies, autoregressive ones. */
import type { Family } from '../family';

export const DENSITIES: readonly Family[] = [];
