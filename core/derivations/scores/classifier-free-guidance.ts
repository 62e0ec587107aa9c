/** Ho & Salimans 2022: guidance by two predictions of one network, the names for its strength, and what it draws from. */
import { add, apply, conditional, div, fn, gaussian, gradient, mul, neg, num, pow, power, sqrt, sub, sym, type Expr } from '../../formulas/expr';
import { noiseVariance } from '../../formulas/ddpm';
import { HO_SALIMANS_2022 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { freePair, freeTight, freeWorld } from '../worlds/guidance';

const one = num(1);
const [xt, y, w, g, alphaBar] = [sym('xt'), sym('condition'), sym('guidanceStrength'), sym('guidanceScale'), sym('alphaBar')];
const slope = (of: Expr): Expr => gradient('xt', fn('log', of));
const all = apply('diffusedDensity', xt);
const given = conditional('conditionalDensity', xt, y);
const classifier = conditional('implicitClassifier', y, xt);
const guided = conditional('guidedDensity', xt, y);
const noise = sqrt(noiseVariance);
const [withIt, without, estimate] = [sym('conditionalNoise'), sym('unconditionalNoise'), sym('guidedEstimate')];
const gap = sub(withIt, without);
const more = add(one, w);

const [ofClass, ofAll, classMean, wholeMean] = [sym('classVariance'), sym('wholeVariance'), sym('classMean'), sym('wholeMean')];
const guidedVariance = (a: Expr, b: Expr): Expr => apply('guidedVariance', a, b);
const narrowed = guidedVariance(ofClass, ofAll);
const diffused = (variance: Expr): Expr => add(mul(alphaBar, variance), noiseVariance);
const precision = sub(mul(more, ofAll), mul(w, ofClass));

export const CLASSIFIER_FREE_GUIDANCE: Derivation = {
  id: 'classifier-free-guidance',
  title: 'Classifier-free guidance',
  shows:
    'How guidance works with no classifier: the quotient of two densities takes its place, and two predictions of noise are combined. The strength has different values under one name, so each convention is derived from the other, and the last lines show what the guided densities of all steps are not.',
  source: HO_SALIMANS_2022('section 3, eq. 6'),
  prerequisites: [
    'Classifier guidance: the gradient of a classifier is added to the score.',
    'A network that predicts noise is one of scores: the noise is −√(1 − ᾱ_t) times the score.',
    'One network is trained with the condition and, for a share of the examples, with an empty condition in its place.',
  ],
  after: ['classifier-guidance'],
  given: ['xt', 'condition', 'conditionPrior', 'conditionalDensity', 'diffusedDensity', 'alphaBar', 'guidanceStrength', 'classMean', 'wholeMean', 'classVariance', 'wholeVariance'],
  cases: inWorlds(freeWorld, { pair: freePair, tight: freeTight }),
  steps: [
    {
      label: 'The implicit classifier',
      left: classifier, relation: 'equal', right: div(mul(apply('conditionPrior', y), given), all), kind: 'definition',
      why: 'Bayes\' rule: how probable the condition y is at a noisy point follows from the density under the condition and the density without it. No classifier is trained. The paper leaves the prior of y out, which is the same at every point.',
    },
    {
      label: 'Its gradient',
      left: slope(classifier), relation: 'equal', right: sub(slope(given), slope(all)), kind: 'numeric',
      why: 'The logarithm turns the quotient into a difference, and the prior of the condition has no gradient by the noisy point. Both scores on the right are known to a model that was trained with and without conditions.',
    },
    {
      label: 'The prediction without the condition',
      left: without, relation: 'equal', right: neg(mul(noise, slope(all))), kind: 'definition',
      why: 'What the network predicts for the empty condition, here at its best. In diffusers it is noise_pred_uncond. For a text model the empty condition is as a rule the empty text. A negative prompt stands in the same place, and then the lines below hold with its density in the place of that of all data.',
    },
    {
      label: 'The prediction with the condition',
      left: withIt, relation: 'equal', right: neg(mul(noise, slope(given))), kind: 'definition',
      why: 'The same network at the same noisy point, told the condition. In diffusers it is noise_pred_text.',
    },
    {
      label: 'Their difference',
      left: gap, relation: 'equal', right: neg(mul(noise, slope(classifier))), kind: 'numeric',
      why: 'The two lines above were subtracted, and the difference of the scores is the gradient of the implicit classifier.',
    },
    {
      label: 'Guide the conditional model',
      left: estimate, relation: 'equal', right: sub(withIt, mul(w, mul(noise, slope(classifier)))), kind: 'definition',
      why: 'Classifier guidance with the strength w, which starts from the model that already knows the condition.',
    },
    {
      label: 'Put the difference in',
      left: estimate, relation: 'equal', right: add(withIt, mul(w, gap)), kind: 'numeric',
      why: 'The gradient of the implicit classifier is gone. What is left takes two evaluations of one network.',
    },
    {
      label: 'The form of the paper (eq. 6)',
      left: estimate, relation: 'equal', right: sub(mul(more, withIt), mul(w, without)), kind: 'numeric',
      why: 'Collected by predictions. Ho and Salimans call w the guidance strength: w = 0 is the plain conditional model.',
    },
    {
      label: 'The name in code',
      left: g, relation: 'equal', right: more, kind: 'definition',
      why: 'diffusers\' guidance_scale counts from the unconditional prediction. A guidance_scale of 7.5 is w = 6.5 in the paper of Ho and Salimans. The Imagen paper calls this number w as well, so a w alone says nothing until its convention is known.',
    },
    {
      label: 'The form of diffusers',
      left: estimate, relation: 'equal', right: add(without, mul(g, gap)), kind: 'numeric',
      why: 'One time the difference leads from the unconditional to the conditional prediction, and w more times beyond it. So code writes noise_pred_uncond + guidance_scale * (noise_pred_text - noise_pred_uncond).',
    },
    {
      label: 'The form of Imagen',
      left: estimate, relation: 'equal', right: add(mul(g, withIt), mul(sub(one, g), without)), kind: 'numeric',
      why: 'The same collected by predictions. The two weights add up to 1, and for g above 1 the second one is negative: the estimate lies beyond the conditional prediction, not between the two.',
    },
    {
      label: 'No guidance',
      left: add(without, mul(one, gap)), relation: 'equal', right: withIt, kind: 'numeric',
      why: 'g = 1, which is w = 0, is the plain conditional model. g = 0, which is w = −1, is the unconditional one. diffusers does without the second evaluation when guidance_scale is at most 1, so there all of these values give the plain conditional model.',
    },
    {
      label: 'The same as classifier guidance',
      left: estimate, relation: 'equal', right: sub(without, mul(g, mul(noise, slope(classifier)))), kind: 'numeric',
      why: 'Classifier guidance of the unconditional model with the scale s = g, with the implicit classifier. One of the g times makes the model conditional, so w is one less.',
    },
    {
      label: 'The density at one step',
      left: guided, relation: 'proportional', right: mul(power(given, more), power(all, neg(w))), kind: 'definition',
      why: 'What stays open is a factor that makes it integrate to 1, if its integral is finite. Points that are typical of the condition win, points that are typical without it lose.',
    },
    {
      label: 'With the implicit classifier',
      left: guided, relation: 'proportional', right: mul(all, power(classifier, more)), kind: 'numeric',
      why: 'The density under the condition is the density without it times the classifier, up to a factor. Its power 1 + w and the power −w leave one power of the density of all points.',
    },
    {
      label: 'Its score',
      left: slope(guided), relation: 'equal', right: sub(mul(more, slope(given)), mul(w, slope(all))), kind: 'numeric',
      why: 'The logarithm turns powers into factors, and the open factor has no gradient.',
    },
    {
      label: 'What the guided estimate follows',
      left: estimate, relation: 'equal', right: neg(mul(noise, slope(guided))), kind: 'numeric',
      why: 'At each step alone, the guided noise is that of this density. The network must be at its best for this; a trained one is only near it, and then the combination may be the score of no density.',
    },
    {
      label: 'Gaussians: the guided variance',
      left: narrowed, relation: 'equal', right: div(one, sub(div(more, ofClass), div(w, ofAll))), kind: 'definition',
      why: 'To see what the densities of different steps have to do with each other, let the data of the condition be a Gaussian with the variance a, and all the data one with the variance b. We take it that the condition narrows: a is at most b. This is the variance after guidance of two Gaussians with these variances, positive for w of at least 0.',
    },
    {
      label: 'It is that of the guided density',
      left: mul(power(gaussian(xt, classMean, ofClass), more), power(gaussian(xt, wholeMean, ofAll), neg(w))), relation: 'proportional',
      right: gaussian(xt, mul(narrowed, sub(mul(div(more, ofClass), classMean), mul(div(w, ofAll), wholeMean))), narrowed), kind: 'numeric',
      why: 'Exponents are added with the factors 1 + w and −w, so the precisions are, and so are the means times their precisions. A sum of squares is a square again, up to a constant. The mean goes beyond that of the condition, away from the mean of all.',
    },
    {
      label: 'Guide first and noise then, or the other way round',
      left: sub(diffused(narrowed), guidedVariance(diffused(ofClass), diffused(ofAll))), relation: 'equal',
      right: div(mul(mul(alphaBar, noiseVariance), mul(mul(w, more), pow(sub(ofAll, ofClass), 2))), mul(precision, diffused(precision))), kind: 'numeric',
      why: 'The first term is the variance at step t of data that was guided and then noised: the forward process multiplies a variance by ᾱ_t and adds 1 − ᾱ_t. The second one is that of the guided density at step t, which the sampler follows. Both guided variances were written as products over (1 + w) b − w a, and the fractions brought together.',
    },
    {
      label: 'The guided densities are no forward process',
      left: guidedVariance(diffused(ofClass), diffused(ofAll)), relation: 'at-most', right: diffused(narrowed), kind: 'numeric',
      why: 'Nothing in the line above is negative for w above 0. So between data and noise the guided density is narrower than guided data with noise, unless a is b. At both ends of the chain, without noise and with nothing but noise, the two agree. Hence no distribution of data has the guided densities of all steps as its noised versions. A sampler that follows their scores has no reason to end at the guided density of clean data, and in general it does not.',
    },
  ],
};
