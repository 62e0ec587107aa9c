/** Further symbols of skip-gram: a text, its windows and its pairs. */
import type { SymbolTable } from './table';

/** Code names: gensim, then usual PyTorch and NumPy code. */
export const CORPUS_SYMBOLS = {
  textWord: {
    tex: 'w', spoken: 'word w', colour: 0,
    meaning: 'The word at a position of the text, as its number in the vocabulary.',
    codeNames: ['corpus', 'tokens', 'sentence', 'word_ids', 'text'],
  },
  textLength: {
    tex: 'T', spoken: 'capital T', colour: 4,
    meaning: 'How many positions of the text stand in the middle of a window.',
    codeNames: ['corpus_total_words', 'len(corpus)', 'len(tokens)', 'T'],
  },
  windowSize: {
    tex: 'c', spoken: 'c', colour: 5,
    meaning: 'The window: how many words before and how many after the middle are predicted.',
    codeNames: ['window', 'window_size', 'context_size', 'C'],
  },
  pairModel: {
    tex: 'p', spoken: 'p', colour: 3,
    meaning: 'The probability that the model gives to a word in the window of a given word in the middle.',
    codeNames: ['probs', 'softmax', 'log_probs', 'p'],
  },
  textLikelihood: {
    tex: 'L', spoken: 'capital L', colour: 2,
    meaning: 'The likelihood of the text: how probable the model finds all words of all windows together.',
    codeNames: ['likelihood', 'log_likelihood'],
  },
  skipGramObjective: {
    tex: 'J', spoken: 'capital J', colour: 6,
    meaning: 'The objective of skip-gram: the mean over positions of the log-probabilities of all words in the window, in nats.',
    codeNames: ['loss', 'objective', 'nll_loss'],
  },
  sameWord: {
    tex: '\\delta', spoken: 'delta', colour: 2,
    meaning: 'One where both words are the same word of the vocabulary, zero otherwise.',
    codeNames: ['==', 'one_hot', 'eq'],
  },
  pairCounts: {
    tex: '\\#', spoken: 'the pair count', colour: 1,
    meaning: 'In how many pairs of the text the first word stands in the middle and the second in its window.',
    codeNames: ['pair_counts', 'cooc', 'cooccurrence', 'Counter'],
  },
  middleCount: {
    tex: '\\#', spoken: 'the middle count', colour: 1,
    meaning: 'In how many pairs of the text a word stands in the middle.',
    codeNames: ['word_counts', 'counts', 'freqs', 'cooc.sum(axis=1)'],
  },
  windowWord: {
    tex: 'o', spoken: 'o', colour: 4,
    meaning: 'Any word of the vocabulary as one that may stand in a window.',
    codeNames: ['context', 'outside', 'target', 'o'],
  },
  pairFrequency: {
    tex: '\\hat{p}', spoken: 'p hat', colour: 0,
    meaning: 'How often a word really stands in the window of a given word, as a share of all pairs with that word in the middle.',
    codeNames: ['freqs', 'cooc', 'empirical', 'target_probs'],
  },
  middleVector: {
    tex: '\\mathbf{v}_i', spoken: 'v i', colour: 0,
    meaning: 'The vector of the i-th word of the vocabulary when it stands in the middle of a window.',
    codeNames: ['syn0', 'wv', 'in_embed', 'target_embeddings', 'embeddings'],
  },
  wordScore: {
    tex: 's_j', spoken: 's j', colour: 5,
    meaning: 'The score of the j-th word of the vocabulary: the inner product of its output vector and the vector in the middle.',
    codeNames: ['scores', 'logits', 'dots'],
  },
  observedShare: {
    tex: '\\hat{p}_j', spoken: 'p hat j', colour: 1,
    meaning: 'The share of the j-th word among all words that were observed in the windows of one word in the middle.',
    codeNames: ['freqs', 'target_probs', 'empirical'],
  },
  noiseShare: {
    tex: 'q_j', spoken: 'q j', colour: 3,
    meaning: 'The noise distribution: how probable the j-th word of the vocabulary is as a negative sample.',
    codeNames: ['noise_dist', 'unigram_dist', 'cum_table', 'sampling_weights', 'neg_weights'],
  },
  observedChance: {
    tex: 'd_j', spoken: 'd j', colour: 4,
    meaning: 'The probability that the j-th word was observed and is not one of the negative samples, when only the word is known.',
    codeNames: ['sigmoid', 'prob', 'pred'],
  },
  labelLikelihood: {
    tex: '\\Lambda', spoken: 'capital lambda', colour: 3,
    meaning: 'The likelihood of the right labels for one observed word and its negative samples: yes for the first, no for all others.',
    codeNames: ['likelihood', 'probs'],
  },
  centreObjective: {
    tex: '\\ell_{\\mathrm{v}}', spoken: 'ell of the first word', colour: 6,
    meaning: 'What all pairs with one word in the middle add to the objective of negative sampling, with the mean over negative samples taken.',
    codeNames: ['loss', 'objective'],
  },
  bestWordScore: {
    tex: 's^{*}_j', spoken: 'best s j', colour: 5,
    meaning: 'The score of the j-th word at which the objective of negative sampling, with the mean over negative samples taken, is largest, if all scores can be chosen freely.',
    codeNames: ['scores', 'logits'],
  },
  noiseDraw: {
    tex: '\\mathbf{n}', spoken: 'n', colour: 2,
    meaning: 'The K negative samples of one observed word, as one draw.',
    codeNames: ['negatives', 'neg_samples', 'noise_words', 'negative_samples'],
  },
  drawProbability: {
    tex: 'q', spoken: 'q', colour: 3,
    meaning: 'How probable one draw of K negative samples is: the product of the noise shares of its words.',
    codeNames: ['noise_dist', 'multinomial'],
  },
  drawnScore: {
    tex: '\\tilde{s}_k', spoken: 's tilde k', colour: 0,
    meaning: 'The score of the k-th negative sample: the inner product of its output vector and the vector in the middle.',
    codeNames: ['neg_scores', 'neg_logits', 'noise_logits'],
  },
  unigramCount: {
    tex: 'n_j', spoken: 'n j', colour: 0,
    meaning: 'How often the j-th word of the vocabulary occurs in the text.',
    codeNames: ['word_counts', 'vocab_freqs', 'counts', 'freqs'],
  },
} satisfies SymbolTable;
