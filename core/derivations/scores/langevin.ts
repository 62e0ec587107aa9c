/** Unadjusted Langevin sampling: two conventions, and for a Gaussian target mean and variance after any number of steps. */
import { add, apply, div, fn, gaussian, gradient, letter, mul, num, pow, power, sqrt, sub, sym } from '../../formulas/expr';
import { SONG_ERMON_2019 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { langevinLimit, langevinWorld } from '../worlds/langevin';

const [one, two, four] = [num(1), num(2), num(4)];
const [x, next, z, lambda, h] = [sym('x'), sym('langevinPoint'), sym('z'), sym('langevinStep'), sym('driftStep')];
const [mu, a, limit] = [sym('targetMean'), sym('contraction'), sym('settledVariance')];
const variance = pow(sym('targetDeviation'), 2);
const data = apply('dataDistribution', x);
const score = gradient('x', fn('log', data));
const noise = mul(sqrt(lambda), z);
const [mean, before, first] = [sym('chainMean', 'n'), sym('chainMean', 'n-1'), sym('chainMean', '0')];
const [spread, spreadBefore, firstSpread] = [sym('chainVariance', 'n'), sym('chainVariance', 'n-1'), sym('chainVariance', '0')];
const n = letter('n');

export const LANGEVIN: Derivation = {
  id: 'langevin',
  title: 'Langevin sampling, and the bias of its steps',
  shows:
    'How the score alone lets a chain draw from a density, in the two conventions for its step size. For a Gaussian target mean and variance of the chain are exact after every step, so its bias can be read off.',
  source: SONG_ERMON_2019('section 2.2, eq. 4; the bias and its correction: Roberts & Tweedie 1996'),
  prerequisites: [
    'The score is the gradient of the log-density by the point; it needs no normalising constant.',
    'Variances of independent terms add up, and a factor comes out of a variance squared.',
    'The noise z is standard normal, fresh in every step and independent of all before.',
  ],
  after: ['score-matching-explicit'],
  given: ['x', 'z', 'dataDistribution', 'langevinStep', 'chainMean', 'chainVariance'],
  cases: inWorlds(langevinWorld, { limit: langevinLimit }),
  steps: [
    {
      label: 'A Langevin step (eq. 4)',
      left: next, relation: 'equal', right: add(x, mul(div(lambda, two), score), noise), kind: 'definition',
      why: 'Go a little up the log-density and add noise of variance λ. Song and Ermon write ε for λ. Without the noise and with small steps the chain would climb towards a mode; with it the chain also spreads.',
    },
    {
      label: 'The other convention',
      left: lambda, relation: 'equal', right: mul(two, h), kind: 'definition',
      why: 'Many texts and samplers name what multiplies the score itself: h is half of the variance λ. The same number in the place of the other makes another step, so look which one a program means.',
    },
    {
      label: 'The step in the other convention',
      left: next, relation: 'equal', right: add(x, mul(h, score), mul(sqrt(mul(two, h)), z)), kind: 'numeric',
      why: '2h was put in for λ. Score times h and noise times √(2h) belong together, as score times λ/2 and noise times √λ do. The code of Song and Ermon has this form, x + step_size * grad + noise with √(2 step_size) in the noise, although their paper has the other.',
    },
    {
      label: 'A Gaussian target',
      left: data, relation: 'equal', right: gaussian(x, mu, variance), kind: 'definition',
      why: 'From here on the density to draw from is a Gaussian with mean μ and the same variance in every direction. For it everything can be computed. For other densities too a chain with small steps comes near the density, under conditions on the growth of the score; this is not shown here.',
    },
    {
      label: 'Its score',
      left: score, relation: 'equal', right: div(sub(mu, x), variance), kind: 'numeric',
      why: 'The gradient of the exponent: it points to the mean, and is the longer the narrower the Gaussian.',
    },
    {
      label: 'Put the score in',
      left: next, relation: 'equal', right: add(x, mul(div(lambda, two), div(sub(mu, x), variance)), noise), kind: 'numeric',
      why: 'The step in the first convention. But for a constant and independent Gaussian noise it is linear in x, so a Gaussian stays a Gaussian.',
    },
    {
      label: 'What a step leaves of the distance',
      left: a, relation: 'equal', right: sub(one, div(lambda, mul(two, variance))), kind: 'definition',
      why: 'A name for a factor. It lies between −1 and 1 just if λ is greater than zero and less than four times the variance of the target. From there on the chain does not settle, and its variance grows without bound.',
    },
    {
      label: 'The step around the mean',
      left: next, relation: 'equal', right: add(mu, mul(a, sub(x, mu)), noise), kind: 'numeric',
      why: 'μ was subtracted from x and added again. The two terms with x − μ make the factor a.',
    },
    {
      label: 'The mean after a step',
      left: mean, relation: 'equal', right: add(mu, mul(a, sub(before, mu))), kind: 'numeric',
      why: 'The mean of both sides for the n-th step. The noise has mean zero.',
    },
    {
      label: 'The variance after a step',
      left: spread, relation: 'equal', right: add(mul(pow(a, 2), spreadBefore), lambda), kind: 'numeric',
      why: 'For one component. The point before and the fresh noise are independent, so their variances add up; the factor a comes out squared.',
    },
    {
      label: 'The mean after n steps',
      left: mean, relation: 'equal', right: add(mu, mul(power(a, n), sub(first, mu))), kind: 'numeric',
      why: 'Each step multiplies the distance to μ by a, so n steps multiply it by a to the power n.',
    },
    {
      label: 'The start is forgotten',
      left: mean, relation: 'approaches', right: mu, kind: 'numeric',
      why: 'n goes to infinity with a step size for which a lies between −1 and 1. In the limit the mean has no bias, for any of these step sizes.',
    },
    {
      label: 'The variance that stays',
      left: limit, relation: 'equal', right: add(mul(pow(a, 2), limit), lambda), kind: 'definition',
      why: 'A chain with this variance has it after the next step as well.',
    },
    {
      label: 'Solve for it',
      left: limit, relation: 'equal', right: div(lambda, sub(one, pow(a, 2))), kind: 'numeric',
      why: 'The term with a² was brought to the other side, and 1 − a² divided out. The result is a variance just if a² is less than 1.',
    },
    {
      label: 'The variance after n steps',
      left: spread, relation: 'equal', right: add(limit, mul(power(a, mul(two, n)), sub(firstSpread, limit))), kind: 'numeric',
      why: 'The step of the variance less the line for the variance that stays: the difference of the two is multiplied by a² in each step.',
    },
    {
      label: 'The chain settles',
      left: spread, relation: 'approaches', right: limit, kind: 'numeric',
      why: 'n goes to infinity, and a to the power 2n goes to zero. So the chain has one stationary distribution, a Gaussian with mean μ and this variance. It is approached from every start.',
    },
    {
      label: 'The denominator',
      left: sub(one, pow(a, 2)), relation: 'equal', right: mul(div(lambda, variance), sub(one, div(lambda, mul(four, variance)))), kind: 'numeric',
      why: 'The square of a was multiplied out: 1 cancels, and λ over the target\'s variance is a common factor of what is left.',
    },
    {
      label: 'The stationary variance',
      left: limit, relation: 'equal', right: div(variance, sub(one, div(lambda, mul(four, variance)))), kind: 'numeric',
      why: 'The denominator was put in, and λ cancels. The target\'s variance would be right; the chain is wider for every step size for which it settles.',
    },
    {
      label: 'The bias',
      left: sub(limit, variance), relation: 'equal', right: div(mul(lambda, variance), sub(mul(four, variance), lambda)), kind: 'numeric',
      why: 'The target\'s variance was subtracted and the fraction simplified. For small steps the bias is about λ/4. It does not go away with more steps, only with smaller ones.',
    },
    {
      label: 'Small steps are right',
      left: limit, relation: 'approaches', right: variance, kind: 'numeric',
      why: 'λ goes to zero. Then more steps are needed, since a comes near 1. The Metropolis correction removes the bias at any step size: a step is a proposal only, and it is accepted with the probability min(1, r), else the chain stays where it is. Here r is the density at the new point times that of the step back, over the density at the old point times that of the step there. It needs ratios of densities, which a network of scores alone does not give; so samplers of diffusion models go without it.',
    },
  ],
};
