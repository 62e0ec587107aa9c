/** The game of Goodfellow et al. 2014 itself: what each player makes small, and who may answer whom. */
import { add, apply, argmax, argmin, derivative, div, expectation, fn, mul, neg, num, pow, sub, sym, type Expr } from '../../formulas/expr';
import { GOODFELLOW_2014 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { minimaxTight, minimaxWorld } from '../worlds/gan-minimax';

const [zero, one, two, four] = [num(0), num(1), num(2), num(4)];
const half = div(one, two);
const [x, z, y, a, d] = [sym('x'), sym('generatorNoise'), sym('realLabel'), sym('discriminatorLogit'), sym('discriminatorOutput')];
const [V, classifier, saturating, nonSaturating] = [sym('adversarialValue'), sym('discriminatorLoss'), sym('saturatingLoss'), sym('nonSaturatingLoss')];
const log = (of: Expr): Expr => fn('log', of);
const [data, generated] = [apply('dataDistribution', x), apply('generatorDistribution', x)];
const D = (of: Expr): Expr => apply('discriminator', of);
const loss = (of: Expr, label: Expr): Expr => apply('exampleLoss', of, label);
const fromNoise = (body: Expr): Expr => expectation('generatorNoise', apply('generatorInput', z), body);
const fromData = (body: Expr): Expr => expectation('x', data, body);
const fromGenerator = (body: Expr): Expr => expectation('x', generated, body);
const made = apply('generatorMap', z);
const believed = fn('sigmoid', a);

const [g, f, safeG, safeD] = [sym('generatorWeights'), sym('discriminatorWeights'), sym('safeGenerator'), sym('safeDiscriminator')];
const value = (generator: Expr, discriminator: Expr): Expr => apply('gameValue', generator, discriminator);
const answerTo = (generator: Expr): Expr => apply('discriminatorAnswer', generator);
const answerOf = (discriminator: Expr): Expr => apply('generatorAnswer', discriminator);
const [upper, lower] = [sym('minimaxValue'), sym('maximinValue')];

export const GAN_MINIMAX: Derivation = {
  id: 'gan-minimax',
  title: 'The game of a generative adversarial network',
  shows:
    'What each of the two players makes small: the discriminator the loss of a classifier, the generator the other side of it or, in code, a loss that learns faster. Then why it matters who moves first, and why the value −log 4 belongs to the end of the game.',
  source: GOODFELLOW_2014('eq. 1 and section 3'),
  prerequisites: [
    'The mean of a function under a distribution, here over a finite set of examples and of random inputs.',
    'The sigmoid maps a logit to a probability; its derivative is σ(a)(1 − σ(a)).',
    'The output of the discriminator lies between 0 and 1 and never at the ends, so that all logarithms exist. All logarithms are natural.',
  ],
  after: ['gan'],
  given: ['x', 'generatorNoise', 'generatorInput', 'generatorMap', 'sameValue', 'dataDistribution', 'discriminator', 'realLabel', 'discriminatorLogit', 'discriminatorOutput', 'generatorWeights', 'discriminatorWeights'],
  cases: inWorlds(minimaxWorld, { tight: minimaxTight }),
  steps: [
    {
      label: 'What the generator makes',
      left: generated, relation: 'equal', right: fromNoise(apply('sameValue', x, made)), kind: 'definition',
      why: 'The generator draws a random input z and puts out G(z). How probable an example x is under it is the chance of all inputs that lead to x: the function δ is 1 where both arguments are the same and else 0.',
    },
    {
      label: 'The value of the game (eq. 1)',
      left: V, relation: 'equal', right: add(fromData(log(D(x))), fromNoise(log(sub(one, D(made))))), kind: 'definition',
      why: 'The discriminator is shown data and wants D to be large there, and is shown what the generator made and wants D to be small there. Both wishes are log-probabilities, and their means are added.',
    },
    {
      label: 'A mean over inputs is a mean over examples',
      left: fromNoise(log(sub(one, D(made)))), relation: 'equal', right: fromGenerator(log(sub(one, D(x)))), kind: 'numeric',
      why: 'Inputs that lead to the same example are taken together. Their chances add up to the probability of that example, by the first line.',
    },
    {
      label: 'The value by distributions',
      left: V, relation: 'equal', right: add(fromData(log(D(x))), fromGenerator(log(sub(one, D(x))))), kind: 'numeric',
      why: 'The line above was put into the value. So of the generator only its distribution counts, not which input leads to which example.',
    },
    {
      label: 'Binary cross-entropy of one example',
      left: loss(x, y), relation: 'equal', right: neg(add(mul(y, log(D(x))), mul(sub(one, y), log(sub(one, D(x)))))), kind: 'definition',
      why: 'The negative log-probability that the classifier gives to the true label. Of the two terms only one is not zero. This is BCELoss for one example.',
    },
    {
      label: 'With the label of data',
      left: loss(x, one), relation: 'equal', right: neg(log(D(x))), kind: 'numeric',
      why: 'With y = 1 the second term has the factor 0.',
    },
    {
      label: 'With the label of the generator',
      left: loss(x, zero), relation: 'equal', right: neg(log(sub(one, D(x)))), kind: 'numeric',
      why: 'With y = 0 the first term has the factor 0.',
    },
    {
      label: 'The loss of the discriminator',
      left: classifier, relation: 'equal', right: add(mul(half, fromData(loss(x, one))), mul(half, fromGenerator(loss(x, zero)))), kind: 'definition',
      why: 'The mean cross-entropy of a classifier when every second example is data. Code often adds the two means without the halves, which is twice this loss.',
    },
    {
      label: 'It is the value with a minus',
      left: classifier, relation: 'equal', right: neg(mul(half, V)), kind: 'numeric',
      why: 'Both losses were put in, and the sign and the half taken out of the means. So to make V large by changing D is to train a classifier with binary cross-entropy.',
    },
    {
      label: 'The loss of the generator in the game',
      left: saturating, relation: 'equal', right: fromNoise(log(sub(one, D(made)))), kind: 'definition',
      why: 'The generator wants the value to be small. This is the one term of the value in which it occurs.',
    },
    {
      label: 'What the generator cannot change',
      left: sub(V, saturating), relation: 'equal', right: fromData(log(D(x))), kind: 'numeric',
      why: 'The rest of the value speaks of data and discriminator only. So V and the loss of the generator have the same gradient with respect to the weights of the generator.',
    },
    {
      label: 'The non-saturating loss (section 3)',
      left: nonSaturating, relation: 'equal', right: fromNoise(neg(log(D(made)))), kind: 'definition',
      why: 'The loss that code gives to the generator: make −log D small in place of log(1 − D). It belongs to another game, which is not zero-sum: what one player gains is no longer what the other loses.',
    },
    {
      label: 'It is cross-entropy with the other label',
      left: nonSaturating, relation: 'equal', right: fromGenerator(loss(x, one)), kind: 'numeric',
      why: 'The mean over inputs became a mean over examples as before, and −log D(x) is the cross-entropy with the label 1. So the generator is trained with the label of data for what it made.',
    },
    {
      label: 'Odds and logits',
      left: div(sub(one, believed), believed), relation: 'equal', right: fn('exp', neg(a)), kind: 'numeric',
      why: 'The discriminator ends in a sigmoid, so D is σ(a) with a logit a. One minus the sigmoid is e to the −a times the sigmoid: the odds that the discriminator gives against an example being data.',
    },
    {
      label: 'Both losses pull the same way, not equally hard',
      left: derivative(a, neg(log(believed))), relation: 'equal', right: mul(fn('exp', neg(a)), derivative(a, log(sub(one, believed)))), kind: 'numeric',
      why: 'The derivatives of the two losses with respect to the logit are −(1 − σ(a)) on the left and −σ(a) on the right. Their quotient is the line above. The factor is positive: both losses push the logit up. Where the discriminator is sure that the example is made, a is very negative, and the non-saturating loss pulls far harder. They pull equally hard where D is one half.',
    },
    {
      label: 'The value as a function of both moves',
      left: value(g, f), relation: 'equal', right: V, kind: 'definition',
      why: 'Until here the networks were fixed. A move of a player is a choice of weights, here one of finitely many; the value depends on both moves.',
    },
    {
      label: 'The best answer of the discriminator',
      left: answerTo(g), relation: 'equal', right: argmax('discriminatorWeights', value(g, f)), kind: 'definition',
      why: 'For every generator the discriminator has a move that makes the value largest.',
    },
    {
      label: 'No move is better than the best answer',
      left: value(g, f), relation: 'at-most', right: value(g, answerTo(g)), kind: 'numeric',
      why: 'This is what largest means. Both sides are equal where the discriminator already plays its best answer, or another move that is as good.',
    },
    {
      label: 'The best answer of the generator',
      left: answerOf(f), relation: 'equal', right: argmin('generatorWeights', value(g, f)), kind: 'definition',
      why: 'The same with the roles exchanged: for every discriminator the generator has a move that makes the value smallest.',
    },
    {
      label: 'Nor is any for the generator',
      left: value(answerOf(f), f), relation: 'at-most', right: value(g, f), kind: 'numeric',
      why: 'The best answer of the generator has the smallest value of all its moves, so no other move has a smaller one.',
    },
    {
      label: 'Who answers is better off',
      left: value(answerOf(f), f), relation: 'at-most', right: value(g, answerTo(g)), kind: 'numeric',
      why: 'The value of the two moves themselves lies between both sides: the answer of the generator can only lower it, the answer of the discriminator can only raise it. This holds for any two moves.',
    },
    {
      label: 'The upper value: min over G of max over D',
      left: upper, relation: 'equal', right: value(safeG, answerTo(safeG)), kind: 'definition',
      why: 'The generator moves first and expects the best answer. Its safest move is the one against which that answer is worth least, and the value there gets a name. This order is the one in the paper: the discriminator is trained against a given generator.',
    },
    {
      label: 'No generator can promise less',
      left: upper, relation: 'at-most', right: value(g, answerTo(g)), kind: 'numeric',
      why: 'This is what safest means: every other generator meets an answer that is worth at least as much.',
    },
    {
      label: 'The lower value: max over D of min over G',
      left: lower, relation: 'equal', right: value(answerOf(safeD), safeD), kind: 'definition',
      why: 'The same with the roles exchanged: the discriminator moves first, with its safest move, and the generator answers. Against a fixed discriminator the generator may put all its examples where D is largest, which is one way to see why it may collapse to a few examples.',
    },
    {
      label: 'No discriminator can promise more',
      left: lower, relation: 'at-least', right: value(answerOf(f), f), kind: 'numeric',
      why: 'Every other discriminator meets an answer that is worth at most as much.',
    },
    {
      label: 'The order matters',
      left: lower, relation: 'at-most', right: upper, kind: 'numeric',
      why: 'The line on answers holds for any two moves, so also for the two safest ones: on its left the lower value, on its right the upper one. In games with few moves, or networks of limited size, the two values may differ; alternating gradient steps play neither order exactly.',
    },
    {
      label: 'A discriminator that always says one half',
      left: add(fromData(log(half)), fromGenerator(log(half))), relation: 'equal', right: neg(log(four)), kind: 'numeric',
      why: 'Both means are of a constant, −log 2. So against this discriminator every generator has the value −log 4, which is −1.386, and its loss L_D is log 2 = 0.693.',
    },
    {
      label: 'So the upper value is at least −log 4',
      left: upper, relation: 'at-least', right: neg(log(four)), kind: 'numeric',
      why: 'If that discriminator is among the moves, the best answer to any generator is worth at least −log 4. Both sides are equal if a generator can have the distribution of the data, as the next lines show.',
    },
    {
      label: 'A product that is largest at one half',
      left: sub(div(one, four), mul(d, sub(one, d))), relation: 'equal', right: pow(sub(half, d), 2), kind: 'numeric',
      why: 'The square multiplied out. So d(1 − d) is at most 1/4, and equal to it only at d = 1/2.',
    },
    {
      label: 'Against a generator that has the distribution of the data',
      left: fromData(add(log(D(x)), log(sub(one, D(x))))), relation: 'at-most', right: neg(log(four)), kind: 'numeric',
      why: 'If p_g is the distribution of the data, both means in the value run over the same distribution. The sum of the two logarithms is the logarithm of D(1 − D), so it is at most that of 1/4. Hence no discriminator gets more than −log 4 out of this generator. Together with the lines before: if both of these moves exist, they are best answers to each other, upper and lower value agree, and the value of the game is −log 4.',
    },
  ],
};
