/** The objective of an autoencoder over all data: which likelihood it maximises, over what, and which part of the evidence it leaves out. */
import { add, apply, conditional, derivative, div, fn, gaussian, gradient, mul, neg, normSq, num, PI, pow, power, product, sub, sum, sym, total, type Expr } from '../../formulas/expr';
import { VINCENT_2010 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { objectiveTight, objectiveWorld } from '../worlds/autoencoder-objective';

const [one, two] = [num(1), num(2)];
const [x, xi, rebuilt, N, D, S, sigma, best] = [sym('x'), sym('dataPoint', 'i'), sym('pointReconstruction', 'i'), sym('dataSize'), sym('dimensions'), sym('squaredErrors'), sym('outputDeviation'), sym('bestDeviation')];
const [bit, chance, grey, b, h, z] = [sym('pixel', 'i'), sym('pixelProbability', 'i'), sym('inputBit'), sym('outputBit'), sym('code'), sym('latent')];
const log = (of: Expr): Expr => fn('log', of);
const overData = (body: Expr): Expr => sum(1, N, body, 'i');
const overPixels = (body: Expr): Expr => sum(1, D, body, 'i');
const codeOf = (at: Expr): Expr => apply('encoderNetwork', at);
const output = apply('decoderNetwork', codeOf(xi));
const likelihood = conditional('codeLikelihood', xi, codeOf(xi));
const loss = neg(overData(log(likelihood)));
const errors = overData(normSq(sub(xi, output)));
const bits = conditional('bernoulliLikelihood', x, h);
const bernoulli = (p: Expr, q: Expr): Expr => add(mul(p, log(q)), mul(sub(one, p), log(sub(one, q))));
const crossed = neg(bernoulli(grey, b));
const loss01 = sym('crossEntropy');
const own = neg(bernoulli(grey, grey));
const [evidence, made, prior, posterior] = [apply('evidence', x), conditional('likelihood', x, codeOf(x)), apply('prior', codeOf(x)), conditional('posterior', codeOf(x), x)];

export const AUTOENCODER_OBJECTIVE: Derivation = {
  id: 'autoencoder-objective',
  title: 'What an autoencoder maximises, and what it does not',
  shows:
    'Why training an autoencoder with squared error or cross-entropy is maximum likelihood of a decoder whose code is fixed by the encoder, and what the noise and the scale of the loss have to do with it. Then which part of the log-probability of an example this objective leaves out.',
  source: VINCENT_2010('section 2, for the two reconstruction losses'),
  prerequisites: [
    'Encoder and decoder are networks; the overview of the autoencoder shows both losses for one example.',
    'Maximum likelihood, and the Gaussian and the Bernoulli distribution.',
    'The code is deterministic: the encoder gives one code for an example and no distribution.',
  ],
  after: ['mle-map', 'kl-properties', 'latent-variable-marginal'],
  given: ['x', 'dataPoint', 'dataSize', 'dimensions', 'encoderNetwork', 'decoderNetwork', 'parameters', 'outputDeviation', 'pixel', 'pixelProbability', 'code', 'inputBit', 'outputBit', 'latent', 'prior', 'likelihood', 'evidence', 'posterior'],
  cases: inWorlds(objectiveWorld, { tight: objectiveTight }),
  steps: [
    {
      label: 'The reconstruction of example i',
      left: rebuilt, relation: 'equal', right: output, kind: 'definition',
      why: 'Encode, then decode. The parameters θ of the decoder are what is trained below; for those of the encoder the same lines hold.',
    },
    {
      label: 'The squared error of all data',
      left: S, relation: 'equal', right: overData(normSq(sub(xi, rebuilt))), kind: 'definition',
      why: 'Summed over all components and all N examples. Code mostly takes the mean instead, S/(ND).',
    },
    {
      label: 'The decoder as a distribution',
      left: likelihood, relation: 'equal', right: gaussian(xi, output, pow(sigma, 2)), kind: 'definition',
      why: 'Each example is taken for its reconstruction plus Gaussian noise of one variance σ² in all D directions. The code is no random variable here: it is what the encoder puts out for this example.',
    },
    {
      label: 'The negative log-likelihood of all data',
      left: loss, relation: 'equal', right: add(div(S, mul(two, pow(sigma, 2))), mul(div(mul(N, D), two), log(mul(two, PI, pow(sigma, 2))))), kind: 'numeric',
      why: 'The examples are independent once their codes are known, so the logarithms add up: the exponents give the squared errors, the heights N times D times the same constant.',
    },
    {
      label: 'The gradient by the parameters',
      left: gradient('parameters', loss), relation: 'equal', right: mul(div(one, mul(two, pow(sigma, 2))), gradient('parameters', errors)), kind: 'numeric',
      why: 'The constant has no gradient. So for a fixed σ the likelihood and the squared error have the same stationary points and the same minimum; σ only scales the step. This no longer holds when the loss gets another term, as in a VAE.',
    },
    {
      label: 'The slope by the noise',
      left: derivative(sigma, add(div(S, mul(two, pow(sigma, 2))), mul(div(mul(N, D), two), log(mul(two, PI, pow(sigma, 2)))))), relation: 'equal',
      right: sub(div(mul(N, D), sigma), div(S, pow(sigma, 3))), kind: 'numeric',
      why: 'The variance may be fitted as well. The logarithm gives ND/σ, the fraction −S/σ³.',
    },
    {
      label: 'The best variance is the mean squared error',
      left: pow(best, 2), relation: 'equal', right: div(S, mul(N, D)), kind: 'definition',
      why: 'The slope set to zero and multiplied by σ³/(ND). The slope is negative below this variance and positive above it, so it is the minimum. The reconstruction must not be perfect, else the variance would be zero and no minimum would exist.',
    },
    {
      label: 'What is left of the loss',
      left: add(div(S, mul(two, pow(best, 2))), mul(div(mul(N, D), two), log(mul(two, PI, pow(best, 2))))), relation: 'equal',
      right: mul(div(mul(N, D), two), add(one, log(mul(two, PI, pow(best, 2))))), kind: 'numeric',
      why: 'With the best variance the fraction is ND/2. So with a fitted variance training makes the logarithm of the mean squared error small, which has its minimum at the same place as the error itself.',
    },
    {
      label: 'Components that are 0 or 1',
      left: bits, relation: 'equal', right: product(1, D, mul(power(chance, bit), power(sub(one, chance), sub(one, bit))), 'i'), kind: 'definition',
      why: 'The decoder ends in a sigmoid and gives for each component the probability of a 1. The components are independent once the code is known. Of each pair of factors one has the exponent 0.',
    },
    {
      label: 'Its negative logarithm is the cross-entropy',
      left: neg(log(bits)), relation: 'equal', right: neg(overPixels(bernoulli(bit, chance))), kind: 'numeric',
      why: 'The logarithm of the product is a sum, and exponents become factors. This is binary cross-entropy, summed over the components; code that takes the mean divides it by D.',
    },
    {
      label: 'Grey values',
      left: loss01, relation: 'equal', right: crossed, kind: 'definition',
      why: 'The same loss for one component x that may lie anywhere between 0 and 1, with the output b, which the sigmoid keeps strictly between them. For such a component it is no log-likelihood, but code uses it all the same.',
    },
    {
      label: 'Cross-entropy is entropy plus divergence',
      left: loss01, relation: 'equal', right: add(own, add(mul(grey, log(div(grey, b))), mul(sub(one, grey), log(div(sub(one, grey), sub(one, b)))))), kind: 'numeric',
      why: 'The logarithms of the two quotients split into what is in the line above and the entropy with the opposite sign. The last two terms together are the Kullback–Leibler divergence of a coin with the probability x from a coin with the probability b.',
    },
    {
      label: 'So the loss does not go to zero',
      left: loss01, relation: 'at-least', right: own, kind: 'numeric',
      why: 'The divergence is never negative, and zero only for b = x. So the best output is the component itself, as it should be, but the loss there is the entropy of x and not zero. For grey images this part cannot be trained away.',
    },
    {
      label: 'How probable an example is',
      left: evidence, relation: 'equal', right: total('latent', mul(apply('prior', z), conditional('likelihood', x, z))), kind: 'numeric',
      why: 'Now the code as a latent variable z with a prior, here with finitely many values. The example may have been made from any code, so all of them count.',
    },
    {
      label: 'Bayes\' rule at the encoder\'s code',
      left: evidence, relation: 'equal', right: div(mul(prior, made), posterior), kind: 'numeric',
      why: 'The product rule in both orders, for the one code that the encoder chooses. It holds for every code that can have made the example, so for this one as well if it can.',
    },
    {
      label: 'The log-probability in three parts',
      left: log(evidence), relation: 'equal', right: sub(add(log(made), log(prior)), log(posterior)), kind: 'numeric',
      why: 'The logarithm of the line above. The reconstruction term of an autoencoder is the first part only. The second asks that codes be ones that the prior would draw, the third says how sure it is, when the example is known, that it came from this code.',
    },
    {
      label: 'Reconstruction and prior give a lower bound',
      left: log(evidence), relation: 'at-least', right: add(log(made), log(prior)), kind: 'numeric',
      why: 'A probability of a finite set of codes is at most 1, so the last logarithm is not positive. Both sides are equal if no other code can have made the example. This is the evidence lower bound with an encoder that puts all its weight on one code.',
    },
    {
      label: 'What the autoencoder leaves out',
      left: sub(log(evidence), log(made)), relation: 'equal', right: log(div(prior, posterior)), kind: 'numeric',
      why: 'The difference between the log-probability of an example and the reconstruction term that is trained. Nothing in that term asks for codes that the prior would draw, so decoding a draw of the prior need not give anything like the data. A VAE gives the encoder a distribution and keeps the term with the prior. With continuous codes all this needs densities: a single point then has no probability, and the bound with one code is minus infinity.',
    },
  ],
};
