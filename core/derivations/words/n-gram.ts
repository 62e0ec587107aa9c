/** Counts as maximum likelihood, and add-k smoothing. */
import { add, apply, conditional, div, expectation, fn, kl, mul, neg, num, sub, sum, sym, total } from '../../formulas/expr';
import { JURAFSKY } from '../../formulas/sources';
import { RELATIVE_FREQUENCY } from '../../formulas/words';
import { lineOf } from '../line';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { nGramWorld } from '../worlds/sequences';

const [w, h, k, V, N, trust] = [sym('anyWord'), sym('anyContext'), sym('pseudoCount'), sym('vocabulary'), sym('length'), sym('trust')];
const [token, past, context] = [sym('token', 'i'), sym('past', 'i'), sym('context', 'i')];
const text = apply('sequenceModel', sym('sequence'));
const [model, frequency, smoothed] = [conditional('ngramModel', w, h), conditional('frequency', w, h), conditional('smoothed', w, h)];
const [count, contextTotal] = [apply('ngramCount', h, w), apply('contextTotal', h)];
const overContexts = total('anyContext', total('anyWord', mul(count, fn('log', model))));

export const N_GRAM: Derivation = {
  id: 'n-gram',
  title: 'An n-gram model: counting is maximum likelihood',
  shows:
    'How a language model that looks back n − 1 words is fitted by counting, and why the counts are its maximum likelihood. Then what adding k to every count does.',
  source: JURAFSKY('chapter "N-gram language models"'),
  prerequisites: [
    'Conditional probability.',
    'The Kullback–Leibler divergence of two distributions is never negative, and zero only where they agree.',
    'At the start of a text the missing words are filled with a mark for the beginning.',
  ],
  after: ['mle-is-min-kl'],
  given: ['sequence', 'token', 'past', 'length', 'sequenceModel', 'nextModel', 'anyContext', 'anyWord', 'ngramCount'],
  cases: inWorlds(nGramWorld),
  steps: [
    {
      label: 'The chain rule',
      left: fn('log', text), relation: 'equal', right: sum(1, N, fn('log', conditional('nextModel', token, past)), 'i'), kind: 'numeric',
      why: 'The probability of a text is the product of the probabilities of its words, each after all words before it. This holds for every distribution.',
    },
    {
      label: 'The Markov assumption',
      left: conditional('nextModel', token, past), relation: 'equal', right: conditional('ngramModel', token, context), kind: 'definition',
      why: 'This is the model: only the last n − 1 words count, for a bigram model one. Pasts that end in the same n − 1 words are treated as alike, which makes them countable.',
    },
    {
      label: 'Sort by what occurs',
      left: fn('log', text), relation: 'equal', right: overContexts, kind: 'numeric',
      why: 'The same word after the same context gives the same term, so each stands once, times how often it occurs, c(h, w). Of a text the model sees nothing but these counts.',
    },
    {
      label: 'The share of what was counted',
      ...lineOf(RELATIVE_FREQUENCY), kind: 'definition',
      why: 'Of all words that followed this context in the text, the share that were this one.',
    },
    {
      label: 'Counting is maximum likelihood',
      left: total('anyWord', mul(count, fn('log', model))), relation: 'equal', right: mul(contextTotal, sub(expectation('anyWord', frequency, fn('log', frequency)), kl('anyWord', frequency, model))), kind: 'numeric',
      why: 'One context of the sum above. Only the divergence contains the model. It is smallest, zero, when the model is the share of what was counted; so that is the maximum of the likelihood. Words that were never counted after this context get probability 0.',
    },
    {
      label: 'Add-k smoothing',
      left: smoothed, relation: 'equal', right: div(add(count, k), add(contextTotal, mul(k, V))), kind: 'definition',
      why: 'To every count k is added, as if each word had been seen so often before; the denominator grows by k for each of the V words, so that the probabilities still add up to 1. With k = 1 it is Laplace\'s rule.',
    },
    {
      label: 'How much the counts are trusted',
      left: trust, relation: 'equal', right: div(contextTotal, add(contextTotal, mul(k, V))), kind: 'definition',
      why: 'The share of real counts among all, near 1 where a context was seen often.',
    },
    {
      label: 'Smoothing mixes with the uniform distribution',
      left: smoothed, relation: 'equal', right: add(mul(trust, frequency), div(sub(num(1), trust), V)), kind: 'numeric',
      why: 'Numerator and denominator taken apart: the counted share, and an equal chance for every word with what is left. For a large vocabulary that is a lot, so k is small or other smoothing is used.',
    },
    {
      label: 'Perplexity',
      left: sym('perplexity'), relation: 'equal', right: fn('exp', neg(div(fn('log', text), N))), kind: 'definition',
      why: 'How a language model is judged on a text that it was not counted on: among how many equally likely words it would be as unsure as it is. It is the same with logarithms to the base 2 and powers of 2.',
    },
  ],
};
