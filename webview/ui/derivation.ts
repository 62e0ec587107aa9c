/** Which derivation belongs to what is shown, and which symbols to the line that is read. Pure. */
import { derivationById, derivationOfFamily, derivationUnder, symbolsAround, type Derivation } from '../../core/derivations';
import type { PanelModel } from '../../core/protocol/messages';
import type { SymbolId } from '../../core/formulas/symbols';
import { familyShown, pageOf, type AppState } from './state';
import { symbolInfo } from './symbol-info';

// One object each, so that comparing them tells whether the lines have to be built anew.
const DDIM = derivationById('ddim-sampling');
const DDPM = { fixed_small: derivationUnder(derivationById('ddpm-sampling'), 'fixed_small'), fixed_large: derivationUnder(derivationById('ddpm-sampling'), 'fixed_large') };

/** In the playground of the step that the settings take; else of the family. */
export function derivationFor(state: Pick<AppState, 'model' | 'lost' | 'resolved'>): Derivation {
  if (pageOf(state) === 'reading') return derivationOfFamily(familyShown(state)!);
  const { sampler, varianceType } = state.resolved.values;
  if (sampler === 'ddim') return DDIM;
  return varianceType === 'fixed_large' ? DDPM.fixed_large : DDPM.fixed_small;
}

/** The line to show once a model has arrived: the same, unless it brings another derivation. Those of the playground run in step. */
export function stepAfter(before: AppState, model: PanelModel): number {
  const after = { ...before, model, lost: null };
  const runs = pageOf(before) === 'playground' && pageOf(after) === 'playground';
  return runs || derivationFor(before) === derivationFor(after) ? before.derivationStep : 0;
}

/**
 * The symbols of the line that is shown, and those of the other lines, each in order of appearance; then those that only the file has,
 * so that the editor's cursor finds each of its variables marked here.
 */
export function symbolsInUse(state: AppState): { here: SymbolId[]; elsewhere: SymbolId[] } {
  const ofFile = (state.model?.finding.symbols ?? []).flatMap(({ symbol }) => symbolInfo(symbol)?.id ?? []);
  return symbolsAround(derivationFor(state), state.derivationStep, ofFile);
}
