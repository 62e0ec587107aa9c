/** Autoencoders (Hinton & Salakhutdinov 2006): a network whose output is compared with its own input, through something narrower. */
import type { Expr } from '../../../parse/ast';
import type { Value } from '../../../interpret/values';
import { comesFrom } from '../../graph';
import { argumentOf, dotted, type CallSite } from '../../training/survey';
import type { Clue, Family, FileView } from '../family';
import { count, positive, type NamedRule } from '../named';
import { originsOf } from '../origins';
import { concludeAutoencoder } from './experiment';
import { settingsOfAutoencoder } from './autoencoder-settings';
import { bottlenecks } from './bottleneck';
import { isNoise } from './formulas';
import { isConvolution, isLinear } from './layers';
import { bare, reconstructions } from './losses';
import { returns, stackOf } from './stacks';
import { isVae } from './vae';
import { isTest, support } from './vae-supports';

export const FOREIGN = /(?<![a-z])gan(?![a-z])|GAN|discrim|critic|classif|teacher|actor|policy|reward|diffus|ddpm|vae|variational|rbm|boltzmann/i;

export const AUTOENCODER: Family = {
  id: 'autoencoder',
  needs: {
    python: [['Linear', 'Dense', 'dense', 'Conv2d', 'Conv2D', 'matmul', 'dot', 'mm', 'Conv1D', 'Conv1d', 'LSTM', 'conv2d', 'fully_connected', 'fit', 'Sequential', 'GAE', 'MSELoss', 'mse_loss', 'BCELoss', 'binary_crossentropy', 'mean_squared_error'],
      ['fit', 'MSELoss', 'mse_loss', 'BCELoss', 'square', 'pow', 'mean_squared_error', 'binary_cross_entropy', 'l1_loss', 'L1Loss', 'ConvTranspose2d', 'Sequential', 'autoencoder', 'Autoencoder', 'AutoEncoder', 'mean', 'sigmoid_cross_entropy_with_logits', 'Module', 'recon_loss', 'reduce_mean', 'BCEWithLogitsLoss', 'MeanSquaredError', 'squared_difference', 'SmoothL1Loss', 'norm', 'binary_cross_entropy_with_logits', 'HuberLoss', 'l2_loss', 'train_on_batch']],
    javascript: [['fit', 'meanSquaredError', 'sigmoidCrossEntropy', 'squaredDifference', 'trainOnBatch', 'square'], ['dense', 'conv2d', 'matMul', 'Sequential', 'sequential', 'model']],
  },
  seeds: ['fit', 'MSELoss', 'mse_loss', 'BCELoss', 'BCEWithLogitsLoss', 'L1Loss', 'l1_loss', 'mean_squared_error', 'binary_cross_entropy', 'binary_crossentropy', 'autoencoder', 'Autoencoder', 'AutoEncoder', 'encoder', 'decoder', 'encode', 'decode', 'Encoder', 'Decoder', 'meanSquaredError', 'reduce_mean', 'train_on_batch', 'recon_loss', 'ConvTranspose2d', 'MeanSquaredError', 'matmul', 'dot', 'mm', 'square', 'squared_difference'],
  clues,
  named: [
    { key: 'trainSteps', names: ['numsteps', 'nsteps', 'trainsteps', 'trainingsteps', 'numiterations', 'niterations'], fits: (x) => count()(x) && Number(x) >= 100 },
    { key: 'latentSize', names: ['latentdim', 'encodingdim', 'latentsize', 'codesize', 'bottleneck', 'bottlenecksize', 'bottleneckdim', 'zdim', 'encodeddim', 'latent', 'nlatent', 'latentdims', 'encodedsize', 'codedim', 'encodingsize', 'latentfeatures', 'embeddingdim', 'embeddingsize', 'dimz', 'zsize', 'latentspacedim', 'hiddencode', 'repdim', 'dsae', 'dhidden', 'nfeatureslatent', 'latentspacesize', 'latentvectorsize', 'numlatents', 'nlatents', 'dictsize', 'latentdimension', 'latentchannels', 'embeddim', 'latentunits'], fits: count(1_000_000) },
    { key: 'hiddenUnits', names: ['hiddendim', 'hiddensize', 'hiddenunits', 'hdim', 'intermediatedim', 'nhidden', 'hiddenfeatures', 'numhidden', 'numhiddens'], fits: count(65_536) },
    { key: 'inputSize', names: ['inputdim', 'inputsize', 'originaldim', 'ninput', 'numinput', 'nfeatures', 'numfeatures', 'indim', 'inputfeatures', 'datadim', 'numinputs', 'ninputs', 'nvisible', 'featuredim', 'numinputunits', 'dmodel', 'actdim'], fits: count() },
    { key: 'noiseLevel', names: ['noisefactor', 'noiselevel', 'corruptionlevel', 'noisestd', 'noiseratio', 'corruption', 'noise', 'noisescale', 'maskingratio', 'corruptionrate', 'corrfrac', 'noiserate', 'noisestddev', 'maskratio', 'corruptionratio', 'corruptionprob', 'noisefactortrain'], fits: positive(10) },
  ] satisfies NamedRule[],
  settings: (view, place) => settingsOfAutoencoder(view, place, FOREIGN, selfFits(view)),
  conclude: (view, place, told) => concludeAutoencoder(view, place, told, FOREIGN),
  foreign: FOREIGN,
};

