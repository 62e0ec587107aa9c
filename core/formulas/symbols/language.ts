/** Symbols of language models and of relations between words. */
import type { SymbolTable } from './table';

export const LANGUAGE_SYMBOLS = {
} satisfies SymbolTable;
