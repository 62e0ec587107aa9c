/**
 * Runs a file: the module as a script, then each function and each class by itself with unknown arguments. Unknowns that
 * turn out to be a number of steps or the betas are then given values and the file is run again: the formulas around
 * them can be recognised at any value, and nothing that depends on an assumed value is reported.
 */
import type { ClassDefinition, FunctionDefinition, Stmt } from '../parse/ast';
import { withPrototypes } from '../parse/javascript-prototypes';
import { callFunction, instantiate } from '../interpret/calls';
import type { Siblings } from '../configs/siblings';
import type { AssumptionKind, CallArguments, Language, Limits } from '../interpret/machine';
import { BudgetExceeded, DEFAULT_LIMITS, Machine, spanKey } from '../interpret/machine';
import { execute } from '../interpret/statements';
import type { ClassValue, Value } from '../interpret/values';
import { array, number, supposed, SUPPOSED_ENDS } from '../interpret/values';

const MAX_PASSES = 4;
/** Steps over all units of all passes, about 2 µs each; files beyond it are read in part. */
const TOTAL_STEPS = 300_000;
/** Of arrays, over all units of all passes, about 20 ns each. */
const TOTAL_ELEMENTS = 24_000_000;
/** Of one definition. Without array functions a schedule is computed number by number, in more steps than in Python. */
const JAVASCRIPT_STEPS = 250_000;

export function run(written: Stmt[], language: Language = 'python', siblings?: Siblings, steps = TOTAL_STEPS): Machine {
  const body = language === 'javascript' ? withPrototypes(written) : written;
  const assumptions = new Map<string, Value>();
  const budget: Limits = { steps, elements: TOTAL_ELEMENTS };
  const made = new Map<string, CallArguments>();
  let machine = pass(body, assumptions, budget, language, made, siblings);
  for (let i = 1; i < MAX_PASSES; i++) {
    const fresh = [...machine.wanted].filter(([key]) => !assumptions.has(key));
    const late = language === 'javascript' && learnInstantiations(machine, made);
    if ((fresh.length === 0 && !late) || budget.steps < steps / 4) break;
    fresh.forEach(([key, kind]) => assumptions.set(key, assumed(kind, assumptions.size, nameOf(machine, key))));
    machine = pass(body, assumptions, budget, language, made, siblings);
  }
  return machine;
}

function pass(body: Stmt[], assumptions: ReadonlyMap<string, Value>, budget: Limits, language: Language, made: ReadonlyMap<string, CallArguments>, siblings?: Siblings): Machine {
  const m = new Machine(body, assumptions, undefined, language, siblings);
  const unit = (name: string, work: () => void): void => {
    if (budget.steps <= 0 || budget.elements <= 0) return;
    const limits: Limits = { steps: Math.min(language === 'javascript' ? JAVASCRIPT_STEPS : DEFAULT_LIMITS.steps, budget.steps), elements: Math.min(DEFAULT_LIMITS.elements, budget.elements) };
    m.refill(limits);
    m.unit = name;
    try {
      work();
      // The module's callbacks may use what later statements define: they wait until it has been read.
      if (name !== '') runClosures(m);
    } catch (error) {
      // Out of budget or of stack: what was seen so far stands.
      if (!(error instanceof BudgetExceeded) && !(error instanceof RangeError)) throw error;
      m.depth = 0;
      m.owner = '';
      m.stack.length = 0;
    }
    budget.steps -= limits.steps - m.left.steps;
    budget.elements -= limits.elements - m.left.elements;
  };
  const frame = { scope: m.module, returns: [], self: null };
  // Statement by statement: one that fails must not hide the rest.
  for (const s of body) unit('', () => { execute(m, [s], frame); });
  unit('', () => { runClosures(m); });
  // Classes first: what they pass to a function tells more than the function's own defaults.
  for (const s of body) if (s.kind === 'class') unit(s.name, () => runClass(m, s, unit, made));
  // A function without required arguments that the module has called (`main()`) has been read already.
  const read = new Set(m.entered);
  for (const s of body) if (s.kind === 'function' && !(read.has(s) && s.params.every((p) => p.default !== undefined))) unit(s.name, () => runFunction(m, s));
  return m;
}

/** Functions that were made but not called (the methods that a factory returns, callbacks), with unknown arguments. */
function runClosures(m: Machine): void {
  for (let round = 0; round < 4 && m.closures.size > 0; round++) {
    const closures = [...m.closures.values()];
    m.closures.clear();
    for (const f of closures) if (!m.entered.has(f.definition)) callFunction(m, f, NO_ARGUMENTS, { from: f.definition.from, to: f.definition.from });
  }
}