function clues(view: FileView): Clue[] {
  const out: Clue[] = [];
  const add = (id: string, weight: number, text: string, at: Clue['at'], role: Clue['role'] = 'anchor') => { out.push({ id, weight, text, at: { from: at.from, to: at.to }, role }); };
  for (const r of reconstructions(view)) add('reconstruct', 0.8, r.noisy ? 'compares the output with the input before noise was put on it' : 'compares the output with the input itself', r.at);
  for (const s of view.survey.calls) {
    const fitted = fitsItself(view, s);
    if (fitted && returnsIn(view, s)) add('bottleneck', 0.2, 'ends in the size that it begins with', s.call, 'support');
    if (fitted) add('reconstruct', 0.8, fitted === 'noisy' ? 'is fitted to give the input back from a noisy one' : 'is fitted to give its input back', s.call);
    if (s.name === 'GAE' && (view.survey.imports.get('GAE') ?? s.path).startsWith('torch_geometric')) add('reconstruct', 0.8, 'makes a graph autoencoder', s.call);
  }
  for (const b of bottlenecks(view, FOREIGN)) add('bottleneck', b.weight, b.text, b.at, out.length > 0 ? 'support' : 'anchor');
  if (out.length === 0) return out;
  // A page that goes on to variational ones: what is fitted under another name is plain.
  const variational = isVae(view);
  if (variational) {
    const fits = out.filter((c) => c.id === 'reconstruct').map((c) => [c, ownerAt(view, c)] as const);
    const plain = fits.filter(([, owner]) => owner !== '' && !/va[er]/i.test(owner)).map(([c]) => c);
    if (plain.length === 0 || !fits.some(([, owner]) => /va[er]/i.test(owner))) return [];
    out.splice(0, out.length, ...plain);
    // What else the page holds says nothing of a model that is called so and gives its input back.
    if (fits.some(([c, owner]) => plain.includes(c) && /auto_?enc|(^|_)ae$/i.test(owner))) return [...out, { id: 'name', weight: 0.3, text: 'is called an autoencoder', at: plain[0].at, role: 'support' }];
  }
  support(view, out, 'name', 0.3, /auto_?en|(?<![a-z])(ae|dae|sae|cae|SAE|AE|DAE|CAE)(?![a-z])|autoenc/i, 'is called an autoencoder');
  if (!out.some((c) => c.id === 'name')) support(view, out, 'name', 0.2, /^(de|en)cod(e|er)|bottleneck|reconstruct|corrupt/i, 'has a decoder');
  if (!variational) anchorNetworks(view, out);
  out.push(...against(view, out.some((c) => c.id === 'name' && c.weight >= 0.3)));
  const own = [...view.survey.classes.keys(), ...view.survey.functions.keys()].some((n) => /auto_?enc/i.test(n));
  if (!own && [...view.survey.classes.keys()].some((n) => /regressor/i.test(n))) out.push({ id: 'regressor', weight: -0.5, text: 'predicts something else besides', at: { from: 0, to: 0 }, role: 'support' });
  if (!own && [...view.words].some((w) => /diffusion|ddpm|log_?snr|q_sample/i.test(w))) out.push({ id: 'diffusion', weight: -1.5, text: 'is a diffusion model', at: { from: 0, to: 0 }, role: 'support' });
  // Principal components encode and decode too, and learn nothing by gradients.
  if (['svd', 'eigh', 'eig', 'PCA'].some((w) => view.words.has(w)) && !view.survey.calls.some((s) => isLinear(s) || isConvolution(s))) out.push({ id: 'components', weight: -1, text: 'finds principal components', at: { from: 0, to: 0 }, role: 'support' });
  if (isTest(view)) out.push({ id: 'test', weight: -1.5, text: 'tests a library', at: { from: 0, to: 0 }, role: 'support' });
  // A sparse autoencoder has a KL term of its own.
  const sparse = ['rho', 'sparsity', 'sparse', 'rho_hat', 'sparsity_param'].some((w) => view.words.has(w));
  if (!sparse && !variational && VARIATIONAL.filter((w) => view.words.has(w)).length >= 2) out.push({ id: 'variational', weight: -1, text: 'is variational', at: { from: 0, to: 0 }, role: 'support' });
  return out;
}

