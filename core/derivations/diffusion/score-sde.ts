/** Denoising score matching and the reverse step of the variance-exploding SDE (Song et al. 2021). */
import { add, apply, conditional, div, expectation, fn, gaussian, gradient, mul, neg, pow, sqrt, sub, sym } from '../../formulas/expr';
import { SONG_2021_SDE } from '../../formulas/sources';
import { kernelScore, SCORE_LOSS, SCORE_LOSS_NOISE } from '../../formulas/densities';
import { lineOf } from '../line';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { scoreWorld } from '../worlds/score-sde';

const [x, noisy, sigma, z, nextSigma] = [sym('x'), sym('noisy'), sym('noiseLevel'), sym('perturbation'), sym('nextNoiseLevel')];
const variance = pow(sigma, 2);
const kernel = conditional('kernel', noisy, x);
const marginal = apply('noisyDensity', noisy);
const denoiser = conditional('denoiser', x, noisy);
const data = apply('dataDistribution', x);
const network = apply('scoreNetwork', noisy, sigma);
const score = gradient('noisy', fn('log', marginal));
const drop = sub(variance, pow(nextSigma, 2));

export const SCORE_SDE: Derivation = {
  id: 'score-sde',
  title: 'Denoising score matching and the reverse step',
  shows:
    'Why a network that learns to point from noisy points back to their examples learns the score of the noisy data, and how a sampling step uses it. This is the variance-exploding form, where noise is added and the data is not shrunk.',
  source: SONG_2021_SDE('eq. 1 and the predictor of the VE SDE'),
  prerequisites: [
    'The score of a density is the gradient of its logarithm.',
    'Density of a Gaussian, and Bayes\' rule.',
    'In the variance-preserving form the example is also multiplied by a factor below 1, as in the derivation of DDPM.',
  ],
  after: ['tweedie'],
  given: ['x', 'dataDistribution', 'scoreNetwork'],
  cases: inWorlds(scoreWorld),
  steps: [
    {
      label: 'Perturb an example',
      left: noisy, relation: 'equal', right: add(x, mul(sigma, z)), kind: 'definition',
      why: 'Standard normal noise z, scaled by the noise level σ, is added to an example.',
    },
    {
      label: 'The perturbation kernel',
      left: kernel, relation: 'equal', right: gaussian(noisy, x, variance), kind: 'definition',
      why: 'The same as a density: a Gaussian around the example.',
    },
    {
      label: 'Its score is the noise, up to a factor',
      left: kernelScore, relation: 'equal', right: neg(div(z, sigma)), kind: 'numeric',
      why: 'The gradient of the exponent is the way back to the example over σ², and that way is −σz. This is the target of training, known for every draw.',
    },
    {
      label: 'The density of noisy points',
      left: marginal, relation: 'equal', right: expectation('x', data, kernel), kind: 'definition',
      why: 'All examples, each blurred by the kernel. Its score is what sampling needs, but it contains all of the data.',
    },
    {
      label: 'Which example it was, by Bayes\' rule',
      left: denoiser, relation: 'equal', right: div(mul(data, kernel), marginal), kind: 'definition',
      why: 'A noisy point may have come from any example. The nearer an example is, the more its weight in the data counts.',
    },
    {
      label: 'The score is a mean of targets',
      left: score, relation: 'equal', right: expectation('x', denoiser, kernelScore), kind: 'numeric',
      why: 'The gradient of the logarithm, with Bayes\' rule put in. The best prediction in squared error is the mean of the targets for this noisy point, so a network trained on single targets learns the score (Vincent 2011).',
    },
    {
      label: 'It points to the mean of the examples',
      left: expectation('x', denoiser, x), relation: 'equal', right: add(noisy, mul(variance, score)), kind: 'numeric',
      why: 'The line above times σ²; σ² times the kernel\'s score is the way to the example. This is Tweedie\'s formula: a score is a denoiser.',
    },
    {
      label: 'The loss of one draw (eq. 1)',
      ...lineOf(SCORE_LOSS), kind: 'definition',
      why: 'Squared error against the target, weighted by σ², so that large and small noise levels count alike.',
    },
    {
      label: 'As code has it',
      ...lineOf(SCORE_LOSS_NOISE), kind: 'numeric',
      why: 'The target put in and σ taken inside the square. So −σ times the network\'s output is an estimate of the noise, as in a DDPM.',
    },
    {
      label: 'A reverse step to a smaller noise level',
      left: sym('nextNoisy'), relation: 'equal', right: add(noisy, add(mul(drop, network), mul(sqrt(drop), sym('z')))), kind: 'definition',
      why: 'Go along the score, times what the variance drops, and add fresh noise z of that variance. It is the reverse-time SDE in steps: the predictor. A corrector may follow, Langevin steps at the same noise level.',
    },
  ],
};
