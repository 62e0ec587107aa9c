/** What a diffusion network may predict (data, noise, score or velocity), each from each of the others. */
import { add, conditional, div, fn, gaussian, gradient, mul, neg, normSq, sqrt, sub, sym, type Expr } from '../../formulas/expr';
import { diffused, noiseVariance } from '../../formulas/ddpm';
import { SALIMANS_2022 } from '../../formulas/sources';
import type { Derivation, DerivationStep } from '../types';
import { inWorlds } from '../worlds/cases';
import { parameterisationsWorld } from '../worlds/parameterisations';

const [x0, xt, epsilon, v, s, alphaBar] = [sym('x0'), sym('xt'), sym('epsilon'), sym('v'), sym('noisyScore'), sym('alphaBar')];
const [signal, noise] = [sqrt(alphaBar), sqrt(noiseVariance)];
const kernel = conditional('forwardKernel', xt, x0);
const kernelScore = gradient('xt', fn('log', kernel));

const step = (kind: DerivationStep['kind'], label: string, left: Expr, right: Expr, why: string, formula?: string): DerivationStep => ({ label, left, relation: 'equal', right, kind, why, ...(formula && { formula }) });

export const DDPM_PARAMETERISATIONS: Derivation = {
  id: 'ddpm-parameterisations',
  title: 'Data, noise, score and velocity: each from each of the others',
  shows:
    'A diffusion network may predict the data, the noise, the score or the velocity of a noisy point. All four say the same: each of the twelve ways from one to another is derived from the forward process.',
  source: SALIMANS_2022('section 4 and appendix D; noise and data: Ho et al. 2020, section 3.2; the score: Song et al. 2021 (SDE)'),
  prerequisites: [
    'The forward process in one jump: a noisy point is a weighted sum of a data point and standard normal noise.',
    'The noisy point and the step are known, so ᾱ_t and x_t may be used in every conversion.',
    'The score of a density is the gradient of its logarithm.',
  ],
  after: ['ddpm-kernel'],
  given: ['alphaBar', 'x0', 'xt', 'epsilon'],
  cases: inWorlds(parameterisationsWorld),
  steps: [
    step('definition', 'The forward process (Ho et al. eq. 4)', xt, diffused,
      'One equation ties data, noise and noisy point together. For a network its output takes the place of what it predicts, and every line below holds for the estimates as it does for the true values.', 'ddpm.forward.sample'),
    step('numeric', 'Bring the noise to the other side', mul(signal, x0), sub(xt, mul(noise, epsilon)),
      'The noise term was subtracted on both sides.'),
    step('numeric', 'Data from noise', x0, div(sub(xt, mul(noise, epsilon)), signal),
      'Divided by the root of ᾱ_t. Near t = T that root is small, so an error of the noise becomes a large error of the data there.', 'parameterisation.x0.epsilon'),
    step('numeric', 'Bring the data to the other side', mul(noise, epsilon), sub(xt, mul(signal, x0)),
      'The same equation with the data term subtracted.'),
    step('numeric', 'Noise from data', epsilon, div(sub(xt, mul(signal, x0)), noise),
      'Divided by the root of 1 − ᾱ_t. This root is small near t = 0, so an error of the data becomes a large error of the noise there.', 'parameterisation.epsilon.x0'),
    step('definition', 'The noisy point as a density', kernel, gaussian(xt, mul(signal, x0), noiseVariance),
      'The first line once more: a Gaussian around the shrunk data point, with the variance 1 − ᾱ_t.'),
    step('definition', 'The score', s, kernelScore,
      'This is the score of x_t when its data point is known. It is the target in denoising score matching; the mean of it over all data points that x_t may have been is the score of all noisy points, by Tweedie\'s formula.'),
    step('numeric', 'Score from data', s, div(sub(mul(signal, x0), xt), noiseVariance),
      'The logarithm of the density is a constant minus the squared distance to the mean over twice the variance. Its gradient points from x_t to the mean, divided by the variance.'),
    step('numeric', 'Score from noise', s, neg(div(epsilon, noise)),
      'What stands above the fraction is minus the noise term of the first line. One root of 1 − ᾱ_t cancels against the variance.'),
    step('numeric', 'Noise from score', epsilon, neg(mul(noise, s)),
      'Both sides were multiplied by −√(1 − ᾱ_t). So a network of scores is a network of noise up to this factor.'),
    step('numeric', 'Data from score', x0, div(add(xt, mul(noiseVariance, s)), signal),
      'The noise from the score was put into the line for the data. The two roots of 1 − ᾱ_t make 1 − ᾱ_t, and two minus signs a plus.'),
    step('definition', 'The velocity', v, sub(mul(signal, epsilon), mul(noise, x0)),
      'With √ᾱ_t as the cosine and √(1 − ᾱ_t) as the sine of an angle, the noisy point goes from data to noise as the angle grows. The velocity is its derivative by the angle. Convention: as in Salimans and Ho and in diffusers; some code has the opposite sign.', 'parameterisation.v'),
    step('numeric', 'Noisy point and velocity are a rotation', add(normSq(xt), normSq(v)), add(normSq(x0), normSq(epsilon)),
      'The squares of the two weights add up to 1, and the mixed terms of both squares cancel. A rotation keeps lengths, which is why the velocity is well scaled at every step.'),
    step('numeric', 'Turn back: the part that cancels the noise', sub(mul(signal, xt), mul(noise, v)), add(mul(alphaBar, x0), mul(noiseVariance, x0)),
      'Noisy point and velocity were put in. The two terms with the noise have the same weights and opposite signs; of the data a share ᾱ_t and a share 1 − ᾱ_t are left.'),
    step('numeric', 'Data from velocity', x0, sub(mul(signal, xt), mul(noise, v)),
      'The two shares are the whole. There is no division, so no step makes an error of the velocity large.', 'parameterisation.x0.v'),
    step('numeric', 'Turn back: the part that cancels the data', add(mul(signal, v), mul(noise, xt)), add(mul(alphaBar, epsilon), mul(noiseVariance, epsilon)),
      'The other combination. Here the two terms with the data cancel.'),
    step('numeric', 'Noise from velocity', epsilon, add(mul(signal, v), mul(noise, xt)),
      'The two shares of the noise are the whole again.', 'parameterisation.epsilon.v'),
    step('numeric', 'Velocity from data', v, div(sub(mul(signal, xt), x0), noise),
      'The line for the data from the velocity, solved for the velocity.', 'parameterisation.v.x0'),
    step('numeric', 'Velocity from noise', v, div(sub(epsilon, mul(noise, xt)), signal),
      'The line for the noise from the velocity, solved for the velocity.', 'parameterisation.v.epsilon'),
    step('numeric', 'Score from velocity', s, neg(add(xt, mul(div(signal, noise), v))),
      'The noise from the velocity was put into the line for the score. Its second term is √(1 − ᾱ_t) x_t, which divided by that root is x_t.'),
    step('numeric', 'Velocity from score', v, neg(mul(div(noise, signal), add(xt, s))),
      'The line above solved for the velocity: the noisy point to the other side, then divided by the quotient of the roots.'),
  ],
};
