/** Symbols of score matching, Langevin dynamics and guidance. */
import type { SymbolTable } from './table';

/** Code names: ncsn and ncsnv2, sliced_score_matching, then usual PyTorch code. */
const MATCHING = {
  dataScore: { tex: '\\mathbf{s}_{\\mathrm{data}}', spoken: 's data', colour: 1, codeNames: ['true_score', 'data_score', 'score_true'], meaning: 'The score of the data: the gradient of the log-density of the data by the example.' },
  parameterScore: { tex: '\\mathbf{u}_\\theta', spoken: 'u theta', colour: 5, codeNames: ['grad_log_prob', 'fisher_score', 'grad_theta'], meaning: 'What statistics calls the score: the gradient of the log-likelihood of one example by the parameters.' },
  explicitLoss: { tex: 'J_{\\mathrm{ESM}}', spoken: 'J E S M', colour: 5, codeNames: ['fisher_divergence', 'esm_loss', 'loss'], meaning: 'The objective of explicit score matching: half the mean squared distance between the model\'s score and the true one.' },
  pathShare: { tex: '\\tau', spoken: 'tau', colour: 5, codeNames: ['alpha', 'u', 'frac'], meaning: 'How far along the straight way from one point to another, from 0 to 1.' },
  otherPoint: { tex: '\\mathbf{a}', spoken: 'a', colour: 4, codeNames: ['x_ref', 'a', 'anchor'], meaning: 'A fixed point with which any other point may be compared.' },
  lineNetwork: { tex: 's_\\theta', spoken: 's theta', colour: 3, codeNames: ['score', 'score_fn', 's'], meaning: 'The model\'s score on the line: one number for each number.' },
  cutoff: { tex: 'R', spoken: 'capital R', colour: 4, codeNames: ['R', 'bound', 'limit'], meaning: 'How far from zero on both sides an integral is cut off, before the cut goes to infinity.' },
  axisDirection: { tex: '\\mathbf{e}_j', spoken: 'e j', colour: 4, codeNames: ['eye[j]', 'e_j', 'basis'], meaning: 'The unit vector along the j-th axis: 1 in component j and 0 elsewhere.' },
  implicitLoss: { tex: 'J_{\\mathrm{ISM}}', spoken: 'J I S M', colour: 7, codeNames: ['exact_score_matching', 'ism_loss', 'loss'], meaning: 'The objective of implicit score matching, in which the true score no longer occurs.' },
  denoisingLoss: { tex: 'J_{\\mathrm{DSM}}', spoken: 'J D S M', colour: 7, codeNames: ['dsm', 'dsm_score_estimation', 'loss'], meaning: 'The objective of denoising score matching: half the mean squared distance between the model\'s score and the score of the kernel.' },
  denoisingTarget: { tex: '\\mathbf{t}', spoken: 'target t', colour: 6, codeNames: ['target', 'grad_log_q', 'score_target'], meaning: 'The target of denoising score matching: the score of the kernel at a noisy point when its example is known.' },
  bestNoisyScore: { tex: '\\mathbf{s}^{*}', spoken: 's star', colour: 5, codeNames: ['optimal_score', 'best_score', 'target_mean'], meaning: 'The network\'s output with the least mean squared error: the mean of all targets at one noisy point.' },
  sliceDirection: { tex: '\\mathbf{v}', spoken: 'v', colour: 7, codeNames: ['vectors', 'v', 'projections'], meaning: 'A random direction on which scores are projected.' },
  sliceDistribution: { tex: 'p_{\\mathbf{v}}', spoken: 'p v', colour: 5, codeNames: ['noise_type', 'randn_like', 'rademacher'], meaning: 'The distribution from which random directions are drawn, standard normal or random signs as a rule.' },
  slicedFisher: { tex: 'J_{\\mathrm{slice}}', spoken: 'J slice', colour: 6, codeNames: ['sliced_fisher', 'loss'], meaning: 'The sliced Fisher divergence: half the mean squared distance of the two scores along random directions.' },
  slicedLoss: { tex: 'J_{\\mathrm{SSM}}', spoken: 'J S S M', colour: 4, codeNames: ['sliced_score_matching', 'ssm_loss', 'loss'], meaning: 'The objective of sliced score matching, which needs derivatives along random directions only.' },
  reducedLoss: { tex: 'J_{\\mathrm{VR}}', spoken: 'J V R', colour: 6, codeNames: ['sliced_score_matching_vr', 'ssm_vr_loss', 'loss'], meaning: 'The objective of sliced score matching with the squared length of the score in the place of its squared projection.' },
} satisfies SymbolTable;

