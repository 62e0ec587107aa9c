/** The symbols of models of sequences: n-grams and autoregressive networks. */
import type { SymbolTable } from './table';

/** Code names: nanoGPT and Hugging Face transformers for networks, NLTK for n-grams. */
export const SEQUENCE_SYMBOLS = {
  sequence: {
    tex: 'x_{1:N}', spoken: 'the sequence x', colour: 0,
    meaning: 'A whole sequence: the tokens of a text, or the pixels of an image in reading order.',
    codeNames: ['idx', 'input_ids', 'tokens', 'x', 'text'],
  },
  token: {
    tex: 'x_i', spoken: 'x i', colour: 5,
    meaning: 'The i-th element of the sequence.',
    codeNames: ['targets', 'labels', 'y', 'idx_next', 'word'],
  },
  past: {
    tex: 'x_{<i}', spoken: 'everything before x i', colour: 1,
    meaning: 'All elements of the sequence before the i-th.',
    codeNames: ['idx', 'input_ids', 'context', 'history'],
  },
  length: {
    tex: 'N', spoken: 'capital N', colour: 7,
    meaning: 'How many elements the sequence has.',
    codeNames: ['block_size', 'seq_len', 'T', 'N'],
  },
  sequenceModel: {
    tex: 'p_\\theta', spoken: 'p theta', colour: 2,
    meaning: 'The probability that the model gives to a whole sequence.',
    codeNames: ['log_prob', 'score', 'sentence_logprob'],
  },
  nextModel: {
    tex: 'p_\\theta', spoken: 'p theta', colour: 3,
    meaning: 'The probability that the model gives to the next element when it has seen those before.',
    codeNames: ['probs', 'softmax', 'next_token_probs', 'score'],
  },
  sequenceData: {
    tex: 'p_{\\mathrm{data}}', spoken: 'p data', colour: 4,
    meaning: 'How often a sequence really occurs.',
    codeNames: ['dataset', 'corpus', 'train_data'],
  },
  tokenLoss: {
    tex: 'L', spoken: 'capital L', colour: 6,
    meaning: 'The loss of one sequence in nats for each element: what cross-entropy with the mean over positions gives.',
    codeNames: ['loss', 'nll', 'cross_entropy'],
  },
  logit: {
    tex: 'a_k', spoken: 'a k', colour: 0,
    meaning: 'The network\'s output for the k-th entry of the vocabulary, before the softmax.',
    codeNames: ['logits', 'lm_logits', 'scores'],
  },
  targetLogit: {
    tex: 'a_{x_i}', spoken: 'a of x i', colour: 2,
    meaning: 'The network\'s output for the entry of the vocabulary that really comes next.',
    codeNames: ['logits', 'lm_logits'],
  },
  oneHot: {
    tex: 'y_k', spoken: 'y k', colour: 4,
    meaning: 'One for the entry of the vocabulary that really comes next, zero for all others.',
    codeNames: ['one_hot', 'y', 'targets'],
  },
  perplexity: {
    tex: '\\mathrm{PP}', spoken: 'the perplexity', colour: 5,
    meaning: 'The perplexity: among how many equally likely entries the model would be as unsure as it is.',
    codeNames: ['perplexity', 'ppl'],
  },
  bits: {
    tex: 'b', spoken: 'b', colour: 1,
    meaning: 'The loss in bits for each element; of images, bits per dimension.',
    codeNames: ['bpd', 'bits_per_dim', 'bpc', 'bpb'],
  },
  context: {
    tex: 'h_i', spoken: 'h i', colour: 6,
    meaning: 'The last n − 1 words before the i-th: all that an n-gram model looks at.',
    codeNames: ['context', 'history', 'prefix', 'ngram[:-1]'],
  },
  anyContext: {
    tex: 'h', spoken: 'h', colour: 6,
    meaning: 'Any n − 1 words that may stand before a word.',
    codeNames: ['context', 'history', 'prefix'],
  },
  anyWord: {
    tex: 'w', spoken: 'w', colour: 5,
    meaning: 'Any word of the vocabulary.',
    codeNames: ['word', 'w', 'token'],
  },
  ngramModel: {
    tex: 'p_n', spoken: 'p n', colour: 4,
    meaning: 'The probability of a word after n − 1 words, of which there is one for every context and word.',
    codeNames: ['probs', 'model', 'P', 'score'],
  },
  ngramCount: {
    tex: 'c', spoken: 'the count', colour: 1,
    meaning: 'How often a word follows a context in the training text.',
    codeNames: ['counts', 'ngram_counts', 'bigram_counts', 'N'],
  },
  contextTotal: {
    tex: 'c', spoken: 'the count', colour: 7,
    meaning: 'How often a context occurs in the training text with any word after it.',
    codeNames: ['context_counts', 'totals', 'unigram_counts'],
  },
  frequency: {
    tex: '\\hat{p}', spoken: 'p hat', colour: 3,
    meaning: 'The share of a word among all that followed its context in the training text.',
    codeNames: ['probs', 'freqs', 'mle'],
  },
  smoothed: {
    tex: 'p_{+k}', spoken: 'smoothed p', colour: 2,
    meaning: 'The probability of a word after a context with k added to every count; it is never zero.',
    codeNames: ['smoothed', 'laplace', 'lidstone', 'prob'],
  },
  pseudoCount: {
    tex: 'k', spoken: 'k', colour: 4,
    meaning: 'What smoothing adds to every count: 1 is Laplace\'s rule, less is usual.',
    codeNames: ['k', 'alpha', 'gamma', 'smoothing', 'add_k'],
  },
  vocabulary: {
    tex: 'V', spoken: 'capital V', colour: 0,
    meaning: 'How many words there are in the vocabulary.',
    codeNames: ['vocab_size', 'V', 'len(vocab)'],
  },
  trust: {
    tex: '\\lambda_h', spoken: 'lambda h', colour: 1,
    meaning: 'How much smoothing leaves of what was counted after a context: near 1 where much was counted.',
    codeNames: ['lambda_', 'lam', 'weight'],
  },
} satisfies SymbolTable;
