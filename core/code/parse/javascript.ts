/** Parses JavaScript and TypeScript with Lezer (error tolerant) and lowers their statements into the neutral tree. */
import { parser } from '@lezer/javascript';
import { NodeType, Tree, type SyntaxNode } from '@lezer/common';
import { parseBounded } from './bounded';
import type { Expr, ImportedName, Span, Stmt } from './ast';
import { isExpression, JsExpressions, literal } from './javascript-expressions';
import { bindPattern, isFunction, lowerClass, lowerFunction } from './javascript-functions';

export type JavascriptDialect = 'typescript' | 'typescriptreact' | 'javascript' | 'javascriptreact';

const MAX_BLOCK_DEPTH = 40;
const PARSERS = {
  typescript: parser.configure({ dialect: 'ts' }),
  typescriptreact: parser.configure({ dialect: 'ts jsx' }),
  javascript: parser.configure({ dialect: 'jsx' }),
  javascriptreact: parser.configure({ dialect: 'jsx' }),
};

/** The syntax of a run of top-level statements; the same text gives the same tree wherever it stands. */
export function parseJavascriptUnit(text: string, dialect: JavascriptDialect): Tree {
  return parseBounded(PARSERS[dialect], text);
}

/** The statements of a tree of {@link parseJavascriptUnit} that begins at `from` of `text`. Never throws; spans refer to `text` as given. */
export function lowerJavascriptUnit(text: string, tree: Tree, from: number): Stmt[] {
  const placed = new Tree(NodeType.none, [tree], [from], from + tree.length);
  const script = placed.topNode.firstChild;
  return script ? new Statements(text).block(script, 0) : [];
}

class Statements {
  private readonly e: JsExpressions;
  /** Blocks that are being read. */
  private open = 0;

  constructor(text: string) {
    this.e = new JsExpressions(text, (node, name, method, depth) => lowerFunction(this.e, this.block, node, name, { from: node.from, to: node.from }, node.from, method, depth));
  }

  /** An arrow function, since it is handed to the lowering of functions and classes. */
  readonly block = (node: SyntaxNode, depth: number): Stmt[] => {
    const out: Stmt[] = [];
    // A function in an expression begins at depth 0 again: the blocks around it count too.
    if (depth > MAX_BLOCK_DEPTH || this.open > MAX_BLOCK_DEPTH) return out;
    this.open++;
    for (let child = node.firstChild; child; child = child.nextSibling) this.statement(child, depth, out);
    this.open--;
    return out;
  };

  private body(node: SyntaxNode | null | undefined, depth: number): Stmt[] {
    if (!node || depth >= MAX_BLOCK_DEPTH) return [];
    const out: Stmt[] = [];
    this.statement(node, depth + 1, out);
    return out;
  }

