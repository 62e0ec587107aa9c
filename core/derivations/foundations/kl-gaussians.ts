/** The Kullback–Leibler divergence of two Gaussians: on the line, component by component, with full covariances, and against the standard normal. */
import { add, apply, det, div, expectation, fn, gaussian1, gaussianFull, inverse, kl, mul, normSq, num, pow, product, sub, sum, sym, trace, transpose, type Expr } from '../../formulas/expr';
import { KL_GAUSSIAN, KL_GAUSSIAN_DIAGONAL, KL_GAUSSIAN_FULL } from '../../formulas/divergences';
import { BISHOP_2006 } from '../../formulas/sources';
import { lineOf } from '../line';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { gaussiansWorld } from '../worlds/matrices';

const [one, two] = [num(1), num(2)];
const half = div(one, two);
const log = (of: Expr): Expr => fn('log', of);
const square = (of: Expr): Expr => pow(of, 2);

const [y, a, s, b, t] = [sym('outcome'), sym('firstCentre'), sym('firstSpread'), sym('secondCentre'), sym('secondSpread')];
const [p1, q1] = [apply('firstDistribution', y), apply('secondDistribution', y)];
const E1 = (body: Expr): Expr => expectation('outcome', p1, body);
const [fromFirst, fromSecond] = [square(sub(y, a)), square(sub(y, b))];

const [x, D, xj] = [sym('x'), sym('dimensions'), sym('component', 'j')];
const [p, q, r] = [apply('firstDensity', x), apply('secondDensity', x), apply('standardDensity', x)];
const [aj, sj, bj, tj] = [sym('firstMeans', 'j'), sym('firstSpreads', 'j'), sym('secondMeans', 'j'), sym('secondSpreads', 'j')];
const [firstAt, secondAt] = [(at: Expr): Expr => gaussian1(at, aj, square(sj)), (at: Expr): Expr => gaussian1(at, bj, square(tj))];
const overComponents = (body: Expr): Expr => sum(1, D, body, 'j');
const E = (body: Expr): Expr => expectation('x', p, body);
const divergence = kl('x', p, q);

const [mp, mq, Sp, Sq] = [sym('firstMean'), sym('secondMean'), sym('firstCovariance'), sym('secondCovariance')];
/** vᵀ M⁻¹ v */
const form = (v: Expr, M: Expr): Expr => mul(transpose(v), inverse(M), v);
const between = sub(mp, mq);

