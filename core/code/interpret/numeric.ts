/**
 * Numeric functions that PyTorch, NumPy, JAX, TensorFlow and `math` share, by their names in the libraries. Each is also
 * a method where the libraries have it (`x.cumprod(0)`), with the receiver as first argument.
 */
import type { Span } from '../parse/ast';
import { binary, unary } from './arithmetic';
import { asArray, linspace, MAX_LENGTH, scan } from './arrays';
import { asForm, fromForm, gather, indexVector, isConstant, zip } from './linear';
import type { CallArguments, Machine } from './machine';
import { push } from './machine';
import type { ArrayValue, Provenance, Value } from './values';
import { array, join, number, supposed, SUPPOSED_ENDS } from './values';

export interface Call {
  m: Machine;
  at: Span;
  owner: string;
  args: CallArguments;
}

type Numeric = (c: Call) => Value | null;

/** Positional argument i, or one of the keywords. */
export function arg(c: Call, i: number, ...names: string[]): Value | undefined {
  for (const name of names) {
    const value = c.args.keywords.get(name);
    if (value) return value;
  }
  return c.args.positional[i];
}

function prov(c: Call, op: string): Provenance {
  return { op, args: [...c.args.positional, ...c.args.keywords.values()], at: c.at };
}

/** Functions of one real number, under all their names. */
export const UNARY: Readonly<Record<string, (x: number) => number>> = {
  exp: Math.exp, log: Math.log, sqrt: Math.sqrt, cos: Math.cos, sin: Math.sin, tan: Math.tan, tanh: Math.tanh, abs: Math.abs,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)), expit: (x) => 1 / (1 + Math.exp(-x)), square: (x) => x * x, log1p: Math.log1p,
  expm1: Math.expm1, rsqrt: (x) => 1 / Math.sqrt(x), reciprocal: (x) => 1 / x, floor: Math.floor, ceil: Math.ceil,
  negative: (x) => -x, neg: (x) => -x, atan: Math.atan, arctan: Math.atan, log10: Math.log10, log2: Math.log2,
};

const BINARY: Record<string, string> = {
  pow: '**', power: '**', float_power: '**', mul: '*', multiply: '*', add: '+', sub: '-', subtract: '-', div: '/', divide: '/',
  true_divide: '/', minimum: 'min', maximum: 'max', floor_divide: '//',
};

/** Return their first argument: type, device and shape changes that leave the numbers alone. */
const SAME = ['tensor', 'array', 'as_tensor', 'asarray', 'from_numpy', 'FloatTensor', 'DoubleTensor', 'Tensor', 'float32', 'float64', 'convert_to_tensor', 'constant', 'cast',
  'rearrange', 'atleast_1d', 'ascontiguousarray', 'nan_to_num', 'stop_gradient', 'Parameter', 'squeeze', 'reshape', 'expand_dims', 'broadcast_to', 'to_device', 'device_put'];

const NOISE = ['randn', 'randn_like', 'normal', 'standard_normal', 'random_normal', 'normal_like', 'noise_like', 'randn_tensor', 'normal_'];

function known(c: Call, i: number, ...names: string[]): ArrayValue | null {
  const value = arg(c, i, ...names);
  const a = value ? asArray(value) : null;
  if (a) c.m.spend(a.data.length);
  return a;
}

function scanned(op: string, f: (acc: number, x: number) => number): Numeric {
  return (c) => {
    const value = arg(c, 0, 'input', 'a', 'x');
    const a = value ? asArray(value) : null;
    if (a) return array(scan(a.data, f), prov(c, op), a.shape.length ? a.shape : [1]);
    // cumprod(1 − x): if x is the caller's, it may be the betas.
    if (op === 'cumprod' && value?.kind === 'linear' && value.terms.size === 1) {
      const [k] = value.terms.values();
      if (k.v.every((x) => x === -1) && value.constant.v.every((x) => x === 1)) c.m.want(value, 'betas');
    }
    return null;
  };
}

function length(c: Call, value: Value | undefined): number | null {
  if (!value) return null;
  if (value.kind === 'number') return Number.isInteger(value.value) && value.value >= 0 && value.value <= MAX_LENGTH ? value.value : null;
  c.m.want(value, 'size');
  return null;
}

/** Shape arguments of zeros, ones, full: a length n where it is one axis, else null. */
function oneAxis(c: Call, first: number, count: number): number | null {
  const given = arg(c, first, 'size', 'shape');
  if (!given || c.args.positional.length > first + count) return null;
  if (given.kind === 'sequence') return given.items.length === 1 ? length(c, given.items[0]) : null;
  return length(c, given);
}

