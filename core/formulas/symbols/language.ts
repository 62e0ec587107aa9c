/** Symbols of language models and of relations between words. */
import type { SymbolTable } from './table';

/** Code names: NLTK, then usual Python code. */
const MODELS = {
  beginningModel: {
    tex: 'p_\\theta', spoken: 'p theta', colour: 2, codeNames: ['log_prob', 'sentence_logprob', 'score'],
    meaning: 'The probability that a text begins with the given words; for all N words it is that of the whole text.',
  },
  nextData: {
    tex: 'p_{\\mathrm{data}}', spoken: 'p data', colour: 3, codeNames: ['true_probs', 'next_probs'],
    meaning: 'How probable a word really is after all words before it.',
  },
  contextData: {
    tex: 'p_{\\mathrm{data}}', spoken: 'p data', colour: 7, codeNames: ['true_probs', 'context_probs'],
    meaning: 'How probable a word really is when only the last n − 1 words before it are known.',
  },
  contextLikelihood: {
    tex: '\\ell_h', spoken: 'ell h', colour: 2, codeNames: ['log_likelihood', 'll'],
    meaning: 'The log-likelihood of all words that follow one context in the training text, in nats.',
  },
  multiplier: {
    tex: '\\lambda', spoken: 'lambda', colour: 0, codeNames: ['lam', 'lambda_', 'multiplier'],
    meaning: 'The Lagrange multiplier: the price of breaking the constraint that probabilities add up to one.',
  },
  bestProbability: {
    tex: 'p^{*}_j', spoken: 'p star j', colour: 5, codeNames: ['probs', 'mle', 'freqs'],
    meaning: 'The probability of the j-th word after one context at which the likelihood of the counts is largest.',
  },
} satisfies SymbolTable;

const SMOOTHING = {
  rowVector: {
    tex: '\\boldsymbol{\\theta}', spoken: 'theta', colour: 5, codeNames: ['theta', 'probs', 'dirichlet_sample'],
    meaning: 'All probabilities after one context as one point: V numbers above zero that add up to one.',
  },
  rowCounts: {
    tex: '\\mathbf{c}', spoken: 'vector c', colour: 6, codeNames: ['counts', 'c'],
    meaning: 'The counts of all words after one context, as one vector.',
  },
  rowEntry: {
    tex: '\\theta_j', spoken: 'theta j', colour: 3, codeNames: ['theta', 'probs'],
    meaning: 'The probability of the j-th word after one context, when nobody knows it yet.',
  },
  rowPrior: {
    tex: 'p', spoken: 'p', colour: 2, codeNames: ['Dirichlet', 'prior', 'log_prior'],
    meaning: 'The prior density of the probabilities after one context, before any text was read.',
  },
  rowLikelihood: {
    tex: 'L', spoken: 'capital L', colour: 7, codeNames: ['likelihood', 'log_lik'],
    meaning: 'How probable the words that followed one context are, one after the other, when their probabilities are known.',
  },
  rowPosterior: {
    tex: 'p', spoken: 'p', colour: 1, codeNames: ['posterior', 'Dirichlet'],
    meaning: 'The posterior density of the probabilities after one context, when the counts are known.',
  },
  gammaFunction: {
    tex: '\\Gamma', spoken: 'the gamma function', colour: 5, codeNames: ['gamma', 'lgamma', 'gammaln'],
    meaning: 'The gamma function: for a positive whole number n it is the product of all positive whole numbers below n.',
  },
} satisfies SymbolTable;

