/** The evidence lower bound of a diffusion model as one divergence for each sampling step: Ho et al. 2020, eq. 5 and appendix A; Luo 2022. */
import { add, apply, conditional, div, expectation, fn, mul, neg, product, sub, sum, sym, type Expr } from '../../formulas/expr';
import { HO_2020 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { chainCases } from '../worlds/chains';
import { consistencyLosses, denoising, denoisingForm, priorMatching, reconstruction } from './bounds';

const [T, x0, xt, xPrev, xFirst, xEnd, trajectory] = [sym('T'), sym('x0'), sym('xt'), sym('xPrev'), sym('xFirst'), sym('xEnd'), sym('trajectory')];
const log = (of: Expr): Expr => fn('log', of);
const overSteps = (from: number, body: Expr): Expr => product(from, T, body, 't');

const joint = conditional('forwardJoint', trajectory, x0);
const model = apply('reverseJoint', sym('wholeTrajectory'));
const evidence = apply('evidence', x0);
const [step, stepWithData, firstStep] = [conditional('forwardStep', xt, xPrev), conditional('forwardStep', xt, xPrev, x0), conditional('forwardStep', xFirst, x0)];
const [before, here] = [conditional('forwardKernel', xPrev, x0), conditional('forwardKernel', xt, x0)];
const [atFirst, atEnd] = [conditional('forwardKernel', xFirst, x0), conditional('forwardKernel', xEnd, x0)];
const posterior = conditional('forwardPosterior', xPrev, xt, x0);
const [reverse, reverseFirst] = [conditional('reverseStep', xPrev, xt), conditional('reverseStep', x0, xFirst)];
const start = apply('startDensity', xEnd);
const [elbo, lossPrior, lossStep] = [sym('elbo'), sym('lossPrior'), sym('lossStep')];
const mean = (body: Expr): Expr => expectation('trajectory', joint, body);
const ends = mul(start, reverseFirst);
const turned = div(mul(posterior, here), before);

export const DDPM_ELBO_DENOISING: Derivation = {
  id: 'ddpm-elbo-denoising',
  title: 'The bound of a diffusion model, one divergence for each step',
  shows:
    'How Bayes\' rule, on every forward step but the first, turns the same bound into a reconstruction term less a prior matching term less one denoising term for each further sampling step. Each denoising term is the mean of a divergence of two distributions of one point. DDPM is trained with these terms, with other weights.',
  source: HO_2020('eq. 3 and 5, and appendix A; the names of the terms: Luo 2022'),
  prerequisites: [
    'The evidence lower bound is the mean, over trajectories of the forward chain, of the logarithm of model over forward chain.',
    'A forward step can be turned round by Bayes\' rule when the data is known.',
    'The Kullback–Leibler divergence from q to p is the mean, under q, of the logarithm of q over p; here in nats.',
  ],
  after: ['ddpm-chain', 'ddpm-elbo-consistency'],
  given: ['T', 't', 'x0', 'xt', 'xPrev', 'xNext', 'xFirst', 'xEnd', 'xBeforeEnd', 'trajectory', 'wholeTrajectory', 'trio', 'forwardJoint', 'forwardStep', 'forwardKernel', 'forwardPosterior', 'forwardTrio', 'reverseJoint', 'reverseStep', 'startDensity', 'evidence'],
  cases: chainCases,
  steps: [
    {
      label: 'The bound (eq. 3)',
      left: elbo, relation: 'equal', right: mean(log(div(model, joint))), kind: 'definition',
      why: 'By Jensen\'s inequality this is never more than the logarithm of the likelihood of the data. Ho et al. take its negative, averaged over the data as well, and call it L; training makes it small.',
    },
    {
      label: 'Put the two chains in (eq. 3)',
      left: elbo, relation: 'equal', right: mean(log(div(mul(start, overSteps(1, reverse)), overSteps(1, step)))), kind: 'numeric',
      why: 'The joint of the model is the density of its start times its steps, and the forward chain is the product of its own steps (eq. 1 and 2).',
    },
    {
      label: 'Take the first step apart',
      left: elbo, relation: 'equal', right: mean(log(div(mul(ends, overSteps(2, reverse)), mul(firstStep, overSteps(2, step))))), kind: 'numeric',
      why: 'The factor of t = 1 was taken out of both products. At t = 1 the earlier point is the data, which is known, and so there is nothing to turn round.',
    },
    {
      label: 'The data may stand in the condition',
      left: step, relation: 'equal', right: stepWithData, kind: 'numeric',
      why: 'The forward chain is a Markov chain: once the point before is known, the data changes nothing. So it may be written into the condition. This makes the next line possible.',
    },
    {
      label: 'Bayes\' rule for one step',
      left: stepWithData, relation: 'equal', right: turned, kind: 'numeric',
      why: 'With the data known, the later point given the earlier one was turned into the earlier given the later one. This is the posterior of the forward process, for t of at least 2.',
    },
    {
      label: 'Bayes\' rule for every step from the second on',
      left: elbo, relation: 'equal', right: mean(log(div(mul(ends, overSteps(2, reverse)), mul(firstStep, overSteps(2, turned))))), kind: 'numeric',
      why: 'The two lines above in every factor of the lower product.',
    },
    {
      label: 'What Bayes\' rule brings in telescopes',
      left: overSteps(2, div(here, before)), relation: 'equal', right: div(atEnd, atFirst), kind: 'numeric',
      why: 'Each denominator but the first is the numerator of the factor before it and cancels with it. Only the last numerator and the first denominator are left.',
    },
    {
      label: 'Put the telescoped product in',
      left: elbo, relation: 'equal', right: mean(log(div(mul(ends, overSteps(2, reverse)), mul(mul(firstStep, div(atEnd, atFirst)), overSteps(2, posterior))))), kind: 'numeric',
      why: 'The lower product was split into the posteriors and the quotients, and the quotients replaced by the line above.',
    },
    {
      label: 'The first step cancels',
      left: mul(firstStep, div(atEnd, atFirst)), relation: 'equal', right: atEnd, kind: 'numeric',
      why: 'From the data to the first noisy point there is one step only, so the step and the jump of that length are the same distribution.',
    },
    {
      label: 'Pair the factors of each step',
      left: elbo, relation: 'equal', right: mean(log(mul(div(ends, atEnd), overSteps(2, div(reverse, posterior))))), kind: 'numeric',
      why: 'The line above was put in. The quotient of two products over the same numbers is the product of the quotients. Now each sampling step stands over the posterior of the same point: both say where a point was one step earlier.',
    },
    {
      label: 'Split the logarithm',
      left: elbo, relation: 'equal',
      right: add(mean(log(reverseFirst)), mean(log(div(start, atEnd))), sum(2, T, mean(log(div(reverse, posterior))), 't')), kind: 'numeric',
      why: 'The logarithm of a product is the sum of the logarithms, and the mean of a sum is the sum of the means.',
    },
    {
      label: 'The reconstruction term',
      left: mean(log(reverseFirst)), relation: 'equal', right: reconstruction, kind: 'numeric',
      why: 'Only the first noisy point occurs inside the mean; the densities of the other points, given it, integrate to 1 and drop out. Ho et al. call the negative of this term L_0.',
    },
    {
      label: 'The prior matching term',
      left: mean(log(div(start, atEnd))), relation: 'equal', right: neg(priorMatching), kind: 'numeric',
      why: 'Only the last point occurs. The quotient was turned over with a minus, which makes it a divergence. It has no parameters, and it is near 0 when the forward chain ends in nearly pure noise.',
    },
    {
      label: 'Draw the later point first',
      left: mean(log(div(reverse, posterior))), relation: 'equal', right: expectation('xt', here, expectation('xPrev', posterior, log(div(reverse, posterior)))), kind: 'numeric',
      why: 'For t from 2 to T. Only two neighbouring points occur; the others integrate to 1 as above. The joint density of the two, given the data, is that of the later one times that of the earlier one given the later; so the mean may be taken in this order.',
    },
    {
      label: 'A denoising term',
      left: mean(log(div(reverse, posterior))), relation: 'equal', right: neg(denoising), kind: 'numeric',
      why: 'The inner mean runs over the posterior, which stands below in the quotient. With a minus it is the divergence from the posterior to the sampling step. Unlike in the first form, which goes step by step forward, this is a divergence exactly, and only one point is drawn outside of it.',
    },
    {
      label: 'The bound in its second form (eq. 5 with the sign turned)',
      left: elbo, relation: 'equal', right: denoisingForm, kind: 'numeric',
      why: 'The three terms put in: how well the data comes back from the first noisy point, less how far the end is from the start of sampling, less how far each sampling step is from the posterior.',
    },
    {
      label: 'Names for the terms (eq. 5)',
      left: lossPrior, relation: 'equal', right: priorMatching, kind: 'definition',
      why: 'Ho et al. give every divergence a name: this one is L_T. It is a number that training cannot change.',
    },
    {
      label: 'The term of one sampling step (eq. 5)',
      left: lossStep, relation: 'equal', right: denoising, kind: 'definition',
      why: 'L with the index t − 1 belongs to the step that arrives at t − 1, for t from 2 to T. Here the mean over the noisy point is included.',
    },
    {
      label: 'The bound with these names (eq. 5)',
      left: elbo, relation: 'equal', right: sub(sub(reconstruction, lossPrior), sum(2, T, lossStep, 't')), kind: 'numeric',
      why: 'The names were put in. One step at a time can now be trained: draw t, draw the noisy point in one jump, and make its term small.',
    },
    {
      label: 'Both forms are the same number',
      left: add(lossPrior, sum(2, T, lossStep, 't')), relation: 'equal', right: consistencyLosses, kind: 'numeric',
      why: 'On the right stands what the first form takes away from the reconstruction term, which both forms have in common. Nothing but equalities led from the bound to either form, so the two sums are the same. They differ in how well they can be estimated: with Gaussian steps a denoising term draws one random point and has the rest in closed form; a consistency term, as it is written, draws three (two at t = 1, where the data is known).',
    },
    {
      label: 'The log-likelihood is at least this',
      left: log(evidence), relation: 'at-least', right: denoisingForm, kind: 'numeric',
      why: 'The second form put into Jensen\'s inequality. For Gaussian steps every divergence here has a closed form. If the variance of a sampling step is fixed, the divergence inside its denoising term is the squared distance of two means over twice that variance, plus a number that training cannot change.',
    },
  ],
};
