/** Continuous bag of words: the mean of the vectors around a gap predicts the word in it. */
import { derivative, dot, fn, mul, neg, sub, sum, sym } from '../../formulas/expr';
import { RONG_2014 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { cbowWorld } from '../worlds/words';
import { lineOf } from '../line';
import { CBOW_NEGATIVE_SAMPLING, CONTEXT_MEAN, contextShare as share, logNormaliser, negativeSampling, negativeSamplingGradient, observed, overContext, softmax, V, wordVector } from '../../formulas/words';

const [h, C] = [sym('contextMean'), sym('contextSize')];

export const CBOW: Derivation = {
  id: 'cbow',
  title: 'Continuous bag of words',
  shows:
    'How the words around a gap predict the word in it through the mean of their vectors, and which gradient comes back to each of them. Negative sampling is the same as for skip-gram, with the mean in the place of one vector.',
  source: RONG_2014('sections 1.2 and 3.2'),
  prerequisites: [
    'Every word has two vectors: v when it stands around a gap, u when it is the word to be predicted.',
    'Softmax and sigmoid; 1 minus the sigmoid of s is the sigmoid of −s.',
    'The chain rule.',
  ],
  after: ['skip-gram'],
  given: ['contextVector', 'contextSize', 'outputVector', 'wordVector', 'vocabularySize'],
  cases: inWorlds(cbowWorld),
  steps: [
    {
      label: 'The mean of the context',
      ...lineOf(CONTEXT_MEAN), kind: 'definition',
      why: 'The vectors of the C words around the gap are averaged, whatever their order: a bag of words. gensim takes their sum if cbow_mean is 0.',
    },
    {
      label: 'The score of a word is a mean of scores',
      left: dot(observed, h), relation: 'equal', right: overContext(dot(observed, sym('contextVector', 'i'))), kind: 'numeric',
      why: 'Inner products are linear. So each context word votes for the word in the gap on its own, and the votes are averaged.',
    },
    {
      label: 'Softmax over all words',
      left: sym('wordProbability', 'j'), relation: 'equal', right: softmax(h), kind: 'definition',
      why: 'The probability that word j stands in the gap.',
    },
    {
      label: 'The gradient of its loss',
      left: derivative(h, sub(logNormaliser(h), dot(observed, h))), relation: 'equal', right: sub(sum(1, V, mul(sym('wordProbability', 'j'), wordVector), 'j'), observed), kind: 'numeric',
      why: 'The negative logarithm of the probability of the observed word, by the mean: what the model expects less what was there. The sum costs the whole vocabulary at every step.',
    },
    {
      label: 'Negative sampling',
      ...lineOf(CBOW_NEGATIVE_SAMPLING), kind: 'definition',
      why: 'A simpler task in its place: tell the observed word from K words drawn at random, each by its own sigmoid.',
    },
    {
      label: 'Its gradient by the mean',
      left: derivative(h, negativeSampling(h)), relation: 'equal', right: negativeSamplingGradient(h), kind: 'numeric',
      why: 'Each output vector is weighted by how wrong the model still is about its word.',
    },
    {
      label: 'What reaches one context word',
      left: derivative(sym('contextVector', 'i'), fn('log', fn('sigmoid', dot(observed, mul(share, sum(1, C, sym('contextVector', 'j'), 'j')))))), relation: 'equal',
      right: mul(share, fn('sigmoid', neg(dot(observed, h))), observed), kind: 'numeric',
      why: 'Shown for the observed word; the noise words go the same way. By the chain rule every context word gets the C-th part of the gradient of the mean, and all get the same. word2vec.c gives each the whole gradient, which is a step C times as long.',
    },
  ],
};
