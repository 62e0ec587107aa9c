/** Denoising diffusion probabilistic models: forward process, posterior and sampling step (Ho et al. 2020). */
import { add, apply, density, div, gaussian, mul, num, product, sqrt, sub, sym, type Expr } from './expr';
import { formula, SIGMA_SQUARED, type Formula } from './formula';
import { HO_2020 } from './sources';

const one = num(1);
const [alpha, beta, alphaBar, alphaBarPrev] = [sym('alpha'), sym('beta'), sym('alphaBar'), sym('alphaBarPrev')];
const [x0, xt, xPrev] = [sym('x0'), sym('xt'), sym('xPrev')];

/** 1 − ᾱ_t: the variance of the noise in x_t. */
export const noiseVariance = sub(one, alphaBar);
/** 1 − ᾱ_{t−1} */
export const noiseVariancePrev = sub(one, alphaBarPrev);
/** ε_θ(x_t, t) */
export const predictedNoise = apply('epsilonTheta', xt, sym('t'));
/** μ_θ(x_t, t) */
export const predictedMean = apply('muTheta', xt, sym('t'));

/** √ᾱ_t x_0 + √(1 − ᾱ_t) ε */
export const diffused = add(mul(sqrt(alphaBar), x0), mul(sqrt(noiseVariance), sym('epsilon')));
/** Coefficients of x_0 and x_t in μ̃. */
export const meanCoefficientX0 = div(mul(sqrt(alphaBarPrev), beta), noiseVariance);
export const meanCoefficientXt = div(mul(sqrt(alpha), noiseVariancePrev), noiseVariance);
/** β̃ */
export const posteriorVariance = mul(div(noiseVariancePrev, noiseVariance), beta);
/** μ̃ with x_0, or an estimate of it, put in. */
export const posteriorMean = (data: Expr): Expr => add(mul(meanCoefficientX0, data), mul(meanCoefficientXt, xt));
/** μ_θ in terms of ε_θ. */
export const meanFromNoise = mul(div(one, sqrt(alpha)), sub(xt, mul(div(beta, sqrt(noiseVariance)), predictedNoise)));

const step = (deviation: Expr): Expr => add(meanFromNoise, mul(deviation, sym('z')));

export const DDPM_FORMULAS: readonly Formula[] = [
  formula('ddpm.alpha', 'What one step keeps', 'alpha', sub(one, beta), HO_2020('section 2')),
  formula('ddpm.alphaBar', 'What t steps keep', 'alphaBar', product(1, sym('t'), sym('alpha', 's')), HO_2020('section 2')),
  formula('ddpm.forward.step', 'One forward step', density('xt', 'xPrev'), gaussian(xt, mul(sqrt(sub(one, beta)), xPrev), beta), HO_2020('eq. 2')),
  formula('ddpm.forward.kernel', 'Forward process in one jump', density('xt', 'x0'), gaussian(xt, mul(sqrt(alphaBar), x0), noiseVariance), HO_2020('eq. 4')),
  formula('ddpm.forward.sample', 'Forward process with explicit noise', 'xt', diffused, HO_2020('section 3.2, after eq. 8')),
  formula('ddpm.posterior', 'Posterior of the step before', density('xPrev', 'xt', 'x0'), gaussian(xPrev, sym('mu'), sym('betaTilde')), HO_2020('eq. 6')),
  formula('ddpm.posterior.mean', 'Posterior mean', 'mu', posteriorMean(x0), HO_2020('eq. 7')),
  formula('ddpm.posterior.variance', 'Posterior variance', 'betaTilde', posteriorVariance, HO_2020('eq. 7')),
  formula('ddpm.mean.epsilon', 'Mean of a sampling step from the predicted noise', predictedMean, meanFromNoise, HO_2020('eq. 11')),
  formula('ddpm.mean.sample', 'Mean of a sampling step from the predicted data', predictedMean, posteriorMean(sym('x0Theta')), HO_2020('eq. 7 and the first form of eq. 11')),
  formula('ddpm.variance.fixed_small', 'Sampling variance, fixed_small', SIGMA_SQUARED, posteriorVariance, HO_2020('section 3.2')),
  formula('ddpm.variance.fixed_large', 'Sampling variance, fixed_large', SIGMA_SQUARED, beta, HO_2020('section 3.2')),
  formula('ddpm.step', 'Sampling step', 'xPrev', step(sym('sigma')), HO_2020('algorithm 2')),
  formula('ddpm.step.fixed_small', 'Sampling step with variance fixed_small', 'xPrev', step(sqrt(posteriorVariance)), HO_2020('algorithm 2')),
  formula('ddpm.step.fixed_large', 'Sampling step with variance fixed_large', 'xPrev', step(sqrt(beta)), HO_2020('algorithm 2')),
];
