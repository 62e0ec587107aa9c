/** The generator's loss as the game is written (Goodfellow et al. 2014, eq. 1): the mean of log(1 − D(G(z))) itself is minimised. */
import type { Expr } from '../../../parse/ast';
import { subexpressions } from '../../../parse/ast';
import { dotted } from '../../training/survey';
import type { FileView } from '../family';
import { originsOf } from '../origins';

const MEAN = /^(mean|reduce_mean|sum|reduce_sum|average|reduceMean)$/;

/** A result that is this and nothing else, without a sign before it and used in no other formula. */
export function saturates(view: FileView): boolean {
  const origins = originsOf(view);
  const used = (name: string) => origins.results().some((r) => combines(r.value, name));
  return origins.assignments.some((a) => !a.augmented && isLoss(view, a.value) && !used(a.name)) || [...returns(view)].some((e) => isLoss(view, e));
}

/** What functions and callbacks without a name return; a `log` of the file's own is none of a loss. */
function returns(view: FileView): Expr[] {
  const origins = originsOf(view);
  const named = new Set(origins.assignments.map((a) => a.value));
  return origins.results().map((r) => r.value).filter((e) => !named.has(e));
}

/** mean(log(1 − x)), the mean before or behind it. */
function isLoss(view: FileView, e: Expr): boolean {
  if (e.kind !== 'call') return false;
  const name = e.callee.kind === 'attribute' || e.callee.kind === 'name' ? e.callee.name : '';
  if (!MEAN.test(name)) return false;
  const library = e.callee.kind === 'attribute' && /^(tf|torch|K|jnp|np|F|tf\.math|keras\.backend)$/.test(dotted(e.callee.object) ?? '');
  const inner = e.callee.kind === 'attribute' && !library ? e.callee.object : e.args[0]?.value;
  return inner?.kind === 'call' && isLog(view, inner) && complement(inner);
}

/** log, or a function of the file that takes one. */
function isLog(view: FileView, e: Expr & { kind: 'call' }): boolean {
  const name = e.callee.kind === 'attribute' || e.callee.kind === 'name' ? e.callee.name : '';
  return name === 'log' || (e.callee.kind === 'name' && view.survey.calls.some((s) => s.name === 'log' && s.definitions.at(-1)?.name === name) && /log/i.test(name));
}

function complement(log: Expr & { kind: 'call' }): boolean {
  const library = log.callee.kind !== 'attribute' || log.callee.object.kind === 'name';
  const of = library && log.args.length > 0 ? log.args[0].value : log.callee.kind === 'attribute' ? log.callee.object : undefined;
  return of !== undefined && hasComplement(of);
}

/** 1 − x, perhaps with a small constant. */
function hasComplement(e: Expr): boolean {
  const one = (x: Expr | undefined) => x?.kind === 'number' && x.value === 1;
  if (e.kind === 'binary') return (e.op === '-' && one(e.left)) || (/^[-+]$/.test(e.op) && hasComplement(e.left));
  return e.kind === 'call' && e.callee.kind === 'attribute' && e.callee.name === 'sub' && one(e.args[0]?.value) && e.args.length === 2;
}

/** Is the name a part of a sum, or given a sign? */
function combines(e: Expr, name: string): boolean {
  const parts = e.kind === 'binary' || e.kind === 'unary' ? subexpressions(e) : [];
  return parts.some((x) => dotted(x) === name) || subexpressions(e).some((x) => combines(x, name));
}
