/** Noise by counts to the power 3/4: who gains, who loses, and its limits. */
import { div, mul, num, power, sub, sum, sym, type Expr, type Letter } from '../../formulas/expr';
import { MIKOLOV_2013 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { extremePower, flatNoise, noiseWorld } from '../worlds/word-counts';

const one = num(1);
const [V, N, a, Z, even] = [sym('vocabularySize'), sym('length'), sym('noisePower'), sym('shareMass'), sym('evenShare')];
const [n, f, q] = (['unigramCount', 'unigramShare', 'noiseShare'] as const).map((id) => (of: Letter): Expr => sym(id, of));
const over = (body: Expr, of: Letter = 'i'): Expr => sum(1, V, body, of);
const rest = sub(one, a);

export const UNIGRAM_THREE_QUARTERS: Derivation = {
  id: 'unigram-three-quarters',
  title: 'Noise by counts to the power 3/4',
  shows:
    'What raising counts to a power below one does to the noise distribution of negative sampling: quotients of words shrink, frequent words lose and rare words gain. The one frequency at which nothing changes is found, and the limits of the power.',
  source: MIKOLOV_2013('section 2.2'),
  prerequisites: [
    'Negative samples are drawn from a noise distribution over the vocabulary.',
    'The power a lies strictly between 0 and 1. The paper has a = 3/4, as word2vec.c; in gensim it is ns_exponent, with the default 0.75.',
    'All words of the vocabulary occur. N is the number of words of the text, the sum of all counts. The word k is the most frequent of all, the word l the rarest; i and j are any words.',
  ],
  given: ['unigramCount', 'noisePower', 'vocabularySize', 'length'],
  cases: inWorlds(noiseWorld, { tight: flatNoise, limit: extremePower }),
  steps: [
    {
      label: 'The noise distribution',
      left: q('j'), relation: 'equal', right: div(power(n('j'), a), over(power(n('i'), a))), kind: 'definition',
      why: 'Each count is raised to the power a and divided by the sum of all, so that the probabilities add up to one.',
    },
    {
      label: 'It adds up to one',
      left: over(div(power(n('j'), a), over(power(n('i'), a))), 'j'), relation: 'equal', right: one, kind: 'numeric',
      why: 'The numerators add up to what stands below.',
    },
    {
      label: 'Quotients are raised to the power',
      left: div(q('i'), q('j')), relation: 'equal', right: power(div(n('i'), n('j')), a), kind: 'numeric',
      why: 'The sums below cancel. A quotient above one becomes smaller but stays above one: the order of the words remains.',
    },
    {
      label: 'An example',
      left: power(num(16), div(num(3), num(4))), relation: 'equal', right: num(8), kind: 'numeric',
      why: 'A word that occurs 16 times as often as another is drawn 8 times as often: 16 is 2 to the power 4, and three quarters of 4 are 3.',
    },
    {
      label: 'Shares of the text',
      left: f('j'), relation: 'equal', right: div(n('j'), N), kind: 'definition',
      why: 'The unigram distribution: the probability of the word if noise were drawn by plain frequency.',
    },
    {
      label: 'Their sum after the power',
      left: Z, relation: 'equal', right: over(power(f('i'), a)), kind: 'definition',
      why: 'The shares add up to one, but each is below one and grows when it is raised to a power below one. So this sum is more than one if the vocabulary has more than one word.',
    },
    {
      label: 'Noise from shares',
      left: q('j'), relation: 'equal', right: div(power(f('j'), a), Z), kind: 'numeric',
      why: 'Every count is N times its share. N to the power a stands above and below and cancels.',
    },
    {
      label: 'Noise beside plain frequency',
      left: div(q('j'), f('j')), relation: 'equal', right: div(one, mul(Z, power(f('j'), rest))), kind: 'numeric',
      why: 'One power of the share was cancelled. The exponent 1 − a is positive, so the quotient falls as the share grows.',
    },
    {
      label: 'The rarer word gains more',
      left: div(mul(q('i'), f('j')), mul(f('i'), q('j'))), relation: 'equal', right: power(div(f('j'), f('i')), rest), kind: 'numeric',
      why: 'The quotients of two words were divided, and the sum cancels. If word j is the more frequent one, the right side is above one, and word i gains more by the power, or loses less.',
    },
    {
      label: 'The share at which nothing changes',
      left: power(even, rest), relation: 'equal', right: div(one, Z), kind: 'definition',
      why: 'The quotient of the line before last is one there. No word of the vocabulary needs to have exactly this share.',
    },
    {
      label: 'Gain and loss',
      left: div(q('j'), f('j')), relation: 'equal', right: power(div(even, f('j')), rest), kind: 'numeric',
      why: 'The sum was replaced. Words rarer than this share are drawn more often than they occur, and more frequent words less often.',
    },
    {
      label: 'The sum as a mean',
      left: Z, relation: 'equal', right: over(mul(f('i'), power(f('i'), sub(a, one)))), kind: 'numeric',
      why: 'One power of each share was set apart. Read so, it is the mean of the shares to the power a − 1, in which every word counts by its share.',
    },
    {
      label: 'The sum from below',
      left: Z, relation: 'at-least', right: power(f('k'), sub(a, one)), kind: 'numeric',
      why: 'The exponent a − 1 is negative, so a share to this power is smallest for the most frequent word k, and no mean is below its smallest value. Both sides are equal if all words are equally frequent.',
    },
    {
      label: 'The most frequent word loses',
      left: q('k'), relation: 'at-most', right: f('k'), kind: 'numeric',
      why: 'The line above, put into the noise of word k: f to the power a over Z is at most f to the power a over f to the power a − 1, and that is f.',
    },
    {
      label: 'The rarest word gains',
      left: q('l'), relation: 'at-least', right: f('l'), kind: 'numeric',
      why: 'In the same way no mean is above its largest value, which is that of the rarest word l.',
    },
    {
      label: 'A power near zero',
      left: q('j'), relation: 'approaches', right: div(one, V), kind: 'numeric',
      why: 'As a goes to zero every positive count to the power a goes to one. The noise becomes uniform, whatever was counted.',
    },
    {
      label: 'A power near one',
      left: q('j'), relation: 'approaches', right: f('j'), kind: 'numeric',
      why: 'As a goes to one the counts are left as they are. The noise becomes the unigram distribution.',
    },
  ],
};
