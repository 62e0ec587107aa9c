/** From the forward process to algorithm 2 of Ho et al. 2020, with every line between. */
import { add, density, div, dot, fn, gaussian, mul, neg, normSq, num, sqrt, sub, sym } from '../../formulas/expr';
import { diffused, meanFromNoise, noiseVariance, noiseVariancePrev, posteriorMean, posteriorVariance, predictedMean } from '../../formulas/ddpm';
import { SIGMA_SQUARED } from '../../formulas/formula';
import { HO_2020 } from '../../formulas/sources';
import { estimateFromNoise } from '../../formulas/parameterisations';
import type { Derivation } from '../types';
import { ddpmCases } from '../worlds/cases';

const one = num(1);
const [alpha, beta, alphaBar, alphaBarPrev, betaTilde, mu] = [sym('alpha'), sym('beta'), sym('alphaBar'), sym('alphaBarPrev'), sym('betaTilde'), sym('mu')];
const [x0, xt, xPrev] = [sym('x0'), sym('xt'), sym('xPrev')];

const posterior = density('xPrev', 'xt', 'x0');
const lastStep = { mean: mul(sqrt(alpha), xPrev), variance: beta };
const firstSteps = { mean: mul(sqrt(alphaBarPrev), x0), variance: noiseVariancePrev };
const half = div(one, num(2));
/** Coefficient of ‖x_{t−1}‖² in the exponent, and the vector that meets x_{t−1} in its linear term. */
const precision = add(div(alpha, beta), div(one, noiseVariancePrev));
const pull = add(mul(div(sqrt(alpha), beta), xt), mul(div(sqrt(alphaBarPrev), noiseVariancePrev), x0));

