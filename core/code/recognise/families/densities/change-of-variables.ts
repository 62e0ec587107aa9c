/** log p(x) = log p(z) + log |det J|, by the flow of data: maps that are composed, with determinants that add up. */
import type { Expr, Span, Stmt } from '../../../parse/ast';
import { subexpressions } from '../../../parse/ast';
import { dotted, type CallSite } from '../../training/survey';
import type { FileView } from '../family';
import { originsOf, type Assignment } from '../origins';

/** `for f in flows: z, d = f(z); total += d`. */
export function compositionsOf(view: FileView): { at: Span; added: boolean }[] {
  const { assignments } = originsOf(view);
  const out: { at: Span; added: boolean }[] = [];
  for (const a of assignments) {
    const loop = a.loops[a.loops.length - 1];
    if (a.part?.index !== 0 || loop?.kind !== 'for' || a.value.kind !== 'call' || !applies(a.value.callee, loop)) continue;
    // Given back to itself, and the second result added up.
    const same = assignments.filter((b) => b.value === a.value && b.part);
    if (!mentions(a.value.args.map((x) => x.value), a.name) && !carriedIn(loop, a, assignments)) continue;
    const added = same.some((b) => b.part!.index > 0 && assignments.some((c) => c.loops.includes(loop) && c !== b && (c.augmented || mentions([c.value], c.name)) && mentions([c.value], b.name)));
    const collected = same.some((b) => b.part!.index > 0 && view.survey.calls.some((s) => s.name === 'append' && s.loops.includes(loop as CallSite['loops'][number]) && mentions(s.call.args.map((x) => x.value), b.name)));
    if (added || collected) out.push({ at: a.value, added });
  }
  return out;
}

/** `x = xs[-1]`-like bookkeeping: the result is what the next turn is given. */
function carriedIn(loop: Stmt, a: Assignment, assignments: readonly Assignment[]): boolean {
  return a.value.kind === 'call' && assignments.some((b) => b !== a && b.loops.includes(loop) && mentions([b.value], a.name) && a.value.kind === 'call' && mentions(a.value.args.map((x) => x.value), b.name));
}

/** The callee is what the loop runs over: `flow(…)`, `flow.forward(…)`, `self.layers[i](…)`. */
function applies(callee: Expr, loop: Stmt & { kind: 'for' }): boolean {
  const names = namesIn(loop.target);
  let root = callee;
  let indexed = false;
  for (;;) {
    if (root.kind === 'attribute' || root.kind === 'index') {
      if (root.kind === 'index' && root.items.some((i) => namesIn(i).some((n) => names.includes(n)))) indexed = true;
      root = root.object;
    } else if (root.kind === 'call') root = root.callee;
    else break;
  }
  return indexed || (root.kind === 'name' && names.includes(root.name));
}

function namesIn(e: Expr): string[] {
  return e.kind === 'name' ? [e.name] : subexpressions(e).flatMap(namesIn);
}

export function mentions(list: readonly Expr[], name: string): boolean {
  return list.some((e) => dotted(e) === name || subexpressions(e).some((x) => mentions([x], name)));
}

const DENSITY = /^(log_prob|logpdf|log_density|log_p|normal_log_prob|standard_normal_logprob|log_normal|gaussian_log_p|log_standard_normal|logProb|log_prob_n|normal_logpdf|logp|standard_normal_logpdf)$/;
const SQUARE = /^(pow|square|norm)$/;

