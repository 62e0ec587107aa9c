/** Width and number of hidden layers of a multilayer perceptron, from its linear layers. */
import { underName } from './agree';
import type { ClassDefinition, FunctionDefinition, Span } from '../../parse/ast';
import type { Source } from '../../interpret/values';
import type { Constant, Constants } from './constants';
import { namedSetting, turnsOf } from './optimise';
import { FOREIGN, type Related } from './related';
import type { CallSite, Survey } from './survey';
import { argumentOf, contains, plain } from './survey';

export interface NetworkReading {
  hiddenUnits?: { value: number; source: Source };
  hiddenLayers?: { value: number; source: Source };
}

const LINEAR = /^(Linear|Dense|dense|LazyLinear)$/;
/** Where these are, a linear layer is no layer of an MLP: width and depth mean something else. */
const OTHER = /^(Lazy)?Conv[123]d(Transpose)?$|^conv[123]d$|^(Multi[hH]ead|Self|Linear)?Attention$|^MultiheadAttention$|^LSTM$|^GRU$|^Transformer/;
/** Layers that tell the network the time. */
const TIME = /time|temb|t_emb|emb(ed)?|sinus|fourier|gamma|film|cond|label|class|context/i;
const WIDTHS = new Set(['hiddensize', 'hiddendim', 'hiddendims', 'hiddenunits', 'hidden', 'width', 'hiddenfeatures', 'hdim', 'modelwidth', 'nunits', 'units', 'hiddenwidth', 'dimhidden']);
const HIDDEN = new Set([...WIDTHS].filter((w) => w.includes('hidden')));
const DEPTHS = new Set(['hiddenlayers', 'nlayers', 'numlayers', 'layers', 'depth', 'nblocks', 'numblocks', 'nhiddenlayers', 'numhiddenlayers', 'blocks', 'nhidden', 'numhidden']);
const MAX = { units: 65_536, layers: 256 };

interface Layer {
  site: CallSite;
  input: Constant | null;
  output: Constant | null;
}

type Definition = ClassDefinition | FunctionDefinition;

export function readNetwork(file: Survey, constants: Constants, related: Related): NetworkReading {
  const found = parts(file, related);
  // Nothing but a name: `hidden` is said of networks only, `width` of much else.
  if (found.length === 0) return { hiddenUnits: namedSetting(file, constants, HIDDEN, (x) => Number.isInteger(x) && x >= 2 && x <= MAX.units, related) };
  if (found.length !== 1) return {};
  const [{ sites, owner }] = found;
  if (sites.some((s) => OTHER.test(s.name))) return {};
  const timed = (s: CallSite) => TIME.test(s.holder) || s.definitions.some((d) => d !== owner && d.kind === 'class' && TIME.test(d.name) && !/^(Cond|Time)\w*(Linear|Dense|Block|Layer)/.test(d.name));
  const layers = sites.filter((s) => LINEAR.test(s.name) && !timed(s)).map((site): Layer => {
    const dense = /dense/i.test(site.name);
    return { site, input: dense ? null : constants.of(argumentOf(site.call, 0, 'in_features')), output: constants.of(argumentOf(site.call, dense ? 0 : 1, 'units', 'out_features', 'features')) };
  });
  const out: NetworkReading = {};
  const units = width(layers, owner, constants);
  if (units && Number.isInteger(units.value) && units.value >= 2 && units.value <= MAX.units) out.hiddenUnits = units;
  const count = depth(layers, owner, constants, file);
  if (count && Number.isInteger(count.value) && count.value >= 1 && count.value <= MAX.layers) out.hiddenLayers = count;
  return out;
}

/** The places where the network's layers are made: a class with the classes that it builds of, or one expression. */
function parts(file: Survey, related: Related): { sites: CallSite[]; owner: Definition | null }[] {
  const out: { sites: CallSite[]; owner: Definition | null }[] = [];
  for (const name of related.networks) {
    const owner = file.classes.get(name);
    if (owner) out.push({ sites: madeBy(owner, file), owner });
  }
  for (const span of related.calls) out.push(...madeAt(span, file));
  if (out.length > 0) return out;
  // The network was not seen at work: the one definition that makes linear layers, and is not part of another.
  const makers = new Map<string, Definition | null>();
  for (const s of file.calls) if (LINEAR.test(s.name)) makers.set(s.definitions[0]?.name ?? '', s.definitions[0] ?? null);
  const own = [...makers.values()].filter((d) => !d || !(FOREIGN.test(d.name) || TIME.test(d.name)));
  const used = new Set(own.flatMap((d) => (d ? madeBy(d, file).filter((s) => s.definitions[0] !== file.classes.get(s.name)).map((s) => s.name) : [])));
  const outer = own.filter((d) => !d || d.kind === 'function' || !used.has(d.name));
  if (outer.length !== 1) return [];
  const [owner] = outer;
  return [{ sites: owner ? madeBy(owner, file) : file.calls.filter((s) => s.definitions.length === 0), owner }];
}

