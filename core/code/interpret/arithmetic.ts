/** Operators on values: known numbers, arrays and linear forms are computed, everything else becomes an atom. */
import type { Span } from '../parse/ast';
import { asArray, MAX_LENGTH, zipArrays } from './arrays';
import { add, asForm, fromForm, isConstant, map, scale, zip } from './linear';
import type { Machine } from './machine';
import { push } from './machine';
import { pathBelow } from './files';
import type { Provenance, Source, Value } from './values';
import { array, boolean, number, sequence, WORLDS } from './values';

export const OPERATORS: Readonly<Record<string, (x: number, y: number) => number>> = {
  '+': (x, y) => x + y,
  '-': (x, y) => x - y,
  '*': (x, y) => x * y,
  '/': (x, y) => x / y,
  '**': (x, y) => x ** y,
  '//': (x, y) => Math.floor(x / y),
  '%': (x, y) => x - y * Math.floor(x / y),
  // JavaScript's %, which takes the sign of the dividend.
  rem: (x, y) => x % y,
  min: Math.min,
  max: Math.max,
};

export function binary(m: Machine, op: string, a: Value, b: Value, at: Span): Value {
  const prov: Provenance = { op, args: [a, b], at };
  const f = OPERATORS[op];
  if (!f) return m.atom('other', prov);
  if (a.kind === 'number' && b.kind === 'number') {
    const value = f(a.value, b.value);
    const int = a.int && b.int && op !== '/' && Number.isInteger(value);
    return number(value, int, prov, foldedSource(a, b, at));
  }
  if (op === '/' && a.kind === 'string') return pathBelow(a, b) ?? m.atom('other', prov);
  if (a.kind === 'string' && b.kind === 'string' && op === '+' && a.value.length + b.value.length <= MAX_LENGTH) return { kind: 'string', value: a.value + b.value, prov };
  if (a.kind === 'sequence' && op === '+' && b.kind === 'sequence' && a.items.length + b.items.length <= MAX_LENGTH) {
    m.spend(a.items.length + b.items.length);
    return sequence(a.type, [...a.items, ...b.items], prov);
  }
  if (a.kind === 'sequence' && op === '*' && b.kind === 'number' && b.value * a.items.length <= 20_000) {
    return sequence(a.type, Array.from({ length: Math.max(0, b.value) }, () => a.items).flat(), prov);
  }
  if (a.kind === 'array' || b.kind === 'array') {
    const x = asArray(a);
    const y = asArray(b);
    if (x && y) {
      m.spend(Math.max(x.data.length, y.data.length));
      const result = zipArrays(x, y, f, prov);
      if (result) return result;
    }
    if (!(a.kind === 'array' && a.data.length === 1) && !(b.kind === 'array' && b.data.length === 1)) return m.atom('other', prov);
  }
  return linear(m, op, a, b, prov, f);
}

function linear(m: Machine, op: string, a: Value, b: Value, prov: Provenance, f: (x: number, y: number) => number): Value {
  const x = asForm(a);
  const y = asForm(b);
  if (!x || !y) return m.atom('other', prov);
  if (isConstant(x) && isConstant(y)) return fromForm({ terms: new Map(), constant: zip(x.constant, y.constant, f) }, prov);
  if (op === '+') return fromForm(add(x, y, 1), prov);
  if (op === '-') return fromForm(add(x, y, -1), prov);
  if (op === '*' && isConstant(y)) return fromForm(scale(x, y.constant, f), prov);
  if (op === '*' && isConstant(x)) return fromForm(scale(y, x.constant, f), prov);
  if (op === '/' && isConstant(y)) return fromForm(scale(x, y.constant, f), prov);
  if (op === '**' && isConstant(y) && y.constant.v.every((v) => v === 1)) return a;
  if (op === '**') difference(m, a, prov.at);
  return m.atom('other', prov);
}

/** `(a − b) ** 2` and its relatives: what a loss compares. */
function difference(m: Machine, value: Value, at: Span): void {
  // `error = a - b; error ** 2`: a named difference has become one thing.
  const form: Value | undefined = value.kind === 'atom' && value.prov?.op === 'settled' ? value.prov.args[0] : value;
  if (form?.kind !== 'linear' || form.prov?.op !== '-') return;
  const [a, b] = form.prov.args;
  push(m.trace.losses, { value: [a, b], at, owner: m.owner });
}

