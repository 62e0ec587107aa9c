/** Generative and discriminative models of two classes, and the case in which the one gives exactly the form of the other. */
import { add, apply, argmax, conditional, derivative, div, dot, fn, gaussian1, inverse, mul, neg, num, pow, sub, sum, sym, total, transpose, type Expr } from '../../formulas/expr';
import { BISHOP_2006 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { classifierTight, classifierWorld } from '../worlds/classifiers';

const [zero, one, two] = [num(0), num(1), num(2)];
const [x, y, xi, yi, N, theta] = [sym('feature'), sym('classLabel'), sym('observation', 'i'), sym('observedClass', 'i'), sym('dataSize'), sym('parameter')];
const [generative, discriminative] = [sym('generativeBest'), sym('discriminativeBest')];
const [mu1, mu0, variance, share, a, w, b] = [sym('positiveMean'), sym('negativeMean'), pow(sym('classSpread'), 2), sym('positiveShare'), sym('logOdds'), sym('featureWeight'), sym('featureBias')];
const [point, centre1, centre0, precision] = [sym('x'), sym('positiveCentre'), sym('negativeCentre'), inverse(sym('sharedCovariance'))];
const log = (of: Expr): Expr => fn('log', of);
const joint = (at: Expr, of: Expr): Expr => apply('pairJoint', at, of);
const marginal = (at: Expr): Expr => apply('featureMarginal', at);
const ofClass = (of: Expr): Expr => apply('classShare', of);
const inClass = (at: Expr, of: Expr): Expr => conditional('classDensity', at, of);
const posterior = (of: Expr, at: Expr): Expr => conditional('classPosterior', of, at);
const overData = (body: Expr): Expr => sum(1, N, body, 'i');
const [jointFit, conditionalFit, marginalFit] = (['jointObjective', 'conditionalObjective', 'marginalObjective'] as const).map((id) => (at: Expr): Expr => apply(id, at));
const made = (of: Expr): Expr => mul(ofClass(of), inClass(x, of));
const priorOdds = log(div(share, sub(one, share)));
const linear = add(mul(w, x), b);
const predicted = fn('sigmoid', linear);
const quadratic = (at: Expr): Expr => mul(transpose(at), precision, at);

export const GENERATIVE_DISCRIMINATIVE: Derivation = {
  id: 'generative-discriminative',
  title: 'Generative and discriminative models',
  shows:
    'How one joint distribution of example and class factorises in two ways, and what a generative and a discriminative model each make large. Then why two Gaussian classes with a shared variance give exactly logistic regression, with its weight and its bias.',
  source: BISHOP_2006('section 1.5.4 and section 4.2, eq. 4.57, 4.58 and 4.65 to 4.67'),
  prerequisites: [
    'Product rule, sum rule and Bayes\' rule.',
    'Density of a Gaussian.',
    'There are two classes, 1 and 0. The subscript θ says that all of these probabilities belong to one model with the parameter θ.',
  ],
  after: ['bayes-evidence', 'mle-map'],
  given: ['feature', 'classLabel', 'observation', 'observedClass', 'dataSize', 'parameter', 'pairJoint', 'featureMarginal', 'otherClass', 'x', 'positiveCentre', 'negativeCentre', 'sharedCovariance'],
  cases: inWorlds(classifierWorld, { tight: classifierTight }),
  steps: [
    {
      label: 'First the class, then the example',
      left: joint(x, y), relation: 'equal', right: made(y), kind: 'definition',
      why: 'The product rule. A generative model has these two factors: how frequent a class is, and what its examples look like. It can make new examples: draw a class, then an example of it.',
    },
    {
      label: 'The example alone',
      left: marginal(x), relation: 'equal', right: total('classLabel', joint(x, y)), kind: 'numeric',
      why: 'The sum rule: however the example came about, it belongs to one of the classes.',
    },
    {
      label: 'The class, given the example',
      left: posterior(y, x), relation: 'equal', right: div(joint(x, y), marginal(x)), kind: 'definition',
      why: 'What a classifier is asked for. A discriminative model has this factor only and says nothing of how examples are distributed.',
    },
    {
      label: 'Bayes\' rule',
      left: posterior(y, x), relation: 'equal', right: div(made(y), total('otherClass', made(sym('otherClass')))), kind: 'numeric',
      why: 'Both factors of the generative model were put in above and below. The sum below runs over both classes. So a generative model can classify as well, by way of its two factors.',
    },
    {
      label: 'First the example, then the class',
      left: joint(x, y), relation: 'equal', right: mul(posterior(y, x), marginal(x)), kind: 'numeric',
      why: 'The same joint probability, factorised the other way round: the quotient was multiplied by its denominator.',
    },
    {
      label: 'With logarithms',
      left: log(joint(x, y)), relation: 'equal', right: add(log(posterior(y, x)), log(marginal(x))), kind: 'numeric',
      why: 'The logarithm of a product is a sum. To explain a pair is to explain the class from the example, and the example itself.',
    },
    {
      label: 'The other factors with logarithms',
      left: log(joint(x, y)), relation: 'equal', right: add(log(ofClass(y)), log(inClass(x, y))), kind: 'numeric',
      why: 'The first line of all in the same way: the sum of these two is what the loss of a generative classifier adds up, while a discriminative one has only the first term of the line above.',
    },
    {
      label: 'What a generative model makes large',
      left: jointFit(theta), relation: 'equal', right: overData(log(joint(xi, yi))), kind: 'definition',
      why: 'The joint log-likelihood of N labelled examples, which are taken to be independent.',
    },
    {
      label: 'What a discriminative model makes large',
      left: conditionalFit(theta), relation: 'equal', right: overData(log(posterior(yi, xi))), kind: 'definition',
      why: 'The conditional log-likelihood: only the classes have to be explained, the examples are given. Its negative is the cross-entropy loss of a classifier.',
    },
    {
      label: 'What lies between them',
      left: marginalFit(theta), relation: 'equal', right: overData(log(marginal(xi))), kind: 'definition',
      why: 'The log-likelihood of the examples without their classes.',
    },
    {
      label: 'The joint log-likelihood in two parts',
      left: jointFit(theta), relation: 'equal', right: add(conditionalFit(theta), marginalFit(theta)), kind: 'numeric',
      why: 'The line with the logarithms, added up over the data. A generative model spends its parameters on both parts. For examples without a class it can still use the second part.',
    },
    {
      label: 'The generative estimate',
      left: generative, relation: 'equal', right: argmax('parameter', jointFit(theta)), kind: 'definition',
      why: 'The parameter under which the pairs of example and class are most probable.',
    },
    {
      label: 'The discriminative estimate',
      left: discriminative, relation: 'equal', right: argmax('parameter', conditionalFit(theta)), kind: 'definition',
      why: 'The parameter under which the classes are most probable when the examples are known.',
    },
    {
      label: 'The discriminative one explains the classes better',
      left: conditionalFit(generative), relation: 'at-most', right: conditionalFit(discriminative), kind: 'numeric',
      why: 'No parameter of this model explains the classes of this data better than the one that was chosen for it. Both sides are equal, for instance, where the second part of the joint log-likelihood does not depend on θ. On new data this order may be the other way round.',
    },
    {
      label: 'The generative one explains the pairs better',
      left: jointFit(discriminative), relation: 'at-most', right: jointFit(generative), kind: 'numeric',
      why: 'The same argument for the joint log-likelihood. If the model is right, then using both parts gets by with less data; if it is wrong, the second part can pull the classifier away from the best one (Ng & Jordan 2001 compare the two).',
    },
    {
      label: 'Now Gaussian classes: the examples of class 1',
      left: inClass(x, one), relation: 'equal', right: gaussian1(x, mu1, variance), kind: 'definition',
      why: 'An example is one number here. In class 1 it is distributed around μ_1.',
    },
    {
      label: 'The examples of class 0',
      left: inClass(x, zero), relation: 'equal', right: gaussian1(x, mu0, variance), kind: 'definition',
      why: 'In class 0 around μ_0, with the same variance. That the variance is shared is what makes the result so simple.',
    },
    {
      label: 'How frequent class 1 is',
      left: ofClass(one), relation: 'equal', right: share, kind: 'definition',
      why: 'Its share among all examples, between 0 and 1.',
    },
    {
      label: 'How frequent class 0 is',
      left: ofClass(zero), relation: 'equal', right: sub(one, share), kind: 'numeric',
      why: 'There are only these two classes, and their shares add up to 1.',
    },
    {
      label: 'The log-odds (eq. 4.58)',
      left: a, relation: 'equal', right: log(div(made(one), made(zero))), kind: 'definition',
      why: 'How much more probable class 1 is than class 0 for this example, as a logarithm. The density p(x) would stand above and below and cancels.',
    },
    {
      label: 'Bayes\' rule for class 1, divided by its own term',
      left: posterior(one, x), relation: 'equal', right: div(one, add(one, div(made(zero), made(one)))), kind: 'numeric',
      why: 'Numerator and denominator of Bayes\' rule were both divided by the numerator. The quotient that is left is the inverse of the odds.',
    },
    {
      label: 'The inverse odds',
      left: div(made(zero), made(one)), relation: 'equal', right: fn('exp', neg(a)), kind: 'numeric',
      why: 'The exponential undoes the logarithm, and the minus turns the fraction over.',
    },
    {
      label: 'The posterior is a sigmoid (eq. 4.57)',
      left: posterior(one, x), relation: 'equal', right: fn('sigmoid', a), kind: 'numeric',
      why: 'The sigmoid of a is 1 over 1 plus the exponential of minus a. This holds for any two classes. What matters is how a depends on the example.',
    },
    {
      label: 'The quotient of the two Gaussians',
      left: div(inClass(x, one), inClass(x, zero)), relation: 'equal', right: fn('exp', div(sub(pow(sub(x, mu0), 2), pow(sub(x, mu1), 2)), mul(two, variance))), kind: 'numeric',
      why: 'The heights of both densities are the same, because the variance is, and cancel. The quotient of two exponentials is the exponential of the difference.',
    },
    {
      label: 'Put the Gaussians in',
      left: a, relation: 'equal', right: add(priorOdds, div(sub(pow(sub(x, mu0), 2), pow(sub(x, mu1), 2)), mul(two, variance))), kind: 'numeric',
      why: 'The logarithm of a product is a sum: one term from the shares, and from the densities the exponent of the line above.',
    },
    {
      label: 'The squares cancel',
      left: sub(pow(sub(x, mu0), 2), pow(sub(x, mu1), 2)), relation: 'equal', right: sub(add(mul(two, sub(mu1, mu0), x), pow(mu0, 2)), pow(mu1, 2)), kind: 'numeric',
      why: 'Both squares were multiplied out, and x² stands in both. With two different variances it would stay, and the boundary between the classes would be quadratic in x.',
    },
    {
      label: 'The weight (eq. 4.66)',
      left: w, relation: 'equal', right: div(sub(mu1, mu0), variance), kind: 'definition',
      why: 'What multiplies x in the log-odds: the further apart the classes are for their spread, the steeper the sigmoid.',
    },
    {
      label: 'The bias (eq. 4.67)',
      left: b, relation: 'equal', right: add(div(sub(pow(mu0, 2), pow(mu1, 2)), mul(two, variance)), priorOdds), kind: 'definition',
      why: 'What is left without x. With classes of the same frequency the logarithm is zero, and the boundary w x + b = 0 lies halfway between the two means.',
    },
    {
      label: 'The log-odds are a straight line',
      left: a, relation: 'equal', right: linear, kind: 'numeric',
      why: 'The squares were divided by 2 σ², and what has x in it was collected in w, all else in b.',
    },
    {
      label: 'Logistic regression (eq. 4.65)',
      left: posterior(one, x), relation: 'equal', right: predicted, kind: 'numeric',
      why: 'The straight line was put into the sigmoid. So this generative model has exactly the posterior that logistic regression assumes. The converse does not hold: many other distributions of the examples have a posterior of this form.',
    },
    {
      label: 'The gradient of the discriminative model',
      left: derivative(w, add(mul(y, log(predicted)), mul(sub(one, y), log(sub(one, predicted))))), relation: 'equal', right: mul(sub(y, posterior(one, x)), x), kind: 'numeric',
      why: 'Logistic regression takes w and b as free numbers and makes the conditional log-likelihood large by steps along its gradient, here that of one example: label minus prediction, times the input. The generative model computes w and b from means, variance and share instead.',
    },
    {
      label: 'And by the bias',
      left: derivative(b, add(mul(y, log(predicted)), mul(sub(one, y), log(sub(one, predicted))))), relation: 'equal', right: sub(y, posterior(one, x)), kind: 'numeric',
      why: 'The same without the input: at the maximum over all data the predictions add up to the number of examples of class 1.',
    },
    {
      label: 'With several features',
      left: log(div(posterior(one, point), posterior(zero, point))), relation: 'equal',
      right: add(dot(mul(precision, sub(centre1, centre0)), point), mul(div(one, two), sub(quadratic(centre0), quadratic(centre1))), priorOdds), kind: 'numeric',
      why: 'Two Gaussians in space with the means μ_1 and μ_0 and a shared covariance matrix that has an inverse: the quadratic forms of the example cancel in the same way, and the log-odds are linear. With D features logistic regression has D + 1 numbers to fit. The generative model has two means, one symmetric matrix and one share, and the matrix alone has D(D + 1)/2.',
    },
  ],
};
