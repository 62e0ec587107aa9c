/** Generative adversarial networks: Goodfellow et al. 2014, and what came of them; translations between two sets of images included. */
import type { Clue, Definition, Family, FileView } from '../family';
import type { Expr } from '../../../parse/ast';
import { dotted, type CallSite } from '../../training/survey';
import { count, nonNegative, positive, type NamedRule } from '../named';
import { chainsOf, type Chain } from './networks';
import { ganSettings, LATENT_SIZE } from './gan-settings';
import { sidesOf, type Side } from './training';

const MAKERS = { test: (name: string): boolean => /gen(?![a-z]*(eral|eric|der|ome))|^net_?g|^g_?net|unet|decoder/i.test(name) || /^G(_|$|[0-9]|[A-Z][a-z])|_G$/.test(name) };
const JUDGES = { test: (name: string): boolean => /disc(?!ount|onn|ret|rep|ard|uss|over|lai|ord)|critic|^net_?d$|^d_?net|adversary/i.test(name) || /^D(_|$|[0-9]|[A-Z][a-z])|_D$|^dis([A-Z_]|$)/.test(name) };
const UPSAMPLES = /^(ConvTranspose[123]d|Conv[23]DTranspose|ConvTranspose|conv2d_transpose|conv2dTranspose|Deconvolution2D|deconv\w*|Upsample|UpSampling2D|upSampling2d|PixelShuffle|upsample|upsampling|tanh|Tanh|sigmoid|Sigmoid|conv_transpose2d|interpolate)$/;
const LAYERS = /linear|dense|conv|^fc/i;

export const GAN: Family = {
  id: 'gan',
  needs: {
    // Networks that learn, and two of them: words of libraries on one side, of training on the other.
    python: [['torch', 'tensorflow', 'keras', 'jax', 'flax', 'theano', 'lasagne', 'haiku', 'autograd', 'numpy', 'paddle', 'chainer', 'mxnet', 'tflearn'], ['Adam', 'RMSprop', 'SGD', 'AdamOptimizer', 'RMSPropOptimizer', 'adam', 'rmsprop', 'optim', 'optimizers', 'minimize', 'ConvTranspose2d', 'Conv2DTranspose', 'conv2d_transpose', 'Upsample', 'UpSampling2D', 'ConvTranspose', 'train_on_batch', 'gradient', 'Tanh', 'tanh', 'apply_gradients', 'conv_transpose2d', 'deconv2d', 'AdamW', 'interpolate', 'PixelShuffle', 'zero_grad']],
    javascript: [['trainOnBatch', 'minimize', 'conv2dTranspose', 'variableGrads', 'applyGradients', 'adam', 'tanh']],
  },
  seeds: ['discriminator', 'Discriminator', 'generator', 'Generator', 'netD', 'netG', 'train_on_batch', 'trainOnBatch', 'ConvTranspose2d', 'Conv2DTranspose', 'conv2d_transpose', 'randn', 'normal', 'uniform', 'random_normal', 'random_uniform', 'zero_grad', 'minimize', 'apply_gradients', 'GradientTape', 'parameters', 'trainable_variables', 'value_and_grad', 'critic', 'Critic', 'configure_optimizers', 'Tanh', 'tanh', 'PixelShuffle', 'Upsample', 'UpSampling2D', 'LeakyReLU', 'leaky_relu', 'lrelu'],
  clues,
  named: [
    LATENT_SIZE,
    { key: 'criticSteps', names: ['ncritic', 'criticiters', 'criticiterations', 'ncritic', 'diters', 'dsteps', 'ndis', 'criticsteps', 'numcritic', 'discsteps', 'disciters', 'discextrasteps', 'ncriticsteps', 'numcriticiters', 'kd', 'trainingratio', 'discriminatorsteps', 'numdsteps', 'ndcritic', 'discupdates', 'criticrepeats', 'niterd', 'nd', 'discinterval', 'dperg', 'diterspergiter', 'discriminatorextrasteps', 'criticupdates', 'ndiscriminator', 'ndisc', 'kdisc'], fits: count(1000) },
    { key: 'gradientPenalty', names: ['lambdagp', 'gpweight', 'lambdaterm', 'gplambda', 'gradpenaltyweight', 'gradientpenaltyweight', 'lambdagradientpenalty', 'clambda', 'gpcoeff', 'gpcoef', 'gradlambda', 'wgangplambda', 'penaltyweight', 'gradientpenaltylambda', 'lambdagrad', 'r1', 'r1gamma', 'gpscale', 'lambdapenalty', 'lambdar1', 'penaltycoef', 'penaltycoefficient', 'discgradpenalty', 'discriminatorgradientpenaltyweight', 'penaltyconst', 'penaltyconstant', 'gpconst', 'gradientpenaltyconst'], fits: positive(1e5) },
    { key: 'clipValue', names: ['clipvalue', 'weightcliplimit', 'weightclip', 'clip', 'clampupper', 'weightclipping', 'clipthreshold', 'cliplimit', 'weightclipvalue', 'clipc', 'weightclippinglimit', 'clipweight', 'clippingvalue', 'cliplambda'], fits: positive(0.5) },
    { key: 'adamBeta1', names: ['beta1', 'b1', 'adambeta1', 'adambeta', 'adamb1', 'beta1g', 'gbeta1', 'betaone'], fits: nonNegative(0.9999) },
    { key: 'hiddenUnits', names: ['hiddendim', 'hiddensize', 'hiddenunits', 'nhidden', 'numhidden', 'hdim', 'genhiddensize', 'dishiddensize', 'ghiddensize', 'dhiddensize'], fits: count(65_536) },
    { key: 'imageSize', names: ['imagesize', 'imgsize', 'imsize', 'outputsize', 'outputheight', 'imageheight', 'imgheight', 'resolution', 'imgrows', 'imgdim', 'imagedim', 'cropsize', 'finesize', 'imgh', 'imgwidth', 'imagewidth'], fits: (x) => count(4096)(x) && (x as number) >= 4 && x !== 784 && x !== 3072 },
    { key: 'channels', names: ['nc', 'channels', 'imgchannels', 'imagechannels', 'numchannels', 'nchannels', 'cdim', 'channelsimg', 'imagechannel', 'imchan', 'inputnc', 'colorchannels', 'imgchannel', 'channelsize', 'imgch'], fits: count(64) },
    { key: 'classes', names: ['nclasses', 'numclasses', 'numlabels', 'nlabels', 'ydim', 'numclass', 'nclass', 'labeldim', 'classes', 'ncond', 'classnum', 'numcategories'], fits: (x) => count(100_000)(x) && (x as number) > 1 && x !== 784 },
  ] satisfies NamedRule[],
  settings: ganSettings,
  foreign: /classif(?!ier_?loss)|teacher|actor|policy|inception|vgg|fid/i,
};

