/** Which formula a hovered variable of a diffusion model is shown with, at which step, and with which numbers of its file. */
import { formulaById } from './index';
import { HELD } from './held';
import { liveInChain, type FileSchedule, type Live } from './live';
import type { SymbolId } from './symbols';

/** In a product over s, α_s is written as 1 − β_s. */
const DEFINITIONS = { alpha: formulaById('ddpm.alpha').expression };

const middle = ({ quantities: { T } }: FileSchedule): number => Math.ceil(T / 2);

/**
 * @param id of the formula that the registry has for the symbol; null where it has none, or several.
 * @param holds what the variable holds where that is not the symbol itself.
 */
export function liveOfSymbol(symbol: SymbolId, id: string | null, holds: string | undefined, schedule: FileSchedule): Live | null {
  if (holds !== undefined) {
    const held = HELD[holds];
    return held ? liveInChain({ defines: held, expression: held }, schedule, middle(schedule)) : null;
  }
  if (symbol === 'alphaBarPrev' && schedule.skips) return null;
  // ᾱ says most at its end: what is left of the data. One step back it is the same formula.
  if (symbol === 'alphaBar' || symbol === 'alphaBarPrev') return liveInChain(formulaById('ddpm.alphaBar'), schedule, symbol === 'alphaBar' ? schedule.quantities.T : Math.max(1, middle(schedule) - 1), DEFINITIONS);
  return id === null ? null : liveInChain(formulaById(id), schedule, middle(schedule), DEFINITIONS);
}
