/** Further symbols of diffusion chains: whole trajectories, their densities, terms of the bound. */
import type { SymbolTable } from './table';

export const CHAIN_SYMBOLS = {
} satisfies SymbolTable;