/** Calls in the class, and in the file's classes that it builds of. */
function madeBy(owner: Definition, file: Survey, seen = new Set<string>()): CallSite[] {
  if (seen.has(owner.name)) return [];
  seen.add(owner.name);
  const own = file.calls.filter((s) => s.definitions.includes(owner));
  return own.flatMap((s) => {
    const inner = file.classes.get(s.name);
    return inner && inner !== owner ? [s, ...madeBy(inner, file, seen)] : [s];
  });
}

/** `model = nn.Sequential(nn.Linear(…), …)`, or a function that makes it. */
function madeAt(span: Span, file: Survey): { sites: CallSite[]; owner: Definition | null }[] {
  const inside = file.calls.filter((s) => contains(span, s.call));
  const made = inside.find((s) => s.call.from === span.from && s.call.to === span.to);
  if (!made) return [];
  // `Sequential(*layers)`: what the enclosing function or module puts into the list.
  const owner = made.definitions[made.definitions.length - 1] ?? null;
  if (inside.some((s) => LINEAR.test(s.name))) return [{ sites: inside, owner: null }];
  return owner ? [{ sites: madeBy(owner, file), owner }] : [];
}

function parametersNamed(words: ReadonlySet<string>, owner: Definition | null, constants: Constants): { value: number; source: Source }[] {
  const definition = owner?.kind === 'class' ? owner.body.find((s): s is FunctionDefinition => s.kind === 'function' && /^(__init__|setup)$/.test(s.name)) : owner;
  return (definition?.params ?? []).filter((p) => words.has(plain(p.name))).flatMap((p) => {
    const c = constants.parameter(p);
    return typeof c?.value === 'number' ? [{ value: c.value, source: underName(c.source, p.name) }] : [];
  });
}

/** The one size that hidden layers share; of several that of a parameter called so. */
function width(layers: readonly Layer[], owner: Definition | null, constants: Constants): { value: number; source: Source } | undefined {
  const named = parametersNamed(WIDTHS, owner, constants);
  const inputs = new Set(layers.flatMap((l) => (l.input ? [l.input.value] : [])));
  // All outputs but the last are hidden; with known inputs, only those that another layer takes up.
  const hidden = layers.filter((l, i) => l.output === null || (inputs.size > 0 ? inputs.has(l.output.value) : i < layers.length - 1));
  const values = new Set(hidden.map((l) => l.output?.value));
  const fits = named.filter((n) => values.has(n.value));
  if (new Set(fits.map((n) => n.value)).size === 1) return fits[0];
  if (layers.length === 0) return new Set(named.map((n) => n.value)).size === 1 ? named[0] : undefined;
  const [value] = values;
  if (layers.length < 2 || values.size !== 1 || typeof value !== 'number') return undefined;
  const { source } = hidden[0].output!;
  return { value, source: underName(source, nameOf(hidden[0].site)) };
}

/** What a parameter says, else the number of layers in a chain without loops, less the last. */
function depth(layers: readonly Layer[], owner: Definition | null, constants: Constants, file: Survey): { value: number; source: Source } | undefined {
  const named = parametersNamed(DEPTHS, owner, constants);
  if (named.length > 0) return new Set(named.map((n) => n.value)).size === 1 ? named[0] : undefined;
  if (layers.length < 2 || layers.some(({ site }) => site.tests.length > 0)) return undefined;
  const looped = layers.filter(({ site }) => site.loops.length > 0);
  if (looped.length > 0) {
    // `for _ in range(3): h = Dense(64)(h)`: as many as the loop turns, and those beside it, less the last.
    const [{ site }] = looped;
    const turns = looped.length === 1 && site.loops.length === 1 && site.holder !== '' && /dense/i.test(site.name) ? turnsOf(site.loops[0], constants) : null;
    return turns ? { value: turns.value + layers.length - 2, source: layers.length === 2 ? turns.source : { ...turns.source, origin: 'folded' } } : undefined;
  }
  // Layers inside blocks: how often each block is built is not counted.
  if (owner && layers.some(({ site }) => site.definitions.some((d) => d.kind === 'class' && d !== owner && file.classes.has(d.name)))) return undefined;
  const chained = layers.every((l, i) => i === 0 || /dense/i.test(l.site.name) || (l.input !== null && l.input.value === layers[i - 1].output?.value));
  if (!chained) return undefined;
  const [first, last] = [layers[0].site, layers[layers.length - 1].site];
  return { value: layers.length - 1, source: { span: { from: first.call.from, to: last.call.to }, origin: 'folded', name: nameOf(first) } };
}

function nameOf(site: CallSite): string {
  return site.holder || site.definitions[0]?.name || site.name;
}
