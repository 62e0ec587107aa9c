/** Variational autoencoders: Kingma & Welling 2014, and what came of them. */
import type { Value } from '../../../interpret/values';
import { comesFrom, nodesOf, operationOf, type Operation } from '../../graph';
import { match, matchAny } from '../../match';
import { argumentOf } from '../../training/survey';
import type { Clue, Family, FileView, ModelCall } from '../family';
import { boundBy, type Bound } from '../symbols';
import { scoreOf, THRESHOLD } from '../places';
import { count, nonNegative, type NamedRule } from '../named';
import { isLeaf, isLearnt, isNoise, KL_GAUSSIANS, KL_STANDARD, PLAIN_SCALE, REPARAMETERISATION } from './formulas';
import { unwrapped } from './losses';
import { againstVae, aroundVae, supportsOfVae } from './vae-supports';
import { settingsOfVae } from './vae-settings';
import { concludeVae } from './experiment';
import { quantisation } from './quantised';

const KL_CALLS = /^(kl_divergence|kl_div_gaussian|kullback_leibler|kl_normal|gaussian_analytical_kl|normal_kl|kl_gaussian\w*|gaussian_kl|KLDivergenceRegularizer|KLDivergenceAddLoss|add_kl_loss|VGAE|kl_loss)$/;
const GAUSSIAN = /^(Normal|MultivariateNormal|MultivariateNormalDiag|MultivariateNormalTriL|MultivariateNormalDiagPlusLowRank|NormalWithSoftplusScale|MultivariateNormalDiagWithSoftplusScale|LogNormal)$/;
const FOREIGN = /gan(?![a-z])|GAN|discrim|critic|classif|teacher|actor|policy|reward|diffus|ddpm/i;

export const VAE: Family = {
  id: 'vae',
  needs: {
    python: [['randn', 'randn_like', 'normal', 'normal_', 'random_normal', 'standard_normal', 'rsample', 'kl_divergence', 'normal_like', 'AutoencoderKL', 'exp', 'exp_', 'VGAE', 'Normal', 'KLDivergenceRegularizer', 'detach', 'stop_gradient', 'logvar', 'log_var', 'MultivariateNormalDiag']],
    javascript: [['randomNormal', 'exp', 'randn', 'random', 'randomStandardNormal', 'normal']],
  },
  seeds: ['randn', 'randn_like', 'normal', 'normal_', 'random_normal', 'standard_normal', 'rsample', 'kl_divergence', 'randomNormal', 'exp', 'exp_', 'AutoencoderKL', 'VGAE', 'KLDivergenceRegularizer', 'Trace_ELBO', 'logvar', 'log_var', 'argmin', 'VectorQuantizer'],
  clues,
  named: [
    { key: 'trainSteps', names: ['numsteps', 'nsteps', 'trainsteps', 'trainingsteps', 'numiterations', 'niterations'], fits: (x) => count()(x) && Number(x) >= 100 },
    { key: 'latentSize', names: ['latentdim', 'latentsize', 'zdim', 'zsize', 'nlatent', 'latentdims', 'dimz', 'nz', 'latent', 'codesize', 'latentfeatures', 'latentspace', 'latentunits', 'latents', 'latentdimension', 'nlatents', 'zdims', 'latentchannels', 'latentspacedim', 'dimlatent', 'ldim', 'hiddencode', 'bottleneck', 'bottleneckdim', 'bottlenecksize', 'latentspacesize', 'latentdimensions', 'zdimension', 'sizez', 'latentvariablesize', 'latentvectorsize', 'numlatent', 'numlatents', 'nlatentvariables', 'nlatentdims', 'encodingdim', 'encodedsize', 'encodingsize', 'embeddingdim', 'embeddim', 'zchannels', 'latentvardim', 'nhiddenz', 'dz', 'codedim', 'hidden2dim', 'hidden2', 'numlatentdims', 'latentspacedimension', 'znum'], fits: count(100_000) },
    { key: 'beta', names: ['beta', 'klweight', 'kldweight', 'klcoeff', 'kllambda', 'klscale', 'betakl', 'kldcoef', 'klcoef', 'lambdakl', 'klbeta', 'betavae', 'klfactor', 'kllossweight', 'wkl', 'kldlossweight', 'klwt'], fits: nonNegative(1e5) },
    { key: 'hiddenUnits', names: ['hiddendim', 'hiddensize', 'hiddenunits', 'hdim', 'intermediatedim', 'hiddendims', 'nhidden', 'hidden', 'hsize', 'numhidden', 'intermediatesize', 'enchidden', 'dimh', 'hiddenfeatures', 'hidden1dim', 'hidden1', 'nhid', 'numhiddens', 'fcdim', 'hiddennodes', 'hiddenlayersize'], fits: count(65_536) },
    { key: 'inputSize', names: ['inputdim', 'inputsize', 'originaldim', 'xdim', 'inputfeatures', 'datadim', 'dimx', 'inputdims', 'nin', 'ninput', 'imgdim', 'inputunits', 'indim', 'nnpixels', 'npixels', 'dimimg', 'numinput', 'nfeatures', 'numfeatures', 'xsize', 'featuredim', 'imagedim', 'imagesize', 'imgsize'], fits: (x) => count()(x) && x !== 1 && x !== 3 && x !== 28 && x !== 32 && x !== 64 && x !== 128 && x !== 256 },
    { key: 'importanceSamples', names: ['importancesamples', 'numimportancesamples', 'iwaesamples', 'iwae', 'niw', 'numsamples', 'ksamples'], fits: (x) => count(10_000)(x) && x !== 1, inside: true },
    { key: 'classes', names: ['nclasses', 'numclasses', 'numlabels', 'nlabels', 'ncond', 'classsize', 'ydim', 'conddim', 'nclass', 'numclass'], fits: count(100_000) },
  ] satisfies NamedRule[],
  settings: (view, place) => settingsOfVae(view, place, FOREIGN, clues(view).filter((c) => c.id === 'kl').map((c) => c.at)),
  conclude: (view, place, told) => concludeVae(view, place, told, FOREIGN),
  calls: libraryCalls,
  foreign: FOREIGN,
};

