/** Vincent 2011: the unknown score of noisy data may be replaced by the known score of the noise. */
import { add, apply, conditional, div, dot, expectation, fn, gaussian, gradient, integral, mul, neg, normSq, num, pow, sub, sym, type Expr } from '../../formulas/expr';
import { VINCENT_2011 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { denoisingWorld } from '../worlds/score-matching-denoising';

const half = div(num(1), num(2));
const [x, noisy, variance] = [sym('x'), sym('noisy'), pow(sym('noiseLevel'), 2)];
const log = (of: Expr): Expr => fn('log', of);
const data = apply('dataDistribution', x);
const kernel = conditional('kernel', noisy, x);
const marginal = apply('noisyDensity', noisy);
const target = conditional('denoisingTarget', noisy, x);
const network = apply('scoreNetwork', noisy);
const best = apply('bestNoisyScore', noisy);
const posterior = conditional('denoiser', x, noisy);
const score = gradient('noisy', log(marginal));
const slope = gradient('noisy', marginal);
const overNoisy = (body: Expr): Expr => expectation('noisy', marginal, body);
const overData = (body: Expr): Expr => expectation('x', data, body);
const overBoth = (body: Expr): Expr => overData(expectation('noisy', kernel, body));
const overExamples = (body: Expr): Expr => expectation('x', posterior, body);
const [explicit, denoising] = [sym('explicitLoss'), sym('denoisingLoss')];

export const SCORE_MATCHING_DENOISING: Derivation = {
  id: 'score-matching-denoising',
  title: 'Denoising score matching',
  shows:
    'Why a network that is trained towards the score of the noise, which is known, learns the score of noisy data, which is not: the two objectives differ by a constant. For Gaussian noise the best network points to the mean of the examples, which is Tweedie\'s formula.',
  source: VINCENT_2011('section 4.2 and the appendix'),
  prerequisites: [
    'The score is the gradient of the log-density by the point.',
    'Explicit score matching: half the mean squared distance between the model\'s score and the true one.',
    'The kernel is greater than zero and smooth in the noisy point, and the means below are finite. A mean over the data and a gradient by the noisy point may change places, as they may for Gaussian noise.',
  ],
  after: ['score-matching-explicit', 'tweedie'],
  given: ['x', 'noisy', 'noiseLevel', 'dataDistribution', 'kernel', 'scoreNetwork'],
  cases: inWorlds(denoisingWorld),
  steps: [
    {
      label: 'The density of noisy points',
      left: marginal, relation: 'equal', right: overData(kernel), kind: 'definition',
      why: 'Each example is blurred by the kernel, the density of its noisy versions. Noisy points come from all examples, each as often as it occurs.',
    },
    {
      label: 'The target',
      left: target, relation: 'equal', right: gradient('noisy', log(kernel)), kind: 'definition',
      why: 'The score of the kernel. Its gradient is by the noisy point, with the example held fixed. Whoever adds the noise knows it.',
    },
    {
      label: 'Explicit score matching on noisy points',
      left: explicit, relation: 'equal', right: mul(half, overNoisy(normSq(sub(network, score)))), kind: 'definition',
      why: 'What we would like to minimise: the distance to the score of the noisy data. That score contains all of the data and cannot be computed.',
    },
    {
      label: 'Denoising score matching',
      left: denoising, relation: 'equal', right: mul(half, overBoth(normSq(sub(network, target)))), kind: 'definition',
      why: 'What we can minimise: draw an example, draw a noisy version of it, and compare the network\'s output with the target of this one pair. The network sees the noisy point only.',
    },
    {
      label: 'Multiply out the explicit objective',
      left: explicit, relation: 'equal', right: add(sub(mul(half, overNoisy(normSq(network))), overNoisy(dot(network, score))), mul(half, overNoisy(normSq(score)))), kind: 'numeric',
      why: 'The squared length of a difference: two squares less twice the inner product. The last term does not depend on the network.',
    },
    {
      label: 'The cross term: the density cancels',
      left: overNoisy(dot(network, score)), relation: 'equal', right: integral('noisy', dot(network, slope)), kind: 'numeric',
      why: 'A mean is an integral with the density as weight, and the score is the gradient of the density over the density.',
    },
    {
      label: 'The gradient goes into the mean',
      left: slope, relation: 'equal', right: overData(gradient('noisy', kernel)), kind: 'numeric',
      why: 'The density of noisy points is a mean over examples, and only the kernel in it depends on the noisy point.',
    },
    {
      label: 'The gradient of the kernel',
      left: gradient('noisy', kernel), relation: 'equal', right: mul(kernel, target), kind: 'numeric',
      why: 'A gradient is the function times the gradient of its logarithm, and that is the target.',
    },
    {
      label: 'Put both in',
      left: integral('noisy', dot(network, slope)), relation: 'equal', right: integral('noisy', dot(network, overData(mul(kernel, target)))), kind: 'numeric',
      why: 'The two lines before, inside of the integral.',
    },
    {
      label: 'Change the order',
      left: overNoisy(dot(network, score)), relation: 'equal', right: overBoth(dot(network, target)), kind: 'numeric',
      why: 'The inner product with a mean is the mean of the inner products. Then the mean over examples was taken last; the integral with the kernel as weight is a mean over the noisy versions of one example. The unknown score has given way to the known target.',
    },
    {
      label: 'The first term in the same form',
      left: overNoisy(normSq(network)), relation: 'equal', right: overBoth(normSq(network)), kind: 'numeric',
      why: 'To draw a noisy point is to draw an example and then one of its noisy versions, by the first line.',
    },
    {
      label: 'Multiply out the denoising objective',
      left: denoising, relation: 'equal', right: add(sub(mul(half, overBoth(normSq(network))), overBoth(dot(network, target))), mul(half, overBoth(normSq(target)))), kind: 'numeric',
      why: 'The same square with the target in the place of the score. By the last two lines its first two terms are those of the explicit objective.',
    },
    {
      label: 'The objectives differ by a constant',
      left: denoising, relation: 'equal', right: sub(add(explicit, mul(half, overBoth(normSq(target)))), mul(half, overNoisy(normSq(score)))), kind: 'numeric',
      why: 'Only the last terms differ, and neither of them depends on the network. So both objectives have the same gradient by its parameters and the same minimiser. Their values are not the same: the denoising one cannot reach zero where one noisy point has several targets.',
    },
    {
      label: 'Gaussian noise',
      left: kernel, relation: 'equal', right: gaussian(noisy, x, variance), kind: 'definition',
      why: 'So far any smooth kernel would do. Now the noise is Gaussian with the same standard deviation σ in every component.',
    },
    {
      label: 'The target of Gaussian noise',
      left: target, relation: 'equal', right: neg(div(sub(noisy, x), variance)), kind: 'numeric',
      why: 'The exponent is minus the squared distance over 2σ²; its gradient was taken. The target points from the noisy point back to its example: it denoises.',
    },
    {
      label: 'The objective as code has it',
      left: denoising, relation: 'equal', right: mul(half, overBoth(normSq(add(network, div(sub(noisy, x), variance))))), kind: 'numeric',
      why: 'The target was put in, and minus a negative is a plus. With noise σz added, what stands beside the network is z over σ.',
    },
    {
      label: 'Which example it was, by Bayes\' rule',
      left: posterior, relation: 'equal', right: div(mul(data, kernel), marginal), kind: 'definition',
      why: 'The share of one example in the density at this noisy point.',
    },
    {
      label: 'The mean of the targets',
      left: best, relation: 'equal', right: overExamples(target), kind: 'definition',
      why: 'One noisy point may have come from any example, so it has many targets. This is their mean, each weighted by how probable its example is at this noisy point.',
    },
    {
      label: 'It is the best output',
      left: overExamples(normSq(sub(network, target))), relation: 'equal', right: add(normSq(sub(network, best)), overExamples(normSq(sub(best, target)))), kind: 'numeric',
      why: 'The mean squared error at one noisy point. The cross term is zero, because the targets differ from their mean by zero on average. The second term does not depend on the network, and the first is zero just if the network puts out the mean.',
    },
    {
      label: 'The best output is the score of the noisy data',
      left: best, relation: 'equal', right: score, kind: 'numeric',
      why: 'The data\'s weight times the kernel over the density of noisy points is the posterior, so the mean of the targets is the gradient of that density over the density.',
    },
    {
      label: 'Tweedie\'s formula',
      left: best, relation: 'equal', right: div(sub(overExamples(x), noisy), variance), kind: 'numeric',
      why: 'The target of Gaussian noise was put into the mean; only the example varies in it. So the score points from the noisy point to the mean of all examples that it may have been. Note that it is the score of the noisy data: it comes close to that of the data only as σ goes to zero, and only if the data has a smooth density.',
    },
  ],
};
