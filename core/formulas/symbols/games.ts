/** Symbols of games, of flows in steps and in time, and of models one dimension after the other. */
import type { SymbolTable } from './table';

export const GAME_SYMBOLS = {
} satisfies SymbolTable;
