/** Tables of vectors and layers with their sizes as they are written: what a vocabulary's size is the input and the output of. */
import type { Expr } from '../../../parse/ast';
import { argumentOf, type CallSite } from '../../training/survey';
import type { FileView } from '../family';
import { expressionsOf, shown, visitStatements, walk } from './expressions';

export interface Layer {
  kind: 'embedding' | 'linear' | 'matrix';
  site: CallSite;
  /** Name that holds it, without what stands before its last dot. */
  holder: string;
  /** Size of what goes in: of an embedding the number of words. Unknown for Keras' `Dense`. */
  input?: Expr;
  output?: Expr;
}

export const EMBEDDING = /^(Embedding|EmbeddingBag|Embed|embedding|EmbedID|StableEmbedding)$/;
const LINEAR = /^(Linear|Dense|dense|LazyLinear|NoBiasLinear|fully_connected|linear)$/;
const MATRIX = /^(randn|rand|uniform|random_uniform|randomUniform|truncated_normal|truncatedNormal|random_normal|randomNormal|normal|zeros|get_variable|random_sample|Parameter|empty|random|FloatTensor|uniform_)$/;
/** Of these the axes are arguments of their own. */
const AXES = /^(randn|rand|zeros|empty|FloatTensor)$/;

export function layersOf(view: FileView): Layer[] {
  const known = cache.get(view);
  if (known) return known;
  const out: Layer[] = [];
  for (const site of view.survey.calls) {
    if (view.survey.classes.has(site.name) || view.survey.functions.has(site.name)) continue;
    const layer = layerOf(site);
    if (layer) out.push(layer);
  }
  // A later cell of a notebook makes the table anew: the last one is trained.
  const last = new Map(out.filter(isLoose).map((l) => [l.holder, l]));
  const kept = out.filter((l) => !isLoose(l) || last.get(l.holder) === l);
  cache.set(view, kept);
  return kept;
}

/** A matrix of the module's own, under a name. */
function isLoose(l: Layer): boolean {
  return l.kind === 'matrix' && l.holder !== '' && l.site.definitions.length === 0;
}

const cache = new WeakMap<FileView, Layer[]>();

function layerOf(site: CallSite): Layer | null {
  const { call, name, path } = site;
  const holder = site.holder.slice(site.holder.lastIndexOf('.') + 1);
  if (EMBEDDING.test(name)) {
    const input = argumentOf(call, 0, 'num_embeddings', 'input_dim', 'inputDim', 'vocab_size', 'in_size');
    const output = argumentOf(call, 1, 'embedding_dim', 'output_dim', 'outputDim', 'features', 'embed_dim', 'out_size');
    return input && output ? { kind: 'embedding', site, holder, input, output } : null;
  }
  if (LINEAR.test(name) && !/^(np|numpy|math)\b/.test(path)) {
    // Those of PyTorch and Haiku's old ones name their input; Keras', Flax' and Haiku's do not.
    const one = /^(dense|Dense)$/.test(name) || path.startsWith('hk.') || path.startsWith('haiku');
    const output = argumentOf(call, one ? 0 : 1, 'out_features', 'units', 'features', 'output_size', 'num_outputs', 'out_size') ?? (one ? argumentOf(call, 1, 'units') : undefined);
    const input = one ? undefined : argumentOf(call, 0, 'in_features', 'in_size');
    return output ? { kind: 'linear', site, holder, input, output } : null;
  }
  if (!MATRIX.test(name)) return null;
  const pair = call.args.map((a) => a.value).find((e): e is Expr & { kind: 'sequence' } => e.kind === 'sequence' && e.items.length === 2);
  if (pair) return { kind: 'matrix', site, holder, input: pair.items[0], output: pair.items[1] };
  const plain = call.args.filter((a) => !a.name && a.star === 0).map((a) => a.value);
  return AXES.test(name) && plain.length === 2 ? { kind: 'matrix', site, holder, input: plain[0], output: plain[1] } : null;
}

/** Two sizes that are one, by what is written or by the number that it is. */
export function sameSize(view: FileView, a: Expr | undefined, b: Expr | undefined): boolean {
  if (!a || !b) return false;
  // Small numbers are the same by chance.
  if (shown(a) === shown(b)) return a.kind !== 'number' || a.value > 19;
  if (passedSame(view, a, b)) return true;
  const [x, y] = [view.constants.number(a), view.constants.number(b)];
  // What `len` finds in lists that a program fills says nothing.
  return x !== null && x.value === y?.value && x.value > 19 && x.source.origin !== 'folded' && y.source.origin !== 'folded';
}

