/** Normalizing flows: planar (Rezende & Mohamed 2015), RealNVP and Glow, autoregressive (IAF, MAF), splines, continuous ones (FFJORD). */
import type { Value } from '../../../interpret/values';
import { comesFrom, nodesOf, operationOf } from '../../graph';
import { evaluateAt } from '../../tape';
import { dotted, type CallSite } from '../../training/survey';
import type { Clue, Definition, Family, FileView } from '../family';
import { count, type NamedRule } from '../named';
import { bitsPerDimension, compositionsOf, likelihoodsOf, sumsOfParts } from './change-of-variables';
import { affinesOf, determinantsOf } from './coupling';
import { originsOf } from '../origins';
import { flowSettings } from './flow-settings';

/** Calls of libraries that make a flow. */
export const LIBRARY = /^(nflows|normflows|zuko\.(flows|transforms)|FrEIA|distrax\.(MaskedCoupling|Transformed|Chain|SplitCoupling|RationalQuadraticSpline)|flowjax|flowtorch|glasflow|survae|numpyro\.distributions\.flows|pyro\.distributions\.transforms|jammy_flows|(tensorflow_probability[\w.]*\.)?(tfb|bijectors|tfp\.bijectors))\b/;
const PART = /^((Conditional|Masked|Affine|Additive|Real|Inv\w*)*(RealNVP|Real_?NVP|Glow|NICE|MAF|IAF|NSF\w*|NeuralSpline\w*|BNAF|CouplingLayer|AffineCoupling\w*|\w*Coupling(Layer|Flow|Block|Bijector|Transform)?|NormalizingFlow\w*|PlanarFlow|RadialFlow|SylvesterFlow|PlanarTransform|RealNVPLoss|FlowSequential|FlowModel|ActNorm\w*|AffineHalfFlow|Invertible1x1Conv|MaskedAutoregressiveFlow|FFJORD|CNF|RNVP|NVP))$/i;
const MAKES = /(Flow|Coupling|RealNVP|Glow|NICE|MAF|NSF|Autoregressive\w*|Spline\w*|SequenceINN|GraphINN|ReversibleGraphNet|Planar|Radial|Sylvester|affine_coupling|affine_autoregressive|spline\w*|conditional_\w+|planar|neural_autoregressive|iterated|MaskedCoupling|BNAF|IAF|Transformed|ResidualFlow|CNF|GLOWCouplingBlock|NVPCouplingBlock|NormalizingFlow\w*)$/i;

const DETERMINANT = /log_?(abs_?)?det|ldj|log_?jac|logabsdet|log_?d\w?f_?d|delta_logp|log_?q_?z|det_?jac|jac_?det/i;

