/** Methods of JavaScript's arrays, and of tensors and numbers. */
import type { Expr } from '../parse/ast';
import { sliceIndices } from './arrays';
import { invoke, mapped } from './javascript';
import type { Call } from './numeric';
import { argparse } from './settings';
import { subscript } from './numeric';
import { iterate, MAX_ITERATIONS } from './statements';
import { tensorMethod } from './tensorflow';
import type { FunctionValue, SequenceValue, Value } from './values';
import { boolean, join, NONE, number, sequence } from './values';

export function callJavascriptMethod(c: Call, object: Value, name: string): Value | null {
  switch (object.kind) {
    case 'sequence': return listMethod(c, object, name) ?? null;
    case 'dict': return object.prov?.op === 'argparse' ? parserMethod(c, object, name) : null;
    case 'string': return name === 'toLowerCase' || name === 'trim' ? object : null;
    case 'atom':
      // What a method of something unnamed does is unknown; only tensors have the library's.
      if (object.role === 'other' && object.prov?.op.startsWith('name ')) return null;
      if (name === 'map' || name === 'forEach') return c.args.positional[0] ? mapped(c, object, c.args.positional[0]) : null;
      if (name === 'slice' && c.args.positional.length === 0) return object;
      if (name === 'fill' && object.prov?.op === 'new array') return object;
      return tensorMethod(c, object, name);
    case 'linear':
      if (name === 'map') return c.args.positional[0] ? mapped(c, object, c.args.positional[0]) : null;
      return tensorMethod(c, object, name);
    case 'array': case 'number': return tensorMethod(c, object, name);
    case 'function':
      if (name === 'call') return invoke(c, object, c.args.positional.slice(1));
      return null;
    default: return null;
  }
}

/** Node's argparse is Python's, with options in an object: `parser.addArgument('--epochs', { type: 'int', defaultValue: 30 })`. */
function parserMethod(c: Call, parser: Value & { kind: 'dict' }, name: string): Value | null {
  const python = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const [flags, options] = c.args.positional;
  if (python !== 'add_argument') return argparse(c, parser, python);
  const keywords = new Map<string, Value>();
  if (options?.kind === 'dict') options.entries.forEach((v, k) => keywords.set(k === 'defaultValue' ? 'default' : k, k === 'action' && v.kind === 'string' ? { ...v, value: v.value.replace(/[A-Z]/, (x) => `_${x.toLowerCase()}`) } : v));
  return argparse({ ...c, args: { ...c.args, positional: flags?.kind === 'sequence' ? flags.items : flags ? [flags] : [], keywords } }, parser, python);
}

function listMethod(c: Call, list: SequenceValue, name: string): Value | null {
  const p = c.args.positional;
  const [a, b] = p;
  const { items } = list;
  const prov = { op: name, args: [list], at: c.at };
  const whole = (v: Value | undefined): number | null | undefined => (v === undefined || v.kind === 'none' ? null : v.kind === 'number' ? v.value : undefined);
  switch (name) {
    case 'push':
      for (const v of p) if (items.length < MAX_ITERATIONS) items.push(v);
      return number(items.length, true);
    case 'unshift': if (items.length + p.length < MAX_ITERATIONS) items.unshift(...p); return number(items.length, true);
    case 'pop': return items.pop() ?? NONE;
    case 'shift': return items.shift() ?? NONE;
    case 'at': return a?.kind === 'number' && a.value < 0 ? (items.at(a.value) ?? NONE) : a ? subscript(c.m, list, a, c.at) : null;
    case 'map': return a ? mapped(c, list, a) : null;
    case 'forEach': if (a) mapped(c, list, a); return NONE;
    case 'reduce': return a ? reduced(c, list, a, b) : null;
    case 'fill': {
      if (!a || p.length > 1) return null;
      for (let i = 0; i < items.length; i++) items[i] = a;
      return list;
    }
    case 'slice': case 'subarray': {
      const [from, to] = [whole(a), whole(b)];
      if (from === undefined || to === undefined) return null;
      c.m.spend(items.length);
      return sequence('list', sliceIndices(items.length, from, to, 1).map((i) => items[i]), prov);
    }
    case 'concat': {
      const out = items.slice();
      for (const v of p) {
        const more = iterate(v) ?? [v];
        c.m.spend(more.length);
        if (out.length + more.length > MAX_ITERATIONS) return null;
        for (const x of more) out.push(x);
      }
      c.m.spend(out.length);
      return out.length <= MAX_ITERATIONS ? sequence('list', out, { op: 'concatenate', args: [list, ...p], at: c.at }) : null;
    }
    case 'reverse': items.reverse(); return list;
    case 'toReversed': return sequence('list', items.slice().reverse(), prov);
    case 'keys': return sequence('list', items.map((_, i) => number(i, true, { op: 'element', args: [list], at: c.at })), prov);
    case 'values': return list;
    case 'entries': return sequence('list', items.map((v, i) => sequence('tuple', [number(i, true), v])), prov);
    case 'includes': return a?.kind === 'string' && items.every((i) => i.kind === 'string') ? boolean(items.some((i) => i.kind === 'string' && i.value === a.value)) : null;
    case 'set': {
      const from = a ? iterate(a) : null;
      const offset = b === undefined ? 0 : b.kind === 'number' ? b.value : -1;
      if (!from || offset < 0 || offset + from.length > items.length) return null;
      from.forEach((v, i) => { items[offset + i] = v; });
      return NONE;
    }
    default: return null;
  }
}

