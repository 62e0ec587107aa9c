/** Execution of statements. Branches whose condition is unknown are both executed and joined. */
import type { Expr, Span, Stmt } from '../parse/ast';
import { binary, truth } from './arithmetic';
import { MAX_LENGTH } from './arrays';
import { evaluate, named, ownerOfDotted } from './expressions';
import { defineClass, setAttribute } from './objects';
import { keepApart, setting } from './settings';
import type { Frame, Machine } from './machine';
import { isNumberSequence, push } from './machine';
import type { Provenance, Value } from './values';
import { join, NONE, number, WORLDS } from './values';

/** `stop`: the rest of the block is not reached for certain. */
type Completion = 'normal' | 'stop' | 'break' | 'continue';

/** Loops over more elements than this are not unrolled. */
export const MAX_ITERATIONS = 20_000;

export function execute(m: Machine, body: readonly Stmt[], frame: Frame): Completion {
  for (const statement of body) {
    const completion = executeOne(m, statement, frame);
    if (completion !== 'normal') return completion;
  }
  return 'normal';
}

function executeOne(m: Machine, s: Stmt, frame: Frame): Completion {
  m.step();
  switch (s.kind) {
    case 'assign': {
      const value = evaluate(m, s.value, frame);
      for (const target of s.targets) assign(m, target, value, frame, s.outer);
      return 'normal';
    }
    case 'augmented': {
      const old = evaluate(m, s.target, frame);
      const value = evaluate(m, s.value, frame);
      if (s.op === '+' && old.kind === 'sequence' && value.kind === 'sequence' && old.items.length + value.items.length <= MAX_LENGTH) {
        m.spend(value.items.length);
        for (const item of value.items.slice()) old.items.push(item);
      }
      else {
        const result = binary(m, s.op, old, value, s);
        m.observe(result, s, frame.scope.owner);
        m.made(result, s, frame.scope.owner);
        assign(m, s.target, result, frame, s.outer);
      }
      return 'normal';
    }
    case 'expression': evaluate(m, s.value, frame); return 'normal';
    case 'if': return branch(m, s, frame);
    case 'for': return loop(m, s, frame);
    case 'while': {
      const known = truth(evaluate(m, s.test, frame));
      if (known && !known.value && !known.generic) return 'normal';
      whileLoop(m, s, frame, known !== null);
      return 'normal';
    }
    case 'with':
      for (const item of s.items) {
        const value = evaluate(m, item.value, frame);
        if (item.target) assign(m, item.target, value, frame);
      }
      return execute(m, s.body, frame);
    case 'try': {
      const completion = execute(m, s.body, frame);
      for (const handler of s.handlers) fork(frame, () => execute(m, handler, frame), () => 'normal');
      const final = execute(m, s.final, frame);
      return final === 'normal' ? completion : final;
    }
    case 'return':
      frame.returns.push(s.value ? evaluate(m, s.value, frame) : NONE);
      return 'stop';
    case 'yield':
      if (s.value) evaluate(m, s.value, frame);
      return 'normal';
    case 'raise': return 'stop';
    case 'break': case 'continue': return s.kind;
    case 'unread': frame.scope.assign(s.name, m.atom('other', { op: `name ${s.name}`, args: [], at: s })); return 'normal';
    case 'import':
      for (const { name, path } of s.names) {
        const settings = m.siblings?.imported(path);
        if (settings && name === '*' && settings.kind === 'dict') settings.entries.forEach((value, key) => { frame.scope.assign(key, value); });
        frame.scope.assign(name, settings ?? { kind: 'module', path });
      }
      return 'normal';
    case 'function': {
      const owner = frame.scope.owner === '' ? s.name : `${frame.scope.owner}.${s.name}`;
      const value: Value = { kind: 'function', definition: s, scope: frame.scope, owner };
      if (frame.scope.parent && !frame.scope.isClass && !m.entered.has(s)) m.closures.set(s, value);
      frame.scope.assign(s.name, value);
      return 'normal';
    }
    case 'class': frame.scope.assign(s.name, defineClass(m, s, frame)); return 'normal';
    case 'annotated': case 'pass': return 'normal';
  }
}

