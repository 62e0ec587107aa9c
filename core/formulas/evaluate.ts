/** The float64 value of an expression in a world that knows the values of its symbols. */
import type { DiffusionQuantities } from '../math/diffusion';
import { differentiate } from './differentiate';
import type { Expr, FunctionName, Index, Letter } from './expr';
import type { SymbolId } from './symbols';

/** Scalars are numbers, points of data space are arrays of one length. */
export type Value = number | readonly number[];

export interface World {
  /** `n` is the value of the letter where `index` is one, counted from 1 as in the papers. Undefined: no value. */
  symbol(id: SymbolId, index: Index | undefined, n: number | undefined): Value | undefined;
  /** Value of a function symbol, e.g. ε_θ, at its arguments, conditions last; `look` is what symbols are while a derivative moves them. */
  call(id: SymbolId, args: readonly Value[], look: (id: SymbolId) => Value): Value | undefined;
  /** Value of the density q(of | given) at the world's own points. */
  density(of: SymbolId, given: readonly SymbolId[]): number | undefined;
  /** All values of a symbol that is summed over. Each with its weight: 1 where they are outcomes, that of a quadrature where they are nodes of an integral. */
  outcomes?(id: SymbolId): readonly Outcome[] | undefined;
  /** Which member of a family is meant where no sum says it. */
  letter?(letter: Letter): number | undefined;
}

export interface Outcome {
  value: Value;
  weight: number;
}

/** What sums have bound, and what derivatives move: letters, and symbols by their {@link place}. */
interface Scope {
  letters: Partial<Record<Letter, number>>;
  values: ReadonlyMap<string, Value>;
}

const NOTHING: Scope = { letters: {}, values: new Map() };
const isLetter = (index: Index | undefined): index is Letter => index !== undefined && 'sijk'.includes(index);
const place = (id: SymbolId, n?: number): string => (n === undefined ? id : `${id} ${n}`);

/**
 * @throws RangeError where a symbol has no value in this world, or scalars and vectors do not fit together.
 */
export function evaluate(expr: Expr, world: World, scope: Scope = NOTHING): Value {
  const of = (part: Expr): Value => evaluate(part, world, scope);
  const look = (id: SymbolId, index?: Index): Value => {
    const n = isLetter(index) ? (scope.letters[index] ?? world.letter?.(index)) : undefined;
    return known(scope.values.get(place(id, n)) ?? world.symbol(id, index, n), id);
  };
  const within = (key: string, value: Value): Scope => ({ ...scope, values: new Map(scope.values).set(key, value) });
  /** Σ weight · f over the values of a symbol. */
  const accumulate = (over: SymbolId, f: (inner: Scope) => Value): Value =>
    known(world.outcomes?.(over), over).map(({ value, weight }) => scale(weight, f(within(over, value)))).reduce((a, b) => zip(a, b, (x, y) => x + y));
  const scalar = (part: Expr): number => asScalar(of(part), part.kind);
  switch (expr.kind) {
    case 'number':
      return expr.value;
    case 'symbol':
      return look(expr.id, expr.index);
    case 'add':
      return zip(of(expr.left), of(expr.right), (a, b) => a + b);
    case 'sub':
      return zip(of(expr.left), of(expr.right), (a, b) => a - b);
    case 'neg':
      return scale(-1, of(expr.arg));
    case 'mul': {
      const [left, right] = [of(expr.left), of(expr.right)];
      if (typeof left === 'number') return scale(left, right);
      return scale(asScalar(right, 'mul'), left);
    }
    case 'div': {
      const [left, right] = [of(expr.left), scalar(expr.right)];
      return typeof left === 'number' ? left / right : left.map((value) => value / right);
    }
    case 'dot':
      return inner(of(expr.left), of(expr.right));
    case 'normSq': {
      const value = of(expr.arg);
      return inner(value, value);
    }
    case 'sqrt':
      return Math.sqrt(scalar(expr.arg));
    case 'pow':
      return scalar(expr.base) ** expr.exponent;
    case 'product':
    case 'sum': {
      const terms = Array.from({ length: Math.max(0, scalar(expr.to) - expr.from + 1) }, (_, i) =>
        evaluate(expr.body, world, { ...scope, letters: { ...scope.letters, [expr.letter]: expr.from + i } }));
      if (expr.kind === 'product') return terms.reduce<number>((total, value) => total * asScalar(value, expr.kind), 1);
      return terms.length === 0 ? 0 : terms.reduce((total, value) => zip(total, value, (a, b) => a + b));
    }
    case 'total':
      return accumulate(expr.over, (inner) => evaluate(expr.body, world, inner));
    case 'expectation':
      return accumulate(expr.over, (inner) => scale(asScalar(evaluate(expr.under, world, inner), expr.kind), evaluate(expr.body, world, inner)));
    case 'kl':
      return accumulate(expr.over, (inner) => {
        const [p, q] = [expr.left, expr.right].map((side) => asScalar(evaluate(side, world, inner), expr.kind));
        return p * Math.log(p / q);
      });
    case 'derivative': {
      const key = place(expr.by, expr.index && (scope.letters[expr.index] ?? world.letter?.(expr.index)));
      return differentiate((moved) => asScalar(evaluate(expr.body, world, within(key, moved)), expr.kind), look(expr.by, expr.index));
    }
    case 'function':
      return FUNCTIONS[expr.name](...expr.args.map(scalar));
    case 'apply':
      return known(world.call(expr.id, [...expr.args, ...(expr.given ?? [])].map(of), look), expr.id);
    case 'gaussian': {
      const variance = scalar(expr.variance);
      const gap = zip(of(expr.x), of(expr.mean), (a, b) => a - b);
      const d = typeof gap === 'number' ? 1 : gap.length;
      return Math.exp(-inner(gap, gap) / (2 * variance)) / (2 * Math.PI * variance) ** (d / 2);
    }
    case 'density':
      return known(world.density(expr.of, expr.given), expr.of);
  }
}

