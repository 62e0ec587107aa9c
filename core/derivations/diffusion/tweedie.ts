/** Tweedie's formula through the derivative of the marginal density, and what it says for a diffusion step. */
import { add, apply, conditional, div, expectation, fn, gaussian, gradient, mul, neg, num, pow, sqrt, sub, sym, total, type Expr } from '../../formulas/expr';
import { EFRON_2011 } from '../../formulas/sources';
import { noiseVariance } from '../../formulas/ddpm';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { tweedieWorld } from '../worlds/tweedie';

const one = num(1);
const [x, noisy] = [sym('x'), sym('noisy')];
const variance = pow(sym('noiseLevel'), 2);
const log = (of: Expr): Expr => fn('log', of);
const data = apply('dataDistribution', x);
const kernel = conditional('kernel', noisy, x);
const marginal = apply('noisyDensity', noisy);
const posterior = conditional('denoiser', x, noisy);
const score = gradient('noisy', log(marginal));
const way = div(sub(x, noisy), variance);
const mean = expectation('x', posterior, x);

const [x0, xt, alphaBar] = [sym('x0'), sym('xt'), sym('alphaBar')];
const [signal, noise] = [sqrt(alphaBar), sqrt(noiseVariance)];
const diffusedPosterior = conditional('diffusedPosterior', x0, xt);
const diffusedMarginal = apply('diffusedDensity', xt);
const forwardKernel = conditional('forwardKernel', xt, x0);
const start = apply('dataDistribution', x0);
const diffusedScore = gradient('xt', log(diffusedMarginal));
const noiseMean = apply('noiseMean', xt);

