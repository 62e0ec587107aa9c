/** The float64 value of an expression in a world that knows the values of its symbols. */
import type { DiffusionQuantities } from '../math/diffusion';
import { determinantOf, inverseOf, traceOf, type Matrix } from '../math/matrix';
import { differentiate } from './differentiate';
import { integrate } from './integrate';
import { letterOf, type Expr, type FunctionName, type Index, type Letter } from './expr';
import { extremeOf } from './extreme';
import { FOLLOWS_T, type SymbolId } from './symbols';
import { asScalar, inner, isMatrix, map, matrixPower, scale, times, transposeOf, zip, type Value } from './values';

export type { Value } from './values';

export interface World {
  /** `n` is the value of the letter where `index` is one, counted from 1 as in the papers. Undefined: no value. */
  symbol(id: SymbolId, index: Index | undefined, n: number | undefined): Value | undefined;
  /** Value of a function symbol, e.g. ε_θ, at its arguments, conditions last; `look` is what symbols are while a derivative moves them. */
  call(id: SymbolId, args: readonly Value[], look: (id: SymbolId) => Value): Value | undefined;
  /** Value of the density q(of | given) at the world's own points. */
  density(of: SymbolId, given: readonly SymbolId[]): number | undefined;
  /**
   * All values of a symbol that is summed over. Each with its weight: 1 where they are outcomes, that of a quadrature where they are nodes of an integral.
   * Inside of a sum over t, `t` is its t: the points of a chain have other values at every step.
   */
  outcomes?(id: SymbolId, t?: number): readonly Outcome[] | undefined;
  /** Which member of a family is meant where no sum says it. */
  letter?(letter: Letter): number | undefined;
}

export interface Outcome {
  value: Value;
  weight: number;
  /** Symbols that are parts of it: the points x_1 … x_T of a chain that is one outcome. */
  parts?: readonly { id: SymbolId; n?: number; value: Value }[];
}

/** What sums have bound, and what derivatives move: letters, and symbols by their {@link place}. */
interface Scope {
  letters: Partial<Record<Letter, number>>;
  values: ReadonlyMap<string, Value>;
}

const NOTHING: Scope = { letters: {}, values: new Map() };
const place = (id: SymbolId, n?: number): string => (n === undefined ? id : `${id} ${n}`);

/**
 * @throws RangeError where a symbol has no value in this world, or scalars and vectors do not fit together.
 */
