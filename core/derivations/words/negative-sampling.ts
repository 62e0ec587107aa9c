/** Negative sampling (Mikolov et al. 2013) from a classifier of data against noise, its gradients, and its optimum (Levy & Goldberg 2014). */
import { add, apply, derivative, div, dot, expectation, fn, gradient, mul, neg, num, product, sub, sum, sym, type Expr } from '../../formulas/expr';
import { MIKOLOV_2013 } from '../../formulas/sources';
import { lineOf } from '../line';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { negativeSamplingWorld } from '../worlds/negative-sampling';
import { NEGATIVE_SAMPLING_OBJECTIVE, negativeSampling, negativeSamplingGradient, NOISE_DISTRIBUTION, observed, POINTWISE_INFORMATION, V } from '../../formulas/words';

const one = num(1);
const [v, K, s] = [sym('centreVector'), sym('negatives'), sym('pairScore')];
const log = (of: Expr): Expr => fn('log', of);
const sigmoid = (of: Expr): Expr => fn('sigmoid', of);
const [share, noise, chance, best, score] = [sym('observedShare', 'j'), sym('noiseShare', 'j'), sym('observedChance', 'j'), sym('bestWordScore', 'j'), sym('wordScore', 'j')];
const [pair, centre, output, all] = [sym('pairCount'), sym('centreCount'), sym('outputCount'), sym('pairTotal')];
const negative = (of: 'i' | 'k'): Expr => sym('noiseVector', of);
const [observedScore, noiseScore] = [dot(observed, v), dot(negative('k'), v)];
const term = add(mul(share, log(sigmoid(score))), mul(K, noise, log(sigmoid(neg(score)))));
const slope = sub(mul(share, sigmoid(neg(score))), mul(K, noise, sigmoid(score)));
const ofNoise = mul(K, noise);
const overWords = (body: Expr): Expr => sum(1, V, body, 'i');
/** The terms of K drawn words, and the mean of one of them. */
const drawn = sum(1, K, log(sigmoid(neg(sym('drawnScore', 'k')))), 'k');
const noiseMean = overWords(mul(sym('noiseShare', 'i'), log(sigmoid(neg(sym('wordScore', 'i'))))));
const independence = div(mul(pair, all), mul(centre, output));

