/** Points of the plane, a mixture of spherical Gaussians, and the mixture after one step of EM, which is found by searching for zeros. */
import type { DerivationStep } from '../types';
import { stepSymbols } from '../render';
import type { World } from '../../formulas/evaluate';
import { remembered } from '../../remembered';
import { point, random, type Random } from './random';
import { between, normalDensity, nth, probabilities, rootOf, sum, worldOf } from './world';

type Table = readonly (readonly number[])[];
interface Mixture { weights: number[]; means: number[][]; deviations: number[] }
const D = 2;

/** Before the weights add up to 1 the multiplier may be any number. */
export const emWorld = (seed: number, step: DerivationStep): World => (stepSymbols(step).includes('mixtureWeight') && stepSymbols(step).includes('weightMultiplier') ? made(seed, { multiplier: 2 + (seed % 5) / 3 }) : made(seed, {}));
/** At a fixed point of EM nothing rises any more; the assignment is the posterior. */
export const emTight = (seed: number): World => made(seed, { tight: true });

const flat = ({ weights, means, deviations }: Mixture): number[] => [...weights, ...means.flat(), ...deviations];
const unflat = (theta: readonly number[]): Mixture => {
  const K = theta.length / (D + 2);
  return { weights: theta.slice(0, K), means: Array.from({ length: K }, (_, k) => theta.slice(K + D * k, K + D * (k + 1))), deviations: theta.slice(K + D * K) };
};
const jointOf = ({ weights, means, deviations }: Mixture, x: readonly number[], k: number): number => x.reduce((density, value, axis) => density * normalDensity(value, means[k][axis], deviations[k] ** 2), weights[k]);
const sharesOf = (mixture: Mixture, x: readonly number[]): number[] => {
  const joint = mixture.weights.map((_, k) => jointOf(mixture, x, k));
  return joint.map((value) => value / sum(joint));
};

/** The mixture at which the derivatives of the weighted log-likelihood are zero. */
function maximised(data: Table, table: Table): Mixture {
  const counts = table[0].map((_, k) => sum(table.map((row) => row[k])));
  const means = counts.map((_, k) => Array.from({ length: D }, (__, axis) => rootOf((m) => sum(data.map((x, i) => table[i][k] * (x[axis] - m))), -20, 20)));
  const deviations = counts.map((_, k) => Math.sqrt(rootOf((v) => sum(data.map((x, i) => table[i][k] * (sum(x.map((value, axis) => (value - means[k][axis]) ** 2)) / v - D))), 1e-6, 400)));
  return { weights: counts.map((count) => count / sum(counts)), means, deviations };
}

function start(next: Random, tight: boolean): { data: number[][]; mixture: Mixture } {
  if (!tight) {
    // No weight is so small that a derivative by it would be rough.
    const raw = [1, 1, 1].map((least) => least + next());
    const weights = raw.map((value) => value / sum(raw));
    return { data: Array.from({ length: 6 }, () => point(next)), mixture: { weights, means: weights.map(() => point(next)), deviations: weights.map(() => between(next, 0.9, 1.8)) } };
  }
  // Two clusters far apart: there EM converges to the last bit after a few steps.
  const near = (): number => between(next, -0.2, 0.2);
  const data = [[-3.5, 0], [-2.5, 0.8], [-2.5, -0.8], [2.5, 0.7], [3.4, 0.2], [2.6, -0.9]].map((x) => x.map((value) => value + near()));
  let mixture: Mixture = { weights: [0.5, 0.5], means: [[-3, 0], [3, 0]], deviations: [0.6, 0.6] };
  for (let i = 0; i < 8; i++) mixture = maximised(data, data.map((x) => sharesOf(mixture, x)));
  return { data, mixture };
}

function made(seed: number, { tight = false, multiplier }: { tight?: boolean; multiplier?: number }): World {
  const next = random(seed);
  const { data, mixture } = start(next, tight);
  const K = mixture.weights.length;
  const k = Math.floor(next() * K);
  const posterior = data.map((x) => sharesOf(mixture, x));
  const any = tight ? posterior : data.map(() => probabilities(next, K));
  const better = tight ? mixture : maximised(data, posterior);
  const nextPosterior = data.map((x) => sharesOf(better, x));
  const density = (of: Mixture, x: readonly number[]): number => sum(of.weights.map((_, j) => jointOf(of, x, j)));
  const fit = remembered((theta: readonly number[]): number => sum(data.map((x) => Math.log(density(unflat(theta), x)))));
  const [theta, thetaNext] = [flat(mixture), flat(better)];
  const isTheta = (value: unknown): boolean => value === theta || value === thetaNext;
  const isTable = (value: unknown): boolean => value === any || value === posterior || value === nextPosterior;
  /** From the other end: the log-likelihood less what the assignment lacks. */
  const bound = remembered((of: readonly number[]) => remembered((table: Table): number =>
    fit(of) - sum(data.map((x, i) => sum(sharesOf(unflat(of), x).map((share, j) => table[i][j] * (Math.log(table[i][j]) - Math.log(share))))))));
  const entry = (table: Table) => (j: number, x: readonly number[]): number | undefined => table[data.findIndex((other) => other === x)]?.[j - 1];
  const counts = mixture.weights.map((_, j) => sum(posterior.map((row) => row[j])));
  return worldOf({
    values: {
      dataSize: data.length, mixtureSize: K, dimensions: D, mixtureParameters: theta, nextParameters: thetaNext, anyAssignment: any, componentPosterior: posterior, nextPosterior,
      weightMultiplier: multiplier ?? rootOf((lambda) => sum(counts.map((count) => count / lambda)) - 1, 0.01, 100),
    },
    members: {
      dataPoint: nth(data), pointShare: nth(posterior.map((row) => row[k])), mixtureWeight: nth(mixture.weights), mixtureMean: nth(mixture.means), mixtureDeviation: nth(mixture.deviations),
      effectiveCount: nth(counts), newMean: nth(better.means), newDeviation: nth(better.deviations), newWeight: nth(better.weights),
    },
    functions: () => ({
      mixtureDensity: (x: readonly number[]) => density(mixture, x),
      mixtureFit: (of: readonly number[]) => (isTheta(of) ? fit(of) : undefined),
      freeEnergy: (table: Table, of: readonly number[]) => (isTable(table) && isTheta(of) ? bound(of)(table) : undefined),
      anyAssignment: entry(any), componentPosterior: entry(posterior), nextPosterior: entry(nextPosterior),
    }),
    letters: { i: 1 + (seed % data.length), k: k + 1, j: ((k + 1) % K) + 1 },
  });
}
