/** Implicit nonlinear diffusion (Kim et al. 2022): a linear diffusion behind a flow, its bound for a discrete chain, and the diffusion that the data then undergo. */
import { add, apply, conditional, crossEntropy, derivative, div, entropy, expectation, fn, gaussian1, kl, mul, neg, num, pow, product, sqrt, sub, sum, sym, type Expr } from '../../formulas/expr';
import { KIM_2022 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { indmCases } from '../worlds/indm';

const [one, two] = [num(1), num(2)];
const half = div(one, two);
const [x, z0, z, before, last, chain, whole] = [sym('x'), sym('firstCode'), sym('codeStep'), sym('codeBefore'), sym('lastCode'), sym('codeChain'), sym('wholeCodeChain')];
const [t, T, beta, alpha, rate, short, noise] = [sym('t'), sym('T'), sym('beta'), sym('alpha'), sym('noiseRate'), sym('shortTime'), sym('latentNoise')];
const variance = pow(sym('sigma'), 2);
const log = (of: Expr): Expr => fn('log', of);
const square = (of: Expr): Expr => pow(of, 2);
const flow = apply('latentFlow', x);
const stretch = derivative(x, flow);
const inverse = (at: Expr): Expr => apply('flowInverse', at);
const [data, model, codes, codeModel] = [apply('dataDistribution', x), apply('evidence', x), apply('latentData', z0), apply('latentModel', z0)];
const [forth, back, sampler] = [conditional('codeForward', z, before), conditional('codeReverse', before, z), conditional('codeSampler', before, z)];
const [paths, modelPaths, encoder] = [apply('codePaths', whole), apply('codeModelPaths', whole), conditional('codeEncoder', chain, z0)];
const [end, start] = [apply('codeDiffused', last), apply('startDensity', last)];
const [truth, score] = [apply('codeScore', z, t), apply('scoreNetwork', z, t)];
const [pathGap, endGap] = [kl('wholeCodeChain', paths, modelPaths), kl('lastCode', end, start)];
const stepGap = mul(div(square(beta), mul(two, alpha, variance)), square(sub(truth, score)));
const matching = sum(1, T, expectation('wholeCodeChain', paths, stepGap), 't');
const flowLoss = expectation('x', data, neg(log(stretch)));
const moved = add(sub(z0, mul(half, rate, short, z0)), mul(sqrt(mul(rate, short)), noise));
const [change, shaken] = [sub(inverse(moved), x), sub(inverse(add(z0, mul(sqrt(mul(rate, short)), noise))), x)];
const overNoise = (body: Expr): Expr => expectation('latentNoise', apply('standardDensity', noise), body);
const [slope, bend] = [derivative(z0, inverse(z0)), derivative(z0, derivative(z0, inverse(z0)))];

export const INDM_ELBO: Derivation = {
  id: 'indm-elbo',
  title: 'A diffusion behind a flow: implicit nonlinear diffusion',
  shows:
    'How the bound of a model that diffuses the output of a flow splits into the flow\'s log-determinant and score matching in the latent space. Then which diffusion the data undergo: its drift and its noise depend on the place, by Itô\'s formula.',
  source: KIM_2022('the theorems on the bound of the divergence and on the nonlinear diffusion in data space'),
  prerequisites: [
    'The likelihood of a flow, and the bound of a chain of latent variables.',
    'Tweedie\'s formula: the mean of a point before a step of noise follows from the score after it.',
    'The paper speaks of stochastic differential equations. Here the bound is derived for a chain with t = 1 … T, in one dimension, with an increasing flow whose latent variables are Gaussian, so that every reversed step is Gaussian. The paper\'s integral is the limit of many small steps.',
  ],
  after: ['normalizing-flow', 'hvae-elbo', 'tweedie'],
  given: ['x', 'latentFlow', 'evidence', 'latentModel', 'dataDistribution', 'latentData', 'codeStep', 'codeBefore', 'lastCode', 'codeChain', 'wholeCodeChain', 'codeReverse', 'codeDiffused', 'codeEncoder', 'scoreNetwork', 'startDensity', 'beta', 'alpha', 'sigma', 't', 'T', 'flowInverse', 'noiseRate', 'shortTime', 'latentNoise', 'standardDensity'],
  cases: indmCases,
  steps: [
    {
      label: 'The latent variable of an example',
      left: z0, relation: 'equal', right: flow, kind: 'definition',
      why: 'An invertible network takes the example to a latent variable of the same size. Noise will be added to this one, not to the example.',
    },
    {
      label: 'The likelihood of the whole model',
      left: model, relation: 'equal', right: mul(codeModel, stretch), kind: 'numeric',
      why: 'Change of variables, as for any flow: the density that the sampling chain gives to z₀, times how much the flow stretches. In more dimensions this factor is the absolute value of a determinant.',
    },
    {
      label: 'Its logarithm',
      left: neg(log(model)), relation: 'equal', right: sub(neg(log(stretch)), log(codeModel)), kind: 'numeric',
      why: 'A loss of the flow and a loss of the model behind it. Only the second one needs a bound.',
    },
    {
      label: 'A step of noise in the latent space',
      left: forth, relation: 'equal', right: gaussian1(z, mul(sqrt(alpha), before), beta), kind: 'definition',
      why: 'Linear and fixed, as in DDPM, with α_t = 1 − β_t.',
    },
    {
      label: 'The diffused chain',
      left: paths, relation: 'equal', right: mul(codes, product(1, T, forth, 't')), kind: 'definition',
      why: 'It begins with the latent variable of an example, distributed as the flow makes it of the data.',
    },
    {
      label: 'The chain of the sampler',
      left: modelPaths, relation: 'equal', right: mul(start, product(1, T, sampler, 't')), kind: 'definition',
      why: 'It begins with pure noise and goes back step by step. Its last point z₀ goes through the inverse of the flow.',
    },
    {
      label: 'A bound for one example',
      left: log(model), relation: 'at-least', right: add(log(stretch), expectation('codeChain', encoder, log(div(modelPaths, encoder)))), kind: 'numeric',
      why: 'The evidence lower bound of the chain with z₀ in the place of the example, and the flow\'s log-determinant added. Both sides agree where the sampler, given z₀, makes the same chains as the diffusion.',
    },
    {
      label: 'The true score',
      left: truth, relation: 'equal', right: derivative(z, log(apply('codeDiffused', z))), kind: 'definition',
      why: 'The derivative of the log-density of the latent variables after t steps of noise. It changes when the flow is trained.',
    },
    {
      label: 'The step of noise seen backwards',
      left: back, relation: 'equal', right: gaussian1(before, div(add(z, mul(beta, truth)), sqrt(alpha)), variance), kind: 'numeric',
      why: 'Its mean is Tweedie\'s formula for one step. Its variance is called σ_t² here. It is Gaussian because the latent variables are; for others it is nearly so when β_t is small.',
    },
    {
      label: 'The step of the sampler',
      left: sampler, relation: 'equal', right: gaussian1(before, div(add(z, mul(beta, score)), sqrt(alpha)), variance), kind: 'definition',
      why: 'The same with a network in the place of the true score.',
    },
    {
      label: 'How far the two are apart',
      left: kl('codeBefore', back, sampler), relation: 'equal', right: stepGap, kind: 'numeric',
      why: 'Two Gaussians with the same variance: the squared difference of the means over twice the variance. The means differ by β_t over the root of α_t, times the difference of the scores.',
    },
    {
      label: 'The diffused chain from its end',
      left: paths, relation: 'equal', right: mul(end, product(1, T, back, 't')), kind: 'numeric',
      why: 'The same chain told backwards. A Markov chain seen backwards is one again.',
    },
    {
      label: 'The divergence of the chains',
      left: pathGap, relation: 'equal', right: add(endGap, matching), kind: 'numeric',
      why: 'Both chains are told backwards, so the logarithm of their quotient is a term for the end and a sum over steps; the mean of each is the divergence of that step. For differential equations Girsanov\'s theorem says this; here it is exact for the chain. With Δ the length of a step and β_t = g²Δ, the factor before the square goes to g²Δ/2, and the sum to the integral of the paper.',
    },
    {
      label: 'The ends of the chains are nearer',
      left: kl('firstCode', codes, codeModel), relation: 'at-most', right: pathGap, kind: 'numeric',
      why: 'To forget all of a chain except z₀ can only make a divergence smaller. Both sides agree where the chains are the same given z₀.',
    },
    {
      label: 'The flow does not change a divergence',
      left: kl('x', data, model), relation: 'equal', right: kl('firstCode', codes, codeModel), kind: 'numeric',
      why: 'Both densities are changed by the same factor, which cancels in their quotient. So what is near in the latent space is as near in data space.',
    },
    {
      label: 'The bound of the divergence',
      left: kl('x', data, model), relation: 'at-most', right: add(endGap, matching), kind: 'numeric',
      why: 'The last three lines together. In the paper this is an integral of the squared difference of the scores, weighted by g²/2, plus the divergence at the end, which is small after much noise.',
    },
    {
      label: 'Loss of the flow and loss behind it',
      left: expectation('x', data, neg(log(model))), relation: 'equal', right: add(flowLoss, crossEntropy('firstCode', codes, codeModel)), kind: 'numeric',
      why: 'The mean of the third line over the data. The cross-entropy stands between the latent variables of the data and those of the sampler.',
    },
    {
      label: 'The bound that is trained',
      left: expectation('x', data, neg(log(model))), relation: 'at-most', right: add(flowLoss, entropy('firstCode', codes), endGap, matching), kind: 'numeric',
      why: 'The cross-entropy is the entropy plus a divergence, and the divergence is bounded. The entropy depends on the flow and must not be dropped: with the first term it makes the entropy of the data, which no training changes. The bound for one example above contains it. Flow and score are trained together. With the identity as the flow, the first term is zero and this is the bound of a linear diffusion model.',
    },
    {
      label: 'The mean change of an example',
      left: div(overNoise(change), short), relation: 'approaches', right: sub(mul(half, rate, bend), mul(half, rate, z0, slope)), kind: 'numeric',
      why: 'Now in continuous time, at one moment: z₀ and x are the latent variable and the example of that moment. In a short time Δ the latent variable shrinks by the share βΔ/2, and noise of the variance βΔ is added, drawn from the standard normal density r. Seen through the inverse of the flow, the noise has a mean effect as well, since the inverse bends: this is Itô\'s formula.',
    },
    {
      label: 'Its mean square',
      left: div(overNoise(square(shaken)), short), relation: 'approaches', right: mul(rate, square(slope)), kind: 'numeric',
      why: 'In a short time the noise is much larger than the drift, which adds nothing in the limit and was left out. The noise is stretched by the derivative of the inverse.',
    },
    {
      label: 'The drift in data space',
      left: apply('dataDrift', x), relation: 'equal', right: sub(mul(half, rate, bend), mul(half, rate, z0, slope)), kind: 'definition',
      why: 'The mean change for each unit of time, from the line before the last.',
    },
    {
      label: 'The noise in data space',
      left: apply('dataDiffusion', x), relation: 'equal', right: mul(sqrt(rate), slope), kind: 'definition',
      why: 'The root of the mean square for each unit of time. For an increasing flow it is positive.',
    },
    {
      label: 'The slope of the inverse',
      left: slope, relation: 'equal', right: div(one, stretch), kind: 'numeric',
      why: 'The inverse undoes the flow, so their derivatives at the same point multiply to 1.',
    },
    {
      label: 'The bend of the inverse',
      left: bend, relation: 'equal', right: neg(div(derivative(x, stretch), pow(stretch, 3))), kind: 'numeric',
      why: 'The line above differentiated once more by z₀: the derivative of one over h′, and x itself changes with the slope of the inverse.',
    },
    {
      label: 'The drift, told by the flow',
      left: apply('dataDrift', x), relation: 'equal', right: sub(neg(mul(half, rate, div(flow, stretch))), mul(half, rate, div(derivative(x, stretch), pow(stretch, 3)))), kind: 'numeric',
      why: 'Slope and bend were put in. Unless the flow is linear, the drift is in general not linear in x.',
    },
    {
      label: 'The noise, told by the flow',
      left: apply('dataDiffusion', x), relation: 'equal', right: div(sqrt(rate), stretch), kind: 'numeric',
      why: 'Where the flow stretches, little noise in data space is enough. So training the flow trains the diffusion of the data: both its drift and its noise, although the diffusion in the latent space is fixed.',
    },
  ],
};