function branch(m: Machine, s: Stmt & { kind: 'if' }, frame: Frame): Completion {
  const known = truth(isMainGuard(s.test) ? number(1) : evaluate(m, s.test, frame));
  // A guard that always raises speaks of a state that the caller must prepare (`set_timesteps` first); go on without it.
  if (known?.value && !known.generic && s.then.at(-1)?.kind === 'raise') return execute(m, s.otherwise, frame);
  if (known && !known.generic) return execute(m, known.value ? s.then : s.otherwise, frame);
  const [first, second] = known && !known.value ? [s.otherwise, s.then] : [s.then, s.otherwise];
  return fork(frame, () => execute(m, first, frame), () => execute(m, second, frame));
}

function isMainGuard(test: Expr): boolean {
  return test.kind === 'compare' && test.left.kind === 'name' && test.left.name === '__name__';
}

/** Runs both on the same state and joins what they leave behind; what ends early leaves nothing. */
function fork(frame: Frame, first: () => Completion, second: () => Completion): Completion {
  const before = snapshot(frame);
  const a = first();
  const afterFirst = a === 'normal' ? snapshot(frame) : null;
  restore(frame, before);
  const b = second();
  if (afterFirst && b === 'normal') {
    mergeInto(frame.scope.names, afterFirst.names);
    if (frame.self) mergeInto(frame.self.attributes, afterFirst.attributes);
  } else if (afterFirst) restore(frame, afterFirst);
  return a === 'normal' || b === 'normal' ? 'normal' : a;
}

interface State {
  names: ReadonlyMap<string, Value>;
  attributes: ReadonlyMap<string, Value>;
}

function snapshot(frame: Frame): State {
  return { names: new Map(frame.scope.names), attributes: new Map(frame.self?.attributes) };
}

function restore(frame: Frame, state: State): void {
  replace(frame.scope.names, state.names);
  if (frame.self) replace(frame.self.attributes, state.attributes);
}

function replace(names: Map<string, Value>, by: ReadonlyMap<string, Value>): void {
  names.clear();
  for (const [name, value] of by) names.set(name, value);
}

function mergeInto(names: Map<string, Value>, others: ReadonlyMap<string, Value>): void {
  for (const [name, value] of others) {
    const own = names.get(name);
    if (own !== value) names.set(name, own ? join(value, own) : value);
  }
}

/** Elements of an iterable, or null when they are not known. */
export function iterate(value: Value): Value[] | null {
  if (value.kind === 'sequence') return value.items;
  if (value.kind === 'dict') return [...value.keys.values()];
  if (value.kind === 'array') {
    const element: Provenance = { op: 'element', args: [value], at: value.prov?.at ?? { from: 0, to: 0 } };
    return Array.from(value.data, (x) => number(x, Number.isInteger(x), element));
  }
  return null;
}

/**
 * A loop whose elements are known runs as written as long as its body computes with known things (a running product, a
 * cosine schedule). Once a turn meets something unknown (a model, a data loader), one generic turn stands for all:
 * the loop variable becomes an index, what the loop carries along becomes an atom.
 */
function loop(m: Machine, s: Stmt & { kind: 'for' }, frame: Frame): Completion {
  const iterable = evaluate(m, s.iterable, frame);
  const items = iterate(iterable);
  if (isNumberSequence(iterable) && iterable.items.length > 1) {
    const [a, b] = iterable.items;
    if (a.kind === 'number' && b.kind === 'number' && b.value < a.value) push(m.trace.reverseLoops, { value: iterable, at: s, owner: frame.scope.owner });
  }
  if (items && items.length <= MAX_ITERATIONS) {
    for (const item of items) {
      // Also where the body is empty.
      m.step();
      const before = m.atoms;
      assign(m, s.target, item, frame);
      const completion = execute(m, s.body, frame);
      if (completion === 'break') return 'normal';
      if (completion === 'stop') return 'stop';
      if (m.atoms > before && items.length > 1) return generic(m, s, frame, items, iterable);
    }
    return execute(m, s.otherwise, frame);
  }
  return generic(m, s, frame, [], iterable);
}

