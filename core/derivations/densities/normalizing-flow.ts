/** Change of variables, and the affine coupling layer of Real NVP (Dinh et al. 2017). */
import { add, apply, derivative, div, fn, mul, neg, normSq, num, PI, product, sub, sum, sym, type Expr } from '../../formulas/expr';
import { DINH_2017 } from '../../formulas/sources';
import { CHANGE_OF_VARIABLES, COUPLING, coupled } from '../../formulas/densities';
import { lineOf } from '../line';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { flowWorld } from '../worlds/normalizing-flow';

const [x, z, det] = [sym('x'), sym('basePoint'), sym('jacobian')];
const [xj, zj, s, t, M] = [sym('coupledInput', 'j'), sym('coupledOutput', 'j'), sym('logScale', 'j'), sym('shift', 'j'), sym('coupledSize')];
const log = (of: Expr): Expr => fn('log', of);
const [density, base] = [apply('flowDensity', x), apply('baseDensity', z)];
const logScales = sum(1, M, s, 'j');

export const NORMALIZING_FLOW: Derivation = {
  id: 'normalizing-flow',
  title: 'The likelihood of a normalizing flow',
  shows:
    'How the density of an example follows from the density of the point that the flow takes it to. For an affine coupling layer the correction is no more than a sum of the network\'s outputs.',
  source: DINH_2017('sections 3.1 to 3.3 and 3.5'),
  prerequisites: [
    'A flow is a map that is invertible and differentiable both ways; here it goes from data to the base distribution. Code that goes the other way has the opposite sign at the logarithm of the determinant.',
    'The absolute value of the determinant of all its derivatives says by how much a map stretches volume near a point.',
    'The determinant of a triangular matrix is the product of its diagonal.',
  ],
  after: ['mle-is-min-kl'],
  given: ['x', 'flow', 'coupledSize', 'dimensions'],
  cases: inWorlds(flowWorld),
  steps: [
    {
      label: 'The point of the base distribution',
      left: z, relation: 'equal', right: apply('flow', x), kind: 'definition',
      why: 'The flow takes an example to a point of the base distribution, whose density is known. Sampling goes back: draw z, then invert the flow.',
    },
    {
      label: 'Change of variables (section 3.1)',
      ...lineOf(CHANGE_OF_VARIABLES), kind: 'definition',
      why: 'Probability is kept, volume is not: where the flow spreads a small volume out, the density before it was higher by the same factor. J holds all derivatives of the flow.',
    },
    {
      label: 'An affine coupling layer (section 3.2)',
      ...lineOf(COUPLING), kind: 'definition',
      why: 'Half of the components stay as they are. From them a network computes a scale s_j and a shift t_j for each component of the other half. The network itself need not be invertible.',
    },
    {
      label: 'Its inverse (section 3.3)',
      left: xj, relation: 'equal', right: mul(sub(zj, t), fn('exp', neg(s))), kind: 'numeric',
      why: 'The half that stayed is known on both sides, so the same s_j and t_j can be computed again; then the line above is solved.',
    },
    {
      label: 'One derivative',
      left: derivative(xj, coupled), relation: 'equal', right: fn('exp', s), kind: 'numeric',
      why: 'Scale and shift depend only on the half that stays, so they are constants here. The derivatives by that half are complicated, but they stand below the diagonal.',
    },
    {
      label: 'The determinant (section 3.3)',
      left: det, relation: 'equal', right: product(1, M, fn('exp', s), 'j'), kind: 'numeric',
      why: 'The flow is this one layer here. J is triangular, so only its diagonal counts: ones for the half that stays, and the derivatives above for the half that changes. It is positive, so that it needs no absolute value.',
    },
    {
      label: 'Its logarithm is a sum',
      left: log(det), relation: 'equal', right: logScales, kind: 'numeric',
      why: 'The logarithm of a product of exponentials. In code this is log_det: the sum of the scales.',
    },
    {
      label: 'The base distribution',
      left: log(base), relation: 'equal', right: neg(div(add(normSq(z), mul(sym('dimensions'), log(mul(num(2), PI)))), num(2))), kind: 'definition',
      why: 'The base distribution is standard normal as a rule; this is the logarithm of its density in D dimensions.',
    },
    {
      label: 'The log-likelihood of an example',
      left: log(density), relation: 'equal', right: add(log(base), logScales), kind: 'numeric',
      why: 'The logarithm of the change of variables with the determinant put in. Training makes the negative of this small.',
    },
    {
      label: 'Several layers (section 3.5)',
      left: log(fn('abs', det)), relation: 'equal', right: sum(1, sym('flowLayers'), log(fn('abs', sym('layerJacobian', 'k'))), 'k'), kind: 'definition',
      why: 'Layers one after the other multiply their determinants, so the logarithms add up. The layers take turns in which half stays, lest one half never change.',
    },
  ],
};
