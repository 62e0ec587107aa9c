/**
 * Expectation–maximisation as people write it: densities of Gaussians, weighted and normalised over the components, then means weighted by that.
 * Read from the text, since the arrays are filled entry by entry; what a density is, is told by what is computed.
 */
import { subexpressions, walkExpressions, type Expr } from '../../../parse/ast';
import { operationOf } from '../../graph';
import { dotted } from '../../training/survey';
import type { Clue, FileView } from '../family';
import { isDensity, isLogDensity, NORMAL } from './gmm';

const DENSITIES = /^(pdf|logpdf|multivariate_normal|norm_pdf|normal_pdf|gaussian_pdf|gaussian|gauss|normpdf|mvn_pdf|multivariate_gaussian|multivariate_normal_pdf|normal|log_prob|_?estimate_log_\w*prob|pdf_\w+|gaussian_\w+|\w*gaussian\w*|mvnpdf|\w*_pdf|prob|\w*normal_?pdf|likelihood|logsumexp|N|phi|gaussianPDF|multivariateNormal\w*|normalPdf|\w*[pP]df)$/i;
const TOTALS = /^(sum|reduce_sum|nansum)$/;
const LOG_TOTALS = /^(logsumexp|reduce_logsumexp|logSumExp|log_sum_exp|_?logsumexp)$/;

export function emSteps(view: FileView): Clue[] {
  const density = densityOf(view);
  if (!density) return [];
  const out: Clue[] = [];
  const add = (id: string, weight: number, text: string, at: Expr | Clue['at'], role: Clue['role']) => { out.push({ id, weight, text, at: { from: at.from, to: at.to }, role }); };
  const names: Names = { given: givenIn(view), densities: new Set([view.topOf(density)].flatMap((d) => (d?.kind === 'function' ? [d.name] : []))) };
  let e: Expr | null = null;
  let m: Expr | null = null;
  walkExpressions(view.m.body, (x) => {
    if (isNormalisation(x, names)) e ??= x;
    else if (isWeightedMean(x, names)) m ??= x;
  });
  for (const a of augmented(view)) if (a.op === '-' && logTotal(a.value, names)) e ??= a.target;
  for (const a of augmented(view)) if (a.op === '/' && totals(a.value, names, dotted(baseOf(a.target)) ?? '')) e ??= a.target;
  if (!e || !m) return [];
  add('responsibilities', 0.5, 'weighs components by their share of the density (E-step)', e, 'anchor');
  add('weighted', 0.3, 'takes means weighted by the responsibilities (M-step)', m, 'anchor');
  add('density', 0.3, 'computes densities of Gaussians', density, 'support');
  return out;
}

/** Where a Gaussian's density is computed: by a library, by the formula, or through the determinant and inverse of a covariance. */
function densityOf(view: FileView): Clue['at'] | null {
  const call = view.survey.calls.find((s) => /(^|\.)(multivariate_normal|norm|MultivariateNormal|Normal|mvn)\b.*\.(pdf|logpdf|log_prob)$/.test(s.path) || (/^(pdf|logpdf|log_prob)$/.test(s.name) && s.call.callee.kind === 'attribute' && [...view.words].some((w) => /^(norm|mvn|multivariate_normal)$|normal(diag|tril)?$|gauss/i.test(w))));
  if (call) return call.call;
  for (const { value, at } of view.computed) {
    const o = operationOf(value);
    if (!o) continue;
    if (NORMAL.test(o.op)) return at;
    if (/^([*/]|exp)$/.test(o.op) && isDensity(value)) return at;
    if (o.op === '*' && o.args.some((a) => a.kind === 'number' && a.value === -0.5) && isLogDensity(value)) return at;
  }
  const { words } = view;
  const quadratic = ['det', 'slogdet', 'logdet', 'cholesky', 'determinant'].some((w) => words.has(w)) && ['inv', 'pinv', 'solve', 'solve_triangular', 'inverse', 'precisions', 'cholesky', 'invert'].some((w) => words.has(w)) && (words.has('exp') || words.has('logsumexp'));
  if (!quadratic) return null;
  return view.survey.calls.find((s) => /^(det|slogdet|logdet|cholesky|determinant)$/.test(s.name))?.call ?? null;
}

interface Names {
  given: ReadonlyMap<string, readonly Expr[]>;
  /** The file's own functions that compute a density. */
  densities: ReadonlySet<string>;
}

/** What names are given, wherever that is. */
function givenIn(view: FileView): ReadonlyMap<string, readonly Expr[]> {
  const out = new Map<string, Expr[]>();
  const add = (name: string, value: Expr) => { const list = out.get(name); if (list) list.push(value); else out.set(name, [value]); };
  for (const s of view.survey.settings) if (s.callee === '') add(s.name, s.value);
  for (const { target, value } of augmented(view)) { const name = dotted(baseOf(target)); if (name) add(name.slice(name.lastIndexOf('.') + 1), value); }
  return out;
}

