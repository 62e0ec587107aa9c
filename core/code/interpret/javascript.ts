/** Names and functions that JavaScript code finds around itself: Math, Array and typed arrays, and TensorFlow.js. */
import { modulePath } from '../parse/javascript';
import type { Expr, Span } from '../parse/ast';
import { unary } from './arithmetic';
import { MAX_LENGTH } from './arrays';
import { call, callFunction, NO_ARGUMENTS } from './calls';
import type { Frame, Machine } from './machine';
import type { Call } from './numeric';
import { callNumeric, extremum } from './numeric';
import { Scope } from './scope';
import { iterate, MAX_ITERATIONS } from './statements';
import { callTensor } from './tensorflow';
import type { Provenance, Value } from './values';
import { NONE, number, sequence } from './values';

const TYPED = /^(Float32|Float64|Int32|Int16|Int8|Uint32|Uint16|Uint8|Uint8Clamped)Array$/;
const GLOBALS = new Set(['Math', 'Array', 'Number', 'Object', 'console', 'require', 'parseInt', 'parseFloat', 'structuredClone', 'Promise', 'performance']);

export function globalNamed(m: Machine, name: string, at: Span): Value {
  if (name === 'tf') return { kind: 'module', path: 'tfjs' };
  if (name === 'NaN' || name === 'Infinity') return number(Number(name));
  if (GLOBALS.has(name) || TYPED.test(name)) return { kind: 'module', path: `js.${name}` };
  // The lowering's own names for what has a counterpart in Python.
  if (name === '<range>') return { kind: 'module', path: 'builtins.range' };
  if (name === 'super') return { kind: 'module', path: 'builtins.super' };
  return m.atom('other', { op: `name ${name}`, args: [], at });
}

const CONSTANTS: Readonly<Record<string, number>> = { PI: Math.PI, E: Math.E, SQRT2: Math.SQRT2, SQRT1_2: Math.SQRT1_2, LN2: Math.LN2, LN10: Math.LN10, EPSILON: Number.EPSILON, MAX_SAFE_INTEGER: Number.MAX_SAFE_INTEGER };

export function globalConstant(path: string, name: string): Value | null {
  return (path === 'js.Math' || path === 'js.Number') && Object.hasOwn(CONSTANTS, name) ? number(CONSTANTS[name]) : null;
}

/** Calls a function value with plain arguments. */
export function invoke(c: Call, f: Value, values: Value[]): Value {
  const args = { ...NO_ARGUMENTS, positional: values };
  if (f.kind === 'function') return callFunction(c.m, f, args, c.at);
  const e: Expr = { kind: 'unknown', parts: [], from: c.at.from, to: c.at.to };
  const frame: Frame = { scope: new Scope(c.m.module, c.owner), returns: [], self: null };
  return call(c.m, f, args, e, frame);
}

/** A call of a module's function; undefined where the path is not one of JavaScript's or TensorFlow.js's. */
export function callGlobal(c: Call, path: string): Value | null | undefined {
  const dot = path.indexOf('.');
  const root = dot < 0 ? path : path.slice(0, dot);
  const rest = dot < 0 ? '' : path.slice(dot + 1);
  if (root === 'tfjs') return callTensor(c, rest);
  // A value that React keeps is the value that its function gives.
  if (root === 'npm:react' && rest.endsWith('useMemo')) return c.args.positional[0]?.kind === 'function' ? invoke(c, c.args.positional[0], []) : null;
  if (root !== 'js') return undefined;
  const [a] = c.args.positional;
  const prov = { op: rest, args: c.args.positional, at: c.at };
  if (rest === 'require') return a?.kind === 'string' ? { kind: 'module', path: modulePath(a.value) } : null;
  if (rest.startsWith('Math.')) return math(c, rest.slice(5));
  if (rest === 'Array.from' || /Array\.from$/.test(rest)) return arrayFrom(c);
  if (rest === 'Array.of' || /Array\.of$/.test(rest)) return sequence('list', c.args.positional.slice(), prov);
  if (rest === 'Array.isArray') return null;
  if (rest === 'Array' || TYPED.test(rest)) return newArray(c, rest);
  if (rest === 'Number' || rest === 'parseFloat') return a?.kind === 'number' || a?.kind === 'atom' || a?.kind === 'linear' ? a : null;
  if (rest === 'parseInt') return a?.kind === 'number' ? unary(c.m, 'trunc', Math.trunc, a, c.at) : (a ?? null);
  if (rest === 'Object.freeze' || rest === 'structuredClone' || rest === 'Promise.resolve') return a ?? null;
  if (rest === 'Object.assign') {
    if (a?.kind === 'dict') for (const from of c.args.positional.slice(1)) if (from.kind === 'dict') from.entries.forEach((v, k) => a.entries.set(k, v));
    return a ?? null;
  }
  if (rest.startsWith('console.')) return NONE;
  return null;
}

