/** Parses Python with Lezer (error tolerant: broken code yields what can be read) and lowers its statements. */
import { parser } from '@lezer/python';
import { NodeType, Tree, type SyntaxNode } from '@lezer/common';
import { parseBounded, Recoveries } from './bounded';
import type { Expr, ImportedName, Span, Stmt } from './ast';
import { ExpressionLowering, isExpression } from './python-expressions';
import { outlinePython } from './python-outline';

const MAX_BLOCK_DEPTH = 40;
const MAX_ARMS = 100;

/** The syntax of one top-level statement; the same text gives the same tree wherever it stands. */
export function parseUnit(text: string): Tree {
  return parseBounded(parser, text + '\n');
}

/** The statements of a tree of {@link parseUnit} that begins at `from` of `text`. Never throws; spans refer to `text` as given. */
export function lowerUnit(text: string, tree: Tree, from: number): Stmt[] {
  const placed = new Tree(NodeType.none, [tree], [from], from + tree.length);
  const script = placed.topNode.firstChild;
  // parseUnit adds a line end.
  return script ? new StatementLowering(text, from + tree.length - 1).block(script, 0) : [];
}

/** All statements of a module. */
export function parsePython(text: string): Stmt[] {
  const recoveries = new Recoveries();
  return outlinePython(text).flatMap(({ from, to }) => {
    const tree = parseUnit(text.slice(from, to));
    return recoveries.allows(tree) ? lowerUnit(text, tree, from) : [];
  });
}

class StatementLowering {
  private readonly expr: ExpressionLowering;

  constructor(text: string, end: number) {
    this.expr = new ExpressionLowering(text, end);
  }

  /** Lezer's bodies reach to the next statement; an extent should end with the last character of code. */
  private extent(node: SyntaxNode): Span {
    const { from, to } = this.expr.span(node);
    return { from, to: trimmedEnd(this.expr.text, from, to) };
  }

  block(node: SyntaxNode, depth: number): Stmt[] {
    if (depth > MAX_BLOCK_DEPTH) return [];
    const out: Stmt[] = [];
    for (let child = node.firstChild; child; child = child.nextSibling) this.statement(child, depth, out, []);
    return out;
  }

  private statement(node: SyntaxNode, depth: number, out: Stmt[], decorators: readonly SyntaxNode[]): void {
    const { from, to } = this.extent(node);
    const e = this.expr;
    switch (node.name) {
      case 'StatementGroup':
        for (const child of e.children(node)) this.statement(child, depth, out, []);
        return;
      case 'ExpressionStatement': {
        const inner = e.expressions(node);
        if (inner.length === 1) out.push({ kind: 'expression', value: e.lower(inner[0]), from, to });
        else if (inner.length > 1) out.push({ kind: 'expression', value: { kind: 'sequence', type: 'tuple', items: inner.map((x) => e.lower(x)), from, to }, from, to });
        return;
      }
      case 'AssignStatement': return this.assign(node, out);
      case 'UpdateStatement': {
        const [target, value] = e.expressions(node);
        const op = node.getChild('UpdateOp');
        if (target && value && op) out.push({ kind: 'augmented', op: e.slice(op).slice(0, -1), target: e.lower(target), value: e.lower(value), from, to });
        return;
      }
      case 'IfStatement': return this.branches(node, depth, out);
      case 'ForStatement': {
        const parts = e.children(node);
        const at = parts.findIndex((p) => p.name === 'in');
        const [body, otherwise] = node.getChildren('Body');
        const target = this.group(parts.slice(1, at).filter((p) => isExpression(p.name)));
        const iterable = this.group(parts.slice(at + 1).filter((p) => isExpression(p.name)));
        if (body && at > 0) out.push({ kind: 'for', target, iterable, body: this.block(body, depth + 1), otherwise: otherwise ? this.block(otherwise, depth + 1) : [], from, to });
        return;
      }
      case 'WhileStatement': {
        const body = node.getChild('Body');
        if (body) out.push({ kind: 'while', test: e.lower(e.expressions(node)[0]), body: this.block(body, depth + 1), from, to });
        return;
      }
      case 'WithStatement': return this.with(node, depth, out);
      case 'TryStatement': {
        const parts = e.children(node);
        const bodies: Record<string, Stmt[][]> = {};
        let part = 'try';
        for (const p of parts) {
          if (p.name === 'Body') (bodies[part] ??= []).push(this.block(p, depth + 1));
          else if (/^(try|except|else|finally)$/.test(p.name)) part = p.name;
        }
        out.push({ kind: 'try', body: [...(bodies.try?.[0] ?? []), ...(bodies.else?.[0] ?? [])], handlers: bodies.except ?? [], final: bodies.finally?.[0] ?? [], from, to });
        return;
      }
      case 'MatchStatement': {
        // Which case is taken is not modelled: each body is read as one that may be taken.
        const bodies = node.getChild('MatchBody')?.getChildren('MatchClause') ?? [];
        const handlers = bodies.flatMap((c) => { const b = c.getChild('Body'); return b ? [this.block(b, depth + 1)] : []; });
        out.push({ kind: 'try', body: [], handlers, final: [], from, to });
        return;
      }
      case 'ReturnStatement': {
        const values = e.expressions(node);
        out.push({ kind: 'return', value: values.length ? this.group(values) : undefined, from, to });
        return;
      }
      case 'YieldStatement': {
        const values = e.expressions(node);
        out.push({ kind: 'yield', value: values.length ? this.group(values) : undefined, from, to });
        return;
      }
      case 'RaiseStatement': out.push({ kind: 'raise', from, to }); return;
      case 'BreakStatement': out.push({ kind: 'break', from, to }); return;
      case 'ContinueStatement': out.push({ kind: 'continue', from, to }); return;
      case 'ImportStatement': out.push({ kind: 'import', names: this.imports(node), from, to }); return;
      case 'PrintStatement':
        for (const x of e.expressions(node)) out.push({ kind: 'expression', value: e.lower(x), from, to });
        return;
      case 'AssertStatement': out.push({ kind: 'pass', from, to }); return;
      case 'DecoratedStatement': {
        const parts = e.children(node);
        const found = parts.filter((p) => p.name === 'Decorator');
        for (const p of parts) if (p.name !== 'Decorator') this.statement(p, depth, out, found);
        return;
      }
      case 'FunctionDefinition': case 'ClassDefinition': return this.definition(node, depth, out, decorators);
      default:
    }
  }