interface Augmented { op: string; target: Expr; value: Expr }
const kept = new WeakMap<FileView, Augmented[]>();

/** `x[i] = …`, `x /= …`, `x[i] += …`. */
function augmented(view: FileView): Augmented[] {
  let out = kept.get(view);
  if (out) return out;
  kept.set(view, (out = []));
  const list = out;
  const walk = (body: typeof view.m.body): void => {
    for (const s of body) {
      switch (s.kind) {
        case 'augmented': list.push({ op: s.op, target: s.target, value: s.value }); break;
        case 'assign':
          for (const t of s.targets) if (t.kind === 'index') list.push({ op: '', target: t, value: s.value });
          if (s.value.kind === 'function') walk(s.value.definition.body);
          break;
        case 'if': walk(s.then); walk(s.otherwise); break;
        case 'for': case 'while': case 'function': case 'class': walk(s.body); break;
        case 'with': walk(s.body); break;
        case 'try': walk(s.body); s.handlers.forEach(walk); walk(s.final); break;
        default:
      }
    }
  };
  walk(view.m.body);
  return list;
}

function baseOf(e: Expr): Expr {
  if (e.kind === 'index') return baseOf(e.object);
  if (e.kind === 'call' && e.callee.kind === 'attribute' && /^(T|reshape|transpose|unsqueeze|squeeze|view|t|copy|div|sub)$/.test(e.callee.name)) return baseOf(e.callee.object);
  if (e.kind === 'attribute' && e.name === 'T') return baseOf(e.object);
  return e;
}

function lastOf(callee: Expr): string {
  return callee.kind === 'attribute' ? callee.name : callee.kind === 'name' ? callee.name : '';
}

/** Is it the total of what is called `name`, over components? Through a name that was given it, shapes and small constants. */
function totals(e: Expr, names: Names, name: string, depth = 0, seen = new Map<Expr, number>()): boolean {
  // What was looked at from no further away said no; a name that is given much would else be followed over and over.
  if (depth > 4 || name === '' || (seen.get(e) ?? Infinity) <= depth) return false;
  seen.set(e, depth);
  const base = baseOf(e);
  if (base.kind === 'call') {
    const f = lastOf(base.callee);
    if (TOTALS.test(f)) {
      const inside = base.callee.kind === 'attribute' && dotted(base.callee.object) !== null && base.args.every((a) => a.name !== undefined || a.value.kind === 'number' || a.value.kind === 'unary' || a.value.kind === 'boolean') ? base.callee.object : base.args[0]?.value;
      return inside !== undefined && dotted(baseOf(inside)) === name;
    }
    const inner = base.args[0]?.value ?? (base.callee.kind === 'attribute' ? base.callee.object : undefined);
    return inner !== undefined && /^(unsqueeze|reshape|expand_dims|tile|atleast_2d|array|maximum|repeat|clip|asarray|view|newaxis)$/.test(f) && totals(inner, names, name, depth + 1, seen);
  }
  if (base.kind === 'binary' && base.op === '+') return totals(base.left, names, name, depth + 1, seen) || totals(base.right, names, name, depth + 1, seen);
  const own = dotted(base);
  if (own === null) return false;
  return (names.given.get(own.slice(own.lastIndexOf('.') + 1)) ?? []).some((v) => totals(v, names, name, depth + 1, seen) || (v.kind === 'binary' && v.op === '+' && accumulates(v, name)) || accumulates(v, name));
}

/** `total += p[k]`. */
function accumulates(v: Expr, name: string): boolean {
  return (v.kind === 'index' || v.kind === 'name') && dotted(baseOf(v)) === name;
}

/** p / Σ p, or exp(l − logsumexp l): with p or l a product, a density, something computed from one. */
function isNormalisation(e: Expr, names: Names): boolean {
  if (e.kind === 'binary' && e.op === '/') {
    const own = dotted(baseOf(e.left));
    if (own !== null) return totals(e.right, names, own) || sameMaking(e, names, own) || totalOfDensities(e.right, names);
    if (e.left.kind === 'call') return isTotalOf(e.right, lastOf(e.left.callee), names);
    // `(pi * pdf(x)) / sum(...)`: a product with a density over something.
    return e.left.kind === 'binary' && e.left.op === '*' && mentionsDensity(e.left) && !isNumber(e.right);
  }
  if (e.kind === 'call' && lastOf(e.callee) === 'div' && e.callee.kind === 'attribute' && e.args.length > 0) {
    const own = dotted(baseOf(e.callee.object));
    return own !== null && totals(e.args[0].value, names, own);
  }
  if (e.kind === 'binary' && e.op === '-') {
    return logTotal(e.right, names);
  }
  return e.kind === 'call' && lastOf(e.callee) === 'softmax' && e.args.length > 0 && mentionsLogDensity(e.args[0].value, names);
}

