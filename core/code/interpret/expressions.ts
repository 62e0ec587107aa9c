/** Values of expressions. */
import type { Expr } from '../parse/ast';
import { subexpressions } from '../parse/ast';
import { binary, compare, negate, truth } from './arithmetic';
import { asArray, MAX_LENGTH, sliceIndices } from './arrays';
import { evaluateCall } from './calls';
import type { Frame, Machine } from './machine';
import { push } from './machine';
import { isElementIndex } from './javascript';
import { asDefault, orElse } from './javascript-methods';
import { moduleNamed, attribute } from './objects';
import { subscript } from './numeric';
import { Scope } from './scope';
import { assign, iterate, MAX_ITERATIONS } from './statements';
import type { Provenance, Value } from './values';
import { array, boolean, join, NONE, number, sequence } from './values';

export function evaluate(m: Machine, e: Expr, frame: Frame): Value {
  m.step();
  const value = evaluateInner(m, e, frame);
  if (e.kind === 'name') m.occurrence(e.name, e, frame.scope.ownerOf(e.name), value);
  else if (e.kind === 'attribute' && e.dotted !== null) m.occurrence(e.dotted, e, ownerOfDotted(e.dotted, frame), value);
  else if (e.kind === 'binary' || e.kind === 'unary') m.observe(value, e, frame.scope.owner);
  if (e.kind === 'binary' || e.kind === 'unary' || e.kind === 'call' || e.kind === 'conditional') m.made(value, e, frame.scope.owner);
  return value;
}

/** `self.x` (`this.x`) belongs to the class, `args.x` to the scope that binds `args`. */
export function ownerOfDotted(dotted: string, frame: Frame): string {
  const base = dotted.slice(0, dotted.indexOf('.'));
  return base === 'self' || base === 'this' ? frame.scope.owner.split('.')[0] : frame.scope.ownerOf(base);
}

function evaluateInner(m: Machine, e: Expr, frame: Frame): Value {
  switch (e.kind) {
    case 'number': return number(e.value, e.int, undefined, { span: e, origin: 'literal', name: '' });
    case 'string': return { kind: 'string', value: e.value, src: { span: e, origin: 'literal', name: '' } };
    case 'boolean': return boolean(e.value);
    case 'none': return NONE;
    case 'name': return frame.scope.lookup(e.name) ?? moduleNamed(m, e.name, e);
    case 'attribute': return attribute(m, evaluate(m, e.object, frame), e.name, e);
    case 'index': return index(m, e, frame);
    case 'call': return evaluateCall(m, e, frame);
    case 'binary': return binary(m, e.op, evaluate(m, e.left, frame), evaluate(m, e.right, frame), e);
    case 'compare': {
      const left = evaluate(m, e.left, frame);
      const right = evaluate(m, e.right, frame);
      if (left.kind === 'string') push(m.trace.decisions, { value: left, at: e, owner: frame.scope.owner });
      return compare(m, e.op, left, right, e);
    }
    case 'logic': {
      const left = evaluate(m, e.left, frame);
      if (e.op === 'nullish') return left.kind === 'none' ? asDefault(evaluate(m, e.right, frame)) : left.kind === 'atom' || left.joined ? orElse(left, evaluate(m, e.right, frame)) : left;
      const known = truth(left);
      if (known && !known.generic) return known.value === (e.op === 'and') ? evaluate(m, e.right, frame) : left;
      const right = evaluate(m, e.right, frame);
      // `x or default`, `t > 0 and …`: either.
      if (known?.generic && known.value === (e.op === 'and')) return right;
      return m.language === 'javascript' && e.op === 'or' ? orElse(left, right) : join(left, right);
    }
    case 'unary': {
      const operand = evaluate(m, e.operand, frame);
      if (e.op === '-') return negate(m, operand, e);
      if (e.op === '+') return operand;
      if (e.op === 'not') {
        const known = truth(operand);
        if (known) return boolean(!known.value, known.generic);
      }
      return m.atom('other', { op: e.op, args: [operand], at: e });
    }
    case 'conditional': {
      const test = evaluate(m, e.test, frame);
      const known = truth(test);
      if (known && !known.generic) return evaluate(m, known.value ? e.then : e.otherwise, frame);
      const then = evaluate(m, e.then, frame);
      const otherwise = evaluate(m, e.otherwise, frame);
      const chance = m.language === 'javascript' && then.kind === 'number' && otherwise.kind === 'number' ? chanceOf(test) : null;
      if (chance) return m.atom('other', { op: 'bernoulli', args: [chance], at: { from: e.from, to: e.to } });
      if (known) return known.value ? then : otherwise;
      return join(then, otherwise);
    }
    case 'sequence': {
      const items: Value[] = [];
      for (const item of e.items) {
        const value = evaluate(m, item.kind === 'star' ? item.operand : item, frame);
        if (item.kind === 'star' && value.kind === 'sequence' && items.length + value.items.length <= MAX_LENGTH) {
          m.spend(value.items.length);
          for (const v of value.items) items.push(v);
        } else items.push(value);
      }
      return sequence(e.type === 'tuple' ? 'tuple' : 'list', items, { op: e.type, args: [], at: e });
    }
    case 'dict': {
      const entries = new Map<string, Value>();
      const keys = new Map<string, Value>();
      const dict: Value = { kind: 'dict', entries, keys, prov: { op: 'dict', args: [], at: e } };
      for (const entry of e.entries) {
        const key = entry.key ? evaluate(m, entry.key, frame) : null;
        let value = evaluate(m, entry.value, frame);
        // A method of the object: `this` is the object.
        if (value.kind === 'function' && entry.value.kind === 'function' && value.definition.params[0]?.name === 'this') {
          value = { ...value, self: dict };
          m.closures.set(value.definition, value);
        }
        if (key && (key.kind === 'string' || key.kind === 'number')) {
          entries.set(String(key.value), named(value, String(key.value)));
          keys.set(String(key.value), key);
        } else if (!key && value.kind === 'dict') value.entries.forEach((v, k) => entries.set(k, v));
        else if (!key) dict.prov = { op: 'open dict', args: [value], at: e };
      }
      return dict;
    }
    case 'lambda':
      return { kind: 'function', definition: { kind: 'lambda', name: '<lambda>', params: e.params, body: e.body, from: e.from, to: e.to }, scope: frame.scope, owner: frame.scope.owner };
    case 'function': {
      const { definition } = e;
      const value: Value = { kind: 'function', definition, scope: frame.scope, owner: frame.scope.owner };
      if (!m.entered.has(definition)) m.closures.set(definition, value);
      return value;
    }
    case 'comprehension': return comprehension(m, e, frame);
    case 'star': return evaluate(m, e.operand, frame);
    case 'walrus': {
      const value = evaluate(m, e.value, frame);
      assign(m, e.target, value, frame, e.outer);
      return value;
    }
    case 'slice': case 'ellipsis': return m.atom('other', { op: e.kind, args: [], at: e });
    case 'unknown': return m.atom('other', { op: 'unknown', args: subexpressions(e).map((x) => evaluate(m, x, frame)), at: e });
  }
}

