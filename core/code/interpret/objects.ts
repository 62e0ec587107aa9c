/** Modules, classes, instances and their attributes. */
import type { ClassDefinition, Span } from '../parse/ast';
import { callFunction, NO_ARGUMENTS } from './calls';
import { evaluate } from './expressions';
import type { Frame, Machine } from './machine';
import { Scope } from './scope';
import { pathAttribute, scriptFile } from './files';
import { globalConstant, globalNamed } from './javascript';
import { flagNamed, keepFieldsApart } from './settings';
import { execute } from './statements';
import type { ClassValue, InstanceValue, ModuleValue, Value } from './values';
import { NONE, number, sequence } from './values';

/** Usual aliases, for snippets and notebook cells that leave the imports out. */
const ALIASES: Record<string, string> = {
  torch: 'torch', th: 'torch', np: 'numpy', numpy: 'numpy', math: 'math', F: 'torch.nn.functional', nn: 'torch.nn',
  jnp: 'jax.numpy', jax: 'jax', tf: 'tensorflow', argparse: 'argparse',
};
const ROOTS = /^(torch|numpy|math|jax|tensorflow|scipy|einops|keras|cupy|autograd)(\.|$)/;

export const BUILTINS = new Set(['range', 'xrange', 'len', 'int', 'float', 'abs', 'min', 'max', 'sum', 'list', 'tuple', 'reversed', 'enumerate', 'zip', 'round', 'callable',
  'getattr', 'setattr', 'hasattr', 'isinstance', 'super', 'pow', 'dict', 'str', 'bool', 'next', 'iter', 'print', 'sorted', 'map', 'tqdm', 'trange', 'any', 'all', 'open', 'vars']);

export function moduleNamed(m: Machine, name: string, at: Span): Value {
  if (m.language === 'javascript') return globalNamed(m, name, at);
  if (Object.hasOwn(ALIASES, name)) return { kind: 'module', path: ALIASES[name] };
  if (BUILTINS.has(name)) return { kind: 'module', path: `builtins.${name}` };
  if (name === '__file__') return scriptFile();
  return m.atom('other', { op: `name ${name}`, args: [], at });
}

export function isNumericModule(path: string): boolean {
  return ROOTS.test(path);
}

const CONSTANTS: Record<string, number> = { pi: Math.PI, e: Math.E, inf: Infinity, tau: 2 * Math.PI };

export function attribute(m: Machine, object: Value, name: string, at: Span): Value {
  if (m.language === 'javascript') {
    const value = javascriptAttribute(m, object, name, at);
    if (value) return value;
  }
  switch (object.kind) {
    case 'module': {
      if (isNumericModule(object.path) && Object.hasOwn(CONSTANTS, name)) return number(CONSTANTS[name]);
      return flagNamed(m, object.path, name) ?? ({ kind: 'module', path: `${object.path}.${name}` } satisfies ModuleValue);
    }
    case 'instance': {
      const own = object.attributes.get(name);
      if (own) return own;
      const member = memberOf(object.class, name);
      if (member) return boundMember(m, object, member, at);
      // An attribute of an unseen base class: unknown, but the same each time.
      if (METHODS_OF_MODULES.has(name)) return { kind: 'bound', object, name };
      const value = m.atom('other', { op: `attribute ${name}`, args: [], at });
      object.attributes.set(name, value);
      return value;
    }
    case 'class': {
      const member = memberOf(object, name);
      return member?.kind === 'function' ? bindStatic(object, member) : (member ?? m.atom('other', { op: `attribute ${name}`, args: [], at }));
    }
    case 'dict': {
      const entry = object.entries.get(name);
      if (entry && !DICT_METHODS.has(name)) return entry;
      if (name === '__dict__') return object;
      if (DICT_METHODS.has(name) || object.prov?.op === 'argparse') return { kind: 'bound', object, name };
      return m.atom('other', { op: `attribute ${name}`, args: [object], at });
    }
    case 'sequence': {
      const field = object.fields?.indexOf(name) ?? -1;
      return object.items[field] ?? { kind: 'bound', object, name };
    }
    case 'array':
      if (name === 'shape') return shapeOf(object.data.length, object);
      if (name === 'size') return { kind: 'bound', object, name };
      if (name === 'T' || name === 'data') return object;
      return { kind: 'bound', object, name };
    case 'atom':
      if (['shape', 'device', 'dtype', 'ndim', 'config', 'T'].includes(name)) return m.attributeOf(object, name, at);
      if (object.role === 'call' || object.role === 'noise' || object.role === 'index') return { kind: 'bound', object, name };
      return m.attributeOf(object, name, at);
    case 'string': return pathAttribute(object, name) ?? { kind: 'bound', object, name };
    case 'linear':
      if (['shape', 'device', 'dtype', 'ndim'].includes(name)) return m.atom('other', { op: name, args: [object], at });
      return { kind: 'bound', object, name };
    default: return { kind: 'bound', object, name };
  }
}

