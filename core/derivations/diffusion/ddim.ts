/** The family of DDIM (Song et al. 2021) from the one demand that the marginals stay; its two ends, and the deterministic step turned round. Their α_t is ᾱ_t here. */
import { ddimMean, directionScale, fullDeviation } from '../../formulas/ddim';
import { diffused, meanCoefficientX0, meanCoefficientXt, noiseVariance, noiseVariancePrev, posteriorVariance, predictedNoise } from '../../formulas/ddpm';
import { add, conditional, div, gaussian, integral, mul, pow, sqrt, sub, sym, type Expr } from '../../formulas/expr';
import { SONG_2021 } from '../../formulas/sources';
import { estimateFromNoise } from '../../formulas/parameterisations';
import type { Derivation } from '../types';
import { ddimFamilyCases } from '../worlds/ddim';

const [alphaBar, alphaBarPrev, sigma, betaTilde] = [sym('alphaBar'), sym('alphaBarPrev'), sym('sigma'), sym('betaTilde')];
const [x0, xt, xPrev, z, epsilon] = [sym('x0'), sym('xt'), sym('xPrev'), sym('z'), sym('epsilon')];
const [a, b] = [sym('stepDataWeight'), sym('stepPointWeight')];
const [signal, signalPrev, noise, noisePrev] = [sqrt(alphaBar), sqrt(alphaBarPrev), sqrt(noiseVariance), sqrt(noiseVariancePrev)];
const sigmaSquared = pow(sigma, 2);
const mean = add(mul(a, x0), mul(b, xt));
const family = conditional('implicitStep', xPrev, xt, x0);
const kernel = gaussian(xt, mul(signal, x0), noiseVariance);
/** √((1 − ᾱ)/ᾱ) */
const ratio = (noiseOf: Expr, signalOf: Expr): Expr => div(noiseOf, signalOf);
const [now, before] = [ratio(noise, signal), ratio(noisePrev, signalPrev)];
const shrink = div(signal, signalPrev);

