/** Subsampling of frequent words: the rule of the paper, the rule in code, and where they part. */
import { add, div, fn, mul, num, sqrt, sub, sym, type Expr } from '../../formulas/expr';
import { MIKOLOV_2013 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { subsamplingWorld } from '../worlds/word-counts';

const [one, two, three, five] = [num(1), num(2), num(3), num(5)];
const [t, N, n, f] = [sym('sampleThreshold'), sym('length'), sym('unigramCount', 'j'), sym('unigramShare', 'j')];
const [discard, keep, code, clipped, edge, left] = [sym('paperDiscard', 'j'), sym('paperKeep', 'j'), sym('codeKeep', 'j'), sym('keepProbability', 'j'), sym('keepThreshold'), sym('keptMean', 'j')];
const rule = (share: Expr): Expr => add(sqrt(div(t, share)), div(t, share));
const allowed = mul(t, N);

export const SUBSAMPLING: Derivation = {
  id: 'subsampling',
  title: 'Subsampling of frequent words: paper and code',
  shows:
    'The paper and the code of word2vec thin out frequent words by two different formulas. Their difference is worked out exactly: in the probability to keep a word, in the frequency up to which every word is kept, and in the counts that are left.',
  source: MIKOLOV_2013('section 2.3, eq. 5; the other formula: word2vec.c and gensim'),
  prerequisites: [
    'Before training each occurrence of a word is kept or discarded at random, independently of all others.',
    'The index j is the word of the vocabulary. N counts the words of the text, in word2vec.c and gensim after rare words were dropped.',
    'For the rule of the paper the share of the word is above the threshold t, which is 0.00001 to 0.001 as a rule.',
  ],
  given: ['unigramCount', 'length', 'sampleThreshold'],
  cases: inWorlds(subsamplingWorld),
  steps: [
    {
      label: 'The share of a word',
      left: f, relation: 'equal', right: div(n, N), kind: 'definition',
      why: 'Its count over the number of words of the text.',
    },
    {
      label: 'The paper says what is discarded (eq. 5)',
      left: discard, relation: 'equal', right: sub(one, sqrt(div(t, f))), kind: 'definition',
      why: 'The more frequent a word, the more of it goes. At f = t this is zero, and below it would be negative: nothing is discarded there.',
    },
    {
      label: 'What is kept',
      left: keep, relation: 'equal', right: sub(one, discard), kind: 'definition',
      why: 'Each occurrence is either discarded or kept.',
    },
    {
      label: 'The rule of the paper',
      left: keep, relation: 'equal', right: sqrt(div(t, f)), kind: 'numeric',
      why: 'One minus one minus the root. A word that is four times as frequent is kept half as often.',
    },
    {
      label: 'What code computes',
      left: code, relation: 'equal', right: mul(add(sqrt(div(n, allowed)), one), div(allowed, n)), kind: 'definition',
      why: 'word2vec.c calls it ran and gensim word_probability; tN is the count that belongs to the threshold. An occurrence is discarded if a random number between 0 and 1 exceeds it.',
    },
    {
      label: 'In shares',
      left: code, relation: 'equal', right: mul(add(sqrt(div(f, t)), one), div(t, f)), kind: 'numeric',
      why: 'Count and threshold were both divided by N, which changes no quotient.',
    },
    {
      label: 'The rule of the code',
      left: code, relation: 'equal', right: rule(f), kind: 'numeric',
      why: 'Multiplied out: the root of f/t times t/f is the root of t/f. fastText writes it in this form, and divides by all words that it read, rare ones as well.',
    },
    {
      label: 'The difference',
      left: sub(code, keep), relation: 'equal', right: div(t, f), kind: 'numeric',
      why: 'The root is in both. So code keeps more of every word than the paper says.',
    },
    {
      label: 'The factor between them',
      left: code, relation: 'equal', right: mul(keep, add(one, keep)), kind: 'numeric',
      why: 't/f is the square of the root, so the rule of the code is the paper\'s probability plus its square. For very frequent words the square hardly matters: a word with a hundred times the share t is kept with 0.1 in the paper and 0.11 in code.',
    },
    {
      label: 'A probability is at most one',
      left: clipped, relation: 'equal', right: fn('min', one, rule(f)), kind: 'definition',
      why: 'For rare words the formula exceeds one. gensim cuts it off there; word2vec.c need not, since no random number exceeds one.',
    },
    {
      label: 'Up to where every occurrence is kept',
      left: rule(edge), relation: 'equal', right: one, kind: 'definition',
      why: 'The rule of the code falls as the share grows. The share at which it is exactly one is named; every rarer word is kept whole.',
    },
    {
      label: 'A quadratic equation',
      left: sqrt(div(t, edge)), relation: 'equal', right: div(sub(sqrt(five), one), two), kind: 'numeric',
      why: 'With u for the root the line above is u + u² = 1. This is its positive solution, about 0.618, the golden ratio less one.',
    },
    {
      label: 'The edge of the code',
      left: edge, relation: 'equal', right: mul(div(add(three, sqrt(five)), two), t), kind: 'numeric',
      why: 'The square of the line above, turned over: about 2.618 t. In the paper the edge is at t itself, so words with shares between the two are thinned out by the paper and kept whole by code.',
    },
    {
      label: 'What is left of the counts',
      left, relation: 'equal', right: mul(n, keep), kind: 'definition',
      why: 'Each of the n occurrences is kept with the same probability, so this many are left on average, by the rule of the paper.',
    },
    {
      label: 'Counts become roots',
      left, relation: 'equal', right: sqrt(mul(allowed, n)), kind: 'numeric',
      why: 'n times the root of tN/n is the root of tN times n. The expected counts are proportional to the roots of the counts.',
    },
    {
      label: 'The order stays',
      left: div(sym('keptMean', 'i'), left), relation: 'equal', right: sqrt(div(sym('unigramCount', 'i'), n)), kind: 'numeric',
      why: 'For two words above the threshold the quotient of the counts becomes its root. The more frequent word stays the more frequent one, by less.',
    },
    {
      label: 'What code leaves',
      left: mul(n, code), relation: 'equal', right: add(left, allowed), kind: 'numeric',
      why: 'The difference t/f times n is tN. So from every word above its edge code leaves the same number of occurrences more than the paper on average, tN, however frequent the word is.',
    },
  ],
};
