/** VQ-VAE (van den Oord et al. 2017): the code is replaced by the nearest entry of a codebook, and the gradient goes straight through. */
import { walkExpressions, type Expr } from '../../../parse/ast';
import { operationOf } from '../../graph';
import { dotted, type CallSite } from '../../training/survey';
import type { Clue, FileView } from '../family';
import { comparisons } from './losses';

/** How a library, or the file, takes the nearest. */
const NEAREST = /^(argmin|argMin|topk|argmax|argMax|min)$/;

/** `(-distance).max(1)` takes the nearest too. */
function isNearest({ name, call }: CallSite): boolean {
  return NEAREST.test(name) || (name === 'max' && call.callee.kind === 'attribute' && call.callee.object.kind === 'unary' && call.callee.object.op === '-');
}

export function quantisation(view: FileView): Clue[] {
  if (!['argmin', 'argMin', 'topk', 'argmax', 'argMax', 'min', 'max'].some((w) => view.words.has(w))) return [];
  const straight: Expr[] = [];
  // The interpreter lets `detach` pass as the value itself, so this is read from the text.
  walkExpressions(view.m.body, (e) => { if (isStraightThrough(e)) straight.push(e); });
  const [first] = straight;
  if (!first) return [];
  const owner = view.topOf(first);
  const nearest = view.survey.calls.find((s) => isNearest(s) && (owner === null || s.definitions.includes(owner)));
  if (!nearest) return [];
  const out: Clue[] = [
    { id: 'straight', weight: 0.6, text: 'passes the gradient straight through the quantisation', at: first, role: 'anchor' },
    { id: 'nearest', weight: 0.2, text: 'takes the nearest entry of a codebook', at: nearest.call, role: 'support' },
  ];
  const commits = comparisons(view).find((c) => c.kind === 'gaussian' && (owner === null || (owner.from <= c.at.from && c.at.from < owner.to)) && !c.sides.some((s) => operationOf(s)?.op === 'noise'));
  if (commits) out.push({ id: 'commitment', weight: 0.3, text: 'holds code and codebook together (commitment loss)', at: commits.at, role: 'support' });
  return out;
}

/** a + (b − a) without gradient, in either order: `z + (q - z).detach()`, `z + stop_gradient(q - z)`. */
function isStraightThrough(e: Expr): boolean {
  if (e.kind === 'binary' && e.op === '+') return [[e.left, e.right], [e.right, e.left]].some(([a, b]) => stopped(b, a));
  // TensorFlow.js: `z.add(stopGradient(q.sub(z)))`.
  return e.kind === 'call' && e.callee.kind === 'attribute' && e.callee.name === 'add' && e.args.length === 1 && stopped(e.args[0].value, e.callee.object);
}

function stopped(e: Expr, base: Expr): boolean {
  if (e.kind !== 'call') return false;
  const inner = e.callee.kind === 'attribute' && e.callee.name === 'detach' ? e.callee.object : /stop_?gradient$/i.test(dotted(e.callee) ?? '') ? e.args[0]?.value : undefined;
  if (!inner) return false;
  const name = dotted(base);
  if (name === null) return false;
  if (inner.kind === 'binary') return inner.op === '-' && dotted(inner.right) === name;
  return inner.kind === 'call' && inner.callee.kind === 'attribute' && inner.callee.name === 'sub' && inner.args.length === 1 && dotted(inner.args[0].value) === name;
}
