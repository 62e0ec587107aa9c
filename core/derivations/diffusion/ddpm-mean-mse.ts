/** The divergence of one sampling step as a squared error of means, of data and of noise: eq. 8 and 12 of Ho et al. 2020. */
import { meanCoefficientX0, meanFromNoise, noiseVariance, posteriorMean, predictedMean, predictedNoise } from '../../formulas/ddpm';
import { add, conditional, div, dot, expectation, fn, gaussian, kl, mul, normSq, num, pow, sqrt, sub, sym, type Expr } from '../../formulas/expr';
import { SIGMA_SQUARED } from '../../formulas/formula';
import { HO_2020 } from '../../formulas/sources';
import { estimateFromNoise } from '../../formulas/parameterisations';
import type { Derivation } from '../types';
import { samplingStepCases } from '../worlds/gaussian-chain';

const [one, two] = [num(1), num(2)];
const [alpha, beta, alphaBar, alphaBarPrev, betaTilde, mu] = [sym('alpha'), sym('beta'), sym('alphaBar'), sym('alphaBarPrev'), sym('betaTilde'), sym('mu')];
const [x0, xt, xPrev, epsilon, x0Theta, loss] = [sym('x0'), sym('xt'), sym('xPrev'), sym('epsilon'), sym('x0Theta'), sym('lossStep')];
const log = (of: Expr): Expr => fn('log', of);
const half = div(sym('dimensions'), two);

const posterior = conditional('forwardPosterior', xPrev, xt, x0);
const reverse = conditional('reverseStep', xPrev, xt);
const under = (body: Expr): Expr => expectation('xPrev', posterior, body);
const twice = mul(two, SIGMA_SQUARED);
const gap = sub(mu, predictedMean);
const ofMeans = div(normSq(gap), twice);
const ratio = div(betaTilde, SIGMA_SQUARED);
const constant = mul(half, sub(sub(ratio, one), log(ratio)));
const dataWeight = div(mul(alphaBarPrev, pow(beta, 2)), mul(twice, pow(noiseVariance, 2)));
const noiseWeight = div(pow(beta, 2), mul(twice, mul(alpha, noiseVariance)));

