/** In which worlds a line must hold. */
import type { Derivation, DerivationStep } from '../../../core/derivations';
import type { World } from '../../../core/formulas/evaluate';
import type { SymbolId } from '../../../core/formulas/symbols';
import { vaeWorld } from './families/vae';
import { makeWorld, point, random, type WorldKind } from './worlds';

export interface Case {
  name: string;
  world(seed: number): World;
  /** Two worlds that differ in x_{t−1} alone: what is proportional has the same ratio in both. */
  pair?(seed: number): [World, World];
}

/** By the id of the derivation. */
export const FAMILY_WORLDS: Record<string, (seed: number, step: DerivationStep) => World> = {
  vae: vaeWorld,
};

/** What a derivation may speak of without having introduced it. */
export const GIVEN: Record<string, readonly SymbolId[]> = {
  'ddpm-sampling': ['T', 't', 'beta', 'alpha', 'alphaBar', 'alphaBarPrev', 'xt', 'x0', 'xPrev', 'betaTilde'],
  'ddim-sampling': ['T', 't', 'beta', 'alpha', 'alphaBar', 'alphaBarPrev', 'xt', 'x0', 'xPrev', 'betaTilde'],
  'vae': ['x', 'latent', 'encoder'],
};

/** The samplers for which a line must hold: those that it assumes, or else both variances of DDPM. */
function kindsOf({ id }: Derivation, { assuming }: DerivationStep): WorldKind[] {
  if (id === 'ddim-sampling') return [{ sampler: 'ddim', eta: assuming && 'eta' in assuming ? assuming.eta : undefined }];
  const variances = assuming && 'varianceType' in assuming ? [assuming.varianceType] : (['fixed_small', 'fixed_large'] as const);
  return variances.map((varianceType) => ({ sampler: 'ddpm', varianceType }));
}

export const diffusionCase = (kind: WorldKind): Case => ({
  name: kind.varianceType ?? kind.sampler,
  world: (seed) => makeWorld(seed, kind),
  pair(seed) {
    const next = random(seed + 7919);
    const at = (): World => makeWorld(seed, kind, { xPrev: point(next) });
    return [at(), at()];
  },
});

export function casesOf(derivation: Derivation, step: DerivationStep): Case[] {
  const make = FAMILY_WORLDS[derivation.id];
  if (make) return [{ name: derivation.id, world: (seed) => make(seed, step) }];
  return kindsOf(derivation, step).map(diffusionCase);
}