const LANGEVIN = {
  driftStep: { tex: 'h', spoken: 'h', colour: 1, codeNames: ['step_size', 'h'], meaning: 'The step size in the convention where it multiplies the score itself: half the variance of the noise of one step.' },
  targetMean: { tex: '\\boldsymbol{\\mu}_{*}', spoken: 'mu star', colour: 3, codeNames: ['mu', 'target_mean', 'loc'], meaning: 'The mean of a Gaussian from which a chain is to draw.' },
  targetDeviation: { tex: '\\sigma_{*}', spoken: 'sigma star', colour: 4, codeNames: ['sigma', 'target_std', 'scale'], meaning: 'The standard deviation, in every direction, of a Gaussian from which a chain is to draw.' },
  contraction: { tex: 'a', spoken: 'a', colour: 1, codeNames: ['a', 'rho', 'contraction'], meaning: 'What one Langevin step leaves of the distance to the mean of the target.' },
  chainMean: { tex: '\\mathbf{m}_n', spoken: 'm n', colour: 0, codeNames: ['mean', 'x.mean(0)', 'means'], meaning: 'The mean of the chain after n steps.' },
  chainVariance: { tex: 'v_n', spoken: 'v n', colour: 2, codeNames: ['var', 'x.var(0)', 'variances'], meaning: 'The variance of each component of the chain after n steps.' },
  settledVariance: { tex: 'v_{\\infty}', spoken: 'v infinity', colour: 7, codeNames: ['stationary_var', 'var_inf'], meaning: 'The stationary variance of each component of the chain: the one that a further step does not change.' },
} satisfies SymbolTable;

const ANNEALED = {
  ladderLevel: { tex: '\\sigma_i', spoken: 'sigma i', colour: 2, codeNames: ['sigmas', 'used_sigmas', 'sigma'], meaning: 'The i-th noise level, from the largest to the smallest.' },
  ladderSize: { tex: 'L', spoken: 'capital L', colour: 6, codeNames: ['num_classes', 'L', 'len(sigmas)'], meaning: 'How many noise levels there are.' },
  levelRatio: { tex: 'r', spoken: 'r', colour: 0, codeNames: ['ratio', 'gamma', 'np.geomspace'], meaning: 'How many times larger each noise level is than the next.' },
  smallestLevel: { tex: '\\sigma_L', spoken: 'sigma capital L', colour: 7, codeNames: ['sigma_end', 'sigmas[-1]', 'sigma_min'], meaning: 'The last and smallest noise level.' },
  levelLoss: { tex: '\\ell_i', spoken: 'ell i', colour: 7, codeNames: ['loss', 'dsm', 'anneal_dsm_score_estimation'], meaning: 'The objective of denoising score matching at the i-th noise level.' },
  levelWeight: { tex: '\\lambda_i', spoken: 'lambda i', colour: 4, codeNames: ['weight', 'lambda_sigma', 'used_sigmas ** anneal_power'], meaning: 'How much the i-th noise level counts in the whole objective.' },
  annealedLoss: { tex: '\\mathcal{L}', spoken: 'the objective of all levels', colour: 1, codeNames: ['loss', 'anneal_dsm_score_estimation'], meaning: 'The objective of a network for all noise levels: the mean of their weighted objectives.' },
  baseStep: { tex: '\\epsilon', spoken: 'epsilon', colour: 6, codeNames: ['eps', 'epsilon'], meaning: 'The step size of annealed sampling at the smallest noise level.' },
  annealedStep: { tex: '\\alpha_i', spoken: 'alpha i', colour: 4, codeNames: ['alpha', 'alpha_i'], meaning: 'The step size of annealed sampling at the i-th noise level: the variance of the noise of one step.' },
  stepSnr: { tex: '\\rho_i', spoken: 'rho i', colour: 0, codeNames: ['snr', 'signal_to_noise'], meaning: 'The signal-to-noise ratio of one annealed step: the squared length of the way along the score over the mean squared length of the noise.' },
} satisfies SymbolTable;

