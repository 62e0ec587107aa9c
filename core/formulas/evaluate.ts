/** The float64 value of an expression in a world that knows the values of its symbols. */
import type { DiffusionQuantities } from '../math/diffusion';
import type { Expr, FunctionName, Index } from './expr';
import type { SymbolId } from './symbols';

/** Scalars are numbers, points of data space are arrays of one length. */
export type Value = number | readonly number[];

export interface World {
  /** `s` is the running index where `index` is 's', counted from 1 as in the papers. Undefined: no value. */
  symbol(id: SymbolId, index: Index | undefined, s: number | undefined): Value | undefined;
  /** Value of a function symbol, e.g. ε_θ, at its arguments. */
  call(id: SymbolId, args: readonly Value[]): Value | undefined;
  /** Value of the density q(of | given) at the world's own points. */
  density(of: SymbolId, given: readonly SymbolId[]): number | undefined;
}

/**
 * @throws RangeError where a symbol has no value in this world, or scalars and vectors do not fit together.
 */
export function evaluate(expr: Expr, world: World, s?: number): Value {
  const of = (part: Expr): Value => evaluate(part, world, s);
  const scalar = (part: Expr): number => asScalar(of(part), part.kind);
  switch (expr.kind) {
    case 'number':
      return expr.value;
    case 'symbol':
      return known(world.symbol(expr.id, expr.index, s), expr.id);
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
      let total = expr.kind === 'product' ? 1 : 0;
      for (let i = expr.from; i <= scalar(expr.to); i++) {
        const value = asScalar(evaluate(expr.body, world, i), expr.kind);
        total = expr.kind === 'product' ? total * value : total + value;
      }
      return total;
    }
    case 'function':
      return FUNCTIONS[expr.name](...expr.args.map(scalar));
    case 'apply':
      return known(world.call(expr.id, expr.args.map(of)), expr.id);
    case 'gaussian': {
      const variance = scalar(expr.variance);
      const gap = zip(of(expr.x), of(expr.mean), (a, b) => a - b);
      const d = typeof gap === 'number' ? 1 : gap.length;
      return Math.exp(-inner(gap, gap) / (2 * variance)) / (2 * Math.PI * variance) ** (d / 2);
    }
    case 'density':
      return known(world.density(expr.of, expr.given), expr.of) as number;
  }
}

const FUNCTIONS: Record<FunctionName, (...args: number[]) => number> = {
  exp: Math.exp,
  log: Math.log,
  cos: Math.cos,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  min: Math.min,
};

function known(value: Value | undefined, id: SymbolId): Value {
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
