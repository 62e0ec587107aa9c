/** Method calls on known and unknown objects. */
import { named } from './expressions';
import { sequence, number, NONE } from './values';
import type { Call } from './numeric';
import { arg, callNumeric } from './numeric';
import { setAttribute } from './objects';
import { pathMethod } from './files';
import { argparse } from './settings';
import { MAX_ITERATIONS, iterate } from './statements';
import type { ArrayValue, Value } from './values';
import { array } from './values';
import { callJavascriptMethod } from './javascript-methods';

/** Leave the numbers as they are: type, device, graph and shape. */
const SAME = new Set(['to', 'float', 'double', 'half', 'cpu', 'cuda', 'numpy', 'clone', 'detach', 'contiguous', 'long', 'int', 'type', 'astype', 'requires_grad_', 'view_as',
  'type_as', 'copy', 'item', 'reshape_as', 'expand', 'expand_as', 'repeat', 'squeeze', 'flatten', 'unsqueeze', 'view', 'reshape', 'unsqueeze_', 'eval', 'train', 'bool', 'ravel', 'tolist', 'block_until_ready', 'bfloat16', 'broadcast_to', 'requires_grad', 'cast', 'pin_memory', 'repeat_interleave']);

export function callMethod(c: Call, object: Value, name: string): Value | null {
  if (c.m.language === 'javascript') return callJavascriptMethod(c, object, name);
  switch (object.kind) {
    case 'instance': return instanceMethod(c, object, name);
    case 'dict': return dictMethod(c, object, name);
    case 'sequence': return listMethod(c, object, name);
    case 'string': return pathMethod(c.m, object, name, c.args) ?? (name === 'lower' || name === 'strip' ? object : name === 'upper' ? { ...object, value: object.value.toUpperCase() } : null);
    case 'number': case 'array': case 'atom': case 'linear': return tensorMethod(c, object, name);
    default: return null;
  }
}

function tensorMethod(c: Call, object: Value, name: string): Value | null {
  const { m, at } = c;
  const bare = name.length > 1 && name.endsWith('_') && !SAME.has(name) ? name.slice(0, -1) : name;
  if (SAME.has(bare)) {
    if (bare === 'tolist' && object.kind === 'array') return sequence('list', iterate(object) ?? [], { op: 'tolist', args: [object], at });
    return object.kind === 'array' ? reshaped(c, object, bare) : object;
  }
  if (object.kind === 'array' && (name === 'size' || name === 'numel' || name === 'dim')) {
    return number(name === 'dim' ? object.shape.length : object.data.length, true, { op: 'length', args: [object], at });
  }
  if (object.kind === 'atom' && (name === 'size' || name === 'shape')) return m.atom('other', { op: 'size', args: [object], at });
  if (['new_zeros', 'new_ones', 'new_full', 'new_tensor'].includes(name)) return callNumeric(name.slice(4), c) ?? null;
  const self = { ...c, args: { ...c.args, positional: [object, ...c.args.positional] } };
  // A method of an unknown that is no tensor (`scheduler.add(…)`) must not pass for arithmetic: only results of
  // arithmetic, noise, arguments and known arrays have the library's methods.
  if (object.kind === 'atom' && object.role === 'other' && object.prov?.op.startsWith('name ')) return null;
  // `torch.empty(shape).normal_()`: filled in place; `rng.normal(…)` may be anything's.
  if (name === 'normal_') return m.atom('noise', { op: 'noise', args: [object], at });
  if (bare === 'normal' || bare === 'step' || bare === 'sample' || bare === 'append') return null;
  return callNumeric(bare, self) ?? null;
}