/** Code names: guided-diffusion, diffusers, then usual PyTorch code. */
const GUIDANCE = {
  condition: { tex: 'y', spoken: 'y', colour: 5, codeNames: ['y', 'class_labels', 'prompt_embeds', 'c', 'cond'], meaning: 'The condition: what a sample is asked to be, as a class or a text.' },
  classifier: { tex: 'p_\\phi', spoken: 'p phi', colour: 4, codeNames: ['classifier', 'cond_fn', 'log_probs'], meaning: 'The classifier of noisy points: how probable a condition is at a noisy point.' },
  implicitClassifier: { tex: 'p^{\\mathrm{i}}', spoken: 'implicit p', colour: 4, codeNames: ['implicit_classifier', 'log_ratio'], meaning: 'The implicit classifier: the probability of a condition that follows from two densities of noisy points by Bayes\' rule.' },
  conditionPrior: { tex: 'p', spoken: 'p', colour: 7, codeNames: ['class_prior', 'p_y', 'priors'], meaning: 'How probable a condition is before any point is seen.' },
  conditionalDensity: { tex: 'q', spoken: 'q', colour: 2, codeNames: ['q_t', 'marginal', 'conditional'], meaning: 'The density of the points after t steps of noise over the data of one condition.' },
  conditionalNoise: { tex: '\\boldsymbol{\\epsilon}_{\\mathrm{c}}', spoken: 'epsilon c', colour: 7, codeNames: ['noise_pred_text', 'noise_pred_cond', 'cond_eps', 'cond'], meaning: 'The noise that the network predicts when it is told the condition.' },
  unconditionalNoise: { tex: '\\boldsymbol{\\epsilon}_{\\mathrm{u}}', spoken: 'epsilon u', colour: 6, codeNames: ['noise_pred_uncond', 'uncond_eps', 'uncond'], meaning: 'The noise that the network predicts when it is told no condition.' },
  guidedNoise: { tex: '\\hat{\\boldsymbol{\\epsilon}}', spoken: 'epsilon hat', colour: 7, codeNames: ['eps', 'noise_pred', 'condition_score'], meaning: 'The predicted noise after the gradient of a classifier was taken into account.' },
  scaledNoise: { tex: '\\hat{\\boldsymbol{\\epsilon}}_s', spoken: 'epsilon hat s', colour: 1, codeNames: ['eps', 'noise_pred', 'condition_score'], meaning: 'The predicted noise after the gradient of a classifier, multiplied by the scale s, was taken into account.' },
  classifierScale: { tex: 's', spoken: 's', colour: 7, codeNames: ['classifier_scale', 's', 'guidance_scale'], meaning: 'The scale of classifier guidance: by what the gradient of the classifier is multiplied.' },
  guidedDensity: { tex: '\\tilde{q}', spoken: 'q tilde', colour: 6, codeNames: ['guided_density', 'q_tilde'], meaning: 'The density of noisy points to which a guided score belongs, at one step.' },
  classifierGradient: { tex: '\\mathbf{g}', spoken: 'g', colour: 4, codeNames: ['gradient', 'grad', 'cond_fn'], meaning: 'The gradient of the classifier\'s log-probability at the mean of a sampling step.' },
  guidedEstimate: { tex: '\\tilde{\\boldsymbol{\\epsilon}}', spoken: 'epsilon tilde', colour: 2, codeNames: ['noise_pred', 'eps', 'guided'], meaning: 'The noise of classifier-free guidance, combined from two predictions.' },
  guidanceStrength: { tex: 'w', spoken: 'w', colour: 3, codeNames: ['w', 'guidance_strength', 'cond_scale'], meaning: 'The strength of classifier-free guidance as its paper counts it: 0 is a plain conditional model.' },
  guidanceScale: { tex: 'g', spoken: 'g', colour: 1, codeNames: ['guidance_scale', 'cfg_scale', 'scale', 'unconditional_guidance_scale'], meaning: 'The guidance scale as code counts it: 1 is a plain conditional model.' },
  classMean: { tex: '\\mathbf{m}_{\\mathrm{c}}', spoken: 'm c', colour: 1, codeNames: ['class_mean', 'mean_c'], meaning: 'The mean of the data of one condition.' },
  classVariance: { tex: 'a', spoken: 'a', colour: 4, codeNames: ['class_var', 'var_c'], meaning: 'The variance of the data of one condition, in every direction.' },
  wholeMean: { tex: '\\mathbf{m}', spoken: 'm', colour: 7, codeNames: ['mean', 'data_mean'], meaning: 'The mean of the data of all conditions.' },
  wholeVariance: { tex: 'b', spoken: 'b', colour: 2, codeNames: ['var', 'data_var'], meaning: 'The variance of the data of all conditions, in every direction.' },
  guidedVariance: { tex: '\\tilde{v}', spoken: 'v tilde', colour: 6, codeNames: ['guided_var', 'var'], meaning: 'The variance of a guided density of Gaussians, as a function of the two variances that go into it.' },
} satisfies SymbolTable;

export const SCORE_SYMBOLS = { ...MATCHING, ...LANGEVIN, ...ANNEALED, ...GUIDANCE };
