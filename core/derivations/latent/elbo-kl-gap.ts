/** What the evidence lower bound leaves out, exactly. */
import { add, apply, div, mul, sub } from '../../formulas/expr';
import { LUO_2022 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { boundWorld } from '../worlds/bounds';
import { inWorlds } from '../worlds/cases';
import { elbo, encoder, evidence, joint, log, one, posterior, posteriorGap, underEncoder, underPosterior, z, zero } from './parts';

const ratio = apply('densityRatio', z);
const excess = add(sub(mul(ratio, log(ratio)), ratio), one);

export const ELBO_KL_GAP: Derivation = {
  id: 'elbo-kl-gap',
  title: 'The gap of the evidence lower bound',
  shows:
    'That the evidence lower bound misses the logarithm of the evidence by one Kullback–Leibler divergence exactly: that from the encoder to the true posterior. Then why this gap is never negative, and zero only where the two agree.',
  source: LUO_2022('section "Evidence Lower Bound"; the result is eq. 1 of Kingma & Welling 2014'),
  prerequisites: [
    'The evidence lower bound (ELBO) of an example.',
    'The product rule of probability: p(x, z) = p(z | x) p(x).',
    'The Kullback–Leibler divergence of two distributions is the mean of the logarithm of their quotient under the first.',
    'Encoder and posterior give every z a probability greater than zero.',
  ],
  after: ['elbo-jensen', 'kl-properties'],
  given: ['x', 'latent', 'modelJoint', 'evidence', 'encoder', 'posterior'],
  cases: inWorlds((seed) => boundWorld(seed), { tight: (seed) => boundWorld(seed, 'posterior') }),
  steps: [
    {
      label: 'A constant is its own mean',
      left: log(evidence), relation: 'equal', right: underEncoder(log(evidence)), kind: 'numeric',
      why: 'The evidence does not depend on z. So its mean under the encoder, whose probabilities add up to 1, is the evidence itself.',
    },
    {
      label: 'The product rule, solved for the evidence',
      left: evidence, relation: 'equal', right: div(joint, posterior), kind: 'numeric',
      why: 'The joint probability is the posterior times the evidence. Divided by the posterior it is the evidence, whichever z is chosen.',
    },
    {
      label: 'Put it into the mean',
      left: log(evidence), relation: 'equal', right: underEncoder(log(div(joint, posterior))), kind: 'numeric',
      why: 'The evidence inside of the mean was replaced by the quotient of the line above, which is the same number for every z.',
    },
    {
      label: 'Multiply by one',
      left: log(evidence), relation: 'equal', right: underEncoder(log(mul(div(joint, encoder), div(encoder, posterior)))), kind: 'numeric',
      why: 'The encoder was put in once below and once above, where it cancels. Now the first fraction has no posterior in it any more.',
    },
    {
      label: 'Split the logarithm',
      left: log(evidence), relation: 'equal', right: add(underEncoder(log(div(joint, encoder))), underEncoder(log(div(encoder, posterior)))), kind: 'numeric',
      why: 'The logarithm of a product is the sum of the logarithms, and the mean of a sum is the sum of the means. The first term can be estimated; the second cannot, because it needs the true posterior.',
    },
    {
      label: 'The second term is a divergence',
      left: underEncoder(log(div(encoder, posterior))), relation: 'equal', right: posteriorGap, kind: 'numeric',
      why: 'The mean, under the encoder, of the logarithm of the quotient of encoder and posterior is just what the Kullback–Leibler divergence from the encoder to the posterior means.',
    },
    {
      label: 'The first term is the bound',
      left: elbo, relation: 'equal', right: underEncoder(log(div(joint, encoder))), kind: 'definition',
      why: 'This is the evidence lower bound as Jensen\'s inequality gave it. Here no inequality was needed to find it.',
    },
    {
      label: 'The evidence, exactly (Kingma & Welling, eq. 1)',
      left: log(evidence), relation: 'equal', right: add(elbo, posteriorGap), kind: 'numeric',
      why: 'Both names were put in. The left side does not depend on the encoder. So an encoder that raises the bound lowers the divergence by the same amount, and comes closer to the true posterior.',
    },
    {
      label: 'Compare the two distributions at one z',
      left: ratio, relation: 'equal', right: div(encoder, posterior), kind: 'definition',
      why: 'To see that the divergence is never negative, the quotient of the two gets a name: r is 1 where encoder and posterior agree.',
    },
    {
      label: 'The divergence as a mean of what is never negative',
      left: posteriorGap, relation: 'equal', right: underPosterior(excess), kind: 'numeric',
      why: 'Under the posterior the mean of r log r is the divergence, because the posterior times r is the encoder. The mean of r is 1, since the probabilities of the encoder add up to 1. So subtracting r and adding 1 changes nothing in the mean.',
    },
    {
      label: 'Each term is at least zero',
      left: excess, relation: 'at-least', right: zero, kind: 'numeric',
      why: 'The derivative of r log r − r + 1 by r is log r: negative below 1, positive above. So the expression is smallest at r = 1, where it is zero, and nowhere else.',
    },
    {
      label: 'So the bound is one',
      left: elbo, relation: 'at-most', right: log(evidence), kind: 'numeric',
      why: 'A mean of what is never negative is never negative, so the gap is at least zero. It is zero only if r is 1 at every z that the posterior allows: only if the encoder is the true posterior.',
    },
  ],
};
