/** A finite set of latent variables and a decoder with a Gaussian or with zeros and ones; the evidence is a sum, so everything is exact. */
import type { DerivationStep } from '../types';
import { stepSymbols } from '../render';
import type { World } from '../../formulas/evaluate';
import { random, type Random } from './random';
import { between, each, inner, nth, probabilities, rootOf, sum, worldOf } from './world';

const ZS = [0.3, 1.1, -0.7, 2.2];
const SIZE = 3;
const distance = (a: readonly number[], b: readonly number[]): number => sum(a.map((value, i) => (value - b[i]) ** 2));
const vector = (next: Random, n = SIZE): number[] => Array.from({ length: n }, () => between(next, -1.5, 1.5));

/** Latent variables with a prior, an encoder for the one example, and a decoder that is linear in (z, z², 1). */
function parts(next: Random) {
  const [rows, x] = [Array.from({ length: SIZE }, () => vector(next)), vector(next)];
  const decode = (z: number): number[] => rows.map((row) => inner(row, [z, (z * z) / 2, 1]) * 0.8);
  const [priors, shares] = [probabilities(next, ZS.length), probabilities(next, ZS.length)];
  const at = (list: readonly number[], z: number): number | undefined => list[ZS.indexOf(z)];
  return { x, decode, priors, shares, z: ZS[Math.floor(next() * ZS.length)], prior: (z: number) => at(priors, z), at };
}

/** Density of N(mean, variance I) through its logarithm. */
const density = (x: readonly number[], mean: readonly number[], variance: number): number => Math.exp(-distance(x, mean) / (2 * variance) - (x.length / 2) * (Math.log(2 * Math.PI) + Math.log(variance)));

/** The bound from the other end: the evidence less the divergence from the encoder to the posterior. */
function boundOf(priors: readonly number[], shares: readonly number[], likelihoods: readonly number[]): number {
  const evidence = sum(priors.map((p, i) => p * likelihoods[i]));
  return Math.log(evidence) - sum(shares.map((q, i) => q * Math.log((q * evidence) / (priors[i] * likelihoods[i]))));
}

/** The example is of zeros and ones where the decoder is. */
export function vaeLossWorld(seed: number, step: DerivationStep): World {
  const next = random(seed);
  const { x: any, decode, priors, shares, z, prior, at } = parts(next);
  const bits = Array.from({ length: SIZE }, () => Number(next() < 0.5));
  const x = stepSymbols(step).includes('bernoulliLikelihood') ? bits : any;
  const deviation = between(next, 0.5, 1.5);
  const errors = ZS.map((value) => distance(x, decode(value)));
  const meanError = sum(shares.map((q, i) => q * errors[i]));
  const elbo = boundOf(priors, shares, ZS.map((value) => density(x, decode(value), deviation ** 2)));
  const probability = (value: number): number[] => decode(value).map((a) => 1 / (1 + Math.exp(-a)));
  return worldOf({
    values: {
      x, latent: z, reconstruction: decode(z), outputDeviation: deviation, dimensions: SIZE, elbo, meanError,
      reconstructionWeight: deviation ** -2 / 2,
      // What is left of the loss when the bound and the height of the Gaussian are taken away.
      vaeLoss: -elbo - SIZE * Math.log(Math.sqrt(2 * Math.PI) * deviation),
      bestDeviation: rootOf((s) => meanError - SIZE * s * s, 1e-3, 100),
      meanSquaredError: sum(decode(z).map((value, i) => (value - x[i]) ** 2)) / SIZE,
    },
    members: { pixel: nth(bits), pixelProbability: nth(probability(z)) },
    functions: () => ({
      decoderNetwork: (value: number) => decode(value),
      likelihood: (point: readonly number[], value: number) => density(point, decode(value), deviation ** 2),
      prior,
      encoder: (value: number, given: readonly number[]) => (given === x ? at(shares, value) : undefined),
      bernoulliLikelihood: (point: readonly number[], value: number) => (point === x ? probability(value).reduce((all, p, i) => all * (point[i] === 1 ? p : 1 - p), 1) : undefined),
    }),
    outcomes: { latent: each(ZS) },
  });
}

/** What the encoder and the multiplier are where an inequality is an equality. */
export type BetaEnd = 'nothing' | 'no capacity' | 'beta one' | 'best encoder';

/** A decoder with unit variance; β and the allowed divergence are any numbers. */
export function betaWorld(seed: number, end: BetaEnd = 'nothing'): World {
  const next = random(seed);
  const { x, decode, priors, shares: any, z, prior, at } = parts(next);
  const beta = end === 'beta one' ? 1 : between(next, 1.2, 2.5);
  const capacity = end === 'no capacity' ? 0 : between(next, 0.1, 0.6);
  const likelihoods = ZS.map((value) => density(x, decode(value), 1));
  const tempered = priors.map((p, i) => Math.exp(Math.log(p) + Math.log(likelihoods[i]) / beta));
  const shares = end === 'best encoder' ? tempered.map((value) => value / sum(tempered)) : any;
  // The objective as how far the encoder is from the unnormalised weights that are best for it; a capacity makes all of them larger.
  const objectiveWith = (allowed: number): number => -beta * sum(shares.map((q, i) => q * Math.log(q / (tempered[i] * Math.exp(allowed)))));
  const betaObjective = objectiveWith(0);
  return worldOf({
    values: {
      x, latent: z, dimensions: SIZE, klWeight: beta, capacity, betaObjective, elbo: boundOf(priors, shares, likelihoods), reconstructionTerm: Math.log(likelihoods.reduce((all, p, i) => all * p ** shares[i], 1)),
      lagrangian: objectiveWith(capacity), temperedEvidence: sum(tempered), reconstructionWeight: 1 / (beta + beta), outputDeviation: Math.sqrt(beta),
      betaLoss: -betaObjective - (SIZE / 2) * Math.log(2 * Math.PI),
    },
    functions: () => ({
      decoderNetwork: (value: number) => decode(value),
      likelihood: (point: readonly number[], value: number) => density(point, decode(value), 1),
      prior,
      encoder: (value: number, given: readonly number[]) => (given === x ? at(shares, value) : undefined),
      temperedPosterior: (value: number, given: readonly number[]) => (given === x ? at(tempered.map((w) => w / sum(tempered)), value) : undefined),
    }),
    outcomes: { latent: each(ZS) },
  });
}

/** Which end a line of the β-VAE has. */
export const betaTight = (seed: number, step: DerivationStep): World => {
  const ids = stepSymbols(step);
  return betaWorld(seed, ids.includes('lagrangian') ? 'no capacity' : ids.includes('temperedEvidence') ? 'best encoder' : 'beta one');
};
