/** From the weighted terms of the bound to L_simple of Ho et al. 2020: why the weights may be dropped. */
import { add, apply, conditional, div, dot, expectation, gradient, mul, normSq, num, pow, sub, sum, sym, type Expr } from '../../formulas/expr';
import { noiseVariance, noiseVariancePrev, predictedNoise } from '../../formulas/ddpm';
import { HO_2020 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { simpleLossCases } from '../worlds/simple-loss';

const [one, two] = [num(1), num(2)];
const [alpha, beta, T, w] = [sym('alpha'), sym('beta'), sym('T'), sym('lossWeight')];
const [xt, epsilon, a] = [sym('xt'), sym('epsilon'), sym('anyEstimate')];
const [error, least, excess] = [sym('noiseError'), sym('leastNoiseError'), sym('excessNoiseError')];
const mean = apply('noiseMean', xt);
const marginal = apply('diffusedDensity', xt);
const posterior = conditional('noisePosterior', epsilon, xt);
const overNoise = (body: Expr): Expr => expectation('epsilon', posterior, body);
const overPoints = (body: Expr): Expr => expectation('xt', marginal, body);
const overSteps = (body: Expr): Expr => sum(1, T, body, 't');
const [fromEstimate, fromMean, between] = [normSq(sub(epsilon, a)), normSq(sub(epsilon, mean)), normSq(sub(mean, a))];
const share = div(one, T);

export const DDPM_SIMPLE_LOSS: Derivation = {
  id: 'ddpm-simple-loss',
  title: 'From the bound to the simple loss',
  shows:
    'How the loss that everybody trains with follows from the variational bound by dropping the weights of its terms. The best network is the same with and without them, as long as it is free at each step: the mean of the noise.',
  source: HO_2020('eq. 12 and 14, section 3.4'),
  prerequisites: [
    'In the bound the step t counts the squared error of the predicted noise with the weight of eq. 12 (Ho et al.).',
    'The noisy point x_t does not say which noise is in it; q(ε | x_t) says how probable each noise is.',
    'Means are linear; the inner product of two vectors is linear in each.',
  ],
  after: ['ddpm-mean-mse', 'ddpm-parameterisations', 'tweedie'],
  given: ['T', 't', 'beta', 'alpha', 'alphaBar', 'alphaBarPrev', 'xt', 'epsilon', 'epsilonTheta', 'diffusedDensity', 'noisePosterior', 'anyEstimate'],
  cases: simpleLossCases,
  steps: [
    {
      label: 'The weight in the bound (eq. 12)',
      left: w, relation: 'equal', right: div(pow(beta, 2), mul(two, pow(sym('sigma'), 2), alpha, noiseVariance)), kind: 'definition', formula: 'loss.vlb.epsilon',
      why: 'The divergence of step t is the squared distance of two means over 2σ_t². With the means written in terms of noise, an error of the predicted noise counts with this weight.',
    },
    {
      label: 'The weight for the large variance',
      left: w, relation: 'equal', right: div(beta, mul(two, alpha, noiseVariance)), kind: 'numeric', assuming: { varianceType: 'fixed_large' },
      why: 'With σ_t² = β_t one β_t cancels. With the usual schedules the weight is large where 1 − ᾱ_t is small, so at small t, where the noise is small and little is to be learned about the shape of the data.',
    },
    {
      label: 'The weight for the small variance',
      left: w, relation: 'equal', right: div(beta, mul(two, alpha, noiseVariancePrev)), kind: 'numeric', assuming: { varianceType: 'fixed_small' },
      why: 'With σ_t² = β̃_t, which is β_t (1 − ᾱ_{t−1})/(1 − ᾱ_t), one β_t and 1 − ᾱ_t cancel. It grows even more towards small t. At t = 1 it has no value, since β̃_1 is 0; the bound has a term of its own there.',
    },
    {
      label: 'The squared error at one step',
      left: error, relation: 'equal', right: overPoints(overNoise(normSq(sub(epsilon, predictedNoise)))), kind: 'definition',
      why: 'First a noisy point is drawn, then a noise that may be in it. This is the same as drawing data and noise and mixing them, in another order.',
    },
    {
      label: 'The weighted sum',
      left: sym('weightedLoss'), relation: 'equal', right: overSteps(mul(w, error)), kind: 'definition',
      why: 'The bound on the negative log-likelihood, but for what does not depend on the network and for its term at t = 1: at that step the bound has a term of its own, and the weight has no value for fixed_small. Of the weights only one thing is used from here on: they are positive. So all that follows is true for any positive weights.',
    },
    {
      label: 'The best estimate at one noisy point',
      left: mean, relation: 'equal', right: overNoise(epsilon), kind: 'definition',
      why: 'A name for the mean of all noise that may be in this noisy point. The next lines show that no estimate is better.',
    },
    {
      label: 'Put the mean between noise and estimate',
      left: fromEstimate, relation: 'equal', right: add(fromMean, mul(two, dot(sub(epsilon, mean), sub(mean, a))), between), kind: 'numeric',
      why: 'Any vector a may be the estimate. The mean was subtracted and added, and the square of the sum of two differences multiplied out.',
    },
    {
      label: 'The mean of the mixed term',
      left: overNoise(dot(epsilon, sub(mean, a))), relation: 'equal', right: dot(mean, sub(mean, a)), kind: 'numeric',
      why: 'Over the noise only ε varies, and it enters linearly, so its mean takes its place. Hence the mixed term, in which the mean is subtracted from ε, has the mean zero.',
    },
    {
      label: 'The error splits in two',
      left: overNoise(fromEstimate), relation: 'equal', right: add(overNoise(fromMean), between), kind: 'numeric',
      why: 'The mean of the line with the mixed term, which vanishes. The last square does not depend on the noise. The first part is there for every estimate; only the second can be made small.',
    },
    {
      label: 'The mean is the best estimate',
      left: overNoise(fromEstimate), relation: 'at-least', right: overNoise(fromMean), kind: 'numeric',
      why: 'A square is never negative and was left out. Both sides are equal where the estimate is the mean.',
    },
    {
      label: 'The gradient of the weighted error',
      left: gradient('anyEstimate', mul(w, overNoise(fromEstimate))), relation: 'equal', right: mul(two, w, sub(a, mean)), kind: 'numeric',
      why: 'Of the two parts only the second depends on a. The weight makes the gradient longer or shorter but does not move the place where it vanishes.',
    },
    {
      label: 'The network as the estimate',
      left: error, relation: 'equal', right: overPoints(add(overNoise(fromMean), normSq(sub(mean, predictedNoise)))), kind: 'numeric',
      why: 'The split holds for any estimate, so for the network\'s output at each noisy point. Then the mean over noisy points was taken.',
    },
    {
      label: 'The part that no network avoids',
      left: least, relation: 'equal', right: overPoints(overNoise(fromMean)), kind: 'definition',
      why: 'The error of the best estimate, with the mean over noisy points taken.',
    },
    {
      label: 'The part that training makes small',
      left: excess, relation: 'equal', right: overPoints(normSq(sub(mean, predictedNoise))), kind: 'definition',
      why: 'How far the network is from the best estimate. It is never negative, and zero where the network puts out the mean at every noisy point.',
    },
    {
      label: 'The error of the network',
      left: error, relation: 'equal', right: add(least, excess), kind: 'numeric',
      why: 'The mean of a sum is the sum of the means, and both parts have a name now.',
    },
    {
      label: 'The weighted sum splits too',
      left: sym('weightedLoss'), relation: 'equal', right: add(overSteps(mul(w, least)), overSteps(mul(w, excess))), kind: 'numeric',
      why: 'The line above was put into every term. The first sum is a constant for the network.',
    },
    {
      label: 'The least weighted loss',
      left: sym('weightedLoss'), relation: 'at-least', right: overSteps(mul(w, least)), kind: 'numeric',
      why: 'The weights are positive, so the second sum is not negative. It is zero where the network puts out the mean of the noise at every step, and only there. A network that gets t as an input can do this at each step without giving up another step.',
    },
    {
      label: 'The simple loss (eq. 14)',
      left: sym('lossSimple'), relation: 'equal', right: mul(share, overSteps(error)), kind: 'definition',
      why: 'All weights are 1, and t is drawn uniformly, which makes the mean over the steps. In code: draw t and noise, and take mse_loss. Convention: here the squares are summed over components; mse_loss takes their mean.',
    },
    {
      label: 'The bound with each term divided by its weight',
      left: sym('lossSimple'), relation: 'equal', right: mul(share, overSteps(div(mul(w, error), w))), kind: 'numeric',
      why: 'The simple loss weighs the terms of the bound anew, by one over their weight. Against the bound it counts small t less, where the weights are large, and so leaves more effort for the steps with much noise.',
    },
    {
      label: 'The simple loss splits as well',
      left: sym('lossSimple'), relation: 'equal', right: add(mul(share, overSteps(least)), mul(share, overSteps(excess))), kind: 'numeric',
      why: 'The error of each step is the sum of its two parts, and 1/T was multiplied through. The first sum is again a constant for the network.',
    },
    {
      label: 'It has the same optimum',
      left: sym('lossSimple'), relation: 'at-least', right: mul(share, overSteps(least)), kind: 'numeric',
      why: 'The second sum of the line above is never negative. Both sides are equal for the same network, the one that puts out the mean of the noise. A real network is not free at each step, since its parameters are shared; then the weights decide where its errors lie.',
    },
  ],
};