export const FLOW: Family = {
  id: 'normalizing-flow',
  needs: {
    python: [['exp', 'log', 'slogdet', 'logdet', 'sigmoid', 'log_abs_det_jacobian', 'nflows', 'normflows', 'nf', 'zuko', 'FrEIA', 'distrax', 'flowjax', 'bijectors', 'tfb', 'transforms', 'odeint', 'log_prob', 'softplus', 'TransformedDistribution', 'tanh', 'MultivariateNormal'],
      ['sum', 'log_prob', 'reduce_sum', 'logdet', 'log_det', 'nflows', 'normflows', 'zuko', 'FrEIA', 'distrax', 'flowjax', 'bijectors', 'log_det_jacobian', 'odeint', 'slogdet', 'transforms', 'TransformedDistribution', 'mean']],
    javascript: [['exp', 'log'], ['sum', 'add', 'mul', 'logProb', 'log', 'logDet', 'reduce']],
  },
  seeds: ['exp', 'slogdet', 'logdet', 'log_det', 'log_prob', 'log_abs_det_jacobian', 'nflows', 'normflows', 'zuko', 'FrEIA', 'distrax', 'bijectors', 'tfb', 'TransformedDistribution', 'odeint', 'log_det_jacobian', 'logabsdet', 'ldj', 'sldj', 'logDet', 'log_jacobian'],
  clues,
  named: [
    { key: 'flowSteps', names: ['nflows', 'numflows', 'nflow', 'numflow', 'flowlength', 'ncouplings', 'numcouplings', 'ncouplinglayers', 'numcouplinglayers', 'couplinglayers', 'nflowblocks', 'numflowblocks', 'flowsteps', 'numflowsteps', 'flowdepth', 'nummades', 'numtransforms', 'ntransforms', 'numbijectors', 'nbijectors', 'numflowlayers', 'nflowlayers', 'flowlayers', 'ncoupling', 'numcoupling', 'nblocks', 'numblocks', 'nmaps', 'numsteps'], fits: count(1000) },
    { key: 'inputSize', names: ['inputdim', 'inputsize', 'ndim', 'ndims', 'datadim', 'numinputs', 'nfeatures', 'datasize', 'ninputs', 'xdim', 'indim', 'ndimtot', 'inputdims', 'numfeatures', 'zsize', 'eventdim', 'inoutdim', 'nin'], fits: count() },
    { key: 'hiddenUnits', names: ['hiddenfeatures', 'hiddendim', 'hiddensize', 'hiddenunits', 'nhidden', 'hiddendims', 'hiddennodes', 'numhidden', 'hidden', 'nhid', 'hdim', 'hsize', 'hiddenchannels', 'units', 'hiddenlayerdim', 'hiddenlayersize', 'hiddenwidth', 'hiddenlayerunits', 'midchannels', 'nneurons', 'hiddenneurons', 'layerwidth', 'nh', 'dimh'], fits: (x) => count(65_536)(x) && (x as number) >= 8 },
    { key: 'hiddenLayers', names: ['numhiddenlayer', 'nhiddenlayers', 'numhiddenlayers', 'nhiddens', 'numhiddens', 'nlayersnet', 'blocksperlayer', 'nblocksperlayer', 'numblocksperlayer'], fits: count(256) },
    { key: 'channels', names: ['nc', 'channels', 'imgchannels', 'inchannel', 'nchannels', 'imagechannels'], fits: count(64) },
    { key: 'imageSize', names: ['imgsize', 'imagesize', 'imsize'], fits: count(4096) },
  ] satisfies NamedRule[],
  settings: flowSettings,
  foreign: /gan(?![a-z])|GAN|discrim|critic|classif|teacher|actor|policy/,
};

function clues(view: FileView): Clue[] {
  const out: Clue[] = [...libraryCalls(view)];
  const affines = affinesOf(view.computed);
  const dets = determinantsOf(view.computed, affines);
  for (const { affine, at } of dets) {
    out.push({ id: 'affine', weight: affine.coupled ? 0.6 : 0.3, text: affine.coupled ? 'maps y = x · exp(s) + t, with s made from another part of x' : 'scales by exp(s)', at: affine.at.at, role: 'anchor' });
    out.push({ id: 'determinant', weight: affine.coupled ? 0.45 : 0.35, text: 'sums s as log |det J|', at: at.at, role: 'anchor' });
  }
  if (dets.length === 0) for (const a of affines) if (a.coupled && a.shifted) out.push({ id: 'affine', weight: a.log ? 0.7 : 0.3, text: 'maps y = x · exp(s) + t, with s made from another part of x', at: a.at.at, role: 'anchor' });
  for (const { at, added } of compositionsOf(view)) out.push({ id: 'composition', weight: added ? 0.7 : 0.4, text: 'composes maps and adds up their log-determinants', at, role: 'anchor' });
  for (const { at, density } of likelihoodsOf(view)) out.push({ id: 'likelihood', weight: density ? 0.9 : 0.5, text: 'adds log |det J| to the log-density of the base', at, role: 'anchor' });
  out.push(...otherDeterminants(view), ...importedParts(view));
  const has = (id: string) => out.some((c) => c.id === id);
  if (out.length > 0) out.push(...namesOf(view), ...against(view, dets.some((d) => d.affine.coupled) || (has('planar') && has('composition'))), ...wholes(view, out));
  return out;
}

function libraryCalls(view: FileView): Clue[] {
  return view.survey.calls.filter((s) => LIBRARY.test(s.path) && MAKES.test(s.name)).map((s): Clue => ({ id: 'library', weight: 1, text: `builds a flow with ${s.path}`, at: s.call, role: 'anchor' }));
}

