/** Maximum likelihood as the smallest divergence from the empirical distribution to the model. */
import { add, apply, argmax, argmin, conditional, crossEntropy, derivative, div, entropy, expectation, fn, kl, mul, neg, num, product, sub, sum, sym, total, type Expr } from '../../formulas/expr';
import { BISHOP_2006 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { empiricalTight, empiricalWorld } from '../worlds/empirical';

const one = num(1);
const [theta, data, N, xi, x, ml] = [sym('parameter'), sym('dataSet'), sym('dataSize'), sym('observation', 'i'), sym('outcome'), sym('likeliest')];
const likelihood = conditional('dataSetLikelihood', data, theta);
const [each, model] = [conditional('datumLikelihood', xi, theta), conditional('datumLikelihood', x, theta)];
const empirical = apply('empirical', x);
const log = (of: Expr): Expr => fn('log', of);
const overData = (body: Expr): Expr => sum(1, N, body, 'i');
const average = (body: Expr): Expr => mul(div(one, N), overData(body));
const [cross, own, divergence] = [crossEntropy('outcome', empirical, model), entropy('outcome', empirical), kl('outcome', empirical, model)];

export const MLE_IS_MIN_KL: Derivation = {
  id: 'mle-is-min-kl',
  title: 'Maximum likelihood makes a divergence small',
  shows:
    'Why the mean log-likelihood of data is minus a cross-entropy with the shares that values have in the data. So maximum likelihood looks for the model with the smallest Kullback–Leibler divergence from the data to it.',
  source: BISHOP_2006('section 1.6.1'),
  prerequisites: [
    'Maximum likelihood: the parameter under which independent observations are most probable.',
    'Cross-entropy is entropy plus Kullback–Leibler divergence.',
    'Values are discrete here, so that a share of the data belongs to each of them.',
  ],
  after: ['mle-map', 'entropy-cross-entropy'],
  given: ['parameter', 'dataSet', 'observation', 'dataSize', 'outcome', 'datumLikelihood', 'sameValue'],
  cases: inWorlds(empiricalWorld, { tight: empiricalTight }),
  steps: [
    {
      label: 'The likelihood of all data',
      left: likelihood, relation: 'equal', right: product(1, N, each, 'i'), kind: 'definition',
      why: 'Independent observations: the probabilities that the model gives to each of them are multiplied.',
    },
    {
      label: 'Its logarithm, per observation',
      left: mul(div(one, N), log(likelihood)), relation: 'equal', right: average(log(each)), kind: 'numeric',
      why: 'The logarithm of the product is a sum. Divided by N it is a mean over the data, which can be compared between data sets of different sizes.',
    },
    {
      label: 'The empirical distribution',
      left: empirical, relation: 'equal', right: average(apply('sameValue', xi, x)), kind: 'definition',
      why: 'The share of the value x in the data. δ is 1 where observation and value are the same, else 0, so the sum counts.',
    },
    {
      label: 'It is a distribution',
      left: total('outcome', empirical), relation: 'equal', right: one, kind: 'numeric',
      why: 'Every observation has exactly one value, so all counts together are N.',
    },
    {
      label: 'Sort the sum by values',
      left: overData(log(each)), relation: 'equal', right: mul(N, total('outcome', mul(empirical, log(model)))), kind: 'numeric',
      why: 'Observations with the same value have the same term. So each value\'s term was written once, times how often it occurs, which is N times its share.',
    },
    {
      label: 'The mean over the data is an expectation',
      left: average(log(each)), relation: 'equal', right: expectation('outcome', empirical, log(model)), kind: 'numeric',
      why: 'Divided by N again. A mean over the data is a mean under the empirical distribution.',
    },
    {
      label: 'It is minus a cross-entropy',
      left: average(log(each)), relation: 'equal', right: neg(cross), kind: 'numeric',
      why: 'This is the definition of the cross-entropy of the empirical distribution and the model, but for the sign. The mean negative log-likelihood that code prints is this cross-entropy.',
    },
    {
      label: 'Split the cross-entropy',
      left: cross, relation: 'equal', right: add(own, divergence), kind: 'numeric',
      why: 'Cross-entropy is entropy plus divergence. The first term belongs to the data alone.',
    },
    {
      label: 'The mean log-likelihood',
      left: average(log(each)), relation: 'equal', right: sub(neg(own), divergence), kind: 'numeric',
      why: 'The last two lines together. Only the divergence contains the parameter θ.',
    },
    {
      label: 'No model does better than the data allows',
      left: average(log(each)), relation: 'at-most', right: neg(own), kind: 'numeric',
      why: 'The divergence is never negative. The bound is reached only by a model that gives every value just the share that it has in the data.',
    },
    {
      label: 'Maximum likelihood',
      left: ml, relation: 'equal', right: argmax('parameter', likelihood), kind: 'definition',
      why: 'The parameter under which the data is most probable.',
    },
    {
      label: 'With logarithms',
      left: ml, relation: 'equal', right: argmax('parameter', overData(log(each))), kind: 'numeric',
      why: 'The logarithm grows with its argument and does not move the maximum.',
    },
    {
      label: 'The smallest cross-entropy',
      left: ml, relation: 'equal', right: argmin('parameter', cross), kind: 'numeric',
      why: 'The sum is N times minus the cross-entropy. Where a number is largest, its negative is smallest, and the factor N does not move the place.',
    },
    {
      label: 'The smallest divergence',
      left: ml, relation: 'equal', right: argmin('parameter', divergence), kind: 'numeric',
      why: 'The entropy of the data does not contain θ, so it was left out. Maximum likelihood brings the model as near to the data as the family allows, measured by the divergence from data to model. This direction punishes a model that gives little probability to what occurs.',
    },
    {
      label: 'The same gradient',
      left: derivative(theta, divergence), relation: 'equal', right: neg(average(derivative(theta, log(each)))), kind: 'numeric',
      why: 'The derivative of the entropy of the data is zero. So each step on the negative log-likelihood is a step on the divergence, although nobody computes the divergence itself.',
    },
  ],
};
