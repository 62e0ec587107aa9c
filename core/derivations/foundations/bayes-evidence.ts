/** Bayes' rule from the product rule and the sum rule, its odds form, and how it takes in one piece of data after another. */
import { add, apply, conditional, div, fn, mul, num, sub, sym, total, type Expr } from '../../formulas/expr';
import { MACKAY_2003 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { bayesWorld } from '../worlds/bayes';
import { inWorlds } from '../worlds/cases';

const [h, rival, d, later] = [sym('hypothesis'), sym('rivalHypothesis'), sym('observedData'), sym('laterData')];
const prior = (of: Expr): Expr => apply('hypothesisPrior', of);
const likelihood = (of: Expr): Expr => conditional('hypothesisLikelihood', d, of);
const joint = (of: Expr): Expr => apply('hypothesisJoint', of, d);
const posterior = (of: Expr): Expr => conditional('hypothesisPosterior', of, d);
const evidence = apply('dataEvidence', d);
const laterLikelihood = (of: Expr): Expr => conditional('laterLikelihood', later, of, d);
const predictive = conditional('predictive', later, d);
const all = (body: Expr): Expr => total('rivalHypothesis', body);
const log = (of: Expr): Expr => fn('log', of);

export const BAYES_EVIDENCE: Derivation = {
  id: 'bayes-evidence',
  title: 'Bayes\' rule and the evidence',
  shows:
    'How Bayes\' rule follows from the two ways to write a joint probability, and how its denominator is a sum over all hypotheses. Then the form with odds, and how data is taken in one piece after another.',
  source: MACKAY_2003('chapter 2, sections 2.1 to 2.3, and chapter 3'),
  prerequisites: [
    'Probabilities are not negative, and those of all possibilities add up to 1. What stands below a fraction bar or in a logarithm is above zero here.',
    'A joint probability is that of two things being true together.',
    'The logarithm of a product is the sum of the logarithms.',
  ],
  given: ['hypothesis', 'rivalHypothesis', 'observedData', 'laterData', 'hypothesisJoint', 'hypothesisPrior', 'laterLikelihood', 'predictive'],
  cases: inWorlds((seed) => bayesWorld(seed), { pair: (seed) => [bayesWorld(seed), bayesWorld(seed, 1 + (seed % 2))] }),
  steps: [
    {
      label: 'The likelihood is a conditional probability',
      left: likelihood(h), relation: 'equal', right: div(joint(h), prior(h)), kind: 'definition',
      why: 'Of all cases in which the hypothesis h is true, this is the share in which the data d is observed. The letter P stands for every probability here; what stands in the brackets says which one is meant.',
    },
    {
      label: 'The product rule',
      left: joint(h), relation: 'equal', right: mul(prior(h), likelihood(h)), kind: 'numeric',
      why: 'Both sides of the line above were multiplied by the prior. To find h and d together, h has to be true first, and then d has to be observed.',
    },
    {
      label: 'The posterior is a conditional probability too',
      left: posterior(h), relation: 'equal', right: div(joint(h), evidence), kind: 'definition',
      why: 'The same with the roles exchanged: of all cases in which d is observed, the share in which h is true. This is what we want to know, because d is what we have.',
    },
    {
      label: 'The product rule the other way round',
      left: joint(h), relation: 'equal', right: mul(evidence, posterior(h)), kind: 'numeric',
      why: 'Both sides of the line above were multiplied by the evidence. So one joint probability has been written as a product in two ways.',
    },
    {
      label: 'Two products for one thing',
      left: mul(evidence, posterior(h)), relation: 'equal', right: mul(prior(h), likelihood(h)), kind: 'numeric',
      why: 'Both products are the joint probability of h and d, so they are equal.',
    },
    {
      label: 'Bayes\' rule',
      left: posterior(h), relation: 'equal', right: div(mul(prior(h), likelihood(h)), evidence), kind: 'numeric',
      why: 'Both sides were divided by the evidence. It turns the question round: from how probable the data is under a hypothesis to how probable the hypothesis is after the data.',
    },
    {
      label: 'The sum rule',
      left: evidence, relation: 'equal', right: all(joint(rival)), kind: 'definition',
      why: 'Exactly one hypothesis is true. So the cases in which d is observed fall into groups, one for each hypothesis h′, and their probabilities add up.',
    },
    {
      label: 'The evidence as a sum over hypotheses',
      left: evidence, relation: 'equal', right: all(mul(prior(rival), likelihood(rival))), kind: 'numeric',
      why: 'The product rule was put in under the sum. The evidence is the mean of the likelihood, each hypothesis weighted by its prior. With continuous hypotheses the sum is an integral.',
    },
    {
      label: 'Bayes\' rule with the evidence written out',
      left: posterior(h), relation: 'equal', right: div(mul(prior(h), likelihood(h)), all(mul(prior(rival), likelihood(rival)))), kind: 'numeric',
      why: 'The sum took the place of the evidence. Everything on the right is prior or likelihood now. The hypothesis below the sum sign is called h′, since it runs over all of them while h stays fixed.',
    },
    {
      label: 'The posterior adds up to 1',
      left: all(posterior(rival)), relation: 'equal', right: num(1), kind: 'numeric',
      why: 'Summed over all hypotheses, the numerator becomes the denominator. This is the whole task of the evidence here: it makes the posterior a distribution.',
    },
    {
      label: 'Up to a factor',
      left: posterior(h), relation: 'proportional', right: mul(prior(h), likelihood(h)), kind: 'numeric',
      why: 'The evidence does not contain h, so it is a constant factor when hypotheses are compared. Posterior is prior times likelihood, brought to the sum 1.',
    },
    {
      label: 'Odds of two hypotheses',
      left: div(posterior(h), posterior(rival)), relation: 'equal', right: mul(div(prior(h), prior(rival)), div(likelihood(h), likelihood(rival))), kind: 'numeric',
      why: 'Bayes\' rule for h divided by Bayes\' rule for one other hypothesis h′. The evidence stands in both and cancels, so nobody has to compute it to compare two hypotheses.',
    },
    {
      label: 'Log-odds add up',
      left: log(div(posterior(h), posterior(rival))), relation: 'equal', right: add(log(div(prior(h), prior(rival))), log(div(likelihood(h), likelihood(rival)))), kind: 'numeric',
      why: 'The logarithm of a product is a sum. The last term is what the data says in favour of h and against h′; it is added to what was believed before.',
    },
    {
      label: 'The same rule once more, with later data',
      left: conditional('laterPosterior', h, d, later), relation: 'equal', right: div(mul(posterior(h), laterLikelihood(h)), predictive), kind: 'definition',
      why: 'Further data d′ arrives. Bayes\' rule holds with everything conditional on d, and the old posterior stands where the prior stood. If the hypothesis alone decides how d′ comes about, d can be left out of the second factor.',
    },
    {
      label: 'The new evidence is the prediction',
      left: predictive, relation: 'equal', right: all(mul(posterior(rival), laterLikelihood(rival))), kind: 'numeric',
      why: 'Product rule and sum rule again, given d: each hypothesis predicts d′, and the predictions are weighted by the posterior so far.',
    },
    {
      label: 'One after another or all at once',
      left: conditional('laterPosterior', h, d, later), relation: 'equal',
      right: div(mul(prior(h), likelihood(h), laterLikelihood(h)), all(mul(prior(rival), likelihood(rival), laterLikelihood(rival)))), kind: 'numeric',
      why: 'The old posterior was written out above and below, and its evidence cancels. Updating step by step gives what a single update with all data gives.',
    },
    {
      label: 'Logarithms of the steps',
      left: sub(log(conditional('laterPosterior', h, d, later)), log(posterior(h))), relation: 'equal', right: sub(log(laterLikelihood(h)), log(predictive)), kind: 'numeric',
      why: 'The logarithm of the update with later data, with the old posterior taken to the left. A hypothesis gains where it predicted the new data better than all hypotheses did on average, and loses where it did worse.',
    },
  ],
};