function math(c: Call, name: string): Value | null {
  const [a] = c.args.positional;
  if (name === 'min' || name === 'max') return extremum(c, name);
  if (name === 'trunc' || name === 'round') return a ? unary(c.m, name, Math[name], a, c.at) : null;
  if (['sqrt', 'exp', 'log', 'cos', 'sin', 'tan', 'tanh', 'atan', 'abs', 'floor', 'ceil', 'pow', 'log1p', 'expm1', 'log10', 'log2'].includes(name)) {
    const value = callNumeric(name, c) ?? null;
    // Rounded down to a whole number, so that it may be a size.
    if (value?.kind === 'number' && (name === 'floor' || name === 'ceil')) return { ...value, int: Number.isInteger(value.value) };
    return value;
  }
  if (name === 'cbrt') return a ? unary(c.m, name, Math.cbrt, a, c.at) : null;
  return null;
}

/** `new Array(n)`, `new Float64Array(n)`, `new Float64Array(list)`. Lists, so that each entry keeps where it came from. */
function newArray(c: Call, name: string): Value | null {
  const [a] = c.args.positional;
  const prov = { op: 'zeros', args: c.args.positional, at: c.at };
  if (!a) return sequence('list', [], prov);
  if (a.kind === 'number' && (c.args.positional.length === 1 || name !== 'Array')) {
    if (!Number.isInteger(a.value) || a.value < 0 || a.value > MAX_LENGTH) return null;
    c.m.spend(a.value);
    return sequence('list', Array.from({ length: a.value }, () => (name === 'Array' ? NONE : number(0))), prov);
  }
  if (name === 'Array') {
    if (c.args.positional.length === 1) return unknownArray(c, a);
    return c.args.positional.length > 1 ? sequence('list', c.args.positional.slice(), prov) : null;
  }
  if (a.kind === 'sequence' || a.kind === 'array') {
    const items = iterate(a);
    return items && items.length <= MAX_LENGTH ? sequence('list', items.slice(), { op: 'copy', args: [a], at: c.at }) : null;
  }
  if (isLength(a)) return unknownArray(c, a);
  if (a.kind === 'linear') return a;
  c.m.want(a, 'size');
  // Of an unknown tensor, a copy; of an unknown number, a new array: either is unknown.
  return a.kind === 'atom' && a.role !== 'parameter' ? a : unknownArray(c, a);
}

/** An array of as many zeros as nobody tells. As many as something unknown has are no steps of a schedule, so that no number is tried for them. */
function unknownArray(c: Call, n: Value): Value {
  if (!isLength(n)) c.m.want(n, 'size');
  return c.m.atom('other', { op: 'new array', args: [n], at: c.at });
}

/** `x.length`, `rows * cols`, `m.rows + 1` of something unknown. */
function isLength(v: Value): boolean {
  const op = v.prov?.op ?? '';
  if (op === 'settled') return isLength(v.prov!.args[0]);
  return op === 'attribute length' || op === 'attribute size' || (/^[-+*]$/.test(op) && v.prov!.args.every((a) => a.kind === 'number' || a.kind === 'atom' || a.kind === 'linear'));
}

/** `Array.from({ length: n }, (_, i) => …)`, `Array.from(list, f)`. */
function arrayFrom(c: Call): Value | null {
  const [from, f] = c.args.positional;
  if (!from) return null;
  if (from.kind === 'dict') {
    const n = from.entries.get('length');
    if (!n) return null;
    if (n.kind !== 'number') {
      c.m.want(n, 'size');
      // One element stands for all: the array is that element, entry by entry.
      return f ? invoke(c, f, [NONE, elementIndex(c, n)]) : null;
    }
    if (!Number.isInteger(n.value) || n.value < 0 || n.value > MAX_ITERATIONS) return null;
    c.m.spend(n.value);
    const range: Value = sequence('list', [], { op: 'range', args: [n], at: c.at });
    const element: Provenance = { op: 'element', args: [range], at: c.at };
    const items = Array.from({ length: n.value }, (_, i) => (f ? invoke(c, f, [NONE, number(i, true, element)]) : NONE));
    return sequence('list', items, { op: 'comprehension', args: [range, ...items.slice(0, 2)], at: c.at });
  }
  if (f) return mapped(c, from, f);
  const items = iterate(from);
  return items ? sequence('list', items.slice(), { op: 'copy', args: [from], at: c.at }) : from.kind === 'atom' || from.kind === 'linear' ? from : null;
}

/** The index of "any element": an unknown tensor read at it is the tensor, entry by entry. */
function elementIndex(c: Call, of: Value): Value {
  return { kind: 'atom', id: c.m.atoms++, role: 'other', indexed: false, prov: { op: 'any element', args: [of], at: c.at } };
}

export function isElementIndex(v: Value): boolean {
  return v.kind === 'atom' && v.prov?.op === 'any element';
}

export function mapped(c: Call, list: Value, f: Value): Value | null {
  const items = iterate(list);
  if (!items) return list.kind === 'atom' || list.kind === 'linear' ? invoke(c, f, [list, elementIndex(c, list), list]) : null;
  if (items.length > MAX_ITERATIONS) return null;
  const out = items.map((v, i) => invoke(c, f, [v, number(i, true), list]));
  return sequence('list', out, { op: 'comprehension', args: [list, ...out.slice(0, 2)], at: c.at });
}

/** Numbers of a tensor, one by one. */
export function listOf(c: Call, v: Value): Value {
  const items = v.kind === 'array' ? iterate(v) : null;
  return items ? sequence('list', items, { op: 'tolist', args: [v], at: c.at }) : v;
}