/** Evenly spaced after `into`, and brought back. */
function spaced(c: Call, op: string, into: (x: number) => number, back: (x: number) => number): Value | null {
  const [a, b] = [arg(c, 0, 'start'), arg(c, 1, 'end', 'stop')];
  const count = arg(c, 2, 'steps', 'num');
  const n = count === undefined ? 50 : length(c, count);
  if (a?.kind !== 'number' || b?.kind !== 'number' || n === null) return null;
  c.m.spend(n);
  return array(linspace(into(a.value), into(b.value), n).map(back), prov(c, op));
}

function filled(op: string, value: number): Numeric {
  return (c) => {
    const n = c.args.positional.length === 1 || c.args.keywords.has('size') || c.args.keywords.has('shape') ? oneAxis(c, 0, 1) : null;
    // A constant tensor of unknown shape is the constant.
    return n === null ? number(value, false, prov(c, op)) : array(new Float64Array(n).fill(value), prov(c, op));
  };
}

function filledLike(op: string, value: number): Numeric {
  return (c) => {
    const a = known(c, 0, 'input', 'a');
    return a && a.shape.length ? array(new Float64Array(a.data.length).fill(value), prov(c, op), a.shape) : number(value, false, prov(c, op));
  };
}

function concatenated(c: Call, parts: Value[], op: string): Value | null {
  const arrays: ArrayValue[] = [];
  for (const part of parts) {
    const a = asArray(part);
    if (!a) return null;
    arrays.push(a);
  }
  const n = arrays.reduce((s, a) => s + a.data.length, 0);
  c.m.spend(n);
  const data = new Float64Array(n);
  let offset = 0;
  for (const a of arrays) {
    data.set(a.data, offset);
    offset += a.data.length;
  }
  return array(data, { op, args: arrays, at: c.at });
}

