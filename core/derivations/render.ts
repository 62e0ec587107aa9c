/** A line of a derivation as TeX, as words and as its symbols. */
import { children, symbolsOf, type Expr } from '../formulas/expr';
import { spoken } from '../formulas/spoken';
import type { SymbolId } from '../formulas/symbols';
import { symbolTex, tex, type TexOptions } from '../formulas/tex';
import type { Language } from '../l10n/language';
import type { DerivationStep, Relation } from './types';

export const RELATIONS: Readonly<Record<Relation, { tex: string; spoken: Readonly<Record<Language, string>> }>> = {
  'equal': { tex: '=', spoken: { 'en': 'equals', 'zh-cn': '等于' } },
  'proportional': { tex: '\\propto', spoken: { 'en': 'is proportional to', 'zh-cn': '正比于' } },
  'at-least': { tex: '\\ge', spoken: { 'en': 'is at least', 'zh-cn': '大于等于' } },
  'at-most': { tex: '\\le', spoken: { 'en': 'is at most', 'zh-cn': '小于等于' } },
  'approaches': { tex: '\\longrightarrow', spoken: { 'en': 'approaches', 'zh-cn': '趋于' } },
};

/** The setting of a line, as it is written; `equal` is how "η =" is read out. */
const SETTINGS: Readonly<Record<Language, { eta(value: number): string; variance(type: string): string; equal: string; comma: string }>> = {
  'en': { eta: (value) => `for η = ${value}`, variance: (type) => `for ${type}`, equal: 'eta equal to', comma: ': ' },
  'zh-cn': { eta: (value) => `当 η = ${value} 时`, variance: (type) => `当方差为 ${type} 时`, equal: 'eta 等于', comma: '，' },
};

export interface StepTexOptions {
  /** Wrap symbols in `\htmlData{sym=…}`; default true. */
  htmlData?: boolean;
  /** Break the line before the relation, for narrow panels. */
  stacked?: boolean;
  /** See `TexOptions`; only without `htmlData`. */
  colours?: readonly string[];
}

/** TeX of one line, for display mode. */
export function stepTex(step: DerivationStep, { htmlData = true, stacked = false, colours }: StepTexOptions = {}): string {
  const [left, right] = [tex(step.left, { htmlData, colours }), tex(step.right, { htmlData, colours })];
  const relation = RELATIONS[step.relation].tex;
  if (stacked) return `\\begin{aligned} & ${left} \\\\ & \\quad ${relation} ${right} \\end{aligned}`;
  return `${left} ${relation} ${right}`;
}

/** The setting that the line assumes, as shown beside its label; null where it holds in general. */
export function stepCondition({ assuming }: DerivationStep, language: Language = 'en'): string | null {
  if (!assuming) return null;
  const { eta, variance } = SETTINGS[language];
  return 'eta' in assuming ? eta(assuming.eta) : variance(assuming.varianceType);
}

export function stepSpoken(step: DerivationStep, language: Language = 'en'): string {
  const { equal, comma } = SETTINGS[language];
  const condition = stepCondition(step, language)?.replace('η =', equal).replace('_', ' ');
  return `${condition ? `${condition}${comma}` : ''}${spoken(step.left, language)} ${RELATIONS[step.relation].spoken[language]} ${spoken(step.right, language)}`;
}

/** Every symbol of the line, each once, in reading order. */
export const stepSymbols = (step: DerivationStep): SymbolId[] => symbolsOf(step.left, step.right);

/** A symbol as a table lists it: a function with the arguments of its first use, since several densities are all called q. */
export function symbolAsUsed(steps: readonly DerivationStep[], id: SymbolId, options: TexOptions = {}): string {
  const used = steps.flatMap(({ left, right }) => [left, right]).reduce<Expr | null>((found, side) => found ?? callOf(side, id), null);
  if (used) return tex(used, options);
  return options.colours ? tex({ kind: 'symbol', id }, options) : symbolTex(id);
}

function callOf(e: Expr, id: SymbolId): Expr | null {
  if (e.kind === 'apply' && e.id === id) return e;
  for (const part of children(e)) {
    const found = callOf(part, id);
    if (found) return found;
  }
  return null;
}
