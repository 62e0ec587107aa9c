/** The linear forward equation: its mean and variance by integrating factors, and the two equations in use. */
import { add, apply, conditional, definite, derivative, div, expectation, fn, gaussian, gaussian1, mul, neg, num, power, sqrt, sub, sym, type Expr } from '../../formulas/expr';
import { SONG_2021_SDE } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { forwardSdeLimit, forwardSdeWorld } from '../worlds/linear-sde';
import { half, one, squared, time, two, zero } from './parts';

const [x, dTime, dW, before] = [sym('processState'), sym('timeIncrement'), sym('brownianIncrement'), sym('earlierTime')];
const [f, g] = [apply('driftRate', time), apply('diffusionRate', time)];
const increment = apply('incrementDensity', dW);
const next = sym('processNext');
const sure = add(x, mul(f, x, dTime));
const overX = (body: Expr): Expr => expectation('processState', apply('stateDistribution', x), body);
const overStep = (body: Expr): Expr => expectation('brownianIncrement', increment, body);
const byTime = (of: Expr): Expr => derivative(time, of);
const [m, u, v] = (['processMean', 'processSecondMoment', 'processVariance'] as const).map((id) => (when: Expr) => apply(id, when));
const [alpha, sigma, beta, level] = (['signalAt', 'noiseAt', 'betaAt', 'explodingLevel'] as const).map((id) => (when: Expr) => apply(id, when));
const gained = definite('earlierTime', zero, time, div(squared(apply('diffusionRate', before)), squared(alpha(before))));
const allBeta = definite('earlierTime', zero, time, beta(before));
const [x0, xt] = [sym('x0'), sym('diffusedPoint')];
const [low, high, least, most] = [sym('betaMin'), sym('betaMax'), sym('sigmaMin'), sym('sigmaMax')];
const ratio = div(most, least);

