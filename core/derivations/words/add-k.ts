/** Add-k smoothing as the mean of a posterior, as a mixture with the uniform distribution, and its limits. */
import { add, apply, conditional, div, expectation, integral, letter, mul, num, power, product, sub, sum, sym, type Expr, type Letter } from '../../formulas/expr';
import { CHEN_GOODMAN_1998 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { addKLimit, addKPair, addKWorld, unseenWorld } from '../worlds/add-k';

const one = num(1);
const [h, k, V, theta, trust] = [sym('anyContext'), sym('pseudoCount'), sym('vocabulary'), sym('rowVector'), sym('trust')];
const entry = (of: Letter): Expr => sym('rowEntry', of);
const count = (of: Letter): Expr => apply('ngramCount', h, letter(of));
const all = apply('contextTotal', h);
const over = (body: Expr): Expr => product(1, V, body, 'i');
const [prior, likelihood, posterior] = [apply('rowPrior', theta), apply('rowLikelihood', theta), conditional('rowPosterior', theta, sym('rowCounts'))];
const gamma = (of: Expr): Expr => apply('gammaFunction', of);
const raised = (of: Letter): Expr => add(count(of), k);
const whole = add(all, mul(k, V));
const powers = over(power(entry('i'), sub(raised('i'), one)));
const mean = expectation('rowVector', posterior, entry('j'));
const smoothed = (of: Letter): Expr => conditional('smoothed', letter(of), h);
const share = conditional('frequency', letter('j'), h);

export const ADD_K: Derivation = {
  id: 'add-k',
  title: 'Add-k smoothing: a posterior mean and a mixture',
  shows:
    'Why adding k to every count is the mean of a posterior, if the prior is a Dirichlet density that favours no word. Then that it mixes the counted shares with the uniform distribution, and what becomes of it for very small and very large k.',
  source: CHEN_GOODMAN_1998('section 2, additive smoothing'),
  prerequisites: [
    'Counts after one context h: c(h, j) for the word j and c(h) for all words together. k is above zero.',
    'Bayes\' rule for densities.',
    'The gamma function continues the factorials. Integrals here run over all θ whose V entries are positive and add up to one; dθ means the first V − 1 of them.',
  ],
  after: ['bayes-evidence', 'ngram-mle'],
  given: ['anyContext', 'ngramCount', 'contextTotal', 'vocabulary', 'pseudoCount', 'rowVector', 'rowEntry', 'rowCounts', 'gammaFunction', 'frequency'],
  cases: inWorlds(addKWorld, { tight: unseenWorld, pair: addKPair, limit: addKLimit }),
  steps: [
    {
      label: 'A prior that favours no word',
      left: prior, relation: 'equal', right: mul(div(gamma(mul(k, V)), power(gamma(k), V)), over(power(entry('i'), sub(k, one)))), kind: 'definition',
      why: 'The symmetric Dirichlet density with parameter k. For k = 1 it is the same for all θ. For smaller k it prefers θ with a few large entries, for larger k entries that are nearly alike. The gamma functions in front make it integrate to one.',
    },
    {
      label: 'The likelihood of what followed',
      left: likelihood, relation: 'equal', right: over(power(entry('i'), count('i'))), kind: 'definition',
      why: 'Each word that followed the context contributes its probability; equal words give a power. The order in which they came does not matter.',
    },
    {
      label: 'The posterior',
      left: posterior, relation: 'equal', right: div(mul(prior, likelihood), integral('rowVector', mul(prior, likelihood))), kind: 'definition',
      why: 'Bayes\' rule; the counts together are called c. What stands below makes the density integrate to one.',
    },
    {
      label: 'Exponents add up',
      left: posterior, relation: 'proportional', right: powers, kind: 'numeric',
      why: 'All factors without θ were left out. Prior and likelihood are both products of powers of the same entries, so k − 1 and the count are added. The posterior is a Dirichlet density again, with k raised by the counts.',
    },
    {
      label: 'The integral of such powers',
      left: integral('rowVector', powers), relation: 'equal', right: div(over(gamma(raised('i'))), gamma(whole)), kind: 'numeric',
      why: 'Dirichlet\'s integral, which is known: the product of the gamma functions over that of the sum of their arguments. The arguments add up to c(h) + kV.',
    },
    {
      label: 'The posterior with its constant',
      left: posterior, relation: 'equal', right: mul(div(gamma(whole), over(gamma(raised('i')))), powers), kind: 'numeric',
      why: 'The powers were divided by their integral, so that the density integrates to one.',
    },
    {
      label: 'Its mean',
      left: mean, relation: 'equal', right: mul(div(gamma(add(raised('j'), one)), gamma(raised('j'))), div(gamma(whole), gamma(add(whole, one)))), kind: 'numeric',
      why: 'The factor θ_j raises one exponent by one, so the integral of the line before last is used again with one more count of j. All gamma functions but two pairs cancel.',
    },
    {
      label: 'The gamma function of one more',
      left: gamma(add(raised('j'), one)), relation: 'equal', right: mul(raised('j'), gamma(raised('j'))), kind: 'numeric',
      why: 'The gamma function of a + 1 is a times that of a, as for factorials. The same holds for c(h) + kV.',
    },
    {
      label: 'The mean in counts',
      left: mean, relation: 'equal', right: div(raised('j'), whole), kind: 'numeric',
      why: 'Both quotients of gamma functions became a factor: one above and one below.',
    },
    {
      label: 'Add-k smoothing',
      left: smoothed('j'), relation: 'equal', right: div(raised('j'), whole), kind: 'definition',
      why: 'The rule: k is added to each count before the shares are taken. With k = 1 it is Laplace\'s rule, with any other k it is Lidstone\'s.',
    },
    {
      label: 'It is the posterior mean',
      left: smoothed('j'), relation: 'equal', right: mean, kind: 'numeric',
      why: 'Both have the same right side. The mean is also the probability of the next word when θ is not known, as every θ counts by its posterior density.',
    },
    {
      label: 'It is a distribution',
      left: sum(1, V, div(raised('i'), whole), 'i'), relation: 'equal', right: one, kind: 'numeric',
      why: 'Above, the counts add up to c(h), and k is added V times. That is what stands below.',
    },
    {
      label: 'No word is impossible',
      left: smoothed('j'), relation: 'at-least', right: div(k, whole), kind: 'numeric',
      why: 'Counts are not negative. Both sides are equal for a word that never followed this context. So no text of words from the vocabulary has the probability zero any more, and its perplexity is finite.',
    },
    {
      label: 'Numerator taken apart',
      left: smoothed('j'), relation: 'equal', right: add(mul(div(all, whole), share), mul(div(mul(k, V), whole), div(one, V))), kind: 'numeric',
      why: 'The count is c(h) times its share, and k is kV times 1/V. So the counted shares are mixed with the uniform distribution, which gives 1/V to every word. The context has to occur in the text.',
    },
    {
      label: 'The weight of the counts',
      left: trust, relation: 'equal', right: div(all, whole), kind: 'definition',
      why: 'What multiplies the counted share. It grows with the count of the context.',
    },
    {
      label: 'The weight of the uniform distribution',
      left: sub(one, trust), relation: 'equal', right: div(mul(k, V), whole), kind: 'numeric',
      why: 'Both weights have the same denominator, and their numerators add up to it. For a vocabulary of ten thousand words, k = 1 and a context that occurs a hundred times this is 0.99: nearly all probability is given out evenly, most of it to words that were not counted there.',
    },
    {
      label: 'Who gains and who loses',
      left: sub(smoothed('j'), share), relation: 'equal', right: mul(sub(one, trust), sub(div(one, V), share)), kind: 'numeric',
      why: 'The share was subtracted from the mixture. Words with a share below 1/V gain, words above it lose, each in proportion to its distance from 1/V.',
    },
    {
      label: 'Little smoothing',
      left: smoothed('j'), relation: 'approaches', right: share, kind: 'numeric',
      why: 'As k goes to zero the weight of the counts goes to one. What is left are the shares, which are the maximum likelihood estimate.',
    },
    {
      label: 'Nothing but smoothing',
      left: smoothed('j'), relation: 'approaches', right: div(one, V), kind: 'numeric',
      why: 'As k grows without end the weight of the counts goes to zero. What is left is the uniform distribution, whatever was counted.',
    },
  ],
};
