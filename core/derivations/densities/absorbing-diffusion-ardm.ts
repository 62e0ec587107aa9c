/** Diffusion that masks variables: its posterior, its bound, and why with many small steps it is the bound of order-agnostic models. */
import { add, apply, conditional, div, expectation, fn, integral, kl, letter, mul, neg, num, power, product, sub, sum, sym, transpose, type Expr } from '../../formulas/expr';
import { HOOGEBOOM_2022 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { absorbingTight, absorbingWorld, manySteps } from '../worlds/absorbing';
import { inWorlds } from '../worlds/cases';

const one = num(1);
const [D, T, x0, xt, xPrev, order, past, u] = [sym('dimensions'), sym('T'), sym('x0'), sym('xt'), sym('xPrev'), sym('order'), sym('orderedPast'), sym('maskedShare')];
const [t, n, k, i] = [letter('t'), letter('n'), letter('k'), letter('i')];
const [beta, kept, keptBefore, reveal, loss] = [sym('absorbRate'), sym('survival'), sym('survival', 't-1'), sym('revealChance'), sym('absorbLoss')];
const [Q, whole, wholeBefore, I, ones, mask] = [sym('absorbMatrix'), sym('absorbProduct'), sym('absorbProduct', 't-1'), sym('identityMatrix'), sym('onesVector'), sym('maskState')];
const toMask = mul(ones, transpose(mask));
const log = (of: Expr): Expr => fn('log', of);
const [kernel, posterior, step] = [conditional('forwardKernel', xt, x0), conditional('forwardPosterior', xPrev, xt, x0), conditional('reverseStep', xPrev, xt)];
const known = (of: Expr): Expr => apply('isKnown', k, of);
const masked = (of: Expr): Expr => sub(one, known(of));
const ofModel = (given: Expr): Expr => conditional('variableModel', sym('anyVariable', 'k'), given);
const missing = (given: Expr): Expr => sum(1, D, mul(masked(given), neg(log(ofModel(given)))), 'k');
const overMasks = (body: Expr): Expr => expectation('xt', kernel, body);
const divergence = kl('xPrev', posterior, step);
const [count, setLoss, weight] = [(of: Expr): Expr => apply('maskedCount', of, t), (of: Expr): Expr => apply('subsetLoss', of), (of: Expr): Expr => apply('countWeight', of)];
const sets = apply('choose', D, n);
const factorial = (of: Expr): Expr => product(1, of, i, 'i');
const ratio = div(t, T);

export const ABSORBING_DIFFUSION_ARDM: Derivation = {
  id: 'absorbing-diffusion-ardm',
  title: 'Absorbing diffusion is order-agnostic autoregression',
  shows:
    'How the loss of a diffusion that masks variables becomes a weighted cross-entropy of the masked ones. With more and more steps the weights become those of the order-agnostic bound, so both models are trained by the same objective.',
  source: HOOGEBOOM_2022('section 3 and the appendix on absorbing diffusion'),
  prerequisites: [
    'The evidence lower bound of a diffusion model as a sum of divergences, one for each step.',
    'An example has D variables, and each of them, on its own, is masked at some step and stays so. This is the absorbing process of D3PM (Austin et al. 2021). Steps count t = 1 … T, and after T steps everything is masked.',
    'The network sees the variables that are not masked, and gives a distribution for each masked one that does not depend on t.',
  ],
  after: ['ardm-bound', 'ddpm-elbo-denoising'],
  given: ['x0', 'xt', 'xPrev', 'T', 'dimensions', 'absorbRate', 'identityMatrix', 'onesVector', 'maskState', 'variableModel', 'anyVariable', 'isKnown', 'evidence', 'order', 'orderedPast', 'orderDistribution', 'orderBound', 'maskedShare', 'absorbMatrix', 'forwardPosterior', 'maskedCount'],
  cases: inWorlds(absorbingWorld, { tight: absorbingTight, limit: manySteps }),
  steps: [
    {
      label: 'One step of one variable (D3PM)',
      left: Q, relation: 'equal', right: add(mul(sub(one, beta), I), mul(beta, toMask)), kind: 'definition',
      why: 'A variable stays as it is with the probability 1 − β_t and becomes the mask with the probability β_t, whatever its value. The product of the vector of ones and the row of the mask is a matrix with ones in the column of the mask. A masked variable stays masked.',
    },
    {
      label: 'Each row is a distribution',
      left: mul(Q, ones), relation: 'equal', right: ones, kind: 'numeric',
      why: 'Each row adds up to 1: with the probability 1 − β_t the variable stays, with β_t it goes to the mask.',
    },
    {
      label: 'Several steps',
      left: whole, relation: 'equal', right: mul(wholeBefore, Q), kind: 'definition',
      why: 'Rows are probabilities before the step, columns after it. So the matrix of t steps is that of t − 1 steps times that of the last one.',
    },
    {
      label: 'Not masked after t steps',
      left: kept, relation: 'equal', right: product(1, t, sub(one, sym('absorbRate', 's')), 's'), kind: 'definition',
      why: 'A variable is not masked after t steps if it escaped in each of them.',
    },
    {
      label: 'All steps in one jump',
      left: whole, relation: 'equal', right: add(mul(kept, I), mul(sub(one, kept), toMask)), kind: 'numeric',
      why: 'By induction: to mask what is masked changes nothing, so the mask of the last step adds to that of the steps before. What is kept is multiplied by 1 − β_t, and all that is lost goes to the mask.',
    },
    {
      label: 'The chance to be revealed',
      left: reveal, relation: 'equal', right: div(mul(keptBefore, beta), sub(one, kept)), kind: 'definition',
      why: 'Bayes\' rule for a variable that is masked after step t: it was not masked before if it survived t − 1 steps and was masked in step t. Below stands the probability to be masked after t steps.',
    },
    {
      label: 'As a difference',
      left: reveal, relation: 'equal', right: div(sub(keptBefore, kept), sub(one, kept)), kind: 'numeric',
      why: 'What survives t − 1 steps either survives the next or is masked in it. So the numerator is what was lost in step t.',
    },
    {
      label: 'All variables, forwards',
      left: kernel, relation: 'equal', right: product(1, D, add(mul(known(xt), kept), mul(masked(xt), sub(one, kept))), 'k'), kind: 'definition',
      why: 'Each variable is masked on its own. The mask m(k, x_t) is 1 if variable k is still known in x_t and else 0, so of each sum one term is left. The line is for points x_t whose known variables have the values of the data; all others have the probability 0.',
    },
    {
      label: 'All variables, backwards',
      left: posterior, relation: 'equal', right: product(1, D, add(known(xt), mul(masked(xt), add(mul(known(xPrev), reveal), mul(masked(xPrev), sub(one, reveal))))), 'k'), kind: 'numeric',
      why: 'When the data is known, each masked variable is revealed with the probability r_t on its own, and then it has the value of the data. What is known stays. The line is for points x_{t−1} that agree with x_t and with the data; all others have the probability 0.',
    },
    {
      label: 'The step of the model',
      left: step, relation: 'equal', right: product(1, D, add(known(xt), mul(masked(xt), add(mul(known(xPrev), reveal, ofModel(xt)), mul(masked(xPrev), sub(one, reveal))))), 'k'), kind: 'definition',
      why: 'The model does the same, only that it does not know the data: a variable that is revealed gets its value from the network. Here x_k is its value in the data, since the line is used at such points only.',
    },
    {
      label: 'Where the two differ',
      left: log(div(posterior, step)), relation: 'equal', right: sum(1, D, mul(sub(known(xPrev), known(xt)), neg(log(ofModel(xt)))), 'k'), kind: 'numeric',
      why: 'In the quotient all factors r_t and 1 − r_t cancel. A probability of the network is left for each variable that is known in x_{t−1} and masked in x_t: only what was revealed just now counts.',
    },
    {
      label: 'The divergence of one step',
      left: divergence, relation: 'equal', right: mul(reveal, missing(xt)), kind: 'numeric',
      why: 'The mean of the line above over x_{t−1}. Each masked variable is revealed with the probability r_t, each known one never. The sum runs over all masked variables: their cross-entropy with the network.',
    },
    {
      label: 'The loss of step t',
      left: loss, relation: 'equal', right: overMasks(divergence), kind: 'definition',
      why: 'The mean of the divergence over what is masked after t steps: the term of the evidence lower bound that belongs to step t. At t = 1 the data itself is revealed, and the term is the reconstruction. There is no term for the end, since after T steps all is masked under both.',
    },
    {
      label: 'A weighted cross-entropy of the masked',
      left: loss, relation: 'equal', right: mul(reveal, overMasks(missing(xt))), kind: 'numeric',
      why: 'The line above was put in. The weight r_t does not depend on what is masked.',
    },
    {
      label: 'The bound with T steps',
      left: sym('absorbBound'), relation: 'equal', right: neg(sum(1, T, loss, 't')), kind: 'definition',
      why: 'The evidence lower bound of a diffusion is minus the sum of these losses.',
    },
    {
      label: 'It is a lower bound',
      left: log(apply('evidence', x0)), relation: 'at-least', right: sym('absorbBound'), kind: 'numeric',
      why: 'As every evidence lower bound, with the sequence of masked examples as the latent variable. Both sides are equal if the example does not tell the model when its variables were masked, for instance if the variables are independent under the model.',
    },
    {
      label: 'Factorials',
      left: sets, relation: 'equal', right: div(factorial(D), mul(factorial(n), factorial(sub(D, n)))), kind: 'definition',
      why: 'How many sets of n there are among D variables: the binomial coefficient. A product of nothing is 1.',
    },
    {
      label: 'How many are masked',
      left: count(n), relation: 'equal', right: mul(sets, power(sub(one, kept), n), power(kept, sub(D, n))), kind: 'numeric',
      why: 'The binomial distribution: for every set of n variables the probability that these are masked and the others are not.',
    },
    {
      label: 'All sets of the same size',
      left: setLoss(add(sub(D, t), one)), relation: 'equal', right: expectation('order', apply('orderDistribution', order), missing(past)), kind: 'definition',
      why: 'Which of the variables are masked does not matter for the probability, only how many. So S(n) is the cross-entropy of the masked, averaged over all sets of n. Here t is a place in a random order: before it t − 1 variables are known and n = D − t + 1 are not.',
    },
    {
      label: 'The loss by the number of masked variables',
      left: overMasks(missing(xt)), relation: 'equal', right: sum(1, D, mul(count(n), setLoss(n)), 'n'), kind: 'numeric',
      why: 'The mean over all masks is a mean over their number, and for each number over all sets of this size. Where nothing is masked there is no loss.',
    },
    {
      label: 'The weight of n masked variables',
      left: weight(n), relation: 'equal', right: sum(1, T, mul(reveal, count(n)), 't'), kind: 'definition',
      why: 'How much S(n) counts over all steps: at each step how often n are masked, times the weight of the step.',
    },
    {
      label: 'The bound by weights',
      left: sym('absorbBound'), relation: 'equal', right: neg(sum(1, D, mul(weight(n), setLoss(n)), 'n')), kind: 'numeric',
      why: 'Both sums exchanged. The schedule enters through the weights only.',
    },
    {
      label: 'The even schedule',
      left: beta, relation: 'equal', right: div(one, add(sub(T, t), one)), kind: 'definition',
      why: 'The schedule of D3PM for masks: in the last step everything that is left, in the one before half of it, and so on.',
    },
    {
      label: 'Masked evenly over time (even schedule)',
      left: kept, relation: 'equal', right: sub(one, ratio), kind: 'numeric',
      why: 'The factors 1 − β_s are (T − s)/(T − s + 1). In the product each numerator cancels the next denominator, and (T − t)/T is left.',
    },
    {
      label: 'The weight of a step (even schedule)',
      left: reveal, relation: 'equal', right: div(one, t), kind: 'numeric',
      why: 'In each step the share 1/T is lost, and t/T is masked after step t. So the loss of a step is the cross-entropy of the masked over t.',
    },
    {
      label: 'The weights of this schedule (even schedule)',
      left: weight(n), relation: 'equal', right: sum(1, T, mul(div(one, t), sets, power(ratio, n), power(sub(one, ratio), sub(D, n))), 't'), kind: 'numeric',
      why: 'Both were put into the weight. The share u = t/T of masked variables runs in even steps from 1/T to 1.',
    },
    {
      label: 'An integral that is exact',
      left: integral('maskedShare', mul(div(one, u), sets, power(u, n), power(sub(one, u), sub(D, n)))), relation: 'equal', right: div(one, n), kind: 'numeric',
      why: 'The same with a share u from 0 to 1 in place of steps, since 1/t is 1/u times the step 1/T. The integral of u to the n − 1 times (1 − u) to the D − n is (n − 1)! (D − n)! / D!, and with the binomial coefficient 1/n is left.',
    },
    {
      label: 'Many small steps',
      left: weight(n), relation: 'approaches', right: div(one, n), kind: 'numeric',
      why: 'With T steps of the even schedule the weights are a sum that goes to the integral as T grows. With other schedules too, if the largest share of all variables that any one step masks goes to zero: u is then another function of time, and the integral over u is the same.',
    },
    {
      label: 'The order-agnostic bound has these weights',
      left: sym('orderBound'), relation: 'equal', right: neg(sum(1, D, mul(div(one, n), setLoss(n)), 'n')), kind: 'numeric',
      why: 'At place t of a random order n = D − t + 1 variables are unknown, every set of n equally often, and the term of the bound is minus S(n) over n. Over all places n runs from D down to 1.',
    },
    {
      label: 'The two bounds meet',
      left: sym('absorbBound'), relation: 'approaches', right: sym('orderBound'), kind: 'numeric',
      why: 'As T grows each weight goes to 1/n, so the bound of the diffusion goes to that of the order-agnostic model. In small steps hardly ever two variables are masked at once; they are masked one by one in a random order, and made in the reverse order. With few steps several variables are revealed at once, each without seeing the others.',
    },
  ],
};
