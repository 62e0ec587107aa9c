/** The window of words around a word: `words[i - w : i]` and `words[i + 1 : i + w + 1]`, however it is walked through. */
import type { Expr, FunctionDefinition, Span, Stmt } from '../../../parse/ast';
import { dotted } from '../../training/survey';
import type { FileView } from '../family';
import { expressionsOf, shown, visitStatements, walk } from './expressions';

export interface Window {
  at: Span;
  /** What is written for the number of words on one side; null where it is a loop's own variable. */
  size: Expr | null;
  /** Pairs of the word and one of its neighbours, or of all neighbours and the word; null where that was not seen. */
  pairs: 'each' | 'all' | 'all reversed' | null;
}

/** The first window that the file walks through. */
export function windowOf(view: FileView): Window | null {
  const known = cache.get(view);
  if (known !== undefined) return known;
  const found = find(view);
  cache.set(view, found);
  return found;
}

const cache = new WeakMap<FileView, Window | null>();

function find(view: FileView): Window | null {
  const scopes: readonly Stmt[][] = [view.m.body.filter((s) => s.kind !== 'function' && s.kind !== 'class'), ...functionsOf(view.m.body).map((f) => f.body)];
  for (const body of scopes) {
    const minus = new Map<string, Expr>();
    const plus = new Map<string, Expr>();
    const loops = new Map<string, Expr>();
    let direct: Window | null = null;
    visitStatements(body, (s) => {
      if (s.kind === 'for' && s.target.kind === 'name') loops.set(s.target.name, s.iterable);
      for (const top of expressionsOf(s)) walk(top, (e) => {
        if (e.kind === 'comprehension') for (const c of e.clauses) if (c.target.kind === 'name') loops.set(c.target.name, c.iterable);
        direct ??= symmetricRange(e);
        if (e.kind !== 'binary' || (e.op !== '-' && e.op !== '+')) return;
        // `i + 1 + w`, the end of a range.
        const { left } = e;
        if (e.op === '+' && left.kind === 'binary' && left.op === '+' && left.left.kind === 'name' && left.right.kind === 'number' && left.right.value === 1) plus.set(`${left.left.name} ${shown(e.right)}`, e);
        if (left.kind !== 'name' || left.name === 'self') return;
        (e.op === '-' ? minus : plus).set(`${left.name} ${shown(e.right)}`, e);
      });
    });
    if (direct) return { ...(direct as Window), pairs: pairsIn(body, null) };
    for (const [key, e] of minus) {
      if (!plus.has(key) || e.kind !== 'binary') continue;
      const { right } = e;
      // `mean - 2 * sqrt(var)`, drawn as a band, is no window of words.
      if (!isCount(right) || isDrawn(body, e)) continue;
      // `words[i - j]` and `words[i + j]` for all j up to the window.
      const steps = right.kind === 'name' ? loops.get(right.name) : undefined;
      if (right.kind === 'number' && right.value === 1 && !indexes(body, e)) continue;
      return { at: e, size: steps ? stopOf(steps) : right, pairs: pairsIn(body, e.left.kind === 'name' ? e.left.name : null) };
    }
  }
  return null;
}

/** Of a window that is drawn for each word, `1 + floor(random() * w)` or `randint(1, w)`: the largest. */
export function largestOf(view: FileView, size: Expr): Expr | undefined {
  const given: Expr[] = [];
  if (size.kind === 'name') visitStatements(view.m.body, (s) => {
    if (s.kind === 'assign' && s.targets.some((t) => t.kind === 'name' && t.name === size.name)) given.push(s.value);
  });
  const [value] = given;
  return given.length === 1 ? bound(value) : undefined;
}

function bound(e: Expr): Expr | undefined {
  const isRandom = (x: Expr) => x.kind === 'call' && /(^|\.)(random|rand)$/.test(dotted(x.callee) ?? '');
  const one = (x: Expr) => x.kind === 'number' && x.value === 1;
  // Above 1 to begin with: without that the largest is one less.
  if (e.kind === 'binary' && e.op === '+' && (one(e.left) || one(e.right))) {
    const whole = one(e.left) ? e.right : e.left;
    const inner = whole.kind === 'call' && /(^|\.)(floor|int|trunc)$/.test(dotted(whole.callee) ?? '') ? whole.args[0]?.value : undefined;
    if (inner?.kind !== 'binary' || inner.op !== '*') return undefined;
    return isRandom(inner.left) ? inner.right : isRandom(inner.right) ? inner.left : undefined;
  }
  if (e.kind !== 'call' || e.args.length !== 2 || !one(e.args[0].value) || !/(^|\.)randint$/.test(dotted(e.callee) ?? '')) return undefined;
  // Python's is inclusive, NumPy's is not.
  const last = e.args[1].value;
  if (/^(random\.)?randint$/.test(dotted(e.callee) ?? '')) return last;
  return last.kind === 'binary' && last.op === '+' && one(last.right) ? last.left : undefined;
}