const NO_ARGUMENTS: CallArguments = { positional: [], keywords: new Map(), keywordSpans: new Map(), open: true };

function runFunction(m: Machine, s: FunctionDefinition): void {
  const value = m.module.lookup(s.name);
  if (value?.kind === 'function' && value.definition === s) callFunction(m, value, NO_ARGUMENTS, s.nameSpan);
}

function runClass(m: Machine, s: ClassDefinition, unit: (name: string, work: () => void) => void, made: ReadonlyMap<string, CallArguments>): void {
  const value = m.module.lookup(s.name);
  if (value?.kind !== 'class' || value.definition !== s) return;
  const instance = instantiate(m, value, constructorArguments(m, value, made), s.nameSpan);
  if (instance.kind !== 'instance') return;
  const attributes = new Map(instance.attributes);
  for (const member of s.body) {
    if (member.kind !== 'function' || member.name === '__init__') continue;
    const f = value.members.get(member.name);
    if (f?.kind !== 'function') continue;
    unit(s.name, () => {
      instance.attributes.clear();
      attributes.forEach((v, k) => instance.attributes.set(k, v));
      const isStatic = member.decorators.some((d) => d.kind === 'name' && d.name === 'staticmethod');
      const isClassMethod = member.decorators.some((d) => d.kind === 'name' && d.name === 'classmethod');
      callFunction(m, isStatic ? f : { ...f, self: isClassMethod ? value : instance }, NO_ARGUMENTS, member.nameSpan);
    });
  }
}

/**
 * A module of JavaScript often creates its classes in functions that only other files call: these run after the classes, which are read again with what they are
 * created with. True where there is such a class that was read without.
 */
function learnInstantiations(m: Machine, made: Map<string, CallArguments>): boolean {
  let late = false;
  for (const s of m.body) {
    if (s.kind !== 'class') continue;
    const calls = m.trace.instantiations.filter((i) => i.class.definition === s);
    const [first] = calls;
    if (!first || calls.some((i) => i.at.from !== first.at.from) || !first.args.positional.some((v) => v.kind === 'number' || v.kind === 'dict')) continue;
    const before = made.get(s.name);
    made.set(s.name, first.args);
    // What the module itself creates was known before; and what one class gives to another changes with what it is created with.
    late ||= before ? !sameConstants(before, first.args) : first.owner !== '';
  }
  return late;
}

function sameConstants(a: CallArguments, b: CallArguments): boolean {
  return a.positional.length === b.positional.length && a.positional.every((v, i) => shownConstant(v) === shownConstant(b.positional[i]));
}

function shownConstant(v: Value): string {
  if (v.kind === 'sequence') return v.items.map(shownConstant).join();
  if (v.kind === 'dict') return [...v.entries].map(([k, x]) => `${k}:${shownConstant(x)}`).join();
  return 'value' in v ? String(v.value) : v.kind;
}

function isConstant(v: Value): boolean {
  return v.kind === 'number' || v.kind === 'string' || v.kind === 'boolean' || v.kind === 'none' || (v.kind === 'sequence' && v.items.every(isConstant)) || (v.kind === 'dict' && [...v.entries.values()].every(isConstant));
}

/** The arguments of the file's own instantiation where there is exactly one (the settings really in effect). */
function constructorArguments(m: Machine, c: ClassValue, made: ReadonlyMap<string, CallArguments>): CallArguments {
  const known = made.get(c.definition.name);
  // What was no constant is another run's unknown.
  if (known) return { ...known, positional: known.positional.map((v) => (isConstant(v) ? v : m.atom('parameter', v.prov ?? { op: 'parameter', args: [], at: c.definition.nameSpan }))) };
  const calls = m.trace.instantiations.filter((i) => i.class.definition === c.definition);
  const places = new Set(calls.map((i) => i.at.from));
  return places.size === 1 ? calls[0].args : NO_ARGUMENTS;
}

const SIZES = [53, 59, 61, 67, 71, 73, 79, 83];

function assumed(kind: AssumptionKind, ordinal: number, name: string): Value {
  const src = supposed(name);
  if (kind === 'size') return number(SIZES[ordinal % SIZES.length], true, undefined, src);
  if (kind === 'start') return number(SUPPOSED_ENDS.start, false, undefined, src);
  if (kind === 'stop') return number(SUPPOSED_ENDS.stop, false, undefined, src);
  // Increasing, of no named form, so that nothing can be mistaken for it.
  const data = Float64Array.from({ length: 47 }, (_, i) => 0.0007 + 0.0009 * i + 0.0003 * Math.sin(1.7 * i));
  return { ...array(data), src };
}

function nameOf(m: Machine, key: string): string {
  for (const o of m.trace.occurrences.values()) if (spanKey(o) === key) return o.name;
  return '';
}
