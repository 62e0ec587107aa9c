/** Sizes of linear layers: by what the text of the file makes, in its order, and by which layer a value came out of. */
import type { Expr } from '../../../parse/ast';
import type { Value } from '../../../interpret/values';
import { operationOf, unaryOf, keeps } from '../../graph';
import { underName, type Told } from '../../training/agree';
import { argumentOf, type CallSite } from '../../training/survey';
import type { Definition, FileView, Place } from '../family';

const LINEAR = /^(Linear|LazyLinear|Dense|dense|fully_connected|DenseGeneral)$/;
const CONVOLUTION = /^(Lazy)?(Conv[123]d|Conv[123]D|conv[123]d|ConvTranspose[123]d|Conv[123]DTranspose|ConvTranspose|Conv|conv2dTranspose|Convolution2D|conv2d_transpose)$/;

export interface Sizes {
  /** Texts of the sizes, for comparison where they are no constants. */
  from: string | null;
  to: string;
  input: Told<number> | null;
  output: Told<number> | null;
}

export interface Layer extends Sizes {
  site: CallSite;
}

export const isLinear = (s: CallSite): boolean => LINEAR.test(s.name);
export const isConvolution = (s: CallSite): boolean => CONVOLUTION.test(s.name);

/** Does a layer of this name begin with its input's size, as PyTorch's do? */
function takesInput(s: CallSite): boolean {
  return /Linear/.test(s.name) && /torch|nn\.|^Linear$|^LazyLinear$/.test(s.path) && !/^(hk|haiku|flax|eqx\.nn\.linear)/.test(s.path) && s.name !== 'LazyLinear';
}

/** Linear layers that the model's own code makes, in the order of the text. */
export function layersOf(view: FileView, place: Place, foreign?: RegExp): Layer[] {
  const makers = makersOf(view);
  return sitesOf(view, place, foreign).flatMap((s) => {
    const made = makers.get(s.name);
    if (made && s.call.callee.kind === 'name') return [between(view, s, argumentOf(s.call, made.from, made.names[0]), argumentOf(s.call, made.to, made.names[1]))];
    return LINEAR.test(s.name) && ![...makers.values()].some((m) => m.inner === s) ? [sizesOf(view, s)] : [];
  });
}

/** A function of the file that makes one linear layer, with the places of its sizes among the parameters. */
interface Maker {
  inner: CallSite;
  from: number;
  to: number;
  names: readonly [string, string];
}

const known = new WeakMap<FileView, ReadonlyMap<string, Maker>>();

/** `def block(n_in, n_out): return nn.Sequential(nn.Linear(n_in, n_out), nn.ReLU())`. */
function makersOf(view: FileView): ReadonlyMap<string, Maker> {
  const before = known.get(view);
  if (before) return before;
  const out = new Map<string, Maker>();
  for (const f of view.survey.functions.values()) {
    const inside = view.survey.calls.filter((s) => LINEAR.test(s.name) && s.definitions[0] === f);
    const [inner] = inside;
    if (inside.length !== 1 || !takesInput(inner)) continue;
    const names = [argumentOf(inner.call, 0, 'in_features'), argumentOf(inner.call, 1, 'out_features')].map((e) => (e?.kind === 'name' ? e.name : ''));
    const [from, to] = names.map((n) => f.params.findIndex((p) => p.name === n));
    if (from >= 0 && to >= 0 && view.survey.calls.some((s) => s.name === f.name)) out.set(f.name, { inner, from, to, names: [names[0], names[1]] });
  }
  known.set(view, out);
  return out;
}

/** What a linear layer takes and gives. */
export function sizesOf(view: FileView, site: CallSite): Layer {
  const two = takesInput(site) && site.call.args.length >= 2;
  const positionOfOutput = two ? 1 : /^(fully_connected)$/.test(site.name) || (site.name === 'dense' && !/tfjs|layers\.dense$/.test(site.path)) || /^(tf|tensorflow).*layers\.dense$/.test(site.path) ? 1 : 0;
  const from = two ? argumentOf(site.call, 0, 'in_features') : undefined;
  const to = argumentOf(site.call, positionOfOutput, 'out_features', 'units', 'features', 'output_size', 'num_outputs', 'output_dim');
  return between(view, site, from, to);
}

function between(view: FileView, site: CallSite, from: Expr | undefined, to: Expr | undefined): Layer {
  return { site, from: from ? textOf(view, from) : null, to: to ? textOf(view, to) : '', input: view.constants.toldCount(from, site.holder), output: view.constants.toldCount(to, site.holder) };
}

/** Calls of the model: of its class with those that it builds, or of the whole file but what is another model's. */
export function sitesOf(view: FileView, place: Place, foreign?: RegExp): CallSite[] {
  const { calls } = view.survey;
  const d = place.definition;
  const others = (s: CallSite) => s.definitions.some((x) => x !== d && (foreign?.test(x.name) ?? false));
  if (d?.kind !== 'class') return calls.filter((s) => !others(s));
  const own = ownSitesOf(view, d);
  // A class that is handed its networks: those stand elsewhere in the file.
  return own.length > 0 ? own : calls.filter((s) => !others(s));
}

/** Calls of a class with those that it builds, where layers are among them; else none. */
export function ownSitesOf(view: FileView, d: Definition): CallSite[] {
  const { calls, classes } = view.survey;
  const parts = new Set<Definition>([d]);
  for (const p of parts) for (const s of calls) if (s.definitions.includes(p)) { const c = classes.get(s.name); if (c) parts.add(c); }
  const own = calls.filter((s) => s.definitions.some((x) => parts.has(x)));
  return own.some((s) => LINEAR.test(s.name) || CONVOLUTION.test(s.name) || makersOf(view).has(s.name)) ? own : [];
}

