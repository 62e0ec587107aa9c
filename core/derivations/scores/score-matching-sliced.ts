/** Sliced score matching (Song et al. 2019): the trace of implicit score matching from random directions. */
import { add, apply, div, expectation, fn, gradient, integral, jacobian, mul, neg, normSq, num, pow, sub, sym, trace, transpose, type Expr } from '../../formulas/expr';
import { SONG_2019_SLICED } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { slicedWorld } from '../worlds/score-matching-sliced';

const half = div(num(1), num(2));
const [x, v] = [sym('x'), sym('sliceDirection')];
const data = apply('dataDistribution', x);
const network = apply('scoreNetwork', x);
const score = apply('dataScore', x);
const overData = (body: Expr): Expr => expectation('x', data, body);
const overDirections = (body: Expr): Expr => expectation('sliceDirection', apply('sliceDistribution', v), body);
const overBoth = (body: Expr): Expr => overDirections(overData(body));
const along = (of: Expr): Expr => mul(transpose(v), of);
const slopes = jacobian('x', network);
const curved = along(mul(slopes, v));
const outer = mul(v, transpose(v));
const squared = (of: Expr): Expr => pow(of, 2);
const [fisher, sliced, reduced, implicit] = [sym('slicedFisher'), sym('slicedLoss'), sym('reducedLoss'), sym('implicitLoss')];