export const DDIM: Derivation = {
  id: 'ddim',
  title: 'Denoising diffusion implicit models: the family of steps',
  shows:
    'Gaussian steps back, with a mean mixed of the data and the present point, that keep the noise level right at every step: if the old noise keeps its sign there is exactly one for each amount of fresh noise. One end of the family is DDPM, the other is deterministic and can be turned round.',
  source: SONG_2021('eq. 7, 9, 12, 13 and 16, lemma 1'),
  prerequisites: [
    'The forward process in one jump: x at t is √ᾱ_t times the data plus √(1 − ᾱ_t) times standard normal noise.',
    'A sum of independent Gaussians is Gaussian; means and variances add up.',
    'For the lines with η = 1: mean and variance of the DDPM posterior.',
  ],
  after: ['ddpm-kernel', 'ddpm-posterior', 'ddpm-parameterisations'],
  given: ['T', 't', 'beta', 'alpha', 'alphaBar', 'alphaBarPrev', 'x0', 'xt', 'xPrev', 'epsilon', 'sigma', 'z', 'betaTilde', 'mu', 'epsilonTheta'],
  cases: ddimFamilyCases,
  steps: [
    {
      label: 'The point at step t',
      left: xt, relation: 'equal', right: diffused, kind: 'definition', formula: 'ddpm.forward.sample',
      why: 'Training only ever shows the network points of this kind. So any process with these points at every step may be sampled with the same network, be it a chain or not.',
    },
    {
      label: 'A step back with free weights',
      left: xPrev, relation: 'equal', right: add(mean, mul(sigma, z)), kind: 'definition',
      why: 'The earlier point is some of the data, some of the present point, and fresh standard normal noise z with a deviation σ_t. The two weights a_t and b_t are sought; σ_t stays free.',
    },
    {
      label: 'Put the present point in',
      left: xPrev, relation: 'equal', right: add(mul(add(a, mul(b, signal)), x0), add(mul(b, noise, epsilon), mul(sigma, z))), kind: 'numeric',
      why: 'The first line was put into the second and sorted: a part with the data, and two independent Gaussians.',
    },
    {
      label: 'The data must have the weight of t − 1',
      left: add(a, mul(b, signal)), relation: 'equal', right: signalPrev, kind: 'definition',
      why: 'The earlier point should be as the forward process makes it at t − 1. There the data has the weight √ᾱ_{t−1}. This is the first demand on the two weights.',
    },
    {
      label: 'The noise must have the variance of t − 1',
      left: add(mul(pow(b, 2), noiseVariance), sigmaSquared), relation: 'equal', right: noiseVariancePrev, kind: 'definition',
      why: 'The two noise terms are independent Gaussians, so their variances add up: b_t² times 1 − ᾱ_t for the old noise, σ_t² for the fresh one. The sum should be 1 − ᾱ_{t−1}. This is the second demand.',
    },
    {
      label: 'Solve for the weight of the present point',
      left: b, relation: 'equal', right: div(directionScale, noise), kind: 'numeric',
      why: 'The second demand solved for b_t, with the positive root. It needs σ_t² to be at most 1 − ᾱ_{t−1}: fresh noise cannot exceed all noise.',
    },
    {
      label: 'Solve for the weight of the data',
      left: a, relation: 'equal', right: sub(signalPrev, mul(signal, div(directionScale, noise))), kind: 'numeric',
      why: 'The first demand solved for a_t, with the other weight put in. No freedom is left but σ_t.',
    },
    {
      label: 'The step as a density',
      left: family, relation: 'equal', right: gaussian(xPrev, mean, sigmaSquared), kind: 'definition',
      why: 'With data and present point known only z is random, so this is a Gaussian around the mean of the second line.',
    },
    {
      label: 'The mean, sorted by data and noise',
      left: mean, relation: 'equal', right: add(mul(signalPrev, x0), mul(directionScale, div(sub(xt, mul(signal, x0)), noise))), kind: 'numeric',
      why: 'Both weights were put in and the terms with the root taken together. The last fraction is the noise that leads from the data to the present point.',
    },
    {
      label: 'The family (eq. 7)',
      left: family, relation: 'equal', right: gaussian(xPrev, add(mul(signalPrev, x0), mul(directionScale, div(sub(xt, mul(signal, x0)), noise))), sigmaSquared), kind: 'numeric',
      why: 'The sorted mean in the density. The old noise is kept but scaled, and fresh noise of variance σ_t² is added.',
    },
    {
      label: 'The marginal is kept (lemma 1)',
      left: integral('xt', mul(family, kernel)), relation: 'equal', right: gaussian(xPrev, mul(signalPrev, x0), noiseVariancePrev), kind: 'numeric',
      why: 'If the present point has the right distribution for t, then the earlier point has the right one for t − 1: the mixture of the step over all present points is the Gaussian of the forward process. At t = T it is right by choice, so it is right at every step, down to the first.',
    },
    {
      label: 'Estimate the data (eq. 9)',
      left: sym('x0Theta'), relation: 'equal', right: estimateFromNoise, kind: 'definition', formula: 'parameterisation.x0Theta.epsilon',
      why: 'In sampling the data is not known. The first line solved for it, with the network\'s noise, gives an estimate.',
    },
    {
      label: 'The noise towards the estimate',
      left: div(sub(xt, mul(signal, sym('x0Theta'))), noise), relation: 'equal', right: predictedNoise, kind: 'numeric',
      why: 'The line above solved for the noise. So with the estimate for the data the fraction in the mean is the network\'s output.',
    },
    {
      label: 'The sampling step (eq. 12)',
      left: xPrev, relation: 'equal', right: add(ddimMean(directionScale), mul(sigma, z)), kind: 'definition', formula: 'ddim.step',
      why: 'A draw from the family with the estimate in the place of the data: the estimate at the scale of t − 1, the predicted noise, and fresh noise.',
    },
    {
      label: 'One knob for all steps (eq. 16)',
      left: sigma, relation: 'equal', right: mul(sym('eta'), fullDeviation), kind: 'definition', formula: 'ddim.sigma',
      why: 'Each σ_t may be chosen freely, as long as σ_t² is at most 1 − ᾱ_{t−1}. They are written as one number η times a fixed value for each step; η = 0 and η = 1 are the two usual choices.',
    },
    {
      label: 'η = 1: the variance of the posterior',
      left: sigmaSquared, relation: 'equal', right: posteriorVariance, kind: 'numeric', assuming: { eta: 1 },
      why: 'Squared, with 1 − ᾱ_t/ᾱ_{t−1} = 1 − α_t = β_t. This is β̃_t of DDPM (Ho et al. eq. 7).',
    },
    {
      label: 'η = 1: what is left of the old noise',
      left: sub(noiseVariancePrev, betaTilde), relation: 'equal', right: div(mul(sym('alpha'), pow(noiseVariancePrev, 2)), noiseVariance), kind: 'numeric', assuming: { eta: 1 },
      why: 'The variance of the line above was subtracted. Over the common denominator 1 − ᾱ_t the numerator is 1 − ᾱ_{t−1} times 1 − ᾱ_t − β_t, and the latter is α_t (1 − ᾱ_{t−1}).',
    },
    {
      label: 'η = 1: the weight of the present point',
      left: b, relation: 'equal', right: meanCoefficientXt, kind: 'numeric', assuming: { eta: 1 },
      why: 'The root of the line above, divided by the root of 1 − ᾱ_t. It is the weight in the posterior mean of DDPM.',
    },
    {
      label: 'η = 1: the weight of the data',
      left: a, relation: 'equal', right: meanCoefficientX0, kind: 'numeric', assuming: { eta: 1 },
      why: 'The weight of the present point was put into the line for a_t. With √ᾱ_t = √α_t √ᾱ_{t−1} the root of ᾱ_{t−1} comes out; over 1 − ᾱ_t there is 1 − ᾱ_t − α_t + ᾱ_t left, which is β_t.',
    },
    {
      label: 'η = 1 is DDPM',
      left: family, relation: 'equal', right: gaussian(xPrev, sym('mu'), betaTilde), kind: 'numeric', assuming: { eta: 1 },
      why: 'Both weights and the variance agree with the posterior, so the family member with η = 1 is the posterior of the forward chain.',
    },
    {
      label: 'η = 0: no fresh noise',
      left: xPrev, relation: 'equal', right: ddimMean(noisePrev), kind: 'numeric', assuming: { eta: 0 }, formula: 'ddim.step.deterministic',
      why: 'σ_t is 0 in the sampling step. All noise of the earlier point is the predicted one, and the same start always leads to the same sample.',
    },
    {
      label: 'η = 0: put the estimate in',
      left: xPrev, relation: 'equal', right: add(mul(signalPrev, estimateFromNoise), mul(noisePrev, predictedNoise)), kind: 'numeric', assuming: { eta: 0 },
      why: 'The estimate written out, so that only the present point and the network\'s output are left.',
    },
    {
      label: 'η = 0: measured in units of the signal (eq. 13)',
      left: div(xPrev, signalPrev), relation: 'equal', right: sub(div(xt, signal), mul(sub(now, before), predictedNoise)), kind: 'numeric', assuming: { eta: 0 },
      why: 'Divided by √ᾱ_{t−1} and sorted. The quotient of noise and signal falls from its value at t to that at t − 1, and the point moves against the predicted noise by as much. This is an Euler step of an ordinary differential equation.',
    },
    {
      label: 'η = 0: turned round',
      left: div(xt, signal), relation: 'equal', right: add(div(xPrev, signalPrev), mul(sub(now, before), predictedNoise)), kind: 'numeric', assuming: { eta: 0 },
      why: 'Solved for the present point. Nothing random was added, so nothing is lost: the noisy point can be found again from the earlier one.',
    },
    {
      label: 'η = 0: the inverse step',
      left: xt, relation: 'equal', right: add(mul(shrink, xPrev), mul(sub(noise, mul(shrink, noisePrev)), predictedNoise)), kind: 'numeric', assuming: { eta: 0 },
      why: 'Multiplied by √ᾱ_t. The noise is still that at the present point, which is sought, so this is an equation for x_t and not yet a recipe; it has one solution if the network is smooth and the step short. Code for inversion puts the earlier point into the network instead, which is nearly the same when steps are small.',
    },
  ],
};
