/** Models of the score. */
import type { Family } from '../family';

export const SCORES: readonly Family[] = [];
