/** Lowers Lezer's JavaScript and TypeScript expressions into the neutral tree; types, `as`, `!` and `?.` fall away. */
import type { SyntaxNode } from '@lezer/common';
import type { Argument, Expr, FunctionDefinition, Span } from './ast';

/** Deeper than this, an expression is `unknown`. Method chains take two levels a link. */
export const MAX_DEPTH = 90;
/** As deep with what starts anew: defaults of parameters, functions in expressions. */
const MAX_LEVELS = 300;

const EXPRESSION = /Expression$|^(VariableName|this|super|Number|String|TemplateString|BooleanLiteral|null|RegExp|ArrowFunction|PrefixCast|DynamicImport|JSXElement)$/;

export function isExpression(name: string): boolean {
  return EXPRESSION.test(name);
}

/** Operators whose Python name or meaning is another. */
const BINARY: Readonly<Record<string, string>> = { '===': '==', '!==': '!=', '%': 'rem' };
const LOGIC: Readonly<Record<string, 'and' | 'or' | 'nullish'>> = { '&&': 'and', '||': 'or', '??': 'nullish' };

export class JsExpressions {
  private levels = 0;

  constructor(
    readonly text: string,
    /** Lowers a function with its statements. */
    private readonly definition: (node: SyntaxNode, name: string, method: boolean, depth: number) => FunctionDefinition,
  ) {}

  children(node: SyntaxNode): SyntaxNode[] {
    const out: SyntaxNode[] = [];
    for (let c = node.firstChild; c; c = c.nextSibling) if (!c.type.isError && c.name !== 'LineComment' && c.name !== 'BlockComment') out.push(c);
    return out;
  }

  expressions(node: SyntaxNode): SyntaxNode[] {
    return this.children(node).filter((c) => isExpression(c.name));
  }

  slice(span: Span): string {
    return this.text.slice(span.from, span.to);
  }

  lower(node: SyntaxNode | null | undefined, depth = 0): Expr {
    if (!node) return { kind: 'unknown', parts: [], from: 0, to: 0 };
    if (depth > MAX_DEPTH || this.levels >= MAX_LEVELS) return { kind: 'unknown', parts: [], from: node.from, to: node.to };
    this.levels++;
    const expr = this.lowerNode(node, depth);
    this.levels--;
    return expr;
  }

