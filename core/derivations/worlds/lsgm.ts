/**
 * One latent component with a Gaussian encoder and a Gaussian prior, both diffused by stepping mean and variance in closed form.
 * Integrals over a diffused point are sums over an even grid, those over time run over panels that widen away from zero.
 */
import type { Outcome, World } from '../../formulas/evaluate';
import { remembered } from '../../remembered';
import { inWorlds } from './cases';
import { unitNodes } from './legendre';
import { random } from './random';
import { between, normalDensity, normalNodes, worldOf } from './world';

const GRID = { reach: 7.8, step: 0.6 };
const grid = (): Outcome[] => Array.from({ length: Math.round((2 * GRID.reach) / GRID.step) + 1 }, (_, i) => ({ value: -GRID.reach + i * GRID.step, weight: GRID.step }));

/** From `first` to 1, each panel twice as wide as the one before: what is divided by the noise is smooth in each. */
function times(first: number, n: number): Outcome[] {
  const edges = [first];
  while (edges.at(-1)! < 1) edges.push(Math.min(1, 2 * edges.at(-1)!));
  return edges.slice(1).flatMap((to, i) => unitNodes(n).map(({ at, weight }) => ({ value: edges[i] + (to - edges[i]) * at, weight: weight * (to - edges[i]) })));
}

/** @param whole the integral of the rate over all time, where it grows. */
function lsgmWorld(seed: number, whole?: number): World {
  const next = random(seed);
  const raw = [between(next, 0.8, 1.6), between(next, 0.3, 1.2)];
  // It grows at the end, so that the start keeps its signal.
  const [low, rise] = [raw[0], whole === undefined ? raw[1] : 2 * (whole - raw[0])];
  const kept = (time: number): number => Math.exp(-(low * time + (rise * time ** 2) / 2) / 2);
  const noise = (time: number): number => Math.sqrt(1 - kept(time) ** 2);
  const [mean, variance] = [between(next, -0.7, 0.7), between(next, 0.4, 0.9)];
  const [priorMean, priorVariance] = [between(next, -0.8, 0.8), between(next, 0.7, 1.8)];
  const [correctionMean, correctionVariance] = [between(next, -0.8, 0.8), between(next, 0.7, 1.8)];
  const [weight, offset, spread, x] = [between(next, 0.5, 1.5), between(next, -0.5, 0.5), between(next, 0.5, 1.2), between(next, 5, 6)];
  const [time, first] = [between(next, 0.3, 0.8), between(next, 0.25, 0.4)];
  const [code, eps] = [between(next, -1, 1), between(next, 0.3, 1.4)];
  const diffused = (of: { mean: number; variance: number }, at: number): { mean: number; variance: number } => ({ mean: kept(at) * of.mean, variance: 1 + kept(at) ** 2 * (of.variance - 1) });
  const density = (z: number, of: { mean: number; variance: number }): number => normalDensity(z, of.mean, of.variance);
  const [encoder, prior, correction] = [{ mean, variance }, { mean: priorMean, variance: priorVariance }, { mean: correctionMean, variance: correctionVariance }];
  const point = kept(time) * code + noise(time) * eps;
  // Of Gaussians all three terms of the bound are known.
  const error = (x - weight * mean - offset) ** 2 + weight ** 2 * variance;
  const divergence = (variance / priorVariance + (mean - priorMean) ** 2 / priorVariance - 1 - Math.log(variance / priorVariance)) / 2;
  const elbo = -error / (2 * spread) - Math.log(2 * Math.PI * spread) / 2 - divergence;
  const scoreOf = (z: number, of: { mean: number; variance: number }): number => (of.mean - z) / of.variance;
  const given = (from: number): boolean => from === x;
  return worldOf({
    values: { x, elbo, firstCode: code, latentNoise: eps, diffusedCode: point, continuousTime: time, startTime: first, mixing: between(next, 0.2, 0.8) },
    functions: () => ({
      likelihood: (of: number, z: number) => normalDensity(of, weight * z + offset, spread),
      encoder: (z: number, from: number) => (given(from) ? density(z, encoder) : undefined),
      prior: (z: number) => density(z, prior),
      keptAt: kept, addedNoise: noise, noiseRate: (at: number) => low + rise * at,
      codeKernel: (z: number, from: number, at: number) => normalDensity(z, kept(at) * from, noise(at) ** 2),
      diffusedEncoder: (z: number, from: number, at: number) => (given(from) ? density(z, diffused(encoder, at)) : undefined),
      diffusedPrior: (z: number, at: number) => density(z, diffused(prior, at)),
      scoreNetwork: (z: number, at: number) => scoreOf(z, diffused(prior, at)),
      encoderScore: (z: number, from: number, at: number) => (given(from) ? scoreOf(z, diffused(encoder, at)) : undefined),
      correction: (z: number, at: number) => 1.7 * density(z, diffused(correction, at)),
      correctionNoise: (z: number, at: number) => -noise(at) * scoreOf(z, diffused(correction, at)),
      standardDensity: (z: number) => normalDensity(z, 0, 1),
    }),
    outcomes: {
      firstCode: normalNodes(2).map((node) => ({ value: mean + Math.sqrt(variance) * node.at, weight: node.weight / density(mean + Math.sqrt(variance) * node.at, encoder) })),
      latentNoise: normalNodes(2).map((node) => ({ value: node.at, weight: node.weight / normalDensity(node.at, 0, 1) })),
      diffusedCode: grid(), continuousTime: times(first, whole === undefined ? 8 : 4),
    },
  });
}

const free = remembered((seed: number) => lsgmWorld(seed));
/** Towards the limit all but a tenth of what was left of the signal's variance is lost. */
const longer = Array.from({ length: 4 }, (_, n) => remembered((seed: number) => lsgmWorld(seed, Math.log(10) * (n + 2))));

export const lsgmCases = inWorlds(free, { limit: (seed, n) => longer[n](seed) });
