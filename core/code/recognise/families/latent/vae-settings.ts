/** What the structure of a VAE tells of its sizes, its decoder's likelihood and the weight of its KL term. */
import type { Span } from '../../../parse/ast';
import type { Value } from '../../../interpret/values';
import { operationOf, type Operation } from '../../graph';
import { match, matchAny } from '../../match';
import { agreed, underName, type Told } from '../../training/agree';
import { argumentOf, type CallSite } from '../../training/survey';
import type { FileView, Place, Settings } from '../family';
import { isNoise, KL_STANDARD, PLAIN_SCALE, REPARAMETERISATION } from './formulas';
import { entryOf } from './bottleneck';
import { isConvolution, layersOf, sitesOf, widthOf, type Layer, type Sizes } from './layers';
import { comparisons, kindOf, unwrapped, type Likelihood } from './losses';
import { productsOf } from './weights';

const MOMENTS = /mu$|mean|logvar|log_var|sigma|std|loc$|log_?scale|^z_|fc21|fc22/i;

export function settingsOfVae(view: FileView, place: Place, foreign: RegExp, divergences: readonly Span[]): Settings {
  const layers = layersOf(view, place, foreign);
  const latentSize = latentOf(view, place, layers);
  const sites = sitesOf(view, place, foreign);
  const convolutional = sites.some(isConvolution);
  return { latentSize, ...(convolutional ? {} : sizesOf(layers.length > 0 ? layers : productsOf(view), latentSize?.value, layers.some((l) => l.from !== null) ? partOf(view, sites) : entryOf(view, sites)?.size, headsOf(layers))), likelihood: likelihoodOf(view, divergences), beta: betaOf(view) };
}

/** What gives μ and log σ²: by the data flow from z, by two heads of one size, by their names. */
function latentOf(view: FileView, place: Place, layers: readonly Layer[]): Told<number> | undefined {
  const widths: Told<number>[] = [];
  for (const { value, at } of view.computed) {
    if (place.definition && view.topOf(at) !== place.definition && view.survey.classes.has(place.definition.name) && view.topOf(at)?.kind === 'class') continue;
    const o = operationOf(value);
    if (!o) continue;
    const found = matchAny(value, REPARAMETERISATION) ?? match(value, PLAIN_SCALE);
    const leaves = found ? found.leaves.slice(1) : posteriorOf(o);
    for (const leaf of leaves) { const w = widthOf(leaf); if (w) widths.push(w); }
  }
  const first = agreed(widths);
  if (first) return first;
  const heads = headsOf(layers).filter((l) => l.output !== null);
  const named = layers.filter((l) => MOMENTS.test(l.site.holder.split('.').pop() ?? '') && l.output !== null);
  for (const list of [heads, named]) { const t = list.length >= 2 ? agreed(list.map((l) => l.output)) : undefined; if (t) return t; }
  return halvedOf(layers) ?? twinsOf(view);
}

/** Two layers of one size that are both given the same, as Keras' and Flax' heads: `Dense(6)(h)` twice. */
function twinsOf(view: FileView): Told<number> | undefined {
  const given = new Map<Value, Told<number>[]>();
  for (const { value } of view.computed) {
    const o = operationOf(value);
    const made = o?.op === '' && o.callee?.kind === 'atom' ? operationOf(o.callee) : null;
    if (!o || !made || !/^Dense$/.test(made.op) || o.args.length !== 1) continue;
    const width = widthOf(value);
    if (width) given.set(o.args[0], [...(given.get(o.args[0]) ?? []), width]);
  }
  return agreed([...given.values()].filter((list) => list.length === 2 && list[0].value === list[1].value).map(([first]) => first));
}

/** The encoder ends in twice what the decoder begins with: a mean and a spread for each. */
function halvedOf(layers: readonly Layer[]): Told<number> | undefined {
  const found = layers.flatMap((l, i) => {
    const next = layers[i + 1];
    return next?.input && l.output?.value === 2 * next.input.value && l.site.holder !== next.site.holder ? [next.input] : [];
  });
  return agreed(found);
}

/** Two layers side by side from one size to one other: mean and spread. */
function headsOf(layers: readonly Layer[]): Layer[] {
  return layers.filter((l, i) => l.from !== null && l.from !== l.to && layers.some((k, j) => Math.abs(i - j) === 1 && k.from === l.from && k.to === l.to && k.site.definitions[0] === l.site.definitions[0]));
}