export const SCORE_MATCHING_SLICED: Derivation = {
  id: 'score-matching-sliced',
  title: 'Sliced score matching',
  shows:
    'How implicit score matching does without the trace of all derivatives: two scores are compared along random directions only. On average over the directions the objective is the same, and one backward pass along one direction is enough.',
  source: SONG_2019_SLICED('section 3; the trace from random directions: Hutchinson 1989'),
  prerequisites: [
    'Implicit score matching: integration by parts replaces the unknown score of the data by derivatives of the model.',
    'The product of a row vᵀ and a column is their inner product, and v vᵀ is a matrix.',
    'The conditions of implicit score matching: smooth functions, finite means, and a density times the model\'s score that goes to zero far away.',
  ],
  after: ['score-matching-implicit'],
  given: ['x', 'sliceDirection', 'sliceDistribution', 'dataDistribution', 'scoreNetwork'],
  cases: inWorlds(slicedWorld),
  steps: [
    {
      label: 'The score of the data',
      left: score, relation: 'equal', right: gradient('x', fn('log', data)), kind: 'definition',
      why: 'The gradient of the log-density by the example. It is unknown, and it is what the model\'s score is to come near.',
    },
    {
      label: 'The sliced Fisher divergence',
      left: fisher, relation: 'equal', right: mul(half, overBoth(squared(sub(along(network), along(score))))), kind: 'definition',
      why: 'Both scores are projected on one direction v and two numbers are compared. The mean is taken over all examples and over all directions, which are drawn independently of the examples.',
    },
    {
      label: 'Multiply out the square',
      left: fisher, relation: 'equal', right: add(sub(mul(half, overBoth(squared(along(network)))), overBoth(mul(along(network), along(score)))), mul(half, overBoth(squared(along(score))))), kind: 'numeric',
      why: 'As in implicit score matching: the first term is known, the last one does not depend on the model, and the middle one has the unknown score in it.',
    },
    {
      label: 'One direction: the density cancels',
      left: overData(mul(along(network), along(score))), relation: 'equal', right: integral('x', mul(along(network), along(gradient('x', data)))), kind: 'numeric',
      why: 'The score is the gradient of the density over the density, and the weight of the mean cancels it.',
    },
    {
      label: 'Integration by parts along the direction',
      left: integral('x', mul(along(network), along(gradient('x', data)))), relation: 'equal', right: neg(integral('x', mul(data, curved))), kind: 'numeric',
      why: 'The density is differentiated along v on the left; by parts this derivative goes over to the projected score of the model, with a minus sign. The term at the ends vanishes, since the density times the model\'s score goes to zero far away. The derivative of vᵀs along v is vᵀ ∇s v.',
    },
    {
      label: 'The cross term without the data\'s score',
      left: overData(mul(along(network), along(score))), relation: 'equal', right: neg(overData(curved)), kind: 'numeric',
      why: 'The two lines above, with the integral written as a mean again. This holds for each direction alone.',
    },
    {
      label: 'The sliced objective',
      left: sliced, relation: 'equal', right: overBoth(add(curved, mul(half, squared(along(network))))), kind: 'definition',
      why: 'What is left of the sliced Fisher divergence when the terms without the model are dropped. Training draws one or a few directions for each example.',
    },
    {
      label: 'The same up to a constant',
      left: fisher, relation: 'equal', right: add(sliced, mul(half, overBoth(squared(along(score))))), kind: 'numeric',
      why: 'The cross term was put into the multiplied square, and two minus signs make a plus. The last term depends on the data and the directions alone.',
    },
    {
      label: 'How code computes the first term',
      left: curved, relation: 'equal', right: along(gradient('x', along(network))), kind: 'numeric',
      why: 'The projected score vᵀs is one number, so its gradient takes one backward pass whatever the dimension. Its inner product with v is the wanted derivative of vᵀs along v. The matrix ∇s is never built.',
    },
    {
      label: 'The squared projection',
      left: squared(along(network)), relation: 'equal', right: mul(transpose(network), mul(outer, network)), kind: 'numeric',
      why: 'vᵀs is a number and equals sᵀv. So its square is sᵀ v vᵀ s.',
    },
    {
      label: 'The mean goes inside',
      left: overDirections(squared(along(network))), relation: 'equal', right: mul(transpose(network), mul(overDirections(outer), network)), kind: 'numeric',
      why: 'The score does not depend on the direction, so the mean over the directions may be taken of v vᵀ alone.',
    },
    {
      label: 'What is asked of the directions',
      left: overDirections(outer), relation: 'equal', right: sym('identityMatrix'), kind: 'definition',
      why: 'So far any distribution of directions with finite second moments would do. From here on its second moments shall be the identity matrix. Standard normal vectors have them, and vectors of independent random signs, and uniform points of the sphere of radius √D. The paper asks for less in the sliced objective, a positive definite matrix; then the sliced Fisher divergence is still zero only if the scores agree at the data.',
    },
    {
      label: 'Its mean over the directions',
      left: overDirections(squared(along(network))), relation: 'equal', right: normSq(network), kind: 'numeric',
      why: 'The identity matrix was put in, and sᵀs is the squared length.',
    },
    {
      label: 'The derivative along a direction as a trace',
      left: curved, relation: 'equal', right: trace(mul(slopes, outer)), kind: 'numeric',
      why: 'A number is its own trace, and in a trace the first factor may go to the end: tr(vᵀ A v) = tr(A v vᵀ).',
    },
    {
      label: 'The mean goes into the trace',
      left: overDirections(curved), relation: 'equal', right: trace(mul(slopes, overDirections(outer))), kind: 'numeric',
      why: 'The trace is a sum and the matrix of derivatives is the same for all directions, so the mean may be taken of v vᵀ alone.',
    },
    {
      label: 'The trace from random directions',
      left: overDirections(curved), relation: 'equal', right: trace(slopes), kind: 'numeric',
      why: 'The mean of v vᵀ is the identity matrix. So E[vᵀ A v] = tr A for every square matrix A: Hutchinson\'s estimate. One direction gives a noisy value of the trace that is right on average.',
    },
    {
      label: 'With less noise: variance reduction',
      left: reduced, relation: 'equal', right: overBoth(add(curved, mul(half, normSq(network)))), kind: 'definition',
      why: 'The mean of the squared projection is known without any draw, so it takes the place of the squared projection. The second term then does not vary with the direction. Its noise is gone; how much the whole varies also depends on how the two terms went together.',
    },
    {
      label: 'Both forms agree on average',
      left: reduced, relation: 'equal', right: sliced, kind: 'numeric',
      why: 'By the line for the mean of the squared projection. They differ for single draws. The new form needs E[v vᵀ] = I; the sliced objective does not.',
    },
    {
      label: 'The implicit objective',
      left: implicit, relation: 'equal', right: overData(add(mul(half, normSq(network)), trace(slopes))), kind: 'definition',
      why: 'Implicit score matching, with the whole trace.',
    },
    {
      label: 'Sliced is implicit, on average',
      left: sliced, relation: 'equal', right: implicit, kind: 'numeric',
      why: 'The means over the directions of both terms were put in. Where the directions have these second moments, nothing is lost by slicing but for the noise of the draws. Some code scales each direction to length 1; for directions that are uniform on that sphere E[v vᵀ] is I/D and the sliced objective is the implicit one over D, with the same minimiser. The form with less noise must not be used with these.',
    },
    {
      label: 'And the divergences agree as well',
      left: fisher, relation: 'equal', right: mul(half, overData(normSq(sub(network, score)))), kind: 'numeric',
      why: 'The mean squared projection of any vector is its squared length, here of the difference of the two scores. So the sliced Fisher divergence is the Fisher divergence, and it is zero just if the scores agree where the data is.',
    },
  ],
};
