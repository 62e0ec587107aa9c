/** Symbols of score matching, Langevin dynamics and guidance. */
import type { SymbolTable } from './table';

export const SCORE_SYMBOLS = {
} satisfies SymbolTable;