  private statement(node: SyntaxNode, depth: number, out: Stmt[]): void {
    const { from, to } = node;
    const e = this.e;
    const parts = () => e.children(node);
    const last = () => parts().filter((p) => p.name !== ';').at(-1);
    switch (node.name) {
      case 'Block': for (const s of this.block(node, depth + 1)) out.push(s); return;
      case 'ExpressionStatement': for (const x of e.expressions(node)) this.expression(x, out); return;
      case 'VariableDeclaration': this.variables(node, depth, out); return;
      case 'ExportDeclaration': case 'NamespaceDeclaration': case 'LabeledStatement':
        if (depth > MAX_BLOCK_DEPTH) return;
        for (const p of parts()) {
          if (isExpression(p.name)) this.expression(p, out);
          else this.statement(p, depth + 1, out);
        }
        return;
      case 'FunctionDeclaration': {
        const name = node.getChild('VariableDefinition');
        if (node.getChild('Block')) out.push(lowerFunction(e, this.block, node, name ? e.slice(name) : 'default', name ?? { from, to: from }, from, false, depth + 1));
        return;
      }
      case 'ClassDeclaration': {
        const c = lowerClass(e, this.block, node, depth + 1);
        if (c) out.push(c);
        return;
      }
      case 'IfStatement': {
        const test = parts().find((p) => isExpression(p.name));
        const branches = parts().slice(1).filter((p) => p !== test && p.name !== 'else' && p.from >= (test?.to ?? from));
        out.push({ kind: 'if', test: e.lower(test), then: this.body(branches[0], depth), otherwise: this.body(branches[1], depth), from, to });
        return;
      }
      case 'ForStatement': this.loop(node, depth, out); return;
      case 'WhileStatement': out.push({ kind: 'while', test: e.lower(e.expressions(node)[0]), body: this.body(last(), depth), from, to }); return;
      case 'DoStatement': {
        const body = this.body(parts()[1], depth);
        for (const s of body) out.push(s);
        out.push({ kind: 'while', test: e.lower(e.expressions(node).at(-1)), body, from, to });
        return;
      }
      case 'TryStatement': {
        const caught = node.getChild('CatchClause')?.getChild('Block');
        const final = node.getChild('FinallyClause')?.getChild('Block');
        const body = node.getChild('Block');
        out.push({ kind: 'try', body: body ? this.block(body, depth + 1) : [], handlers: caught ? [this.block(caught, depth + 1)] : [], final: final ? this.block(final, depth + 1) : [], from, to });
        return;
      }
      case 'SwitchStatement': this.switch(node, depth, out); return;
      case 'ReturnStatement': {
        const value = e.expressions(node)[0];
        out.push({ kind: 'return', value: value ? e.lower(value) : undefined, from, to });
        return;
      }
      case 'ThrowStatement': out.push({ kind: 'raise', from, to }); return;
      case 'BreakStatement': out.push({ kind: 'break', from, to }); return;
      case 'ContinueStatement': out.push({ kind: 'continue', from, to }); return;
      case 'ImportDeclaration': out.push({ kind: 'import', names: this.imports(node), from, to }); return;
      default:
    }
  }

  private expression(node: SyntaxNode, out: Stmt[]): void {
    const { from, to } = node;
    const e = this.e;
    if (node.name === 'SequenceExpression') for (const x of e.expressions(node)) this.expression(x, out);
    else if (node.name === 'AssignmentExpression') {
      const { target, value, pattern } = e.assignment(node);
      const op = node.getChild('UpdateOp');
      if (pattern) bindPattern(e, pattern, value, true, out);
      else if (op && value.kind === 'binary') out.push({ kind: 'augmented', op: value.op, target, value: value.right, outer: true, from, to });
      else out.push({ kind: 'assign', targets: [target], value, outer: true, from, to });
    } else {
      const value = e.lower(node);
      // `i++` as a statement.
      const step = value.kind === 'binary' && value.left.kind === 'walrus' && node.name === 'PostfixExpression' ? value.left : value;
      if (step.kind === 'walrus') out.push({ kind: 'assign', targets: [step.target], value: step.value, outer: true, from, to });
      else out.push({ kind: 'expression', value, from, to });
    }
  }

  private variables(node: SyntaxNode, depth: number, out: Stmt[]): void {
    const e = this.e;
    const parts = e.children(node);
    let start = node.from;
    for (let i = 0; i < parts.length; i++) {
      const target = parts[i];
      if (target.name !== 'VariableDefinition' && target.name !== 'ObjectPattern' && target.name !== 'ArrayPattern') continue;
      let value: SyntaxNode | undefined;
      for (let j = i + 1; j < parts.length && parts[j].name !== ','; j++) if (parts[j].name === 'Equals') value = parts[j + 1];
      const end = value?.to ?? target.to;
      if (target.name === 'VariableDefinition' && value && isFunction(value)) {
        const f = lowerFunction(e, this.block, value, e.slice(target), target, start, false, depth + 1);
        out.push(f);
      } else if (value) {
        const first = out.length;
        bindPattern(e, target, e.lower(value), false, out);
        if (out[first]) Object.assign(out[first], { from: start, to: end });
      } else out.push({ kind: 'assign', targets: [e.lower(target)], value: { kind: 'none', from: target.to, to: target.to }, from: start, to: end });
      start = end;
    }
  }

