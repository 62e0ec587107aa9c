/** Two classes. In general: a tilted table of features and classes; then Gaussian features of one variance, on the line and in space. */
import type { DerivationStep } from '../types';
import { stepSymbols } from '../render';
import type { Value, World } from '../../formulas/evaluate';
import type { SymbolId } from '../../formulas/symbols';
import { apply, randomVector } from './linear';
import { random } from './random';
import { between, each, inner, normalDensity, nth, rootOf, sum, worldOf } from './world';

const [XS, YS] = [[2, 3, 5], [0, 1]];
const GAUSSIAN: readonly SymbolId[] = ['positiveMean', 'negativeMean', 'classSpread', 'positiveShare', 'logOdds', 'featureWeight', 'featureBias', 'positiveCentre'];

export const classifierWorld = (seed: number, step: DerivationStep): World => (stepSymbols(step).some((id) => GAUSSIAN.includes(id)) ? gaussian(seed) : tilted(seed, false));
/** The features are distributed in the same way under all parameters, so that nothing is to be learnt from them. */
export const classifierTight = (seed: number): World => tilted(seed, true);

/** Of a list, or what it would be under a number that tilts it. */
const softmax = (raw: readonly number[]): number[] => {
  const weights = raw.map(Math.exp);
  return weights.map((w) => w / sum(weights));
};

function tilted(seed: number, tight: boolean): World {
  const next = random(seed);
  const [lean, base] = [XS.map(() => (tight ? 0 : between(next, -1.5, 1.5))), XS.map(() => between(next, -1, 1))];
  const tilts = XS.map(() => [between(next, 0.4, 1.5), between(next, -1.5, -0.4)]);
  const bases = XS.map(() => [between(next, -1, 1), between(next, -1, 1)]);
  const ofX = (theta: number): number[] => softmax(XS.map((_, i) => lean[i] * theta + base[i]));
  const ofY = (i: number, theta: number): number[] => softmax(YS.map((y) => tilts[i][y] * theta + bases[i][y]));
  const joint = (x: number, y: number, theta: number): number => {
    const i = XS.indexOf(x);
    return i < 0 || !YS.includes(y) ? NaN : ofX(theta)[i] * ofY(i, theta)[y];
  };
  const xMass = (x: number, theta: number): number => sum(YS.map((y) => joint(x, y, theta)));
  const yMass = (y: number, theta: number): number => sum(XS.map((x) => joint(x, y, theta)));
  // Both classes with the same feature at least, so that no parameter separates them.
  const cells = [[0, 0], [0, 1], ...Array.from({ length: 4 + (seed % 3) }, () => [Math.floor(3 * next()), Math.floor(2 * next())])];
  const mean = (weights: readonly number[], of: readonly number[]): number => sum(weights.map((w, i) => w * of[i]));
  // Slopes of both log-likelihoods: what was seen less what is expected.
  const conditionalSlope = (theta: number): number => sum(cells.map(([i, y]) => tilts[i][y] - mean(ofY(i, theta), tilts[i])));
  const marginalSlope = (theta: number): number => sum(cells.map(([i]) => lean[i] - mean(ofX(theta), lean)));
  const discriminativeBest = rootOf(conditionalSlope, -30, 30);
  const logOf = (f: (x: number, y: number, theta: number) => number) => (theta: number): number => sum(cells.map(([i, y]) => Math.log(f(XS[i], y, theta))));
  const at = (look: (id: SymbolId) => Value): number => look('parameter') as number;
  const shares = softmax(cells.map(() => 0));
  return worldOf({
    values: {
      parameter: between(next, -1, 1), feature: XS[Math.floor(3 * next())], classLabel: YS[Math.floor(2 * next())], dataSize: shares.length,
      discriminativeBest, generativeBest: tight ? discriminativeBest : rootOf((theta) => conditionalSlope(theta) + marginalSlope(theta), -30, 30),
    },
    members: { observation: nth(cells.map(([i]) => XS[i])), observedClass: nth(cells.map(([, y]) => y)) },
    functions: (look) => ({
      pairJoint: (x: number, y: number) => joint(x, y, at(look)),
      featureMarginal: (x: number) => xMass(x, at(look)),
      classShare: (y: number) => yMass(y, at(look)),
      classPosterior: (y: number, x: number) => joint(x, y, at(look)) / xMass(x, at(look)),
      classDensity: (x: number, y: number) => joint(x, y, at(look)) / yMass(y, at(look)),
      jointObjective: logOf(joint),
      conditionalObjective: logOf((x, y, theta) => ofY(XS.indexOf(x), theta)[y]),
      marginalObjective: logOf((x, _, theta) => ofX(theta)[XS.indexOf(x)]),
    }),
    outcomes: { classLabel: each(YS), otherClass: each(YS), parameter: each(Array.from({ length: 31 }, (_, i) => i - 15)) },
    letters: { i: 1 + (seed % cells.length) },
  });
}

function gaussian(seed: number): World {
  const next = random(seed);
  const [share, spread, means, D] = [between(next, 0.2, 0.8), between(next, 0.7, 1.5), [between(next, -1.5, 0.5), between(next, 0.8, 2)], 3];
  const [centres, factor] = [[randomVector(next, D), randomVector(next, D)], Array.from({ length: D }, (_, i) => Array.from({ length: D }, (__, j) => (j > i ? 0 : j === i ? between(next, 0.6, 1.4) : between(next, -0.7, 0.7))))];
  // A point is its mean plus the triangular factor times noise; the noise comes back by forward substitution.
  const density = (x: number | readonly number[], y: number): number => {
    if (!YS.includes(y)) return NaN;
    if (typeof x === 'number') return normalDensity(x, means[y], spread ** 2);
    const noise: number[] = [];
    factor.forEach((row, i) => noise.push((x[i] - centres[y][i] - sum(noise.map((e, j) => row[j] * e))) / row[i]));
    return noise.reduce((product, e, i) => (product * normalDensity(e, 0, 1)) / factor[i][i], 1);
  };
  const ofY = (y: number): number => (y === 1 ? share : y === 0 ? 1 - share : NaN);
  const posterior = (y: number, x: number | readonly number[]): number => (ofY(y) * density(x, y)) / sum(YS.map((other) => ofY(other) * density(x, other)));
  const odds = (x: number): number => Math.log(posterior(1, x)) - Math.log(posterior(0, x));
  const feature = between(next, -1, 2);
  return worldOf({
    values: {
      feature, x: randomVector(next, D), classLabel: Math.floor(2 * next()), positiveMean: means[1], negativeMean: means[0], classSpread: spread, positiveShare: share,
      // The straight line through the log-odds at two points.
      logOdds: odds(feature), featureWeight: odds(1) - odds(0), featureBias: odds(0),
      positiveCentre: centres[1], negativeCentre: centres[0], sharedCovariance: factor.map((row) => apply(factor, row)),
    },
    functions: () => ({
      classShare: ofY,
      classDensity: density,
      classPosterior: posterior,
      pairJoint: (x: number, y: number) => ofY(y) * density(x, y),
      featureMarginal: (x: number) => inner(YS.map(ofY), YS.map((y) => density(x, y))),
    }),
    outcomes: { classLabel: each(YS), otherClass: each(YS) },
  });
}
