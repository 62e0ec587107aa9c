/** The log-likelihood along the probability flow, the estimate of its divergence, and bits per dimension. */
import { add, apply, definite, derivative, derivatives, div, divergence, dot, expectation, fn, gradient, mul, neg, sub, sym, trace, transpose, type Expr } from '../../formulas/expr';
import { SONG_2021_SDE } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { sdeLikelihoodWorld } from '../worlds/sde-likelihood';
import { marginal, one, point, score, time, two, zero } from './parts';

const log = (of: Expr): Expr => fn('log', of);
const byTime = (of: Expr): Expr => derivative(time, of);
const velocity = apply('flowVelocity', point, time);
const spread = divergence('flowPoint', velocity);
const path = (when: Expr): Expr => apply('flowPath', when);
const along = (when: Expr): Expr => log(apply('timeDensity', path(when), when));
const gathered = definite('earlierTime', zero, one, apply('pathDivergence', sym('earlierTime')));
const prior = log(apply('baseDensity', path(one)));
const computed = sym('flowLogLikelihood');
const [J, e] = [sym('velocityJacobian'), sym('probe')];
const overProbes = (body: Expr): Expr => expectation('probe', apply('probeDensity', e), body);
const [outer, form] = [mul(e, transpose(e)), dot(e, mul(J, e))];
const [D, bpd, k, y] = [sym('dimensions'), sym('bitsPerDimension'), sym('pixelScale'), sym('pixelPoint')];
const inBits = (of: Expr): Expr => neg(div(of, mul(D, log(two))));
const pixelLog = log(apply('pixelDensity', y));