const PAIRS = {
  cooccurrence: {
    tex: 'X', spoken: 'X', colour: 1, codeNames: ['cooc', 'X', 'cooccurrence_matrix'],
    meaning: 'How many ordered pairs of places in the text have the first word at one and the second at the other, at most a window apart.',
  },
  cooccurrenceRow: {
    tex: 'X', spoken: 'X', colour: 3, codeNames: ['cooc.sum(axis=1)', 'row_sums'],
    meaning: 'In how many pairs of places a word stands at the first place.',
  },
  pairShare: {
    tex: 'P', spoken: 'P', colour: 3, codeNames: ['p_ij', 'joint'],
    meaning: 'The share of a pair of words among all pairs of places.',
  },
  placeShare: {
    tex: 'P', spoken: 'P', colour: 5, codeNames: ['p_i', 'p_j', 'marginal'],
    meaning: 'The share of the pairs of places in which a word stands at the first place.',
  },
  pointwiseInformation: {
    tex: '\\mathrm{PMI}', spoken: 'the pointwise mutual information', colour: 6, codeNames: ['pmi'],
    meaning: 'The pointwise mutual information of two words that are named: how much more often they meet than if they did not know of each other, as a logarithm.',
  },
  positiveInformation: {
    tex: '\\mathrm{PPMI}', spoken: 'the positive pointwise mutual information', colour: 0, codeNames: ['ppmi'],
    meaning: 'The pointwise mutual information of two words, or zero where that is negative.',
  },
  averageInformation: {
    tex: 'I', spoken: 'capital I', colour: 2, codeNames: ['mi', 'mutual_info'],
    meaning: 'The mutual information of the two words of a pair: the mean of their pointwise mutual information, in nats.',
  },
  windowCount: {
    tex: '\\#', spoken: 'the window count', colour: 3, codeNames: ['context_counts', 'cooc.sum(axis=0)'],
    meaning: 'In how many pairs of the text a word stands in a window.',
  },
  noiseCount: {
    tex: 'm', spoken: 'm', colour: 3, codeNames: ['expected', 'noise_count'],
    meaning: 'How often a pair of words is expected among the negative samples of the whole text.',
  },
  countRatio: {
    tex: 'r', spoken: 'r', colour: 4, codeNames: ['ratio'],
    meaning: 'How often a pair was observed over how often it is expected as noise.',
  },
  pairsObjective: {
    tex: 'J', spoken: 'capital J', colour: 6, codeNames: ['loss', 'objective'],
    meaning: 'The objective of negative sampling over all pairs of the text, with the mean over negative samples taken.',
  },
  shiftedInformation: {
    tex: '\\mathrm{SPPMI}', spoken: 'the shifted positive pointwise mutual information', colour: 2, codeNames: ['sppmi'],
    meaning: 'The pointwise mutual information of a pair less the logarithm of the number of negative samples, or zero where that is negative.',
  },
} satisfies SymbolTable;

const VECTORS = {
  gapScore: {
    tex: 's_j', spoken: 's j', colour: 2, codeNames: ['scores', 'logits'],
    meaning: 'The score of the j-th word for a gap: the inner product of its output vector and the mean of the context.',
  },
  predictionError: {
    tex: 'e_j', spoken: 'e j', colour: 1, codeNames: ['err', 'error', 'dlogits', 'g'],
    meaning: 'The prediction error of the j-th word: its predicted probability less one if it was observed, less zero if not.',
  },
  hiddenError: {
    tex: '\\mathbf{e}', spoken: 'vector e', colour: 6, codeNames: ['neu1e', 'EH', 'dh', 'work'],
    meaning: 'The gradient of the loss by the mean of the context: all output vectors, weighted by their prediction errors.',
  },
} satisfies SymbolTable;

/** Code names: gensim, then word2vec.c. */
const TREE = {
  pathLength: {
    tex: 'L', spoken: 'capital L', colour: 7, codeNames: ['path_length', 'codelen + 1'],
    meaning: 'How many nodes the path of a word has, from the root to the word itself; one less are inner nodes.',
  },
  pathVector: {
    tex: '\\mathbf{n}_j', spoken: 'n j', colour: 4, codeNames: ['syn1', 'points', 'node_vectors'],
    meaning: 'The vector of the j-th inner node on the path of a word; the root is the first.',
  },
  pathScore: {
    tex: 'a_j', spoken: 'a j', colour: 5, codeNames: ['score', 'logits', 'f'],
    meaning: 'The score of the j-th inner node on the path: the inner product of its vector and the vector in the middle.',
  },
  pathSign: {
    tex: 'd_j', spoken: 'd j', colour: 1, codeNames: ['sgn', 'sign'],
    meaning: 'One if the path goes to the first child of its j-th inner node, minus one if it goes to the second.',
  },
  pathLabel: {
    tex: 'y_j', spoken: 'y j', colour: 2, codeNames: ['1 - code', 'label', 'turn'],
    meaning: 'One if the path goes to the first child of its j-th inner node, zero if it goes to the second.',
  },
  branchProbability: {
    tex: 'b_j', spoken: 'b j', colour: 3, codeNames: ['prob', 'branch_prob'],
    meaning: 'The probability that a walk from the root which is at the j-th inner node of a path stays on the path.',
  },
  reachProbability: {
    tex: 'r_j', spoken: 'r j', colour: 6, codeNames: ['prob', 'reach'],
    meaning: 'The probability that a walk from the root reaches the j-th inner node of a path.',
  },
  treeModel: {
    tex: 'p', spoken: 'p', colour: 2, codeNames: ['prob', 'score'],
    meaning: 'The probability that a walk from the root of the tree ends at a word.',
  },
  wordShare: {
    tex: 'f', spoken: 'f', colour: 3, codeNames: ['freqs', 'word_freq'],
    meaning: 'The share of a word among all words of the text.',
  },
  wordDepth: {
    tex: 'D', spoken: 'capital D', colour: 1, codeNames: ['codelen', 'len(code)'],
    meaning: 'How many inner nodes the path of a word has: the length of its code in bits.',
  },
} satisfies SymbolTable;