function generic(m: Machine, s: Stmt & { kind: 'for' }, frame: Frame, items: Value[], iterable: Value): Completion {
  carried(m, s.body, frame);
  assign(m, s.target, anyOf(m, items, iterable, s.target), frame);
  // A return inside a loop is not the function's only way out.
  fork(frame, () => execute(m, s.body, frame), () => 'normal');
  return 'normal';
}

/** One element that stands for all; numbers become an index that takes some of the values. */
function anyOf(m: Machine, items: readonly Value[], iterable: Value, at: Span): Value {
  const [first] = items;
  if (first?.kind === 'sequence' && items.every((i) => i.kind === 'sequence' && i.items.length === first.items.length)) {
    return { ...first, items: first.items.map((_, k) => anyOf(m, items.map((i) => (i as typeof first).items[k]), iterable, at)) };
  }
  const numbers = items.length > WORLDS + 1 && items.every((i) => i.kind === 'number');
  const role = first?.kind === 'number' || iterable.prov?.op === 'range' ? 'index' : 'other';
  // Not `m.atom`: no assumption may replace a loop variable.
  return {
    kind: 'atom', id: m.atoms++, role, indexed: role === 'index', prov: { op: 'element', args: [iterable], at },
    // The same places for all parts of a tuple, so that `for t, t_prev in zip(…)` keeps its relation.
    worlds: numbers ? Float64Array.from({ length: WORLDS }, (_, w) => (items[Math.floor(((w + 1) * (items.length - 1)) / (WORLDS + 1))] as { value: number }).value) : undefined,
  };
}

/** Forgets tensors that the body assigns anew, so that one turn is read from a generic state. */
function carried(m: Machine, body: readonly Stmt[], frame: Frame): void {
  for (const name of assignedNames(body)) {
    const value = frame.scope.names.get(name);
    if (value?.kind === 'atom' || (value?.kind === 'linear' && value.terms.size > 0)) {
      const at = value.prov?.at ?? { from: 0, to: 0 };
      frame.scope.assign(name, { kind: 'atom', id: m.atoms++, role: 'other', indexed: false, prov: { op: 'carried', args: [value], at } });
    }
  }
}

function assignedNames(body: readonly Stmt[], out = new Set<string>()): Set<string> {
  const target = (e: Expr): void => {
    if (e.kind === 'name') out.add(e.name);
    else if (e.kind === 'sequence') e.items.forEach(target);
    else if (e.kind === 'star') target(e.operand);
  };
  for (const s of body) {
    if (s.kind === 'assign') s.targets.forEach(target);
    else if (s.kind === 'augmented') target(s.target);
    else if (s.kind === 'if') { assignedNames(s.then, out); assignedNames(s.otherwise, out); }
    else if (s.kind === 'for' || s.kind === 'while' || s.kind === 'with' || s.kind === 'try') assignedNames(s.body, out);
  }
  return out;
}

function whileLoop(m: Machine, s: Stmt & { kind: 'while' }, frame: Frame, startsKnown: boolean): void {
  if (startsKnown) {
    for (let i = 0; i < MAX_ITERATIONS; i++) {
      const before = m.atoms;
      const completion = execute(m, s.body, frame);
      if (completion !== 'normal' && completion !== 'continue') return;
      const again = truth(evaluate(m, s.test, frame));
      if (again && !again.value && !again.generic) return;
      if (m.atoms > before || again === null) break;
    }
    carried(m, s.body, frame);
  }
  fork(frame, () => execute(m, s.body, frame), () => 'normal');
}

