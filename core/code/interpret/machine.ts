/** State of one run of the interpreter: budget, atoms, assumptions, and the trace that recognition reads. */
import type { Siblings } from '../configs/siblings';
import type { Expr, Span, Stmt } from '../parse/ast';
import { Scope } from './scope';
import type { Atom, ClassValue, FunctionValue, InstanceValue, LinearValue, ArrayValue, Provenance, Value, SequenceValue } from './values';

/** Thrown and caught inside core/code only: the run ends, what was seen so far stands. */
export class BudgetExceeded extends Error {}

export interface Frame {
  scope: Scope;
  returns: Value[];
  self: InstanceValue | null;
}

/** A name or dotted name in the text, with the values it was seen to have. */
export interface Occurrence extends Span {
  name: string;
  owner: string;
  values: Value[];
}

/** Something computed, where, and inside which definition. */
export interface Observation<V> {
  value: V;
  at: Span;
  owner: string;
  /** Top-level definition that was being run; empty for the module itself. */
  unit?: string;
}

export interface Trace {
  occurrences: Map<number, Occurrence>;
  forms: Observation<LinearValue>[];
  arrays: Observation<ArrayValue>[];
  /** Differences that a loss squares: (prediction, target). */
  losses: Observation<[Value, Value]>[];
  /** Unknown indices and the arrays that they were used on. */
  gathers: { value: Value; data: Float64Array }[];
  /** Loops over falling numbers, with the values of the loop variables. */
  reverseLoops: Observation<Value>[];
  /** A constant string compared with a literal: how options choose branches. */
  decisions: Observation<Value>[];
  /** Same-file classes that are instantiated. */
  instantiations: { class: ClassValue; args: CallArguments; at: Span; owner: string }[];
  /** Calls of a scheduler's methods on an unknown object. */
  methods: (Observation<Value> & { name: string; args: CallArguments; result: Value })[];
  /** What operators and calls made of unknowns, where they stand: the first few times that each was run. */
  computed: Observation<Value>[];
  /** Calls of imported names, by path. */
  imported: { path: string; args: CallArguments; at: Span; owner: string; call: Expr }[];
}

export interface CallArguments {
  positional: Value[];
  keywords: ReadonlyMap<string, Value>;
  keywordSpans: ReadonlyMap<string, Span>;
  /** Something was passed that could not be read: `*args`, `**kwargs`. */
  open: boolean;
}

/** What an atom could be, learnt from its use: a length, the betas, an end point of a schedule. */
export type AssumptionKind = 'size' | 'betas' | 'start' | 'stop';

export interface Limits {
  steps: number;
  elements: number;
}

export type Language = 'python' | 'javascript';

export const DEFAULT_LIMITS: Limits = { steps: 150_000, elements: 4_000_000 };
const VALUE = 8;
const MAX_OBSERVATIONS = 20_000;
/** Numbers in all arrays that are kept. */
const MAX_OBSERVED = 2_000_000;
const MAX_VALUES = 6;
/** Of one expression: a helper that is called from many places is seen with a few of its arguments. */
const MAX_TIMES = 3;

export class Machine {
  readonly trace: Trace = {
    occurrences: new Map(), forms: [], arrays: [], computed: [], losses: [], gathers: [], reverseLoops: [], decisions: [], instantiations: [], methods: [], imported: [],
  };
  /** Atoms that turned out to be lengths or betas, by the place where they come into being. */
  readonly wanted = new Map<string, AssumptionKind>();
  atoms = 0;
  depth = 0;
  /** Lexical owner of what runs now. */
  owner = '';
  /** See `Observation.unit`. */
  unit = '';
  readonly stack: unknown[] = [];
  /** Definitions that were run. */
  readonly entered = new Set<unknown>();
  /** Functions that came into being as values (in Python: inside of others); those that nothing calls are run by themselves. */
  readonly closures = new Map<unknown, FunctionValue>();
  readonly module: Scope = new Scope(null, '');
  /** Of absl and TensorFlow, by name. */
  readonly flags = new Map<string, Value>();
  private readonly attributes = new Map<Atom, Map<string, Value>>();
  private readonly times = new Map<number, number>();
  private readonly limits: Limits;
  private observed = 0;

  constructor(
    readonly body: Stmt[],
    /** Values put in the place of atoms, by span key. */
    readonly assumptions: ReadonlyMap<string, Value> = new Map(),
    limits: Limits = DEFAULT_LIMITS,
    readonly language: Language = 'python',
    /** Files of settings that the code names. */
    readonly siblings?: Siblings,
  ) {
    this.limits = { ...limits };
  }