export const DDPM_SAMPLING: Derivation = {
  id: 'ddpm-sampling',
  title: 'The DDPM sampling step',
  shows:
    'How one step of sampling, from x at t to x at t − 1, follows from the forward process and Bayes\' rule. The only thing the network has to supply is its estimate of the noise.',
  source: HO_2020('eq. 4, 6, 7, 11, 15 and algorithm 2'),
  prerequisites: [
    'The forward chain: each step multiplies by √α_t = √(1 − β_t) and adds Gaussian noise of variance β_t (eq. 2).',
    'ᾱ_t is the product of all α up to step t.',
    'Density of a Gaussian, and Bayes\' rule.',
  ],
  after: ['ddpm-posterior', 'ddpm-mean-mse'],
  given: ['T', 't', 'beta', 'alpha', 'alphaBar', 'alphaBarPrev', 'xt', 'x0', 'xPrev', 'betaTilde'],
  cases: ddpmCases,
  steps: [
    {
      label: 'Forward process in one jump (eq. 4)',
      left: xt, relation: 'equal', right: diffused, kind: 'definition', formula: 'ddpm.forward.sample',
      why: 'All the small Gaussian steps add up to one Gaussian step. So the noisy point is a mixture of the data point and one standard normal vector ε; the squares of the two weights sum to 1.',
    },
    {
      label: 'Solve for the data',
      left: x0, relation: 'equal', right: div(sub(xt, mul(sqrt(noiseVariance), sym('epsilon'))), sqrt(alphaBar)), kind: 'numeric', formula: 'parameterisation.x0.epsilon',
      why: 'The noise term moved to the other side and the root of ᾱ divided out. Whoever knows the noisy point and its noise knows the data.',
    },
    {
      label: 'One step back, by Bayes\' rule',
      left: posterior, relation: 'equal', right: div(mul(density('xt', 'xPrev'), density('xPrev', 'x0')), density('xt', 'x0')), kind: 'numeric',
      why: 'We ask where x was one step earlier, given where it is now and where it began. Bayes\' rule turns this round into forward densities, which are known. The first factor does not mention the data point, since a forward step looks only at the point before it.',
    },
    {
      label: 'Put the two Gaussians in',
      left: posterior, relation: 'proportional', right: mul(gaussian(xt, lastStep.mean, lastStep.variance), gaussian(xPrev, firstSteps.mean, firstSteps.variance)), kind: 'numeric',
      why: 'The denominator is gone: it does not contain the earlier point, so it is a constant factor here. The two densities are written out: the last forward step, and the forward process up to the step before (eq. 4 at t − 1). For t ≥ 2; at t = 1 the point before is the data itself, and the results below hold with β̃ = 0.',
    },
    {
      label: 'Keep the exponents',
      left: posterior, relation: 'proportional',
      right: fn('exp', neg(mul(half, add(div(normSq(sub(xt, lastStep.mean)), lastStep.variance), div(normSq(sub(xPrev, firstSteps.mean)), firstSteps.variance))))), kind: 'numeric',
      why: 'A product of exponentials is the exponential of the sum. The factors in front of them do not contain the earlier point and were dropped.',
    },
    {
      label: 'Multiply out and collect',
      left: posterior, relation: 'proportional',
      right: fn('exp', sub(dot(pull, xPrev), mul(half, precision, normSq(xPrev)))), kind: 'numeric',
      why: 'Both squares were multiplied out and sorted by powers of the earlier point: one linear term, one quadratic term. The terms without it were dropped. An exponent of this form is a Gaussian again.',
    },
    {
      label: 'Read off the variance',
      left: div(one, betaTilde), relation: 'equal', right: precision, kind: 'definition',
      why: 'In a Gaussian with variance β̃ the quadratic term has the coefficient 1 over 2 β̃. Compared with the line above this is one over the variance: the precisions of the two Gaussians add up.',
    },
    {
      label: 'Simplify the variance (eq. 7)',
      left: betaTilde, relation: 'equal', right: posteriorVariance, kind: 'numeric', formula: 'ddpm.posterior.variance',
      why: 'The two fractions were brought to a common denominator and turned over. Their numerators add up to 1 − ᾱ_t, because α_t times the previous ᾱ is ᾱ_t and α_t + β_t is 1.',
    },
    {
      label: 'Read off the mean by completing the square',
      left: mu, relation: 'equal', right: mul(betaTilde, pull), kind: 'definition',
      why: 'In a Gaussian with mean μ̃ and variance β̃ the linear term is the inner product of μ̃/β̃ with x. So the mean is the variance times the vector that stands in the linear term above.',
    },
    {
      label: 'Simplify the mean (eq. 7)',
      left: mu, relation: 'equal', right: posteriorMean(x0), kind: 'numeric', formula: 'ddpm.posterior.mean',
      why: 'β̃ was put in and multiplied through; what stands both above and below was cancelled. The mean is a weighted sum of the data point and the present point.',
    },
    {
      label: 'The posterior (eq. 6)',
      left: posterior, relation: 'equal', right: gaussian(xPrev, mu, betaTilde), kind: 'numeric', formula: 'ddpm.posterior',
      why: 'Mean and variance together: the density that we could only write up to a factor is this Gaussian exactly, since a density must integrate to 1.',
    },
    {
      label: 'Estimate the data with the network (eq. 15)',
      left: sym('x0Theta'), relation: 'equal', right: estimateFromNoise, kind: 'definition', formula: 'parameterisation.x0Theta.epsilon',
      why: 'When we sample, the data point is what we do not have. The second line gives it from the noise, so the network\'s estimate of the noise takes the place of ε.',
    },
    {
      label: 'Put the estimate into the mean',
      left: predictedMean, relation: 'equal', right: posteriorMean(estimateFromNoise), kind: 'definition',
      why: 'This is the posterior mean with the estimate in the place of the data point. Nothing on the right is unknown any more.',
    },
    {
      label: 'What multiplies the present point',
      left: add(div(mul(sqrt(alphaBarPrev), beta), mul(noiseVariance, sqrt(alphaBar))), div(mul(sqrt(alpha), noiseVariancePrev), noiseVariance)), relation: 'equal', right: div(one, sqrt(alpha)), kind: 'numeric',
      why: 'The present point occurs twice in the line above, so its two weights were added. The quotient of the roots of the previous ᾱ and ᾱ_t is 1 over the root of α_t; over a common denominator, β_t + α_t − ᾱ_t is 1 − ᾱ_t, which cancels.',
    },
    {
      label: 'What multiplies the predicted noise, up to its minus sign',
      left: mul(div(mul(sqrt(alphaBarPrev), beta), noiseVariance), div(sqrt(noiseVariance), sqrt(alphaBar))), relation: 'equal', right: div(beta, mul(sqrt(alpha), sqrt(noiseVariance))), kind: 'numeric',
      why: 'The same quotient of roots is 1 over the root of α_t again, and 1 − ᾱ_t divided by its own root leaves the root below.',
    },
    {
      label: 'The mean from the predicted noise (eq. 11)',
      left: predictedMean, relation: 'equal', right: meanFromNoise, kind: 'numeric', formula: 'ddpm.mean.epsilon',
      why: 'The two simplified weights were put back, and 1 over the root of α_t taken out in front. To step back: take some of the predicted noise away, then undo the shrinking of the step.',
    },
    {
      label: 'Choose the noise of the step (section 3.2)',
      left: SIGMA_SQUARED, relation: 'equal', right: betaTilde, kind: 'definition', assuming: { varianceType: 'fixed_small' },
      why: 'The step gets the variance of the posterior. This is the smaller of the two extreme choices, right for data that is one single point. The other one, fixed_large, takes β_t and is right for data that is standard normal.',
    },
    {
      label: 'Choose the noise of the step (section 3.2)',
      left: SIGMA_SQUARED, relation: 'equal', right: beta, kind: 'definition', assuming: { varianceType: 'fixed_large' }, formula: 'ddpm.variance.fixed_large',
      why: 'The step gets the variance of the forward step. This is the larger of the two extreme choices, right for data that is standard normal. The other one, fixed_small, takes the variance β̃ of the posterior and is right for data that is one single point.',
    },
    {
      label: 'The sampling step (algorithm 2)',
      left: xPrev, relation: 'equal', right: add(meanFromNoise, mul(sym('sigma'), sym('z'))), kind: 'definition', formula: 'ddpm.step',
      why: 'A draw from a Gaussian is its mean plus its standard deviation times a standard normal vector z. At the very last step z is 0. Repeated from t = T down to 1 this is the whole sampler.',
    },
  ],
};
