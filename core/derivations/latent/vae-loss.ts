/** From the decoder's distribution to the loss in code: squared error with a weight, or binary cross-entropy. */
import { add, apply, derivative, div, gaussian, mul, neg, normSq, PI, pow, sub, sym, type Expr } from '../../formulas/expr';
import { BERNOULLI_LIKELIHOOD, BINARY_CROSS_ENTROPY, MEAN_SQUARED_ERROR, VAE_LOSS_SQUARED } from '../../formulas/latent';
import { KINGMA_2014 } from '../../formulas/sources';
import { lineOf } from '../line';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { vaeLossWorld } from '../worlds/vae-loss';
import { elbo, half, likelihood, log, one, regulariser, two, underEncoder, x, z } from './parts';

const [output, sigma, D, C, S, best] = [sym('reconstruction'), sym('outputDeviation'), sym('dimensions'), sym('reconstructionWeight'), sym('meanError'), sym('bestDeviation')];
const decoded = apply('decoderNetwork', z);
const variance = pow(sigma, 2);
const [error, errorOf] = [normSq(sub(x, output)), normSq(sub(x, decoded))];
const halfD = div(D, two);
const constant = mul(halfD, log(div(PI, C)));
const byDeviation = (s: Expr): Expr => add(div(S, mul(two, pow(s, 2))), mul(halfD, log(mul(two, PI, pow(s, 2)))));
const mse = sym('meanSquaredError');

