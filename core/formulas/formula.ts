/** A formula: one expression from which its TeX, its words and its value come, and where it was published. */
import { pow, sym, symbolsOf, type Expr } from './expr';
import type { Language } from '../l10n/language';
import { PHRASES, spoken } from './spoken';
import { tex, type TexOptions } from './tex';
import type { SymbolId } from './symbols';

export interface Source {
  /** Authors and year as cited, e.g. "Ho et al. 2020". */
  paper: string;
  /** Equation, algorithm or section in that paper. */
  equation: string;
  url: string;
}

export interface Formula {
  id: string;
  title: string;
  /** What the expression gives. */
  defines: Expr;
  expression: Expr;
  /** Of both sides, each once. */
  symbols: readonly SymbolId[];
  source: Source;
  /** Where others mean something else by the same name. */
  convention?: string;
}

export function formula(id: string, title: string, defines: SymbolId | Expr, expression: Expr, source: Source, convention?: string): Formula {
  const left = typeof defines === 'string' ? sym(defines) : defines;
  return { id, title, defines: left, expression, symbols: symbolsOf(left, expression), source, ...(convention && { convention }) };
}

export const SIGMA_SQUARED = pow(sym('sigma'), 2);

export const formulaTex = (f: Formula, options?: TexOptions): string => `${tex(f.defines, options)} = ${tex(f.expression, options)}`;
export const formulaSpoken = (f: Formula, language: Language = 'en'): string => `${spoken(f.defines, language)} ${PHRASES[language].equals} ${spoken(f.expression, language)}`;