  refill(limits: Limits): void {
    this.limits.steps = limits.steps;
    this.limits.elements = limits.elements;
  }

  get left(): Readonly<Limits> {
    return this.limits;
  }

  step(): void {
    if (--this.limits.steps < 0) throw new BudgetExceeded();
  }

  spend(elements: number): void {
    if ((this.limits.elements -= elements) < 0) throw new BudgetExceeded();
  }

  /** Values of their own instead of numbers in one array cost as much as several of these. */
  spendValues(count: number): void {
    this.spend(VALUE * count);
  }

  /** An unknown. If an assumption is made about this place, the assumed value instead. */
  atom(role: Atom['role'], prov: Provenance): Value {
    const assumed = this.assumptions.get(spanKey(prov.at));
    if (assumed && (role === 'parameter' || role === 'call' || role === 'other')) return assumed;
    return { kind: 'atom', id: this.atoms++, role, indexed: role === 'index', prov };
  }

  want(value: Value, kind: AssumptionKind): void {
    const atom = value.kind === 'atom' ? value : value.kind === 'linear' && value.terms.size === 1 ? [...value.terms.keys()][0] : null;
    if (atom?.prov && atom.role !== 'noise' && atom.role !== 'index') {
      const key = spanKey(atom.prov.at);
      // What is a length somewhere is a number of steps, though another array starts or ends with it.
      if (!this.wanted.has(key) || (kind === 'size' && this.wanted.get(key) !== 'betas')) this.wanted.set(key, kind);
    }
  }

  /** Attributes of an unknown object are unknown but stay the same. */
  attributeOf(atom: Atom, name: string, at: Span): Value {
    let known = this.attributes.get(atom);
    if (!known) this.attributes.set(atom, (known = new Map()));
    let value = known.get(name);
    if (!value) known.set(name, (value = this.atom('other', { op: `attribute ${name}`, args: [atom], at })));
    return value;
  }

  /** So are its entries at a constant place: `out['mu']`, `stats[0]`. */
  entryOf(atom: Atom, key: string, prov: Provenance): Value {
    let known = this.attributes.get(atom);
    if (!known) this.attributes.set(atom, (known = new Map()));
    let value = known.get(key);
    if (!value) known.set(key, (value = this.atom('other', prov)));
    return value;
  }

  occurrence(name: string, at: Span, owner: string, value: Value): void {
    // What the lowering put there stands nowhere in the text.
    if (at.to <= at.from) return;
    // `self.betas` and `self` begin at the same place: the length tells them apart.
    const key = at.from * 1024 + Math.min(at.to - at.from, 1023);
    let seen = this.trace.occurrences.get(key);
    if (!seen) {
      if (this.trace.occurrences.size >= MAX_OBSERVATIONS) return;
      this.trace.occurrences.set(key, (seen = { name, from: at.from, to: at.to, owner, values: [] }));
    }
    if (seen.values.length < MAX_VALUES && !seen.values.includes(value)) seen.values.push(value);
  }

  /** Keeps what an expression made, if it made something unknown. */
  made(value: Value, at: Span, owner: string): void {
    if ((value.kind !== 'atom' && value.kind !== 'linear') || value.prov?.at.from !== at.from || value.prov.at.to !== at.to) return;
    const key = at.from * 1024 + Math.min(at.to - at.from, 1023);
    const times = this.times.get(key) ?? 0;
    if (times >= MAX_TIMES) return;
    this.times.set(key, times + 1);
    push(this.trace.computed, { value, at: { from: at.from, to: at.to }, owner, unit: this.unit });
  }

  observe(value: Value, at: Span, owner: string): void {
    if (value.kind === 'linear' && value.terms.size >= 2) push(this.trace.forms, { value, at, owner, unit: this.unit });
    else if (value.kind === 'array' && value.data.length >= 3 && (this.observed += value.data.length) <= MAX_OBSERVED) push(this.trace.arrays, { value, at, owner, unit: this.unit });
  }
}

export function push<V>(list: V[], item: V): void {
  if (list.length < MAX_OBSERVATIONS) list.push(item);
}

export function spanKey(span: Span): string {
  return `${span.from}:${span.to}`;
}

export function isNumberSequence(value: Value): value is SequenceValue {
  return value.kind === 'sequence' && value.items.length > 0 && value.items.every((v) => v.kind === 'number');
}
