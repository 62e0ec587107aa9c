/** Mutants that mean the same as the line, with the reason; any other survivor fails. Key: derivation, line, side, what. */
import { EQUIVALENT_DENSITIES } from '../densities/equivalent';
import { EQUIVALENT_DIFFUSION } from '../diffusion/equivalent';
import { EQUIVALENT_FOUNDATIONS } from '../foundations/equivalent';
import { EQUIVALENT_HYBRIDS } from '../hybrids/equivalent';
import { EQUIVALENT_LATENT } from '../latent/equivalent';
import { EQUIVALENT_REPRESENTATION } from '../representation/equivalent';
import { EQUIVALENT_SCORES } from '../scores/equivalent';
import { EQUIVALENT_WORDS } from '../words/equivalent';

export const EQUIVALENT: Readonly<Record<string, string>> = { ...EQUIVALENT_FOUNDATIONS, ...EQUIVALENT_REPRESENTATION, ...EQUIVALENT_LATENT, ...EQUIVALENT_DIFFUSION, ...EQUIVALENT_SCORES, ...EQUIVALENT_WORDS, ...EQUIVALENT_DENSITIES, ...EQUIVALENT_HYBRIDS };
