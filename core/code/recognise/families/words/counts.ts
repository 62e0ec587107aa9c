/** Tables of counts of words and what follows them: how they are filled, made probabilities, and used. */
import type { Expr, Span, Stmt } from '../../../parse/ast';
import { dotted } from '../../training/survey';
import type { Clue, FileView } from '../family';
import { expressionsOf, namesIn, shown, visitStatements, walk } from './expressions';

/** What fills a table, and of how many words its keys are; null where that is a variable. */
interface Filling {
  holder: string;
  at: Span;
  order: number | null;
  /** The key is made of neighbours for certain. */
  neighbours: boolean;
  /** The key is made a tuple there. */
  tuple: boolean;
  /** Keeps the words that follow in a list, not their number. */
  list: boolean;
}

const GRAMS: Readonly<Record<string, number | null>> = { ngrams: null, everygrams: null, bigrams: 2, trigrams: 3 };
const COUNTERS = /^(Counter|FreqDist|ConditionalFreqDist)$/;
const LISTS = /^(append|push|extend)$/;
const SAMPLES = /^(choice|choices|multinomial|random_choice|weighted_choice|sample)$/;
/** JavaScript has none of these, so that everybody names his own. */
const OWN_SAMPLES = /^(sample|pick|choose|random|weighted)\w*$/i;

export interface Counts {
  clues: Clue[];
  order: { value: number; at: Span } | null;
}

export function countsOf(view: FileView): Counts {
  const known = cache.get(view);
  if (known) return known;
  const found = find(view);
  cache.set(view, found);
  return found;
}

const cache = new WeakMap<FileView, Counts>();

function find(view: FileView): Counts {
  const adjacent = neighbours(view);
  const all = fillingsOf(view, adjacent);
  const linked = all.filter((f) => f.neighbours);
  // Keys that come from elsewhere, where n-grams are made somewhere.
  const loose = linked.length === 0;
  const fillings = loose && (adjacent.names.size > 0 || adjacent.made || all.some((f) => f.tuple)) ? all.filter((f) => !f.list) : linked;
  if (fillings.length === 0) return { clues: [], order: null };
  const clues: Clue[] = [];
  const [first] = fillings;
  const lists = fillings.every((f) => f.list);
  clues.push({ id: 'counts', weight: lists ? 0.5 : loose ? 0.3 : 0.4, text: lists ? 'keeps what follows each word' : 'counts words by those before them', at: first.at, role: 'anchor' });
  const derived = derivedFrom(view, new Set(fillings.map((f) => f.holder)));
  const use = usesOf(view, derived);
  if (use.ratio) clues.push({ id: 'probability', weight: 0.35, text: 'divides counts by their sum', at: use.ratio, role: 'support' });
  if (use.sampled) clues.push({ id: 'use', weight: lists ? 0.5 : 0.3, text: 'draws the next word by them', at: use.sampled, role: 'support' });
  // Of lists nothing but a draw tells what they are for.
  else if (lists) return { clues, order: null };
  else if (use.logarithm && use.ratio) clues.push({ id: 'use', weight: 0.3, text: 'adds up log probabilities', at: use.logarithm, role: 'support' });
  else if (use.best && use.ratio) clues.push({ id: 'use', weight: 0.2, text: 'takes the most probable word', at: use.best, role: 'support' });
  const named = view.survey.calls.find((s) => /perplexity/i.test(s.name))?.call.callee ?? [...view.survey.functions.values()].find((f) => /perplexity/i.test(f.name))?.nameSpan;
  if (named && !lists) clues.push({ id: 'perplexity', weight: 0.3, text: 'measures perplexity', at: { from: named.from, to: named.to }, role: 'support' });
  const orders = fillings.flatMap((f) => (f.order ? [f] : []));
  const best = orders.sort((a, b) => b.order! - a.order!)[0];
  return { clues, order: best && fillings.every((f) => f.order !== null) ? { value: best.order!, at: best.at } : null };
}