  private group(nodes: SyntaxNode[]): Expr {
    const items = nodes.map((n) => this.expr.lower(n));
    if (items.length === 1) return items[0];
    return { kind: 'sequence', type: 'tuple', items, from: nodes[0]?.from ?? 0, to: nodes[nodes.length - 1]?.to ?? 0 };
  }

  /** `a, b = c = value`, `x: int = 3`, `x: int`. */
  private assign(node: SyntaxNode, out: Stmt[]): void {
    const { from, to } = this.extent(node);
    const groups: Expr[][] = [[]];
    let star = false;
    let commas = false;
    const finished: Expr[] = [];
    const close = () => {
      const items = groups[groups.length - 1];
      if (items.length === 0) return;
      finished.push(items.length === 1 && !commas ? items[0] : { kind: 'sequence', type: 'tuple', items, from: items[0].from, to: items[items.length - 1].to });
      commas = false;
    };
    let annotation: Expr | null = null;
    let assigned = false;
    for (const part of this.expr.children(node)) {
      if (part.name === 'AssignOp') {
        assigned = true;
        close();
        groups.push([]);
      } else if (part.name === 'TypeDef') annotation = this.expr.lower(this.expr.expressions(part)[0]);
      else if (part.name === ',') commas = true;
      else if (part.name === '*') star = true;
      else if (isExpression(part.name)) {
        // Between backticks stands what Python 2 makes a string of.
        const item: Expr = this.expr.text[part.from - 1] === '`' ? { kind: 'unknown', parts: [this.expr.lower(part)], from: part.from, to: part.to } : this.expr.lower(part);
        groups[groups.length - 1].push(star ? { kind: 'star', operand: item, from: item.from - 1, to: item.to } : item);
        star = false;
      }
    }
    close();
    if (!assigned && finished[0]) out.push({ kind: 'annotated', target: finished[0], annotation, from, to });
    else if (finished.length >= 2) out.push({ kind: 'assign', targets: finished.slice(0, -1), value: finished[finished.length - 1], from, to });
  }

  private branches(node: SyntaxNode, depth: number, out: Stmt[]): void {
    const arms: { test: Expr | null; body: Stmt[]; from: number }[] = [];
    let test: Expr | null = null;
    let from = node.from;
    for (const part of this.expr.children(node)) {
      if (/^(if|elif|else)$/.test(part.name)) {
        test = null;
        from = part.from;
      } else if (part.name === 'Body') arms.push({ test, body: this.block(part, depth + 1), from });
      else if (isExpression(part.name)) test = this.expr.lower(part);
    }
    let otherwise: Stmt[] = [];
    // The statements of an `elif` stand inside those before it: of very many, the last are left out.
    const last = arms.length - 1;
    for (let i = Math.min(last, MAX_ARMS); i >= 0; i--) {
      const arm = arms[i === MAX_ARMS ? last : i];
      otherwise = arm.test === null && i > 0 ? arm.body
        : [{ kind: 'if', test: arm.test ?? { kind: 'unknown', parts: [], from: arm.from, to: arm.from }, then: arm.body, otherwise, from: arm.from, to: this.extent(node).to }];
    }
    for (const s of otherwise) out.push(s);
  }

