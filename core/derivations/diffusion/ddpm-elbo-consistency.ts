/** The evidence lower bound of a diffusion model in the order of the forward steps: Luo 2022. */
import { add, apply, conditional, div, expectation, fn, kl, mul, neg, num, product, sub, sum, sym, total, type Expr } from '../../formulas/expr';
import { LUO_2022 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { chainCases } from '../worlds/chains';
import { consistencyForm, reconstruction } from './bounds';

const [T, x0, xt, xPrev, xNext, xFirst, xEnd, xBeforeEnd, trajectory] = [sym('T'), sym('x0'), sym('xt'), sym('xPrev'), sym('xNext'), sym('xFirst'), sym('xEnd'), sym('xBeforeEnd'), sym('trajectory')];
const beforeLast = sub(T, num(1));
const log = (of: Expr): Expr => fn('log', of);

const joint = conditional('forwardJoint', trajectory, x0);
const model = apply('reverseJoint', sym('wholeTrajectory'));
const evidence = apply('evidence', x0);
const truePosterior = conditional('posterior', trajectory, x0);
const [step, lastStep] = [conditional('forwardStep', xt, xPrev), conditional('forwardStep', xEnd, xBeforeEnd)];
const [reverse, reverseNext, reverseFirst] = [conditional('reverseStep', xPrev, xt), conditional('reverseStep', xt, xNext), conditional('reverseStep', x0, xFirst)];
const [bridge, leap, nextStep] = [conditional('forwardBridge', xt, xPrev, xNext), conditional('forwardLeap', xNext, xPrev), conditional('forwardStep', xNext, xt)];
const start = apply('startDensity', xEnd);
const elbo = sym('elbo');
const mean = (body: Expr): Expr => expectation('trajectory', joint, body);
const overTrio = (body: Expr): Expr => expectation('trio', conditional('forwardTrio', sym('trio'), x0), body);
const quotient = div(model, joint);

export const DDPM_ELBO_CONSISTENCY: Derivation = {
  id: 'ddpm-elbo-consistency',
  title: 'The bound of a diffusion model, step by step forward',
  shows:
    'Why the log-likelihood of a diffusion model is at least a reconstruction term less a prior matching term less one consistency term for each point between. Jensen\'s inequality gives the bound, and the two chains split it into terms of single steps.',
  source: LUO_2022('section "Variational Diffusion Models", first form of the bound'),
  prerequisites: [
    'The forward chain and the reverse chain are products of their steps. Sums over trajectories stand here; where points are continuous each of them is an integral.',
    'Jensen\'s inequality: the logarithm of a mean is at least the mean of the logarithm.',
    'The Kullback–Leibler divergence from q to p is the mean, under q, of the logarithm of q over p; it is never negative. Here in nats.',
  ],
  after: ['ddpm-chain', 'jensen'],
  given: ['T', 't', 'x0', 'xt', 'xPrev', 'xNext', 'xFirst', 'xEnd', 'xBeforeEnd', 'trajectory', 'wholeTrajectory', 'trio', 'forwardJoint', 'forwardStep', 'forwardKernel', 'forwardTrio', 'forwardBridge', 'forwardLeap', 'reverseJoint', 'reverseStep', 'startDensity'],
  cases: chainCases,
  steps: [
    {
      label: 'The likelihood of the data',
      left: evidence, relation: 'equal', right: total('trajectory', model), kind: 'definition',
      why: 'The noisy points are latent variables, and the model makes data by way of all of them. So its probability of the data is the sum over all trajectories, which no one can compute.',
    },
    {
      label: 'Multiply and divide by the forward chain',
      left: evidence, relation: 'equal', right: total('trajectory', mul(joint, quotient)), kind: 'numeric',
      why: 'Each term was multiplied by the chance that the forward chain takes this trajectory, and divided by it. This is allowed because that chance is nowhere zero where the one of the model is not.',
    },
    {
      label: 'Read it as a mean',
      left: evidence, relation: 'equal', right: mean(quotient), kind: 'numeric',
      why: 'A sum weighted with probabilities is a mean: that of the quotient over trajectories of the forward chain, which are easy to draw.',
    },
    {
      label: 'Take the logarithm',
      left: log(evidence), relation: 'equal', right: log(mean(quotient)), kind: 'numeric',
      why: 'Probabilities of images are too small for a computer, and a logarithm turns products into sums. It grows with its argument, so making the one large makes the other large.',
    },
    {
      label: 'Jensen\'s inequality',
      left: log(evidence), relation: 'at-least', right: mean(log(quotient)), kind: 'numeric',
      why: 'The logarithm went inside of the mean. It is curved downwards, so its mean is never above the logarithm of the mean. Both are equal where the quotient is the same for every trajectory.',
    },
    {
      label: 'Name the bound',
      left: elbo, relation: 'equal', right: mean(log(quotient)), kind: 'definition',
      why: 'The evidence lower bound (ELBO). Everything in it can be drawn and computed, so it is trained in place of the likelihood.',
    },
    {
      label: 'The true posterior over trajectories',
      left: truePosterior, relation: 'equal', right: div(model, evidence), kind: 'definition',
      why: 'By Bayes\' rule: through which noisy points the model itself would have come to this data.',
    },
    {
      label: 'Put it into the bound',
      left: elbo, relation: 'equal', right: add(log(evidence), mean(log(div(truePosterior, joint)))), kind: 'numeric',
      why: 'By the line above the joint of the model is its posterior times the likelihood of the data. The logarithm was split; the likelihood does not depend on the trajectory, so it comes out of the mean.',
    },
    {
      label: 'What the bound misses',
      left: log(evidence), relation: 'equal', right: add(elbo, kl('trajectory', joint, truePosterior)), kind: 'numeric',
      why: 'The mean of the line above is minus a divergence, which went to the other side. A divergence is never negative; this proves the inequality once more and says when it is tight.',
    },
    {
      label: 'Put the two chains in',
      left: elbo, relation: 'equal', right: mean(log(div(mul(start, product(1, T, reverse, 't')), product(1, T, step, 't')))), kind: 'numeric',
      why: 'The joint of the model is the product of its steps, and so is the forward chain.',
    },
    {
      label: 'Take the ends apart',
      left: elbo, relation: 'equal',
      right: mean(log(div(mul(start, reverseFirst, product(2, T, reverse, 't')), mul(lastStep, product(1, beforeLast, step, 't'))))), kind: 'numeric',
      why: 'From the upper product the factor of t = 1 was taken out, which reaches the data; from the lower one the factor of t = T, which reaches the noise.',
    },
    {
      label: 'Count the upper product from one',
      left: product(2, T, reverse, 't'), relation: 'equal', right: product(1, beforeLast, reverseNext, 't'), kind: 'numeric',
      why: 'The same factors under other numbers: what was called t is now t + 1. Both products now run over the points from 1 to T − 1.',
    },
    {
      label: 'Pair the factors of each point',
      left: elbo, relation: 'equal',
      right: mean(log(mul(div(mul(start, reverseFirst), lastStep), product(1, beforeLast, div(reverseNext, step), 't')))), kind: 'numeric',
      why: 'A quotient of two products over the same numbers is the product of the quotients. Each of them compares two steps that arrive at the same point: the sampler from above and the forward chain from below.',
    },
    {
      label: 'Split the logarithm',
      left: elbo, relation: 'equal',
      right: add(mean(log(reverseFirst)), mean(log(div(start, lastStep))), sum(1, beforeLast, mean(log(div(reverseNext, step))), 't')), kind: 'numeric',
      why: 'The logarithm of a product is the sum of the logarithms, and the mean of a sum is the sum of the means.',
    },
    {
      label: 'The reconstruction term',
      left: mean(log(reverseFirst)), relation: 'equal', right: reconstruction, kind: 'numeric',
      why: 'Only the first noisy point occurs inside of the mean. All other points add up to 1 and drop out: a mean over whole trajectories is then a mean over this point.',
    },
    {
      label: 'The prior matching term',
      left: mean(log(div(start, lastStep))), relation: 'equal',
      right: neg(expectation('xBeforeEnd', conditional('forwardKernel', xBeforeEnd, x0), kl('xEnd', lastStep, start))), kind: 'numeric',
      why: 'Only the last two points occur. First the one before the last was drawn, then the last one given it; the inner mean, with the quotient turned over and a minus, is a divergence. It has no parameters, since neither the forward chain nor p is learned.',
    },
    {
      label: 'A consistency term',
      left: mean(log(div(reverseNext, step))), relation: 'equal', right: neg(overTrio(log(div(step, reverseNext)))), kind: 'numeric',
      why: 'Only three points in a row occur, so the others drop out, and the quotient was turned over. The term asks that a point be the same whether it is reached by adding noise or by taking noise away.',
    },
    {
      label: 'The bound in its first form',
      left: elbo, relation: 'equal', right: consistencyForm, kind: 'numeric',
      why: 'The three lines above put in: reconstruction, less prior matching, less one consistency term for each point between. Every consistency term is a mean over three random points (two at t = 1, where the data is known), which makes its estimate noisy; the second form of the bound does better.',
    },
    {
      label: 'A forward step from both of its neighbours',
      left: step, relation: 'equal', right: div(mul(bridge, leap), nextStep), kind: 'numeric',
      why: 'Is a consistency term a divergence? Bayes\' rule says how the next point counts: the middle point given both neighbours, times two steps at once, over the next step. The earlier point may be left out of the condition of the next step, since the chain is a Markov chain.',
    },
    {
      label: 'A consistency term is not a divergence alone',
      left: overTrio(log(div(step, reverseNext))), relation: 'equal',
      right: sub(overTrio(log(div(bridge, reverseNext))), overTrio(log(div(nextStep, leap)))), kind: 'numeric',
      why: 'The line above put in and the logarithm split. The first mean is a divergence, from the middle point given both neighbours to the sampling step, averaged over the neighbours. The second is what the middle point tells of the next one beyond what the earlier point tells; it is never negative either, so a consistency term may itself be below zero. Luo begins with the mean over all three points, but then writes the term as a divergence of the forward step, with the two neighbours drawn outside. That reads the middle point as if it were drawn without regard to the next one and gives another number in general; so here the mean over all three is kept.',
    },
    {
      label: 'The log-likelihood is at least this',
      left: log(evidence), relation: 'at-least', right: consistencyForm, kind: 'numeric',
      why: 'The first form put into Jensen\'s inequality. Its gap is the divergence that the bound misses, and it closes when the forward chain is the posterior of the model.',
    },
  ],
};
