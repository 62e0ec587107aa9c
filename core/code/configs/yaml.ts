/** YAML with places. Tags of programs (`!!python/object`) are not followed, and references to anchors are counted. */
import { isAlias, isMap, isPair, isScalar, isSeq, parseDocument, type Document, type Node } from 'yaml';
import type { ConfigNode } from './node';

/** References to anchors in all: one that refers to ten that refer to ten … grows without end. */
const MAX_ALIASES = 100;
const MAX_DEPTH = 60;
const MAX_NODES = 50_000;
const CORE_TAGS = /^tag:yaml\.org,2002:(?:str|int|float|bool|null|map|seq)$/;

/** The first document; null where nothing can be read. */
export function parseYaml(text: string): ConfigNode | null {
  if (tooDeep(text)) return null;
  const document = parseDocument(text, { schema: 'core', merge: false, logLevel: 'silent', uniqueKeys: false, keepSourceTokens: false });
  return document.contents ? new Conversion(document).node(document.contents, 0) : null;
}

class Conversion {
  private aliases = 0;
  private nodes = 0;

  constructor(private readonly document: Document.Parsed) {}

  node(node: Node | null | undefined, depth: number): ConfigNode | null {
    if (!node || depth > MAX_DEPTH || ++this.nodes > MAX_NODES) return null;
    if (isAlias(node)) return ++this.aliases > MAX_ALIASES ? null : this.node(node.resolve(this.document), depth + 1);
    if (node.tag !== undefined && !CORE_TAGS.test(node.tag)) return null;
    const [from, to] = node.range ?? [0, 0];
    if (isScalar(node)) {
      const { value, source } = node;
      if (value !== null && typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return null;
      return { kind: 'scalar', from, to, value, int: typeof value === 'number' && !/[.eE]/.test(source ?? '') };
    }
    if (isSeq(node)) return { kind: 'list', from, to, items: node.items.flatMap((item) => this.node(item as Node, depth + 1) ?? []) };
    if (!isMap(node)) return null;
    const entries: (ConfigNode & { kind: 'map' })['entries'] = [];
    for (const pair of node.items) {
      if (!isPair(pair)) continue;
      const key = isScalar(pair.key) ? pair.key.value : undefined;
      const value = this.node(pair.value as Node | null, depth + 1);
      if (value === null || (typeof key !== 'string' && typeof key !== 'number')) continue;
      // `<<: *base`: what the map says itself counts more, wherever it stands.
      if (key === '<<') for (const base of value.kind === 'list' ? value.items : [value]) if (base.kind === 'map') entries.unshift(...base.entries);
      if (key !== '<<') entries.push({ key: String(key), value });
    }
    return { kind: 'map', from, to, entries };
  }
}

/** The parser goes down by calls. Brackets in strings are counted too, which only makes it stricter; depth by indentation costs a line each. */
function tooDeep(text: string): boolean {
  let depth = 0;
  for (const bracket of text.match(/[[\]{}]/g) ?? []) {
    depth = Math.max(0, depth + (bracket === '[' || bracket === '{' ? 1 : -1));
    if (depth > MAX_DEPTH) return true;
  }
  return text.split('\n').some((line) => /^(?: {400}|(?:- ?){60})/.test(line));
}
