/** Models with latent variables, and mixtures. */
import type { Family } from '../family';
import { GMM } from './gmm';
import { VAE } from './vae';

export const LATENT: readonly Family[] = [VAE, GMM];