/** Two parameters of a constructor that is given the same for both: `Model(n_words, n_words, 128)`. */
function passedSame(view: FileView, a: Expr, b: Expr): boolean {
  if (a.kind !== 'name' || b.kind !== 'name' || a.name === b.name) return false;
  for (const c of view.survey.classes.values()) {
    const made = c.body.find((s) => s.kind === 'function' && s.name === '__init__');
    const params = made?.kind === 'function' ? made.params.slice(1).map((p) => p.name) : [];
    if (!params.includes(a.name) || !params.includes(b.name)) continue;
    const given = view.survey.calls.filter((s) => s.name === c.name).map((s) => [a, b].map((p) => argumentOf(s.call, params.indexOf(p.name), p.name)));
    if (given.length > 0 && given.every(([x, y]) => x && y && x.kind !== 'number' && shown(x) === shown(y))) return true;
  }
  return false;
}

export interface Vocabulary {
  /** Where words go in: an embedding, or a matrix that has a row or column for each. */
  input: Layer;
  output: Layer;
  size: Expr;
  /** Input and output share their weights. */
  tied: boolean;
}

/** Models that give a score to each word of the vocabulary that their input is of. */
export function vocabularies(view: FileView): Vocabulary[] {
  const layers = layersOf(view);
  const out: Vocabulary[] = [];
  for (const input of layers) {
    if (input.kind === 'linear') continue;
    for (const output of layers) {
      if (output === input || output.kind === 'embedding' || !together(view, input, output)) continue;
      if (input.kind === 'matrix' && output.kind !== 'matrix') continue;
      // A second table of the same shape is an output too (W′ of word2vec, transposed or not).
      const size = input.input;
      const fits = sameSize(view, size, output.output) || (input.kind === 'embedding' && sameSize(view, unpadded(size), output.output)) || (output.kind === 'matrix' && sameSize(view, size, output.input));
      if (size && fits && !(output.kind === 'linear' && sameSize(view, output.input, output.output))) out.push({ input, output, size, tied: false });
    }
  }
  return out;
}

/** `n + 1`: a row for what is no word. */
function unpadded(e: Expr | undefined): Expr | undefined {
  return e?.kind === 'binary' && e.op === '+' && e.right.kind === 'number' ? e.left : undefined;
}

/** In one class or function, or one of them inside the other's parts. */
function together(view: FileView, a: Layer, b: Layer): boolean {
  const [x, y] = [a.site.definitions[0], b.site.definitions[0]];
  if (x === y) return true;
  if (!x || !y) return false;
  return view.survey.calls.some((s) => (s.name === x.name && s.definitions[0] === y) || (s.name === y.name && s.definitions[0] === x));
}

/** A function that looks rows up in what it is given, and multiplies by the same, turned: `x = wte[inputs]`, `return x @ wte.T`. */
function tiedTable(view: FileView): Expr | null {
  for (const f of view.survey.functions.values()) {
    const given = new Set(f.params.map((p) => p.name));
    const looked = new Set<string>();
    let tie: Expr | null = null;
    visitStatements(f.body, (s) => {
      for (const top of expressionsOf(s)) walk(top, (e) => {
        const [key] = e.kind === 'index' ? e.items : [];
        if (e.kind === 'index' && e.items.length === 1 && e.object.kind === 'name' && given.has(e.object.name) && key.kind === 'name' && given.has(key.name)) looked.add(e.object.name);
        const right = e.kind === 'binary' && e.op === '@' ? e.right : null;
        if (right?.kind === 'attribute' && right.name === 'T' && right.object.kind === 'name' && looked.has(right.object.name)) tie ??= e;
      });
    });
    if (tie) return tie;
  }
  return null;
}

/** `decoder.weight = encoder.weight`, `x @ embedding.weight.T`, `embedding.attend(x)`: where the tie stands. */
export function tiedWeights(view: FileView): Expr | null {
  const tables = new Set(layersOf(view).filter((l) => l.kind === 'embedding').map((l) => l.holder));
  if (tables.size === 0) return tiedTable(view);
  const isTable = (e: Expr): boolean => e.kind === 'attribute' && /^(weight|weights|embedding|embeddings|T|data)$/.test(e.name) && (holds(e.object) || isTable(e.object));
  const holds = (e: Expr): boolean => (e.kind === 'attribute' && tables.has(e.name)) || (e.kind === 'name' && tables.has(e.name));
  for (const s of view.survey.settings) if (s.name === 'weight' && s.callee === '' && (isTable(s.value) || (s.value.kind === 'attribute' && s.value.name === 'weight'))) return s.value;
  for (const s of view.survey.calls) {
    if (s.name === 'attend' && s.call.callee.kind === 'attribute') return s.call;
    // The other way round: `embedding.weight = output.weight`.
    if (/^(linear|matmul|einsum|dot|mm)$/.test(s.name)) for (const a of s.call.args) {
      let found: Expr | null = null;
      walk(a.value, (e) => { if (isTable(e)) found ??= e; });
      if (found) return found;
    }
  }
  return null;
}
