/** Denoising diffusion implicit models (Song et al. 2021). Their α_t is ᾱ_t here, as in Ho et al. and diffusers. */
import { add, div, mul, num, pow, sqrt, sub, sym, type Expr } from './expr';
import { formula, SIGMA_SQUARED, type Formula } from './formula';
import { SONG_2021 } from './sources';
import { noiseVariance, noiseVariancePrev, predictedNoise } from './ddpm';

const [alphaBar, alphaBarPrev, sigma] = [sym('alphaBar'), sym('alphaBarPrev'), sym('sigma')];

/** 1 − ᾱ_t/ᾱ_{t−1} */
export const stepNoise = sub(num(1), div(alphaBar, alphaBarPrev));
/** √((1 − ᾱ_{t−1})/(1 − ᾱ_t)) √(1 − ᾱ_t/ᾱ_{t−1}): σ at η = 1. */
export const fullDeviation = mul(sqrt(div(noiseVariancePrev, noiseVariance)), sqrt(stepNoise));
/** √(1 − ᾱ_{t−1} − σ_t²): how far the step goes along the predicted noise. */
export const directionScale = sqrt(sub(noiseVariancePrev, pow(sigma, 2)));
/** √ᾱ_{t−1} x̂_0 + √(1 − ᾱ_{t−1} − σ²) ε_θ, without the fresh noise. */
export const ddimMean = (scale: Expr): Expr => add(mul(sqrt(alphaBarPrev), sym('x0Theta')), mul(scale, predictedNoise));

export const DDIM_FORMULAS: readonly Formula[] = [
  formula('ddim.sigma', 'Noise of a step for η', 'sigma', mul(sym('eta'), fullDeviation), SONG_2021('eq. 16')),
  formula('ddim.variance.eta1', 'Variance of a step for η = 1', SIGMA_SQUARED, mul(div(noiseVariancePrev, noiseVariance), stepNoise), SONG_2021('eq. 16')),
  formula('ddim.step', 'DDIM sampling step', 'xPrev', add(ddimMean(directionScale), mul(sigma, sym('z'))), SONG_2021('eq. 12')),
  formula('ddim.step.deterministic', 'DDIM sampling step, η = 0', 'xPrev', ddimMean(sqrt(noiseVariancePrev)), SONG_2021('eq. 12 with σ = 0')),
];