function clues(view: FileView): Clue[] {
  const out: Clue[] = [];
  const chains = chainsOf(view);
  const sides = sidesOf(view);
  const trained = new Set(sides.flatMap((s) => s.of).map((name) => name.split('.').pop()!));
  const telling = chains.filter((c) => tells(c, trained));
  for (const c of telling) out.push(clueOf(c));
  // A page that trains several models by themselves is no game of two: one of those that are trained is in a chain, or is called as they are.
  const named = (k: string) => MAKERS.test(k) || JUDGES.test(k);
  const owners = sides.every((s) => /^[A-Z]/.test(s.site.name));
  const apart = owners && telling.length > 0 && !telling.some((c) => [c.outer.key, c.inner.key].some((k) => named(k) || trained.has(k)));
  const stack = stackedOf(view, sides);
  if (stack) out.push({ id: 'chain', weight: 0.45, text: `stacks ${stack.maker} under ${stack.judge}, which is trained by itself as well`, at: stack.site.call, role: 'anchor' });
  if (sides.length > 0 && !apart) out.push({ id: 'turns', weight: 0.45, text: 'trains two networks in turn', at: sides[0].site.call, role: 'anchor' });
  const { maker, judge } = pairOf(view);
  if (maker && judge) out.push({ id: 'pair', weight: 0.72, text: `has ${maker.name} and ${judge.name}, which ends in one output`, at: maker.nameSpan, role: maker.kind === 'class' ? 'anchor' : 'support' });
  const models = modelsOf(view);
  if (!(maker && judge) && models) out.push({ id: 'pair', weight: 0.72, text: `makes ${models.maker.holder} and ${models.judge.holder}, which ends in one output`, at: models.maker.call, role: 'anchor' });
  if (out.length === 0) return [];
  out.push(...namesOf(view));
  out.push(...against(view));
  // A pair of functions or methods alone: the lens stands above the first.
  if (maker && judge && !out.some((c) => c.role === 'anchor')) out.push({ id: 'pair', weight: 0.72, text: `has ${maker.name} and ${judge.name}, which ends in one output`, at: maker.nameSpan, role: 'anchor' });
  return out;
}

