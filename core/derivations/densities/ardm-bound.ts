/** The bound of order-agnostic autoregressive models, and its form in which one network call trains all unknown variables. */
import { add, apply, conditional, div, expectation, fn, kl, letter, mul, num, product, sub, sum, sym, total, type Expr } from '../../formulas/expr';
import { HOOGEBOOM_2022 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { anyOrderWorld } from '../worlds/orders';

const one = num(1);
const [D, x, order, variable, past, bound, term] = [sym('dimensions'), sym('x'), sym('order'), sym('orderedVariable'), sym('orderedPast'), sym('orderBound'), sym('orderTerm')];
const [t, k] = [letter('t'), letter('k')];
const log = (of: Expr): Expr => fn('log', of);
const [ofOrder, whole, posterior] = [apply('orderDistribution', order), apply('anyOrderModel', x), conditional('orderPosterior', order, x)];
const given = conditional('givenOrderModel', x, order);
const next = conditional('variableModel', variable, past);
const ofAny = (known: Expr): Expr => conditional('variableModel', sym('anyVariable', 'k'), known);
const overOrders = (body: Expr): Expr => expectation('order', ofOrder, body);
const unknown = sub(one, apply('isKnown', k, past));
const left = add(sub(D, t), one);
const meanOfUnknown = mul(div(one, left), sum(1, D, mul(unknown, log(ofAny(past))), 'k'));

export const ARDM_BOUND: Derivation = {
  id: 'ardm-bound',
  title: 'The bound of an order-agnostic autoregressive model',
  shows:
    'How a model that makes its variables in a random order gets a lower bound of its likelihood by Jensen\'s inequality, and how far the bound is off. Then why one place and one order, drawn at random, train the network on all unknown variables at once.',
  source: HOOGEBOOM_2022('sections 2 and 3'),
  prerequisites: [
    'Jensen\'s inequality: the logarithm of a mean is at least the mean of the logarithms.',
    'An autoregressive model with a fixed order, whose conditional distributions are given by a network.',
    'The network is told the values of the known variables, and which are known; it gives a distribution for each of the others, in which no value has the probability zero. σ(t) is the number of the variable at place t of the order, σ(<t) are those before.',
  ],
  after: ['jensen', 'autoregressive-factorisation'],
  given: ['x', 'dimensions', 'order', 'orderedVariable', 'orderedPast', 'variableModel', 'anyVariable', 'isKnown', 'nothingKnown'],
  cases: inWorlds((seed, step) => anyOrderWorld(seed, step), { tight: (seed, step) => anyOrderWorld(seed, step, true) }),
  steps: [
    {
      label: 'The model for one order',
      left: given, relation: 'equal', right: product(1, D, next, 't'), kind: 'definition',
      why: 'When the order is known, the variables are made one after the other, each when those before it are known. The same network serves all orders: what it sees are the known variables, not how they came about.',
    },
    {
      label: 'It is a distribution for every order',
      left: total('x', given), relation: 'equal', right: one, kind: 'numeric',
      why: 'Each factor adds up to 1 over the values of its variable, so the product adds up to 1 over all examples.',
    },
    {
      label: 'A random order',
      left: ofOrder, relation: 'equal', right: div(one, product(1, D, t, 't')), kind: 'definition',
      why: 'There are D! = 1 · 2 ⋯ D orders, and each is drawn with the same probability.',
    },
    {
      label: 'The model',
      left: whole, relation: 'equal', right: overOrders(given), kind: 'definition',
      why: 'First an order is drawn, then an example in this order. The order is a latent variable, and the likelihood of an example is a mean over all orders.',
    },
    {
      label: 'Jensen\'s inequality (section 2)',
      left: log(whole), relation: 'at-least', right: overOrders(log(given)), kind: 'numeric',
      why: 'The logarithm of a mean is at least the mean of the logarithms. Both sides are equal if the example has the same probability in every order, as it has when the conditional distributions belong to one joint distribution.',
    },
    {
      label: 'Which order it was',
      left: posterior, relation: 'equal', right: div(mul(ofOrder, given), whole), kind: 'definition',
      why: 'Bayes\' rule: how probable an order is when one has seen the example that was made.',
    },
    {
      label: 'What the bound lacks, exactly',
      left: sub(log(whole), overOrders(log(given))), relation: 'equal', right: kl('order', ofOrder, posterior), kind: 'numeric',
      why: 'The logarithm of the likelihood was put under the mean, and the difference of logarithms is log p(σ) less the logarithm of the posterior. As in every evidence lower bound the gap is a divergence; here it is zero if an example does not show in which order it was made.',
    },
    {
      label: 'A name for the bound',
      left: bound, relation: 'equal', right: overOrders(sum(1, D, log(next), 't')), kind: 'definition',
      why: 'The product for one order was put in; its logarithm is a sum over places.',
    },
    {
      label: 'It is a lower bound',
      left: log(whole), relation: 'at-least', right: bound, kind: 'numeric',
      why: 'The line of Jensen\'s inequality with this name. Training makes the bound large.',
    },
    {
      label: 'Mean and sum exchanged',
      left: bound, relation: 'equal', right: sum(1, D, overOrders(log(next)), 't'), kind: 'numeric',
      why: 'The mean of a sum is the sum of the means.',
    },
    {
      label: 'One place at random (section 3)',
      left: bound, relation: 'equal', right: mul(D, mul(div(one, D), sum(1, D, overOrders(log(next)), 't'))), kind: 'numeric',
      why: 'A sum of D terms is D times their mean. So one place t, drawn from 1 to D with equal chance, gives an estimate that is right on average: D times one term.',
    },
    {
      label: 'How many variables are unknown',
      left: sum(1, D, unknown, 'k'), relation: 'equal', right: left, kind: 'numeric',
      why: 'At place t of the order t − 1 variables are known, so D − t + 1 are not. The mask m is 1 for the known ones.',
    },
    {
      label: 'Any of them may come next (section 3)',
      left: overOrders(log(next)), relation: 'equal', right: overOrders(meanOfUnknown), kind: 'numeric',
      why: 'Take all orders that begin with the same t − 1 variables, in whatever sequence. Among them each of the D − t + 1 other variables comes next equally often. The network sees the same known variables each time, so the log-probability of the next one may be replaced by its mean over all that are unknown.',
    },
    {
      label: 'The term of one place',
      left: term, relation: 'equal', right: overOrders(meanOfUnknown), kind: 'definition',
      why: 'The right side gets a name. A network with the known variables as input and the others masked gives all terms of the inner sum in one call, as in BERT.',
    },
    {
      label: 'The bound for training',
      left: bound, relation: 'equal', right: sum(1, D, term, 't'), kind: 'numeric',
      why: 'Each term of the sum was replaced by its mean over the unknown variables.',
    },
    {
      label: 'As it is estimated',
      left: bound, relation: 'equal', right: mul(D, mul(div(one, D), sum(1, D, overOrders(meanOfUnknown), 't'))), kind: 'numeric',
      why: 'One place and one order are drawn for each example; then D over D − t + 1 times the sum of the log-probabilities of all unknown variables is right on average. Without the factor 1/(D − t + 1) the places with many unknown variables would count too much.',
    },
    {
      label: 'The first place',
      left: sym('orderTerm', '1'), relation: 'equal', right: mul(div(one, D), sum(1, D, log(ofAny(sym('nothingKnown'))), 'k')), kind: 'numeric',
      why: 'At t = 1 nothing is known, whatever the order. The term is the mean log-probability of all variables, each taken alone.',
    },
  ],
};
