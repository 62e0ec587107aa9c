/** The chain rule as a model, and the loss with which it is trained: of texts and of images in reading order. */
import { add, apply, conditional, derivative, div, expectation, fn, kl, mul, neg, num, sub, sum, sym, type Expr, type Letter } from '../../formulas/expr';
import { OORD_2016 } from '../../formulas/sources';
import { CHAIN_RULE } from '../../formulas/densities';
import { lineOf } from '../line';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { autoregressiveWorld } from '../worlds/sequences';

const [N, V, loss] = [sym('length'), sym('vocabularySize'), sym('tokenLoss')];
const sequence = sym('sequence');
const [model, data] = [apply('sequenceModel', sequence), apply('sequenceData', sequence)];
const next = conditional('nextModel', sym('token', 'i'), sym('past', 'i'));
const target = sym('targetLogit');
const log = (of: Expr): Expr => fn('log', of);
const exponential = (letter: Letter): Expr => fn('exp', sym('logit', letter));
const normaliser = (letter: Letter): Expr => sum(1, V, exponential(letter), letter);
const picked = (letter: Letter): Expr => sum(1, V, mul(sym('oneHot', letter), sym('logit', letter)), letter);

export const AUTOREGRESSIVE: Derivation = {
  id: 'autoregressive',
  title: 'The likelihood of an autoregressive model',
  shows:
    'How predicting the next element, again and again, gives the exact likelihood of the whole sequence. Then the gradient of its loss, and what perplexity and bits per dimension say.',
  source: OORD_2016('eq. 1'),
  prerequisites: [
    'Conditional probability.',
    'Softmax: exponentials divided by their sum.',
    'The Kullback–Leibler divergence is never negative.',
  ],
  after: ['entropy-cross-entropy'],
  given: ['sequence', 'token', 'past', 'length', 'sequenceModel', 'nextModel', 'sequenceData'],
  cases: inWorlds(autoregressiveWorld),
  steps: [
    {
      label: 'The chain rule (eq. 1)',
      ...lineOf(CHAIN_RULE), kind: 'numeric',
      why: 'The probability of a sequence is the product of the probabilities of its elements, each after all those before it. No assumption is made, only an order chosen. A causal mask lets a network compute all factors in one pass.',
    },
    {
      label: 'The loss of a sequence',
      left: loss, relation: 'equal', right: neg(div(log(model), N)), kind: 'definition',
      why: 'The negative log-likelihood, in nats for each element.',
    },
    {
      label: 'It is the mean over positions',
      left: loss, relation: 'equal', right: neg(div(sum(1, N, log(next), 'i'), N)), kind: 'numeric',
      why: 'The logarithm of a product is a sum. This is what cross-entropy with shifted targets computes in code, with the true elements as the past: teacher forcing.',
    },
    {
      label: 'What it makes small',
      left: expectation('sequence', data, neg(log(model))), relation: 'equal', right: add(expectation('sequence', data, neg(log(data))), kl('sequence', data, model)), kind: 'numeric',
      why: 'The mean loss over the data is the entropy of the data, which no model can change, plus the divergence from data to model. The loss cannot go below that entropy.',
    },
    {
      label: 'Softmax over the vocabulary',
      left: next, relation: 'equal', right: div(fn('exp', target), normaliser('j')), kind: 'definition',
      why: 'The network puts out one logit for each of the V entries: words, bytes, or levels of a pixel. The logit of the true next element stands above.',
    },
    {
      label: 'One position of the loss',
      left: neg(log(next)), relation: 'equal', right: sub(log(normaliser('j')), target), kind: 'numeric',
      why: 'The logarithm undoes the exponential of the true element and leaves the logarithm of the sum. Code computes it after subtracting the largest logit, which changes nothing but keeps the exponentials from overflowing.',
    },
    {
      label: 'Pick the logit with a one-hot vector',
      left: target, relation: 'equal', right: picked('j'), kind: 'definition',
      why: 'y is 1 at the true element and 0 elsewhere. So the line above is a function of all logits that can be differentiated.',
    },
    {
      label: 'Its gradient',
      left: derivative(sym('logit', 'k'), sub(log(normaliser('j')), picked('j'))), relation: 'equal', right: sub(div(exponential('k'), normaliser('j')), sym('oneHot', 'k')), kind: 'numeric',
      why: 'The predicted probability less what really came: a step against it pulls the true logit up and all others down, in proportion to their probability.',
    },
    {
      label: 'Perplexity',
      left: sym('perplexity'), relation: 'equal', right: fn('exp', loss), kind: 'definition',
      why: 'Among how many equally likely entries the model would be as unsure as it is; a model that knows nothing has V. It depends on how text is cut into tokens.',
    },
    {
      label: 'Bits per dimension',
      left: sym('bits'), relation: 'equal', right: div(loss, log(num(2))), kind: 'definition',
      why: 'The same loss with the logarithm to the base 2, as usual for images, where it is how many bits a pixel\'s channel takes when compressed with the model.',
    },
  ],
};
