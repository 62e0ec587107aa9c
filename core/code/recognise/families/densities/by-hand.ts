/** Attention that is written out without a library, place by place: over what was kept of the places before, or over all up to its own. */
import { walkExpressions, type Expr, type FunctionDefinition, type Span, type Stmt } from '../../../parse/ast';
import { dotted } from '../../training/survey';
import type { Clue, FileView } from '../family';
import { blocksOf, expressionsOf, namesIn, shown, visitStatements, walk } from '../words/expressions';
import { feedbackOf } from './feedback';

/** Longer functions are no single step of a model. */
const MAX_STATEMENTS = 200;

export function attentionClues(view: FileView): Clue[] {
  if (!view.words.has('push') && !view.words.has('append') && !view.words.has('exp')) return [];
  const functions = functionsOf(view.m.body);
  const found = functions.flatMap(({ definition, around }): { at: Span; definition: FunctionDefinition }[] => {
    const statements = flat(definition.body);
    if (statements.length > MAX_STATEMENTS) return [];
    const at = keptBefore(view, statements, new Set([...around, ...definition.params.map((p) => p.name)])) ?? upToItself(view, definition.body);
    return at ? [{ at, definition }] : [];
  });
  // A function around another has its statements as well.
  const [inner] = found.sort((a, b) => length(a.definition) - length(b.definition));
  if (!inner) return [];
  const out: Clue[] = [{ id: 'causal', weight: 0.6, text: 'attends to what is before only', at: inner.at, role: 'anchor' }];
  const lookup = lookedUp(functions.map((f) => f.definition), inner.definition);
  if (lookup) out.push({ id: 'lookup', weight: 0.2, text: 'looks up the vector of a symbol', at: lookup, role: 'support' });
  const next = nextOf(view);
  if (next) out.push({ id: 'loss', weight: 0.4, text: 'is trained on the next symbol', at: next, role: 'support' });
  const loop = feedbackOf(view);
  if (loop) out.push({ id: 'feedback', weight: 0.4, text: 'draws symbols, and takes them in again', at: loop, role: 'support' });
  return out;
}

function length(s: Span): number {
  return s.to - s.from;
}

/** Every function, methods and those inside others too, with the parameters of those around it. */
function functionsOf(body: readonly Stmt[], around: readonly string[] = []): { definition: FunctionDefinition; around: readonly string[] }[] {
  return body.flatMap((s) => {
    const inner = s.kind === 'function' ? [...around, ...s.params.map((p) => p.name)] : around;
    const below = blocksOf(s).flatMap((b) => functionsOf(b, inner));
    return s.kind === 'function' ? [{ definition: s, around }, ...below] : below;
  });
}

/** In their order, without those of functions inside. */
function flat(body: readonly Stmt[]): Stmt[] {
  return body.flatMap((s) => (s.kind === 'function' || s.kind === 'class' ? [] : [s, ...blocksOf(s).flatMap(flat)]));
}

function rootOf(e: Expr): string | null {
  if (e.kind === 'index') return rootOf(e.object);
  return e.kind === 'name' ? e.name : e.kind === 'attribute' ? e.dotted ?? e.name : null;
}

/** Names in an expression, those in callbacks too. */
function namesWithin(e: Expr): Set<string> {
  const out = namesIn(e);
  walk(e, (x) => {
    if (x.kind === 'function') walkExpressions(x.definition.body, (y) => { if (y.kind === 'name') out.add(y.name); });
  });
  return out;
}

/** What a call appends to: `keys[layer].push(k)`. */
function grown(e: Expr): { list: string; value: Expr } | null {
  if (e.kind !== 'call' || e.callee.kind !== 'attribute' || !/^(push|append)$/.test(e.callee.name) || e.args.length !== 1) return null;
  const list = rootOf(e.callee.object);
  return list === null ? null : { list, value: e.args[0].value };
}

