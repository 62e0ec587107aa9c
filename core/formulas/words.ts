/** Models of words: the softmax over the vocabulary, negative sampling and its noise. Every word has a vector v for the middle of a window and u for around it. */
import { add, apply, conditional, derivative, div, dot, fn, mul, neg, num, power, sub, sum, sym, type Expr } from './expr';
import { formula, type Formula } from './formula';
import { JURAFSKY, LEVY_GOLDBERG_2014, MIKOLOV_2013, RONG_2014 } from './sources';

export const V = sym('vocabularySize');
/** Output vector of the word that was observed. */
export const observed = sym('outputVector');
/** u_j */
export const wordVector = sym('wordVector', 'j');

const noiseVector = sym('noiseVector', 'k');
const negatives = sym('negatives');
const v = sym('centreVector');
const sigmoid = (of: Expr): Expr => fn('sigmoid', of);

/** exp⟨u_j, by⟩ / Σ_k exp⟨u_k, by⟩; `by` is v of one word (skip-gram) or h of several (CBOW). */
export const softmax = (by: Expr): Expr => div(fn('exp', dot(wordVector, by)), sum(1, V, fn('exp', dot(sym('wordVector', 'k'), by)), 'k'));
/** log Σ_j exp⟨u_j, by⟩ */
export const logNormaliser = (by: Expr): Expr => fn('log', sum(1, V, fn('exp', dot(wordVector, by)), 'j'));
/** log σ(⟨u_o, by⟩) + Σ_k log σ(−⟨ũ_k, by⟩) */
export const negativeSampling = (by: Expr): Expr =>
  add(fn('log', sigmoid(dot(observed, by))), sum(1, negatives, fn('log', sigmoid(neg(dot(noiseVector, by)))), 'k'));
/** Its derivative. */
export const negativeSamplingGradient = (by: Expr): Expr =>
  sub(mul(sigmoid(neg(dot(observed, by))), observed), sum(1, negatives, mul(sigmoid(dot(noiseVector, by)), noiseVector), 'k'));

/** 1/C */
export const contextShare = div(num(1), sym('contextSize'));
export const overContext = (body: Expr): Expr => mul(contextShare, sum(1, sym('contextSize'), body, 'i'));
const [context, word] = [sym('anyContext'), sym('anyWord')];

/** Counts to a power, as shares of their sum; word2vec has ¾. */
export const noiseDistribution = (exponent: Expr): Expr => div(power(sym('unigramCount', 'j'), exponent), sum(1, V, power(sym('unigramCount', 'i'), exponent), 'i'));
const [pair, centre, output, all] = [sym('pairCount'), sym('centreCount'), sym('outputCount'), sym('pairTotal')];

export const SKIPGRAM_SOFTMAX = formula('word2vec.softmax', 'Probability of a word around another', sym('wordProbability', 'j'), softmax(v), MIKOLOV_2013('eq. 2'));
export const NEGATIVE_SAMPLING_OBJECTIVE = formula('word2vec.negative_sampling', 'Objective of negative sampling', 'negativeSampling', negativeSampling(v), MIKOLOV_2013('eq. 4'), 'one draw of the K noise words; to be made large');
export const NEGATIVE_SAMPLING_GRADIENT = formula('word2vec.negative_sampling.gradient', 'Its gradient by the vector in the middle', derivative(v, negativeSampling(v)), negativeSamplingGradient(v), MIKOLOV_2013('eq. 4'));
export const NOISE_DISTRIBUTION = formula('word2vec.noise', 'Noise distribution of negative sampling', sym('noiseShare', 'j'), noiseDistribution(num(0.75)), MIKOLOV_2013('section 2.2'), 'counts to the power 0.75');
export const POINTWISE_INFORMATION = formula('word2vec.pmi', 'Pointwise mutual information of a pair', 'mutualInformation', fn('log', div(mul(pair, all), mul(centre, output))), LEVY_GOLDBERG_2014('section 3.1'), 'in nats');
export const CONTEXT_MEAN = formula('cbow.mean', 'Mean of the vectors around a gap', 'contextMean', overContext(sym('contextVector', 'i')), RONG_2014('section 1.2'), 'word2vec may take the sum instead');
export const CBOW_NEGATIVE_SAMPLING = formula('cbow.negative_sampling', 'Objective of negative sampling, from the mean of the context', 'negativeSampling', negativeSampling(sym('contextMean')), RONG_2014('section 3.2'), 'one draw of the K noise words; to be made large');
export const RELATIVE_FREQUENCY = formula('ngram.frequency', 'Share of what was counted', conditional('frequency', word, context), div(apply('ngramCount', context, word), apply('contextTotal', context)), JURAFSKY('chapter "N-gram language models"'), 'without smoothing');

export const WORD_FORMULAS: readonly Formula[] = [SKIPGRAM_SOFTMAX, NEGATIVE_SAMPLING_OBJECTIVE, NEGATIVE_SAMPLING_GRADIENT, NOISE_DISTRIBUTION, POINTWISE_INFORMATION, CONTEXT_MEAN, CBOW_NEGATIVE_SAMPLING, RELATIVE_FREQUENCY];
