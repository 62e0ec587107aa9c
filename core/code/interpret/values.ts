/**
 * Values of the abstract interpreter.
 *
 * What is known is a number, string, array, …; what is not is an *atom*: an unknown tensor or scalar with an identity.
 * Between the two stand *linear forms* c₁·a₁ + c₂·a₂ + c₀ over atoms whose coefficients are known, which is what the
 * formulas of diffusion are: √ᾱ_t·x₀ + √(1−ᾱ_t)·ε. A coefficient depends on an unknown index t, so it is evaluated in a
 * few *worlds*: in each of them every atom that serves as an index has another value. Two coefficients that agree in all
 * worlds are taken to be the same function of t; how the user wrote them does not matter.
 */
import type { Origin } from '../types';
import type { ClassDefinition, FunctionDefinition, Expr, Parameter, Span } from '../parse/ast';
import type { LineMap } from '../parse/lines';
import type { Scope } from './scope';

/** Number of worlds. Each index atom takes a permutation of 2 … WORLDS + 1. */
export const WORLDS = 6;

/** Where a number or string was written. Travels with the value through assignments and calls. */
export interface Source {
  span: Span;
  origin: Origin;
  name: string;
  /** In a file of settings that the code names: `span` is of that file. */
  file?: { name: string; lines: LineMap };
  /** Not the user's: put there by the reader to see what follows from an unknown T. */
  assumed?: boolean;
}

/** How a value was computed. */
export interface Provenance {
  op: string;
  args: readonly Value[];
  at: Span;
  /** Of a call that was not entered: what was passed by name (`args` has it too, after the callee and what was passed by position). */
  keywords?: ReadonlyMap<string, Value>;
}

interface Common {
  prov?: Provenance;
  src?: Source;
  /** One of several values that this could be. Good for recognising, too weak to report as a hyper-parameter. */
  joined?: boolean;
}

export type NumberValue = Common & { kind: 'number'; value: number; int: boolean };
export type BooleanValue = Common & { kind: 'boolean'; value: boolean; /** Holds for a generic t only (`t > 0`). */ generic?: boolean };
export type StringValue = Common & { kind: 'string'; value: string };
export type NoneValue = Common & { kind: 'none' };
export type ArrayValue = Common & { kind: 'array'; data: Float64Array; /** At most one axis is longer than 1. */ shape: number[] };
export type Atom = Common & { kind: 'atom'; id: number; /** Its value in each world, where it runs over known numbers. */ worlds?: Float64Array; role: 'parameter' | 'call' | 'noise' | 'index' | 'other'; indexed: boolean };
export type LinearValue = Common & { kind: 'linear'; terms: Map<Atom, Coefficient>; constant: Coefficient };
export type SequenceValue = Common & { kind: 'sequence'; type: 'tuple' | 'list'; items: Value[]; /** Of a named tuple. */ fields?: readonly string[] };
export type DictValue = Common & { kind: 'dict'; entries: Map<string, Value>; keys: Map<string, Value> };
export type FunctionValue = Common & { kind: 'function'; definition: FunctionDefinition | LambdaDefinition; scope: Scope; self?: Value; owner: string };
export type ClassValue = Common & { kind: 'class'; definition: ClassDefinition; scope: Scope; members: Map<string, Value>; bases: Value[]; /** How many classes it inherits from, each counted as often as it is reached. */ ancestors: number };
export type InstanceValue = Common & { kind: 'instance'; class: ClassValue; attributes: Map<string, Value> };
/** A dotted path into something imported: `torch.nn.functional`. */
export type ModuleValue = Common & { kind: 'module'; path: string; /** Of a named tuple's type. */ fields?: readonly string[] };
export type BoundValue = Common & { kind: 'bound'; object: Value; name: string };

export interface LambdaDefinition extends Span {
  kind: 'lambda';
  name: string;
  params: Parameter[];
  body: Expr;
}

