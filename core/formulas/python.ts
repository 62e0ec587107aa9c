/**
 * An expression as Python with NumPy, for "copy as code". Symbols go by the names that the reader's file gives them, else by their ids: `alpha_bar` is ᾱ_t as a number,
 * `alpha_bars[s - 1]` one of the whole sequence, which the papers count from 1 and Python from 0.
 */
import { letterOf, type Expr, type FunctionName, type Index } from './expr';
import { plural } from './plural';
import { FOLLOWS_T, SYMBOLS, type SymbolId } from './symbols';

export interface PythonOptions {
  /** Names of the reader's own variables. */
  names?: (id: SymbolId) => string | undefined;
  /** The library that the reader's file computes with: their functions of these names are the same. */
  library?: keyof typeof LIBRARIES;
}

const LIBRARIES = { np: 'import numpy as np', torch: 'import torch', jnp: 'import jax.numpy as jnp' } as const;

export interface Python {
  code: string;
  /** Lines that it needs before it. */
  imports: readonly string[];
}

/** How tightly Python holds an expression together. */
const SUM = 1;
const PRODUCT = 2;
const UNARY = 3;
const POWER = 4;
const ATOM = 5;

/** What code needs before it, told by the code itself. */
const IMPORTS: readonly (readonly [uses: RegExp, line: string])[] = [
  [/\bmath\./, 'import math'],
  [/\bquad\(/, 'from scipy.integrate import quad'],
  [/\b(?:multivariate_normal|norm)\.pdf\(/, 'from scipy.stats import multivariate_normal, norm'],
  [/\bgrad\(/, 'from jax import grad'],
  [/\bjacfwd\(/, 'from jax import jacfwd'],
];

const FUNCTIONS: Readonly<Record<Exclude<FunctionName, 'sigmoid'>, string>> = { exp: 'np.exp', log: 'np.log', cos: 'np.cos', tanh: 'np.tanh', min: 'np.minimum', max: 'np.maximum', abs: 'np.abs' };

export function python(expr: Expr, { names, library = 'np' }: PythonOptions = {}): Python {
  const name = (id: SymbolId): string => names?.(id) ?? snake(id);
  /** Inside of how many sums over t. */
  let overT = 0;
  const within = (e: Expr & { kind: 'sum' | 'product' }): string => {
    if (e.letter === 't') overT++;
    const code = plain(e.body);
    if (e.letter === 't') overT--;
    return code;
  };
  const member = (id: SymbolId, written?: Index): string => {
    const index = written ?? (overT > 0 && FOLLOWS_T.has(id) ? 't' : undefined);
    if (index === undefined) return name(id);
    if (index === 'T') return `${plural(name(id))}[-1]`;
    const counted = letterOf(index);
    if (!counted) return index === '0' ? `${name(id)}_0` : `${plural(name(id))}[0]`;
    if (index === 't-1' && overT === 0) return `${name(id)}_prev`;
    const at = counted.offset - 1;
    return `${plural(name(id))}[${counted.letter}${at === 0 ? '' : at > 0 ? ` + ${at}` : ` - ${-at}`}]`;
  };
  const values = (id: SymbolId): string => `all_${snake(id)}`;
  const at = (part: Expr, level: number): string => {
    const { code, tightness } = write(part);
    return tightness < level ? `(${code})` : code;
  };
  const plain = (part: Expr): string => write(part).code;
  const atom = (code: string): { code: string; tightness: number } => ({ code, tightness: ATOM });
  const over = (id: SymbolId, term: string): { code: string; tightness: number } => atom(`sum(${term} for ${name(id)} in ${values(id)})`);
  const mean = (id: SymbolId, under: Expr, body: string): { code: string; tightness: number } =>
    (under.kind === 'gaussian' && under.single ? atom(`quad(lambda ${name(id)}: ${at(under, PRODUCT)} * ${body}, -np.inf, np.inf)[0]`) : over(id, `${at(under, PRODUCT)} * ${body}`));

  function write(e: Expr): { code: string; tightness: number } {
    switch (e.kind) {
      case 'number':
        if (e.value === Math.PI) return atom('np.pi');
        return { code: String(e.value), tightness: e.value < 0 ? UNARY : ATOM };
      case 'symbol': return atom(member(e.id, e.index));
      case 'letter': return atom(e.letter);
      case 'kronecker': return atom(`float(${e.left} == ${e.right})`);
      case 'add': return { code: `${at(e.left, SUM)} + ${at(e.right, SUM)}`, tightness: SUM };
      case 'sub': return { code: `${at(e.left, SUM)} - ${at(e.right, PRODUCT)}`, tightness: SUM };
      case 'neg': return { code: `-${at(e.arg, UNARY)}`, tightness: UNARY };
      case 'mul':
        if (e.right.kind === 'transpose' && !isMatrix(e.right.arg) && !isRow(e.left)) return atom(`np.outer(${plain(e.left)}, ${plain(e.right.arg)})`);
        return { code: `${at(e.left, PRODUCT)} ${isMatrix(e.left) || isRow(e.left) ? '@' : '*'} ${at(e.right, UNARY)}`, tightness: PRODUCT };
      case 'hadamard': return { code: `${at(e.left, PRODUCT)} * ${at(e.right, UNARY)}`, tightness: PRODUCT };
      case 'div': return { code: `${at(e.left, PRODUCT)} / ${at(e.right, UNARY)}`, tightness: PRODUCT };
      case 'dot': return { code: `${at(e.left, UNARY)} @ ${at(e.right, UNARY)}`, tightness: PRODUCT };
      case 'sqrt':
        if (e.arg.kind === 'normSq') return atom(`np.linalg.norm(${plain(e.arg.arg)})`);
        return atom(`np.sqrt(${plain(e.arg)})`);
      case 'normSq': return atom(`np.sum(${at(e.arg, ATOM)} ** 2)`);
      case 'inverse': return atom(`np.linalg.inv(${plain(e.arg)})`);
      case 'transpose': return isMatrix(e.arg) ? atom(`${at(e.arg, ATOM)}.T`) : write(e.arg);
      case 'trace': return atom(`np.trace(${plain(e.arg)})`);
      case 'det': return atom(`np.linalg.det(${plain(e.arg)})`);
      case 'pow':
        if (isMatrix(e.base)) return atom(`np.linalg.matrix_power(${plain(e.base)}, ${e.exponent})`);
        return { code: `${at(e.base, ATOM)} ** ${e.exponent < 0 ? `(${e.exponent})` : e.exponent}`, tightness: POWER };
      case 'power': return { code: `${at(e.base, ATOM)} ** ${at(e.exponent, POWER)}`, tightness: POWER };
      case 'sum': return atom(`sum(${within(e)} for ${e.letter} in range(${e.after ? `${at(e.after, SUM)} + ` : ''}${e.from}, ${at(e.to, SUM)} + 1))`);
      case 'product': return atom(`math.prod(${within(e)} for ${e.letter} in range(${e.from}, ${at(e.to, SUM)} + 1))`);
      case 'total': return over(e.over, plain(e.body));
      case 'integral': return atom(`quad(lambda ${name(e.over)}: ${plain(e.body)}, -np.inf, np.inf)[0]`);
      case 'definite': return atom(`quad(lambda ${name(e.over)}: ${plain(e.body)}, ${plain(e.from)}, ${plain(e.to)})[0]`);
      case 'argmax': case 'argmin': return atom(`${e.kind.slice(3)}(${values(e.over)}, key=lambda ${name(e.over)}: ${plain(e.body)})`);
      case 'expectation': return mean(e.over, e.under, at(e.body, UNARY));
      case 'entropy': return { code: `-${mean(e.over, e.of, `np.log(${plain(e.of)})`).code}`, tightness: UNARY };
      case 'crossEntropy': return { code: `-${mean(e.over, e.left, `np.log(${plain(e.right)})`).code}`, tightness: UNARY };
      case 'kl': return mean(e.over, e.left, `np.log(${at(e.left, PRODUCT)} / ${at(e.right, UNARY)})`);
      case 'derivative':
        if (e.divergence) return atom(`np.trace(jacfwd(lambda ${name(e.by)}: ${plain(e.body)})(${member(e.by, e.index)}))`);
        return atom(`${e.vector ? 'jacfwd' : 'grad'}(lambda ${name(e.by)}: ${plain(e.body)})(${member(e.by, e.index)})`);
      case 'function':
        if (e.name === 'sigmoid') return { code: `1 / (1 + np.exp(-${at(e.args[0], UNARY)}))`, tightness: PRODUCT };
        return atom(`${FUNCTIONS[e.name]}(${e.args.map(plain).join(', ')})`);
      case 'apply': return atom(`${name(e.id)}(${[...e.args, ...(e.given ?? [])].map(plain).join(', ')})`);
      case 'gaussian':
        if (e.single) return atom(`norm.pdf(${plain(e.x)}, ${plain(e.mean)}, np.sqrt(${plain(e.variance)}))`);
        return atom(`multivariate_normal.pdf(${plain(e.x)}, ${plain(e.mean)}, ${plain(e.variance)})`);
      case 'density': return atom(`q_${snake(e.of)}_given_${e.given.map(snake).join('_')}(${[e.of, ...e.given].map(name).join(', ')})`);
      case 'beside': return atom(name(e.value));
    }
  }

  const code = plain(expr);
  const imports = [...(/\bnp\./.test(code) ? [LIBRARIES[library]] : []), ...IMPORTS.flatMap(([uses, line]) => (uses.test(code) ? [line] : []))];
  return { code: code.replaceAll(/\bnp\./g, `${library}.`), imports };
}

/** Is its value a matrix, so that a product with it is Python's `@`? */
function isMatrix(e: Expr): boolean {
  switch (e.kind) {
    case 'symbol': return SYMBOLS[e.id].matrix === true;
    case 'inverse': return true;
    case 'derivative': return e.nabla === true && e.vector === true;
    case 'transpose': return isMatrix(e.arg);
    case 'add': case 'sub': return isMatrix(e.left) || isMatrix(e.right);
    case 'mul': return !isRow(e.left) && (isMatrix(e.right) || e.right.kind === 'transpose');
    case 'neg': return isMatrix(e.arg);
    case 'pow': return isMatrix(e.base);
    case 'div': return isMatrix(e.left);
    case 'sum': return isMatrix(e.body);
    default: return false;
  }
}

/** The transpose of a vector, and what a matrix makes of it. */
const isRow = (e: Expr): boolean => (e.kind === 'transpose' && !isMatrix(e.arg)) || (e.kind === 'mul' && isRow(e.left) && isMatrix(e.right));

/** `alphaBarPrev` → "alpha_bar_prev". */
const KEYWORDS = new Set(['lambda', 'is', 'in', 'not', 'or', 'and', 'from', 'for', 'if', 'as', 'def', 'del', 'pass', 'with', 'yield', 'sum', 'min', 'max', 'math', 'np', 'norm', 'quad', 'grad', 'jacfwd']);
function snake(id: SymbolId): string {
  // The number of steps, beside the step t.
  if (id === 'T') return id;
  const name = id.replaceAll(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase();
  return KEYWORDS.has(name) ? `${name}_` : name;
}
