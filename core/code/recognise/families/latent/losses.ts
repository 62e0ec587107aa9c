/** Losses that compare two tensors, by which library or formula ever, and whether a network made one of the other. */
import type { Span } from '../../../parse/ast';
import type { Value } from '../../../interpret/values';
import { keeps, operationOf, type Operation } from '../../graph';
import { match } from '../../match';
import { dotted } from '../../training/survey';
import type { FileView } from '../family';
import { BERNOULLI, BERNOULLI_LOGITS, isNoise } from './formulas';

export type Likelihood = 'bernoulli' | 'gaussian' | 'other';

export interface Comparison {
  kind: Likelihood;
  /** Which of them is the network's output is not told by the call alone. */
  sides: readonly [Value, Value];
  /** The comparison itself. */
  value: Value;
  at: Span;
}

const CROSS_ENTROPY = /^(binary_cross_entropy(_with_logits)?|sigmoid_cross_entropy(_with_logits)?|binary_crossentropy|sigmoid_binary_cross_entropy|BCELoss|BCEWithLogitsLoss|BinaryCrossentropy|BinaryCrossEntropy|sigmoidCrossEntropy|binaryCrossentropy|bce_loss|binary_cross_entropy_loss)$/;
const SQUARES = /^(mse_loss|mean_squared_error|MSELoss|MeanSquaredError|meanSquaredError|squared_difference|squaredDifference|l2_loss|mse|squared_error)$/;
const ABSOLUTE = /^(l1_loss|L1Loss|smooth_l1_loss|SmoothL1Loss|mean_absolute_error|MeanAbsoluteError|absoluteDifference|huber_loss|HuberLoss|absolute_difference)$/;

export function kindOf(name: string): Likelihood | null {
  return CROSS_ENTROPY.test(name) ? 'bernoulli' : SQUARES.test(name) ? 'gaussian' : ABSOLUTE.test(name) ? 'other' : null;
}

const known = new WeakMap<FileView, Comparison[]>();

export function comparisons(view: FileView): Comparison[] {
  let out = known.get(view);
  if (!out) known.set(view, (out = view.computed.flatMap(({ value, at }) => comparison(value, at).map((c) => ({ ...c, value })))));
  return out;
}

function comparison(value: Value, at: Span): Omit<Comparison, 'value'>[] {
  const o = operationOf(value);
  if (!o) return [];
  // `criterion(output, x)`: the criterion is an object of the library.
  const maker = o.op === '' && o.callee ? operationOf(o.callee) : null;
  const kind = kindOf(maker?.op ?? o.op);
  if (kind) return pair(kind, argumentsOf(o), at);
  if (o.op === '**' || o.op === 'square') {
    const [base, power] = o.args;
    if (o.op === '**' && !(power?.kind === 'number' && power.value === 2)) return [];
    const d = base && difference(base);
    return d ? pair('gaussian', d, at) : [];
  }
  // `multiply(d, d)`, `d * d` with d = a − b.
  if ((o.op === 'multiply' || o.op === '*') && o.args.length === 2 && o.args[0] === o.args[1]) {
    const d = difference(o.args[0]);
    return d ? pair('gaussian', d, at) : [];
  }
  if (o.op === 'abs') {
    const d = difference(o.args[0]);
    return d ? pair('other', d, at) : [];
  }
  if (o.op === 'norm' && o.args[0]) {
    const d = difference(o.args[0]);
    return d ? pair('gaussian', d, at) : [];
  }
  if (o.op === '+' || o.op === '-' || o.op === '*') {
    const found = match(value, BERNOULLI) ?? match(value, BERNOULLI_LOGITS);
    if (found) return pair('bernoulli', found.leaves, at);
  }
  // log p(x) of a distribution: its parameter is the network's output.
  if (o.op === 'log_prob' && o.args.length >= 2) {
    const d = operationOf(unwrapped(o.args[0]));
    const likelihood = d && (/^(Bernoulli|RelaxedBernoulli|ContinuousBernoulli)/.test(d.op) ? 'bernoulli' : /^(Normal|MultivariateNormalDiag|Laplace)$/.test(d.op) ? 'gaussian' : null);
    const parameter = d && (d.args[0] ?? d.keywords?.get('logits') ?? d.keywords?.get('probs') ?? d.keywords?.get('loc'));
    if (likelihood && parameter) return pair(likelihood, [parameter, o.args[1]], at);
  }
  return [];
}

function pair(kind: Likelihood, sides: readonly (Value | undefined)[], at: Span): Omit<Comparison, 'value'>[] {
  const [a, b] = sides;
  return a && b ? [{ kind, sides: [a, b], at }] : [];
}

/** `labels=` and `logits=` by name, else the first two. */
function argumentsOf(o: Operation): Value[] {
  const named = ['logits', 'predictions', 'y_pred', 'output', 'pred', 'input', 'labels', 'targets', 'target', 'y_true'].flatMap((k) => { const v = o.keywords?.get(k); return v ? [v] : []; });
  const n = o.keywords ? o.args.length - o.keywords.size : o.args.length;
  return [...o.args.slice(0, n), ...named];
}

/** a and b of a − b, named or not. */
function difference(v: Value | undefined): readonly Value[] | null {
  const form = v?.prov?.op === 'settled' ? v.prov.args[0] : v;
  const o = form && operationOf(form);
  return o?.op === '-' && o.args.length === 2 ? o.args : null;
}