export const NEGATIVE_SAMPLING: Derivation = {
  id: 'negative-sampling',
  title: 'Negative sampling, its gradients and its optimum',
  shows:
    'How the objective of negative sampling follows from a classifier that tells observed words from noise, and which gradients each vector gets. Then the scores at which it is largest: log-quotients of data and noise, which for plain frequencies are shifted pointwise mutual information.',
  source: MIKOLOV_2013('eq. 4 and section 2.2; the optimum: Levy & Goldberg 2014, section 3.1'),
  prerequisites: [
    'Every word has two vectors: v when it stands in the middle of a window, u when it stands around another word.',
    'For each observed word K further words are drawn from a noise distribution q, without a look at the text.',
    'The sigmoid of s is 1 over 1 + exp(−s). Bayes\' rule.',
  ],
  after: ['skipgram-likelihood', 'skipgram-softmax-gradient'],
  given: ['centreVector', 'outputVector', 'noiseVector', 'negatives', 'vocabularySize', 'observedShare', 'noiseShare', 'pairScore', 'wordScore', 'noiseDraw', 'drawProbability', 'drawnScore', 'centreCount', 'pairCount', 'outputCount', 'pairTotal'],
  cases: inWorlds(negativeSamplingWorld),
  steps: [
    {
      label: 'Was this word observed, or is it noise?',
      left: chance, relation: 'equal', right: div(share, add(share, ofNoise)), kind: 'definition',
      why: 'The word in the middle is fixed; the first share is that of a word among those observed around it. One observed word and K noise words lie in a bag, and one of them is drawn. Bayes\' rule gives the probability that it was the observed one. An observed word is drawn with the chance 1/(K + 1) and noise with K/(K + 1); the K + 1 has cancelled.',
    },
    {
      label: 'A sigmoid of a log-quotient',
      left: chance, relation: 'equal', right: sigmoid(sub(log(share), log(ofNoise))), kind: 'numeric',
      why: 'Above and below were divided by the share of the word; what is left below is 1 plus an exponential. So the best classifier is a sigmoid of some score, and the model may learn the score directly. Both shares must be above zero: a word that was never observed here has the probability 0, which no finite score reaches.',
    },
    {
      label: 'One minus a sigmoid',
      left: sub(one, sigmoid(s)), relation: 'equal', right: sigmoid(neg(s)), kind: 'numeric',
      why: 'One minus 1 over 1 + exp(−s) is exp(−s) over 1 + exp(−s). Multiplied by exp(s) above and below it is the sigmoid of −s.',
    },
    {
      label: 'The likelihood of the right labels',
      left: sym('labelLikelihood'), relation: 'equal', right: mul(sigmoid(observedScore), product(1, K, sub(one, sigmoid(noiseScore)), 'k')), kind: 'definition',
      why: 'The score of a word is the inner product of its output vector with the vector in the middle. The classifier should say yes to the observed word and no to each of the K noise words, and it judges each on its own.',
    },
    {
      label: 'The objective is its logarithm',
      left: sym('negativeSampling'), relation: 'equal', right: log(sym('labelLikelihood')), kind: 'definition',
      why: 'Training makes this large. In code its negative is the binary cross-entropy with the label 1 for the observed word and 0 for the others, summed over the K + 1 words.',
    },
    {
      label: 'Negative sampling (eq. 4)',
      ...lineOf(NEGATIVE_SAMPLING_OBJECTIVE), kind: 'numeric',
      why: 'The logarithm of the product is a sum, and one minus a sigmoid is the sigmoid of the negative score. The paper writes the mean over the draws in front of each noise term; here stands one draw, as in code, and the mean is taken further below. Of all output vectors at most K + 1 are touched.',
    },
    {
      label: 'The derivative of the sigmoid',
      left: derivative(s, sigmoid(s)), relation: 'equal', right: mul(sigmoid(s), sigmoid(neg(s))), kind: 'numeric',
      why: 'The derivative of 1 over 1 + exp(−s) is exp(−s) over the square of 1 + exp(−s). One factor of the square makes the first sigmoid, the other one with exp(−s) above it the second.',
    },
    {
      label: 'The derivative of its logarithm',
      left: derivative(s, log(sigmoid(s))), relation: 'equal', right: sigmoid(neg(s)), kind: 'numeric',
      why: 'The line above divided by the sigmoid itself. A score that is already high gives almost no gradient.',
    },
    {
      label: 'The same for the negative score',
      left: derivative(s, log(sigmoid(neg(s)))), relation: 'equal', right: neg(sigmoid(s)), kind: 'numeric',
      why: 'The line above with −s in the place of s; the inner derivative brings the minus sign.',
    },
    {
      label: 'The gradient by the observed word\'s vector',
      left: gradient('outputVector', log(sigmoid(observedScore))), relation: 'equal', right: mul(sigmoid(neg(observedScore)), v), kind: 'numeric',
      why: 'Here the first term alone is looked at. If the observed word happens to be drawn as noise too, it also gets the gradient of the next line; word2vec.c skips such draws. The gradient of the inner product is v; it is multiplied by the derivative of the log-sigmoid. The observed word is pulled towards v.',
    },
    {
      label: 'The gradient by a noise word\'s vector',
      left: derivative(negative('i'), sum(1, K, log(sigmoid(neg(noiseScore))), 'k')), relation: 'equal', right: neg(mul(sigmoid(dot(negative('i'), v)), v)), kind: 'numeric',
      why: 'Each draw counts as a vector of its own here; the first term is not written, and of the sum only the term k = i contains the vector. The noise word is pushed away from v, the more so the more probable the classifier found it that this word was observed. If one word is drawn twice it gets both gradients.',
    },
    {
      label: 'The gradient by the vector in the middle',
      left: gradient('centreVector', negativeSampling(v)), relation: 'equal', right: negativeSamplingGradient(v), kind: 'numeric',
      why: 'The vector in the middle is part of all K + 1 scores, so the gradients add up. It has the form of the gradient of the softmax, with a few drawn words in the place of the mean over the vocabulary, and with weights of its own.',
    },
    {
      label: 'The noise distribution (section 2.2)',
      ...lineOf(NOISE_DISTRIBUTION), kind: 'definition',
      why: 'Counts of words to the power 0.75, divided by their sum. The power makes frequent words rarer as noise and rare words more frequent. It worked best among those that were tried. In word2vec.c it is fixed at 0.75; in gensim it is the default of ns_exponent.',
    },
    {
      label: 'The mean over the draws of noise',
      left: expectation('noiseDraw', apply('drawProbability', sym('noiseDraw')), drawn), relation: 'equal', right: mul(K, noiseMean), kind: 'numeric',
      why: 'From here to the best score the noise may have any distribution. The K noise words are drawn from the same one, so each term of the sum has the same mean, and it is the sum over the vocabulary with the noise shares as weights. s with a tilde is the score of a drawn word, s without it that of a word of the vocabulary.',
    },
    {
      label: 'All pairs with one word in the middle',
      left: sym('centreObjective'), relation: 'equal', right: mul(centre, add(overWords(mul(sym('observedShare', 'i'), log(sigmoid(sym('wordScore', 'i'))))), expectation('noiseDraw', apply('drawProbability', sym('noiseDraw')), drawn))), kind: 'definition',
      why: 'The objective added up over all pairs of the text with this word in the middle, with the mean over the draws taken. Each pair observes word i by its share; its noise does not depend on what was observed. The scores are the inner products of the vectors.',
    },
    {
      label: 'Sort by the words of the vocabulary',
      left: sym('centreObjective'), relation: 'equal', right: mul(centre, overWords(add(mul(sym('observedShare', 'i'), log(sigmoid(sym('wordScore', 'i')))), mul(K, sym('noiseShare', 'i'), log(sigmoid(neg(sym('wordScore', 'i')))))))), kind: 'numeric',
      why: 'The mean over the draws was put in, and both sums over the vocabulary were joined. Every word has a term of its own now.',
    },
    {
      label: 'The derivative by one score',
      left: derivative(score, term), relation: 'equal', right: slope, kind: 'numeric',
      why: 'If the vectors have enough entries, every score can be chosen freely, so the term of one word j is looked at alone, without the factor in front. The two derivatives of log-sigmoids from above were put in.',
    },
    {
      label: 'It falls everywhere',
      left: derivative(score, slope), relation: 'equal', right: neg(mul(add(share, ofNoise), sigmoid(score), sigmoid(neg(score)))), kind: 'numeric',
      why: 'Each sigmoid has the derivative from above, the one of −s with a minus sign. The result is negative for every score, so the first derivative can be zero at one score only, and there is the maximum. For a word that was observed with this middle word it does become zero: it is positive for very low scores and negative for very high ones. For a pair that never occurs it is negative everywhere: the term grows as the score falls, without an end.',
    },
    {
      label: 'Where the derivative vanishes',
      left: mul(share, sigmoid(neg(best))), relation: 'equal', right: mul(ofNoise, sigmoid(best)), kind: 'definition',
      why: 'The best score is named s* and put into the first derivative; its two terms are equal there.',
    },
    {
      label: 'The best classifier is found again',
      left: sigmoid(best), relation: 'equal', right: chance, kind: 'numeric',
      why: 'With 1 minus the sigmoid of s* for the sigmoid of −s*, the line above was solved for the sigmoid. It is the probability of the first line: training for labels learns where words come from.',
    },
    {
      label: 'Solve for the score',
      left: fn('exp', best), relation: 'equal', right: div(share, ofNoise), kind: 'numeric',
      why: 'Both sides of the line before last divided by the noise and by the sigmoid of −s*; the sigmoid of a score over that of its negative is the exponential of the score.',
    },
    {
      label: 'The best score for any noise',
      left: best, relation: 'equal', right: sub(log(div(share, noise)), log(K)), kind: 'numeric',
      why: 'The logarithm of both sides. More negative samples lower all scores alike, by log K.',
    },
    {
      label: 'Noise by plain frequency',
      left: noise, relation: 'equal', right: div(output, all), kind: 'definition',
      why: 'From here on the noise is not flattened: a word is drawn as often as it occurs in the pairs of the text, as Levy and Goldberg assume. From here on the index v stands for the word in the middle and u for the word j. With the power 0.75 the best score above still holds, but it is no longer mutual information less log K.',
    },
    {
      label: 'The share of the word in counts',
      left: share, relation: 'equal', right: div(pair, centre), kind: 'definition',
      why: 'Among the pairs with the first word in the middle, those whose second word is the word j.',
    },
    {
      label: 'Put the counts in (Levy & Goldberg 2014)',
      left: best, relation: 'equal', right: sub(log(independence), log(K)), kind: 'numeric',
      why: 'The share divided by the noise share is a quotient of counts. In their notation it is log(#(w,c)·|D| / (#(w)·#(c))) − log k.',
    },
    {
      label: 'Pointwise mutual information',
      ...lineOf(POINTWISE_INFORMATION), kind: 'definition',
      why: 'Were the two words independent, the quotient would be 1 and its logarithm 0.',
    },
    {
      label: 'What the scores become',
      left: best, relation: 'equal', right: sub(sym('mutualInformation'), log(K)), kind: 'numeric',
      why: 'The name was put in. With vectors of few entries not all scores can be free; then the inner products are the best fit to this matrix that the objective allows. A pair that never occurs has the mutual information minus infinity; no vectors reach it, and training only pushes its score down.',
    },
  ],
};
