/** The best discriminator at one example and at all of them, what any other one lacks, and what its output says about densities. */
import { add, apply, argmax, conditional, derivative, div, expectation, fn, kl, mul, neg, num, pow, sub, sym, total, type Expr } from '../../formulas/expr';
import { GOODFELLOW_2014 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { discriminatorTight, discriminatorWorld } from '../worlds/gan-discriminator';

const [one, two] = [num(1), num(2)];
const half = div(one, two);
const [a, b, d, best, y, x, share] = [sym('dataWeight'), sym('generatorWeight'), sym('discriminatorOutput'), sym('bestOutput'), sym('realLabel'), sym('x'), sym('realShare')];
const [V, C] = [sym('adversarialValue'), sym('generatorCriterion')];
const log = (of: Expr): Expr => fn('log', of);
const h = (at: Expr): Expr => apply('pointValue', at);
const slope = sub(div(a, d), div(b, sub(one, d)));
const chance = (of: Expr): Expr => conditional('labelChance', y, of);
const [data, generated, average] = [apply('dataDistribution', x), apply('generatorDistribution', x), apply('averageDistribution', x)];
const [D, bestD, sharedD, logit, f] = [apply('discriminator', x), apply('bestDiscriminator', x), apply('sharedDiscriminator', x), apply('bestLogit', x), apply('positiveFunction', x)];
const fromData = (body: Expr): Expr => expectation('x', data, body);
const fromGenerator = (body: Expr): Expr => expectation('x', generated, body);
const fromBoth = (body: Expr): Expr => expectation('x', average, body);
const lacks = kl('realLabel', chance(bestD), chance(D));

export const GAN_OPTIMAL_DISCRIMINATOR: Derivation = {
  id: 'gan-optimal-discriminator',
  title: 'The best discriminator',
  shows:
    'Why the best output at an example is the share of the data in the two densities there, and by how much exactly any other discriminator falls short. Then how a discriminator can be read: as a posterior probability, and as a quotient of two densities.',
  source: GOODFELLOW_2014('proposition 1'),
  prerequisites: [
    'The derivative of the logarithm.',
    'The Kullback–Leibler divergence is never negative, and zero only where both distributions agree.',
    'Data and generator give every example of the table a probability greater than zero, and outputs lie between 0 and 1 without the ends.',
  ],
  after: ['gan', 'kl-properties'],
  given: ['dataWeight', 'generatorWeight', 'discriminatorOutput', 'x', 'dataDistribution', 'generatorDistribution', 'discriminator', 'positiveFunction'],
  cases: inWorlds(discriminatorWorld, { tight: discriminatorTight }),
  steps: [
    {
      label: 'What one example adds to the value',
      left: h(d), relation: 'equal', right: add(mul(a, log(d)), mul(b, log(sub(one, d)))), kind: 'definition',
      why: 'One term of the value of the game: the data has the weight a at this example, the generator the weight b. The output d of the discriminator is a free number here, since a table of outputs has its own entry for every example.',
    },
    {
      label: 'Its slope',
      left: derivative(d, h(d)), relation: 'equal', right: slope, kind: 'numeric',
      why: 'The derivative of log d is 1/d. That of log(1 − d) is −1/(1 − d) by the chain rule.',
    },
    {
      label: 'As one fraction',
      left: derivative(d, h(d)), relation: 'equal', right: div(sub(a, mul(add(a, b), d)), mul(d, sub(one, d))), kind: 'numeric',
      why: 'Both fractions were brought to the denominator d(1 − d), which is positive. The numerator is a(1 − d) − b d, so the slope is positive below some d and negative above it.',
    },
    {
      label: 'Its second derivative',
      left: derivative(d, slope), relation: 'equal', right: neg(add(div(a, pow(d, 2)), div(b, pow(sub(one, d), 2)))), kind: 'numeric',
      why: 'Each fraction was differentiated once more. Both terms in the bracket are positive, so the second derivative is negative everywhere: the curve bends down and has one maximum at most.',
    },
    {
      label: 'The best output',
      left: best, relation: 'equal', right: argmax('discriminatorOutput', h(d)), kind: 'definition',
      why: 'The output at which the curve is highest gets a name.',
    },
    {
      label: 'Where it is',
      left: best, relation: 'equal', right: div(a, add(a, b)), kind: 'numeric',
      why: 'The numerator of the slope is zero at this d. It lies between 0 and 1 since a and b are positive, and since the curve bends down everywhere it is the maximum.',
    },
    {
      label: 'No other output is better',
      left: h(d), relation: 'at-most', right: h(best), kind: 'numeric',
      why: 'This is what a maximum means. Both sides are equal only at the best output.',
    },
    {
      label: 'A label with a given chance',
      left: chance(d), relation: 'equal', right: add(mul(y, d), mul(sub(one, y), sub(one, d))), kind: 'definition',
      why: 'The Bernoulli distribution: the label y is 1 with the probability d and 0 with the rest. The output of a discriminator is such a distribution.',
    },
    {
      label: 'By how much another output is worse',
      left: sub(h(best), h(d)), relation: 'equal', right: mul(add(a, b), kl('realLabel', chance(best), chance(d))), kind: 'numeric',
      why: 'On the left the logarithms of best output and output are subtracted: a log(d*/d) plus b log((1 − d*)/(1 − d)). By the line on the best output a is (a + b) d* and b is (a + b)(1 − d*). With a + b taken out the rest is the divergence of the two distributions of the label.',
    },
    {
      label: 'The value of the game over all examples',
      left: V, relation: 'equal', right: total('x', add(mul(data, log(D)), mul(generated, log(sub(one, D))))), kind: 'definition',
      why: 'Both means of the value of the game as one sum. At every example a is p_data and b is p_g, and D has its own entry there.',
    },
    {
      label: 'The value against the best discriminator',
      left: C, relation: 'equal', right: total('x', add(mul(data, log(bestD)), mul(generated, log(sub(one, bestD))))), kind: 'definition',
      why: 'The best output at every example makes one discriminator, and its value gets a name. A network of limited size may not be able to put out such a table; then all that follows is about the table, not about the network.',
    },
    {
      label: 'The best discriminator (eq. 2)',
      left: bestD, relation: 'equal', right: div(data, add(data, generated)), kind: 'numeric',
      why: 'The best output with a = p_data(x) and b = p_g(x). At an example that neither data nor generator can produce any output would do; the table has none.',
    },
    {
      label: 'No discriminator has a larger value',
      left: V, relation: 'at-most', right: C, kind: 'numeric',
      why: 'Every term of the sum is at most the term with the best output. Both sides are equal only if D is the best discriminator at every example.',
    },
    {
      label: 'The average of the two distributions',
      left: average, relation: 'equal', right: mul(half, add(data, generated)), kind: 'definition',
      why: 'How examples are distributed when every second one is data: what the discriminator sees in training.',
    },
    {
      label: 'By how much exactly',
      left: sub(C, V), relation: 'equal', right: mul(two, fromBoth(lacks)), kind: 'numeric',
      why: 'The gap of every example was added up. The factor a + b is p_data + p_g, which is twice the average. So a discriminator is trained to make this mean divergence small, where it matters: at examples that do occur.',
    },
    {
      label: 'It is a posterior probability',
      left: bestD, relation: 'equal', right: div(mul(half, data), average), kind: 'numeric',
      why: 'Bayes\' rule: a label is 1 with the probability one half, an example with this label comes from the data, and below stands how probable the example is with any label. So D* is the probability that an example is data when one has seen it.',
    },
    {
      label: 'The quotient of the two densities',
      left: div(data, generated), relation: 'equal', right: div(bestD, sub(one, bestD)), kind: 'numeric',
      why: 'D* is p_data over the sum, and 1 − D* is p_g over the same sum, which cancels. So a classifier that is trained well tells the quotient of two densities of which neither is known.',
    },
    {
      label: 'The logit of the best discriminator',
      left: fn('sigmoid', logit), relation: 'equal', right: bestD, kind: 'definition',
      why: 'A network puts out a logit, and the sigmoid makes a probability of it.',
    },
    {
      label: 'It is the log-quotient',
      left: logit, relation: 'equal', right: sub(log(data), log(generated)), kind: 'numeric',
      why: 'The inverse of the sigmoid is log(D/(1 − D)), and the quotient inside is that of the densities.',
    },
    {
      label: 'Means over data from what the generator made',
      left: fromGenerator(mul(div(bestD, sub(one, bestD)), f)), relation: 'equal', right: fromData(f), kind: 'numeric',
      why: 'Under p_g the weight D*/(1 − D*) puts p_data in the place of p_g. So examples of the generator, weighted in this way, have the means of the data, for every function f.',
    },
    {
      label: 'Another share of data',
      left: sharedD, relation: 'equal', right: div(mul(share, data), add(mul(share, data), mul(sub(one, share), generated))), kind: 'definition',
      why: 'If the share of data among the examples of the discriminator is π, the weights are a = π p_data(x) and b = (1 − π) p_g(x). The same argument gives the best discriminator.',
    },
    {
      label: 'Only the logit is shifted',
      left: log(div(sharedD, sub(one, sharedD))), relation: 'equal', right: add(logit, log(div(share, sub(one, share)))), kind: 'numeric',
      why: 'The common denominator cancels in the quotient, and the logarithm of the product is a sum. So the share adds the same number to the logit of every example; with π = 1/2 it is zero.',
    },
  ],
};
