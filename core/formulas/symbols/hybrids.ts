/** Symbols of energies, and of diffusion that meets other models. */
import type { SymbolTable } from './table';

export const HYBRID_SYMBOLS = {
} satisfies SymbolTable;