export const SDE_LIKELIHOOD: Derivation = {
  id: 'sde-likelihood',
  title: 'The likelihood along the probability flow',
  shows:
    'How the log-density changes along a path of the probability flow, so that the log-likelihood of an example is that of the noise at the end of its path plus an integral. Then how the integrand is estimated with random vectors, and what bits per dimension are.',
  source: SONG_2021_SDE('section 4.3 and appendix D.2; the change along a path: Chen et al. 2018, arXiv 1806.07366, theorem 1; the estimate: Grathwohl et al. 2019, arXiv 1810.01367'),
  prerequisites: [
    'The probability flow and its continuity equation.',
    'The chain rule, and the product rule of the divergence.',
    'The density is positive and smooth. The velocity is smooth and grows at most linearly, so that exactly one path goes through each point, and for all times.',
    'Logarithms are natural ones, so that log-likelihoods are in nats, until bits are named.',
  ],
  after: ['probability-flow-ode'],
  given: ['continuousTime', 'flowPoint', 'timeDensity', 'flowVelocity', 'flowPath', 'earlierTime', 'baseDensity', 'probe', 'probeDensity', 'identityMatrix', 'dimensions', 'pixelScale', 'pixelDensity'],
  cases: inWorlds((seed) => sdeLikelihoodWorld(seed)),
  steps: [
    {
      label: 'The continuity equation',
      left: byTime(marginal), relation: 'equal', right: neg(divergence('flowPoint', mul(marginal, velocity))), kind: 'numeric',
      why: 'The density at a fixed place falls as much as more flows out of it than in.',
    },
    {
      label: 'The product rule of the divergence',
      left: divergence('flowPoint', mul(marginal, velocity)), relation: 'equal', right: add(dot(velocity, gradient('flowPoint', marginal)), mul(marginal, spread)), kind: 'numeric',
      why: 'Each component of the product has two derivatives: of the density, and of the velocity. The first make an inner product, the second a divergence.',
    },
    {
      label: 'At a fixed place, in logarithms',
      left: byTime(log(marginal)), relation: 'equal', right: sub(neg(spread), dot(velocity, score)), kind: 'numeric',
      why: 'Both lines together, divided by the density. A derivative over the function is the derivative of the logarithm, in time and in space.',
    },
    {
      label: 'A path of the flow',
      left: derivatives('continuousTime', path(time)), relation: 'equal', right: apply('flowVelocity', path(time), time), kind: 'numeric',
      why: 'A point that moves with the velocity at the place where it is. At time 0 it is an example.',
    },
    {
      label: 'Look at the place where it is',
      left: point, relation: 'equal', right: path(time), kind: 'definition',
      why: 'From here on x is the place where the path is at time τ. A derivative by x or by τ alone still moves only one of the two.',
    },
    {
      label: 'The chain rule along the path',
      left: byTime(along(time)), relation: 'equal', right: add(byTime(log(marginal)), dot(velocity, score)), kind: 'numeric',
      why: 'Along the path the density changes because time passes, and because the place moves with the velocity.',
    },
    {
      label: 'Instantaneous change of variables (Chen et al., theorem 1)',
      left: byTime(along(time)), relation: 'equal', right: neg(spread), kind: 'numeric',
      why: 'The inner product of velocity and score cancels. Where paths move apart the density thins out along them, and where they come together it grows. No other term is left: the score is not needed, only the divergence.',
    },
    {
      label: 'The divergence along the path',
      left: apply('pathDivergence', time), relation: 'equal', right: spread, kind: 'definition',
      why: 'A name for it as a function of time alone. A solver integrates it together with the path.',
    },
    {
      label: 'From data to noise',
      left: sub(along(one), along(zero)), relation: 'equal', right: neg(gathered), kind: 'numeric',
      why: 'The derivative along the path was integrated from 0 to 1. On the left stands the difference of the ends.',
    },
    {
      label: 'The log-likelihood of an example (appendix D.2)',
      left: along(zero), relation: 'equal', right: add(along(one), gathered), kind: 'numeric',
      why: 'Solved for the density at time 0. So the path is followed from the example to its noise, and the divergences on the way are added up.',
    },
    {
      label: 'What is computed',
      left: computed, relation: 'equal', right: add(prior, gathered), kind: 'definition',
      why: 'The density of the noise at time 1 is not known exactly. In its place stands that of the base distribution from which sampling starts.',
    },
    {
      label: 'Its error',
      left: sub(computed, along(zero)), relation: 'equal', right: sub(prior, along(one)), kind: 'numeric',
      why: 'The integrals cancel. With the true score the computed value is off by as much as the logarithms of the two densities at the end of the path differ. With a network in the place of the score it is the log-likelihood of the model: of what its own flow makes of the base distribution.',
    },
    {
      label: 'All derivatives of the velocity',
      left: J, relation: 'equal', right: derivatives('flowPoint', velocity), kind: 'definition',
      why: 'A matrix with D² entries. To compute it for an image is out of the question.',
    },
    {
      label: 'The divergence is a trace',
      left: spread, relation: 'equal', right: trace(J), kind: 'numeric',
      why: 'The divergence adds up the derivative of each component by its own coordinate. These are the entries on the diagonal.',
    },
    {
      label: 'Random probes',
      left: overProbes(outer), relation: 'equal', right: sym('identityMatrix'), kind: 'definition',
      why: 'A probe is any random vector whose components have mean square 1 and of which any two have a product with mean 0: independent signs, or independent standard normal numbers. It is drawn without looking at the point.',
    },
    {
      label: 'A quadratic form is a trace',
      left: form, relation: 'equal', right: trace(mul(J, outer)), kind: 'numeric',
      why: 'Both are the sum of J_ij e_i e_j over all i and j.',
    },
    {
      label: 'The mean goes inside',
      left: overProbes(form), relation: 'equal', right: trace(mul(J, overProbes(outer))), kind: 'numeric',
      why: 'Trace and product are linear, and J does not depend on the probe.',
    },
    {
      label: 'Hutchinson\'s estimate (appendix D.2)',
      left: overProbes(form), relation: 'equal', right: spread, kind: 'numeric',
      why: 'The mean of the probes\' products is the identity, which leaves the trace of J. So one probe gives an estimate that is right on average. Code draws one and keeps it along the whole path.',
    },
    {
      label: 'Without the matrix',
      left: form, relation: 'equal', right: dot(gradient('flowPoint', dot(e, velocity)), e), kind: 'numeric',
      why: 'The gradient of the number ⟨e, f̃⟩ is eᵀJ: one backward pass, as dear as a gradient of a loss. In code: torch.autograd.grad(torch.sum(fn * eps), x)[0], times eps, summed.',
    },
    {
      label: 'Bits per dimension',
      left: bpd, relation: 'equal', right: inBits(along(zero)), kind: 'definition',
      why: 'The negative log-likelihood, turned from nats to bits by the natural logarithm of 2, and divided by the number of dimensions D. Lower is better. In practice ℓ from above takes the place of the true log-density.',
    },
    {
      label: 'In the units of pixels',
      left: y, relation: 'equal', right: mul(k, path(zero)), kind: 'definition',
      why: 'Papers count in the levels of 8-bit pixels, models in units of their own. A shift of the data moves the density along without changing its values, so only the factor counts here.',
    },
    {
      label: 'The density in these units',
      left: pixelLog, relation: 'equal', right: sub(along(zero), mul(D, log(k))), kind: 'numeric',
      why: 'The change of variables: each of the D components is stretched by k, so the density is divided by k to the power D.',
    },
    {
      label: 'What is added to the bits',
      left: inBits(pixelLog), relation: 'equal', right: add(bpd, div(log(k), log(two))), kind: 'numeric',
      why: 'D cancels. For data between 0 and 1 in 256 levels k is 256, which adds 8 bits; for data between −1 and 1 it is 128, which adds 7. Comparable numbers need uniform noise, as wide as one level, added to the pixels first: with it the mean result is an upper bound on the bits per dimension of the discrete pixels.',
    },
  ],
};
