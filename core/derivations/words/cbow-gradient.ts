/** The gradients of continuous bag of words with a softmax, and the factor 1/C that implementations treat in different ways. */
import { derivative, div, dot, fn, kronecker, mul, neg, num, sub, sum, sym, type Expr, type Letter } from '../../formulas/expr';
import { RONG_2014 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { contextWorld } from '../worlds/contexts';

const one = num(1);
const [h, C, V, loss, error, rate] = [sym('contextMean'), sym('contextSize'), sym('vocabularySize'), sym('labelLoss'), sym('hiddenError'), sym('learningRate')];
const share = div(one, C);
const log = (of: Expr): Expr => fn('log', of);
const exp = (of: Expr): Expr => fn('exp', of);
const [v, u, s, p, e] = (['contextVector', 'wordVector', 'gapScore', 'wordProbability', 'predictionError'] as const).map((id) => (of: Letter): Expr => sym(id, of));
const words = (of: Letter, body: Expr): Expr => sum(1, V, body, of);
const context = (of: Letter, body: Expr): Expr => sum(1, C, body, of);
const mean = mul(share, context('l', v('l')));
const overScores = sub(log(words('i', exp(s('i')))), s('k'));
/** The loss as a function of what predicts. */
const lossBy = (of: Expr): Expr => sub(log(words('j', exp(dot(u('j'), of)))), dot(u('k'), of));
const errorSum = words('j', mul(e('j'), u('j')));

export const CBOW_GRADIENT: Derivation = {
  id: 'cbow-gradient',
  title: 'The gradients of continuous bag of words',
  shows:
    'The gradients of the loss of one gap through the softmax and through the mean of the context: by every output vector, by the mean, and by every context vector, which gets the C-th part. Then what changes in implementations that leave this factor out.',
  source: RONG_2014('section 1.2'),
  prerequisites: [
    'Every word has two vectors: v when it stands around a gap, u when it is the word to be predicted. C words stand around the gap.',
    'The word k of the vocabulary stands in the gap. The letters i and j run over the vocabulary, or over the context where they stand below v; l runs over the context.',
    'The chain rule; the Kronecker delta is 1 where both of its letters are the same and 0 otherwise.',
  ],
  after: ['softmax-jacobian', 'cbow'],
  given: ['contextVector', 'contextSize', 'wordVector', 'vocabularySize', 'learningRate'],
  cases: inWorlds(contextWorld),
  steps: [
    {
      label: 'The mean of the context',
      left: h, relation: 'equal', right: mean, kind: 'definition',
      why: 'All words around the gap count the same, wherever they stand. A word that stands there twice counts twice.',
    },
    {
      label: 'The score of a word',
      left: s('j'), relation: 'equal', right: dot(u('j'), h), kind: 'definition',
      why: 'One number for each word of the vocabulary.',
    },
    {
      label: 'The probability of the word in the gap',
      left: p('k'), relation: 'equal', right: div(exp(s('k')), words('i', exp(s('i')))), kind: 'definition',
      why: 'The softmax of all scores: exponentials, divided by their sum over the vocabulary.',
    },
    {
      label: 'The loss',
      left: loss, relation: 'equal', right: neg(log(p('k'))), kind: 'definition',
      why: 'The cross-entropy of the word that was observed, in nats. Training makes it small.',
    },
    {
      label: 'The loss in scores',
      left: loss, relation: 'equal', right: overScores, kind: 'numeric',
      why: 'The logarithm of the quotient is a difference, and the logarithm undoes the exponential above.',
    },
    {
      label: 'By one score',
      left: derivative(s('j'), overScores), relation: 'equal', right: sub(p('j'), kronecker('j', 'k')), kind: 'numeric',
      why: 'The derivative of the logarithm of the sum is the softmax. The observed score contributes only where j is the observed word.',
    },
    {
      label: 'The prediction error',
      left: e('j'), relation: 'equal', right: sub(p('j'), kronecker('j', 'k')), kind: 'definition',
      why: 'Rong 2014 calls it so: what was predicted less what was there. word2vec.c has the opposite sign, since it adds what other code subtracts.',
    },
    {
      label: 'By one output vector',
      left: derivative(u('j'), sub(log(words('i', exp(dot(u('i'), h)))), dot(u('k'), h))), relation: 'equal', right: mul(e('j'), h), kind: 'numeric',
      why: 'An output vector is part of its own score only, and the gradient of that inner product is the mean of the context. So all output vectors move along h.',
    },
    {
      label: 'By the mean of the context',
      left: derivative(h, lossBy(h)), relation: 'equal', right: errorSum, kind: 'numeric',
      why: 'The mean is part of every score, so the output vectors are added up, each times its error.',
    },
    {
      label: 'Name it',
      left: error, relation: 'equal', right: errorSum, kind: 'definition',
      why: 'What comes back to the context. Rong writes EH. word2vec.c has no softmax over the whole vocabulary, but it collects the same for hierarchical softmax and negative sampling in neu1e, with the opposite sign and times the learning rate.',
    },
    {
      label: 'How the mean depends on one vector',
      left: derivative(v('i'), dot(u('j'), mean)), relation: 'equal', right: mul(share, u('j')), kind: 'numeric',
      why: 'The mean is linear in each context vector, with the factor 1/C. Shown for the score of one word.',
    },
    {
      label: 'By one context vector',
      left: derivative(v('i'), lossBy(mean)), relation: 'equal', right: mul(share, error), kind: 'numeric',
      why: 'The chain rule: the gradient by the mean times 1/C. It does not contain i, so every place of the context gets the same gradient; a word that stands there twice gets it twice. With C = 1 it is the gradient of skip-gram, with the one context word in the place of the word in the middle.',
    },
    {
      label: 'All of them together',
      left: context('i', mul(share, error)), relation: 'equal', right: error, kind: 'numeric',
      why: 'The gradients of the C context words from the line above, added up: C times the C-th part. What comes back to the mean is shared out, not multiplied.',
    },
    {
      label: 'A sum in the place of the mean',
      left: derivative(v('i'), lossBy(context('l', v('l')))), relation: 'equal',
      right: words('j', mul(sub(div(exp(dot(u('j'), mul(C, h))), words('i', exp(dot(u('i'), mul(C, h))))), kronecker('j', 'k')), u('j'))), kind: 'numeric',
      why: 'If the vectors are added up and not divided, the scores are C times as large, the errors are those of these scores, and the factor 1/C is gone: every context word gets the whole gradient.',
    },
    {
      label: 'One step of gradient descent',
      left: mul(share, context('i', sub(v('i'), mul(div(rate, C), error)))), relation: 'equal', right: sub(h, mul(div(rate, C), error)), kind: 'numeric',
      why: 'Here no word stands in the context twice. Every context vector moves against its gradient, times the learning rate, and so does their mean: by the C-th part of what it would move if it were a parameter itself.',
    },
    {
      label: 'The step of word2vec.c',
      left: mul(share, context('i', sub(v('i'), mul(rate, error)))), relation: 'equal', right: sub(h, mul(rate, error)), kind: 'numeric',
      why: 'word2vec.c divides the sum by C in the forward pass but adds the undivided error to every context vector, and gensim does the same with cbow_mean = 1. The mean then moves C times as far, as if it were a parameter itself. It is gradient descent with a learning rate that is C times as large for the context vectors. With cbow_mean = 0 gensim does it the other way round: it adds up and divides the error. The lines above are the exact gradients, which automatic differentiation gives.',
    },
  ],
};
