/** The expression tree: from one tree come TeX, words and the float64 value, so that they cannot drift apart. */
import type { SymbolId } from './symbols';

/** What numbers the terms of a product or sum, or the members of a family of symbols (π_k). Outside of every product and sum of its own the world says which one is meant. */
export type Letter = 's' | 'i' | 'j' | 'k' | 'l' | 'm' | 'n' | 't';
/** Of a symbol that is a sequence; left out: t. `1` and `T` are the ends of the chain. */
export type Index = '0' | '1' | 'T' | Letter | `${Letter}-1` | `${Letter}+1`;
export type FunctionName = 'exp' | 'log' | 'cos' | 'sigmoid' | 'tanh' | 'min' | 'max' | 'abs';

export type Expr =
  /** `digits`: how many significant ones are shown of a number that was computed or read. */
  | { readonly kind: 'number'; readonly value: number; readonly tex?: string; readonly spoken?: string; readonly digits?: number }
  | { readonly kind: 'symbol'; readonly id: SymbolId; readonly index?: Index }
  /** The letter of a sum as a number. */
  | { readonly kind: 'letter'; readonly letter: Letter }
  /** 1 where both letters are the same, else 0. */
  | { readonly kind: 'kronecker'; readonly left: Letter; readonly right: Letter }
  /** `dot` is ⟨left, right⟩, `hadamard` left ⊙ right. */
  | { readonly kind: 'add' | 'sub' | 'mul' | 'div' | 'dot' | 'hadamard'; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'neg' | 'sqrt'; readonly arg: Expr }
  /** ‖arg‖²; `frobenius` where it is a matrix: the sum of the squares of its entries. */
  | { readonly kind: 'normSq'; readonly arg: Expr; readonly frobenius?: true }
  /** Of matrices; the transpose of a vector is a row. */
  | { readonly kind: 'inverse' | 'transpose' | 'trace' | 'det'; readonly arg: Expr }
  | { readonly kind: 'pow'; readonly base: Expr; readonly exponent: number }
  | { readonly kind: 'power'; readonly base: Expr; readonly exponent: Expr }
  /** Over letter = from … to, or after + from … to; the body speaks of the letter through symbols that have it as their index. */
  | { readonly kind: 'product' | 'sum'; readonly letter: Letter; readonly from: number; readonly after?: Expr; readonly to: Expr; readonly body: Expr }
  /** `total`: sum over all values that the symbol can take, Σ_z; `integral`: ∫ … dz. */
  | { readonly kind: 'total' | 'integral'; readonly over: SymbolId; readonly body: Expr }
  /** ∫ over the symbol as a number between two bounds, by a quadrature of the evaluator's own: no world has to know the nodes. */
  | { readonly kind: 'definite'; readonly over: SymbolId; readonly from: Expr; readonly to: Expr; readonly body: Expr }
  /** The value of the symbol at which the body is largest, or smallest. */
  | { readonly kind: 'argmax' | 'argmin'; readonly over: SymbolId; readonly body: Expr }
  /** Mean of the body over values of the symbol, distributed as `under`, which is a function of the symbol: E_{q(z | x)}[…]. */
  | { readonly kind: 'expectation'; readonly over: SymbolId; readonly under: Expr; readonly body: Expr }
  /** Kullback–Leibler divergence of two functions of the symbol: E_left[log left/right]. `crossEntropy`: −E_left[log right]. */
  | { readonly kind: 'kl' | 'crossEntropy'; readonly over: SymbolId; readonly left: Expr; readonly right: Expr }
  /** −E_of[log of], in nats. */
  | { readonly kind: 'entropy'; readonly over: SymbolId; readonly of: Expr }
  /**
   * ∂/∂by. Of a number by a vector it is the gradient, which `nabla` writes as ∇; of a vector by a number the vector of derivatives; of a vector by a vector
   * the matrix of all, one row for each component of the body. `divergence` is the trace of that matrix, written as ∇·.
   * `vector` says that the body is one, which code has to know.
   */
  | { readonly kind: 'derivative'; readonly by: SymbolId; readonly index?: Letter; readonly nabla?: true; readonly divergence?: true; readonly vector?: true; readonly body: Expr }
  | { readonly kind: 'function'; readonly name: FunctionName; readonly args: readonly Expr[] }
  /** A network or another function that is a symbol itself: ε_θ(x_t, t); `given` stands behind a bar: p_θ(x | z). */
  | { readonly kind: 'apply'; readonly id: SymbolId; readonly args: readonly Expr[]; readonly given?: readonly Expr[] }
  /** Density of N(mean, variance · I) at x; `single` for one component, which needs no I; `full` where the variance is a matrix. */
  | { readonly kind: 'gaussian'; readonly x: Expr; readonly mean: Expr; readonly variance: Expr; readonly single?: true; readonly full?: true }
  /** A conditional density of the forward process by name: q(of | given). */
  | { readonly kind: 'density'; readonly of: SymbolId; readonly given: readonly SymbolId[] }
  /** What the language has no words for: TeX with an evaluator of its own, a value of the world, beside it. A line with one is counted as `beside`. */
  | { readonly kind: 'beside'; readonly tex: string; readonly spoken: string; readonly symbols: readonly SymbolId[]; readonly value: SymbolId };

