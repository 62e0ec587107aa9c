/** The formulas of variational autoencoders as templates: Kingma & Welling 2014, appendix B, and what came of them. */
import type { Value } from '../../../interpret/values';
import { operandsOf, operationOf } from '../../graph';
import type { Slot, Template } from '../../match';

/** What a library calls a parameter that is learnt. */
const LEARNT = /^(Parameter|Variable|get_variable|add_weight|get_parameter|param|variable|uniform_|fill_|xavier_uniform_|kaiming_uniform_|zeros_|constant_)$/;

/** A weight of the model itself: nothing that a network says of one example. */
export function isLearnt(v: Value): boolean {
  const o = operationOf(v);
  return o !== null && LEARNT.test(o.op) && !(o.op === 'Variable' && (o.path ?? '').startsWith('torch'));
}

/** Standard normal noise, drawn as such or from N(0, 1). */
export function isNoise(v: Value): boolean {
  if (v.kind !== 'atom') return false;
  if (v.role === 'noise') return true;
  const o = operationOf(v);
  if (!o || !/^r?sample$/.test(o.op)) return false;
  const [from] = o.args;
  const d = from ? operationOf(from) : null;
  if (!d || !/^(Normal|MultivariateNormal|MultivariateNormalDiag)$/.test(d.op)) return false;
  const [loc, scale] = d.args;
  return loc?.kind === 'number' && loc.value === 0 && scale?.kind === 'number' && scale.value === 1;
}

const ofNetwork = (v: Value): boolean => !isLearnt(v) && !isNoise(v);
/** Nothing that a formula was made of. */
export const isLeaf = (v: Value): boolean => ofNetwork(v) && operandsOf(v) === null;

const EPS: Slot = { name: 'ε', domain: 'real', accepts: isNoise };
const MU: Slot = { name: 'μ', domain: 'real', accepts: ofNetwork };
const REAL: Slot = { name: 's', domain: 'real', accepts: ofNetwork };
const POSITIVE: Slot = { name: 'σ', domain: 'positive', accepts: ofNetwork };
const EXPONENTIAL = [['exp', 'exp_', 'expm1']];

/** z = μ + σ ε, with σ given by its logarithm, that of its square, through a softplus or as the root of a variance. */
export const REPARAMETERISATION: readonly Template[] = [
  { id: 'logvar', slots: [EPS, MU, REAL], value: (e, mu, s) => mu + Math.exp(s / 2) * e, needs: EXPONENTIAL },
  { id: 'log sigma', slots: [EPS, MU, REAL], value: (e, mu, s) => mu + Math.exp(s) * e, needs: EXPONENTIAL },
  { id: 'softplus', slots: [EPS, MU, REAL], value: (e, mu, s) => mu + Math.log1p(Math.exp(s)) * e, needs: [['softplus', 'exp', 'log1p', 'log']] },
  { id: 'variance', slots: [EPS, MU, POSITIVE], value: (e, mu, s) => mu + Math.sqrt(s) * e, needs: [['sqrt', 'sqrt_', '**']] },
];
/** Where σ comes from elsewhere: other evidence must then speak for it. */
export const PLAIN_SCALE: Template = { id: 'sigma', slots: [EPS, MU, POSITIVE], value: (e, mu, s) => mu + s * e };

const kl = (mu: number, variance: number, logVariance: number) => 0.5 * (mu * mu + variance - 1 - logVariance);
const LOGARITHM = [['log', 'log_', 'log1p'], ['+', '-']];
const EXP_SUM = [['exp', 'exp_', 'expm1'], ['+', '-']];

/** KL(N(μ, σ²) ‖ N(0, 1)), eq. 10 of the paper, up to a factor and a constant. */
export const KL_STANDARD: readonly Template[] = [
  { id: 'logvar', slots: [MU, REAL], value: (m, s) => kl(m, Math.exp(s), s), upTo: 'affine', needs: EXP_SUM },
  { id: 'log sigma', slots: [MU, REAL], value: (m, s) => kl(m, Math.exp(2 * s), 2 * s), upTo: 'affine', needs: EXP_SUM },
  { id: 'sigma', slots: [MU, POSITIVE], value: (m, s) => kl(m, s * s, 2 * Math.log(s)), upTo: 'affine', needs: LOGARITHM },
  { id: 'variance', slots: [MU, POSITIVE], value: (m, s) => kl(m, s, Math.log(s)), upTo: 'affine', needs: LOGARITHM },
  { id: 'softplus', slots: [MU, REAL], value: (m, r) => { const s = Math.log1p(Math.exp(r)); return kl(m, s * s, 2 * Math.log(s)); }, upTo: 'affine', needs: [['softplus', 'log1p'], ['log']] },
];

const gaussians = (m: number, v: number, p: number, w: number) => 0.5 * (Math.log(w) - Math.log(v) + (v + (m - p) * (m - p)) / w - 1);
const LEAF: Slot = { name: 'μ', domain: 'real', accepts: isLeaf };
const LEAF_POSITIVE: Slot = { name: 'σ', domain: 'positive', accepts: isLeaf };

/** KL(N(m, v) ‖ N(p, w)) between two Gaussians that are both computed. */
export const KL_GAUSSIANS: readonly Template[] = [
  { id: 'logvar', slots: [LEAF, LEAF, LEAF, LEAF], value: (m, s, p, t) => gaussians(m, Math.exp(s), p, Math.exp(t)), upTo: 'affine', needs: EXP_SUM },
  { id: 'log sigma', slots: [LEAF, LEAF, LEAF, LEAF], value: (m, s, p, t) => gaussians(m, Math.exp(2 * s), p, Math.exp(2 * t)), upTo: 'affine', needs: EXP_SUM },
  { id: 'sigma', slots: [LEAF, LEAF_POSITIVE, LEAF, LEAF_POSITIVE], value: (m, s, p, t) => gaussians(m, s * s, p, t * t), upTo: 'affine', needs: LOGARITHM },
  { id: 'variance', slots: [LEAF, LEAF_POSITIVE, LEAF, LEAF_POSITIVE], value: gaussians, upTo: 'affine', needs: LOGARITHM },
];

/** x log y + (1 − x) log(1 − y): the likelihood of a Bernoulli variable, up to its sign. */
export const BERNOULLI: Template = {
  id: 'bernoulli', slots: [{ name: 'x', domain: 'unit' }, { name: 'y', domain: 'unit' }], value: (x, y) => x * Math.log(y) + (1 - x) * Math.log(1 - y), upTo: 'factor', needs: [['log', 'log_'], ['+', '-']],
};
/** The same of logits: x l − log(1 + eˡ). */
export const BERNOULLI_LOGITS: Template = {
  id: 'bernoulli logits', slots: [{ name: 'x', domain: 'unit' }, { name: 'l', domain: 'real' }], value: (x, l) => x * l - Math.log1p(Math.exp(l)), upTo: 'factor', needs: [['softplus', 'logaddexp', 'log1p', 'log'], ['*'], ['+', '-']],
};
