/** Further symbols of parameterisations, samplers and signal-to-noise ratios. */
import type { SymbolTable } from './table';

export const SAMPLER_SYMBOLS = {
} satisfies SymbolTable;
