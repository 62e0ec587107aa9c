/** Further symbols of parameterisations, samplers and signal-to-noise ratios. */
import type { SymbolTable } from './table';

/** Code names: diffusers, then score_sde_pytorch and usual PyTorch code. */
export const SAMPLER_SYMBOLS = {
  diffusedDensity: {
    tex: 'q', spoken: 'q', colour: 1,
    meaning: 'The density of the points after t steps of noise, over all the data.',
    codeNames: ['q_t', 'marginal', 'marginal_prob'],
  },
  diffusedPosterior: {
    tex: 'q', spoken: 'q', colour: 7,
    meaning: 'How probable each data point is when only the point after t steps of noise is known.',
    codeNames: ['posterior', 'denoiser'],
  },
  noiseMean: {
    tex: '\\hat{\\boldsymbol{\\epsilon}}', spoken: 'epsilon hat', colour: 6,
    meaning: 'The mean of all noise that may be in a noisy point: what a network with the least squared error puts out.',
    codeNames: ['noise_pred', 'pred_noise', 'model_output', 'eps'],
  },
  noisyScore: {
    tex: '\\mathbf{s}', spoken: 's', colour: 4,
    meaning: 'The score of a noisy point when its data point is known: the gradient of the logarithm of its density, which points to where the density grows fastest.',
    codeNames: ['score', 'target', 'score_fn'],
  },
  noisePosterior: {
    tex: 'q', spoken: 'q', colour: 4,
    meaning: 'How probable each noise is when only the noisy point is known.',
    codeNames: ['posterior', 'noise'],
  },
  anyEstimate: {
    tex: '\\mathbf{a}', spoken: 'a', colour: 7,
    meaning: 'Any vector that may be tried as the estimate of the noise at one noisy point.',
    codeNames: ['model_output', 'noise_pred', 'pred'],
  },
  noiseError: {
    tex: 'e_t', spoken: 'e t', colour: 7,
    meaning: 'The mean squared error of the predicted noise at step t, over all noisy points and all noise in them.',
    codeNames: ['mse', 'loss_t', 'mse_loss'],
  },
  leastNoiseError: {
    tex: 'm_t', spoken: 'm t', colour: 2,
    meaning: 'The part of the squared error at step t that no network can avoid, since the noise is not known from the noisy point.',
    codeNames: ['irreducible', 'bayes_error'],
  },
  excessNoiseError: {
    tex: 'g_t', spoken: 'g t', colour: 3,
    meaning: 'The part of the squared error at step t by which the network differs from the mean of the noise.',
    codeNames: ['excess', 'gap'],
  },
  weightedLoss: {
    tex: 'L_{\\mathrm{w}}', spoken: 'L w', colour: 6,
    meaning: 'The sum over all steps of the weighted squared errors: the bound on the negative log-likelihood, but for its term at the first step and what does not depend on the network.',
    codeNames: ['vlb', 'vb', 'loss_vlb', 'weighted_loss'],
  },
  stepDataWeight: {
    tex: 'a_t', spoken: 'a t', colour: 1,
    meaning: 'How much of the data point goes into the mean of the point one step earlier.',
    codeNames: ['posterior_mean_coef1', 'pred_original_sample_coeff', 'c0'],
  },
  stepPointWeight: {
    tex: 'b_t', spoken: 'b t', colour: 4,
    meaning: 'How much of the present noisy point goes into the mean of the point one step earlier.',
    codeNames: ['posterior_mean_coef2', 'current_sample_coeff', 'ct'],
  },
  implicitStep: {
    tex: 'q_\\sigma', spoken: 'q sigma', colour: 6,
    meaning: 'The density of the point one step earlier when data and present point are known, with a free standard deviation sigma.',
    codeNames: ['p_sample_ddim', 'ddim_sample', 'q_sigma'],
  },
  dataError: {
    tex: 'r_t', spoken: 'r t', colour: 4,
    meaning: 'The mean squared error of the estimated data at step t.',
    codeNames: ['mse', 'x0_loss', 'loss_x0'],
  },
  constantError: {
    tex: 'r', spoken: 'constant r', colour: 4,
    meaning: 'A squared error of the estimated data that is imagined to be the same at every step.',
    codeNames: ['mse'],
  },
  diffusionLoss: {
    tex: '\\mathcal{L}_{\\mathrm{diff}}', spoken: 'the diffusion loss', colour: 6,
    meaning: 'The diffusion loss: all terms of the bound that compare a step of sampling with the posterior, in nats.',
    codeNames: ['diffusion_loss', 'loss_diff', 'diff_loss'],
  },
  logSnr: {
    tex: '\\lambda_t', spoken: 'lambda t', colour: 3,
    meaning: 'The logarithm of the signal-to-noise ratio at step t.',
    codeNames: ['log_snr', 'logsnr', 'lambda_t', 'gamma'],
  },
  continuousTime: {
    tex: '\\tau', spoken: 'tau', colour: 7,
    meaning: 'Time as any number; in a diffusion of data it runs from 0, which is data, to 1, which is noise.',
    codeNames: ['t', 'time', 'times'],
  },
  snrAt: {
    tex: '\\mathrm{SNR}', spoken: 'S N R', colour: 0,
    meaning: 'The signal-to-noise ratio as a smooth function of continuous time; it falls.',
    codeNames: ['snr', 'get_snr'],
  },
  logSnrAt: {
    tex: '\\lambda', spoken: 'lambda', colour: 3,
    meaning: 'The logarithm of the signal-to-noise ratio as a function of continuous time.',
    codeNames: ['log_snr', 'logsnr_schedule_cosine', 'gamma'],
  },
  errorAt: {
    tex: 'r', spoken: 'r', colour: 4,
    meaning: 'The mean squared error of the estimated data as a function of the signal-to-noise ratio.',
    codeNames: ['mse', 'x0_loss'],
  },
  noiseErrorAt: {
    tex: 'e', spoken: 'e', colour: 1,
    meaning: 'The mean squared error of the predicted noise as a function of the signal-to-noise ratio.',
    codeNames: ['mse', 'eps_loss'],
  },
  snrValue: {
    tex: 's', spoken: 's', colour: 2,
    meaning: 'Any value of the signal-to-noise ratio between its value at the noisy end and that at the data.',
    codeNames: ['snr', 'logsnr'],
  },
  timeSteps: {
    tex: 'N', spoken: 'capital N', colour: 5,
    meaning: 'Into how many steps of the same length the time from 0 to 1 is cut.',
    codeNames: ['num_steps', 'timesteps', 'T', 'N'],
  },
} satisfies SymbolTable;
