/** Entropy, cross-entropy and what lies between them; labels, bits and code lengths. */
import { add, apply, crossEntropy, div, entropy, expectation, fn, kl, mul, neg, num, sub, sym, total, type Expr } from '../../formulas/expr';
import { COVER_THOMAS_2006 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { divergenceTight, divergenceWorld } from '../worlds/divergences';

const [one, two] = [num(1), num(2)];
const [x, c, K, bits] = [sym('outcome'), sym('label'), sym('outcomeCount'), sym('crossEntropyBits')];
const [p, q, u, y] = [apply('firstDistribution', x), apply('secondDistribution', x), apply('uniform', x), apply('labelDistribution', x)];
const log = (of: Expr): Expr => fn('log', of);
const E = (body: Expr): Expr => expectation('outcome', p, body);
const all = (body: Expr): Expr => total('outcome', body);
const [own, cross, divergence] = [entropy('outcome', p), crossEntropy('outcome', p, q), kl('outcome', p, q)];
const length = apply('codeLength', x);

export const ENTROPY_CROSS_ENTROPY: Derivation = {
  id: 'entropy-cross-entropy',
  title: 'Entropy and cross-entropy',
  shows:
    'Why the cross-entropy is the entropy plus the Kullback–Leibler divergence, and so never less than the entropy. Then what it is for labels, and how nats become bits.',
  source: COVER_THOMAS_2006('sections 2.1, 2.3, 2.6 and 5.4'),
  prerequisites: [
    'The mean of a function under a distribution.',
    'The Kullback–Leibler divergence, which is never negative and zero only if both distributions agree. Wherever p is above zero, so is q; else divergence and cross-entropy are infinite.',
    'Logarithms are natural, so that everything is in nats until the lines on bits.',
  ],
  after: ['kl-properties'],
  given: ['outcome', 'firstDistribution', 'secondDistribution', 'label', 'labelDistribution', 'outcomeCount'],
  cases: inWorlds(divergenceWorld, { tight: divergenceTight }),
  steps: [
    {
      label: 'Entropy',
      left: own, relation: 'equal', right: E(neg(log(p))), kind: 'definition',
      why: 'The negative log-probability of a value says how surprising it is. Entropy is the mean surprise of someone who knows the distribution p.',
    },
    {
      label: 'Entropy as a sum',
      left: own, relation: 'equal', right: neg(all(mul(p, log(p)))), kind: 'numeric',
      why: 'The mean under p is a sum weighted by p(x), and the sign was taken in front. A value that never occurs adds nothing.',
    },
    {
      label: 'Cross-entropy',
      left: cross, relation: 'equal', right: E(neg(log(q))), kind: 'definition',
      why: 'The mean surprise of someone who believes q while the values come from p. Papers write H(p, q).',
    },
    {
      label: 'Cross-entropy as a sum',
      left: cross, relation: 'equal', right: neg(all(mul(p, log(q)))), kind: 'numeric',
      why: 'The same step as before. Only the logarithm has q in it; the weights are still those of p.',
    },
    {
      label: 'The surprise at one value',
      left: neg(log(q)), relation: 'equal', right: add(neg(log(p)), log(div(p, q))), kind: 'numeric',
      why: 'The logarithm of the quotient is a difference, and the logarithm of p(x) cancels. Whoever believes q is as surprised as whoever knows p, plus the log-quotient.',
    },
    {
      label: 'The mean of the last term',
      left: E(log(div(p, q))), relation: 'equal', right: divergence, kind: 'numeric',
      why: 'This is the definition of the Kullback–Leibler divergence from p to q.',
    },
    {
      label: 'Cross-entropy is entropy plus divergence',
      left: cross, relation: 'equal', right: add(own, divergence), kind: 'numeric',
      why: 'The mean of all three terms under p. The entropy does not contain q, so making the cross-entropy small by changing q makes the divergence small.',
    },
    {
      label: 'Cross-entropy is at least the entropy',
      left: cross, relation: 'at-least', right: own, kind: 'numeric',
      why: 'The divergence is never negative, so nobody is less surprised on average than someone who knows p. Both sides are equal only if q is p. A loss that is a cross-entropy cannot fall below the entropy of the data.',
    },
    {
      label: 'A uniform distribution',
      left: u, relation: 'equal', right: div(one, K), kind: 'definition',
      why: 'For comparison: all K values are equally probable.',
    },
    {
      label: 'Its surprise is always the same',
      left: crossEntropy('outcome', p, u), relation: 'equal', right: log(K), kind: 'numeric',
      why: 'The negative logarithm of 1/K is log K at every value, and so is its mean. A classifier that has learnt nothing has this loss: log 10 = 2.303 for ten classes.',
    },
    {
      label: 'What is missing to log K',
      left: sub(log(K), own), relation: 'equal', right: kl('outcome', p, u), kind: 'numeric',
      why: 'Cross-entropy less entropy is the divergence, here from p to the uniform distribution.',
    },
    {
      label: 'Entropy is at most log K',
      left: own, relation: 'at-most', right: log(K), kind: 'numeric',
      why: 'The divergence is never negative. Only the uniform distribution reaches log K: nothing is harder to guess.',
    },
    {
      label: 'A label as a distribution',
      left: all(mul(y, log(q))), relation: 'equal', right: log(apply('secondDistribution', c)), kind: 'numeric',
      why: 'For a label c the distribution to be matched is one-hot: y_c(x) is 1 at x = c and 0 elsewhere. Only one term of the sum is left.',
    },
    {
      label: 'The loss of a classifier',
      left: crossEntropy('outcome', y, q), relation: 'equal', right: neg(log(apply('secondDistribution', c))), kind: 'numeric',
      why: 'The cross-entropy is the negative of that sum. So with a label the cross-entropy is the negative log-probability that q gives to the label: what cross_entropy in PyTorch computes from logits.',
    },
    {
      label: 'Bits in place of nats',
      left: bits, relation: 'equal', right: E(neg(div(log(q), log(two)))), kind: 'definition',
      why: 'The logarithm to the base 2 is the natural logarithm divided by log 2. With it the mean surprise is in bits.',
    },
    {
      label: 'One factor for all',
      left: bits, relation: 'equal', right: div(cross, log(two)), kind: 'numeric',
      why: 'The factor 1 over log 2 is the same at every value and may be taken out of the mean. One nat is 1.443 bits.',
    },
    {
      label: 'Bits as lengths of code words',
      left: length, relation: 'equal', right: neg(div(log(q), log(two))), kind: 'definition',
      why: 'A code that is made for q gives a value with probability 1/8 a word of 3 bits. For other probabilities this is the length that long blocks come close to on average.',
    },
    {
      label: 'The mean length of a message',
      left: E(length), relation: 'equal', right: div(add(own, divergence), log(two)), kind: 'numeric',
      why: 'The mean length is the cross-entropy in bits. The entropy is what no code can save; the divergence is the price of having made the code for q while the values come from p.',
    },
  ],
};
