/** Every derivation, by an explicit array, and the one of each family of models. */
import type { FamilyId } from '../code/vocabulary';
import { DDIM_SAMPLING } from './ddim-sampling';
import { DDPM_SAMPLING } from './ddpm-sampling';
import { VAE } from './vae';
import type { Derivation } from './types';

export const DERIVATIONS: readonly Derivation[] = [DDPM_SAMPLING, DDIM_SAMPLING, VAE];

const byId = new Map(DERIVATIONS.map((d) => [d.id, d]));

/** @throws RangeError for an id that does not exist. */
export function derivationById(id: string): Derivation {
  const found = byId.get(id);
  if (!found) throw new RangeError(`No derivation has the id "${id}".`);
  return found;
}

const OF_FAMILY: Partial<Record<FamilyId, Derivation>> = { ddpm: DDPM_SAMPLING, ddim: DDIM_SAMPLING, vae: VAE };

/** What the panel derives for a model of this family. */
export function derivationOfFamily(family: FamilyId): Derivation {
  const found = OF_FAMILY[family];
  if (!found) throw new RangeError(`No derivation belongs to the family "${family}".`);
  return found;
}

export { stepCondition, stepSpoken, stepSymbols, stepTex, type StepTexOptions } from './render';
export { derivationUnder, symbolsAround } from './select';
export type { Assumption, Derivation, DerivationStep } from './types';
