/** Energies, and models in which diffusion meets flows, latent variables and energies. In the order in which they may be read. */
import type { Derivation } from '../types';

export const HYBRIDS: readonly Derivation[] = [];
