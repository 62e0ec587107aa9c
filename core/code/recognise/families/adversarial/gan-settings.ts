/** What the code of a GAN says of its settings, by structure. */
import type { Expr } from '../../../parse/ast';
import { subexpressions } from '../../../parse/ast';
import { agreed, type Told } from '../../training/agree';
import { argumentOf, dotted, type CallSite } from '../../training/survey';
import type { FileView, Place, Settings } from '../family';
import { count, positive, readNamed, type NamedRule } from '../named';
import { originsOf } from '../origins';
import { ganLossOf } from './gan-loss';
import { isConvolution, layersOf, type Layer } from '../latent/layers';
import { chainsOf, isOff, type Chain } from './networks';
import { OPTIMISERS, ownersIn } from './training';
import { criticSteps } from './turns';

const IDLE = /eval|test|valid|infer|plot|visual|fid|demo|draw|metric|interpol|epsilon|alpha|penalty|label|prior_?sample/i;
const MAKER = /gen|_g\b|^g_|netg|opt_?g|g_?opt|^g\b|g_?optim|solver_?g|optimizerg|trainer_?g|G(?![a-z])/;
const JUDGE = /dis|critic|_d\b|^d_|netd|opt_?d|d_?opt|^d\b|d_?optim|solver_?d|optimizerd|trainer_?d|D(?![a-z])/;

export const LATENT_SIZE: NamedRule = { key: 'latentSize', names: ['nz', 'znum', 'zdim', 'noisedim', 'latentdim', 'latentsize', 'zsize', 'noisesize', 'latentdims', 'dimz', 'randomdim', 'latentvectorsize', 'nnoise', 'latentspacedim', 'noiseshape', 'zdimension', 'codingssize', 'codingsize', 'nlatent', 'latentspacesize', 'noisedims', 'codedim', 'latentdimension', 'znoise', 'zlatent', 'styledim', 'latent', 'noiselength', 'lenz', 'zlen', 'dimnoise', 'ndimz', 'noisechannels', 'channelsnoise', 'seedsize', 'randomlatentsize', 'zchannels', 'noisevectorlength', 'nzdim', 'latentvectordim', 'noiselen', 'inputnoisedim', 'zunits', 'zdimensions', 'noisedimension', 'ginputsize', 'zsz', 'generatorinputdim', 'generatorinputsize', 'generatorseedsize'], fits: count(100_000) };

const MAKES = /gen(?!eral|eric|der)/i;
/** Keras' generator is trained in a model of both, the discriminator frozen. */
const BOTH = /(^|[._])(gan|combined|combine|adversarial|stacked|cgan|dcgan|acgan|aae)(_|$|[._]?opt)/i;

const RATES: readonly NamedRule[] = [
  { key: 'learningRate', names: ['lrg', 'glr', 'lrgen', 'genlr', 'generatorlr', 'learningrateg', 'glearningrate', 'generatorlearningrate', 'lrgenerator', 'gelearningrate', 'learningrategen', 'lrgan'], fits: positive(10) },
  { key: 'discriminatorLearningRate', names: ['lrd', 'dlr', 'lrdisc', 'disclr', 'discriminatorlr', 'learningrated', 'dlearningrate', 'discriminatorlearningrate', 'lrdiscriminator', 'criticlr', 'lrcritic', 'learningratedisc', 'lrc', 'learningratediscriminator'], fits: positive(10) },
];

export function ganSettings(view: FileView, place: Place): Settings {
  const chains = chainsOf(view);
  const out: Settings = { latentSize: latentOf(view, chains), ganLoss: ganLossOf(view, chains), ...optimisersOf(view, chains, place), clipValue: clipOf(view), gradientPenalty: penaltyOf(view) };
  if (!out.latentSize && !readNamed(view, place, LATENT_SIZE)) out.latentSize = firstWidth(view);
  out.hiddenUnits = hiddenOf(view, place);
  // By name where the optimisers do not tell; the discriminator's only where it is another one.
  out.learningRate ??= readNamed(view, place, RATES[0]);
  const other = out.discriminatorLearningRate ?? readNamed(view, place, RATES[1]);
  if (other?.value === (out.learningRate?.value ?? readNamed(view, place, { key: 'learningRate', names: ['lr', 'learningrate'], fits: positive(10) })?.value)) delete out.discriminatorLearningRate;
  else if (other) out.discriminatorLearningRate = other;
  return out;
}