/** Names that stand for words which follow each other. */
function neighbours(view: FileView): { names: Set<string>; grams: Map<string, number | null>; made: boolean } {
  let made = false;
  const names = new Set<string>();
  const grams = new Map<string, number | null>();
  const pair = (target: Expr, source: Expr) => {
    const order = orderOf(source, view);
    if (order === undefined) return;
    if (target.kind === 'sequence') target.items.forEach((t) => { if (t.kind === 'name') names.add(t.name); });
    else if (target.kind === 'name') { names.add(target.name); grams.set(target.name, order); }
  };
  const windows = view.m.language === 'javascript' ? slidingWindows(view) : [];
  for (const { list, item } of windows) for (const name of [list, item]) { names.add(name); grams.set(name, null); }
  if (windows.length > 0) made = true;
  visitStatements(view.m.body, (s) => {
    if (s.kind === 'for') pair(s.target, s.iterable);
    // `for word in words: …; previous = word`
    if (s.kind === 'for' && s.target.kind === 'name') for (const x of s.body) {
      const [t] = x.kind === 'assign' ? x.targets : [];
      if (x.kind === 'assign' && t?.kind === 'name' && x.value.kind === 'name' && x.value.name === s.target.name && t.name !== s.target.name) names.add(t.name);
    }
    if (s.kind === 'assign') for (const t of s.targets) {
      const sliced = sliceOrder(s.value, view);
      const order = sliced === undefined ? orderOf(s.value, view) : sliced;
      if (order !== undefined && t.kind === 'name') { names.add(t.name); grams.set(t.name, order); }
      // `ch1, ch2 = w[i], w[i + 1]`
      if (t.kind === 'sequence' && s.value.kind === 'sequence' && isRun(s.value.items)) t.items.forEach((x) => { if (x.kind === 'name') names.add(x.name); });
      // `here = places[ch1]`
      if (t.kind === 'name' && s.value.kind === 'index' && s.value.items.length === 1 && s.value.items[0].kind === 'name' && names.has(s.value.items[0].name) && !grams.has(s.value.items[0].name)) names.add(t.name);
      // `ix, iy = places[a], places[b]`
      if (t.kind === 'sequence' && s.value.kind === 'sequence' && s.value.items.length === t.items.length && s.value.items.every((v) => v.kind === 'index' && v.items.length === 1 && v.items[0].kind === 'name' && names.has(v.items[0].name))) t.items.forEach((x) => { if (x.kind === 'name') names.add(x.name); });
      // `following = words[i + 1]`
      if (t.kind === 'name' && s.value.kind === 'index' && offset(s.value)) names.add(t.name);
    }
    for (const top of expressionsOf(s)) walk(top, (e) => {
      if (e.kind === 'comprehension') for (const c of e.clauses) pair(c.target, c.iterable);
      if (sliceOrder(e, view) !== undefined || orderOf(e, view) !== undefined || (e.kind === 'sequence' && isRun(e.items)) || isSpan(e)) made = true;
    });
  });
  return { names, grams, made };
}

/** A list that the next word is pushed to and the first one shifted from: the last n words. */
function slidingWindows(view: FileView): { list: string; item: string }[] {
  const pushed = new Map<string, string>();
  const shifted = new Set<string>();
  visitStatements(view.m.body, (s) => {
    for (const top of expressionsOf(s)) walk(top, (e) => {
      if (e.kind !== 'call' || e.callee.kind !== 'attribute') return;
      const list = dotted(e.callee.object)?.split('.').pop();
      if (!list) return;
      const [a] = e.args;
      if (e.callee.name === 'push' && e.args.length === 1 && a.value.kind === 'name') pushed.set(list, a.value.name);
      else if (e.callee.name === 'shift' && e.args.length === 0) shifted.add(list);
    });
  });
  return [...pushed].flatMap(([list, item]) => (shifted.has(list) ? [{ list, item }] : []));
}

/** `range(i, i + n)`. */
function isSpan(e: Expr): boolean {
  if (e.kind !== 'call' || dotted(e.callee) !== 'range' || e.args.length !== 2) return false;
  const [a, b] = e.args.map((x) => x.value);
  return a.kind === 'name' && b.kind === 'binary' && b.op === '+' && shown(b.left) === a.name;
}

/** `words[i + k]`. */
function offset(e: Expr & { kind: 'index' }): boolean {
  const [i] = e.items;
  return e.items.length === 1 && i.kind === 'binary' && (i.op === '+' || i.op === '-') && i.left.kind === 'name';
}

