/** Gradients of a mean by the parameters of the distribution that it is taken under. */
import { add, apply, derivative, div, expectation, fn, gaussian1, gradient, integral, mul, pow, sub, sym, type Expr } from '../../formulas/expr';
import { DEVIATION_FROM_LOGVAR, REPARAMETERISED } from '../../formulas/latent';
import { KINGMA_2014 } from '../../formulas/sources';
import { lineOf } from '../line';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { reparameterisationWorld } from '../worlds/latent-gaussians';
import { half, log, one, two, x, z, zero } from './parts';

const [mu, sigma, eps, ell] = [sym('encoderMean'), sym('encoderDeviation'), sym('latentNoise'), sym('logVariance')];
const variance = pow(sigma, 2);
const own = gaussian1(z, mu, variance);
const noise = gaussian1(eps, zero, one);
const shifted = add(mu, mul(sigma, eps));
const f = (at: Expr): Expr => apply('testFunction', at);
const slope = (at: Expr): Expr => apply('testSlope', at);
const overLatent = (body: Expr): Expr => expectation('latent', own, body);
const overNoise = (body: Expr): Expr => expectation('latentNoise', noise, body);
const mean = overLatent(f(z));
const [distance, spread] = [div(sub(z, mu), variance), div(sub(pow(sub(z, mu), 2), variance), pow(sigma, 3))];

const [meanNetwork, deviationNetwork] = [apply('meanNetwork', x), apply('deviationNetwork', x)];
const byPhi = (of: Expr): Expr => gradient('encoderParameters', of);