/** Parts of flows that come from another file of the project, and what is made of them. */
function importedParts(view: FileView): Clue[] {
  const out: Clue[] = [];
  const parts = view.survey.calls.filter((s) => !LIBRARY.test(s.path) && !view.survey.classes.has(s.name) && !view.survey.functions.has(s.name) && PART.test(s.name) && !/optical|Tensor|work|from_|^get/i.test(s.name));
  if (parts.length > 0) out.push({ id: 'imported', weight: new Set(parts.map((s) => s.name)).size > 1 ? 0.55 : 0.45, text: `builds ${parts[0].name}`, at: parts[0].call, role: 'anchor' });
  const transformed = view.survey.calls.find((s) => s.name === 'TransformedDistribution');
  if (transformed && (parts.length > 0 || out.length > 0)) out.push({ id: 'base', weight: 0.5, text: 'transforms a base distribution', at: transformed.call, role: 'anchor' });
  if (parts.length === 0) return out;
  const likelihood = view.survey.calls.find((s) => /^(log_probs?|log_likelihood|logprob|log_density|nll|forward_kld|reverse_kld)$/.test(s.name) && s.call.callee.kind === 'attribute');
  if (likelihood) out.push({ id: 'likelihood', weight: 0.35, text: 'maximises its log-likelihood', at: likelihood.call, role: 'anchor' });
  else {
    // `z, nll = model(x)`: a density among several results.
    const result = originsOf(view).assignments.find((a) => a.part && a.value.kind === 'call' && /^(nll|nlls|log_?(p|prob|px|likelihood|pz|det|jac)\w*|logdet\w*|sldj|ldj)$/i.test(a.name));
    if (result) out.push({ id: 'likelihood', weight: 0.5, text: `is given ${result.name} by the model`, at: result.value, role: 'anchor' });
  }
  const back = inverted(view, parts);
  if (back) out.push({ id: 'inverse', weight: 0.5, text: 'applies its parts forwards and, inverted, backwards', at: back.call, role: 'anchor' });
  const bits = bitsPerDimension(view);
  if (bits) out.push({ id: 'bits', weight: 0.3, text: 'counts bits per dimension', at: bits, role: 'anchor' });
  for (const at of sumsOfParts(view)) out.push({ id: 'likelihood', weight: 0.4, text: 'adds up two results of the model, a density and a determinant', at, role: 'anchor' });
  return out;
}

/** `self.layer2.inverse(self.layer1 …)` in the class that holds the parts, two of them at least. */
function inverted(view: FileView, parts: readonly CallSite[]): CallSite | null {
  const holders = new Set(parts.map((s) => s.holder).filter((h) => h !== ''));
  const back = view.survey.calls.filter((s) => /^(inverse|reverse|inv|backward|invert)$/.test(s.name) && s.call.callee.kind === 'attribute' && holders.has(dotted(s.call.callee.object) ?? ''));
  const forward = view.survey.calls.filter((s) => holders.has(dotted(s.call.callee) ?? ''));
  const distinct = (list: readonly CallSite[]) => new Set(list.map((s) => s.path)).size;
  return distinct(back) >= 2 && distinct(forward) >= 2 ? back[0] : null;
}

function otherDeterminants(view: FileView): Clue[] {
  const out: Clue[] = [];
  for (const { value, at } of view.computed) {
    const o = operationOf(value);
    if (!o) continue;
    if (/^(slogdet|logdet|log_abs_determinant)$/.test(o.op)) out.push({ id: 'matrix', weight: 0.45, text: `takes ${o.op} of a matrix of weights`, at, role: 'anchor' });
    if ((o.op === 'log' || o.op === 'log_') && isPlanar(value)) out.push({ id: 'planar', weight: 0.8, text: 'takes log |1 + uᵀψ(z)|', at, role: 'anchor' });
    if (o.op === 'cumsum' && comesFrom(value, (x) => operationOf(x)?.op === 'softmax', 20)) out.push({ id: 'spline', weight: view.words.has('searchsorted') || view.words.has('derivatives') ? 0.75 : 0.5, text: 'makes knots of a spline by cumsum of a softmax', at, role: 'anchor' });
    if (isTrace(value)) out.push({ id: 'trace', weight: 0.5, text: 'estimates the trace of the Jacobian', at, role: 'anchor' });
  }
  const ode = view.survey.calls.find((s) => /^(odeint|odeint_adjoint|solve_ivp)$/.test(s.name));
  const divergence = view.survey.calls.find((s) => /diverg|trace/i.test(s.name) && !/traceback|jit/i.test(s.path));
  if (ode && (divergence || out.some((c) => c.id === 'trace'))) out.push({ id: 'ode', weight: 0.45, text: 'integrates the log-density along an ODE', at: ode.call, role: 'anchor' });
  if (divergence && ode) out.push({ id: 'trace', weight: 0.4, text: 'takes the trace of the Jacobian', at: divergence.call, role: 'anchor' });
  return out;
}

