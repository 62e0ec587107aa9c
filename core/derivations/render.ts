/** A line of a derivation as TeX, as words and as its symbols. */
import { children, symbolsOf, type Expr } from '../formulas/expr';
import { spoken } from '../formulas/spoken';
import type { SymbolId } from '../formulas/symbols';
import { symbolTex, tex, type TexOptions } from '../formulas/tex';
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
