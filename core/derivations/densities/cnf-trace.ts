/** Continuous normalizing flows: from the determinant of a small step to the trace, and how the trace is estimated. */
import { add, apply, derivative, det, div, dot, expectation, fn, gradient, integral, mul, neg, normSq, num, pow, power, sub, sum, sym, trace, transpose, type Expr } from '../../formulas/expr';
import { CHEN_2018 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { continuousWorld, smallSteps } from '../worlds/continuous-flow';

const [zero, one, two] = [num(0), num(1), num(2)];
const [tau, z, z0, next, step, J, I, e, end] = [sym('flowTime'), sym('movingPoint'), sym('startPoint'), sym('steppedPoint'), sym('smallStep'), sym('speedJacobian'), sym('identityMatrix'), sym('axisVector', 'i'), sym('endTime')];
const [A, M, N, probe] = [sym('velocityMatrix'), sym('solutionMatrix'), sym('eulerSteps'), sym('traceProbe')];
const path = (time: Expr): Expr => apply('movingPath', time);
const f = (at: Expr, time: Expr): Expr => apply('velocity', at, time);
const p = (at: Expr, time: Expr): Expr => apply('movingDensity', at, time);
const log = (of: Expr): Expr => fn('log', of);
const along = (time: Expr): Expr => log(p(path(time), time));
const moved = add(z, mul(step, f(z, tau)));
const small = add(I, mul(step, J));
const later = add(tau, step);
const overProbes = (body: Expr): Expr => expectation('traceProbe', apply('probeDistribution', probe), body);
const estimate = mul(transpose(probe), J, probe);

export const CNF_TRACE: Derivation = {
  id: 'cnf-trace',
  title: 'Continuous normalizing flows',
  shows:
    'Why the log-density of a point that moves with a velocity changes at the rate of minus the trace of the Jacobian, where a layer would have needed a determinant. Then a linear velocity, where all is known exactly, and the estimate of the trace by random vectors.',
  source: CHEN_2018('section 4 and theorem 1'),
  prerequisites: [
    'The change of variables: a map adds minus the logarithm of its determinant to the log-density of what it puts out.',
    'The velocity f has continuous derivatives that stay bounded, so that exactly one path leads through every point and the flow is invertible. The density is positive and differentiable.',
    'The time is called τ, since t counts steps elsewhere. Densities are followed in the direction of time, from z to z(τ); training code often runs the other way and has the opposite sign.',
  ],
  after: ['change-of-variables'],
  given: ['flowTime', 'movingPath', 'movingPoint', 'velocity', 'smallStep', 'axisVector', 'identityMatrix', 'movingDensity', 'endTime', 'dimensions', 'velocityMatrix', 'startPoint', 'eulerSteps', 'traceProbe', 'probeDistribution'],
  cases: inWorlds(continuousWorld, { limit: smallSteps }),
  steps: [
    {
      label: 'A point that moves',
      left: derivative(tau, dot(e, path(tau))), relation: 'equal', right: dot(e, f(path(tau), tau)), kind: 'definition',
      why: 'A network f says with what velocity a point moves, at every place and time. The vector e_i picks one component: each component of the path has the matching component of the velocity as its derivative.',
    },
    {
      label: 'One small step',
      left: next, relation: 'equal', right: moved, kind: 'definition',
      why: 'A step of Euler\'s method: for a short time δ the point keeps its velocity. This is a layer of a residual network, and for small δ it can be inverted.',
    },
    {
      label: 'The Jacobian matrix of the velocity',
      left: mul(transpose(J), e), relation: 'equal', right: gradient('movingPoint', dot(e, f(z, tau))), kind: 'definition',
      why: 'Row i has the derivatives of the i-th component of the velocity with respect to all components of the point.',
    },
    {
      label: 'That of the step',
      left: gradient('movingPoint', dot(e, moved)), relation: 'equal', right: mul(transpose(small), e), kind: 'numeric',
      why: 'The derivative of z by itself is the identity matrix, and δ is a constant factor. So the Jacobian matrix of the step is I + δ J.',
    },
    {
      label: 'Its determinant in two dimensions',
      left: det(small), relation: 'equal', right: add(one, mul(step, trace(J)), mul(pow(step, 2), det(J))), kind: 'numeric',
      why: 'Multiplied out for a matrix with two rows: the product of the diagonal, (1 + δ J₁₁)(1 + δ J₂₂), less the product of the other two entries. Bars around a matrix are its determinant.',
    },
    {
      label: 'In any number of dimensions',
      left: div(sub(det(small), one), step), relation: 'approaches', right: trace(J), kind: 'numeric',
      why: 'As δ goes to zero. In the determinant the product of the diagonal is 1 + δ times the trace plus terms with δ² and more. Every other product leaves the diagonal at two places at least and so has the factor δ² too.',
    },
    {
      label: 'The logarithm of the determinant',
      left: div(log(det(small)), step), relation: 'approaches', right: trace(J), kind: 'numeric',
      why: 'Near 1 the logarithm of 1 + u is u plus terms with u². So for small steps the log-determinant is δ times the trace.',
    },
    {
      label: 'How the log-density changes along the path',
      left: div(sub(along(later), along(tau)), step), relation: 'approaches', right: neg(trace(J)), kind: 'numeric',
      why: 'The change of variables for one step: what the density was before is divided by the determinant. So its logarithm changes by minus the log-determinant, and per time by minus the trace. The true path and its derivatives differ from those of the one step by terms that are small beside δ, which vanish in the limit. Here J is taken at the place of the path at time τ.',
    },
    {
      label: 'The instantaneous change of variables (theorem 1)',
      left: derivative(tau, along(tau)), relation: 'equal', right: neg(trace(J)), kind: 'numeric',
      why: 'The limit of the line above is a derivative. A trace takes the place of the determinant: a sum of D numbers in place of about D³ operations, and no condition on the shape of the network.',
    },
    {
      label: 'At a place that does not move',
      left: derivative(tau, log(p(z, tau))), relation: 'equal', right: sub(neg(trace(J)), dot(gradient('movingPoint', log(p(z, tau))), f(z, tau))), kind: 'numeric',
      why: 'Along the path time changes and the place too. By the chain rule the line above is the sum of the derivative by time alone and the gradient times the velocity. The second part was taken to the other side. This is the continuity equation divided by the density; it says that probability flows and is neither made nor lost.',
    },
    {
      label: 'A name for the trace',
      left: apply('velocityDivergence', z, tau), relation: 'equal', right: trace(J), kind: 'definition',
      why: 'As a function of place and time the trace is called the divergence of the velocity. Where it is positive the flow spreads points out.',
    },
    {
      label: 'Over the whole time (section 4)',
      left: along(end), relation: 'equal', right: sub(along(zero), integral('flowTime', apply('velocityDivergence', path(tau), tau))), kind: 'numeric',
      why: 'The derivative integrated over τ from zero to the end. A solver integrates point and log-density together: the log-density is one more component of its state.',
    },
    {
      label: 'A linear velocity',
      left: f(z, tau), relation: 'equal', right: mul(A, z), kind: 'definition',
      why: 'The simplest case, in which all can be checked.',
    },
    {
      label: 'Its trace is the same everywhere',
      left: trace(J), relation: 'equal', right: trace(A), kind: 'numeric',
      why: 'The derivatives of A z are the entries of A.',
    },
    {
      label: 'Many small steps',
      left: power(det(add(I, mul(div(tau, N), A))), N), relation: 'approaches', right: fn('exp', mul(trace(A), tau)), kind: 'numeric',
      why: 'As the number N of steps grows. Each step has the length τ/N and the same determinant, and determinants multiply. The logarithm of the product is about N times (τ/N) tr A.',
    },
    {
      label: 'The whole map',
      left: path(tau), relation: 'equal', right: mul(M, z0), kind: 'definition',
      why: 'The solution of a linear equation is linear in the point from which it starts. The matrix M is the matrix exponential of τ A.',
    },
    {
      label: 'Its determinant, exactly',
      left: det(M), relation: 'equal', right: fn('exp', mul(trace(A), tau)), kind: 'numeric',
      why: 'The limit of the products above. It is positive whatever A is, so a continuous flow never turns space inside out.',
    },
    {
      label: 'The log-density under a linear velocity',
      left: along(tau), relation: 'equal', right: sub(log(p(z0, zero)), mul(trace(A), tau)), kind: 'numeric',
      why: 'The line over the whole time: the integral of a constant is the constant times the time. The change of variables with the matrix M says the same.',
    },
    {
      label: 'Random vectors for the trace',
      left: overProbes(mul(probe, transpose(probe))), relation: 'equal', right: I, kind: 'definition',
      why: 'To compute the trace one needs D derivatives, one for each entry of the diagonal. An estimate needs only one, along a random vector whose components are uncorrelated with mean 0 and variance 1: independent signs, or standard normal numbers.',
    },
    {
      label: 'A number as a trace',
      left: estimate, relation: 'equal', right: trace(mul(J, mul(probe, transpose(probe)))), kind: 'numeric',
      why: 'A number is its own trace, and in the trace of a product the first factor may become the last: the row εᵀ goes to the end.',
    },
    {
      label: 'Right on average: Hutchinson\'s estimate',
      left: overProbes(estimate), relation: 'equal', right: trace(J), kind: 'numeric',
      why: 'The mean may be taken inside of the trace, where the mean of ε εᵀ is the identity. FFJORD (Grathwohl et al. 2019) draws one ε for a whole solution; εᵀJ is one vector-Jacobian product, as backpropagation computes it.',
    },
    {
      label: 'How far it is off with random signs',
      left: overProbes(pow(sub(estimate, trace(J)), 2)), relation: 'equal', right: sub(mul(div(one, two), normSq(add(J, transpose(J)))), mul(two, sum(1, sym('dimensions'), pow(mul(transpose(e), J, e), 2), 'i'))), kind: 'numeric',
      why: 'For independent signs the diagonal is always right, since the square of a sign is 1. What is left are the entries beside the diagonal, with signs that are uncorrelated from pair to pair: the variance is the sum of (J_ij + J_ji)² over all pairs. On the right the squared length of a matrix is the sum of its squared entries; it counts each pair twice and the diagonal too, which is taken off.',
    },
  ],
};
