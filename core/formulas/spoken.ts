/** An expression in plain words, for screen readers; every bracket that the eye sees as layout is said. */
import type { Expr, FunctionName, Index } from './expr';
import { SYMBOLS, type SymbolId } from './symbols';

export function spoken(expr: Expr): string {
  switch (expr.kind) {
    case 'number':
      return expr.spoken ?? numberSpoken(expr.value);
    case 'symbol':
      return symbolSpoken(expr.id, expr.index);
    case 'add':
      return `${endsOpen(expr.left) ? open(expr.left) : spoken(expr.left)} plus ${spoken(expr.right)}`;
    case 'sub':
      return `${endsOpen(expr.left) ? open(expr.left) : spoken(expr.left)} minus ${isSum(expr.right) ? open(expr.right) : spoken(expr.right)}`;
    case 'neg':
      return `minus ${isSum(expr.arg) ? open(expr.arg) : spoken(expr.arg)}`;
    case 'mul':
      return `${isSum(expr.left) || endsOpen(expr.left) ? open(expr.left) : spoken(expr.left)} times ${isSum(expr.right) ? open(expr.right) : spoken(expr.right)}`;
    case 'div':
      if (isShort(expr.left) && isShort(expr.right)) return `${spoken(expr.left)} over ${spoken(expr.right)}`;
      return `the fraction ${spoken(expr.left)}, over ${spoken(expr.right)}, end of fraction`;
    case 'letter':
      return expr.letter;
    case 'kronecker':
      return `delta ${expr.left} ${expr.right}`;
    case 'hadamard':
      return `${isSum(expr.left) ? open(expr.left) : spoken(expr.left)} times, entry by entry, ${isSum(expr.right) ? open(expr.right) : spoken(expr.right)}`;
    case 'inverse':
      return `the inverse of ${closed(expr.arg, 'inverse')}`;
    case 'transpose':
      return `the transpose of ${closed(expr.arg, 'transpose')}`;
    case 'trace':
      return `the trace of ${closed(expr.arg, 'trace')}`;
    case 'det':
      return `the determinant of ${closed(expr.arg, 'determinant')}`;
    case 'power':
      return `${isShort(expr.base) ? spoken(expr.base) : open(expr.base)} to the power ${closed(expr.exponent, 'power')}`;
    case 'dot':
      return `the inner product of ${spoken(expr.left)}, and ${spoken(expr.right)}, end of product`;
    case 'sqrt':
      return `the square root of ${closed(expr.arg, 'root')}`;
    case 'normSq':
      return `the squared length of ${closed(expr.arg, 'length')}`;
    case 'pow': {
      const base = (isShort(expr.base) && !isIncrement(expr.base)) || expr.base.kind === 'function' ? spoken(expr.base) : open(expr.base);
      return `${base} ${expr.exponent === 2 ? 'squared' : `to the power ${numberSpoken(expr.exponent)}`}`;
    }
    case 'product':
    case 'sum':
      return `the ${expr.kind} over ${expr.letter} from ${expr.from} to ${spoken(expr.to)} of ${isSum(expr.body) ? open(expr.body) : spoken(expr.body)}`;
    case 'total':
      return `the sum over all ${symbolSpoken(expr.over)} of ${isSum(expr.body) ? open(expr.body) : spoken(expr.body)}`;
    case 'integral':
      return `the integral over ${symbolSpoken(expr.over)} of ${spoken(expr.body)}, end of integral`;
    case 'definite':
      return `the integral over ${symbolSpoken(expr.over)} from ${spoken(expr.from)} to ${spoken(expr.to)} of ${spoken(expr.body)}, end of integral`;
    case 'argmax':
    case 'argmin':
      return `the ${symbolSpoken(expr.over)} that makes ${expr.kind === 'argmax' ? 'largest' : 'smallest'} ${closed(expr.body, 'search')}`;
    case 'entropy':
      return `the entropy of ${spoken(expr.of)}, end of entropy`;
    case 'crossEntropy':
      return `the cross entropy of ${spoken(expr.left)}, and ${spoken(expr.right)}, end of cross entropy`;
    case 'expectation':
      return `the expectation under ${spoken(expr.under)}, of ${spoken(expr.body)}, end of expectation`;
    case 'kl':
      return `the K L divergence from ${spoken(expr.left)}, to ${spoken(expr.right)}, end of divergence`;
    case 'derivative':
      if (expr.divergence) return `the divergence with respect to ${symbolSpoken(expr.by, expr.index)} of ${closed(expr.body, 'divergence')}`;
      return `the derivative with respect to ${symbolSpoken(expr.by, expr.index)} of ${isSum(expr.body) ? open(expr.body) : spoken(expr.body)}${isShort(expr.body) ? '' : ', end of derivative'}`;
    case 'function':
      return `the ${FUNCTIONS[expr.name]} of ${expr.args.map(spoken).join(' and ')}${expr.args.every(isShort) ? '' : `, end of ${FUNCTIONS[expr.name]}`}`;
    case 'apply':
      return `${symbolSpoken(expr.id)} of ${expr.args.map(spoken).join(' and ')}${expr.given ? ` given ${expr.given.map(spoken).join(' and ')}` : ''}`;
    case 'gaussian':
      return `the normal density at ${spoken(expr.x)}, with mean ${spoken(expr.mean)}, and variance ${spoken(expr.variance)}, end of density`;
    case 'density':
      return `q of ${symbolSpoken(expr.of)} given ${expr.given.map((id) => symbolSpoken(id)).join(' and ')}`;
    case 'beside':
      return expr.spoken;
  }
}

const FUNCTIONS: Record<FunctionName, string> = { exp: 'exponential', log: 'natural logarithm', cos: 'cosine', sigmoid: 'sigmoid', tanh: 'hyperbolic tangent', min: 'smaller', max: 'larger', abs: 'absolute value' };

const closed = (expr: Expr, what: string): string => (isShort(expr) ? spoken(expr) : `${spoken(expr)}, end of ${what}`);
const open = (expr: Expr): string => `open bracket ${spoken(expr)} close bracket`;
const isSum = ({ kind }: Expr): boolean => kind === 'add' || kind === 'sub' || kind === 'neg' || kind === 'sum' || kind === 'total';
/** A sum or product whose last words would take in what follows. */
const endsOpen = (expr: Expr): boolean => ['sum', 'product', 'total'].includes(expr.kind);
const isShort = ({ kind }: Expr): boolean => kind === 'number' || kind === 'symbol';
/** The square of ΔX is not the change of X². */
const isIncrement = (expr: Expr): boolean => expr.kind === 'symbol' && SYMBOLS[expr.id].tex.startsWith('\\Delta');
const numberSpoken = (value: number): string => String(value).replace('-', 'minus ').replace('.', ' point ');

export function symbolSpoken(id: SymbolId, index?: Index): string {
  const whole = SYMBOLS[id].spoken;
  if (!index) return whole;
  // "beta t minus 1" would be heard as β_t − 1.
  if (index === 't-1') return `previous ${whole.replace(/ t$/, '')}`;
  if (index.endsWith('-1')) return `previous ${symbolSpoken(id, index[0] as Index)}`;
  if (whole.split(' ').includes(index)) return whole;
  return whole.replace(/ [a-z]$/, ` ${index === 'T' ? 'capital T' : index.replace('-', ' minus ').replace('+', ' plus ')}`);
}
