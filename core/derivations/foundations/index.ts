/** What all models of this subject stand on: Bayes, likelihood, divergences, gradients. In the order in which they may be read. */
import type { Derivation } from '../types';

export const FOUNDATIONS: readonly Derivation[] = [];
