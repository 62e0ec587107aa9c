/** The evidence lower bound of a hierarchical VAE whose latent variables form a Markov chain. */
import { add, apply, conditional, div, expectation, kl, mul, neg, product, sub, sum, sym, type Expr } from '../../formulas/expr';
import { LUO_2022 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { hierarchyWorld } from '../worlds/hierarchy';
import { elbo, evidence, log, x } from './parts';

const [chain, T, first, last, here, before] = [sym('latentChain'), sym('levelCount'), sym('chainLatent', '1'), sym('lastLatent'), sym('chainLatent', 't'), sym('chainLatent', 't-1')];
const joint = apply('chainJoint', x, chain);
const encoder = conditional('chainEncoder', chain, x);
const [likelihood, prior, generate] = [conditional('likelihood', x, first), apply('prior', last), conditional('generativeStep', before, here)];
const marginal = (of: Expr): Expr => conditional('encoder', of, x);
const [infer, reverse] = [conditional('inferenceStep', here, before), conditional('encoderReverse', before, here, x)];
const underChain = (body: Expr): Expr => expectation('latentChain', encoder, body);
const underFirst = (body: Expr): Expr => expectation('latent', marginal(first), body);
const overSteps = (body: Expr): Expr => sum(2, T, body, 't');
const throughSteps = (body: Expr): Expr => product(2, T, body, 't');
const topGap = kl('lastLatent', marginal(last), prior);
const term = sym('consistency', 't');

export const HVAE_ELBO: Derivation = {
  id: 'hvae-elbo',
  title: 'The evidence lower bound of a hierarchical VAE',
  shows:
    'How the bound of a model with a chain of latent variables z₁ … z_T splits into a reconstruction term, one divergence at the top and one for every step of the chain. With an encoder that is fixed to adding noise, this is the bound of a diffusion model.',
  source: LUO_2022('sections "Hierarchical Variational Autoencoders" and "Variational Diffusion Models"'),
  prerequisites: [
    'The evidence lower bound of a model with one latent variable.',
    'A Markov chain: each step looks only at the one before. z₁ stands next to the example, z_T at the top.',
    'Bayes\' rule, and the Kullback–Leibler divergence.',
  ],
  after: ['elbo-jensen', 'elbo-reconstruction-kl'],
  given: ['x', 'latentChain', 'chainLatent', 'lastLatent', 'prior', 'likelihood', 'generativeStep', 'encoder', 'inferenceStep', 'evidence'],
  cases: inWorlds((seed, step) => hierarchyWorld(seed, step), { tight: (seed, step) => hierarchyWorld(seed, step, true) }),
  steps: [
    {
      label: 'How the model makes an example',
      left: joint, relation: 'equal', right: mul(prior, likelihood, throughSteps(generate)), kind: 'definition',
      why: 'The top latent variable is drawn from the prior. From each level the one below is made, and from the first level the example. Each step looks only at the level above, so the probabilities are multiplied.',
    },
    {
      label: 'How the encoder draws the chain',
      left: encoder, relation: 'equal', right: mul(marginal(first), throughSteps(infer)), kind: 'definition',
      why: 'The encoder goes the other way: the first level from the example, then each level from the one below it, up to the top.',
    },
    {
      label: 'The evidence as a mean under the encoder',
      left: log(evidence), relation: 'equal', right: log(underChain(div(joint, encoder))), kind: 'numeric',
      why: 'The evidence is the sum of the joint probability over all chains. Multiplied and divided by the encoder it is a mean under it. The whole chain plays the part of the one latent variable.',
    },
    {
      label: 'Jensen\'s inequality',
      left: log(evidence), relation: 'at-least', right: underChain(log(div(joint, encoder))), kind: 'numeric',
      why: 'The logarithm goes inside of the mean. Both sides agree when the encoder of the whole chain is the true posterior.',
    },
    {
      label: 'Name the bound',
      left: elbo, relation: 'equal', right: underChain(log(div(joint, encoder))), kind: 'definition',
      why: 'The right side of the inequality is the evidence lower bound of the hierarchy.',
    },
    {
      label: 'Put both chains in',
      left: elbo, relation: 'equal', right: underChain(log(div(mul(prior, likelihood, throughSteps(generate)), mul(marginal(first), throughSteps(infer))))), kind: 'numeric',
      why: 'Joint probability and encoder were replaced by their products. The steps above go down the chain and those below go up, so they cannot be compared yet.',
    },
    {
      label: 'Turn a step of the encoder round',
      left: reverse, relation: 'equal', right: div(mul(infer, marginal(before)), marginal(here)), kind: 'definition',
      why: 'Bayes\' rule, with the example as a condition everywhere. The step upwards does not mention the example, because it looks only at the level below.',
    },
    {
      label: 'Solve for the step upwards',
      left: infer, relation: 'equal', right: mul(reverse, div(marginal(here), marginal(before))), kind: 'numeric',
      why: 'The line above was solved for the step of the encoder. Now it is told by a step downwards, as the model has it.',
    },
    {
      label: 'The quotients cancel along the chain',
      left: throughSteps(div(marginal(here), marginal(before))), relation: 'equal', right: div(marginal(last), marginal(first)), kind: 'numeric',
      why: 'Each denominator is the numerator of the step before. Only the last numerator and the first denominator are left.',
    },
    {
      label: 'The encoder from the top down',
      left: encoder, relation: 'equal', right: mul(marginal(last), throughSteps(reverse)), kind: 'numeric',
      why: 'The steps were replaced, and the probability of the first level cancels against the denominator that was left. The same distribution, now written from the top to the bottom.',
    },
    {
      label: 'Compare step with step',
      left: elbo, relation: 'equal', right: underChain(add(log(likelihood), log(div(prior, marginal(last))), overSteps(log(div(generate, reverse))))), kind: 'numeric',
      why: 'The encoder was put in from the top down, and the logarithm of the products split into a sum. Each step of the model stands over the step of the encoder between the same two levels.',
    },
    {
      label: 'Split the mean',
      left: elbo, relation: 'equal', right: add(underChain(log(likelihood)), underChain(log(div(prior, marginal(last)))), overSteps(underChain(log(div(generate, reverse))))), kind: 'numeric',
      why: 'The mean of a sum is the sum of the means. The three parts are looked at one by one.',
    },
    {
      label: 'Reconstruction',
      left: underChain(log(likelihood)), relation: 'equal', right: underFirst(log(likelihood)), kind: 'numeric',
      why: 'Only the first level occurs inside. The probabilities of the other levels add up to 1.',
    },
    {
      label: 'The top against the prior',
      left: underChain(log(div(prior, marginal(last)))), relation: 'equal', right: neg(topGap), kind: 'numeric',
      why: 'Only the top occurs inside, and the encoder stands below. So it is minus the divergence from the encoder\'s top to the prior.',
    },
    {
      label: 'Name the divergence of one step',
      left: term, relation: 'equal', right: expectation('latent', marginal(here), kl('chainLatent', reverse, generate)), kind: 'definition',
      why: 'For a given z_t the encoder seen backwards and the model both have a distribution of the level below. Their divergence is averaged over z_t as the encoder draws it.',
    },
    {
      label: 'Each step is such a divergence',
      left: underChain(log(div(generate, reverse))), relation: 'equal', right: neg(term), kind: 'numeric',
      why: 'Inside occur two neighbouring levels only. Their joint probability under the encoder is that of z_t times the step backwards. So the mean over z_{t−1} is a divergence with a minus sign, and that over z_t stays outside.',
    },
    {
      label: 'The bound in three parts',
      left: elbo, relation: 'equal', right: sub(sub(underFirst(log(likelihood)), topGap), overSteps(term)), kind: 'numeric',
      why: 'Reconstruction, less the divergence at the top, less that of every step. For T = 1 there is no step, and this is the bound of a plain VAE.',
    },
    {
      label: 'A name for the top, as in diffusion models',
      left: sym('lossPrior'), relation: 'equal', right: topGap, kind: 'definition',
      why: 'If the encoder is not trained but only adds noise, the top is as good as noise whatever the example was. Then this divergence has no parameters and is nearly zero.',
    },
    {
      label: 'The loss, as in diffusion models',
      left: neg(elbo), relation: 'equal', right: add(underFirst(neg(log(likelihood))), sym('lossPrior'), overSteps(term)), kind: 'numeric',
      why: 'The signs were turned. With the example as x₀, the levels as x₁ … x_T and noise steps as the encoder, this is the variational bound of diffusion models, eq. 5 of Ho et al. 2020, where D_t is called L with the index t − 1 and the first term L with the index 0. There each step backwards of the encoder is a Gaussian that is known.',
    },
  ],
};