/** A number of words as it may be written: a name, an entry, a whole number, half of one. */
function isCount(e: Expr): boolean {
  if (e.kind === 'call') return /(^|\.)(int|len|floor|round|trunc|randint)$/.test(dotted(e.callee) ?? '') || e.args.every((a) => isCount(a.value));
  return e.kind === 'binary' ? !(e.op === '*' && (e.left.kind === 'call' || e.right.kind === 'call')) && isCount(e.left) && isCount(e.right) : e.kind !== 'number' || Number.isInteger(e.value);
}

/** Passed to what draws: `fill_between(x, mean - std, mean + std)`. */
function isDrawn(body: readonly Stmt[], wanted: Expr): boolean {
  let found = false;
  visitStatements(body, (s) => {
    for (const top of expressionsOf(s)) walk(top, (e) => {
      if (e.kind === 'call' && /^(fill_between|plot|errorbar|hlines|vlines|bar|scatter|axhspan|axvspan|set_[xy]lim|[xy]lim|axis)$/.test((e.callee.kind === 'attribute' || e.callee.kind === 'name') ? e.callee.name : '')) walk(e, (x) => { if (x === wanted) found = true; });
    });
  });
  return found;
}

/** `words[i - 1]` or a bound of a slice, not any number that is one less. */
function indexes(body: readonly Stmt[], wanted: Expr): boolean {
  let found = false;
  visitStatements(body, (s) => {
    for (const top of expressionsOf(s)) walk(top, (e) => {
      if (e.kind === 'index') walk(e, (x) => { if (x === wanted) found = true; });
      if (e.kind === 'call' && /range|max/.test(dotted(e.callee) ?? '')) walk(e, (x) => { if (x === wanted) found = true; });
    });
  });
  return found;
}

/** `range(-w, w + 1)`. */
function symmetricRange(e: Expr): Window | null {
  if (e.kind !== 'call' || !/^(range|trange|<range>)$/.test(dotted(e.callee) ?? '') || e.args.length < 2) return null;
  const [a, b] = e.args.map((x) => x.value);
  if (a.kind !== 'unary' || a.op !== '-' || a.operand.kind === 'number') return null;
  const stop = b.kind === 'binary' && b.op === '+' ? b.left : b;
  return shown(stop) === shown(a.operand) ? { at: e, size: a.operand, pairs: null } : null;
}

/** w of `range(w)`, `range(1, w + 1)`. */
function stopOf(e: Expr): Expr | null {
  if (e.kind !== 'call' || !/range/.test(dotted(e.callee) ?? '')) return null;
  const [a, b] = e.args.map((x) => x.value);
  if (!b) return a ?? null;
  return b.kind === 'binary' && b.op === '+' ? b.left : b;
}

function functionsOf(body: readonly Stmt[]): FunctionDefinition[] {
  const out: FunctionDefinition[] = [];
  visitStatements(body, (s) => { if (s.kind === 'function') out.push(s); });
  return out;
}

/** Are pairs kept in a loop inside the one over the words, or once for each word? */
function pairsIn(body: readonly Stmt[], centre: string | null): Window['pairs'] {
  let found: Window['pairs'] = null;
  const lists = new Set<string>();
  visitStatements(body, (s) => {
    for (const top of expressionsOf(s)) walk(top, (e) => {
      if (e.kind === 'call' && e.callee.kind === 'attribute' && /^(append|push|extend)$/.test(e.callee.name) && e.callee.object.kind === 'name') lists.add(e.callee.object.name);
    });
  });
  visitStatements(body, (s, loops) => {
    if (s.kind !== 'expression' && s.kind !== 'yield') return;
    if (!s.value) return;
    let pair = s.kind === 'yield' && isPair(s.value);
    let reversed = pair && isReversed(s.value, lists);
    walk(s.value, (e) => {
      if (e.kind === 'call' && e.callee.kind === 'attribute' && /^(append|push|add|extend)$/.test(e.callee.name) && e.args.some((a) => isPair(a.value))) {
        pair = true;
        reversed ||= e.args.some((a) => isReversed(a.value, lists));
      }
    });
    if (!pair) return;
    const outer = loops.findIndex((l) => l.kind === 'for' && targetsOf(l.target).includes(centre ?? ''));
    const depth = outer < 0 ? loops.length - 1 : loops.length - 1 - outer;
    // The word first, then the list of its neighbours: each of these is predicted.
    const kind = depth >= 1 ? 'each' : reversed ? 'all reversed' : 'all';
    found = found === 'each' ? found : kind;
  });
  return found;
}

function isReversed(e: Expr, lists: ReadonlySet<string>): boolean {
  const [a, b] = e.kind === 'sequence' ? e.items : [];
  const isList = (x: Expr | undefined) => x?.kind === 'name' && lists.has(x.name);
  return isList(b) && !isList(a);
}

function isPair(e: Expr): boolean {
  return e.kind === 'sequence' && e.items.length >= 2 && e.items.length <= 4;
}

function targetsOf(e: Expr): string[] {
  return e.kind === 'name' ? [e.name] : e.kind === 'sequence' ? e.items.flatMap(targetsOf) : [];
}