export const REPARAMETERISATION_GRADIENT: Derivation = {
  id: 'reparameterisation-gradient',
  title: 'The reparameterisation gradient and the score-function gradient',
  shows:
    'How the mean of a function under a Gaussian is differentiated by the mean, the deviation and the log-variance of that Gaussian, by moving the randomness out of the way. Then the other way, which needs no derivative of the function, and why both give the same.',
  source: KINGMA_2014('sections 2.2 and 2.4; also section 3 of Rezende et al. 2014'),
  prerequisites: [
    'Density of a Gaussian, and the mean of a function under it.',
    'The chain rule, and the product rule of differentiation.',
    'Derivative and integral may change places, since the functions are smooth and grow more slowly than the Gaussian falls.',
  ],
  after: ['elbo-reconstruction-kl', 'vae-gaussian-kl'],
  given: ['x', 'latent', 'encoderMean', 'encoderDeviation', 'latentNoise', 'testFunction', 'testSlope', 'encoderParameters'],
  cases: inWorlds(reparameterisationWorld),
  steps: [
    {
      label: 'Write the draw as a function of noise (section 2.4)',
      ...lineOf(REPARAMETERISED), kind: 'definition',
      why: 'A draw of a Gaussian with mean μ and deviation σ is μ plus σ times standard normal noise. The noise does not depend on μ or σ; only what is done with it does.',
    },
    {
      label: 'Densities of draw and noise',
      left: own, relation: 'equal', right: div(noise, sigma), kind: 'numeric',
      why: 'The distance of z from μ in units of σ is ε, so the exponents agree. The density of z is lower by the factor σ, because the same probability is spread over σ times the length.',
    },
    {
      label: 'The mean as one over noise',
      left: mean, relation: 'equal', right: overNoise(f(shifted)), kind: 'numeric',
      why: 'In the integral z was replaced by μ + σε. A small step of z is σ times that of ε, which cancels the σ in the denominator above. The distribution on the right has no parameters any more.',
    },
    {
      label: 'The derivative goes inside',
      left: derivative(mu, mean), relation: 'equal', right: overNoise(derivative(mu, f(shifted))), kind: 'numeric',
      why: 'On the right side of the line before, μ stands only in the argument of f. So the derivative of the mean is the mean of the derivatives.',
    },
    {
      label: 'By the mean: chain rule',
      left: derivative(mu, f(shifted)), relation: 'equal', right: slope(shifted), kind: 'numeric',
      why: 'When μ grows, the argument grows as much. So what is left is the derivative of f at the draw.',
    },
    {
      label: 'By the deviation: chain rule',
      left: derivative(sigma, f(shifted)), relation: 'equal', right: mul(eps, slope(shifted)), kind: 'numeric',
      why: 'When σ grows, the argument grows by ε times as much: upward for noise above zero, downward below.',
    },
    {
      label: 'The gradient by the mean',
      left: derivative(mu, mean), relation: 'equal', right: overNoise(slope(shifted)), kind: 'numeric',
      why: 'The chain rule was put in. One draw of ε gives an unbiased estimate, and backpropagation computes it.',
    },
    {
      label: 'The gradient by the deviation',
      left: derivative(sigma, mean), relation: 'equal', right: overNoise(mul(eps, slope(shifted))), kind: 'numeric',
      why: 'The same with the derivative by σ: it goes inside of the mean over noise, and the chain rule brings the factor ε.',
    },
    {
      label: 'The encoder puts out a logarithm',
      ...lineOf(DEVIATION_FROM_LOGVAR), kind: 'definition',
      why: 'Most code has ℓ = log σ² as the output, so σ is the exponential of half of it: std = exp(0.5 * logvar).',
    },
    {
      label: 'How the deviation follows it',
      left: derivative(ell, fn('exp', div(ell, two))), relation: 'equal', right: mul(half, sigma), kind: 'numeric',
      why: 'The exponential is its own derivative, and the inner derivative is one half.',
    },
    {
      label: 'The gradient by the log-variance',
      left: derivative(ell, expectation('latent', gaussian1(z, mu, fn('exp', ell)), f(z))), relation: 'equal', right: mul(half, sigma, overNoise(mul(eps, slope(shifted)))), kind: 'numeric',
      why: 'The chain rule once more: the derivative by σ times that of σ by ℓ. On the left the variance is written as the exponential of ℓ.',
    },
    {
      label: 'The mean is an output of the encoder',
      left: mu, relation: 'equal', right: meanNetwork, kind: 'definition',
      why: 'In a VAE the mean of a latent component is what a network with the parameters φ makes of the example.',
    },
    {
      label: 'And so is the deviation',
      left: sigma, relation: 'equal', right: deviationNetwork, kind: 'definition',
      why: 'The same network has a second output for the standard deviation, or for its logarithm as above.',
    },
    {
      label: 'The gradient by the parameters of the encoder',
      left: byPhi(expectation('latent', gaussian1(z, meanNetwork, pow(deviationNetwork, 2)), f(z))), relation: 'equal',
      right: overNoise(mul(slope(shifted), add(byPhi(meanNetwork), mul(eps, byPhi(deviationNetwork))))), kind: 'numeric',
      why: 'By the chain rule the derivative by each output is multiplied with the gradient of that output, and both are added; f itself does not depend on φ here. This is what automatic differentiation does with z = mu + std * eps.',
    },
    {
      label: 'Another way: differentiate the density (section 2.2)',
      left: derivative(mu, mean), relation: 'equal', right: integral('latent', mul(derivative(mu, own), f(z))), kind: 'numeric',
      why: 'Now the draw stays as it is, and f does not depend on μ. So the derivative falls on the density. This works for any f, also where it has steps, and for discrete z with a sum.',
    },
    {
      label: 'The derivative of a density by way of its logarithm',
      left: derivative(mu, own), relation: 'equal', right: mul(own, derivative(mu, log(own))), kind: 'numeric',
      why: 'The derivative of a logarithm is the derivative over the function itself. Multiplied out, the density stands in front and the integral is a mean again. The derivative of the logarithm is called the score.',
    },
    {
      label: 'The score by the mean',
      left: derivative(mu, log(own)), relation: 'equal', right: distance, kind: 'numeric',
      why: 'Of the logarithm of a Gaussian only the exponent, minus (z − μ)² over 2σ², depends on μ.',
    },
    {
      label: 'The score by the deviation',
      left: derivative(sigma, log(own)), relation: 'equal', right: spread, kind: 'numeric',
      why: 'The exponent gives (z − μ)² over σ³, and the logarithm of the height, minus log σ, gives minus 1 over σ. Both were brought to the denominator σ³.',
    },
    {
      label: 'The score-function gradient by the mean',
      left: derivative(mu, mean), relation: 'equal', right: overLatent(mul(f(z), distance)), kind: 'numeric',
      why: 'The last lines together. Draws where f is large pull the mean towards them. This is REINFORCE; it needs values of f only, but as a rule its estimates scatter much more.',
    },
    {
      label: 'The score-function gradient by the deviation',
      left: derivative(sigma, mean), relation: 'equal', right: overLatent(mul(f(z), spread)), kind: 'numeric',
      why: 'The same with the other score: draws that are farther out than σ count as positive, those nearer as negative.',
    },
    {
      label: 'Why both agree: the product rule',
      left: derivative(z, mul(own, f(z))), relation: 'equal', right: mul(own, sub(slope(z), mul(f(z), distance))), kind: 'numeric',
      why: 'The derivative of the Gaussian by z is minus (z − μ)/σ² times itself. In the brackets stand what the first way takes the mean of and what the second does, with a minus between.',
    },
    {
      label: 'Integrate it: the ends vanish',
      left: integral('latent', mul(own, slope(z))), relation: 'equal', right: integral('latent', mul(own, f(z), distance)), kind: 'numeric',
      why: 'The integral of a derivative is the difference of the values at both ends, and far out the Gaussian brings everything to zero. So the two parts of the line above have the same integral. This is integration by parts.',
    },
    {
      label: 'Both gradients by the mean are one',
      left: overNoise(slope(shifted)), relation: 'equal', right: overLatent(mul(f(z), distance)), kind: 'numeric',
      why: 'The line above with its integrals read as means; on the left the draw is written as μ + σε again. The two ways estimate one gradient, and differ only in how much their estimates scatter.',
    },
    {
      label: 'And both gradients by the deviation',
      left: overNoise(mul(eps, slope(shifted))), relation: 'equal', right: overLatent(mul(f(z), spread)), kind: 'numeric',
      why: 'The same integration by parts with (z − μ)/σ times f in the place of f; the derivative of the first factor brings the −σ² in the numerator.',
    },
  ],
};
