/**
 * An expression as JavaScript, for "insert as code" in TypeScript and JavaScript files: with `Math` for numbers, where a vector stands for one of its components, or
 * with tf.js for tensors. Symbols go by the names that the reader's file gives them, else by their ids: `alphaBar` is ᾱ_t as a number, `alphaBars[s - 1]` one of the
 * whole sequence, which the papers count from 1.
 */
import { children, letterOf, type Expr, type FunctionName, type Index } from './expr';
import { plural } from './plural';
import { FOLLOWS_T, SYMBOLS, type SymbolId } from './symbols';

export interface JavaScriptOptions {
  /** Names of the reader's own variables. */
  names?: (id: SymbolId) => string | undefined;
  library?: 'Math' | 'tf';
}

/** How tightly JavaScript holds an expression together. */
const SUM = 1;
const PRODUCT = 2;
const UNARY = 3;
const POWER = 4;
const ATOM = 5;

interface Written {
  code: string;
  tightness: number;
}

const FUNCTIONS: Readonly<Record<Exclude<FunctionName, 'sigmoid'>, string>> = { exp: 'exp', log: 'log', cos: 'cos', tanh: 'tanh', min: 'min', max: 'max', abs: 'abs' };
const TF_FUNCTIONS: Readonly<Record<string, string>> = { min: 'minimum', max: 'maximum' };
const OPERATORS = { add: ['+', SUM], sub: ['-', SUM], mul: ['*', PRODUCT], div: ['/', PRODUCT] } as const;

/** What JavaScript has no words for: matrices, integrals, gradients. `Math` knows no vectors either. */
const BEYOND = new Set<Expr['kind']>(['inverse', 'transpose', 'trace', 'det', 'integral', 'definite', 'derivative', 'argmax', 'argmin', 'beside']);
const OF_VECTORS = new Set<Expr['kind']>(['dot', 'normSq']);

function isBeyond(e: Expr, library: 'Math' | 'tf'): boolean {
  if (BEYOND.has(e.kind) || (e.kind === 'symbol' && SYMBOLS[e.id].matrix) || (e.kind === 'gaussian' && !e.single)) return true;
  return (library === 'Math' && OF_VECTORS.has(e.kind)) || children(e).some((part) => isBeyond(part, library));
}