const DRAWS = /^(randn|normal|random_normal|standard_normal|uniform|random_uniform|rand|truncated_normal|randomNormal|randomUniform|truncatedNormal|Tensor|FloatTensor|random)$/;

/** The last size of what is drawn, or the second of four (N × z × 1 × 1). */
function latentOf(view: FileView, chains: readonly Chain[]): Told<number> | undefined {
  const origins = originsOf(view);
  const sizes: Told<number>[] = [];
  for (const c of chains) {
    if (c.fed !== 'noise' || c.inner.site.definitions.some((d) => IDLE.test(d.name))) continue;
    const drawn = origins.functionOf(c.inner.site);
    for (const s of [...origins.calls(c.inner.inputs, c.inner.site, () => true), ...view.survey.calls.filter((x) => drawn && x.definitions.includes(drawn) && x.holder !== '' && /noise|^z$|latent/i.test(x.holder))]) {
      // TensorFlow 1 draws outside: `z = placeholder(tf.float32, (None, 100))`.
      if (!DRAWS.test(s.name) && !(s.name === 'placeholder' && /(^|\.)(z|noise|latent)\w{0,6}$/i.test(s.holder))) continue;
      const shape = shapeOf(s);
      // N × z, N × z × 1 × 1, N × 1 × 1 × z.
      const size = shape.slice(1).flatMap((e) => { const t = view.constants.told(e, 'z'); return t && t.value > 1 ? [t] : []; });
      if (shape.length >= 2 && size.length === 1 && Number.isInteger(size[0].value)) sizes.push(size[0]);
    }
  }
  return agreed(sizes);
}

const makes = (name: string): boolean => MAKES.test(name) && !JUDGE.test(name);

/** What the first layer of the network that makes data takes in, where that is a layer for vectors. */
function firstWidth(view: FileView): Told<number> | undefined {
  const layers = view.survey.calls.filter((s) => (makes(s.definitions[0]?.name ?? '') || makes(s.holder)) && /^(Linear|ConvTranspose[12]d|Conv[12]d|Dense)$/.test(s.name));
  const [first] = layers;
  if (!first || new Set(layers.map((s) => s.definitions[0])).size > 1 || /^Conv[12]d$/.test(first.name)) return undefined;
  const shape = argumentOf(first.call, -1, 'input_dim', 'input_shape');
  const e = first.name === 'Dense' ? (shape?.kind === 'sequence' && shape.items.length === 1 ? shape.items[0] : shape) : argumentOf(first.call, 0, 'in_features', 'in_channels');
  // With a label beside it, it is a sum.
  const size = e && e.kind !== 'binary' ? view.constants.told(e, 'z') : null;
  return size && Number.isInteger(size.value) && size.value > 1 ? size : undefined;
}

/** The width that the inner layers of all networks share, where these are linear ones: of each network all but the last. */
function hiddenOf(view: FileView, place: Place): Told<number> | undefined {
  if (view.survey.calls.some(isConvolution)) return undefined;
  const whole: Place = { ...place, kind: 'script', definition: null };
  const networks = new Map<string, Layer[]>();
  for (const l of layersOf(view, whole)) {
    const key = `${l.site.definitions[0]?.from ?? ''} ${l.site.holder}`;
    networks.set(key, [...(networks.get(key) ?? []), l]);
  }
  const inner = [...networks.values()].flatMap((layers) => layers.slice(0, -1).map((l) => l.output));
  return inner.length > 0 ? agreed(inner) : undefined;
}

function shapeOf(s: CallSite): readonly Expr[] {
  const { args } = s.call;
  const list = args.find((a) => /^(size|shape)$/.test(a.name ?? ''))?.value ?? args.find((a) => a.value.kind === 'sequence')?.value;
  if (list?.kind === 'sequence') return list.items;
  // `randn(n, z, 1, 1)`, `Tensor(n, z)`.
  const plain = args.filter((a) => !a.name).map((a) => a.value);
  return /^(randn|rand|Tensor|FloatTensor)$/.test(s.name) ? plain : [];
}