/** `w[i], w[i + 1]`: elements of one list at neighbouring places. */
function isRun(items: readonly Expr[]): boolean {
  const indexed = items.filter((i): i is Expr & { kind: 'index' } => i.kind === 'index' && i.items.length === 1);
  return items.length >= 2 && indexed.length === items.length && new Set(indexed.map((i) => shown(i.object))).size === 1 && indexed.some(offset);
}

/** `zip(w, w[1:])`, `ngrams(w, n)`: of how many words; null for a variable, undefined for anything else. */
function orderOf(e: Expr, view: FileView): number | null | undefined {
  if (e.kind !== 'call') {
    if (e.kind === 'comprehension') return sliceOrder(e.element, view);
    return undefined;
  }
  const name = (dotted(e.callee) ?? '').split('.').pop()!;
  if (Object.hasOwn(GRAMS, name)) {
    const n = e.args[1]?.value;
    return GRAMS[name] ?? (n?.kind === 'number' ? n.value : null);
  }
  if (/^(list|enumerate|tqdm|Counter|set|sorted)$/.test(name) && e.args.length > 0) return orderOf(e.args[0].value, view);
  if (name !== 'zip') return undefined;
  if (e.args.some((a) => a.star === 1)) return e.args.some((a) => a.value.kind === 'comprehension' && a.value.element.kind === 'index') ? null : undefined;
  const shifted = e.args.filter((a) => a.value.kind === 'index' && a.value.items[0]?.kind === 'slice' && a.value.items[0].start).length;
  return shifted > 0 ? e.args.length : undefined;
}

/** `words[i : i + n]`, `tuple(words[i : i + 2])`, `words.slice(i, i + n)`. */
function sliceOrder(e: Expr, view: FileView): number | null | undefined {
  // JavaScript joins a list, Python with a string.
  if (e.kind === 'call' && e.callee.kind === 'attribute' && e.callee.name === 'join' && e.callee.object.kind !== 'string') return sliceOrder(e.callee.object, view);
  if (e.kind === 'call' && e.args.length >= 1 && /^(tuple|join|str)$/.test((dotted(e.callee) ?? '').split('.').pop() || (e.callee.kind === 'attribute' ? e.callee.name : ''))) return sliceOrder(e.args[0].value, view);
  let [start, stop]: (Expr | undefined)[] = [];
  // `_.slice(words, i, i + n)`.
  if (e.kind === 'call' && e.args.length === 3 && /(^|\.)slice$/.test(dotted(e.callee) ?? '')) [start, stop] = e.args.slice(1).map((a) => a.value);
  else  if (e.kind === 'index' && e.items[0]?.kind === 'slice') ({ start, stop } = e.items[0]);
  else if (e.kind === 'call' && e.callee.kind === 'attribute' && /^(slice|substring|substr)$/.test(e.callee.name)) [start, stop] = e.args.map((a) => a.value);
  // JavaScript's chains call the words of the key their order, and keep them under that name.
  const number = (x: Expr): number | null => (view.m.language === 'javascript' && /^(order|n|state_?size)$/i.test(x.kind === 'name' || x.kind === 'attribute' ? x.name : '') ? null : view.constants.number(x)?.value ?? null);
  if (start?.kind === 'name' && stop?.kind === 'binary' && stop.op === '+' && shown(stop.left) === start.name) return number(stop.right);
  if (start?.kind === 'binary' && start.op === '-' && stop?.kind === 'name' && shown(start.left) === stop.name) return number(start.right);
  // `words[i - n + 1 : i]`, `words[max(0, i - n) : i]`.
  if (start && stop && start.kind !== 'number') {
    const [a, b] = [namesIn(start), namesIn(stop)];
    if ([...a].some((n) => b.has(n) && n !== 'self' && n !== 'len') && shown(start) !== shown(stop) && stop.kind !== 'call') return null;
  }
  return undefined;
}

