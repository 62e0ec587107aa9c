/** The marginal likelihood of a model with a latent variable, its gradient by Fisher's identity, and why sampling from the prior estimates it badly. */
import { apply, conditional, div, expectation, fn, gradient, kl, mul, num, pow, sub, sym, total, type Expr } from '../../formulas/expr';
import { BISHOP_2006 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { marginalTight, marginalWorld } from '../worlds/latent-marginal';

const one = num(1);
const [x, z] = [sym('x'), sym('latent')];
const prior = apply('prior', z);
const likelihood = conditional('likelihood', x, z);
const joint = apply('modelJoint', x, z);
const evidence = apply('evidence', x);
const posterior = conditional('posterior', z, x);
const weight = div(likelihood, evidence);
const log = (of: Expr): Expr => fn('log', of);
const all = (body: Expr): Expr => total('latent', body);
const grad = (of: Expr): Expr => gradient('parameters', of);
const overPrior = (body: Expr): Expr => expectation('latent', prior, body);
const overPosterior = (body: Expr): Expr => expectation('latent', posterior, body);

export const LATENT_VARIABLE_MARGINAL: Derivation = {
  id: 'latent-variable-marginal',
  title: 'The marginal likelihood of a latent variable model',
  shows:
    'How the probability of an example is a sum over latent variables, and how its gradient is a mean under the posterior. Then why the sum is hard to estimate by drawing from the prior.',
  source: BISHOP_2006('sections 9.4 and 11.1.4'),
  prerequisites: [
    'Bayes\' rule and the sum rule.',
    'The derivative of a logarithm, and the chain rule of differentiation.',
    'For the last line: Jensen\'s inequality and the Kullback–Leibler divergence.',
  ],
  after: ['bayes-evidence', 'jensen', 'kl-properties'],
  given: ['x', 'latent', 'prior', 'likelihood', 'parameters'],
  cases: inWorlds(marginalWorld, { tight: marginalTight }),
  steps: [
    {
      label: 'Example and latent variable together',
      left: joint, relation: 'equal', right: mul(prior, likelihood), kind: 'definition',
      why: 'First a latent variable z is drawn from the prior, then an example x from the distribution that the decoder gives for z. The parameters θ are those of the decoder; the prior has none here.',
    },
    {
      label: 'The marginal likelihood',
      left: evidence, relation: 'equal', right: all(joint), kind: 'definition',
      why: 'The latent variable is never seen. So the probability of x is the sum over all z that may have made it; for continuous z it is an integral. It is also called the evidence.',
    },
    {
      label: 'With prior and likelihood',
      left: evidence, relation: 'equal', right: all(mul(prior, likelihood)), kind: 'numeric',
      why: 'The joint probability was written out. For one z both factors are easy to compute; it is the number of different z that makes the sum hard.',
    },
    {
      label: 'A mean under the prior',
      left: evidence, relation: 'equal', right: overPrior(likelihood), kind: 'numeric',
      why: 'A sum weighted by the prior is a mean under the prior: how probable x is on average when z is drawn blindly.',
    },
    {
      label: 'The posterior',
      left: posterior, relation: 'equal', right: div(joint, evidence), kind: 'definition',
      why: 'Bayes\' rule: which z have made this x, and how probably. Few of them, as a rule.',
    },
    {
      label: 'The gradient of the log-likelihood',
      left: grad(log(evidence)), relation: 'equal', right: div(grad(evidence), evidence), kind: 'numeric',
      why: 'The derivative of the logarithm is one over its argument, times the derivative of the argument. The gradient is taken by all parameters θ.',
    },
    {
      label: 'The gradient goes into the sum',
      left: grad(evidence), relation: 'equal', right: all(grad(joint)), kind: 'numeric',
      why: 'The derivative of a sum is the sum of the derivatives. For an integral the exchange needs a bound on the gradients that can itself be integrated; usual models have one.',
    },
    {
      label: 'The log-derivative trick',
      left: grad(joint), relation: 'equal', right: mul(joint, grad(log(joint))), kind: 'numeric',
      why: 'The rule for the derivative of a logarithm, read from right to left and multiplied by the joint probability, which has to be above zero for that.',
    },
    {
      label: 'Put together',
      left: grad(log(evidence)), relation: 'equal', right: all(mul(div(joint, evidence), grad(log(joint)))), kind: 'numeric',
      why: 'The last three lines put into each other. The evidence does not depend on z, so it may stand inside of the sum.',
    },
    {
      label: 'Fisher\'s identity',
      left: grad(log(evidence)), relation: 'equal', right: overPosterior(grad(log(joint))), kind: 'numeric',
      why: 'The quotient is the posterior. The gradient of the log-likelihood is the mean, under the posterior, of the gradient that one would have if z had been seen. The expectation–maximisation algorithm rests on this.',
    },
    {
      label: 'Only the decoder has parameters',
      left: grad(log(evidence)), relation: 'equal', right: overPosterior(grad(log(likelihood))), kind: 'numeric',
      why: 'The logarithm of the joint probability is the log-prior plus the log-likelihood, and the prior does not contain θ. A prior with parameters would keep its own term.',
    },
    {
      label: 'How useful one draw from the prior is',
      left: weight, relation: 'equal', right: div(posterior, prior), kind: 'numeric',
      why: 'Bayes\' rule once more. The likelihood of a draw, relative to its mean, says how much more probable z is after x was seen than before. It is the weight of this draw in the estimate.',
    },
    {
      label: 'On average the estimate is right',
      left: overPrior(weight), relation: 'equal', right: one, kind: 'numeric',
      why: 'The mean of the likelihood under the prior is the evidence. So the mean over draws from the prior has no bias.',
    },
    {
      label: 'Its relative variance',
      left: overPrior(pow(sub(weight, one), 2)), relation: 'equal', right: sub(overPrior(pow(weight, 2)), one), kind: 'numeric',
      why: 'The variance of the weight of one draw: the mean of the square less the square of the mean, which is 1. With S independent draws the relative variance of their mean is this divided by S.',
    },
    {
      label: 'The mean square as a mean under the posterior',
      left: overPrior(pow(weight, 2)), relation: 'equal', right: overPosterior(div(posterior, prior)), kind: 'numeric',
      why: 'Prior times weight is the posterior. So one of the two weights in the square turns the mean under the prior into a mean under the posterior, and the other one stays.',
    },
    {
      label: 'It grows exponentially with the divergence',
      left: overPosterior(div(posterior, prior)), relation: 'at-least', right: fn('exp', kl('latent', posterior, prior)), kind: 'numeric',
      why: 'Jensen\'s inequality: the mean of a quotient is at least the exponential of the mean of its logarithm. So for a given accuracy the number of draws has to grow at least like the exponential of the divergence from posterior to prior. With fifty nats no computer can draw enough, which is why a lower bound is used.',
    },
  ],
};