/** A constant takes the name of the first variable, parameter or key that holds it. */
export function named(value: Value, name: string): Value {
  if (!value.src || value.src.name !== '') return value;
  return { ...value, src: { ...value.src, name } };
}

function index(m: Machine, e: Expr & { kind: 'index' }, frame: Frame): Value {
  const object = evaluate(m, e.object, frame);
  if (m.language === 'javascript') return javascriptIndex(m, object, e, frame);
  const plain = e.items.filter((i) => i.kind !== 'none' && i.kind !== 'ellipsis');
  const at = { from: e.from, to: e.to };
  const prov = { op: 'index', args: [object], at };
  const full = (i: Expr) => i.kind === 'slice' && !i.start && !i.stop && !i.step;
  // x[:, None], x[..., None]: the numbers stay, an axis comes.
  if (plain.every(full)) {
    if (object.kind !== 'array') return object.kind === 'dict' ? m.atom('other', prov) : object;
    const shape: number[] = [];
    let axis = 0;
    for (const i of e.items) {
      if (i.kind === 'none') shape.push(1);
      else if (i.kind === 'ellipsis') while (axis < object.shape.length) shape.push(object.shape[axis++]);
      else shape.push(object.shape[axis++] ?? 1);
    }
    while (axis < object.shape.length) shape.push(object.shape[axis++]);
    return array(object.data, prov, shape);
  }
  if (plain.length === 1 && plain[0].kind === 'slice') return slice(m, object, plain[0], frame, e);
  const positions = plain.map((i) => (i.kind === 'slice' ? null : evaluate(m, i, frame)));
  const first = positions[0];
  // betas[t, None, None], table[t][:, None]; a second known axis is more than schedules need.
  if (first && plain.slice(1).every(full)) {
    const value = subscript(m, object, first, e);
    if (value) return value;
    // t[0] of a batch of equal or unknown indices is an index again.
    if (object.kind === 'atom' && object.indexed) return object;
    if (object.kind === 'linear' && object.terms.size === 0) return object;
  }
  const entry: Provenance = { op: 'index', args: [object, ...positions.filter((p): p is Value => p !== null)], at };
  if (object.kind === 'atom' && positions.length === 1 && (first?.kind === 'string' || first?.kind === 'number')) return m.entryOf(object, `[${first.value}]`, entry);
  return m.atom('other', entry);
}

