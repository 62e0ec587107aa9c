/** The chains of DDPM and of noise conditional score networks with more and more, smaller and smaller steps. */
import { add, apply, definite, derivative, div, fn, letter, mul, neg, normSq, num, pow, product, sqrt, sub, sum, sym, type Expr } from '../../formulas/expr';
import { SONG_2021_SDE } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { sdeLimitsLimit, sdeLimitsWorld } from '../worlds/sde-limits';
import { half, one, squared, time, zero } from './parts';

const [i, N, dTime] = [letter('i'), sym('timeSteps'), sym('timeIncrement')];
const [x, xBefore, z, dW] = [sym('stepPoint', 'i'), sym('stepPoint', 'i-1'), sym('stepShock', 'i'), sym('brownianStep', 'i')];
const [betaI, betaJ, alphaBar] = [sym('beta', 'i'), sym('beta', 'j'), sym('alphaBar', 'i')];
const beta = (when: Expr): Expr => apply('betaAt', when);
const level = (when: Expr): Expr => apply('explodingLevel', when);
const log = (of: Expr): Expr => fn('log', of);
const kept = sqrt(sub(one, betaI));
const all = definite('earlierTime', zero, time, beta(sym('earlierTime')));
const eight = num(8);
const step = add(neg(mul(half, beta(time), xBefore, dTime)), mul(sqrt(beta(time)), dW));
const rise = sub(squared(sym('stepLevel', 'i')), squared(sym('stepLevel', 'i-1')));
const slope = derivative(time, squared(level(time)));

