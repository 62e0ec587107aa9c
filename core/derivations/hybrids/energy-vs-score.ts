/** A score that is the gradient of an energy against one that a network puts out freely: in general, and exactly for linear fields. */
import { add, apply, derivative, div, dot, expectation, fn, gaussian, gradient, integral, mul, neg, normSq, num, sub, sym, trace, transpose, type Expr } from '../../formulas/expr';
import { SALIMANS_HO_2021 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { energyVsScoreWorld } from '../worlds/energy-vs-score';

const [one, half] = [num(1), div(num(1), num(2))];
const [x, y, u, w, time, path, velocity] = [sym('x'), sym('otherEnd'), sym('firstDirection'), sym('secondDirection'), sym('pathTime'), sym('pathPoint'), sym('pathVelocity')];
const [A, S, K, v] = [sym('scoreMatrix'), sym('symmetricPart'), sym('skewPart'), sym('isotropicVariance')];
const log = (of: Expr): Expr => fn('log', of);
const energy = (at: Expr): Expr => apply('energy', at);
const [model, score] = [(at: Expr): Expr => apply('energyModel', at), (at: Expr): Expr => apply('scoreNetwork', at)];
const slope = gradient('x', energy(x));
/** How the part along `seen` of a field changes along `moved`. */
const change = (moved: Expr, seen: Expr, field: Expr): Expr => dot(moved, gradient('x', dot(seen, field)));
const way = add(x, mul(time, sub(y, x)), mul(time, sub(one, time), u));
const along = (field: Expr): Expr => integral('pathTime', dot(field, velocity));
const data = apply('dataDistribution', x);
const overData = (body: Expr): Expr => expectation('x', data, body);
const quadratic = (at: Expr): Expr => mul(half, dot(at, mul(A, at)));
const [level, turned] = [sub(quadratic(y), quadratic(x)), add(dot(y, mul(K, x)), mul(div(one, num(3)), dot(sub(y, x), mul(K, u))))];
const rest = mul(v, trace(mul(K, transpose(K))));
const error = overData(normSq(add(score(x), slope)));
const pull = div(x, v);

export const ENERGY_VS_SCORE: Derivation = {
  id: 'energy-vs-score',
  title: 'Model the energy or the score?',
  shows:
    'What a score gains and loses when it has to be the gradient of an energy: its derivatives are symmetric, and sums along paths depend on the ends alone. A free score may turn in circles; for linear fields and Gaussian data it is computed what a best energy makes of such a score.',
  source: SALIMANS_HO_2021('the question of the paper; the linear world is an example of our own'),
  prerequisites: [
    'The score of a density is the gradient of its logarithm; for an energy-based model it is minus the gradient of the energy.',
    'A square matrix and its transpose; the trace is the sum of the diagonal.',
    'A field is conservative if it is the gradient of a function. Energies are taken to be twice continuously differentiable, and to grow so that Z is finite and all means exist.',
  ],
  after: ['energy-based', 'score-sde'],
  given: ['x', 'energy', 'energyModel', 'firstDirection', 'secondDirection', 'otherEnd', 'pathTime', 'scoreMatrix', 'isotropicVariance', 'zeroVector'],
  cases: inWorlds((seed, step) => energyVsScoreWorld(seed, step), { tight: (seed, step) => energyVsScoreWorld(seed, step, true) }),
  steps: [
    {
      label: 'The score of an energy',
      left: gradient('x', log(model(x))), relation: 'equal', right: neg(slope), kind: 'numeric',
      why: 'The partition function does not depend on x. A constrained score model is a network for the energy, and its score is this gradient, which costs one more backward pass. An unconstrained one puts out the vector itself.',
    },
    {
      label: 'Its derivatives are symmetric',
      left: change(u, w, neg(slope)), relation: 'equal', right: change(w, u, neg(slope)), kind: 'numeric',
      why: 'How the part along w changes on the way along u, and the other way round. Both are second derivatives of the energy, whose order does not matter. With u and w along the axes it says that the derivative of component i by x_j is that of component j by x_i.',
    },
    {
      label: 'A path from one point to another',
      left: path, relation: 'equal', right: way, kind: 'definition',
      why: 'It leaves x at time 0 and reaches y at time 1. For u = 0 it is straight, else it bends to the side.',
    },
    {
      label: 'Its velocity',
      left: velocity, relation: 'equal', right: add(sub(y, x), mul(sub(one, mul(num(2), time)), u)), kind: 'definition',
      why: 'The derivative of the line above by time: that of τ(1 − τ) is 1 − 2τ.',
    },
    {
      label: 'The energy along the path',
      left: derivative(time, energy(way)), relation: 'equal', right: dot(gradient('pathPoint', energy(path)), velocity), kind: 'numeric',
      why: 'The chain rule: the energy changes by its gradient at the point that is reached, times the velocity.',
    },
    {
      label: 'The score summed along the path',
      left: along(neg(gradient('pathPoint', energy(path)))), relation: 'equal', right: sub(energy(x), energy(y)), kind: 'numeric',
      why: 'The integral from 0 to 1 of a derivative is the difference of the values at the ends. The bend u does not occur on the right: every path between two points gives the same.',
    },
    {
      label: 'A ratio of densities from the score',
      left: along(gradient('pathPoint', log(model(path)))), relation: 'equal', right: sub(log(model(y)), log(model(x))), kind: 'numeric',
      why: 'The same in terms of the model. So a conservative score says how much more likely one point is than another, which samplers that accept or refuse their steps ask for.',
    },
    {
      label: 'A free linear score',
      left: score(x), relation: 'equal', right: mul(A, x), kind: 'definition',
      why: 'The simplest unconstrained model: any matrix times the point. Nothing makes the matrix symmetric.',
    },
    {
      label: 'Its derivatives are the matrix',
      left: change(u, w, score(x)), relation: 'equal', right: dot(w, mul(A, u)), kind: 'numeric',
      why: 'A linear field changes along u by Au. Seen along w this is one number; along the axes it is an entry of the matrix.',
    },
    {
      label: 'By how much the two orders differ',
      left: sub(change(u, w, score(x)), change(w, u, score(x))), relation: 'equal', right: dot(w, mul(sub(A, transpose(A)), u)), kind: 'numeric',
      why: 'In the second term the matrix was moved to the other side of the inner product, as its transpose. This vanishes for all directions only if the matrix is symmetric. Else the field is not the gradient of any function.',
    },
    {
      label: 'The symmetric part',
      left: S, relation: 'equal', right: mul(half, add(A, transpose(A))), kind: 'definition',
      why: 'The mean of the matrix and its transpose is symmetric.',
    },
    {
      label: 'The part that turns',
      left: K, relation: 'equal', right: mul(half, sub(A, transpose(A))), kind: 'definition',
      why: 'What is left changes its sign when it is transposed. In the plane it turns every point by a right angle and scales it.',
    },
    {
      label: 'Together they are the matrix',
      left: A, relation: 'equal', right: add(S, K), kind: 'numeric',
      why: 'In the sum of both parts the transposes cancel. Every linear field is one with an energy plus one that turns.',
    },
    {
      label: 'A quadratic function sees one part only',
      left: gradient('x', quadratic(x)), relation: 'equal', right: mul(S, x), kind: 'numeric',
      why: 'The gradient of half of ⟨x, Ax⟩ is half of Ax plus half of its transpose times x. So minus this function is an energy for the symmetric part.',
    },
    {
      label: 'The symmetric part along a path',
      left: along(mul(S, path)), relation: 'equal', right: level, kind: 'numeric',
      why: 'It has the function of the line above as its potential, so the path integral is the difference at the ends.',
    },
    {
      label: 'The turning part along a path',
      left: along(mul(K, path)), relation: 'equal', right: turned, kind: 'numeric',
      why: 'The path is put in and integrated, with ⟨a, Ka⟩ = 0 for every a. The last term contains the bend u: the result depends on the path.',
    },
    {
      label: 'The free score along a path',
      left: along(score(path)), relation: 'equal', right: add(level, turned), kind: 'numeric',
      why: 'Both parts together. Go to y with the bend u and come back straight, and a third of ⟨y − x, Ku⟩ is left over: the circulation. Unless K is zero such a score belongs to no density, and its sums along paths compare no two points.',
    },
    {
      label: 'Data that look alike from all directions',
      left: data, relation: 'equal', right: gaussian(x, sym('zeroVector'), v), kind: 'definition',
      why: 'For the question how well an energy can imitate a free score, a world in which all is known: Gaussian data around zero with one variance.',
    },
    {
      label: 'Integration by parts',
      left: overData(dot(slope, mul(A, x))), relation: 'equal', right: overData(mul(energy(x), sub(div(dot(x, mul(A, x)), v), trace(A)))), kind: 'numeric',
      why: 'The gradient is moved from the energy to the rest under the integral, with a minus sign. The density gives −x/v, and the divergence of Ax is the trace. At infinity the Gaussian leaves nothing.',
    },
    {
      label: 'Gradients do not see what turns',
      left: overData(dot(slope, mul(A, x))), relation: 'equal', right: overData(dot(slope, mul(S, x))), kind: 'numeric',
      why: 'The right side of the line above is the same for a matrix and its transpose, so it is the same for their mean. On average over these data no gradient has a part along the turning field.',
    },
    {
      label: 'The size of the free score',
      left: overData(normSq(mul(A, x))), relation: 'equal', right: add(overData(normSq(mul(S, x))), rest), kind: 'numeric',
      why: 'For these data the mean of ‖Mx‖² is v times the trace of M times its transpose. The mixed terms of the two parts have the trace zero.',
    },
    {
      label: 'How far an energy is from a free score',
      left: error, relation: 'equal', right: add(overData(normSq(add(mul(S, x), slope))), rest), kind: 'numeric',
      why: 'The squared distance between the free score and −∇E is multiplied out, the last two lines are used, and the square is put together again. The second term does not depend on the energy.',
    },
    {
      label: 'No energy does better than this',
      left: error, relation: 'at-least', right: rest, kind: 'numeric',
      why: 'A square is never negative. Both sides agree where −∇E is Sx: the best conservative fit of a linear score is its symmetric part. It belongs to a density only if S is negative definite; else energies with a finite Z come as near to it as one likes. The bound holds for all energies, not only quadratic ones, but for data that are alike in all directions.',
    },
    {
      label: 'Nothing is lost against the true score',
      left: overData(normSq(add(mul(S, x), pull))), relation: 'at-most', right: overData(normSq(add(score(x), pull))), kind: 'numeric',
      why: 'The true score of these data is −x/v, a gradient itself. Put its energy into the equation before the last one: the symmetric part is at least as near to it as the free score. Salimans & Ho find in experiments that energies can do as well as free scores when the networks are built alike.',
    },
  ],
};
