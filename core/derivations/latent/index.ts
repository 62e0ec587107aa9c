/** Models with latent variables. In the order in which they may be read. */
import { AUTOENCODER } from './autoencoder';
import { VAE } from './vae';
import type { Derivation } from '../types';

export const LATENT: readonly Derivation[] = [AUTOENCODER, VAE];
