/** What a variable holds where that is not the symbol itself, as the reader of code says it ("√ᾱ"), as an expression. */
import { meanCoefficientX0, meanCoefficientXt, noiseVariance, noiseVariancePrev } from './ddpm';
import { div, fn, mul, num, sqrt, sub, sym, type Expr } from './expr';

const one = num(1);
const [alpha, beta, alphaBar, alphaBarPrev, betaTilde] = [sym('alpha'), sym('beta'), sym('alphaBar'), sym('alphaBarPrev'), sym('betaTilde')];
const log = (of: Expr): Expr => fn('log', of);

export const HELD: Readonly<Record<string, Expr>> = {
  '√ᾱ': sqrt(alphaBar), '1−ᾱ': noiseVariance, '√(1−ᾱ)': sqrt(noiseVariance), '1/√ᾱ': div(one, sqrt(alphaBar)), '√(1/ᾱ−1)': sqrt(sub(div(one, alphaBar), one)), '1/√(1−ᾱ)': div(one, sqrt(noiseVariance)),
  '1/ᾱ': div(one, alphaBar), '1/ᾱ−1': sub(div(one, alphaBar), one), 'log(1−ᾱ)': log(noiseVariance), 'log ᾱ': log(alphaBar),
  'ᾱ/(1−ᾱ)': div(alphaBar, noiseVariance), '(1−ᾱ)/ᾱ': div(noiseVariance, alphaBar), '√((1−ᾱ)/ᾱ)': sqrt(div(noiseVariance, alphaBar)),
  '√ᾱ_{t−1}': sqrt(alphaBarPrev), '1−ᾱ_{t−1}': noiseVariancePrev, '√(1−ᾱ_{t−1})': sqrt(noiseVariancePrev),
  '√α': sqrt(alpha), '1/√α': div(one, sqrt(alpha)), '1/α': div(one, alpha), 'log α': log(alpha),
  '√β': sqrt(beta), 'log β': log(beta), 'log β̃': log(betaTilde), '√β̃': sqrt(betaTilde),
  '√ᾱ_{t−1}β/(1−ᾱ)': meanCoefficientX0, '√α(1−ᾱ_{t−1})/(1−ᾱ)': meanCoefficientXt,
  'β/√(1−ᾱ)': div(beta, sqrt(noiseVariance)), 'β/(√α√(1−ᾱ))': div(beta, mul(sqrt(alpha), sqrt(noiseVariance))),
};
