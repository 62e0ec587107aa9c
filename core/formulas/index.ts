/** Every formula, by explicit arrays: a family that is not named here does not exist. */
import { DDIM_FORMULAS } from './ddim';
import { DDPM_FORMULAS } from './ddpm';
import { DENSITY_FORMULAS } from './densities';
import { DIVERGENCE_FORMULAS } from './divergences';
import type { Formula } from './formula';
import { LATENT_FORMULAS } from './latent';
import { LOSS_FORMULAS } from './losses';
import { PARAMETERISATION_FORMULAS } from './parameterisations';
import { SCHEDULE_FORMULAS } from './schedules';
import { WORD_FORMULAS } from './words';

export const FORMULAS: readonly Formula[] = [...SCHEDULE_FORMULAS, ...DDPM_FORMULAS, ...PARAMETERISATION_FORMULAS, ...DDIM_FORMULAS, ...LOSS_FORMULAS, ...DIVERGENCE_FORMULAS, ...LATENT_FORMULAS, ...WORD_FORMULAS, ...DENSITY_FORMULAS];

const byId = new Map(FORMULAS.map((f) => [f.id, f]));

/** @throws RangeError for an id that no family has. */
export function formulaById(id: string): Formula {
  const found = byId.get(id);
  if (!found) throw new RangeError(`No formula has the id "${id}".`);
  return found;
}

export { formulaSpoken, formulaTex, type Formula, type Source } from './formula';
export { evaluate, worldAt, type Value, type World, type WorldConfig } from './evaluate';
export { tex, type TexOptions } from './tex';
export { spoken, symbolSpoken } from './spoken';
export { symbolsOf, type Expr } from './expr';
export { SYMBOLS, symbolValue, type SymbolId, type SymbolInfo, type SymbolValueContext } from './symbols';
