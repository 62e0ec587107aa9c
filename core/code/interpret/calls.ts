/** Calls: same-file functions and classes are entered, library functions computed, the rest is unknown. */
import type { Expr, FunctionDefinition, Parameter, Span } from '../parse/ast';
import { evaluate, named } from './expressions';
import { callFile, hydraConfig } from './files';
import { callBuiltin } from './builtins';
import { callMethod } from './methods';
import type { CallArguments, Frame, Machine } from './machine';
import { push } from './machine';
import { callNumeric, subscript } from './numeric';
import { BUILTINS, isNumericModule, memberOf } from './objects';
import { Scope } from './scope';
import { callGlobal } from './javascript';
import { defineFlag, fromDecorators, holdsSettings, isRecord, keepApart, NAMESPACES, recordFields, setting } from './settings';
import { execute, MAX_ITERATIONS } from './statements';
import type { ClassValue, FunctionValue, InstanceValue, Value } from './values';
import { dict, join, NONE, number, sequence, supposed } from './values';

const MAX_CALL_DEPTH = 9;
/** Methods of diffusers' schedulers that say which variable holds what. */
const SCHEDULER_METHODS = new Set(['add_noise', 'step', 'get_velocity']);

export function evaluateCall(m: Machine, e: Expr & { kind: 'call' }, frame: Frame): Value {
  // A method of an unknown object is a call of it, not of an attribute.
  let callee: Value;
  if (e.callee.kind === 'attribute') {
    const object = evaluate(m, e.callee.object, frame);
    if (isTensor(object)) {
      callee = { kind: 'bound', object, name: e.callee.name };
    } else callee = evaluate(m, e.callee, frame);
  } else callee = evaluate(m, e.callee, frame);
  const args = evaluateArguments(m, e, frame);
  return call(m, callee, args, e, frame);
}

function isTensor(v: Value): boolean {
  return v.kind === 'atom' || v.kind === 'linear' || v.kind === 'array' || v.kind === 'number';
}

function evaluateArguments(m: Machine, e: Expr & { kind: 'call' }, frame: Frame): CallArguments {
  const positional: Value[] = [];
  let open = false;
  let byName: { keywords: Map<string, Value>; spans: Map<string, Span> } | null = null;
  for (const a of e.args) {
    const value = evaluate(m, a.value, frame);
    if (a.star === 1) {
      if (value.kind === 'sequence' && value.items.length <= MAX_ITERATIONS) for (const item of value.items) positional.push(item);
      else open = true;
    } else if (a.star === 2) {
      byName ??= { keywords: new Map(), spans: new Map() };
      if (value.kind === 'dict') for (const [k, v] of value.entries) byName.keywords.set(k, v);
      else open = true;
    } else if (a.name) {
      byName ??= { keywords: new Map(), spans: new Map() };
      byName.keywords.set(a.name, named(value, a.name));
      byName.spans.set(a.name, { from: a.nameSpan?.from ?? a.value.from, to: a.value.to });
    } else positional.push(value);
  }
  // Most calls name nothing.
  return { positional, keywords: byName?.keywords ?? NO_ARGUMENTS.keywords, keywordSpans: byName?.spans ?? NO_ARGUMENTS.keywordSpans, open };
}

