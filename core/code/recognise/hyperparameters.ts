/** T, schedule, end points, prediction and variance type of one group, each with the place that says so. */
import type { Span } from '../parse/ast';
import type { LineMap } from '../parse/lines';
import type { DdpmHyperparameters, Hyperparameter } from '../types';
import type { Machine } from '../interpret/machine';
import type { NumberValue, Source, StringValue, Value } from '../interpret/values';
import { isAssumed, isJoined, provenanceNodes } from '../interpret/values';
import type { Group, Sighting } from './evidence';
import { prepare } from './training';
import { PREDICTION_WORDS, SCHEDULE_WORDS, VARIANCE_WORDS } from './options';
import { beforeRescaling, nameSchedule } from './schedule';

export const FOREIGN_BETAS = 'The betas come from outside this file, and with them T and the schedule.';

export interface Reading {
  hyperparameters: DdpmHyperparameters;
  notes: string[];
  /** Where T is written, for the occurrences of T. */
  sourceOfT: Span | null;
  T: number | null;
}

export function hyper<V>(lines: LineMap, value: V, source: Source): Hyperparameter<V> {
  const range = (source.file?.lines ?? lines).range(source.span.from, source.span.to);
  const told = { value, line: range.line, range, origin: source.origin, name: source.name };
  return source.file ? { ...told, range: { ...range, file: source.file.name }, file: source.file.name } : told;
}

export function readHyperparameters(group: Group, m: Machine, tops: ReadonlySet<string>, lines: LineMap, nameOfBetas: string): Reading {
  const out: DdpmHyperparameters = {};
  const notes: string[] = [];
  const betas = group.betas.value;
  const place: Source = { span: group.betas.at, origin: 'folded', name: nameOfBetas };
  const offset = group.schedule.betas[0] === 0 ? 1 : 0;
  const array = group.schedule.betas.slice(offset);
  const result = (): Reading => ({ hyperparameters: out, notes, sourceOfT: T?.src?.span ?? null, T: out.T?.value ?? null });

  const T = findT(betas, array.length);
  // The array itself, or one computed from it, was put in the place of an unknown.
  const foreign = provenanceNodes(betas).some((v) => v.kind === 'array' && v.src?.assumed);
  if (foreign) {
    notes.push(FOREIGN_BETAS);
  } else if (T?.src?.assumed || (!T && isAssumed(betas))) {
    notes.push(T?.src?.name ? `T is not known: \`${T.src.name}\` is set by the caller and has no default.` : 'T is not known: it is set by the caller and has no default.');
  } else {
    out.T = hyper(lines, T?.value ?? array.length, T?.src ? { ...T.src, name: T.src.name || nameOfBetas } : place);
    if (T && T.value !== array.length) notes.push(`The arrays have ${array.length} entries for T = ${T.value}: entry 0 stands for t = 0.`);
  }

  const decided = (words: { has(s: string): boolean }) => decision(m, tops, (s) => words.has(s));
  const unused = T !== null && !T.src?.assumed && T.value === array.length - 1 ? 1 : 0;
  if (!foreign) schedule(unused ? array.slice(1) : array);

  const prediction = decided(new Map(Object.entries(PREDICTION_WORDS)));
  const seen = group.prediction.filter((p) => tops.has(top(p.owner)));
  // A conversion that the file calls itself is a part of something else.
  const given = group.given.some((p) => called(m, p.owner)) ? [] : group.given.filter((p) => tops.has(top(p.owner)));
  if (prediction?.src) out.predictionType = hyper(lines, PREDICTION_WORDS[prediction.value.toLowerCase()], prediction.src);
  else if (seen.length > 0 && seen.every((p) => p.value === seen[0].value)) out.predictionType = hyper(lines, seen[0].value, sighted(seen[0]));
  else if (seen.length === 0 && given.length > 0 && given.every((p) => p.value === given[0].value)) out.predictionType = hyper(lines, given[0].value, sighted(given[0]));
  else if (seen.length > 1) notes.push('What the network predicts depends on a choice that is not made in this file.');

  const variance = decided(new Map(Object.entries(VARIANCE_WORDS)));
  const steps = group.variance.filter((v) => tops.has(top(v.owner)));
  if (variance?.src) out.varianceType = hyper(lines, VARIANCE_WORDS[variance.value.toLowerCase()], variance.src);
  else if (steps.length > 0 && steps.every((v) => v.value === steps[0].value)) out.varianceType = hyper(lines, steps[0].value, sighted(steps[0]));

  const moves = group.sampler.filter((s) => tops.has(top(s.owner)));
  if (moves.length > 0 && moves.every((s) => s.value === moves[0].value)) out.sampler = hyper(lines, moves[0].value, sighted(moves[0]));
  else if (moves.length > 0) notes.push('The code takes DDPM steps and DDIM steps; which of them samples is not read.');
  return result();

  function sighted(s: Sighting<unknown>): Source {
    return { span: s.at, origin: 'folded', name: nameOfPlace(s, m) };
  }

  function schedule(values: Float64Array): void {
    if (group.open || isJoined(betas)) {
      notes.push('Which schedule is used depends on a choice that is not made in this file.');
      return;
    }
    const original = beforeRescaling(betas);
    if (original) {
      out.rescaleZeroTerminalSnr = hyper(lines, true, { span: betas.prov?.at ?? place.span, origin: 'folded', name: nameOfBetas });
      notes.push('The schedule is rescaled so that nothing of the signal is left at t = T.');
    }
    // With an unused entry in front, the end points are those of all entries, where these are a schedule as well.
    const whole = original || values === array ? null : nameSchedule(array, betas);
    const named = original ? nameSchedule(original.data, original) : whole && whole.name !== 'custom' ? whole : nameSchedule(values, betas);
    const option = decided(SCHEDULE_WORDS);
    if (named.name === 'custom' && isAssumed(betas)) {
      notes.push('The schedule has no known name, and its values depend on an unknown T.');
      return;
    }
    out.schedule = hyper(lines, named.name, option?.src ?? place);
    if (named.name === 'custom') out.betas = hyper(lines, Array.from(original?.data ?? values), place);
    for (const [key, value] of [['betaStart', named.betaStart], ['betaEnd', named.betaEnd]] as const) {
      if (value === undefined) continue;
      const source = findNumber(original ?? betas, value, key === 'betaStart' ? 0 : 1);
      // The value as written, not as recomputed.
      if (source) out[key] = hyper(lines, source.value, { ...source.src!, name: source.src!.name || nameOfBetas });
      else if (isAssumed(betas) && endPointAssumed(betas)) notes.push(`${key} is set by the caller and has no default.`);
      else out[key] = hyper(lines, value, place);
    }
  }
}

