/** Variational autoencoders: Kingma & Welling 2014, and what came of them. */
import type { Value } from '../../../interpret/values';
import { comesFrom, operationOf } from '../../graph';
import { match, matchAny, type Template } from '../../match';
import type { Clue, Family, FileView, Place, Settings } from '../family';
import { count, nonNegative, type NamedRule } from '../named';
import { latentOf } from './vae-settings';

const isNoise = (v: Value): boolean => v.kind === 'atom' && v.role === 'noise';

/** z = μ + σ ε, with σ given as itself, its logarithm or the logarithm of its square (appendix B of the paper). */
const scales: readonly [string, (s: number) => number][] = [['logvar', (s) => Math.exp(s / 2)], ['log sigma', Math.exp], ['softplus', (s) => Math.log1p(Math.exp(s))]];
const REPARAMETERISATION: readonly Template[] = [
  ...scales.map(([id, f]): Template => ({
    id, slots: [{ name: 'ε', domain: 'real', accepts: isNoise }, { name: 'μ', domain: 'real' }, { name: 's', domain: 'real' }], value: (e, mu, s) => mu + f(s) * e,
    needs: [['exp', 'exp_', 'softplus', 'expm1']],
  })),
  { id: 'variance', slots: [{ name: 'ε', domain: 'real', accepts: isNoise }, { name: 'μ', domain: 'real' }, { name: 'σ²', domain: 'positive' }], value: (e, mu, s) => mu + Math.sqrt(s) * e, needs: [['sqrt', 'sqrt_', '**']] },
];
/** Where σ comes from elsewhere: names must then speak for it. */
const PLAIN_SCALE: Template = { id: 'sigma', slots: [{ name: 'ε', domain: 'real', accepts: isNoise }, { name: 'μ', domain: 'real' }, { name: 'σ', domain: 'positive' }], value: (e, mu, s) => mu + s * e };

/** KL(N(μ, σ²) ‖ N(0, 1)), eq. 10 of the paper, up to a factor and a constant. */
const kl = (mu: number, variance: number, logVariance: number) => 0.5 * (mu * mu + variance - 1 - logVariance);
const KL: readonly Template[] = [
  { id: 'logvar', slots: [{ name: 'μ', domain: 'real' }, { name: 'log σ²', domain: 'real' }], value: (m, s) => kl(m, Math.exp(s), s), upTo: 'affine', needs: [['exp', 'exp_'], ['+', '-']] },
  { id: 'log sigma', slots: [{ name: 'μ', domain: 'real' }, { name: 'log σ', domain: 'real' }], value: (m, s) => kl(m, Math.exp(2 * s), 2 * s), upTo: 'affine', needs: [['exp', 'exp_'], ['+', '-']] },
  { id: 'sigma', slots: [{ name: 'μ', domain: 'real' }, { name: 'σ', domain: 'positive' }], value: (m, s) => kl(m, s * s, 2 * Math.log(s)), upTo: 'affine', needs: [['log', 'log_'], ['+', '-']] },
  { id: 'variance', slots: [{ name: 'μ', domain: 'real' }, { name: 'σ²', domain: 'positive' }], value: (m, s) => kl(m, s, Math.log(s)), upTo: 'affine', needs: [['log', 'log_'], ['+', '-']] },
];

const KL_CALLS = /^(kl_divergence|kl_div_gaussian|kullback_leibler)$/;
const SAMPLES = /^(rsample|sample|MultivariateNormalDiag|Normal|Independent)$/;

