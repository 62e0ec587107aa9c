/** Counts of pairs within a window, pointwise mutual information, and its mean. */
import { add, apply, div, fn, letter, mul, neg, num, sub, sum, sym, type Expr, type Letter } from '../../formulas/expr';
import { LEVY_2015 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { cooccurrenceWorld, structuredTable } from '../worlds/cooccurrence';

const [zero, one, two] = [num(0), num(1), num(2)];
const [T, c, V, n, I] = [sym('textLength'), sym('windowSize'), sym('vocabularySize'), sym('pairTotal'), sym('averageInformation')];
const [i, k, t, j] = [letter('i'), letter('k'), letter('t'), letter('j')];
const log = (of: Expr): Expr => fn('log', of);
const over = (of: Letter, body: Expr): Expr => sum(1, V, body, of);
const overPairs = (body: Expr): Expr => over('i', over('k', body));
const same = (at: Expr, as: Expr): Expr => apply('sameWord', apply('textWord', at), as);
const later = add(t, j);
const pair = (a: Expr, b: Expr): Expr => apply('cooccurrence', a, b);
const row = (a: Expr): Expr => apply('cooccurrenceRow', a);
const [joint, first, second] = [apply('pairShare', i, k), apply('placeShare', i), apply('placeShare', k)];
const [pmi, ppmi] = [apply('pointwiseInformation', i, k), apply('positiveInformation', i, k)];
const independent = mul(first, second);

export const COOCCURRENCE: Derivation = {
  id: 'cooccurrence',
  title: 'Co-occurrence counts and pointwise mutual information',
  shows:
    'How pairs of words are counted within a window, and how the counts become pointwise mutual information (PMI). Then that its mean is the mutual information of the two words of a pair, which is never negative, and what the positive part (PPMI) keeps.',
  source: LEVY_2015('section 2.1; PPMI also in Jurafsky & Martin, chapter on vector semantics'),
  prerequisites: [
    'A text is a row of T words; w(t) is the word at place t. The words of the vocabulary have the numbers 1 to V.',
    'The window c is smaller than T. Two places belong together if they are different and at most c apart; outside of the text there is nothing. All pairs of places count the same.',
    'Logarithms are natural. All counts of pairs are above zero where a logarithm is taken.',
  ],
  after: ['entropy-cross-entropy'],
  given: ['textWord', 'textLength', 'windowSize', 'sameWord', 'vocabularySize', 'cooccurrence', 'pairTotal'],
  cases: inWorlds(cooccurrenceWorld, { tight: structuredTable }),
  steps: [
    {
      label: 'Count within the window',
      left: pair(i, k), relation: 'equal',
      right: sum(1, c, sum(1, sub(T, j), add(mul(same(t, i), same(later, k)), mul(same(t, k), same(later, i))), 't'), 'j'), kind: 'definition',
      why: 'Places t and t + j belong together for every distance j up to c. Each such two places give two pairs: one that is read forwards and one that is read backwards. Each δ is 1 where the place has the word that is asked for.',
    },
    {
      label: 'The table is symmetric',
      left: pair(i, k), relation: 'equal', right: pair(k, i), kind: 'numeric',
      why: 'Exchanging both words exchanges the two terms of the sum. Who stands first does not matter.',
    },
    {
      label: 'Add up a row',
      left: row(i), relation: 'equal', right: over('k', pair(i, k)), kind: 'definition',
      why: 'In how many pairs word i stands first. A word at the edge of the text has fewer neighbours, so this is not exactly 2c times how often it occurs.',
    },
    {
      label: 'Columns have the same sums',
      left: over('k', pair(k, i)), relation: 'equal', right: row(i), kind: 'numeric',
      why: 'By the symmetry a column is the row of the same word.',
    },
    {
      label: 'All pairs',
      left: n, relation: 'equal', right: over('i', row(i)), kind: 'numeric',
      why: 'Every pair of places has exactly one first word.',
    },
    {
      label: 'How many there are',
      left: n, relation: 'equal', right: sub(mul(two, c, T), mul(c, add(c, one))), kind: 'numeric',
      why: 'There are T − j ways to choose two places at the distance j, each read in two directions. The sum over j from 1 to c of 2(T − j) is 2cT less twice the sum of all j, and that is c(c + 1).',
    },
    {
      label: 'Shares of pairs',
      left: joint, relation: 'equal', right: div(pair(i, k), n), kind: 'definition',
      why: 'Draw a pair of places at random: this is the probability that it has these two words.',
    },
    {
      label: 'Shares of words',
      left: first, relation: 'equal', right: div(row(i), n), kind: 'definition',
      why: 'The probability that the first word of such a pair is word i. By the symmetry it is that of the second word as well.',
    },
    {
      label: 'One is the marginal of the other',
      left: over('k', joint), relation: 'equal', right: first, kind: 'numeric',
      why: 'The row was added up and divided by n. So these are a joint distribution and its marginal.',
    },
    {
      label: 'Pointwise mutual information',
      left: pmi, relation: 'equal', right: log(div(joint, independent)), kind: 'definition',
      why: 'How much more often two words meet than if the two places did not know of each other, as a logarithm. Above zero they attract each other, below they avoid each other.',
    },
    {
      label: 'The same in counts',
      left: pmi, relation: 'equal', right: log(div(mul(pair(i, k), n), mul(row(i), row(k)))), kind: 'numeric',
      why: 'Three shares, three times a division by n: one above and two below, so one n is left above.',
    },
    {
      label: 'What one word tells about the other',
      left: pmi, relation: 'equal', right: sub(log(div(pair(i, k), row(i))), log(second)), kind: 'numeric',
      why: 'The quotient of the counts is the probability of word k beside word i. Its logarithm is compared with that of the probability of word k anywhere.',
    },
    {
      label: 'Solve for the joint probability',
      left: joint, relation: 'equal', right: mul(independent, fn('exp', pmi)), kind: 'numeric',
      why: 'The definition turned round. If the words are independent, the exponential is 1 and PMI is 0; and if PMI is 0, the joint probability is the product.',
    },
    {
      label: 'How large it can be',
      left: pmi, relation: 'at-most', right: neg(log(first)), kind: 'numeric',
      why: 'A pair is never more frequent than its second word. Both sides are equal if word k only ever stands beside word i. The rarer a word, the larger its PMI may be: rare words need care.',
    },
    {
      label: 'The mean over all pairs',
      left: I, relation: 'equal', right: overPairs(mul(joint, pmi)), kind: 'definition',
      why: 'Each pair counts by how often it occurs. This is the mutual information of the two words of a pair.',
    },
    {
      label: 'Entropies',
      left: I, relation: 'equal', right: sub(overPairs(mul(joint, log(joint))), mul(two, over('i', mul(first, log(first))))), kind: 'numeric',
      why: 'The logarithm of the quotient is a difference. Summed over the other word, the joint probability leaves the marginal, which is the same for both words. So this is twice the entropy of one word, less the entropy of the pair.',
    },
    {
      label: 'The tangent of the logarithm',
      left: sub(one, pmi), relation: 'at-most', right: div(independent, joint), kind: 'numeric',
      why: 'The logarithm of any number u is at most u − 1, its tangent line at 1. Here u is the quotient of PMI turned over, whose logarithm is −PMI, and 1 was brought to the other side.',
    },
    {
      label: 'Its mean',
      left: overPairs(mul(joint, sub(one, pmi))), relation: 'at-most', right: overPairs(independent), kind: 'numeric',
      why: 'Both sides were multiplied by the joint probability, which is not negative, and added up over all pairs.',
    },
    {
      label: 'The left side of it',
      left: overPairs(mul(joint, sub(one, pmi))), relation: 'equal', right: sub(one, I), kind: 'numeric',
      why: 'The joint probabilities add up to one, and the mean of PMI is the mutual information.',
    },
    {
      label: 'The right side of it',
      left: overPairs(independent), relation: 'equal', right: one, kind: 'numeric',
      why: 'For every word i the probabilities of word k add up to one, and then those of word i do.',
    },
    {
      label: 'Mutual information is never negative',
      left: sub(one, I), relation: 'at-most', right: one, kind: 'numeric',
      why: 'The last three lines together. So the mean of PMI is at least zero, though many single values are negative. It is zero only if the words of a pair are independent.',
    },
    {
      label: 'Only the positive part',
      left: ppmi, relation: 'equal', right: fn('max', zero, pmi), kind: 'definition',
      why: 'A pair that never occurs has PMI minus infinity, and small counts make negative values unreliable. PPMI puts zero in the place of both, so the table stays mostly empty.',
    },
    {
      label: 'Half of the sum with its absolute value',
      left: ppmi, relation: 'equal', right: div(add(pmi, fn('abs', pmi)), two), kind: 'numeric',
      why: 'Where PMI is positive, it is added to itself and halved; where it is negative, the two cancel.',
    },
  ],
};
