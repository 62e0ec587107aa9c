/** Vectors of words, and counts of them. */
import type { Family } from '../family';
import { CBOW } from './cbow';
import { N_GRAM } from './n-gram';
import { SKIP_GRAM } from './skip-gram';

export const WORDS: readonly Family[] = [SKIP_GRAM, CBOW, N_GRAM];