export const DDPM_MEAN_MSE: Derivation = {
  id: 'ddpm-mean-mse',
  title: 'Matching a sampling step is a squared error',
  shows:
    'The divergence between the true posterior and a sampling step is the squared distance of their means over twice the variance, and a constant that no network changes. The same distance is then written as an error of the data and as an error of the noise, each with its weight.',
  source: HO_2020('eq. 5, 8, 10 to 12 and 15, and section 3.2'),
  prerequisites: [
    'The posterior of the forward process is a Gaussian with mean μ̃ and variance β̃.',
    'The Kullback–Leibler divergence of two densities is the mean of the logarithm of their quotient under the first, here in nats.',
    'Mean and variance of a Gaussian vector.',
  ],
  after: ['ddpm-posterior'],
  given: ['T', 't', 'beta', 'alpha', 'alphaBar', 'alphaBarPrev', 'x0', 'xt', 'xPrev', 'dimensions', 'mu', 'betaTilde', 'sigma', 'forwardPosterior', 'epsilonTheta', 'muTheta'],
  cases: samplingStepCases,
  steps: [
    {
      label: 'The term of one step in the bound (eq. 5)',
      left: loss, relation: 'equal', right: kl('xPrev', posterior, reverse), kind: 'definition',
      why: 'How far the sampling step of the model is from the posterior, which knows the data. Here for one noisy point and one data point; training takes the mean over both. For t of at least 2.',
    },
    {
      label: 'The posterior is Gaussian (eq. 6)',
      left: posterior, relation: 'equal', right: gaussian(xPrev, mu, betaTilde), kind: 'numeric',
      why: 'This is what completing the square gave in the derivation of the posterior.',
    },
    {
      label: 'So is the sampling step (section 3.2)',
      left: reverse, relation: 'equal', right: gaussian(xPrev, predictedMean, SIGMA_SQUARED), kind: 'definition',
      why: 'The model is chosen so: a network gives the mean, and the variance σ² of every component is fixed beforehand. For small steps the true reverse step is nearly Gaussian too.',
    },
    {
      label: 'Logarithm of the quotient',
      left: log(div(posterior, reverse)), relation: 'equal',
      right: add(sub(div(normSq(sub(xPrev, predictedMean)), twice), div(normSq(sub(xPrev, mu)), mul(two, betaTilde))), mul(half, log(div(SIGMA_SQUARED, betaTilde)))), kind: 'numeric',
      why: 'Of the quotient of two exponentials the logarithm is the difference of the exponents. The factors in front leave half the logarithm of the quotient of the variances, once for each of the D components; 2π cancels.',
    },
    {
      label: 'The divergence is its mean',
      left: loss, relation: 'equal',
      right: add(sub(div(under(normSq(sub(xPrev, predictedMean))), twice), div(under(normSq(sub(xPrev, mu))), mul(two, betaTilde))), mul(half, log(div(SIGMA_SQUARED, betaTilde)))), kind: 'numeric',
      why: 'The mean of the line above under the posterior. A mean may be taken term by term, factors go in front of it, and the last term is a number already.',
    },
    {
      label: 'The distance from the own mean',
      left: under(normSq(sub(xPrev, mu))), relation: 'equal', right: mul(sym('dimensions'), betaTilde), kind: 'numeric',
      why: 'The mean squared distance of one component from its mean is its variance β̃. There are D components.',
    },
    {
      label: 'Go by way of the own mean',
      left: normSq(sub(xPrev, predictedMean)), relation: 'equal', right: add(normSq(sub(xPrev, mu)), mul(two, dot(sub(xPrev, mu), gap)), normSq(gap)), kind: 'numeric',
      why: 'The mean of the posterior was taken away and added again, and the square of the sum of the two differences multiplied out.',
    },
    {
      label: 'The mean of the earlier point',
      left: under(xPrev), relation: 'equal', right: mu, kind: 'numeric',
      why: 'So the difference between the earlier point and μ̃ is zero in the mean, and with it the inner product of the line above: its other vector is fixed.',
    },
    {
      label: 'The distance from the other mean',
      left: under(normSq(sub(xPrev, predictedMean))), relation: 'equal', right: add(mul(sym('dimensions'), betaTilde), normSq(gap)), kind: 'numeric',
      why: 'The mean of the multiplied square: the first term is known, the second is zero, and the third is fixed.',
    },
    {
      label: 'Put both in',
      left: loss, relation: 'equal',
      right: add(sub(div(add(mul(sym('dimensions'), betaTilde), normSq(gap)), twice), half), mul(half, log(div(SIGMA_SQUARED, betaTilde)))), kind: 'numeric',
      why: 'In the second term β̃ cancels and leaves D over 2.',
    },
    {
      label: 'Sort by what the network can change (eq. 8)',
      left: loss, relation: 'equal', right: add(ofMeans, constant), kind: 'numeric',
      why: 'The first fraction was split in two, and the logarithm turned over with a minus. Only the first term contains the network. The second is the constant C of eq. 8: it depends on the two variances alone.',
    },
    {
      label: 'The constant is never negative',
      left: sub(ratio, log(ratio)), relation: 'at-least', right: one, kind: 'numeric',
      why: 'A positive number less its logarithm is smallest at 1, where its derivative vanishes, and is 1 there. So the bracket of the constant is zero when the two variances are the same, and positive when they differ. A wrong variance costs something that no mean can win back.',
    },
    {
      label: 'The same variance: only the means count',
      left: loss, relation: 'equal', right: div(normSq(gap), mul(two, betaTilde)), kind: 'numeric', assuming: { varianceType: 'fixed_small' },
      why: 'With σ² = β̃ the quotient of the variances is 1 and the constant is zero. The divergence of two Gaussians with the same covariance is the squared distance of their means over twice the variance.',
    },
    {
      label: 'The larger variance: a constant stays',
      left: loss, relation: 'equal', right: add(div(normSq(gap), mul(two, beta)), mul(half, sub(sub(div(betaTilde, beta), one), log(div(betaTilde, beta))))), kind: 'numeric', assuming: { varianceType: 'fixed_large' },
      why: 'With σ² = β_t the quotient of the variances is β̃ over β_t, less than 1. The constant is small for late steps, where the two are nearly the same, and largest for the first ones.',
    },
    {
      label: 'Let the network estimate the data',
      left: predictedMean, relation: 'equal', right: posteriorMean(x0Theta), kind: 'definition', formula: 'ddpm.mean.sample',
      why: 'The mean of the model may be anything. It is given the form of the posterior mean (eq. 7), with an estimate in the place of the data, which is all that the model does not know.',
    },
    {
      label: 'The means differ as the data does',
      left: gap, relation: 'equal', right: mul(meanCoefficientX0, sub(x0, x0Theta)), kind: 'numeric',
      why: 'Both means have the same term with the present point, which cancels. What is left are the data and its estimate with the same weight.',
    },
    {
      label: 'An error of the data, with its weight',
      left: ofMeans, relation: 'equal', right: mul(dataWeight, normSq(sub(x0, x0Theta))), kind: 'numeric',
      why: 'Squared lengths: the weight goes in front as its square, in which the root of the previous ᾱ disappears. This is the loss of a network that predicts the data.',
    },
    {
      label: 'The data from its noise (section 3.2)',
      left: x0, relation: 'equal', right: div(sub(xt, mul(sqrt(noiseVariance), epsilon)), sqrt(alphaBar)), kind: 'definition', formula: 'parameterisation.x0.epsilon',
      why: 'The forward process in one jump, solved for the data. ε is the standard normal noise that was mixed in.',
    },
    {
      label: 'The estimate from the predicted noise (eq. 15)',
      left: x0Theta, relation: 'equal', right: estimateFromNoise, kind: 'definition', formula: 'parameterisation.x0Theta.epsilon',
      why: 'The same with the noise that the network sees in the present point.',
    },
    {
      label: 'The data is missed as the noise is',
      left: sub(x0, x0Theta), relation: 'equal', right: mul(div(sqrt(noiseVariance), sqrt(alphaBar)), sub(predictedNoise, epsilon)), kind: 'numeric',
      why: 'The present point cancels. An estimate of too much noise gives too little data, so the difference turns round. Late in the chain ᾱ_t is small, and a small error of the noise is a large one of the data.',
    },
    {
      label: 'The means differ as the noise does',
      left: gap, relation: 'equal', right: mul(div(beta, mul(sqrt(alpha), sqrt(noiseVariance))), sub(predictedNoise, epsilon)), kind: 'numeric',
      why: 'The two weights multiplied: one root of 1 − ᾱ_t cancels, and the root of the previous ᾱ over that of ᾱ_t is 1 over the root of α_t.',
    },
    {
      label: 'The mean from the predicted noise (eq. 11)',
      left: predictedMean, relation: 'equal', right: meanFromNoise, kind: 'numeric', formula: 'ddpm.mean.epsilon',
      why: 'The posterior mean in terms of the noise has the same form with ε; the line above says that the two differ in nothing else.',
    },
    {
      label: 'An error of the noise, with its weight (eq. 12)',
      left: ofMeans, relation: 'equal', right: mul(noiseWeight, normSq(sub(epsilon, predictedNoise))), kind: 'numeric',
      why: 'Squared lengths again; which of the two is taken from the other does not matter under a square. Eq. 12 has this inside the mean over data and noise. Leaving the weight out gives the simple loss of eq. 14.',
    },
    {
      label: 'The term of one step, with the noise',
      left: loss, relation: 'equal', right: add(mul(noiseWeight, normSq(sub(epsilon, predictedNoise))), constant), kind: 'numeric',
      why: 'The line above put into the sorted divergence. So the network only has to find the noise, and the term of the step in the bound is as small as it can be when it does.',
    },
  ],
};