const LETTERS = 'sijklmnt';
export const isLetter = (index: Index | undefined): index is Letter => index !== undefined && index.length === 1 && LETTERS.includes(index);
/** The letter of an index, and what is added to it; null for the ends of a chain. */
export function letterOf(index: Index): { letter: Letter; offset: number } | null {
  const first = index[0] as Letter;
  return LETTERS.includes(first) ? { letter: first, offset: index.length === 1 ? 0 : Number(index.slice(1)) } : null;
}

export const num = (value: number): Expr => ({ kind: 'number', value });
export const PI: Expr = { kind: 'number', value: Math.PI, tex: '\\pi', spoken: 'pi' };
export const sym = (id: SymbolId, index?: Index): Expr => (index ? { kind: 'symbol', id, index } : { kind: 'symbol', id });
export const sub = (left: Expr, right: Expr): Expr => ({ kind: 'sub', left, right });
export const div = (left: Expr, right: Expr): Expr => ({ kind: 'div', left, right });
export const dot = (left: Expr, right: Expr): Expr => ({ kind: 'dot', left, right });
export const neg = (arg: Expr): Expr => ({ kind: 'neg', arg });
export const sqrt = (arg: Expr): Expr => ({ kind: 'sqrt', arg });
export const normSq = (arg: Expr): Expr => ({ kind: 'normSq', arg });
/** ‖arg‖ */
export const norm = (arg: Expr): Expr => sqrt(normSq(arg));
/** ‖arg‖² of a matrix, the sum of the squares of its entries. */
export const frobeniusSq = (arg: Expr): Expr => ({ kind: 'normSq', arg, frobenius: true });
export const hadamard = (left: Expr, right: Expr): Expr => ({ kind: 'hadamard', left, right });
export const inverse = (arg: Expr): Expr => ({ kind: 'inverse', arg });
export const transpose = (arg: Expr): Expr => ({ kind: 'transpose', arg });
export const trace = (arg: Expr): Expr => ({ kind: 'trace', arg });
export const det = (arg: Expr): Expr => ({ kind: 'det', arg });
export const letter = (of: Letter): Expr => ({ kind: 'letter', letter: of });
export const kronecker = (left: Letter, right: Letter): Expr => ({ kind: 'kronecker', left, right });
export const power = (base: Expr, exponent: Expr): Expr => ({ kind: 'power', base, exponent });
export const pow = (base: Expr, exponent: number): Expr => ({ kind: 'pow', base, exponent });
export const product = (from: number, to: Expr, body: Expr, letter: Letter = 's'): Expr => ({ kind: 'product', letter, from, to, body });
export const sum = (from: number, to: Expr, body: Expr, letter: Letter = 's'): Expr => ({ kind: 'sum', letter, from, to, body });
/** Σ over letter = after + 1 … to. */
export const sumAfter = (after: Expr, to: Expr, body: Expr, letter: Letter): Expr => ({ kind: 'sum', letter, from: 1, after, to, body });
export const integral = (over: SymbolId, body: Expr): Expr => ({ kind: 'integral', over, body });
/** @param over what stands for a number between the bounds, and only there. */
export const definite = (over: SymbolId, from: Expr, to: Expr, body: Expr): Expr => ({ kind: 'definite', over, from, to, body });
export const argmax = (over: SymbolId, body: Expr): Expr => ({ kind: 'argmax', over, body });
export const argmin = (over: SymbolId, body: Expr): Expr => ({ kind: 'argmin', over, body });
export const entropy = (over: SymbolId, of: Expr): Expr => ({ kind: 'entropy', over, of });
export const crossEntropy = (over: SymbolId, left: Expr, right: Expr): Expr => ({ kind: 'crossEntropy', over, left, right });
export const total = (over: SymbolId, body: Expr): Expr => ({ kind: 'total', over, body });
export const expectation = (over: SymbolId, under: Expr, body: Expr): Expr => ({ kind: 'expectation', over, under, body });
export const kl = (over: SymbolId, left: Expr, right: Expr): Expr => ({ kind: 'kl', over, left, right });
/** @param by a symbol, with its letter if it has one. */
export function derivative(by: Expr, body: Expr): Expr {
  if (by.kind !== 'symbol' || (by.index !== undefined && !isLetter(by.index))) throw new RangeError('A derivative is taken by a symbol.');
  return by.index ? { kind: 'derivative', by: by.id, index: by.index, body } : { kind: 'derivative', by: by.id, body };
}
/** Of a vector by a number, or by a vector. */
export const derivatives = (by: SymbolId, body: Expr): Expr => ({ kind: 'derivative', by, vector: true, body });
/** ∇ of a number by a vector. */
export const gradient = (by: SymbolId, body: Expr): Expr => ({ kind: 'derivative', by, nabla: true, body });
/** ∇· of a vector by a vector of the same length. */
export const divergence = (by: SymbolId, body: Expr): Expr => ({ kind: 'derivative', by, divergence: true, body });
export const fn = (name: FunctionName, ...args: Expr[]): Expr => ({ kind: 'function', name, args });
export const apply = (id: SymbolId, ...args: Expr[]): Expr => ({ kind: 'apply', id, args });
/** A function of one argument under a condition: p(of | given). */
export const conditional = (id: SymbolId, of: Expr, ...given: Expr[]): Expr => ({ kind: 'apply', id, args: [of], given });
export const gaussian = (x: Expr, mean: Expr, variance: Expr): Expr => ({ kind: 'gaussian', x, mean, variance });
export const gaussian1 = (x: Expr, mean: Expr, variance: Expr): Expr => ({ kind: 'gaussian', x, mean, variance, single: true });
/** With a whole matrix of covariances. */
export const gaussianFull = (x: Expr, mean: Expr, covariance: Expr): Expr => ({ kind: 'gaussian', x, mean, variance: covariance, full: true });
/** ∇ of a vector by a vector: the Jacobian matrix. */
export const jacobian = (by: SymbolId, body: Expr): Expr => ({ kind: 'derivative', by, nabla: true, vector: true, body });
export const beside = (tex: string, spoken: string, value: SymbolId, ...symbols: SymbolId[]): Expr => ({ kind: 'beside', tex, spoken, symbols, value });
export const density = (of: SymbolId, ...given: SymbolId[]): Expr => ({ kind: 'density', of, given });