/** The probability p of `Math.random() < p`. */
function chanceOf(test: Value): Value | null {
  if (!/^[<>]=?$/.test(test.prov?.op ?? '')) return null;
  const [a, b] = test.prov!.args;
  const drawn = (v: Value) => v.prov?.op === 'call' && v.prov.args[0].kind === 'module' && v.prov.args[0].path === 'js.Math.random';
  return drawn(a) ? b : drawn(b) ? a : null;
}

/** `a[i]`: undefined outside the array, as in `abar[i - 1] ?? 1`. */
function javascriptIndex(m: Machine, object: Value, e: Expr & { kind: 'index' }, frame: Frame): Value {
  const key = e.items[0] ? evaluate(m, e.items[0], frame) : NONE;
  if (key.kind === 'number' && (object.kind === 'sequence' || object.kind === 'array')) {
    const n = object.kind === 'sequence' ? object.items.length : object.data.length;
    if (key.value < 0 || key.value >= n) return NONE;
  }
  if (key.kind === 'string' && object.kind !== 'dict') return attribute(m, object, key.value, e);
  // An unknown tensor at any of its places is the tensor, entry by entry.
  if ((object.kind === 'atom' || object.kind === 'linear') && key.kind === 'atom' && (key.role === 'index' || isElementIndex(key))) return object;
  if (object.kind === 'linear' && object.terms.size === 0) return object;
  const value = subscript(m, object, key, e);
  if (value) return value;
  // A list that holds the same everywhere.
  if (object.kind === 'sequence' && key.kind === 'atom' && object.items.length > 0 && object.items.every((v) => v === object.items[0])) return object.items[0];
  const entry: Provenance = { op: 'index', args: [object, key], at: { from: e.from, to: e.to } };
  return object.kind === 'atom' && key.kind === 'number' ? m.entryOf(object, `[${key.value}]`, entry) : m.atom('other', entry);
}

function slice(m: Machine, object: Value, s: Expr & { kind: 'slice' }, frame: Frame, e: Expr): Value {
  const bound = (x: Expr | undefined): number | null | undefined => {
    if (!x || x.kind === 'none') return null;
    const v = evaluate(m, x, frame);
    return v.kind === 'number' ? v.value : undefined;
  };
  const [start, stop, step] = [bound(s.start), bound(s.stop), bound(s.step)];
  const prov = { op: 'slice', args: [object], at: { from: e.from, to: e.to } };
  if (start === undefined || stop === undefined || step === undefined) return m.atom('other', prov);
  if (object.kind === 'sequence') return sequence(object.type, sliceIndices(object.items.length, start, stop, step ?? 1).map((i) => object.items[i]), prov);
  const a = object.kind === 'array' ? asArray(object) : null;
  if (!a) return m.atom('other', prov);
  m.spend(a.data.length);
  return array(Float64Array.from(sliceIndices(a.data.length, start, stop, step ?? 1), (i) => a.data[i]), prov);
}

function comprehension(m: Machine, e: Expr & { kind: 'comprehension' }, frame: Frame): Value {
  const scope = new Scope(frame.scope, frame.scope.owner);
  const inner: Frame = { ...frame, scope };
  const out: Value[] = [];
  let iterables: Value | null = null;
  let open = false;
  const walk = (depth: number): void => {
    const clause = e.clauses[depth];
    if (!clause) {
      out.push(evaluate(m, e.element, inner));
      return;
    }
    const iterable = evaluate(m, clause.iterable, inner);
    iterables ??= iterable;
    const items = iterate(iterable);
    if (!items || items.length > MAX_ITERATIONS) {
      open = true;
      assign(m, clause.target, m.atom('other', { op: 'element', args: [iterable], at: clause.target }), inner);
      walk(depth + 1);
      return;
    }
    const before = m.left.steps;
    for (const [i, item] of items.entries()) {
      // A large table (sines of every position) would leave no steps for what follows.
      if (i === 2 && ((before - m.left.steps) / 2) * items.length > before / 3) open = true;
      if (open) return;
      assign(m, clause.target, item, inner);
      const known = clause.conditions.map((c) => truth(evaluate(m, c, inner)));
      if (known.some((k) => k === null)) open = true;
      if (known.every((k) => k === null || k.value)) walk(depth + 1);
      if (open) return;
    }
  };
  walk(0);
  const prov = { op: 'comprehension', args: iterables ? [iterables, ...out.slice(0, 2)] : [], at: { from: e.from, to: e.to } };
  if (open || e.type === 'set') return m.atom('other', prov);
  if (e.type !== 'dict') return sequence('list', out, prov);
  const entries = new Map<string, Value>();
  for (const pair of out) {
    const [key, value] = pair.kind === 'sequence' ? pair.items : [];
    if (key && value && (key.kind === 'string' || key.kind === 'number')) entries.set(String(key.value), value);
  }
  return { kind: 'dict', entries, keys: new Map(), prov };
}
