/** Networks that narrow and widen again to the size that they began with. */
import type { ClassDefinition, FunctionDefinition, Span } from '../../../parse/ast';
import { argumentOf, type CallSite } from '../../training/survey';
import type { Told } from '../../training/agree';
import type { FileView, Place } from '../family';
import { isConvolution, layersOf, ownSitesOf, sitesOf, type Layer } from './layers';

export interface Bottleneck {
  weight: number;
  text: string;
  at: Span;
}

type Definition = ClassDefinition | FunctionDefinition;
const known = new WeakMap<FileView, Bottleneck[]>();

export function bottlenecks(view: FileView, foreign: RegExp): Bottleneck[] {
  let out = known.get(view);
  if (!out) known.set(view, (out = found(view, foreign)));
  return out;
}

function found(view: FileView, foreign: RegExp): Bottleneck[] {
  const out: Bottleneck[] = [];
  const tops = new Set<Definition | null>(view.survey.calls.map((s) => s.definitions[0] ?? null));
  for (const d of tops) {
    if (d && foreign.test(d.name)) continue;
    // A class without layers of its own narrows nothing.
    if (d?.kind === 'class' && ownSitesOf(view, d).length === 0) continue;
    const place: Place = { kind: d ? d.kind : 'script', name: d?.name ?? 'script', definition: d, span: d ?? { from: 0, to: 0 } };
    const sites = sitesOf(view, place, foreign).filter((s) => d?.kind === 'class' || (s.definitions[0] ?? null) === d);
    const layers = layersOf(view, place, foreign).filter((l) => sites.includes(l.site));
    const at = d?.nameSpan ?? layers[0]?.site.call ?? sites.find(isConvolution)?.call;
    if (!at) continue;
    const narrow = narrowest(view, layers, sites);
    // Whether it narrows is known by the sizes, or by two parts that are called so; a feed-forward block comes back to its size as well.
    const parts = [/enc/i, /dec/i].every((p) => layers.some((l) => p.test(l.site.holder)));
    const sure = parts || (narrow?.code && narrow.input && narrow.code.value < narrow.input.value);
    if (narrow) out.push({ weight: sure ? 0.7 : 0.4, text: narrow.code ? `narrows to ${narrow.code.value} and widens to the size of the input again` : 'narrows and widens to the size of the input again', at });
    else if (convolves(view, sites)) out.push({ weight: 0.6, text: 'shrinks pictures by convolutions and enlarges them to their channels again', at });
  }
  return out;
}

export interface Narrow {
  input: Told<number> | null;
  code: Told<number> | null;
  /** Widths between. */
  hidden: readonly (Told<number> | null)[];
}

/** The chain of linear layers that begins and ends with one size, and what is narrowest inside. */
export function narrowest(view: FileView, layers: readonly Layer[], sites: readonly CallSite[]): Narrow | null {
  if (layers.length < 2) return null;
  const [first] = layers;
  const entry = first.from !== null ? { text: first.from, size: first.input } : entryOf(view, sites);
  if (!entry) return null;
  let end = -1;
  layers.forEach((l, i) => { if (i > 0 && l.to === entry.text) end = i; });
  if (end < 1) return null;
  const inner = layers.slice(0, end);
  if (inner.some((l) => l.to === entry.text)) return null;
  const sizes = inner.map((l) => l.output);
  if (entry.size && sizes.some((s) => s !== null && s.value > entry.size!.value * 64)) return null;
  const numbers = sizes.filter((s): s is Told<number> => s !== null);
  const code = numbers.length === sizes.length ? numbers.reduce((a, b) => (b.value < a.value ? b : a)) : null;
  if (code && entry.size && code.value >= entry.size.value && inner.length > 1) return null;
  return { input: entry.size, code, hidden: sizes.filter((s) => s === null || s !== code).filter((s) => s === null || s.value !== code?.value) };
}

/** Size of the input where layers do not tell it: Keras' `Input(shape=(784,))`, `input_shape`, `input_dim`, TensorFlow.js' `inputShape`. */
export function entryOf(view: FileView, sites: readonly CallSite[]): { text: string; size: Told<number> | null } | null {
  for (const s of [...sites, ...view.survey.calls]) {
    const e = /^(Input|InputLayer|input)$/.test(s.name) ? (argumentOf(s.call, 0, 'shape', 'input_shape') ?? undefined) : /^(Dense|dense)$/.test(s.name) ? argumentOf(s.call, -1, 'input_shape', 'input_dim', 'inputShape', 'inputDim') : s.name === 'placeholder' ? argumentOf(s.call, 1, 'shape') : undefined;
    if (!e) continue;
    const items = e.kind === 'sequence' ? e.items.filter((i) => i.kind !== 'none') : [e];
    if (items.length !== 1) continue;
    const size = view.constants.toldCount(items[0], 'input');
    const text = size ? String(size.value) : items[0].kind === 'name' ? items[0].name : items[0].kind === 'attribute' ? (items[0].dotted ?? items[0].name) : null;
    if (text !== null) return { text, size };
  }
  return null;
}

/** Convolutions that shrink, transposed ones (or upsampling) that enlarge, and as many channels at the end as at the beginning; no shortcuts between. */
function convolves(view: FileView, sites: readonly CallSite[]): boolean {
  const convolutions = sites.filter(isConvolution);
  if (convolutions.length < 3) return false;
  const enlarges = sites.some((s) => /^(ConvTranspose\dd|Conv\dDTranspose|conv2dTranspose|conv2d_transpose|ConvTranspose|Upsample|UpSampling\dD|upSampling2d|interpolate|MaxUnpool2d|UpsamplingNearest2d|UpsamplingBilinear2d|resize_nearest_neighbor|upsample|resize|resize_images)$/.test(s.name));
  const shrinks = sites.some((s) => /^(Max|Avg|max_?|avg_?)[pP]ool(ing)?\w*$|^MaxPooling\dD$|^AveragePooling\dD$|^maxPooling2d$/.test(s.name)) || convolutions.some((s) => strideOf(view, s) >= 2);
  if (!enlarges || !shrinks || sites.some((s) => /^(cat|concat|concatenate|Concatenate)$/.test(s.name))) return false;
  const [first] = convolutions;
  const last = convolutions[convolutions.length - 1];
  const torch = /^(Lazy)?Conv(Transpose)?\dd$/.test(first.name);
  if (!torch) { const c = view.constants.toldCount(argumentOf(last.call, /layers\.conv|slim/.test(last.path) ? 1 : 0, 'filters', 'features', 'nb_filter'), 'channels'); return c !== null && (c.value === 1 || c.value === 3 || c.value === 4); }
  const [a, b] = [argumentOf(first.call, 0, 'in_channels'), argumentOf(last.call, 1, 'out_channels')];
  const [x, y] = [view.constants.number(a)?.value, view.constants.number(b)?.value];
  return x !== undefined ? x === y : a?.kind === 'name' && b?.kind === 'name' && a.name === b.name;
}

function strideOf(view: FileView, s: CallSite): number {
  const torch = /^(Lazy)?Conv(Transpose)?\dd$/.test(s.name);
  const e = argumentOf(s.call, torch ? 3 : 2, 'stride', 'strides');
  const one = e?.kind === 'sequence' ? e.items[0] : e;
  return view.constants.number(one)?.value ?? 1;
}