/** `target = value`, with unpacking; what cannot be unpacked gives atoms. `outer`: see `Stmt`. */
export function assign(m: Machine, target: Expr, value: Value, frame: Frame, outer = false): void {
  switch (target.kind) {
    case 'name': {
      const v = settle(m, named(value, target.name), target);
      keepApart(v);
      if (outer) frame.scope.assignOuter(target.name, v);
      else frame.scope.assign(target.name, v);
      m.occurrence(target.name, target, outer ? frame.scope.ownerOf(target.name) : frame.scope.owner, v);
      return;
    }
    case 'attribute': {
      const object = evaluate(m, target.object, frame);
      const v = settle(m, isSettings(object) ? setting(value, target.name) : named(value, target.name), target);
      keepApart(v);
      setAttribute(object, target.name, v);
      if (target.dotted !== null) m.occurrence(target.dotted, target, ownerOfDotted(target.dotted, frame), v);
      return;
    }
    case 'sequence': {
      const items = value.kind === 'sequence' ? value.items : null;
      const star = target.items.findIndex((i) => i.kind === 'star');
      target.items.forEach((item, i) => {
        const known = items && (star < 0 ? items.length === target.items.length : i < star) ? items[i] : undefined;
        assign(m, item, known ?? m.atom(value.kind === 'atom' && value.role === 'call' ? 'call' : 'other', { op: 'element', args: [value], at: item }), frame, outer);
      });
      return;
    }
    case 'star': assign(m, target.operand, value, frame, outer); return;
    case 'index': {
      const object = evaluate(m, target.object, frame);
      const key = target.items.length === 1 && target.items[0].kind !== 'slice' ? evaluate(m, target.items[0], frame) : null;
      if (m.language === 'javascript' && key && filled(m, target.object, object, key, value, frame)) return;
      if (key?.kind === 'number' && value.kind === 'number') {
        if (object.kind === 'array' && key.value < object.data.length) object.data[key.value < 0 ? key.value + object.data.length : key.value] = value.value;
        else if (object.kind === 'sequence' && m.language === 'javascript' && key.value === object.items.length && key.value < MAX_ITERATIONS) object.items.push(value);
        else if (object.kind === 'sequence' && key.value < object.items.length) object.items[key.value < 0 ? key.value + object.items.length : key.value] = value;
      }
      if (object.kind === 'array' && key?.kind !== 'number') poison(object.data, target.items[0], value);
      if (object.kind === 'dict' && key && (key.kind === 'string' || key.kind === 'number')) object.entries.set(String(key.value), isSettings(object) ? setting(value, String(key.value)) : named(value, String(key.value)));
      return;
    }
    default: evaluate(m, target, frame);
  }
}

/**
 * `out[i] = v` with something unknown. One turn stands for all, and an entry of an unknown tensor is the tensor: a list whose entries are written so holds v
 * everywhere, and an array of unknown length becomes v.
 */
function filled(m: Machine, target: Expr, object: Value, key: Value, value: Value, frame: Frame): boolean {
  if (value.kind !== 'atom' && !(value.kind === 'linear' && value.terms.size > 0)) return false;
  if (object.kind === 'sequence') {
    if (key.kind === 'number') {
      if (!Number.isInteger(key.value) || key.value < 0 || key.value >= object.items.length) return false;
      object.items[key.value] = value;
    } else object.items.fill(value);
    return true;
  }
  if (object.kind !== 'atom' || object.prov?.op !== 'new array' || key.kind !== 'atom') return false;
  assign(m, target, value, frame, target.kind === 'name');
  return true;
}

/** A dict that settings are put into one by one: `config.model.num_scales = 1000`. */
function isSettings(object: Value): boolean {
  return object.kind === 'dict' && /^(?:dict|namespace|arguments|config)$/.test(object.prov?.op ?? '');
}

/** A write that is not understood makes the array unknown, unless it fills all of it with one number. */
function poison(data: Float64Array, where: Expr | undefined, value: Value): void {
  const whole = where?.kind === 'slice' && !where.start && !where.stop;
  data.fill(value.kind === 'number' && whole ? value.value : NaN);
}

/**
 * A sum of unknown tensors with plain numbers before them (a residual connection, guidance) says nothing about a
 * schedule: once it has a name it is one thing.
 */
function settle(m: Machine, value: Value, at: Span): Value {
  if (value.kind !== 'linear' || value.terms.size < 2) return value;
  if ([...value.terms.values(), value.constant].some((c) => c.index.length > 0)) return value;
  const call = [...value.terms.keys()].every((a) => a.role === 'call');
  return { kind: 'atom', id: m.atoms++, role: call ? 'call' : 'other', indexed: false, prov: { op: 'settled', args: [value], at } };
}
