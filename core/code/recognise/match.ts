/**
 * Recognises a formula of the literature by its values: the user's expression, as a function of some of the tensors that it is made of, is compared
 * with the formula at a few random points. How it is written, and what the tensors are called, does not matter; a factor or an added constant may be free.
 */
import type { Value } from '../interpret/values';
import { evaluateAt, nodesOf, operandsOf, operationOf } from './graph';

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
const REAL = [[0.53, -0.71, 1.13, -0.29, 0.87], [-0.37, 0.61, 0.23, 0.79, -0.83], [0.91, 0.17, -0.59, -1.07, 0.43], [-0.19, 1.01, 0.67, -0.47, 0.31]];
const MAX_CANDIDATES = 14;
/** Formulas are short; what is made of more is something else. */
const MAX_NODES = 72;
const MAX_TRIALS = 4000;

const domains = { real: (x: number) => x, positive: (x: number) => 0.4 + Math.abs(x), unit: (x: number) => 1 / (1 + Math.exp(-x)) };

/** The template's value at each point. */
const wanted = new WeakMap<Template, number[]>();

function wantedOf(t: Template): number[] {
  let known = wanted.get(t);
  if (!known) wanted.set(t, (known = Array.from({ length: POINTS }, (_, p) => t.value(...t.slots.map((s, i) => domains[s.domain](REAL[i][p]))))));
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
  const { atoms, hides } = expression;
  const candidates = t.slots.map((slot) => (slot.accepts ? atoms.filter(slot.accepts) : atoms));
  if (candidates.some((list) => list.length === 0)) return null;
  let trials = 0;
  const target = wantedOf(t);
  const chosen: Value[] = [];
  const all = hides(v);
  const search = (): Match | null => {
    const slot = t.slots[chosen.length];
    if (!slot) {
      return trials++ < MAX_TRIALS ? fits(v, t, chosen, target) : null;
    }
    const hidden = chosen.reduce((mask, c) => mask | hides(c), 0);
    const last = chosen.length === t.slots.length - 1;
    for (const c of candidates[chosen.length]) {
      const mask = hides(c);
      // Each unknown of the expression must be in, or below, what was given a number, and nothing be given one that is hidden by the rest.
      if ((mask & ~hidden) === 0 || (last && (mask | hidden) !== all) || chosen.some((x) => (hides(x) & ~mask) === 0)) continue;
      chosen.push(c);
      const found = search();
      chosen.pop();
      if (found) return found;
    }
    return null;
  };
  return search();
}

/** What all formulas ask of one value. */
interface Expression {
  /** What may stand in a slot. */
  atoms: readonly Value[];
  /** For each node the unknowns that it is computed from, as bits. */
  hides: (n: Value) => number;
}

const expressions = new WeakMap<Value, Expression | null>();

/** Null where it is larger, or has more unknowns, than any formula. */
function expressionOf(v: Value): Expression | null {
  let known = expressions.get(v);
  if (known === undefined) {
    const nodes = nodesOf(v, MAX_NODES);
    const hides = nodes.length > MAX_NODES ? null : masks(nodes);
    known = hides && { atoms: nodes.filter((n) => n !== v && n.kind === 'atom').slice(0, MAX_CANDIDATES), hides };
    expressions.set(v, known);
  }
  return known;
}

function masks(nodes: readonly Value[]): ((n: Value) => number) | null {
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

function fits(v: Value, t: Template, leaves: readonly Value[], target: readonly number[]): Match | null {
  const at = (p: number) => evaluateAt(v, new Map(leaves.map((leaf, i) => [leaf, domains[t.slots[i].domain](REAL[i][p])])));
  const values: number[] = [];
  let factor = 1;
  let offset = 0;
  // The first points tell what is free; each of the others can already say no.
  const free = t.upTo === 'affine' ? 2 : t.upTo === 'factor' ? 1 : 0;
  for (let p = 0; p < POINTS; p++) {
    const x = at(p);
    if (!Number.isFinite(x)) return null;
    values.push(x);
    if (values.length < free) continue;
    if (values.length === free) {
      if (free === 2) {
        factor = (values[1] - values[0]) / (target[1] - target[0]);
        offset = values[0] - factor * target[0];
      } else factor = values[0] / target[0];
      if (!Number.isFinite(factor) || Math.abs(factor) < 1e-9) return null;
    } else if (!close(x, factor * target[p], offset)) return null;
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
