/** The importance weighted bound of Burda et al. 2016. Draws are counted by i, and k is how many there are, as in the paper. */
import { add, apply, conditional, div, expectation, gradient, kronecker, letter, mul, product, sub, sum, sym, type Expr, type Index, type Letter } from '../../formulas/expr';
import { BURDA_2016 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { iwaeWorld, manyDraws } from '../worlds/iwae';
import { elbo, evidence, encoder, joint, log, one, underEncoder, x } from './parts';

const k = letter('k');
const more = add(k, one);
const [draws, moreDraws] = [sym('latentDraws'), sym('moreDraws')];
const [w, zi, m, share] = [sym('importanceWeight', 'i'), sym('latentDraw', 'i'), sym('subsetMean', 'i'), sym('normalisedWeight', 'i')];
const [jointOf, encoderOf] = [apply('modelJoint', x, zi), conditional('encoder', zi, x)];
const [ofDraws, ofMoreDraws] = [conditional('drawDistribution', draws, x), conditional('drawDistribution', moreDraws, x)];
const overDraws = (body: Expr): Expr => expectation('latentDraws', ofDraws, body);
const overMoreDraws = (body: Expr): Expr => expectation('moreDraws', ofMoreDraws, body);
const average = (body: Expr): Expr => mul(div(one, k), sum(1, k, body, 'i'));
const averageOfMore = (body: Expr, by: Letter = 'i'): Expr => mul(div(one, more), sum(1, more, body, by));
const bound = (index: Index): Expr => sym('iwaeBound', index);
const byTheta = (of: Expr): Expr => gradient('parameters', of);

export const IWAE: Derivation = {
  id: 'iwae',
  title: 'The importance weighted bound',
  shows:
    'How several draws of the encoder for one example give a bound that is never worse than the evidence lower bound, never worse with one draw more, and exact in the limit. Then how its gradient shares the credit among the draws.',
  source: BURDA_2016('section 3, theorem 1 and appendix A'),
  prerequisites: [
    'The evidence lower bound, and Jensen\'s inequality.',
    'Independent draws have the product of their probabilities.',
    'k is the number of draws for one example, and i counts them. The mean over draws goes inside of the logarithm here.',
  ],
  after: ['elbo-jensen', 'reparameterisation-gradient'],
  given: ['x', 'latent', 'latentDraw', 'latentDraws', 'moreDraws', 'modelJoint', 'encoder', 'evidence', 'elbo', 'parameters'],
  cases: inWorlds((seed, step) => iwaeWorld(seed, step), { tight: (seed, step) => iwaeWorld(seed, step, true), limit: manyDraws }),
  steps: [
    {
      label: 'The weight of one draw',
      left: w, relation: 'equal', right: div(jointOf, encoderOf), kind: 'definition',
      why: 'A draw that the model finds probable together with the example, but that the encoder rarely makes, gets a large weight. Importance sampling corrects in this way for drawing from the wrong distribution.',
    },
    {
      label: 'Independent draws',
      left: ofDraws, relation: 'equal', right: product(1, k, encoderOf, 'i'), kind: 'definition',
      why: 'The encoder draws k times for the same example. The draws do not know of each other, so their probabilities are multiplied.',
    },
    {
      label: 'One weight is right on average',
      left: underEncoder(div(joint, encoder)), relation: 'equal', right: evidence, kind: 'numeric',
      why: 'Inside of the mean the encoder cancels, and the sum of the joint probabilities over all z is the evidence.',
    },
    {
      label: 'So is the average weight',
      left: overDraws(average(w)), relation: 'equal', right: evidence, kind: 'numeric',
      why: 'Each of the k weights has the evidence as its mean, and so has their average. It only scatters less.',
    },
    {
      label: 'Name the bound with k draws (section 3)',
      left: bound('k'), relation: 'equal', right: overDraws(log(average(w))), kind: 'definition',
      why: 'The mean of the logarithm of the average weight. In code: logsumexp of the log-weights over the draws, minus log k.',
    },
    {
      label: 'It is a lower bound',
      left: log(evidence), relation: 'at-least', right: bound('k'), kind: 'numeric',
      why: 'By Jensen\'s inequality the mean of the logarithm is at most the logarithm of the mean, and the mean of the average weight is the evidence. They agree only where all weights are equal, that is where the encoder is the posterior.',
    },
    {
      label: 'One draw gives the evidence lower bound',
      left: bound('1'), relation: 'equal', right: elbo, kind: 'numeric',
      why: 'With k = 1 the average is the one weight itself, and the mean of its logarithm is the evidence lower bound.',
    },
    {
      label: 'Leave one draw out',
      left: m, relation: 'equal', right: mul(div(one, k), sum(1, more, mul(sub(one, kronecker('i', 'j')), sym('importanceWeight', 'j')), 'j')), kind: 'definition',
      why: 'To compare k draws with k + 1, draw one more and leave the i-th out: the symbol δ is 1 where both letters are the same and else 0, so the i-th weight counts nothing. What is left are k independent draws, and this is their average weight.',
    },
    {
      label: 'The average of the averages',
      left: averageOfMore(w), relation: 'equal', right: averageOfMore(m), kind: 'numeric',
      why: 'There are k + 1 ways to leave one out. Each weight is in k of them, and each of these averages divides by k. So averaging all of them gives the average of all weights.',
    },
    {
      label: 'The bound with one draw more',
      left: bound('k+1'), relation: 'equal', right: overMoreDraws(log(averageOfMore(m))), kind: 'numeric',
      why: 'The bound with k + 1 draws is the mean of the logarithm of the average of k + 1 weights, and this average was replaced by the average of the averages.',
    },
    {
      label: 'Each of the averages belongs to k draws',
      left: overMoreDraws(log(m)), relation: 'equal', right: bound('k'), kind: 'numeric',
      why: 'The average does not contain the i-th draw. The k others are independent draws of the encoder, so the mean of its logarithm is the bound with k draws, whichever draw was left out.',
    },
    {
      label: 'And so does their average',
      left: overMoreDraws(averageOfMore(log(m))), relation: 'equal', right: bound('k'), kind: 'numeric',
      why: 'The mean of an average is the average of the means. All of them are the same number.',
    },
    {
      label: 'What one draw more gains, exactly',
      left: sub(bound('k+1'), bound('k')), relation: 'equal', right: overMoreDraws(averageOfMore(log(div(averageOfMore(sym('subsetMean', 'j'), 'j'), m)))), kind: 'numeric',
      why: 'The line above subtracted from the bound with one draw more. The logarithm of the average does not depend on which draw is left out, so it may be put into each term of the average over these; there the difference of two logarithms is the logarithm of a quotient. On the right stands, for each choice of draws, the logarithm of an average less the average of the logarithms.',
    },
    {
      label: 'More draws never make it worse (theorem 1)',
      left: bound('k+1'), relation: 'at-least', right: bound('k'), kind: 'numeric',
      why: 'By Jensen\'s inequality the logarithm of an average is at least the average of the logarithms, so the right side of the line above is never negative. It is zero only where all weights are alike, for every choice of draws. From k = 1 on the bound climbs from the evidence lower bound towards the logarithm of the evidence.',
    },
    {
      label: 'In the limit it is exact (theorem 1)',
      left: bound('k'), relation: 'approaches', right: log(evidence), kind: 'numeric',
      why: 'As k grows the average weight comes as close to its mean, the evidence, as one likes: this is the law of large numbers. The theorem assumes that the weights are bounded, so that the logarithm does so on average too. How fast the gap closes it does not say; where the weights scatter little it shrinks like 1/k.',
    },
    {
      label: 'The share of one draw',
      left: share, relation: 'equal', right: div(w, sum(1, k, sym('importanceWeight', 'j'), 'j')), kind: 'definition',
      why: 'Each weight over the sum of all. In code this is the softmax of the log-weights.',
    },
    {
      label: 'The shares add up to one',
      left: sum(1, k, share, 'i'), relation: 'equal', right: one, kind: 'numeric',
      why: 'All of them have the same denominator, and their numerators add up to it.',
    },
    {
      label: 'The gradient for given draws',
      left: byTheta(log(sum(1, k, div(jointOf, encoderOf), 'i'))), relation: 'equal', right: sum(1, k, mul(share, byTheta(log(jointOf))), 'i'), kind: 'numeric',
      why: 'The gradient of a logarithm is the gradient over the function; the factor 1/k only adds a constant and was left out. The gradient of a weight is the weight times the gradient of its logarithm. So each draw counts by its share. The encoder does not depend on θ.',
    },
    {
      label: 'The gradient of the bound',
      left: byTheta(overDraws(log(average(div(jointOf, encoderOf))))), relation: 'equal', right: overDraws(sum(1, k, mul(share, byTheta(log(jointOf))), 'i')), kind: 'numeric',
      why: 'Mean and gradient were exchanged, since the draws do not depend on θ. Draws with a small weight beside the others get nearly no say. For the parameters of the encoder the draws are reparameterised first, and the same shares appear.',
    },
  ],
};