const TABLE: Record<string, Numeric> = {
  cumprod: scanned('cumprod', (a, x) => a * x),
  cumulative_prod: scanned('cumprod', (a, x) => a * x),
  cumsum: scanned('cumsum', (a, x) => a + x),
  prod: (c) => reduce(c, 'prod', (a, x) => a * x, 1),
  sum: (c) => reduce(c, 'sum', (a, x) => a + x, 0),
  linspace: (c) => {
    // `linspace(*ends, T)` with ends that nobody gives: any will do.
    const open = c.args.open && c.args.positional.length < 2;
    const start = open ? number(SUPPOSED_ENDS.start, false, undefined, supposed()) : arg(c, 0, 'start');
    const stop = open ? number(SUPPOSED_ENDS.stop, false, undefined, supposed()) : arg(c, 1, 'end', 'stop');
    const count = arg(c, open ? 0 : 2, 'steps', 'num');
    const n = count === undefined ? 50 : length(c, count);
    if (start && start.kind !== 'number') c.m.want(start, 'start');
    if (stop && stop.kind !== 'number') c.m.want(stop, 'stop');
    if (start?.kind !== 'number' || stop?.kind !== 'number' || n === null) return null;
    c.m.spend(n);
    const endpoint = c.args.keywords.get('endpoint');
    return array(linspace(start.value, stop.value, n, !(endpoint?.kind === 'boolean' && !endpoint.value)), prov(c, 'linspace'));
  },
  geomspace: (c) => spaced(c, 'geomspace', Math.log, Math.exp),
  logspace: (c) => {
    const base = c.args.keywords.get('base');
    const b = base === undefined ? 10 : base.kind === 'number' ? base.value : NaN;
    return spaced(c, 'logspace', (x) => x, (x) => b ** x);
  },
  arange: (c) => {
    const [a, b, s] = c.args.positional.length >= 2 || c.args.keywords.has('end') ? [arg(c, 0, 'start'), arg(c, 1, 'end', 'stop'), arg(c, 2, 'step')] : [number(0), arg(c, 0, 'end', 'stop'), arg(c, 2, 'step')];
    const step = s === undefined ? 1 : s.kind === 'number' ? s.value : NaN;
    if (a?.kind !== 'number' || b?.kind !== 'number' || !(step !== 0)) {
      if (b && b.kind !== 'number') c.m.want(b, 'size');
      else if (a && a.kind !== 'number') c.m.want(a, 'size');
      return null;
    }
    const n = Math.max(0, Math.ceil((b.value - a.value) / step));
    if (!(n <= MAX_LENGTH)) return null;
    c.m.spend(n);
    return array(Float64Array.from({ length: n }, (_, i) => a.value + i * step), prov(c, 'arange'));
  },
  zeros: filled('zeros', 0), ones: filled('ones', 1), zeros_like: filledLike('zeros', 0), ones_like: filledLike('ones', 1),
  empty: filled('empty', 0), empty_like: filledLike('empty', 0),
  full: (c) => {
    const value = arg(c, 1, 'fill_value');
    const n = value?.kind === 'number' ? oneAxis(c, 0, 2) : null;
    return n !== null && value?.kind === 'number' ? array(new Float64Array(n).fill(value.value), prov(c, 'full')) : (value ?? null);
  },
  full_like: (c) => arg(c, 1, 'fill_value') ?? null,
  repeat: (c) => arg(c, 0, 'x', 'a') ?? null,
  clip: clamped, clamp: clamped, clip_by_value: clamped,
  flip: (c) => reversed(c), flipud: (c) => reversed(c),
  where: (c) => {
    const [test, a, b] = c.args.positional;
    if (!test || !a || !b) return null;
    return test.kind === 'boolean' ? (test.value ? a : b) : a.kind === 'array' || b.kind === 'array' ? null : join(a, b);
  },
  cat: (c) => concatenatedList(c), concat: (c) => concatenatedList(c), concatenate: (c) => concatenatedList(c), hstack: (c) => concatenatedList(c),
  append: (c) => concatenated(c, c.args.positional.slice(0, 2), 'append'),
  insert: (c) => {
    const a = known(c, 0, 'arr');
    const [, at, value] = c.args.positional;
    return a && at?.kind === 'number' && at.value === 0 && value ? concatenated(c, [value, a], 'insert') : null;
  },
  pad: (c) => {
    const a = known(c, 0, 'input', 'array');
    const widths = arg(c, 1, 'pad', 'pad_width');
    const fill = arg(c, 3, 'value', 'constant_values');
    const flat = widths?.kind === 'sequence' ? widths.items.flatMap((i) => (i.kind === 'sequence' ? i.items : [i])) : [];
    const [left, right] = flat;
    if (!a || left?.kind !== 'number' || right?.kind !== 'number' || flat.length !== 2 || left.value < 0 || right.value < 0 || left.value + right.value > MAX_LENGTH) return null;
    const x = fill?.kind === 'number' ? fill.value : 0;
    return concatenated(c, [array(new Float64Array(left.value).fill(x)), a, array(new Float64Array(right.value).fill(x))], 'pad');
  },
  gather: (c) => {
    const index = arg(c, 2, 'index') ?? arg(c, 1, 'indices');
    const from = arg(c, 0, 'input', 'params');
    return from && index ? (subscript(c.m, from, index, c.at) ?? null) : null;
  },
  take: (c) => (c.args.positional.length >= 2 ? subscript(c.m, c.args.positional[0], c.args.positional[1], c.at) : null),
  randint: (c) => c.m.atom('index', prov(c, 'randint')),
  integers: (c) => c.m.atom('index', prov(c, 'randint')),
  squared_difference: (c) => {
    const [x, y] = [arg(c, 0, 'x', 'a'), arg(c, 1, 'y', 'b')];
    if (!x || !y) return null;
    push(c.m.trace.losses, { value: [x, y], at: c.at, owner: c.owner });
    return binary(c.m, '**', binary(c.m, '-', x, y, c.at), number(2), c.at);
  },
  addcmul: (c) => {
    const [x, a, b] = c.args.positional;
    const scale = c.args.keywords.get('value');
    if (!x || !a || !b) return null;
    const product = binary(c.m, '*', a, b, c.at);
    return binary(c.m, '+', x, scale ? binary(c.m, '*', scale, product, c.at) : product, c.at);
  },
  mse_loss: (c) => loss(c), l1_loss: (c) => loss(c), smooth_l1_loss: (c) => loss(c), huber_loss: (c) => loss(c), mean_squared_error: (c) => loss(c),
};
TABLE.index_select = TABLE.gather;

for (const [name, f] of Object.entries(UNARY)) TABLE[name] ??= (c) => { const x = arg(c, 0, 'input', 'x', 'a'); return x ? unary(c.m, name, f, x, c.at) : null; };
for (const [name, op] of Object.entries(BINARY)) TABLE[name] ??= (c) => { const x = arg(c, 0, 'input', 'x1'); const y = arg(c, 1, 'other', 'exponent', 'x2'); return x && y ? binary(c.m, op, x, y, c.at) : null; };
for (const name of SAME) TABLE[name] ??= (c) => { const x = arg(c, 0, 'data', 'object', 'input', 'x'); return x ? same(x, c, name) : null; };
for (const name of NOISE) TABLE[name] ??= (c) => c.m.atom('noise', prov(c, 'noise'));

