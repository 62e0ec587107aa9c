/** From single steps of noise to q(x_t | x_0) of Ho et al. 2020, eq. 4, by induction. */
import { diffused, noiseVariance, noiseVariancePrev } from '../../formulas/ddpm';
import { add, conditional, div, fn, gaussian, integral, mul, normSq, num, product, sqrt, sub, sum, sym } from '../../formulas/expr';
import { HO_2020 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { gaussianChainCases } from '../worlds/gaussian-chain';

const one = num(1);
const [alpha, beta, alphaBar, alphaBarPrev] = [sym('alpha'), sym('beta'), sym('alphaBar'), sym('alphaBarPrev')];
const [x0, xt, xPrev, xFirst, xEnd, origin] = [sym('x0'), sym('xt'), sym('xPrev'), sym('xFirst'), sym('xEnd'), sym('origin')];
const [stepNoise, noiseBefore] = [sym('stepNoise'), sym('noiseBefore')];

const step = conditional('forwardStep', xt, xPrev);
const before = conditional('forwardKernel', xPrev, x0);
const kernel = conditional('forwardKernel', xt, x0);
const added = mul(sqrt(beta), stepNoise);
const mixedBefore = add(mul(sqrt(alphaBarPrev), x0), mul(sqrt(noiseVariancePrev), noiseBefore));
const keptVariance = mul(alpha, noiseVariancePrev);

/** Two Gaussian vectors u and s − u with the variances a and b. */
const [s, u, a, b] = [sym('noiseSum'), sym('noisePart'), sym('firstVariance'), sym('secondVariance')];
const both = add(a, b);
const bothDensities = mul(gaussian(u, origin, a), gaussian(sub(s, u), origin, b));
const share = mul(div(a, both), s);

export const DDPM_KERNEL: Derivation = {
  id: 'ddpm-kernel',
  title: 'The forward process in one jump',
  shows:
    'How t small steps of Gaussian noise add up to one Gaussian whose mean and variance are known for every t, by induction over the steps. Training needs it: it makes a noisy point of any step from the data at once.',
  source: HO_2020('eq. 2, eq. 4 and section 2'),
  prerequisites: [
    'Density of a Gaussian vector whose components are independent and have one variance: N(x; mean, variance times I).',
    'A Gaussian vector times a number is Gaussian, and its variance is multiplied by the square of the number.',
    'Proof by induction: true for the first step, and true for a step whenever it is true for the step before.',
  ],
  after: ['ddpm-chain'],
  given: ['T', 't', 'beta', 'alphaBarPrev', 'x0', 'xt', 'xPrev', 'xFirst', 'xEnd', 'noiseSum', 'noisePart', 'firstVariance', 'secondVariance', 'origin', 'forwardKernel', 'forwardStep'],
  cases: gaussianChainCases,
  steps: [
    {
      label: 'What one step keeps (section 2)',
      left: alpha, relation: 'equal', right: sub(one, beta), kind: 'definition', formula: 'ddpm.alpha',
      why: 'Step t adds noise of variance β_t. What it leaves of the variance before gets a name of its own, since it will be multiplied many times.',
    },
    {
      label: 'What t steps keep (section 2)',
      left: alphaBar, relation: 'equal', right: product(1, sym('t'), sym('alpha', 's')), kind: 'definition', formula: 'ddpm.alphaBar',
      why: 'Each step multiplies by its own α, so all steps up to t together multiply by their product.',
    },
    {
      label: 'Take the last factor out',
      left: alphaBar, relation: 'equal', right: mul(alpha, alphaBarPrev), kind: 'numeric',
      why: 'The product up to t is the product up to t − 1 times the factor of step t. Before the first step nothing has been multiplied, so there ᾱ is 1. The induction below rests on this line.',
    },
    {
      label: 'One forward step (eq. 2)',
      left: step, relation: 'equal', right: gaussian(xt, mul(sqrt(alpha), xPrev), beta), kind: 'definition',
      why: 'This is how the forward process is made: the point before is shrunk by √α_t = √(1 − β_t), and independent Gaussian noise of variance β_t is added to every component.',
    },
    {
      label: 'The same step as a draw',
      left: xt, relation: 'equal', right: add(mul(sqrt(alpha), xPrev), added), kind: 'definition',
      why: 'A draw from a Gaussian is its mean plus its standard deviation times a standard normal vector. The vector of step t is called ε_t; it is independent of all that came before.',
    },
    {
      label: 'The induction begins: one step',
      left: conditional('forwardKernel', xFirst, x0), relation: 'equal', right: gaussian(xFirst, mul(sqrt(sym('alphaBar', '1')), x0), sub(one, sym('alphaBar', '1'))), kind: 'numeric',
      why: 'For t = 1 the one jump is the one step above. The product ᾱ_1 has the single factor α_1, and 1 − α_1 is β_1. So the claim of eq. 4 is true for the first step.',
    },
    {
      label: 'Suppose it for the step before',
      left: xPrev, relation: 'equal', right: mixedBefore, kind: 'definition',
      why: 'The induction supposes the claim for t − 1 and writes it as a draw: all the noise up to there is one standard normal vector times a root. From here on everything must follow for t.',
    },
    {
      label: 'Put it into the next step',
      left: xt, relation: 'equal', right: add(mul(sqrt(alpha), mixedBefore), added), kind: 'numeric',
      why: 'The earlier point in the draw of step t was replaced by the line above. Now the data and two noise vectors are left, which are independent of each other.',
    },
    {
      label: 'Multiply out',
      left: xt, relation: 'equal', right: add(mul(sqrt(alphaBar), x0), mul(sqrt(keptVariance), noiseBefore), added), kind: 'numeric',
      why: 'The root of α_t went into the bracket. Roots of numbers that are not negative may be drawn together, and α_t times the previous ᾱ is ᾱ_t by the third line. The mean is done: √ᾱ_t times the data.',
    },
    {
      label: 'Two Gaussians added: the exponents',
      left: add(div(normSq(u), a), div(normSq(sub(s, u)), b)), relation: 'equal',
      right: add(mul(div(both, mul(a, b)), normSq(sub(u, share))), div(normSq(s), both)), kind: 'numeric',
      why: 'What is the density of a sum s of two independent Gaussian vectors with mean zero and the variances a and b? If the first is u, the second is s − u. The two squares were multiplied out, sorted by u, and completed to one square of u. What is left depends on s alone.',
    },
    {
      label: 'Two Gaussians added: the densities',
      left: bothDensities, relation: 'equal',
      right: mul(gaussian(u, share, div(mul(a, b), both)), gaussian(s, origin, both)), kind: 'numeric',
      why: 'Both sides have the exponents of the line above, each times −½. The factors in front agree as well: the product of the variances is ab on the left, and ab/(a + b) times a + b on the right.',
    },
    {
      label: 'Two Gaussians added: the variances add up',
      left: integral('noisePart', bothDensities), relation: 'equal', right: gaussian(s, origin, both), kind: 'numeric',
      why: 'The sum s can come about with any u, so the density of s is the integral over u. On the right of the line above only the first factor contains u, and as a density it integrates to 1. So the sum is Gaussian, and its variance is a + b.',
    },
    {
      label: 'The two variances here',
      left: add(keptVariance, beta), relation: 'equal', right: add(sub(alpha, mul(alpha, alphaBarPrev)), sub(one, alpha)), kind: 'numeric',
      why: 'The two noise vectors of the multiplied line have the squares of their roots as variances. They add up by the line above. The bracket was multiplied out, and β_t is 1 − α_t.',
    },
    {
      label: 'The induction step',
      left: add(keptVariance, beta), relation: 'equal', right: noiseVariance, kind: 'numeric',
      why: 'On the right of the line above α_t cancels against −α_t, and α_t times the previous ᾱ is ᾱ_t. So the variance at t has the same form as the one that was supposed at t − 1.',
    },
    {
      label: 'The same with densities',
      left: kernel, relation: 'equal', right: integral('xPrev', mul(step, before)), kind: 'numeric',
      why: 'Without draws: the noisy point is reached over every possible earlier point, so the density of the step was weighted by the density of the earlier point and integrated. The step looks only at the point before it, so the data does not appear in its condition.',
    },
    {
      label: 'The forward process in one jump (eq. 4)',
      left: kernel, relation: 'equal', right: gaussian(xt, mul(sqrt(alphaBar), x0), noiseVariance), kind: 'numeric',
      why: 'The mean from the multiplied line and the variance from the induction step. The claim holds for t when it holds for t − 1, and it holds for 1; so it holds for every step.',
    },
    {
      label: 'One draw in place of t draws',
      left: xt, relation: 'equal', right: diffused, kind: 'definition', formula: 'ddpm.forward.sample',
      why: 'The Gaussian of eq. 4 written as its mean plus its standard deviation times one standard normal vector, which is called ε. Code does this at every training step (add_noise, q_sample).',
    },
    {
      label: 'Little of the data is left',
      left: sym('alphaBar', 'T'), relation: 'equal', right: fn('exp', sum(1, sym('T'), fn('log', sub(one, sym('beta', 's'))))), kind: 'numeric',
      why: 'The product of all steps as a sum of logarithms. Each log(1 − β) is at most −β, so ᾱ_T is at most the exponential of minus the sum of all β. It is tiny as soon as that sum is well above 1; for the linear schedule of Ho et al. it is about 10.',
    },
    {
      label: 'The end is close to pure noise',
      left: conditional('forwardKernel', xEnd, x0), relation: 'approaches', right: gaussian(xEnd, origin, one), kind: 'numeric',
      why: 'Eq. 4 at t = T while ᾱ_T goes to 0: the mean √ᾱ_T x_0 goes to zero and the variance 1 − ᾱ_T to one. At the end nothing says which data it came from, so sampling may start from standard normal noise.',
    },
  ],
};
