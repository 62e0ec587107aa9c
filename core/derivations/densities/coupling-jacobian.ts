/** The coupling layer of Real NVP and NICE: its inverse, its triangular Jacobian matrix, and two layers with exchanged roles. */
import { add, apply, det, dot, fn, gradient, hadamard, inverse, mul, neg, num, product, sub, sum, sym, type Expr } from '../../formulas/expr';
import { DINH_2017 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { couplingWorld } from '../worlds/coupling';

const one = num(1);
const [xa, xb, za, zb, ya, yb, plus] = [sym('keptHalf'), sym('changedHalf'), sym('keptOutput'), sym('changedOutput'), sym('swappedOutput'), sym('swappedKept'), sym('additiveOutput')];
const [s, t] = [(of: Expr): Expr => apply('scaleNetwork', of), (of: Expr): Expr => apply('shiftNetwork', of)];
const [s2, t2] = [(of: Expr): Expr => apply('swappedScale', of), (of: Expr): Expr => apply('swappedShift', of)];
const [e, sj, sj2, M] = [sym('axisVector', 'j'), sym('logScale', 'j'), sym('swappedLogScale', 'j'), sym('coupledSize')];
const [J, J2, L, S, detJ] = [sym('flowJacobian'), sym('swappedJacobian'), sym('shearMatrix'), sym('stretchMatrix'), sym('jacobian')];
const exp = (of: Expr): Expr => fn('exp', of);
const log = (of: Expr): Expr => fn('log', of);
const changed = add(hadamard(xb, exp(s(xa))), t(xa));
const swapped = (kept: Expr, by: Expr): Expr => add(hadamard(kept, exp(s2(by))), t2(by));
const scales = sum(1, M, sj, 'j');

export const COUPLING_JACOBIAN: Derivation = {
  id: 'coupling-jacobian',
  title: 'The Jacobian of a coupling layer',
  shows:
    'Why an affine coupling layer is inverted without inverting its networks, and why the determinant of its Jacobian costs no more than a sum. Then what is left of it without scales, and how two layers with exchanged roles change everything.',
  source: DINH_2017('sections 3.2 to 3.5'),
  prerequisites: [
    'The change of variables: the logarithm of the determinant of the Jacobian matrix is what a layer adds to the log-likelihood.',
    'The product ⊙ of two vectors is taken entry by entry, and the exponential of a vector too.',
    'The networks s and t are differentiable. They may be anything else: wide, deep, and not invertible.',
  ],
  after: ['normalizing-flow', 'change-of-variables'],
  given: ['keptHalf', 'changedHalf', 'scaleNetwork', 'shiftNetwork', 'axisVector', 'coupledSize', 'swappedScale', 'swappedShift', 'additiveJacobian', 'flowJacobian', 'shearMatrix', 'stretchMatrix', 'jacobian', 'swappedJacobian'],
  cases: inWorlds(couplingWorld),
  steps: [
    {
      label: 'One half stays (eq. 4)',
      left: za, relation: 'equal', right: xa, kind: 'definition',
      why: 'The components of an example are split into two halves, and the layer leaves the first as it is.',
    },
    {
      label: 'The other half is scaled and shifted (eq. 5)',
      left: zb, relation: 'equal', right: changed, kind: 'definition',
      why: 'Two networks look at the half that stays. One gives the logarithms of the scales, the other the shifts. Exponentials are positive, so no scale is zero.',
    },
    {
      label: 'Take the shift back',
      left: sub(zb, t(za)), relation: 'equal', right: hadamard(xb, exp(s(xa))), kind: 'numeric',
      why: 'The half that stays is known after the layer, so the network gives the same shift again: it is asked forwards, never backwards.',
    },
    {
      label: 'The inverse in closed form (section 3.3)',
      left: xb, relation: 'equal', right: hadamard(sub(zb, t(za)), exp(neg(s(za)))), kind: 'numeric',
      why: 'The same for the scales: the factor e to the −s undoes e to the s. So the inverse costs as much as the layer, and neither network has to be invertible.',
    },
    {
      label: 'What stays depends on itself alone',
      left: gradient('keptHalf', dot(e, xa)), relation: 'equal', right: e, kind: 'numeric',
      why: 'Now the Jacobian matrix, row by row. The j-th component of the half that stays is the j-th input, so its derivatives are one at place j and else zero: an identity matrix. The half that changes does not occur in it, so the block to the right of the identity, above the diagonal, is zero.',
    },
    {
      label: 'A name for one scale',
      left: sj, relation: 'equal', right: dot(e, s(xa)), kind: 'definition',
      why: 'The j-th output of the network of scales, for this example.',
    },
    {
      label: 'What changes, by what changes',
      left: gradient('changedHalf', dot(e, changed)), relation: 'equal', right: mul(exp(sj), e), kind: 'numeric',
      why: 'Scales and shifts do not depend on this half, so they are constants here. The j-th output depends on the j-th input of this half only, with its scale as the factor: a diagonal block.',
    },
    {
      label: 'What changes, by what stays',
      left: gradient('keptHalf', dot(e, changed)), relation: 'equal', right: add(mul(dot(e, xb), exp(sj), gradient('keptHalf', dot(e, s(xa)))), gradient('keptHalf', dot(e, t(xa)))), kind: 'numeric',
      why: 'Only here the derivatives of the networks occur. They stand in the block below the diagonal, where they do not matter for the determinant.',
    },
    {
      label: 'The Jacobian matrix as a product (section 3.3)',
      left: J, relation: 'equal', right: mul(L, S), kind: 'numeric',
      why: 'S is the diagonal matrix with ones for the half that stays and the scales for the other. L has ones on its diagonal, the block of the line above below it, and zeros above it. S leaves that block as it is, since it multiplies its columns by the ones.',
    },
    {
      label: 'The determinant of a triangle',
      left: det(L), relation: 'equal', right: one, kind: 'numeric',
      why: 'The determinant of a triangular matrix is the product of its diagonal, and all entries there are one. Bars around a matrix are its determinant.',
    },
    {
      label: 'The determinant of a diagonal matrix',
      left: det(S), relation: 'equal', right: product(1, M, exp(sj), 'j'), kind: 'numeric',
      why: 'Again the product of the diagonal: ones, and the scales of the M components that change.',
    },
    {
      label: 'The determinant of the layer (section 3.3)',
      left: detJ, relation: 'equal', right: exp(scales), kind: 'numeric',
      why: 'The determinant of a product is the product of the determinants, and a product of exponentials is the exponential of the sum. It is positive, so it needs no absolute value.',
    },
    {
      label: 'Its logarithm',
      left: log(detJ), relation: 'equal', right: scales, kind: 'numeric',
      why: 'The sum of the outputs of the network of scales. No derivative of a network is computed, and no matrix is built.',
    },
    {
      label: 'The layer backwards',
      left: log(det(inverse(J))), relation: 'equal', right: neg(scales), kind: 'numeric',
      why: 'The determinant of the inverse matrix is one over the determinant, so its logarithm changes its sign.',
    },
    {
      label: 'Without scales: additive coupling (NICE)',
      left: plus, relation: 'equal', right: add(xb, t(xa)), kind: 'definition',
      why: 'With s = 0 every scale is one and only the shift is left. This is the layer of NICE (Dinh et al. 2015).',
    },
    {
      label: 'Undone by subtraction',
      left: sub(plus, t(za)), relation: 'equal', right: xb, kind: 'numeric',
      why: 'The inverse of an addition, with the same network.',
    },
    {
      label: 'It keeps volume',
      left: det(sym('additiveJacobian')), relation: 'equal', right: one, kind: 'numeric',
      why: 'The sum of the logarithms of the scales is zero. Such layers alone cannot stretch volume anywhere, so NICE has one diagonal scaling after them.',
    },
    {
      label: 'A second layer changes the other half',
      left: ya, relation: 'equal', right: swapped(za, zb), kind: 'definition',
      why: 'One layer leaves half of the components as they are. The next one exchanges the roles: it looks at the half that was changed and changes the half that was left.',
    },
    {
      label: 'And leaves the first one',
      left: yb, relation: 'equal', right: zb, kind: 'definition',
      why: 'The half that the first layer changed stays in the second.',
    },
    {
      label: 'Undone in reverse order',
      left: za, relation: 'equal', right: hadamard(sub(ya, t2(yb)), exp(neg(s2(yb)))), kind: 'numeric',
      why: 'First the second layer is inverted as above, then the first.',
    },
    {
      label: 'Now both halves depend on both',
      left: gradient('changedHalf', dot(e, swapped(xa, changed))), relation: 'equal', right: hadamard(exp(s(xa)), gradient('changedOutput', dot(e, swapped(za, zb)))), kind: 'numeric',
      why: 'A component of the first half after both layers, by the second half of the example. By the chain rule it is the derivative of the second layer times the scales of the first. It is not zero in general: after two layers every component was changed, and may depend on all inputs.',
    },
    {
      label: 'A name for one scale of the second layer',
      left: sj2, relation: 'equal', right: dot(e, s2(zb)), kind: 'definition',
      why: 'The j-th output of its network of scales, at the point that the first layer puts out. Both halves are of the same size here.',
    },
    {
      label: 'The determinant of both layers (section 3.5)',
      left: log(det(mul(J2, J))), relation: 'equal', right: add(scales, sum(1, M, sj2, 'j')), kind: 'numeric',
      why: 'The Jacobian matrix of both is the product of the two, its determinant is the product of the determinants, and the logarithms add up. The product itself is no longer triangular, but nobody has to compute it.',
    },
  ],
};
