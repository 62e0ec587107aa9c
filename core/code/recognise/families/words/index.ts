/** Vectors of words, and counts of them. */
import type { Family } from '../family';

export const WORDS: readonly Family[] = [];
