/** Every derivation: one for each family of models. */
import type { FamilyId } from '../code/vocabulary';
import { AUTOENCODER } from './autoencoder';
import { AUTOREGRESSIVE } from './autoregressive';
import { CBOW } from './cbow';
import { DDIM_SAMPLING } from './ddim-sampling';
import { DDPM_SAMPLING } from './ddpm-sampling';
import { ENERGY_BASED } from './energy-based';
import { GAN } from './gan';
import { GMM } from './gmm';
import { N_GRAM } from './n-gram';
import { NORMALIZING_FLOW } from './normalizing-flow';
import { SCORE_SDE } from './score-sde';
import { SKIP_GRAM } from './skip-gram';
import type { Derivation } from './types';
import { VAE } from './vae';

const OF_FAMILY: Readonly<Record<FamilyId, Derivation>> = {
  'ddpm': DDPM_SAMPLING,
  'ddim': DDIM_SAMPLING,
  'score-sde': SCORE_SDE,
  'vae': VAE,
  'autoencoder': AUTOENCODER,
  'skip-gram': SKIP_GRAM,
  'cbow': CBOW,
  'n-gram': N_GRAM,
  'gan': GAN,
  'normalizing-flow': NORMALIZING_FLOW,
  'energy-based': ENERGY_BASED,
  'autoregressive': AUTOREGRESSIVE,
  'gmm': GMM,
};

export const DERIVATIONS: readonly Derivation[] = Object.values(OF_FAMILY);

const byId = new Map(DERIVATIONS.map((d) => [d.id, d]));

/** @throws RangeError for an id that does not exist. */
export function derivationById(id: string): Derivation {
  const found = byId.get(id);
  if (!found) throw new RangeError(`No derivation has the id "${id}".`);
  return found;
}

/** What the panel derives for a model of this family. */
export const derivationOfFamily = (family: FamilyId): Derivation => OF_FAMILY[family];

export { stepCondition, stepSpoken, stepSymbols, stepTex, type StepTexOptions } from './render';
export { derivationUnder, symbolsAround } from './select';
export type { Assumption, Derivation, DerivationStep } from './types';
