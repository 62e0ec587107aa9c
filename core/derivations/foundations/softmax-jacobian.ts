/** The derivatives of softmax, of its logarithm and of cross-entropy with it. */
import { add, derivative, div, fn, kronecker, mul, neg, num, pow, sub, sum, sym, type Expr, type Letter } from '../../formulas/expr';
import { CROSS_ENTROPY_GRADIENT, CROSS_ENTROPY_LOGITS, SOFTMAX } from '../../formulas/divergences';
import { BISHOP_2006 } from '../../formulas/sources';
import { lineOf } from '../line';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { softmaxWorld } from '../worlds/softmax';

const one = num(1);
const [V, Z, c, loss] = [sym('vocabularySize'), sym('exponentialSum'), sym('logitShift'), sym('labelLoss')];
const logit = (letter: Letter): Expr => sym('logit', letter);
const p = (letter: Letter): Expr => sym('wordProbability', letter);
const y = (letter: Letter): Expr => sym('oneHot', letter);
const exp = (of: Expr): Expr => fn('exp', of);
const log = (of: Expr): Expr => fn('log', of);
const over = (letter: Letter, body: Expr): Expr => sum(1, V, body, letter);
const exponentials = over('l', exp(logit('l')));
const delta = kronecker('j', 'k');
const byLogit = (of: Expr): Expr => derivative(logit('k'), of);
const quotient = div(exp(logit('j')), exponentials);
const picked = over('j', mul(y('j'), logit('j')));

export const SOFTMAX_JACOBIAN: Derivation = {
  id: 'softmax-jacobian',
  title: 'The derivatives of softmax and cross-entropy',
  shows:
    'How each probability of a softmax changes with each logit, and why a shift of all logits changes nothing. Then why the gradient of the cross-entropy is prediction minus label.',
  source: BISHOP_2006('section 4.3.4'),
  prerequisites: [
    'The derivatives of exponential and logarithm, and the quotient rule.',
    'The Kronecker delta is 1 where both indices are the same, else 0.',
    'The entries may be the words of a vocabulary or the classes of any classifier; there are V of them.',
  ],
  after: ['entropy-cross-entropy'],
  given: ['logit', 'vocabularySize', 'oneHot', 'logitShift'],
  cases: inWorlds(softmaxWorld),
  steps: [
    {
      label: 'The sum of the exponentials',
      left: Z, relation: 'equal', right: exponentials, kind: 'definition',
      why: 'The exponential makes a positive number of every logit. Z is what these numbers have to be divided by to add up to 1.',
    },
    {
      label: 'Softmax',
      ...lineOf(SOFTMAX), kind: 'definition',
      why: 'The probability of entry j. It depends on all logits, because all of them are in Z.',
    },
    {
      label: 'The derivative of the numerator',
      left: byLogit(exp(logit('j'))), relation: 'equal', right: mul(delta, exp(logit('j'))), kind: 'numeric',
      why: 'The exponential is its own derivative if the logit of entry j itself is moved. If another logit is moved, it does not change. The Kronecker delta says both at once.',
    },
    {
      label: 'The derivative of the denominator',
      left: byLogit(exponentials), relation: 'equal', right: exp(logit('k')), kind: 'numeric',
      why: 'Of the sum only the term with the logit k changes.',
    },
    {
      label: 'The quotient rule',
      left: byLogit(quotient), relation: 'equal', right: div(sub(mul(delta, exp(logit('j')), Z), mul(exp(logit('j')), exp(logit('k')))), pow(Z, 2)), kind: 'numeric',
      why: 'Derivative of the numerator times the denominator, less the numerator times the derivative of the denominator, over the square of the denominator. The two lines before were put in.',
    },
    {
      label: 'In probabilities: the Jacobian',
      left: byLogit(quotient), relation: 'equal', right: mul(p('j'), sub(delta, p('k'))), kind: 'numeric',
      why: 'One factor Z of the square goes with each exponential and makes a probability of it. A probability rises with its own logit and falls with all others.',
    },
    {
      label: 'On the diagonal',
      left: byLogit(div(exp(logit('k')), exponentials)), relation: 'equal', right: mul(p('k'), sub(one, p('k'))), kind: 'numeric',
      why: 'The same with j = k, where the delta is 1. As for the sigmoid, the derivative is small where the probability is near 0 or 1.',
    },
    {
      label: 'Add a number to every logit',
      left: over('l', exp(add(logit('l'), c))), relation: 'equal', right: mul(exp(c), Z), kind: 'numeric',
      why: 'The exponential of a sum is a product, and the factor exp c is the same in every term.',
    },
    {
      label: 'Shifts change nothing',
      left: div(exp(add(logit('j'), c)), over('l', exp(add(logit('l'), c)))), relation: 'equal', right: p('j'), kind: 'numeric',
      why: 'The factor exp c stands above and below and cancels. Only differences of logits count.',
    },
    {
      label: 'A sum that does not overflow',
      left: log(exponentials), relation: 'equal', right: add(c, log(over('l', exp(sub(logit('l'), c))))), kind: 'numeric',
      why: 'The shift the other way round, with the logarithm taken. Code takes the largest logit for c, so that no exponential is greater than 1: logsumexp.',
    },
    {
      label: 'The logarithm of softmax',
      left: log(p('j')), relation: 'equal', right: sub(logit('j'), log(exponentials)), kind: 'numeric',
      why: 'The logarithm of the quotient is a difference, and it undoes the exponential of the numerator.',
    },
    {
      label: 'The gradient of log-sum-exp',
      left: byLogit(log(exponentials)), relation: 'equal', right: p('k'), kind: 'numeric',
      why: 'The derivative of the logarithm is one over the sum, times the derivative of the sum, which is the exponential of the logit k. That quotient is the softmax.',
    },
    {
      label: 'The gradient of log-softmax',
      left: byLogit(sub(logit('j'), log(exponentials))), relation: 'equal', right: sub(delta, p('k')), kind: 'numeric',
      why: 'The first term has the derivative 1 if its own logit is moved, else 0. The second one was the line before.',
    },
    {
      label: 'Cross-entropy with a label',
      left: loss, relation: 'equal', right: neg(over('j', mul(y('j'), log(p('j'))))), kind: 'definition',
      why: 'y is 1 at the label and 0 elsewhere, so the loss is the negative log-probability of the label.',
    },
    {
      label: 'In logits',
      ...lineOf(CROSS_ENTROPY_LOGITS), kind: 'numeric',
      why: 'The logarithm of softmax was put in. The log-sum-exp does not depend on j and has the factor 1, because the entries of y add up to 1.',
    },
    {
      label: 'Its gradient as a sum',
      left: byLogit(sub(log(exponentials), picked)), relation: 'equal', right: neg(over('j', mul(y('j'), sub(delta, p('k'))))), kind: 'numeric',
      why: 'The gradient of each log-softmax, weighted by y and with the sign of the loss.',
    },
    {
      label: 'Prediction minus label',
      ...lineOf(CROSS_ENTROPY_GRADIENT), kind: 'numeric',
      why: 'The delta picks y at k from the sum; p at k is the same in every term, and the entries of y add up to 1. No logarithm and no exponential is left but in the softmax itself, so no entry of the gradient is ever larger than 1 in size.',
    },
  ],
};
