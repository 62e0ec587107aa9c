/** The evidence lower bound by Jensen's inequality. */
import { div, mul, sub, total } from '../../formulas/expr';
import { LUO_2022 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { boundWorld } from '../worlds/bounds';
import { elbo, encoder, evidence, joint, log, posterior, underEncoder, underPosterior } from './parts';

const quotient = div(joint, encoder);

export const ELBO_JENSEN: Derivation = {
  id: 'elbo-jensen',
  title: 'The evidence lower bound by Jensen\'s inequality',
  shows:
    'How the logarithm of a sum that cannot be computed becomes the mean of a logarithm that can be estimated from draws of the encoder. The price is an inequality, and the last lines say when it costs nothing.',
  source: LUO_2022('section "Evidence Lower Bound"; the bound itself is eq. 2 of Kingma & Welling 2014'),
  prerequisites: [
    'A model gives a joint probability p(x, z) to an example x with a latent variable z. The latent variable takes finitely many values here; with densities the sums become integrals.',
    'An expectation is a sum of values, each weighted with its probability.',
    'Jensen\'s inequality: the logarithm of a mean is at least the mean of the logarithms, since the logarithm is concave.',
  ],
  after: ['jensen', 'latent-variable-marginal'],
  given: ['x', 'latent', 'modelJoint', 'evidence', 'encoder', 'posterior'],
  cases: inWorlds((seed) => boundWorld(seed), { tight: (seed) => boundWorld(seed, 'posterior') }),
  steps: [
    {
      label: 'How probable an example is',
      left: evidence, relation: 'equal', right: total('latent', joint), kind: 'numeric',
      why: 'The latent variable is not observed. So the probabilities of the example with each of its values are added up. This is the evidence, and a good model gives a large one to the data.',
    },
    {
      label: 'Take the logarithm',
      left: log(evidence), relation: 'equal', right: log(total('latent', joint)), kind: 'numeric',
      why: 'The logarithm was taken on both sides, in nats. The sum has far too many terms to be computed, and the logarithm of a sum does not split into simpler parts.',
    },
    {
      label: 'Multiply by one',
      left: log(evidence), relation: 'equal', right: log(total('latent', mul(encoder, quotient))), kind: 'numeric',
      why: 'Each term was multiplied and divided by the probability that the encoder gives to z. That changes nothing as long as the encoder gives more than zero to every z to which the model gives more than zero.',
    },
    {
      label: 'Read the sum as a mean',
      left: log(evidence), relation: 'equal', right: log(underEncoder(quotient)), kind: 'numeric',
      why: 'A sum of values weighted with the probabilities of the encoder is their mean under the encoder. Such a mean can be estimated from draws.',
    },
    {
      label: 'Jensen\'s inequality',
      left: log(evidence), relation: 'at-least', right: underEncoder(log(quotient)), kind: 'numeric',
      why: 'On the right of the line above the logarithm has now gone inside the mean. It is concave, so the mean of the logarithms can only be smaller, or equal if the quotient is the same for every z.',
    },
    {
      label: 'Name the bound',
      left: elbo, relation: 'equal', right: underEncoder(log(quotient)), kind: 'definition',
      why: 'The right side of the inequality is called the evidence lower bound, ELBO for short. The mean of the logarithm at a few draws of the encoder estimates it without bias. Variational inference used this bound long before neural networks (Jordan et al. 1999).',
    },
    {
      label: 'It is a lower bound',
      left: log(evidence), relation: 'at-least', right: elbo, kind: 'numeric',
      why: 'The name was put into the inequality. So however high the bound is raised, the logarithm of the evidence is at least as high.',
    },
    {
      label: 'The bound in two terms (Kingma & Welling, eq. 2)',
      left: elbo, relation: 'equal', right: sub(underEncoder(log(joint)), underEncoder(log(encoder))), kind: 'numeric',
      why: 'The logarithm of a quotient is a difference of logarithms, and the mean of a difference is the difference of the means.',
    },
    {
      label: 'Where the quotient does not depend on z',
      left: div(joint, posterior), relation: 'equal', right: evidence, kind: 'numeric',
      why: 'Let the encoder be the true posterior. The joint probability is the posterior times the evidence, so the quotient is the evidence, the same number for every z.',
    },
    {
      label: 'Then the bound touches the evidence',
      left: underPosterior(log(div(joint, posterior))), relation: 'equal', right: log(evidence), kind: 'numeric',
      why: 'The left side is the bound with the true posterior in the place of the encoder. The mean of a constant is this constant, so nothing is lost by Jensen\'s inequality. Any other encoder pays something, and the next derivation says how much.',
    },
  ],
};
