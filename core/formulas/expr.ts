/** The expression tree: from one tree come TeX, words and the float64 value, so that they cannot drift apart. */
import type { SymbolId } from './symbols';

/** Of a symbol that is a sequence in t (α, β, β̃, σ); left out: t. `s` is the running index of a product or sum, `1` and `T` are the ends of the chain. */
export type Index = 't-1' | 's' | '1' | 'T';
export type FunctionName = 'exp' | 'log' | 'cos' | 'sigmoid' | 'min';

export type Expr =
  | { readonly kind: 'number'; readonly value: number; readonly tex?: string; readonly spoken?: string }
  | { readonly kind: 'symbol'; readonly id: SymbolId; readonly index?: Index }
  | { readonly kind: 'add' | 'sub' | 'mul' | 'div' | 'dot'; readonly left: Expr; readonly right: Expr }
  /** `normSq` is ‖arg‖². */
  | { readonly kind: 'neg' | 'sqrt' | 'normSq'; readonly arg: Expr }
  | { readonly kind: 'pow'; readonly base: Expr; readonly exponent: number }
  /** Over s = from … to; the body speaks of s through symbols with index `s`. */
  | { readonly kind: 'product' | 'sum'; readonly from: number; readonly to: Expr; readonly body: Expr }
  | { readonly kind: 'function'; readonly name: FunctionName; readonly args: readonly Expr[] }
  /** A network or another function that is a symbol itself: ε_θ(x_t, t). */
  | { readonly kind: 'apply'; readonly id: SymbolId; readonly args: readonly Expr[] }
  /** Density of N(mean, variance · I) at x. */
  | { readonly kind: 'gaussian'; readonly x: Expr; readonly mean: Expr; readonly variance: Expr }
  /** A conditional density of the forward process by name: q(of | given). */
  | { readonly kind: 'density'; readonly of: SymbolId; readonly given: readonly SymbolId[] };

export const num = (value: number): Expr => ({ kind: 'number', value });
export const PI: Expr = { kind: 'number', value: Math.PI, tex: '\\pi', spoken: 'pi' };
export const sym = (id: SymbolId, index?: Index): Expr => (index ? { kind: 'symbol', id, index } : { kind: 'symbol', id });
export const sub = (left: Expr, right: Expr): Expr => ({ kind: 'sub', left, right });
export const div = (left: Expr, right: Expr): Expr => ({ kind: 'div', left, right });
export const dot = (left: Expr, right: Expr): Expr => ({ kind: 'dot', left, right });
export const neg = (arg: Expr): Expr => ({ kind: 'neg', arg });
export const sqrt = (arg: Expr): Expr => ({ kind: 'sqrt', arg });
export const normSq = (arg: Expr): Expr => ({ kind: 'normSq', arg });
export const pow = (base: Expr, exponent: number): Expr => ({ kind: 'pow', base, exponent });
export const product = (from: number, to: Expr, body: Expr): Expr => ({ kind: 'product', from, to, body });
export const sum = (from: number, to: Expr, body: Expr): Expr => ({ kind: 'sum', from, to, body });
export const fn = (name: FunctionName, ...args: Expr[]): Expr => ({ kind: 'function', name, args });
export const apply = (id: SymbolId, ...args: Expr[]): Expr => ({ kind: 'apply', id, args });
export const gaussian = (x: Expr, mean: Expr, variance: Expr): Expr => ({ kind: 'gaussian', x, mean, variance });
export const density = (of: SymbolId, ...given: SymbolId[]): Expr => ({ kind: 'density', of, given });

/** Sum of two or more terms, from the left. */
export const add = (first: Expr, ...rest: Expr[]): Expr => rest.reduce<Expr>((left, right) => ({ kind: 'add', left, right }), first);
/** Product of two or more factors, from the left. */
export const mul = (first: Expr, ...rest: Expr[]): Expr => rest.reduce<Expr>((left, right) => ({ kind: 'mul', left, right }), first);

/** The parts of an expression, in reading order. */
export function children(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'number':
    case 'symbol':
    case 'density':
      return [];
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
    case 'dot':
      return [expr.left, expr.right];
    case 'neg':
    case 'sqrt':
    case 'normSq':
      return [expr.arg];
    case 'pow':
      return [expr.base];
    case 'product':
    case 'sum':
      return [expr.to, expr.body];
    case 'function':
    case 'apply':
      return expr.args;
    case 'gaussian':
      return [expr.x, expr.mean, expr.variance];
  }
}

/** The same node over other parts, which are as many as {@link children} gives. */
export function withChildren(expr: Expr, parts: readonly Expr[]): Expr {
  switch (expr.kind) {
    case 'number':
    case 'symbol':
    case 'density':
      return expr;
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
    case 'dot':
      return { ...expr, left: parts[0], right: parts[1] };
    case 'neg':
    case 'sqrt':
    case 'normSq':
      return { ...expr, arg: parts[0] };
    case 'pow':
      return { ...expr, base: parts[0] };
    case 'product':
    case 'sum':
      return { ...expr, to: parts[0], body: parts[1] };
    case 'function':
    case 'apply':
      return { ...expr, args: parts };
    case 'gaussian':
      return { ...expr, x: parts[0], mean: parts[1], variance: parts[2] };
  }
}

/** Every symbol of the expressions, each once, in reading order. */
export function symbolsOf(...exprs: readonly Expr[]): SymbolId[] {
  const found = new Set<SymbolId>();
  const visit = (expr: Expr): void => {
    if (expr.kind === 'symbol' || expr.kind === 'apply') found.add(expr.id);
    if (expr.kind === 'density') [expr.of, ...expr.given].forEach((id) => found.add(id));
    children(expr).forEach(visit);
  };
  exprs.forEach(visit);
  return [...found];
}
