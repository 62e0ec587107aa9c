/** Skip-gram with negative sampling as a factorisation of shifted pointwise mutual information (Levy & Goldberg 2014). */
import { add, apply, derivative, div, dot, fn, letter, mul, neg, num, sub, sum, sym, type Expr, type Letter } from '../../formulas/expr';
import { LEVY_GOLDBERG_2014 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { bestScoresWorld, pairScoresWorld } from '../worlds/cooccurrence';

const [zero, one] = [num(0), num(1)];
const [V, K, n, s, best, r, J, ell, pmi] = [sym('vocabularySize'), sym('negatives'), sym('pairTotal'), sym('pairScore'), sym('bestScore'), sym('countRatio'), sym('pairsObjective'), sym('pairObjective'), sym('mutualInformation')];
const [i, k, l] = [letter('i'), letter('k'), letter('l')];
const log = (of: Expr): Expr => fn('log', of);
const exp = (of: Expr): Expr => fn('exp', of);
const sigmoid = (of: Expr): Expr => fn('sigmoid', of);
const over = (of: Letter, body: Expr): Expr => sum(1, V, body, of);
const overPairs = (body: Expr): Expr => over('i', over('k', body));
const score = (of: Letter): Expr => dot(sym('middleVector', 'i'), sym('wordVector', of));
const [seen, middle, noise] = [apply('pairCounts', i, k), apply('middleCount', i), apply('noiseCount', i, k)];
const inWindow = (of: Expr): Expr => apply('windowCount', of);
const noiseMean = over('l', mul(div(inWindow(l), n), log(sigmoid(neg(score('l'))))));
const objective = (at: Expr): Expr => add(mul(seen, log(sigmoid(at))), mul(noise, log(sigmoid(neg(at)))));
const slope = (at: Expr): Expr => sub(mul(seen, sigmoid(neg(at))), mul(noise, sigmoid(at)));
const both = add(seen, noise);

export const SGNS_PMI: Derivation = {
  id: 'sgns-pmi',
  title: 'Negative sampling factorises shifted mutual information',
  shows:
    'How the objective of skip-gram with negative sampling splits into one term for each pair of words, and where each term is largest: at pointwise mutual information less log K. Then by how much other scores fall short, and what that says about vectors with few entries.',
  source: LEVY_GOLDBERG_2014('section 3; the positive part: section 4'),
  prerequisites: [
    'Word i in the middle has the vector v, word k in a window the vector u. i always names a word in the middle, k and l name words in a window. #(i, k) counts the pairs of the text with word i in the middle and word k in its window; #(i) adds these up over all words in the window, #(k) and #(l) over all words in the middle. n counts all pairs.',
    'For every pair K further words are drawn, each as often as it stands in a window: plain frequency, without the power 0.75.',
    'The derivative of the log-sigmoid of s is the sigmoid of −s. Every pair of words is taken to occur at least once, so that all logarithms are finite.',
  ],
  after: ['kl-properties', 'cooccurrence', 'negative-sampling'],
  given: ['middleVector', 'wordVector', 'vocabularySize', 'negatives', 'pairTotal', 'pairCounts', 'middleCount', 'windowCount', 'pairScore'],
  cases: inWorlds(pairScoresWorld, { tight: bestScoresWorld }),
  steps: [
    {
      label: 'The objective over the whole text',
      left: J, relation: 'equal', right: overPairs(mul(seen, add(log(sigmoid(score('k'))), mul(K, noiseMean)))), kind: 'definition',
      why: 'Equal pairs were collected, so each term stands with its count. Every observed pair brings K negative samples, which are drawn for its word in the middle; each counts by the mean of its term.',
    },
    {
      label: 'Noise does not ask what was observed',
      left: J, relation: 'equal', right: add(overPairs(mul(seen, log(sigmoid(score('k'))))), over('i', mul(middle, K, noiseMean))), kind: 'numeric',
      why: 'The product was taken apart. The noise term does not contain k, so its counts were added up to those of word i.',
    },
    {
      label: 'How often a pair is expected as noise',
      left: noise, relation: 'equal', right: div(mul(K, middle, inWindow(k)), n), kind: 'definition',
      why: 'For every pair with word i in the middle K words are drawn, and word k is drawn by its share. The count is a mean and need not be whole.',
    },
    {
      label: 'One term for each pair',
      left: J, relation: 'equal', right: overPairs(objective(score('k'))), kind: 'numeric',
      why: 'In the second sum the letter l was renamed to k, and both sums over the vocabulary were joined. Each inner product now stands in one term only.',
    },
    {
      label: 'Look at one pair',
      left: ell, relation: 'equal', right: objective(s), kind: 'definition',
      why: 'The term of one pair with a score s in the place of the inner product. If vectors have at least as many entries as there are words, all scores can be chosen freely, and each term may be made large by itself.',
    },
    {
      label: 'Its derivative',
      left: derivative(s, objective(s)), relation: 'equal', right: slope(s), kind: 'numeric',
      why: 'The derivative of the log-sigmoid of s is the sigmoid of −s; that of the log-sigmoid of −s is minus the sigmoid of s.',
    },
    {
      label: 'It falls everywhere',
      left: derivative(s, slope(s)), relation: 'equal', right: neg(mul(both, sigmoid(s), sigmoid(neg(s)))), kind: 'numeric',
      why: 'The derivative of a sigmoid is the sigmoid times one minus it. The second derivative is negative at every score, so there is one maximum at most.',
    },
    {
      label: 'Without fractions',
      left: mul(add(one, exp(s)), slope(s)), relation: 'equal', right: sub(seen, mul(noise, exp(s))), kind: 'numeric',
      why: 'The sigmoid of −s is one over 1 + exp(s), and the sigmoid of s is exp(s) over it. The factor in front is never zero, so the derivative vanishes where the right side does.',
    },
    {
      label: 'Observed over expected',
      left: r, relation: 'equal', right: div(seen, noise), kind: 'definition',
      why: 'How often the pair occurs, over how often it is expected as noise.',
    },
    {
      label: 'The quadratic equation of the paper',
      left: sub(sub(exp(mul(num(2), s)), mul(sub(r, one), exp(s))), r), relation: 'equal', right: mul(add(exp(s), one), sub(exp(s), r)), kind: 'numeric',
      why: 'Levy and Goldberg write the condition as a quadratic equation in the exponential of the score: the left side is to be zero. It has two factors. The first is never zero, since an exponential is positive; the second is the condition of the line before last, divided by minus the expected count.',
    },
    {
      label: 'Where the derivative vanishes',
      left: mul(seen, sigmoid(neg(best))), relation: 'equal', right: mul(noise, sigmoid(best)), kind: 'definition',
      why: 'The best score is named s*. Both terms of the derivative are equal there.',
    },
    {
      label: 'Solve for its exponential',
      left: exp(best), relation: 'equal', right: r, kind: 'numeric',
      why: 'The second factor of the quadratic equation is zero there.',
    },
    {
      label: 'Pointwise mutual information',
      left: pmi, relation: 'equal', right: log(div(mul(seen, n), mul(middle, inWindow(k)))), kind: 'definition',
      why: 'Of word i in the middle and word k in the window. Words in the middle and words in windows are counted apart, so the table need not be symmetric.',
    },
    {
      label: 'The best score',
      left: best, relation: 'equal', right: sub(pmi, log(K)), kind: 'numeric',
      why: 'The logarithm of the line before last, with the expected count written out. The number of negative samples lowers all scores by the same amount.',
    },
    {
      label: 'The best classifier',
      left: sigmoid(best), relation: 'equal', right: div(seen, both), kind: 'numeric',
      why: 'The sigmoid of log r is r over r + 1. At its best the model knows the share of real pairs among all that it sees of this kind.',
    },
    {
      label: 'How much another score loses',
      left: sub(objective(best), ell), relation: 'equal',
      right: mul(both, add(mul(sigmoid(best), log(div(sigmoid(best), sigmoid(s)))), mul(sigmoid(neg(best)), log(div(sigmoid(neg(best)), sigmoid(neg(s))))))), kind: 'numeric',
      why: 'Observed and expected count are both counts together times the best probabilities. What stands in brackets is the divergence between two coins: one with the best probability, the other with that of the score.',
    },
    {
      label: 'No score does better',
      left: ell, relation: 'at-most', right: objective(best), kind: 'numeric',
      why: 'A divergence is never negative, and it is zero only at s = s*.',
    },
    {
      label: 'No vectors do better',
      left: J, relation: 'at-most', right: overPairs(add(mul(seen, log(div(seen, both))), mul(noise, log(div(noise, both))))), kind: 'numeric',
      why: 'Every pair was bounded by its own best value, with the best probabilities put in. Vectors reach it if their inner products are PMI less log K for all pairs: then they factorise that table.',
    },
    {
      label: 'How sharp the maximum is',
      left: mul(both, sigmoid(best), sigmoid(neg(best))), relation: 'equal', right: div(mul(seen, noise), both), kind: 'numeric',
      why: 'Minus the second derivative at s*, with the best probabilities put in. Vectors with few entries cannot reach all scores; then a pair matters the more, the more often it occurs and is expected. Near the maximum it is a least squares problem with these weights, not the plain one that a singular value decomposition solves.',
    },
    {
      label: 'The table that is factorised instead',
      left: sym('shiftedInformation'), relation: 'equal', right: fn('max', zero, sub(pmi, log(K))), kind: 'definition',
      why: 'In a real text most pairs never occur, and for these the best score is minus infinity. Levy and Goldberg therefore factorise the positive part, which is zero there, with a singular value decomposition. That is another objective.',
    },
    {
      label: 'It is the positive part of the best score',
      left: sym('shiftedInformation'), relation: 'equal', right: fn('max', zero, best), kind: 'numeric',
      why: 'The best score was put in. A pair is kept if it occurs more often than it is expected as noise.',
    },
  ],
};