/** The function in which a formula stands (of a constructor, its class); in the module's own statements the variable that holds the result. */
function nameOfPlace({ owner, holds }: Sighting<unknown>, m: Machine): string {
  const name = nameOfOwner(owner);
  if (name !== '') return name;
  for (const o of m.trace.occurrences.values()) if (o.values.includes(holds)) return o.name;
  return '';
}

/** Last part of a dotted owner; a constructor is called by its class. */
export function nameOfOwner(owner: string): string {
  return owner.split('.').filter((p) => p !== '__init__' && p !== 'constructor').pop() ?? '';
}

export function top(owner: string): string {
  return owner.split('.')[0];
}

/** Is the function called in the file? */
function called(m: Machine, owner: string): boolean {
  const name = nameOfOwner(owner);
  return prepare(m).file.calls.some((s) => s.name === name);
}

/** A string that chose a branch inside the given definitions. */
function decision(m: Machine, tops: ReadonlySet<string>, fits: (text: string) => boolean): StringValue | null {
  for (const { value, owner } of m.trace.decisions) {
    if (value.kind === 'string' && value.src && !value.joined && fits(value.value.toLowerCase()) && (tops.has(top(owner)) || owner === '')) return value;
  }
  return null;
}

/**
 * The number that became the length of the betas. Numbers of the same size may stand elsewhere (`scale = 1000 / T`), so
 * first those that were passed as a length.
 */
function findT(betas: Value, n: number): NumberValue | null {
  const nodes = provenanceNodes(betas);
  const sizes = nodes.flatMap((v) => (v.prov && LENGTHS.has(v.prov.op) ? v.prov.args : []));
  for (const list of [sizes, nodes]) {
    const exact = list.find((v): v is NumberValue => v.kind === 'number' && v.value === n && v.src !== undefined);
    const inner = exact && operandOfSum(exact, n - 1);
    if (inner) return inner;
    if (exact) return exact;
    const plus = list.find((v): v is NumberValue => v.kind === 'number' && v.value === n + 1 && v.prov !== undefined);
    const operand = plus && operandOfSum(plus, n);
    if (operand) return operand;
  }
  return null;
}

const LENGTHS = new Set(['linspace', 'arange', 'range', 'zeros', 'ones', 'full', 'empty']);

/** `T + 1` → T. */
function operandOfSum(v: NumberValue, value: number): NumberValue | null {
  if (v.prov?.op !== '+') return null;
  return v.prov.args.find((a): a is NumberValue => a.kind === 'number' && a.value === value && a.src !== undefined) ?? null;
}

/** The constant with this value inside the betas; of several equal ones that of the right place in `linspace`. */
function findNumber(betas: Value, value: number, position: 0 | 1): NumberValue | null {
  const near = (v: Value): v is NumberValue => v.kind === 'number' && v.src !== undefined && !v.src.assumed && Math.abs(v.value - value) <= 1e-9 * Math.abs(value);
  const nodes = provenanceNodes(betas);
  for (const v of nodes) {
    if (v.prov?.op !== 'linspace') continue;
    const end = v.prov.args[position];
    const inside = end ? provenanceNodes(end).filter(near) : [];
    if (inside.length > 0) return inside[inside.length - 1];
  }
  return nodes.find(near) ?? null;
}

function endPointAssumed(betas: Value): boolean {
  return provenanceNodes(betas).some((v) => v.prov?.op === 'linspace' && v.prov.args.slice(0, 2).some(isAssumed));
}
