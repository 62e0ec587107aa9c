/**
 * How the two terms of the loss are added up: followed from where each is made of single entries to the loss that both end in, through sums, means and
 * divisions by the size of the batch. Every way that is seen must lead to the same; what is not understood leaves it open.
 */
import type { Span } from '../../../parse/ast';
import type { Reduction } from '../../../types';
import type { Value } from '../../../interpret/values';
import { operationOf, type Operation } from '../../graph';
import { matchAny } from '../../match';
import type { Told } from '../../training/agree';
import type { FileView, Settings } from '../family';
import { KL_STANDARD } from './formulas';
import { comparisons, kindOf } from './losses';

type Way = 'open' | 'sum' | 'mean';
interface State {
  batch: Way;
  dims: Way;
}

interface Facts {
  /** Entries of one example; 0 where it is not known. */
  size: number;
  /** Of pictures with their axes: a sum over one of these is none over all. */
  images: boolean;
  /** One channel. */
  grey: boolean;
  batch: number;
  /** The first argument of the call that stands there, if it is a number. */
  first: (at: Span) => number | null;
}

interface Edge {
  to: Value;
  by: Operation;
}

interface End {
  state: State | null;
  /** It went through a sum with something else, as a term of the loss does. */
  joined: boolean;
  /** Its gradient is taken there: that is the loss, and what is made of it besides is for the eyes. */
  trained?: boolean;
}

export interface Reductions {
  reconstruction?: Told<Reduction>;
  kl?: Told<Reduction>;
  /** The KL term is multiplied by what changes while the model is trained. */
  annealed: boolean;
}

const MAX_WAYS = 400;
const TRAINED = /^(backward|minimize|gradient|compute_gradients|manual_backward|computeGradients)$/;
/** A copy for the eyes: what is printed or kept is divided once more, or not. */
const LOGGED = /^(item|detach|numpy|cpu|float|str|format|print|append|update_state|tolist|dataSync|data|array|arraySync|log|log_dict|add_scalar|round)$/;
const SAME = /^(settled|carried|join|squeeze|reshape|view|identity|cast|to|asScalar|type|abs_|Variable|contiguous)$/;

export function reductionsOf(view: FileView, told: Settings, images: boolean): Reductions {
  const edges = edgesOf(view);
  const facts: Facts = { size: Number(told.inputSize?.value ?? 0), images, grey: told.channels?.value === 1, batch: Number(told.batchSize?.value ?? 0), first: (at) => firstAt(view, at) };
  const kls: { value: Value; at: { from: number; to: number } }[] = [];
  let annealed = false;
  for (const { value, at } of view.computed) {
    const o = operationOf(value);
    if (o && (o.op === '+' || o.op === '-') && !reduced(value) && matchAny(value, KL_STANDARD)) kls.push({ value, at });
    else if (o?.op === 'kl_divergence' && /^torch/.test(o.path ?? '') && o.args.slice(0, 2).every((a) => operationOf(a)?.op === 'Normal')) kls.push({ value, at });
  }
  const kl = kls.flatMap(({ value, at }) => [{ at, ends: walk(edges, value, { batch: 'open', dims: 'open' }, { ...facts, size: Number(told.latentSize?.value ?? 0), images: false }, (x) => { annealed ||= changes(x); }) }]);
  const likelihood = told.likelihood?.value;
  const rec = comparisons(view).flatMap(({ kind, value, at }) => {
    if (kind !== likelihood) return [];
    const start = startOf(value, facts);
    return start === 'none' ? [] : [{ at, ends: start === null ? [{ state: null, joined: true }] : walk(edges, value, start, facts, () => undefined) }];
  });
  return { reconstruction: agreedOf(rec), kl: agreedOf(kl), annealed };
}

function agreedOf(all: readonly { at: { from: number; to: number }; ends: readonly End[] }[]): Told<Reduction> | undefined {
  const trained = all.some(({ ends }) => ends.some((e) => e.trained));
  const joined = all.flatMap(({ at, ends }) => ends.filter((e) => (trained ? e.trained : e.joined)).map((e) => ({ at, reduction: e.state && named(e.state) })));
  const [first] = joined;
  if (!first || first.reduction === null || joined.some((e) => e.reduction !== first.reduction)) return undefined;
  return { value: first.reduction, source: { span: { from: first.at.from, to: first.at.to }, origin: 'literal', name: 'loss' } };
}

function named({ batch, dims }: State): Reduction | null {
  if (dims === 'sum' && batch === 'sum') return 'sum';
  if (dims === 'sum' && batch === 'mean') return 'batch_mean';
  return dims === 'mean' && batch === 'mean' ? 'mean' : null;
}

function firstAt(view: FileView, at: Span): number | null {
  const e = view.survey.calls.find(({ call }) => call.from === at.from && call.to === at.to)?.call.args.at(0)?.value;
  return e?.kind === 'number' ? e.value : null;
}

