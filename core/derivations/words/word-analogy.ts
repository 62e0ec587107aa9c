/** Analogies by adding and subtracting vectors, by multiplying similarities, and what an offset means where scores are log-quotients. */
import { add, apply, argmax, argmin, conditional, div, dot, fn, kl, letter, mul, normSq, num, sqrt, sub, sum, sym, type Expr, type Letter } from '../../formulas/expr';
import { LEVY_GOLDBERG_2014_ANALOGIES } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { analogyWorld } from '../worlds/analogies';

const [one, two] = [num(1), num(2)];
const [w, a, end, b, answer, product, eps] = (['candidate', 'analogyStart', 'analogyEnd', 'analogyQuestion', 'analogyAnswer', 'productAnswer', 'smallNumber'] as const).map((id) => sym(id));
const [x, y] = [sym('anyVector'), sym('otherVector')];
const log = (of: Expr): Expr => fn('log', of);
const cos = (one: Expr, other: Expr): Expr => apply('wordCosine', one, other);
const s = (of: Expr): Expr => apply('shiftedCosine', w, of);
const length = (of: Expr): Expr => sqrt(normSq(of));
const target = add(sub(b, a), end);
const best = (body: Expr): Expr => argmax('candidate', body);
const [v, u, k] = [(of: Letter): Expr => sym('middleVector', of), sym('wordVector', 'k'), letter('k')];
const seen = (of: Letter): Expr => conditional('pairFrequency', k, letter(of));
const offset = sub(v('i'), v('j'));

