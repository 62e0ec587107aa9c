/** Symbols of stochastic and ordinary differential equations. */
import type { SymbolTable } from './table';

export const PROCESS_SYMBOLS = {
} satisfies SymbolTable;
