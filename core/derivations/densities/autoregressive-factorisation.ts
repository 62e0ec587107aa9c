/** The chain rule in any order, what it makes of a likelihood, and the masks that keep a network to it. */
import { add, apply, conditional, crossEntropy, div, dot, entropy, expectation, fn, hadamard, kl, letter, mul, neg, num, product, sub, sum, sym, total, type Expr } from '../../formulas/expr';
import { GERMAIN_2015 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { fixedOrderWorld } from '../worlds/orders';

const [zero, one, two] = [num(0), num(1), num(2)];
const [D, K, bits] = [sym('dimensions'), sym('outcomeCount'), sym('bits')];
const [x, order, variable, past, prefix] = [sym('x'), sym('order'), sym('orderedVariable'), sym('orderedPast'), sym('orderedPrefix')];
const log = (of: Expr): Expr => fn('log', of);
const part = (of: Expr): Expr => apply('partChance', of);
const [data, model] = [apply('dataDistribution', x), apply('orderModel', x)];
const [ofData, ofModel] = [conditional('variableChance', variable, past), conditional('variableModel', variable, past)];
const fromData = (body: Expr): Expr => expectation('x', data, body);
const overPasts = (body: Expr): Expr => expectation('orderedPast', part(past), body);
const task = overPasts(crossEntropy('orderedVariable', ofData, ofModel));
const [M, W, b, a, et, ek] = [sym('maskMatrix'), sym('weightMatrix'), sym('biasVector'), sym('logitVector'), sym('axisVector', 't'), sym('axisVector', 'k')];
const masked = sym('maskedWeights');
const [t, k] = [letter('t'), letter('k')];

export const AUTOREGRESSIVE_FACTORISATION: Derivation = {
  id: 'autoregressive-factorisation',
  title: 'One variable after the other',
  shows:
    'Why every distribution is a product of conditional ones, in any order of its variables, and why the likelihood of such a model falls apart into D tasks of classification. Then how masks keep a network from seeing what it has to predict.',
  source: GERMAIN_2015('sections 2 to 4'),
  prerequisites: [
    'Conditional probability; the Kullback–Leibler divergence and cross-entropy.',
    'An example x has D variables with K values each: pixels, tokens, or numbers of a table. σ(t) is the number of the variable that comes at place t of the order σ.',
    'Every example has a probability greater than zero, so that all conditional probabilities exist. Sums over the variable at place t run over its values.',
  ],
  after: ['autoregressive', 'entropy-cross-entropy'],
  given: ['x', 'dimensions', 'order', 'orderDistribution', 'orderedVariable', 'orderedPast', 'orderedPrefix', 'lastVariable', 'dataDistribution', 'partChance', 'variableModel', 'outcomeCount', 'axisVector', 'component', 'rowWeight', 'inputMask', 'outputMask'],
  cases: inWorlds((seed, step) => fixedOrderWorld(seed, step), { tight: (seed, step) => fixedOrderWorld(seed, step, true) }),
  steps: [
    {
      label: 'The next variable when others are known',
      left: ofData, relation: 'equal', right: div(part(prefix), part(past)), kind: 'definition',
      why: 'The definition of conditional probability: how probable the first t variables of the order are together, over how probable the first t − 1 are. Variables that are not named may have any value.',
    },
    {
      label: 'One place further',
      left: part(prefix), relation: 'equal', right: mul(ofData, part(past)), kind: 'numeric',
      why: 'The line above multiplied by its denominator. Before the first place nothing is known, and nothing has the probability 1.',
    },
    {
      label: 'The chain rule',
      left: data, relation: 'equal', right: product(1, D, ofData, 't'), kind: 'numeric',
      why: 'The line above used again and again, from the last place to the first. No assumption was made about the distribution: the last variables may depend on all before them.',
    },
    {
      label: 'In any order',
      left: data, relation: 'equal', right: expectation('order', apply('orderDistribution', order), product(1, D, ofData, 't')), kind: 'numeric',
      why: 'The line above holds for every order, with other factors each time. So the mean of the product over all D! orders is the same number again. Conditional distributions of a network need not agree in this way.',
    },
    {
      label: 'A network for the next variable',
      left: total('orderedVariable', ofModel), relation: 'equal', right: one, kind: 'definition',
      why: 'A model keeps one order and learns the conditional distributions. The network ends in a softmax over the values of the next variable, so whatever is known before, its probabilities add up to 1.',
    },
    {
      label: 'The model of whole examples',
      left: model, relation: 'equal', right: product(1, D, ofModel, 't'), kind: 'definition',
      why: 'The chain rule read the other way: the conditional distributions are what is given, and their product is taken as the model.',
    },
    {
      label: 'Sum over the last variable',
      left: total('lastVariable', product(1, D, ofModel, 't')), relation: 'equal', right: product(1, sub(D, one), ofModel, 't'), kind: 'numeric',
      why: 'The last variable occurs in the last factor only, to the left of the bar. So all other factors can be taken out of the sum, and what is left in it adds up to 1.',
    },
    {
      label: 'The model is a distribution',
      left: total('x', model), relation: 'equal', right: one, kind: 'numeric',
      why: 'Sum over the last variable, then over the one before it, and so on: each sum removes one factor, and in the end 1 is left. So no partition function is needed, which is what makes the likelihood exact.',
    },
    {
      label: 'The log-likelihood is a sum',
      left: log(model), relation: 'equal', right: sum(1, D, log(ofModel), 't'), kind: 'numeric',
      why: 'The logarithm of a product is a sum. One pass of a masked network gives all terms at once; sampling needs D passes.',
    },
    {
      label: 'The loss over the data',
      left: fromData(neg(log(model))), relation: 'equal', right: sum(1, D, fromData(neg(log(ofModel))), 't'), kind: 'numeric',
      why: 'Maximum likelihood makes the mean of the negative log-likelihood small. The mean of a sum is the sum of the means.',
    },
    {
      label: 'One place is a task of classification',
      left: fromData(neg(log(ofModel))), relation: 'equal', right: task, kind: 'numeric',
      why: 'The term of place t looks at the variables up to t only. Examples with the same past are taken together: how often the past occurs, times the cross-entropy of the next variable after this past. The past is the input of a classifier, the next variable its label.',
    },
    {
      label: 'D tasks of classification',
      left: fromData(neg(log(model))), relation: 'equal', right: sum(1, D, task, 't'), kind: 'numeric',
      why: 'All places together. If the places share no parameters, each task may be solved alone. Networks do share them, and still the loss is this sum.',
    },
    {
      label: 'The divergence falls apart in the same way',
      left: kl('x', data, model), relation: 'equal', right: sum(1, D, overPasts(kl('orderedVariable', ofData, ofModel)), 't'), kind: 'numeric',
      why: 'Each cross-entropy less its entropy is a divergence, and by the chain rule the entropy of the data is the sum of the entropies of its places. So the model has the distribution of the data exactly if every classifier has the right conditional distribution after every past that occurs.',
    },
    {
      label: 'The least loss',
      left: fromData(neg(log(model))), relation: 'at-least', right: entropy('x', data), kind: 'numeric',
      why: 'The loss is the entropy of the data plus the divergence, which is never negative. Both sides are equal only if the model has the distribution of the data. The order does not change this bound, but it may change how hard the tasks are.',
    },
    {
      label: 'Bits per dimension',
      left: bits, relation: 'equal', right: neg(div(log(model), mul(D, log(two)))), kind: 'definition',
      why: 'The negative log-likelihood of an example with the logarithm to the base 2, over the number of its variables. For an image D counts every pixel once for each of its channels.',
    },
    {
      label: 'As a mean over places',
      left: bits, relation: 'equal', right: mul(div(one, D), sum(1, D, neg(div(log(ofModel), log(two))), 't')), kind: 'numeric',
      why: 'The sum of the places was put in. Each term is the length in bits that a good code gives to the next variable.',
    },
    {
      label: 'A model that knows nothing',
      left: neg(div(sum(1, D, log(div(one, K)), 't'), mul(D, log(two)))), relation: 'equal', right: div(log(K), log(two)), kind: 'numeric',
      why: 'If all K values are equally probable at every place, the mean is the logarithm of K to the base 2: 8 bits per dimension for 256 levels. A trained model must be below.',
    },
    {
      label: 'A mask: only what comes before',
      left: dot(et, mul(M, ek)), relation: 'equal', right: fn('min', one, fn('max', sub(t, k), zero)), kind: 'definition',
      why: 'From here the order is 1 to D. The entry of the mask in row t and column k is 1 if k comes before t, else 0: ones below the diagonal. The vectors e_t and e_k pick row and column.',
    },
    {
      label: 'Weights under the mask',
      left: masked, relation: 'equal', right: hadamard(M, W), kind: 'definition',
      why: 'Entry by entry the mask cuts the weights that would show a variable itself, or a later one.',
    },
    {
      label: 'A masked layer',
      left: a, relation: 'equal', right: add(mul(masked, x), b), kind: 'definition',
      why: 'One layer without hidden units. For variables that are 0 or 1 the sigmoid of the t-th output is the probability of a 1.',
    },
    {
      label: 'What one output sees',
      left: dot(et, a), relation: 'equal', right: add(dot(et, b), sum(1, sub(t, one), mul(sym('rowWeight', 'j'), sym('component', 'j')), 'j')), kind: 'numeric',
      why: 'Of row t only the weights before column t are left. So output t is a function of the variables before t, and the product of the probabilities is an autoregressive model.',
    },
    {
      label: 'Two layers (MADE, section 4)',
      left: dot(et, mul(sym('outputMask'), sym('inputMask'), ek)), relation: 'equal', right: fn('max', sub(t, k), zero), kind: 'numeric',
      why: 'With a hidden layer a number m is given to each hidden unit, here one unit for each m from 1 to D − 1. It may see the inputs 1 to m and may be seen by the outputs after m. The product of the two masks counts the paths from input k to output t: one for every m from k to t − 1, and none unless k comes before t. PixelCNN does the same with masked convolutions, NADE with sums that grow with t.',
    },
  ],
};