/** From each value to what was made of it. */
function edgesOf(view: FileView): ReadonlyMap<Value, Edge[]> {
  const out = new Map<Value, Edge[]>();
  const seen = new Set<Value>();
  const add = (to: Value): void => {
    if (seen.has(to)) return;
    seen.add(to);
    const by = operationOf(to);
    if (!by) return;
    for (const a of by.args) {
      const list = out.get(a);
      if (list) list.push({ to, by });
      else out.set(a, [{ to, by }]);
      if (a.prov && /^(settled|carried|join)$/.test(a.prov.op)) add(a);
    }
  };
  for (const { value } of view.computed) add(value);
  return out;
}

/** Sums and means among what it was made of, down to the entries that a formula is of. */
function reduced(v: Value, depth = 0): boolean {
  const o = depth < 8 ? operationOf(v) : null;
  if (!o) return false;
  return /^(reduce_)?(nan)?(sum|mean)$|^average$/.test(o.op) || (/^[-+*/]$|^\*\*$|^(settled|exp|square|pow|neg|add|sub|mul|log)_?$/.test(o.op) && o.args.some((a) => reduced(a, depth + 1)));
}

function walk(edges: ReadonlyMap<Value, Edge[]>, from: Value, start: State, facts: Facts, multiplied: (by: Value) => void): End[] {
  const ends: End[] = [];
  const seen = new Set<string>();
  const ids = new Map<Value, number>();
  const idOf = (v: Value) => { let id = ids.get(v); if (id === undefined) ids.set(v, (id = ids.size)); return id; };
  const queue: { at: Value; state: State; joined: boolean }[] = [{ at: from, state: start, joined: false }];
  for (const step of queue) {
    if (queue.length > MAX_WAYS) return [{ state: null, joined: true }];
    const next = (edges.get(step.at) ?? []).filter(({ by }) => !LOGGED.test(by.op));
    if (next.some(({ by }) => TRAINED.test(by.op))) {
      ends.push({ state: step.state, joined: step.joined, trained: true });
      continue;
    }
    let on = false;
    for (const { to, by } of next) {
      const moved = move(step.state, step.at, by, facts, multiplied);
      // Into a call that nothing is known of: the loss is handed over as it is.
      if (moved === 'end') continue;
      on = true;
      if (moved === null) { ends.push({ state: null, joined: true }); continue; }
      const joined = step.joined || moved.joins;
      const key = `${idOf(to)} ${moved.state.batch} ${moved.state.dims} ${String(joined)}`;
      if (!seen.has(key)) { seen.add(key); queue.push({ at: to, state: moved.state, joined }); }
    }
    if (!on) ends.push({ state: step.state, joined: step.joined });
  }
  return ends;
}

type Move = { state: State; joins: boolean } | 'end' | null;

function move(state: State, at: Value, by: Operation, facts: Facts, multiplied: (by: Value) => void): Move {
  const stay = { state, joins: false };
  const { op, args } = by;
  const other = args.find((a) => a !== at);
  if (SAME.test(op) || /^(neg|negative|neg_)$/.test(op)) return stay;
  if (op === '-' && args.length === 1) return stay;
  if (/^(reduce_)?sum$|^(reduce_)?mean$|^mean_$|^sum_$/.test(op)) return reduce(state, /sum/.test(op) ? 'sum' : 'mean', axesOf(by), facts);
  // The accumulator of an epoch is no loss.
  if (op === '+' || op === '-' || op === 'add' || op === 'sub') return other === undefined || other.kind === 'number' ? 'end' : { state, joins: true };
  if (op === '*' || op === 'mul' || op === 'multiply') {
    if (other?.kind === 'number') {
      if (other.joined) multiplied(other);
      if (state.dims === 'mean' && facts.size > 1 && other.value === facts.size) return { state: { ...state, dims: 'sum' }, joins: false };
      return state.dims === 'mean' && Math.abs(other.value) >= 16 && !facts.size ? null : stay;
    }
    if (other) multiplied(other);
    return stay;
  }
  if (op === '/' || op === 'div' || op === 'divide' || op === 'true_divide') {
    if (args[0] !== at || !other) return 'end';
    if (isBatch(other, facts)) return state.batch === 'sum' ? { state: { ...state, batch: 'mean' }, joins: false } : null;
    return other.kind === 'number' && Math.abs(other.value) <= 2 ? stay : null;
  }
  return 'end';
}

function isBatch(v: Value, facts: Facts): boolean {
  if (v.kind === 'number') return (v.src !== undefined && /batch|^bs$/i.test(v.src.name)) || (facts.batch > 2 && v.value === facts.batch && v.src?.name !== '');
  const o = operationOf(v);
  if (!o) return false;
  if (o.op === 'settled' || o.op === 'float' || o.op === 'cast') return o.args.some((a) => isBatch(a, facts));
  if (o.op === 'len') return true;
  // Of a known tensor the method's argument is in the text alone.
  if (o.op === 'size') return (o.args[1]?.kind === 'number' && o.args[1].value === 0) || (v.prov !== undefined && o.args.length === 1 && facts.first(v.prov.at) === 0);
  if (o.op === 'index' || o.op === 'element') return o.args[1]?.kind === 'number' && o.args[1].value === 0 && /shape/.test(operationOf(o.args[0])?.op ?? '');
  return false;
}

