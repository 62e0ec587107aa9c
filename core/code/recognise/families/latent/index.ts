/** Models with latent variables, and mixtures. */
import type { Family } from '../family';
import { VAE } from './vae';

export const LATENT: readonly Family[] = [VAE];