function fillingsOf(view: FileView, adjacent: ReturnType<typeof neighbours>): Filling[] {
  const out: Filling[] = [];
  const isNext = (e: Expr): boolean => [...namesIn(e)].some((n) => adjacent.names.has(n)) || (e.kind === 'index' && (offset(e) || sliceOrder(e, view) !== undefined)) || sliceOrder(e, view) !== undefined;
  const ownMethods = new Set([...view.survey.classes.values()].flatMap((c) => c.body.flatMap((f) => (f.kind === 'function' ? [f.name] : []))));
  /** Keys of `table[a][b]`, `table[a, b]`, outermost last. */
  const rows = new Map<string, { holder: string; keys: Expr[] }>();
  const keysOf = (e: Expr): { holder: string; keys: Expr[] } | null => {
    if (e.kind === 'index') {
      const inner = keysOf(e.object);
      return inner && { holder: inner.holder, keys: [...inner.keys, ...e.items.flatMap((i) => (i.kind === 'sequence' ? i.items : [i]))] };
    }
    // `counts.get(k) || new Map()`, `counts.get(k) ?? 0`.
    if (e.kind === 'logic' && e.op !== 'and') return keysOf(e.left);
    if (e.kind === 'name' && rows.has(e.name)) return rows.get(e.name)!;
    if (e.kind === 'call' && e.callee.kind === 'attribute' && /^(setdefault|get)$/.test(e.callee.name)) {
      const inner = keysOf(e.callee.object);
      return inner && e.args[0] ? { holder: inner.holder, keys: [...inner.keys, e.args[0].value] } : null;
    }
    const name = dotted(e);
    return name === null ? null : { holder: name.split('.').pop()!, keys: [] };
  };
  const add = (holder: string, keys: readonly Expr[], at: Span, list: boolean, last: Expr | null) => {
    const all = last ? [...keys, last] : keys;
    const tuple = all.some((k) => k.kind === 'call' && dotted(k.callee) === 'tuple');
    if (!all.some(isNext)) {
      if (keys.some((k) => k.kind !== 'number' && k.kind !== 'string')) out.push({ holder, at, order: null, neighbours: false, tuple, list });
      return;
    }
    const grams = all.map((k) => (k.kind === 'name' && adjacent.grams.has(k.name) ? adjacent.grams.get(k.name) : sliceOrder(k, view)));
    const sized = grams.some((g) => g !== undefined);
    if (all.length < 2 && !sized) return;
    const order = sized ? (grams.some((g) => g === null) ? null : all.reduce((n, _, i) => n + (grams[i] ?? 1), 0)) : all.length;
    if (order !== null && order < 2) return;
    out.push({ holder, at, order, neighbours: true, tuple, list });
  };
  visitStatements(view.m.body, (s: Stmt) => {
    // `const next = counts.get(key) || new Map()`: a row of the table.
    if (s.kind === 'assign' && s.targets[0]?.kind === 'name') {
      rows.delete(s.targets[0].name);
      const row = view.m.language === 'javascript' ? keysOf(s.value) : null;
      if (row && row.keys.length > 0) rows.set(s.targets[0].name, row);
    }
    if (s.kind === 'augmented' && s.op === '+' && s.target.kind === 'index') {
      const k = keysOf(s.target);
      if (k) add(k.holder, k.keys, s, false, null);
    }
    if (s.kind === 'assign' && s.targets[0]?.kind === 'index') {
      const k = keysOf(s.targets[0]);
      // `table[k] = table.get(k, 0) + 1`, `table[k] = count + 1`.
      if (k && s.value.kind === 'binary' && s.value.op === '+' && s.value.right.kind === 'number' && s.value.right.value === 1) add(k.holder, k.keys, s, false, null);
    }
    for (const top of expressionsOf(s)) walk(top, (e) => {
      if (e.kind !== 'call') return;
      const name = (dotted(e.callee) ?? '').split('.').pop()!;
      if (COUNTERS.test(name) && e.args.length > 0) {
        const source = e.args[0].value;
        const order = source.kind === 'name' && adjacent.grams.has(source.name) ? adjacent.grams.get(source.name) : orderOf(source, view);
        const holder = s.kind === 'assign' ? (dotted(s.targets[0]) ?? '').split('.').pop()! : '';
        if (order !== undefined && holder !== '') out.push({ holder, at: e, order, neighbours: true, tuple: false, list: false });
      }
      // `row.set(word, (row.get(word) ?? 0) + 1)`.
      if (e.callee.kind === 'attribute' && e.callee.name === 'set' && e.args.length === 2 && isOneMore(e.args[1].value, e.callee.object)) {
        const k = keysOf(e.callee.object);
        if (k) add(k.holder, [...k.keys, e.args[0].value], e, false, null);
      }
      if (e.callee.kind !== 'attribute' || e.args.length !== 1) return;
      const value = e.args[0].value;
      const k = keysOf(e.callee.object);
      if (!k || k.keys.length === 0) return;
      // In a row of n words, a class of the file's own counts what follows: `table.get(gram).see(next)`.
      const own = view.m.language === 'javascript' && ownMethods.has(e.callee.name) && k.keys.some(isNext) && isNext(value);
      // Quotients are no words.
      if ((LISTS.test(e.callee.name) && !(value.kind === 'binary' && /^[*/-]$/.test(value.op))) || own) add(k.holder, k.keys, e, true, value);
    });
  });
  return out;
}