/** diffusers' own: only made anew, for what is loaded has its settings elsewhere. */
function libraryCalls(view: FileView): ModelCall[] {
  return view.survey.calls.filter((s) => /^(AutoencoderKL|AsymmetricAutoencoderKL|VQModel|AutoencoderKLTemporalDecoder)$/.test(s.name) && s.path.startsWith('diffusers')).map((site) => {
    const size = view.constants.toldCount(argumentOf(site.call, -1, 'latent_channels'), 'latent_channels');
    const channels = view.constants.toldCount(argumentOf(site.call, 0, 'in_channels'), 'in_channels');
    const pixels = view.constants.toldCount(argumentOf(site.call, -1, 'sample_size'), 'sample_size');
    return { site, text: `makes diffusers’ ${site.name}`, settings: { ...(size && { latentSize: size }), ...(channels && { channels }), ...(pixels && { imageSize: pixels }) }, notes: [] };
  });
}

const found = new WeakMap<FileView, Clue[]>();

function clues(view: FileView): Clue[] {
  let out = found.get(view);
  if (!out) found.set(view, (out = cluesIn(view)));
  return out;
}

/** Is there enough evidence of one in the file? */
export function isVae(view: FileView): boolean {
  const all = clues(view);
  return all.length > 0 && scoreOf(all) >= THRESHOLD;
}

/** What the scale of a formula is, by the id of its template. */
const SCALES: Readonly<Record<string, Omit<Bound, 'value'>>> = {
  'logvar': { symbol: 'logVariance' }, 'log sigma': { symbol: 'encoderDeviation', holds: 'log σ' }, 'sigma': { symbol: 'encoderDeviation' }, 'variance': { symbol: 'encoderDeviation', holds: 'σ²' },
};

function cluesIn(view: FileView): Clue[] {
  const out: Clue[] = [];
  const add = (id: string, weight: number, text: string, at: Clue['at'], bound?: Clue['bound']) => { out.push({ id, weight, text, at: { from: at.from, to: at.to }, role: 'anchor', bound }); };
  for (const { value, at } of view.computed) {
    const o = operationOf(value);
    if (!o) continue;
    if ((o.op === '+' || o.op === '-') && comesFrom(value, isNoise, 60)) {
      const found = matchAny(value, REPARAMETERISATION) ?? match(value, PLAIN_SCALE);
      if (found) add('sample', found.template === PLAIN_SCALE ? 0.3 : 0.6, 'samples z = μ + σ ε (reparameterisation)', at, [{ symbol: 'latent', value }, ...boundBy(found, [{ symbol: 'latentNoise' }, { symbol: 'encoderMean' }, SCALES[found.template.id] ?? null])]);
    }
    if (/^([-+*/]|sum|mean|reduce_sum|reduce_mean)$/.test(o.op)) {
      const standard = matchAny(value, KL_STANDARD);
      if (standard) add('kl', 0.8, 'adds KL(N(μ, σ²) ‖ N(0, 1)) in closed form', at, boundBy(standard, [{ symbol: 'encoderMean' }, SCALES[standard.template.id] ?? null]));
      else if (mayCompareGaussians(value) && matchAny(value, KL_GAUSSIANS)) add('kl', 0.7, 'adds KL between the posterior and a prior, both Gaussian, in closed form', at);
      else if (o.op === '-' && densityRatio(o)) add('kl', 0.5, 'estimates KL by log q(z) − log p(z) at a sample', at);
    }
    if (KL_CALLS.test(o.op) && isOfLibrary(o)) add('kl', ofPosterior(o) ? 0.6 : o.args.some((a) => gaussian(a) !== null) || o.op !== 'kl_divergence' ? 0.5 : 0.4, `calls ${o.op} on the posterior and the prior`, at);
    if (/^r?sample$/.test(o.op) && drawsLatent(o)) add('sample', o.op === 'rsample' ? 0.5 : 0.4, 'samples z from the posterior that the encoder gives', at);
  }
  out.push(...sharedSites(view), ...quantisation(view));
  if (out.length === 0) return out;
  return [...out, ...aroundVae(view, out), ...supportsOfVae(view), ...againstVae(view, out)];
}

