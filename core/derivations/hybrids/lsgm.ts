/** Latent score-based generative models (Vahdat et al. 2021): a diffusion as the prior of an autoencoder, and the cross-entropy as score matching. */
import { add, apply, conditional, crossEntropy, derivative, div, entropy, expectation, fn, gaussian1, integral, kl, mul, neg, num, PI, pow, power, sub, sym, type Expr } from '../../formulas/expr';
import { VAHDAT_2021 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { lsgmCases } from '../worlds/lsgm';

const [one, two] = [num(1), num(2)];
const half = div(one, two);
const E: Expr = { kind: 'number', value: Math.E, tex: '\\mathrm{e}', spoken: 'e' };
const [x, z0, z, time, first, eps, mixing] = [sym('x'), sym('firstCode'), sym('diffusedCode'), sym('continuousTime'), sym('startTime'), sym('latentNoise'), sym('mixing')];
const log = (of: Expr): Expr => fn('log', of);
const square = (of: Expr): Expr => pow(of, 2);
const [signal, noise, rate] = [(at: Expr): Expr => apply('keptAt', at), (at: Expr): Expr => apply('addedNoise', at), (at: Expr): Expr => apply('noiseRate', at)];
const [encoder, prior] = [conditional('encoder', z0, x), apply('prior', z0)];
const reconstruction = expectation('firstCode', encoder, neg(log(conditional('likelihood', x, z0))));
const across = crossEntropy('firstCode', encoder, prior);
const kernel = conditional('codeKernel', z, z0, time);
const q = (at: Expr): Expr => conditional('diffusedEncoder', z, x, at);
const p = (at: Expr): Expr => conditional('diffusedPrior', z, at);
const H = (at: Expr): Expr => crossEntropy('diffusedCode', q(at), p(at));
const by = (of: Expr): Expr => derivative(z, of);
const later = (of: Expr): Expr => derivative(time, of);
const [qScore, pScore] = [apply('encoderScore', z, x, time), apply('scoreNetwork', z, time)];
const under = (body: Expr): Expr => expectation('diffusedCode', q(time), body);
const halfRate = div(rate(time), two);
const spreading = (of: Expr): Expr => mul(halfRate, by(add(mul(z, of), by(of))));
const noised = add(mul(signal(time), z0), mul(noise(time), eps));
const draws = (body: Expr): Expr => expectation('firstCode', encoder, expectation('latentNoise', apply('standardDensity', eps), body));
const network = apply('scoreNetwork', noised, time);
const matching = draws(square(add(network, div(eps, noise(time)))));
const summed = integral('continuousTime', mul(halfRate, matching));
const learned = conditional('correction', z, time);
const mixedScore = add(neg(mul(sub(one, mixing), z)), mul(mixing, by(log(learned))));

export const LSGM: Derivation = {
  id: 'lsgm',
  title: 'A score-based prior for an autoencoder',
  shows:
    'How the bound of an autoencoder whose prior is a diffusion model can be trained: only its cross-entropy contains the prior, and along the diffusion that is a score matching integral. Then the score that is mixed from a standard normal one and a learned one.',
  source: VAHDAT_2021('sections 3.1 and 3.2, with theorem 1'),
  prerequisites: [
    'The evidence lower bound with reconstruction, entropy and cross-entropy.',
    'Denoising score matching, and integration by parts.',
    'The lines are written for one latent component, and checked for Gaussian encoder and prior. With D components products become inner products, squares become squared lengths, and constants occur D times. Densities are smooth, positive, and fall so fast that nothing is left at infinity. Time runs from 0 to 1.',
  ],
  after: ['elbo-reconstruction-kl', 'score-sde', 'entropy-cross-entropy'],
  given: ['x', 'encoder', 'prior', 'likelihood', 'latentNoise', 'standardDensity', 'keptAt', 'addedNoise', 'noiseRate', 'diffusedEncoder', 'diffusedPrior', 'continuousTime', 'startTime', 'mixing', 'correction'],
  cases: lsgmCases,
  steps: [
    {
      label: 'The bound',
      left: neg(sym('elbo')), relation: 'equal', right: add(reconstruction, kl('firstCode', encoder, prior)), kind: 'definition',
      why: 'The negative evidence lower bound of an autoencoder. Its prior p is now a diffusion model in the latent space, so neither its density nor this divergence can be computed directly.',
    },
    {
      label: 'Split the divergence',
      left: kl('firstCode', encoder, prior), relation: 'equal', right: sub(across, entropy('firstCode', encoder)), kind: 'numeric',
      why: 'The cross-entropy from the encoder to the prior, less the entropy of the encoder, which is known for a Gaussian. The prior occurs in the first part only.',
    },
    {
      label: 'Reconstruction, entropy and cross-entropy',
      left: neg(sym('elbo')), relation: 'equal', right: add(sub(reconstruction, entropy('firstCode', encoder)), across), kind: 'numeric',
      why: 'Put into the bound. Encoder, decoder and prior are trained together. The task is to compute the last term from the score of the prior.',
    },
    {
      label: 'The diffusion in the latent space',
      left: z, relation: 'equal', right: noised, kind: 'definition',
      why: 'At time τ a part a(τ) of the latent variable is left, and noise of the standard deviation σ(τ) has been added.',
    },
    {
      label: 'How the signal fades',
      left: later(signal(time)), relation: 'equal', right: neg(mul(halfRate, signal(time))), kind: 'definition',
      why: 'The variance-preserving diffusion with the rate β: points shrink by β/2 for each unit of time and noise with the variance β is added. So g² of the paper is β here.',
    },
    {
      label: 'What is lost becomes noise',
      left: add(square(signal(time)), square(noise(time))), relation: 'equal', right: one, kind: 'definition',
      why: 'A standard normal distribution stays as it is under this diffusion.',
    },
    {
      label: 'How the noise grows',
      left: later(square(noise(time))), relation: 'equal', right: mul(rate(time), sub(one, square(noise(time)))), kind: 'numeric',
      why: 'The last two lines together: the derivative of a² is −β a², and the variance of the noise is 1 − a².',
    },
    {
      label: 'The kernel',
      left: kernel, relation: 'equal', right: gaussian1(z, mul(signal(time), z0), square(noise(time))), kind: 'definition',
      why: 'The density of the diffused point when the latent variable before is known.',
    },
    {
      label: 'Its score',
      left: by(log(kernel)), relation: 'equal', right: neg(div(eps, noise(time))), kind: 'numeric',
      why: 'Minus the noise that was drawn, over its standard deviation.',
    },
    {
      label: 'The score of the diffused prior',
      left: pScore, relation: 'equal', right: by(log(p(time))), kind: 'definition',
      why: 'The network gives the score of the diffused prior at every time. A network that is trained freely need not be the score of any diffused density; the theorem assumes that it is.',
    },
    {
      label: 'The score of the diffused encoder',
      left: qScore, relation: 'equal', right: by(log(q(time))), kind: 'definition',
      why: 'The same for what the encoder gives for this example. It serves the derivation only and will not be left in the result.',
    },
    {
      label: 'How the density of the prior spreads',
      left: later(p(time)), relation: 'equal', right: spreading(p(time)), kind: 'numeric',
      why: 'The Fokker–Planck equation of this diffusion: shrinking gathers density, noise spreads it.',
    },
    {
      label: 'And that of the encoder',
      left: later(q(time)), relation: 'equal', right: spreading(q(time)), kind: 'numeric',
      why: 'What the encoder gives for this example is diffused in the same way, so the same equation holds.',
    },
    {
      label: 'The cross-entropy changes in two ways',
      left: later(H(time)), relation: 'equal', right: sub(neg(integral('diffusedCode', mul(later(q(time)), log(p(time))))), integral('diffusedCode', mul(div(q(time), p(time)), later(p(time))))), kind: 'numeric',
      why: 'The product rule under the integral of −q log p: once the encoder changes, once the logarithm of the prior.',
    },
    {
      label: 'The first part',
      left: neg(integral('diffusedCode', mul(later(q(time)), log(p(time))))), relation: 'equal', right: mul(halfRate, under(mul(add(z, qScore), pScore))), kind: 'numeric',
      why: 'The Fokker–Planck equation was put in, and its outer derivative was moved to the logarithm by parts. The derivative of q is q times its score.',
    },
    {
      label: 'The second part',
      left: neg(integral('diffusedCode', mul(div(q(time), p(time)), later(p(time))))), relation: 'equal', right: mul(halfRate, under(mul(sub(qScore, pScore), add(z, pScore)))), kind: 'numeric',
      why: 'The same, with the derivative moved to the quotient: that is the quotient times the difference of the scores.',
    },
    {
      label: 'Both parts together',
      left: later(H(time)), relation: 'equal', right: mul(halfRate, under(sub(add(mul(z, qScore), mul(two, qScore, pScore)), square(pScore)))), kind: 'numeric',
      why: 'Multiplied out and added; z times the score of the prior cancels.',
    },
    {
      label: 'A mean that is always the same',
      left: under(mul(z, qScore)), relation: 'equal', right: num(-1), kind: 'numeric',
      why: 'By parts: the score times the density is the derivative of the density, and moved to z it leaves minus the integral of the density.',
    },
    {
      label: 'The rest, by draws',
      left: under(sub(mul(two, qScore, pScore), square(pScore))), relation: 'equal', right: sub(div(one, square(noise(time))), matching), kind: 'numeric',
      why: 'The density of the diffused encoder is a mean of kernels, so under the mean the score −ε/σ of each kernel may stand in the place of the score of the encoder. Then the square is completed: the mean of (ε/σ)² is 1/σ². What is left needs only draws of z₀ and ε, and is the loss of denoising score matching.',
    },
    {
      label: 'How the cross-entropy changes',
      left: later(H(time)), relation: 'equal', right: sub(mul(halfRate, sub(div(one, square(noise(time))), one)), mul(halfRate, matching)), kind: 'numeric',
      why: 'The last three lines together. Only the loss of score matching depends on the prior.',
    },
    {
      label: 'What does not depend on the prior',
      left: mul(halfRate, sub(div(one, square(noise(time))), one)), relation: 'equal', right: mul(half, later(log(square(noise(time))))), kind: 'numeric',
      why: 'The growth of the noise over the noise itself is the derivative of its logarithm.',
    },
    {
      label: 'From the start to the end',
      left: H(first), relation: 'equal', right: add(H(one), summed, mul(half, log(div(square(noise(first)), square(noise(one)))))), kind: 'numeric',
      why: 'The change of the cross-entropy is integrated over time, from τ₀ to 1. It holds for every start after zero; at zero there is no noise, and integral and logarithm would both be infinite.',
    },
    {
      label: 'The cross-entropy is score matching (theorem 1)',
      left: H(first), relation: 'approaches', right: add(summed, mul(half, log(mul(two, PI, E, square(noise(first)))))), kind: 'numeric',
      why: 'With so much noise that nothing of the signal is left at the end: both densities are standard normal there, σ(1) is 1, and the cross-entropy at the end is half of log 2πe. The paper lets the diffusion begin with a little noise, of the variance σ₀², and has the constant D/2 log 2πeσ₀² for D components.',
    },
    {
      label: 'A mixed prior (section 3.2)',
      left: by(log(mul(power(apply('standardDensity', z), sub(one, mixing)), power(learned, mixing)))), relation: 'equal', right: mixedScore, kind: 'numeric',
      why: 'The prior is made of a standard normal density r and a learned one, each to a power; the constant that makes it integrate to 1 has no derivative. Logarithms of powers are multiples, and the score of r is −z. Where the encoder is near a standard normal distribution, the learned part has little left to do.',
    },
    {
      label: 'What the network predicts',
      left: apply('correctionNoise', z, time), relation: 'equal', right: neg(mul(noise(time), by(log(learned)))), kind: 'definition',
      why: 'As in other diffusion models the network puts out noise: the score times −σ.',
    },
    {
      label: 'The mixed score as noise',
      left: neg(mul(noise(time), mixedScore)), relation: 'equal', right: add(mul(noise(time), sub(one, mixing), z), mul(mixing, apply('correctionNoise', z, time))), kind: 'numeric',
      why: 'The mixed score was multiplied by −σ as well. This is how code computes it: a share of the noisy point that needs no network, plus a share of the network\'s output; α is learned for each component.',
    },
  ],
};
