/** Models with latent variables, and mixtures. */
import type { Family } from '../family';
import { AUTOENCODER } from './autoencoder';
import { GMM } from './gmm';
import { VAE } from './vae';

export const LATENT: readonly Family[] = [VAE, AUTOENCODER, GMM];