/** Keras' `both = Sequential([maker, judge])`, with batches for both and for the judge alone. */
function stackedOf(view: FileView, sides: readonly Side[]): { maker: string; judge: string; site: CallSite } | null {
  const trained = new Set(sides.filter((s) => /^train_?on_?batch$/i.test(s.site.name)).flatMap((s) => s.of).map((n) => n.split('.').pop()!));
  for (const site of view.survey.calls) {
    const list = site.name === 'Sequential' ? site.call.args[0]?.value : undefined;
    if (list?.kind !== 'sequence' || list.items.length !== 2 || !trained.has(site.holder.split('.').pop() ?? '')) continue;
    const [maker, judge] = list.items.map((e) => dotted(e)?.split('.').pop() ?? '');
    if (maker !== '' && trained.has(judge)) return { maker, judge, site };
  }
  return null;
}

/** Layers inside one network are no chain of two; without noise, names must speak for it, or that both are trained by themselves. */
function tells({ outer, inner, fed, both }: Chain, trained: ReadonlySet<string>): boolean {
  const owner = outer.site.definitions.find((d) => d.kind === 'class');
  if (owner && (MAKERS.test(owner.name) || JUDGES.test(owner.name)) && !/gan/i.test(owner.name)) return false;
  if (owner && outer.site.definitions.some((d) => /^(forward|__call__|call|build)$/.test(d.name)) && !JUDGES.test(outer.key)) return false;
  return fed === 'noise' || (JUDGES.test(outer.key) && (both || MAKERS.test(inner.key))) || (both && trained.has(outer.key) && trained.has(inner.key));
}

function clueOf({ outer, inner, fed, both }: Chain): Clue {
  const weight = (fed === 'noise' ? 0.4 : 0.25) + (both ? 0.2 : 0);
  const [maker, judge] = [inner.key, outer.key];
  const alone = fed === 'noise' ? `gives what ${maker} makes of noise to ${judge}` : `gives what ${maker} makes of its input to ${judge}`;
  const beside = fed === 'noise' ? `gives what ${maker} makes of noise to ${judge}, as it does with other data` : `gives what ${maker} makes of its input to ${judge}, as it does with other data`;
  return { id: 'chain', weight, text: both ? beside : alone, at: outer.site.call, role: 'anchor' };
}

/** Names support; they are never enough. */
function namesOf(view: FileView): Clue[] {
  const words = [...view.words];
  const makes = words.some((w) => /^(\w*_)?generator|Generator|^net_?g$|^G_|_G$|^g_loss|loss_?g$|^gen(_|$)/i.test(w));
  const judges = words.some((w) => /discrim|Critic|critic|^net_?d$|_D$|^d_loss|loss_?d$|^D_(loss|fake|real)|^disc(_|$)/i.test(w));
  const gan = words.some((w) => /gan(?![a-z])|GAN|adversarial/i.test(w) && !/organ|slogan|began$/.test(w));
  const fakes = words.some((w) => /fake|generated/i.test(w)) && words.some((w) => /real/i.test(w));
  const weight = Math.min(0.3, (makes && judges ? 0.3 : 0) + (gan ? 0.15 : 0) + (fakes ? 0.1 : 0));
  return weight > 0 ? [{ id: 'name', weight, text: 'is called a GAN', at: { from: 0, to: 0 }, role: 'support' }] : [];
}

