/** What of a derivation is shown: its lines under one variance, and the symbols of one line and around it. */
import type { SymbolId } from '../formulas/symbols';
import type { VarianceType } from '../math/samplers';
import { stepSymbols } from './render';
import type { Derivation } from './types';

/** The derivation as it reads for a sampler of this variance: without the lines that assume the other one. */
export function derivationUnder(derivation: Derivation, varianceType: VarianceType): Derivation {
  return { ...derivation, steps: derivation.steps.filter(({ assuming }) => !assuming || 'eta' in assuming || assuming.varianceType === varianceType) };
}

/**
 * The symbols of one line, and those of the other lines, each once in order of appearance; last those of `further` that no line has.
 * An index past the end stands for the last line.
 */
export function symbolsAround({ steps }: Derivation, index: number, further: readonly SymbolId[] = []): { here: SymbolId[]; elsewhere: SymbolId[] } {
  const here = stepSymbols(steps[Math.min(index, steps.length - 1)]);
  const all = new Set([...steps.flatMap(stepSymbols), ...further]);
  return { here, elsewhere: [...all].filter((symbol) => !here.includes(symbol)) };
}