/** `keys.push(k); values.push(v)` of lists that outlive the call; then weights from all the keys, which sum to one, and with them a sum of all the values. */
function keptBefore(view: FileView, statements: readonly Stmt[], parameters: ReadonlySet<string>): Span | null {
  const kept = new Set<string>();
  for (const s of statements) {
    const g = s.kind === 'expression' ? grown(s.value) : null;
    if (g && (parameters.has(g.list) || g.list.includes('.')) && g.value.kind === 'name') kept.add(g.list);
  }
  if (kept.size < 2) return null;
  /** What each name is made of, in the order of the statements. */
  const made = new Map<string, Set<string>>([...kept].map((k) => [k, new Set([k])]));
  const sources = (names: Iterable<string>) => new Set([...names].flatMap((n) => [...made.get(n) ?? []]));
  /** Names of weights, and the list that they were made of. */
  const weights = new Map<string, string>();
  for (const s of statements) {
    const names = new Set(expressionsOf(s).flatMap((e) => [...namesWithin(e)]));
    for (const [w, list] of weights) if (names.has(w) && [...sources(names)].some((v) => v !== list)) return { from: s.from, to: s.to };
    const g = s.kind === 'expression' ? grown(s.value) : null;
    const [targets, value] = s.kind === 'assign' ? [s.targets.map(rootOf), s.value] : s.kind === 'for' ? [[...namesIn(s.target)], s.iterable] : g ? [[g.list], g.value] : [[], null];
    if (!value || (g && kept.has(g.list))) continue;
    const from = sources(namesWithin(value));
    const sums = s.kind === 'assign' && from.size === 1 && isSoftmax(view, value);
    for (const t of targets) {
      if (t === null || kept.has(t)) continue;
      if (sums) weights.set(t, [...from][0]);
      else made.set(t, s.kind === 'assign' && s.targets[0]?.kind === 'name' ? from : new Set([...made.get(t) ?? [], ...from]));
    }
  }
  return null;
}

/** `for i …: for j ≤ i: s[j] = q[i] · k[j]`, then weights from s that sum to one, and a sum by them. */
function upToItself(view: FileView, body: readonly Stmt[]): Span | null {
  let found: Span | null = null;
  visitStatements(body, (s, loops) => {
    if (found || s.kind !== 'for' || s.iterable.kind !== 'call' || !/^<?range>?$/.test(dotted(s.iterable.callee) ?? '')) return;
    const stop = s.iterable.args.at(s.iterable.args.length === 1 ? 0 : 1)?.value;
    if (stop?.kind !== 'binary' || stop.op !== '+' || stop.left.kind !== 'name' || !(stop.right.kind === 'number' && stop.right.value === 1)) return;
    const place = stop.left.name;
    const outer = loops.find((l) => l.kind === 'for' && l.target.kind === 'name' && l.target.name === place);
    if (outer?.kind !== 'for') return;
    const j = s.target.kind === 'name' ? s.target.name : '';
    if (!flat(s.body).some((x) => expressionsOf(x).some((e) => pairs(e, place, j)))) return;
    const scores = new Set(flat(s.body).flatMap((x) => (x.kind === 'assign' ? x.targets.map(rootOf) : x.kind === 'expression' ? [grown(x.value)?.list ?? null] : [])));
    const after = flat(outer.body).filter((x) => x.from >= s.to);
    const weight = after.find((x) => x.kind === 'assign' && [...namesIn(x.value)].some((n) => scores.has(n)) && isSoftmax(view, x.value));
    const target = weight?.kind === 'assign' ? weight.targets.at(0) : undefined;
    const w = target ? rootOf(target) : null;
    if (w !== null && after.some((x) => x !== weight && expressionsOf(x).some((e) => namesIn(e).has(w) && multiplies(e)))) found = { from: s.from, to: s.to };
  });
  return found;
}

/** `q[i] · k[j]`. */
function pairs(e: Expr, i: string, j: string): boolean {
  let found = false;
  const at = (x: Expr, index: string, other: string) => x.kind !== 'binary' && namesWithin(x).has(index) && !namesWithin(x).has(other) && holdsIndex(x);
  const product = (a: Expr, b: Expr) => { found ||= (at(a, i, j) && at(b, j, i)) || (at(a, j, i) && at(b, i, j)); };
  walk(e, (x) => {
    if (x.kind === 'binary' && /^[*@]$/.test(x.op)) product(x.left, x.right);
    else if (x.kind === 'call' && x.callee.kind === 'attribute' && /^(mul|dot)$/.test(x.callee.name) && x.args.length === 1) product(x.callee.object, x.args[0].value);
    else if (x.kind === 'call' && x.args.length >= 2) product(x.args[0].value, x.args[1].value);
  });
  return found;
}