function same(x: Value, c: Call, name: string): Value {
  // What is learnt is no longer what it began as: a size, noise.
  if (name === 'Parameter' && x.kind !== 'array' && x.kind !== 'sequence') return c.m.atom('other', prov(c, name));
  if (x.kind !== 'sequence') return x;
  // tensor([t]) and tensor([t] * n) are t in every row.
  const [first] = x.items;
  if (first && x.items.every((i) => i === first) && first.kind !== 'number') return first;
  return asArray(x) ?? (x.items.length === 1 && first ? first : c.m.atom('other', prov(c, name)));
}

function concatenatedList(c: Call): Value | null {
  const list = arg(c, 0, 'tensors', 'values', 'arrays');
  return list?.kind === 'sequence' ? concatenated(c, list.items, 'concatenate') : null;
}

function reversed(c: Call): Value | null {
  const a = known(c, 0, 'input', 'm');
  return a ? array(a.data.slice().reverse(), prov(c, 'flip'), a.shape) : null;
}

function reduce(c: Call, op: string, f: (a: number, x: number) => number, start: number): Value | null {
  const a = known(c, 0, 'input', 'a');
  return a ? number(a.data.reduce(f, start), false, prov(c, op)) : null;
}

function clamped(c: Call): Value | null {
  const x = arg(c, 0, 'input', 'a', 'x', 't');
  const low = arg(c, 1, 'min', 'a_min', 'clip_value_min', 'min_value');
  const high = arg(c, 2, 'max', 'a_max', 'clip_value_max', 'max_value');
  if (!x) return null;
  const bound = (v: Value | undefined, otherwise: number) => (v === undefined || v.kind === 'none' ? otherwise : v.kind === 'number' ? v.value : NaN);
  const a = bound(low, -Infinity);
  const b = bound(high, Infinity);
  if (Number.isNaN(a) || Number.isNaN(b)) return null;
  return unary(c.m, 'clamp', (v) => Math.min(Math.max(v, a), b), x, c.at);
}

function loss(c: Call): Value | null {
  const a = arg(c, 0, 'input', 'predictions');
  const b = arg(c, 1, 'target', 'labels');
  if (a && b) push(c.m.trace.losses, { value: [a, b], at: c.at, owner: c.owner });
  return null;
}

/** `values[index]` with one index, known or not. */
export function subscript(m: Machine, object: Value, index: Value, at: Span): Value | null {
  const p: Provenance = { op: 'index', args: [object, index], at };
  if (object.kind === 'sequence' && index.kind === 'number') return object.items.at(index.value) ?? null;
  if (object.kind === 'dict' && (index.kind === 'string' || index.kind === 'number')) return object.entries.get(String(index.value)) ?? null;
  const a = object.kind === 'array' ? object : object.kind === 'sequence' ? asArray(object) : null;
  if (!a) return null;
  if (index.kind === 'number') {
    const x = a.data.at(index.value);
    return x === undefined ? null : number(x, false, p);
  }
  if (index.kind === 'array') {
    if (!index.data.every((i) => Number.isInteger(i) && i < a.data.length && i >= -a.data.length)) return null;
    m.spend(index.data.length);
    return array(index.data.map((i) => a.data.at(i) as number), p);
  }
  const form = asForm(index);
  const vector = form && (form.terms.size > 0 || !isConstant(form) || form.constant.index.length > 0) ? indexVector(form) : null;
  if (vector) push(m.trace.gathers, { value: index, data: a.data });
  return vector ? fromForm({ terms: new Map(), constant: gather(a, vector) }, p) : null;
}

/** The function's value, or an atom where it is not known. */
export function callNumeric(name: string, c: Call): Value | undefined {
  const f = Object.hasOwn(TABLE, name) ? TABLE[name] : undefined;
  if (!f) return undefined;
  const value = f(c);
  if (!value) return c.m.atom('other', prov(c, name));
  c.m.observe(value, c.at, c.owner);
  return value;
}

/** Elementwise minimum or maximum of Python's builtins with several arguments. */
export function extremum(c: Call, op: 'min' | 'max'): Value | null {
  const items = c.args.positional.length === 1 && c.args.positional[0].kind === 'sequence' ? c.args.positional[0].items : c.args.positional;
  const numbers = items.map((v) => (v.kind === 'number' ? v.value : NaN));
  if (numbers.length > 0 && !numbers.some(Number.isNaN)) {
    const best = numbers.reduce(op === 'min' ? (x, y) => Math.min(x, y) : (x, y) => Math.max(x, y));
    return { ...(items[numbers.indexOf(best)] as Value), prov: prov(c, op) } as Value;
  }
  const forms = items.map(asForm);
  const [a, b] = forms;
  if (forms.length === 2 && a && b && isConstant(a) && isConstant(b)) return fromForm({ terms: new Map(), constant: zip(a.constant, b.constant, op === 'min' ? Math.min : Math.max) }, prov(c, op));
  return null;
}
