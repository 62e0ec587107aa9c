/** Itô's formula for one short step, and what it says of a square and of a logarithm. */
import { add, apply, derivative, div, expectation, fn, gaussian1, mul, num, pow, sub, sym, type Expr } from '../../formulas/expr';
import { OKSENDAL_2003 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { itoLimit, itoWorld } from '../worlds/ito';

const [zero, one, two] = [num(0), num(1), num(2)];
const half = div(one, two);
const [X, dX, dTime, dW, time] = [sym('diffusionState'), sym('stateIncrement'), sym('timeIncrement'), sym('brownianIncrement'), sym('continuousTime')];
const [a, b] = [apply('itoDrift', X, time), apply('itoDiffusion', X, time)];
const density = apply('incrementDensity', dW);
const mean = (body: Expr): Expr => expectation('brownianIncrement', density, body);
const F = (at: Expr): Expr => apply('itoFunction', at);
const [slope, bend] = [derivative(X, F(X)), derivative(X, derivative(X, F(X)))];
const change = sub(F(add(X, dX)), F(X));
const [A, B] = [sym('transformedDrift'), sym('transformedDiffusion')];
/** The drift and the diffusion coefficient of a function of X, by Itô's formula. */
const driftOf = (f: Expr, drift: Expr, diffusion: Expr): Expr => add(mul(drift, derivative(X, f)), mul(half, pow(diffusion, 2), derivative(X, derivative(X, f))));
const G = (at: Expr, when: Expr): Expr => apply('itoTimeFunction', at, when);
const [rate, sigma] = [sym('growthRate'), sym('volatility')];
const [start, W, value] = [sym('startValue'), sym('brownianValue'), sym('geometricValue')];
const log = (of: Expr): Expr => fn('log', of);
const overW = (body: Expr): Expr => expectation('brownianValue', apply('brownianDensity', W), body);
const logDrift = sub(rate, div(pow(sigma, 2), two));

export const ITO: Derivation = {
  id: 'ito',
  title: 'Itô\'s formula in one dimension',
  shows:
    'Why a function of a diffusion has one term more in its drift than the chain rule gives: the square of a Brownian step is as large as the time that it takes. Then what this says of the square and of the logarithm.',
  source: OKSENDAL_2003('section 4.1; geometric Brownian motion: section 5.1'),
  prerequisites: [
    'Taylor\'s formula up to the second derivative.',
    'A Brownian motion changes in disjoint times by independent normal numbers with mean zero, whose variance is the length of the time.',
    'The functions have continuous derivatives up to the third, which do not grow too fast for their means to exist; drift and diffusion coefficient are smooth.',
    'Time is called τ and runs continuously. Limits are those of short steps, for a present value that is known.',
  ],
  given: ['diffusionState', 'continuousTime', 'timeIncrement', 'brownianIncrement', 'itoDrift', 'itoDiffusion', 'itoFunction', 'itoTimeFunction', 'growthRate', 'volatility', 'startValue'],
  cases: inWorlds((seed) => itoWorld(seed), { limit: itoLimit }),
  steps: [
    {
      label: 'One short step of a diffusion',
      left: dX, relation: 'equal', right: add(mul(a, dTime), mul(b, dW)), kind: 'definition',
      why: 'This is what the differential equation dX = a dτ + b dW says of a short time: a sure part as long as the step, and a random part. Drift and diffusion coefficient are held at their values at the start of the step, which is the method of Euler and Maruyama. The error of such a step has a mean and a mean square of second order in its length; added up over all steps of a fixed time they vanish as steps get short.',
    },
    {
      label: 'A Brownian step is normal',
      left: density, relation: 'equal', right: gaussian1(dW, zero, dTime), kind: 'definition',
      why: 'Its mean is zero and its variance is the length of the step. So its size is like the root of the step, which is much more than the step itself when steps are short.',
    },
    {
      label: 'Its mean square is the time',
      left: mean(pow(dW, 2)), relation: 'equal', right: dTime, kind: 'numeric',
      why: 'The mean is zero, so the mean square is the variance. A quantity of second order in the Brownian step is of first order in time. All that follows comes from this line.',
    },
    {
      label: 'Its square hardly varies',
      left: mean(pow(sub(pow(dW, 2), dTime), 2)), relation: 'equal', right: mul(two, pow(dTime, 2)), kind: 'numeric',
      why: 'The fourth moment of a normal number with mean zero is three times its squared variance; the square of the mean from the line above, one squared variance, was taken off. So the variance of the square is of second order in time. Over all the steps of a fixed time these variances add up to something that goes to zero with the step: the square may be replaced by its mean.',
    },
    {
      label: 'The mean of the step',
      left: mean(dX), relation: 'equal', right: mul(a, dTime), kind: 'numeric',
      why: 'The mean of the Brownian step is zero, and all else is known at the start of the step.',
    },
    {
      label: 'The mean square of the step',
      left: mean(pow(dX, 2)), relation: 'equal', right: add(mul(pow(b, 2), dTime), mul(pow(a, 2), pow(dTime, 2))), kind: 'numeric',
      why: 'The sum was squared. The mixed product has mean zero, and the mean of the squared Brownian step is the time. For short steps the first term is by far the larger.',
    },
    {
      label: 'Taylor\'s formula',
      left: div(sub(change, mul(slope, dX)), pow(dX, 2)), relation: 'approaches', right: mul(half, bend), kind: 'numeric',
      why: 'For one and the same normal number, not zero, scaled to shorter and shorter steps: what the first derivative leaves of the change is half the second derivative times the square of the step, but for terms of third order.',
    },
    {
      label: 'The mean change of the function',
      left: div(mean(change), dTime), relation: 'approaches', right: driftOf(F(X), a, b), kind: 'numeric',
      why: 'The mean of Taylor\'s formula, with the mean and the mean square of the step from above, divided by the length of the step. The second derivative survives, because the mean square of the step is of first order in time. The chain rule alone would give the first term only.',
    },
    {
      label: 'The mean squared change of the function',
      left: div(mean(pow(change, 2)), dTime), relation: 'approaches', right: pow(mul(b, slope), 2), kind: 'numeric',
      why: 'Squared, only the product of the first derivative with the random part is of first order in time. Everything else is of higher order and vanishes after the division.',
    },
    {
      label: 'Name the drift of the function',
      left: A, relation: 'equal', right: driftOf(F(X), a, b), kind: 'definition',
      why: 'The limit of the mean change per time. Itô\'s formula is dF = A dτ + B dW with this drift.',
    },
    {
      label: 'Name its diffusion coefficient',
      left: B, relation: 'equal', right: mul(b, slope), kind: 'definition',
      why: 'What multiplies the same Brownian step. Here the chain rule holds as it stands.',
    },
    {
      label: 'What the formula leaves out',
      left: div(mean(pow(sub(sub(change, mul(A, dTime)), mul(B, dW)), 2)), pow(dTime, 2)), relation: 'approaches', right: mul(half, pow(mul(pow(b, 2), bend), 2)), kind: 'numeric',
      why: 'The largest part that is left out is half of b² times the second derivative, times the square of the Brownian step less its mean; the variance of that stood above. So the mean square of what is left out is of second order in time, and its mean is smaller than of first order. Added up over all steps both go to zero: the formula is right for the path itself, in mean square, and not only for its mean.',
    },
    {
      label: 'A function of time as well',
      left: div(mean(sub(G(add(X, dX), add(time, dTime)), G(X, time))), dTime), relation: 'approaches', right: add(derivative(time, G(X, time)), driftOf(G(X, time), a, b)), kind: 'numeric',
      why: 'Time moves too, and has no square of first order. So its derivative is added as the chain rule has it.',
    },
    {
      label: 'Example: the drift of the square',
      left: driftOf(pow(X, 2), a, b), relation: 'equal', right: add(mul(two, a, X), pow(b, 2)), kind: 'numeric',
      why: 'The first derivative of the square is 2X and the second is 2. So the square grows by b² per time even without any drift: that is how noise adds variance.',
    },
    {
      label: 'The same from one step',
      left: sub(mean(pow(add(X, dX), 2)), pow(X, 2)), relation: 'equal', right: add(mul(add(mul(two, a, X), pow(b, 2)), dTime), mul(pow(a, 2), pow(dTime, 2))), kind: 'numeric',
      why: 'A square has no third derivative, so here Taylor\'s formula is exact, and the mean change can be written down without a limit. It is the drift times the step, but for a term of second order.',
    },
    {
      label: 'Example: geometric Brownian motion',
      left: driftOf(log(X), mul(rate, X), mul(sigma, X)), relation: 'equal', right: logDrift, kind: 'numeric',
      why: 'Drift and diffusion coefficient are now proportional to the value, dX = μX dτ + σX dW, and the value is positive. The first derivative of the logarithm is 1/X, the second −1/X²; X cancels in both terms.',
    },
    {
      label: 'The diffusion coefficient of the logarithm',
      left: mul(sigma, X, derivative(X, log(X))), relation: 'equal', right: sigma, kind: 'numeric',
      why: 'X cancels here as well. So drift and diffusion coefficient of the logarithm are constants: it is a scaled Brownian motion with a slope.',
    },
    {
      label: 'The logarithm at time τ',
      left: log(value), relation: 'equal', right: add(log(start), add(mul(logDrift, time), mul(sigma, W))), kind: 'definition',
      why: 'Constants are integrated by multiplying with the time that has passed, and with what the Brownian motion has come to.',
    },
    {
      label: 'The value at time τ',
      left: value, relation: 'equal', right: mul(start, fn('exp', add(mul(logDrift, time), mul(sigma, W)))), kind: 'numeric',
      why: 'The exponential of both sides. This solves the equation in closed form.',
    },
    {
      label: 'Brownian motion at time τ',
      left: apply('brownianDensity', W), relation: 'equal', right: gaussian1(W, zero, time), kind: 'definition',
      why: 'It starts at zero, and its variance is the time that has passed.',
    },
    {
      label: 'The mean grows with the drift alone',
      left: overW(value), relation: 'equal', right: mul(start, fn('exp', mul(rate, time))), kind: 'numeric',
      why: 'The mean of the exponential of a normal number with mean zero and variance σ²τ is exp(σ²τ/2). This gives back just what Itô\'s formula took off the drift of the logarithm. It must be so: the mean of dX is μX dτ, so the mean of X grows at the rate μ.',
    },
    {
      label: 'The mean square grows faster',
      left: overW(pow(value, 2)), relation: 'equal', right: mul(pow(start, 2), fn('exp', mul(add(mul(two, rate), pow(sigma, 2)), time))), kind: 'numeric',
      why: 'The same with twice the exponent. It agrees with the drift of the square above: with a = μX and b = σX that is (2μ + σ²) X².',
    },
  ],
};
