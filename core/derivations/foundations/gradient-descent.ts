/** Gradient descent on a quadratic function: how fast the error shrinks, and what one step gains at least. */
import { add, apply, div, dot, gradient, letter, mul, normSq, num, pow, power, sub, sum, sym, transpose, type Expr } from '../../formulas/expr';
import { BOYD_2004 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { descentTight, descentWorld } from '../worlds/descent';

const [one, two] = [num(1), num(2)];
const half = div(one, two);
const [w, u, best, A, b, eta, D] = [sym('weights'), sym('otherWeights'), sym('optimum'), sym('curvature'), sym('linearTerm'), sym('learningRate'), sym('dimensions')];
const [start, now, after, k] = [sym('iterate', '0'), sym('iterate', 'k'), sym('iterate', 'k+1'), letter('k')];
const [v, lambda, L, m] = [sym('eigenvector', 'i'), sym('eigenvalue', 'i'), sym('largestCurvature'), sym('smallestCurvature')];
const f = (at: Expr): Expr => apply('objective', at);
const slope = gradient('weights', f(w));
const slopeNow: Expr = { kind: 'derivative', by: 'iterate', index: 'k', nabla: true, body: f(now) };
/** vᵀ A v */
const bend = (at: Expr): Expr => mul(transpose(at), A, at);
const [error, errorNow] = [sub(w, best), sub(now, best)];
const overDirections = (body: Expr): Expr => sum(1, D, body, 'i');
const share = (of: Expr): Expr => pow(dot(v, of), 2);
const factor = sub(one, mul(eta, lambda));
const rate = sub(one, div(m, L));

export const GRADIENT_DESCENT: Derivation = {
  id: 'gradient-descent',
  title: 'How fast gradient descent gets to the minimum',
  shows:
    'Why on a quadratic function the error shrinks by a constant factor in each step, and which learning rates let it shrink. Then what a step with the learning rate 1/L gains at least, and the linear rate that follows.',
  source: BOYD_2004('sections 9.1.2 and 9.3'),
  prerequisites: [
    'The gradient points to where the function rises fastest.',
    'Eigenvectors and eigenvalues of a symmetric matrix; its eigenvectors stand at right angles to each other.',
    'Near a minimum a smooth function is close to a quadratic one as a rule.',
  ],
  given: ['weights', 'otherWeights', 'curvature', 'linearTerm', 'learningRate', 'eigenvalue', 'dimensions', 'largestCurvature', 'smallestCurvature'],
  cases: inWorlds(descentWorld, { tight: descentTight }),
  steps: [
    {
      label: 'A quadratic function',
      left: f(w), relation: 'equal', right: sub(mul(half, bend(w)), mul(transpose(b), w)), kind: 'definition',
      why: 'A is symmetric and all its eigenvalues are positive, so the function is a bowl with one lowest point. It may be bent much more in one direction than in another.',
    },
    {
      label: 'Its gradient',
      left: slope, relation: 'equal', right: sub(mul(A, w), b), kind: 'numeric',
      why: 'The quadratic term has twice A w as its derivative because A is symmetric, and the factor one half takes the two away. The linear term leaves b.',
    },
    {
      label: 'The lowest point',
      left: mul(A, best), relation: 'equal', right: b, kind: 'definition',
      why: 'At the minimum the gradient is zero. A has an inverse, so there is exactly one such point.',
    },
    {
      label: 'The gradient from the error',
      left: slope, relation: 'equal', right: mul(A, error), kind: 'numeric',
      why: 'The line above was put in for b. The gradient is the matrix times how far we are from the minimum.',
    },
    {
      label: 'The height above the lowest point',
      left: sub(f(w), f(best)), relation: 'equal', right: mul(half, bend(error)), kind: 'numeric',
      why: 'Both values were written out with b = A w*, and the square was completed.',
    },
    {
      label: 'A step of gradient descent',
      left: after, relation: 'equal', right: sub(now, mul(eta, slopeNow)), kind: 'definition',
      why: 'Against the gradient, by the learning rate η. This is what torch.optim.SGD does without momentum.',
    },
    {
      label: 'What a step does to the error',
      left: sub(after, best), relation: 'equal', right: sub(errorNow, mul(eta, A, errorNow)), kind: 'numeric',
      why: 'The minimum was taken from both sides, and the gradient was written with the error.',
    },
    {
      label: 'Directions that A only stretches',
      left: mul(A, v), relation: 'equal', right: mul(lambda, v), kind: 'definition',
      why: 'A symmetric matrix has D eigenvectors at right angles to each other. Along each of them the function is a parabola whose second derivative is the eigenvalue.',
    },
    {
      label: 'One step along one direction',
      left: dot(v, sub(after, best)), relation: 'equal', right: mul(factor, dot(v, errorNow)), kind: 'numeric',
      why: 'The inner product with an eigenvector turns A into its eigenvalue. So each component of the error is multiplied by its own factor, and the directions do not disturb each other.',
    },
    {
      label: 'After k steps',
      left: dot(v, errorNow), relation: 'equal', right: mul(power(factor, k), dot(v, sub(start, best))), kind: 'numeric',
      why: 'The line above, k times. The error shrinks if the factor lies between −1 and 1, that is if η is less than 2/λ; above that it grows without bound. The largest eigenvalue limits η, the smallest one then decides how long training takes.',
    },
    {
      label: 'The height as a sum over directions',
      left: sub(f(w), f(best)), relation: 'equal', right: mul(half, overDirections(mul(lambda, share(error)))), kind: 'numeric',
      why: 'The error was written as the sum of its components along the eigenvectors. They stand at right angles, so no mixed terms are left.',
    },
    {
      label: 'The height after k steps',
      left: sub(f(now), f(best)), relation: 'equal', right: mul(half, overDirections(mul(lambda, power(factor, mul(two, k)), share(sub(start, best))))), kind: 'numeric',
      why: 'Each component after k steps was put in. It stands in the square, so its factor has twice the exponent.',
    },
    {
      label: 'From one point to another, exactly',
      left: f(u), relation: 'equal', right: add(f(w), dot(slope, sub(u, w)), mul(half, bend(sub(u, w)))), kind: 'numeric',
      why: 'Value, slope and bend at w give the value at any other point u. For a quadratic function there are no further terms.',
    },
    {
      label: 'It bends at most by L',
      left: bend(sub(u, w)), relation: 'at-most', right: mul(L, normSq(sub(u, w))), kind: 'numeric',
      why: 'Along an eigenvector the left side is the eigenvalue times the squared length, and L is the largest of them. Both sides are equal if u − w points along the eigenvector of L.',
    },
    {
      label: 'A paraboloid above the function',
      left: f(u), relation: 'at-most', right: add(f(w), dot(slope, sub(u, w)), mul(div(L, two), normSq(sub(u, w)))), kind: 'numeric',
      why: 'The bound was put into the line before it. Functions that are not quadratic satisfy this too if they bend nowhere more than L; the next line then holds for them as well.',
    },
    {
      label: 'What one step gains at least',
      left: f(sub(w, mul(div(one, L), slope))), relation: 'at-most', right: sub(f(w), mul(div(one, mul(two, L)), normSq(slope))), kind: 'numeric',
      why: 'For u we take the lowest point of that paraboloid, which is a gradient step with η = 1/L. The slope term gives −1/L times the squared gradient, the other one gives half of that back. So a step of this length never goes up.',
    },
    {
      label: 'The learning rate from the largest curvature',
      left: eta, relation: 'equal', right: div(one, L), kind: 'definition',
      why: 'This is the learning rate of the line above, and from here on that of every step.',
    },
    {
      label: 'The slowest factor',
      left: factor, relation: 'at-most', right: rate, kind: 'numeric',
      why: 'No eigenvalue is larger than L, so with this learning rate no factor is negative. None is smaller than m, so no factor is larger than 1 − m/L: the flattest direction is the slowest.',
    },
    {
      label: 'The linear rate',
      left: sub(f(now), f(best)), relation: 'at-most', right: mul(power(rate, mul(two, k)), sub(f(start), f(best))), kind: 'numeric',
      why: 'In the sum for the height after k steps the slowest factor was put in for all, and what is left is the height at the start. So each step multiplies the height by at most the square of 1 − m/L, and the number of steps for one more digit is proportional to L/m. Momentum can bring this down to about the root of L/m.',
    },
  ],
};