  /** `for (let i = a; i < b; i++)` is Python's `for i in range(a, b)`; any other becomes a `while`. */
  private loop(node: SyntaxNode, depth: number, out: Stmt[]): void {
    const { from, to } = node;
    const e = this.e;
    const body = this.body(e.children(node).at(-1), depth);
    const of = node.getChild('ForOfSpec') ?? node.getChild('ForInSpec');
    if (of) {
      const parts = e.children(of);
      const at = parts.findIndex((p) => p.name === 'of' || p.name === 'in');
      const target = parts[at - 1];
      if (!target || at < 0) return;
      const iterable = e.lower(parts[at + 1]);
      if (target.name === 'ObjectPattern' || target.name === 'ArrayPattern') {
        const item: Expr = { kind: 'name', name: `<${of.from}>`, from: of.from, to: of.from };
        const unpack: Stmt[] = [];
        bindPattern(e, target, item, false, unpack);
        out.push({ kind: 'for', target: item, iterable, body: [...unpack, ...body], otherwise: [], from, to });
      } else out.push({ kind: 'for', target: e.lower(target), iterable, body, otherwise: [], from, to });
      return;
    }
    const spec = node.getChild('ForSpec');
    if (!spec) return;
    const [init, test, update] = sections(e.children(spec));
    const before: Stmt[] = [];
    if (init?.name === 'VariableDeclaration') this.variables(init, depth, before);
    else if (init) this.expression(init, before);
    const range = this.range(before, test, update, spec);
    if (range) {
      out.push(...before.filter((s) => s !== range.start), { kind: 'for', target: range.target, iterable: range.iterable, body, otherwise: [], from, to });
      return;
    }
    const after: Stmt[] = [];
    if (update) this.expression(update, after);
    out.push(...before, { kind: 'while', test: test ? e.lower(test) : { kind: 'boolean', value: true, from, to: from }, body: [...body, ...after], from, to });
  }

  private range(before: Stmt[], test: SyntaxNode | undefined, update: SyntaxNode | undefined, at: Span): { start: Stmt; target: Expr; iterable: Expr } | null {
    if (!test || !update) return null;
    const steps: Stmt[] = [];
    this.expression(update, steps);
    const [step] = steps;
    const limit = this.e.lower(test);
    if (steps.length !== 1 || limit.kind !== 'compare' || limit.left.kind !== 'name') return null;
    const { name } = limit.left;
    const start = before.find((s) => s.kind === 'assign' && s.targets[0].kind === 'name' && s.targets[0].name === name);
    const by = stepOf(step, name);
    if (start?.kind !== 'assign' || !by) return null;
    const end: Span = { from: limit.right.to, to: limit.right.to };
    const bound = (op: '+' | '-'): Expr => ({ kind: 'binary', op, left: limit.right, right: literal(1, end), from: limit.right.from, to: limit.right.to });
    const stop = limit.op === '<' || limit.op === '>' || limit.op === '!=' ? limit.right : limit.op === '<=' ? bound('+') : limit.op === '>=' ? bound('-') : null;
    const rising = by.kind === 'number' ? by.value > 0 : limit.op.startsWith('<');
    if (!stop || (rising ? limit.op.startsWith('>') : limit.op.startsWith('<'))) return null;
    const args = [start.value, stop, by].map((value) => ({ star: 0 as const, value }));
    return { start, target: start.targets[0], iterable: { kind: 'call', callee: { kind: 'name', name: '<range>', from: at.from, to: at.from }, args, from: at.from, to: at.to } };
  }

