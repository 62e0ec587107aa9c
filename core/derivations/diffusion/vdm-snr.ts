/** The terms of the bound through the signal-to-noise ratio (Kingma et al. 2021): the sum, its limit, and what the schedule does not matter for. */
import { apply, derivative, div, fn, integral, letter, mul, neg, normSq, num, pow, sub, sum, sym, type Expr } from '../../formulas/expr';
import { meanCoefficientX0, noiseVariance, noiseVariancePrev, posteriorMean, predictedMean, predictedNoise } from '../../formulas/ddpm';
import { KINGMA_2021 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { vdmCases } from '../worlds/vdm-snr';

const [one, two] = [num(1), num(2)];
const half = div(one, two);
const [alphaBar, alphaBarPrev, beta, betaTilde] = [sym('alphaBar'), sym('alphaBarPrev'), sym('beta'), sym('betaTilde')];
const [x0, estimate, mu, epsilon, loss] = [sym('x0'), sym('x0Theta'), sym('mu'), sym('epsilon'), sym('lossStep')];
const [snr, snrPrev, lambda, lambdaPrev] = [sym('snr'), sym('snr', 't-1'), sym('logSnr'), sym('logSnr', 't-1')];
const dataError = normSq(sub(x0, estimate));
const noiseError = normSq(sub(epsilon, predictedNoise));
const both = mul(noiseVariancePrev, noiseVariance);
const drop = sub(snrPrev, snr);
const overSteps = (body: Expr): Expr => sum(2, sym('T'), body, 't');

const [tau, N, s, r] = [sym('continuousTime'), sym('timeSteps'), sym('snrValue'), sym('constantError')];
const ratioAt = (time: Expr): Expr => apply('snrAt', time);
const errorAt = (ratio: Expr): Expr => apply('errorAt', ratio);
const logRatio = apply('logSnrAt', tau);
const slope = derivative(tau, ratioAt(tau));
const i = letter('i');
const fall = sub(ratioAt(div(sub(i, one), N)), ratioAt(div(i, N)));
/** −½ ∫ … dτ */
const overTime = (body: Expr): Expr => neg(mul(half, integral('continuousTime', body)));
const limit = overTime(mul(slope, errorAt(ratioAt(tau))));

export const VDM_SNR: Derivation = {
  id: 'vdm-snr',
  title: 'The bound in terms of the signal-to-noise ratio',
  shows:
    'Each denoising term of the bound is the squared error of the estimated data, times half of what the signal-to-noise ratio falls by in its step. With more and finer steps the sum becomes an integral over the ratio, so between its ends the shape of the schedule does not matter.',
  source: KINGMA_2021('sections 4, 5 and 5.1; the discrete terms also in Luo 2022, arXiv 2208.11970'),
  prerequisites: [
    'Mean and variance of the posterior of the earlier point, from the derivation of the DDPM posterior.',
    'The divergence of two Gaussians with the same variance is the squared distance of their means over twice the variance.',
    'Here the sampling step has the variance β̃_t of the posterior (fixed_small), and t is at least 2.',
  ],
  after: ['ddpm-posterior', 'ddpm-mean-mse', 'ddpm-parameterisations'],
  given: ['T', 't', 'beta', 'alpha', 'alphaBar', 'alphaBarPrev', 'betaTilde', 'mu', 'x0', 'x0Theta', 'xt', 'epsilon', 'epsilonTheta', 'constantError', 'continuousTime', 'snrAt', 'errorAt', 'snrValue', 'timeSteps'],
  cases: vdmCases,
  steps: [
    {
      label: 'One term of the bound (Ho et al. eq. 8)',
      left: loss, relation: 'equal', right: div(normSq(sub(mu, predictedMean)), mul(two, betaTilde)), kind: 'definition',
      why: 'The divergence from the posterior to the sampling step. Both are Gaussians with the variance β̃_t, so only the distance of their means counts. In nats, for one draw of x_0 and x_t.',
    },
    {
      label: 'The mean of the posterior (Ho et al. eq. 7)',
      left: mu, relation: 'equal', right: posteriorMean(x0), kind: 'numeric', formula: 'ddpm.posterior.mean',
      why: 'From the derivation of the posterior: a weighted sum of the data point and the present point.',
    },
    {
      label: 'The mean of the sampling step',
      left: predictedMean, relation: 'equal', right: posteriorMean(estimate), kind: 'definition', formula: 'ddpm.mean.sample',
      why: 'The same with the estimate in the place of the data point. The present point is the same in both.',
    },
    {
      label: 'The difference of the means',
      left: sub(mu, predictedMean), relation: 'equal', right: mul(meanCoefficientX0, sub(x0, estimate)), kind: 'numeric',
      why: 'The terms with the present point cancel. What is left is the error of the estimated data, with the weight of the data in the mean.',
    },
    {
      label: 'Put the difference in',
      left: loss, relation: 'equal', right: mul(div(one, mul(two, betaTilde)), pow(meanCoefficientX0, 2), dataError), kind: 'numeric',
      why: 'A number in front of a vector comes out of the squared length as its square.',
    },
    {
      label: 'Put the variance in',
      left: loss, relation: 'equal', right: mul(half, div(mul(alphaBarPrev, beta), both), dataError), kind: 'numeric',
      why: 'β̃_t is β_t (1 − ᾱ_{t−1})/(1 − ᾱ_t). One β_t and one 1 − ᾱ_t cancel against the square, and the root of ᾱ_{t−1} was squared.',
    },
    {
      label: 'What stands above',
      left: mul(alphaBarPrev, beta), relation: 'equal', right: sub(alphaBarPrev, alphaBar), kind: 'numeric',
      why: 'β_t is 1 − α_t, and ᾱ_{t−1} α_t is ᾱ_t, since ᾱ_t is the product of all α up to t.',
    },
    {
      label: 'Add and subtract the product',
      left: sub(alphaBarPrev, alphaBar), relation: 'equal', right: sub(mul(alphaBarPrev, noiseVariance), mul(alphaBar, noiseVariancePrev)), kind: 'numeric',
      why: 'Multiplied out, the product ᾱ_{t−1} ᾱ_t is subtracted once and added once. Each term now has one factor of the denominator.',
    },
    {
      label: 'Split the fraction',
      left: div(mul(alphaBarPrev, beta), both), relation: 'equal', right: sub(div(alphaBarPrev, noiseVariancePrev), div(alphaBar, noiseVariance)), kind: 'numeric',
      why: 'The two lines above were put in, and in each of the two fractions one factor cancelled.',
    },
    {
      label: 'The signal-to-noise ratio',
      left: snr, relation: 'equal', right: div(alphaBar, noiseVariance), kind: 'definition', formula: 'loss.snr',
      why: 'The variance that is left of the signal over the variance of the noise. It falls from step to step.',
    },
    {
      label: 'A term of the bound is a fall of the ratio',
      left: loss, relation: 'equal', right: mul(half, drop, dataError), kind: 'numeric',
      why: 'The name was put in for t − 1 and for t. The more signal a step destroys, the more the error of its estimate counts.',
    },
    {
      label: 'The diffusion loss',
      left: sym('diffusionLoss'), relation: 'equal', right: overSteps(mul(half, drop, sym('dataError'))), kind: 'definition',
      why: 'The sum over the steps, with the mean of the squared error over data and noise written as r_t. The term of the first step and that of the start are not part of it.',
    },
    {
      label: 'A constant error: only the ends count',
      left: overSteps(mul(half, drop, r)), relation: 'equal', right: mul(half, sub(sym('snr', '1'), sym('snr', 'T')), r), kind: 'numeric',
      why: 'Imagine the error were the same at every step. Then each ratio but the first and the last is added once and subtracted once. However the schedule goes between its ends, the loss is the same.',
    },
    {
      label: 'The error of the data from that of the noise',
      left: dataError, relation: 'equal', right: div(noiseError, snr), kind: 'numeric',
      why: 'The true data and noise solve the same equation with the same x_t as the two estimates do. So x_0 and its estimate differ by the difference of the noises, times √(1 − ᾱ_t) over √ᾱ_t, and the square of this factor is 1 over the ratio.',
    },
    {
      label: 'The weight of the noise\'s error',
      left: loss, relation: 'equal', right: mul(half, sub(div(snrPrev, snr), one), noiseError), kind: 'numeric',
      why: 'Put into the term of the bound; the ratio at t was divided into both terms of the bracket. This is the weight β_t²/(2σ_t² α_t (1 − ᾱ_t)) for σ_t² = β̃_t in another form.',
    },
    {
      label: 'The logarithm of the ratio',
      left: lambda, relation: 'equal', right: fn('log', snr), kind: 'definition',
      why: 'Ratios run over many powers of ten, so code keeps their logarithm. Kingma et al. write γ for its negative.',
    },
    {
      label: 'The weight from the logarithms',
      left: loss, relation: 'equal', right: mul(half, sub(fn('exp', sub(lambdaPrev, lambda)), one), noiseError), kind: 'numeric',
      why: 'A quotient of ratios is the exponential of the difference of their logarithms. In code the bracket is expm1, which keeps small differences exact.',
    },
    {
      label: 'More and more steps (section 5)',
      left: sum(1, N, mul(half, fall, errorAt(ratioAt(div(i, N)))), 'i'), relation: 'approaches', right: limit, kind: 'numeric',
      why: 'Time now runs from 0 to 1 in N equal steps, and the ratio is a smooth function of it; the error r depends on the time through the ratio. As N grows, the fall in one step becomes minus the derivative times the length of the step, and the sum an integral from 0 to 1.',
    },
    {
      label: 'A constant error again',
      left: overTime(mul(slope, r)), relation: 'equal', right: mul(half, sub(ratioAt(num(0)), ratioAt(one)), r), kind: 'numeric',
      why: 'The integral of a derivative is the difference at the ends. The minus sign turns it round.',
    },
    {
      label: 'The ratio in the place of time (section 5.1)',
      left: limit, relation: 'equal', right: mul(half, integral('snrValue', errorAt(s))), kind: 'numeric',
      why: 'The ratio falls all the way, so it can be the variable itself: its differential is the derivative times that of time. The right integral runs from the ratio at time 1 to that at time 0. No schedule is left in it: only the two ends matter, for any error that depends on the time through the ratio alone.',
    },
    {
      label: 'The logarithm as a function of time',
      left: logRatio, relation: 'equal', right: fn('log', ratioAt(tau)), kind: 'definition',
      why: 'The same logarithm as above, in continuous time.',
    },
    {
      label: 'Its derivative',
      left: slope, relation: 'equal', right: mul(ratioAt(tau), derivative(tau, logRatio)), kind: 'numeric',
      why: 'The derivative of a logarithm is that of its argument over the argument; this was solved for the derivative of the ratio.',
    },
    {
      label: 'The error of the noise at a ratio',
      left: apply('noiseErrorAt', s), relation: 'equal', right: mul(s, errorAt(s)), kind: 'definition',
      why: 'The line for one step: the squared error of the noise is the ratio times that of the data.',
    },
    {
      label: 'The weight in continuous time',
      left: limit, relation: 'equal', right: overTime(mul(derivative(tau, logRatio), apply('noiseErrorAt', ratioAt(tau)))), kind: 'numeric',
      why: 'The derivative of the ratio was replaced, and the ratio taken into the error of the noise. So in the bound an error of the noise counts with half the rate at which the log-ratio falls. A uniform draw of t with weight 1 is another weighting, unless the log-ratio falls evenly.',
    },
  ],
};
