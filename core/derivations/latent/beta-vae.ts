/** Beta-VAE: the multiplier of a constraint, and what it is as a variance of the decoder. */
import { add, apply, conditional, derivative, div, expectation, gaussian, kl, mul, neg, normSq, PI, pow, power, sub, sym } from '../../formulas/expr';
import { BETA_OBJECTIVE } from '../../formulas/latent';
import { HIGGINS_2017 } from '../../formulas/sources';
import { lineOf } from '../line';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { betaTight, betaWorld } from '../worlds/vae-loss';
import { elbo, encoder, half, likelihood, log, one, prior, regulariser, two, underEncoder, x, z } from './parts';

const [beta, kappa, R, F, objective, Z] = [sym('klWeight'), sym('capacity'), sym('reconstructionTerm'), sym('lagrangian'), sym('betaObjective'), sym('temperedEvidence')];
const best = conditional('temperedPosterior', z, x);
const flatter = power(likelihood, div(one, beta));
const toBest = kl('latent', encoder, best);
const decoded = apply('decoderNetwork', z);
const error = normSq(sub(x, decoded));
const [C, sigma, halfD] = [sym('reconstructionWeight'), sym('outputDeviation'), div(sym('dimensions'), two)];

export const BETA_VAE: Derivation = {
  id: 'beta-vae',
  title: 'Beta-VAE: the weight of the divergence',
  shows:
    'How the weight β comes from a constraint on the divergence, what it has to do with the evidence lower bound, and which encoder it makes best. Then that with a Gaussian decoder β is nothing but another variance of the decoder, up to scale.',
  source: HIGGINS_2017('section 2'),
  prerequisites: [
    'The evidence lower bound as reconstruction less divergence.',
    'Lagrange multipliers: a constraint is moved into the objective with a factor that is at least zero.',
    'The loss of a VAE with a Gaussian decoder, and its weight C.',
  ],
  after: ['elbo-reconstruction-kl', 'elbo-kl-gap', 'vae-loss'],
  given: ['x', 'latent', 'encoder', 'prior', 'likelihood', 'elbo', 'klWeight', 'capacity', 'decoderNetwork', 'dimensions'],
  cases: inWorlds((seed) => betaWorld(seed), { tight: betaTight }),
  steps: [
    {
      label: 'What is to be large',
      left: R, relation: 'equal', right: underEncoder(log(likelihood)), kind: 'definition',
      why: 'The reconstruction term: how well the decoder gives the example back from draws of the encoder. Alone it would let the encoder tell everything. So the divergence to the prior may be at most κ nats.',
    },
    {
      label: 'The constraint moves into the objective',
      left: F, relation: 'equal', right: sub(R, mul(beta, sub(regulariser, kappa))), kind: 'definition',
      why: 'The Lagrangian: what goes over the limit κ is charged for with the multiplier β, which is at least zero. Where the divergence is exactly κ, its value is the reconstruction term.',
    },
    {
      label: 'Without the constant',
      ...lineOf(BETA_OBJECTIVE), kind: 'definition',
      why: 'The limit κ does not depend on the networks. In practice β is chosen in its place and kept fixed: a tight limit means a large β. This is the objective of a beta-VAE.',
    },
    {
      label: 'Both objectives differ by a constant',
      left: F, relation: 'equal', right: add(objective, mul(beta, kappa)), kind: 'numeric',
      why: 'The brackets of the Lagrangian were multiplied out. For fixed β and κ both have the same gradients.',
    },
    {
      label: 'The objective is the smaller one',
      left: F, relation: 'at-least', right: objective, kind: 'numeric',
      why: 'The constant is a product of two numbers that are at least zero. Both sides agree for κ = 0.',
    },
    {
      label: 'With β = 1 it is the bound',
      left: elbo, relation: 'equal', right: sub(R, regulariser), kind: 'numeric',
      why: 'The evidence lower bound is reconstruction less divergence, and that is the objective with the weight 1.',
    },
    {
      label: 'With another β',
      left: objective, relation: 'equal', right: sub(elbo, mul(sub(beta, one), regulariser)), kind: 'numeric',
      why: 'One divergence was used up for the bound; β − 1 of them are left to be subtracted.',
    },
    {
      label: 'Above one it stays below the bound',
      left: objective, relation: 'at-most', right: elbo, kind: 'numeric',
      why: 'A divergence is never negative. So with β ≥ 1 the objective is a lower bound on the log-likelihood as well, only a weaker one. For β below 1 it need not be a bound.',
    },
    {
      label: 'A flatter likelihood under the prior',
      left: Z, relation: 'equal', right: expectation('latent', prior, flatter), kind: 'definition',
      why: 'To see what β asks of the encoder, the likelihood is taken to the power of 1/β, for a β greater than zero. For β above 1 that makes it flatter. Its mean under the prior gets a name; for β = 1 it is the evidence.',
    },
    {
      label: 'The posterior that belongs to it',
      left: best, relation: 'equal', right: div(mul(prior, flatter), Z), kind: 'definition',
      why: 'Bayes\' rule with the flatter likelihood. Dividing by Z makes the probabilities add up to 1.',
    },
    {
      label: 'The objective as a gap',
      left: objective, relation: 'equal', right: sub(mul(beta, log(Z)), mul(beta, toBest)), kind: 'numeric',
      why: 'Solved for the likelihood, its logarithm is β times the logarithm of q* Z over the prior. Put into the reconstruction term, the prior cancels against that in the divergence. Only the last term depends on the encoder.',
    },
    {
      label: 'The best encoder',
      left: objective, relation: 'at-most', right: mul(beta, log(Z)), kind: 'numeric',
      why: 'The divergence that is subtracted is zero exactly if the encoder is q*. So with β above 1 a beta-VAE does not look for the true posterior but for one that trusts the decoder less and stays nearer to the prior.',
    },
    {
      label: 'Its objective',
      left: sub(expectation('latent', best, log(likelihood)), mul(beta, kl('latent', best, prior))), relation: 'equal', right: mul(beta, log(Z)), kind: 'numeric',
      why: 'The objective with q* in the place of the encoder. The divergence from q* to itself is zero, so the upper bound is reached.',
    },
    {
      label: 'What a larger β costs',
      left: derivative(beta, mul(beta, log(expectation('latent', prior, flatter)))), relation: 'equal', right: neg(kl('latent', best, prior)), kind: 'numeric',
      why: 'Here Z is written out, because it depends on β. When β grows, the best objective falls by the divergence that the best encoder still has. Its own change adds nothing, since at a maximum the first derivative is zero.',
    },
    {
      label: 'A decoder with unit variance',
      left: neg(log(likelihood)), relation: 'equal', right: add(mul(half, error), mul(halfD, log(mul(two, PI)))), kind: 'definition',
      why: 'From here on the decoder is the usual one: a Gaussian around its output g(z), with variance 1 in each of D components. Its negative logarithm has the squared error with the weight one half.',
    },
    {
      label: 'The loss of this beta-VAE',
      left: sym('betaLoss'), relation: 'equal', right: add(underEncoder(mul(half, error)), mul(beta, regulariser)), kind: 'definition',
      why: 'The objective with its sign turned, and without the constant.',
    },
    {
      label: 'Divide by β',
      left: div(sym('betaLoss'), beta), relation: 'equal', right: add(underEncoder(mul(div(one, mul(two, beta)), error)), regulariser), kind: 'numeric',
      why: 'A positive factor changes neither where the minimum is nor the direction of a gradient. Now the divergence has the weight 1, as in the bound.',
    },
    {
      label: 'Name the weight of the squared error',
      left: C, relation: 'equal', right: div(one, mul(two, beta)), kind: 'definition',
      why: 'The squared error has the weight C = 1/(2β). A large β makes C small.',
    },
    {
      label: 'It is the loss of a plain VAE',
      left: div(sym('betaLoss'), beta), relation: 'equal', right: add(mul(C, underEncoder(error)), regulariser), kind: 'numeric',
      why: 'The name was put in and taken out of the mean. This is the loss of a VAE with the weight C, and that loss belongs to a decoder with the variance 1/(2C).',
    },
    {
      label: 'Its variance',
      left: pow(sigma, 2), relation: 'equal', right: beta, kind: 'definition',
      why: 'One over 2C is β. So the beta-VAE with unit variance is a VAE whose decoder has the variance β.',
    },
    {
      label: 'Up to scale and a constant',
      left: add(underEncoder(neg(log(gaussian(x, decoded, pow(sigma, 2))))), regulariser), relation: 'equal', right: add(div(sym('betaLoss'), beta), mul(halfD, log(mul(two, PI, beta)))), kind: 'numeric',
      why: 'On the left is the negative evidence lower bound of the VAE with the variance β. It differs from the loss by the factor β and by a constant, so for fixed β both have the same best networks. The constant matters when models with different β are compared, or when the variance is learned.',
    },
  ],
};