/** What is fitted there. */
function ownerAt(view: FileView, c: Clue): string {
  const callee = view.survey.calls.find((s) => s.call.from === c.at.from && s.call.to === c.at.to)?.call.callee;
  return callee?.kind === 'attribute' ? (dotted(callee.object) ?? '').split('.').pop()! : '';
}

/** The class whose instance or layers the comparison is about: the lens stands there rather than at the loop. */
function anchorNetworks(view: FileView, out: Clue[]): void {
  if (!out.some((c) => c.id === 'reconstruct')) return;
  const narrow = bottlenecks(view, FOREIGN).flatMap((b) => { const d = view.topOf(b.at); return d?.kind === 'class' ? [d] : []; });
  const named = [...view.survey.classes.values()].filter((c) => /auto_?enc|(?<![a-z])(AE|DAE|SAE|CAE)$/i.test(c.name) && c.bases.length > 0);
  const whole = named.length > 0 ? named : narrow;
  for (const d of new Set(whole)) if (view.topOf(d.nameSpan) === d) out.push({ id: 'network', weight: 0.01, text: 'is the network', at: d.nameSpan, role: 'anchor' });
}

/** A data set whose examples were made pairs of one thing: `ds = ds.map(lambda x, y: (x, x))`. */
function twinned(view: FileView, e: Expr): boolean {
  const name = dotted(e);
  const isTwin = (r: Expr | undefined): boolean => {
    if (r?.kind !== 'sequence' || r.items.length !== 2) return false;
    const [a, b] = r.items.map(textOf);
    return a !== null && a === b;
  };
  return name !== null && view.survey.calls.some((s) => {
    const f = s.name === 'map' && s.holder === name ? s.call.args[0]?.value : undefined;
    if (f?.kind === 'lambda') return isTwin(f.body);
    const own = f?.kind === 'name' ? view.survey.functions.get(f.name) : undefined;
    const returned = own ? originsOf(view).returnsOf(own) : [];
    return returned.length > 0 && returned.every(isTwin);
  });
}

function returnsIn(view: FileView, fit: CallSite): boolean {
  const stack = stackOf(view, fit);
  return stack !== null && returns(stack);
}

