/** Functions, classes and patterns of JavaScript and TypeScript, in terms of the neutral tree. */
import type { SyntaxNode } from '@lezer/common';
import type { ClassDefinition, Expr, FunctionDefinition, Parameter, Span, Stmt } from './ast';
import type { JsExpressions } from './javascript-expressions';
import { isExpression, literal, MAX_DEPTH } from './javascript-expressions';

export type Block = (node: SyntaxNode, depth: number) => Stmt[];

/** Statements that bind what a pattern names; a name by itself is the simplest pattern. `outer`: see `Stmt`. */
export function bindPattern(e: JsExpressions, pattern: SyntaxNode, value: Expr, outer: boolean, out: Stmt[], depth = 0): void {
  const { from, to } = pattern;
  if (depth > MAX_DEPTH) return;
  if (pattern.name !== 'ObjectPattern' && pattern.name !== 'ArrayPattern') {
    out.push({ kind: 'assign', targets: [e.lower(pattern)], value, outer: outer || undefined, from, to: Math.max(to, value.to) });
    return;
  }
  let base = value;
  if (value.kind !== 'name') {
    // The span is empty, so nothing is ever linked to it.
    base = { kind: 'name', name: `<${from}>`, from, to: from };
    out.push({ kind: 'assign', targets: [base], value, from, to });
  }
  const element = (target: SyntaxNode, picked: Expr, otherwise: SyntaxNode | undefined): void => {
    const full: Expr = otherwise ? { kind: 'logic', op: 'nullish', left: picked, right: e.lower(otherwise), from: otherwise.from, to: otherwise.to } : picked;
    bindPattern(e, target, full, outer, out, depth + 1);
  };
  if (pattern.name === 'ArrayPattern') {
    let i = 0;
    const parts = e.children(pattern);
    parts.forEach((part, k) => {
      if (part.name === ',') i++;
      else if (isTarget(part) && parts[k - 1]?.name !== 'Equals' && parts[k - 1]?.name !== 'Spread') {
        const otherwise = parts[k + 1]?.name === 'Equals' ? parts[k + 2] : undefined;
        element(part, { kind: 'index', object: base, items: [literal(i, { from: part.from, to: part.from })], from: part.from, to: part.to }, otherwise);
      }
    });
    return;
  }
  for (const property of pattern.getChildren('PatternProperty')) {
    const parts = e.children(property);
    if (parts[0]?.name === 'Spread') continue;
    const key = parts.find((p) => p.name === 'VariableDefinition' || p.name === 'PropertyName' || p.name === 'String' || p.name === 'VariableName');
    if (!key) continue;
    const colon = parts.findIndex((p) => p.name === ':');
    const equals = parts.findIndex((p) => p.name === 'Equals');
    const target = colon >= 0 ? parts[colon + 1] : key;
    const name = key.name === 'String' ? e.slice(key).slice(1, -1) : e.slice(key);
    if (target) element(target, { kind: 'attribute', object: base, name, dotted: null, from: key.from, to: key.to }, equals >= 0 ? parts[equals + 1] : undefined);
  }
}

function isTarget(node: SyntaxNode): boolean {
  return node.name === 'VariableDefinition' || node.name === 'ObjectPattern' || node.name === 'ArrayPattern' || isExpression(node.name);
}

/** Parameters, the statements that unpack patterns among them, and those that TypeScript also stores in `this`. */
function parametersOf(e: JsExpressions, list: SyntaxNode | null): { params: Parameter[]; prologue: Stmt[]; stored: string[] } {
  const params: Parameter[] = [];
  const prologue: Stmt[] = [];
  const stored: string[] = [];
  const parts = list ? e.children(list) : [];
  let star: 0 | 1 = 0;
  let stores = false;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i];
    if (part.name === ',') { star = 0; stores = false; }
    else if (part.name === 'Spread') star = 1;
    else if (part.name === 'Privacy' || part.name === 'Readonly' || part.name === 'readonly') stores = true;
    else if (part.name === 'VariableDefinition' || part.name === 'ObjectPattern' || part.name === 'ArrayPattern') {
      const { from, to } = part;
      const plain = part.name === 'VariableDefinition';
      const param: Parameter = { name: plain ? e.slice(part) : `<${from}>`, star, from, to };
      for (let j = i + 1; j < parts.length && parts[j].name !== ','; j++) if (parts[j].name === 'Equals') param.default = e.lower(parts[j + 1]);
      params.push(param);
      if (plain && stores) stored.push(param.name);
      if (!plain) bindPattern(e, part, { kind: 'name', name: param.name, from, to: from }, false, prologue);
    }
  }
  return { params, prologue, stored };
}

