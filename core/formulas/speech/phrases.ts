/** What a language says of an expression; `spoken` walks the tree and decides where brackets are needed. */
import type { Expr, FunctionName, Index } from '../expr';

/** A part of an expression, said. */
export interface Part {
  words: string;
  /** It needs nothing said at its end. */
  whole: boolean;
  /** A sum, which a product or a minus sign would tear apart. */
  sum: boolean;
}

/** A voice reads "A" as "a" and "Sigma" as "sigma", so what is large is said; several capitals in a row are an abbreviation and stay. */
export function sayCapitals(words: string, capital: string): string {
  const single = (word: string | undefined): boolean => word !== undefined && /^[A-Z]$/.test(word);
  const large = (word: string, at: number, all: readonly string[]): boolean => (single(word) && !single(all[at - 1]) && !single(all[at + 1])) || /^(Sigma|Phi|Delta|Lambda|Omega|Psi)$/.test(word);
  return words.split(' ').map((word, at, all) => (large(word, at, all) && all[at - 1] !== capital ? `${capital} ${word}` : word)).join(' ');
}

type Binary = (left: string, right: string) => string;
type OfPart = (part: Part) => string;

export interface Phrases {
  /** Kinds that need nothing said at their end. */
  whole: ReadonlySet<Expr['kind']>;
  /** A function that may be raised to a power without brackets. */
  closes(name: FunctionName, args: readonly Part[]): boolean;
  bracket(words: string): string;
  /** A symbol or another name, which is given in English. */
  name(english: string): string;
  number(value: number): string;
  /** A mantissa times a power of ten. */
  scientific(mantissa: number, exponent: number): string;
  /** A symbol that follows t, at the step of this number. */
  step(name: string, t: number): string;
  /** A name whose index is this letter, moved one back. */
  previous(name: string, letter: string): string;
  index(index: Index): string;
  equals: string;
  /** Equal but for rounding. */
  about: string;
  add: Binary;
  sub: Binary;
  neg(words: string): string;
  mul: Binary;
  hadamard: Binary;
  /** A quotient of two parts that are whole. */
  over: Binary;
  fraction: Binary;
  dot: Binary;
  crossEntropy: Binary;
  kl: Binary;
  inverse: OfPart;
  transpose: OfPart;
  trace: OfPart;
  det: OfPart;
  sqrt: OfPart;
  norm: OfPart;
  normSq: OfPart;
  frobenius: OfPart;
  frobeniusSq: OfPart;
  entropy: OfPart;
  squared(base: string): string;
  power(base: string, exponent: Part): string;
  sum(letter: string, from: string, to: string, body: string): string;
  product(letter: string, from: string, to: string, body: string): string;
  total(over: string, body: string): string;
  integral(over: string, body: string): string;
  definite(over: string, from: string, to: string, body: string): string;
  argmax(over: string, body: Part): string;
  argmin(over: string, body: Part): string;
  expectation(under: string, body: string): string;
  derivative(by: string, body: Part): string;
  divergence(by: string, body: Part): string;
  function(name: FunctionName, args: readonly Part[]): string;
  /** `plain`: what it is of is heard as one piece without brackets. */
  apply(name: string, args: readonly string[], given: readonly string[] | undefined, plain: boolean): string;
  /** `matrix`: the variance is a whole matrix of covariances. */
  gaussian(x: string, mean: string, variance: string, matrix: boolean): string;
}
