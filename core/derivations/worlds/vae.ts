/** First a finite set of latent variables with a random joint table, then one Gaussian latent component with Gauss–Hermite nodes. */
import type { DerivationStep } from '../types';
import { stepSymbols } from '../render';
import type { World } from '../../formulas/evaluate';
import { random } from './random';
import { between, each, normalDensity, normalNodes, probabilities, sum, worldOf } from './world';

export function vaeWorld(seed: number, step: DerivationStep): World {
  return stepSymbols(step).some((id) => id === 'encoderMean' || id === 'encoderDeviation') ? gaussian(seed) : finite(seed);
}

function finite(seed: number): World {
  const next = random(seed);
  const [zs, xs] = [[0.3, 1.1, -0.7, 2.2], [5, 6, 7]];
  // A joint table of z and x; every distribution of the model is a sum or a quotient of its entries.
  const flat = probabilities(next, zs.length * xs.length);
  const joint = (z: number, x: number): number => flat[zs.indexOf(z) * xs.length + xs.indexOf(x)];
  const ofZ = (z: number): number => sum(xs.map((x) => joint(z, x)));
  const ofX = (x: number): number => sum(zs.map((z) => joint(z, x)));
  const q = xs.map(() => probabilities(next, zs.length));
  const encoder = (z: number, x: number): number => q[xs.indexOf(x)][zs.indexOf(z)];
  const x = xs[Math.floor(next() * xs.length)];
  const z = zs[Math.floor(next() * zs.length)];
  const elbo = sum(zs.map((value) => encoder(value, x) * (Math.log(joint(value, x)) - Math.log(encoder(value, x)))));
  return worldOf({
    values: { x, latent: z, elbo },
    functions: () => ({
      prior: ofZ,
      evidence: ofX,
      likelihood: (a: number, b: number) => joint(b, a) / ofZ(b),
      posterior: (a: number, b: number) => joint(a, b) / ofX(b),
      encoder,
    }),
    outcomes: { latent: each(zs) },
  });
}

function gaussian(seed: number): World {
  const next = random(seed);
  const [mean, logVariance, noise, x] = [between(next, -1.5, 1.5), between(next, -1.5, 1), between(next, -2, 2), between(next, 5, 6)];
  const deviation = Math.sqrt(Math.exp(logVariance));
  const density = (z: number): number => normalDensity(z, mean, Math.exp(logVariance));
  return worldOf({
    values: { x, encoderMean: mean, encoderDeviation: deviation, logVariance, latentNoise: noise, latent: mean + noise * deviation },
    functions: () => ({
      encoder: (z: number, given: number) => (given === x ? density(z) : undefined),
      prior: (z: number) => normalDensity(z, 0, 1),
    }),
    // Weights over densities turn the normal nodes into those of an integral over z.
    outcomes: { latent: normalNodes(16).map(({ at, weight }) => ({ value: mean + deviation * at, weight: weight / density(mean + deviation * at) })) },
  });
}