export const KL_GAUSSIANS: Derivation = {
  id: 'kl-gaussians',
  title: 'The divergence of two Gaussians',
  shows:
    'The closed form of the Kullback–Leibler divergence of two Gaussians: first on the line, then for independent components, then with full covariance matrices. The special case against the standard normal is the regulariser of a variational autoencoder.',
  source: BISHOP_2006('sections 1.6.1 and 2.3, exercises 1.30 and 2.13'),
  prerequisites: [
    'Density of a Gaussian, its mean and variance.',
    'The Kullback–Leibler divergence is the mean of a log-quotient under the first distribution.',
    'For the last part: inverse, trace and determinant of a matrix.',
  ],
  after: ['kl-properties'],
  given: ['outcome', 'firstDistribution', 'secondDistribution', 'x', 'component', 'dimensions', 'firstDensity', 'secondDensity'],
  cases: inWorlds(gaussiansWorld),
  steps: [
    {
      label: 'The first Gaussian',
      left: p1, relation: 'equal', right: gaussian1(y, a, square(s)), kind: 'definition',
      why: 'On the line first. The second parameter of the Gaussian is the variance, the square of the standard deviation.',
    },
    {
      label: 'The second Gaussian',
      left: q1, relation: 'equal', right: gaussian1(y, b, square(t)), kind: 'definition',
      why: 'Another mean and another standard deviation, marked with q.',
    },
    {
      label: 'The log-quotient',
      left: log(div(p1, q1)), relation: 'equal', right: sub(add(log(div(t, s)), div(fromSecond, mul(two, square(t)))), div(fromFirst, mul(two, square(s)))), kind: 'numeric',
      why: 'Both densities were written out. The factor with π cancels, the heights leave the quotient of the standard deviations, and the logarithm undoes the exponentials.',
    },
    {
      label: 'Its mean is the divergence',
      left: kl('outcome', p1, q1), relation: 'equal', right: sub(add(log(div(t, s)), div(E1(fromSecond), mul(two, square(t)))), div(E1(fromFirst), mul(two, square(s)))), kind: 'numeric',
      why: 'The mean under p of each term. What does not contain x stays as it is. Two means of squares are left to compute.',
    },
    {
      label: 'The mean about its own centre is the variance',
      left: E1(fromFirst), relation: 'equal', right: square(s), kind: 'numeric',
      why: 'The mean squared distance from its own mean is the variance of p.',
    },
    {
      label: 'Go through the mean of p',
      left: fromSecond, relation: 'equal', right: add(fromFirst, mul(two, sub(a, b), sub(y, a)), square(sub(a, b))), kind: 'numeric',
      why: 'The distance from the other mean is the distance from its own mean plus the distance of the two means. This sum was squared.',
    },
    {
      label: 'The second mean',
      left: E1(fromSecond), relation: 'equal', right: add(square(s), square(sub(a, b))), kind: 'numeric',
      why: 'The first square has the variance as its mean. The mixed term has the mean zero, because x is as far above its mean as below on average. The last square is constant.',
    },
    {
      label: 'The divergence on the line',
      ...lineOf(KL_GAUSSIAN), kind: 'numeric',
      why: 'Both means were put in. The variance of p over twice itself is one half.',
    },
    {
      label: 'Several components, independent',
      left: p, relation: 'equal', right: product(1, D, firstAt(xj), 'j'), kind: 'definition',
      why: 'Now a point with D components. Under p they are independent, so their densities are multiplied: a diagonal covariance matrix.',
    },
    {
      label: 'And under the other density',
      left: q, relation: 'equal', right: product(1, D, secondAt(xj), 'j'), kind: 'definition',
      why: 'Under q the components are independent too.',
    },
    {
      label: 'The log-quotient is a sum',
      left: log(div(p, q)), relation: 'equal', right: overComponents(log(div(firstAt(xj), secondAt(xj)))), kind: 'numeric',
      why: 'The quotient of two products is a product of quotients, and the logarithm makes it a sum.',
    },
    {
      label: 'The divergence is a sum over components',
      left: divergence, relation: 'equal', right: overComponents(kl('outcome', firstAt(y), secondAt(y))), kind: 'numeric',
      why: 'The mean of each term needs only the density of its own component, so it is a divergence on the line.',
    },
    {
      label: 'The closed form for diagonal covariances',
      ...lineOf(KL_GAUSSIAN_DIAGONAL), kind: 'numeric',
      why: 'The divergence on the line was put in for each component. Code sums this over components; a mean in place of the sum would make the term D times too small.',
    },
    {
      label: 'A full covariance matrix',
      left: p, relation: 'equal', right: gaussianFull(x, mp, Sp), kind: 'definition',
      why: 'In general the components depend on each other. The density has a vector as its mean and a symmetric matrix of covariances.',
    },
    {
      label: 'And for the other density',
      left: q, relation: 'equal', right: gaussianFull(x, mq, Sq), kind: 'definition',
      why: 'Both matrices have an inverse, so that both densities exist.',
    },
    {
      label: 'The log-quotient with matrices',
      left: log(div(p, q)), relation: 'equal', right: mul(half, sub(add(log(div(det(Sq), det(Sp))), form(sub(x, mq), Sq)), form(sub(x, mp), Sp))), kind: 'numeric',
      why: 'The height of each density has the root of the determinant below, the exponent is minus half a quadratic form. The factor with π cancels as before.',
    },
    {
      label: 'The matrix of mean products',
      left: E(mul(sub(x, mp), transpose(sub(x, mp)))), relation: 'equal', right: Sp, kind: 'numeric',
      why: 'This is what a covariance matrix says: the mean product of any two deviations from the mean.',
    },
    {
      label: 'A quadratic form is a trace',
      left: form(sub(x, mq), Sq), relation: 'equal', right: trace(mul(inverse(Sq), sub(x, mq), transpose(sub(x, mq)))), kind: 'numeric',
      why: 'A number is its own trace, and in a trace the first factor may be moved to the end. In this shape the mean can be taken of the product of deviations alone.',
    },
    {
      label: 'The mean of the own form',
      left: E(form(sub(x, mp), Sp)), relation: 'equal', right: D, kind: 'numeric',
      why: 'The mean of the products of deviations is the covariance matrix. Its inverse times itself is the identity, whose trace is the number of components.',
    },
    {
      label: 'Mean products around another point',
      left: E(mul(sub(x, mq), transpose(sub(x, mq)))), relation: 'equal', right: add(Sp, mul(between, transpose(between))), kind: 'numeric',
      why: 'The deviation from the other mean is that from its own mean plus the difference of the means. In the product the mixed terms have the mean zero, and the last one is constant.',
    },
    {
      label: 'The mean of the other form',
      left: E(form(sub(x, mq), Sq)), relation: 'equal', right: add(trace(mul(inverse(Sq), Sp)), form(between, Sq)), kind: 'numeric',
      why: 'The form was written as a trace, and the mean products were put in. The trace of a sum is the sum of the traces; the second one is a quadratic form again.',
    },
    {
      label: 'The closed form with full covariances',
      ...lineOf(KL_GAUSSIAN_FULL), kind: 'numeric',
      why: 'Both means were put into the mean of the log-quotient.',
    },
    {
      label: 'The standard normal',
      left: r, relation: 'equal', right: gaussianFull(x, sym('zeroVector'), sym('identityMatrix')), kind: 'definition',
      why: 'The special case that variational autoencoders use: mean zero and the identity as covariance. It is called r here.',
    },
    {
      label: 'Against the standard normal',
      left: kl('x', p, r), relation: 'equal', right: mul(half, sub(sub(add(trace(Sp), normSq(mp)), D), log(det(Sp)))), kind: 'numeric',
      why: 'The inverse and the determinant of the identity were put in. The quadratic form becomes the squared length of the mean, and the logarithm of 1 over the determinant changes its sign.',
    },
    {
      label: 'With a diagonal covariance',
      left: kl('x', p, r), relation: 'equal', right: mul(half, overComponents(sub(sub(add(square(sj), square(aj)), one), log(square(sj))))), kind: 'numeric',
      why: 'Trace, squared length and D are sums over components. The determinant of a diagonal matrix is the product of its variances, so its logarithm is a sum as well. This is the Kullback–Leibler term in the loss of a VAE.',
    },
  ],
};