/** Two means and two scales, and little else. */
function mayCompareGaussians(v: Value): boolean {
  const leaves = nodesOf(v, 60).filter((x) => x !== v && x.kind === 'atom' && isLeaf(x)).length;
  return leaves >= 4 && leaves <= 6;
}

/** A function of the library, or of the file: not a method of something unknown that is merely called so. */
function isOfLibrary(o: Operation): boolean {
  return o.path !== undefined || (o.args[0]?.kind === 'atom' && o.args[0].prov?.op === 'call');
}

function gaussian(v: Value | undefined): Operation | null {
  const o = v ? operationOf(unwrapped(v)) : null;
  return o && GAUSSIAN.test(o.op) ? o : null;
}

/** One of the two is a Gaussian that a network gives. */
function ofPosterior(o: Operation): boolean {
  return o.args.some((a) => { const g = gaussian(a); return g !== null && g.args.some(isGiven); });
}

function isGiven(v: Value): boolean {
  return (v.kind === 'atom' || v.kind === 'linear') && !comesFrom(v, isLearnt, 40) && comesFrom(v, (x) => x.kind === 'atom' && (x.role === 'call' || x.role === 'parameter'), 60);
}

/** `Normal(μ, σ).rsample()`, `pyro.sample('z', Normal(μ, σ))` with μ of a network. */
function drawsLatent(o: Operation): boolean {
  const [first, second] = o.args;
  const observed = o.keywords?.has('obs') ?? false;
  const g = gaussian(first) ?? (first?.kind === 'string' ? gaussian(second) : null);
  return g !== null && !observed && g.args.some((a) => isGiven(a) && fromNetwork(a));
}

/** Did something that was called give it, other than another draw? */
function fromNetwork(v: Value): boolean {
  const seen = new Set<Value>([v]);
  for (const x of seen) {
    if (seen.size > 60) return false;
    const o = operationOf(x);
    if (o && /^(r?sample|param|get|deterministic|subsample|plate|zeros|ones|tensor|log_prob)$/.test(o.op)) continue;
    if (o && x.kind === 'atom' && x.prov?.op === 'call' && (o.op === '' || x.prov.args[0]?.kind === 'instance' || /^(dense|fully_connected|forward|apply|encode\w*|\w*encoder|\w*net\w*|call|linear|\w*inference\w*|fc\w*)$/i.test(o.op))) return true;
    for (const y of x.prov?.args ?? []) seen.add(y);
    if (x.kind === 'linear') for (const y of x.terms.keys()) seen.add(y);
  }
  return false;
}

/** The model and its guide draw a variable of one name: from a network's Gaussian here, from the prior there. */
function sharedSites(view: FileView): Clue[] {
  const sites = view.computed.flatMap(({ value, at }) => { const o = operationOf(value); return o?.op === 'sample' && o.args[0]?.kind === 'string' && !o.keywords?.has('obs') ? [{ name: o.args[0].value, at, posterior: drawsLatent(o) }] : []; });
  const prior = sites.find((s) => !s.posterior && sites.some((t) => t.posterior && t.name === s.name));
  return prior ? [{ id: 'prior', weight: 0.3, text: 'draws the same variable from a prior', at: prior.at, role: 'support' }] : [];
}

/** log q(z) − log p(z), both at the same z, which was sampled. */
function densityRatio(o: Operation): boolean {
  const densities = o.args.map((a) => findDensity(a, 0));
  const [q, p] = densities;
  return q !== null && p !== null && q.at === p.at && q.of !== p.of && comesFrom(q.at, (x) => isNoise(x) || /^(r?sample|reparam\w*)$/.test(operationOf(x)?.op ?? ''), 60);
}

function findDensity(v: Value | undefined, depth: number): { at: Value; of: Value } | null {
  if (!v || depth > 3) return null;
  const o = operationOf(v);
  if (!o) return null;
  if (o.op === 'log_prob' && o.args.length >= 2) return { of: o.args[0], at: o.args[1] };
  // A helper that is given z and, unless it is the prior's, the moments.
  if (/^log_?(standard_?)?(normal|gauss)\w*$/i.test(o.op) && o.args.length >= 1) return { of: o.args[1] ?? v, at: o.args[0] };
  return /^(sum|mean|reduce_sum|reduce_mean|settled)$/.test(o.op) ? findDensity(o.args[0], depth + 1) : null;
}
