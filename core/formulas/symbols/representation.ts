/** Symbols of beginnings and of representation: coins, mixtures, codes, singular vectors. */
import type { SymbolTable } from './table';

export const REPRESENTATION_SYMBOLS = {
} satisfies SymbolTable;
