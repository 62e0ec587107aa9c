/** Three classes of data, each a Gaussian of the plane, after t steps of noise: noise by conditioning the joint Gaussian of a class, everything else by enumerating the classes. */
import type { Value, World } from '../../formulas/evaluate';
import type { SymbolId } from '../../formulas/symbols';
import type { DerivationStep } from '../types';
import { stepSymbols } from '../render';
import { point, random } from './random';
import type { Point } from './scores';
import { between, combine, each, normalDensity, probabilities, sum, worldOf } from './world';

const gaussianAt = (x: Point, mean: Point, variance: number): number => x.reduce((product, value, axis) => product * normalDensity(value, mean[axis], variance), 1);

/** @param moved another noisy point in the same world. */
function classes(seed: number, moved: boolean) {
  const next = random(seed);
  const ys = [1, 2, 3];
  const [means, spreads, priors] = [ys.map(() => point(next)), ys.map(() => between(next, 0.3, 1.2)), probabilities(next, ys.length)];
  const [alphaBar, t, y] = [between(next, 0.3, 0.7), 2 + Math.floor(5 * next()), ys[Math.floor(3 * next())]];
  const [signal, noise] = [Math.sqrt(alphaBar), Math.sqrt(1 - alphaBar)];
  const total = spreads.map((s) => alphaBar * s * s + 1 - alphaBar);
  const ofClass = (x: Point, c: number): number => gaussianAt(x, means[c - 1].map((value) => signal * value), total[c - 1]);
  const joint = (x: Point): number[] => ys.map((c) => priors[c - 1] * ofClass(x, c));
  const share = (c: number, x: Point): number => joint(x)[c - 1] / sum(joint(x));
  /** The mean of the noise in x for one class: its covariance with x over the variance of x, times the distance from the mean. */
  const classNoise = (x: Point, c: number): number[] => x.map((value, axis) => (noise / total[c - 1]) * (value - signal * means[c - 1][axis]));
  const anyNoise = (x: Point): number[] => ys.map((c) => classNoise(x, c).map((value) => share(c, x) * value)).reduce((a, b) => combine(1, a, 1, b));
  const xt = [point(next), point(next)][moved ? 1 : 0].map((value) => 0.8 * value);
  /** Extrapolated from what is known without the condition. */
  const guided = (x: Point, c: number, by: number): number[] => combine(1 - by, anyNoise(x), by, classNoise(x, c));
  const functions = (by: number) => ({
    diffusedDensity: (x: Point) => sum(joint(x)),
    conditionalDensity: ofClass,
    conditionPrior: (c: number) => priors[c - 1],
    classifier: share,
    implicitClassifier: share,
    epsilonTheta: (x: Point, time: number) => (time === t ? anyNoise(x) : undefined),
    guidedNoise: classNoise,
    scaledNoise: (x: Point, c: number) => guided(x, c, by),
    // Not scaled to integrate to 1: the lines speak of it up to a factor, and of its score.
    guidedDensity: (x: Point, c: number) => Math.exp(Math.log(sum(joint(x))) + by * Math.log(share(c, x))),
  });
  return { next, values: { xt, condition: y, t, alphaBar }, functions, outcomes: { condition: each(ys) }, noises: { c: classNoise(xt, y), u: anyNoise(xt) }, guided: (by: number) => guided(xt, y, by) };
}

/** Everything at one noisy point; then one sampling step, which the classifier shifts. */
const inStep = (step: DerivationStep): boolean => stepSymbols(step).includes('xPrev');
export const classifierWorld = (seed: number, step: DerivationStep): World => (inStep(step) ? shifted(seed, false) : withClassifier(seed, false));
export const classifierPair = (seed: number, step: DerivationStep): [World, World] => (inStep(step) ? [shifted(seed, false), shifted(seed, true)] : [withClassifier(seed, false), withClassifier(seed, true)]);

function withClassifier(seed: number, moved: boolean): World {
  const { next, values, functions, outcomes } = classes(seed, moved);
  const scale = between(next, 1.5, 3);
  return worldOf({ values: { ...values, classifierScale: scale }, functions: () => functions(scale), outcomes });
}

function shifted(seed: number, moved: boolean): World {
  const next = random(seed);
  const [xt, mean, gradient, first, second, t] = [point(next), point(next), point(next), point(next), point(next), 2 + Math.floor(5 * next())];
  const values: Partial<Record<SymbolId, Value>> = { xt, t, xPrev: moved ? second : first, sigma: between(next, 0.4, 1.2), classifierGradient: gradient, classifierScale: between(next, 0.4, 1.6) };
  return worldOf({ values, functions: () => ({ muTheta: (x: Point, time: number) => (x === xt && time === t ? mean : undefined) }) });
}

const ofGaussians = (step: DerivationStep): boolean => stepSymbols(step).includes('classVariance');
export const freeWorld = (seed: number, step: DerivationStep): World => (ofGaussians(step) ? twoGaussians(seed, false, false) : withoutClassifier(seed, false));
export const freePair = (seed: number, step: DerivationStep): [World, World] => (ofGaussians(step) ? [twoGaussians(seed, false, false), twoGaussians(seed, false, true)] : [withoutClassifier(seed, false), withoutClassifier(seed, true)]);
/** The condition changes nothing about the variance, or there is no noise yet. */
export const freeTight = (seed: number): World => twoGaussians(seed, seed % 2 === 0, false, seed % 2 === 1);

function withoutClassifier(seed: number, moved: boolean): World {
  const { next, values, functions, outcomes, noises, guided } = classes(seed, moved);
  const strength = between(next, 0.5, 2);
  return worldOf({
    values: { ...values, guidanceStrength: strength, guidanceScale: strength + 1, conditionalNoise: noises.c, unconditionalNoise: noises.u, guidedEstimate: guided(strength + 1) },
    functions: () => functions(strength + 1),
    outcomes,
  });
}

/** All data a wide Gaussian, and that of the condition a narrower one. */
function twoGaussians(seed: number, same: boolean, moved: boolean, clean = false): World {
  const next = random(seed);
  const wide = between(next, 0.8, 2);
  const narrow = same ? wide : wide * between(next, 0.3, 0.8);
  const strength = between(next, 0.5, 2);
  const [first, second] = [point(next), point(next)];
  return worldOf({
    values: { xt: moved ? second : first, alphaBar: clean ? 1 : between(next, 0.3, 0.7), guidanceStrength: strength, classMean: point(next), wholeMean: point(next), classVariance: narrow, wholeVariance: wide },
    // From b = a outward: the precision grows by the strength times the difference of both.
    functions: () => ({ guidedVariance: (a: number, b: number) => (a * b) / (b + strength * (b - a)) }),
  });
}
