/** The symbols of what all models stand on: data, parameters, distributions. */
import type { SymbolTable } from './table';

export const FOUNDATION_SYMBOLS = {
} satisfies SymbolTable;
