/** From a function that makes worlds to the cases of a derivation. */
import type { World } from '../../formulas/evaluate';
import type { Case, Derivation, DerivationStep } from '../types';
import { remembered } from '../../remembered';
import { makeWorld, type WorldKind } from './diffusion';
import { point, random } from './random';

type Made = (seed: number, step: DerivationStep) => World;

/** One case for every line. `more` has what lines need that are no equations: see {@link Case}. */
export function inWorlds(world: Made, more: { tight?: Made; limit?: (seed: number, n: number, step: DerivationStep) => World; pair?: (seed: number, step: DerivationStep) => [World, World] } = {}): Derivation['cases'] {
  const { tight, limit, pair } = more;
  return (step) => [{
    name: 'random',
    world: remembered((seed) => world(seed, step)),
    ...(tight && { tight: remembered((seed: number) => tight(seed, step)) }),
    ...(limit && { limit: (seed: number, n: number) => limit(seed, n, step) }),
    ...(pair && { pair: remembered((seed: number) => pair(seed, step)) }),
  }];
}

export const diffusionCase = (kind: WorldKind): Case => ({
  name: kind.varianceType ?? kind.sampler,
  world: remembered((seed) => makeWorld(seed, kind)),
  pair: remembered((seed) => {
    const next = random(seed + 7919);
    const at = (): World => makeWorld(seed, kind, { xPrev: point(next) });
    return [at(), at()];
  }),
});

/** Under the variance that the line assumes, or else under both. */
export function ddpmCases({ assuming }: DerivationStep): Case[] {
  const variances = assuming && 'varianceType' in assuming ? [assuming.varianceType] : (['fixed_small', 'fixed_large'] as const);
  return variances.map((varianceType) => diffusionCase({ sampler: 'ddpm', varianceType }));
}

/** At the η that the line assumes, or else at random ones. */
export const ddimCases = ({ assuming }: DerivationStep): Case[] => [diffusionCase({ sampler: 'ddim', eta: assuming && 'eta' in assuming ? assuming.eta : undefined })];
