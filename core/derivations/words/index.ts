/** Models of words. In the order in which they may be read. */
import { CBOW } from './cbow';
import { N_GRAM } from './n-gram';
import { NEGATIVE_SAMPLING } from './negative-sampling';
import { SKIP_GRAM } from './skip-gram';
import { SKIPGRAM_LIKELIHOOD } from './skipgram-likelihood';
import { SKIPGRAM_SOFTMAX_GRADIENT } from './skipgram-softmax-gradient';
import type { Derivation } from '../types';

export const WORDS: readonly Derivation[] = [N_GRAM, SKIPGRAM_LIKELIHOOD, SKIPGRAM_SOFTMAX_GRADIENT, NEGATIVE_SAMPLING, SKIP_GRAM, CBOW];
