/** The Kullback–Leibler divergence: never negative, zero only for equals, not symmetric, and how it takes distributions apart. */
import { add, apply, conditional, div, expectation, fn, kl, mul, neg, num, sub, sym, total, type Expr } from '../../formulas/expr';
import { COVER_THOMAS_2006 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { divergenceTight, divergenceWorld } from '../worlds/divergences';

const [zero, one] = [num(0), num(1)];
const [u, x, y] = [sym('positiveNumber'), sym('outcome'), sym('secondOutcome')];
const [p, q] = [apply('firstDistribution', x), apply('secondDistribution', x)];
const [otherP, otherQ] = [apply('firstOther', y), apply('secondOther', y)];
const [jointP, jointQ] = [apply('firstJoint', x, y), apply('secondJoint', x, y)];
const [nextP, nextQ] = [conditional('firstConditional', y, x), conditional('secondConditional', y, x)];
const gap = (at: Expr): Expr => apply('tangentGap', at);
const log = (of: Expr): Expr => fn('log', of);
const E = (body: Expr): Expr => expectation('outcome', p, body);
const [forward, reverse] = [kl('outcome', p, q), kl('outcome', q, p)];
const joint = kl('outcomePair', jointP, jointQ);
const overPairs = (body: Expr): Expr => expectation('outcomePair', jointP, body);
const coin = (a: Expr, b: Expr, other: Expr, otherB: Expr): Expr => add(mul(a, log(div(a, b))), mul(other, log(div(other, otherB))));

export const KL_PROPERTIES: Derivation = {
  id: 'kl-properties',
  title: 'Properties of the Kullback–Leibler divergence',
  shows:
    'Why the divergence of two distributions is never negative, zero only if they agree, and not the same in both directions. Then the chain rule, and why divergences of independent parts add up.',
  source: COVER_THOMAS_2006('sections 2.3, 2.5 and 2.6; the divergence was introduced by Kullback & Leibler 1951'),
  prerequisites: [
    'The mean of a function under a distribution.',
    'The logarithm stays below its tangent: log u ≤ u − 1.',
    'p and q are greater than zero at every value here. Where p is zero its term counts as zero; where only q is zero the divergence is infinite.',
  ],
  after: ['jensen'],
  given: ['outcome', 'secondOutcome', 'firstDistribution', 'secondDistribution', 'positiveNumber', 'firstJoint', 'secondJoint', 'firstOther', 'secondOther', 'outcomePair'],
  cases: inWorlds(divergenceWorld, { tight: divergenceTight }),
  steps: [
    {
      label: 'Definition',
      left: forward, relation: 'equal', right: E(log(div(p, q))), kind: 'definition',
      why: 'The mean, under p, of the logarithm of how much more probable x is under p than under q. The logarithm is the natural one, so the divergence is in nats.',
    },
    {
      label: 'As a sum',
      left: forward, relation: 'equal', right: total('outcome', mul(p, log(div(p, q)))), kind: 'numeric',
      why: 'A mean under p is a sum weighted by p(x). For densities the sum is an integral.',
    },
    {
      label: 'Turn the fraction over',
      left: neg(forward), relation: 'equal', right: E(log(div(q, p))), kind: 'numeric',
      why: 'Turning a fraction over changes the sign of its logarithm. So the negative of the divergence is a mean of logarithms, to which the tangent can be applied.',
    },
    {
      label: 'The tangent at every x',
      left: log(div(q, p)), relation: 'at-most', right: sub(div(q, p), one), kind: 'numeric',
      why: 'log u ≤ u − 1, with the quotient of the two probabilities as u. Both sides are equal only where the quotient is 1.',
    },
    {
      label: 'One term of the mean of the quotient',
      left: mul(p, div(q, p)), relation: 'equal', right: q, kind: 'numeric',
      why: 'In a mean under p each quotient has the weight p(x), which cancels with the denominator.',
    },
    {
      label: 'The mean of the quotient is 1',
      left: E(div(q, p)), relation: 'equal', right: one, kind: 'numeric',
      why: 'The terms that are left are the probabilities of q, and those add up to 1.',
    },
    {
      label: 'The divergence is never negative',
      left: forward, relation: 'at-least', right: zero, kind: 'numeric',
      why: 'The mean of the tangent line is 1 − 1 = 0, and the mean of the logarithm is at most that. It is the negative of the divergence.',
    },
    {
      label: 'What the tangent leaves over',
      left: gap(u), relation: 'equal', right: sub(sub(u, one), log(u)), kind: 'definition',
      why: 'How far the logarithm lies below the line: greater than zero everywhere but at u = 1, where it is zero.',
    },
    {
      label: 'Zero only if both agree',
      left: forward, relation: 'equal', right: E(gap(div(q, p))), kind: 'numeric',
      why: 'The mean of the line part is zero, so the divergence is the mean of g. A mean of terms that are not negative is zero only if each of them is, so the quotient is 1 at every x: the divergence is zero if and only if p and q agree. Some code that estimates a divergence from samples of p averages this g, since none of its terms is negative.',
    },
    {
      label: 'It is not symmetric',
      left: sub(forward, reverse), relation: 'equal', right: total('outcome', mul(add(p, q), log(div(p, q)))), kind: 'numeric',
      why: 'In the other direction the logarithm changes its sign and q gives the weights. The difference is not zero in general, as the next two lines show. So the divergence is no distance.',
    },
    {
      label: 'A fair coin seen as a biased one',
      left: coin(num(0.5), num(0.9), num(0.5), num(0.1)), relation: 'equal', right: log(div(num(5), num(3))), kind: 'numeric',
      why: 'p is a fair coin, q shows heads nine times out of ten. The product of the two quotients is 25/9, and half of its logarithm is log 5/3, which is 0.511 nats.',
    },
    {
      label: 'The biased coin seen as a fair one',
      left: coin(num(0.9), num(0.5), num(0.1), num(0.5)), relation: 'equal', right: sub(log(div(num(9), num(5))), mul(num(0.1), log(num(9)))), kind: 'numeric',
      why: 'The same two coins with their roles exchanged: 0.368 nats. To expect nine heads of ten and see a fair coin surprises more than the other way round.',
    },
    {
      label: 'Two quantities under p',
      left: jointP, relation: 'equal', right: mul(p, nextP), kind: 'definition',
      why: 'The product rule: first x, then y given x.',
    },
    {
      label: 'And under q',
      left: jointQ, relation: 'equal', right: mul(q, nextQ), kind: 'definition',
      why: 'The same for the other joint distribution.',
    },
    {
      label: 'The divergence of the pairs',
      left: joint, relation: 'equal', right: total('outcomePair', mul(jointP, add(log(div(p, q)), log(div(nextP, nextQ))))), kind: 'numeric',
      why: 'The definition, with a pair as the outcome. The quotient of the products is a product of quotients, and its logarithm is a sum.',
    },
    {
      label: 'The first part',
      left: overPairs(log(div(p, q))), relation: 'equal', right: forward, kind: 'numeric',
      why: 'The logarithm does not contain y. Summed over y, the joint probability is p(x), which leaves the divergence of x alone.',
    },
    {
      label: 'The second part',
      left: overPairs(log(div(nextP, nextQ))), relation: 'equal', right: E(kl('secondOutcome', nextP, nextQ)), kind: 'numeric',
      why: 'For every x the sum over y is the divergence of the two distributions of y given this x. The sum over x takes its mean under p.',
    },
    {
      label: 'The chain rule',
      left: joint, relation: 'equal', right: add(forward, E(kl('secondOutcome', nextP, nextQ))), kind: 'numeric',
      why: 'Both parts together. The bound of a diffusion model is taken apart in this way, one step of the chain after the other.',
    },
    {
      label: 'Independent parts add up',
      left: kl('outcomePair', mul(p, otherP), mul(q, otherQ)), relation: 'equal', right: add(forward, kl('secondOutcome', otherP, otherQ)), kind: 'numeric',
      why: 'If y does not depend on x, neither under p nor under q, the divergence of y is the same for every x and needs no mean. So the divergence of independent components is a sum over components, as in the loss of a variational autoencoder.',
    },
  ],
};
