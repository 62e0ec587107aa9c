/** Python's own functions, as far as schedules use them. */
import { foldedSource, truth, unary } from './arithmetic';
import { call, NO_ARGUMENTS } from './calls';
import type { Frame, Machine } from './machine';
import type { Call } from './numeric';
import { arg, extremum, callNumeric } from './numeric';
import { memberOf, setAttribute, attribute } from './objects';
import { iterate, MAX_ITERATIONS } from './statements';
import type { Provenance, Value } from './values';
import { boolean, NONE, number, sequence } from './values';

export function callBuiltin(c: Call, name: string, frame: Frame): Value | null {
  const { m, at } = c;
  const [a, b] = c.args.positional;
  const prov: Provenance = { op: name, args: c.args.positional, at };
  switch (name) {
    case 'range': case 'xrange': case 'trange': return range(c, prov);
    case 'tqdm': return arg(c, 0, 'iterable') ?? null;
    case 'iter': return a ?? null;
    case 'print': return NONE;
    case 'len': return length(a, prov);
    case 'int': return a ? rounded(a, Math.trunc, prov) : null;
    case 'round': return a ? rounded(a, Math.round, prov) : null;
    case 'float': {
      if (a?.kind === 'number') return a;
      const x = a?.kind === 'string' ? Number(a.value) : NaN;
      return Number.isNaN(x) ? passing(a) : number(x, false, prov, a?.src);
    }
    case 'bool': { const known = a ? truth(a) : null; return known ? boolean(known.value, known.generic) : null; }
    case 'abs': return a ? unary(m, 'abs', Math.abs, a, at) : null;
    case 'pow': case 'sum': return callNumeric(name, c) ?? null;
    case 'min': case 'max': return extremum(c, name);
    case 'list': case 'tuple': {
      if (!a) return sequence(name, [], prov);
      const items = elements(m, a);
      return items && items.length <= MAX_ITERATIONS ? sequence(name, items.slice(), { ...prov, args: [a] }) : null;
    }
    case 'sorted': return null;
    case 'reversed': {
      const items = a ? elements(m, a) : null;
      return items ? sequence('list', items.slice().reverse(), { op: 'range', args: [a], at }) : null;
    }
    case 'enumerate': {
      const items = a ? elements(m, a) : null;
      return items ? sequence('list', items.map((v, i) => sequence('tuple', [number(i, true), v])), prov) : null;
    }
    case 'zip': {
      const all = c.args.positional.map((v) => elements(m, v));
      if (all.length === 0 || all.some((x) => x === null)) return null;
      const n = all.reduce((least, x) => Math.min(least, x!.length), Infinity);
      return n > MAX_ITERATIONS ? null : sequence('list', Array.from({ length: n }, (_, i) => sequence('tuple', all.map((x) => x![i]))), prov);
    }
    case 'map': {
      const items = b ? elements(m, b) : null;
      if (!items || items.length > MAX_ITERATIONS) return null;
      return sequence('list', items.map((v) => call(m, a, { ...NO_ARGUMENTS, positional: [v] }, { kind: 'unknown', parts: [], from: at.from, to: at.to }, frame)), prov);
    }
    case 'next': return null;
    case 'dict': return { kind: 'dict', entries: new Map([...entriesOf(a), ...c.args.keywords]), keys: new Map(), prov };
    case 'callable': return a ? (a.kind === 'atom' ? null : boolean(['function', 'class', 'bound', 'module'].includes(a.kind))) : null;
    case 'getattr': return a && b?.kind === 'string' ? attribute(m, a, b.value, at) : null;
    case 'setattr': {
      const value = c.args.positional[2];
      if (a && b?.kind === 'string' && value) setAttribute(a, b.value, value);
      return NONE;
    }
    case 'isinstance': return isInstance(a, b);
    case 'hasattr': return a?.kind === 'instance' && b?.kind === 'string' && (a.attributes.has(b.value) || memberOf(a.class, b.value)) ? boolean(true) : null;
    case 'super': {
      if (!frame.self) return null;
      // Methods of the base classes in the same file, on the same attributes.
      const bases = frame.self.class.bases;
      const base = bases.find((x) => x.kind === 'class');
      if (base?.kind !== 'class') return { kind: 'bound', object: NONE, name: 'super' };
      return { ...frame.self, class: base };
    }
    default: return null;
  }
}

/** Where both are plain: `isinstance(value, dict)`. */
function isInstance(a: Value | undefined, type: Value | undefined): Value | null {
  if (type?.kind !== 'module' || !a || a.joined) return null;
  const kind = a.kind === 'number' ? (a.int ? 'int' : 'float') : a.kind === 'boolean' ? 'bool' : a.kind === 'string' ? 'str' : a.kind === 'sequence' ? a.type : a.kind === 'dict' ? 'dict' : null;
  const asked = /^builtins\.(int|float|bool|str|list|tuple|dict)$/.exec(type.path)?.[1];
  return kind !== null && asked !== undefined ? boolean(kind === asked) : null;
}

/** Of a dict, or of a list of pairs. */
function entriesOf(a: Value | undefined): Iterable<[string, Value]> {
  if (a?.kind === 'dict') return a.entries;
  if (a?.kind !== 'sequence') return [];
  return a.items.flatMap((pair): [string, Value][] => {
    const [key, value] = pair.kind === 'sequence' ? pair.items : [];
    return key?.kind === 'string' && value ? [[key.value, value]] : [];
  });
}

function passing(a: Value | undefined): Value | null {
  return a && (a.kind === 'linear' || a.kind === 'atom' || a.kind === 'boolean') ? a : null;
}

function rounded(a: Value, f: (x: number) => number, prov: Provenance): Value | null {
  if (a.kind === 'string' && /^\s*[-+]?\d+\s*$/.test(a.value)) return number(Number(a.value), true, prov, a.src);
  if (a.kind !== 'number') return passing(a);
  const value = f(a.value);
  if (a.int) return a;
  return number(value, true, prov, a.src ? { ...foldedSource(a, a, prov.at)!, name: '' } : undefined);
}

function length(a: Value | undefined, prov: Provenance): Value | null {
  if (a?.kind === 'array') return number(a.shape[0] ?? a.data.length, true, prov);
  if (a?.kind === 'sequence') return number(a.items.length, true, prov);
  if (a?.kind === 'dict') return number(a.entries.size, true, prov);
  return null;
}

/** As `iterate`, paid for. */
function elements(m: Machine, v: Value): Value[] | null {
  const items = iterate(v);
  if (items) m.spendValues(items.length);
  return items;
}

function range(c: Call, prov: Provenance): Value | null {
  const p = c.args.positional;
  const [a, b, s] = p.length >= 2 ? [p[0], p[1], p[2]] : [number(0, true), p[0], undefined];
  const step = s === undefined ? 1 : s.kind === 'number' ? s.value : NaN;
  if (a?.kind !== 'number' || b?.kind !== 'number' || !(step !== 0)) {
    for (const x of [b, a]) if (x && x.kind !== 'number') c.m.want(x, 'size');
    return c.m.atom('call', { ...prov, op: 'range' });
  }
  const n = Math.max(0, Math.ceil((b.value - a.value) / step));
  if (!(n <= MAX_ITERATIONS)) return c.m.atom('call', { ...prov, op: 'range' });
  c.m.spendValues(n);
  const out = sequence('list', [], prov);
  const element: Provenance = { op: 'element', args: [out], at: c.at };
  for (let i = 0; i < n; i++) out.items.push(number(a.value + i * step, true, element));
  return out;
}