export const VAE: Family = {
  id: 'vae',
  needs: {
    python: [['randn', 'randn_like', 'normal', 'normal_', 'random_normal', 'standard_normal', 'rsample', 'kl_divergence', 'normal_like', 'AutoencoderKL']],
    javascript: [['randomNormal', 'exp', 'randn', 'random']],
  },
  seeds: ['randn', 'randn_like', 'normal', 'normal_', 'random_normal', 'standard_normal', 'rsample', 'kl_divergence', 'randomNormal', 'exp', 'AutoencoderKL'],
  clues,
  named: [
    { key: 'latentSize', names: ['latentdim', 'latentsize', 'zdim', 'zsize', 'nlatent', 'latentdims', 'dimz', 'nz', 'latent', 'codesize', 'latentfeatures', 'latentspace', 'latentunits', 'latents', 'latentdimension', 'nlatents', 'zdims', 'latentchannels', 'latentspacedim', 'dimlatent', 'ldim', 'hiddencode', 'bottleneck', 'bottleneckdim', 'bottlenecksize'], fits: count(100_000) },
    { key: 'beta', names: ['beta', 'klweight', 'kldweight', 'klcoeff', 'kllambda', 'klscale', 'betakl', 'kldcoef', 'klcoef', 'lambdakl', 'klbeta'], fits: nonNegative(1e5) },
    { key: 'hiddenUnits', names: ['hiddendim', 'hiddensize', 'hiddenunits', 'hdim', 'intermediatedim', 'hiddendims', 'nhidden', 'hidden', 'hsize', 'numhidden', 'intermediatesize', 'enchidden', 'dimh', 'hiddenfeatures'], fits: count(65_536) },
    { key: 'inputSize', names: ['inputdim', 'inputsize', 'originaldim', 'xdim', 'inputfeatures', 'datadim', 'dimx', 'inputdims', 'nin', 'ninput', 'imgdim', 'inputunits', 'indim'], fits: count() },
    { key: 'importanceSamples', names: ['importancesamples', 'numimportancesamples', 'iwaesamples', 'iwae', 'niw', 'numsamples', 'ksamples'], fits: (x) => count(10_000)(x) && x !== 1, inside: true },
    { key: 'classes', names: ['nclasses', 'numclasses', 'numlabels', 'nlabels', 'ncond', 'classsize', 'numlabels', 'ydim', 'conddim'], fits: count(100_000) },
  ] satisfies NamedRule[],
  settings,
  foreign: /gan(?![a-z])|GAN|discrim|critic|classif|teacher|actor|policy|reward|diffus|ddpm/,
};

function clues(view: FileView): Clue[] {
  const out: Clue[] = [];
  for (const { value, at } of view.computed) {
    const o = operationOf(value);
    if (!o) continue;
    if (comesFrom(value, isNoise, 60)) {
      const found = matchAny(value, REPARAMETERISATION);
      if (found) out.push({ id: 'sample', weight: 0.6, text: 'samples z = μ + σ ε (reparameterisation)', at, role: 'anchor' });
      else if (match(value, PLAIN_SCALE)) out.push({ id: 'sample', weight: 0.3, text: 'samples z = μ + σ ε (reparameterisation)', at, role: 'anchor' });
    }
    if (['+', '-', '*', '/', 'sum', 'mean', 'reduce_sum', 'reduce_mean'].includes(o.op) && matchAny(value, KL)) {
      out.push({ id: 'kl', weight: 0.8, text: 'adds KL(N(μ, σ²) ‖ N(0, 1)) in closed form', at, role: 'anchor' });
    }
    if (KL_CALLS.test(o.op)) out.push({ id: 'kl', weight: 0.5, text: `calls ${o.op} on the posterior and the prior`, at, role: 'anchor' });
    if (SAMPLES.test(o.op) && o.op === 'rsample') out.push({ id: 'sample', weight: 0.4, text: 'samples the posterior with rsample', at, role: 'anchor' });
  }
  const words = [...view.words].join(' ');
  if (/\bdecoder?\b|_decoder?\b|\bdecode/i.test(words)) support(view, out, 'decoder', 0.2, /decod/i, 'has a decoder');
  if (/vae|variational/i.test(words)) support(view, out, 'name', 0.3, /vae|variational/i, 'is called a VAE');
  if (/gym|env|actions?|rewards?|policy/.test(words) && !/vae/i.test(words)) out.push({ id: 'policy', weight: -0.6, text: 'is a policy of reinforcement learning', at: { from: 0, to: 0 }, role: 'support' });
  return out;
}

/** A definition or call that is called so. */
function support(view: FileView, out: Clue[], id: string, weight: number, pattern: RegExp, text: string): void {
  const d = [...view.survey.classes.values(), ...view.survey.functions.values()].find((x) => pattern.test(x.name));
  const at = d?.nameSpan ?? view.survey.calls.find((s) => pattern.test(s.name))?.call.callee ?? view.survey.settings.find((s) => pattern.test(s.name))?.value;
  if (at) out.push({ id, weight, text, at: { from: at.from, to: at.to }, role: 'support' });
}

function settings(view: FileView, place: Place): Settings {
  return { latentSize: latentOf(view, place) };
}