/** Code names: gensim, then word2vec.c. */
const COUNTS = {
  unigramShare: {
    tex: 'f_j', spoken: 'f j', colour: 4, codeNames: ['freqs', 'word_freq', 'count / total'],
    meaning: 'The share of the j-th word of the vocabulary among all words of the text.',
  },
  sampleThreshold: {
    tex: 't', spoken: 't', colour: 5, codeNames: ['sample', 'threshold', 't'],
    meaning: 'The threshold of subsampling, as a share of the text: words that are much more frequent are thinned out.',
  },
  paperDiscard: {
    tex: 'D_j', spoken: 'D j', colour: 6, codeNames: ['p_drop', 'discard_prob'],
    meaning: 'The probability with which the paper discards one occurrence of the j-th word.',
  },
  paperKeep: {
    tex: 'K_j', spoken: 'K j', colour: 2, codeNames: ['p_keep', 'keep_prob'],
    meaning: 'The probability with which the paper keeps one occurrence of the j-th word.',
  },
  codeKeep: {
    tex: '\\tilde{K}_j', spoken: 'K tilde j', colour: 1, codeNames: ['ran', 'word_probability', 'pdiscard_'],
    meaning: 'What code compares with a random number to keep one occurrence of the j-th word; for rare words it exceeds one.',
  },
  keepProbability: {
    tex: '\\pi_j', spoken: 'pi j', colour: 3, codeNames: ['sample_int', 'word_probability'],
    meaning: 'The probability with which code keeps one occurrence of the j-th word.',
  },
  keepThreshold: {
    tex: 'f_{*}', spoken: 'f star', colour: 6, codeNames: ['threshold'],
    meaning: 'The share up to which code keeps every occurrence of a word.',
  },
  keptMean: {
    tex: '\\bar{n}_j', spoken: 'n bar j', colour: 3, codeNames: ['downsample_total', 'expected_count'],
    meaning: 'How many occurrences of the j-th word are left on average by the rule of the paper.',
  },
  noisePower: {
    tex: 'a', spoken: 'a', colour: 5, codeNames: ['ns_exponent', 'power'],
    meaning: 'The power to which counts are raised for the noise distribution, between 0 and 1; as a rule 0.75.',
  },
  shareMass: {
    tex: 'Z', spoken: 'capital Z', colour: 2, codeNames: ['train_words_pow', 'total'],
    meaning: 'The sum over the vocabulary of all shares raised to the power of the noise distribution.',
  },
  evenShare: {
    tex: 'f_{*}', spoken: 'f star', colour: 6, codeNames: ['break_even'],
    meaning: 'The share of a word that is as frequent in the noise as in the text.',
  },
} satisfies SymbolTable;

