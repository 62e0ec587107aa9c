/** Loops that draw from what a model says and give it back what they drew: how an autoregressive model samples. */
import type { Expr, Span, Stmt } from '../../../parse/ast';
import { dotted } from '../../training/survey';
import type { FileView } from '../family';
import { blocksOf, expressionsOf, namesIn, visitStatements, walk } from '../words/expressions';

const DRAWS = /^(multinomial|categorical|choice|choices|argmax|argMax|topk|top_k|bernoulli|sample|sample_next|random_categorical|weighted_pick|predict_classes|gumbel_softmax|sample_from_discretized_mix_logistic|searchsorted|Categorical|pick|sampleFrom\w*|sample_\w+|gumbel|rand_like|randint)$/;
/** Calls that give nothing to a model. */
const OTHERS = /^(print|append|join|item|len|int|str|float|range|max|min|exp|log|sum|softmax|log_softmax|cat|concat|concatenate|stack|squeeze|unsqueeze|reshape|view|to|cpu|cuda|numpy|tolist|write|push|list|tuple|topk|sort|isinstance|format|decode|astype|sub|div|mul|expand_dims|zeros|ones|array|tensor|get|keys|dispose|dataSync|arraySync|tidy|log10|floor|random|where|cumsum|full|zeros_like|clone|extend|insert|divide|multiply|LongTensor|from_numpy|eye|enumerate|tqdm|update|set_description|set_postfix|pad_sequences|no_grad|argmax)$/;

export function feedbackOf(view: FileView): Span | null {
  const known = cache.get(view);
  if (known !== undefined) return known;
  let found: Span | null = null;
  visitStatements(view.m.body, (s) => {
    if (!found && (s.kind === 'for' || s.kind === 'while') && feedsBack(s)) found = { from: s.from, to: s.to };
  });
  cache.set(view, found);
  return found;
}

const cache = new WeakMap<FileView, Span | null>();

/** Loops over rows and columns in which the model sees the whole picture and one place of it is given what was drawn: how a PixelCNN samples. */
export function pixelLoopOf(view: FileView): Span | null {
  let found: Span | null = null;
  const within = (list: readonly Stmt[], indices: readonly string[], loop: Stmt | null): void => {
    for (const s of list) {
      if (s.kind === 'for' && s.target.kind === 'name') within(s.body, [...indices, s.target.name], loop ?? s);
      else for (const block of blocksOf(s)) within(block, s.kind === 'function' || s.kind === 'class' ? [] : indices, s.kind === 'function' || s.kind === 'class' ? null : loop);
      if (s.kind !== 'assign' || indices.length < 2 || !loop || found) continue;
      for (const t of s.targets) {
        if (t.kind !== 'index' || t.object.kind !== 'name') continue;
        const items = t.items.flatMap((i) => (i.kind === 'sequence' ? i.items : [i])).flatMap((i) => (i.kind === 'name' ? [i.name] : []));
        if (new Set(items.filter((i) => indices.includes(i))).size >= 2 && isShown(loop, t.object.name) && loop.kind === 'for' && feedsBack(loop)) found = { from: loop.from, to: loop.to };
      }
    }
  };
  within(view.m.body, [], null);
  return found;
}

/** Is the whole picture an argument of something that predicts in that loop? */
function isShown(loop: Stmt, picture: string): boolean {
  let shown = false;
  visitStatements([loop], (s) => {
    for (const e of expressionsOf(s)) walk(e, (x) => {
      if (x.kind === 'call' && x.args.some((a) => a.value.kind === 'name' && a.value.name === picture) && !OTHERS.test((dotted(x.callee) ?? '').split('.').pop()!) && !DRAWS.test((dotted(x.callee) ?? '').split('.').pop()!)) shown = true;
    });
  });
  return shown;
}

