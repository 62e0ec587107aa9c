/**
 * Classes as JavaScript wrote them before it had any: `function A() { this.x = … }` and `A.prototype.f = function …` become one class. What a script keeps from the
 * page, `(function () { … })()`, is read as the statements of the module that they are.
 */
import type { ClassDefinition, Expr, FunctionDefinition, Stmt } from './ast';

export function withPrototypes(body: Stmt[]): Stmt[] {
  const flat = body.flatMap((s) => contentsOf(s) ?? [s]);
  const methods = new Map<string, FunctionDefinition[]>();
  const taken = new Set<Stmt>();
  for (const s of flat) {
    const found = methodsOf(s);
    if (!found) continue;
    methods.set(found.owner, [...(methods.get(found.owner) ?? []), ...found.methods]);
    taken.add(s);
  }
  if (methods.size === 0) return flat.length === body.length ? body : flat;
  const made = new Set<string>();
  const out = flat.map((s) => {
    const found = constructorOf(s);
    const own = found && !made.has(found.name) ? methods.get(found.name) : undefined;
    if (!found || !own) return s;
    made.add(found.name);
    return classOf(found.name, found.definition, s, own);
  });
  return out.filter((s) => !taken.has(s) || !made.has(methodsOf(s)!.owner));
}

/** Of `(function () { … })();`. */
function contentsOf(s: Stmt): Stmt[] | null {
  if (s.kind !== 'expression') return null;
  let e: Expr = s.value;
  if (e.kind === 'unary') e = e.operand;
  if (e.kind !== 'call') return null;
  const callee = e.callee.kind === 'attribute' && e.callee.name === 'call' ? e.callee.object : e.callee;
  return callee.kind === 'function' ? callee.definition.body.filter((x) => x.kind !== 'return') : null;
}

/** `A.prototype.f = function …`, `A.prototype = { f: function … }`. */
function methodsOf(s: Stmt): { owner: string; methods: FunctionDefinition[] } | null {
  if (s.kind !== 'assign' || s.targets.length !== 1) return null;
  const [target] = s.targets;
  if (target.kind !== 'attribute') return null;
  const of = (object: Expr) => (object.kind === 'attribute' && object.name === 'prototype' && object.object.kind === 'name' ? object.object.name : null);
  const owner = of(target.object);
  if (owner !== null) return s.value.kind === 'function' ? { owner, methods: [method(s.value.definition, target.name, target)] } : null;
  const whole = of(target);
  if (whole === null || s.value.kind !== 'dict') return null;
  const methods = s.value.entries.flatMap(({ key, value }) => (key?.kind === 'string' && value.kind === 'function' ? [method(value.definition, key.value, key)] : []));
  return methods.length > 0 ? { owner: whole, methods } : null;
}

function constructorOf(s: Stmt): { name: string; definition: FunctionDefinition } | null {
  if (s.kind === 'function') return { name: s.name, definition: s };
  if (s.kind === 'assign' && s.targets.length === 1 && s.targets[0].kind === 'name' && s.value.kind === 'function') return { name: s.targets[0].name, definition: s.value.definition };
  return null;
}

function method(f: FunctionDefinition, name: string, at: { from: number; to: number }): FunctionDefinition {
  return { ...f, name, nameSpan: { from: at.from, to: at.to }, params: [{ name: 'this', star: 0, from: f.from, to: f.from }, ...f.params] };
}

function classOf(name: string, f: FunctionDefinition, at: Stmt, methods: FunctionDefinition[]): ClassDefinition {
  const nameSpan = at.kind === 'assign' ? at.targets[0] : f.nameSpan;
  const init = method(f, '__init__', f.nameSpan);
  return {
    kind: 'class', name, nameSpan: { from: nameSpan.from, to: nameSpan.to }, header: { from: at.from, to: f.header.to }, bases: [], decorators: [], body: [init, ...methods],
    from: at.from, to: methods.reduce((to, m) => Math.max(to, m.to), at.to),
  };
}
