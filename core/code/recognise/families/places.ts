/** Where the models of one family stand: each clue belongs to a definition, and definitions that are parts of another are that one's. */
import type { Span } from '../../parse/ast';
import type { Clue, Definition, FileView, Place } from './family';

/** Enough evidence. */
export const THRESHOLD = 1;

export interface Placed {
  place: Place;
  clues: Clue[];
  score: number;
}

export function placesOf(view: FileView, clues: readonly Clue[]): Placed[] {
  if (scoreOf(clues) < THRESHOLD) return [];
  const anchors = clues.filter((c) => c.role === 'anchor');
  if (anchors.length === 0) return [];
  const byTop = new Map<Definition | null, Clue[]>();
  for (const c of anchors) {
    const d = view.topOf(c.at);
    byTop.set(d, [...(byTop.get(d) ?? []), c]);
  }
  const classes = [...byTop.keys()].filter((d): d is Definition => d?.kind === 'class');
  if (classes.length === 0) return [outsideClasses(view, byTop, clues)];
  const owners = models(view, classes, byTop);
  return owners.flatMap((d): Placed[] => {
    const others = new Set<Clue>(owners.filter((o) => o !== d).flatMap((o) => partsOf(view, o, classes).flatMap((p) => byTop.get(p) ?? [])));
    const own = clues.filter((c) => !others.has(c));
    const score = scoreOf(own);
    return score < THRESHOLD ? [] : [{ place: { kind: 'class', name: d.name, definition: d, span: d }, clues: own, score }];
  });
}

/** Each kind of evidence once, the heaviest of it. */
export function scoreOf(clues: readonly Clue[]): number {
  const best = new Map<string, number>();
  for (const c of clues) {
    const old = best.get(c.id);
    best.set(c.id, old === undefined ? c.weight : Math.abs(c.weight) > Math.abs(old) ? c.weight : old);
  }
  return [...best.values()].reduce((a, b) => a + b, 0);
}

/** Classes that stand for a model each: those with evidence, less what is a part of another. */
function models(view: FileView, classes: readonly Definition[], byTop: ReadonlyMap<Definition | null, Clue[]>): Definition[] {
  const ids = (d: Definition) => new Set((byTop.get(d) ?? []).map((c) => c.id));
  const weight = (d: Definition) => scoreOf(byTop.get(d) ?? []);
  const inner = classes.filter((d) => classes.some((o) => o !== d && uses(view, o, d)));
  let left = classes.filter((d) => !inner.includes(d));
  // Two classes that build each other.
  if (left.length === 0) left = [...classes];
  left.sort((a, b) => weight(b) - weight(a));
  const kept: Definition[] = [];
  for (const d of left) {
    // The same kind of evidence as another class: a second model. Other kinds: a part of the same.
    const own = ids(d);
    if (kept.length === 0 || kept.some((k) => [...ids(k)].some((id) => own.has(id)))) kept.push(d);
  }
  return kept.sort((a, b) => a.from - b.from);
}

/** Does class `outer` build on `inner`: by instantiating it, or as its child? */
function uses(view: FileView, outer: Definition, inner: Definition): boolean {
  if (outer.kind === 'class' && outer.bases.some((b) => b.kind === 'name' && b.name === inner.name)) return false;
  return view.survey.calls.some((s) => s.name === inner.name && s.definitions.includes(outer));
}

function partsOf(view: FileView, d: Definition, classes: readonly Definition[]): Definition[] {
  return [d, ...classes.filter((c) => c !== d && uses(view, d, c))];
}

/** No class: the module where it holds evidence itself, else the function that holds most. */
function outsideClasses(view: FileView, byTop: ReadonlyMap<Definition | null, Clue[]>, clues: readonly Clue[]): Placed {
  const score = scoreOf(clues);
  const module = byTop.get(null);
  if (module) {
    const [first] = [...module].sort((a, b) => a.at.from - b.at.from);
    return { place: { kind: 'script', name: 'script', definition: null, span: statementAt(view, first.at) }, clues: [...clues], score };
  }
  const functions = [...byTop].sort((a, b) => scoreOf(b[1]) - scoreOf(a[1]) || a[0]!.from - b[0]!.from);
  // What builds on the others is the model; a helper is a part of it.
  const [best] = functions.filter(([d]) => !functions.some(([o]) => o !== d && uses(view, o!, d!))).concat(functions);
  const d = best[0]!;
  return { place: { kind: 'function', name: d.name, definition: d, span: d }, clues: [...clues], score };
}

export function statementAt(view: FileView, at: Span): Span {
  const s = view.m.body.find((x) => x.from <= at.from && at.from < x.to);
  return s && s.to - s.from < 2000 ? s : at;
}
