/**
 * Recognises a formula of the literature by its values: the user's expression, as a function of some of the tensors that it is made of, is compared
 * with the formula at a few random points. How it is written, and what the tensors are called, does not matter; a factor or an added constant may be free.
 */
import type { Value } from '../interpret/values';
import { nodesOf, operandsOf, operationOf } from './graph';
import { tapeOf } from './tape';

export interface Slot {
  name: string;
  domain: 'real' | 'positive' | 'unit';
  /** Only such values may stand in the slot. */
  accepts?: (v: Value) => boolean;
}

export interface Template {
  id: string;
  slots: readonly Slot[];
  value: (...x: number[]) => number;
  /** What may differ: nothing, a factor, or a factor and an added constant (reductions with a weight, dropped constants). */
  upTo?: 'factor' | 'affine';
  /** Of each group of operations one must be in the expression: a quick no. */
  needs?: readonly (readonly string[])[];
}

export interface Match {
  template: Template;
  /** In the order of the slots. */
  leaves: readonly Value[];
  /** value = factor · formula + offset. */
  factor: number;
  offset: number;
}

const POINTS = 5;
/** Values of the slots at the points: fixed, of no pattern, one row a slot. */
const REAL = [[0.53, -0.71, 1.13, -0.29, 0.87], [-0.37, 0.61, 0.23, 0.79, -0.83], [0.91, 0.17, -0.59, -1.07, 0.43], [-0.19, 1.01, 0.67, -0.47, 0.31], [0.71, -0.43, -0.97, 0.13, 0.59]];
const MAX_CANDIDATES = 14;
/** Formulas are short; what is made of more is something else. */
const MAX_NODES = 72;
const MAX_TRIALS = 4000;

const domains = { real: (x: number) => x, positive: (x: number) => 0.4 + Math.abs(x), unit: (x: number) => 1 / (1 + Math.exp(-x)) };

/** At each point: what its slots are given, and the template's value. */
interface Point {
  given: readonly number[];
  value: number;
}

const points = new WeakMap<Template, readonly Point[]>();

function pointsOf(t: Template): readonly Point[] {
  let known = points.get(t);
  if (!known) {
    known = Array.from({ length: POINTS }, (_, p) => {
      const given = t.slots.map((s, i) => domains[s.domain](REAL[i][p]));
      return { given, value: t.value(...given) };
    });
    points.set(t, known);
  }
  return known;
}

const operations = new WeakMap<Value, ReadonlySet<string>>();

/** All operations in the expression. */
export function operationsIn(v: Value): ReadonlySet<string> {
  let known = operations.get(v);
  if (!known) operations.set(v, (known = listed(v)));
  return known;
}

function listed(v: Value): ReadonlySet<string> {
  return new Set(nodesOf(v).flatMap((n) => {
    const o = operationOf(n);
    return o ? [o.op] : [];
  }));
}

/** The first way in which `v` is the template's formula, or null. */
export function match(v: Value, t: Template): Match | null {
  if (t.needs) {
    const ops = operationsIn(v);
    if (!t.needs.every((group) => group.some((op) => ops.has(op)))) return null;
  }
  const expression = expressionOf(v);
  if (!expression) return null;
  const allowed = t.slots.map(({ accepts }) => accepts && expression.atoms.map(accepts));
  if (allowed.some((list) => list && !list.includes(true))) return null;
  return search({ v, t, expression, allowed, trials: 0 }, [], []);
}

interface Search {
  v: Value;
  t: Template;
  expression: Expression;
  /** For each slot which atoms may stand in it; undefined: all. */
  allowed: readonly (readonly boolean[] | undefined)[];
  trials: number;
}