function logTotal(e: Expr, names: Names): boolean {
  const right = baseOf(e);
  const given = right.kind === 'call' ? [right] : (names.given.get((dotted(right) ?? '').split('.').pop() ?? '') ?? []);
  return given.some((g) => { const b = baseOf(g); return b.kind === 'call' && LOG_TOTALS.test(lastOf(b.callee)); });
}

/** A sum of a list that was made with densities: `joint.reduce((a, b) => a + b)`, `sum(t)`; each entry is then divided by it. */
function totalOfDensities(e: Expr, names: Names): boolean {
  const own = dotted(baseOf(e));
  const given = own === null ? [e] : (names.given.get(own.slice(own.lastIndexOf('.') + 1)) ?? []);
  return given.some((g) => {
    if (g.kind !== 'call' || !/^(sum|reduce)$/.test(lastOf(g.callee))) return false;
    const list = dotted(lastOf(g.callee) === 'reduce' && g.callee.kind === 'attribute' ? g.callee.object : (g.args[0]?.value ?? g));
    return list !== null && (names.given.get(list) ?? []).some((v) => callsDensity(v, names));
  });
}

function callsDensity(v: Expr, names: Names): boolean {
  let found = false;
  walkExpressions([{ kind: 'expression', value: v, from: v.from, to: v.to }], (x) => {
    if (x.kind === 'call' && (names.densities.has(lastOf(x.callee)) || /^(pdf|logpdf|log_prob|exp)$/.test(lastOf(x.callee)))) found = true;
  });
  return found;
}

/** A sum of what the same function gives: `f(g) / groups.reduce((s, h) => s + f(h))`. */
function isTotalOf(e: Expr, f: string, names: Names): boolean {
  const own = dotted(baseOf(e));
  const given = own === null ? [e] : (names.given.get(own.slice(own.lastIndexOf('.') + 1)) ?? []);
  return f !== '' && !/^(sum|reduce|nansum|dot|matmul)$/.test(f) && given.some((g) => {
    if (g.kind !== 'call' || !/^(sum|reduce|nansum)$/.test(lastOf(g.callee))) return false;
    let found = false;
    walkExpressions([{ kind: 'expression', value: g, from: g.from, to: g.to }], (x) => { if (x.kind === 'call' && lastOf(x.callee) === f) found = true; });
    return found;
  });
}

/** Numerator and denominator were each made with a density: `num / den`. */
function sameMaking(e: Expr & { kind: 'binary' }, names: Names, own: string): boolean {
  const last = (n: string) => n.slice(n.lastIndexOf('.') + 1);
  const right = dotted(baseOf(e.right));
  if (right === null || right === own) return false;
  const above = names.given.get(last(own)) ?? [];
  const below = names.given.get(last(right)) ?? [];
  return above.some((v) => v.kind === 'binary' && v.op === '*' && mentionsDensity(v)) && below.some((v) => totalOfDensity(v) || (v.kind === 'binary' && mentionsDensity(v)));
}

function totalOfDensity(v: Expr): boolean {
  return v.kind === 'call' && TOTALS.test(lastOf(v.callee)) && mentionsDensity(v);
}

function mentionsDensity(e: Expr): boolean {
  return (e.kind === 'call' && (DENSITIES.test(lastOf(e.callee)) || lastOf(e.callee) === 'exp')) || subexpressions(e).some(mentionsDensity);
}

function mentionsLogDensity(e: Expr, names: Names, depth = 0): boolean {
  if (depth > 3) return false;
  if (e.kind === 'call' && /^(log_prob|logpdf)$/.test(lastOf(e.callee))) return true;
  const own = dotted(e);
  if (own !== null) return (names.given.get(own.slice(own.lastIndexOf('.') + 1)) ?? []).some((v) => mentionsLogDensity(v, names, depth + 1));
  return subexpressions(e).some((x) => mentionsLogDensity(x, names, depth));
}

function isNumber(e: Expr): boolean {
  return e.kind === 'number' || (e.kind === 'unary' && isNumber(e.operand));
}

const PRODUCTS = /^(dot|matmul|einsum|mm|inner|average|multiply|mul|matMul|tensordot)$/;

