/** What of a derivation is in words and so wants a translation. The English text itself is the key, so that words that change lose their translation instead of keeping a wrong one. */
import type { Derivation } from '../derivations/types';

/** Each text once, in reading order. */
export function derivationTexts({ title, shows, prerequisites, steps }: Derivation): string[] {
  return [...new Set([title, shows, ...prerequisites, ...steps.flatMap(({ label, why }) => [label, why])])];
}

/**
 * What a translation must keep: Greek letters, subscripts, numbers, names of code. Formulas within a sentence are the same in every language.
 * Each once, since a language may have to name a thing again. Written-out numbers ("two") and Latin letters that may as well be words are left to the reader.
 */
export function fixedParts(text: string): string[] {
  const parts = text.normalize('NFC').matchAll(/[A-Za-z]*[\p{Script=Greek}∇‖√∑∏∫][\w\p{Script=Greek}\p{M}₀-₉*²]*|\b\d+(?:[.,]\d+)*\b|\b[a-z]+_[a-z_\d]+\b/gu);
  return [...new Set([...parts].map(([part]) => part))].sort();
}