/** Fills the slots one after the other. `masks`: what each of those that were chosen hides. */
function search(s: Search, chosen: Value[], masks: number[]): Match | null {
  if (chosen.length === s.t.slots.length) return s.trials++ < MAX_TRIALS ? fits(s.v, s.t, chosen) : null;
  const { atoms, masks: hides, all } = s.expression;
  const allowed = s.allowed[chosen.length];
  let hidden = 0;
  for (const m of masks) hidden |= m;
  const last = chosen.length === s.t.slots.length - 1;
  for (let i = 0; i < atoms.length; i++) {
    const mask = hides[i];
    // Each unknown of the expression must be in, or below, what was given a number, and nothing be given one that is hidden by the rest.
    if ((mask & ~hidden) === 0 || (last && (mask | hidden) !== all) || hidesOne(mask, masks) || allowed?.[i] === false) continue;
    chosen.push(atoms[i]);
    masks.push(mask);
    const found = search(s, chosen, masks);
    chosen.pop();
    masks.pop();
    if (found) return found;
  }
  return null;
}

function hidesOne(mask: number, masks: readonly number[]): boolean {
  for (const m of masks) if ((m & ~mask) === 0) return true;
  return false;
}

/** What all formulas ask of one value. */
interface Expression {
  /** What may stand in a slot. */
  atoms: readonly Value[];
  /** For each of these the unknowns that it is computed from, as bits. */
  masks: readonly number[];
  /** The unknowns of the whole. */
  all: number;
}

const expressions = new WeakMap<Value, Expression | null>();

/** Null where it is larger, or has more unknowns, than any formula. */
function expressionOf(v: Value): Expression | null {
  let known = expressions.get(v);
  if (known === undefined) {
    const nodes = nodesOf(v, MAX_NODES);
    const hides = nodes.length > MAX_NODES ? null : hidingIn(nodes);
    const atoms = nodes.filter((n) => n !== v && n.kind === 'atom').slice(0, MAX_CANDIDATES);
    known = hides && { atoms, masks: atoms.map(hides), all: hides(v) };
    expressions.set(v, known);
  }
  return known;
}

function hidingIn(nodes: readonly Value[]): ((n: Value) => number) | null {
  const bits = new Map<Value, number>();
  for (const n of nodes) if (n.kind === 'atom' && operandsOf(n) === null) bits.set(n, bits.size);
  if (bits.size > 30) return null;
  const memo = new Map<Value, number>();
  const of = (n: Value): number => {
    const before = memo.get(n);
    if (before !== undefined) return before;
    const bit = bits.get(n);
    memo.set(n, 0);
    const mask = bit !== undefined ? 1 << bit : (operandsOf(n) ?? []).reduce((m, x) => m | of(x), 0);
    memo.set(n, mask);
    return mask;
  };
  return of;
}

function fits(v: Value, t: Template, leaves: readonly Value[]): Match | null {
  const tape = tapeOf(v);
  const places: number[] = [];
  for (const leaf of leaves) {
    const place = tape.places.get(leaf);
    // Whatever its number, it changes nothing.
    if (place === undefined) return null;
    places.push(place);
  }
  const at = pointsOf(t);
  const values: number[] = [];
  let factor = 1;
  let offset = 0;
  // The first points tell what is free; each of the others can already say no.
  const free = t.upTo === 'affine' ? 2 : t.upTo === 'factor' ? 1 : 0;
  for (let p = 0; p < POINTS; p++) {
    const x = tape.at(places, at[p].given);
    if (!Number.isFinite(x)) return null;
    values.push(x);
    if (values.length < free) continue;
    if (values.length === free) {
      if (free === 2) {
        factor = (values[1] - values[0]) / (at[1].value - at[0].value);
        offset = values[0] - factor * at[0].value;
      } else factor = values[0] / at[0].value;
      if (!Number.isFinite(factor) || Math.abs(factor) < 1e-9) return null;
    } else if (!close(x, factor * at[p].value, offset)) return null;
  }
  return { template: t, leaves: leaves.slice(), factor, offset };
}

/**
 * A small constant inside a logarithm or a variance, put there against division by zero, is no other formula. What counts is the part that
 * changes: next to a large constant anything would be close.
 */
function close(x: number, scaled: number, offset: number): boolean {
  return Math.abs(x - offset - scaled) <= 4e-4 * (Math.abs(x - offset) + Math.abs(scaled)) + 1e-9;
}

/** Of several templates the first that fits. */
export function matchAny(v: Value, templates: readonly Template[]): Match | null {
  for (const t of templates) {
    const found = match(v, t);
    if (found) return found;
  }
  return null;
}
