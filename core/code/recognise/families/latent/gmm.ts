/** Gaussian mixtures: fitted by expectation–maximisation or by gradients, and mixture density networks (Bishop 1994), whose mixture a network gives. */
import type { Value } from '../../../interpret/values';
import { comesFrom, operationOf, type Operation } from '../../graph';
import { match, type Template } from '../../match';
import type { Clue, Family, FileView } from '../family';
import { count, positive, word, type NamedRule } from '../named';
import { mixtureCalls } from './gmm-calls';
import { settingsOfGmm } from './gmm-settings';
import { emSteps } from './em';
import { unwrapped } from './losses';
import { isTest, support } from './vae-supports';

/** What is in the exponent of a Gaussian: minus half the squared distance in units of σ. */
const EXPONENT: readonly Template[] = [
  { id: 'variance', slots: [{ name: 'x', domain: 'real' }, { name: 'μ', domain: 'real' }, { name: 'σ²', domain: 'positive' }], value: (x, m, v) => -((x - m) ** 2) / (2 * v), upTo: 'factor', needs: [['-'], ['**', '*', 'square'], ['/', '*', '**']] },
  { id: 'sigma', slots: [{ name: 'x', domain: 'real' }, { name: 'μ', domain: 'real' }, { name: 'σ', domain: 'positive' }], value: (x, m, s) => -((x - m) ** 2) / (2 * s * s), upTo: 'factor', needs: [['-'], ['**', '*', 'square'], ['/', '*', '**']] },
];
/** log N(x | μ, σ²) = −½ (log σ² + (x − μ)²/σ²) up to constants. */
const LOGARITHM: readonly Template[] = [
  { id: 'log density', slots: [{ name: 'x', domain: 'real' }, { name: 'μ', domain: 'real' }, { name: 'σ²', domain: 'positive' }], value: (x, m, v) => -0.5 * (Math.log(v) + (x - m) ** 2 / v), upTo: 'affine', needs: [['log', 'log_'], ['**', '*', 'square', 'squared_difference'], ['/', '*', '**']] },
];

/** Is it a Gaussian's log density, with its variance in it twice? */
export function isLogDensity(v: Value): boolean {
  return LOGARITHM.some((t) => match(v, t) !== null);
}

export const NORMAL = /^(Normal|MultivariateNormal|MultivariateNormalDiag|MultivariateNormalTriL|MultivariateNormalFullCovariance|LowRankMultivariateNormal)$/;

export const GMM: Family = {
  id: 'gmm',
  needs: {
    python: [['GaussianMixture', 'BayesianGaussianMixture', 'GMM', 'VBGMM', 'MixtureSameFamily', 'multivariate_normal', 'exp', 'pdf', 'logsumexp', 'reduce_logsumexp', 'reduce_log_sum_exp', 'MultivariateNormal'],
      ['GaussianMixture', 'BayesianGaussianMixture', 'GMM', 'MixtureSameFamily', 'sum', 'logsumexp', 'reduce_sum', 'reduce_logsumexp']],
    javascript: [['exp'], ['reduce', 'sum', 'logSumExp', 'for', 'map', 'forEach']],
  },
  seeds: ['GaussianMixture', 'BayesianGaussianMixture', 'GMM', 'MixtureSameFamily', 'multivariate_normal', 'MultivariateNormal', 'logsumexp', 'reduce_logsumexp', 'responsibilities', 'resp', 'gamma', 'logSumExp', 'exp', 'sum'],
  clues,
  calls: mixtureCalls,
  named: [
    { key: 'components', names: ['ncomponents', 'numcomponents', 'nclusters', 'numclusters', 'k', 'numgaussians', 'ngaussians', 'nmixtures', 'nummixtures', 'kmix', 'nmix', 'ncomp', 'components', 'clusters', 'numcomp', 'nummix', 'nmixture', 'ncomps', 'kmixtures', 'numdistributions', 'nummixture', 'ngauss', 'nkernels', 'ncenters', 'c', 'nocomponents', 'numofcomponents', 'numberofcomponents', 'mixturecomponents', 'numberofgaussians', 'nclass', 'g', 'm', 'ncluster', 'numcluster'], fits: count(10_000) },
    { key: 'covarianceType', names: ['covariancetype', 'covtype', 'covariance', 'cvtype'], fits: (x) => word(x) && /^(full|tied|diag|spherical)$/.test(String(x)) },
    { key: 'maxIterations', names: ['maxiter', 'maxiters', 'niter', 'niters', 'iterations', 'maxiterations', 'numiterations', 'numiters', 'niterations', 'iters', 'emiterations', 'emiters', 'maxits', 'iternum', 'iter', 'nepoch', 'maxepoch'], fits: count() },
    { key: 'tolerance', names: ['tol', 'tolerance', 'threshold', 'convergencethreshold', 'epstol', 'delta', 'stoptol', 'rtol', 'thresh', 'convergence', 'mindelta'], fits: positive(10) },
  ] satisfies NamedRule[],
  settings: settingsOfGmm,
  foreign: /gan(?![a-z])|discrim|kmeans|k_means|vae|autoenc|hmm/i,
};

