/** Expectation–maximisation for a mixture of Gaussians, as in chapter 9 of Bishop's book, with spherical covariances. */
import { add, derivative, div, fn, mul, normSq, num, pow, sub, sym, apply, type Expr } from '../../formulas/expr';
import { BISHOP_2006 } from '../../formulas/sources';
import { component, MIXTURE, NEW_MEAN, overComponents, overData, RESPONSIBILITY, weightedComponent as weighted } from '../../formulas/densities';
import { lineOf } from '../line';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { gmmWorld } from '../worlds/gmm';

const one = num(1);
const [x, xi, N, Nk, rik] = [sym('x'), sym('dataPoint', 'i'), sym('dataSize'), sym('effectiveCount'), sym('pointShare', 'i')];
const [mean, deviation] = [sym('mixtureMean', 'k'), sym('mixtureDeviation', 'k')];
const [q, r] = [sym('anyShare', 'k'), sym('responsibility', 'k')];
const logDensity = fn('log', apply('mixtureDensity', x));
/** Σ_k share_k log(π_k N_k / share_k) */
const bound = (share: Expr): Expr => overComponents(mul(share, fn('log', div(weighted('k'), share))));

export const GMM: Derivation = {
  id: 'gmm',
  title: 'Expectation–maximisation for a Gaussian mixture',
  shows:
    'Why the E-step computes responsibilities: they make a lower bound on the log-likelihood touch it. And how the M-step\'s means, variances and weights follow from the bound.',
  source: BISHOP_2006('eq. 9.7, 9.13, 9.17 to 9.22, 9.70 and 9.71'),
  prerequisites: [
    'Density of a Gaussian, and Bayes\' rule.',
    'Covariances are spherical here, σ_k² times the identity; with full covariances the same lines hold, and the variance becomes a matrix.',
    'At a maximum the derivative is zero.',
  ],
  after: ['latent-variable-marginal'],
  given: ['x', 'dataPoint', 'dataSize', 'pointShare'],
  cases: inWorlds(gmmWorld),
  steps: [
    {
      label: 'The mixture (eq. 9.7)',
      ...lineOf(MIXTURE), kind: 'definition',
      why: 'Choose a component by its weight, then draw from its Gaussian. Which component it was is not seen. The logarithm of this sum does not split, which is why the maximum cannot be written down.',
    },
    {
      label: 'E-step: responsibilities (eq. 9.13)',
      ...lineOf(RESPONSIBILITY), kind: 'definition',
      why: 'Bayes\' rule: how probable component k is when the example is known.',
    },
    {
      label: 'A lower bound for any shares (eq. 9.71)',
      left: sym('mixtureBound'), relation: 'equal', right: bound(q), kind: 'definition',
      why: 'The logarithm has gone inside the sum, where it can be dealt with. Any shares q_k that are positive and add up to 1 may stand here.',
    },
    {
      label: 'How far it is from the log-likelihood (eq. 9.70)',
      left: logDensity, relation: 'equal', right: add(sym('mixtureBound'), overComponents(mul(q, fn('log', div(q, r))))), kind: 'numeric',
      why: 'The gap is the Kullback–Leibler divergence from the shares to the responsibilities. It is never negative, so the bound is one.',
    },
    {
      label: 'The responsibilities close the gap',
      left: logDensity, relation: 'equal', right: bound(r), kind: 'numeric',
      why: 'With the responsibilities as shares the divergence is zero. So whatever now raises the bound raises the log-likelihood at least as much: no step of the algorithm can make the fit worse.',
    },
    {
      label: 'M-step: the bound\'s derivative by a mean',
      left: derivative(mean, overData(mul(rik, fn('log', component(xi, 'k'))))), relation: 'equal', right: overData(div(mul(rik, sub(xi, mean)), pow(deviation, 2))), kind: 'numeric',
      why: 'The responsibilities are held fixed, r_ik for example i, and the bound is added up over the data. Only these terms contain the mean of component k.',
    },
    {
      label: 'How many examples a component has (eq. 9.18)',
      left: Nk, relation: 'equal', right: overData(rik), kind: 'definition',
      why: 'Each example counts for as much as the component is responsible for it; over all components this adds up to N.',
    },
    {
      label: 'M-step: the mean (eq. 9.17)',
      ...lineOf(NEW_MEAN), kind: 'definition',
      why: 'The derivative set to zero and solved for the mean: the mean of the examples, weighted by responsibility.',
    },
    {
      label: 'M-step: the variance (eq. 9.19, spherical)',
      left: pow(sym('newDeviation'), 2), relation: 'equal', right: mul(div(one, mul(sym('dimensions'), Nk)), overData(mul(rik, normSq(sub(xi, sym('newMean')))))), kind: 'definition',
      why: 'The same with the derivative by the variance: the mean squared distance from the new mean, in each of the D directions. scikit-learn adds a little to it (reg_covar) lest a component collapse onto one example.',
    },
    {
      label: 'M-step: the weight (eq. 9.22)',
      left: sym('newWeight'), relation: 'equal', right: div(Nk, N), kind: 'definition',
      why: 'The weights have to add up to 1, which a Lagrange multiplier sees to: each is the share of the examples that its component has.',
    },
  ],
};
