/**
 * What a comment says about a model: `# marginalia: off` and `# marginalia: vae` (in TypeScript `// marginalia: …`). Directly above or inside a
 * class, function or statement it means that one; anywhere else, the file.
 */
import type { Span } from './parse/ast';
import { mayBeOverruled } from './prefilter';
import { FAMILIES, type FamilyId } from './vocabulary';

export type Order = FamilyId | 'off';

export interface Overrides {
  /** For the whole file. */
  file: { order: Order; at: Span } | null;
  statements: readonly { order: Order; at: Span; statement: Span }[];
}

const COMMENT = /(?:#|\/\/)[ \t]*marginalia:[ \t]*([\w-]+)/g;
export const NO_OVERRIDES: Overrides = { file: null, statements: [] };

function orderOf(word: string): Order | null {
  return word === 'off' || Object.hasOwn(FAMILIES, word) ? (word as Order) : null;
}

/** `statements` are those of the top level, in order. */
export function overridesOf(text: string, statements: readonly Span[]): Overrides {
  if (!mayBeOverruled(text)) return NO_OVERRIDES;
  const out = new Map<Span, { order: Order; at: Span; statement: Span }>();
  let file: Overrides['file'] = null;
  for (const match of text.matchAll(COMMENT)) {
    const order = orderOf(match[1]);
    if (!order) continue;
    const said = { order, at: { from: match.index, to: match.index + match[0].length } };
    const next = statements.find((s) => s.to >= match.index);
    // In it or at its end, or the line above it with nothing between.
    const near = next && (next.from <= match.index || /^[^\n]*\n[ \t]*$/.test(text.slice(match.index, next.from)));
    const before = [...statements].reverse().find((s) => s.to < match.index);
    const behind = before && !text.slice(before.to, match.index).includes('\n') ? before : null;
    const meant = behind ?? (near && !/^(import|from)\b|^["'`]/.test(text.slice(next.from, next.from + 8)) ? next : null);
    if (meant) out.set(meant, { ...said, statement: meant });
    else file ??= said;
  }
  return { file, statements: [...out.values()] };
}

/** What is said of the statement in which something stands, or null. */
export function orderAt(o: Overrides, at: number): Overrides['statements'][number] | null {
  return o.statements.find(({ statement: s }) => s.from <= at && at < s.to) ?? null;
}