/** `Independent(Normal(…), 1)`, `.to_event(1)`: the distribution itself. */
export function unwrapped(v: Value): Value {
  const o = operationOf(v);
  return o && /^(Independent|to_event|independent|mask|expand)$/.test(o.op) && o.args[0] ? unwrapped(o.args[0]) : v;
}

/** The tensor before it was given another shape, device or type. */
export function bare(v: Value): Value {
  const o = operationOf(v);
  return o && v.kind === 'atom' && o.op !== 'sum' && o.op !== 'mean' && (keeps(o) || /^(view|reshape|flatten|Flatten|to|cuda|float|convert_to_tensor|Reshape)$/.test(o.op)) && o.args[0] ? bare(o.args[0]) : v;
}

const NETWORK = /^(|matmul|dot|dense|linear|fully_connected|mm|bmm|einsum|conv[12]d\w*|deconv2d|conv_transpose[12]d|addmm|@|forward|apply|predict|call|matMul|autoencoder|model|net|network|ae|encode\w*|decode\w*|reconstruct\w*|encoder|decoder|\w*_layer|generator)$/i;
/** Another picture than the one before: what follows is no reconstruction. */
const OTHER = /^(interpolate|resize\w*|downsample\w*|avg_pool2d|roll|index|slice|gather|argmax|shift|warp\w*|rotate|crop\w*|detach_|r?sample)$/;
/** Before the network: data made of other data by a formula. */
const CHANGED = /^(sin|cos|\*\*|square|log|log1p|sqrt)$/;
const DRAWN = /^(q_sample|add_noise)$/;

export interface Reconstruction extends Comparison {
  /** The input was disturbed first. */
  noisy: boolean;
}

/** Comparisons of a network's output with the input that the output was made of. */
export function reconstructions(view: FileView): Reconstruction[] {
  return comparisons(view).flatMap((c) => {
    for (const [output, input] of [c.sides, [c.sides[1], c.sides[0]] as const]) {
      for (const x of [bare(input), ...fedAlike(view, bare(input))]) {
        const way = wayBack(output, x);
        if (way) return [{ ...c, noisy: way.noisy }];
      }
    }
    return [];
  });
}

/** Other placeholders of TensorFlow 1 that are fed the very same: `feed_dict={x: batch, target: batch}`. */
function fedAlike(view: FileView, input: Value): Value[] {
  if (operationOf(input)?.op !== 'placeholder') return [];
  const feeds = view.survey.calls.flatMap((s) => s.call.args.flatMap((a) => (a.value.kind === 'dict' ? [a.value.entries] : [])));
  const out = new Set<Value>();
  for (const entries of feeds) {
    const own = entries.find(({ key }) => key && view.constants.values(key).includes(input));
    const fed = own && dotted(own.value);
    if (!fed) continue;
    for (const { key, value } of entries) if (key && key !== own.key && dotted(value) === fed) view.constants.values(key).forEach((v) => out.add(v));
  }
  return [...out];
}

/** How `output` was made of `input`: through a network at least once, and with nothing that makes another example of it. */
export function wayBack(output: Value, input: Value): { noisy: boolean } | null {
  if ((input.kind !== 'atom' && input.kind !== 'linear') || isNoise(input) || output === input) return null;
  const seen = new Map<Value, { networks: number; noisy: boolean }>([[output, { networks: 0, noisy: false }]]);
  for (const [v, way] of seen) {
    if (seen.size > 500) return null;
    const o = operationOf(v);
    const inner = v.kind === 'atom' || v.kind === 'linear' || v.kind === 'sequence';
    if (!inner) continue;
    if (v === input || sameEntries(v, input)) {
      if (way.networks > 0) return { noisy: way.noisy };
      continue;
    }
    if (o && (OTHER.test(o.op) || DRAWN.test(o.op) || (way.networks > 0 && CHANGED.test(o.op)))) continue;
    const network = o !== null && v.kind === 'atom' && v.prov?.op === 'call' && NETWORK.test(o.op) && kindOf(o.op) === null;
    // A second argument is a time, a level of noise, a condition: another kind of model.
    if (network && o.op === '' && o.args.length > 1 && o.args.slice(1).some((a) => a.kind === 'atom' && a.role !== 'parameter' && a !== o.args[0])) continue;
    const product = o !== null && (o.op === 'matmul' || o.op === 'dot' || o.op === '@' || o.op === 'mm' || o.op === 'tensordot');
    const next = { networks: way.networks + (network || product ? 1 : 0), noisy: way.noisy || (o?.args.some(isNoise) ?? false) };
    const before = v.kind === 'sequence' ? v.items : v.kind === 'linear' ? [...v.terms.keys(), ...(o?.args ?? [])] : (o?.args ?? v.prov?.args ?? []);
    for (const x of before) if (!seen.has(x)) seen.set(x, next);
  }
  return null;
}

/** `x[i]` twice: the same entries of the same tensor. */
function sameEntries(a: Value, b: Value): boolean {
  const [o, p] = [operationOf(a), operationOf(b)];
  return o !== null && p !== null && o.op === 'index' && p.op === 'index' && o.args.length === 2 && o.args[1]?.kind === 'atom' && o.args.every((x, i) => x === p.args[i]);
}
