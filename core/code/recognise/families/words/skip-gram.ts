/** Skip-gram: a word predicts each of its neighbours. Mikolov et al. 2013, with negative sampling, a full or a sampled softmax. */
import type { Family, FileView, ModelCall } from '../family';
import { cluesFor } from './evidence';
import { libraryCalls } from './gensim';
import { WORD_RULES, wordSettings } from './settings';

const LIBRARY = ['Word2Vec', 'FastText', 'fasttext', 'fastText', 'Node2Vec', 'skipgrams', 'nce_loss', 'sampled_softmax_loss'];
/** What scores are made with, and what they are made of. */
export const SCORES = ['logsigmoid', 'log_sigmoid', 'logSigmoid', 'LogSigmoid', 'sigmoid', 'exp', 'softmax', 'log_softmax', 'logSoftmax', 'cross_entropy', 'CrossEntropyLoss', 'NLLLoss', 'nll_loss', 'BCEWithLogitsLoss', 'binary_crossentropy', 'sparse_categorical_crossentropy', 'categorical_crossentropy', 'softmax_cross_entropy_with_logits', 'sparse_softmax_cross_entropy_with_logits', 'binary_cross_entropy_with_logits', 'softmax_cross_entropy_with_logits_v2', 'CategoricalCrossentropy', 'SparseCategoricalCrossentropy', 'softmax_cross_entropy_with_integer_labels', 'softplus'];
export const TABLES = ['Embedding', 'EmbeddingBag', 'Embed', 'embedding', 'embedding_lookup', 'dot', 'matmul', 'einsum', 'Linear', 'gather', 'outer'];

export const SKIP_GRAM: Family = {
  id: 'skip-gram',
  needs: {
    python: [[...LIBRARY, ...SCORES, 'Linear', 'Dense'], [...LIBRARY, ...TABLES.filter((w) => w !== 'Linear')]],
    javascript: [['sigmoid', 'exp', 'softmax', 'logSigmoid', 'sigmoidCrossEntropy', 'softmaxCrossEntropy', 'categoricalCrossentropy', 'binaryCrossentropy', 'sparseCategoricalCrossentropy'], ['embedding', 'gather', 'dot', 'matMul', 'random', 'exp']],
  },
  seeds: [...LIBRARY, 'logsigmoid', 'log_sigmoid', 'LogSigmoid', 'Embedding', 'EmbeddingBag', 'embedding_lookup', 'Embed', 'sigmoid', 'softmax', 'window', 'window_size', 'context_size', 'skip_window', 'skip_grams'],
  clues: (view) => cluesFor(view, 'skip-gram'),
  calls: (view: FileView): ModelCall[] => libraryCalls(view, 'skip-gram'),
  named: WORD_RULES,
  settings: (view, place) => wordSettings(view, place, true),
  foreign: /cbow|glove|classif|lstm|rnn/i,
};
