/** Symbols by an id that came over a channel or out of the DOM, so it may be unknown. */
import { SYMBOLS, type SymbolId, type SymbolInfo } from '../../core/formulas/symbols';

export function symbolInfo(id: string): SymbolInfo | undefined {
  return Object.hasOwn(SYMBOLS, id) ? SYMBOLS[id as SymbolId] : undefined;
}
