/** Counts are the maximum likelihood of an n-gram model: by a Lagrange multiplier, and again by Gibbs' inequality. */
import { add, apply, conditional, crossEntropy, derivative, div, entropy, fn, kl, letter, mul, neg, num, pow, sub, sum, sym, total, type Expr, type Letter } from '../../formulas/expr';
import { JURAFSKY } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { countsWorld, fittedCountsWorld } from '../worlds/language-models';

const one = num(1);
const [h, w, V, lambda, best, ofContext] = [sym('anyContext'), sym('anyWord'), sym('vocabularySize'), sym('multiplier'), sym('bestProbability', 'j'), sym('contextLikelihood')];
const log = (of: Expr): Expr => fn('log', of);
const count = (of: Letter): Expr => apply('ngramCount', h, letter(of));
const all = apply('contextTotal', h);
const p = (of: Letter): Expr => sym('wordProbability', of);
const share = (of: Letter): Expr => conditional('frequency', letter(of), h);
const over = (body: Expr): Expr => sum(1, V, body, 'i');
const logs = over(mul(count('i'), log(p('i'))));
const [model, frequency] = [conditional('ngramModel', w, h), conditional('frequency', w, h)];
const text = log(apply('sequenceModel', sym('sequence')));

export const NGRAM_MLE: Derivation = {
  id: 'ngram-mle',
  title: 'Why counting is maximum likelihood',
  shows:
    'Of all n-gram models the one that gives to every word its share of the counts makes the training text most probable. It is found with a Lagrange multiplier, and then once more without derivatives, from the divergence between shares and model.',
  source: JURAFSKY('chapter "N-gram language models"'),
  prerequisites: [
    'The log-probability of a text under an n-gram model is the sum of the log-probabilities of its words, each after its context.',
    'c(h, w) counts how often the word w follows the context h in the training text. The words have the numbers 1 to V, so c(h, j) is the count of word j.',
    'At a maximum under a constraint the derivatives of the Lagrangian are zero.',
  ],
  after: ['kl-properties', 'chain-rule-ngram'],
  given: ['sequence', 'sequenceModel', 'anyContext', 'anyWord', 'ngramModel', 'ngramCount', 'vocabularySize'],
  cases: inWorlds(countsWorld, { tight: fittedCountsWorld }),
  steps: [
    {
      label: 'Name the row of one context',
      left: p('j'), relation: 'equal', right: conditional('ngramModel', letter('j'), h), kind: 'definition',
      why: 'One context h is held fixed for now. Its row of the table has V free numbers, which only have to be probabilities.',
    },
    {
      label: 'The log-likelihood of one context',
      left: ofContext, relation: 'equal', right: logs, kind: 'definition',
      why: 'All words of the text that follow this context add their log-probability. Equal words add the same, so each stands once, times its count.',
    },
    {
      label: 'Contexts do not share numbers',
      left: text, relation: 'equal', right: total('anyContext', total('anyWord', mul(apply('ngramCount', h, w), log(model)))), kind: 'numeric',
      why: 'The log-probability of the whole text is the sum of such terms over all contexts. Each context has a row of its own, so the sum is largest when each term is.',
    },
    {
      label: 'The constraint has a price',
      left: sym('lagrangian'), relation: 'equal', right: add(logs, mul(lambda, sub(one, over(p('i'))))), kind: 'definition',
      why: 'The probabilities of the row must add up to one. The Lagrangian adds what their sum lacks of one, times a multiplier λ.',
    },
    {
      label: 'Its derivative by one probability',
      left: derivative(p('j'), add(logs, mul(lambda, sub(one, over(p('i')))))), relation: 'equal', right: sub(div(count('j'), p('j')), lambda), kind: 'numeric',
      why: 'Of both sums only the term of word j contains p_j. The derivative of its logarithm is one over it, and the constraint contributes −λ.',
    },
    {
      label: 'Where it vanishes',
      left: div(count('j'), best), relation: 'equal', right: lambda, kind: 'definition',
      why: 'The best probabilities are named p*. From here on λ is the price at which they add up to one. A word that was never counted is left out here: its derivative is −λ, so its best probability is the smallest that there is, zero.',
    },
    {
      label: 'Solve for the probability',
      left: best, relation: 'equal', right: div(count('j'), lambda), kind: 'numeric',
      why: 'Both sides multiplied by p* and divided by λ. So the best probabilities are proportional to the counts.',
    },
    {
      label: 'Add up all words',
      left: lambda, relation: 'equal', right: over(count('i')), kind: 'numeric',
      why: 'The probabilities of the line above add up to one, so the counts over λ add up to one, and λ is the sum of the counts.',
    },
    {
      label: 'How often the context occurs',
      left: all, relation: 'equal', right: over(count('i')), kind: 'definition',
      why: 'Whenever the context has a word after it, exactly one of the V words follows.',
    },
    {
      label: 'The maximum likelihood estimate',
      left: best, relation: 'equal', right: div(count('j'), all), kind: 'numeric',
      why: 'The multiplier was put in. The best probability of a word is its count over the count of the context.',
    },
    {
      label: 'It bends down everywhere',
      left: derivative(p('j'), div(count('j'), p('j'))), relation: 'equal', right: neg(div(count('j'), pow(p('j'), 2))), kind: 'numeric',
      why: 'The derivative from above once more; λ is a constant and was left out. It is negative for every word that was counted, and p_j occurs in the derivative by no other probability. So the log-likelihood is concave, and the point that was found is its maximum, not a minimum.',
    },
    {
      label: 'Name the shares',
      left: conditional('frequency', w, h), relation: 'equal', right: div(apply('ngramCount', h, w), all), kind: 'definition',
      why: 'The same quotient for any word w, as a distribution over the vocabulary. A word with the count zero adds nothing to a sum of counts times logarithms; 0 log 0 is taken as 0. Now the result is shown a second time, without derivatives.',
    },
    {
      label: 'The log-likelihood in shares',
      left: ofContext, relation: 'equal', right: neg(mul(all, crossEntropy('anyWord', frequency, model))), kind: 'numeric',
      why: 'A count is the share times the count of the context. The sum of share times log-probability is minus the cross-entropy of shares and model.',
    },
    {
      label: 'What the best model gains',
      left: sub(over(mul(count('i'), log(share('i')))), ofContext), relation: 'equal', right: mul(all, kl('anyWord', frequency, model)), kind: 'numeric',
      why: 'The log-likelihood with the shares as the model, less that of any model. The difference of the logarithms, weighted by shares, is the divergence from shares to model.',
    },
    {
      label: 'No row does better',
      left: ofContext, relation: 'at-most', right: over(mul(count('i'), log(share('i')))), kind: 'numeric',
      why: 'Gibbs\' inequality: a divergence is never negative. It is zero only where the model is the distribution of shares, so this is the one maximum.',
    },
    {
      label: 'The height of the maximum',
      left: over(mul(count('i'), log(share('i')))), relation: 'equal', right: neg(mul(all, entropy('anyWord', frequency))), kind: 'numeric',
      why: 'A cross-entropy of a distribution with itself is its entropy. A context after which always the same word comes costs nothing.',
    },
    {
      label: 'All contexts together',
      left: text, relation: 'at-most', right: neg(total('anyContext', mul(all, entropy('anyWord', frequency)))), kind: 'numeric',
      why: 'Every context was bounded by itself, and the bounds were added up. Both sides are equal for the model of counts. On the training text no n-gram model of this order is better; on another text it may well be, since a word that was not seen after its context gets the probability zero there.',
    },
  ],
};
