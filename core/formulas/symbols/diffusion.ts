/** The symbols of diffusion models in discrete time. */
import type { SymbolTable } from './table';

/**
 * Code names: diffusers, then lucidrains (denoising-diffusion-pytorch), labml (annotated_deep_learning_paper_implementations), improved-diffusion.
 * Colours: symbols that meet in one line of a derivation differ, as far as eight colours allow; ε and its estimate ε_θ share one.
 */
export const DIFFUSION_SYMBOLS = {
  T: {
    tex: 'T', spoken: 'capital T', colour: 7,
    meaning: 'The number of diffusion steps: after T steps almost nothing of the data is left.',
    codeNames: ['num_train_timesteps', 'num_timesteps', 'n_steps', 'diffusion_steps', 'timesteps', 'T'],
  },
  t: {
    tex: 't', spoken: 't', colour: 7,
    meaning: 'The step in time: 0 is data, T is noise. Code usually counts from 0, so its t is the paper\'s t minus 1.',
    codeNames: ['timestep', 't', 'timesteps'],
  },
  beta: {
    tex: '\\beta_t', spoken: 'beta t', colour: 1,
    meaning: 'The variance of the noise that step t of the forward process adds.',
    codeNames: ['betas', 'beta', 'current_beta_t'],
  },
  alpha: {
    tex: '\\alpha_t', spoken: 'alpha t', colour: 4,
    meaning: 'What step t keeps of the variance of the signal: 1 minus beta.',
    codeNames: ['alphas', 'alpha', 'current_alpha_t'],
  },
  alphaBar: {
    tex: '\\bar{\\alpha}_t', spoken: 'alpha bar t', colour: 3,
    meaning: 'What is left of the variance of the signal after t steps: the product of all alphas up to t.',
    codeNames: ['alphas_cumprod', 'alpha_prod_t', 'alpha_bar', 'alphas_bar', 'alpha_hat'],
  },
  alphaBarPrev: {
    tex: '\\bar{\\alpha}_{t-1}', spoken: 'alpha bar at t minus one', colour: 5,
    meaning: 'Alpha bar of the step before, at which the sampling step arrives; 1 before the first step.',
    codeNames: ['alpha_prod_t_prev', 'alphas_cumprod_prev', 'alpha_bar_prev'],
  },
  betaTilde: {
    tex: '\\tilde{\\beta}_t', spoken: 'beta tilde t', colour: 7,
    meaning: 'The variance of x one step earlier when both the present step and the data are known.',
    codeNames: ['variance', 'posterior_variance', 'betas_tilde'],
  },
  sigma: {
    tex: '\\sigma_t', spoken: 'sigma t', colour: 2,
    meaning: 'The standard deviation of the noise that a sampling step adds.',
    codeNames: ['std_dev_t', 'sigma'],
  },
  eta: {
    tex: '\\eta', spoken: 'eta', colour: 1,
    meaning: 'How noisy DDIM sampling is: 0 is deterministic, 1 has the variance of DDPM.',
    codeNames: ['eta', 'ddim_sampling_eta', 'ddim_eta'],
  },
  x0: {
    tex: '\\mathbf{x}_0', spoken: 'x nought', colour: 2,
    meaning: 'A point of the data, before any noise; what sampling wants to reach.',
    codeNames: ['original_samples', 'x_start', 'x0', 'x_0'],
  },
  xt: {
    tex: '\\mathbf{x}_t', spoken: 'x t', colour: 0,
    meaning: 'The data after t steps of noise.',
    codeNames: ['sample', 'x', 'xt', 'x_t', 'noisy_samples', 'x_noisy'],
  },
  xPrev: {
    tex: '\\mathbf{x}_{t-1}', spoken: 'x at t minus one', colour: 7,
    meaning: 'The point one step closer to the data: what a sampling step makes.',
    codeNames: ['pred_prev_sample', 'prev_sample', 'pred_img', 'x_prev'],
  },
  epsilon: {
    tex: '\\boldsymbol{\\epsilon}', spoken: 'epsilon', colour: 6,
    meaning: 'The standard normal noise that was mixed into the data.',
    codeNames: ['noise', 'eps', 'epsilon'],
  },
  epsilonTheta: {
    tex: '\\boldsymbol{\\epsilon}_\\theta', spoken: 'epsilon theta', colour: 6,
    meaning: 'The network\'s estimate of the noise in the point that it is shown.',
    codeNames: ['model_output', 'pred_noise', 'eps_theta', 'noise_pred', 'predicted_noise', 'pred_epsilon', 'eps'],
  },
  x0Theta: {
    tex: '\\hat{\\mathbf{x}}_0', spoken: 'x nought hat', colour: 4,
    meaning: 'The estimate of the data point that follows from the network\'s output.',
    codeNames: ['pred_original_sample', 'x_start', 'pred_xstart', 'pred_x0', 'x0_pred'],
  },
  z: {
    tex: '\\mathbf{z}', spoken: 'z', colour: 5,
    meaning: 'Fresh standard normal noise of one sampling step.',
    codeNames: ['variance_noise', 'noise', 'z'],
  },
  mu: {
    tex: '\\tilde{\\boldsymbol{\\mu}}_t', spoken: 'mu tilde t', colour: 6,
    meaning: 'The mean of x one step earlier when both the present step and the data are known.',
    codeNames: ['posterior_mean', 'model_mean'],
  },
  muTheta: {
    tex: '\\boldsymbol{\\mu}_\\theta', spoken: 'mu theta', colour: 2,
    meaning: 'The mean of a sampling step as the network sees it.',
    codeNames: ['pred_prev_sample', 'model_mean', 'mean'],
  },
  v: {
    tex: '\\mathbf{v}', spoken: 'v', colour: 1,
    meaning: 'The velocity: a rotation of noise and data that stays well scaled at every noise level.',
    codeNames: ['velocity', 'v', 'pred_v'],
  },
  betaStart: {
    tex: '\\beta_{\\mathrm{start}}', spoken: 'beta start', colour: 4,
    meaning: 'The beta with which the schedule starts: the variance of the noise of the first step.',
    codeNames: ['beta_start', 'beta_1', 'beta1', 'linear_start'],
  },
  betaEnd: {
    tex: '\\beta_{\\mathrm{end}}', spoken: 'beta end', colour: 5,
    meaning: 'The beta with which the schedule ends: the variance of the noise of the last step.',
    codeNames: ['beta_end', 'beta_2', 'beta2', 'beta_T', 'linear_end'],
  },
  snr: {
    tex: '\\mathrm{SNR}_t', spoken: 'S N R t', colour: 0,
    meaning: 'The signal-to-noise ratio at step t: the square of what multiplies the data in x, over the variance of the noise in x.',
    codeNames: ['snr'],
  },
  gamma: {
    tex: '\\gamma', spoken: 'gamma', colour: 1,
    meaning: 'The largest signal-to-noise ratio that counts in the min-SNR loss; 5 is usual.',
    codeNames: ['snr_gamma', 'min_snr_gamma', 'gamma'],
  },
  lossWeight: {
    tex: 'w_t', spoken: 'w t', colour: 5,
    meaning: 'How much the squared error of the prediction at step t counts in the training loss.',
    codeNames: ['mse_loss_weights', 'loss_weight', 'loss_weights', 'w'],
  },
  lossSimple: {
    tex: 'L_{\\mathrm{simple}}', spoken: 'L simple', colour: 4,
    meaning: 'The training loss in which the squared error of the predicted noise counts alike at every step.',
    codeNames: ['loss', 'mse_loss', 'loss_simple'],
  },
  lossStep: {
    tex: 'L_{t-1}', spoken: 'L at t minus one', colour: 4,
    meaning: 'The term of one sampling step in the variational bound: the divergence from the posterior of the forward process to the distribution of the step, in nats.',
    codeNames: ['vb', 'kl', 'vlb_terms'],
  },
  lossPrior: {
    tex: 'L_T', spoken: 'L capital T', colour: 4,
    meaning: 'The term of the end of the chain in the variational bound: the divergence from the distribution of the last point to the distribution that sampling starts with, in nats.',
    codeNames: ['prior_bpd', 'kl_prior'],
  },
  dimensions: {
    tex: 'D', spoken: 'capital D', colour: 5,
    meaning: 'How many numbers one example has: 2 for points of the plane.',
    codeNames: ['dim', 'd', 'D'],
  },
  alphaBarRescaled: {
    tex: "\\bar{\\alpha}'_t", spoken: 'rescaled alpha bar t', colour: 1,
    meaning: 'Alpha bar after the schedule was shifted and scaled so that nothing of the data is left at its end.',
    codeNames: ['alphas_bar', 'alphas_bar_sqrt'],
  },
} satisfies SymbolTable;