  private lowerNode(node: SyntaxNode, depth: number): Expr {
    const { from, to } = node;
    const next = (child: SyntaxNode | null | undefined): Expr => (child ? this.lower(child, depth + 1) : { kind: 'unknown', parts: [], from, to });
    switch (node.name) {
      case 'VariableName': case 'VariableDefinition': {
        const name = this.slice(node);
        return name === 'undefined' ? { kind: 'none', from, to } : { kind: 'name', name, from, to };
      }
      case 'this': return { kind: 'name', name: 'this', from, to };
      case 'super': return superObject({ from, to });
      case 'null': return { kind: 'none', from, to };
      case 'BooleanLiteral': return { kind: 'boolean', value: this.slice(node) === 'true', from, to };
      case 'Number': {
        const text = this.slice(node).replaceAll('_', '');
        const value = Number(text);
        return Number.isNaN(value) ? { kind: 'unknown', parts: [], from, to } : { kind: 'number', value, int: Number.isInteger(value) && !/[.e]/i.test(text.replace(/^0x.*/i, '')), from, to };
      }
      case 'String': return { kind: 'string', value: this.slice(node).slice(1, -1).replace(/\\(['"\\])/g, '$1'), from, to };
      case 'TemplateString': {
        const holes = node.getChildren('Interpolation').flatMap((i) => this.expressions(i)).map(next);
        return holes.length ? { kind: 'unknown', parts: holes, from, to } : { kind: 'string', value: this.slice(node).slice(1, -1), from, to };
      }
      case 'ParenthesizedExpression': case 'AwaitExpression': case 'PrefixCast': case 'InstantiationExpression': return next(this.expressions(node)[0]);
      case 'SequenceExpression': {
        const items = this.expressions(node).map(next);
        return { kind: 'index', object: { kind: 'sequence', type: 'tuple', items, from, to }, items: [literal(items.length - 1, { from: to, to })], from, to };
      }
      case 'ArrayExpression': return { kind: 'sequence', type: 'list', items: this.items(node, depth), from, to };
      case 'ObjectExpression': return this.object(node, depth);
      case 'MemberExpression': return this.member(node, depth);
      case 'CallExpression': case 'NewExpression': {
        const callee = this.expressions(node)[0];
        const list = node.getChild('ArgList');
        const target = next(callee);
        return { kind: 'call', callee: callee?.name === 'super' ? { kind: 'attribute', object: target, name: '__init__', dotted: null, from: callee.from, to: callee.to } : target, args: list ? this.arguments(list, depth) : [], from, to };
      }
      case 'DynamicImport': return { kind: 'call', callee: { kind: 'name', name: 'require', from, to: from }, args: this.expressions(node).map((e) => ({ star: 0, value: next(e) })), from, to };
      case 'BinaryExpression': return this.binary(node, depth);
      case 'UnaryExpression': case 'PostfixExpression': return this.unary(node, depth);
      case 'ConditionalExpression': {
        const [test, then, otherwise] = this.expressions(node);
        return { kind: 'conditional', test: next(test), then: next(then), otherwise: next(otherwise), from, to };
      }
      case 'AssignmentExpression': {
        const { target, value } = this.assignment(node, depth);
        return { kind: 'walrus', target, value, outer: true, from, to };
      }
      case 'ArrowFunction': case 'FunctionExpression': return { kind: 'function', definition: this.definition(node, '<function>', false, depth + 1), from, to };
      default: return { kind: 'unknown', parts: this.expressions(node).map(next), from, to };
    }
  }

  /** `a = b`, `a *= b`, `a ??= b` as target and the value that it gets. */
  assignment(node: SyntaxNode, depth = 0): { target: Expr; value: Expr; pattern: SyntaxNode | null } {
    const { from, to } = node;
    const parts = this.children(node);
    const at = parts.findIndex((p) => p.name === 'Equals' || p.name === 'UpdateOp');
    const target = this.lower(parts[0], depth + 1);
    const right = this.lower(parts.slice(at + 1).find((p) => isExpression(p.name)), depth + 1);
    const pattern = parts[0]?.name === 'ObjectPattern' || parts[0]?.name === 'ArrayPattern' ? parts[0] : null;
    if (at < 0 || parts[at].name === 'Equals') return { target, value: right, pattern };
    const op = this.slice(parts[at]).slice(0, -1);
    const value: Expr = op in LOGIC ? { kind: 'logic', op: LOGIC[op], left: target, right, from, to } : { kind: 'binary', op: BINARY[op] ?? op, left: target, right, from, to };
    return { target, value, pattern };
  }

  arguments(list: SyntaxNode, depth: number): Argument[] {
    return this.items(list, depth).map((e) => (e.kind === 'star' ? { star: 1, value: e.operand } : { star: 0, value: e }));
  }

  private items(node: SyntaxNode, depth: number): Expr[] {
    const out: Expr[] = [];
    let spread: SyntaxNode | null = null;
    for (const child of this.children(node)) {
      if (child.name === 'Spread') spread = child;
      else if (isExpression(child.name)) {
        const item = this.lower(child, depth + 1);
        out.push(spread ? { kind: 'star', operand: item, from: spread.from, to: item.to } : item);
        spread = null;
      }
    }
    return out;
  }

  private object(node: SyntaxNode, depth: number): Expr {
    const entries: { key: Expr | null; value: Expr }[] = [];
    for (const property of node.getChildren('Property')) {
      const parts = this.children(property);
      const colon = parts.findIndex((p) => p.name === ':');
      const key = parts.find((p) => p.name === 'PropertyDefinition' || p.name === 'String' || p.name === 'Number');
      if (parts[0]?.name === 'Spread') entries.push({ key: null, value: this.lower(parts[1], depth + 1) });
      else if (!key) continue;
      else {
        const name: Expr = { kind: 'string', value: key.name === 'String' ? this.slice(key).slice(1, -1) : this.slice(key), from: key.from, to: key.to };
        if (property.getChild('ParamList')) {
          const { from, to } = property;
          // What a getter holds would have to be asked for anew each time: left out.
          if (parts[0].name !== 'get' && parts[0].name !== 'set') entries.push({ key: name, value: { kind: 'function', definition: this.definition(property, name.value, true, depth + 1), from, to } });
        } else if (colon > 0) entries.push({ key: name, value: this.lower(parts[colon + 1], depth + 1) });
        else entries.push({ key: name, value: { kind: 'name', name: name.value, from: key.from, to: key.to } });
      }
    }
    return { kind: 'dict', entries, from: node.from, to: node.to };
  }

  private member(node: SyntaxNode, depth: number): Expr {
    const { from, to } = node;
    const parts = this.children(node);
    const object = this.lower(parts[0], depth + 1);
    const property = node.getChild('PropertyName') ?? node.getChild('PrivatePropertyName');
    if (property) {
      const name = this.slice(property);
      const base = object.kind === 'name' ? object.name : object.kind === 'attribute' ? object.dotted : null;
      // A link names the text as written; `a!.b` and `a?.b` are written otherwise.
      const plain = base !== null && this.text.slice(from, to) === `${base}.${name}`;
      return { kind: 'attribute', object, name, dotted: plain ? `${base}.${name}` : null, from, to };
    }
    const index = parts.slice(1).find((p) => isExpression(p.name));
    return { kind: 'index', object, items: index ? [this.lower(index, depth + 1)] : [], from, to };
  }

  private binary(node: SyntaxNode, depth: number): Expr {
    const { from, to } = node;
    const parts = this.children(node);
    const [first, op, second] = parts;
    const left = this.lower(first, depth + 1);
    if (!op || op.name === 'as' || op.name === 'satisfies') return left;
    const sign = this.slice(op);
    const right = this.lower(second, depth + 1);
    if (sign in LOGIC) return { kind: 'logic', op: LOGIC[sign], left, right, from, to };
    if (op.name === 'CompareOp' || sign === 'in' || sign === 'instanceof') return { kind: 'compare', op: BINARY[sign] ?? sign, left, right, from, to };
    return { kind: 'binary', op: BINARY[sign] ?? sign, left, right, from, to };
  }

  private unary(node: SyntaxNode, depth: number): Expr {
    const { from, to } = node;
    const operand = this.lower(this.expressions(node)[0], depth + 1);
    const op = this.children(node).find((p) => !isExpression(p.name));
    const sign = op ? this.slice(op) : '?';
    if (sign === '++' || sign === '--') {
      const value: Expr = { kind: 'binary', op: sign[0], left: operand, right: literal(1, { from: to, to }), from, to };
      const changed: Expr = { kind: 'walrus', target: operand, value, outer: true, from, to };
      if (node.name === 'UnaryExpression') return changed;
      // `i++` is what i was before.
      return { kind: 'binary', op: sign === '++' ? '-' : '+', left: changed, right: literal(1, { from: to, to }), from, to };
    }
    if (node.name === 'PostfixExpression') return operand;
    return { kind: 'unary', op: sign === '!' ? 'not' : sign, operand, from, to };
  }
}

export function literal(value: number, span: Span): Expr {
  return { kind: 'number', value, int: true, from: span.from, to: span.to };
}

/** `super` is `super()` in the neutral tree. */
function superObject(span: Span): Expr {
  return { kind: 'call', callee: { kind: 'name', name: 'super', ...span }, args: [], ...span };
}