/** Applies a real function to everything that is known; null when the value is not. */
export function unary(m: Machine, op: string, f: (x: number) => number, a: Value, at: Span): Value {
  const prov: Provenance = { op, args: [a], at };
  if (a.kind === 'number' || a.kind === 'boolean') return number(f(Number(a.value)), false, prov, a.kind === 'number' ? foldedSource(a, a, at) : undefined);
  const known = a.kind === 'array' || a.kind === 'sequence' ? asArray(a) : null;
  if (known) {
    m.spend(known.data.length);
    return array(known.data.map(f), prov, known.shape);
  }
  const form = asForm(a);
  if (form && isConstant(form)) return fromForm({ terms: new Map(), constant: map(form.constant, f) }, prov);
  if (op === 'square' || op === 'abs') difference(m, a, at);
  return m.atom('other', prov);
}

export function negate(m: Machine, a: Value, at: Span): Value {
  if (a.kind === 'number') return number(-a.value, a.int, { op: 'neg', args: [a], at }, a.src && { ...a.src, span: at, name: '' });
  return binary(m, '*', number(-1), a, at);
}

/** A number computed from constants of the text is itself one, `folded`. */
export function foldedSource(a: Value, b: Value, at: Span): Source | undefined {
  if (!a.src || !b.src) return undefined;
  return { span: at, origin: 'folded', name: '', assumed: a.src.assumed || b.src.assumed || undefined };
}

/** Known truth, or null. */
export function truth(v: Value): { value: boolean; generic: boolean } | null {
  if (v.joined) return null;
  switch (v.kind) {
    case 'boolean': return { value: v.value, generic: v.generic === true };
    case 'number': return { value: v.value !== 0, generic: false };
    case 'string': return { value: v.value !== '', generic: false };
    case 'none': return { value: false, generic: false };
    case 'sequence': return { value: v.items.length > 0, generic: false };
    case 'function': case 'class': case 'module': case 'bound': case 'instance': return { value: true, generic: false };
    default: return null;
  }
}

export function compare(m: Machine, op: string, a: Value, b: Value, at: Span): Value {
  const unknown = () => m.atom('other', { op, args: [a, b], at });
  if (op === 'is' || op === 'is not' || op === '==' || op === '!=') {
    const positive = op === 'is' || op === '==';
    if (a.joined || b.joined) return unknown();
    if (a.kind === 'none' || b.kind === 'none') {
      if (a.kind === b.kind) return boolean(positive);
      const other = a.kind === 'none' ? b : a;
      // An argument that a caller must pass is hardly None; the result of an unknown call may be.
      return other.kind === 'atom' && other.role !== 'parameter' ? unknown() : boolean(!positive);
    }
    if (a.kind === 'string' && b.kind === 'string') return boolean((a.value === b.value) === positive);
    if (a.kind === 'boolean' && b.kind === 'boolean') return boolean((a.value === b.value) === positive);
    if (a === b) return boolean(positive);
  }
  if ((op === 'in' || op === 'not in') && a.kind === 'string' && b.kind === 'sequence' && b.items.every((i) => i.kind === 'string')) {
    return boolean(b.items.some((i) => i.kind === 'string' && i.value === a.value) === (op === 'in'));
  }
  if ((op === 'in' || op === 'not in') && a.kind === 'string' && b.kind === 'dict') return boolean(b.entries.has(a.value) === (op === 'in'));
  const f = COMPARE[op];
  if (!f) return unknown();
  if (a.kind === 'number' && b.kind === 'number') return a.joined || b.joined ? unknown() : boolean(f(a.value, b.value));
  return generic(a, b, f) ?? unknown();
}

const COMPARE: Record<string, (x: number, y: number) => boolean> = {
  '<': (x, y) => x < y, '>': (x, y) => x > y, '<=': (x, y) => x <= y, '>=': (x, y) => x >= y, '==': (x, y) => x === y, '!=': (x, y) => x !== y,
};

/** `t > 0`, `t != 0`: true of every t but the first few, so true in all worlds. */
function generic(a: Value, b: Value, f: (x: number, y: number) => boolean): Value | null {
  const [index, limit, flip] = b.kind === 'number' ? [a, b.value, false] : a.kind === 'number' ? [b, a.value, true] : [null, 0, false];
  if (index?.kind !== 'atom' || !index.indexed || limit < -1 || limit > 1) return null;
  const results = Array.from({ length: WORLDS }, (_, w) => (flip ? f(limit, w + 2) : f(w + 2, limit)));
  return results.every((r) => r === results[0]) ? boolean(results[0], true) : null;
}
