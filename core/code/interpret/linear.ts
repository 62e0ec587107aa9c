/** Arithmetic of linear forms over atoms, with coefficients that are numbers in each world. */
import type { ArrayValue, Atom, Coefficient, IndexVector, LinearValue, NumberValue, Provenance, Value } from './values';
import { WORLDS } from './values';

export type Form = { terms: Map<Atom, Coefficient>; constant: Coefficient };

export function constant(value: number): Coefficient {
  return { v: new Float64Array(WORLDS).fill(value), index: [] };
}

/** The value of an index atom in each world: a permutation, so that two index atoms differ in most worlds. */
export function worldsOf(atom: Atom): Float64Array {
  if (atom.worlds) return atom.worlds;
  const order = Array.from({ length: WORLDS }, (_, i) => i);
  let seed = (Math.imul(atom.id + 1, 2654435761) >>> 0) || 1;
  for (let i = WORLDS - 1; i > 0; i--) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    const j = Math.floor((seed / 4294967296) * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return Float64Array.from(order, (x) => x + 2);
}

/** As a form, or null for what is no number. */
export function asForm(value: Value): Form | null {
  switch (value.kind) {
    case 'number': return { terms: new Map(), constant: constant(value.value) };
    case 'boolean': return { terms: new Map(), constant: constant(value.value ? 1 : 0) };
    case 'atom': return { terms: new Map([[value, constant(1)]]), constant: constant(0) };
    case 'linear': return value;
    case 'array': return value.data.length === 1 ? { terms: new Map(), constant: constant(value.data[0]) } : null;
    default: return null;
  }
}

export function isConstant(form: Form): boolean {
  return form.terms.size === 0;
}

/** Back to a value: a number where nothing unknown is left, the atom itself where that is all there is. */
export function fromForm(form: Form, prov: Provenance): Value {
  const terms = new Map([...form.terms].filter(([, c]) => c.v.some((x) => x !== 0)));
  const { v, index } = form.constant;
  if (terms.size === 0 && index.length === 0 && v.every((x) => x === v[0])) return { kind: 'number', value: v[0], int: false, prov } satisfies NumberValue;
  if (terms.size === 1 && v.every((x) => x === 0)) {
    const [[atom, c]] = terms;
    if (c.index.length === 0 && c.v.every((x) => x === 1)) return atom;
  }
  return { kind: 'linear', terms, constant: form.constant, prov } satisfies LinearValue;
}

export function map(c: Coefficient, f: (x: number) => number): Coefficient {
  return { v: c.v.map(f), index: c.index };
}

export function zip(a: Coefficient, b: Coefficient, f: (x: number, y: number) => number): Coefficient {
  const index = a.index.length === 0 ? b.index : b.index.length === 0 ? a.index : mergeIndex(a.index, b.index);
  return { v: a.v.map((x, i) => f(x, b.v[i])), index };
}

function mergeIndex(a: readonly IndexVector[], b: readonly IndexVector[]): readonly IndexVector[] {
  const out = [...a];
  for (const i of b) if (!out.some((o) => o.key === i.key)) out.push(i);
  return out;
}

export function add(a: Form, b: Form, sign: 1 | -1): Form {
  const terms = new Map(a.terms);
  for (const [atom, c] of b.terms) {
    const old = terms.get(atom) ?? constant(0);
    terms.set(atom, zip(old, c, (x, y) => x + sign * y));
  }
  return { terms, constant: zip(a.constant, b.constant, (x, y) => x + sign * y) };
}

export function scale(a: Form, c: Coefficient, f: (x: number, y: number) => number): Form {
  return { terms: new Map([...a.terms].map(([atom, k]) => [atom, zip(k, c, f)])), constant: zip(a.constant, c, f) };
}

/** Index vector of a form used as a subscript: its value in each world. Marks its atoms as indices. */
export function indexVector(form: Form): IndexVector | null {
  const v = Float64Array.from(form.constant.v);
  for (const [atom, c] of form.terms) {
    const worlds = worldsOf(atom);
    for (let w = 0; w < WORLDS; w++) v[w] += c.v[w] * worlds[w];
  }
  if (!v.every((x) => Number.isInteger(x))) return null;
  for (const atom of form.terms.keys()) atom.indexed = true;
  return { key: [...v].join(), v };
}

/** `array[index]` for an unknown index; outside the array the world says nothing (NaN). */
export function gather(data: ArrayValue, index: IndexVector): Coefficient {
  const v = index.v.map((i) => (i >= 0 && i < data.data.length ? data.data[i] : NaN));
  return { v, index: [index] };
}