interface Optimiser {
  site: CallSite;
  rate: Told<number> | null;
  beta: Told<number> | null;
  side: 'maker' | 'judge' | null;
}

function optimisersOf(view: FileView, chains: readonly Chain[], place: Place): Settings {
  // A page that goes on to another model gives it optimisers under the same names: the first ones behind the lens are this one's.
  const again = (s: CallSite, list: readonly CallSite[]) => s.definitions.length === 0 && s.holder !== '' && list.find((o) => o.holder === s.holder && o.definitions.length === 0 && o.call.from >= place.span.from) !== s && list.some((o) => o !== s && o.holder === s.holder && o.definitions.length === 0 && o.call.from >= place.span.from);
  const sites = view.survey.calls.filter((s) => OPTIMISERS.test(s.name) && !view.survey.classes.has(s.name) && !view.survey.functions.has(s.name) && !isOff(view, s));
  const all = sites.filter((s) => !again(s, sites)).map((s) => optimiser(view, s, chains));
  const makers = all.filter((o) => o.side === 'maker');
  const judges = all.filter((o) => o.side === 'judge');
  const rate = (list: readonly Optimiser[]) => agreed(list.flatMap((o) => (o.rate ? [o.rate] : [])));
  const learningRate = makers.length > 0 ? rate(makers) : rate(all);
  const other = judges.length > 0 ? rate(judges) : undefined;
  const betas = all.flatMap((o) => (o.beta ? [o.beta] : []));
  return {
    learningRate: learningRate ?? (makers.length === 0 && judges.length > 0 ? rate(judges) : undefined),
    discriminatorLearningRate: learningRate && other && other.value !== learningRate.value ? other : undefined,
    criticSteps: criticSteps(view, all.map((o) => ({ name: o.site.holder, side: o.side }))),
    adamBeta1: agreed(betas) ?? agreed(makers.flatMap((o) => (o.beta ? [o.beta] : []))),
  };
}

function optimiser(view: FileView, site: CallSite, chains: readonly Chain[]): Optimiser {
  const { call } = site;
  const torch = /^torch|^optim\.|^[A-Z]/.test(site.path) && !/keras|tf\.|tensorflow|optax/.test(site.path) && view.framework !== 'keras' && view.framework !== 'tensorflow';
  const rate = view.constants.told(argumentOf(call, torch ? 1 : 0, 'lr', 'learning_rate', 'learningRate'), 'lr');
  const betas = argumentOf(call, torch ? 2 : -1, 'betas');
  const pair = betas && betas.kind !== 'sequence' && betas.kind === 'name' ? originsOf(view).given(betas.name, site).at(-1)?.value : betas;
  const first = pair?.kind === 'sequence' ? pair.items[0] : argumentOf(call, torch ? -1 : 1, 'beta_1', 'beta1', 'b1', 'beta_one');
  const adam = /adam/i.test(site.name);
  const beta = adam ? view.constants.told(first, 'beta1') : null;
  return { site, rate: rate && rate.value > 0 && rate.value < 10 ? rate : null, beta: beta && beta.value >= 0 && beta.value < 1 ? beta : null, side: sideOf(view, site, chains) };
}