/** Null for what only Python can say (see {@link BEYOND}). */
export function javascript(expr: Expr, { names, library = 'Math' }: JavaScriptOptions = {}): string | null {
  if (isBeyond(expr, library)) return null;
  const tensors = library === 'tf';
  const name = (id: SymbolId): string => names?.(id) ?? (RESERVED.has(id) ? `${id}_` : id);
  /** Inside of how many sums over t. */
  let overT = 0;
  const atom = (code: string): Written => ({ code, tightness: ATOM });
  const call = (f: string, ...args: string[]): Written => atom(`${tensors ? 'tf' : 'Math'}.${f}(${args.join(', ')})`);
  const plain = (e: Expr): string => write(e).code;
  const at = (e: Expr, level: number): string => bracketed(write(e), level);
  const binary = (kind: keyof typeof OPERATORS, left: Expr, right: Expr): Written => {
    if (tensors) return call(kind, plain(left), plain(right));
    const [sign, level] = OPERATORS[kind];
    return { code: `${at(left, level)} ${sign} ${at(right, kind === 'add' ? level : level + 1)}`, tightness: level };
  };
  const member = (id: SymbolId, written?: Index): string => {
    const index = written ?? (overT > 0 && FOLLOWS_T.has(id) ? 't' : undefined);
    if (index === undefined) return name(id);
    const all = plural(name(id));
    if (index === 'T') return `${all}.at(-1)`;
    const counted = letterOf(index);
    if (!counted) return index === '0' ? `${name(id)}0` : `${all}[0]`;
    if (index === 't-1' && overT === 0) return `${name(id)}Prev`;
    const shift = counted.offset - 1;
    return `${all}[${counted.letter}${shift === 0 ? '' : shift > 0 ? ` + ${shift}` : ` - ${-shift}`}]`;
  };
  /** Over whole numbers from one bound to another. */
  const ranged = (e: Expr & { kind: 'sum' | 'product' }): Written => {
    if (e.letter === 't') overT++;
    const body = plain(e.body);
    const factor = at(e.body, PRODUCT);
    if (e.letter === 't') overT--;
    // A bound is a number with either library.
    const last = javascript(e.to, { names })!;
    // after + from … to
    const before = [...(e.after ? [javascript(e.after, { names })!] : []), ...(e.from > 1 ? [String(e.from - 1)] : [])];
    const count = `${[last, ...before].join(' - ')}${e.from === 0 ? ' + 1' : ''}`;
    const first = ['i', ...(e.after ? [javascript(e.after, { names })!] : []), ...(e.from === 0 ? [] : [String(e.from)])].join(' + ');
    const range = `Array.from({ length: ${count} }, (_, i) => ${first})`;
    const [word, start] = e.kind === 'sum' ? ['sum', '0'] : ['product', '1'];
    if (tensors) return atom(`${range}.reduce((${word}, ${e.letter}) => tf.${e.kind === 'sum' ? 'add' : 'mul'}(${word}, ${body}), tf.scalar(${start}))`);
    return atom(`${range}.reduce((${word}, ${e.letter}) => ${word} ${e.kind === 'sum' ? `+ ${body}` : `* ${factor}`}, ${start})`);
  };
  /** Over all values of a symbol, weighted. */
  const over = (id: SymbolId, term: Written): Written => atom(`${`all${id[0].toUpperCase()}${id.slice(1)}`}.reduce((sum, ${name(id)}) => ${tensors ? `tf.add(sum, ${term.code})` : `sum + ${bracketed(term, SUM)}`}, ${tensors ? 'tf.scalar(0)' : '0'})`);
  const times = (a: Written, b: Written): Written => (tensors ? call('mul', a.code, b.code) : { code: `${bracketed(a, PRODUCT)} * ${bracketed(b, UNARY)}`, tightness: PRODUCT });
  const logOf = (e: Expr): Written => call('log', plain(e));
  const negative = (a: Written): Written => (tensors ? call('neg', a.code) : { code: `-${bracketed(a, ATOM)}`, tightness: UNARY });

  function write(e: Expr): Written {
    switch (e.kind) {
      case 'number': return e.value === Math.PI ? atom('Math.PI') : { code: String(e.value), tightness: e.value < 0 ? UNARY : ATOM };
      case 'symbol': return atom(member(e.id, e.index));
      case 'letter': return atom(e.letter);
      case 'kronecker': return atom(`Number(${e.left} === ${e.right})`);
      case 'add': case 'sub': case 'mul': case 'div': return binary(e.kind, e.left, e.right);
      case 'hadamard': return binary('mul', e.left, e.right);
      case 'neg': return negative(write(e.arg));
      case 'sqrt': return call('sqrt', plain(e.arg));
      case 'dot': return call('sum', call('mul', plain(e.left), plain(e.right)).code);
      case 'normSq': return call('sum', call('square', plain(e.arg)).code);
      case 'pow': return tensors ? call('pow', plain(e.base), String(e.exponent)) : { code: `${at(e.base, ATOM)} ** ${e.exponent}`, tightness: POWER };
      case 'power': return tensors ? call('pow', plain(e.base), plain(e.exponent)) : { code: `${at(e.base, ATOM)} ** ${at(e.exponent, POWER)}`, tightness: POWER };
      case 'sum': case 'product': return ranged(e);
      case 'total': return over(e.over, write(e.body));
      case 'expectation': return over(e.over, times(write(e.under), write(e.body)));
      case 'entropy': return negative(over(e.over, times(write(e.of), logOf(e.of))));
      case 'crossEntropy': return negative(over(e.over, times(write(e.left), logOf(e.right))));
      case 'kl': return over(e.over, times(write(e.left), call('log', binary('div', e.left, e.right).code)));
      case 'function':
        if (e.name === 'sigmoid') return tensors ? call('sigmoid', plain(e.args[0])) : { code: `1 / (1 + Math.exp(-${at(e.args[0], ATOM)}))`, tightness: PRODUCT };
        return call(tensors ? (TF_FUNCTIONS[e.name] ?? FUNCTIONS[e.name]) : FUNCTIONS[e.name], ...e.args.map(plain));
      case 'apply': return atom(`${name(e.id)}(${[...e.args, ...(e.given ?? [])].map(plain).join(', ')})`);
      case 'gaussian': return atom(`normalDensity(${plain(e.x)}, ${plain(e.mean)}, ${plain(e.variance)})`);
      case 'density': return atom(`q(${[e.of, ...e.given].map(name).join(', ')})`);
      default: throw new RangeError(`JavaScript has no ${e.kind}.`);
    }
  }

  return plain(expr);
}

const bracketed = ({ code, tightness }: Written, level: number): string => (tightness < level ? `(${code})` : code);

const RESERVED = new Set(['in', 'of', 'do', 'if', 'is', 'new', 'var', 'let', 'for', 'try', 'this', 'void', 'with', 'case', 'else', 'enum', 'null', 'true', 'false', 'class', 'const', 'break', 'yield', 'delete', 'typeof', 'default', 'function', 'sum', 'product', 'tf']);