export function call(m: Machine, callee: Value, args: CallArguments, e: Expr, frame: Frame): Value {
  const owner = frame.scope.owner;
  const unknown = (): Value => m.atom('call', { op: 'call', args: [callee, ...args.positional, ...args.keywords.values()], keywords: args.keywords, at: { from: e.from, to: e.to } });
  switch (callee.kind) {
    case 'function': {
      const result = callFunction(m, callee, args, e);
      // A network that the file computes itself (`h.matMul(w).add(b)`) is as unknown as any other.
      if (m.language === 'javascript' && args.positional.length >= 2 && isNetwork(result)) return unknown();
      // Which function it is was left open, so its result is one of several too.
      return callee.joined && (result.kind === 'array' || result.kind === 'number' || result.kind === 'string') ? { ...result, joined: true } : result;
    }
    case 'class': {
      push(m.trace.instantiations, { class: callee, args, at: e, owner });
      return instantiate(m, callee, args, e);
    }
    case 'bound': {
      const result = callMethod({ m, at: e, owner, args }, callee.object, callee.name) ?? unknown();
      if (callee.object.kind === 'atom' && SCHEDULER_METHODS.has(callee.name)) push(m.trace.methods, { value: callee.object, name: callee.name, args, result, at: e, owner });
      return result;
    }
    case 'module': {
      const name = callee.path.slice(callee.path.lastIndexOf('.') + 1);
      if (m.language === 'javascript') {
        const value = callGlobal({ m, at: e, owner, args }, callee.path);
        if (value !== undefined) return value ?? unknown();
      }
      if (callee.path === 'npm:argparse.ArgumentParser') return { kind: 'dict', entries: new Map(), keys: new Map(), prov: { op: 'argparse', args: [], at: e } };
      const settings = m.language === 'python' ? callSettings(m, callee.path, name, args, e, frame) : null;
      if (settings) return settings;
      if (isNumericModule(callee.path)) return callNumeric(name, { m, at: e, owner, args }) ?? unknown();
      if (callee.path.startsWith('builtins.') || BUILTINS.has(name) || callee.path.startsWith('tqdm')) return callBuiltin({ m, at: e, owner, args }, name, frame) ?? unknown();
      if (callee.path === 'collections.namedtuple') return namedTupleType(args) ?? unknown();
      if (callee.fields) return sequence('tuple', callee.fields.map((f, i) => args.keywords.get(f) ?? args.positional[i] ?? NONE), { op: 'namedtuple', args: [], at: e }, callee.fields);
      push(m.trace.imported, { path: callee.path, args, at: e, owner, call: e });
      return likelyGather(m, args, e) ?? unknown();
    }
    case 'atom': return likelyGather(m, args, e) ?? unknown();
    // A class of settings of another file, or the function that makes them.
    case 'sequence': return callee.prov?.op === 'settings' ? callee : unknown();
    case 'dict': return callee.prov?.op === 'settings' ? { ...callee, entries: new Map([...callee.entries, ...args.keywords]) } : unknown();
    // What an instance returns when called (a network) is taken as one unknown: its `forward` is read by itself.
    default: return unknown();
  }
}

/** Unknown tensors added up with nothing of a schedule before them, or what an unknown method makes of a computed tensor. */
function isNetwork(v: Value): boolean {
  if (v.kind === 'atom' && v.role === 'call') {
    const callee = v.prov?.args[0];
    return callee?.kind === 'bound' && (callee.object.kind === 'linear' || (callee.object.kind === 'atom' && !/^(attribute|name|parameter) /.test(callee.object.prov?.op ?? 'name ')));
  }
  // `+`: a sum with an array whose length does not fit is unknown too.
  if (v.kind === 'atom') return v.prov?.op === 'settled' || v.prov?.op === '+';
  return v.kind === 'linear' && v.terms.size > 1 && ![...v.terms.values(), v.constant].some((c) => c.index.length > 0);
}

/** Of dataclasses, attrs and pydantic: what a field holds when nothing is passed. */
const FIELD = /^(?:dataclasses|flax\.struct|attrs?|pydantic(?:\.fields)?|pydantic_settings)\.(?:field|Field|ib|attrib)$/;

/** What makes or loads settings; null where the name is another's. */
function callSettings(m: Machine, path: string, name: string, args: CallArguments, e: Expr, frame: Frame): Value | null {
  const [first] = args.positional;
  const flag = defineFlag(m, path, args, e);
  if (flag) return flag;
  const make = (c: Value) => (c.kind === 'class' ? instantiate(m, c, NO_ARGUMENTS, e) : undefined);
  const loaded = callFile(m, path, args, make);
  if (loaded) return loaded;
  if (/(?:^|\.)ArgumentParser$/.test(path)) {
    push(m.trace.imported, { path, args, at: e, owner: frame.scope.owner, call: e });
    return { kind: 'dict', entries: new Map(), keys: new Map(), prov: { op: 'argparse', args: [], at: e } };
  }
  if (FIELD.test(path)) {
    const factory = args.keywords.get('default_factory') ?? args.keywords.get('factory');
    const value = args.keywords.get('default') ?? (name === 'Field' ? first : undefined);
    return value ?? (factory ? call(m, factory, NO_ARGUMENTS, e, frame) : null);
  }
  if (/^typer\.(?:Option|Argument)$/.test(path) && (first ?? args.keywords.get('default'))) return setting((first ?? args.keywords.get('default'))!);
  if ((path === 'builtins.vars' || path === 'dataclasses.asdict') && first) return recordEntries(first, e);
  if (path.startsWith('builtins.') || isNumericModule(path) || !NAMESPACES.has(name) || args.open || (first && first.kind !== 'dict')) return null;
  push(m.trace.imported, { path, args, at: e, owner: frame.scope.owner, call: e });
  const entries = new Map([...(first?.kind === 'dict' ? first.entries : []), ...args.keywords]);
  const namespace = dict(entries, { op: 'namespace', args: [], at: e });
  keepApart(namespace);
  return namespace;
}