function clues(view: FileView): Clue[] {
  const out: Clue[] = [...emSteps(view)];
  const add = (id: string, weight: number, text: string, at: Clue['at'], role: Clue['role'] = 'anchor') => { out.push({ id, weight, text, at: { from: at.from, to: at.to }, role }); };
  for (const { value, at } of view.computed) {
    const o = operationOf(value);
    if (!o) continue;
    if (o.op === 'MixtureSameFamily' && o.args.concat([...(o.keywords?.values() ?? [])]).some(isNormal)) add('mixture', 1, 'makes a mixture of Gaussians', at);
    if (/^(logsumexp|reduce_logsumexp|reduce_log_sum_exp|logSumExp|log_sum_exp)$/.test(o.op) && o.args[0] && weighted(o.args[0])) add('likelihood', 0.8, 'computes log Σ π N(x | μ, σ²)', at);
    if (o.op === 'log' && o.args[0] && (weightedDensity(o.args[0]) || summedUp(o.args[0]))) add('likelihood', 0.8, 'computes log Σ π N(x | μ, σ²)', at);
  }
  if (out.length === 0) return out;
  support(view, out, 'name', 0.3, /gmm|gaussian_?mixture|mixture_?of_?gaussian|responsib|^e_?step|^m_?step|expectation|mixture_?density|^mdn|mixture/i, 'is called a mixture');
  const { words } = view;
  const hmm = ['hmm', 'HMM', 'transition_matrix', 'viterbi', 'forward_backward', 'baum_welch', 'transmat', 'hidden_markov'].filter((w) => words.has(w)).length;
  if (hmm >= 1) out.push({ id: 'hmm', weight: -0.8, text: 'is a hidden Markov model', at: { from: 0, to: 0 }, role: 'support' });
  if (['gating', 'experts', 'MoE', 'moe', 'num_experts'].filter((w) => words.has(w)).length >= 1) out.push({ id: 'experts', weight: -0.8, text: 'is a mixture of experts', at: { from: 0, to: 0 }, role: 'support' });
  if (isTest(view)) out.push({ id: 'test', weight: -0.8, text: 'tests a library', at: { from: 0, to: 0 }, role: 'support' });
  return out;
}

function isNormal(v: Value): boolean {
  const o = operationOf(unwrapped(v));
  return o !== null && NORMAL.test(o.op);
}

const WEIGHTS = /^(log_softmax|softmax|log|logsigmoid|log_prob|reduce_logsumexp|logsumexp)$/;
const LOG_DENSITY = /^(log_prob|logpdf|log_?gauss(ian)?\w*|log_?normal(_?(diag|pdf|prob|density|standard|loss))?|gaussian_log\w*)$/i;

/** log π + log N: a sum of a density's logarithm and of weights that are normalised. */
function weighted(v: Value): boolean {
  const density = (x: Value): boolean => { const o = operationOf(x); return o !== null && ((LOG_DENSITY.test(o.op) && (o.op !== 'log_prob' || (o.args[0] !== undefined && isNormal(o.args[0])))) || isQuadratic(o) || (o.op === '*' && o.args.some((a) => a.kind === 'number' && a.value === -0.5) && isLogDensity(x))); };
  const weights = (x: Value): boolean => { const o = operationOf(x); return o !== null && (/^(log_softmax|softmax)$/.test(o.op) || (o.op === 'log' && o.args[0]?.kind === 'atom') || (o.op === '-' && o.args[1] !== undefined && WEIGHTS.test(operationOf(o.args[1])?.op ?? ''))); };
  return v.kind !== 'array' && operationOf(v)?.op !== undefined && comesFrom(v, density, 80) && comesFrom(v, weights, 80);
}

/** Σ exp(log π + log N − shift). */
function summedUp(v: Value): boolean {
  const total = operationOf(unwrapped(v));
  const inner = total && /^(sum|reduce_sum)$/.test(total.op) && total.args[0] ? operationOf(unwrapped(total.args[0])) : null;
  const exponent = inner && /^exp_?$/.test(inner.op) ? inner.args[0] : undefined;
  return exponent !== undefined && weighted(exponent);
}

/** −½ ((x − μ)/σ)². */
function isQuadratic(o: Operation): boolean {
  if (o.op === 'einsum' && o.args.length === 3 && o.args[1] === o.args[2]) return operationOf(o.args[1])?.op === '/';
  if (o.op !== '**' && o.op !== 'square') return false;
  const base = operationOf(o.args[0]);
  return base?.op === '/' && operationOf(base.args[0])?.op === '-';
}

/** Σ π N, written out: a sum of products with a density. */
function weightedDensity(v: Value): boolean {
  let inner: Value = v;
  for (let i = 0; i < 4; i++) {
    const o = operationOf(inner);
    if (o && /^(sum|reduce_sum|settled|\+|clamp|clip|element)$/.test(o.op) && o.args[0]) {
      if (/sum/.test(o.op)) {
        const product = operationOf(o.args[0]);
        const base = product?.op === 'settled' ? operationOf(product.args[0]) : product;
        return base?.op === '*' && base.args.some(isDensity);
      }
      [inner] = o.args;
    } else return false;
  }
  return false;
}

const densities = new WeakMap<Value, boolean>();

/** A Gaussian's density of the library, or written out, with whatever factor. */
export function isDensity(v: Value): boolean {
  let known = densities.get(v);
  if (known === undefined) densities.set(v, (known = computesDensity(v)));
  return known;
}

function computesDensity(v: Value): boolean {
  const o = operationOf(v);
  if (!o) return false;
  const [first] = o.args;
  if (o.op === 'pdf') return true;
  if (/^exp_?$/.test(o.op) && first) {
    const inner = operationOf(first);
    return (inner?.op === 'log_prob' && inner.args[0] !== undefined && isNormal(inner.args[0])) || EXPONENT.some((t) => match(first, t) !== null);
  }
  return /^([*/]|settled|prod|reduce_prod|element)$/.test(o.op) && o.args.some(isDensity);
}
