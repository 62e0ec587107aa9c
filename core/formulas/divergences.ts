/** Softmax, cross-entropy and the divergence of two Gaussians. In nats. */
import { add, apply, derivative, det, div, fn, inverse, kl, mul, num, pow, sub, sum, sym, trace, transpose, type Expr } from './expr';
import { formula, type Formula } from './formula';
import { BISHOP_2006 } from './sources';

const [one, two] = [num(1), num(2)];
const half = div(one, two);
const log = (of: Expr): Expr => fn('log', of);
const exp = (of: Expr): Expr => fn('exp', of);
const square = (of: Expr): Expr => pow(of, 2);

const V = sym('vocabularySize');
const exponentials = sum(1, V, exp(sym('logit', 'l')), 'l');
const picked = sum(1, V, mul(sym('oneHot', 'j'), sym('logit', 'j')), 'j');

const y = sym('outcome');
const [a, s, b, t] = [sym('firstCentre'), sym('firstSpread'), sym('secondCentre'), sym('secondSpread')];
const [aj, sj, bj, tj] = [sym('firstMeans', 'j'), sym('firstSpreads', 'j'), sym('secondMeans', 'j'), sym('secondSpreads', 'j')];
const [x, D] = [sym('x'), sym('dimensions')];
const ofGaussians = kl('x', apply('firstDensity', x), apply('secondDensity', x));
const [mp, mq, Sp, Sq] = [sym('firstMean'), sym('secondMean'), sym('firstCovariance'), sym('secondCovariance')];
const between = sub(mp, mq);

export const SOFTMAX = formula('softmax', 'Softmax', sym('wordProbability', 'j'), div(exp(sym('logit', 'j')), sym('exponentialSum')), BISHOP_2006('section 4.3.4'));
export const CROSS_ENTROPY_LOGITS = formula('cross_entropy.logits', 'Cross-entropy of logits with a label', 'labelLoss', sub(log(exponentials), picked), BISHOP_2006('section 4.3.4'), 'one example; the label is one-hot or a distribution');
export const CROSS_ENTROPY_GRADIENT = formula('cross_entropy.gradient', 'Its derivative by a logit', derivative(sym('logit', 'k'), sub(log(exponentials), picked)), sub(sym('wordProbability', 'k'), sym('oneHot', 'k')), BISHOP_2006('section 4.3.4'));
export const KL_GAUSSIAN = formula('kl.gaussian', 'Divergence of two Gaussians on the line', kl('outcome', apply('firstDistribution', y), apply('secondDistribution', y)),
  sub(add(log(div(t, s)), div(add(square(s), square(sub(a, b))), mul(two, square(t)))), half), BISHOP_2006('section 1.6.1, exercise 1.30'), 'standard deviations, not variances');
export const KL_GAUSSIAN_DIAGONAL = formula('kl.gaussian.diagonal', 'Divergence of two Gaussians with independent components', ofGaussians,
  sum(1, D, sub(add(log(div(tj, sj)), div(add(square(sj), square(sub(aj, bj))), mul(two, square(tj)))), half), 'j'), BISHOP_2006('section 1.6.1'), 'sum over components; standard deviations, not variances');
export const KL_GAUSSIAN_FULL = formula('kl.gaussian.full', 'Divergence of two Gaussians with full covariances', ofGaussians,
  mul(half, sub(add(log(div(det(Sq), det(Sp))), trace(mul(inverse(Sq), Sp)), mul(transpose(between), inverse(Sq), between)), D)), BISHOP_2006('section 2.3, exercise 2.13'));

export const DIVERGENCE_FORMULAS: readonly Formula[] = [SOFTMAX, CROSS_ENTROPY_LOGITS, CROSS_ENTROPY_GRADIENT, KL_GAUSSIAN, KL_GAUSSIAN_DIAGONAL, KL_GAUSSIAN_FULL];