  /** Cases that end with `break`, `return` or `throw` are branches; one that falls through is read as if it did not. */
  private switch(node: SyntaxNode, depth: number, out: Stmt[]): void {
    const { from, to } = node;
    const e = this.e;
    const subject = e.lower(e.expressions(node)[0]);
    const body = node.getChild('SwitchBody');
    const arms: { tests: Expr[]; otherwise: boolean; body: Stmt[] }[] = [];
    for (const part of body ? e.children(body) : []) {
      if (part.name === 'CaseLabel' || part.name === 'DefaultLabel') {
        if (!arms.length || arms[arms.length - 1].body.length > 0) arms.push({ tests: [], otherwise: false, body: [] });
        const arm = arms[arms.length - 1];
        const label = e.expressions(part)[0];
        if (label) arm.tests.push({ kind: 'compare', op: '==', left: subject, right: e.lower(label), from: part.from, to: part.to });
        else arm.otherwise = true;
      } else if (arms.length > 0) this.statement(part, depth + 1, arms[arms.length - 1].body);
    }
    for (const arm of arms) if (arm.body.at(-1)?.kind === 'break') arm.body.pop();
    let rest = arms.find((a) => a.otherwise)?.body ?? [];
    for (const arm of arms.filter((a) => !a.otherwise).slice(-MAX_BLOCK_DEPTH).reverse()) {
      const test = arm.tests.slice(0, MAX_BLOCK_DEPTH).reduce((left, right): Expr => ({ kind: 'logic', op: 'or', left, right, from: left.from, to: right.to }));
      rest = [{ kind: 'if', test, then: arm.body, otherwise: rest, from, to }];
    }
    for (const s of rest) out.push(s);
  }

  private imports(node: SyntaxNode): ImportedName[] {
    const e = this.e;
    const source = node.getChild('String');
    const module = source ? e.slice(source).slice(1, -1) : '';
    const out: ImportedName[] = [];
    const parts = e.children(node);
    parts.forEach((part, i) => {
      if (part.name === 'VariableDefinition') out.push({ path: modulePath(module) + (parts[i - 1]?.name === 'as' ? '' : '.default'), name: e.slice(part) });
    });
    const group = node.getChild('ImportGroup');
    const inner = group ? e.children(group) : [];
    inner.forEach((part, i) => {
      if (part.name !== 'VariableDefinition') return;
      const name = e.slice(part);
      const original = inner[i - 1]?.name === 'as' ? e.slice(inner[i - 2]) : name;
      out.push({ path: `${modulePath(module)}.${original}`, name });
    });
    return out;
  }
}

/** What an import is called inside: all packages of TensorFlow.js are one. */
export function modulePath(name: string): string {
  return /^(@tensorflow\/tfjs\b|https:.*@tensorflow\/tfjs)/.test(name) ? 'tfjs' : `npm:${name.replaceAll('.', '_')}`;
}

/** The three parts of `(a; b; c)`; the semicolon after a declaration belongs to the declaration. */
function sections(parts: SyntaxNode[]): (SyntaxNode | undefined)[] {
  const out: (SyntaxNode | undefined)[] = [undefined, undefined, undefined];
  let i = 0;
  for (const part of parts) {
    if (part.name === ';') i++;
    else if (part.name === 'VariableDeclaration') {
      out[0] = part;
      i = 1;
    } else if (isExpression(part.name) && i < 3) out[i] = part;
  }
  return out;
}

/** k of `i += k`, `i = i + k`, `i++`, as an expression. */
function stepOf(s: Stmt, name: string): Expr | null {
  const own = (x: Expr) => x.kind === 'name' && x.name === name;
  const signed = (op: string, x: Expr): Expr | null => (op === '+' ? x : op === '-' && x.kind === 'number' ? { ...x, value: -x.value } : op === '-' ? { kind: 'unary', op: '-', operand: x, from: x.from, to: x.to } : null);
  if (s.kind === 'augmented' && own(s.target)) return signed(s.op, s.value);
  if (s.kind === 'assign' && own(s.targets[0]) && s.value.kind === 'binary' && own(s.value.left)) return signed(s.value.op, s.value.right);
  return null;
}