/** Σ r x / Σ r: a product over a total, of another than the product. */
function isWeightedMean(e: Expr, names: Names): boolean {
  // `r_n.T.dot(x)` with r_n = r / Σ r.
  if (e.kind === 'call' && PRODUCTS.test(lastOf(e.callee))) {
    const factors = [...(e.callee.kind === 'attribute' ? [e.callee.object] : []), ...e.args.map((a) => a.value)];
    return factors.some((f) => { const own = dotted(baseOf(f)); return own !== null && (names.given.get(own.slice(own.lastIndexOf('.') + 1)) ?? []).some((g) => g.kind === 'binary' && g.op === '/' && isTotal(g.right, names, 0)); });
  }
  // `reduce_sum(x * r_n, 1)` with the same r_n.
  if (e.kind === 'call' && TOTALS.test(lastOf(e.callee))) {
    const [inside] = e.args;
    if (inside?.value.kind === 'binary' && inside.value.op === '*' && [inside.value.left, inside.value.right].some((f) => isShare(f, names))) return true;
  }
  if (e.kind === 'call' && lastOf(e.callee) === 'average' && e.args.some((a) => a.name === 'weights')) return true;
  if (e.kind !== 'binary' || e.op !== '/' || isNumber(e.right)) return false;
  const left = baseOf(e.left);
  if (left.kind === 'binary' && left.op === '*') return isSum(e.right, names) || [left.left, left.right].some((r) => isRunningTotal(e.right, r, names));
  return isProduct(left, names, 0) && isTotal(e.right, names, 0);
}

/** A name that was given r / Σ r, perhaps with a new axis. */
function isShare(f: Expr, names: Names): boolean {
  const base = f.kind === 'call' && lastOf(f.callee) === 'expand_dims' ? f.args[0]?.value ?? f : baseOf(f);
  const own = dotted(base);
  return own !== null && (names.given.get(own.slice(own.lastIndexOf('.') + 1)) ?? []).some((g) => g.kind === 'binary' && g.op === '/' && isTotal(g.right, names, 0));
}

/** `total += r[i][k]` of the very factor. */
function isRunningTotal(e: Expr, factor: Expr, names: Names): boolean {
  const [total, name] = [dotted(baseOf(e)), factor.kind === 'index' ? dotted(baseOf(factor)) : null];
  return total !== null && name !== null && (names.given.get(total.slice(total.lastIndexOf('.') + 1)) ?? []).some((v) => v.kind === 'index' && accumulates(v, name));
}

/** A sum that is written as one, or was given its name. */
function isSum(e: Expr, names: Names): boolean {
  const own = dotted(baseOf(e));
  const given = own === null ? [baseOf(e)] : (names.given.get(own.slice(own.lastIndexOf('.') + 1)) ?? []);
  return given.some((g) => g.kind === 'call' && /^(sum|reduce|nansum|reduce_sum)$/.test(lastOf(g.callee)));
}

function isProduct(e: Expr, names: Names, depth: number): boolean {
  if (depth > 3) return false;
  const base = baseOf(e);
  // `reduce((s, x, i) => s + r[i] * x, 0)`.
  if (base.kind === 'function' || base.kind === 'lambda') {
    let product = false;
    walkExpressions([{ kind: 'expression', value: base, from: base.from, to: base.to }], (x) => { if (x.kind === 'binary' && x.op === '*') product = true; });
    return product;
  }
  if (base.kind === 'comprehension') return isProduct(base.element, names, depth + 1);
  if (base.kind === 'binary') return base.op === '@' || (base.op === '*' && depth > 0) || (base.op === '*' && isProduct(base.left, names, depth + 1)) || (base.op === '+' && (isProduct(base.left, names, depth + 1)));
  if (base.kind === 'call') {
    const f = lastOf(base.callee);
    if (PRODUCTS.test(f)) return true;
    if (TOTALS.test(f) || f === 'reduce') { const inner = base.callee.kind === 'attribute' && base.callee.object.kind === 'binary' ? base.callee.object : base.args[0]?.value; return inner !== undefined && isProduct(inner, names, depth + 1); }
    return false;
  }
  const own = dotted(base);
  return own !== null && (names.given.get(own.slice(own.lastIndexOf('.') + 1)) ?? []).some((v) => isProduct(v, names, depth + 1));
}

function isTotal(e: Expr, names: Names, depth: number): boolean {
  if (depth > 3) return false;
  const base = baseOf(e);
  if (base.kind === 'call') {
    const f = lastOf(base.callee);
    return TOTALS.test(f) || f === 'reduce' || (/^(unsqueeze|reshape|expand_dims|max|maximum|float|array)$/.test(f) && base.args.some((a) => isTotal(a.value, names, depth + 1)));
  }
  if (base.kind === 'binary' && base.op === '+') return isTotal(base.left, names, depth + 1) || isTotal(base.right, names, depth + 1);
  const own = dotted(base);
  if (own === null) return false;
  const given = names.given.get(own.slice(own.lastIndexOf('.') + 1)) ?? [];
  // Summed up by hand as well: `n_k += r[i][k]`.
  return given.some((v) => isTotal(v, names, depth + 1) || v.kind === 'index');
}