/** `z, d = f(x); log_prob(z) + d`: the density of what one call made, with its second result added. */
export function likelihoodsOf(view: FileView): { at: Span; density: boolean }[] {
  const origins = originsOf(view);
  const out: { at: Span; density: boolean }[] = [];
  const firsts = origins.assignments.filter((a) => a.part?.index === 0 && a.value.kind === 'call');
  for (const z of firsts.slice(0, 60)) {
    const f = z.definitions[z.definitions.length - 1];
    const here = (x: { definitions: readonly unknown[] }) => x.definitions[x.definitions.length - 1] === f;
    for (const d of origins.assignments) {
      if (d.value !== z.value || !d.part || d.part.index === 0 || !here(d)) continue;
      const uses = [...origins.assignments.filter((a) => here(a) && a.value !== z.value).map((a) => a.value), ...(f?.kind === 'function' ? origins.returnsOf(f) : []), ...view.survey.calls.filter(here).flatMap((s) => s.call.args.map((x) => x.value))];
      // A variance has its exponential taken; a determinant has not.
      if (uses.some((e) => exponentiates(e, d.name))) continue;
      const densities = new Set<string>([...origins.assignments.filter((a) => here(a) && isDensity(a.value, z.name)).map((a) => a.name)]);
      const sum = uses.find((e) => sums(e, (x) => mentions([x], d.name) && !isDensity(x, z.name), (x) => isDensity(x, z.name) || namesIn(x).some((n) => densities.has(n))));
      if (sum) out.push({ at: sum, density: isLogDensity(uses, z.name) });
    }
  }
  return out;
}

function exponentiates(e: Expr, name: string): boolean {
  return (e.kind === 'call' && /^(exp|sqrt)$/.test(dotted(e.callee)?.split('.').pop() ?? (e.callee.kind === 'attribute' ? e.callee.name : '')) && mentions([e], name)) || subexpressions(e).some((x) => exponentiates(x, name));
}

function isDensity(e: Expr, z: string): boolean {
  if (e.kind === 'call') {
    const name = e.callee.kind === 'attribute' || e.callee.kind === 'name' ? e.callee.name : '';
    if ((DENSITY.test(name) || SQUARE.test(name)) && mentions([e], z)) return true;
  }
  if (e.kind === 'binary' && e.op === '**' && mentions([e.left], z)) return true;
  return subexpressions(e).some((x) => isDensity(x, z));
}

function sums(e: Expr, a: (x: Expr) => boolean, b: (x: Expr) => boolean): boolean {
  if (e.kind === 'binary' && (e.op === '+' || e.op === '-')) {
    if ((a(e.left) && b(e.right)) || (a(e.right) && b(e.left))) return true;
  }
  return subexpressions(e).some((x) => sums(x, a, b));
}

/** A function of densities is given z. */
function isLogDensity(list: readonly Expr[], z: string): boolean {
  return list.some((e) => (e.kind === 'call' && DENSITY.test(e.callee.kind === 'attribute' || e.callee.kind === 'name' ? e.callee.name : '') && mentions(e.args.map((a) => a.value), z)) || isLogDensity(subexpressions(e), z));
}

/** `z, log_p, log_det = model(x); log_p + log_det`. */
export function sumsOfParts(view: FileView): Span[] {
  const origins = originsOf(view);
  const out: Span[] = [];
  const parts = origins.assignments.filter((a) => a.part && a.value.kind === 'call').slice(0, 80);
  for (const a of parts) {
    const names = parts.filter((b) => b.value === a.value).map((b) => b.name);
    const f = a.definitions[a.definitions.length - 1];
    for (const { value, definitions } of origins.assignments) {
      if (definitions[definitions.length - 1] !== f || value === a.value) continue;
      if (sums(value, (x) => mentions([x], a.name), (x) => names.some((n) => n !== a.name && mentions([x], n)))) out.push(value);
    }
  }
  return out;
}

/** Something is divided by n · log 2. */
export function bitsPerDimension(view: FileView): Span | null {
  const isLog2 = (e: Expr): boolean => (e.kind === 'call' && /(^|\.)log$/.test(dotted(e.callee) ?? '') && e.args.some(({ value }) => (value.kind === 'number' && value.value === 2) || isTwo(value))) || (e.kind === 'binary' && e.op === '*' && subexpressions(e).some(isLog2));
  const isTwo = (e: Expr): boolean => e.kind === 'call' && e.args.some((a) => a.value.kind === 'number' && a.value.value === 2);
  const find = (e: Expr): boolean => (e.kind === 'binary' && e.op === '/' && isLog2(e.right)) || subexpressions(e).some(find);
  return originsOf(view).results().find((r) => find(r.value))?.value ?? null;
}
