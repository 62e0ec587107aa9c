/** The symbols of word vectors: skip-gram and CBOW. */
import type { SymbolTable } from './table';

/** Code names: gensim, then word2vec.c and usual PyTorch code. */
export const WORD_SYMBOLS = {
  centreVector: {
    tex: '\\mathbf{v}', spoken: 'v', colour: 0,
    meaning: 'The vector of the word in the middle of the window: the one that is kept after training.',
    codeNames: ['syn0', 'wv', 'in_embed', 'target_embeddings', 'center'],
  },
  contextVector: {
    tex: '\\mathbf{v}_i', spoken: 'v i', colour: 0,
    meaning: 'The vector of the i-th word around the gap: the one that is kept after training.',
    codeNames: ['syn0', 'wv', 'embeddings', 'context_embeddings'],
  },
  contextMean: {
    tex: '\\mathbf{h}', spoken: 'h', colour: 5,
    meaning: 'The mean of the vectors of the words around the gap.',
    codeNames: ['l1', 'neu1', 'h', 'hidden', 'mean_embed'],
  },
  contextSize: {
    tex: 'C', spoken: 'capital C', colour: 7,
    meaning: 'How many words of the window stand around the gap: at most twice the window.',
    codeNames: ['cw', 'context_size', 'window'],
  },
  outputVector: {
    tex: '\\mathbf{u}_{\\mathrm{o}}', spoken: 'u of the observed word', colour: 1,
    meaning: 'The output vector of the word that was observed and has to be predicted.',
    codeNames: ['syn1neg', 'out_embed', 'context_embeddings', 'positive'],
  },
  wordVector: {
    tex: '\\mathbf{u}_j', spoken: 'u j', colour: 4,
    meaning: 'The output vector of the j-th word of the vocabulary.',
    codeNames: ['syn1neg', 'syn1', 'out_embed', 'linear'],
  },
  noiseVector: {
    tex: '\\tilde{\\mathbf{u}}_k', spoken: 'u tilde k', colour: 2,
    meaning: 'The output vector of the k-th negative sample: a word drawn at random, which was not observed here.',
    codeNames: ['neg_embed', 'negative', 'noise', 'neg_vectors'],
  },
  wordProbability: {
    tex: 'p_j', spoken: 'p j', colour: 3,
    meaning: 'The probability that the model gives to the j-th word of the vocabulary.',
    codeNames: ['probs', 'softmax', 'log_probs'],
  },
  vocabularySize: {
    tex: 'V', spoken: 'capital V', colour: 7,
    meaning: 'How many words or tokens there are in the vocabulary.',
    codeNames: ['vocab_size', 'len(vocab)', 'V'],
  },
  negatives: {
    tex: 'K', spoken: 'capital K', colour: 7,
    meaning: 'How many negative samples there are for each observed word.',
    codeNames: ['negative', 'num_negatives', 'num_ns', 'K'],
  },
  negativeSampling: {
    tex: 'J', spoken: 'capital J', colour: 6,
    meaning: 'The objective of negative sampling for one observed word, in nats; training makes it large.',
    codeNames: ['loss', 'neg_loss'],
  },
  pairObjective: {
    tex: '\\ell', spoken: 'ell', colour: 6,
    meaning: 'What one pair of words adds to the objective of negative sampling over the whole text.',
    codeNames: ['loss'],
  },
  pairScore: {
    tex: 's', spoken: 'score s', colour: 5,
    meaning: 'The score of a pair of words: the inner product of its two vectors.',
    codeNames: ['score', 'logits', 'dots', 'prod_term'],
  },
  bestScore: {
    tex: 's^{*}', spoken: 'best score s', colour: 5,
    meaning: 'The score of a pair at which its part of the objective is largest.',
    codeNames: ['score', 'logits'],
  },
  pairCount: {
    tex: 'n_{\\mathrm{vu}}', spoken: 'the count of the pair', colour: 0,
    meaning: 'How often the pair of words occurs in the text: the second within the window of the first.',
    codeNames: ['pair_counts', 'cooc', 'count'],
  },
  centreCount: {
    tex: 'n_{\\mathrm{v}}', spoken: 'the count of the first word', colour: 4,
    meaning: 'In how many pairs of the text the first word is this one.',
    codeNames: ['word_counts', 'freqs'],
  },
  outputCount: {
    tex: 'n_{\\mathrm{u}}', spoken: 'the count of the second word', colour: 1,
    meaning: 'In how many pairs of the text the second word is this one.',
    codeNames: ['word_counts', 'context_counts'],
  },
  pairTotal: {
    tex: 'n', spoken: 'the number of all pairs', colour: 2,
    meaning: 'How many pairs of words there are in the text.',
    codeNames: ['total', 'n_pairs'],
  },
  mutualInformation: {
    tex: '\\mathrm{PMI}', spoken: 'the pointwise mutual information', colour: 3,
    meaning: 'Pointwise mutual information: how much more often two words meet than if they did not know of each other, as a logarithm.',
    codeNames: ['pmi', 'ppmi'],
  },
} satisfies SymbolTable;
