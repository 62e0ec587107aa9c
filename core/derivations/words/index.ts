/** Models of words. In the order in which they may be read. */
import { CBOW } from './cbow';
import { N_GRAM } from './n-gram';
import { SKIP_GRAM } from './skip-gram';
import type { Derivation } from '../types';

export const WORDS: readonly Derivation[] = [N_GRAM, SKIP_GRAM, CBOW];
