/** What stands on what: the derivations that lead to one, and those that it leads to. */
import type { Derivation } from './types';

export type Place = 'before' | 'here' | 'next' | 'elsewhere';

export interface MapRow {
  derivation: Derivation;
  place: Place;
}

export interface DerivationMap {
  /** In reading order: whatever a row stands on is above it. */
  rows: readonly MapRow[];
  /** Indices of rows: `to` is to be read after `from`. */
  edges: readonly { from: number; to: number }[];
}

/** Ids of all that is to be read before, near and far. */
export function readBefore(all: readonly Derivation[], id: string): Set<string> {
  const byId = new Map(all.map((d) => [d.id, d]));
  const found = new Set<string>();
  const walk = (at: string): void => {
    for (const before of byId.get(at)?.after ?? []) {
      if (found.has(before)) continue;
      found.add(before);
      walk(before);
    }
  };
  walk(id);
  return found;
}

/**
 * The map around one derivation: all that leads to it, and what builds on it directly.
 * @param all in reading order.
 * @param whole with all other derivations as well.
 */
export function mapAround(all: readonly Derivation[], id: string, whole = false): DerivationMap {
  const before = readBefore(all, id);
  const placeOf = (d: Derivation): Place => (d.id === id ? 'here' : before.has(d.id) ? 'before' : d.after?.includes(id) ? 'next' : 'elsewhere');
  const rows = all.map((derivation) => ({ derivation, place: placeOf(derivation) })).filter(({ place }) => whole || place !== 'elsewhere');
  const at = new Map(rows.map(({ derivation }, i) => [derivation.id, i]));
  const edges = rows.flatMap(({ derivation }, to) => (derivation.after ?? []).flatMap((other) => (at.has(other) ? [{ from: at.get(other)!, to }] : [])));
  return { rows, edges };
}
