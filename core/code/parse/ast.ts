/**
 * A small neutral syntax tree: what the interpreter needs of Python, and what TypeScript can be lowered into as well.
 * Every node carries its span in UTF-16 offsets; lines and columns are derived on demand (`LineMap`), because most
 * nodes never reach the user. Anything that is not modelled becomes `unknown` and keeps its sub-expressions, so that
 * names inside it are still seen.
 */

export interface Span {
  from: number;
  to: number;
}

export interface Argument {
  /** Keyword, or undefined for a positional argument. */
  name?: string;
  nameSpan?: Span;
  /** 1 for `*args`, 2 for `**kwargs`. */
  star: 0 | 1 | 2;
  value: Expr;
}

export interface Parameter extends Span {
  name: string;
  star: 0 | 1 | 2;
  default?: Expr;
}

export interface Clause {
  target: Expr;
  iterable: Expr;
  conditions: Expr[];
}

export type Expr = Span & (
  | { kind: 'number'; value: number; int: boolean }
  | { kind: 'string'; value: string }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'none' }
  | { kind: 'name'; name: string }
  | { kind: 'attribute'; object: Expr; name: string; dotted: string | null }
  | { kind: 'index'; object: Expr; items: Expr[] }
  | { kind: 'slice'; start?: Expr; stop?: Expr; step?: Expr }
  | { kind: 'ellipsis' }
  | { kind: 'call'; callee: Expr; args: Argument[] }
  | { kind: 'binary'; op: string; left: Expr; right: Expr }
  | { kind: 'compare'; op: string; left: Expr; right: Expr }
  /** `nullish`: the right side where the left one is None. */
  | { kind: 'logic'; op: 'and' | 'or' | 'nullish'; left: Expr; right: Expr }
  | { kind: 'unary'; op: string; operand: Expr }
  | { kind: 'conditional'; test: Expr; then: Expr; otherwise: Expr }
  | { kind: 'sequence'; type: 'tuple' | 'list' | 'set'; items: Expr[] }
  | { kind: 'dict'; entries: { key: Expr | null; value: Expr }[] }
  | { kind: 'lambda'; params: Parameter[]; body: Expr }
  /** A function as a value, with statements: arrow functions and methods of object literals. */
  | { kind: 'function'; definition: FunctionDefinition }
  | { kind: 'comprehension'; type: 'list' | 'set' | 'generator' | 'dict'; element: Expr; clauses: Clause[] }
  | { kind: 'star'; operand: Expr }
  | { kind: 'walrus'; target: Expr; value: Expr; outer?: boolean }
  | { kind: 'unknown'; parts: Expr[] }
);

export interface FunctionDefinition extends Span {
  kind: 'function';
  name: string;
  nameSpan: Span;
  /** From `def` to the colon. */
  header: Span;
  params: Parameter[];
  body: Stmt[];
  /** The last part of each one's name. */
  decorators: Expr[];
  /** Those that are called, whole. */
  decoratorCalls?: (Expr & { kind: 'call' })[];
}

export interface ClassDefinition extends Span {
  kind: 'class';
  name: string;
  nameSpan: Span;
  header: Span;
  bases: Expr[];
  body: Stmt[];
  /** The last part of each one's name. */
  decorators: Expr[];
  /** Those that are called, whole. */
  decoratorCalls?: (Expr & { kind: 'call' })[];
}

export interface ImportedName {
  /** Dotted path of what is bound: `torch.nn.functional`. */
  path: string;
  /** The local name. */
  name: string;
}

/** `outer`: assigns where the name is declared, maybe in an enclosing function, instead of declaring it here. */
export type Stmt = Span & (
  | { kind: 'assign'; targets: Expr[]; value: Expr; outer?: boolean }
  | { kind: 'annotated'; target: Expr; annotation: Expr | null }
  | { kind: 'augmented'; op: string; target: Expr; value: Expr; outer?: boolean }
  | { kind: 'expression'; value: Expr }
  | { kind: 'if'; test: Expr; then: Stmt[]; otherwise: Stmt[] }
  | { kind: 'for'; target: Expr; iterable: Expr; body: Stmt[]; otherwise: Stmt[] }
  | { kind: 'while'; test: Expr; body: Stmt[] }
  | { kind: 'with'; items: { value: Expr; target?: Expr }[]; body: Stmt[] }
  | { kind: 'try'; body: Stmt[]; handlers: Stmt[][]; final: Stmt[] }
  | { kind: 'return'; value?: Expr }
  | { kind: 'yield'; value?: Expr }
  | { kind: 'raise' }
  | { kind: 'break' }
  | { kind: 'continue' }
  | { kind: 'import'; names: ImportedName[] }
  | { kind: 'pass' }
  /** A definition that was not parsed, since nothing of it can matter: its name is unknown. */
  | { kind: 'unread'; name: string }
  | FunctionDefinition
  | ClassDefinition
);

/** Every direct sub-expression, for walks that look for names. */
export function subexpressions(e: Expr): Expr[] {
  switch (e.kind) {
    case 'attribute': return [e.object];
    case 'index': return [e.object, ...e.items];
    case 'slice': return [e.start, e.stop, e.step].filter((x): x is Expr => x !== undefined);
    case 'call': return [e.callee, ...e.args.map((a) => a.value)];
    case 'binary': case 'compare': case 'logic': return [e.left, e.right];
    case 'unary': case 'star': return [e.operand];
    case 'conditional': return [e.test, e.then, e.otherwise];
    case 'sequence': return e.items;
    case 'dict': return e.entries.flatMap((x) => (x.key ? [x.key, x.value] : [x.value]));
    case 'lambda': return [...e.params.flatMap((p) => (p.default ? [p.default] : [])), e.body];
    case 'function': return e.definition.params.flatMap((p) => (p.default ? [p.default] : []));
    case 'comprehension': return [e.element, ...e.clauses.flatMap((c) => [c.target, c.iterable, ...c.conditions])];
    case 'walrus': return [e.target, e.value];
    case 'unknown': return e.parts;
    default: return [];
  }
}

/** Visits every expression in the statements, nested definitions included. */
export function walkExpressions(body: readonly Stmt[], visit: (e: Expr) => void): void {
  const pending: Expr[] = [];
  const expression = (...list: (Expr | undefined | null)[]) => {
    for (const e of list) if (e) pending.push(e);
    for (let e = pending.pop(); e; e = pending.pop()) {
      visit(e);
      if (e.kind === 'function') walkExpressions(e.definition.body, visit);
      for (const sub of subexpressions(e)) pending.push(sub);
    }
  };
  for (const s of body) {
    switch (s.kind) {
      case 'assign': expression(...s.targets, s.value); break;
      case 'annotated': expression(s.target); break;
      case 'augmented': expression(s.target, s.value); break;
      case 'expression': expression(s.value); break;
      case 'return': case 'yield': expression(s.value); break;
      case 'if': expression(s.test); walkExpressions(s.then, visit); walkExpressions(s.otherwise, visit); break;
      case 'for': expression(s.target, s.iterable); walkExpressions(s.body, visit); walkExpressions(s.otherwise, visit); break;
      case 'while': expression(s.test); walkExpressions(s.body, visit); break;
      case 'with': expression(...s.items.flatMap((i) => [i.value, i.target])); walkExpressions(s.body, visit); break;
      case 'try': [s.body, ...s.handlers, s.final].forEach((b) => walkExpressions(b, visit)); break;
      case 'function': expression(...s.params.map((p) => p.default)); walkExpressions(s.body, visit); break;
      case 'class': walkExpressions(s.body, visit); break;
      default:
    }
  }
}
