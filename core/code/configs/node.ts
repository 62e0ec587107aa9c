/** Settings with the place of each: what JSON and YAML are read into. */
import type { Span } from '../parse/ast';

export type ConfigNode = Span & (
  | { kind: 'map'; entries: { key: string; value: ConfigNode }[] }
  | { kind: 'list'; items: ConfigNode[] }
  | { kind: 'scalar'; value: string | number | boolean | null; /** Written without point and exponent. */ int: boolean }
);

export function entry(node: ConfigNode | undefined, key: string): ConfigNode | undefined {
  // Where a key stands twice the last one counts, as it does for those who load such files.
  return node?.kind === 'map' ? node.entries.findLast((e) => e.key === key)?.value : undefined;
}

export function stringAt(node: ConfigNode | undefined, key: string): string | undefined {
  const value = entry(node, key);
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
}
