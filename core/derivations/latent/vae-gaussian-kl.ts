/** The divergence from a diagonal Gaussian to the standard normal prior, each integral by itself. */
import { add, apply, conditional, derivative, div, expectation, fn, gaussian1, integral, kl, mul, neg, PI, pow, product, sub, sum, sym, type Expr } from '../../formulas/expr';
import { KL_COMPONENT, KL_DIAGONAL, KL_DIAGONAL_LOGVAR } from '../../formulas/latent';
import { KINGMA_2014 } from '../../formulas/sources';
import { lineOf } from '../line';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { gaussianKlWorld } from '../worlds/latent-gaussians';
import { encoder, half, log, one, prior, regulariser, two, x, z, zero } from './parts';

const [mu, sigma, ell] = [sym('encoderMean'), sym('encoderDeviation'), sym('logVariance')];
const variance = pow(sigma, 2);
const [centred, square] = [pow(sub(z, mu), 2), pow(z, 2)];
const under = (body: Expr): Expr => integral('latent', mul(encoder, body));
const height = mul(half, log(mul(two, PI)));

const [zs, J, zj] = [sym('latentVector'), sym('latentSize'), sym('latentComponent', 'j')];
const [muJ, varianceJ, ellJ] = [sym('componentMean', 'j'), pow(sym('componentDeviation', 'j'), 2), sym('componentLogVariance', 'j')];
const [wholeEncoder, wholePrior] = [conditional('encoder', zs, x), apply('prior', zs)];
const [own, standard] = [gaussian1(zj, muJ, varianceJ), gaussian1(zj, zero, one)];
const overComponents = (body: Expr): Expr => sum(1, J, body, 'j');
const wholeKl = kl('latentVector', wholeEncoder, wholePrior);