/** log(|1 + a|), perhaps with a small constant. */
function isPlanar(v: Value): boolean {
  const nodes = nodesOf(v, 12);
  if (!nodes.some((n) => operationOf(n)?.op === 'abs')) return false;
  return nodes.some((n) => n.kind === 'atom' && n !== v && [0.7, -0.4, -2.6].every((a) => Math.abs(evaluateAt(v, new Map([[n, a]])) - Math.log(Math.abs(1 + a))) < 1e-2));
}

/** Σ ε · ∂(f ε)/∂z: Hutchinson's estimate. */
function isTrace(v: Value): boolean {
  const o = operationOf(v);
  if (o?.op !== '*') return false;
  const noise = (x: Value) => x.kind === 'atom' && x.role === 'noise';
  const gradient = o.args.find((a) => comesFrom(a, (x) => operationOf(x)?.op === 'grad' || operationOf(x)?.op === 'vjp', 12));
  const other = o.args.find((a) => a !== gradient);
  return gradient !== undefined && other !== undefined && comesFrom(other, noise, 6) && comesFrom(gradient, noise, 40);
}

function namesOf(view: FileView): Clue[] {
  const words = [...view.words];
  const det = words.some((w) => DETERMINANT.test(w));
  const flow = words.some((w) => /real_?nvp|^glow|coupling|norm\w*_?flow|Flow$|planar|bijector|^maf$|^flows?$|actnorm|^NICE/i.test(w));
  const weight = (det ? 0.2 : 0) + (flow ? 0.1 : 0);
  return weight > 0 ? [{ id: 'name', weight, text: 'names a log-determinant', at: { from: 0, to: 0 }, role: 'support' }] : [];
}

/** `seen`: a determinant was found by value. */
function against(view: FileView, seen: boolean): Clue[] {
  const text = [...view.words].join(' ');
  const out: Clue[] = [];
  const no = (id: string, weight: number, what: string): Clue => ({ id, weight, text: what, at: { from: 0, to: 0 }, role: 'support' });
  const det = [...view.words].some((w) => DETERMINANT.test(w) || /coupling|flow|jacobian/i.test(w));
  if (/\b(env|gym|rewards?|actions?|policy)\b/.test(text) && !/coupling|normalizing/i.test(text)) out.push(no('policy', -0.8, 'is a policy of reinforcement learning'));
  if (/\bsde\b|\bSDE|score_fn|VPSDE/.test(text)) out.push(no('sde', -0.8, 'is a score-based model'));
  if (!det && !seen) out.push(no('no determinant', -0.6, 'names no determinant'));
  return out;
}

/** Classes that are built of those with evidence: the lens stands above the whole. */
function wholes(view: FileView, found: readonly Clue[]): Clue[] {
  const parts = new Set(found.filter((c) => c.role === 'anchor').map((c) => view.topOf(c.at)).filter((d): d is Definition => d?.kind === 'class').map((d) => d.name));
  const out: Clue[] = [];
  for (let round = 0; round < 3; round++) {
    const before = parts.size;
    for (const s of view.survey.calls) {
      const owner = s.definitions[0];
      if (owner?.kind !== 'class' || !parts.has(s.name) || parts.has(owner.name) || /train|lightning|experiment|vae|gan|policy/i.test(owner.name)) continue;
      parts.add(owner.name);
      out.push({ id: 'whole', weight: 0.01, text: `builds on ${s.name}`, at: owner.nameSpan, role: 'anchor' });
    }
    if (parts.size === before) break;
  }
  return out;
}

