/** Further symbols of skip-gram: a text, its windows and its pairs. */
import type { SymbolTable } from './table';

export const CORPUS_SYMBOLS = {
} satisfies SymbolTable;