export const VAE_LOSS: Derivation = {
  id: 'vae-loss',
  title: 'The loss of a variational autoencoder in code',
  shows:
    'Why a Gaussian decoder gives the loss C‖x − x̂‖² plus the divergence to the prior, and that C is one over twice the variance of the decoder. Then which variance is best, what binary cross-entropy assumes, and what a mean in the place of a sum silently changes.',
  source: KINGMA_2014('eq. 3, section 3 and appendix C'),
  prerequisites: [
    'The evidence lower bound as reconstruction less divergence.',
    'Density of a Gaussian with variance σ² in each of D directions.',
    'A Bernoulli variable is 1 with some probability and 0 otherwise.',
  ],
  after: ['elbo-reconstruction-kl', 'vae-gaussian-kl', 'mle-is-min-kl'],
  given: ['x', 'latent', 'outputDeviation', 'dimensions', 'encoder', 'prior', 'elbo', 'pixel', 'pixelProbability'],
  cases: inWorlds(vaeLossWorld),
  steps: [
    {
      label: 'The decoder\'s output',
      left: output, relation: 'equal', right: decoded, kind: 'definition',
      why: 'The decoder network turns a draw of the latent variable into a reconstruction x̂ of the example.',
    },
    {
      label: 'A Gaussian around it (appendix C.2)',
      left: likelihood, relation: 'equal', right: gaussian(x, output, variance), kind: 'definition',
      why: 'The example is taken for a draw from a Gaussian around the reconstruction, with the same variance σ² in each of its D components. This is an assumption; a decoder may also put out a variance.',
    },
    {
      label: 'Its negative logarithm',
      left: neg(log(likelihood)), relation: 'equal', right: add(div(error, mul(two, variance)), mul(halfD, log(mul(two, PI, variance)))), kind: 'numeric',
      why: 'The exponent of the Gaussian with its sign turned, and the logarithm of what the height is divided by.',
    },
    {
      label: 'Name the weight of the squared error',
      left: C, relation: 'equal', right: div(one, mul(two, variance)), kind: 'definition',
      why: 'The squared error stands over twice the variance. One over twice the variance is called C: small noise makes a large C. With variance 1 it is one half.',
    },
    {
      label: 'Squared error with a weight',
      left: neg(log(likelihood)), relation: 'equal', right: add(mul(C, error), constant), kind: 'numeric',
      why: 'The name was put in. Since σ² is 1 over 2C, 2πσ² is π over C. The last term depends on no network as long as C is fixed.',
    },
    {
      label: 'What the weight one assumes',
      left: neg(log(gaussian(x, output, half))), relation: 'equal', right: add(error, mul(halfD, log(PI))), kind: 'numeric',
      why: 'The plain squared error, summed over components, is the negative logarithm of a Gaussian with the variance one half, but for a constant.',
    },
    {
      label: 'The negative bound',
      left: neg(elbo), relation: 'equal', right: add(underEncoder(neg(log(likelihood))), regulariser), kind: 'numeric',
      why: 'The evidence lower bound is reconstruction less divergence. Both signs were turned, because optimisers make a loss small.',
    },
    {
      label: 'Put the squared error in',
      left: neg(elbo), relation: 'equal', right: add(underEncoder(mul(C, errorOf)), regulariser, constant), kind: 'numeric',
      why: 'The negative logarithm was replaced for every z. The constant is its own mean, so it stands outside.',
    },
    {
      label: 'The loss in code',
      ...lineOf(VAE_LOSS_SQUARED), kind: 'definition',
      why: 'Without the constant, and with the weight taken out of the mean, this is the loss: C times the squared error, plus the divergence. Code takes one draw of z in the place of the mean over z.',
    },
    {
      label: 'Loss and bound differ by a constant',
      left: neg(elbo), relation: 'equal', right: add(sym('vaeLoss'), constant), kind: 'numeric',
      why: 'The last two lines together. So for fixed C the loss has the same gradients as the negative bound, but its value is not the negative bound until the constant is added.',
    },
    {
      label: 'What the weight means',
      left: div(sym('vaeLoss'), C), relation: 'equal', right: add(underEncoder(errorOf), mul(two, variance, regulariser)), kind: 'numeric',
      why: 'Divided by C, and one over C is 2σ². So C decides how much the divergence counts against the squared error: a large C asks for sharp reconstructions, a small C for an encoder near the prior.',
    },
    {
      label: 'Name the squared error',
      left: S, relation: 'equal', right: underEncoder(errorOf), kind: 'definition',
      why: 'To find the best variance, the squared error gets a name: summed over components, averaged over the draws of the encoder. Over a data set it is averaged over the examples too.',
    },
    {
      label: 'The derivative by the deviation',
      left: derivative(sigma, byDeviation(sigma)), relation: 'equal', right: sub(div(D, sigma), div(S, pow(sigma, 3))), kind: 'numeric',
      why: 'These are the terms of the negative bound that depend on σ. Twice the logarithm of σ has the derivative 2/σ, and 1 over 2σ² has minus 1 over σ³.',
    },
    {
      label: 'Where it vanishes',
      left: div(D, best), relation: 'equal', right: div(S, pow(best, 3)), kind: 'definition',
      why: 'At the best deviation the two terms are equal. Below it the derivative is negative, above it positive, so this is the minimum.',
    },
    {
      label: 'The best variance',
      left: pow(best, 2), relation: 'equal', right: div(S, D), kind: 'numeric',
      why: 'Multiplied by σ³ and divided by D. The best variance is the squared error for each component, which as a rule shrinks during training.',
    },
    {
      label: 'The best weight',
      left: div(one, mul(two, pow(best, 2))), relation: 'equal', right: div(D, mul(two, S)), kind: 'numeric',
      why: 'The weight C that belongs to the best variance: one over twice the squared error for each component.',
    },
    {
      label: 'What is left at the best variance',
      left: byDeviation(best), relation: 'equal', right: mul(halfD, add(one, log(mul(two, PI, div(S, D))))), kind: 'numeric',
      why: 'The best variance was put in. So with a variance that is learned the reconstruction term is D/2 times the logarithm of the squared error, but for a constant, and no weight has to be chosen.',
    },
    {
      label: 'The mean over components',
      ...lineOf(MEAN_SQUARED_ERROR), kind: 'definition',
      why: 'Loss functions of libraries average over components, and over the batch, unless they are told to sum.',
    },
    {
      label: 'Sum against mean',
      left: mul(C, error), relation: 'equal', right: mul(C, D, mse), kind: 'numeric',
      why: 'The sum is D times the mean. Whoever averages over components while the divergence is a sum over latent components has made C smaller by the factor D.',
    },
    {
      label: 'What the plain mean assumes',
      left: neg(log(gaussian(x, output, halfD))), relation: 'equal', right: add(mse, mul(halfD, log(mul(PI, D)))), kind: 'numeric',
      why: 'The loss MSE + divergence, with weight 1, has C = 1/D. That is a decoder with the variance D/2: for an image with 784 pixels a variance of 392. Such a decoder has little reason to use the latent variable.',
    },
    {
      label: 'A decoder of zeros and ones (appendix C.1)',
      ...lineOf(BERNOULLI_LIKELIHOOD), kind: 'definition',
      why: 'For black and white images each component is 1 with the probability that the decoder puts out. The exponents choose: the first factor counts for a 1, the second for a 0.',
    },
    {
      label: 'Binary cross-entropy',
      ...lineOf(BINARY_CROSS_ENTROPY), kind: 'numeric',
      why: 'The logarithm of a product is a sum, and exponents become factors. This is binary cross-entropy, summed over components. It has no variance and so no free weight. For grey values between 0 and 1 it is a loss too, but no longer the logarithm of a probability.',
    },
  ],
};