/** What the network gives of the Gaussian that z is drawn from. */
function posteriorOf(o: Operation): readonly Value[] {
  if (!/^r?sample$/.test(o.op) || o.keywords?.has('obs')) return [];
  const d = o.args.slice(0, 2).map((a) => operationOf(unwrapped(a))).find((x) => x !== null && /Normal/.test(x.op));
  return d?.args.slice(0, 2) ?? [];
}

/** What the first part of the network, a class of the file, is made with: `Encoder(784, 20)`. */
function partOf(view: FileView, sites: readonly CallSite[]): Told<number> | null {
  const part = sites.find((s) => view.survey.classes.has(s.name) && s.holder !== '');
  return part ? view.constants.toldCount(argumentOf(part.call, 0), part.holder) : null;
}

/** The hidden width, where there is one, and the width of the input, to which the decoder comes back. */
export function sizesOf(layers: readonly Sizes[], latent: number | undefined, entry?: Told<number> | null, heads: readonly Sizes[] = []): Settings {
  const out: Settings = {};
  // A first layer of an open size is no sign that another is the first.
  const first = layers.find((l) => l.from !== null);
  const size = first?.input ?? entry;
  const back = size && [...layers].reverse().find((l) => l.output?.value === size.value);
  if (back && size.value !== latent) out.inputSize = size;
  // A condition stands beside the input and, as wide, beside z.
  const given = layers.at(-1)?.output;
  const beside = size && given && !back ? size.value - given.value : 0;
  if (given && beside > 0 && latent !== undefined && layers.some((l) => l.input?.value === latent + beside)) out.inputSize = given;
  const input = out.inputSize?.value ?? (layers.length > 2 && !first?.input ? layers[layers.length - 1].output?.value : undefined);
  const hidden = layers.filter((l) => (l.output === null ? !heads.includes(l) : l.output.value !== latent && l.output.value !== input && !(latent !== undefined && heads.length === 0 && l.output.value === 2 * latent)));
  if ((latent !== undefined || heads.length > 0) && hidden.length > 0) out.hiddenUnits = agreed(hidden.map((l) => l.output));
  return out;
}

/** Of all comparisons in the file, where they are of one kind. */
export function likelihoodOf(view: FileView, divergences: readonly Span[] = []): Told<string> | undefined {
  const told: Told<string>[] = [];
  const add = (kind: Likelihood | null, span: { from: number; to: number }, name: string) => {
    if (kind === 'bernoulli' || kind === 'gaussian') told.push({ value: kind, source: { span: { from: span.from, to: span.to }, origin: 'literal', name } });
  };
  for (const c of comparisons(view)) {
    // (z − μ)² in a density, and squares inside the KL term, compare nothing that was observed.
    if (c.kind === 'gaussian' && (c.sides.some((s) => isNoise(s) || isSampled(s)) || divergences.some((d) => d.from <= c.at.from && c.at.to <= d.to))) continue;
    add(c.kind, c.at, 'loss');
  }
  for (const s of view.survey.settings) {
    if (s.name !== 'loss') continue;
    const c = view.constants.of(s.value);
    if (typeof c?.value === 'string') add(kindOf(c.value), s.value, 'loss');
  }
  for (const s of view.survey.calls) {
    if (s.name !== 'compile') continue;
    const c = view.constants.of(argumentOf(s.call, 1));
    if (typeof c?.value === 'string') add(kindOf(c.value), s.call, 'loss');
  }
  return agreed(told);
}

function isSampled(v: Value): boolean {
  const form = v.prov?.op === 'settled' ? v.prov.args[0] : v;
  return form.kind === 'linear' && matchAny(form, REPARAMETERISATION) !== null;
}

/** The number before a whole KL term, as in `bce + 4 * kl`. */
function betaOf(view: FileView): Told<number> | undefined {
  const out: Told<number>[] = [];
  for (const { value } of view.computed) {
    const o = operationOf(value);
    if (o?.op !== '*' || o.args.length !== 2) continue;
    const [a, b] = o.args;
    const [number, term] = a.kind === 'number' ? [a, b] : [b, a];
    if (number.kind !== 'number' || number.joined || number.value <= 0 || !number.src || number.src.assumed || (term.kind !== 'atom' && term.kind !== 'linear')) continue;
    const found = matchAny(term, KL_STANDARD);
    // Only what is the divergence itself: half of it has the factor 2.
    if (found && Math.abs(found.factor - 1) < 1e-3) out.push({ value: number.value, source: underName(number.src, 'beta') });
  }
  return agreed(out);
}
