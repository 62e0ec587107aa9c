/** The Jensen–Shannon divergence: from the mixture, as entropies, as the information about a coin, and its two bounds. */
import { add, apply, conditional, crossEntropy, div, entropy, expectation, fn, kl, mul, num, sqrt, sub, sym, total, type Expr } from '../../formulas/expr';
import { LIN_1991 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { sharedTight, sharedWorld } from '../worlds/jensen-shannon';

const [zero, one, two, three, four] = [num(0), num(1), num(2), num(3), num(4)];
const half = div(one, two);
const [x, z, JS] = [sym('outcome'), sym('coinSide'), sym('sharedDivergence')];
const [p, q, m] = [apply('firstDistribution', x), apply('secondDistribution', x), apply('midDistribution', x)];
const joint = (side: Expr): Expr => apply('coinJoint', x, side);
const posterior = (side: Expr): Expr => conditional('coinPosterior', side, x);
const log = (of: Expr): Expr => fn('log', of);
const over = (body: Expr): Expr => total('outcome', body);
const [toMiddle, fromOther] = [kl('outcome', p, m), kl('outcome', q, m)];
const [forward, reverse] = [kl('outcome', p, q), kl('outcome', q, p)];
const means = log(div(m, sqrt(mul(p, q))));

export const JENSEN_SHANNON: Derivation = {
  id: 'jensen-shannon',
  title: 'The Jensen–Shannon divergence',
  shows:
    'Why the mean divergence of two distributions from their mixture is a difference of entropies, and what a value says about the coin that chose its source. It is symmetric, never negative and never above log 2, even where the Kullback–Leibler divergence is infinite.',
  source: LIN_1991('the divergence with equal weights, and its bounds'),
  prerequisites: [
    'The Kullback–Leibler divergence, entropy and cross-entropy.',
    'Logarithms are natural, so all quantities are in nats; with logarithms to the base 2 the largest value is 1 bit.',
    'Where a distribution is zero, its term p log p counts as zero.',
  ],
  after: ['kl-properties', 'entropy-cross-entropy'],
  given: ['outcome', 'coinSide', 'firstDistribution', 'secondDistribution'],
  cases: inWorlds(sharedWorld, { tight: sharedTight }),
  steps: [
    {
      label: 'The mixture',
      left: m, relation: 'equal', right: mul(half, add(p, q)), kind: 'definition',
      why: 'Both distributions in equal parts. It is above zero wherever one of the two is.',
    },
    {
      label: 'Definition',
      left: JS, relation: 'equal', right: add(mul(half, toMiddle), mul(half, fromOther)), kind: 'definition',
      why: 'Each distribution is compared with the mixture in place of the other distribution, and the two divergences are averaged.',
    },
    {
      label: 'As one sum',
      left: JS, relation: 'equal', right: mul(half, over(add(mul(p, log(div(p, m))), mul(q, log(div(q, m)))))), kind: 'numeric',
      why: 'Both divergences written out as sums over the same values.',
    },
    {
      label: 'It is symmetric',
      left: JS, relation: 'equal', right: add(mul(half, kl('outcome', q, mul(half, add(q, p)))), mul(half, kl('outcome', p, mul(half, add(q, p))))), kind: 'numeric',
      why: 'The definition with p and q exchanged. The mixture stays the same and so does the sum of the two terms.',
    },
    {
      label: 'A divergence as a difference',
      left: toMiddle, relation: 'equal', right: sub(crossEntropy('outcome', p, m), entropy('outcome', p)), kind: 'numeric',
      why: 'The logarithm of the quotient was split: the cross-entropy of p with the mixture, less the entropy of p.',
    },
    {
      label: 'The same for the other one',
      left: fromOther, relation: 'equal', right: sub(crossEntropy('outcome', q, m), entropy('outcome', q)), kind: 'numeric',
      why: 'With q in the place of p; the mixture is the same.',
    },
    {
      label: 'The mean of the two cross-entropies',
      left: add(mul(half, crossEntropy('outcome', p, m)), mul(half, crossEntropy('outcome', q, m))), relation: 'equal', right: entropy('outcome', m), kind: 'numeric',
      why: 'Both are means of the same function, −log m(x), under p and under q. Half of the one plus half of the other is its mean under the mixture, and that is the entropy of the mixture.',
    },
    {
      label: 'As entropies',
      left: JS, relation: 'equal', right: sub(entropy('outcome', m), mul(half, add(entropy('outcome', p), entropy('outcome', q)))), kind: 'numeric',
      why: 'The last three lines together: the entropy of the mixture less the mean of the two entropies. It says how much uncertainty mixing has added.',
    },
    {
      label: 'Never negative',
      left: JS, relation: 'at-least', right: zero, kind: 'numeric',
      why: 'A mean of two Kullback–Leibler divergences, neither of which is negative. It is zero only if both are, so only if p and q both agree with the mixture, and then with each other. In terms of entropies: mixing never lowers entropy below the mean.',
    },
    {
      label: 'A coin chooses the source: p',
      left: joint(zero), relation: 'equal', right: mul(half, p), kind: 'definition',
      why: 'A fair coin z is tossed. If it shows 0, the value is drawn from p.',
    },
    {
      label: 'And q',
      left: joint(one), relation: 'equal', right: mul(half, q), kind: 'definition',
      why: 'If it shows 1, the value is drawn from q.',
    },
    {
      label: 'The value alone',
      left: total('coinSide', joint(z)), relation: 'equal', right: m, kind: 'numeric',
      why: 'Both ways added up. Whoever sees the value but not the coin sees a draw from the mixture.',
    },
    {
      label: 'What the value says about the coin',
      left: posterior(z), relation: 'equal', right: div(joint(z), m), kind: 'definition',
      why: 'Bayes\' rule, wherever the mixture is above zero. A classifier that tells the two sources apart estimates this.',
    },
    {
      label: 'How probable p is as the source',
      left: posterior(zero), relation: 'equal', right: div(p, add(p, q)), kind: 'numeric',
      why: 'The factors one half cancel. With data as p and a generator as q this is the best discriminator of a GAN.',
    },
    {
      label: 'As mutual information of value and coin',
      left: JS, relation: 'equal', right: total('coinSide', over(mul(joint(z), log(div(joint(z), mul(half, m)))))), kind: 'numeric',
      why: 'In the term of each side of the coin the factors one half inside of the logarithm cancel, which leaves p log(p/m) or q log(q/m), each with the weight one half: the sum of the third line. As it stands it is the divergence from the joint distribution to the product of its two parts, one half for the coin and the mixture for the value. This is called the mutual information, and it is zero if the value says nothing about the coin.',
    },
    {
      label: 'The doubt that is left',
      left: sub(log(two), JS), relation: 'equal', right: expectation('outcome', m, entropy('coinSide', posterior(z))), kind: 'numeric',
      why: 'A fair coin has the entropy log 2. The information about it is this entropy less the mean entropy that is left once the value is known; here the equation was solved for the latter.',
    },
    {
      label: 'The quotient is never above 2',
      left: log(div(p, m)), relation: 'at-most', right: log(two), kind: 'numeric',
      why: 'The mixture is at least half of p, since q is not negative. The line is about values with p above zero. Both sides are equal where q is zero.',
    },
    {
      label: 'So each divergence is bounded',
      left: toMiddle, relation: 'at-most', right: log(two), kind: 'numeric',
      why: 'The mean of numbers that are at most log 2 is at most log 2. The divergence of q from the mixture has the same bound.',
    },
    {
      label: 'Never above log 2',
      left: JS, relation: 'at-most', right: log(two), kind: 'numeric',
      why: 'The mean of the two divergences. Both sides are equal if and only if no value can come from both distributions: then every value gives the coin away and no doubt is left. Between such distributions the value log 2 does not depend on how far apart they lie. So its gradient is zero as long as they do not overlap, and a generator that is trained with it alone is not told where to go.',
    },
    {
      label: 'Arithmetic and geometric mean',
      left: m, relation: 'at-least', right: sqrt(mul(p, q)), kind: 'numeric',
      why: 'The mixture is the arithmetic mean of the two probabilities, and the geometric mean is never above it. They are equal where p and q are.',
    },
    {
      label: 'One divergence and the one without the mixture',
      left: toMiddle, relation: 'equal', right: sub(mul(half, forward), expectation('outcome', p, means)), kind: 'numeric',
      why: 'Where p and q are both above zero: log(p/m) is half of log(p/q) less the logarithm of m over the geometric mean. The mean under p was taken.',
    },
    {
      label: 'The relation to the Kullback–Leibler divergences',
      left: JS, relation: 'equal', right: sub(mul(div(one, four), add(forward, reverse)), expectation('outcome', m, means)), kind: 'numeric',
      why: 'The same line for q, and the mean of both. The last term is a mean of logarithms of numbers that are at least 1, so it is not negative: the Jensen–Shannon divergence is at most a quarter of the sum of the divergences in both directions.',
    },
    {
      label: 'Finite where the other is not',
      left: add(mul(half, add(mul(half, log(div(half, div(three, four)))), mul(half, log(div(half, div(one, four)))))), mul(half, log(div(one, div(three, four))))), relation: 'equal',
      right: mul(div(three, four), log(div(four, three))), kind: 'numeric',
      why: 'An example: p is a fair coin and q always shows heads, so the mixture is 3/4 and 1/4. The result is 0.216 nats. The divergence from p to q has the term one half times log(1/2 over 0) and is infinite. In the mixture no denominator is zero where its numerator is not.',
    },
  ],
};