/** One more than what the same table holds. */
function isOneMore(e: Expr, table: Expr): boolean {
  if (e.kind !== 'binary' || e.op !== '+' || e.right.kind !== 'number' || e.right.value !== 1) return false;
  const got = e.left.kind === 'logic' ? e.left.left : e.left;
  return got.kind === 'call' && got.callee.kind === 'attribute' && got.callee.name === 'get' && shown(got.callee.object) === shown(table);
}

/** The tables, and what is assigned from them. */
function derivedFrom(view: FileView, tables: ReadonlySet<string>): Set<string> {
  const out = new Set(tables);
  for (let round = 0; round < 3; round++) {
    visitStatements(view.m.body, (s) => {
      const take = (target: Expr, value: Expr) => {
        const names = [...namesIn(value)].map((n) => n.split('.').pop()!);
        if (!names.some((n) => out.has(n))) return;
        const pending = [target];
        for (let t = pending.pop(); t; t = pending.pop()) {
          if (t.kind === 'sequence') pending.push(...t.items);
          else if (t.kind === 'index') pending.push(t.object);
          else { const name = dotted(t)?.split('.').pop(); if (name && name !== 'self' && name.length > 0) out.add(name); }
        }
      };
      if (s.kind === 'assign') for (const t of s.targets) take(t, s.value);
      if (s.kind === 'for') take(s.target, s.iterable);
    });
  }
  return out;
}

function usesOf(view: FileView, derived: ReadonlySet<string>): { ratio: Span | null; sampled: Span | null; logarithm: Span | null; best: Span | null } {
  const out: { ratio: Span | null; sampled: Span | null; logarithm: Span | null; best: Span | null } = { ratio: null, sampled: null, logarithm: null, best: null };
  const javascript = view.m.language === 'javascript';
  const isLog = (e: Expr) => e.kind === 'call' && /(^|\.)log\d*$/.test(dotted(e.callee) ?? '');
  const of = (e: Expr) => [...namesIn(e)].some((n) => derived.has(n.split('.').pop()!));
  visitStatements(view.m.body, (s) => {
    if (s.kind === 'augmented' && s.op === '/' && of(s.target)) out.ratio ??= s;
    for (const top of expressionsOf(s)) walk(top, (e) => {
      if (e.kind === 'binary' && e.op === '/' && of(e)) out.ratio ??= e;
      if (e.kind === 'binary' && e.op === '-' && isLog(e.left) && isLog(e.right) && of(e)) out.ratio ??= e;
      if (e.kind !== 'call') return;
      const path = dotted(e.callee) ?? (e.callee.kind === 'attribute' ? e.callee.name : '');
      const name = path.split('.').pop()!;
      if ((SAMPLES.test(name) || (javascript && OWN_SAMPLES.test(name))) && e.args.some((a) => of(a.value))) out.sampled ??= e;
      // `random() < p` while going through the table: JavaScript has no `choices`.
      if (/^(Math\.random|random\.random|random\.uniform|np\.random\.rand|np\.random\.random)$/.test(path) && derived.size > 0) out.sampled ??= javascript || /random\.(random|uniform)$/.test(path) ? e : out.sampled;
      if (/^(most_common|max|argmax|sorted|nlargest|sort)$/.test(name)) out.best ??= e;
      if (/^(log|log2|log10|logprob|log1p)$/.test(name)) out.logarithm ??= e;
    });
  });
  return out;
}
