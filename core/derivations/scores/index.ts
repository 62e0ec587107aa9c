/** Scores: how they are learned, and the differential equations that they reverse. In the order in which they may be read. */
import type { Derivation } from '../types';

export const SCORES: readonly Derivation[] = [];
