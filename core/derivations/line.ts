/** A line of a derivation that is a formula of the registry, which so stands in one place. */
import type { Formula } from '../formulas/formula';
import type { DerivationStep } from './types';

export const lineOf = ({ id, defines, expression }: Formula): Pick<DerivationStep, 'left' | 'relation' | 'right' | 'formula'> => ({ left: defines, relation: 'equal', right: expression, formula: id });