export const VAE_GAUSSIAN_KL: Derivation = {
  id: 'vae-gaussian-kl',
  title: 'The divergence from a Gaussian encoder to the standard normal prior',
  shows:
    'Where the closed form 0.5 (μ² + σ² − 1 − log σ²) comes from: every integral behind it, first for one latent component. Then the sum over all components, and the form with the logarithm of the variance that code has.',
  source: KINGMA_2014('eq. 9 and 10, and appendix B'),
  prerequisites: [
    'Density of a Gaussian with mean μ and standard deviation σ, which is positive, and that μ and σ² are its mean and its variance.',
    'The Kullback–Leibler divergence as an integral.',
    'The components of the latent variable are independent under the encoder (a diagonal covariance) and under the prior.',
  ],
  after: ['elbo-reconstruction-kl', 'kl-gaussians'],
  given: ['x', 'latent', 'encoderMean', 'encoderDeviation', 'latentVector', 'latentSize', 'latentComponent', 'componentMean', 'componentDeviation'],
  cases: inWorlds((seed) => gaussianKlWorld(seed), { tight: (seed) => gaussianKlWorld(seed, true) }),
  steps: [
    {
      label: 'The encoder, one component',
      left: encoder, relation: 'equal', right: gaussian1(z, mu, variance), kind: 'definition',
      why: 'For an example the encoder puts out a mean and a standard deviation of every latent component. One component is looked at first.',
    },
    {
      label: 'The prior, one component',
      left: prior, relation: 'equal', right: gaussian1(z, zero, one), kind: 'definition',
      why: 'Before any example is seen the component is standard normal: mean 0 and variance 1.',
    },
    {
      label: 'The divergence is an integral',
      left: regulariser, relation: 'equal', right: integral('latent', mul(encoder, log(div(encoder, prior)))), kind: 'numeric',
      why: 'This is what the Kullback–Leibler divergence means for densities: the mean, under the encoder, of the logarithm of the quotient.',
    },
    {
      label: 'Split it',
      left: regulariser, relation: 'equal', right: sub(under(log(encoder)), under(log(prior))), kind: 'numeric',
      why: 'The logarithm of a quotient is a difference, and the integral of a difference is the difference of the integrals. They are taken one after the other.',
    },
    {
      label: 'The logarithm of the encoder\'s density',
      left: log(encoder), relation: 'equal', right: sub(sub(neg(height), log(sigma)), div(centred, mul(two, variance))), kind: 'numeric',
      why: 'The density has the height 1 over the root of 2πσ², and the exponent is minus the squared distance over twice the variance.',
    },
    {
      label: 'The logarithm of the prior\'s density',
      left: log(prior), relation: 'equal', right: sub(neg(height), div(square, two)), kind: 'numeric',
      why: 'The same with mean 0 and variance 1, whose logarithm is zero.',
    },
    {
      label: 'The density integrates to one',
      left: integral('latent', encoder), relation: 'equal', right: one, kind: 'numeric',
      why: 'The encoder is a density. So every constant in the logarithms is its own mean.',
    },
    {
      label: 'The mean squared distance from the mean',
      left: under(centred), relation: 'equal', right: variance, kind: 'numeric',
      why: 'That is what the variance of a distribution is.',
    },
    {
      label: 'The mean',
      left: under(z), relation: 'equal', right: mu, kind: 'numeric',
      why: 'The Gaussian is symmetric around μ, so μ is its mean.',
    },
    {
      label: 'A square around the mean',
      left: square, relation: 'equal', right: sub(add(centred, mul(two, mu, z)), pow(mu, 2)), kind: 'numeric',
      why: 'The square of z − μ is z² − 2μz + μ², solved for z².',
    },
    {
      label: 'The mean square',
      left: under(square), relation: 'equal', right: add(pow(mu, 2), variance), kind: 'numeric',
      why: 'The mean of the line above: σ² from the first term, 2μ times μ from the second, less μ². What is left of the last two is μ².',
    },
    {
      label: 'The first integral (appendix B)',
      left: under(log(encoder)), relation: 'equal', right: sub(neg(height), mul(half, add(one, log(variance)))), kind: 'numeric',
      why: 'The constants stay. The mean squared distance σ² over 2σ² is one half, and log σ is half of log σ². This is minus the entropy of a Gaussian.',
    },
    {
      label: 'The second integral (appendix B)',
      left: under(log(prior)), relation: 'equal', right: sub(neg(height), mul(half, add(pow(mu, 2), variance))), kind: 'numeric',
      why: 'The constant stays, and the mean of z² was put in.',
    },
    {
      label: 'The closed form of one component',
      ...lineOf(KL_COMPONENT), kind: 'numeric',
      why: 'The second integral was subtracted from the first. The terms with 2π cancel.',
    },
    {
      label: 'Why it is never negative',
      left: log(variance), relation: 'at-most', right: sub(variance, one), kind: 'numeric',
      why: 'A logarithm lies below its tangent at 1 and touches it only there. So σ² − 1 − log σ² is at least zero, and zero only for σ = 1; the other part, μ², is zero only for μ = 0. The divergence vanishes only where the encoder is the prior.',
    },
    {
      label: 'Its derivative by the mean',
      left: derivative(mu, kl('latent', gaussian1(z, mu, variance), prior)), relation: 'equal', right: mu, kind: 'numeric',
      why: 'Of the closed form only the first term, half of μ², depends on the mean. So this term of the loss pulls every mean to zero, as weight decay does.',
    },
    {
      label: 'The encoder puts out a logarithm',
      left: ell, relation: 'equal', right: log(variance), kind: 'definition',
      why: 'A network\'s output may be any number, but a variance must be positive. So most code lets it put out ℓ = log σ², called logvar.',
    },
    {
      label: 'The derivative by the logarithm of the variance',
      left: derivative(ell, kl('latent', gaussian1(z, mu, fn('exp', ell)), prior)), relation: 'equal', right: mul(half, sub(fn('exp', ell), one)), kind: 'numeric',
      why: 'With σ² = exp ℓ the closed form is half of μ² + exp ℓ − 1 − ℓ, and the exponential is its own derivative. This is zero where the variance is 1, so the term pulls every variance to 1.',
    },
    {
      label: 'The encoder, all components (eq. 9)',
      left: wholeEncoder, relation: 'equal', right: product(1, J, own, 'j'), kind: 'definition',
      why: 'Independent components have the product of their densities. This is a Gaussian with a diagonal covariance.',
    },
    {
      label: 'The prior, all components',
      left: wholePrior, relation: 'equal', right: product(1, J, standard, 'j'), kind: 'definition',
      why: 'The standard normal distribution in J directions, N(0, I), is a product as well.',
    },
    {
      label: 'The logarithms of products are sums',
      left: wholeKl, relation: 'equal', right: expectation('latentVector', wholeEncoder, overComponents(log(div(own, standard)))), kind: 'numeric',
      why: 'Inside of the mean stands the logarithm of the quotient of the two products: the sum of the logarithms of the quotients of each component.',
    },
    {
      label: 'The mean of a sum',
      left: wholeKl, relation: 'equal', right: overComponents(expectation('latentVector', wholeEncoder, log(div(own, standard)))), kind: 'numeric',
      why: 'Sum and mean were exchanged. Each mean now looks at one component only; the densities of the others integrate to 1. So each is the divergence of one component.',
    },
    {
      label: 'The closed form of all components (appendix B)',
      ...lineOf(KL_DIAGONAL), kind: 'numeric',
      why: 'For each component its closed form was put in, and the common factor one half taken out. It is a sum over components, not a mean.',
    },
    {
      label: 'The logarithm of each variance',
      left: ellJ, relation: 'equal', right: log(varianceJ), kind: 'definition',
      why: 'As for one component: the encoder has one more output for each of them, the logarithm of its variance.',
    },
    {
      label: 'As code has it (first part of eq. 10, with the sign turned)',
      ...lineOf(KL_DIAGONAL_LOGVAR), kind: 'numeric',
      why: 'The variance is the exponential of ℓ, and the minus sign was taken out. In code: -0.5 * sum(1 + logvar - mu**2 - exp(logvar)), over components, then the mean over the batch.',
    },
  ],
};
