/** What networks predict (ε, x_0 or v) in terms of each other; all solve x_t = √ᾱ x_0 + √(1 − ᾱ) ε. */
import { add, div, mul, sqrt, sub, sym } from './expr';
import { formula, type Formula } from './formula';
import { HO_2020, SALIMANS_2022 } from './sources';
import { noiseVariance, predictedNoise } from './ddpm';

const [x0, xt, epsilon, v] = [sym('x0'), sym('xt'), sym('epsilon'), sym('v')];
const signal = sqrt(sym('alphaBar'));
const noise = sqrt(noiseVariance);

/** x̂_0 = (x_t − √(1 − ᾱ_t) ε_θ)/√ᾱ_t */
export const estimateFromNoise = div(sub(xt, mul(noise, predictedNoise)), signal);

export const PARAMETERISATION_FORMULAS: readonly Formula[] = [
  formula('parameterisation.x0.epsilon', 'Data from noise', 'x0', div(sub(xt, mul(noise, epsilon)), signal), HO_2020('section 3.2, before eq. 9')),
  formula('parameterisation.x0Theta.epsilon', 'Estimate of the data from the predicted noise', 'x0Theta', estimateFromNoise, HO_2020('eq. 15')),
  formula('parameterisation.epsilon.x0', 'Noise from data', 'epsilon', div(sub(xt, mul(signal, x0)), noise), HO_2020('section 3.2, before eq. 9')),
  formula('parameterisation.v', 'Velocity', 'v', sub(mul(signal, epsilon), mul(noise, x0)), SALIMANS_2022('section 4')),
  formula('parameterisation.x0.v', 'Data from velocity', 'x0', sub(mul(signal, xt), mul(noise, v)), SALIMANS_2022('section 4')),
  formula('parameterisation.epsilon.v', 'Noise from velocity', 'epsilon', add(mul(signal, v), mul(noise, xt)), SALIMANS_2022('appendix D')),
  formula('parameterisation.v.x0', 'Velocity from data and the noisy point', 'v', div(sub(mul(signal, xt), x0), noise), SALIMANS_2022('section 4, solved for v')),
  formula('parameterisation.v.epsilon', 'Velocity from noise and the noisy point', 'v', div(sub(epsilon, mul(noise, xt)), signal), SALIMANS_2022('appendix D, solved for v')),
];
