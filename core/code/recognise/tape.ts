/** A value's graph as a list of operations, each after its operands: evaluated at many numbers it costs a tenth of a walk over the graph. */
import type { Value } from '../interpret/values';
import { binaryOf, keeps, operationOf, unaryOf } from './graph';

/** Formulas are short; what is made of more is something else. */
const MAX_STEPS = 600;
const MAX_DEPTH = 200;

type Unary = (x: number) => number;
type Binary = (x: number, y: number) => number;

interface Step {
  /** Of the operation that made it, in places of the tape. */
  unary?: Unary;
  binary?: Binary;
  a: number;
  b: number;
  /** c₀ + Σ cᵢ xᵢ, where the operation gives no number. */
  linear?: { constant: number; terms: readonly (readonly [place: number, factor: number])[] };
}

export class Tape {
  /** Where each value stands. */
  readonly places = new Map<Value, number>();
  private readonly steps: (Step | null)[] = [];
  private readonly numbers: number[] = [];
  private readonly given: boolean[] = [];
  private whole = true;

  constructor(v: Value) {
    this.add(v, 0);
  }

  /** The number that the value is when those at `places` are given; NaN where something else is unknown. */
  at(places: readonly number[], given: readonly number[]): number {
    if (!this.whole) return NaN;
    const x = this.numbers;
    const { steps } = this;
    for (let i = 0; i < places.length; i++) {
      x[places[i]] = given[i];
      this.given[places[i]] = true;
    }
    for (let i = 0; i < steps.length; i++) {
      const step = steps[i];
      if (step === null || this.given[i]) continue;
      let y = step.binary ? step.binary(x[step.a], x[step.b]) : step.unary ? step.unary(x[step.a]) : step.a >= 0 ? x[step.a] : NaN;
      if (step.linear && Number.isNaN(y)) {
        y = step.linear.constant;
        for (const [place, factor] of step.linear.terms) y += factor * x[place];
      }
      x[i] = y;
    }
    const out = x[steps.length - 1];
    for (let i = 0; i < places.length; i++) {
      x[places[i]] = NaN;
      this.given[places[i]] = false;
    }
    return out;
  }

  /** The place of `v`, put on the tape after what it is computed from. */
  private add(v: Value, depth: number): number {
    const before = this.places.get(v);
    if (before !== undefined) return before;
    const number = constantOf(v);
    const step = number === null && (v.kind === 'atom' || v.kind === 'linear') ? this.stepOf(v, depth + 1) : null;
    const place = this.steps.length;
    this.places.set(v, place);
    this.steps.push(step);
    this.numbers.push(number ?? NaN);
    this.given.push(false);
    this.whole &&= place < MAX_STEPS;
    return place;
  }

  private stepOf(v: Value, depth: number): Step | null {
    if (!this.whole || this.steps.length > MAX_STEPS || depth > MAX_DEPTH) return null;
    const linear = v.kind === 'linear' ? this.linearOf(v, depth) : undefined;
    const o = operationOf(v);
    const [a, b] = o?.args ?? [];
    const binary = a && b ? binaryOf(o!.op) : null;
    if (binary) return { binary, a: this.add(a, depth), b: this.add(b, depth), linear };
    const unary = a ? unaryOf(o!.op) : null;
    if (unary) return { unary, a: this.add(a, depth), b: -1, linear };
    if (a && keeps(o!)) return { a: this.add(a, depth), b: -1, linear };
    return linear ? { a: -1, b: -1, linear } : null;
  }

  private linearOf(v: Value & { kind: 'linear' }, depth: number): Step['linear'] {
    const constant = (c: { v: Float64Array; index: readonly unknown[] }) => (c.index.length === 0 ? c.v[0] : NaN);
    return { constant: constant(v.constant), terms: [...v.terms].map(([atom, c]) => [this.add(atom, depth), constant(c)] as const) };
  }
}

function constantOf(v: Value): number | null {
  if (v.kind === 'number') return v.value;
  if (v.kind === 'boolean') return Number(v.value);
  return v.kind === 'array' && v.data.length === 1 ? v.data[0] : null;
}

const tapes = new WeakMap<Value, Tape>();

export function tapeOf(v: Value): Tape {
  let known = tapes.get(v);
  if (!known) tapes.set(v, (known = new Tape(v)));
  return known;
}

/** The number that `v` is when those of `known` are given; NaN where something else is unknown. */
export function evaluateAt(v: Value, known: ReadonlyMap<Value, number>): number {
  const tape = tapeOf(v);
  const places: number[] = [];
  const given: number[] = [];
  for (const [value, number] of known) {
    const place = tape.places.get(value);
    if (place === undefined) continue;
    places.push(place);
    given.push(number);
  }
  return tape.at(places, given);
}