/** A size as it is written, or the number that it is. */
export function textOf(view: FileView, e: Expr): string {
  const c = view.constants.number(e);
  return c ? String(c.value) : nameIn(e);
}

function nameIn(e: Expr): string {
  switch (e.kind) {
    case 'name': return e.name;
    case 'attribute': return e.dotted ?? e.name;
    case 'number': return String(e.value);
    case 'binary': return `${nameIn(e.left)}${e.op}${nameIn(e.right)}`;
    case 'index': return `${nameIn(e.object)}[${e.items.map(nameIn).join()}]`;
    case 'call': return `${nameIn(e.callee)}(${e.args.map((a) => nameIn(a.value)).join()})`;
    case 'unary': return `${e.op}${nameIn(e.operand)}`;
    default: return e.kind;
  }
}

/** A number of the interpreter as a setting; null for what is no size. */
export function toldOf(v: Value | undefined, name: string): Told<number> | null {
  if (v?.kind !== 'number' || !Number.isInteger(v.value) || v.value < 1 || v.joined) return null;
  const source = v.src ?? (v.prov ? { span: v.prov.at, origin: 'folded' as const, name } : null);
  if (!source || source.assumed) return null;
  return { value: v.value, source: underName(source, name) };
}

const PASSES = /^(relu|leaky_relu|elu|selu|gelu|tanh|sigmoid|softplus|dropout|Dropout|ReLU|LeakyReLU|Activation|activation|clamp|clip|identity|BatchNormalization|batch_norm|Variable|softmax|Lambda|name_scope|mul|muli|hardtanh)$/;

/** Width of the linear layer that the value came out of. */
export function widthOf(v: Value, depth = 0): Told<number> | null {
  if (depth > 12 || (v.kind !== 'atom' && v.kind !== 'linear')) return null;
  const o = operationOf(v);
  if (!o) return null;
  if (o.op === '+' || o.op === 'bias_add' || o.op === 'nn.bias_add') {
    // `tf.matmul(h, W) + b`: b has the width too.
    return o.args.map((a) => widthOf(a, depth + 1)).find((t) => t !== null) ?? null;
  }
  if (/^(matmul|mm|dot|@)$/.test(o.op) && o.args[1]) return columnsOf(o.args[1]);
  if (o.op === 'xw_plus_b' && o.args[1]) return columnsOf(o.args[1]);
  if (/^(dense|fully_connected)$/.test(o.op) && o.args.length >= 2 && /^tensorflow|^tf|layers|slim/.test(o.path ?? '')) return toldOf(o.keywords?.get('units') ?? o.keywords?.get('num_outputs') ?? o.args[1], 'units');
  // `nn.Linear(400, 20)(h)`: the callee is what the layer's own call gave.
  const made = o.callee?.kind === 'atom' ? operationOf(o.callee) : null;
  if (o.op === '' && made) {
    const torch = /Linear$/.test(made.op) && /torch/.test(made.path ?? '');
    if (/^(Linear|Dense)$/.test(made.op)) return toldOf(made.keywords?.get('out_features') ?? made.keywords?.get('units') ?? made.keywords?.get('features') ?? made.keywords?.get('output_size') ?? made.args[torch ? 1 : 0], 'units');
    if (made.op === 'Sequential') { const last = lastLinear(made.args); if (last) return last; }
    return PASSES.test(made.op) && o.args[0] ? widthOf(o.args[0], depth + 1) : null;
  }
  if (o.op === 'settled' || unaryOf(o.op) || keeps(o) || PASSES.test(o.op)) return o.args[0] ? widthOf(o.args[0], depth + 1) : null;
  if (/^[-*/]$/.test(o.op)) return o.args.map((a) => widthOf(a, depth + 1)).find((t) => t !== null) ?? null;
  // Halves of one output.
  if (o.op === 'element' && o.args[0]) {
    const whole = operationOf(o.args[0]);
    const [from, by] = whole?.args ?? [];
    if (whole && /^(chunk|split|array_split)$/.test(whole.op) && from) {
      if (whole.op !== 'chunk' && by?.kind === 'number' && by.value > 2) return toldOf(by, 'latent');
      const w = widthOf(from, depth + 1);
      return w && w.value % 2 === 0 ? { value: w.value / 2, source: { ...w.source, origin: 'folded' } } : null;
    }
  }
  return null;
}

function lastLinear(args: readonly Value[]): Told<number> | null {
  const flat = args.flatMap((a) => (a.kind === 'sequence' ? a.items : [a]));
  for (const a of flat.reverse()) {
    const o = operationOf(a);
    if (o && /^(Linear|Dense)$/.test(o.op)) return toldOf(o.args[/torch/.test(o.path ?? '') ? 1 : 0], 'units');
    if (!o || !PASSES.test(o.op)) return null;
  }
  return null;
}

/** Columns of a weight matrix, by the shape in what made it: `tf.Variable(xavier([n, m]))`, `get_variable('w', [n, m])`. */
function columnsOf(w: Value, depth = 0): Told<number> | null {
  if (w.kind === 'sequence') return w.items.length === 2 ? toldOf(w.items[1], 'shape') : null;
  if (depth > 4) return null;
  const o = operationOf(w);
  const args = o ? [...o.args, ...(o.keywords?.values() ?? [])] : (w.prov?.args ?? []);
  const sizes = args.filter((a) => a.kind === 'number');
  if (o && /randn|xavier|glorot|weight|init|param/i.test(o.op) && sizes.length === 2) return toldOf(sizes[1], 'shape');
  for (const a of args) { const t = a.kind === 'sequence' || a.kind === 'atom' ? columnsOf(a, depth + 1) : null; if (t) return t; }
  return null;
}
