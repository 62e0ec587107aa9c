/** The evidence lower bound of Kingma & Welling 2014, and the form in which code computes it. */
import { add, div, expectation, fn, gaussian1, kl, mul, pow, sub, sym } from '../../formulas/expr';
import { DEVIATION_FROM_LOGVAR, ELBO, KL_COMPONENT, KL_COMPONENT_LOGVAR, REPARAMETERISED } from '../../formulas/latent';
import { KINGMA_2014 } from '../../formulas/sources';
import { lineOf } from '../line';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { vaeWorld } from '../worlds/vae';
import { encoder, evidence, likelihood, posterior, prior, regulariser, two, z } from './parts';

const [mu, sigma] = [sym('encoderMean'), sym('encoderDeviation')];
const joint = mul(prior, likelihood);
const logEvidence = fn('log', evidence);

export const VAE: Derivation = {
  id: 'vae',
  title: 'The evidence lower bound of a variational autoencoder',
  shows:
    'Why a VAE is trained with a reconstruction term and a Kullback–Leibler term: their difference is the log-likelihood of the data but for one gap that cannot be negative. Then the closed form of the second term, as code writes it.',
  source: KINGMA_2014('eq. 1 to 3, 9 and 10, section 2.4 and appendix B'),
  prerequisites: [
    'Latent variables are drawn from the prior, which is standard normal, and the decoder gives the distribution of an example for each of them.',
    'Bayes\' rule.',
    'The Kullback–Leibler divergence of two distributions is the mean of the logarithm of their quotient under the first; it is never negative.',
  ],
  after: ['bayes-evidence', 'kl-gaussians'],
  given: ['x', 'latent', 'encoder', 'prior', 'likelihood'],
  cases: inWorlds(vaeWorld),
  steps: [
    {
      label: 'How probable an example is',
      left: evidence, relation: 'equal', right: expectation('latent', prior, likelihood), kind: 'definition',
      why: 'The mean of the decoder\'s likelihood over all latent variables of the prior. We would like to make its logarithm large, but the mean runs over far more latent variables than can be tried.',
    },
    {
      label: 'The true posterior, by Bayes\' rule',
      left: posterior, relation: 'equal', right: div(joint, evidence), kind: 'definition',
      why: 'Few latent variables explain a given example. Which ones they are follows from Bayes\' rule, but the denominator is just what we cannot compute. So an encoder is trained to stand in for this distribution.',
    },
    {
      label: 'Take the mean under the encoder (eq. 1 and 2)',
      left: logEvidence, relation: 'equal', right: add(expectation('latent', encoder, fn('log', div(joint, encoder))), kl('latent', encoder, posterior)), kind: 'numeric',
      why: 'The line above was solved for the evidence. Its logarithm is the same for every z, so it is its own mean under any distribution; the encoder\'s density was put in above and below, and the logarithm split in two.',
    },
    {
      label: 'Name the bound (eq. 3)',
      ...lineOf(ELBO), kind: 'definition',
      why: 'The first term of the line above with its logarithm split once more: how well the decoder gives the example back, less how far the encoder is from the prior. Both can be estimated. Code minimises the negative of this; with a weight β on the last term it is a β-VAE, and β = 1 is the bound itself.',
    },
    {
      label: 'It is a lower bound (eq. 1)',
      left: logEvidence, relation: 'equal', right: add(sym('elbo'), kl('latent', encoder, posterior)), kind: 'numeric',
      why: 'The name was put in. A Kullback–Leibler divergence is never negative, so the bound never exceeds the log-likelihood, and it reaches it when the encoder is the true posterior.',
    },
    {
      label: 'A Gaussian encoder, one component (eq. 9)',
      left: encoder, relation: 'equal', right: gaussian1(z, mu, pow(sigma, 2)), kind: 'definition',
      why: 'The encoder puts out a mean and a standard deviation for every latent component. The components are independent under both encoder and prior, so their divergences add up and one of them may stand for all.',
    },
    {
      label: 'Write the two densities out',
      left: regulariser, relation: 'equal',
      right: sub(expectation('latent', encoder, sub(div(pow(z, 2), two), div(pow(sub(z, mu), 2), mul(two, pow(sigma, 2))))), fn('log', sigma)), kind: 'numeric',
      why: 'The logarithm of the quotient of two Gaussian densities: the difference of their exponents, and the quotient of their heights, of which only σ is left because the prior\'s deviation is 1.',
    },
    {
      label: 'The closed form (appendix B)',
      ...lineOf(KL_COMPONENT), kind: 'numeric',
      why: 'Under the encoder the mean of z² is μ² + σ², and that of (z − μ)² is σ². No sample is needed for this term.',
    },
    {
      label: 'A draw that lets gradients through (section 2.4)',
      ...lineOf(REPARAMETERISED), kind: 'definition',
      why: 'The first term of the bound needs draws of z. Written like this the randomness does not depend on the encoder, so the derivatives by μ and σ go through the draw: the reparameterisation trick.',
    },
    {
      label: 'The encoder puts out a logarithm',
      ...lineOf(DEVIATION_FROM_LOGVAR), kind: 'definition',
      why: 'A network\'s output may be any number but a deviation must be positive. So most code lets the encoder put out ℓ = log σ² (logvar).',
    },
    {
      label: 'The divergence as code has it (eq. 10)',
      ...lineOf(KL_COMPONENT_LOGVAR), kind: 'numeric',
      why: 'The line above put into the closed form. In code it is −0.5·(1 + logvar − mu² − exp(logvar)), summed over the components. Libraries differ in whether they take the sum or the mean over components; the mean weakens this term against a summed reconstruction.',
    },
  ],
};