/** Where a model is fitted to its own input. */
export function selfFits(view: FileView): CallSite[] {
  return view.survey.calls.filter((s) => fitsItself(view, s) !== null);
}

/** `fit(x, x)`; `fit(noisy, x)` with one made of the other. */
function fitsItself(view: FileView, s: CallSite): 'plain' | 'noisy' | null {
  const fed = s.name === 'run' ? fedTwice(s) : null;
  if (fed) return fed;
  if (!/^(fit|train_on_batch|fitDataset|trainOnBatch|partial_fit|train_step|fit_generator)$/.test(s.name) || s.call.callee.kind !== 'attribute') return null;
  const x = argumentOf(s.call, 0, 'x', 'X');
  if (x && s.name === 'fit' && s.call.args.filter((a) => !a.name).length === 1 && twinned(view, x)) return 'plain';
  const y = argumentOf(s.call, 1, 'y', 'Y');
  if (!x || !y) return null;
  const [a, b] = [textOf(x), textOf(y)];
  if (a !== null && a === b) return 'plain';
  const [u, v] = [valuesOf(view, x), valuesOf(view, y)];
  for (const p of u) for (const q of v) if (p === q && p.kind === 'atom') return 'plain';
  // The state of training is no data.
  if (s.name === 'train_step') return null;
  // Noise was put on one.
  for (const p of u) for (const q of v) if ((p.kind === 'atom' || p.kind === 'linear') && comesFrom(p, (z) => z === bare(q) || z === q) && comesFrom(p, isNoiseLike)) return 'noisy';
  if (a !== null && b !== null && /nois|corrupt|mask|perturb|distort/i.test(a) && a.replaceAll(/nois[ey]*|corrupted|corrupt|masked|perturbed|distorted|_/gi, '') === b.replaceAll('_', '')) return 'noisy';
  return null;
}

/** TensorFlow 1: `sess.run(step, feed_dict={inputs: batch, targets: batch})`, or a noisy one for the first. */
function fedTwice(s: CallSite): 'plain' | 'noisy' | null {
  const feed = argumentOf(s.call, 1, 'feed_dict');
  if (feed?.kind !== 'dict') return null;
  const given = feed.entries.flatMap(({ value }) => { const t = /^(name|attribute|index)$/.test(value.kind) ? textOf(value) : null; return t === null || /rate|keep|prob|dropout|train|phase|^lr$/i.test(t) ? [] : [t]; });
  if (given.some((t, i) => given.indexOf(t) < i)) return 'plain';
  return given.some((t) => given.some((u) => t !== u && t.replace(/^(noisy|corrupted|masked)_|_(noisy|corrupted|masked|noise)$/, '') === u)) ? 'noisy' : null;
}

function isNoiseLike(v: Value): boolean {
  return isNoise(v) || (v.kind === 'atom' && v.prov?.op === 'call' && v.prov.args[0]?.kind === 'module' && /random|noise|binomial|bernoulli|dropout/i.test(v.prov.args[0].path));
}

function valuesOf(view: FileView, e: Expr): readonly Value[] {
  const base = e.kind === 'index' ? e.object : e;
  return view.constants.values(base);
}

function textOf(e: Expr): string | null {
  const name = dotted(e);
  if (name !== null) return name;
  if (e.kind === 'index') { const o = textOf(e.object); const k = e.items.map((i) => (i.kind === 'slice' ? `${i.start ? textOf(i.start) : ''}:${i.stop ? textOf(i.stop) : ''}` : textOf(i))); return o === null || k.some((t) => t === null) ? null : `${o}[${k.join()}]`; }
  if (e.kind === 'number') return String(e.value);
  if (e.kind === 'call') { const f = textOf(e.callee); const a = e.args.map((x) => textOf(x.value)); return f === null || a.some((t) => t === null) ? null : `${f}(${a.join()})`; }
  if (e.kind === 'binary') { const [a, b] = [textOf(e.left), textOf(e.right)]; return a === null || b === null ? null : `${a}${e.op}${b}`; }
  return null;
}

