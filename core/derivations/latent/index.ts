/** Models with latent variables. In the order in which they may be read. */
import { AUTOENCODER } from './autoencoder';
import { BETA_VAE } from './beta-vae';
import { ELBO_JENSEN } from './elbo-jensen';
import { ELBO_KL_GAP } from './elbo-kl-gap';
import { ELBO_RECONSTRUCTION_KL } from './elbo-reconstruction-kl';
import { HVAE_ELBO } from './hvae-elbo';
import { IWAE } from './iwae';
import { REPARAMETERISATION_GRADIENT } from './reparameterisation-gradient';
import { VAE } from './vae';
import { VAE_GAUSSIAN_KL } from './vae-gaussian-kl';
import { VAE_LOSS } from './vae-loss';
import type { Derivation } from '../types';

export const LATENT: readonly Derivation[] = [AUTOENCODER, VAE, ELBO_JENSEN, ELBO_KL_GAP, ELBO_RECONSTRUCTION_KL, VAE_GAUSSIAN_KL, REPARAMETERISATION_GRADIENT, VAE_LOSS, BETA_VAE, IWAE, HVAE_ELBO];