function holdsIndex(e: Expr): boolean {
  let found = false;
  walk(e, (x) => { found ||= x.kind === 'index'; });
  return found;
}

function multiplies(e: Expr): boolean {
  let found = false;
  walk(e, (x) => { found ||= (x.kind === 'binary' && x.op === '*') || (x.kind === 'call' && x.callee.kind === 'attribute' && /^(mul|dot)$/.test(x.callee.name)); });
  return found;
}

/** A call of that name, or of a function of the file that divides exponentials. */
function isSoftmax(view: FileView, e: Expr): boolean {
  let found = false;
  walk(e, (x) => {
    if (x.kind !== 'call' || found) return;
    const name = (dotted(x.callee) ?? (x.callee.kind === 'attribute' ? x.callee.name : '')).split('.').pop()!;
    const own = view.survey.functions.get(name);
    found = /softmax/i.test(name) || (own !== undefined && dividesExponentials(own));
  });
  return found;
}

function dividesExponentials(f: FunctionDefinition): boolean {
  let exponentials = false;
  let divides = false;
  for (const s of flat(f.body)) {
    if (s.kind === 'augmented' && s.op === '/') divides = true;
    for (const top of expressionsOf(s)) walk(top, (e) => {
      if (e.kind === 'binary' && e.op === '/') divides = true;
      if (e.kind !== 'call') return;
      const name = (dotted(e.callee) ?? (e.callee.kind === 'attribute' ? e.callee.name : '')).split('.').pop()!;
      if (name === 'exp') exponentials = true;
      if (name === 'div') divides = true;
    });
  }
  return exponentials && divides;
}

/** `table[token]` by a parameter, or by one entry of one: `table[tokens[i]]`. */
function lookedUp(functions: readonly FunctionDefinition[], model: FunctionDefinition): Span | null {
  let found: Span | null = null;
  for (const f of functions) {
    const parameters = new Set(f.params.map((p) => p.name));
    const isSymbol = (e: Expr): boolean => (e.kind === 'name' ? f === model && parameters.has(e.name) : e.kind === 'index' && e.object.kind === 'name' && parameters.has(e.object.name) && e.items.length === 1 && e.items[0].kind === 'name');
    for (const s of flat(f.body)) for (const top of expressionsOf(s)) walk(top, (e) => { if (e.kind === 'index' && e.items.length === 1 && isSymbol(e.items[0])) found ??= e; });
  }
  return found;
}

/** `tokens[i]` and `tokens[i + 1]` in one block where a logarithm is taken, or `ids.slice(0, -1)` and `ids.slice(1)`. */
function nextOf(view: FileView): Span | null {
  let found: Span | null = null;
  const here = new Set<string>();
  const next = new Map<string, Span>();
  visitStatements(view.m.body, (s, loops) => {
    const block = loops.at(-1)?.from ?? -1;
    for (const top of expressionsOf(s)) walk(top, (e) => {
      if (e.kind === 'index' && e.items.length === 1 && block >= 0) {
        const [i] = e.items;
        if (i.kind === 'name') here.add(`${block} ${shown(e.object)}[${i.name}]`);
        else if (i.kind === 'binary' && i.op === '+' && i.left.kind === 'name' && i.right.kind === 'number' && i.right.value === 1) next.set(`${block} ${shown(e.object)}[${i.left.name}]`, e);
      }
      if (e.kind !== 'call' || e.callee.kind !== 'attribute' || e.callee.name !== 'slice') return;
      const [a, b] = e.args.map((x) => (x.value.kind === 'unary' && x.value.op === '-' && x.value.operand.kind === 'number' ? -x.value.operand.value : x.value.kind === 'number' ? x.value.value : NaN));
      if (a === 0 && b === -1) here.add(`slice ${shown(e.callee.object)}`);
      if (a === 1 && e.args.length === 1) next.set(`slice ${shown(e.callee.object)}`, e);
    });
  });
  for (const [key, at] of next) if (here.has(key)) found ??= at;
  return found && view.words.has('log') ? found : null;
}
