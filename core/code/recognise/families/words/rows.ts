/** Products of two rows of tables that are kept flat or as lists of lists, added up by hand: `x += a[i * D + d] * b[j * D + d]`, then σ(x) or exp(x). */
import type { Expr, Span, Stmt } from '../../../parse/ast';
import { dotted } from '../../training/survey';
import type { FileView } from '../family';
import { expressionsOf, namesIn, shown, visitStatements, walk } from './expressions';

export interface RowProduct {
  at: Span;
  /** Length of a row, where the tables are flat. */
  size: Expr | null;
  /** What the two tables are called. */
  tables: readonly string[];
}

interface Row { table: string; step: string; factors: readonly Expr[] }

const cache = new WeakMap<FileView, RowProduct | null>();

/** The first product of two rows whose sum goes through σ. */
export function rowProductOf(view: FileView): RowProduct | null {
  const known = cache.get(view);
  if (known !== undefined) return known;
  const found = find(view);
  cache.set(view, found);
  return found;
}

function find(view: FileView): RowProduct | null {
  const sums = new Map<string, RowProduct>();
  let found: RowProduct | null = null;
  visitStatements(view.m.body, (s: Stmt, loops) => {
    if (s.kind === 'augmented' && s.op === '+' && s.target.kind === 'name' && s.value.kind === 'binary' && s.value.op === '*' && loops.length >= 2) {
      const [a, b] = [rowOf(s.value.left), rowOf(s.value.right)];
      if (a && b && a.table !== b.table && a.step === b.step) {
        const size = a.factors.find((x) => b.factors.some((y) => shown(x) === shown(y))) ?? null;
        if (size || a.factors.length + b.factors.length === 0) sums.set(s.target.name, { at: s, size, tables: [a.table, b.table] });
      }
    }
    if (found || sums.size === 0) return;
    for (const top of expressionsOf(s)) walk(top, (e) => {
      if (e.kind !== 'call' || !squashes(view, e)) return;
      const names = new Set(e.args.flatMap((x) => [...namesIn(x.value)]));
      for (const [name, product] of sums) if (names.has(name)) found ??= product;
    });
  });
  return found;
}

/** `table[i * D + d]` or `table[i][d]`. */
function rowOf(e: Expr): Row | null {
  if (e.kind !== 'index' || e.items.length !== 1) return null;
  const [i] = e.items;
  if (e.object.kind === 'index' && i.kind === 'name') return { table: shown(e.object.object), step: i.name, factors: [] };
  if (i.kind !== 'binary' || i.op !== '+' || !/^(name|attribute)$/.test(e.object.kind)) return null;
  const [product, step] = i.left.kind === 'binary' ? [i.left, i.right] : [i.right, i.left];
  return product.kind === 'binary' && product.op === '*' && step.kind === 'name' ? { table: shown(e.object), step: step.name, factors: [product.left, product.right] } : null;
}

/** exp, a sigmoid, or a function of the file that takes an exponential. */
function squashes(view: FileView, e: Expr & { kind: 'call' }): boolean {
  const name = (dotted(e.callee) ?? '').split('.').pop()!;
  return /^(exp|sigmoid|expit)$/.test(name) || view.survey.calls.some((s) => s.name === 'exp' && s.definitions.at(-1)?.name === name);
}
