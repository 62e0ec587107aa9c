/** Which derivation belongs to what is shown, and which symbols to the line that is read. Pure. */
import { derivationById, derivationOfFamily, derivationUnder, symbolsAround, type Derivation } from '../../core/derivations';
import type { PanelModel } from '../../core/protocol/messages';
import type { SymbolId } from '../../core/formulas/symbols';
import type { VarianceType } from '../../core/math/samplers';
import { familyShown, pageOf, type AppState } from './state';
import { symbolInfo } from './symbol-info';

/** One object each, so that comparing them tells whether the lines have to be built anew. */
const variants = new Map<string, Derivation>();
function variant(derivation: Derivation, varianceType: VarianceType): Derivation {
  const key = `${derivation.id} ${varianceType}`;
  let known = variants.get(key);
  if (!known) {
    const under = derivationUnder(derivation, varianceType);
    // Most do not depend on the variance.
    variants.set(key, (known = under.steps.length === derivation.steps.length ? derivation : under));
  }
  return known;
}

/** The one that was chosen from the contents, else that of the model. */
export function derivationFor(state: Pick<AppState, 'model' | 'lost' | 'resolved' | 'chosen'> & Partial<Pick<AppState, 'experiment'>>): Derivation {
  const { varianceType } = state.resolved.values;
  return state.chosen === null ? derivationOfModel(state) : variant(derivationById(state.chosen), varianceType === 'fixed_large' ? 'fixed_large' : 'fixed_small');
}

/** In the playground of the step that the settings take; else of the family. */
export function derivationOfModel(state: Pick<AppState, 'model' | 'lost' | 'resolved'> & Partial<Pick<AppState, 'experiment'>>): Derivation {
  if (pageOf(state) !== 'playground') return derivationOfFamily(familyShown(state) ?? 'vae');
  const { sampler, varianceType } = state.resolved.values;
  if (sampler === 'ddim') return derivationById('ddim-sampling');
  return variant(derivationById('ddpm-sampling'), varianceType === 'fixed_large' ? 'fixed_large' : 'fixed_small');
}

/** The line to show once a model has arrived: the same, unless it brings another derivation. Those of the playground run in step. */
export function stepAfter(before: AppState, model: PanelModel): number {
  const after = { ...before, model, lost: null, chosen: before.chosen };
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
