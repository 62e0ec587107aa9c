/** Models that give a density: flows, energies, autoregressive ones. */
import type { Family } from '../family';
import { AUTOREGRESSIVE } from './autoregressive';
import { ENERGY } from './energy';
import { FLOW } from './flow';

export const DENSITIES: readonly Family[] = [
  FLOW,
  ENERGY,
  AUTOREGRESSIVE,
];
