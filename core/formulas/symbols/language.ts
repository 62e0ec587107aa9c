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
    meaning: 'The gamma function: for a whole number n it is the product of all whole numbers below n.',
  },
} satisfies SymbolTable;

export const LANGUAGE_SYMBOLS = { ...MODELS, ...SMOOTHING };