/** Others that have two networks. */
function against(view: FileView): Clue[] {
  const text = [...view.words].join(' ');
  const gan = /gan(?![a-z])|GAN|[gG]enerator.*|fake/.test(text) && /discrim|netD|fake/i.test(text);
  const no = (id: string, weight: number, what: string): Clue => ({ id, weight, text: what, at: { from: 0, to: 0 }, role: 'support' });
  const out: Clue[] = [];
  const words = view.words;
  if ((words.has('gym') || words.has('env') || words.has('rewards') || words.has('reward')) && /action|policy/i.test(text) && !/[gG]enerator\b.*\b|GAN/.test([...words].filter((w) => /^Generator$|^generator$|GAN$/.test(w)).join(' '))) out.push(no('policy', -1, 'learns by reward'));
  if (/grad(ient)?_?revers|ReverseLayer|\bGRL\b|grl\b|RevGrad/i.test(text) && !/[Gg]enerator/.test(text)) out.push(no('reversal', -1, 'reverses gradients between domains'));
  if (!gan && /teacher|student|distill|byol|simclr|moco|momentum_encoder|contrastive|infonce/i.test(text)) out.push(no('distillation', -0.6, 'compares two views or two networks'));
  if (!gan && /\bactor|_actor|policy/i.test(text)) out.push(no('policy', -0.8, 'is an actor and its critic'));
  return out;
}

/** Keras' `generator = Sequential([…])` and `discriminator = Sequential([…])`, both given to what trains them. */
function modelsOf(view: FileView): { maker: CallSite; judge: CallSite } | null {
  const models = view.survey.calls.filter((s) => /^(Sequential|Model)$/.test(s.name) && s.holder !== '');
  const inside = (m: CallSite) => view.survey.calls.filter((s) => s !== m && m.call.from <= s.call.from && s.call.to <= m.call.to);
  const maker = models.find((m) => MAKERS.test(m.holder) && inside(m).some((s) => UPSAMPLES.test(s.name)));
  const judge = models.find((m) => m !== maker && JUDGES.test(m.holder) && inside(m).some((s) => LAYERS.test(s.name)));
  if (!maker || !judge) return null;
  const passes = (s: CallSite, m: CallSite) => s.call.args.some((a) => dotted(a.value) === m.holder);
  return view.survey.calls.some((s) => passes(s, maker) && passes(s, judge)) ? { maker, judge } : null;
}

/** A network that makes data and one that judges it, each a class or a function of the file. */
export function pairOf(view: FileView): { maker?: Definition; judge?: Definition } {
  const all = new Set<Definition>();
  for (const s of view.survey.calls) s.definitions.forEach((d) => { if (!/^(__init__|__call__|forward|call|train|build|constructor)$/.test(d.name)) all.add(d); });
  const calls = (d: Definition) => view.survey.calls.filter((s) => s.definitions.includes(d));
  /** With the classes that it builds on. */
  const inside = (d: Definition, depth = 0): CallSite[] => calls(d).flatMap((s) => {
    const part = depth < 3 ? view.survey.classes.get(s.name) : undefined;
    return part && part !== d ? [s, ...inside(part, depth + 1)] : [s];
  });
  const own = [...all].filter((d) => !/loss|train|step|gan$|model$|sample|optim/i.test(d.name) || d.kind === 'class');
  const grows = (s: CallSite) => UPSAMPLES.test(s.name) || passed(s).some(({ name, value }) => (name === 'upsample' && view.constants.of(value)?.value === true) || (value.kind === 'string' && /^(tanh|sigmoid)$/i.test(value.value)) || (value.kind === 'attribute' && /tanh|sigmoid/i.test(value.name)));
  const single = (s: CallSite) => LAYERS.test(s.name) && passed(s).some((a) => view.constants.of(a.value)?.value === 1 && (!a.name || /^(out|units|features|filters|output)/.test(a.name)));
  const maker = own.find((d) => MAKERS.test(d.name) && !JUDGES.test(d.name) && (d.kind === 'class' || calls(d).length > 1) && inside(d).some(grows));
  const judge = own.find((d) => JUDGES.test(d.name) && d !== maker && inside(d).some(single));
  return { maker, judge };
}

/** What a call is given; of `dense({ units: 1 })` what is in the object. */
function passed(s: CallSite): readonly { name?: string; value: Expr }[] {
  return s.call.args.flatMap((a): { name?: string; value: Expr }[] => (a.value.kind === 'dict' ? a.value.entries.flatMap(({ key, value }) => (key?.kind === 'string' ? [{ name: key.value, value }] : [])) : [a]));
}