/** Where JavaScript's objects differ: `length`, and properties that are not there are undefined. */
function javascriptAttribute(m: Machine, object: Value, name: string, at: Span): Value | null {
  switch (object.kind) {
    case 'module': return globalConstant(object.path, name);
    case 'sequence': return name === 'length' ? number(object.items.length, true, { op: 'length', args: [object], at }) : null;
    case 'array': return name === 'length' || name === 'size' ? number(object.data.length, true, { op: 'length', args: [object], at }) : null;
    case 'string': return name === 'length' ? number(object.value.length, true) : null;
    case 'dict': {
      const entry = object.entries.get(name);
      if (entry) return entry;
      if (object.prov?.op === 'argparse') return { kind: 'bound', object, name };
      return object.prov?.op === 'dict' ? NONE : m.atom('other', { op: `attribute ${name}`, args: [object], at });
    }
    case 'atom': return m.attributeOf(object, name, at);
    default: return null;
  }
}

function shapeOf(n: number, of: Value): Value {
  return sequence('tuple', [number(n, true, { op: 'length', args: [of], at: of.prov?.at ?? { from: 0, to: 0 } })]);
}

/** Methods that nn.Module brings and that matter for what an instance holds. */
export const METHODS_OF_MODULES = new Set(['register_buffer', 'to', 'eval', 'train', 'cuda', 'cpu', 'parameters', 'state_dict', 'half', 'float', 'double', 'apply', 'add_module',
  'register_parameter', 'load_state_dict', 'requires_grad_', 'named_parameters', 'register_to_config', 'save_hyperparameters']);
const DICT_METHODS = new Set(['get', 'items', 'keys', 'values', 'update', 'pop', 'setdefault', 'copy']);

export function setAttribute(object: Value, name: string, value: Value): void {
  if (object.kind === 'instance') object.attributes.set(name, value);
  else if (object.kind === 'class') object.members.set(name, value);
  else if (object.kind === 'dict') object.entries.set(name, value);
}

const MAX_ANCESTORS = 40;

export function memberOf(c: ClassValue, name: string, depth = 0): Value | undefined {
  const own = c.members.get(name);
  if (own || depth > 8) return own;
  for (const base of c.bases) {
    const found = base.kind === 'class' ? memberOf(base, name, depth + 1) : undefined;
    if (found) return found;
  }
  return undefined;
}

function decoratorsOf(member: Value): string[] {
  if (member.kind !== 'function' || member.definition.kind !== 'function') return [];
  return member.definition.decorators.map((d) => (d.kind === 'name' ? d.name : ''));
}

function bindStatic(c: ClassValue, member: Value): Value {
  return member.kind === 'function' && decoratorsOf(member).includes('classmethod') ? { ...member, self: c } : member;
}

function boundMember(m: Machine, instance: InstanceValue, member: Value, at: Span): Value {
  if (member.kind !== 'function') return member;
  const decorators = decoratorsOf(member);
  if (decorators.includes('staticmethod')) return member;
  if (decorators.includes('classmethod')) return { ...member, self: instance.class };
  const bound: Value = { ...member, self: instance };
  if (decorators.some((d) => d === 'property' || d === 'cached_property')) {
    return callFunction(m, bound, NO_ARGUMENTS, at);
  }
  return bound;
}

export function defineClass(m: Machine, s: ClassDefinition, frame: Frame): ClassValue {
  const owner = frame.scope.owner === '' ? s.name : `${frame.scope.owner}.${s.name}`;
  const scope = new Scope(frame.scope, owner, true);
  let ancestors = 0;
  const bases = s.bases.map((b): Value => {
    const base = evaluate(m, b, frame);
    if (base.kind !== 'class') return base;
    // A class that inherits from itself in a loop: no person's.
    if (ancestors + base.ancestors >= MAX_ANCESTORS) return m.atom('other', { op: 'unknown', args: [], at: b });
    ancestors += 1 + base.ancestors;
    return base;
  });
  const inner: Frame = { scope, returns: [], self: null };
  execute(m, s.body, inner);
  const value: ClassValue = { kind: 'class', definition: s, scope, members: scope.names, bases, ancestors };
  keepFieldsApart(value);
  return value;
}
