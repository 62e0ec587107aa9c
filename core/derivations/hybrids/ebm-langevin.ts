/** Sampling an energy-based model by Langevin steps, what short chains of them miss, and the gradient that samples estimate. */
import { add, apply, derivative, div, expectation, fn, gaussian, gradient, letter, mul, neg, normSq, num, pow, power, sqrt, sub, sum, sym, type Expr } from '../../formulas/expr';
import { NIJKAMP_2019 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { ebmLangevinWorld, smallSteps } from '../worlds/ebm-langevin';

const [one, two] = [num(1), num(2)];
const [x, moved, sample, theta, Z, z, step] = [sym('x'), sym('langevinPoint'), sym('modelSample'), sym('parameters'), sym('partition'), sym('z'), sym('langevinStep')];
const [centre, variance, keep, limit, k] = [sym('wellCentre'), sym('wellVariance'), sym('langevinKeep'), sym('stationaryVariance'), letter('k')];
const [mean, nextMean, startMean] = [sym('runMean', 'k'), sym('runMean', 'k+1'), sym('runMean', '0')];
const [spread, nextSpread, startSpread] = [sym('runVariance', 'k'), sym('runVariance', 'k+1'), sym('runVariance', '0')];
const log = (of: Expr): Expr => fn('log', of);
const [energy, sampleEnergy] = [apply('energy', x), apply('energy', sample)];
const [model, sampleModel] = [apply('energyModel', x), apply('energyModel', sample)];
const noise = mul(sqrt(step), z);
const slope = (of: Expr): Expr => derivative(theta, of);
const exact = expectation('modelSample', sampleModel, slope(sampleEnergy));
const [draw, N] = [sym('negativeSample', 'i'), sym('negativeCount')];
const estimate = mul(div(one, N), sum(1, N, slope(apply('energy', draw)), 'i'));
const overDraws = (body: Expr): Expr => expectation('negativeSamples', apply('batchDistribution', sym('negativeSamples')), body);

export const EBM_LANGEVIN: Derivation = {
  id: 'ebm-langevin',
  title: 'Langevin sampling of an energy-based model',
  shows:
    'Why a sampler that walks along the score needs no partition function, and where a walk of finitely many finite steps ends: for a quadratic energy exactly. Then what the samples are for: an estimate of the gradient whose error is known.',
  source: NIJKAMP_2019('section on learning with short-run MCMC; Langevin training also in Song & Kingma 2021, arXiv 2101.03288'),
  prerequisites: [
    'An energy-based model, and the gradient of its log-likelihood.',
    'Means and variances of sums of independent numbers; for a number times a constant the variance is multiplied by the square of the constant.',
    'Conventions: λ is the variance of the noise of one step, and the gradient is multiplied by λ/2. Code often sets the two apart, which samples at another temperature.',
  ],
  after: ['energy-based', 'ebm-gradient'],
  given: ['x', 'modelSample', 'energy', 'parameters', 'z', 'langevinStep', 'runMean', 'runVariance', 'dimensions', 'negativeSample', 'negativeSamples', 'batchDistribution', 'negativeCount'],
  cases: inWorlds(ebmLangevinWorld, { limit: smallSteps }),
  steps: [
    {
      label: 'The model',
      left: model, relation: 'equal', right: div(fn('exp', neg(energy)), Z), kind: 'definition',
      why: 'Low energy means high density. Z is the sum, or for densities the integral, of the exponential over all examples.',
    },
    {
      label: 'Its logarithm',
      left: log(model), relation: 'equal', right: sub(neg(energy), log(Z)), kind: 'numeric',
      why: 'The logarithm turns the quotient into a difference and undoes the exponential.',
    },
    {
      label: 'The score does without Z',
      left: gradient('x', log(model)), relation: 'equal', right: neg(gradient('x', energy)), kind: 'numeric',
      why: 'The gradient is taken by the example. Z is the same number for all examples, so its logarithm has no gradient by x. One backward pass through the network gives the score.',
    },
    {
      label: 'A Langevin step along the score',
      left: moved, relation: 'equal', right: add(x, mul(div(step, two), gradient('x', log(model))), noise), kind: 'definition',
      why: 'A small way along the score, and fresh standard normal noise with the variance λ. In the limit of ever smaller and ever more steps the points are distributed as the model, if the energy is smooth and grows fast enough far away.',
    },
    {
      label: 'The same step with the energy',
      left: moved, relation: 'equal', right: add(sub(x, mul(div(step, two), gradient('x', energy))), noise), kind: 'numeric',
      why: 'The score was replaced by minus the gradient of the energy. This is what code computes: a step of gradient descent on the energy, with noise.',
    },
    {
      label: 'A quadratic energy',
      left: energy, relation: 'equal', right: div(normSq(sub(x, centre)), mul(two, variance)), kind: 'definition',
      why: 'An energy for which all can be computed: its model is the Gaussian around c with variance v in every component. From here on this energy is meant.',
    },
    {
      label: 'Its gradient',
      left: gradient('x', energy), relation: 'equal', right: div(sub(x, centre), variance), kind: 'numeric',
      why: 'The gradient of a squared distance is twice the difference, and the 2 cancels.',
    },
    {
      label: 'The step for this energy',
      left: moved, relation: 'equal', right: add(centre, mul(sub(one, div(step, mul(two, variance))), sub(x, centre)), noise), kind: 'numeric',
      why: 'The gradient put into the step; then everything was written as a difference from the centre.',
    },
    {
      label: 'What a step keeps',
      left: keep, relation: 'equal', right: sub(one, div(step, mul(two, variance))), kind: 'definition',
      why: 'The factor of the line above has a name. It is below 1, and above −1 as long as λ is smaller than 4v. With a larger step size the chain runs away.',
    },
    {
      label: 'The mean after one more step',
      left: nextMean, relation: 'equal', right: add(centre, mul(keep, sub(mean, centre))), kind: 'numeric',
      why: 'The mean of the step: the noise has mean zero, and the rest is linear. Index k counts the steps of the chain.',
    },
    {
      label: 'The variance after one more step',
      left: nextSpread, relation: 'equal', right: add(mul(pow(keep, 2), spread), step), kind: 'numeric',
      why: 'The fresh noise is independent of where the chain is, so the variances add up. The factor ρ enters as a square.',
    },
    {
      label: 'The mean after k steps',
      left: mean, relation: 'equal', right: add(centre, mul(power(keep, k), sub(startMean, centre))), kind: 'numeric',
      why: 'Each step multiplies the way from the centre by ρ once more. After few steps with a small step size much of the start is left.',
    },
    {
      label: 'A variance that stays',
      left: limit, relation: 'equal', right: add(mul(pow(keep, 2), limit), step), kind: 'definition',
      why: 'In the long run a step leaves the variance as it is: put the same number on both sides.',
    },
    {
      label: 'Solved',
      left: limit, relation: 'equal', right: div(step, sub(one, pow(keep, 2))), kind: 'numeric',
      why: 'The two terms with the variance were brought to one side, and the equation divided by their factor.',
    },
    {
      label: 'Compared with the model',
      left: limit, relation: 'equal', right: div(variance, sub(one, div(step, mul(num(4), variance)))), kind: 'numeric',
      why: 'One minus ρ² is λ/v − λ²/(4v²), and λ cancels. The long run is too wide, by a factor that depends on the step size. To accept or refuse each step by the rule of Metropolis and Hastings, which compares the densities of the model at both ends and those of the step there and back, would remove this.',
    },
    {
      label: 'Small steps',
      left: limit, relation: 'approaches', right: variance, kind: 'numeric',
      why: 'As λ goes to zero the long run has the variance of the model. Its mean is the centre for every step size.',
    },
    {
      label: 'The variance after k steps',
      left: spread, relation: 'equal', right: add(limit, mul(power(keep, mul(two, k)), sub(startSpread, limit))), kind: 'numeric',
      why: 'The distance from the variance that stays is multiplied by ρ² in each step. So a chain that starts narrower than the long run stays narrower, and a short chain from a start much narrower than the model is too narrow for it.',
    },
    {
      label: 'The error of a short chain, centre',
      left: expectation('modelSample', gaussian(sample, mean, spread), gradient('wellCentre', sampleEnergy)), relation: 'equal', right: neg(mul(power(keep, k), div(sub(startMean, centre), variance))), kind: 'numeric',
      why: 'The mean of the gradient by a parameter, here c, over chains of k steps; points that start as a Gaussian remain one. Under the model this mean is zero. So the whole right side is error, and it shrinks as the start is forgotten. Training with short chains stops where the data and the ends of short chains agree on the mean of the gradient, which need not be where data and model agree.',
    },
    {
      label: 'The error of large steps, variance',
      left: expectation('modelSample', gaussian(sample, centre, limit), derivative(variance, sampleEnergy)), relation: 'equal', right: neg(div(mul(sym('dimensions'), limit), mul(two, pow(variance, 2)))), kind: 'numeric',
      why: 'The other parameter, after a long chain with steps of a fixed size. With the variance of the model it would be D/(2v) with a minus sign. So its size is too large by the factor of the long run.',
    },
    {
      label: 'The estimate is right on average',
      left: overDraws(estimate), relation: 'equal', right: exact, kind: 'numeric',
      why: 'Back to any energy, with one parameter θ. N independent samples of the model are drawn, and the derivative of the energy is averaged over them. Each of them alone has the right mean, so their average has it too: the estimate is unbiased.',
    },
    {
      label: 'How far it scatters',
      left: overDraws(pow(sub(estimate, exact), 2)), relation: 'equal', right: mul(div(one, N), expectation('x', model, pow(sub(slope(energy), exact), 2))), kind: 'numeric',
      why: 'The variance of an average of independent numbers is the variance of one of them over N. On the right x stands for one sample. For chains that are not finished the bias of the lines before comes on top.',
    },
  ],
};
