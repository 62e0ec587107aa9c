/** Models of words. In the order in which they may be read. */
import { ADD_K } from './add-k';
import { CBOW } from './cbow';
import { CBOW_GRADIENT } from './cbow-gradient';
import { CHAIN_RULE_NGRAM } from './chain-rule-ngram';
import { COOCCURRENCE } from './cooccurrence';
import { HIERARCHICAL_SOFTMAX } from './hierarchical-softmax';
import { HYPERNYM_PROJECTION } from './hypernym-projection';
import { N_GRAM } from './n-gram';
import { NEGATIVE_SAMPLING } from './negative-sampling';
import { NGRAM_MLE } from './ngram-mle';
import { SGNS_PMI } from './sgns-pmi';
import { SKIP_GRAM } from './skip-gram';
import { SKIPGRAM_LIKELIHOOD } from './skipgram-likelihood';
import { SKIPGRAM_SOFTMAX_GRADIENT } from './skipgram-softmax-gradient';
import { SUBSAMPLING } from './subsampling';
import { UNIGRAM_THREE_QUARTERS } from './unigram-three-quarters';
import { WORD_ANALOGY } from './word-analogy';
import type { Derivation } from '../types';

export const WORDS: readonly Derivation[] = [
  CHAIN_RULE_NGRAM, N_GRAM, NGRAM_MLE, ADD_K, COOCCURRENCE, SKIPGRAM_LIKELIHOOD, SKIPGRAM_SOFTMAX_GRADIENT, HIERARCHICAL_SOFTMAX, UNIGRAM_THREE_QUARTERS, NEGATIVE_SAMPLING, SKIP_GRAM, SGNS_PMI, CBOW, CBOW_GRADIENT, SUBSAMPLING, WORD_ANALOGY, HYPERNYM_PROJECTION,
];