export type Value =
  | NumberValue | BooleanValue | StringValue | NoneValue | ArrayValue | Atom | LinearValue | SequenceValue | DictValue
  | FunctionValue | ClassValue | InstanceValue | ModuleValue | BoundValue;

/** A number in each world, and the index vectors that it was read at. */
export interface Coefficient {
  v: Float64Array;
  index: readonly IndexVector[];
}

export interface IndexVector {
  key: string;
  v: Float64Array;
}

export const NO_SPAN: Span = { from: 0, to: 0 };
export const NONE: NoneValue = { kind: 'none' };

export function number(value: number, int = false, prov?: Provenance, src?: Source): NumberValue {
  return { kind: 'number', value, int, prov, src };
}

export function array(data: Float64Array, prov?: Provenance, shape: number[] = [data.length]): ArrayValue {
  return { kind: 'array', data, shape, prov };
}

export function sequence(type: 'tuple' | 'list', items: Value[], prov?: Provenance, fields?: readonly string[]): SequenceValue {
  return { kind: 'sequence', type, items, prov, fields };
}

/** A dict of which every key is known text. */
export function dict(entries: Map<string, Value>, prov?: Provenance): DictValue {
  return { kind: 'dict', entries, keys: new Map([...entries.keys()].map((key): [string, Value] => [key, { kind: 'string', value: key }])), prov };
}

/** Where a number comes from that nobody gave: one of the reader's own, to see what follows. */
export function supposed(name = ''): Source {
  return { span: NO_SPAN, origin: 'default', name, assumed: true };
}

/** End points for a schedule whose own are not known. */
export const SUPPOSED_ENDS = { start: 1.37e-4, stop: 0.0213 } as const;

export function boolean(value: boolean, generic = false): BooleanValue {
  return { kind: 'boolean', value, generic };
}

/** The value and all it was computed from, bounded; used to find where a number inside it was written. */
export function provenanceNodes(value: Value, limit = 4000): Value[] {
  const seen = new Set<Value>([value]);
  for (const v of seen) {
    if (seen.size > limit) break;
    addOrigins(v, seen);
  }
  return [...seen];
}

function addOrigins(v: Value, to: Set<Value>): void {
  if (v.prov) for (const arg of v.prov.args) to.add(arg);
  if (v.kind === 'sequence') for (let i = 0; i < v.items.length && i < 64; i++) to.add(v.items[i]);
}

function someProvenance(value: Value, holds: (v: Value) => boolean, limit = 4000): boolean {
  const seen = new Set<Value>([value]);
  for (const v of seen) {
    if (holds(v)) return true;
    if (seen.size <= limit) addOrigins(v, seen);
  }
  return false;
}

/** Is the value, or anything it was computed from, an assumption of the reader? */
export function isAssumed(value: Value): boolean {
  return someProvenance(value, (v) => v.src?.assumed === true);
}

/** Was any choice between branches left open on the way to this value? */
export function isJoined(value: Value): boolean {
  return someProvenance(value, (v) => v.joined === true);
}

/** How much a value tells; among the values of several branches the one that tells most represents them. */
function weight(v: Value): number {
  switch (v.kind) {
    case 'linear': return 6 + v.terms.size;
    case 'array': return 5;
    case 'atom': return v.role === 'other' ? 3 : 4;
    case 'none': return 0;
    case 'number': case 'boolean': return 1;
    default: return 2;
  }
}

export function join(a: Value, b: Value): Value {
  if (a === b || sameConstant(a, b)) return a;
  const best = weight(b) > weight(a) ? b : a;
  const other = best === a ? b : a;
  // Identity is what binds names to symbols, so atoms and forms are kept as they are.
  if (best.kind === 'atom' || best.kind === 'linear' || best.kind === 'instance') return best;
  return { ...best, joined: true, prov: { op: 'join', args: [best, other], at: best.prov?.at ?? NO_SPAN } };
}

function sameConstant(a: Value, b: Value): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind === 'none') return true;
  if ((a.kind === 'number' || a.kind === 'string' || a.kind === 'boolean') && 'value' in b) return a.value === b.value;
  return false;
}
