/** The DDIM step of Song et al. 2021; their α_t is ᾱ_t here. */
import { ddimMean, directionScale, fullDeviation, stepNoise } from '../../formulas/ddim';
import { noiseVariance, noiseVariancePrev, posteriorMean, posteriorVariance, predictedNoise } from '../../formulas/ddpm';
import { add, div, mul, pow, sqrt, sub, sym } from '../../formulas/expr';
import { SONG_2021 } from '../../formulas/sources';
import { estimateFromNoise } from '../../formulas/parameterisations';
import type { Derivation } from '../types';
import { ddimCases } from '../worlds/cases';

const [alphaBar, beta, sigma, betaTilde] = [sym('alphaBar'), sym('beta'), sym('sigma'), sym('betaTilde')];
const [xt, xPrev, estimate] = [sym('xt'), sym('xPrev'), sym('x0Theta')];
const sigmaSquared = pow(sigma, 2);

export const DDIM_SAMPLING: Derivation = {
  id: 'ddim-sampling',
  title: 'The DDIM sampling step',
  shows:
    'How a step can use any amount of fresh noise, down to none, with the network that was trained for DDPM. With η = 1 the step is the one of DDPM with the posterior variance (fixed_small), with η = 0 it is deterministic.',
  source: SONG_2021('eq. 7, 9, 12 and 16'),
  prerequisites: [
    'The forward process in one jump: x at t is √ᾱ_t times the data plus √(1 − ᾱ_t) times standard normal noise.',
    'Variances of independent Gaussians add up.',
    'For the last lines: the posterior mean and variance of the DDPM derivation.',
  ],
  after: ['ddim', 'ddpm-sampling'],
  given: ['T', 't', 'beta', 'alpha', 'alphaBar', 'alphaBarPrev', 'xt', 'x0', 'xPrev', 'betaTilde'],
  cases: ddimCases,
  steps: [
    {
      label: 'Estimate the data (eq. 9)',
      left: estimate, relation: 'equal', right: estimateFromNoise, kind: 'definition', formula: 'parameterisation.x0Theta.epsilon',
      why: 'The forward process is solved for the data, with the network\'s estimate in the place of the noise.',
    },
    {
      label: 'The noise points back at the estimate',
      left: div(sub(xt, mul(sqrt(alphaBar), estimate)), sqrt(noiseVariance)), relation: 'equal', right: predictedNoise, kind: 'numeric',
      why: 'The line above solved for the noise. So going along the predicted noise means going along the line from the estimated data, scaled by √ᾱ_t, to the present point.',
    },
    {
      label: 'The sampling step (eq. 12)',
      left: xPrev, relation: 'equal', right: add(ddimMean(directionScale), mul(sigma, sym('z'))), kind: 'definition', formula: 'ddim.step',
      why: 'Three parts: the estimated data at the scale of t − 1, the old noise along the predicted direction, and fresh noise z with a standard deviation σ that is still free. The next line says why the weight of the old noise is this root.',
    },
    {
      label: 'Keep the variance of the step before',
      left: add(mul(pow(div(directionScale, sqrt(noiseVariance)), 2), noiseVariance), sigmaSquared), relation: 'equal', right: noiseVariancePrev, kind: 'numeric',
      why: 'The new point must have the noise variance that belongs to t − 1. The old noise, rescaled from its variance 1 − ᾱ_t, and the fresh noise together have it for every σ. This is why a network trained for DDPM serves every σ (eq. 7; section 3, theorem 1).',
    },
    {
      label: 'One knob for the noise (eq. 16)',
      left: sigma, relation: 'equal', right: mul(sym('eta'), fullDeviation), kind: 'definition', formula: 'ddim.sigma',
      why: 'σ may be anything from 0 up to the root of 1 − ᾱ at t − 1. It is written as η times one particular value, which the last lines recognise.',
    },
    {
      label: 'η = 0: no fresh noise',
      left: xPrev, relation: 'equal', right: ddimMean(sqrt(noiseVariancePrev)), kind: 'numeric', assuming: { eta: 0 }, formula: 'ddim.step.deterministic',
      why: 'σ is 0, so both the fresh noise and what it took from the old noise drop out. The same starting noise now always gives the same sample.',
    },
    {
      label: 'The noise of one step',
      left: stepNoise, relation: 'equal', right: beta, kind: 'numeric',
      why: 'The quotient of ᾱ_t and the previous ᾱ is the last factor of the product, α_t = 1 − β_t. When steps are skipped the quotient covers the whole gap, and β_t stands for the gap\'s noise.',
    },
    {
      label: 'η = 1: the variance of DDPM',
      left: sigmaSquared, relation: 'equal', right: posteriorVariance, kind: 'numeric', assuming: { eta: 1 },
      why: 'σ was squared, which removes the roots, and the line above put in. This is β̃, the posterior variance that DDPM uses (Ho et al. eq. 7).',
    },
    {
      label: 'η = 1: the old noise keeps the DDPM share',
      left: sqrt(sub(noiseVariancePrev, betaTilde)), relation: 'equal', right: div(mul(sqrt(sym('alpha')), noiseVariancePrev), sqrt(noiseVariance)), kind: 'numeric', assuming: { eta: 1 },
      why: 'β̃ was put in for σ². Factor out 1 − ᾱ at t − 1; what stays in brackets is α_t times that factor over 1 − ᾱ_t, a perfect square together with the factor.',
    },
    {
      label: 'η = 1: the mean of DDPM',
      left: ddimMean(directionScale), relation: 'equal', right: posteriorMean(estimate), kind: 'numeric', assuming: { eta: 1 },
      why: 'The noise was written as in the second line and the share from the line above put in; then sorted by the estimate and the present point. Mean and variance agree, so this step is the one of DDPM.',
    },
  ],
};