export const WORD_ANALOGY: Derivation = {
  id: 'word-analogy',
  title: 'Analogies by vector arithmetic',
  shows:
    'Why adding and subtracting vectors looks for the word with the best sum of three similarities, and what changes if similarities are multiplied. Then what an offset of two words means in a model whose inner products are log-quotients of probabilities.',
  source: LEVY_GOLDBERG_2014_ANALOGIES('sections 3 and 6'),
  prerequisites: [
    'The question: a is to a* as b is to which word? As "man" is to "woman", so "king" is to "queen".',
    'All word vectors are divided by their lengths first, so each has the length 1. The answer is looked for among all words w but the three of the question. No two words fit equally well.',
    'The inner product of two vectors; logarithms.',
  ],
  after: ['kl-properties', 'sgns-pmi'],
  given: ['anyVector', 'otherVector', 'candidate', 'analogyStart', 'analogyEnd', 'analogyQuestion', 'smallNumber', 'middleVector', 'wordVector', 'pairFrequency', 'windowWord', 'noiseShare', 'negatives', 'vocabularySize'],
  cases: inWorlds(analogyWorld),
  steps: [
    {
      label: 'The cosine of two vectors',
      left: cos(x, y), relation: 'equal', right: div(dot(x, y), mul(length(x), length(y))), kind: 'definition',
      why: 'The inner product, divided by both lengths, for any two vectors that are not zero. A length is the root of a squared length.',
    },
    {
      label: 'At length 1 it is the inner product',
      left: cos(w, b), relation: 'equal', right: dot(w, b), kind: 'numeric',
      why: 'Both lengths are 1. For this gensim normalises all vectors before it compares them.',
    },
    {
      label: 'Add and subtract',
      left: answer, relation: 'equal', right: best(cos(w, target)), kind: 'definition',
      why: 'From b go the way that leads from a to a*, and take the word in this direction. Levy and Goldberg call it 3CosAdd.',
    },
    {
      label: 'The target has another length',
      left: cos(w, target), relation: 'equal', right: div(dot(w, target), length(target)), kind: 'numeric',
      why: 'The word has the length 1, but the sum of three vectors has not.',
    },
    {
      label: 'Its length does not matter',
      left: answer, relation: 'equal', right: best(dot(w, target)), kind: 'numeric',
      why: 'It is the same positive number for every word, so it does not change which word is best.',
    },
    {
      label: 'Inner products are linear',
      left: dot(w, target), relation: 'equal', right: add(sub(dot(w, b), dot(w, a)), dot(w, end)), kind: 'numeric',
      why: 'The inner product with a sum is the sum of the inner products.',
    },
    {
      label: 'Three similarities',
      left: answer, relation: 'equal', right: best(add(sub(cos(w, b), cos(w, a)), cos(w, end))), kind: 'numeric',
      why: 'At length 1 the three inner products are cosines. The answer should be like b and like a*, and not like a. The direction of the relation is not needed for it: three similarities are enough.',
    },
    {
      label: 'The distance to the target',
      left: normSq(sub(w, target)), relation: 'equal', right: sub(add(one, normSq(target)), mul(two, dot(w, target))), kind: 'numeric',
      why: 'The square of a difference, with the length 1 of the word.',
    },
    {
      label: 'It is the nearest word',
      left: answer, relation: 'equal', right: argmin('candidate', normSq(sub(w, target))), kind: 'numeric',
      why: 'Only the last term contains the word, with a minus sign. So at length 1 the largest cosine and the smallest distance mean the same word.',
    },
    {
      label: 'Similarities that are not negative',
      left: s(b), relation: 'equal', right: div(add(one, cos(w, b)), two), kind: 'definition',
      why: 'Cosines lie between −1 and 1. Before they are multiplied they are brought to between 0 and 1.',
    },
    {
      label: 'Multiply and divide',
      left: product, relation: 'equal', right: best(div(mul(s(b), s(end)), add(s(a), eps))), kind: 'definition',
      why: 'Levy and Goldberg call it 3CosMul. In a sum one large similarity can outweigh the others; in a product no factor may be small. A small ε keeps the quotient finite; they use 0.001.',
    },
    {
      label: 'It adds logarithms',
      left: product, relation: 'equal', right: best(sub(add(log(s(b)), log(s(end))), log(add(s(a), eps)))), kind: 'numeric',
      why: 'The logarithm grows with its argument, so the best word stays the same. It is the sum of three similarities again, but differences between small similarities count more.',
    },
    {
      label: 'A model of log-quotients',
      left: dot(v('i'), u), relation: 'equal', right: sub(log(div(seen('i'), sym('noiseShare', 'k'))), log(sym('negatives'))), kind: 'definition',
      why: 'This is an assumption from here on: all scores of skip-gram with negative sampling are at their best, which needs vectors with many entries and pairs that all occur. Word i stands in the middle, word k in its window; the vectors have their own lengths. For noise by plain frequency this is PMI less log K.',
    },
    {
      label: 'An offset knows no noise',
      left: dot(offset, u), relation: 'equal', right: log(div(seen('i'), seen('j'))), kind: 'numeric',
      why: 'The inner product is linear, and noise and log K are the same for both words and cancel. The offset of two words says of every context word how much more probable it is beside the one than beside the other, as a logarithm.',
    },
    {
      label: 'Its mean over contexts',
      left: sum(1, sym('vocabularySize'), mul(seen('i'), dot(offset, u)), 'k'), relation: 'equal',
      right: kl('windowWord', conditional('pairFrequency', sym('windowWord'), letter('i')), conditional('pairFrequency', sym('windowWord'), letter('j'))), kind: 'numeric',
      why: 'Each context word counts by how often it stands beside word i. A mean of log-quotients under the first distribution is the divergence from the first to the second; o runs over the vocabulary.',
    },
    {
      label: 'Two offsets compared',
      left: dot(sub(offset, sub(v('l'), v('m'))), u), relation: 'equal', right: log(div(mul(seen('i'), seen('m')), mul(seen('j'), seen('l')))), kind: 'numeric',
      why: 'The offset of the words l and m was subtracted, and the logarithms were joined. If i is to j as l is to m in every context, that is if the quotients of their probabilities agree, the right side is zero for every k. If the vectors u span the space, both offsets are then the same. Only in this model is that a theorem: for vectors with few entries it is an observation, not a law.',
    },
  ],
};
