/** Two Gaussians: on the line, with independent components, with full covariances. Densities through Cholesky factors, means by nodes of quadrature. */
import type { DerivationStep } from '../types';
import { stepSymbols } from '../render';
import type { Outcome, World } from '../../formulas/evaluate';
import { random, type Random } from './random';
import { between, normalDensity, normalNodes, nth, worldOf } from './world';

const D = 3;
/** Fine enough for every Gaussian here: the rule of equal steps is exact to rounding for smooth functions that vanish at both ends, and no density in it underflows. */
const LINE: Outcome[] = Array.from({ length: 321 }, (_, i) => ({ value: -16 + i / 10, weight: 1 / 10 }));
const COMPONENTS = ['firstMeans', 'firstSpreads', 'secondMeans', 'secondSpreads', 'component'] as const;

export function gaussiansWorld(seed: number, step: DerivationStep): World {
  const symbols = stepSymbols(step);
  if (!symbols.some((id) => id === 'x' || id === 'firstMean')) return COMPONENTS.some((id) => symbols.includes(id)) ? diagonal(seed) : line(seed);
  return COMPONENTS.some((id) => symbols.includes(id)) ? diagonal(seed) : full(seed);
}

function line(seed: number): World {
  const next = random(seed);
  const [firstCentre, firstSpread, secondCentre, secondSpread] = [between(next, -1.5, 1.5), between(next, 0.5, 1.6), between(next, -1.5, 1.5), between(next, 0.5, 1.6)];
  return worldOf({
    values: { outcome: between(next, -2, 2), firstCentre, firstSpread, secondCentre, secondSpread },
    functions: () => ({
      firstDistribution: (x: number) => normalDensity(x, firstCentre, firstSpread ** 2),
      secondDistribution: (x: number) => normalDensity(x, secondCentre, secondSpread ** 2),
    }),
    outcomes: { outcome: LINE },
  });
}

/** x = mean + factor · noise with a lower triangular factor: nodes, density and covariance all follow from it. */
function gaussianFrom(mean: readonly number[], factor: readonly (readonly number[])[]) {
  const density = (x: readonly number[]): number => {
    // Noise from the point by forward substitution; the volume by the diagonal of the factor.
    const noise: number[] = [];
    factor.forEach((row, i) => noise.push((x[i] - mean[i] - noise.reduce((sum, e, j) => sum + row[j] * e, 0)) / row[i]));
    return noise.reduce((product, e, i) => (product * normalDensity(e, 0, 1)) / factor[i][i], 1);
  };
  const grid = mean.reduce<{ at: number[]; weight: number }[]>((rest, _) => rest.flatMap(({ at, weight }) => normalNodes(4).map((node) => ({ at: [...at, node.at], weight: weight * node.weight }))), [{ at: [], weight: 1 }]);
  const outcomes = grid.map(({ at, weight }) => {
    const value = factor.map((row, i) => row.reduce((sum, entry, j) => sum + entry * at[j], mean[i]));
    return { value, weight: weight / density(value), parts: value.map((entry, j) => ({ id: 'component' as const, n: j + 1, value: entry })) };
  });
  const covariance = mean.map((_, i) => mean.map((__, j) => grid.reduce((sum, { at, weight }) => {
    const noise = factor.map((row) => row.reduce((total, entry, k) => total + entry * at[k], 0));
    return sum + weight * noise[i] * noise[j];
  }, 0)));
  return { density, outcomes, covariance };
}

const vector = (next: Random): number[] => Array.from({ length: D }, () => between(next, -1.5, 1.5));
const identity = Array.from({ length: D }, (_, i) => Array.from({ length: D }, (__, j) => Number(i === j)));
const spread = (of: readonly number[]): number[][] => of.map((s, i) => of.map((_, j) => (i === j ? s : 0)));

function diagonal(seed: number): World {
  const next = random(seed);
  const [means, otherMeans] = [vector(next), vector(next)];
  const [spreads, otherSpreads] = [0, 1].map(() => means.map(() => between(next, 0.5, 1.6)));
  const [first, second, standard] = [gaussianFrom(means, spread(spreads)), gaussianFrom(otherMeans, spread(otherSpreads)), gaussianFrom(means.map(() => 0), identity)];
  const x = vector(next);
  return worldOf({
    values: { x, dimensions: D, outcome: between(next, -2, 2) },
    members: { component: nth(x), firstMeans: nth(means), firstSpreads: nth(spreads), secondMeans: nth(otherMeans), secondSpreads: nth(otherSpreads) },
    functions: () => ({ firstDensity: first.density, secondDensity: second.density, standardDensity: standard.density }),
    outcomes: { x: first.outcomes, outcome: LINE },
    letters: { j: 1 + (seed % D) },
  });
}

function full(seed: number): World {
  const next = random(seed);
  const [firstMean, secondMean] = [vector(next), vector(next)];
  const [factor, otherFactor] = [0, 1].map(() => identity.map((row, i) => row.map((_, j) => (j < i ? between(next, -0.8, 0.8) : j === i ? between(next, 0.5, 1.5) : 0))));
  const [first, second, standard] = [gaussianFrom(firstMean, factor), gaussianFrom(secondMean, otherFactor), gaussianFrom(firstMean.map(() => 0), identity)];
  return worldOf({
    values: { x: vector(next), dimensions: D, firstMean, secondMean, firstCovariance: first.covariance, secondCovariance: second.covariance, zeroVector: firstMean.map(() => 0), identityMatrix: identity },
    functions: () => ({ firstDensity: first.density, secondDensity: second.density, standardDensity: standard.density }),
    outcomes: { x: first.outcomes },
  });
}