const RELATIONS = {
  hyponymVector: { tex: '\\mathbf{x}_i', spoken: 'x i', colour: 0, codeNames: ['x', 'hypo', 'X_train'], meaning: 'The vector of the more special word of the i-th pair, as that of "dog".' },
  hypernymVector: { tex: '\\mathbf{y}_i', spoken: 'y i', colour: 1, codeNames: ['y', 'hyper', 'Y_train'], meaning: 'The vector of the more general word of the i-th pair, as that of "animal".' },
  relationPairs: { tex: 'N', spoken: 'capital N', colour: 7, codeNames: ['len(pairs)', 'n_pairs', 'N'], meaning: 'How many pairs of a special and a general word are known.' },
  hyponymMatrix: { tex: '\\mathbf{X}', spoken: 'matrix X', colour: 0, matrix: true, codeNames: ['X', 'X_train'], meaning: 'The matrix whose columns are the vectors of the special words, one for each pair.' },
  hypernymMatrix: { tex: '\\mathbf{Y}', spoken: 'matrix Y', colour: 1, matrix: true, codeNames: ['Y', 'Y_train'], meaning: 'The matrix whose columns are the vectors of the general words, one for each pair.' },
  projection: { tex: '\\boldsymbol{\\Phi}', spoken: 'Phi', colour: 3, matrix: true, codeNames: ['Phi', 'W', 'projection', 'linear'], meaning: 'A matrix that is to carry the vector of a special word to that of its general word.' },
  bestProjection: { tex: '\\hat{\\boldsymbol{\\Phi}}', spoken: 'Phi hat', colour: 5, matrix: true, codeNames: ['Phi', 'lstsq', 'W'], meaning: 'The matrix whose squared errors over all pairs are smallest.' },
  projectionLoss: { tex: '\\mathcal{E}', spoken: 'capital E', colour: 6, codeNames: ['loss', 'mse'], meaning: 'The mean over all pairs of the squared distance between the projected special word and its general word.' },
  offset: { tex: '\\mathbf{o}', spoken: 'o', colour: 2, codeNames: ['offset', 'diff'], meaning: 'One vector that is added to the vector of every special word.' },
  bestOffset: { tex: '\\hat{\\mathbf{o}}', spoken: 'o hat', colour: 4, codeNames: ['offset', 'mean_diff'], meaning: 'The offset whose squared errors over all pairs are smallest.' },
  extendedVector: { tex: '\\tilde{\\mathbf{x}}_i', spoken: 'x tilde i', colour: 2, codeNames: ['x1', 'X_bias'], meaning: 'The vector of the special word of the i-th pair with one more entry, which is 1.' },
  extendedProjection: { tex: '\\tilde{\\boldsymbol{\\Phi}}', spoken: 'Phi tilde', colour: 3, matrix: true, codeNames: ['W_bias', 'affine', 'linear'], meaning: 'The matrix with one more column whose squared errors on the longer vectors are smallest.' },
  clusters: { tex: 'K', spoken: 'capital K', colour: 7, codeNames: ['n_clusters', 'K'], meaning: 'Into how many clusters the pairs are sorted by their offsets.' },
  inCluster: { tex: 'c', spoken: 'c', colour: 6, codeNames: ['labels_', 'mask'], meaning: 'One where a pair belongs to a cluster, zero otherwise.' },
  clusterProjection: { tex: '\\hat{\\boldsymbol{\\Phi}}_k', spoken: 'Phi hat k', colour: 3, matrix: true, codeNames: ['Phis', 'projections'], meaning: 'The matrix whose squared errors over the pairs of the k-th cluster are smallest.' },
} satisfies SymbolTable;

/** Code names: gensim. */
const ANALOGIES = {
  anyVector: { tex: '\\mathbf{x}', spoken: 'x', colour: 6, codeNames: ['x', 'u', 'v1'], meaning: 'The first of any two vectors that are compared.' },
  otherVector: { tex: '\\mathbf{y}', spoken: 'y', colour: 1, codeNames: ['y', 'v', 'v2'], meaning: 'The second of any two vectors that are compared.' },
  candidate: { tex: '\\mathbf{w}', spoken: 'w', colour: 0, codeNames: ['vectors', 'syn0norm', 'vocab'], meaning: 'The vector of any word that may be the answer, of length 1.' },
  analogyStart: { tex: '\\mathbf{a}', spoken: 'a', colour: 1, codeNames: ['negative', 'a', 'man'], meaning: 'The vector of the first word of the known pair, as "man", of length 1.' },
  analogyEnd: { tex: '\\mathbf{a}^{*}', spoken: 'a star', colour: 4, codeNames: ['positive', 'a_star', 'woman'], meaning: 'The vector of the second word of the known pair, as "woman", of length 1.' },
  analogyQuestion: { tex: '\\mathbf{b}', spoken: 'b', colour: 2, codeNames: ['positive', 'b', 'king'], meaning: 'The vector of the word whose partner is asked for, as "king", of length 1.' },
  analogyAnswer: { tex: '\\mathbf{b}^{*}', spoken: 'b star', colour: 5, codeNames: ['most_similar', 'answer', 'b_star'], meaning: 'The answer to an analogy by adding and subtracting vectors, as "queen".' },
  productAnswer: { tex: '\\mathbf{b}^{\\times}', spoken: 'b times', colour: 5, codeNames: ['most_similar_cosmul', 'answer'], meaning: 'The answer to an analogy by multiplying and dividing similarities.' },
  wordCosine: { tex: '\\operatorname{cos}', spoken: 'the cosine similarity', colour: 3, codeNames: ['cosine_similarity', 'similarity', 'n_similarity'], meaning: 'The cosine of the angle between two vectors.' },
  shiftedCosine: { tex: '\\operatorname{s}', spoken: 's', colour: 6, codeNames: ['(1 + cos) / 2', 'pos_dists'], meaning: 'The cosine of two vectors, shifted and halved so that it lies between 0 and 1.' },
  smallNumber: { tex: '\\varepsilon', spoken: 'epsilon', colour: 7, codeNames: ['eps', '0.000001', '0.001'], meaning: 'A small positive number that keeps a quotient finite.' },
} satisfies SymbolTable;

export const LANGUAGE_SYMBOLS = { ...MODELS, ...SMOOTHING, ...PAIRS, ...VECTORS, ...TREE, ...COUNTS, ...RELATIONS, ...ANALOGIES };
