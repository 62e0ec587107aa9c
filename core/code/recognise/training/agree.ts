/** Where several places tell a setting: all must tell the same, or nothing is said. */
import type { Source } from '../../interpret/values';

export interface Told<V> {
  value: V;
  source: Source;
}

/** A constant that no variable holds goes under the name of the setting that it is passed as. */
export function underName(source: Source, name: string): Source {
  return source.name ? source : { ...source, name };
}

/** `null` among the candidates is a place that tells, but not what. */
export function agreed<V>(candidates: readonly (Told<V> | null)[]): Told<V> | undefined {
  const [first] = candidates;
  return first && candidates.every((c) => c !== null && c.value === first.value) ? first : undefined;
}

/** The same, said to be a default, or a setting kept apart from the model, where it was written as one. */
export function writtenAs<V>(told: Told<V>, origin: 'default' | 'config' | null): Told<V> {
  return origin !== null && told.source.origin === 'literal' ? { ...told, source: { ...told.source, origin } } : told;
}
