/** The reconstruction losses of an autoencoder as log-likelihoods, and what a linear one learns. */
import { add, apply, conditional, derivative, div, dot, fn, gaussian, mul, neg, normSq, num, PI, pow, sub, sym } from '../../formulas/expr';
import { VINCENT_2010 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { autoencoderWorld } from '../worlds/autoencoder';

const [one, two] = [num(1), num(2)];
const [x, h, output, sigma, w] = [sym('x'), sym('code'), sym('reconstruction'), sym('outputDeviation'), sym('direction')];
const [bit, a] = [sym('inputBit'), sym('outputLogit')];
const variance = pow(sigma, 2);
const error = normSq(sub(x, output));
const likelihood = conditional('codeLikelihood', x, h);
const gaussianLikelihood = gaussian(x, output, variance);
const predicted = fn('sigmoid', a);
const crossEntropy = neg(add(mul(bit, fn('log', predicted)), mul(sub(one, bit), fn('log', sub(one, predicted)))));

export const AUTOENCODER: Derivation = {
  id: 'autoencoder',
  title: 'What the reconstruction loss of an autoencoder assumes',
  shows:
    'Why squared error is the negative log-likelihood of a Gaussian, up to a factor and a constant, and binary cross-entropy that of a Bernoulli distribution, and that both give the same gradient up to a factor: output minus input. Then what a linear autoencoder keeps of the data.',
  source: VINCENT_2010('section 2'),
  prerequisites: [
    'Density of a Gaussian with variance σ² in each of D directions.',
    'The length of a vector and the inner product of two.',
    'The sigmoid maps a logit to a probability.',
  ],
  after: ['mle-map'],
  given: ['x', 'dimensions', 'direction'],
  cases: inWorlds(autoencoderWorld),
  steps: [
    {
      label: 'Encode',
      left: h, relation: 'equal', right: apply('encoderNetwork', x), kind: 'definition',
      why: 'The encoder makes a code of the example. Because the code is small, or because it is kept sparse or noisy, it cannot just copy. A denoising autoencoder shows the encoder a corrupted example and compares with the clean one.',
    },
    {
      label: 'Decode',
      left: output, relation: 'equal', right: apply('decoderNetwork', h), kind: 'definition',
      why: 'The decoder makes an example of the code again. Training brings it close to what went in.',
    },
    {
      label: 'Read the decoder as a distribution',
      left: likelihood, relation: 'equal', right: gaussianLikelihood, kind: 'definition',
      why: 'To say what close means, the example is taken for a draw from a Gaussian around the reconstruction, with a variance that is the same for all components and fixed.',
    },
    {
      label: 'Its negative logarithm',
      left: neg(fn('log', likelihood)), relation: 'equal', right: add(div(error, mul(two, variance)), mul(div(sym('dimensions'), two), fn('log', mul(two, PI, variance)))), kind: 'numeric',
      why: 'The exponent of the Gaussian, and the logarithm of its height. Only the squared error depends on the networks.',
    },
    {
      label: 'The gradient of the negative log-likelihood',
      left: derivative(output, neg(fn('log', gaussianLikelihood))), relation: 'equal', right: div(sub(output, x), variance), kind: 'numeric',
      why: 'The second term above has no say. The gradient points from the example to the reconstruction.',
    },
    {
      label: 'The gradient of the squared error',
      left: derivative(output, error), relation: 'equal', right: mul(two, sub(output, x)), kind: 'numeric',
      why: 'The same but for a constant factor, which goes into the learning rate. Code mostly takes the mean over components, which is one more such factor. Where the error stands beside another term, as in a VAE, these factors do matter.',
    },
    {
      label: 'Binary cross-entropy, one component',
      left: sym('crossEntropy'), relation: 'equal', right: crossEntropy, kind: 'definition',
      why: 'For components between 0 and 1 the decoder ends in a sigmoid. Its output is taken for the probability of a 1, and this is the negative log-likelihood of a Bernoulli variable. For grey values between 0 and 1 it is a loss of the same form, but no likelihood.',
    },
    {
      label: 'Its gradient has the same form',
      left: derivative(a, crossEntropy), relation: 'equal', right: sub(predicted, bit), kind: 'numeric',
      why: 'By the logit, before the sigmoid: output minus input again.',
    },
    {
      label: 'A linear autoencoder with one unit',
      left: normSq(sub(x, mul(dot(w, x), w))), relation: 'equal', right: sub(normSq(x), pow(dot(w, x), 2)), kind: 'numeric',
      why: 'The code is the inner product with a vector w of length 1, which also decodes. Whatever variance the code does not carry is the error. So over centred data the least error is where the code varies most: the first principal component (Baldi & Hornik 1989).',
    },
  ],
};