export const VP_VE_LIMITS: Derivation = {
  id: 'vp-ve-limits',
  title: 'From chains to differential equations',
  shows:
    'How the chain of DDPM becomes the variance preserving equation, and the noise levels of score networks the variance exploding one, when the same time is cut into more and more steps. Each approximation is a limit with its own line.',
  source: SONG_2021_SDE('section 3.4, eq. 8 to 11, and appendix B'),
  prerequisites: [
    'A step of DDPM\'s forward chain. The number of its steps is called N here, since time runs from 0 to 1; the paper of DDPM calls it T.',
    'A stochastic differential equation in short steps, and the kernels of the two equations.',
    'The function β is continuous, and the squared noise level has a continuous derivative; β and this derivative are positive. In all limits N grows and i grows with it, so that i/N = τ stays where it is.',
  ],
  after: ['forward-sde'],
  given: ['timeSteps', 'continuousTime', 'betaAt', 'stepPoint', 'stepShock', 'explodingLevel', 'earlierTime'],
  cases: inWorlds(sdeLimitsWorld, { limit: sdeLimitsLimit }),
  steps: [
    {
      label: 'The length of a step',
      left: dTime, relation: 'equal', right: div(one, N), kind: 'definition',
      why: 'The time from 0 to 1 is cut into N steps of the same length.',
    },
    {
      label: 'Smaller steps, less noise in each (appendix B)',
      left: betaI, relation: 'equal', right: div(beta(div(i, N)), N), kind: 'definition',
      why: 'With N times as many steps each one adds N times less, so that the noise of the whole stays the same. β at τ is a rate per time; the β of a chain is an amount per step.',
    },
    {
      label: 'A step of DDPM\'s chain (eq. 10)',
      left: x, relation: 'equal', right: add(mul(kept, xBefore), mul(sqrt(betaI), z)), kind: 'definition',
      why: 'The point shrinks a little and noise is added. The noise of step i has the index i here; Song et al. write i − 1.',
    },
    {
      label: 'By how much the point changes',
      left: sub(x, xBefore), relation: 'equal', right: add(neg(mul(sub(one, kept), xBefore)), mul(sqrt(betaI), z)), kind: 'numeric',
      why: 'The point before was taken off on both sides.',
    },
    {
      label: 'The Brownian step',
      left: dW, relation: 'equal', right: mul(sqrt(dTime), z), kind: 'definition',
      why: 'Independent normal numbers whose variance is the length of the step: the changes of a Brownian motion.',
    },
    {
      label: 'The noise of the chain is Brownian',
      left: mul(sqrt(betaI), z), relation: 'equal', right: mul(sqrt(beta(div(i, N))), dW), kind: 'numeric',
      why: 'The root of β_i is the root of β(i/N) times the root of 1/N, and the latter belongs to the Brownian step. This holds without any limit.',
    },
    {
      label: 'What the chain takes away',
      left: sub(one, kept), relation: 'equal', right: div(betaI, add(one, kept)), kind: 'numeric',
      why: 'Multiplied and divided by one plus the root: the product of sum and difference is 1 − (1 − β_i) = β_i.',
    },
    {
      label: 'Per time it approaches half of the rate',
      left: div(sub(one, kept), dTime), relation: 'approaches', right: mul(half, beta(time)), kind: 'numeric',
      why: 'β_i over the length of the step is β(i/N), and i/N is τ. The root in the denominator above goes to 1, so the denominator goes to 2.',
    },
    {
      label: 'The error of √(1 − β) ≈ 1 − β/2',
      left: div(sub(kept, sub(one, mul(half, betaI))), squared(betaI)), relation: 'approaches', right: neg(div(one, eight)), kind: 'numeric',
      why: 'The next term of Taylor\'s formula of the root. So the error of one step is of second order in its length, and all N steps together err by something of first order, which goes to zero.',
    },
    {
      label: 'The variance preserving equation (eq. 11)',
      left: div(normSq(sub(sub(x, xBefore), step)), pow(dTime, 4)), relation: 'approaches', right: mul(squared(div(squared(beta(time)), eight)), normSq(xBefore)), kind: 'numeric',
      why: 'The step of the chain against a step of dx = −½β x dτ + √β dW, for one and the same point before and the same noise, scaled. They differ by a length of second order: its square over the fourth power of the step has a limit. So the chain is a way to solve this equation in steps, of the same order as Euler\'s.',
    },
    {
      label: 'What is left of the signal',
      left: alphaBar, relation: 'equal', right: product(1, i, sub(one, betaJ), 'j'), kind: 'definition',
      why: 'As in DDPM: each step keeps 1 − β of the variance of the signal, and the steps multiply.',
    },
    {
      label: 'A sum of logarithms',
      left: log(alphaBar), relation: 'equal', right: sum(1, i, log(sub(one, betaJ)), 'j'), kind: 'numeric',
      why: 'The logarithm of a product is the sum of the logarithms.',
    },
    {
      label: 'Each logarithm is minus β',
      left: div(log(sub(one, betaI)), betaI), relation: 'approaches', right: num(-1), kind: 'numeric',
      why: 'The slope of the logarithm at 1 is 1. As steps get short β_i goes to zero at all times together, since β is bounded, so that this may be used in every term of the sum.',
    },
    {
      label: 'The sum becomes an integral',
      left: sum(1, i, betaJ, 'j'), relation: 'approaches', right: all, kind: 'numeric',
      why: 'β(j/N) times the width 1/N, added up over all steps up to τ, is a Riemann sum of the continuous function β.',
    },
    {
      label: 'The product becomes an exponential',
      left: alphaBar, relation: 'approaches', right: fn('exp', neg(all)), kind: 'numeric',
      why: 'The three lines above: the logarithm approaches minus the integral, and the exponential is continuous. The root of this is the factor α of the variance preserving equation, and 1 less the limit is the variance of its noise. So not only the steps but also the kernels agree.',
    },
    {
      label: 'Noise levels of a chain',
      left: sym('stepLevel', 'i'), relation: 'equal', right: level(div(i, N)), kind: 'definition',
      why: 'Score networks were first trained at a rising row of noise levels. Here they are taken from a smooth function of time.',
    },
    {
      label: 'The chain that belongs to them (eq. 8)',
      left: x, relation: 'equal', right: add(xBefore, mul(sqrt(rise), z)), kind: 'definition',
      why: 'From one level to the next noise is added whose variance is what the squared level rises. Nothing is shrunk.',
    },
    {
      label: 'All its noise from the first level on',
      left: sum(2, i, sub(squared(sym('stepLevel', 'j')), squared(sym('stepLevel', 'j-1'))), 'j'), relation: 'equal', right: sub(squared(sym('stepLevel', 'i')), squared(sym('stepLevel', '1'))), kind: 'numeric',
      why: 'Independent variances add up. Each squared level but the first and the last stands once with plus and once with minus. The first level is that at time 1/N and approaches the level at time 0. So this is the variance of the kernel of the variance exploding equation.',
    },
    {
      label: 'In terms of the Brownian step',
      left: sub(x, xBefore), relation: 'equal', right: mul(sqrt(div(rise, dTime)), dW), kind: 'numeric',
      why: 'The root of the length of the step was multiplied and divided; with the standard normal noise it makes a Brownian step.',
    },
    {
      label: 'The rise becomes a derivative',
      left: div(rise, dTime), relation: 'approaches', right: slope, kind: 'numeric',
      why: 'A difference of the squared level over a difference of time.',
    },
    {
      label: 'The variance exploding equation (eq. 9)',
      left: sqrt(div(rise, dTime)), relation: 'approaches', right: sqrt(slope), kind: 'numeric',
      why: 'The root is continuous. So what multiplies the Brownian step approaches g = √(dσ²/dτ), and there is no drift.',
    },
  ],
};