function sideOf(view: FileView, site: CallSite, chains: readonly Chain[]): Optimiser['side'] {
  const owners = site.call.args.flatMap((a) => ownersIn(a.value)).map((o) => o.split('.').pop()!);
  const makers = new Set(chains.map((c) => c.inner.key));
  const judges = new Set(chains.map((c) => c.outer.key));
  if (owners.some((o) => makers.has(o) && !judges.has(o))) return 'maker';
  if (owners.some((o) => judges.has(o) && !makers.has(o))) return 'judge';
  const variables = view.survey.calls.find((s) => s.name === 'minimize' && s.call.callee.kind === 'attribute' && s.call.callee.object === site.call);
  const compiled = view.survey.calls.find((s) => s.name === 'compile' && s.call.callee.kind === 'attribute' && s.call.from <= site.call.from && site.call.to <= s.call.to);
  const model = compiled?.call.callee.kind === 'attribute' ? (dotted(compiled.call.callee.object) ?? '').split('.').pop()! : '';
  const holder = site.holder.split('.').pop() ?? '';
  const names = [...owners, model, holder, ...(variables ? [variables.holder, ...variables.call.args.map((a) => dotted(a.value) ?? '')] : []), ...site.definitions.map((d) => d.name)];
  for (const n of names) {
    const [g, d] = [MAKER.test(n), JUDGE.test(n)];
    if (g !== d) return g ? 'maker' : 'judge';
    // A model of both that a function makes and compiles: by the function's name.
    if (!g && (n === model || n === holder || compiled) && BOTH.test(n)) return 'maker';
  }
  return null;
}

/** `p.data.clamp_(-c, c)`, `tf.clip_by_value(p, -c, c)`, `np.clip(w, -c, c)`: parameters between two bounds. */
function clipOf(view: FileView): Told<number> | undefined {
  return agreed(view.survey.calls.flatMap((s) => {
    if (!/^(clamp_?|clip_by_value|clip|clipByValue|clamp_weights)$/.test(s.name)) return [];
    const numbers = s.call.args.flatMap((a) => { const t = view.constants.told(a.value, 'clip'); return t ? [t] : []; }).slice(-2);
    const [low, high] = numbers;
    if (numbers.length < 2 || low.value !== -high.value || high.value > 0.5 || high.value <= 0) return [];
    // Of pictures, the bounds are those of pixels.
    return s.loops.length > 0 || /weight|var|param|clip|\bp\b|constraint/i.test(`${s.path} ${s.holder} ${s.definitions.map((d) => d.name).join(' ')}`) ? [high] : [];
  }));
}

/** λ before (‖∇D‖ − 1)², by what is multiplied with something called a penalty or made by a function that is. */
function penaltyOf(view: FileView): Told<number> | undefined {
  const origins = originsOf(view);
  const out: Told<number>[] = [];
  const visit = (e: Expr, s: CallSite | null, definitions: CallSite['definitions']): void => {
    if (e.kind === 'binary' && e.op === '*') {
      for (const [a, b] of [[e.left, e.right], [e.right, e.left]] as const) {
        const t = view.constants.told(a, 'gradient_penalty');
        if (t && t.value >= 0.1 && isPenalty(b)) out.push(t);
      }
    }
    for (const sub of subexpressions(e)) visit(sub, s, definitions);
  };
  const isPenalty = (e: Expr): boolean => {
    const name = dotted(e) ?? (e.kind === 'call' ? (dotted(e.callee) ?? (e.callee.kind === 'attribute' ? e.callee.name : '')) : '');
    return /penalty|(^|_|\.)gp($|_)/i.test(name) || (e.kind === 'binary' && e.op === '**' && /norm/i.test(textOf(e.left))) || (e.kind === 'call' && /mean/.test(name) && (e.args.some((x) => /penalty|(^| )gp|slope/i.test(textOf(x.value)) || isPenalty(x.value) || isGap(x.value)) || (e.callee.kind === 'attribute' && isPenalty(e.callee.object))));
  };
  for (const a of origins.assignments) visit(a.value, null, a.definitions);
  for (const s of view.survey.calls) if (s.call.args.length > 0) s.call.args.forEach((a) => { visit(a.value, s, s.definitions); });
  return agreed(out);
}

/** ‖g‖ − 1 inside. */
function isGap(e: Expr): boolean {
  return (e.kind === 'binary' && e.op === '-' && e.right.kind === 'number' && e.right.value === 1 && /norm|slope|sqrt/i.test(textOf(e.left))) || subexpressions(e).some(isGap);
}

function textOf(e: Expr): string {
  return e.kind === 'name' ? e.name : e.kind === 'attribute' ? `${textOf(e.object)}.${e.name}` : subexpressions(e).map(textOf).join(' ');
}