const VARIATIONAL = ['VAE', 'vae', 'VariationalAutoencoder', 'kl_divergence', 'kld', 'KLD', 'kl_loss', 'elbo', 'ELBO', 'logvar', 'log_var', 'z_mean', 'reparameterize', 'kl_div', 'Variational', 'z_log_var', 'VariationalAutoEncoder', 'log_sigma'];

const OTHERS: readonly { text: string; words: readonly string[]; weight: number; unless: boolean }[] = [
  { text: 'is trained against a discriminator', words: ['discriminator', 'Discriminator', 'netD', 'D_loss', 'loss_D', 'cycle_loss', 'CycleGAN', 'GANLoss', 'Generator', 'gan'], weight: -0.8, unless: true },
  { text: 'is a diffusion model', words: ['cumprod', 'alphas_cumprod', 'diffusion', 'DDPMScheduler', 'timesteps', 'sigma_max', 'sigmas', 'marginal_prob', 'langevin'], weight: -1.2, unless: false },
  { text: 'is autoregressive', words: ['PixelCNN', 'MaskedConv2d', 'MADE', 'PixelConv2D', 'pixelcnn_loss', 'PixelConvLayer', 'PixelRNN', 'MaskedLinear', 'pixelcnn', 'mask_type', 'MaskedConv', 'causal', 'vocab_size', 'autoregressive', 'tokenizer', 'next_token'], weight: -0.8, unless: true },
  { text: 'is a Boltzmann machine', words: ['RBM', 'rbm', 'gibbs', 'contrastive_divergence', 'Boltzmann', 'free_energy', 'sample_h', 'v_to_h'], weight: -0.8, unless: true },
  { text: 'makes pictures larger or sharper', words: ['super_resolution', 'upscale_factor', 'PixelShuffle', 'pixel_shuffle', 'psnr', 'PSNR', 'low_res', 'hr_image', 'lr_image', 'SRCNN'], weight: -0.6, unless: true },
  { text: 'segments pictures', words: ['UNet', 'Unet', 'unet', 'segmentation', 'masks', 'dice_loss', 'iou'], weight: -0.6, unless: true },
  { text: 'changes the style of pictures', words: ['style_loss', 'content_loss', 'gram_matrix', 'gram', 'perceptual_loss', 'style_weight', 'AdaIN', 'adain', 'adaptive_instance_normalization', 'calc_style_loss', 'calc_content_loss'], weight: -0.8, unless: true },
  { text: 'is a normalizing flow', words: ['log_det', 'logdet', 'log_det_jacobian', 'slogdet', 'RealNVP', 'coupling'], weight: -0.6, unless: true },
  { text: 'codes what is sent', words: ['tensorflow_compression', 'bitrate', 'entropy_bottleneck', 'EntropyBottleneck', 'codec', 'range_coding', 'bpp'], weight: -0.6, unless: false },
  { text: 'is trained by reward', words: ['gym', 'reward', 'policy', 'replay_buffer', 'action_space'], weight: -0.5, unless: true },
  { text: 'classifies by capsules', words: ['CapsNet', 'capsnet', 'margin_loss', 'DigitCaps', 'PrimaryCaps', 'digit_caps', 'primary_caps'], weight: -0.8, unless: true },
  { text: 'translates sequences', words: ['seq2seq', 'Seq2Seq', 'teacher_forcing', 'teacher_forcing_ratio', 'src_vocab', 'tgt_vocab', 'BLEU', 'bleu'], weight: -0.8, unless: true },
];

function against(view: FileView, named: boolean): Clue[] {
  return OTHERS.filter((o) => !(named && o.unless) && o.words.some((w) => view.words.has(w))).map((o) => ({ id: o.text, weight: o.weight, text: o.text, at: { from: 0, to: 0 }, role: 'support' }));
}