/** Is what is drawn in a turn, or made with it, an argument of a call that stands before the drawing? */
function feedsBack(loop: Stmt & { kind: 'for' | 'while' }): boolean {
  const assigned: { names: string[]; value: Expr; at: number }[] = [];
  const calls: { call: Expr & { kind: 'call' }; name: string }[] = [];
  const statements: Stmt[] = [];
  /** Tests that a statement stands behind: `if index == drawn: word = …` chooses by what was drawn. */
  const tests = new Map<Stmt, Expr[]>();
  const collect = (body: readonly Stmt[], around: Expr[]) => {
    for (const s of body) {
      if (s.kind === 'function' || s.kind === 'class') continue;
      statements.push(s);
      tests.set(s, around);
      for (const block of blocksOf(s)) collect(block, s.kind === 'if' ? [...around, s.test] : around);
    }
  };
  collect(loop.body, []);
  if (statements.length > 120) return false;
  for (const s of statements) {
    if (s.kind === 'assign') {
      assigned.push({ names: s.targets.flatMap(roots), value: s.value, at: s.from });
      // `x[i] = 1`: one-hot.
      for (const t of s.targets) if (t.kind === 'index') assigned.push(...t.items.map((i) => ({ names: roots(t), value: i, at: s.from })));
    }
    if (s.kind === 'augmented') assigned.push({ names: roots(s.target), value: s.value, at: s.from });
    if (s.kind === 'assign') for (const test of tests.get(s)!) if (test.kind === 'compare' && test.op.startsWith('==')) assigned.push({ names: s.targets.flatMap(roots), value: test, at: s.from });
    for (const e of expressionsOf(s)) walk(e, (x) => {
      if (x.kind !== 'call') return;
      const name = (dotted(x.callee) ?? (x.callee.kind === 'attribute' ? x.callee.name : '')).split('.').pop()!;
      calls.push({ call: x, name });
      // `text.append(c)` changes `text`.
      if (x.callee.kind === 'attribute' && /^(append|push|extend|insert)$/.test(name) && x.args.length > 0) assigned.push({ names: roots(x.callee.object), value: x.args[x.args.length - 1].value, at: x.from });
    });
  }
  const draws = calls.filter((c) => DRAWS.test(c.name));
  if (draws.length === 0) return false;
  const first = Math.min(...draws.map((d) => d.call.from));
  // What is made with what was drawn.
  const drawn = new Set<string>();
  const spans = draws.map((d) => d.call);
  for (let round = 0; round < 4; round++) {
    for (const a of assigned) {
      const direct = spans.some((d) => a.value.from <= d.from && d.to <= a.value.to);
      if (direct || [...namesIn(a.value)].some((n) => drawn.has(n))) a.names.forEach((n) => drawn.add(n));
    }
  }
  if (drawn.size === 0) return false;
  // Before the drawing, in it (`argmax(model.predict(x))`), or drawing by itself (`model.predict_classes(x)`).
  const early = (c: { call: Expr }) => c.call.from <= first || spans.some((d) => d.from <= c.call.from && c.call.to <= d.to);
  const models = calls.filter((c) => c.name === 'predict_classes' || (!OTHERS.test(c.name) && !DRAWS.test(c.name) && early(c)));
  if (models.some(({ call }) => call.args.some((a) => [...namesIn(a.value)].some((n) => drawn.has(n))))) return true;
  // `model(x[:, -block:])` behind a name: `context = x[-n:]` first, then the call.
  const views = assigned.filter((a) => a.at < first && [...namesIn(a.value)].some((n) => drawn.has(n))).flatMap((a) => a.names);
  if (models.some(({ call }) => call.args.some((a) => [...namesIn(a.value)].some((n) => views.includes(n))))) return true;
  // Networks written out: `h = tanh(Wx @ x + Wh @ h)`.
  return assigned.some((a) => a.at < first && /[*@]|dot|matmul/.test(products(a.value)) && [...namesIn(a.value)].some((n) => drawn.has(n)));
}

function products(e: Expr): string {
  let out = '';
  walk(e, (x) => {
    if (x.kind === 'binary') out += x.op;
    else if (x.kind === 'call') out += ` ${(dotted(x.callee) ?? '').split('.').pop()!}`;
  });
  return out;
}

/** Names that an assignment changes: of `x[i]` and `x.y` that is x. */
function roots(e: Expr): string[] {
  switch (e.kind) {
    case 'name': return [e.name];
    case 'sequence': return e.items.flatMap(roots);
    case 'index': return roots(e.object);
    case 'attribute': return [e.dotted ?? e.name];
    case 'star': return roots(e.operand);
    default: return [];
  }
}
