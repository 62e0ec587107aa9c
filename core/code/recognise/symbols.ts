/** Which variables hold which symbol: every occurrence was seen with its values, and the values have roles. */
import type { LineMap } from '../parse/lines';
import type { SymbolBinding } from '../types';
import { asArray } from '../interpret/arrays';
import type { Machine, Occurrence } from '../interpret/machine';
import type { Span } from '../parse/ast';
import type { Value } from '../interpret/values';
import type { Group } from './evidence';
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
  const roleOf = (v: Value): Role | null => {
    const known = group.roles.get(v);
    if (known) return known;
    if (indices.has(v)) return { symbol: 't' };
    if (v.kind === 'array') return roleOfArray(v.data);
    if (v.kind === 'sequence' && v.items.length > 2) { const a = asArray(v); return a ? roleOfArray(a.data) : null; }
    if (v.kind === 'linear' && v.terms.size === 0) return group.schedule.coefficientRole(v.constant);
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
    const owner = o.name.startsWith('self.') ? o.owner.split('.')[0] : o.owner;
    const key = JSON.stringify([role.symbol, role.holds ?? '', o.name, owner]);
    const entry = found.get(key);
    if (entry) entry.spans.push(o);
    else found.set(key, { role, name: o.name, owner, spans: [o] });
  }
  return [...found.values()].map(({ role, name, spans }) => ({
    symbol: role.symbol,
    ...(role.holds ? { holds: role.holds } : {}),
    name,
    ranges: spans.sort((a, b) => a.from - b.from).map((s) => lines.range(s.from, s.to)),
  })).sort((a, b) => a.ranges[0].from - b.ranges[0].from);
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