export const TWEEDIE: Derivation = {
  id: 'tweedie',
  title: 'Tweedie\'s formula: a score is a denoiser',
  shows:
    'How the mean of all examples that a noisy point may have been follows from the gradient of the log-density of noisy points, without a look at the data. Then the same for a step of a diffusion model, where it ties the score to the predicted noise.',
  source: EFRON_2011('section 1 (Robbins 1956 credits the formula to Tweedie); for diffusion models: Luo 2022, arXiv 2208.11970'),
  prerequisites: [
    'Density of a Gaussian; the noise is independent in all components and has the same variance σ² in each.',
    'The score of a density is the gradient of its logarithm.',
    'Bayes\' rule, and that a gradient may be taken inside of a sum. For infinitely many examples this holds as well, since a Gaussian kernel and its gradient are bounded.',
  ],
  after: ['bayes-evidence', 'ddpm-kernel'],
  given: ['x', 'noisy', 'noiseLevel', 'dataDistribution', 'x0', 'xt', 'alphaBar'],
  cases: inWorlds(tweedieWorld),
  steps: [
    {
      label: 'A point with noise',
      left: kernel, relation: 'equal', right: gaussian(noisy, x, variance), kind: 'definition',
      why: 'Noise of the variance σ² is added to an example x that we do not see. Efron writes θ for what is hidden and x for what is seen; here these are x and x with a tilde.',
    },
    {
      label: 'The density of noisy points',
      left: marginal, relation: 'equal', right: expectation('x', data, kernel), kind: 'definition',
      why: 'Noisy points come from all examples, each as often as the example occurs. Nothing is assumed about the distribution of the examples.',
    },
    {
      label: 'Which example it was, by Bayes\' rule',
      left: posterior, relation: 'equal', right: div(mul(data, kernel), marginal), kind: 'definition',
      why: 'The share of one example in the density at this noisy point.',
    },
    {
      label: 'These shares add up to one',
      left: total('x', posterior), relation: 'equal', right: one, kind: 'numeric',
      why: 'Summed over all examples the numerators of Bayes\' rule are the denominator.',
    },
    {
      label: 'The gradient of the kernel\'s exponent',
      left: gradient('noisy', log(kernel)), relation: 'equal', right: way, kind: 'numeric',
      why: 'The logarithm of a Gaussian is a constant minus the squared distance over 2σ². Its gradient points from the noisy point to the example, and for the same distance is the longer the smaller the noise.',
    },
    {
      label: 'The gradient of the kernel',
      left: gradient('noisy', kernel), relation: 'equal', right: mul(kernel, way), kind: 'numeric',
      why: 'The gradient of a function is the function times the gradient of its logarithm, which the line above gives.',
    },
    {
      label: 'Move the gradient into the mean',
      left: gradient('noisy', marginal), relation: 'equal', right: expectation('x', data, gradient('noisy', kernel)), kind: 'numeric',
      why: 'The density of noisy points is a sum over examples, and only the kernels in it depend on the noisy point. The gradient of a sum is the sum of the gradients.',
    },
    {
      label: 'Put the kernel\'s gradient in',
      left: gradient('noisy', marginal), relation: 'equal', right: expectation('x', data, mul(kernel, way)), kind: 'numeric',
      why: 'Each kernel contributes its own way back to its example.',
    },
    {
      label: 'The score of the noisy points',
      left: score, relation: 'equal', right: mul(div(one, marginal), gradient('noisy', marginal)), kind: 'numeric',
      why: 'The gradient of a logarithm is one over its argument, times the gradient of the argument.',
    },
    {
      label: 'A mean under the posterior',
      left: score, relation: 'equal', right: expectation('x', posterior, way), kind: 'numeric',
      why: 'The two lines above together. The data\'s weight times the kernel over the density of noisy points is the posterior, by Bayes\' rule. So the score is the mean of the ways to all examples that this point may have been, divided by σ².',
    },
    {
      label: 'Take out what is known',
      left: score, relation: 'equal', right: div(sub(mean, noisy), variance), kind: 'numeric',
      why: 'The noisy point and σ are the same for all examples, and the shares add up to one. Only the mean of the examples is left under the expectation.',
    },
    {
      label: 'Tweedie\'s formula',
      left: mean, relation: 'equal', right: add(noisy, mul(variance, score)), kind: 'numeric',
      why: 'Solved for the mean: multiply by σ² and bring the noisy point to the other side. The best denoiser in squared error is the noisy point plus σ² times the score.',
    },
    {
      label: 'A step of a diffusion model (Ho et al. 2020, eq. 4)',
      left: forwardKernel, relation: 'equal', right: gaussian(xt, mul(signal, x0), noiseVariance), kind: 'definition',
      why: 'The noisy point is now x_t. What is hidden is the shrunk data point √ᾱ_t x_0, and the variance of the noise is 1 − ᾱ_t.',
    },
    {
      label: 'The density of the points at step t',
      left: diffusedMarginal, relation: 'equal', right: expectation('x0', start, forwardKernel), kind: 'definition',
      why: 'As before: all data points are shrunk and blurred, each as often as it occurs.',
    },
    {
      label: 'Which data point it was',
      left: diffusedPosterior, relation: 'equal', right: div(mul(start, forwardKernel), diffusedMarginal), kind: 'definition',
      why: 'Bayes\' rule as before: the share of one data point in the density at x_t.',
    },
    {
      label: 'Tweedie\'s formula for the shrunk data',
      left: expectation('x0', diffusedPosterior, mul(signal, x0)), relation: 'equal', right: add(xt, mul(noiseVariance, diffusedScore)), kind: 'numeric',
      why: 'The formula with √ᾱ_t x_0 as what is hidden and 1 − ᾱ_t as its variance. Nothing else in the derivation changes.',
    },
    {
      label: 'The mean of the data',
      left: expectation('x0', diffusedPosterior, x0), relation: 'equal', right: div(add(xt, mul(noiseVariance, diffusedScore)), signal), kind: 'numeric',
      why: 'The root of ᾱ_t is a constant: it comes out of the mean and is divided by. So whoever knows the score can estimate the data from any noisy point.',
    },
    {
      label: 'The best estimate of the noise',
      left: noiseMean, relation: 'equal', right: expectation('x0', diffusedPosterior, div(sub(xt, mul(signal, x0)), noise)), kind: 'definition',
      why: 'The noise that leads from one data point to x_t is what stands in the brackets. Its mean over all data points that x_t may have been is what a network with the least squared error puts out.',
    },
    {
      label: 'The noise from the mean of the data',
      left: noiseMean, relation: 'equal', right: div(sub(xt, mul(signal, expectation('x0', diffusedPosterior, x0))), noise), kind: 'numeric',
      why: 'Only x_0 varies under the mean, and it enters linearly. So the mean may be taken of x_0 alone.',
    },
    {
      label: 'Put the mean of the data in',
      left: noiseMean, relation: 'equal', right: neg(mul(noise, diffusedScore)), kind: 'numeric',
      why: 'The noisy point cancels. What is left is minus (1 − ᾱ_t) times the score, over the root of 1 − ᾱ_t.',
    },
    {
      label: 'The score from the noise',
      left: diffusedScore, relation: 'equal', right: neg(div(noiseMean, noise)), kind: 'numeric',
      why: 'Solved for the score. So a network that predicts noise is a network of scores: divide its output by −√(1 − ᾱ_t), in code sqrt_one_minus_alphas_cumprod.',
    },
  ],
};
