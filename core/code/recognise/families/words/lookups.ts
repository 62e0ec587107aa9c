/** What the computed values are made of: vectors that were looked up in a table, sums of them, and layers behind. */
import type { Value } from '../../../interpret/values';
import { operationOf, type Operation } from '../../graph';
import type { FileView } from '../family';
import { EMBEDDING, layersOf } from './layers';

export interface Made {
  /** Look-ups that the value is made of. */
  lookups: Value[];
  /** Matrices of random numbers among it. */
  tables: Set<Value>;
  /** Names of the layers between: `Linear`, `LSTM`. */
  layers: Set<string>;
  /** Several looked-up vectors were added up or averaged, directly. */
  reduced: boolean;
  /** A look-up was multiplied with something. */
  multiplied: boolean;
}

const LAYER = /^(Linear|Dense|dense|LazyLinear|LSTM|GRU|RNN|LSTMCell|GRUCell|RNNCell|SimpleRNN|Bidirectional|Conv[123]d|Conv[12]D|TransformerEncoder|TransformerEncoderLayer|MultiheadAttention|MultiHeadAttention|Flatten|LayerNorm|LayerNormalization|BatchNorm1d|BatchNormalization|dynamic_rnn|Sequential|fully_connected|flatten|TimeDistributed|ReLU)$/;
/** Functions that look rows of a table up. */
const FUNCTIONS = /^(embedding_lookup|embedding_lookup_sparse|safe_embedding_lookup_sparse|embedding_bag)$/;
const REDUCTIONS = new Set(['mean', 'sum', 'reduce_mean', 'reduce_sum', 'average', 'Average', 'Add', 'add_n', 'nanmean', 'GlobalAveragePooling1D', 'avg_pool1d', 'mean_pool', 'einsum_mean', 'Lambda']);
const SHAPES = new Set(['transpose', 'permute', 'T', 't', 'squeeze', 'unsqueeze', 'reshape', 'view', 'expand_dims', 'settled', 'carried', 'join', 'stack', 'cat', 'concat', 'concatenate', 'element', 'Reshape', 'split', 'unstack', 'slice', 'dropout', 'Dropout', 'apply', 'comprehension', 'array']);
export const PRODUCTS = new Set(['*', '@', 'matmul', 'mm', 'bmm', 'dot', 'einsum', 'multiply', 'mul', 'inner', 'batch_dot', 'tensordot', 'Dot', 'merge', 'vdot', 'mv', 'matvec', 'mulAdd', 'baddbmm', 'cosine_similarity', 'matMul', 'Multiply']);

/** Names under which tables and layers are kept, for methods that run where their making was not seen. */
export class Lookups {
  private readonly holders = new Map<string, string>();
  private readonly memo = new Map<Value, Made>();

  constructor(view: FileView) {
    for (const s of view.survey.calls) {
      const holder = s.holder.slice(s.holder.lastIndexOf('.') + 1);
      if (holder !== '' && (EMBEDDING.test(s.name) || LAYER.test(s.name))) this.holders.set(holder, s.name);
    }
    for (const l of layersOf(view)) if (l.kind === 'matrix' && l.holder !== '') this.holders.set(l.holder, this.holders.get(l.holder) ?? 'matrix');
  }

  /** Which kind of layer is called: by what made it, or by the name that holds it. */
  layerCalled(v: Value): string {
    const o = operationOf(v);
    if (!o) return '';
    if (LAYER.test(o.op) && o.path !== undefined && !/^(torch|tensorflow|tf|jax|numpy)?\.?(nn\.)?[a-z]/.test(o.op)) return o.op;
    // `layer.apply(x)` in TensorFlow.js.
    const callee = o.op === 'apply' ? o.args[0] : o.callee;
    if (!callee) return '';
    if (callee.kind === 'instance') return '';
    const made = elementOf(operationOf(callee));
    if (made && (EMBEDDING.test(made.op) || LAYER.test(made.op))) return made.op;
    const name = callee.prov?.op.startsWith('attribute ') ? callee.prov.op.slice('attribute '.length) : '';
    const held = this.holders.get(name);
    return held && held !== 'matrix' ? held : '';
  }

  isLookup(v: Value): boolean {
    if (v.kind !== 'atom') return false;
    const o = operationOf(v);
    if (!o) return false;
    if (FUNCTIONS.test(o.op)) return true;
    if (o.op === 'embedding' && o.path !== undefined && /functional|nn/.test(o.path)) return true;
    if (EMBEDDING.test(this.layerCalled(v))) return true;
    if (o.op === 'index' || o.op === 'gather' || o.op === 'take' || o.op === 'index_select') {
      const [object] = o.args;
      return object !== undefined && this.isTable(object) && o.args.length >= 2;
    }
    return false;
  }

  /** A matrix of random numbers, or a parameter of the model kept under the name of one. */
  isTable(v: Value): boolean {
    if (v.kind === 'atom' && v.role === 'noise') return true;
    const op = v.prov?.op ?? '';
    if (op.startsWith('attribute ')) return this.holders.get(op.slice('attribute '.length)) === 'matrix';
    const o = operationOf(v);
    if (!o) return false;
    if (/^(rand|uniform|random_uniform|truncated_normal|random_normal|random|random_sample|get_variable|Variable|variable|normal|Parameter|randomUniform|randomNormal|xavier_uniform_|xavier_normal_)$/.test(o.op)) return true;
    if (['*', '/', '-', '+', 'settled', 'carried', 'T', 'transpose', 'join'].includes(o.op)) return o.args.some((a) => a !== v && (a.kind === 'atom' || a.kind === 'linear') && this.isTable(a));
    return v.kind === 'linear' && [...v.terms.keys()].some((a) => this.isTable(a));
  }