/** Sum of two or more terms, from the left. */
export const add = (first: Expr, ...rest: Expr[]): Expr => rest.reduce<Expr>((left, right) => ({ kind: 'add', left, right }), first);
/** Product of two or more factors, from the left. */
export const mul = (first: Expr, ...rest: Expr[]): Expr => rest.reduce<Expr>((left, right) => ({ kind: 'mul', left, right }), first);

/** The parts of an expression, in reading order. */
export function children(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'number': case 'symbol': case 'letter': case 'kronecker': case 'density': case 'beside':
      return [];
    case 'add': case 'sub': case 'mul': case 'div': case 'dot': case 'hadamard': case 'kl': case 'crossEntropy':
      return [expr.left, expr.right];
    case 'neg': case 'sqrt': case 'normSq': case 'inverse': case 'transpose': case 'trace': case 'det':
      return [expr.arg];
    case 'pow':
      return [expr.base];
    case 'power':
      return [expr.base, expr.exponent];
    case 'product': case 'sum':
      return expr.after ? [expr.to, expr.body, expr.after] : [expr.to, expr.body];
    case 'definite':
      return [expr.from, expr.to, expr.body];
    case 'total': case 'integral': case 'argmax': case 'argmin': case 'derivative':
      return [expr.body];
    case 'entropy':
      return [expr.of];
    case 'expectation':
      return [expr.under, expr.body];
    case 'function':
      return expr.args;
    case 'apply':
      return [...expr.args, ...(expr.given ?? [])];
    case 'gaussian':
      return [expr.x, expr.mean, expr.variance];
  }
}

