/** The reverse equation of Anderson 1982, from the Fokker–Planck equation. */
import { add, apply, derivative, div, divergence, gaussian, gradient, integral, mul, neg, sqrt, sub, sym, type Expr } from '../../formulas/expr';
import { ANDERSON_1982 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { reverseSdeLimit, reverseSdeWorld } from '../worlds/reverse-sde';
import { diffusion, drift, half, marginal, one, point, score, spreading, squared, time, two } from './parts';

const X = sym('diffusionState');
const byX = (of: Expr): Expr => derivative(X, of);
const [a, F, p] = [apply('itoDrift', X, time), apply('itoFunction', X), apply('lineDensity', X, time)];
const all = (body: Expr): Expr => integral('diffusionState', body);
const transport = byX(mul(a, p));
const gain = squared(diffusion);

const [back, dTime] = [sym('backwardTime'), sym('timeIncrement')];
const reversed = apply('reversedDensity', point, back);
const reverse = apply('reverseDrift', point, time);
const spreadingBack = mul(half, gain, divergence('flowPoint', gradient('flowPoint', reversed)));
const [m, v] = [apply('flowMean', time), apply('processVariance', time)];

export const REVERSE_SDE: Derivation = {
  id: 'reverse-sde',
  title: 'The reverse equation',
  shows:
    'How the density of a diffusion moves in time, from Itô\'s formula, and which drift lets the same densities pass in the opposite order. The only thing that is needed besides the forward equation is the score.',
  source: ANDERSON_1982('the reverse-time equation; for diffusion models: Song et al. 2021, arXiv 2011.13456, eq. 6'),
  prerequisites: [
    'Itô\'s formula, and integration by parts.',
    'The divergence ∇· of a vector that depends on the point: the sum of the derivatives of each component by its own coordinate. The score is ∇ log p.',
    'The density is positive and smooth at the times in question, and it and its derivatives fall to zero far out faster than anything else here grows. The drift is smooth and grows at most linearly; the diffusion coefficient depends on time alone.',
    'Time τ runs from 0, which is data, to 1, which is noise.',
  ],
  after: ['ito', 'forward-sde'],
  given: ['diffusionState', 'continuousTime', 'itoDrift', 'diffusionRate', 'itoFunction', 'lineDensity', 'flowPoint', 'driftField', 'driftRate', 'timeDensity', 'timeIncrement', 'z', 'backwardMean', 'flowMean', 'processVariance'],
  cases: inWorlds(reverseSdeWorld, { limit: reverseSdeLimit }),
  steps: [
    {
      label: 'How a mean moves, in one dimension',
      left: derivative(time, all(mul(F, p))), relation: 'equal', right: all(mul(add(mul(a, byX(F)), mul(half, gain, byX(byX(F)))), p)), kind: 'numeric',
      why: 'F is any smooth test function that does not grow too fast for its mean to exist. Itô\'s formula gives the mean change of F from every value; the mean over all values is taken with the density p.',
    },
    {
      label: 'Move one derivative',
      left: all(mul(a, byX(F), p)), relation: 'equal', right: neg(all(mul(F, transport))), kind: 'numeric',
      why: 'Integration by parts. The density falls to zero at both ends, so no boundary terms are left; the derivative goes from F to the rest with a minus.',
    },
    {
      label: 'Move two derivatives',
      left: all(mul(byX(byX(F)), p)), relation: 'equal', right: all(mul(F, byX(byX(p)))), kind: 'numeric',
      why: 'The same twice: two minus signs make a plus.',
    },
    {
      label: 'Both sides against the test function',
      left: all(mul(F, derivative(time, p))), relation: 'equal', right: all(mul(F, add(neg(transport), mul(half, gain, byX(byX(p)))))), kind: 'numeric',
      why: 'The two lines above put into the first one. On the left the derivative by time goes under the integral, where only the density depends on it.',
    },
    {
      label: 'The Fokker–Planck equation, in one dimension',
      left: derivative(time, p), relation: 'equal', right: add(neg(transport), mul(half, gain, byX(byX(p)))), kind: 'numeric',
      why: 'The line above holds for every test function, and what multiplies it is continuous; so that must be the same on both sides. The first term carries the density along the drift, the second spreads it.',
    },
    {
      label: 'The Fokker–Planck equation',
      left: derivative(time, marginal), relation: 'equal', right: add(neg(divergence('flowPoint', mul(marginal, drift))), spreading), kind: 'numeric',
      why: 'In several dimensions the Brownian motions of the components are independent. So the same steps can be done along each coordinate, and the results add up: a divergence in the first term, and the sum of all second derivatives in the second.',
    },
    {
      label: 'The gradient from the score',
      left: gradient('flowPoint', marginal), relation: 'equal', right: mul(marginal, score), kind: 'numeric',
      why: 'The gradient of a logarithm is the gradient over the function; multiplied by the function. Here the density must be positive.',
    },
    {
      label: 'Spreading as transport',
      left: divergence('flowPoint', gradient('flowPoint', marginal)), relation: 'equal', right: divergence('flowPoint', mul(marginal, score)), kind: 'numeric',
      why: 'The line above put in. Spreading looks like a drift against the score: from where the density is high to where it is low.',
    },
    {
      label: 'The sign of the spreading turned round',
      left: derivative(time, marginal), relation: 'equal', right: sub(neg(divergence('flowPoint', mul(marginal, sub(drift, mul(gain, score))))), spreading), kind: 'numeric',
      why: 'The spreading term was taken off once and added twice. The two that were added are g² times the divergence of p times the score, and went into the transport term. Nothing has changed but the way of writing.',
    },
    {
      label: 'Time that runs backwards',
      left: back, relation: 'equal', right: sub(one, time), kind: 'definition',
      why: 'Sampling starts with noise at τ = 1 and walks to data at τ = 0. Its own time runs from 0 to 1.',
    },
    {
      label: 'The same densities in the opposite order',
      left: reversed, relation: 'equal', right: apply('timeDensity', point, sub(one, back)), kind: 'definition',
      why: 'What sampling should reproduce: at its own time it should have the density that the forward process has at the mirrored time.',
    },
    {
      label: 'How they move',
      left: derivative(back, reversed), relation: 'equal', right: add(divergence('flowPoint', mul(reversed, sub(drift, mul(gain, score)))), spreadingBack), kind: 'numeric',
      why: 'By the chain rule the derivative by the backward time is minus that by τ, so all signs turn. The coefficients are those of the mirrored time τ. Now the spreading has the plus that a Fokker–Planck equation asks for. That is why the sign was turned before.',
    },
    {
      label: 'Name the reverse drift (Song et al., eq. 6)',
      left: reverse, relation: 'equal', right: sub(drift, mul(gain, score)), kind: 'definition',
      why: 'The forward drift less g² times the score. Along decreasing τ the minus makes it a pull towards where the density is high.',
    },
    {
      label: 'A Fokker–Planck equation again',
      left: derivative(back, reversed), relation: 'equal', right: add(neg(divergence('flowPoint', mul(reversed, neg(reverse)))), spreadingBack), kind: 'numeric',
      why: 'The name was put in. This is the equation of a diffusion that runs in backward time with the drift −f̄ and the same diffusion coefficient. Started with the density at τ = 1, and where the equation has one solution only, it has the right density at every time.',
    },
    {
      label: 'A short step of sampling',
      left: sym('pointBefore'), relation: 'equal', right: add(sub(point, mul(dTime, reverse)), mul(diffusion, sqrt(dTime), sym('z'))), kind: 'definition',
      why: 'The reverse equation in steps: against f̄ for the time of the step, and fresh noise whose variance is g² times that time. A network takes the place of the score in f̄.',
    },
    {
      label: 'The drift as Bayes\' rule has it',
      left: div(sub(point, sym('backwardMean')), dTime), relation: 'approaches', right: reverse, kind: 'numeric',
      why: 'Another way to the same drift: b is the mean of the earlier point under the posterior, when the present one is known. The mean way back, per time, approaches −f̄. So not only the densities are right, but also the mean of single steps. That the reverse process as a whole is the forward one, seen backwards, is what Anderson shows.',
    },
    {
      label: 'Example: a Gaussian',
      left: marginal, relation: 'equal', right: gaussian(point, m, v), kind: 'definition',
      why: 'Data that is Gaussian stays so under the linear drift f(τ)x, with the mean and the variance that the forward equation gives.',
    },
    {
      label: 'Its reverse drift',
      left: reverse, relation: 'equal', right: add(mul(apply('driftRate', time), point), mul(div(gain, v), sub(point, m))), kind: 'numeric',
      why: 'The score of a Gaussian is the way to its mean over the variance, and the minus of the reverse drift turns that round.',
    },
    {
      label: 'The spread shrinks as it has grown',
      left: add(neg(mul(two, add(apply('driftRate', time), div(gain, v)), v)), gain), relation: 'equal', right: neg(derivative(time, v)), kind: 'numeric',
      why: 'Around its mean the reverse process has the drift −(f + g²/v) times the deviation, in backward time. By the equation of the variance the left side is how fast its variance grows, and it is just minus the forward growth 2 f v + g².',
    },
  ],
};