export const NO_ARGUMENTS: CallArguments = { positional: [], keywords: new Map(), keywordSpans: new Map(), open: false };

/** `vars(args)`, `asdict(config)`. */
function recordEntries(v: Value, at: Span): Value | null {
  if (v.kind === 'dict') return v;
  if (v.kind !== 'instance' || !isRecord(v.class)) return null;
  const entries = new Map<string, Value>();
  for (const name of recordFields(v.class)) {
    const value = v.attributes.get(name) ?? memberOf(v.class, name);
    if (value) entries.set(name, (value.kind === 'instance' ? recordEntries(value, at) : null) ?? value);
  }
  return dict(entries, { op: 'config', args: [], at });
}

function namedTupleType(args: CallArguments): Value | null {
  const fields = args.positional[1];
  if (fields?.kind === 'string') return { kind: 'module', path: 'namedtuple', fields: fields.value.split(/[\s,]+/).filter(Boolean) };
  if (fields?.kind !== 'sequence') return null;
  return { kind: 'module', path: 'namedtuple', fields: fields.items.map((f) => (f.kind === 'string' ? f.value : '')) };
}

/**
 * An imported helper that is given a known array and an unknown index most likely reads the one at the other
 * (`extract(betas, t, x.shape)`, `gather(betas, t)`). Taking it so can do no harm: a formula is recognised only when all
 * its numbers fit.
 */
function likelyGather(m: Machine, args: CallArguments, e: Expr): Value | null {
  const [a, b, c] = args.positional;
  if (a?.kind === 'array' && a.data.length > 2 && b?.kind === 'atom' && b.role !== 'noise') return subscript(m, a, b, e);
  if (a?.kind === 'array' && a.data.length > 2 && c?.kind === 'atom' && b?.kind === 'number') return subscript(m, a, c, e);
  // `broadcast(alpha_bar[t], images)`: the entry, in the shape of the images.
  if (a?.kind === 'linear' && a.terms.size === 0 && a.constant.index.length > 0 && (b?.kind === 'atom' || b?.kind === 'linear')) return a;
  return null;
}

/** Is it running twice already? */
function isRecursive(m: Machine, f: FunctionValue): boolean {
  const first = m.stack.indexOf(f.definition);
  return first >= 0 && m.stack.indexOf(f.definition, first + 1) >= 0;
}

/** Runs the body with the arguments bound. Recursion and depth are bounded; beyond that the result is unknown. */
export function callFunction(m: Machine, f: FunctionValue, args: CallArguments, at: Span): Value {
  if (m.depth >= MAX_CALL_DEPTH || isRecursive(m, f)) return m.atom('call', { op: 'call', args: [f, ...args.positional], at: { from: at.from, to: at.to } });
  const scope = new Scope(f.scope, f.owner);
  const self = f.self?.kind === 'instance' ? f.self : null;
  const frame: Frame = { scope, returns: [], self };
  const owner = m.owner;
  m.owner = f.owner;
  m.depth++;
  m.stack.push(f.definition);
  m.entered.add(f.definition);
  try {
    const { definition } = f;
    const decorated = definition.kind === 'function' && definition.decoratorCalls ? definition : undefined;
    bind(m, definition.params, f.self ? { ...args, positional: [f.self, ...args.positional] } : args, f.scope, frame, decorated);
    if (f.definition.kind === 'lambda') return evaluate(m, f.definition.body, frame);
    execute(m, f.definition.body, frame);
    if (frame.returns.length === 0) return NONE;
    return frame.returns.reduce((a, b) => join(a, b));
  } finally {
    m.depth--;
    m.owner = owner;
    m.stack.pop();
  }
}

