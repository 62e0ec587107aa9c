/** The likelihood of a text under skip-gram (Mikolov et al. 2013), down to counts of pairs and a softmax of inner products. */
import { add, apply, conditional, crossEntropy, div, dot, entropy, fn, kl, letter, mul, neg, num, product, sub, sum, sym, type Expr } from '../../formulas/expr';
import { MIKOLOV_2013 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { corpusWorld, fittedCorpusWorld } from '../worlds/corpus';

const [one, two] = [num(1), num(2)];
const [T, c, V, n, J] = [sym('textLength'), sym('windowSize'), sym('vocabularySize'), sym('pairTotal'), sym('skipGramObjective')];
const [i, k, t, j] = [letter('i'), letter('k'), letter('t'), letter('j')];
const log = (of: Expr): Expr => fn('log', of);
const word = (at: Expr): Expr => apply('textWord', at);
const [middle, before, after] = [word(t), word(sub(t, j)), word(add(t, j))];
const model = (of: Expr, given: Expr): Expr => conditional('pairModel', of, given);
const overText = (body: Expr): Expr => sum(1, T, sum(1, c, body, 'j'), 't');
const logs = overText(add(log(model(before, middle)), log(model(after, middle))));
const same = (a: Expr, b: Expr): Expr => apply('sameWord', a, b);
const count = apply('pairCounts', i, k);
const ofMiddle = apply('middleCount', i);
const overWords = (of: 'i' | 'k' | 'l', body: Expr): Expr => sum(1, V, body, of);
const o = sym('windowWord');
const [seen, expected] = [conditional('pairFrequency', o, i), model(o, i)];
/** −2c Σ_i #(i)/n · … */
const weighted = (body: Expr): Expr => neg(mul(two, c, overWords('i', mul(div(ofMiddle, n), body))));
const score = (of: 'k' | 'l'): Expr => dot(sym('wordVector', of), sym('middleVector', 'i'));
const normaliser = overWords('l', fn('exp', score('l')));

export const SKIPGRAM_LIKELIHOOD: Derivation = {
  id: 'skipgram-likelihood',
  title: 'The likelihood of a text under skip-gram',
  shows:
    'How the objective of skip-gram follows from the likelihood of a text, and that it depends on the text through counts of pairs of words alone. Then what it is at best, and its form when the probabilities are a softmax of inner products.',
  source: MIKOLOV_2013('eq. 1 and 2'),
  prerequisites: [
    'A text is a row of words; w(t) is the word at position t, as in figure 1 of Mikolov et al. 2013 (arXiv 1301.3781). The window of a position is the c words before it and the c words after it.',
    'Skip-gram predicts every word of the window from the word in the middle, each on its own.',
    'Entropy, cross-entropy and the Kullback–Leibler divergence, all in nats.',
  ],
  after: ['softmax-jacobian', 'entropy-cross-entropy', 'kl-properties'],
  given: ['textWord', 'textLength', 'windowSize', 'pairModel', 'vocabularySize', 'pairTotal', 'sameWord', 'wordVector', 'middleVector', 'windowWord'],
  cases: inWorlds(corpusWorld, { tight: fittedCorpusWorld }),
  steps: [
    {
      label: 'The likelihood of the text',
      left: sym('textLikelihood'), relation: 'equal', right: product(1, T, product(1, c, mul(model(before, middle), model(after, middle)), 'j'), 't'), kind: 'definition',
      why: 'The model takes the words of a window as independent of each other once the word in the middle is known. So their probabilities are multiplied, over all positions t and all distances j. Convention: the text goes on for c words beyond both ends, so that every window is full; code leaves out what lies outside.',
    },
    {
      label: 'Take the logarithm',
      left: log(sym('textLikelihood')), relation: 'equal', right: logs, kind: 'numeric',
      why: 'The logarithm of a product is the sum of the logarithms. It grows with its argument, so the same model is best. A product of many probabilities is too small for a computer, a sum of logarithms is not.',
    },
    {
      label: 'The objective is the mean over positions',
      left: J, relation: 'equal', right: mul(div(one, T), log(sym('textLikelihood'))), kind: 'definition',
      why: 'Divided by the number of positions the objective does not grow with the length of the text. A positive factor does not move the maximum.',
    },
    {
      label: 'The objective (eq. 1)',
      left: J, relation: 'equal', right: mul(div(one, T), logs), kind: 'numeric',
      why: 'The logarithm from above was put in. The paper writes one sum over the offsets from −c to c without 0; here an offset and its negative stand side by side. Training makes J large, code makes −J small.',
    },
    {
      label: 'How many pairs there are',
      left: n, relation: 'equal', right: mul(two, c, T), kind: 'numeric',
      why: 'Each of the T positions makes one pair with each of its c words before and c words after.',
    },
    {
      label: 'Count the pairs',
      left: count, relation: 'equal', right: overText(add(mul(same(middle, i), same(before, k)), mul(same(middle, i), same(after, k)))), kind: 'definition',
      why: 'The symbol # counts the pairs that have word i in the middle and word k in the window. Each δ is 1 where the word of the text is the one that is asked for, else 0, so a product of two is 1 where both are.',
    },
    {
      label: 'Sort the sum by pairs of words',
      left: J, relation: 'equal', right: mul(div(one, T), overWords('i', overWords('k', mul(count, log(model(k, i)))))), kind: 'numeric',
      why: 'Equal pairs have equal terms. So instead of walking through the text we walk through the vocabulary twice and multiply each term by how often it occurs. Of the text only the table of counts is left.',
    },
    {
      label: 'Pairs with one word in the middle',
      left: ofMiddle, relation: 'equal', right: overWords('k', count), kind: 'definition',
      why: 'One row of the table of counts, added up.',
    },
    {
      label: 'A row of the table counts windows',
      left: ofMiddle, relation: 'equal', right: mul(two, c, sum(1, T, same(middle, i), 't')), kind: 'numeric',
      why: 'Each time that word i stands in the middle it has a full window of 2c words, whichever they are.',
    },
    {
      label: 'All rows together',
      left: overWords('i', ofMiddle), relation: 'equal', right: n, kind: 'numeric',
      why: 'Every pair has exactly one word in the middle, so it is counted in exactly one row.',
    },
    {
      label: 'Frequencies in place of counts',
      left: conditional('pairFrequency', k, i), relation: 'equal', right: div(count, ofMiddle), kind: 'definition',
      why: 'A row of counts divided by its sum is a distribution: how often each word really stands near word i. For this every word of the vocabulary has to stand in the middle at least once.',
    },
    {
      label: 'The objective in frequencies',
      left: J, relation: 'equal', right: mul(two, c, overWords('i', mul(div(ofMiddle, n), overWords('k', mul(conditional('pairFrequency', k, i), log(model(k, i))))))), kind: 'numeric',
      why: 'A count is the row\'s sum times the frequency, and the row\'s sum does not depend on k, so it stands before the inner sum. 1/T was written as 2c/n. Rows count by how often their word occurs.',
    },
    {
      label: 'The objective is a cross-entropy',
      left: J, relation: 'equal', right: weighted(crossEntropy('windowWord', seen, expected)), kind: 'numeric',
      why: 'The inner sum of frequency times log-probability is minus the cross-entropy of what is seen and what the model expects. The word in the window is called o here. So training with cross_entropy on single pairs makes the same thing small.',
    },
    {
      label: 'Split the cross-entropy',
      left: J, relation: 'equal', right: weighted(add(entropy('windowWord', seen), kl('windowWord', seen, expected))), kind: 'numeric',
      why: 'A cross-entropy is the entropy of the first distribution plus the divergence from the first to the second. Only the divergence contains the model.',
    },
    {
      label: 'What no model can exceed',
      left: J, relation: 'at-most', right: weighted(entropy('windowWord', seen)), kind: 'numeric',
      why: 'Divergences are never negative and were left out. Both sides are equal where the model gives to every pair its frequency in the text. So the best value is that of a table of frequencies; vectors of a few hundred entries come close to it at most.',
    },
    {
      label: 'Softmax of inner products (eq. 2)',
      left: model(k, i), relation: 'equal', right: div(fn('exp', score('k')), normaliser), kind: 'definition',
      why: 'Skip-gram has no table of probabilities but two vectors for every word: v for the middle and u for the window. The exponential makes a positive number of every inner product, and the sum below makes each row add up to 1.',
    },
    {
      label: 'Its logarithm',
      left: log(model(k, i)), relation: 'equal', right: sub(score('k'), log(normaliser)), kind: 'numeric',
      why: 'The logarithm undoes the exponential above and turns the quotient into a difference. The first term is cheap; the second contains every word of the vocabulary.',
    },
    {
      label: 'Put it into the sum over pairs',
      left: J, relation: 'equal', right: mul(div(mul(two, c), n), overWords('i', overWords('k', mul(count, sub(score('k'), log(normaliser)))))), kind: 'numeric',
      why: 'The logarithm of the softmax in the sum that was sorted by pairs, with 1/T written as 2c/n.',
    },
    {
      label: 'The objective in terms of vectors',
      left: J, relation: 'equal', right: mul(div(mul(two, c), n), overWords('i', sub(overWords('k', mul(count, score('k'))), mul(ofMiddle, log(normaliser))))), kind: 'numeric',
      why: 'The bracket was multiplied out. The second term does not contain k, so its counts were added up to the row\'s sum. This is what gradients are taken of; the sum inside of the logarithm is what negative sampling avoids.',
    },
  ],
};
