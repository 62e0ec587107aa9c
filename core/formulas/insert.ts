/** A formula's own tree with numbers, or other trees, in the place of some of its symbols; what then is a number throughout can be computed. */
import { evaluate, type World } from './evaluate';
import { children, withChildren, type Expr, type Index } from './expr';
import { roundedTo } from './rounding';
import type { SymbolId } from './symbols';

/** Significant digits of what is computed, and of what was written by a person. */
const [COMPUTED, WRITTEN] = [3, 12];

/** A computed number: exact in the tree, rounded where it is shown. */
export const computed = (value: number): Expr => ({ kind: 'number', value, digits: COMPUTED });
/** A setting, as the person wrote it. */
export const written = (value: number): Expr => ({ kind: 'number', value, digits: WRITTEN });

/** @param put what stands for a symbol; undefined leaves it. Derivatives stay as they are: they need the symbol that they are taken by. */
export function inserted(expr: Expr, put: (id: SymbolId, index: Index | undefined) => Expr | undefined): Expr {
  if (expr.kind === 'symbol') return put(expr.id, expr.index) ?? expr;
  if (expr.kind === 'derivative') return expr;
  return withChildren(expr, children(expr).map((part) => inserted(part, put)));
}

const NOWHERE: World = { symbol: () => undefined, call: () => undefined, density: () => undefined };

/** Parts without a symbol become their number. */
export function folded(expr: Expr): Expr {
  if (expr.kind === 'number') return expr;
  const value = valueIn(expr, NOWHERE);
  if (value !== null) return computed(value);
  return expr.kind === 'derivative' ? expr : withChildren(expr, children(expr).map(folded));
}

/** The number that an expression is in a world; null where the world lacks a symbol, or where it is a vector or no finite number. */
export function valueIn(expr: Expr, world: World): number | null {
  try {
    const value = evaluate(expr, world);
    return typeof value === 'number' && Number.isFinite(value) ? value : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Is a number of it shown with less digits than it has? */
export const isRounded = (expr: Expr): boolean => (expr.kind === 'number' && expr.digits !== undefined ? !roundedTo(expr.value, expr.digits).exact : children(expr).some(isRounded));
