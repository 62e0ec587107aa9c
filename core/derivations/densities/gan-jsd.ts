/** The value against the best discriminator is a Jensen–Shannon divergence; what becomes of its gradient where the supports are disjoint. */
import { add, apply, conditional, div, entropy, expectation, fn, gradient, kl, mul, neg, num, sub, sym, type Expr } from '../../formulas/expr';
import { GOODFELLOW_2014 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { jsdTight, jsdWorld, nearlyApart } from '../worlds/gan-jsd';

const [zero, one, two, four] = [num(0), num(1), num(2), num(4)];
const half = div(one, two);
const [x, C, JSD, y] = [sym('x'), sym('generatorCriterion'), sym('jensenShannon'), sym('realLabel')];
const log = (of: Expr): Expr => fn('log', of);
const [data, generated, best, average, model, stray] = [apply('dataDistribution', x), apply('generatorDistribution', x), apply('bestDiscriminator', x), apply('averageDistribution', x), apply('generatorModel', x), apply('strayDistribution', x)];
const fromData = (body: Expr): Expr => expectation('x', data, body);
const fromGenerator = (body: Expr): Expr => expectation('x', generated, body);
const [ofData, ofGenerator] = [kl('x', data, average), kl('x', generated, average)];
const both = add(data, generated);
const [score, divergence] = [gradient('parameters', log(model)), apply('divergenceAt', sym('parameters'))];
const unsure = entropy('realLabel', conditional('labelChance', y, best));
const mixed = mul(half, add(data, stray));
const mixedModel = mul(half, add(data, model));

export const GAN_JSD: Derivation = {
  id: 'gan-jsd',
  title: 'The Jensen–Shannon divergence in the game',
  shows:
    'How the best discriminator turns the value of the game into −log 4 plus twice the Jensen–Shannon divergence, with its least and its largest value. Then what the generator can learn from it, and why that is nothing where it makes no example of the data.',
  source: GOODFELLOW_2014('theorem 1 and eq. 4 to 6'),
  prerequisites: [
    'The best discriminator at an example is the share of the data in the two densities there.',
    'The Kullback–Leibler divergence is never negative, and zero only where both distributions agree; entropy.',
    'Until the line on disjoint supports data and generator give every example of the table a probability greater than zero. All logarithms are natural.',
  ],
  after: ['gan-optimal-discriminator', 'entropy-cross-entropy'],
  given: ['x', 'dataDistribution', 'generatorDistribution', 'bestDiscriminator', 'realLabel', 'labelChance', 'parameters', 'generatorModel', 'strayDistribution', 'overlapDivergence'],
  cases: inWorlds(jsdWorld, { tight: jsdTight, limit: nearlyApart }),
  steps: [
    {
      label: 'The value against the best discriminator (eq. 4)',
      left: C, relation: 'equal', right: add(fromData(log(best)), fromGenerator(log(sub(one, best)))), kind: 'definition',
      why: 'The best discriminator was put into the value of the game. What is left depends on data and generator alone, and the generator makes it small.',
    },
    {
      label: 'Its output put in (eq. 4)',
      left: C, relation: 'equal', right: add(fromData(log(div(data, both))), fromGenerator(log(div(generated, both)))), kind: 'numeric',
      why: 'D* is the share of the data in the sum of both densities, so 1 − D* is the share of the generator.',
    },
    {
      label: 'The average of the two distributions',
      left: average, relation: 'equal', right: mul(half, both), kind: 'definition',
      why: 'The sum below is no distribution, but half of it is.',
    },
    {
      label: 'A half comes out of the logarithm',
      left: log(div(data, both)), relation: 'equal', right: sub(log(div(data, average)), log(two)), kind: 'numeric',
      why: 'The sum is twice the average. The logarithm of the factor 1/2 is −log 2, the same at every example.',
    },
    {
      label: 'The mean over the data',
      left: fromData(log(div(data, both))), relation: 'equal', right: sub(ofData, log(two)), kind: 'numeric',
      why: 'The mean of the log-quotient is the Kullback–Leibler divergence from the data to the average, and the mean of a constant is the constant.',
    },
    {
      label: 'The mean over the generator',
      left: fromGenerator(log(div(generated, both))), relation: 'equal', right: sub(ofGenerator, log(two)), kind: 'numeric',
      why: 'The same steps with the generator in the place of the data.',
    },
    {
      label: 'Two divergences (eq. 5)',
      left: C, relation: 'equal', right: add(neg(log(four)), add(ofData, ofGenerator)), kind: 'numeric',
      why: 'Both means were added. Twice log 2 is log 4.',
    },
    {
      label: 'The Jensen–Shannon divergence',
      left: JSD, relation: 'equal', right: add(mul(half, ofData), mul(half, ofGenerator)), kind: 'definition',
      why: 'The mean of the two divergences gets a name. It does not matter which of the two distributions comes first.',
    },
    {
      label: 'What the generator makes small (eq. 6)',
      left: C, relation: 'equal', right: add(neg(log(four)), mul(two, JSD)), kind: 'numeric',
      why: 'The sum of the two divergences is twice their mean.',
    },
    {
      label: 'The divergence is never negative',
      left: JSD, relation: 'at-least', right: zero, kind: 'numeric',
      why: 'It is a mean of two Kullback–Leibler divergences, of which none is negative. It is zero only if both are, so if data and generator both agree with their average, and that means with each other.',
    },
    {
      label: 'The least value (theorem 1)',
      left: C, relation: 'at-least', right: neg(log(four)), kind: 'numeric',
      why: 'The last two lines together. Both sides are equal if and only if the generator has the distribution of the data.',
    },
    {
      label: 'As a difference of entropies',
      left: JSD, relation: 'equal', right: sub(entropy('x', average), mul(half, add(entropy('x', data), entropy('x', generated)))), kind: 'numeric',
      why: 'Each divergence is a cross-entropy with the average less an entropy. The mean of the two cross-entropies is a mean under the average itself, which makes it the entropy of the average.',
    },
    {
      label: 'What the discriminator does not know',
      left: sub(log(two), JSD), relation: 'equal', right: expectation('x', average, unsure), kind: 'numeric',
      why: 'The label of an example is 1 or 0 with equal chance, which is an entropy of log 2. When the example is seen, the label is 1 with the probability D*. On the right stands the mean of the entropy that is left, so the divergence is what an example tells about its label: their mutual information.',
    },
    {
      label: 'The largest value',
      left: JSD, relation: 'at-most', right: log(two), kind: 'numeric',
      why: 'What is left of an entropy is not negative. Both sides are equal if no doubt is left at any example: if the generator never makes what the data contains.',
    },
    {
      label: 'The loss in use against the best discriminator',
      left: fromGenerator(neg(log(best))), relation: 'equal', right: sub(add(log(two), kl('x', generated, data)), ofGenerator), kind: 'numeric',
      why: 'The non-saturating loss against the best discriminator, as a value. −log D* is log 2 plus the logarithm of the quotient of average and data, and this is the log-quotient of generator and data less that of generator and average. So with the best discriminator it is not the Jensen–Shannon divergence that is made small.',
    },
    {
      label: 'The divergence as a function of the parameters',
      left: divergence, relation: 'equal', right: add(mul(half, kl('x', data, mixedModel)), mul(half, kl('x', model, mixedModel))), kind: 'definition',
      why: 'Now the generator has parameters θ and the distribution p_θ, and the average has them too. Which examples it can make does not depend on θ here, only how often it makes them.',
    },
    {
      label: 'Its gradient',
      left: gradient('parameters', divergence), relation: 'equal', right: mul(half, expectation('x', model, mul(log(div(model, average)), score))), kind: 'numeric',
      why: 'The derivative of the model meets one half of log(p_θ/m), where m is the average at this θ. All other terms cancel: the derivative of log m meets p_data/2 + p_θ/2, which is m itself, and m times the derivative of log m adds up to the derivative of 1, which is zero; so does p_θ times the derivative of log p_θ. A derivative of p_θ is p_θ times the derivative of its logarithm, which makes the sum a mean.',
    },
    {
      label: 'The discriminator may be held fixed',
      left: gradient('parameters', divergence), relation: 'equal', right: mul(half, expectation('x', model, mul(log(sub(one, best)), score))), kind: 'numeric',
      why: '1 − D* is p_θ over twice the average, so both logarithms differ by log 2 only, and the mean of a constant times the gradient of log p_θ is zero because the probabilities add up to 1. On the right stands half the gradient of the loss log(1 − D) with the best discriminator of this θ held fixed. Code goes the same way with a discriminator that was trained for some steps and is then held fixed; as far as it falls short of the best one, the gradient is not that of the divergence.',
    },
    {
      label: 'A generator apart from the data: the discriminator is certain',
      left: expectation('x', data, div(data, add(data, stray))), relation: 'equal', right: one, kind: 'numeric',
      why: 'Now a generator that gives no chance to any example of the data. At every example of the data its density is zero, so the best output there is 1.',
    },
    {
      label: 'On both sides',
      left: expectation('x', stray, div(stray, add(data, stray))), relation: 'equal', right: one, kind: 'numeric',
      why: 'At every example that the generator makes the density of the data is zero. So 1 − D* is 1 there and its logarithm is 0: every term of the gradient above is zero.',
    },
    {
      label: 'The divergence is at its largest value',
      left: add(mul(half, kl('x', data, mixed)), mul(half, kl('x', stray, mixed))), relation: 'equal', right: log(two), kind: 'numeric',
      why: 'Where the data lives the average is half of the data, where the generator lives half of the generator, so both log-quotients are log 2. This is so for every θ with which the supports have nothing in common. On a stretch of such θ the divergence is constant, its gradient is zero, and the generator learns nothing, however near its examples may be to the data.',
    },
    {
      label: 'A little in common',
      left: sym('overlapDivergence'), relation: 'approaches', right: log(two), kind: 'numeric',
      why: 'A generator that gives the share ε of its probability to examples of the data, spread as the data is, and the rest to others. As ε goes to zero the divergence goes to log 2. Images fill only a thin part of the space of all pixels, so at the start of training this is often nearly the case. Noise on both kinds of examples, the loss in use, or another distance such as that of Wasserstein help.',
    },
  ],
};
