/** An expression in plain words, for screen readers; every bracket that the eye sees as layout is said. */
import type { Language } from '../l10n/language';
import type { Expr, Index } from './expr';
import { CHINESE } from './speech/chinese';
import { ENGLISH } from './speech/english';
import type { Part, Phrases } from './speech/phrases';
import { roundedTo } from './rounding';
import { FOLLOWS_T, SYMBOLS, type SymbolId } from './symbols';

export const PHRASES: Readonly<Record<Language, Phrases>> = { 'en': ENGLISH, 'zh-cn': CHINESE };

/** @param t the step that t stands for in the symbols that follow it. */
export function spoken(expr: Expr, language: Language = 'en', t?: number): string {
  const phrases = PHRASES[language];
  const say = (e: Expr): string => spoken(e, language, t);
  const name = (id: SymbolId, index?: Index): string => symbolSpoken(id, index, language, t);
  const part = (e: Expr): Part => ({ words: say(e), whole: phrases.whole.has(e.kind), sum: isSum(e) });
  const bracketIf = (needed: boolean, e: Expr): string => (needed ? phrases.bracket(say(e)) : say(e));
  const factor = (e: Expr): string => bracketIf(isSum(e), e);
  const whole = (e: Expr): boolean => phrases.whole.has(e.kind);
  switch (expr.kind) {
    case 'number':
      return expr.spoken === undefined ? numberSpoken(expr.value, expr.digits, phrases) : phrases.name(expr.spoken);
    case 'symbol':
      return name(expr.id, expr.index);
    case 'add':
      return phrases.add(bracketIf(endsOpen(expr.left), expr.left), say(expr.right));
    case 'sub':
      return phrases.sub(bracketIf(endsOpen(expr.left), expr.left), factor(expr.right));
    case 'neg':
      return phrases.neg(factor(expr.arg));
    case 'mul':
      return phrases.mul(bracketIf(isSum(expr.left) || endsOpen(expr.left), expr.left), factor(expr.right));
    case 'hadamard':
      return phrases.hadamard(factor(expr.left), factor(expr.right));
    case 'div':
      return phrases[whole(expr.left) && whole(expr.right) ? 'over' : 'fraction'](say(expr.left), say(expr.right));
    case 'letter':
      return expr.letter;
    case 'kronecker':
      return phrases.name(`delta ${expr.left} ${expr.right}`);
    case 'inverse': case 'transpose': case 'trace': case 'det':
      return phrases[expr.kind](part(expr.arg));
    case 'sqrt':
      if (expr.arg.kind === 'normSq') return phrases[expr.arg.frobenius ? 'frobenius' : 'norm'](part(expr.arg.arg));
      return phrases.sqrt(part(expr.arg));
    case 'normSq':
      return phrases[expr.frobenius ? 'frobeniusSq' : 'normSq'](part(expr.arg));
    case 'dot': case 'crossEntropy': case 'kl':
      return phrases[expr.kind](say(expr.left), say(expr.right));
    case 'power':
      return phrases.power(bracketIf(!whole(expr.base), expr.base), part(expr.exponent));
    case 'pow': {
      const closes = expr.base.kind === 'function' && phrases.closes(expr.base.name, expr.base.args.map(part));
      const base = bracketIf((!whole(expr.base) && !closes) || isIncrement(expr.base), expr.base);
      return expr.exponent === 2 ? phrases.squared(base) : phrases.power(base, { words: phrases.number(expr.exponent), whole: true, sum: false });
    }
    case 'product': case 'sum':
      return phrases[expr.kind](expr.letter, expr.after ? phrases.add(say(expr.after), String(expr.from)) : String(expr.from), say(expr.to), factor(expr.body));
    case 'total':
      return phrases.total(name(expr.over), factor(expr.body));
    case 'integral':
      return phrases.integral(name(expr.over), say(expr.body));
    case 'definite':
      return phrases.definite(name(expr.over), say(expr.from), say(expr.to), say(expr.body));
    case 'argmax': case 'argmin':
      return phrases[expr.kind](name(expr.over), part(expr.body));
    case 'entropy':
      return phrases.entropy(part(expr.of));
    case 'expectation':
      return phrases.expectation(say(expr.under), say(expr.body));
    case 'derivative':
      if (expr.divergence) return phrases.divergence(name(expr.by, expr.index), part(expr.body));
      return phrases.derivative(name(expr.by, expr.index), part(expr.body));
    case 'function':
      return phrases.function(expr.name, expr.args.map(part));
    case 'apply':
      return phrases.apply(name(expr.id), expr.args.map(say), expr.given?.map(say), isPlain([...expr.args, ...expr.given ?? []]));
    case 'gaussian':
      return phrases.gaussian(say(expr.x), say(expr.mean), say(expr.variance), expr.full === true);
    case 'density':
      return phrases.apply(phrases.name('q'), [name(expr.of)], expr.given.map((id) => name(id)), true);
    case 'beside':
      return phrases.name(expr.spoken);
  }
}

const isSum = ({ kind }: Expr): boolean => kind === 'add' || kind === 'sub' || kind === 'neg' || kind === 'sum' || kind === 'total';
/** A sum or product whose last words would take in what follows. */
const endsOpen = (expr: Expr): boolean => ['sum', 'product', 'total'].includes(expr.kind);

/** Arguments that need no brackets: Γ(k V) would be heard as Γ(k) times V, and δ(w(t), i) as δ(w(t, i)). */
function isPlain(args: readonly Expr[]): boolean {
  const [only] = args;
  if (args.length === 1 && only.kind === 'apply') return isPlain([...only.args, ...only.given ?? []]);
  return args.every(({ kind }) => kind === 'number' || kind === 'symbol' || kind === 'letter');
}

/** The square of ΔX is not the change of X². */
const isIncrement = (expr: Expr): boolean => expr.kind === 'symbol' && SYMBOLS[expr.id].tex.startsWith('\\Delta');

function numberSpoken(value: number, digits: number | undefined, phrases: Phrases): string {
  if (digits === undefined) return phrases.number(value);
  const { mantissa, exponent } = roundedTo(value, digits);
  return exponent === null ? phrases.number(mantissa) : phrases.scientific(mantissa, exponent);
}

export function symbolSpoken(id: SymbolId, index?: Index, language: Language = 'en', t?: number): string {
  const phrases = PHRASES[language];
  const own = phrases.name(SYMBOLS[id].spoken);
  if (t !== undefined && FOLLOWS_T.has(id) && (!index || index[0] === 't')) return phrases.step(own, t + (index ? Number(index.slice(1)) : 0));
  if (!index) return own;
  if (index.endsWith('-1')) return phrases.previous(index[0] === 't' ? own : symbolSpoken(id, index[0] as Index, language), index[0]);
  if (own.split(' ').includes(index)) return own;
  // The last letter that stands alone is the symbol's own index.
  return own.replace(/ [a-z](?= |$)(?!.* [a-z](?: |$))/, ` ${phrases.index(index)}`);
}
