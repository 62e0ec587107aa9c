/** Further symbols of evidence lower bounds. */
import type { SymbolTable } from './table';

export const BOUND_SYMBOLS = {
} satisfies SymbolTable;
