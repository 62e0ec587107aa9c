/** Lowers Lezer's Python expressions into the neutral tree. */
import type { SyntaxNode } from '@lezer/common';
import type { Argument, Clause, Expr, Parameter, Span } from './ast';

/** Deeper than this, an expression is `unknown`: real code stays far below, and the interpreter recurses on the tree. */
export const MAX_DEPTH = 90;
/** As deep with what starts anew: defaults of parameters, functions in expressions. */
export const MAX_LEVELS = 300;

export class ExpressionLowering {
  /** @param end of the code that is lowered: an unclosed string, and a block at the very end, reach to the line end that the parser was given after it. */
  constructor(readonly text: string, private readonly end: number) {}

  private levels = 0;

  span({ from, to }: Span): Span {
    return { from, to: Math.min(to, this.end) };
  }

  children(node: SyntaxNode): SyntaxNode[] {
    const out: SyntaxNode[] = [];
    for (let c = node.firstChild; c; c = c.nextSibling) if (!c.type.isError && c.name !== 'Comment') out.push(c);
    return out;
  }

  slice(span: Span): string {
    return this.text.slice(span.from, span.to);
  }

  lower(node: SyntaxNode | null | undefined, depth = 0): Expr {
    if (!node) return { kind: 'unknown', parts: [], from: 0, to: 0 };
    if (depth > MAX_DEPTH || this.levels >= MAX_LEVELS) return unknown(this.span(node));
    this.levels++;
    const expr = this.lowerNode(node, depth);
    this.levels--;
    return expr;
  }

  private lowerNode(node: SyntaxNode, depth: number): Expr {
    const { from, to } = this.span(node);
    const next = (child: SyntaxNode | null | undefined) => (child ? this.lower(child, depth + 1) : unknown({ from, to }));
    switch (node.name) {
      case 'VariableName': case 'self':
        return { kind: 'name', name: this.slice(node), from, to };
      case 'Number': return this.number(node);
      case 'String': return { kind: 'string', value: unquote(this.slice(node)), from, to };
      case 'ContinuedString': {
        const parts = this.children(node);
        if (parts.some((p) => p.name !== 'String')) return unknown({ from, to }, parts.map(next));
        return { kind: 'string', value: parts.map((p) => unquote(this.slice(p))).join(''), from, to };
      }
      case 'Boolean': return { kind: 'boolean', value: this.slice(node) === 'True', from, to };
      case 'None': return { kind: 'none', from, to };
      case 'Ellipsis': case '...': return { kind: 'ellipsis', from, to };
      case 'ParenthesizedExpression': return next(this.expressions(node)[0]);
      case 'TupleExpression': return { kind: 'sequence', type: 'tuple', items: this.items(node, depth), from, to };
      case 'ArrayExpression': return { kind: 'sequence', type: 'list', items: this.items(node, depth), from, to };
      case 'SetExpression': return { kind: 'sequence', type: 'set', items: this.items(node, depth), from, to };
      case 'DictionaryExpression': return this.dict(node, depth);
      case 'MemberExpression': return this.member(node, depth);
      case 'CallExpression': {
        const [callee] = this.children(node);
        const args = node.getChild('ArgList');
        return { kind: 'call', callee: next(callee), args: args ? this.arguments(args, depth) : [], from, to };
      }
      case 'BinaryExpression': return this.binary(node, depth);
      case 'UnaryExpression': {
        const [op, operand] = this.children(node);
        return { kind: 'unary', op: op ? this.slice(op) : '?', operand: next(operand), from, to };
      }
      case 'ConditionalExpression': {
        const [then, test, otherwise] = this.expressions(node);
        return { kind: 'conditional', then: next(then), test: next(test), otherwise: next(otherwise), from, to };
      }
      case 'LambdaExpression': {
        const parts = this.children(node);
        const params = node.getChild('ParamList');
        return { kind: 'lambda', params: params ? this.parameters(params) : [], body: next(parts[parts.length - 1]), from, to };
      }
      case 'ArrayComprehensionExpression': return this.comprehension(node, 'list', depth);
      case 'SetComprehensionExpression': return this.comprehension(node, 'set', depth);
      case 'DictionaryComprehensionExpression': return this.comprehension(node, 'dict', depth);
      case 'ComprehensionExpression': return this.comprehension(node, 'generator', depth);
      case 'NamedExpression': {
        const [target, value] = this.expressions(node);
        return { kind: 'walrus', target: next(target), value: next(value), from, to };
      }
      case 'AwaitExpression': return next(this.expressions(node)[0]);
      default: return unknown({ from, to }, this.expressions(node).map(next));
    }
  }

