/** From the softmax over all words to negative sampling (Mikolov et al. 2013), and what its optimum is (Levy & Goldberg 2014). */
import { add, derivative, div, dot, fn, mul, neg, sub, sum, sym, type Expr } from '../../formulas/expr';
import { MIKOLOV_2013 } from '../../formulas/sources';
import { lineOf } from '../line';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { skipGramWorld } from '../worlds/words';
import { logNormaliser, NEGATIVE_SAMPLING_GRADIENT, NEGATIVE_SAMPLING_OBJECTIVE, observed, POINTWISE_INFORMATION, SKIPGRAM_SOFTMAX, V, wordVector } from '../../formulas/words';

const v = sym('centreVector');
const [K, s, best] = [sym('negatives'), sym('pairScore'), sym('bestScore')];
const [pair, centre, output, all] = [sym('pairCount'), sym('centreCount'), sym('outputCount'), sym('pairTotal')];
const sigmoid = (of: Expr): Expr => fn('sigmoid', of);
/** How often the pair is expected among the negative samples. */
const noise = div(mul(K, centre, output), all);
const objective = add(mul(pair, fn('log', sigmoid(s))), mul(noise, fn('log', sigmoid(neg(s)))));

export const SKIP_GRAM: Derivation = {
  id: 'skip-gram',
  title: 'Skip-gram with negative sampling, and what it learns',
  shows:
    'How negative sampling takes the place of a softmax over the whole vocabulary, and which gradient it gives. Then that its best score for a pair of words is their pointwise mutual information, shifted by the logarithm of the number of negative samples.',
  source: MIKOLOV_2013('eq. 2 and 4; the optimum: Levy & Goldberg 2014, section 3'),
  prerequisites: [
    'Every word has two vectors: v when it stands in the middle of a window, u when it stands around another word.',
    'Softmax and sigmoid; 1 minus the sigmoid of s is the sigmoid of −s.',
    'The logarithm of the sigmoid of s has the derivative sigmoid of −s.',
  ],
  after: ['negative-sampling'],
  given: ['centreVector', 'outputVector', 'wordVector', 'vocabularySize'],
  cases: inWorlds(skipGramWorld),
  steps: [
    {
      label: 'Softmax over all words (eq. 2)',
      ...lineOf(SKIPGRAM_SOFTMAX), kind: 'definition',
      why: 'The probability that word j stands near the word with the vector v: the larger their inner product, the more probable.',
    },
    {
      label: 'The gradient of the softmax',
      left: derivative(v, sub(dot(observed, v), logNormaliser(v))), relation: 'equal', right: sub(observed, sum(1, V, mul(sym('wordProbability', 'j'), wordVector), 'j')), kind: 'numeric',
      why: 'The logarithm of the probability of the observed word, by the vector in the middle. It pulls v towards the observed word and away from what the model expects. The mean of all output vectors costs the whole vocabulary at every step.',
    },
    {
      label: 'Negative sampling (eq. 4)',
      ...lineOf(NEGATIVE_SAMPLING_OBJECTIVE), kind: 'definition',
      why: 'A simpler task in its place: tell the observed word from K words drawn at random, each by its own sigmoid. Of the vocabulary only K + 1 words are touched.',
    },
    {
      label: 'Its gradient',
      ...lineOf(NEGATIVE_SAMPLING_GRADIENT), kind: 'numeric',
      why: 'Each vector is weighted by how wrong the model still is about its word. What is known already gives almost no gradient.',
    },
    {
      label: 'One pair over the whole text',
      left: sym('pairObjective'), relation: 'equal', right: objective, kind: 'definition',
      why: 'All terms with one pair of words collected; s is the inner product of its vectors. The pair is observed as often as it is counted. As a negative sample it is expected K times for each pair with the first word, by the share of the second word. This is for noise by plain frequency; usual code raises the frequencies to the power 0.75.',
    },
    {
      label: 'Its derivative by the score',
      left: derivative(s, objective), relation: 'equal', right: sub(mul(pair, sigmoid(neg(s))), mul(noise, sigmoid(s))), kind: 'numeric',
      why: 'If vectors are long enough, every pair can have its own score, so each may be looked at alone.',
    },
    {
      label: 'Where it vanishes',
      left: mul(pair, sigmoid(neg(best))), relation: 'equal', right: mul(noise, sigmoid(best)), kind: 'definition',
      why: 'The derivative falls as the score grows, so the score at which it is zero is the best one.',
    },
    {
      label: 'Solve for the score',
      left: fn('exp', best), relation: 'equal', right: div(mul(pair, all), mul(K, centre, output)), kind: 'numeric',
      why: 'The sigmoid of s over the sigmoid of −s is the exponential of s.',
    },
    {
      label: 'Pointwise mutual information',
      ...lineOf(POINTWISE_INFORMATION), kind: 'definition',
      why: 'Were the two words independent, the quotient would be 1 and its logarithm 0.',
    },
    {
      label: 'What skip-gram learns',
      left: best, relation: 'equal', right: sub(sym('mutualInformation'), fn('log', K)), kind: 'numeric',
      why: 'The logarithm of the score\'s line. So at the optimum the inner products of word vectors factorise the matrix of mutual information, shifted by log K (Levy & Goldberg 2014). This takes vectors that are long enough, and pairs that all occur.',
    },
  ],
};