type Axes = 'all' | 'batch' | 'last' | 'dims' | 'unknown';

function axesOf(o: Operation): Axes {
  const positional = o.args.length - (o.keywords?.size ?? 0);
  const axis = o.keywords?.get('axis') ?? o.keywords?.get('dim') ?? (positional > 1 ? o.args[1] : undefined);
  if (axis === undefined || axis.kind === 'none') return 'all';
  if (axis.kind === 'number') return axis.value === 0 ? 'batch' : axis.value === 1 || axis.value === -1 ? 'last' : 'unknown';
  if (axis.kind !== 'sequence') return 'unknown';
  const list = axis.items.map((i) => (i.kind === 'number' ? i.value : NaN));
  if (list.some((x) => Number.isNaN(x))) return 'unknown';
  return list.includes(0) ? 'unknown' : list.length === 1 ? 'last' : 'dims';
}

function reduce(state: State, by: 'sum' | 'mean', axes: Axes, facts: Facts): Move {
  const to = (batch: Way, dims: Way): Move => ({ state: { batch, dims }, joins: false });
  switch (axes) {
    case 'all': return to(state.batch === 'open' ? by : state.batch, state.dims === 'open' ? by : state.dims);
    case 'batch': return state.batch === 'open' ? to(by, state.dims) : null;
    // One axis of a picture is not all of them.
    case 'last': return state.dims !== 'open' || facts.images ? null : to(state.batch, by);
    case 'dims': return state.dims === 'open' ? to(state.batch, by) : null;
    case 'unknown': return null;
  }
}

/** What the loss of a library has added up already. `none`: no place to begin at; null: not known. */
function startOf(value: Value, facts: Facts): State | null | 'none' {
  const o = operationOf(value);
  if (!o) return 'none';
  const open: State = { batch: 'open', dims: 'open' };
  const mean: State = { batch: 'mean', dims: 'mean' };
  const maker = o.op === '' && o.callee ? operationOf(o.callee) : null;
  const name = maker?.op ?? o.op;
  const path = (maker ?? o).path ?? '';
  if (name === 'mse_loss' && path === '') {
    const option = o.args.at(2);
    if (option?.kind === 'string') return option.value === 'sum' ? { batch: 'sum', dims: 'sum' } : option.value === 'mean' ? mean : option.value === 'none' ? open : null;
    return option ? null : mean;
  }
  if (kindOf(name) === null) return o.op === 'norm' || o.op === 'log_prob' ? null : reduced(value) ? null : open;
  const keywords = (maker ?? o).keywords;
  if (/^torch/.test(path)) {
    const reduction = keywords?.get('reduction');
    if (reduction) return reduction.kind !== 'string' ? null : reduction.value === 'sum' ? { batch: 'sum', dims: 'sum' } : reduction.value === 'mean' ? mean : reduction.value === 'none' ? open : null;
    const average = keywords?.get('size_average');
    if (average) return average.kind === 'boolean' ? (average.value ? mean : { batch: 'sum', dims: 'sum' }) : null;
    // Weights and options by position are no plain means.
    const positional = (maker ?? o).args.length - (keywords?.size ?? 0);
    return keywords?.has('reduce') || positional > (maker ? 0 : 2) ? null : mean;
  }
  if (/^optax|(^|\.)nn\.(sigmoid_cross_entropy_with_logits|l2_loss)$|squared_difference$/i.test(path) || /^squaredDifference$/.test(name)) return name === 'l2_loss' && !/^optax/.test(path) ? null : open;
  // TensorFlow.js and TensorFlow 1: the mean of all that counts.
  if (/^@tensorflow\/tfjs|(^|\.)tfjs|^tf\.losses\.(sigmoidCrossEntropy|meanSquaredError)$/.test(path) || /^(sigmoidCrossEntropy|meanSquaredError)$/.test(name)) return keywords && keywords.size > 0 ? null : mean;
  if (/keras|(^|\.)(losses|metrics|objectives|backend)\b/.test(path)) {
    if (maker) return keywords?.has('reduction') ? null : mean;
    if (/^[A-Z]/.test(name)) return 'none';
    // The mean of the last axis; of grey pictures that is one channel.
    if (/backend/.test(path)) return open;
    return !facts.images ? { batch: 'open', dims: 'mean' } : facts.grey ? open : null;
  }
  return null;
}

/** A weight that is neither a number nor a parameter that nobody has given yet. */
function changes(v: Value): boolean {
  if (v.kind === 'number') return v.joined === true;
  const o = operationOf(v);
  if (!o || v.kind !== 'atom') return v.kind === 'linear' && v.prov !== undefined;
  const parts = /^(settled|carried)$/.test(o.op) ? o.args : [];
  if (parts.length > 0) return parts.some(changes);
  return /^(min|max|minimum|maximum|clip|clamp|linspace|tanh|sigmoid|exp|join|carried|index|element|[-+*/%]|\*\*)$/.test(o.op);
}