export const FORWARD_SDE: Derivation = {
  id: 'forward-sde',
  title: 'The forward equation and its perturbation kernel',
  shows:
    'How a linear stochastic differential equation moves mean and variance, and that its kernel from data to any time is one Gaussian with two known functions of time. Then these functions for the variance preserving and the variance exploding equation.',
  source: SONG_2021_SDE('eq. 5, section 3.4, appendices B and C'),
  prerequisites: [
    'A short step of a stochastic differential equation: drift times time, and diffusion coefficient times a Brownian step. dx = f(τ) x dτ + g(τ) dW is linear, and all components do the same on their own.',
    'The derivative of an integral by its upper limit is the integrand there.',
    'The functions f and g are continuous, and the data has a finite mean and variance. Time runs from 0, which is data, to 1, which is noise; Song et al. call it t.',
  ],
  after: ['ito'],
  given: ['continuousTime', 'driftRate', 'diffusionRate', 'processState', 'timeIncrement', 'brownianIncrement', 'stateDistribution', 'processMean', 'processSecondMoment', 'earlierTime', 'x0', 'epsilon', 'betaAt', 'explodingLevel'],
  cases: inWorlds(forwardSdeWorld, { limit: forwardSdeLimit }),
  steps: [
    {
      label: 'One short step (eq. 5)',
      left: next, relation: 'equal', right: add(sure, mul(g, dW)), kind: 'definition',
      why: 'The forward equation for one component, over a short time: the point shrinks or grows in proportion to itself, and noise is added that does not depend on it.',
    },
    {
      label: 'The Brownian step',
      left: increment, relation: 'equal', right: gaussian1(dW, zero, dTime), kind: 'definition',
      why: 'It is normal with mean zero and the length of the step as its variance, and independent of the point.',
    },
    {
      label: 'The mean after the step',
      left: overStep(next), relation: 'equal', right: sure, kind: 'numeric',
      why: 'For a known point, the mean over the Brownian step takes the noise away.',
    },
    {
      label: 'How fast the mean changes',
      left: div(sub(overX(sure), overX(x)), dTime), relation: 'equal', right: mul(f, overX(x)), kind: 'numeric',
      why: 'The mean over the point as well, before and after, and the change divided by the time. All is linear in the point, so only its mean is left. It holds for any distribution of the point.',
    },
    {
      label: 'The equation of the mean',
      left: byTime(m(time)), relation: 'equal', right: mul(f, m(time)), kind: 'numeric',
      why: 'The line above for shorter and shorter steps: the mean as a function of time follows an ordinary differential equation. The noise does not enter.',
    },
    {
      label: 'The mean square after the step',
      left: overStep(squared(next)), relation: 'equal', right: add(squared(sure), mul(squared(g), dTime)), kind: 'numeric',
      why: 'The sum was squared. The mixed product has mean zero, since the Brownian step is independent of the point, and the mean of its square is the time.',
    },
    {
      label: 'How fast the mean square changes',
      left: div(sub(overX(add(squared(sure), mul(squared(g), dTime))), overX(squared(x))), dTime), relation: 'approaches', right: add(mul(two, f, overX(squared(x))), squared(g)), kind: 'numeric',
      why: 'The mean over the point, before and after, and the change divided by the time. As steps get short, the square of f Δτ vanishes against the rest. The same follows from Itô\'s formula for the square.',
    },
    {
      label: 'The equation of the mean square',
      left: byTime(u(time)), relation: 'equal', right: add(mul(two, f, u(time)), squared(g)), kind: 'numeric',
      why: 'The limit, written for the mean square as a function of time.',
    },
    {
      label: 'Name the variance',
      left: v(time), relation: 'equal', right: sub(u(time), squared(m(time))), kind: 'definition',
      why: 'The variance is the mean square less the square of the mean.',
    },
    {
      label: 'The equation of the variance',
      left: byTime(v(time)), relation: 'equal', right: add(mul(two, f, v(time)), squared(g)), kind: 'numeric',
      why: 'The derivative of the squared mean is twice the mean times its derivative, which is 2 f m². Taken from the equation of the mean square, this leaves the same equation for the variance. The mean has dropped out.',
    },
    {
      label: 'Name the factor of the data',
      left: alpha(time), relation: 'equal', right: fn('exp', definite('earlierTime', zero, time, apply('driftRate', before))), kind: 'definition',
      why: 'The exponential of the integral of f. It is the integrating factor of both equations, and it is 1 at time zero.',
    },
    {
      label: 'It follows the equation of the mean',
      left: byTime(alpha(time)), relation: 'equal', right: mul(f, alpha(time)), kind: 'numeric',
      why: 'The derivative of the exponential is itself times the derivative of the exponent, and that is f at the upper limit.',
    },
    {
      label: 'The mean at any time',
      left: m(time), relation: 'equal', right: mul(alpha(time), m(zero)), kind: 'numeric',
      why: 'Both sides follow the same linear equation and agree at time zero, so they agree always. The data is multiplied by α.',
    },
    {
      label: 'The variance, rid of the factor',
      left: byTime(div(v(time), squared(alpha(time)))), relation: 'equal', right: div(squared(g), squared(alpha(time))), kind: 'numeric',
      why: 'The derivative of the quotient: the term 2 f v of the equation of the variance is cancelled by what comes from α² below. Only the noise is left on the right, and it is known.',
    },
    {
      label: 'The variance at any time',
      left: v(time), relation: 'equal', right: mul(squared(alpha(time)), add(v(zero), gained)), kind: 'numeric',
      why: 'Integrated from zero to τ and multiplied by α². Each bit of noise is shrunk from the time at which it was added: by α at τ over α at s.',
    },
    {
      label: 'Name the noise that was added',
      left: squared(sigma(time)), relation: 'equal', right: mul(squared(alpha(time)), gained), kind: 'definition',
      why: 'The variance of a point that was known at time zero, for which v at time zero is zero. From here on σ is this function.',
    },
    {
      label: 'Signal and noise',
      left: v(time), relation: 'equal', right: add(mul(squared(alpha(time)), v(zero)), squared(sigma(time))), kind: 'numeric',
      why: 'The name was put in: the variance of the data, shrunk, and the variance of the noise.',
    },
    {
      label: 'The perturbation kernel (appendix B)',
      left: conditional('timeKernel', xt, x0), relation: 'equal', right: gaussian(xt, mul(alpha(time), x0), squared(sigma(time))), kind: 'definition',
      why: 'From a known data point every short step multiplies by a number and adds independent normal noise. Sums of independent normal numbers are normal, and so is their limit. A Gaussian is known from its mean and variance, which are above, the same for every component.',
    },
    {
      label: 'A draw from it',
      left: xt, relation: 'equal', right: add(mul(alpha(time), x0), mul(sigma(time), sym('epsilon'))), kind: 'definition',
      why: 'Mean plus deviation times standard normal noise. So training can jump to any time at once, without walking through the steps before.',
    },
    {
      label: 'The variance preserving equation (eq. 11)',
      left: next, relation: 'equal', right: add(sub(x, mul(half, beta(time), x, dTime)), mul(sqrt(beta(time)), dW)), kind: 'definition',
      why: 'This is the limit of the chain of DDPM, with a rate of noise β that is positive. The point shrinks at half that rate.',
    },
    {
      label: 'Its drift',
      left: f, relation: 'equal', right: neg(mul(half, beta(time))), kind: 'numeric',
      why: 'Read off from the line above: what multiplies the point and the time.',
    },
    {
      label: 'Its diffusion coefficient',
      left: g, relation: 'equal', right: sqrt(beta(time)), kind: 'numeric',
      why: 'Read off as well: what multiplies the Brownian step. Its square, which is what is added to the variance per time, is β.',
    },
    {
      label: 'Its factor of the data',
      left: alpha(time), relation: 'equal', right: fn('exp', neg(mul(half, allBeta))), kind: 'numeric',
      why: 'The drift was put into the integral. The square of this factor is exp(−∫β), which DDPM calls ᾱ.',
    },
    {
      label: 'What is to be integrated',
      left: div(squared(g), squared(alpha(time))), relation: 'equal', right: byTime(fn('exp', allBeta)), kind: 'numeric',
      why: 'One over α² is the exponential of the integral of β, and the derivative of that is itself times β. So the integrand is a derivative.',
    },
    {
      label: 'Its noise',
      left: squared(sigma(time)), relation: 'equal', right: sub(one, fn('exp', neg(allBeta))), kind: 'numeric',
      why: 'The integral of a derivative is the difference of the two ends, exp(∫β) − 1; times α² this is 1 − exp(−∫β).',
    },
    {
      label: 'Why it is called variance preserving',
      left: byTime(v(time)), relation: 'equal', right: mul(beta(time), sub(one, v(time))), kind: 'numeric',
      why: 'Drift and diffusion coefficient put into the equation of the variance. Data of variance 1 keeps it at every time, and every other variance is drawn towards 1.',
    },
    {
      label: 'A linear schedule (appendix C)',
      left: beta(time), relation: 'equal', right: add(low, mul(time, sub(high, low))), kind: 'definition',
      why: 'The usual choice in code, with 0.1 and 20 at the ends. Song et al. mark these two with bars, since they are as many times larger than the first and the last β of a chain as the chain has steps.',
    },
    {
      label: 'Its factor in code (appendix C)',
      left: alpha(time), relation: 'equal', right: fn('exp', sub(neg(mul(div(one, num(4)), squared(time), sub(high, low))), mul(half, time, low))), kind: 'numeric',
      why: 'The integral of the linear schedule is τ times its start plus half of τ² times its rise; half of that goes into the exponent with a minus. In code the exponent is log_mean_coeff.',
    },
    {
      label: 'The variance exploding equation (eq. 9)',
      left: next, relation: 'equal', right: add(x, mul(sqrt(byTime(squared(level(time)))), dW)), kind: 'definition',
      why: 'The limit of noise levels that only rise, smoothly in time. The data is never shrunk, so there is no drift, and variance is added as fast as the square of the chosen noise level rises.',
    },
    {
      label: 'Its diffusion coefficient',
      left: g, relation: 'equal', right: sqrt(byTime(squared(level(time)))), kind: 'numeric',
      why: 'Read off from the line above: what multiplies the Brownian step.',
    },
    {
      label: 'Its noise',
      left: squared(sigma(time)), relation: 'equal', right: sub(squared(level(time)), squared(level(zero))), kind: 'numeric',
      why: 'Without drift f is zero, so the factor α is 1, and the integral of a derivative is the difference of the two ends. Code as a rule does not take off the level at time 0, which is small.',
    },
    {
      label: 'Geometric noise levels (appendix C)',
      left: level(time), relation: 'equal', right: mul(least, power(ratio, time)), kind: 'definition',
      why: 'The usual choice: equal times multiply the noise level by equal factors, from the least level to the largest.',
    },
    {
      label: 'Their diffusion coefficient (appendix C)',
      left: g, relation: 'equal', right: mul(least, power(ratio, time), sqrt(mul(two, fn('log', ratio)))), kind: 'numeric',
      why: 'The square of the level is an exponential in τ with the rate 2 log(σ_max/σ_min). Its derivative is itself times the rate, and the root of the square is the level again.',
    },
  ],
};
