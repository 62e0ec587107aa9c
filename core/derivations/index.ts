/** Every derivation: one for each family of models. */
import type { FamilyId } from '../code/vocabulary';
import { AUTOENCODER } from './latent/autoencoder';
import { AUTOREGRESSIVE } from './densities/autoregressive';
import { CBOW } from './words/cbow';
import { DDIM_SAMPLING } from './diffusion/ddim-sampling';
import { DDPM_SAMPLING } from './diffusion/ddpm-sampling';
import { ENERGY_BASED } from './densities/energy-based';
import { GAN } from './densities/gan';
import { GMM } from './densities/gmm';
import { N_GRAM } from './words/n-gram';
import { NORMALIZING_FLOW } from './densities/normalizing-flow';
import { SCORE_SDE } from './diffusion/score-sde';
import { SKIP_GRAM } from './words/skip-gram';
import { DENSITIES } from './densities';
import { DIFFUSION } from './diffusion';
import { FOUNDATIONS } from './foundations';
import { HYBRIDS } from './hybrids';
import { LATENT } from './latent';
import { REPRESENTATION } from './representation';
import { SCORES } from './scores';
import { WORDS } from './words';
import type { Derivation } from './types';
import { VAE } from './latent/vae';

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

/** In the order in which they may be read. */
export const DERIVATION_GROUPS: readonly { title: string; derivations: readonly Derivation[] }[] = [
  { title: 'Foundations', derivations: FOUNDATIONS },
  { title: 'Representation', derivations: REPRESENTATION },
  { title: 'Latent variables', derivations: LATENT },
  { title: 'Diffusion', derivations: DIFFUSION },
  { title: 'Scores and differential equations', derivations: SCORES },
  { title: 'Words', derivations: WORDS },
  { title: 'Other densities', derivations: DENSITIES },
  { title: 'Energies, and diffusion with other models', derivations: HYBRIDS },
];
export const DERIVATIONS: readonly Derivation[] = DERIVATION_GROUPS.flatMap(({ derivations }) => derivations);

const byId = new Map(DERIVATIONS.map((d) => [d.id, d]));

/** @throws RangeError for an id that does not exist. */
export function derivationById(id: string): Derivation {
  const found = byId.get(id);
  if (!found) throw new RangeError(`No derivation has the id "${id}".`);
  return found;
}

/** What the panel derives for a model of this family. */
export const derivationOfFamily = (family: FamilyId): Derivation => OF_FAMILY[family];

export { RELATIONS, stepCondition, stepSpoken, stepSymbols, stepTex, symbolAsUsed, type StepTexOptions } from './render';
export { derivationUnder, symbolsAround } from './select';
export type { Assumption, Case, Derivation, DerivationStep, Relation } from './types';