  /** Children that are expressions, without keywords and punctuation. */
  expressions(node: SyntaxNode): SyntaxNode[] {
    return this.children(node).filter((c) => EXPRESSION.test(c.name));
  }

  private items(node: SyntaxNode, depth: number): Expr[] {
    const out: Expr[] = [];
    let star: SyntaxNode | null = null;
    for (const child of this.children(node)) {
      if (child.name === '*') star = child;
      else if (EXPRESSION.test(child.name)) {
        const item = this.lower(child, depth + 1);
        out.push(star ? { kind: 'star', operand: item, from: star.from, to: item.to } : item);
        star = null;
      }
    }
    return out;
  }

  private number(node: SyntaxNode): Expr {
    const { from, to } = this.span(node);
    const text = this.slice(node).replaceAll('_', '');
    if (/j$/i.test(text)) return unknown({ from, to });
    // Python 2 writes octal numbers as 0755.
    const value = Number(/^0[0-7]+$/.test(text) ? `0o${text}` : /^0\d+$/.test(text) ? text.replace(/^0+(?=\d)/, '') : text);
    return Number.isNaN(value) ? unknown({ from, to }) : { kind: 'number', value, int: /^(\d+|0[xob][\da-f]+)$/i.test(text), from, to };
  }

  private dict(node: SyntaxNode, depth: number): Expr {
    const entries: { key: Expr | null; value: Expr }[] = [];
    let key: Expr | null = null;
    for (const child of this.children(node)) {
      if (child.name === '**') key = null;
      if (!EXPRESSION.test(child.name)) continue;
      const value = this.lower(child, depth + 1);
      const before = child.prevSibling?.name;
      if (before === ':') entries.push({ key, value });
      else if (before === '**') entries.push({ key: null, value });
      else key = value;
    }
    return { kind: 'dict', entries, ...this.span(node) };
  }

  private member(node: SyntaxNode, depth: number): Expr {
    const { from, to } = this.span(node);
    const parts = this.children(node);
    const object = this.lower(parts[0], depth + 1);
    const property = node.getChild('PropertyName');
    if (property) {
      const name = this.slice(property);
      const base = object.kind === 'name' ? object.name : object.kind === 'attribute' ? object.dotted : null;
      return { kind: 'attribute', object, name, dotted: base === null ? null : `${base}.${name}`, from, to };
    }
    return { kind: 'index', object, items: this.subscripts(parts.slice(1), depth), from, to };
  }

  /** `1:2, None` between the brackets. */
  private subscripts(parts: SyntaxNode[], depth: number): Expr[] {
    const items: Expr[] = [];
    let bounds: (Expr | undefined)[] = [undefined];
    let colons = 0;
    let start = parts[0]?.to ?? 0;
    const flush = (end: number) => {
      if (colons > 0) items.push({ kind: 'slice', start: bounds[0], stop: bounds[1], step: bounds[2], from: start, to: end });
      else if (bounds[0]) items.push(bounds[0]);
      bounds = [undefined];
      colons = 0;
      start = end;
    };
    for (const part of parts) {
      if (part.name === ':') bounds[++colons] = undefined;
      else if (part.name === ',' || part.name === ']') flush(part.from);
      else if (EXPRESSION.test(part.name)) bounds[colons] = this.lower(part, depth + 1);
    }
    if (colons > 0 || bounds[0]) flush(parts[parts.length - 1]?.to ?? start);
    return items;
  }

  private binary(node: SyntaxNode, depth: number): Expr {
    const { from, to } = this.span(node);
    const parts = this.children(node);
    const left = this.lower(parts[0], depth + 1);
    const right = this.lower(parts[parts.length - 1], depth + 1);
    const sign = parts.slice(1, -1).map((p) => this.slice(p)).join(' ').replace(/\s+/g, ' ');
    const op = sign === '<>' ? '!=' : sign;
    if (op === 'and' || op === 'or') return { kind: 'logic', op, left, right, from, to };
    return { kind: COMPARISONS.has(op) ? 'compare' : 'binary', op, left, right, from, to };
  }

