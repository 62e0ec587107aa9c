/** Diffusion recovery likelihood (Gao et al. 2021): an energy-based model of examples whose noisy versions are known. */
import { add, apply, conditional, derivative, div, dot, expectation, fn, gaussian, gradient, integral, mul, neg, normSq, num, PI, pow, sub, sym, type Expr } from '../../formulas/expr';
import { GAO_2021 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { recoveryWorld } from '../worlds/recovery-likelihood';

const [one, two] = [num(1), num(2)];
const half = div(one, two);
const [x, sample, noisy, theta, Z] = [sym('x'), sym('modelSample'), sym('noisy'), sym('parameters'), sym('recoveryPartition')];
const variance = pow(sym('noiseLevel'), 2);
const [log, exp] = [(of: Expr): Expr => fn('log', of), (of: Expr): Expr => fn('exp', of)];
const energy = (at: Expr): Expr => apply('energy', at);
const model = (at: Expr): Expr => apply('energyModel', at);
const kernel = (from: Expr): Expr => conditional('kernel', noisy, from);
const marginal = apply('noisyModel', noisy);
const recovery = (at: Expr): Expr => conditional('recovery', at, noisy);
const tangent = (at: Expr): Expr => apply('tangentEnergy', at, noisy);
const tangentRecovery = conditional('tangentRecovery', x, noisy);
const distance = (at: Expr): Expr => div(normSq(sub(at, noisy)), mul(two, variance));
const tilted = (at: Expr, by: (at: Expr) => Expr): Expr => sub(neg(by(at)), distance(at));
const pull = gradient('noisy', energy(noisy));
const centre = sub(noisy, mul(variance, pull));
const normal = gaussian(x, centre, variance);
const matching = (target: Expr): Expr => mul(div(variance, two), normSq(sub(neg(pull), target)));
const way = div(sub(x, noisy), variance);
const height = mul(half, log(mul(two, PI, variance)));
const target = gradient('noisy', log(kernel(x)));

export const RECOVERY_LIKELIHOOD: Derivation = {
  id: 'recovery-likelihood',
  title: 'Energy-based models by recovery likelihood',
  shows:
    'Why an energy is easier to sample and to train when a noisy version of the example is known: the noise adds a quadratic well around it. For little noise the conditional is nearly Gaussian, and its training is denoising score matching.',
  source: GAO_2021('the sections on recovery likelihood and on the normal approximation to the conditional'),
  prerequisites: [
    'An energy-based model and the gradient of its log-likelihood.',
    'Bayes\' rule, and the density of a Gaussian.',
    'The lines are written for any number of dimensions and checked in one dimension; the energy is smooth in x and θ and grows so fast that all integrals exist. Gao et al. write f for −E.',
  ],
  after: ['ebm-gradient', 'ebm-langevin', 'score-sde'],
  given: ['x', 'modelSample', 'noisy', 'noiseLevel', 'energy', 'parameters'],
  cases: inWorlds((seed) => recoveryWorld(seed), {
    pair: (seed) => [recoveryWorld(seed), recoveryWorld(seed, { other: true })],
    // What the mean lacks is of the order of the variance, all else of the order of σ.
    limit: (seed, n, { left }) => recoveryWorld(seed, { small: left.kind === 'expectation' ? 0.1 / 10 ** (n / 2) : 0.02 / 10 ** n }),
  }),
  steps: [
    {
      label: 'The model of examples',
      left: model(x), relation: 'equal', right: div(exp(neg(energy(x))), sym('partition')), kind: 'definition',
      why: 'A density that is known up to its partition function. In the paper x itself may have noise already: there is one energy for every noise level, and this is one of them.',
    },
    {
      label: 'A noisy version',
      left: kernel(x), relation: 'equal', right: gaussian(noisy, x, variance), kind: 'definition',
      why: 'Gaussian noise with the variance σ² is added to the example.',
    },
    {
      label: 'How noisy points are distributed',
      left: marginal, relation: 'equal', right: integral('modelSample', mul(model(sample), kernel(sample))), kind: 'definition',
      why: 'All examples of the model, each blurred by the noise.',
    },
    {
      label: 'The recovery likelihood, by Bayes\' rule',
      left: recovery(x), relation: 'equal', right: div(mul(model(x), kernel(x)), marginal), kind: 'definition',
      why: 'How probable the model finds an example when its noisy version is known. Training makes this large for pairs of examples and their noisy versions.',
    },
    {
      label: 'Up to a constant',
      left: recovery(x), relation: 'proportional', right: exp(tilted(x, energy)), kind: 'numeric',
      why: 'The partition function, the density of the noisy point and the height of the Gaussian are the same for all x. What is left is an energy-based model again, with a quadratic well added to the energy.',
    },
    {
      label: 'Its own partition function',
      left: Z, relation: 'equal', right: integral('modelSample', exp(tilted(sample, energy))), kind: 'definition',
      why: 'What makes the line above integrate to 1. It depends on the noisy point and on θ.',
    },
    {
      label: 'The recovery likelihood as an energy-based model',
      left: recovery(x), relation: 'equal', right: div(exp(tilted(x, energy)), Z), kind: 'numeric',
      why: 'The constant of the proportionality is found by integrating both sides: the left one gives 1.',
    },
    {
      label: 'The gradient of its log-likelihood',
      left: derivative(theta, log(recovery(x))), relation: 'equal', right: sub(expectation('modelSample', recovery(sample), derivative(theta, energy(sample))), derivative(theta, energy(x))), kind: 'numeric',
      why: 'As for any energy-based model; the quadratic well does not depend on θ. But the samples x⁻ are now drawn given the same noisy point, near which they stay.',
    },
    {
      label: 'The score that samples them',
      left: gradient('x', log(recovery(x))), relation: 'equal', right: sub(neg(gradient('x', energy(x))), way), kind: 'numeric',
      why: 'The gradient of the energy, and a pull towards the noisy point. With little noise the conditional keeps near the noisy point, so Langevin steps that start there need not find their way from one region of examples to another.',
    },
    {
      label: 'How strongly it bends, along one axis',
      left: derivative(x, derivative(x, log(recovery(x)))), relation: 'equal', right: sub(neg(derivative(x, derivative(x, energy(x)))), div(one, variance)), kind: 'numeric',
      why: 'The derivative of the line above, in one dimension. If the energy always bends down less strongly than 1/σ², this is negative everywhere: the conditional has one hill only, however many the model has.',
    },
    {
      label: 'The tangent of the energy',
      left: tangent(x), relation: 'equal', right: add(energy(noisy), dot(pull, sub(x, noisy))), kind: 'definition',
      why: 'The first-order expansion around the noisy point. Examples are about σ away from it, so for little noise the tangent is good where it matters.',
    },
    {
      label: 'Complete the square',
      left: tilted(x, tangent), relation: 'equal', right: add(neg(div(normSq(sub(x, centre)), mul(two, variance))), sub(mul(div(variance, two), normSq(pull)), energy(noisy))), kind: 'numeric',
      why: 'A linear term moves the centre of a square, by −σ² times the gradient. What is left over does not depend on x.',
    },
    {
      label: 'The conditional with the tangent',
      left: tangentRecovery, relation: 'equal', right: div(exp(tilted(x, tangent)), integral('modelSample', exp(tilted(sample, tangent)))), kind: 'definition',
      why: 'The recovery likelihood with the tangent in the place of the energy.',
    },
    {
      label: 'It is a Gaussian',
      left: tangentRecovery, relation: 'equal', right: normal, kind: 'numeric',
      why: 'By the completed square. Its mean is the noisy point plus σ² times the score −∇E: Tweedie\'s formula, with the score taken from the model of examples.',
    },
    {
      label: 'With little noise the conditional is nearly this Gaussian',
      left: log(div(recovery(x), kernel(x))), relation: 'approaches', right: log(div(normal, kernel(x))), kind: 'numeric',
      why: 'Both are divided by the density of the noise, so that only what the energy does is compared. As σ goes to zero, at an example a fixed number of σ away from the noisy point, both sides shrink like σ. Their difference shrinks like σ²: that is the size of the second-order term that the tangent leaves out.',
    },
    {
      label: 'The mean way to the examples',
      left: expectation('modelSample', recovery(sample), div(sub(sample, noisy), variance)), relation: 'approaches', right: neg(pull), kind: 'numeric',
      why: 'The mean way from the noisy point to the examples, over σ². For the Gaussian it is −∇E for every σ, for the recovery likelihood in the limit.',
    },
    {
      label: 'Its log-likelihood is a squared error',
      left: neg(log(normal)), relation: 'equal', right: add(matching(way), height), kind: 'numeric',
      why: 'The logarithm of the Gaussian, with σ² taken out of the square. The last term is for one dimension; with D of them it occurs D times.',
    },
    {
      label: 'The target is a score',
      left: target, relation: 'equal', right: way, kind: 'numeric',
      why: 'The gradient of the log-density of the noise, by the noisy point: the way back to the example, over σ².',
    },
    {
      label: 'Denoising score matching',
      left: neg(log(normal)), relation: 'equal', right: add(matching(target), height), kind: 'numeric',
      why: 'The target was put in. The first term is the loss of denoising score matching, weighted by σ²/2, for the score −∇E of the energy at the noisy point.',
    },
    {
      label: 'The gradients agree in the limit',
      left: derivative(theta, neg(log(recovery(x)))), relation: 'approaches', right: derivative(theta, matching(way)), kind: 'numeric',
      why: 'This is for σ going to zero with the noise of the draw held fixed; the target is written out as the way over σ². Both gradients shrink like σ, and their difference like σ². So with many small noise levels recovery likelihood trains as a score model does, and with larger ones it does not rely on the tangent.',
    },
  ],
};
