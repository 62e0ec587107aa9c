/** Gaussian latent variables: one component and several beside each other, with Gauss–Hermite nodes for their integrals. */
import type { Outcome, World } from '../../formulas/evaluate';
import { normal, random } from './random';
import { between, inner, normalDensity, normalNodes, nth, worldOf } from './world';

const COMPONENTS = 3;
/** Exact for polynomials of degree 7, and the logarithms of Gaussian densities are of degree 2. */
const few = () => normalNodes(4);
/** For functions that are no polynomials: the density moves while a derivative is taken. */
const many = () => normalNodes(40);

/** @param standard the encoder is the prior. */
export function gaussianKlWorld(seed: number, standard = false): World {
  const next = random(seed);
  const moments = Array.from({ length: COMPONENTS }, () => (standard ? { mean: 0, logVariance: 0 } : { mean: between(next, -1.5, 1.5), logVariance: between(next, -1.5, 1) }));
  const j = Math.floor(next() * COMPONENTS);
  const [{ mean, logVariance }, x, noise] = [moments[j], between(next, 5, 6), moments.map(() => normal(next))];
  const deviation = Math.exp(logVariance / 2);
  const at = (eps: readonly number[]): number[] => moments.map((m, i) => m.mean + Math.exp(m.logVariance / 2) * eps[i]);
  /** Of independent Gaussians by determinant and squared distance, as of one Gaussian in J directions. */
  const whole = (z: readonly number[], of: readonly { mean: number; logVariance: number }[]): number => {
    const scaled = of.map((m, i) => (z[i] - m.mean) * Math.exp(-m.logVariance / 2));
    return Math.exp(-(inner(scaled, scaled) + of.reduce((sum, m) => sum + m.logVariance, 0) + z.length * Math.log(2 * Math.PI)) / 2);
  };
  const plain = moments.map(() => ({ mean: 0, logVariance: 0 }));
  const density = (z: number): number => normalDensity(z, mean, Math.exp(logVariance));
  const vectors: Outcome[] = few().flatMap((a) => few().flatMap((b) => few().map((c) => {
    const value = at([a.at, b.at, c.at]);
    return { value, weight: (a.weight * b.weight * c.weight) / whole(value, moments), parts: value.map((part, i) => ({ id: 'latentComponent' as const, n: i + 1, value: part })) };
  })));
  const vector = at(noise);
  return worldOf({
    values: { x, latent: vector[j], latentVector: vector, encoderMean: mean, encoderDeviation: deviation, logVariance, latentSize: COMPONENTS },
    members: {
      latentComponent: nth(vector), componentMean: nth(moments.map((m) => m.mean)), componentDeviation: nth(moments.map((m) => Math.exp(m.logVariance / 2))), componentLogVariance: nth(moments.map((m) => m.logVariance)),
    },
    functions: () => ({
      encoder: (z: number | readonly number[], given: number) => (given !== x ? undefined : typeof z === 'number' ? density(z) : whole(z, moments)),
      prior: (z: number | readonly number[]) => (typeof z === 'number' ? normalDensity(z, 0, 1) : whole(z, plain)),
    }),
    // Weights over densities turn the normal nodes into those of an integral over z.
    outcomes: {
      latent: many().map(({ at: eps, weight }) => ({ value: mean + deviation * eps, weight: weight / density(mean + deviation * eps) })),
      latentVector: vectors,
    },
    letters: { j: j + 1 },
  });
}

/** A latent component whose mean and deviation a small network puts out, and a smooth function of it with its own derivative. */
export function reparameterisationWorld(seed: number): World {
  const next = random(seed);
  const [a, b, c, d, frequency] = [between(next, -1, 1), between(next, -1, 1), between(next, 0.2, 0.6), between(next, 0.5, 1), between(next, 0.4, 0.9)];
  const f = (z: number): number => a * z + b * z * z + c * z ** 3 + d * Math.sin(frequency * z);
  const slope = (z: number): number => a + 2 * b * z + 3 * c * z * z + d * frequency * Math.cos(frequency * z);
  const [x, noise, parameters] = [between(next, 5, 6), between(next, -2, 2), [between(next, -0.6, 0.6), between(next, -0.6, 0.6)]];
  const meanOf = ([p, q]: readonly number[], at: number): number => 1.2 * Math.tanh(p * at + q) + 0.4 * p;
  const deviationOf = ([p, q]: readonly number[], at: number): number => 0.7 + 0.3 * Math.tanh(p - 0.2 * q * at);
  const [mean, deviation] = [meanOf(parameters, x), deviationOf(parameters, x)];
  const density = (z: number): number => normalDensity(z, mean, deviation ** 2);
  return worldOf({
    values: { x, encoderMean: mean, encoderDeviation: deviation, logVariance: 2 * Math.log(deviation), latentNoise: noise, latent: mean + deviation * noise, encoderParameters: parameters },
    functions: (look) => ({
      testFunction: f,
      testSlope: slope,
      encoder: (z: number, given: number) => (given === x ? density(z) : undefined),
      meanNetwork: (at: number) => meanOf(look('encoderParameters') as number[], at),
      deviationNetwork: (at: number) => deviationOf(look('encoderParameters') as number[], at),
    }),
    outcomes: {
      latent: many().map(({ at, weight }) => ({ value: mean + deviation * at, weight: weight / density(mean + deviation * at) })),
      latentNoise: many().map(({ at, weight }) => ({ value: at, weight: weight / normalDensity(at, 0, 1) })),
    },
  });
}