function reduced(c: Call, list: SequenceValue, f: Value, start: Value | undefined): Value | null {
  const { items } = list;
  const f2 = f.kind === 'function' ? plainArithmetic(f) : null;
  if (f2 && (start === undefined || start.kind === 'number') && items.length > 0 && items.every((v) => v.kind === 'number')) {
    // Schedules take the product of every prefix: quadratic in T, so without a call for each factor.
    c.m.spend(items.length);
    const values = items.map((v) => (v.kind === 'number' ? v.value : NaN));
    return number(start?.kind === 'number' ? values.reduce(f2, start.value) : values.reduce(f2), false, { op: 'reduce', args: [list], at: c.at });
  }
  if (items.length > MAX_ITERATIONS || (items.length === 0 && !start)) return null;
  let acc = start ?? items[0];
  items.slice(start ? 0 : 1).forEach((v, i) => { acc = invoke(c, f, [acc, v, number(start ? i : i + 1, true), list]); });
  return acc;
}

/** A function of two numbers that only does sums with them and constants: `(p, b) => p * (1 - b)`. */
function plainArithmetic(f: FunctionValue): ((x: number, y: number) => number) | null {
  const { definition } = f;
  const [s] = definition.kind === 'function' && definition.body.length === 1 ? definition.body : [];
  const [p, q, ...more] = definition.params;
  if (s?.kind !== 'return' || !s.value || !p || !q || more.length > 0 || p.name === q.name || p.star || q.star) return null;
  const compile = (e: Expr): ((x: number, y: number) => number) | null => {
    if (e.kind === 'number') return () => e.value;
    if (e.kind === 'name') return e.name === p.name ? (x) => x : e.name === q.name ? (_, y) => y : null;
    if (e.kind !== 'binary') return null;
    const a = compile(e.left);
    const b = compile(e.right);
    if (!a || !b) return null;
    switch (e.op) {
      case '+': return (x, y) => a(x, y) + b(x, y);
      case '-': return (x, y) => a(x, y) - b(x, y);
      case '*': return (x, y) => a(x, y) * b(x, y);
      case '/': return (x, y) => a(x, y) / b(x, y);
      default: return null;
    }
  };
  return compile(s.value);
}

/** `a ?? b` and `a || b`: an option that a caller may leave out has its default on the right. */
export function orElse(left: Value, right: Value): Value {
  const optional = left.kind === 'atom' && (left.role === 'parameter' || /^(attribute|parameter) /.test(left.prov?.op ?? ''));
  if (!optional || left.indexed || !['number', 'string', 'boolean'].includes(right.kind)) return join(left, right);
  return asDefault(right);
}

/** A constant that stands in for what a caller left out. */
export function asDefault(v: Value): Value {
  return v.src && v.src.origin === 'literal' && v.src.name === '' ? { ...v, src: { ...v.src, origin: 'default' } } : v;
}
