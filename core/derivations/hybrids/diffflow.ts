/** Diffusion normalizing flow (Zhang & Chen 2021): two learned chains, and the divergence of their trajectories. */
import { add, apply, conditional, derivative, div, entropy, expectation, fn, gaussian1, kl, mul, neg, num, PI, pow, product, sqrt, sub, sum, sym, type Expr } from '../../formulas/expr';
import { ZHANG_2021 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { diffflowWorld } from '../worlds/diffflow';

const [one, two] = [num(1), num(2)];
const half = div(one, two);
const [x0, xt, xPrev, xEnd, path, T] = [sym('x0'), sym('xt'), sym('xPrev'), sym('xEnd'), sym('wholeTrajectory'), sym('T')];
const [g, dt, forth, back, kappa] = [sym('stepDiffusion'), sym('stepTime'), sym('forwardNoise'), sym('backwardNoise'), sym('shrinkRate')];
const log = (of: Expr): Expr => fn('log', of);
const square = (of: Expr): Expr => pow(of, 2);
const [drift, score] = [(at: Expr): Expr => apply('flowDrift', at), (at: Expr): Expr => apply('scoreNetwork', at)];
const width = mul(g, sqrt(dt));
const variance = mul(square(g), dt);
const moved = add(xPrev, mul(dt, drift(xPrev)));
const pull = sub(drift(xt), mul(square(g), score(xt)));
const returned = sub(xt, mul(dt, pull));
const [stepForth, stepBack] = [conditional('pathStep', xt, xPrev), conditional('returnStep', xPrev, xt)];
const [data, start] = [apply('dataDistribution', x0), apply('startDensity', xEnd)];
const [forward, backward] = [apply('forwardPaths', path), apply('backwardPaths', path)];
const overPaths = (body: Expr): Expr => expectation('wholeTrajectory', forward, body);
const overSteps = (body: Expr): Expr => sum(1, T, body, 't');
const pathGap = kl('wholeTrajectory', forward, backward);
const height = mul(half, log(mul(two, PI, variance)));
const less = mul(half, sub(square(back), square(forth)));

export const DIFFFLOW: Derivation = {
  id: 'diffflow',
  title: 'Diffusion normalizing flows',
  shows:
    'How a forward and a backward chain, both learned, are trained together: the divergence of their trajectories is a sum of squared noises that the backward chain would need. Then its two special cases: a fixed linear drift gives a diffusion model, vanishing noise a flow.',
  source: ZHANG_2021('the sections on the method, on its discretisation, and on how it relates to flows and diffusion models'),
  prerequisites: [
    'The density of a Gaussian, and of a point that is a function of noise.',
    'The Kullback–Leibler divergence.',
    'Conventions: t = 1 … T, all steps of length Δ, one dimension. Drift f and score s may also depend on t, which is not written. A discretisation may take g at either end of a step; here both chains use the same g_t in step t, a number greater than zero.',
  ],
  after: ['normalizing-flow', 'score-sde', 'kl-properties'],
  given: ['x0', 'xt', 'xPrev', 'xEnd', 'wholeTrajectory', 'T', 'stepTime', 'stepDiffusion', 'flowDrift', 'scoreNetwork', 'dataDistribution', 'startDensity', 'pathStep', 'returnStep', 'backwardMarginal', 'standardDensity'],
  cases: inWorlds((seed, step) => diffflowWorld(seed, step), {
    tight: (seed, step) => diffflowWorld(seed, step, { reversible: true }),
    limit: (seed, n, step) => diffflowWorld(seed, step, { small: 0.01 / 10 ** n }),
  }),
  steps: [
    {
      label: 'A step forward',
      left: xt, relation: 'equal', right: add(moved, mul(width, forth)), kind: 'definition',
      why: 'From data towards noise: a drift f that a network learns, and fresh standard normal noise. This is one step of Euler and Maruyama for a stochastic differential equation.',
    },
    {
      label: 'Its density',
      left: stepForth, relation: 'equal', right: gaussian1(xt, moved, variance), kind: 'numeric',
      why: 'Given the point before, only the noise is random. It is shifted by the drift and scaled by g√Δ, so its variance is g²Δ.',
    },
    {
      label: 'A step backward',
      left: xPrev, relation: 'equal', right: add(returned, mul(width, back)), kind: 'definition',
      why: 'From noise towards data, with a second network s in the drift. If the forward chain is known and the steps are small, the best s is the score of its points: this is the reversed equation.',
    },
    {
      label: 'Its density',
      left: stepBack, relation: 'equal', right: gaussian1(xPrev, returned, variance), kind: 'numeric',
      why: 'As for the forward step, with the other drift and the same variance.',
    },
    {
      label: 'The noise that the backward chain would need',
      left: back, relation: 'equal', right: div(add(sub(xPrev, xt), mul(dt, pull)), width), kind: 'numeric',
      why: 'The backward step solved for its noise. So it can be computed again from any trajectory, although that was drawn forward; no noise needs to be stored.',
    },
    {
      label: 'A whole trajectory, forward',
      left: forward, relation: 'equal', right: mul(data, product(1, T, stepForth, 't')), kind: 'definition',
      why: 'It begins with an example, and each step looks only at the point before.',
    },
    {
      label: 'A whole trajectory, backward',
      left: backward, relation: 'equal', right: mul(start, product(1, T, stepBack, 't')), kind: 'definition',
      why: 'It begins with a draw of pure noise at T. The same trajectories now have another density.',
    },
    {
      label: 'What training makes small',
      left: kl('x0', data, apply('backwardMarginal', x0)), relation: 'at-most', right: pathGap, kind: 'numeric',
      why: 'The divergence from the data to what the model samples cannot be computed. But to forget all of a trajectory except x₀ can only make a divergence smaller. Both sides agree where the two chains make the same trajectories out of the same x₀.',
    },
    {
      label: 'Step against step',
      left: pathGap, relation: 'equal', right: overPaths(add(sub(log(data), log(start)), overSteps(log(div(stepForth, stepBack))))), kind: 'numeric',
      why: 'The logarithm of the quotient of the two products. Each forward step stands over the backward step between the same two points.',
    },
    {
      label: 'The forward step in terms of its noise',
      left: log(stepForth), relation: 'equal', right: sub(neg(mul(half, square(forth))), height), kind: 'numeric',
      why: 'In the exponent of the Gaussian stands the difference from the mean over the standard deviation, and that is the noise.',
    },
    {
      label: 'The backward step in terms of its noise',
      left: log(stepBack), relation: 'equal', right: sub(neg(mul(half, square(back))), height), kind: 'numeric',
      why: 'The same with the noise that the backward chain would need.',
    },
    {
      label: 'The ratio of one step',
      left: log(div(stepForth, stepBack)), relation: 'equal', right: less, kind: 'numeric',
      why: 'Both Gaussians have the same variance, so their heights cancel. Only the squared noises are left.',
    },
    {
      label: 'The forward noise is known',
      left: overPaths(overSteps(square(forth))), relation: 'equal', right: T, kind: 'numeric',
      why: 'The mean square of standard normal noise is 1, in each of T steps. In D dimensions each step gives D.',
    },
    {
      label: 'The loss',
      left: sym('pathLoss'), relation: 'equal', right: overPaths(sub(overSteps(mul(half, square(back))), log(start))), kind: 'definition',
      why: 'What depends on the networks: how much noise the backward chain would need, and how well the ends of trajectories fit the noise that sampling starts from. The gradient goes through the whole trajectory, as the forward chain is learned too.',
    },
    {
      label: 'It is the divergence up to constants',
      left: pathGap, relation: 'equal', right: sub(sub(sym('pathLoss'), entropy('x0', data)), div(T, two)), kind: 'numeric',
      why: 'The ratio of one step was put in, with half of the line about the forward noise. The entropy of the data and T/2 depend on no parameter.',
    },
    {
      label: 'Where the backward noise comes from',
      left: back, relation: 'equal', right: add(sub(neg(forth), mul(width, score(xt))), mul(div(sqrt(dt), g), sub(drift(xt), drift(xPrev)))), kind: 'numeric',
      why: 'The forward step put into the noise that the backward chain would need: the way back is minus the way forth. The last term is the change of the drift along the step, which is small for small steps.',
    },
    {
      label: 'A fixed linear drift',
      left: drift(xPrev), relation: 'equal', right: neg(mul(kappa, xPrev)), kind: 'definition',
      why: 'The special case of a diffusion model: the forward chain is not learned and only shrinks each point.',
    },
    {
      label: 'The noise in a diffusion model',
      left: back, relation: 'equal', right: add(sub(neg(mul(add(one, mul(kappa, dt)), forth)), mul(width, score(xt))), mul(div(mul(square(kappa), dt, sqrt(dt)), g), xPrev)), kind: 'numeric',
      why: 'The change of the linear drift was written out. For small Δ this is minus the forward noise less g√Δ s. So this step adds to the loss half the squared error with which −g√Δ s(x_t) predicts the noise of the step; DDPM predicts all the noise since the data instead. Without drift, κ = 0, this is exact.',
    },
    {
      label: 'Vanishing noise: a flow',
      left: expectation('forwardNoise', apply('standardDensity', forth), less), relation: 'approaches', right: neg(log(derivative(xPrev, moved))), kind: 'numeric',
      why: 'Without the score, s = 0, and with any smooth drift: the mean log ratio of one step over its noise, which has the standard normal density r, when Δ and g go to zero, with Δ/g going to zero as well. It becomes minus the logarithm of the derivative of the step without noise: both are of the size of Δ and their difference is small beside Δ, so that it vanishes even when it is added up over all steps of a fixed time. Summed over the steps this is minus the log-determinant of a flow, and the loss its negative log-likelihood but for the constant T/2.',
    },
  ],
};
