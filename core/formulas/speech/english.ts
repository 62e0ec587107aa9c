import type { FunctionName } from '../expr';
import { sayCapitals, type Part, type Phrases } from './phrases';

const FUNCTIONS: Record<FunctionName, string> = { exp: 'exponential', log: 'natural logarithm', cos: 'cosine', sigmoid: 'sigmoid', tanh: 'hyperbolic tangent', min: 'smaller', max: 'larger', abs: 'absolute value' };

const bracket = (words: string): string => `open bracket ${words} close bracket`;
const closed = ({ words, whole }: Part, what: string): string => (whole ? words : `${words}, end of ${what}`);
const series = (what: string) => (letter: string, from: string, to: string, body: string): string => `the ${what} over ${letter} from ${from} to ${to} of ${body}`;

export const ENGLISH: Phrases = {
  whole: new Set(['number', 'symbol']),
  // "log of x squared" would be heard as log x²; one that says its end is closed.
  closes: (_, args) => args.some(({ whole }) => !whole),
  bracket,
  name: (english) => sayCapitals(english, 'capital'),
  number: (value) => String(value).replace('-', 'minus ').replace('.', ' point '),
  scientific: (mantissa, exponent) => `${ENGLISH.number(mantissa)} times ten to the power ${ENGLISH.number(exponent)}`,
  step: (name, t) => name.replace(/(^| )t minus one$/, `$1${t - 1}`).replace(/(^| )t$/, `$1${t}`),
  // "beta t minus 1" would be heard as β_t − 1.
  previous: (name) => `previous ${name.replace(/ t$/, '')}`,
  // "w k plus 1" would be heard as w_k + 1.
  index: (index) => (index === 'T' ? 'capital T' : index.endsWith('+1') ? `index ${index.replace('+', ' plus ')}, end of index` : index),
  equals: 'equals',
  about: 'is about',
  add: (left, right) => `${left} plus ${right}`,
  sub: (left, right) => `${left} minus ${right}`,
  neg: (words) => `minus ${words}`,
  mul: (left, right) => `${left} times ${right}`,
  hadamard: (left, right) => `${left} times, entry by entry, ${right}`,
  over: (left, right) => `${left} over ${right}`,
  fraction: (left, right) => `the fraction ${left}, over ${right}, end of fraction`,
  dot: (left, right) => `the inner product of ${left}, and ${right}, end of product`,
  crossEntropy: (left, right) => `the cross entropy of ${left}, and ${right}, end of cross entropy`,
  kl: (left, right) => `the K L divergence from ${left}, to ${right}, end of divergence`,
  inverse: (part) => `the inverse of ${closed(part, 'inverse')}`,
  transpose: (part) => `the transpose of ${closed(part, 'transpose')}`,
  trace: (part) => `the trace of ${closed(part, 'trace')}`,
  det: (part) => `the determinant of ${closed(part, 'determinant')}`,
  sqrt: (part) => `the square root of ${closed(part, 'root')}`,
  norm: (part) => `the length of ${closed(part, 'length')}`,
  frobenius: (part) => `the Frobenius norm of ${closed(part, 'norm')}`,
  frobeniusSq: (part) => `the squared Frobenius norm of ${closed(part, 'norm')}`,
  normSq: (part) => `the squared length of ${closed(part, 'length')}`,
  entropy: ({ words }) => `the entropy of ${words}, end of entropy`,
  squared: (base) => `${base} squared`,
  power: (base, exponent) => `${base} to the power ${closed(exponent, 'power')}`,
  sum: series('sum'),
  product: series('product'),
  total: (over, body) => `the sum over all ${over} of ${body}`,
  integral: (over, body) => `the integral over ${over} of ${body}, end of integral`,
  definite: (over, from, to, body) => `the integral over ${over} from ${from} to ${to} of ${body}, end of integral`,
  argmax: (over, body) => `the ${over} that makes largest ${closed(body, 'search')}`,
  argmin: (over, body) => `the ${over} that makes smallest ${closed(body, 'search')}`,
  expectation: (under, body) => `the expectation under ${under}, of ${body}, end of expectation`,
  derivative: (by, { words, whole, sum }) => `the derivative with respect to ${by} of ${sum ? bracket(words) : words}${whole ? '' : ', end of derivative'}`,
  divergence: (by, body) => `the divergence with respect to ${by} of ${closed(body, 'divergence')}`,
  function: (name, args) => `the ${FUNCTIONS[name]} of ${args.map(({ words }) => words).join(' and ')}${args.every(({ whole }) => whole) ? '' : `, end of ${FUNCTIONS[name]}`}`,
  apply: (name, args, given, plain) => {
    const of = `${args.join(' and ')}${given ? ` given ${given.join(' and ')}` : ''}`;
    return `${name} of ${plain ? of : bracket(of)}`;
  },
  gaussian: (x, mean, variance, matrix) => `the normal density at ${x}, with mean ${mean}, and ${matrix ? 'covariance' : 'variance'} ${variance}, end of density`,
};
