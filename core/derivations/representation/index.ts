/** Representations of data without words: codes, singular vectors, features. In the order in which they may be read. */
import type { Derivation } from '../types';

export const REPRESENTATION: readonly Derivation[] = [];