export function evaluate(expr: Expr, world: World, scope: Scope = NOTHING): Value {
  const of = (part: Expr): Value => evaluate(part, world, scope);
  const look = (id: SymbolId, written?: Index): Value => {
    if (id === 't' && scope.letters.t !== undefined) return scope.letters.t;
    const index = written ?? (scope.letters.t !== undefined && FOLLOWS_T.has(id) ? 't' : undefined);
    const n = index && numberOf(index);
    return known(scope.values.get(place(id, n)) ?? world.symbol(id, index, n), id);
  };
  const numberOf = (index: Index): number | undefined => {
    const counted = letterOf(index);
    if (!counted) return index === 'T' ? undefined : Number(index);
    const n = scope.letters[counted.letter] ?? world.letter?.(counted.letter);
    return n === undefined ? undefined : n + counted.offset;
  };
  const within = (key: string, value: Value): Scope => ({ ...scope, values: new Map(scope.values).set(key, value) });
  const inside = (over: SymbolId, { value, parts }: Outcome): Scope => {
    const values = new Map(scope.values).set(place(over, FOLLOWS_T.has(over) ? scope.letters.t : undefined), value);
    for (const part of parts ?? []) values.set(place(part.id, part.n), part.value);
    return { ...scope, values };
  };
  /** Σ weight · f over the values of a symbol. */
  const accumulate = (over: SymbolId, f: (inner: Scope) => Value): Value =>
    known(world.outcomes?.(over, scope.letters.t), over).map((outcome) => scale(outcome.weight, f(inside(over, outcome)))).reduce((a, b) => zip(a, b, (x, y) => x + y));
  /** Σ p · log(…), where what has no chance adds nothing. */
  const meanLog = (over: SymbolId, of: Expr, log: (p: number, inner: Scope) => number): number =>
    asScalar(accumulate(over, (inner) => {
      const p = asScalar(evaluate(of, world, inner), expr.kind);
      return p === 0 ? 0 : p * log(p, inner);
    }), expr.kind);
  const scalar = (part: Expr): number => asScalar(of(part), part.kind);
  const asMatrix = (value: Value): Matrix => {
    if (!isMatrix(value)) throw new RangeError(`A matrix is needed in ${expr.kind}.`);
    return value;
  };
  const matrix = (part: Expr): Matrix => asMatrix(of(part));
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
    case 'letter':
      return known(scope.letters[expr.letter] ?? world.letter?.(expr.letter), expr.letter);
    case 'kronecker':
      return Number(numberOf(expr.left) === numberOf(expr.right));
    case 'mul':
      return times(of(expr.left), of(expr.right));
    case 'div': {
      const divisor = scalar(expr.right);
      return map(of(expr.left), (value) => value / divisor);
    }
    case 'hadamard':
      return zip(of(expr.left), of(expr.right), (a, b) => a * b);
    case 'transpose':
      return transposeOf(of(expr.arg));
    case 'inverse':
      return inverseOf(matrix(expr.arg));
    case 'trace':
      return traceOf(matrix(expr.arg));
    case 'det':
      return determinantOf(matrix(expr.arg));
    case 'dot':
      return inner(of(expr.left), of(expr.right));
    case 'normSq': {
      const value = of(expr.arg);
      return inner(value, value);
    }
    case 'sqrt':
      return Math.sqrt(scalar(expr.arg));
    case 'pow': {
      const base = of(expr.base);
      return isMatrix(base) ? matrixPower(base, expr.exponent) : map(base, (entry) => entry ** expr.exponent);
    }
    case 'power':
      return scalar(expr.base) ** scalar(expr.exponent);
    case 'product':
    case 'sum': {
      const from = expr.from + (expr.after ? scalar(expr.after) : 0);
      const terms = Array.from({ length: Math.max(0, scalar(expr.to) - from + 1) }, (_, i) =>
        evaluate(expr.body, world, { ...scope, letters: { ...scope.letters, [expr.letter]: from + i } }));
      if (expr.kind === 'product') return terms.reduce<number>((total, value) => total * asScalar(value, expr.kind), 1);
      return terms.length === 0 ? 0 : terms.reduce((total, value) => zip(total, value, (a, b) => a + b));
    }
    case 'total':
    case 'integral':
      return accumulate(expr.over, (inner) => evaluate(expr.body, world, inner));
    case 'definite':
      return integrate((at) => evaluate(expr.body, world, within(expr.over, at)), scalar(expr.from), scalar(expr.to));
    case 'expectation':
      return accumulate(expr.over, (inner) => scale(asScalar(evaluate(expr.under, world, inner), expr.kind), evaluate(expr.body, world, inner)));
    case 'kl':
      return meanLog(expr.over, expr.left, (p, inner) => Math.log(p / asScalar(evaluate(expr.right, world, inner), expr.kind)));
    case 'crossEntropy':
      return meanLog(expr.over, expr.left, (_, inner) => -Math.log(asScalar(evaluate(expr.right, world, inner), expr.kind)));
    case 'entropy':
      return meanLog(expr.over, expr.of, (p) => -Math.log(p));
    case 'argmax':
    case 'argmin': {
      const sign = expr.kind === 'argmax' ? 1 : -1;
      const at = (value: Value): number => sign * asScalar(evaluate(expr.body, world, within(expr.over, value)), expr.kind);
      return extremeOf(at, known(world.outcomes?.(expr.over), expr.over).map(({ value }) => value));
    }
    case 'derivative': {
      const key = place(expr.by, expr.index && (scope.letters[expr.index] ?? world.letter?.(expr.index)));
      const slopes = differentiate((moved) => evaluate(expr.body, world, within(key, moved)), look(expr.by, expr.index));
      if (expr.divergence) return traceOf(asMatrix(slopes));
      return slopes;
    }
    case 'function':
      return expr.args.length === 1 ? map(of(expr.args[0]), FUNCTIONS[expr.name]) : FUNCTIONS[expr.name](...expr.args.map(scalar));
    case 'apply':
      return known(world.call(expr.id, [...expr.args, ...(expr.given ?? [])].map(of), look), expr.id);
    case 'gaussian': {
      const gap = zip(of(expr.x), of(expr.mean), (a, b) => a - b);
      const d = typeof gap === 'number' ? 1 : gap.length;
      if (expr.full) {
        const covariance = matrix(expr.variance);
        return Math.exp(-inner(gap, times(inverseOf(covariance), gap)) / 2) / Math.sqrt((2 * Math.PI) ** d * determinantOf(covariance));
      }
      const variance = scalar(expr.variance);
      return Math.exp(-inner(gap, gap) / (2 * variance)) / (2 * Math.PI * variance) ** (d / 2);
    }
    case 'density':
      return known(world.density(expr.of, expr.given), expr.of);
    case 'beside':
      return look(expr.value);
  }
}

const FUNCTIONS: Record<FunctionName, (...args: number[]) => number> = {
  exp: Math.exp,
  log: Math.log,
  cos: Math.cos,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  tanh: Math.tanh,
  min: Math.min,
  max: Math.max,
  abs: Math.abs,
};

function known<T>(value: T | undefined, id: SymbolId | Letter): T {
  if (value === undefined) throw new RangeError(`The symbol ${id} has no value here.`);
  return value;
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
      const n = s ?? (index === 'T' ? q.T : index === 't-1' ? t : index === undefined || index === 't' ? t + 1 : undefined);
      return n === undefined ? undefined : own[id]?.(n);
    },
    call: (id, args) => functions[id]?.(...args) ?? values[id],
    density: (of, given) => densities?.(of, given),
  };
}