  arguments(list: SyntaxNode, depth: number): Argument[] {
    const out: Argument[] = [];
    const parts = this.children(list);
    const comprehension = parts.find((p) => p.name === 'for');
    if (comprehension) {
      const value = this.comprehension(list, 'generator', depth);
      return [{ star: 0, value }];
    }
    let star: 0 | 1 | 2 = 0;
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i];
      if (part.name === '*') star = 1;
      else if (part.name === '**') star = 2;
      else if (part.name === ',') star = 0;
      else if (part.name === 'VariableName' && parts[i + 1]?.name === 'AssignOp') {
        const value = this.lower(parts[i + 2], depth + 1);
        out.push({ name: this.slice(part), nameSpan: { from: part.from, to: part.to }, star: 0, value });
        i += 2;
      } else if (EXPRESSION.test(part.name)) out.push({ star, value: this.lower(part, depth + 1) });
    }
    return out;
  }

  parameters(list: SyntaxNode): Parameter[] {
    const out: Parameter[] = [];
    const parts = this.children(list);
    let star: 0 | 1 | 2 = 0;
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i];
      if (part.name === '*') star = 1;
      else if (part.name === '**') star = 2;
      else if (part.name === ',') star = 0;
      else if (part.name === 'VariableName' || part.name === 'self') {
        let j = i + 1;
        if (parts[j]?.name === 'TypeDef') j++;
        const param: Parameter = { name: this.slice(part), star, from: part.from, to: part.to };
        if (parts[j]?.name === 'AssignOp' && parts[j + 1]) {
          param.default = this.lower(parts[j + 1]);
          j += 2;
        }
        out.push(param);
        i = j - 1;
      } else if (part.name === 'TupleExpression' || part.name === 'ParenthesizedExpression') {
        // `def f((a, b), c)` of Python 2: it has its place, though not its names.
        out.push({ name: `<${part.from}>`, star: 0, from: part.from, to: part.from });
      }
    }
    return out;
  }

  private comprehension(node: SyntaxNode, type: 'list' | 'set' | 'generator' | 'dict', depth: number): Expr {
    const { from, to } = this.span(node);
    const parts = this.children(node);
    const first = parts.findIndex((p) => p.name === 'for');
    const head = parts.slice(0, first).filter((p) => EXPRESSION.test(p.name));
    const clauses: Clause[] = [];
    for (let i = first; i >= 0 && i < parts.length; i++) {
      const part = parts[i];
      if (part.name === 'for') {
        const end = parts.findIndex((p, k) => k > i && p.name === 'in');
        if (end < 0) break;
        const targets = parts.slice(i + 1, end).filter((p) => EXPRESSION.test(p.name)).map((p) => this.lower(p, depth + 1));
        const target: Expr = targets.length === 1 ? targets[0] : { kind: 'sequence', type: 'tuple', items: targets, from: part.to, to: parts[end].from };
        clauses.push({ target, iterable: this.lower(parts[end + 1], depth + 1), conditions: [] });
        i = end + 1;
      } else if (part.name === 'if' && clauses.length > 0) {
        clauses[clauses.length - 1].conditions.push(this.lower(parts[++i], depth + 1));
      }
    }
    const element = this.lower(head[head.length - 1], depth + 1);
    const key = type === 'dict' ? this.lower(head[0], depth + 1) : null;
    return { kind: 'comprehension', type, element: key ? { kind: 'sequence', type: 'tuple', items: [key, element], from, to } : element, clauses, from, to };
  }
}

const COMPARISONS = new Set(['<', '>', '<=', '>=', '==', '!=', 'is', 'is not', 'in', 'not in']);
const EXPRESSION = /Expression$|^(VariableName|self|Number|String|ContinuedString|FormatString|Boolean|None|Ellipsis|\.\.\.)$/;

export function isExpression(name: string): boolean {
  return EXPRESSION.test(name);
}

function unknown(span: Span, parts: Expr[] = []): Expr {
  return { kind: 'unknown', parts, from: span.from, to: span.to };
}

function unquote(text: string): string {
  const match = /^[a-zA-Z]*("""|'''|"|')/.exec(text);
  if (!match) return text;
  const body = text.slice(match[0].length);
  const inner = body.endsWith(match[1]) ? body.slice(0, -match[1].length) : body;
  return /^[a-zA-Z]*r/i.test(match[0]) ? inner : inner.replace(/\\(['"\\])/g, '$1');
}
