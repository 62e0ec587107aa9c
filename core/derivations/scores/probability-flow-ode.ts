/** The ordinary differential equation that moves points so that their densities are those of the diffusion. */
import { add, apply, derivative, derivatives, div, divergence, gaussian, gradient, mul, neg, sqrt, sub, sym, type Expr } from '../../formulas/expr';
import { SONG_2021_SDE } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { flowWorld } from '../worlds/reverse-sde';
import { diffusion, drift, half, marginal, one, point, score, spreading, squared, time, two } from './parts';

const gain = squared(diffusion);
const velocity = apply('flowVelocity', point, time);
const flux = (of: Expr): Expr => divergence('flowPoint', mul(marginal, of));
const [back, before] = [sym('backwardTime'), sym('earlierTime')];
const reversed = apply('reversedDensity', point, back);
const fluxBack = (of: Expr): Expr => divergence('flowPoint', mul(reversed, of));
const noisiness = squared(sym('noiseFraction'));
const path = (when: Expr): Expr => apply('flowPath', when);
const [m, v] = (['flowMean', 'processVariance'] as const).map((id) => (when: Expr) => apply(id, when));
const f = apply('driftRate', time);
const deviation = sqrt(v(time));
const byTime = (of: Expr): Expr => derivative(time, of);

