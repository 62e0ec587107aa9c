/** In which worlds a line must hold. */
import type { Derivation, DerivationStep } from '../../../core/derivations';
import type { World } from '../../../core/formulas/evaluate';
import type { SymbolId } from '../../../core/formulas/symbols';
import { autoencoderWorld } from './families/autoencoder';
import { energyWorld } from './families/energy-based';
import { ganWorld } from './families/gan';
import { gmmWorld } from './families/gmm';
import { flowWorld } from './families/normalizing-flow';
import { scoreWorld } from './families/score-sde';
import { autoregressiveWorld, nGramWorld } from './families/sequences';
import { vaeWorld } from './families/vae';
import { cbowWorld, skipGramWorld } from './families/words';
import { makeWorld, point, random, type WorldKind } from './worlds';

export interface Case {
  name: string;
  world(seed: number): World;
  /** Two worlds that differ in x_{t−1} alone: what is proportional has the same ratio in both. */
  pair?(seed: number): [World, World];
}

/** By the id of the derivation. */
export const FAMILY_WORLDS: Record<string, (seed: number, step: DerivationStep) => World> = {
  'score-sde': scoreWorld,
  'vae': vaeWorld,
  'autoencoder': autoencoderWorld,
  'skip-gram': skipGramWorld,
  'cbow': cbowWorld,
  'n-gram': nGramWorld,
  'gan': ganWorld,
  'normalizing-flow': flowWorld,
  'energy-based': energyWorld,
  'autoregressive': autoregressiveWorld,
  'gmm': gmmWorld,
};

/** What a derivation may speak of without having introduced it. */
export const GIVEN: Record<string, readonly SymbolId[]> = {
  'ddpm-sampling': ['T', 't', 'beta', 'alpha', 'alphaBar', 'alphaBarPrev', 'xt', 'x0', 'xPrev', 'betaTilde'],
  'ddim-sampling': ['T', 't', 'beta', 'alpha', 'alphaBar', 'alphaBarPrev', 'xt', 'x0', 'xPrev', 'betaTilde'],
  'score-sde': ['x', 'dataDistribution', 'scoreNetwork'],
  'vae': ['x', 'latent', 'encoder', 'prior', 'likelihood'],
  'autoencoder': ['x', 'dimensions', 'direction'],
  'skip-gram': ['centreVector', 'outputVector', 'wordVector', 'vocabularySize'],
  'cbow': ['contextVector', 'contextSize', 'outputVector', 'wordVector', 'vocabularySize'],
  'n-gram': ['sequence', 'token', 'past', 'length', 'sequenceModel', 'nextModel', 'anyContext', 'anyWord', 'ngramCount'],
  'gan': ['x', 'dataDistribution', 'generatorDistribution', 'discriminatorOutput', 'discriminatorLogit'],
  'normalizing-flow': ['x', 'flow', 'coupledSize', 'dimensions'],
  'energy-based': ['x', 'energy', 'parameters'],
  'autoregressive': ['sequence', 'token', 'past', 'length', 'sequenceModel', 'nextModel', 'sequenceData'],
  'gmm': ['x', 'dataPoint', 'dataSize', 'pointShare'],
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

/** Every mutant meets the same worlds. */
function remembered(make: (seed: number) => World): (seed: number) => World {
  const known = new Map<number, World>();
  return (seed) => {
    const world = known.get(seed) ?? make(seed);
    known.set(seed, world);
    return world;
  };
}

export function casesOf(derivation: Derivation, step: DerivationStep): Case[] {
  const make = FAMILY_WORLDS[derivation.id];
  if (make) return [{ name: derivation.id, world: remembered((seed) => make(seed, step)) }];
  return kindsOf(derivation, step).map(diffusionCase);
}
