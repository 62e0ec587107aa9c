/** Functions of TensorFlow.js and the same as methods of tensors, in terms of the functions all libraries share. */
import { binary } from './arithmetic';
import { asArray, MAX_LENGTH, scan, sliceIndices } from './arrays';
import { invoke, listOf } from './javascript';
import { push } from './machine';
import type { Call } from './numeric';
import { callNumeric, subscript } from './numeric';
import type { Value } from './values';
import { array, number } from './values';

/** Names that differ from those of `numeric.ts`, or are the same there; the arguments stand in the same order. */
const SHARED: Readonly<Record<string, string>> = {
  linspace: 'linspace', zeros: 'zeros', ones: 'ones', zerosLike: 'zeros_like', onesLike: 'ones_like', fill: 'full',
  scalar: 'tensor', tensor: 'tensor', tensor1d: 'tensor', tensor2d: 'tensor', tensor3d: 'tensor', tensor4d: 'tensor', variable: 'tensor', keep: 'tensor', cast: 'tensor',
  reshape: 'tensor', expandDims: 'tensor', squeeze: 'tensor', clone: 'tensor', broadcastTo: 'tensor', tile: 'tensor', stack: 'tensor',
  as1D: 'tensor', as2D: 'tensor', as3D: 'tensor', as4D: 'tensor', asType: 'tensor', toFloat: 'tensor', toInt: 'tensor', toBool: 'tensor', flatten: 'tensor', asScalar: 'tensor', reshapeAs: 'tensor',
  sqrt: 'sqrt', rsqrt: 'rsqrt', square: 'square', exp: 'exp', expm1: 'expm1', log: 'log', log1p: 'log1p', cos: 'cos', sin: 'sin', tan: 'tan', tanh: 'tanh', sigmoid: 'sigmoid',
  abs: 'abs', neg: 'neg', reciprocal: 'reciprocal', floor: 'floor', ceil: 'ceil',
  add: 'add', sub: 'sub', mul: 'mul', div: 'div', divNoNan: 'div', pow: 'pow', minimum: 'minimum', maximum: 'maximum', clipByValue: 'clamp', floorDiv: 'floor_divide',
  sum: 'sum', prod: 'prod', where: 'where',
  randomNormal: 'randn', randomStandardNormal: 'randn', truncatedNormal: 'randn', randomUniformInt: 'randint',
};
/** Only these are methods of a tensor (the others make one). */
const NO_METHODS = /^(linspace|zeros|ones|fill|scalar|tensor|variable|keep|random|truncated|stack)/;
const LISTS = new Set(['arraySync', 'dataSync', 'array', 'data']);

export function callTensor(c: Call, name: string): Value | null {
  const p = c.args.positional;
  switch (name) {
    case 'tidy': {
      const f = p.at(-1);
      return f?.kind === 'function' ? invoke(c, f, []) : null;
    }
    case 'cumprod': return cumulative(c, 'cumprod', (a, x) => a * x, 1);
    case 'cumsum': return cumulative(c, 'cumsum', (a, x) => a + x, 0);
    case 'range': return p.length >= 2 ? (callNumeric('arange', c) ?? null) : null;
    case 'gather': return p.length >= 2 ? (subscript(c.m, p[0], single(p[1]), c.at) ?? null) : null;
    case 'slice': case 'slice1d': return slice(c);
    case 'reverse': case 'reverse1d': return callNumeric('flip', { ...c, args: { ...c.args, positional: p.slice(0, 1) } }) ?? null;
    case 'concat': case 'concat1d': return callNumeric('concat', c) ?? null;
    case 'randomUniform': return p[3]?.kind === 'string' && p[3].value === 'int32' ? (callNumeric('randint', c) ?? null) : null;
    case 'mean': return null;
    case 'losses.meanSquaredError': case 'losses.absoluteDifference': case 'losses.huberLoss': {
      // Labels come first here.
      return callNumeric('mse_loss', { ...c, args: { ...c.args, positional: [p[1], p[0]].filter((v) => v !== undefined) } }) ?? null;
    }
    case 'squaredDifference': {
      const [a, b] = p;
      if (!a || !b) return null;
      push(c.m.trace.losses, { value: [a, b], at: c.at, owner: c.owner });
      const d = binary(c.m, '-', a, b, c.at);
      return d.kind === 'array' || d.kind === 'number' ? binary(c.m, '*', d, d, c.at) : null;
    }
    default:
      return Object.hasOwn(SHARED, name) ? (callNumeric(SHARED[name], c) ?? null) : null;
  }
}

/** `x.mul(y)` is `tf.mul(x, y)`. */
export function tensorMethod(c: Call, object: Value, name: string): Value | null {
  if (LISTS.has(name)) return listOf(c, object);
  if (name === 'dispose' || name === 'print' || name === 'then') return null;
  const self: Call = { ...c, args: { ...c.args, positional: [object, ...c.args.positional] } };
  if (name === 'concat') {
    const [other] = c.args.positional;
    const list: Value = { kind: 'sequence', type: 'list', items: [object, ...(other?.kind === 'sequence' ? other.items : other ? [other] : [])] };
    return callTensor({ ...c, args: { ...c.args, positional: [list] } }, name);
  }
  if (NO_METHODS.test(name) || name === 'tidy' || name === 'range' || name.includes('.')) return null;
  return callTensor(self, name);
}

/** `[t]` and a tensor of one t are t. */
function single(v: Value): Value {
  if (v.kind === 'sequence' && v.items.length === 1) return v.items[0];
  return v;
}

/** `cumprod(x, axis, exclusive, reverse)`. */
function cumulative(c: Call, op: string, f: (acc: number, x: number) => number, start: number): Value | null {
  const [x, , exclusive, reverse] = c.args.positional;
  const plain = (v: Value | undefined) => v === undefined || v.kind === 'none' || (v.kind === 'boolean' && !v.value);
  if (plain(exclusive) && plain(reverse)) return callNumeric(op, { ...c, args: { ...c.args, positional: x ? [x] : [] } }) ?? null;
  const a = x ? asArray(x) : null;
  if (!a || exclusive?.kind !== 'boolean' || !exclusive.value || !plain(reverse)) return null;
  c.m.spend(a.data.length);
  const all = scan(a.data, f);
  const value = array(Float64Array.from(all, (_, i) => (i === 0 ? start : all[i - 1])), { op, args: c.args.positional, at: c.at });
  c.m.observe(value, c.at, c.owner);
  return value;
}

/** `slice(x, begin, size)`, along the one long axis. */
function slice(c: Call): Value | null {
  const [x, begin, size] = c.args.positional;
  const a = x && x.kind === 'array' ? x : null;
  const at = (v: Value | undefined) => { const s = v && single(v); return s?.kind === 'number' ? s.value : undefined; };
  const start = at(begin);
  if (!a) return null;
  if (start === undefined) {
    // One entry at an unknown place.
    const s = begin && single(begin);
    const n = at(size);
    return s && (s.kind === 'atom' || s.kind === 'linear') && n === 1 ? (subscript(c.m, a, s, c.at) ?? null) : null;
  }
  const n = size === undefined ? -1 : at(size);
  if (n === undefined || n > MAX_LENGTH || start < 0) return null;
  c.m.spend(a.data.length);
  const stop = n < 0 ? null : start + n;
  const data = Float64Array.from(sliceIndices(a.data.length, start, stop, 1), (i) => a.data[i]);
  const prov = { op: 'slice', args: [x], at: c.at };
  return data.length === 1 ? number(data[0], false, prov) : array(data, prov);
}