  private with(node: SyntaxNode, depth: number, out: Stmt[]): void {
    const items: { value: Expr; target?: Expr }[] = [];
    let as = false;
    for (const part of this.expr.children(node)) {
      if (part.name === 'as') as = true;
      else if (isExpression(part.name)) {
        const value = this.expr.lower(part);
        if (as && items.length > 0) items[items.length - 1].target = value;
        else items.push({ value });
        as = false;
      }
    }
    const body = node.getChild('Body');
    out.push({ kind: 'with', items, body: body ? this.block(body, depth + 1) : [], ...this.extent(node) });
  }

  private decorator(node: SyntaxNode): Expr {
    const { from, to } = this.extent(node);
    const names = node.getChildren('VariableName').concat(node.getChildren('PropertyName'));
    const last = names[names.length - 1];
    return last ? { kind: 'name', name: this.expr.slice(last), from: last.from, to: last.to } : { kind: 'unknown', parts: [], from, to };
  }

  /** `@click.option('--steps', default=1000)`. */
  private decoratorCall(node: SyntaxNode): (Expr & { kind: 'call' }) | null {
    const list = node.getChild('ArgList');
    const [first, ...rest] = node.getChildren('VariableName').concat(node.getChildren('PropertyName'));
    if (!list || !first) return null;
    const { from } = this.expr.span(first);
    let callee: Expr = { kind: 'name', name: this.expr.slice(first), from, to: this.expr.span(first).to };
    for (const p of rest) callee = { kind: 'attribute', object: callee, name: this.expr.slice(p), dotted: null, from, to: this.expr.span(p).to };
    return { kind: 'call', callee, args: this.expr.arguments(list, 0), from, to: this.expr.span(list).to };
  }

  private imports(node: SyntaxNode): ImportedName[] {
    const parts = this.expr.children(node);
    const out: ImportedName[] = [];
    const isFrom = parts[0]?.name === 'from';
    const at = isFrom ? parts.findIndex((p) => p.name === 'import') : 0;
    const module = isFrom ? parts.slice(1, at < 0 ? undefined : at).map((p) => this.expr.slice(p)).join('') : '';
    if (at < 0) return out;
    let path = '';
    let alias: string | null = null;
    const flush = () => {
      if (path === '') return;
      if (isFrom) out.push({ path: `${module}.${path}`, name: alias ?? path });
      // `import torch.nn` binds `torch`; with `as` it binds the whole path.
      else out.push(alias ? { path, name: alias } : { path: path.split('.')[0], name: path.split('.')[0] });
      path = '';
      alias = null;
    };
    let as = false;
    for (const part of parts.slice(at + 1)) {
      if (part.name === ',') flush();
      else if (part.name === 'as') as = true;
      else if (part.name === 'VariableName' || part.name === '.' || part.name === '*') {
        if (as) alias = this.expr.slice(part);
        else path += this.expr.slice(part);
        as = false;
      }
    }
    flush();
    return out;
  }

  private definition(node: SyntaxNode, depth: number, out: Stmt[], decorators: readonly SyntaxNode[]): void {
    const { from, to } = this.extent(node);
    const name = node.getChild('VariableName');
    const body = node.getChild('Body');
    if (!name || !body) return;
    const nameSpan: Span = { from: name.from, to: name.to };
    const header: Span = { from, to: body.firstChild?.name === ':' ? body.firstChild.to : body.from };
    const calls = decorators.flatMap((d) => this.decoratorCall(d) ?? []);
    const common = { name: this.expr.slice(name), nameSpan, header, decorators: decorators.map((d) => this.decorator(d)), ...(calls.length > 0 && { decoratorCalls: calls }), body: this.block(body, depth + 1), from, to };
    if (node.name === 'ClassDefinition') {
      const args = node.getChild('ArgList');
      out.push({ kind: 'class', ...common, bases: args ? this.expr.arguments(args, 0).filter((a) => !a.name && a.star === 0).map((a) => a.value) : [] });
    } else {
      const params = node.getChild('ParamList');
      out.push({ kind: 'function', ...common, params: params ? this.expr.parameters(params) : [] });
    }
  }
}

function trimmedEnd(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && /\s/.test(text[end - 1])) end--;
  return end;
}
