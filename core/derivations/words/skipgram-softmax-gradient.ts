/** The gradients of a log-probability of skip-gram through the softmax: observed minus expected. */
import { derivative, div, dot, fn, gradient, kronecker, mul, neg, num, sub, sum, sym, type Expr, type Letter } from '../../formulas/expr';
import { RONG_2014 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { wordScoresWorld } from '../worlds/word-scores';

const one = num(1);
const [V, v] = [sym('vocabularySize'), sym('centreVector')];
const log = (of: Expr): Expr => fn('log', of);
const exp = (of: Expr): Expr => fn('exp', of);
const score = (of: Letter): Expr => sym('wordScore', of);
const p = (of: Letter): Expr => sym('wordProbability', of);
const u = (of: Letter): Expr => sym('wordVector', of);
const share = (of: Letter): Expr => sym('observedShare', of);
const over = (of: Letter, body: Expr): Expr => sum(1, V, body, of);
const normaliser = over('i', exp(score('i')));
const delta = kronecker('j', 'k');
/** δ_{jk} − p_j */
const error = sub(delta, p('j'));
const logProbability = sub(score('k'), log(normaliser));
/** The same with the inner products written out. */
const inVectors = (of: Letter): Expr => sub(dot(u(of), v), log(over('i', exp(dot(u('i'), v)))));

export const SKIPGRAM_SOFTMAX_GRADIENT: Derivation = {
  id: 'skipgram-softmax-gradient',
  title: 'The gradients of skip-gram with a softmax',
  shows:
    'The derivatives of the log-probability of one observed word by the vector in the middle and by every output vector, through the softmax. Each of them is what was observed minus what the model expects.',
  source: RONG_2014('section 1.1 and section 2; the probability: Mikolov et al. 2013, eq. 2'),
  prerequisites: [
    'Every word has two vectors: v when it stands in the middle of a window, u when it stands around another word.',
    'The word k of the vocabulary was observed in the window; the letters i and j run over the whole vocabulary.',
    'The chain rule. The Kronecker delta is 1 where both of its letters are the same and 0 otherwise.',
  ],
  after: ['softmax-jacobian', 'skipgram-likelihood'],
  given: ['centreVector', 'wordVector', 'vocabularySize', 'observedShare'],
  cases: inWorlds(wordScoresWorld),
  steps: [
    {
      label: 'The score of a word',
      left: score('j'), relation: 'equal', right: dot(u('j'), v), kind: 'definition',
      why: 'One number for each word of the vocabulary: the inner product of its output vector with the vector in the middle. Code calls them logits.',
    },
    {
      label: 'The probability of the observed word',
      left: p('k'), relation: 'equal', right: div(exp(score('k')), normaliser), kind: 'definition',
      why: 'The softmax of the scores. The sum below runs over the whole vocabulary.',
    },
    {
      label: 'Its logarithm',
      left: log(p('k')), relation: 'equal', right: logProbability, kind: 'numeric',
      why: 'The logarithm of a quotient is a difference, and it undoes the exponential above. This is the term of one pair in the log-likelihood of the text.',
    },
    {
      label: 'The logarithm of the sum, by one score',
      left: derivative(score('j'), log(normaliser)), relation: 'equal', right: div(exp(score('j')), normaliser), kind: 'numeric',
      why: 'The derivative of a logarithm is one over its argument, times the derivative of the argument. Of the sum only the term with j depends on that score, and an exponential is its own derivative.',
    },
    {
      label: 'That is a probability',
      left: derivative(score('j'), log(normaliser)), relation: 'equal', right: p('j'), kind: 'numeric',
      why: 'What stands on the right of the line above is the softmax for the word j.',
    },
    {
      label: 'The observed score, by one score',
      left: derivative(score('j'), score('k')), relation: 'equal', right: delta, kind: 'numeric',
      why: 'Scores are taken as free numbers here. The score of the observed word changes with itself and with no other.',
    },
    {
      label: 'The Jacobian of the softmax',
      left: derivative(score('j'), div(exp(score('k')), normaliser)), relation: 'equal', right: mul(p('k'), error), kind: 'numeric',
      why: 'The derivative of a function is the function times the derivative of its logarithm, and that is the difference of the last two lines. So every probability depends on every score.',
    },
    {
      label: 'The log-probability, by one score',
      left: derivative(score('j'), logProbability), relation: 'equal', right: error, kind: 'numeric',
      why: 'The line above divided by the probability. What is observed is 1 for the observed word and 0 for all others; what is expected is subtracted. For the loss −log p_k the sign is the other one: p_j − δ_jk, the prediction error of Rong 2014.',
    },
    {
      label: 'A score by the vector in the middle',
      left: gradient('centreVector', dot(u('j'), v)), relation: 'equal', right: u('j'), kind: 'numeric',
      why: 'An inner product is linear in each of its vectors; its gradient by one of them is the other.',
    },
    {
      label: 'The chain rule over all scores',
      left: gradient('centreVector', inVectors('k')), relation: 'equal', right: over('j', mul(error, u('j'))), kind: 'numeric',
      why: 'The vector in the middle is part of every score. So the derivatives by the scores are multiplied by the gradients of the scores, and added up over the vocabulary.',
    },
    {
      label: 'Observed minus expected',
      left: gradient('centreVector', inVectors('k')), relation: 'equal', right: sub(u('k'), over('j', mul(p('j'), u('j')))), kind: 'numeric',
      why: 'The sum was split. The delta leaves one term, the output vector of the observed word. The other sum is the mean of all output vectors under the model. It costs the whole vocabulary for every pair.',
    },
    {
      label: 'A score by one output vector',
      left: derivative(u('j'), dot(u('k'), v)), relation: 'equal', right: mul(delta, v), kind: 'numeric',
      why: 'An output vector is part of its own score only. The gradient of that inner product is the vector in the middle; of every other score it is zero.',
    },
    {
      label: 'The gradient by every output vector',
      left: derivative(u('j'), inVectors('k')), relation: 'equal', right: mul(error, v), kind: 'numeric',
      why: 'The chain rule again, but here only the score of the word j contributes. All output vectors move along v: the observed one towards it, each other one away from it by its probability.',
    },
    {
      label: 'The output vector of the observed word',
      left: derivative(u('k'), inVectors('k')), relation: 'equal', right: mul(sub(one, p('k')), v), kind: 'numeric',
      why: 'The line above at j = k. The more probable the word already is, the smaller is the step.',
    },
    {
      label: 'The output vector of another word',
      left: derivative(u('j'), neg(log(over('i', exp(dot(u('i'), v)))))), relation: 'equal', right: neg(mul(p('j'), v)), kind: 'numeric',
      why: 'For a word that was not observed only the normaliser contributes. It is pushed away from v in proportion to the probability that it wrongly has.',
    },
    {
      label: 'Over all observations of one word in the middle',
      left: gradient('centreVector', over('k', mul(share('k'), inVectors('k')))), relation: 'equal', right: over('j', mul(sub(share('j'), p('j')), u('j'))), kind: 'numeric',
      why: 'Each observed word counts by its share among all observations, and the shares add up to 1. The gradient vanishes when the mean of the output vectors is the same under the data and under the model, as it is when the model gives every word its share.',
    },
  ],
};
