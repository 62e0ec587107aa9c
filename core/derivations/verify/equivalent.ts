/** Mutants that mean the same as the line, with the reason; any other survivor fails. Key: derivation, line, side, what. */
import { EQUIVALENT_DENSITIES } from '../densities/equivalent';
import { EQUIVALENT_DIFFUSION } from '../diffusion/equivalent';
import { EQUIVALENT_FOUNDATIONS } from '../foundations/equivalent';
import { EQUIVALENT_LATENT } from '../latent/equivalent';
import { EQUIVALENT_WORDS } from '../words/equivalent';

export const EQUIVALENT: Readonly<Record<string, string>> = { ...EQUIVALENT_FOUNDATIONS, ...EQUIVALENT_LATENT, ...EQUIVALENT_DIFFUSION, ...EQUIVALENT_WORDS, ...EQUIVALENT_DENSITIES };
