/** Which variables hold which symbol: every occurrence was seen with its values, and the values have roles. */
import type { LineMap } from '../parse/lines';
import type { SymbolBinding } from '../types';
import type { Machine, Occurrence } from '../interpret/machine';
import { walkExpressions, type Span } from '../parse/ast';
import { worldsOf } from '../interpret/linear';
import type { Coefficient, Value } from '../interpret/values';
import { numbersOf, type Group } from './evidence';
import type { Role } from './roles';
import type { Reading } from './hyperparameters';

/**
 * Occurrences inside `extent`, and outside it T, the arrays of the schedule (which their numbers identify), and what the
 * module's own statements and functions with evidence do. Helpers that pass anything through are left out.
 */
export function bindSymbols(group: Group, m: Machine, reading: Reading, lines: LineMap, extent: Span): SymbolBinding[] {
  const related = new Set(group.clues.map((c) => c.owner.split('.')[0]).concat(''));
  const arrays = new Map<Float64Array, Role | null>();
  const roleOfArray = (data: Float64Array): Role | null => {
    let role = arrays.get(data);
    if (role === undefined) arrays.set(data, (role = group.schedule.arrayRole(data)));
    return role;
  };
  const indices = indexAtoms(group, m);
  const plain = new Set([...indices].flatMap((v) => (v.kind === 'atom' ? [[...worldsOf(v)].join()] : [])));
  const roleOf = (v: Value): Role | null => {
    const known = group.roles.get(v);
    if (known) return known;
    if (indices.has(v)) return { symbol: 't' };
    if (v.kind === 'array') return roleOfArray(v.data);
    if (v.kind === 'sequence') {
      const a = numbersOf(v);
      return a && roleOfArray(a.data);
    }
    if (v.kind === 'linear' && v.terms.size === 0) return previous(v.constant, group, plain) ?? group.schedule.coefficientRole(v.constant);
    if (v.kind === 'number') return isT(v, reading, group) ? { symbol: 'T' } : null;
    return null;
  };
  const occurrences = [...m.trace.occurrences.values()];
  const found = new Map<string, { role: Role; name: string; owner: string; spans: Span[] }>();
  for (const o of occurrences) {
    if (o.name === '_') continue;
    const role = roleOfOccurrence(o, roleOf);
    if (!role) continue;
    const inside = extent.from <= o.from && o.to <= extent.to;
    if (!inside && role.symbol !== 'T' && !related.has(o.owner.split('.')[0]) && !o.values.every((v) => v.kind === 'array')) continue;
    const key = JSON.stringify([role.symbol, role.holds ?? '', o.name, o.owner]);
    const entry = found.get(key);
    if (entry) entry.spans.push(o);
    else found.set(key, { role, name: o.name, owner: o.owner, spans: [o] });
  }
  addUnread(found, m, extent, occurrences);
  return [...found.values()].map(({ role, name, spans }) => ({
    symbol: role.symbol,
    ...(role.holds ? { holds: role.holds } : {}),
    name,
    ranges: spans.sort((a, b) => a.from - b.from).map((s) => lines.range(s.from, s.to)),
  })).sort((a, b) => a.ranges[0].from - b.ranges[0].from);
}

/** `self.betas` in a branch that was not taken is the same attribute; what it would hold there need not be asked. */
function addUnread(found: Map<string, { role: Role; name: string; owner: string; spans: Span[] }>, m: Machine, extent: Span, occurrences: readonly Occurrence[]): void {
  const seen = new Set(occurrences.map((o) => o.from));
  const byName = new Map<string, { spans: Span[] }[]>();
  for (const entry of found.values()) {
    if (/^(self|this)\./.test(entry.name)) byName.set(entry.name, [...(byName.get(entry.name) ?? []), entry]);
  }
  for (const s of m.body) {
    if (s.kind !== 'class' || s.from < extent.from || s.to > extent.to) continue;
    walkExpressions(s.body, (e) => {
      if (e.kind !== 'attribute' || e.dotted === null || e.to <= e.from || seen.has(e.from)) return;
      const entries = byName.get(e.dotted);
      // An attribute that holds two things in turn is left alone.
      if (entries?.length === 1) entries[0].spans.push({ from: e.from, to: e.to });
    });
  }
}

/** ᾱ[t − 1] where arrays are read at t as well is ᾱ_{t−1}; where all are read at t − 1, it is ᾱ_t counted from 1. */
function previous(c: Coefficient, group: Group, plain: ReadonlySet<string>): Role | null {
  for (const { v } of c.index) {
    const next = v.map((x) => x + 1);
    const key = [...next].join();
    if (!plain.has(key)) continue;
    const role = group.schedule.coefficientRole({ v: c.v, index: [{ key, v: next }] });
    if (role?.symbol === 'alphaBarPrev') return role;
  }
  return null;
}

/** One symbol, or none: a helper's parameter that holds many quantities in turn is no symbol. */
function roleOfOccurrence(o: Occurrence, roleOf: (v: Value) => Role | null): Role | null {
  let role: Role | null = null;
  for (const v of o.values) {
    const r = roleOf(v);
    if (!r) continue;
    if (role && (role.symbol !== r.symbol || role.holds !== r.holds)) return null;
    role = r;
  }
  return role;
}

/** Atoms at which this schedule's arrays are read: they hold t. */
function indexAtoms(group: Group, m: Machine): Set<Value> {
  const out = new Set<Value>();
  const roles = new Map<Float64Array, boolean>();
  for (const { value, data } of m.trace.gathers) {
    if (!roles.has(data)) roles.set(data, group.schedule.arrayRole(data) !== null);
    if (value.kind === 'atom' && roles.get(data)) out.add(value);
  }
  return out;
}

function isT(v: Value & { kind: 'number' }, reading: Reading, group: Group): boolean {
  if (reading.sourceOfT && v.src && !v.src.assumed) return v.value === reading.T && v.src.span.from === reading.sourceOfT.from && v.src.span.to === reading.sourceOfT.to;
  if (v.src?.assumed) return v.value === group.schedule.betas.length;
  // `len(betas)`, `betas.shape[0]`.
  return v.value === group.schedule.betas.length && (v.prov?.op === 'len' || v.prov?.op === 'length') && v.prov.args[0]?.kind === 'array' && group.schedule.arrayRole(v.prov.args[0].data) !== null;
}
