/** JSON with places, tolerant of comments, trailing commas and damage. */
import { parseTree, type Node } from 'jsonc-parser';
import type { ConfigNode } from './node';

/** Deeper than any file of settings. */
const MAX_DEPTH = 200;

/** Null where nothing can be read. */
export function parseJson(text: string): ConfigNode | null {
  if (tooDeep(text)) return null;
  const root = parseTree(text, [], { allowTrailingComma: true });
  return root ? convert(root, text) : null;
}

function convert(node: Node, text: string): ConfigNode {
  const span = { from: node.offset, to: node.offset + node.length };
  switch (node.type) {
    case 'object': return { ...span, kind: 'map', entries: (node.children ?? []).flatMap(({ children: [key, value] = [] }) => (value ? [{ key: String(key.value), value: convert(value, text) }] : [])) };
    case 'array': return { ...span, kind: 'list', items: (node.children ?? []).map((child) => convert(child, text)) };
    case 'number': return { ...span, kind: 'scalar', value: node.value as number, int: !/[.eE]/.test(text.slice(span.from, span.to)) };
    default: return { ...span, kind: 'scalar', value: node.value as string | boolean | null, int: false };
  }
}

/** The parser goes down by calls: brackets that nest too deep would exhaust the stack. Those in strings are counted too, which only makes it stricter. */
function tooDeep(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 123 || c === 91) {
      if (++depth > MAX_DEPTH) return true;
    } else if ((c === 125 || c === 93) && depth > 0) depth--;
  }
  return false;
}

/** Without places. */
export function plainValue(node: ConfigNode): unknown {
  switch (node.kind) {
    case 'map': return Object.fromEntries(node.entries.map(({ key, value }) => [key, plainValue(value)]));
    case 'list': return node.items.map(plainValue);
    default: return node.value;
  }
}