export const PROBABILITY_FLOW_ODE: Derivation = {
  id: 'probability-flow-ode',
  title: 'The probability flow: sampling without noise',
  shows:
    'Why points that move along a certain velocity, with no noise at all, have the same density at every time as the points of the diffusion. For Gaussian data the paths follow in closed form.',
  source: SONG_2021_SDE('section 4.3, eq. 13 and appendix D.1'),
  prerequisites: [
    'The Fokker–Planck equation, and the reverse equation.',
    'The density is positive and smooth, and it and its derivatives fall to zero far out. The velocity is smooth and grows at most linearly, so that exactly one path goes through each point, and for all times.',
    'The diffusion coefficient depends on time alone. For one that depends on the point as well the velocity has a further term (appendix D.1).',
  ],
  after: ['reverse-sde'],
  given: ['continuousTime', 'flowPoint', 'driftField', 'driftRate', 'diffusionRate', 'timeDensity', 'backwardTime', 'reversedDensity', 'reverseDrift', 'noiseFraction', 'flowMean', 'processVariance', 'earlierTime'],
  cases: inWorlds(flowWorld),
  steps: [
    {
      label: 'The Fokker–Planck equation',
      left: byTime(marginal), relation: 'equal', right: add(neg(flux(drift)), spreading), kind: 'numeric',
      why: 'How the density of the diffusion moves: it is carried along the drift, and it spreads.',
    },
    {
      label: 'Spreading is transport',
      left: spreading, relation: 'equal', right: flux(mul(half, gain, score)), kind: 'numeric',
      why: 'The gradient of p is p times its score. The factor ½ g² does not depend on the point, so it may stand inside of the divergence.',
    },
    {
      label: 'All of it as transport',
      left: byTime(marginal), relation: 'equal', right: neg(flux(sub(drift, mul(half, gain, score)))), kind: 'numeric',
      why: 'The line above put in. Both terms are now divergences of p times a vector, and were drawn together. No second derivative and no noise is left to be seen.',
    },
    {
      label: 'Name the velocity (eq. 13)',
      left: velocity, relation: 'equal', right: sub(drift, mul(half, gain, score)), kind: 'definition',
      why: 'The forward drift less half of g² times the score: half as much of the score as the reverse equation has.',
    },
    {
      label: 'The continuity equation',
      left: byTime(marginal), relation: 'equal', right: neg(flux(velocity)), kind: 'numeric',
      why: 'The name was put in. This is the Fokker–Planck equation of a process with the drift f̃ and no noise: points that only move along the velocity. Started with the density of the data, they have the density of the diffusion at every time. The single paths are not those of the diffusion, though.',
    },
    {
      label: 'A path of the flow',
      left: derivatives('continuousTime', path(time)), relation: 'equal', right: apply('flowVelocity', path(time), time), kind: 'definition',
      why: 'A point that at each time moves with the velocity at the place where it is. Given where it is at one time, it is known for all times, forwards and backwards.',
    },
    {
      label: 'The same way back',
      left: derivative(back, reversed), relation: 'equal', right: neg(fluxBack(neg(velocity))), kind: 'numeric',
      why: 'In backward time the derivative changes its sign, and so does the velocity. So noise flows to data along the same paths: this is sampling, and it can be undone.',
    },
    {
      label: 'Between the two drifts',
      left: velocity, relation: 'equal', right: mul(half, add(drift, apply('reverseDrift', point, time))), kind: 'numeric',
      why: 'The reverse drift is f less g² times the score. Half of the sum of forward and reverse drift has half of that.',
    },
    {
      label: 'Any amount of noise',
      left: derivative(back, reversed), relation: 'equal', right: add(fluxBack(sub(drift, mul(half, add(one, noisiness), gain, score))), mul(half, noisiness, gain, divergence('flowPoint', gradient('flowPoint', reversed)))), kind: 'numeric',
      why: 'Noise with the squared coefficient λ² g² may be put in, if the drift gets as much more of the score as cancels the spreading that this noise causes. All these samplers pass the same densities. With λ = 0 it is the flow, with λ = 1 the reverse equation.',
    },
    {
      label: 'Gaussian data',
      left: marginal, relation: 'equal', right: gaussian(point, m(time), v(time)), kind: 'definition',
      why: 'With the linear drift f(τ)x Gaussian data stays Gaussian, here with the same variance v in every component.',
    },
    {
      label: 'Its score',
      left: score, relation: 'equal', right: neg(div(sub(point, m(time)), v(time))), kind: 'numeric',
      why: 'The gradient of the exponent: back to the mean, over the variance.',
    },
    {
      label: 'Its velocity',
      left: velocity, relation: 'equal', right: add(mul(f, point), mul(div(gain, mul(two, v(time))), sub(point, m(time)))), kind: 'numeric',
      why: 'The score was put in; two minus signs make a plus.',
    },
    {
      label: 'How the mean moves',
      left: derivatives('continuousTime', m(time)), relation: 'equal', right: mul(f, m(time)), kind: 'numeric',
      why: 'The equation of the mean of a linear equation, for all components at once.',
    },
    {
      label: 'How the deviation moves',
      left: byTime(deviation), relation: 'equal', right: add(mul(f, deviation), div(gain, mul(two, deviation))), kind: 'numeric',
      why: 'The derivative of a root is the derivative of what is below over twice the root, and the variance moves with 2 f v + g².',
    },
    {
      label: 'The velocity in these terms',
      left: velocity, relation: 'equal', right: add(derivatives('continuousTime', m(time)), mul(div(byTime(deviation), deviation), sub(point, m(time)))), kind: 'numeric',
      why: 'x was split into the mean and the way from it. The mean part is how the mean moves; the factor of the rest, f + g²/(2v), is how the deviation moves over the deviation.',
    },
    {
      label: 'What stays the same along a path',
      left: div(sub(path(time), m(time)), deviation), relation: 'equal', right: div(sub(path(before), m(before)), sqrt(v(before))), kind: 'numeric',
      why: 'By the line above the way from the mean grows at the same relative rate as the deviation. So measured in deviations it does not change: it is the same at any two times s and τ.',
    },
    {
      label: 'The path in closed form',
      left: path(time), relation: 'equal', right: add(m(time), mul(div(deviation, sqrt(v(before))), sub(path(before), m(before)))), kind: 'numeric',
      why: 'Solved for the point. The flow moves the mean and stretches the cloud around it, and nothing else: the cloud keeps its shape.',
    },
  ],
};
