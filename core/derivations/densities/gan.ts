/** The game of Goodfellow et al. 2014: the best discriminator, and what it leaves for the generator. */
import { add, apply, derivative, div, expectation, fn, kl, mul, neg, num, sub, sym } from '../../formulas/expr';
import { GOODFELLOW_2014 } from '../../formulas/sources';
import { GAME_VALUE } from '../../formulas/densities';
import { lineOf } from '../line';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { ganWorld } from '../worlds/gan';

const [one, two] = [num(1), num(2)];
const half = div(one, two);
const [x, d, a] = [sym('x'), sym('discriminatorOutput'), sym('discriminatorLogit')];
const [data, generator, best] = [apply('dataDistribution', x), apply('generatorDistribution', x), apply('bestDiscriminator', x)];
const log = (of: ReturnType<typeof num>) => fn('log', of);
const both = add(data, generator);
const average = apply('averageDistribution', x);
const [fromData, fromGenerator] = [kl('x', data, average), kl('x', generator, average)];
const fooled = fn('sigmoid', a);

export const GAN: Derivation = {
  id: 'gan',
  title: 'What a generative adversarial network makes small',
  shows:
    'How the best discriminator follows from the two distributions, and that against it the generator makes the Jensen–Shannon divergence to the data small. The last lines say why code trains the generator with another loss than the game has.',
  source: GOODFELLOW_2014('eq. 1, 2, 4, 5 and 6'),
  prerequisites: [
    'A generator turns random input into examples and so has a distribution p_g; a discriminator gives to each example a probability of being data.',
    'Expectations under a distribution, and the Kullback–Leibler divergence.',
    'The sigmoid maps a logit to a probability.',
    'Data and generator both give every example that is looked at a density greater than zero, and outputs of the discriminator lie between 0 and 1 without the ends.',
  ],
  after: ['kl-properties'],
  given: ['x', 'dataDistribution', 'generatorDistribution', 'discriminatorOutput', 'discriminatorLogit'],
  cases: inWorlds(ganWorld),
  steps: [
    {
      label: 'The value of the game (eq. 1)',
      ...lineOf(GAME_VALUE), kind: 'definition',
      why: 'The log-likelihood of a classifier that tells data from what the generator made. The discriminator makes it large, the generator small. In code its negative is the binary cross-entropy with the label 1 for data and 0 for generated examples.',
    },
    {
      label: 'Its derivative at one example',
      left: derivative(d, add(mul(data, log(d)), mul(generator, log(sub(one, d))))), relation: 'equal', right: sub(div(data, d), div(generator, sub(one, d))), kind: 'numeric',
      why: 'The value of the game is a sum over examples, and a discriminator of any shape may choose its output d at each example freely. So one term of the sum is looked at alone.',
    },
    {
      label: 'Where it vanishes',
      left: div(data, best), relation: 'equal', right: div(generator, sub(one, best)), kind: 'definition',
      why: 'The best output is where the derivative is zero. It falls all the way as d grows, so this is the one maximum.',
    },
    {
      label: 'The best discriminator (eq. 2)',
      left: best, relation: 'equal', right: div(data, both), kind: 'numeric',
      why: 'Both sides multiplied out and solved. Where data is twice as likely as generated examples the best discriminator says two thirds; where they agree it says one half.',
    },
    {
      label: 'The game against it (eq. 4)',
      left: sym('generatorCriterion'), relation: 'equal', right: add(expectation('x', data, log(best)), expectation('x', generator, log(sub(one, best)))), kind: 'definition',
      why: 'The best discriminator put into the value of the game. This is what is left for the generator to make small.',
    },
    {
      label: 'The average of the two distributions',
      left: average, relation: 'equal', right: div(both, two), kind: 'definition',
      why: 'The best discriminator has the sum of the two densities below. Half of it is a distribution again: an example of it is data with the chance one half.',
    },
    {
      label: 'Compare with the average (eq. 5)',
      left: sym('generatorCriterion'), relation: 'equal', right: sub(add(fromData, fromGenerator), log(num(4))), kind: 'numeric',
      why: 'The best discriminator is half the quotient of data and average, and one minus it half that of generator and average. Each half gives a −log 2, together −log 4; what is left are two Kullback–Leibler divergences.',
    },
    {
      label: 'The Jensen–Shannon divergence',
      left: sym('jensenShannon'), relation: 'equal', right: add(mul(half, fromData), mul(half, fromGenerator)), kind: 'definition',
      why: 'The mean of the two divergences has a name. It is never negative, and zero only where the two distributions agree.',
    },
    {
      label: 'What the generator makes small (eq. 6)',
      left: sym('generatorCriterion'), relation: 'equal', right: sub(mul(two, sym('jensenShannon')), log(num(4))), kind: 'numeric',
      why: 'The name was put in. So the least value is −log 4, which is −1.386, and it is reached when the generator has the distribution of the data; the discriminator then says one half everywhere.',
    },
    {
      label: 'The loss of the game gives little to learn from',
      left: derivative(a, log(sub(one, fooled))), relation: 'equal', right: neg(fooled), kind: 'numeric',
      why: 'At the start the discriminator knows generated examples well, so its sigmoid is near 0 for them, and so is the derivative that reaches the generator.',
    },
    {
      label: 'The loss in use (section 3)',
      left: derivative(a, neg(log(fooled))), relation: 'equal', right: neg(sub(one, fooled)), kind: 'numeric',
      why: 'The generator is trained to make −log D small in place of log(1 − D): the non-saturating loss, binary cross-entropy with the label 1. It pushes the same way, and hardest where the discriminator is sure. Wasserstein and hinge losses are other games with other optima.',
    },
  ],
};
