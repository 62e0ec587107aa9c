/** The joint distributions of the two chains, and the forward chain read from its end: Ho et al. 2020, section 2; Sohl-Dickstein et al. 2015. */
import { apply, conditional, div, mul, num, product, sym, total, type Expr } from '../../formulas/expr';
import { HO_2020 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { chainCases } from '../worlds/chains';

const one = num(1);
const [T, x0, xt, xPrev, xFirst, xEnd, trajectory] = [sym('T'), sym('x0'), sym('xt'), sym('xPrev'), sym('xFirst'), sym('xEnd'), sym('trajectory')];
const overSteps = (from: number, body: Expr): Expr => product(from, T, body, 't');

const joint = conditional('forwardJoint', trajectory, x0);
const step = conditional('forwardStep', xt, xPrev);
const stepWithPast = conditional('forwardNext', xt, sym('history'));
const stepWithData = conditional('forwardStep', xt, xPrev, x0);
const firstStep = conditional('forwardStep', xFirst, x0);
const [before, here] = [conditional('forwardKernel', xPrev, x0), conditional('forwardKernel', xt, x0)];
const [atFirst, atEnd] = [conditional('forwardKernel', xFirst, x0), conditional('forwardKernel', xEnd, x0)];
const posterior = conditional('forwardPosterior', xPrev, xt, x0);
const pair: Expr = { kind: 'apply', id: 'forwardPair', args: [xPrev, xt], given: [x0] };
const reverse = conditional('reverseStep', xPrev, xt);
const model = apply('reverseJoint', sym('wholeTrajectory'));

export const DDPM_CHAIN: Derivation = {
  id: 'ddpm-chain',
  title: 'Two chains and their joint distributions',
  shows:
    'How the forward process and the sampler become products of single steps, because each step looks only at the point before it. With Bayes\' rule the forward chain is then read from its end: the same distribution as a product of posteriors.',
  source: HO_2020('eq. 1, 2 and 6, and section 2'),
  prerequisites: [
    'Conditional probability: the chance of two things together is that of the one times that of the other when the one is known.',
    'The chain rule of probability, which is the same for many things one after the other.',
    'Bayes\' rule.',
  ],
  given: ['T', 't', 'x0', 'xt', 'xPrev', 'xFirst', 'xEnd', 'trajectory', 'wholeTrajectory', 'history', 'future', 'forwardJoint', 'forwardStep', 'forwardNext', 'forwardKernel', 'forwardPosterior', 'forwardPosteriorAll', 'forwardPair'],
  cases: chainCases,
  steps: [
    {
      label: 'The chain rule',
      left: joint, relation: 'equal', right: overSteps(1, stepWithPast), kind: 'numeric',
      why: 'Any joint distribution is a product like this: the first point given the data, the second given the data and the first, and so on, each given all before it. Nothing of diffusion is used yet.',
    },
    {
      label: 'Markov: only the point before counts',
      left: stepWithPast, relation: 'equal', right: step, kind: 'numeric',
      why: 'Step t takes the present point and mixes fresh noise into it. How the chain came there makes no difference to what the step does. This is what it means to be a Markov chain.',
    },
    {
      label: 'The forward chain (eq. 2)',
      left: joint, relation: 'equal', right: overSteps(1, step), kind: 'numeric',
      why: 'The line above for every factor of the product. The first factor has the data in the place of the point before. The forward chain has no parameters: it is chosen, not learned.',
    },
    {
      label: 'It is a distribution over trajectories',
      left: total('trajectory', joint), relation: 'equal', right: one, kind: 'numeric',
      why: 'Added up over all trajectories from the same data it gives 1: the last factor adds up to 1 over its last point, then the one before, down to the first. Where points are continuous, as in DDPM, the sum is an integral.',
    },
    {
      label: 'One step more in one jump',
      left: here, relation: 'equal', right: total('xPrev', mul(step, before)), kind: 'numeric',
      why: 'Which point the chain visits at t, when only the data is known: over every earlier point, the chance of being there times the chance of going on from there. For Gaussian steps this is worked out in the derivation of the forward process in one jump.',
    },
    {
      label: 'The reverse chain (eq. 1)',
      left: model, relation: 'equal', right: mul(apply('startDensity', xEnd), overSteps(1, reverse)), kind: 'definition',
      why: 'The model is a Markov chain that runs the other way: it draws its first point from p, which is standard normal, and then takes T steps towards the data. Each step looks only at the point that it starts from. Only these steps have parameters θ. Sohl-Dickstein et al. 2015 (sections 2.1 and 2.2) brought in both chains.',
    },
    {
      label: 'What the model says of data (section 2)',
      left: apply('evidence', x0), relation: 'equal', right: total('trajectory', model), kind: 'definition',
      why: 'The noisy points are latent variables. How probable the model finds the data is the sum, or integral, over all trajectories that end in it. There are far too many to add up, which is why training needs a bound.',
    },
    {
      label: 'Two neighbours together',
      left: pair, relation: 'equal', right: mul(stepWithData, before), kind: 'numeric',
      why: 'Now the forward chain is turned round. The chance of two neighbouring points, under the condition of the data: first the earlier one, then the later one given the earlier. Here t is at least 2.',
    },
    {
      label: 'The same from the other end',
      left: pair, relation: 'equal', right: mul(posterior, here), kind: 'numeric',
      why: 'The same two points with the later one first, then the earlier one given the later. The joint chance does not ask which was taken first.',
    },
    {
      label: 'The data adds nothing to a step',
      left: stepWithData, relation: 'equal', right: step, kind: 'numeric',
      why: 'Markov once more: once the point before is known, the step does not look at the data. So the condition may be written or left out.',
    },
    {
      label: 'A forward step turned round, by Bayes\' rule',
      left: step, relation: 'equal', right: div(mul(posterior, here), before), kind: 'numeric',
      why: 'The two products of the lines above are the same; one was divided by the chance of the earlier point, which must not be zero, and the data left out of the step. A Gaussian density is zero nowhere.',
    },
    {
      label: 'The first step is kept apart',
      left: overSteps(1, step), relation: 'equal', right: mul(firstStep, overSteps(2, step)), kind: 'numeric',
      why: 'At t = 1 the earlier point is the data itself, which is known already, and there is nothing to turn round. So its factor was taken out of the product.',
    },
    {
      label: 'Turn every other step round',
      left: joint, relation: 'equal', right: mul(firstStep, overSteps(2, div(mul(posterior, here), before))), kind: 'numeric',
      why: 'Bayes\' rule from above in each factor from t = 2 on.',
    },
    {
      label: 'A product that telescopes',
      left: overSteps(2, div(here, before)), relation: 'equal', right: div(atEnd, atFirst), kind: 'numeric',
      why: 'Each denominator is the numerator of the factor before it and cancels with it. What stays is the last numerator and the first denominator.',
    },
    {
      label: 'Put the telescoped product in',
      left: joint, relation: 'equal', right: mul(mul(firstStep, div(atEnd, atFirst)), overSteps(2, posterior)), kind: 'numeric',
      why: 'The product was split into the posteriors and the quotients, and the quotients replaced by the line above.',
    },
    {
      label: 'The forward chain from its end',
      left: joint, relation: 'equal', right: mul(atEnd, overSteps(2, posterior)), kind: 'numeric',
      why: 'The first step is the jump of length one, so it cancels with the denominator. What stays: the last point drawn at once from the data, then back step by step, each point given the later one and the data. It is the same distribution over trajectories as the forward product, written the other way round.',
    },
    {
      label: 'Backwards it is a Markov chain too',
      left: conditional('forwardPosteriorAll', xPrev, sym('future'), x0), relation: 'equal', right: posterior, kind: 'numeric',
      why: 'Given the data and all later points, only the nearest of them counts: the factors of the line above are all that the chain rule from the end would ask for. A sampler that goes step by step has the same form.',
    },
    {
      label: 'Both ways round',
      left: overSteps(1, step), relation: 'equal', right: mul(atEnd, overSteps(2, posterior)), kind: 'numeric',
      why: 'The forward product and the product of posteriors side by side. The bound that DDPM is trained with compares the right side, factor by factor, with the reverse chain of the model.',
    },
  ],
};