function reshaped(c: Call, object: ArrayValue, name: string): Value {
  const prov = { op: name, args: [object], at: c.at };
  const n = object.data.length;
  const numbers = (v: Value[]) => v.flatMap((x) => (x.kind === 'sequence' ? x.items : [x])).map((x) => (x.kind === 'number' ? x.value : NaN));
  let shape: number[] | null = null;
  if (name === 'view' || name === 'reshape') {
    const given = numbers(c.args.positional);
    if (given.length > 0 && !given.some(Number.isNaN)) {
      const rest = given.filter((x) => x !== -1).reduce((x, y) => x * y, 1);
      shape = given.map((x) => (x === -1 ? n / rest : x));
    }
  } else if (name === 'unsqueeze' || name === 'unsqueeze_') {
    const at = arg(c, 0, 'dim');
    const axis = at?.kind === 'number' ? (at.value < 0 ? at.value + object.shape.length + 1 : at.value) : 0;
    shape = [...object.shape.slice(0, axis), 1, ...object.shape.slice(axis)];
  } else if (name === 'squeeze' || name === 'flatten' || name === 'ravel') shape = [n];
  else return object;
  const sound = shape !== null && shape.reduce((x, y) => x * y, 1) === n && shape.filter((x) => x > 1).length <= 1;
  return array(object.data, prov, sound && shape ? shape : object.shape);
}

function instanceMethod(c: Call, object: Value & { kind: 'instance' }, name: string): Value | null {
  if (name === 'register_buffer' || name === 'register_parameter' || name === 'add_module') {
    const key = arg(c, 0, 'name');
    const value = arg(c, 1, 'tensor', 'param', 'module');
    if (key?.kind === 'string' && value) {
      setAttribute(object, key.value, named(value, key.value));
      // The string is where the attribute gets its name.
      if (key.src) c.m.occurrence(`self.${key.value}`, { from: key.src.span.from + 1, to: key.src.span.to - 1 }, c.owner.split('.')[0], value);
    }
    return NONE;
  }
  if (['to', 'eval', 'train', 'cuda', 'cpu', 'half', 'float', 'double', 'requires_grad_', 'apply'].includes(name)) return object;
  return null;
}

function dictMethod(c: Call, object: Value & { kind: 'dict' }, name: string): Value | null {
  const [a, b] = c.args.positional;
  const prov = { op: name, args: [object], at: c.at };
  if (object.prov?.op === 'argparse') return argparse(c, object, name);
  switch (name) {
    case 'get': case 'pop': return a?.kind === 'string' ? (object.entries.get(a.value) ?? b ?? NONE) : null;
    case 'setdefault': return a?.kind === 'string' ? (object.entries.get(a.value) ?? b ?? NONE) : null;
    case 'keys': return sequence('list', [...object.keys.values()], prov);
    case 'values': return sequence('list', [...object.entries.values()], prov);
    case 'items': return sequence('list', [...object.entries].map(([k, v]) => sequence('tuple', [object.keys.get(k) ?? { kind: 'string', value: k }, v])), prov);
    case 'copy': return { ...object, entries: new Map(object.entries) };
    case 'update':
      if (a?.kind === 'dict') a.entries.forEach((v, k) => object.entries.set(k, v));
      c.args.keywords.forEach((v, k) => object.entries.set(k, v));
      return NONE;
    default: return null;
  }
}

function listMethod(c: Call, object: Value & { kind: 'sequence' }, name: string): Value | null {
  const [a] = c.args.positional;
  switch (name) {
    case 'append':
      if (a && object.items.length < MAX_ITERATIONS) object.items.push(a);
      return NONE;
    case 'extend': {
      const items = a ? iterate(a) : null;
      if (items && object.items.length + items.length < MAX_ITERATIONS) for (const item of items.slice()) object.items.push(item);
      return NONE;
    }
    case 'insert': {
      const [at, value] = c.args.positional;
      if (at?.kind === 'number' && value) object.items.splice(at.value, 0, value);
      return NONE;
    }
    case 'reverse': object.items.reverse(); return NONE;
    case 'copy': return { ...object, items: object.items.slice() };
    default: return null;
  }
}
