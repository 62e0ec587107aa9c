/** From the chain rule of a text's probability over the Markov assumption to cross-entropy and perplexity. */
import { add, apply, conditional, div, entropy, expectation, fn, kl, mul, neg, num, power, product, sub, sum, sym, total, type Expr } from '../../formulas/expr';
import { BENGIO_2003 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { chainRuleWorld, fittedChainRuleWorld } from '../worlds/language-models';

const [one, two] = [num(1), num(2)];
const [N, V, L, PP, w] = [sym('length'), sym('vocabularySize'), sym('tokenLoss'), sym('perplexity'), sym('anyWord')];
const log = (of: Expr): Expr => fn('log', of);
const [text, token, past, context] = [sym('sequence'), sym('token', 'i'), sym('past', 'i'), sym('context', 'i')];
const beginning = (of: Expr): Expr => apply('beginningModel', of);
const whole = beginning(text);
const quotient = div(beginning(sym('past', 'i+1')), beginning(past));
const [next, ngram] = [conditional('nextModel', token, past), conditional('ngramModel', token, context)];
const overText = (body: Expr): Expr => sum(1, N, body, 'i');
const data = apply('sequenceData', text);
const overTexts = (body: Expr): Expr => expectation('sequence', data, body);
const perWord = div(one, N);
const [afterAll, afterSome] = [conditional('nextData', token, past), conditional('contextData', token, context)];

export const CHAIN_RULE_NGRAM: Derivation = {
  id: 'chain-rule-ngram',
  title: 'From the chain rule to an n-gram model and its perplexity',
  shows:
    'Why the probability of a text is a product of the probabilities of its words, what the Markov assumption leaves of it, and what that assumption costs. Then how the logarithm becomes a cross-entropy per word and a perplexity, and what both are at best.',
  source: BENGIO_2003('section 1; perplexity also in Jurafsky & Martin, chapter "N-gram language models"'),
  prerequisites: [
    'Conditional probability: the probability of both over the probability of the condition.',
    'Entropy, cross-entropy and the Kullback–Leibler divergence, all in nats.',
    'The past of the i-th word is all words before it; before the first word there are none. All texts have the same length N, and every text has a probability above zero.',
  ],
  after: ['entropy-cross-entropy', 'kl-properties'],
  given: ['sequence', 'token', 'past', 'length', 'vocabularySize', 'anyWord', 'beginningModel', 'sequenceData', 'nextData', 'contextData', 'context'],
  cases: inWorlds(chainRuleWorld, { tight: fittedChainRuleWorld }),
  steps: [
    {
      label: 'The next word, given those before it',
      left: next, relation: 'equal', right: quotient, kind: 'definition',
      why: 'Among the texts that begin with the words before the i-th, the share that goes on with the i-th. Above stands the probability of the beginning that is one word longer and includes the i-th word.',
    },
    {
      label: 'The next words add up to one',
      left: total('anyWord', conditional('nextModel', w, past)), relation: 'equal', right: one, kind: 'numeric',
      why: 'Some word of the vocabulary comes next. The beginnings that are one word longer share the probability of the beginning, and each was divided by it.',
    },
    {
      label: 'A product in which neighbours cancel',
      left: whole, relation: 'equal', right: product(1, N, quotient, 'i'), kind: 'numeric',
      why: 'What stands above in one factor stands below in the next. Only the last numerator is left, the whole text, and the first denominator: every text begins with nothing, so that is 1.',
    },
    {
      label: 'The chain rule',
      left: whole, relation: 'equal', right: product(1, N, next, 'i'), kind: 'numeric',
      why: 'Each factor is the conditional probability from above. Nothing was assumed: every distribution over texts can be written in this way.',
    },
    {
      label: 'The Markov assumption',
      left: next, relation: 'equal', right: ngram, kind: 'definition',
      why: 'This is the model of order n − 1: h is the last n − 1 words, and words further back no longer matter. For n = 2, a bigram model, h is one word. Before the first words marks for the beginning are put in. The same table serves at every position.',
    },
    {
      label: 'The text under an n-gram model',
      left: whole, relation: 'equal', right: product(1, N, ngram, 'i'), kind: 'numeric',
      why: 'The assumption was put into the chain rule, factor by factor. In place of one number for every possible past there is one for every context of n − 1 words.',
    },
    {
      label: 'Logarithms add up',
      left: log(whole), relation: 'equal', right: overText(log(ngram)), kind: 'numeric',
      why: 'The logarithm of a product is a sum. The product of thousands of probabilities is too small for floating point; the sum is not.',
    },
    {
      label: 'What a longer past would tell',
      left: sub(overTexts(neg(log(afterSome))), overTexts(neg(log(afterAll)))), relation: 'equal',
      right: overTexts(kl('anyWord', conditional('nextData', w, past), conditional('contextData', w, context))), kind: 'numeric',
      why: 'The probabilities here are those of the data itself, at one position. The left side is the entropy of the next word when the context is known, less that when the whole past is known. The right side is the mean divergence between the two predictions, since the whole past decides how the word is really distributed.',
    },
    {
      label: 'The assumption never helps on average',
      left: overTexts(neg(log(afterAll))), relation: 'at-most', right: overTexts(neg(log(afterSome))), kind: 'numeric',
      why: 'A divergence is never negative. Both sides are equal if the data itself looks back no further than n − 1 words. So with the true probabilities a longer context is never worse; with counted ones it may be, since long contexts are rare.',
    },
    {
      label: 'The loss of a text',
      left: L, relation: 'equal', right: neg(mul(perWord, log(whole))), kind: 'definition',
      why: 'The negative log-probability for each word, in nats. Divided by N, texts of different length could be compared. It is called the cross-entropy per word, since over many texts it becomes one, as is shown below.',
    },
    {
      label: 'It is a mean over positions',
      left: L, relation: 'equal', right: mul(perWord, overText(neg(log(ngram)))), kind: 'numeric',
      why: 'The sum of logarithms from above was put in. Each position adds its surprise: the negative logarithm of the probability that the model gave to the word that came.',
    },
    {
      label: 'Perplexity',
      left: PP, relation: 'equal', right: fn('exp', L), kind: 'definition',
      why: 'The exponential takes the loss back from logarithms. With logarithms to the base 2 and powers of 2 it is the same number.',
    },
    {
      label: 'A geometric mean',
      left: PP, relation: 'equal', right: power(product(1, N, div(one, ngram), 'i'), perWord), kind: 'numeric',
      why: 'The exponential of a mean of logarithms is the N-th root of a product: the geometric mean of one over each probability. One word with the probability zero makes it infinite.',
    },
    {
      label: 'A model that knows nothing',
      left: fn('exp', mul(perWord, overText(neg(log(div(one, V)))))), relation: 'equal', right: V, kind: 'numeric',
      why: 'If every word has the probability 1/V, each position adds log V, and so does their mean. So the perplexity is the size of the vocabulary, and it says among how many equally likely words a model would be as unsure. It depends on the vocabulary and on what counts as a word.',
    },
    {
      label: 'The loss in bits',
      left: sym('bits'), relation: 'equal', right: div(L, log(two)), kind: 'definition',
      why: 'One bit is log 2 nats. A code that is ideal for the model needs this many bits for each word of this text.',
    },
    {
      label: 'Perplexity from bits',
      left: PP, relation: 'equal', right: power(two, sym('bits')), kind: 'numeric',
      why: 'Two to the power b is the exponential of b times log 2, and b times log 2 is the loss in nats.',
    },
    {
      label: 'The mean loss over all texts',
      left: overTexts(neg(mul(perWord, log(whole)))), relation: 'equal', right: mul(perWord, add(entropy('sequence', data), kl('sequence', data, whole))), kind: 'numeric',
      why: 'Texts are drawn from the data and judged by the model. The mean is a cross-entropy, and every cross-entropy is the entropy of the first distribution plus the divergence to the second. A text that was kept back from training gives an estimate of it.',
    },
    {
      label: 'No model gets below the entropy',
      left: overTexts(neg(mul(perWord, log(whole)))), relation: 'at-least', right: mul(perWord, entropy('sequence', data)), kind: 'numeric',
      why: 'The divergence is never negative, and it is zero only where the model is the distribution of the data. What is left is the entropy of texts for each word: language itself cannot be predicted better than that.',
    },
  ],
};
