/** Two readings of probability on two examples: a coin, and the mean of a Gaussian with known variance. */
import { add, apply, argmax, conditional, derivative, div, expectation, fn, gaussian1, integral, mul, num, pow, power, product, sub, sum, sym, type Expr } from '../../formulas/expr';
import { BISHOP_2006 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { beliefLimit, beliefPair, beliefWorld } from '../worlds/bayes-frequentist';

const [one, two] = [num(1), num(2)];
const [theta, data, N, k, a, b, xi, later] = [sym('parameter'), sym('dataSet'), sym('dataSize'), sym('headCount'), sym('priorHeads'), sym('priorTails'), sym('observation', 'i'), sym('nextObservation')];
const [ml, m, w, mean] = [sym('likeliest'), sym('priorMean'), sym('dataShare'), sym('beliefMean')];
const [noise, spread, left, centre] = [pow(sym('observationDeviation'), 2), pow(sym('priorDeviation'), 2), pow(sym('posteriorSpread'), 2), sym('posteriorCentre')];
const each = conditional('datumLikelihood', xi, theta);
const likelihood = conditional('dataSetLikelihood', data, theta);
const prior = apply('parameterPrior', theta);
const posterior = conditional('parameterPosterior', theta, data);
const B = (u: Expr, v: Expr): Expr => apply('betaFunction', u, v);
const overData = (body: Expr): Expr => sum(1, N, body, 'i');
const underPosterior = (body: Expr): Expr => expectation('parameter', posterior, body);
const tails = sub(one, theta);
const misses = sub(N, k);
/** θ^u (1 − θ)^v */
const shape = (u: Expr, v: Expr): Expr => mul(power(theta, u), power(tails, v));
const whole = add(a, b, N);
const updated = shape(sub(add(a, k), one), sub(sub(add(b, N), k), one));
const [heads, rest] = [add(a, k), sub(add(b, N), k)];
const [priorPrecision, dataPrecision] = [div(one, spread), div(N, noise)];

export const BAYES_VS_FREQUENTIST: Derivation = {
  id: 'bayes-vs-frequentist',
  title: 'Frequentist and Bayesian estimates: a coin and a Gaussian mean',
  shows:
    'What maximum likelihood and Bayes\' rule each say about the same data: a single best number, or a distribution of the unknown number. For a coin and for the mean of a Gaussian both are worked out, and with much data or a flat prior they agree.',
  source: BISHOP_2006('sections 2.1.1 and 2.3.6, eq. 2.141 and 2.142'),
  prerequisites: [
    'Bayes\' rule, and the maximum likelihood estimate.',
    'Density of a Gaussian.',
    'For a frequentist the parameter is fixed and the data is random; for a Bayesian the data is what was seen and the parameter has a distribution that says what is known of it.',
  ],
  after: ['bayes-evidence', 'mle-map'],
  given: ['parameter', 'dataSet', 'observation', 'dataSize', 'datumLikelihood', 'priorHeads', 'priorTails', 'nextObservation', 'observationDeviation', 'priorDeviation'],
  cases: inWorlds(beliefWorld, { limit: beliefLimit, pair: beliefPair }),
  steps: [
    {
      label: 'One toss of a coin',
      left: each, relation: 'equal', right: mul(power(theta, xi), power(tails, sub(one, xi))), kind: 'definition',
      why: 'A toss is 1 for heads and 0 for tails, and θ is the probability of heads, between 0 and 1. Of the two factors one has the exponent 0 and is 1, so what is left is θ for heads and 1 − θ for tails.',
    },
    {
      label: 'All tosses',
      left: likelihood, relation: 'equal', right: product(1, N, each, 'i'), kind: 'definition',
      why: 'The tosses are independent of each other once θ is known, so their probabilities are multiplied.',
    },
    {
      label: 'Count the heads',
      left: k, relation: 'equal', right: overData(xi), kind: 'definition',
      why: 'Every head adds 1 to the sum and every tail adds 0.',
    },
    {
      label: 'Only the count matters',
      left: likelihood, relation: 'equal', right: shape(k, misses), kind: 'numeric',
      why: 'The product has one factor θ for each of the k heads and one factor 1 − θ for each of the N − k tails. In which order they came makes no difference.',
    },
    {
      label: 'The slope of the log-likelihood',
      left: derivative(theta, fn('log', likelihood)), relation: 'equal', right: sub(div(k, theta), div(misses, tails)), kind: 'numeric',
      why: 'Inside of the range, for 0 < θ < 1, the logarithm is k log θ + (N − k) log(1 − θ). Heads pull θ up, tails pull it down.',
    },
    {
      label: 'The frequentist estimate',
      left: ml, relation: 'equal', right: argmax('parameter', likelihood), kind: 'definition',
      why: 'Maximum likelihood: the θ under which the tosses that were seen are most probable. It is one number and says nothing by itself of how sure it is.',
    },
    {
      label: 'It is the share of heads',
      left: ml, relation: 'equal', right: div(k, N), kind: 'numeric',
      why: 'The slope is zero where k(1 − θ) = (N − k)θ, so where θ = k/N. The slope falls from above zero to below it, so this is the maximum. With heads only, or with tails only, the maximum is at an end of the range and the formula still holds.',
    },
    {
      label: 'A prior for the coin',
      left: prior, relation: 'proportional', right: shape(sub(a, one), sub(b, one)), kind: 'definition',
      why: 'The Beta distribution with a and b, both above zero: what is believed of θ before any toss. It has the same shape as the likelihood, which will make the posterior a Beta distribution too. With a = b = 1 it is flat.',
    },
    {
      label: 'Its mean',
      left: m, relation: 'equal', right: expectation('parameter', prior, theta), kind: 'definition',
      why: 'What is expected of θ before any toss. Its value follows below, as the mean of the posterior after no tosses at all.',
    },
    {
      label: 'Bayes\' rule',
      left: posterior, relation: 'proportional', right: mul(prior, likelihood), kind: 'definition',
      why: 'The posterior is prior times likelihood, divided by a number that does not contain θ. This is what the Bayesian reports: not one number but a distribution of θ.',
    },
    {
      label: 'The posterior is a Beta distribution again',
      left: posterior, relation: 'proportional', right: updated, kind: 'numeric',
      why: 'Equal bases were multiplied, so their exponents add up: the number of heads is added to a and the number of tails to b. So a and b act as if they were heads and tails that had been seen before.',
    },
    {
      label: 'What it has to be divided by',
      left: B(heads, rest), relation: 'equal', right: integral('parameter', updated), kind: 'definition',
      why: 'A density must integrate to 1 over all θ between 0 and 1. The integral is called the Beta function.',
    },
    {
      label: 'The posterior',
      left: posterior, relation: 'equal', right: div(updated, B(heads, rest)), kind: 'numeric',
      why: 'The density of the Beta distribution with the two numbers a + k and b + N − k. With the flat prior, a = b = 1, it is the likelihood, scaled, and its peak is at k/N: the most probable θ then is the maximum likelihood estimate.',
    },
    {
      label: 'Its mean as a quotient',
      left: underPosterior(theta), relation: 'equal', right: div(B(add(heads, one), rest), B(heads, rest)), kind: 'numeric',
      why: 'One more factor θ under the integral raises the exponent of θ by 1, which gives the Beta function with its first number one larger.',
    },
    {
      label: 'A step of the Beta function',
      left: B(add(heads, one), rest), relation: 'equal', right: mul(div(heads, whole), B(heads, rest)), kind: 'numeric',
      why: 'Integration by parts: B(u + 1, v) is u/v times B(u, v + 1), and B(u + 1, v) and B(u, v + 1) add up to B(u, v), since θ + (1 − θ) = 1. Solved for B(u + 1, v) this is u/(u + v) times B(u, v). Here u + v is a + b + N.',
    },
    {
      label: 'The Bayesian estimate',
      left: mean, relation: 'equal', right: underPosterior(theta), kind: 'definition',
      why: 'If one number is asked for, the mean of the posterior is the one with the smallest expected squared error under the posterior.',
    },
    {
      label: 'The mean of the posterior',
      left: mean, relation: 'equal', right: div(heads, whole), kind: 'numeric',
      why: 'The step of the Beta function was put into the quotient and the Beta function cancels. With a = b = 1 it is Laplace\'s rule: one more head and one more tail than were seen.',
    },
    {
      label: 'The mean of the prior',
      left: m, relation: 'equal', right: div(a, add(a, b)), kind: 'numeric',
      why: 'The same formula without any tosses, k = N = 0: the prior is what is then left of the posterior.',
    },
    {
      label: 'The weight of the data',
      left: w, relation: 'equal', right: div(N, whole), kind: 'definition',
      why: 'The share of real tosses among all tosses, real and imagined.',
    },
    {
      label: 'Between data and prior',
      left: mean, relation: 'equal', right: add(mul(w, ml), mul(sub(one, w), m)), kind: 'numeric',
      why: 'The numerator is k + a. k is N times k/N, and a is a + b times the mean of the prior; both were divided by a + b + N. So the Bayesian estimate lies between the frequentist one and the mean of the prior.',
    },
    {
      label: 'How sure it is',
      left: underPosterior(pow(sub(theta, mean), 2)), relation: 'equal', right: div(mul(mean, sub(one, mean)), add(whole, one)), kind: 'numeric',
      why: 'The variance of the Beta distribution: the mean of θ² needs two steps of the Beta function, and the squared mean is taken away. It falls at least as fast as 1 over the number of tosses.',
    },
    {
      label: 'The next toss',
      left: conditional('nextPredictive', later, data), relation: 'equal', right: underPosterior(conditional('datumLikelihood', later, theta)), kind: 'definition',
      why: 'The posterior predictive: the next toss under each θ, weighted by how probable that θ is now. It takes into account that θ is not known exactly.',
    },
    {
      label: 'How probable heads are next',
      left: conditional('nextPredictive', one, data), relation: 'equal', right: mean, kind: 'numeric',
      why: 'Heads have the probability θ, and its mean under the posterior has just been found. After three heads in three tosses maximum likelihood gives the next tail the probability 0, the Bayesian estimate does not.',
    },
    {
      label: 'With many tosses both agree',
      left: mean, relation: 'approaches', right: ml, kind: 'numeric',
      why: 'The weight N/(a + b + N) of the data tends to 1 as N grows, since a and b stay as they are, and the weight of the prior tends to 0.',
    },
    {
      label: 'Now a Gaussian: the observations (Bishop, section 2.3.6)',
      left: each, relation: 'equal', right: gaussian1(xi, theta, noise), kind: 'definition',
      why: 'From here on θ is the mean of a Gaussian whose variance σ² is known, and the observations are numbers.',
    },
    {
      label: 'Its prior',
      left: prior, relation: 'equal', right: gaussian1(theta, m, spread), kind: 'definition',
      why: 'Before any data, θ is believed to lie near m, give or take s.',
    },
    {
      label: 'Its posterior',
      left: posterior, relation: 'proportional', right: mul(gaussian1(theta, m, spread), product(1, N, gaussian1(xi, theta, noise), 'i')), kind: 'numeric',
      why: 'Bayes\' rule again, prior times likelihood, with both Gaussians put in. The evidence was left out because it does not contain θ.',
    },
    {
      label: 'Collect the powers of θ',
      left: posterior, relation: 'proportional',
      right: fn('exp', sub(mul(add(div(m, spread), mul(div(one, noise), overData(xi))), theta), mul(div(one, two), add(priorPrecision, dataPrecision), pow(theta, 2)))), kind: 'numeric',
      why: 'All squares in the exponents were multiplied out. Terms without θ are constant factors and were dropped. What is left is one linear term and one quadratic term, so the posterior is a Gaussian.',
    },
    {
      label: 'Precisions add up (eq. 2.142)',
      left: div(one, left), relation: 'equal', right: add(priorPrecision, dataPrecision), kind: 'definition',
      why: 'In a Gaussian the coefficient of θ² is minus one half over its variance, which was read off the line above. One over a variance is called a precision: that of the prior, and 1/σ² for every observation.',
    },
    {
      label: 'The sample mean',
      left: ml, relation: 'equal', right: mul(div(one, N), sum(1, N, xi, 'i')), kind: 'numeric',
      why: 'The maximum likelihood estimate of the mean of a Gaussian: the sum of the distances to all observations is zero there.',
    },
    {
      label: 'The mean of the posterior',
      left: centre, relation: 'equal', right: mul(left, add(div(m, spread), div(mul(N, ml), noise))), kind: 'definition',
      why: 'In a Gaussian the coefficient of θ is the mean over the variance. The observations add up to N times their mean.',
    },
    {
      label: 'A mean weighted by precision (eq. 2.141)',
      left: centre, relation: 'equal', right: div(add(mul(priorPrecision, m), mul(dataPrecision, ml)), add(priorPrecision, dataPrecision)), kind: 'numeric',
      why: 'The variance of the posterior was put in. Each of the two estimates counts for as much as its precision.',
    },
    {
      label: 'The posterior',
      left: posterior, relation: 'equal', right: gaussian1(theta, centre, left), kind: 'numeric',
      why: 'Mean and variance were read off, and a density must integrate to 1. A 95 % credible interval is the mean give or take 1.96 times σ_N: given this data and this prior, θ lies in it with probability 0.95.',
    },
    {
      label: 'With many observations both agree',
      left: centre, relation: 'approaches', right: ml, kind: 'numeric',
      why: 'The precision N/σ² of the data grows with N and the precision of the prior stays, so the weight of the prior tends to zero.',
    },
    {
      label: 'And so they do with a flat prior',
      left: posterior, relation: 'approaches', right: gaussian1(theta, ml, div(noise, N)), kind: 'numeric',
      why: 'Here the data stays as it is and s grows without bound, so the precision of the prior tends to zero. The posterior then is the likelihood, scaled so that it integrates to 1.',
    },
    {
      label: 'What the frequentist asks: other data, the same θ',
      left: conditional('estimateDensity', ml, theta), relation: 'equal', right: gaussian1(ml, theta, div(noise, N)), kind: 'definition',
      why: 'For the frequentist θ is fixed, and it is the estimate that differs from one sample of N observations to the next. A sum of N independent Gaussians has N times the variance, and division by N divides it by N².',
    },
    {
      label: 'One curve, read in two ways',
      left: conditional('estimateDensity', ml, theta), relation: 'equal', right: gaussian1(theta, ml, div(noise, N)), kind: 'numeric',
      why: 'The Gaussian depends only on the squared distance of the two. So the sample mean give or take 1.96 σ/√N is an interval with two meanings. As a 95 % confidence interval: in the long run 95 % of all samples give an interval that contains the true θ. As a credible interval under the flat prior: with this sample, θ lies in it with probability 0.95. Only the second sentence speaks of the data at hand.',
    },
  ],
};