/** The same node over other parts, which are as many as {@link children} gives. */
export function withChildren(expr: Expr, parts: readonly Expr[]): Expr {
  switch (expr.kind) {
    case 'number': case 'symbol': case 'letter': case 'kronecker': case 'density': case 'beside':
      return expr;
    case 'add': case 'sub': case 'mul': case 'div': case 'dot': case 'hadamard': case 'kl': case 'crossEntropy':
      return { ...expr, left: parts[0], right: parts[1] };
    case 'neg': case 'sqrt': case 'normSq': case 'inverse': case 'transpose': case 'trace': case 'det':
      return { ...expr, arg: parts[0] };
    case 'pow':
      return { ...expr, base: parts[0] };
    case 'power':
      return { ...expr, base: parts[0], exponent: parts[1] };
    case 'product': case 'sum':
      return expr.after ? { ...expr, to: parts[0], body: parts[1], after: parts[2] } : { ...expr, to: parts[0], body: parts[1] };
    case 'definite':
      return { ...expr, from: parts[0], to: parts[1], body: parts[2] };
    case 'total': case 'integral': case 'argmax': case 'argmin': case 'derivative':
      return { ...expr, body: parts[0] };
    case 'entropy':
      return { ...expr, of: parts[0] };
    case 'expectation':
      return { ...expr, under: parts[0], body: parts[1] };
    case 'function':
      return { ...expr, args: parts };
    case 'apply': {
      const split = expr.args.length;
      return expr.given ? { ...expr, args: parts.slice(0, split), given: parts.slice(split) } : { ...expr, args: parts };
    }
    case 'gaussian':
      return { ...expr, x: parts[0], mean: parts[1], variance: parts[2] };
  }
}

/** What shows the symbol that it runs over. */
const OVER: ReadonlySet<Expr['kind']> = new Set(['total', 'integral', 'definite', 'argmax', 'argmin']);

/** Every symbol of the expressions, each once, in reading order. */
export function symbolsOf(...exprs: readonly Expr[]): SymbolId[] {
  const found = new Set<SymbolId>();
  const visit = (expr: Expr): void => {
    if (expr.kind === 'symbol' || expr.kind === 'apply') found.add(expr.id);
    if (expr.kind === 'derivative') found.add(expr.by);
    if (OVER.has(expr.kind) && 'over' in expr) found.add(expr.over);
    if (expr.kind === 'beside') expr.symbols.forEach((id) => found.add(id));
    if (expr.kind === 'density') [expr.of, ...expr.given].forEach((id) => found.add(id));
    children(expr).forEach(visit);
  };
  exprs.forEach(visit);
  return [...found];
}
