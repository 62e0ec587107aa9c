/** Expectation–maximisation for a Gaussian mixture as coordinate ascent on one bound (Neal & Hinton 1998), with what each step gains. */
import { add, apply, conditional, derivative, div, fn, gaussian, letter, mul, normSq, num, pow, sub, sum, sym, type Expr, type Letter } from '../../formulas/expr';
import { NEAL_HINTON_1998 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { emTight, emWorld } from '../worlds/gmm-em';

const one = num(1);
const [x, N, K, D, theta, better] = [sym('dataPoint', 'i'), sym('dataSize'), sym('mixtureSize'), sym('dimensions'), sym('mixtureParameters'), sym('nextParameters')];
const [share, count, mean, deviation, weight, lambda] = [sym('pointShare', 'i'), sym('effectiveCount', 'k'), sym('mixtureMean', 'k'), sym('mixtureDeviation', 'k'), sym('mixtureWeight', 'k'), sym('weightMultiplier')];
const [newMean, newDeviation, newWeight] = [sym('newMean', 'k'), sym('newDeviation', 'k'), sym('newWeight', 'k')];
const [anyQ, posteriorTable] = [sym('anyAssignment'), sym('componentPosterior')];
const log = (of: Expr): Expr => fn('log', of);
const overData = (body: Expr): Expr => sum(1, N, body, 'i');
const overComponents = (body: Expr, by: Letter = 'k'): Expr => sum(1, K, body, by);
const overBoth = (body: Expr): Expr => overData(overComponents(body));
const density = apply('mixtureDensity', x);
const weighted = mul(weight, gaussian(x, mean, pow(deviation, 2)));
const [q, posterior, later] = [conditional('anyAssignment', letter('k'), x), conditional('componentPosterior', letter('k'), x), conditional('nextPosterior', letter('k'), x)];
const fit = (of: Expr): Expr => apply('mixtureFit', of);
const F = (assignment: Expr, of: Expr): Expr => apply('freeEnergy', assignment, of);
const [gap, gapLater] = [overBoth(mul(q, log(div(q, posterior)))), overBoth(mul(posterior, log(div(posterior, later))))];
const distance = (from: Expr): Expr => normSq(sub(x, from));
/** Σ_j N_j log … */
const counted = (body: Expr): Expr => overComponents(mul(sym('effectiveCount', 'j'), log(body)), 'j');

export const GMM_EM: Derivation = {
  id: 'gmm-em',
  title: 'EM for a Gaussian mixture as coordinate ascent',
  shows:
    'Why both steps of EM make one and the same bound large: the E-step over assignments, the M-step over parameters. So the log-likelihood never falls, and the gain of a step is written down exactly.',
  source: NEAL_HINTON_1998('section 2; the M-step is worked out for Gaussians here'),
  prerequisites: [
    'Density of a Gaussian, and Bayes\' rule. The overview of a Gaussian mixture shows the same algorithm in fewer lines.',
    'The Kullback–Leibler divergence is never negative, and zero only for equal distributions.',
    'Covariances are spherical, σ_k² times the identity in D directions. No component may collapse onto a single example, where its variance would be zero.',
  ],
  after: ['kl-properties', 'latent-variable-marginal'],
  given: ['dataPoint', 'dataSize', 'mixtureSize', 'mixtureDensity', 'mixtureWeight', 'mixtureMean', 'mixtureDeviation', 'anyAssignment', 'dimensions', 'newWeight', 'weightMultiplier', 'nextParameters', 'nextPosterior'],
  cases: inWorlds(emWorld, { tight: emTight }),
  steps: [
    {
      label: 'What has to become large',
      left: fit(theta), relation: 'equal', right: overData(log(density)), kind: 'definition',
      why: 'The log-likelihood of all examples, as a function of θ, which stands for all weights, means and standard deviations.',
    },
    {
      label: 'Each example may come from any component',
      left: density, relation: 'equal', right: overComponents(weighted), kind: 'numeric',
      why: 'The density of the mixture. Its logarithm is that of a sum, which does not split, so the maximum cannot be written down.',
    },
    {
      label: 'Which component it was',
      left: posterior, relation: 'equal', right: div(weighted, density), kind: 'definition',
      why: 'Bayes\' rule: the probability of component k when the example is known, under the present parameters θ.',
    },
    {
      label: 'Take the mean under any assignment',
      left: log(density), relation: 'equal', right: overComponents(mul(q, log(density))), kind: 'numeric',
      why: 'The density does not depend on k, and the shares q of an example add up to 1. So nothing has changed. The assignment q may be any.',
    },
    {
      label: 'Bayes\' rule, and one that cancels',
      left: log(density), relation: 'equal', right: overComponents(mul(q, log(mul(div(weighted, q), div(q, posterior))))), kind: 'numeric',
      why: 'Bayes\' rule was solved for the density of the mixture: weighted Gaussian over posterior, which is the same for every k. Then q was put in once below and once above.',
    },
    {
      label: 'The bound',
      left: F(anyQ, theta), relation: 'equal', right: overBoth(mul(q, log(div(weighted, q)))), kind: 'definition',
      why: 'The first of the two fractions, summed over all examples, as a function of the assignment and of the parameters. This is the evidence lower bound; with the opposite sign it is called a variational free energy.',
    },
    {
      label: 'The gap is a divergence',
      left: fit(theta), relation: 'equal', right: add(F(anyQ, theta), gap), kind: 'numeric',
      why: 'The logarithm of the product is a sum of two. The second one, added up over the components, is for each example the Kullback–Leibler divergence from its assignment to its posterior.',
    },
    {
      label: 'So it is a lower bound',
      left: F(anyQ, theta), relation: 'at-most', right: fit(theta), kind: 'numeric',
      why: 'No divergence is negative. Both sides are equal if and only if the assignment of every example is its posterior.',
    },
    {
      label: 'E-step: the posterior closes the gap',
      left: F(posteriorTable, theta), relation: 'equal', right: fit(theta), kind: 'numeric',
      why: 'The parameters are held and the assignment is chosen. With the posterior as the assignment every quotient in the gap is 1 and its logarithm 0.',
    },
    {
      label: 'No other assignment is better',
      left: F(posteriorTable, theta), relation: 'at-least', right: F(anyQ, theta), kind: 'numeric',
      why: 'The left side reaches the log-likelihood, above which no assignment gets. So the E-step is the maximum of the bound over assignments. Since the sum runs over examples, it may also be made for a few examples only, and the bound still does not fall.',
    },
    {
      label: 'What the M-step can change',
      left: F(anyQ, theta), relation: 'equal', right: sub(overBoth(mul(q, log(weighted))), overBoth(mul(q, log(q)))), kind: 'numeric',
      why: 'Now the assignment is held and the parameters are chosen. The last sum contains no parameter; in the first one the logarithm stands before each Gaussian, not before their sum.',
    },
    {
      label: 'The assignment that is held',
      left: share, relation: 'equal', right: posterior, kind: 'definition',
      why: 'The responsibility of component k for example i: what the E-step has found. In the M-step it is a fixed number.',
    },
    {
      label: 'How many examples a component has',
      left: count, relation: 'equal', right: overData(share), kind: 'definition',
      why: 'Each example counts for as much as the component is responsible for it.',
    },
    {
      label: 'The best mean',
      left: newMean, relation: 'equal', right: div(overData(mul(share, x)), count), kind: 'definition',
      why: 'The mean of the examples, weighted by responsibility. The next two lines show that nothing is better.',
    },
    {
      label: 'The derivative of the bound by a mean',
      left: derivative(mean, overData(mul(share, log(gaussian(x, mean, pow(deviation, 2)))))), relation: 'equal', right: mul(div(count, pow(deviation, 2)), sub(newMean, mean)), kind: 'numeric',
      why: 'Only these terms contain the mean of component k. Each example pulls with r_ik times its distance over σ_k²; the examples add up to N_k times their weighted mean. So the derivative is zero at that mean and nowhere else, whatever σ_k is.',
    },
    {
      label: 'It is the maximum',
      left: overData(mul(share, distance(mean))), relation: 'equal', right: add(overData(mul(share, distance(newMean))), mul(count, normSq(sub(newMean, mean)))), kind: 'numeric',
      why: 'The squared distances from any mean are those from the best one and a term that is never negative. They stand with a minus sign in the logarithm of the Gaussian, so any other mean makes the bound smaller.',
    },
    {
      label: 'The best variance',
      left: pow(newDeviation, 2), relation: 'equal', right: div(overData(mul(share, distance(newMean))), mul(D, count)), kind: 'definition',
      why: 'The mean squared distance from the best mean in each of the D directions, weighted by responsibility.',
    },
    {
      label: 'The derivative of the bound by a deviation',
      left: derivative(deviation, overData(mul(share, log(gaussian(x, newMean, pow(deviation, 2)))))), relation: 'equal',
      right: mul(div(mul(D, count), pow(deviation, 3)), sub(pow(newDeviation, 2), pow(deviation, 2))), kind: 'numeric',
      why: 'The height of the Gaussian gives −D/σ_k for every example, its exponent the squared distance over σ_k³. The squared distances add up to D N_k times the best variance. Below the best deviation the derivative is positive and above it negative, so this is the maximum.',
    },
    {
      label: 'The weights: a Lagrange multiplier',
      left: derivative(weight, add(counted(sym('mixtureWeight', 'j')), mul(lambda, sub(one, overComponents(sym('mixtureWeight', 'j'), 'j'))))), relation: 'equal', right: sub(div(count, weight), lambda), kind: 'numeric',
      why: 'The weights have to add up to 1. What they must make large is the sum of N_j log π_j; the multiplier λ times what is missing to 1 was added, so that each weight may be moved alone.',
    },
    {
      label: 'The derivative set to zero',
      left: newWeight, relation: 'equal', right: div(count, lambda), kind: 'numeric',
      why: 'The line above was solved for the weight. So the best weights are in proportion to the counts.',
    },
    {
      label: 'The counts add up to N',
      left: overComponents(sym('effectiveCount', 'j'), 'j'), relation: 'equal', right: N, kind: 'numeric',
      why: 'The responsibilities of every example add up to 1, and there are N examples.',
    },
    {
      label: 'The multiplier',
      left: lambda, relation: 'equal', right: N, kind: 'numeric',
      why: 'The best weights add up to 1. The sum of their fractions is N over λ, so λ is N.',
    },
    {
      label: 'The best weight',
      left: newWeight, relation: 'equal', right: div(count, N), kind: 'numeric',
      why: 'The multiplier was put in: each component gets the share of the examples that it is responsible for.',
    },
    {
      label: 'It is the maximum',
      left: counted(sym('mixtureWeight', 'j')), relation: 'equal',
      right: sub(counted(sym('newWeight', 'j')), mul(N, overComponents(mul(sym('newWeight', 'j'), log(div(sym('newWeight', 'j'), sym('mixtureWeight', 'j')))), 'j'))), kind: 'numeric',
      why: 'N_j was written as N times the best weight in the difference of both sides. What is taken away is N times a Kullback–Leibler divergence, which is never negative. So all other weights make the bound smaller.',
    },
    {
      label: 'The M-step never lowers the bound',
      left: F(posteriorTable, better), relation: 'at-least', right: F(posteriorTable, theta), kind: 'numeric',
      why: 'θ′ stands for the new weights, means and deviations together. The bound is a sum of parts, one for the weights and one for each component with its mean and deviation, and each part is at its maximum. Both sides are equal only where θ was at that maximum already.',
    },
    {
      label: 'After the M-step there is a gap again',
      left: fit(better), relation: 'equal', right: add(F(posteriorTable, better), gapLater), kind: 'numeric',
      why: 'The line with the gap holds for any parameters, so for the new ones too. The assignment is still the old posterior, and the new parameters have another one.',
    },
    {
      label: 'What one round of EM gains',
      left: sub(fit(better), fit(theta)), relation: 'equal', right: add(sub(F(posteriorTable, better), F(posteriorTable, theta)), gapLater), kind: 'numeric',
      why: 'At the old parameters the bound was the log-likelihood itself. So the gain is what the M-step has gained on the bound, and the divergence that the next E-step will close. Neither is negative.',
    },
    {
      label: 'The log-likelihood never falls',
      left: fit(better), relation: 'at-least', right: fit(theta), kind: 'numeric',
      why: 'The gain is a sum of two terms that are not negative. It is zero only where the M-step has nothing to gain. Such a point may be a maximum that is not the highest one, or a saddle point: EM is sure never to fall, but not to find the best mixture.',
    },
  ],
};