  made(v: Value): Made {
    const before = this.memo.get(v);
    if (before) return before;
    const out: Made = { lookups: [], tables: new Set(), layers: new Set(), reduced: false, multiplied: false };
    const seen = new Set<Value>([v]);
    for (const x of seen) {
      if (seen.size > 240) break;
      if (this.isLookup(x)) {
        out.lookups.push(x);
        if (this.layerCalled(x) === 'EmbeddingBag') out.reduced = true;
        continue;
      }
      if (this.isTable(x)) out.tables.add(x);
      const o = operationOf(x);
      if (o) {
        const layer = this.layerCalled(x);
        if (layer !== '') out.layers.add(layer);
        // A network of the file's own between the vectors and the scores: no word alone is scored.
        if (o.callee?.kind === 'instance' && NETWORK.test(o.callee.class.definition.name)) out.layers.add(o.callee.class.definition.name);
        if (REDUCTIONS.has(o.op) && o.args.some((a) => this.isBare(a))) out.reduced = true;
        if ((o.op === '+' || o.op === 'add') && o.args.length >= 2 && o.args.filter((a) => this.isBare(a)).length >= 2) out.reduced = true;
        // `h += table[w]` in a loop.
        if (o.op === '+' && o.args.some((a) => this.isBare(a)) && o.args.some((a) => a.prov?.op === 'carried' || a.kind === 'number')) out.reduced = true;
        if (PRODUCTS.has(o.op)) out.multiplied = true;
      }
      for (const y of x.prov?.args ?? []) seen.add(y);
      // Of a method the receiver.
      for (const y of o?.args ?? []) seen.add(y);
      if (x.kind === 'linear') for (const y of x.terms.keys()) seen.add(y);
      if (x.kind === 'sequence') for (const y of x.items.slice(0, 8)) seen.add(y);
    }
    this.memo.set(v, out);
    return out;
  }

  /** A look-up, or several side by side, and nothing computed from them. */
  private isBare(v: Value, depth = 0): boolean {
    if (depth > 6) return false;
    if (this.isLookup(v)) return true;
    if (v.kind === 'sequence') return v.items.length > 0 && v.items.every((i) => this.isBare(i, depth + 1));
    // A sum of projected vectors is the projection of their sum.
    if (/^(Linear|Dense|dense)$/.test(this.layerCalled(v))) return (operationOf(v)?.args ?? []).some((a) => this.isBare(a, depth + 1));
    const op = v.prov?.op === 'call' ? operationOf(v)?.op ?? '' : v.prov?.op ?? '';
    if (!SHAPES.has(op)) return false;
    const args = operationOf(v)?.args ?? [];
    return args.some((a) => this.isBare(a, depth + 1));
  }

  /** Of a product of two unknown vectors, whatever they are, these two. */
  factorsOf(v: Value, summed = false): readonly Value[] {
    const o = operationOf(v);
    if (!o || v.kind !== 'atom') return [];
    const [first] = o.args;
    if (/^(sum|reduce_sum)$/.test(o.op)) return first ? this.factorsOf(first, true) : [];
    if (/^(squeeze|settled)$/.test(o.op)) return first ? this.factorsOf(first, summed) : [];
    if (!PRODUCTS.has(o.op) || (!summed && /^(\*|mul|multiply|Multiply)$/.test(o.op))) return [];
    const factors = (o.op === 'einsum' ? o.args.slice(1, 3) : o.args.slice(0, 2)).filter((x) => x.kind === 'atom' || x.kind === 'linear');
    return factors.length === 2 ? factors.map(bare) : [];
  }

  /** A product of looked-up vectors and nothing behind it: a score of two words. */
  isScore(v: Value): boolean {
    if (v.kind !== 'atom' && v.kind !== 'linear') return false;
    const m = this.made(v);
    return m.multiplied && m.lookups.length === 2 && [...m.layers].every((l) => l === 'Flatten');
  }
}

const NETWORK = /encoder|decoder|transformer|attention|lstm|gru|rnn|conv|block/i;

/** `net[0]` of `net = Sequential(a, b)` is a. */
function elementOf(o: Operation | null): Operation | null {
  if (o?.op !== 'index' || o.args.length !== 2) return o;
  const whole = operationOf(o.args[0]);
  const [, at] = o.args;
  if (!whole || !/^(Sequential|ModuleList|ModuleDict)$/.test(whole.op) || at.kind !== 'number') return o;
  const items = whole.args[0]?.kind === 'sequence' ? whole.args[0].items : whole.args;
  return items[at.value] ? operationOf(items[at.value]) : o;
}

/** Behind changes of shape and sign. */
function bare(v: Value): Value {
  if (v.kind === 'linear' && v.terms.size === 1) return bare([...v.terms.keys()][0]);
  const o = operationOf(v);
  return o && (SHAPES.has(o.op) || o.op === 'neg' || o.op === 'index') && o.args[0] ? bare(o.args[0]) : v;
}

const readers = new WeakMap<FileView, Lookups>();

export function lookupsOf(view: FileView): Lookups {
  let known = readers.get(view);
  if (!known) readers.set(view, (known = new Lookups(view)));
  return known;
}