const FUNCTIONS: Record<FunctionName, (...args: number[]) => number> = {
  exp: Math.exp,
  log: Math.log,
  cos: Math.cos,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  min: Math.min,
  abs: Math.abs,
};

function known<T>(value: T | undefined, id: SymbolId): T {
  if (value === undefined) throw new RangeError(`The symbol ${id} has no value here.`);
  return value;
}

function asScalar(value: Value, where: string): number {
  if (typeof value !== 'number') throw new RangeError(`A number is needed in ${where}, not a vector.`);
  return value;
}

function zip(a: Value, b: Value, f: (a: number, b: number) => number): Value {
  if (typeof a === 'number' && typeof b === 'number') return f(a, b);
  if (typeof a === 'number' || typeof b === 'number' || a.length !== b.length) throw new RangeError('A number and a vector, or vectors of different lengths, cannot be added.');
  return a.map((value, i) => f(value, b[i]));
}

const scale = (factor: number, value: Value): Value => (typeof value === 'number' ? factor * value : value.map((v) => factor * v));

function inner(a: Value, b: Value): number {
  const products = zip(a, b, (x, y) => x * y);
  return typeof products === 'number' ? products : products.reduce((total, p) => total + p, 0);
}

export interface WorldConfig {
  quantities: DiffusionQuantities;
  /** Index into `quantities`, 0 … T − 1 as diffusers counts; in the formulas t is one more, as the papers count. */
  t: number;
  /** Points, η, end points, and whatever else the schedule does not give. They win over the schedule's own values. */
  values?: Partial<Record<SymbolId, Value>>;
  /** Networks as functions of their arguments; a function symbol without one takes its value from `values`. */
  functions?: Partial<Record<SymbolId, (...args: Value[]) => Value>>;
  densities?: World['density'];
}

/** A world from the quantities of a schedule at one timestep. */
export function worldAt({ quantities: q, t, values = {}, functions = {}, densities }: WorldConfig): World {
  const own: Partial<Record<SymbolId, (n: number) => number | undefined>> = {
    T: () => q.T,
    t: () => t + 1,
    beta: (n) => q.betas[n - 1],
    alpha: (n) => q.alphas[n - 1],
    alphaBar: (n) => (n === 0 ? 1 : q.alphasCumprod[n - 1]),
    alphaBarPrev: (n) => q.alphasCumprodPrev[n - 1],
    betaTilde: (n) => q.posteriorVariance[n - 1],
    snr: (n) => q.snr[n - 1],
  };
  return {
    symbol(id, index, s) {
      if (!index && id in values) return values[id];
      const n = index === 's' ? s : index === '1' ? 1 : index === 'T' ? q.T : index === 't-1' ? t : t + 1;
      return n === undefined ? undefined : own[id]?.(n);
    },
    call: (id, args) => functions[id]?.(...args) ?? values[id],
    density: (of, given) => densities?.(of, given),
  };
}
