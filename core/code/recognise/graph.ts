/**
 * How a value was computed, as a graph of operations with the names of no library: what the interpreter saw, ready to be evaluated at numbers of our choice.
 * Sums, means and changes of shape leave a scalar as it is, so a loss is read as the function of one entry that it sums.
 */
import { OPERATORS } from '../interpret/arithmetic';
import { UNARY } from '../interpret/numeric';
import type { Provenance, Value } from '../interpret/values';

export interface Operation {
  /** Last part of the name in its library, or the operator: `+`, `exp`, `kl_divergence`; empty for a call of something unknown. */
  op: string;
  /** Operands; of a method the receiver first. */
  args: readonly Value[];
  keywords?: ReadonlyMap<string, Value>;
  /** Dotted path of the library's function; the callee where it is no module's. */
  path?: string;
  callee?: Value;
}

const operations = new WeakMap<Provenance, Operation>();

/** Null for what was not computed: parameters, constants, unknown names. */
export function operationOf(v: Value): Operation | null {
  const { prov } = v;
  if (!prov) return null;
  let known = operations.get(prov);
  if (!known) operations.set(prov, (known = operationIn(prov)));
  return known;
}

function operationIn(prov: Provenance): Operation {
  if (prov.op !== 'call') return { op: prov.op, args: prov.args };
  const [callee, ...args] = prov.args;
  const { keywords } = prov;
  if (callee.kind === 'module') return { op: callee.path.slice(callee.path.lastIndexOf('.') + 1), args, keywords, path: callee.path, callee };
  if (callee.kind === 'bound') return { op: callee.name, args: [callee.object, ...args], keywords, callee };
  // A method of an object that is unknown: `q.rsample()`, `layers.dense(…)`.
  if (callee.kind === 'atom' && callee.prov?.op.startsWith('attribute ')) return { op: callee.prov.op.slice('attribute '.length), args: [...callee.prov.args, ...args], keywords, callee };
  if (callee.kind === 'atom' && callee.prov?.op.startsWith('name ')) return { op: callee.prov.op.slice('name '.length), args, keywords, path: callee.prov.op.slice('name '.length), callee };
  return { op: moduleOf(callee), args, keywords, callee };
}

/** Modules without weights that are functions of one number: `nn.LogSigmoid()(x)`. */
const MODULES: Readonly<Record<string, string>> = { LogSigmoid: 'logsigmoid', Sigmoid: 'sigmoid', Softplus: 'softplus', Tanh: 'tanh', ReLU: 'relu' };

function moduleOf(callee: Value): string {
  if (callee.kind !== 'atom' || callee.prov?.op !== 'call' || callee.prov.args.length !== 1) return '';
  const name = operationOf(callee)?.op ?? '';
  return Object.hasOwn(MODULES, name) ? MODULES[name] : '';
}

const MORE: Readonly<Record<string, (x: number) => number>> = {
  softplus: (x) => Math.log1p(Math.exp(x)),
  logsigmoid: (x) => -Math.log1p(Math.exp(-x)), log_sigmoid: (x) => -Math.log1p(Math.exp(-x)), logSigmoid: (x) => -Math.log1p(Math.exp(-x)),
  relu: (x) => Math.max(x, 0), sign: Math.sign, cosh: Math.cosh, sinh: Math.sinh, atanh: Math.atanh, arctanh: Math.atanh, erf,
  log_softplus: (x) => Math.log(Math.log1p(Math.exp(x))),
};

/** Functions of two numbers. */
const BINARY: Readonly<Record<string, (x: number, y: number) => number>> = { ...OPERATORS, logaddexp: (x, y) => Math.max(x, y) + Math.log1p(Math.exp(-Math.abs(x - y))) };

/** The entry stays itself: reductions, shapes, types, bounds that a typical number does not meet. */
const SAME = new Set(['sum', 'mean', 'reduce_sum', 'reduce_mean', 'nansum', 'nanmean', 'average', 'settled', 'carried', 'clamp', 'clip', 'clip_by_value', 'Variable', 'stop_gradient', 'identity', 'dot_product',
  'view', 'reshape', 'transpose', 'permute', 'squeeze', 'expand_dims', 'flatten', 'element', 'tanh_clip', 'checkpoint', 'batch_flatten', 'join', 'asscalar', 'mean_', 'sum_']);

/** Does the operation leave the entry what it was? TensorFlow's variables begin as their argument and are learnt. */
export function keeps(o: Operation): boolean {
  return SAME.has(o.op) && o.op !== 'element' && !(o.op === 'Variable' && (o.path ?? '').startsWith('tensorflow'));
}

export function unaryOf(op: string): ((x: number) => number) | null {
  const bare = op.endsWith('_') && op.length > 1 ? op.slice(0, -1) : op;
  return Object.hasOwn(UNARY, bare) ? UNARY[bare] : Object.hasOwn(MORE, bare) ? MORE[bare] : null;
}

export function binaryOf(op: string): ((x: number, y: number) => number) | null {
  return Object.hasOwn(BINARY, op) ? BINARY[op] : null;
}

/** Operands whose numbers give the value's number; null for what no formula can be seen in. */
export function operandsOf(v: Value): readonly Value[] | null {
  if (v.kind === 'linear') return [...v.terms.keys()];
  const o = operationOf(v);
  if (!o || v.kind !== 'atom') return null;
  if (o.args.length >= 2 && Object.hasOwn(BINARY, o.op)) return o.args.slice(0, 2);
  if (o.args.length >= 1 && unaryOf(o.op) !== null) return o.args.slice(0, 1);
  // An element of an unknown call is one of several results, not the call's.
  if (o.args.length >= 1 && keeps(o)) return o.args.slice(0, 1);
  return null;
}

/** All that the value's number is computed from, itself included; bounded. */
export function nodesOf(v: Value, limit = 160): Value[] {
  const seen = new Set<Value>([v]);
  for (const x of seen) {
    if (seen.size > limit) break;
    const through = operationOf(x);
    const direct = x.kind === 'linear' && through ? through.args.filter((a) => a.kind === 'atom' || a.kind === 'linear') : [];
    for (const y of [...direct, ...(operandsOf(x) ?? [])]) if (y.kind === 'atom' || y.kind === 'linear') seen.add(y);
  }
  return [...seen];
}

/** Is `found` among what the value was made of, by any operation at all? */
export function comesFrom(v: Value, found: (x: Value) => boolean, limit = 400): boolean {
  const seen = new Set<Value>([v]);
  for (const x of seen) {
    if (found(x)) return true;
    if (seen.size > limit) return false;
    for (const y of x.prov?.args ?? []) seen.add(y.kind === 'bound' ? y.object : y);
    if (x.kind === 'linear') for (const y of x.terms.keys()) seen.add(y);
    if (x.kind === 'sequence') for (const y of x.items.slice(0, 16)) seen.add(y);
  }
  return false;
}

/** Abramowitz and Stegun 7.1.26, |error| ≤ 1.5e-7. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const y = 1 - ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t * Math.exp(-x * x);
  return x < 0 ? -y : y;
}
