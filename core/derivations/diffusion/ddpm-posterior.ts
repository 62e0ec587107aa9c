/** The posterior of the forward process, eq. 6 and 7 of Ho et al. 2020, with the square completed line by line. */
import { diffused, meanCoefficientX0, noiseVariance, noiseVariancePrev, posteriorMean, posteriorVariance } from '../../formulas/ddpm';
import { add, conditional, div, dot, fn, gaussian, integral, mul, neg, normSq, num, PI, pow, power, sqrt, sub, sym } from '../../formulas/expr';
import { HO_2020 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { gaussianChainCases } from '../worlds/gaussian-chain';

const [one, two] = [num(1), num(2)];
const half = div(one, two);
const [alpha, beta, alphaBar, alphaBarPrev, betaTilde, mu] = [sym('alpha'), sym('beta'), sym('alphaBar'), sym('alphaBarPrev'), sym('betaTilde'), sym('mu')];
const [x0, xt, xPrev, epsilon] = [sym('x0'), sym('xt'), sym('xPrev'), sym('epsilon')];
const [Q, A, b, c] = [sym('posteriorExponent'), sym('squareCoefficient'), sym('linearCoefficient'), sym('constantCoefficient')];

const posterior = conditional('forwardPosterior', xPrev, xt, x0);
const step = conditional('forwardStep', xt, xPrev);
const stepWithData = conditional('forwardStep', xt, xPrev, x0);
const [before, here] = [conditional('forwardKernel', xPrev, x0), conditional('forwardKernel', xt, x0)];

/** Three squares: of the last step, of the point before, of the present point. */
const ofStep = div(normSq(sub(xt, mul(sqrt(alpha), xPrev))), beta);
const ofBefore = div(normSq(sub(xPrev, mul(sqrt(alphaBarPrev), x0))), noiseVariancePrev);
const ofHere = div(normSq(sub(xt, mul(sqrt(alphaBar), x0))), noiseVariance);
const pullOfXt = mul(div(sqrt(alpha), beta), xt);
const pullOfX0 = mul(div(sqrt(alphaBarPrev), noiseVariancePrev), x0);
const common = mul(beta, noiseVariancePrev);
const height = (variance: typeof Q) => power(mul(two, PI, variance), div(sym('dimensions'), two));
const dataFromNoise = div(sub(xt, mul(sqrt(noiseVariance), epsilon)), sqrt(alphaBar));

export const DDPM_POSTERIOR: Derivation = {
  id: 'ddpm-posterior',
  title: 'The posterior of one forward step',
  shows:
    'Where a noisy point was one step earlier when the data is known as well: Bayes\' rule turns three forward Gaussians into one Gaussian, and completing the square gives its mean and variance. This is the target that every sampling step of DDPM is trained to match.',
  source: HO_2020('eq. 6 and 7, and section 3.2'),
  prerequisites: [
    'One forward step and the forward process in one jump are Gaussians with known mean and variance; α_t is 1 − β_t, and ᾱ_t is α_t times the previous ᾱ.',
    'Bayes\' rule.',
    'The squared length of a difference: ‖a − b‖² = ‖a‖² − 2⟨a, b⟩ + ‖b‖².',
  ],
  after: ['ddpm-kernel'],
  given: ['T', 't', 'beta', 'alpha', 'alphaBar', 'alphaBarPrev', 'x0', 'xt', 'xPrev', 'dimensions', 'forwardStep', 'forwardKernel', 'forwardPosterior'],
  cases: gaussianChainCases,
  steps: [
    {
      label: 'Bayes\' rule',
      left: posterior, relation: 'equal', right: div(mul(stepWithData, before), here), kind: 'numeric',
      why: 'Everything stands under the condition that the data x_0 is known. Under it, the earlier point given the present one is turned round into the present one given the earlier. Here and below t is at least 2; at t = 1 the earlier point is the data itself.',
    },
    {
      label: 'The step does not look at the data',
      left: stepWithData, relation: 'equal', right: step, kind: 'numeric',
      why: 'The noise of step t is drawn without regard to how the chain came to its present point. Once the point before is known, the data says nothing more: the chain is a Markov chain.',
    },
    {
      label: 'Three forward Gaussians',
      left: posterior, relation: 'equal',
      right: div(mul(gaussian(xt, mul(sqrt(alpha), xPrev), beta), gaussian(xPrev, mul(sqrt(alphaBarPrev), x0), noiseVariancePrev)), gaussian(xt, mul(sqrt(alphaBar), x0), noiseVariance)), kind: 'numeric',
      why: 'The step was written out (eq. 2), and twice the forward process in one jump (eq. 4): to t − 1 above, to t below. Nothing unknown is left.',
    },
    {
      label: 'Name the exponent',
      left: Q, relation: 'equal', right: sub(add(ofStep, ofBefore), ofHere), kind: 'definition',
      why: 'A Gaussian is a factor times exp(−½ · squared distance over variance). In a product exponents add up, in a quotient they are subtracted. Q is their sum without the −½.',
    },
    {
      label: 'One factor and one exponential',
      left: posterior, relation: 'equal', right: mul(div(one, height(div(common, noiseVariance))), fn('exp', neg(mul(half, Q)))), kind: 'numeric',
      why: 'The factor in front of each exponential is one over the root of 2π times its variance, once for each of the D components. They were drawn together: the variances of the two Gaussians above are multiplied, and that of the one below divides them.',
    },
    {
      label: 'Expand the first square',
      left: ofStep, relation: 'equal', right: add(sub(div(normSq(xt), beta), mul(two, dot(pullOfXt, xPrev))), mul(div(alpha, beta), normSq(xPrev))), kind: 'numeric',
      why: 'The squared length of a difference was multiplied out and each term divided by β_t. A factor may stand on either side of an inner product. The terms are sorted by the earlier point: none, one, two.',
    },
    {
      label: 'Expand the second square',
      left: ofBefore, relation: 'equal', right: add(sub(div(normSq(xPrev), noiseVariancePrev), mul(two, dot(pullOfX0, xPrev))), mul(div(alphaBarPrev, noiseVariancePrev), normSq(x0))), kind: 'numeric',
      why: 'The same with the point before and the data. The third square of Q does not contain the earlier point at all, so it stays as it is.',
    },
    {
      label: 'Collect what multiplies the square',
      left: A, relation: 'equal', right: add(div(alpha, beta), div(one, noiseVariancePrev)), kind: 'definition',
      why: 'The squared length of the earlier point occurs once in each expansion. Its two coefficients were added and called A.',
    },
    {
      label: 'Collect what meets the earlier point once',
      left: b, relation: 'equal', right: add(pullOfXt, pullOfX0), kind: 'definition',
      why: 'Both expansions have −2 times an inner product with the earlier point. The two vectors on the other side were added and called b.',
    },
    {
      label: 'Collect the rest',
      left: c, relation: 'equal', right: sub(add(div(normSq(xt), beta), mul(div(alphaBarPrev, noiseVariancePrev), normSq(x0))), ofHere), kind: 'definition',
      why: 'What does not contain the earlier point: one term of each expansion, and the third square with its minus. It is kept, so that in the end the whole density can be compared and not just its shape.',
    },
    {
      label: 'The exponent, collected',
      left: Q, relation: 'equal', right: add(sub(mul(A, normSq(xPrev)), mul(two, dot(b, xPrev))), c), kind: 'numeric',
      why: 'The two expansions were put in and the three names used. As a function of the earlier point this is a quadratic.',
    },
    {
      label: 'Complete the square',
      left: sub(mul(A, normSq(xPrev)), mul(two, dot(b, xPrev))), relation: 'equal', right: sub(mul(A, normSq(sub(xPrev, div(b, A)))), div(normSq(b), A)), kind: 'numeric',
      why: 'A times the new square, multiplied out, gives the first two terms of the line above and ‖b‖² over A too much, which is taken away again. The earlier point now occurs in one place only.',
    },
    {
      label: 'The coefficient over one denominator',
      left: A, relation: 'equal', right: div(add(mul(alpha, noiseVariancePrev), beta), common), kind: 'numeric',
      why: 'The first fraction was multiplied above and below by 1 − ᾱ of the step before, the second by β_t. A is positive.',
    },
    {
      label: 'Its numerator',
      left: A, relation: 'equal', right: div(noiseVariance, common), kind: 'numeric',
      why: 'Multiplied out the numerator is α_t minus α_t times the previous ᾱ, plus β_t. The product is ᾱ_t, and α_t + β_t is 1.',
    },
    {
      label: 'Read off the variance',
      left: betaTilde, relation: 'equal', right: div(one, A), kind: 'definition',
      why: 'In the exponent of a Gaussian the square stands with one over the variance. So the variance of the posterior, called β̃, is one over A.',
    },
    {
      label: 'The variance (eq. 7)',
      left: betaTilde, relation: 'equal', right: posteriorVariance, kind: 'numeric', formula: 'ddpm.posterior.variance',
      why: 'The fraction for A was turned over and β_t taken to the right. It depends on the schedule alone, neither on the data nor on the point. It is less than β_t, since there is less noise at t − 1 than at t.',
    },
    {
      label: 'Read off the mean',
      left: mu, relation: 'equal', right: div(b, A), kind: 'definition',
      why: 'The square is that of the distance from b/A, and a Gaussian\'s square is that of the distance from its mean. The mean of the posterior is called μ̃.',
    },
    {
      label: 'Multiply the mean out',
      left: mu, relation: 'equal', right: add(mul(betaTilde, pullOfXt), mul(betaTilde, pullOfX0)), kind: 'numeric',
      why: 'One over A is β̃, and b is a sum of two vectors.',
    },
    {
      label: 'The mean from the data (eq. 7)',
      left: mu, relation: 'equal', right: posteriorMean(x0), kind: 'numeric', formula: 'ddpm.posterior.mean',
      why: 'β̃ was put in from eq. 7. In the weight of the present point β_t cancels, in that of the data 1 − ᾱ of the step before. The mean is a weighted sum of the data and the present point.',
    },
    {
      label: 'Expand the third square',
      left: ofHere, relation: 'equal', right: add(sub(div(normSq(xt), noiseVariance), mul(two, dot(mul(div(sqrt(alphaBar), noiseVariance), xt), x0))), mul(div(alphaBar, noiseVariance), normSq(x0))), kind: 'numeric',
      why: 'Is anything left over beside the square? For this the rest c is compared with what completing took away, ‖b‖² over A. The one square that c still contains was multiplied out; now c has three kinds of terms.',
    },
    {
      label: 'What completing the square took away',
      left: div(normSq(b), A), relation: 'equal',
      right: add(
        mul(div(alpha, mul(pow(beta, 2), A)), normSq(xt)),
        mul(two, dot(mul(div(mul(sqrt(alpha), sqrt(alphaBarPrev)), mul(common, A)), xt), x0)),
        mul(div(alphaBarPrev, mul(pow(noiseVariancePrev, 2), A)), normSq(x0)),
      ), kind: 'numeric',
      why: 'The squared length of the sum b was multiplied out. It has the same three kinds of terms, which are now compared with those of c one after the other.',
    },
    {
      label: 'The terms with the present point',
      left: sub(div(one, beta), div(one, noiseVariance)), relation: 'equal', right: div(alpha, mul(pow(beta, 2), A)), kind: 'numeric',
      why: 'On the left what multiplies ‖x_t‖² in c, on the right the same in ‖b‖² over A. Over a common denominator the left numerator is 1 − ᾱ_t − β_t, which is α_t times 1 − ᾱ of the step before; then A was put in as its numerator was simplified above.',
    },
    {
      label: 'The terms with both points',
      left: div(sqrt(alphaBar), noiseVariance), relation: 'equal', right: div(mul(sqrt(alpha), sqrt(alphaBarPrev)), mul(common, A)), kind: 'numeric',
      why: 'Half of what multiplies ⟨x_t, x_0⟩ in c and in ‖b‖² over A. The two roots above make √ᾱ_t, and the product below is 1 − ᾱ_t.',
    },
    {
      label: 'The terms with the data',
      left: sub(div(alphaBarPrev, noiseVariancePrev), div(alphaBar, noiseVariance)), relation: 'equal', right: div(alphaBarPrev, mul(pow(noiseVariancePrev, 2), A)), kind: 'numeric',
      why: 'What multiplies ‖x_0‖² in c and in ‖b‖² over A. Over a common denominator the left numerator is the previous ᾱ less ᾱ_t, which is the previous ᾱ times β_t; then A was put in as before.',
    },
    {
      label: 'Nothing is left over in the exponent',
      left: c, relation: 'equal', right: div(normSq(b), A), kind: 'numeric',
      why: 'All three kinds of terms agree by the lines above. So the rest c is just what completing the square took away.',
    },
    {
      label: 'The exponent as one square',
      left: Q, relation: 'equal', right: div(normSq(sub(xPrev, mu)), betaTilde), kind: 'numeric',
      why: 'In the collected exponent the first two terms were replaced by the completed square, and c cancels what was taken away. A is one over β̃, and b over A is μ̃.',
    },
    {
      label: 'Nothing is left over in front',
      left: height(div(common, noiseVariance)), relation: 'equal', right: height(betaTilde), kind: 'numeric',
      why: 'The quotient of the three variances is β̃ of eq. 7. So the factor in front is the one that a Gaussian with the variance β̃ must have.',
    },
    {
      label: 'The posterior (eq. 6)',
      left: posterior, relation: 'equal', right: gaussian(xPrev, mu, betaTilde), kind: 'numeric',
      why: 'Factor and exponent together are the Gaussian with mean μ̃ and variance β̃, exactly and not only up to a factor.',
    },
    {
      label: 'It is a density',
      left: integral('xPrev', posterior), relation: 'equal', right: one, kind: 'numeric',
      why: 'A check: over all earlier points it integrates to 1. The denominator in Bayes\' rule is there for this.',
    },
    {
      label: 'The noisy point from data and noise (eq. 4 as a draw)',
      left: xt, relation: 'equal', right: diffused, kind: 'definition', formula: 'ddpm.forward.sample',
      why: 'For the second form of the mean the present point is written as data and one standard normal noise vector ε.',
    },
    {
      label: 'Solve for the data',
      left: x0, relation: 'equal', right: dataFromNoise, kind: 'numeric', formula: 'parameterisation.x0.epsilon',
      why: 'The noise term went to the other side and was divided by the root of ᾱ_t.',
    },
    {
      label: 'Put it into the mean',
      left: mu, relation: 'equal', right: posteriorMean(dataFromNoise), kind: 'numeric',
      why: 'The line above stands where the data was in eq. 7. The present point now occurs twice and is collected next.',
    },
    {
      label: 'What multiplies the present point',
      left: add(div(mul(sqrt(alphaBarPrev), beta), mul(noiseVariance, sqrt(alphaBar))), div(mul(sqrt(alpha), noiseVariancePrev), noiseVariance)), relation: 'equal', right: div(one, sqrt(alpha)), kind: 'numeric',
      why: 'The quotient of the roots of the previous ᾱ and ᾱ_t is 1 over the root of α_t. Over the common denominator √α_t (1 − ᾱ_t) the numerator is β_t + α_t − ᾱ_t, which is 1 − ᾱ_t and cancels.',
    },
    {
      label: 'What multiplies the noise',
      left: mul(meanCoefficientX0, div(sqrt(noiseVariance), sqrt(alphaBar))), relation: 'equal', right: mul(div(one, sqrt(alpha)), div(beta, sqrt(noiseVariance))), kind: 'numeric',
      why: 'The same quotient of roots once more, and 1 − ᾱ_t divided by its own root is its root. The minus sign of the noise is put back in the next line.',
    },
    {
      label: 'The mean from the noise (inside eq. 10)',
      left: mu, relation: 'equal', right: mul(div(one, sqrt(alpha)), sub(xt, mul(div(beta, sqrt(noiseVariance)), epsilon))), kind: 'numeric',
      why: 'The two weights were put in and 1 over the root of α_t taken out. Given the present point, a network that knows the noise knows the mean: this is why DDPM can predict ε. Here ε is the very noise that made the present point, not a fresh one. Both forms give the same point.',
    },
  ],
};