/** `method`: `this` becomes the first parameter, as Python's `self`. */
export function lowerFunction(e: JsExpressions, block: Block, node: SyntaxNode, name: string, nameSpan: Span, start: number, method: boolean, depth: number): FunctionDefinition {
  const { params, prologue, stored } = parametersOf(e, node.getChild('ParamList'));
  const body = node.getChild('Block');
  const statements = prologue;
  const here = { from: nameSpan.from, to: nameSpan.from };
  for (const p of stored) statements.push(storeInThis(p, { kind: 'name', name: p, ...here }, here));
  if (body) for (const s of block(body, depth)) statements.push(s);
  else {
    const value = e.children(node).at(-1);
    if (value && node.name === 'ArrowFunction') statements.push({ kind: 'return', value: e.lower(value, depth), from: value.from, to: value.to });
  }
  const end = body ? body.from + 1 : (node.getChild('Arrow')?.to ?? node.to);
  return {
    kind: 'function', name, nameSpan: { from: nameSpan.from, to: nameSpan.to }, header: { from: start, to: end }, decorators: [], body: statements, from: start, to: node.to,
    params: method ? [{ name: 'this', star: 0, from: start, to: start }, ...params] : params,
  };
}

function storeInThis(name: string, value: Expr, at: Span): Stmt {
  return { kind: 'assign', targets: [{ kind: 'attribute', object: { kind: 'name', name: 'this', from: at.from, to: at.from }, name, dotted: `this.${name}`, ...at }], value, ...at };
}

export function lowerClass(e: JsExpressions, block: Block, node: SyntaxNode, depth: number): ClassDefinition | null {
  const body = node.getChild('ClassBody');
  const keyword = node.getChild('class');
  if (!body || !keyword) return null;
  const naming = node.getChild('VariableDefinition') ?? keyword;
  const header: Span = { from: keyword.from, to: body.from + 1 };
  const statements: Stmt[] = [];
  const fields: Stmt[] = [];
  let init: FunctionDefinition | null = null;
  for (const member of e.children(body)) {
    const key = member.getChild('PropertyDefinition') ?? member.getChild('PrivatePropertyDefinition');
    if (!key) continue;
    const parts = e.children(member);
    const name = e.slice(key);
    const isStatic = member.getChild('static') !== null;
    if (member.name === 'MethodDeclaration') {
      if (!member.getChild('Block')) continue;
      const f = lowerFunction(e, block, member, name === 'constructor' ? '__init__' : name, key, member.from, !isStatic, depth + 1);
      if (parts.some((p) => p.name === 'get')) f.decorators.push({ kind: 'name', name: 'property', from: key.from, to: key.from });
      if (isStatic) f.decorators.push({ kind: 'name', name: 'staticmethod', from: key.from, to: key.from });
      if (name === 'constructor') init = f;
      if (!parts.some((p) => p.name === 'set')) statements.push(f);
    } else if (member.name === 'PropertyDeclaration') {
      const equals = parts.findIndex((p) => p.name === 'Equals');
      const value = equals >= 0 ? parts[equals + 1] : undefined;
      if (!value) continue;
      const span = { from: member.from, to: member.to };
      if (isFunction(value) && !isStatic) statements.push(lowerFunction(e, block, value, name, key, member.from, true, depth + 1));
      else if (isStatic) statements.push({ kind: 'assign', targets: [{ kind: 'name', name, from: key.from, to: key.to }], value: e.lower(value), ...span });
      else {
        const target: Expr = { kind: 'attribute', object: { kind: 'name', name: 'this', from: key.from, to: key.from }, name, dotted: `this.${name}`, from: key.from, to: key.to };
        fields.push({ kind: 'assign', targets: [target], value: e.lower(value), ...span });
      }
    }
  }
  const bases = baseOf(e, node);
  if (init) {
    // Fields get their values right after super().
    const at = init.body.findIndex((s) => s.kind === 'expression' && s.value.kind === 'call' && s.value.callee.kind === 'attribute' && s.value.callee.name === '__init__');
    init.body.splice(at + 1, 0, ...fields);
  } else if (fields.length > 0) statements.unshift(defaultConstructor(bases.length > 0, fields, header));
  return { kind: 'class', name: naming === keyword ? 'default' : e.slice(naming), nameSpan: { from: naming.from, to: naming.to }, header, bases, body: statements, decorators: [], from: keyword.from, to: node.to };
}

function baseOf(e: JsExpressions, node: SyntaxNode): Expr[] {
  const parts = e.children(node);
  const at = parts.findIndex((p) => p.name === 'extends');
  const base = at >= 0 ? parts[at + 1] : undefined;
  return base && isExpression(base.name) ? [e.lower(base)] : [];
}

/** `constructor(...args) { super(...args); <fields> }` */
function defaultConstructor(derived: boolean, fields: Stmt[], header: Span): FunctionDefinition {
  const at = { from: header.from, to: header.from };
  const forward: Stmt = {
    kind: 'expression', ...at,
    value: {
      kind: 'call', ...at, args: [{ star: 1, value: { kind: 'name', name: '<args>', ...at } }],
      callee: { kind: 'attribute', name: '__init__', dotted: null, ...at, object: { kind: 'call', callee: { kind: 'name', name: 'super', ...at }, args: [], ...at } },
    },
  };
  return {
    kind: 'function', name: '__init__', nameSpan: at, header, decorators: [], ...at, body: derived ? [forward, ...fields] : fields,
    params: [{ name: 'this', star: 0, ...at }, { name: '<args>', star: 1, ...at }],
  };
}

export function isFunction(node: SyntaxNode | undefined): boolean {
  return node?.name === 'ArrowFunction' || node?.name === 'FunctionExpression';
}
