/** Which variables of the file hold the symbols of a family's derivation: those that were seen with the values that a formula was recognised in. */
import type { Value } from '../../interpret/values';
import type { Span } from '../../parse/ast';
import type { SymbolId } from '../../../formulas/symbols';
import type { SymbolBinding } from '../../types';
import type { Match } from '../match';
import type { FileView } from './family';

/** A value that is a symbol, or something simple of it: "log σ" where the symbol is σ. */
export interface Bound {
  symbol: SymbolId;
  holds?: string;
  value: Value;
}

/** The slots of a match as symbols, in their order; and what the formula gives. */
export function boundBy(found: Match, symbols: readonly (Omit<Bound, 'value'> | null)[]): Bound[] {
  return symbols.flatMap((s, i) => (s && found.leaves[i] ? [{ ...s, value: found.leaves[i] }] : []));
}

/** A variable that holds two of them in turn is bound to neither. */
export function bindingsOf(view: FileView, bound: readonly Bound[]): SymbolBinding[] {
  if (bound.length === 0) return [];
  const out = new Map<string, { binding: Omit<SymbolBinding, 'ranges'>; spans: Span[] }>();
  for (const o of view.m.trace.occurrences.values()) {
    const held = bound.filter((b) => o.values.includes(b.value));
    const [first] = held;
    if (!first || o.name === '_' || held.some((b) => b.symbol !== first.symbol)) continue;
    const binding = { symbol: first.symbol, ...(first.holds ? { holds: first.holds } : {}), name: o.name };
    const key = JSON.stringify([binding, o.owner]);
    const known = out.get(key);
    if (known) known.spans.push(o);
    else out.set(key, { binding, spans: [o] });
  }
  return [...out.values()].map(({ binding, spans }) => ({ ...binding, ranges: spans.sort((a, b) => a.from - b.from).map((s) => view.lines.range(s.from, s.to)) }))
    .sort((a, b) => a.ranges[0].from - b.ranges[0].from);
}
