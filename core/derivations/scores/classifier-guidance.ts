/** Dhariwal & Nichol 2021: a classifier of noisy points steers a diffusion model that knows no classes. */
import { add, apply, conditional, div, dot, fn, gaussian, gradient, mul, neg, normSq, num, pow, power, sqrt, sub, sym, total, type Expr } from '../../formulas/expr';
import { noiseVariance } from '../../formulas/ddpm';
import { DHARIWAL_2021 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { classifierPair, classifierWorld } from '../worlds/guidance';

const [xt, y, t, s] = [sym('xt'), sym('condition'), sym('t'), sym('classifierScale')];
const log = (of: Expr): Expr => fn('log', of);
const slope = (of: Expr): Expr => gradient('xt', log(of));
const all = apply('diffusedDensity', xt);
const given = conditional('conditionalDensity', xt, y);
const prior = apply('conditionPrior', y);
const classifier = conditional('classifier', y, xt);
const guided = conditional('guidedDensity', xt, y);
const network = apply('epsilonTheta', xt, t);
const noise = sqrt(noiseVariance);
const exact = apply('guidedNoise', xt, y);
const scaled = apply('scaledNoise', xt, y);

const [xPrev, g, sigma] = [sym('xPrev'), sym('classifierGradient'), sym('sigma')];
const mean = apply('muTheta', xt, t);
const variance = pow(sigma, 2);
const away = sub(xPrev, mean);
const pushed = add(mean, mul(s, mul(variance, g)));
const twice = mul(num(2), variance);

export const CLASSIFIER_GUIDANCE: Derivation = {
  id: 'classifier-guidance',
  title: 'Classifier guidance',
  shows:
    'How the gradient of a classifier turns a diffusion model that knows no conditions into one that draws under a condition, first exactly by Bayes\' rule. Then with a scale, and to which density the scaled score belongs.',
  source: DHARIWAL_2021('section 4, algorithms 1 and 2'),
  prerequisites: [
    'The score is the gradient of the log-density by the point, and Bayes\' rule.',
    'A network that predicts noise is one of scores: the score is minus the noise over √(1 − ᾱ_t).',
    'All probabilities and densities here are greater than zero and smooth in the noisy point.',
  ],
  after: ['tweedie', 'ddpm-sampling'],
  given: ['xt', 't', 'condition', 'conditionPrior', 'conditionalDensity', 'alphaBar', 'epsilonTheta', 'classifierScale', 'xPrev', 'sigma', 'muTheta', 'classifierGradient'],
  cases: inWorlds(classifierWorld, { pair: classifierPair }),
  steps: [
    {
      label: 'Noisy points of all conditions',
      left: all, relation: 'equal', right: total('condition', mul(prior, given)), kind: 'definition',
      why: 'The data of each condition y is noised by the same forward process. Together, each with its share, they are what a model without conditions learns.',
    },
    {
      label: 'The classifier',
      left: classifier, relation: 'equal', right: div(mul(prior, given), all), kind: 'definition',
      why: 'By Bayes\' rule this is how probable each condition is at a noisy point. A classifier trained on noisy points tends to it; here it is assumed to have reached it. A classifier of clean images is another function and will not do.',
    },
    {
      label: 'Solve for the density under the condition',
      left: given, relation: 'equal', right: div(mul(all, classifier), prior), kind: 'numeric',
      why: 'Bayes\' rule the other way round: multiplied by the density of all noisy points, divided by the prior of the condition.',
    },
    {
      label: 'Its logarithm',
      left: log(given), relation: 'equal', right: sub(add(log(all), log(classifier)), log(prior)), kind: 'numeric',
      why: 'The logarithm turns products into sums and quotients into differences.',
    },
    {
      label: 'Its score',
      left: slope(given), relation: 'equal', right: add(slope(all), slope(classifier)), kind: 'numeric',
      why: 'The gradient by the noisy point. The prior of the condition is the same at every point, so it drops out. The condition only adds the gradient of the classifier.',
    },
    {
      label: 'The network without conditions',
      left: slope(all), relation: 'equal', right: neg(div(network, noise)), kind: 'definition',
      why: 'The network predicts the noise. At its best its output gives the score in this way, as Tweedie\'s formula says. The lines below assume this.',
    },
    {
      label: 'Put the network in',
      left: slope(given), relation: 'equal', right: add(neg(div(network, noise)), slope(classifier)), kind: 'numeric',
      why: 'The unconditional score was replaced. Nothing on the right side needs training on conditions but for the classifier.',
    },
    {
      label: 'The noise under the condition',
      left: exact, relation: 'equal', right: neg(mul(noise, slope(given))), kind: 'definition',
      why: 'The same relation of noise and score, for the density under the condition. This is the noise that a sampler wants to be told.',
    },
    {
      label: 'Guided noise (algorithm 2)',
      left: exact, relation: 'equal', right: sub(network, mul(noise, slope(classifier))), kind: 'numeric',
      why: 'The score was put in and multiplied by −√(1 − ᾱ_t). Any sampler, DDIM as well, may use this in the place of the network\'s output.',
    },
    {
      label: 'With a scale',
      left: scaled, relation: 'equal', right: sub(network, mul(s, mul(noise, slope(classifier)))), kind: 'definition',
      why: 'In practice the gradient is multiplied by a scale s, called classifier_scale in guided-diffusion. For s = 1 this is the line above. Larger scales give samples that are surer of their class and less varied.',
    },
    {
      label: 'A factor of a logarithm is an exponent',
      left: mul(s, slope(classifier)), relation: 'equal', right: slope(power(classifier, s)), kind: 'numeric',
      why: 'The scale goes into the gradient, since it is constant, and into the logarithm as an exponent.',
    },
    {
      label: 'The density behind the scale',
      left: guided, relation: 'proportional', right: mul(all, power(classifier, s)), kind: 'definition',
      why: 'The classifier\'s probability to the power s, times the density of all noisy points. What is left out is a factor that makes the density integrate to 1; it is the same at every noisy point. For s of at least 0 the integral is finite, since the classifier is at most 1. For s above 1 points where the classifier is sure gain weight.',
    },
    {
      label: 'Its score',
      left: slope(guided), relation: 'equal', right: add(slope(all), mul(s, slope(classifier))), kind: 'numeric',
      why: 'The logarithm splits the product, and the factor that was left out has no gradient.',
    },
    {
      label: 'What the scaled noise follows',
      left: scaled, relation: 'equal', right: neg(mul(noise, slope(guided))), kind: 'numeric',
      why: 'So at this one step the scaled noise belongs to this density, not to that of the condition. For different steps these densities do not fit together as a forward process would make them: a sharpened and then noised density is not the noised one sharpened. So the samples are not exactly drawn from the sharpened density of clean data.',
    },
    {
      label: 'Without the classifier in it',
      left: guided, relation: 'proportional', right: mul(power(given, s), power(all, sub(num(1), s))), kind: 'numeric',
      why: 'Bayes\' rule was put in for the classifier, and the prior of the condition was dropped as a factor. In this form the same density comes from two diffusion models: classifier-free guidance.',
    },
    {
      label: 'A sampling step: complete the square',
      left: sub(mul(s, dot(away, g)), div(normSq(away), twice)), relation: 'equal',
      right: sub(mul(div(mul(pow(s, 2), variance), num(2)), normSq(g)), div(normSq(sub(xPrev, pushed)), twice)), kind: 'numeric',
      why: 'A step of DDPM draws from a Gaussian around μ_θ, whose exponent is the last term on the left. The classifier\'s log-probability is taken as linear around μ_θ, with the gradient g there, and multiplied by s; this is an approximation, good for small σ. Both together are one square again, plus a term that does not contain the earlier point.',
    },
    {
      label: 'The mean of the step moves (algorithm 1)',
      left: mul(gaussian(xPrev, mean, variance), fn('exp', mul(s, dot(away, g)))), relation: 'proportional', right: gaussian(xPrev, pushed, variance), kind: 'numeric',
      why: 'The exponential of the line above. The step keeps its variance, and its mean goes along the gradient by s times the variance. Code takes the gradient at the present noisy point, which is near the mean. This is guidance for DDPM; for DDIM, which may have no noise, the line of the guided noise is used.',
    },
  ],
};
