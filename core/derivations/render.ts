/** A line of a derivation as TeX, as words and as its symbols. */
import { symbolsOf } from '../formulas/expr';
import { spoken } from '../formulas/spoken';
import type { SymbolId } from '../formulas/symbols';
import { tex } from '../formulas/tex';
import type { DerivationStep, Relation } from './types';

export const RELATIONS: Readonly<Record<Relation, { tex: string; spoken: string }>> = {
  'equal': { tex: '=', spoken: 'equals' },
  'proportional': { tex: '\\propto', spoken: 'is proportional to' },
  'at-least': { tex: '\\ge', spoken: 'is at least' },
  'at-most': { tex: '\\le', spoken: 'is at most' },
  'approaches': { tex: '\\longrightarrow', spoken: 'approaches' },
};

export interface StepTexOptions {
  /** Wrap symbols in `\htmlData{sym=…}`; default true. */
  htmlData?: boolean;
  /** Break the line before the relation, for narrow panels. */
  stacked?: boolean;
}

/** TeX of one line, for display mode. */
export function stepTex(step: DerivationStep, { htmlData = true, stacked = false }: StepTexOptions = {}): string {
  const [left, right] = [tex(step.left, { htmlData }), tex(step.right, { htmlData })];
  const relation = RELATIONS[step.relation].tex;
  if (stacked) return `\\begin{aligned} & ${left} \\\\ & \\quad ${relation} ${right} \\end{aligned}`;
  return `${left} ${relation} ${right}`;
}

/** The setting that the line assumes, as shown beside its label; null where it holds in general. */
export function stepCondition({ assuming }: DerivationStep): string | null {
  if (!assuming) return null;
  return 'eta' in assuming ? `for η = ${assuming.eta}` : `for ${assuming.varianceType}`;
}

export function stepSpoken(step: DerivationStep): string {
  const spelt = stepCondition(step)?.replace('η =', 'eta equal to').replace('_', ' ');
  const condition = spelt ? `${spelt}: ` : '';
  return `${condition}${spoken(step.left)} ${RELATIONS[step.relation].spoken} ${spoken(step.right)}`;
}

/** Every symbol of the line, each once, in reading order. */
export const stepSymbols = (step: DerivationStep): SymbolId[] => symbolsOf(step.left, step.right);