/** Parameters get their arguments, else their defaults, else an unknown that stands for what callers pass. */
const ETA = /^(?:ddim_?)?eta$/i;

export function bind(m: Machine, params: readonly Parameter[], args: CallArguments, definedIn: Scope, frame: Frame, decorated?: FunctionDefinition): void {
  let position = 0;
  for (const p of params) {
    let value: Value | undefined;
    if (p.star === 1) {
      value = sequence('tuple', args.positional.slice(position));
      position = args.positional.length;
    } else if (p.star === 2) {
      const rest = new Map([...args.keywords].filter(([k]) => !params.some((q) => q.star === 0 && q.name === k)));
      value = { kind: 'dict', entries: rest, keys: new Map() };
    } else {
      if (args.keywords.has(p.name)) value = args.keywords.get(p.name);
      else if (position < args.positional.length) value = args.positional[position++];
      // What is undefined in JavaScript counts as not passed.
      if (value?.kind === 'none' && p.default && m.language === 'javascript') value = undefined;
      // A command line or a file of settings gives what nobody passes.
      if (!value && decorated) value = fromDecorators(m, decorated, p, { ...frame, scope: definedIn }) ?? (p === params[0] ? hydraConfig(m, decorated, { ...frame, scope: definedIn }) : undefined);
      if (!value && p.default) value = defaultValue(m, p, definedIn, frame);
      // The σ of a sampler is known for one η only; which one is its caller's matter.
      if (!value && ETA.test(p.name)) value = number(0, false, undefined, supposed(p.name));
      value ??= m.atom('parameter', { op: `parameter ${p.name}`, args: [], at: { from: p.from, to: p.to } });
      value = named(value, p.name);
    }
    frame.scope.assign(p.name, value);
    m.occurrence(p.name, p, frame.scope.owner, value);
  }
}

function defaultValue(m: Machine, p: Parameter, definedIn: Scope, frame: Frame): Value {
  const value = evaluate(m, p.default!, { ...frame, scope: definedIn });
  // A default that is a constant elsewhere (`timesteps=T`) keeps the place where it was written.
  if (!value.src || value.src.name !== '') return value;
  return { ...value, src: { ...value.src, origin: value.src.origin === 'literal' ? 'default' : value.src.origin, name: p.name } };
}

export function instantiate(m: Machine, c: ClassValue, args: CallArguments, at: Span): Value {
  const instance: InstanceValue = { kind: 'instance', class: c, attributes: new Map(), prov: { op: 'instance', args: [], at: { from: at.from, to: at.to } } };
  const init = memberOf(c, '__init__');
  if (init?.kind === 'function') {
    if (init.definition.kind === 'function' && init.definition.decorators.some((d) => d.kind === 'name' && d.name === 'register_to_config')) {
      configure(m, instance, init, args);
    }
    callFunction(m, { ...init, self: instance }, args, at);
  } else if (isRecord(c)) {
    const holds = holdsSettings(c);
    recordFields(c).forEach((name, i) => {
      const value = args.keywords.get(name) ?? args.positional[i];
      if (value) instance.attributes.set(name, holds ? setting(value, name) : named(value, name));
    });
    const post = memberOf(c, '__post_init__');
    if (post?.kind === 'function') callFunction(m, { ...post, self: instance }, NO_ARGUMENTS, at);
  }
  return instance;
}

/** diffusers keeps the constructor's arguments in `self.config`. */
function configure(m: Machine, instance: InstanceValue, init: FunctionValue, args: CallArguments): void {
  const scope = new Scope(init.scope, init.owner);
  bind(m, init.definition.params, { ...args, positional: [instance, ...args.positional] }, init.scope, { scope, returns: [], self: null });
  instance.attributes.set('config', { kind: 'dict', entries: new Map(scope.names), keys: new Map() });
}
