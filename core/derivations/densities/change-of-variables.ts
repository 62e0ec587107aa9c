/** How densities change with variables: one dimension, many, one layer after the other, and a linear map as a check. */
import { apply, add, derivative, det, div, dot, fn, gaussian, gaussianFull, gradient, integral, inverse, mul, normSq, num, product, sub, sum, sym, transpose, type Expr } from '../../formulas/expr';
import { PAPAMAKARIOS_2021 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { smallSquare, variablesWorld } from '../worlds/change-of-variables';

const one = num(1);
const [s, w] = [sym('scalarInput'), sym('scalarOutput')];
const [f, g] = [(of: Expr): Expr => apply('scalarFlow', of), (of: Expr): Expr => apply('inverseFlow', of)];
const [pX, pZ] = [(of: Expr): Expr => apply('flowDensity', of), (of: Expr): Expr => apply('baseDensity', of)];
const inside = (of: Expr): Expr => apply('inInterval', of);
const log = (of: Expr): Expr => fn('log', of);
const abs = (of: Expr): Expr => fn('abs', of);
const [slope, back] = [derivative(s, f(s)), derivative(w, g(w))];

const [x, z, J, J1, J2, e, detJ, K] = [sym('x'), sym('basePoint'), sym('flowJacobian'), sym('firstJacobian'), sym('secondJacobian'), sym('axisVector', 'i'), sym('jacobian'), sym('flowLayers')];
const layerDet = sym('layerJacobian', 'k');
const flow = apply('flow', x);
const [A, b, detA] = [sym('mixingMatrix'), sym('mixingShift'), sym('mixingDeterminant')];
const [gap, covariance] = [sub(x, b), mul(A, transpose(A))];

export const CHANGE_OF_VARIABLES: Derivation = {
  id: 'change-of-variables',
  title: 'The change of variables',
  shows:
    'How the density of a random quantity follows from that of another one into which an invertible function turns it: first for numbers, then for vectors and for several layers. A linear map of a Gaussian checks the result, since its density is known by other means.',
  source: PAPAMAKARIOS_2021('section 2.1'),
  prerequisites: [
    'The chain rule, and substitution in integrals.',
    'The determinant of a product is the product of the determinants.',
    'The function is invertible and has a continuous derivative that is nowhere zero; in many dimensions the determinant of its Jacobian matrix is nowhere zero. Densities are continuous. The flow goes from the example x to z; code that goes the other way has the opposite sign at the logarithm.',
  ],
  after: ['normalizing-flow'],
  given: ['scalarInput', 'scalarFlow', 'flowDensity', 'baseDensity', 'inInterval', 'x', 'flow', 'axisVector', 'volumeRatio', 'layerJacobian', 'flowLayers', 'firstJacobian', 'secondJacobian', 'basePoint', 'zeroVector', 'mixingMatrix', 'mixingShift'],
  cases: inWorlds(variablesWorld, { limit: smallSquare }),
  steps: [
    {
      label: 'A flow of one dimension',
      left: w, relation: 'equal', right: f(s), kind: 'definition',
      why: 'The function f turns every example x, here a number, into a number z. It rises everywhere or falls everywhere, so no two examples become the same z.',
    },
    {
      label: 'Its inverse',
      left: g(w), relation: 'equal', right: s, kind: 'definition',
      why: 'So there is a function g that leads back from z to the one x that became z.',
    },
    {
      label: 'The two slopes',
      left: mul(back, slope), relation: 'equal', right: one, kind: 'numeric',
      why: 'There and back again nothing has changed: g(f(x)) is x. The derivative of the left side is a product by the chain rule, that of the right side is 1.',
    },
    {
      label: 'The derivative of the inverse',
      left: back, relation: 'equal', right: div(one, slope), kind: 'numeric',
      why: 'The line above divided by the slope of f, which is not zero. Where f is steep its inverse is flat.',
    },
    {
      label: 'Probability is kept',
      left: integral('scalarInput', mul(inside(s), pX(s))), relation: 'equal', right: integral('scalarOutput', mul(inside(g(w)), pZ(w))), kind: 'numeric',
      why: 'The first integral is the probability that x lies in an interval A, since the factor is 1 in A and else 0. The second is the probability that g(z) lies there. As g(z) is x, both are the same event.',
    },
    {
      label: 'Substitute z = f(x)',
      left: integral('scalarOutput', mul(inside(g(w)), pZ(w))), relation: 'equal', right: integral('scalarInput', mul(inside(s), pZ(f(s)), abs(slope))), kind: 'numeric',
      why: 'Substitution in the integral: dz becomes the slope of f times dx. If f falls the ends of the interval change places, which gives a minus, and the slope is negative too; the absolute value covers both cases.',
    },
    {
      label: 'The change of variables for numbers',
      left: pX(s), relation: 'equal', right: mul(pZ(f(s)), abs(slope)), kind: 'numeric',
      why: 'The last two lines hold for every interval A, however small. Two continuous functions with the same integral over every interval are the same function.',
    },
    {
      label: 'The other way round',
      left: pZ(w), relation: 'equal', right: mul(pX(g(w)), abs(back)), kind: 'numeric',
      why: 'The same rule for g in the place of f, or the line above divided by the slope. Code that has a generator g from z to x knows p_Z and asks for p_X: it divides p_Z(z) by the absolute value of the slope of g.',
    },
    {
      label: 'In logarithms',
      left: log(pX(s)), relation: 'equal', right: add(log(pZ(f(s))), log(abs(slope))), kind: 'numeric',
      why: 'The logarithm of a product is a sum. This is the form in which code computes it.',
    },
    {
      label: 'Many dimensions',
      left: z, relation: 'equal', right: flow, kind: 'definition',
      why: 'Now x and z are vectors of the same length, and the flow is an invertible map between them.',
    },
    {
      label: 'The Jacobian matrix',
      left: mul(transpose(J), e), relation: 'equal', right: gradient('x', dot(e, flow)), kind: 'definition',
      why: 'The vector e_i picks the i-th component of the flow. Its derivatives with respect to all inputs are row i of the matrix J, which is column i of its transpose. Near x the flow is nearly the linear map J.',
    },
    {
      label: 'Its determinant',
      left: detJ, relation: 'equal', right: det(J), kind: 'definition',
      why: 'Bars around a matrix are its determinant. Bars around a number are its absolute value.',
    },
    {
      label: 'What becomes of a small cube',
      left: sym('volumeRatio'), relation: 'approaches', right: abs(detJ), kind: 'numeric',
      why: 'A small cube at x becomes nearly a parallelepiped whose edges are the columns of J times the edge of the cube. Its volume is |det J| times that of the cube. The smaller the cube, the better this holds; it takes the place of |f′(x)|.',
    },
    {
      label: 'The change of variables for vectors (section 2.1)',
      left: pX(x), relation: 'equal', right: mul(pZ(z), abs(detJ)), kind: 'numeric',
      why: 'A small cube and its image have the same probability, which is nearly density times volume on both sides. Divided by the volume of the cube, and for smaller and smaller cubes, this is the line. As in one dimension it is the rule of substitution in integrals, here in many dimensions.',
    },
    {
      label: 'Two layers',
      left: flow, relation: 'equal', right: apply('secondLayer', apply('firstLayer', x)), kind: 'definition',
      why: 'Flows are built of layers: the second takes what the first puts out. A chain of invertible maps is invertible.',
    },
    {
      label: 'The chain rule for matrices',
      left: J, relation: 'equal', right: mul(J2, J1), kind: 'numeric',
      why: 'Near x the first layer is nearly the linear map J_1, and near the point that it puts out the second is nearly J_2. One linear map after the other is the product of their matrices.',
    },
    {
      label: 'Determinants multiply',
      left: detJ, relation: 'equal', right: product(1, K, layerDet, 'k'), kind: 'numeric',
      why: 'The determinant of a product of matrices is the product of the determinants. With more layers the same step is repeated.',
    },
    {
      label: 'Their logarithms add up',
      left: log(abs(detJ)), relation: 'equal', right: sum(1, K, log(abs(layerDet)), 'k'), kind: 'numeric',
      why: 'The absolute value of a product is the product of the absolute values, and its logarithm is a sum.',
    },
    {
      label: 'The log-likelihood of a flow',
      left: log(pX(x)), relation: 'equal', right: add(log(pZ(z)), sum(1, K, log(abs(layerDet)), 'k')), kind: 'numeric',
      why: 'The logarithm of the change of variables, with the sum put in. Every layer of a library returns its output and its own term of this sum.',
    },
    {
      label: 'A check: a linear map',
      left: x, relation: 'equal', right: add(mul(A, z), b), kind: 'definition',
      why: 'Let z be standard normal, and x a linear map of it with an invertible matrix A. The rule above must give a Gaussian with mean b and covariance A Aᵀ.',
    },
    {
      label: 'The flow is the way back',
      left: z, relation: 'equal', right: mul(inverse(A), gap), kind: 'numeric',
      why: 'The line above was solved for z. The derivatives of this flow are the entries of the inverse matrix, the same at every x.',
    },
    {
      label: 'A name for the determinant',
      left: detA, relation: 'equal', right: det(A), kind: 'definition',
      why: 'The absolute value of the determinant of A says by how much A stretches volume. It is not zero since A is invertible.',
    },
    {
      label: 'The determinant of the inverse',
      left: det(inverse(A)), relation: 'equal', right: div(one, detA), kind: 'numeric',
      why: 'The product of the matrix with its inverse is the identity, whose determinant is 1, and determinants multiply.',
    },
    {
      label: 'The change of variables put in',
      left: pX(x), relation: 'equal', right: div(gaussian(z, sym('zeroVector'), one), abs(detA)), kind: 'numeric',
      why: 'The density of z is standard normal, and the Jacobian of the flow is the inverse of A.',
    },
    {
      label: 'The exponent',
      left: normSq(z), relation: 'equal', right: mul(transpose(gap), inverse(covariance), gap), kind: 'numeric',
      why: 'The squared length of z is zᵀz. With z as above this is (x − b)ᵀ times the transpose of A⁻¹ times A⁻¹ times (x − b), and the product of these two matrices is the inverse of A Aᵀ.',
    },
    {
      label: 'The normaliser',
      left: det(covariance), relation: 'equal', right: mul(detA, detA), kind: 'numeric',
      why: 'A matrix and its transpose have the same determinant. So the root of the determinant of A Aᵀ, which stands in the density of a Gaussian, is |det A|.',
    },
    {
      label: 'A Gaussian, as it must be',
      left: pX(x), relation: 'equal', right: gaussianFull(x, b, covariance), kind: 'numeric',
      why: 'Exponent and normaliser together are the density of the Gaussian with mean b and covariance A Aᵀ. The mean and the covariance of A z + b can be computed without any density, and they are the same.',
    },
  ],
};
