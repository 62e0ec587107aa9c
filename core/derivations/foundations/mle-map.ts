/** Maximum likelihood and maximum a posteriori, in general and for the mean of a Gaussian. */
import { add, apply, argmax, conditional, derivative, div, fn, gaussian1, mul, num, pow, product, sub, sum, sym, type Expr } from '../../formulas/expr';
import { BISHOP_2006 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { estimateWorld, manyObservations } from '../worlds/estimates';

const one = num(1);
const [theta, data, N, xi] = [sym('parameter'), sym('dataSet'), sym('dataSize'), sym('observation', 'i')];
const [ml, map, m, w] = [sym('likeliest'), sym('mostProbable'), sym('priorMean'), sym('dataShare')];
const [noise, spread] = [pow(sym('observationDeviation'), 2), pow(sym('priorDeviation'), 2)];
const each = conditional('datumLikelihood', xi, theta);
const likelihood = conditional('dataSetLikelihood', data, theta);
const prior = apply('parameterPrior', theta);
const posterior = conditional('parameterPosterior', theta, data);
const log = (of: Expr): Expr => fn('log', of);
const overData = (body: Expr): Expr => sum(1, N, body, 'i');
const logLikelihood = overData(log(each));
const whole = add(mul(N, spread), noise);

export const MLE_MAP: Derivation = {
  id: 'mle-map',
  title: 'Maximum likelihood and maximum a posteriori',
  shows:
    'Why training adds up log-probabilities, and how a prior becomes one more term of the loss. For the mean of a Gaussian both estimates are worked out to the end, and with many observations they agree.',
  source: BISHOP_2006('sections 1.2.4, 1.2.5 and 2.3.6'),
  prerequisites: [
    'Bayes\' rule for the parameters of a model.',
    'Density of a Gaussian.',
    'At a maximum inside of the range the derivative is zero.',
  ],
  after: ['bayes-evidence'],
  given: ['parameter', 'dataSet', 'observation', 'dataSize', 'datumLikelihood', 'parameterPrior', 'dataSetEvidence'],
  cases: inWorlds(estimateWorld, { limit: manyObservations }),
  steps: [
    {
      label: 'The likelihood of all data',
      left: likelihood, relation: 'equal', right: product(1, N, each, 'i'), kind: 'definition',
      why: 'The N observations are taken to be independent of each other once the parameter θ is known, so their probabilities are multiplied. θ is one number here; with many parameters the same lines hold for all of them together.',
    },
    {
      label: 'The logarithm turns the product into a sum',
      left: log(likelihood), relation: 'equal', right: logLikelihood, kind: 'numeric',
      why: 'The logarithm of a product is the sum of the logarithms. A product of thousands of small numbers would underflow to zero in floating point; the sum does not, and it can be estimated from a minibatch.',
    },
    {
      label: 'Maximum likelihood',
      left: ml, relation: 'equal', right: argmax('parameter', likelihood), kind: 'definition',
      why: 'The estimate is the parameter under which the data that was really observed is most probable.',
    },
    {
      label: 'The same with logarithms',
      left: ml, relation: 'equal', right: argmax('parameter', logLikelihood), kind: 'numeric',
      why: 'The logarithm grows with its argument, so the place of the maximum does not move. Code makes the negative of this sum small: the negative log-likelihood.',
    },
    {
      label: 'The posterior of the parameter',
      left: posterior, relation: 'equal', right: div(mul(prior, likelihood), apply('dataSetEvidence', data)), kind: 'definition',
      why: 'Bayes\' rule, with the parameter as the hypothesis. The prior says which values are plausible before any data.',
    },
    {
      label: 'Maximum a posteriori',
      left: map, relation: 'equal', right: argmax('parameter', posterior), kind: 'definition',
      why: 'The estimate is the parameter whose posterior density is largest. It is the peak of the posterior, not its mean.',
    },
    {
      label: 'The evidence does not matter',
      left: map, relation: 'equal', right: argmax('parameter', mul(prior, likelihood)), kind: 'numeric',
      why: 'The denominator of Bayes\' rule does not contain θ. It scales the whole curve and leaves its peak where it is.',
    },
    {
      label: 'The prior is one more term',
      left: map, relation: 'equal', right: argmax('parameter', add(log(prior), logLikelihood)), kind: 'numeric',
      why: 'The logarithm again. The loss gets the negative log of the prior added: a Gaussian prior around zero gives a squared penalty, which is weight decay. A flat prior adds a constant and gives maximum likelihood.',
    },
    {
      label: 'Now a Gaussian: the observations',
      left: each, relation: 'equal', right: gaussian1(xi, theta, noise), kind: 'definition',
      why: 'From here on θ is the mean of a Gaussian whose variance σ² is known.',
    },
    {
      label: 'And a Gaussian prior',
      left: prior, relation: 'equal', right: gaussian1(theta, m, spread), kind: 'definition',
      why: 'Before any data we expect θ near m, give or take s.',
    },
    {
      label: 'The slope of the log-likelihood',
      left: derivative(theta, logLikelihood), relation: 'equal', right: overData(div(sub(xi, theta), noise)), kind: 'numeric',
      why: 'The logarithm of the Gaussian is minus the squared distance over 2σ² plus a constant. Its derivative by the mean is the difference over σ²: every observation pulls θ towards itself.',
    },
    {
      label: 'Where it is zero: the sample mean',
      left: ml, relation: 'equal', right: mul(div(one, N), overData(xi)), kind: 'numeric',
      why: 'The differences have to add up to zero, so N times the estimate is the sum of the observations. The variance cancels. The slope falls as θ grows, so this is the maximum.',
    },
    {
      label: 'The slope of the log-prior',
      left: derivative(theta, log(prior)), relation: 'equal', right: div(sub(m, theta), spread), kind: 'numeric',
      why: 'The same derivative for the other Gaussian: the prior pulls θ towards m as if it were one more observation with variance s².',
    },
    {
      label: 'Where both pulls cancel',
      left: overData(div(sub(xi, map), noise)), relation: 'equal', right: div(sub(map, m), spread), kind: 'numeric',
      why: 'At the maximum of the sum of both logarithms the two slopes add up to zero, so the pull of the data is the negative of the pull of the prior. Both slopes fall as θ grows, so there is only one such point.',
    },
    {
      label: 'Put the sample mean in',
      left: div(mul(N, sub(ml, map)), noise), relation: 'equal', right: div(sub(map, m), spread), kind: 'numeric',
      why: 'The observations add up to N times their mean, which is the maximum likelihood estimate. So the whole pull of the data is that of its mean, N times.',
    },
    {
      label: 'Solve for the estimate',
      left: map, relation: 'equal', right: div(add(mul(N, spread, ml), mul(noise, m)), whole), kind: 'numeric',
      why: 'Both sides were multiplied by σ² and s², and what contains the estimate was collected on one side and divided by its factor.',
    },
    {
      label: 'The weight of the data',
      left: w, relation: 'equal', right: div(mul(N, spread), whole), kind: 'definition',
      why: 'What multiplies the maximum likelihood estimate in the line above. It lies between 0 and 1.',
    },
    {
      label: 'A weighted mean of data and prior',
      left: map, relation: 'equal', right: add(mul(w, ml), mul(sub(one, w), m)), kind: 'numeric',
      why: 'The rest of the weight is σ² over the same denominator, and it belongs to the mean of the prior. The estimate lies between what the data says and what was believed before.',
    },
    {
      label: 'How far the two estimates are apart',
      left: sub(map, ml), relation: 'equal', right: mul(sub(one, w), sub(m, ml)), kind: 'numeric',
      why: 'The maximum likelihood estimate was taken from both sides. The prior shifts the estimate towards m by the share 1 − w of the way.',
    },
    {
      label: 'With many observations',
      left: w, relation: 'approaches', right: one, kind: 'numeric',
      why: 'As N grows, N s² outgrows the fixed σ² beside it, so the weight of the data tends to 1. The share 1 − w of the prior tends to 0.',
    },
    {
      label: 'Both estimates agree in the limit',
      left: map, relation: 'approaches', right: ml, kind: 'numeric',
      why: 'Their distance is 1 − w times the distance from m to the maximum likelihood estimate, and 1 − w tends to 0. With enough data a Gaussian prior no longer matters.',
    },
  ],
};
