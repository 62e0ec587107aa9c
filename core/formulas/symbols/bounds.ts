/** Further symbols of evidence lower bounds. */
import type { SymbolTable } from './table';

export const BOUND_SYMBOLS = {
  modelJoint: {
    tex: 'p_\\theta', spoken: 'p theta', colour: 2,
    meaning: 'The joint probability that the whole model gives to an example together with its latent variable.',
    codeNames: ['log_joint', 'log_pxz', 'joint'],
  },
  densityRatio: {
    tex: 'r', spoken: 'r', colour: 4,
    meaning: 'By how much the encoder finds a latent variable more probable than the true posterior does: a quotient.',
    codeNames: ['ratio', 'r', 'log_ratio'],
  },
  latentVector: {
    tex: '\\mathbf{z}', spoken: 'vector z', colour: 5,
    meaning: 'The latent variable as a whole: the vector of its J components.',
    codeNames: ['z', 'latent', 'latents'],
  },
  latentComponent: {
    tex: 'z_j', spoken: 'z j', colour: 7,
    meaning: 'The j-th component of the latent variable.',
    codeNames: ['z', 'z[:, j]'],
  },
  latentSize: {
    tex: 'J', spoken: 'capital J', colour: 6,
    meaning: 'How many components the latent variable has.',
    codeNames: ['latent_dim', 'z_dim', 'nz', 'latent_size'],
  },
  componentMean: {
    tex: '\\mu_j', spoken: 'mu j', colour: 3,
    meaning: 'The mean of the j-th latent component, an output of the encoder.',
    codeNames: ['mu', 'z_mean', 'mean'],
  },
  componentDeviation: {
    tex: '\\sigma_j', spoken: 'sigma j', colour: 4,
    meaning: 'The standard deviation of the j-th latent component.',
    codeNames: ['std', 'sigma', 'z_std'],
  },
  componentLogVariance: {
    tex: '\\ell_j', spoken: 'ell j', colour: 7,
    meaning: 'The logarithm of the variance of the j-th latent component.',
    codeNames: ['logvar', 'log_var', 'z_log_var'],
  },
  testFunction: {
    tex: 'f', spoken: 'f', colour: 2,
    meaning: 'Any smooth function of the latent variable whose mean is wanted, as the log-likelihood of the decoder.',
    codeNames: ['f', 'loss_fn', 'log_prob'],
  },
  testSlope: {
    tex: "f'", spoken: 'f prime', colour: 1,
    meaning: 'The derivative of f by the latent variable: what backpropagation brings to it.',
    codeNames: ['z.grad', 'grad', 'df'],
  },
  encoderParameters: {
    tex: '\\phi', spoken: 'phi', colour: 6,
    meaning: 'The parameters of the encoder: all its weights and biases.',
    codeNames: ['encoder.parameters()', 'phi', 'params'],
  },
  meanNetwork: {
    tex: '\\mu_\\phi', spoken: 'mu phi', colour: 3,
    meaning: 'The part of the encoder network that puts out the mean for an example.',
    codeNames: ['fc_mu', 'fc21', 'mu_head', 'z_mean'],
  },
  deviationNetwork: {
    tex: '\\sigma_\\phi', spoken: 'sigma phi', colour: 4,
    meaning: 'The part of the encoder network that puts out the standard deviation for an example.',
    codeNames: ['fc_std', 'fc_var', 'fc22', 'sigma_head'],
  },
  reconstructionWeight: {
    tex: 'C', spoken: 'capital C', colour: 7,
    meaning: 'The weight of the squared error in the loss of a variational autoencoder.',
    codeNames: ['C', 'recon_weight', 'recon_loss_weight', 'rec_weight'],
  },
  vaeLoss: {
    tex: 'L_C', spoken: 'L with weight capital C', colour: 4,
    meaning: 'The loss of a variational autoencoder with the weight C on its squared error, for one example.',
    codeNames: ['loss', 'vae_loss', 'total_loss'],
  },
  meanError: {
    tex: 'S', spoken: 'capital S', colour: 6,
    meaning: 'The squared error of the reconstruction, summed over components and averaged over latent variables.',
    codeNames: ['recon_loss', 'sse', 'reconstruction_loss'],
  },
  bestDeviation: {
    tex: '\\sigma_{*}', spoken: 'sigma star', colour: 1,
    meaning: 'The standard deviation of the decoder that makes the loss smallest.',
    codeNames: ['optimal_sigma', 'sigma', 'std'],
  },
  meanSquaredError: {
    tex: '\\mathrm{MSE}', spoken: 'the mean squared error', colour: 1,
    meaning: 'The squared error averaged over the components of an example, in place of summed.',
    codeNames: ['mse_loss', 'mse', 'MSE'],
  },
  pixel: {
    tex: 'x_i', spoken: 'x i', colour: 3,
    meaning: 'The i-th component of an example that is 0 or 1, as a pixel that is black or white.',
    codeNames: ['x', 'target', 'data'],
  },
  pixelProbability: {
    tex: '\\hat{x}_i', spoken: 'x hat i', colour: 6,
    meaning: 'The probability that the decoder gives to the i-th component being 1, after the sigmoid.',
    codeNames: ['recon_x', 'x_hat', 'probs', 'recon'],
  },
  bernoulliLikelihood: {
    tex: 'P_\\theta', spoken: 'capital P theta', colour: 4,
    meaning: 'The probability that a decoder of zeros and ones gives to an example for a latent variable.',
    codeNames: ['decoder', 'recon_x', 'p_x_given_z'],
  },
  klWeight: {
    tex: '\\beta', spoken: 'beta', colour: 3,
    meaning: 'The weight of the divergence to the prior in a beta-VAE; 1 gives the evidence lower bound.',
    codeNames: ['beta', 'kld_weight', 'kl_weight'],
  },
  capacity: {
    tex: '\\kappa', spoken: 'kappa', colour: 4,
    meaning: 'How large the divergence to the prior may be, in nats: the capacity left to the latent variable.',
    codeNames: ['capacity', 'C_max', 'epsilon'],
  },
  reconstructionTerm: {
    tex: 'R', spoken: 'capital R', colour: 7,
    meaning: 'The reconstruction term: the mean of the log-likelihood that the decoder gives to the example.',
    codeNames: ['recon_loss', 'log_px_given_z', 'reconstruction'],
  },
  lagrangian: {
    tex: '\\mathcal{F}', spoken: 'capital F', colour: 6,
    meaning: 'The Lagrangian: what is made large, less a multiplier times the amount by which the constraint is exceeded.',
    codeNames: ['lagrangian', 'objective'],
  },
  betaObjective: {
    tex: '\\mathcal{L}_\\beta', spoken: 'L beta', colour: 4,
    meaning: 'The objective of a beta-VAE, in nats; training makes its negative small.',
    codeNames: ['loss', 'elbo', 'beta_vae_loss'],
  },
  temperedEvidence: {
    tex: 'Z_\\beta', spoken: 'Z beta', colour: 6,
    meaning: 'The mean under the prior of the likelihood to the power of one over beta.',
    codeNames: ['log_Z', 'normaliser'],
  },
  temperedPosterior: {
    tex: 'q^{*}', spoken: 'q star', colour: 7,
    meaning: 'The distribution that is best for a beta-VAE: the posterior with a likelihood that is made flatter by beta.',
    codeNames: ['optimal_q', 'posterior'],
  },
  betaLoss: {
    tex: 'J_\\beta', spoken: 'J beta', colour: 6,
    meaning: 'The loss of a beta-VAE whose decoder has unit variance, without its constant.',
    codeNames: ['loss', 'beta_loss', 'total_loss'],
  },
  latentDraw: {
    tex: 'z_i', spoken: 'z i', colour: 5,
    meaning: 'The i-th of several latent variables that the encoder draws for the same example.',
    codeNames: ['z', 'z_samples', 'zs'],
  },
  latentDraws: {
    tex: 'z_{1:k}', spoken: 'the first k draws of z', colour: 3,
    meaning: 'All k latent variables that the encoder draws for one example, independently.',
    codeNames: ['z', 'z_samples', 'zs'],
  },
  moreDraws: {
    tex: 'z_{1:k+1}', spoken: 'k plus one draws of z', colour: 3,
    meaning: 'The latent variables of one example when one more than k is drawn.',
    codeNames: ['z', 'z_samples', 'zs'],
  },
  drawDistribution: {
    tex: 'q_\\phi', spoken: 'q phi', colour: 1,
    meaning: 'The distribution of several independent draws of the encoder for one example.',
    codeNames: ['q_z', 'log_q', 'encoder'],
  },
  importanceWeight: {
    tex: 'w_i', spoken: 'w i', colour: 4,
    meaning: 'The importance weight of a draw: how probable the model finds it with the example, over how probable it was to be drawn.',
    codeNames: ['w', 'weights', 'log_w'],
  },
  iwaeBound: {
    tex: '\\mathcal{L}_k', spoken: 'the bound L k', colour: 6,
    meaning: 'The importance weighted bound with k draws, in nats.',
    codeNames: ['iwae', 'iwae_loss', 'iwae_bound', 'loss'],
  },
  subsetMean: {
    tex: 'm_i', spoken: 'm i', colour: 7,
    meaning: 'The mean of all importance weights but the i-th.',
    codeNames: ['leave_one_out', 'loo_mean'],
  },
  normalisedWeight: {
    tex: '\\tilde{w}_i', spoken: 'w tilde i', colour: 7,
    meaning: 'The share of a draw in the sum of all importance weights.',
    codeNames: ['w_tilde', 'normalized_weights', 'softmax'],
  },
  chainLatent: {
    tex: 'z_t', spoken: 'z t', colour: 5,
    meaning: 'The latent variable at level t of a hierarchy; level 1 stands next to the example.',
    codeNames: ['z', 'zs', 'z_t'],
  },
  lastLatent: {
    tex: 'z_T', spoken: 'z capital T', colour: 6,
    meaning: 'The latent variable at the top of a hierarchy, where generation begins.',
    codeNames: ['z_T', 'z_top', 'zs[-1]'],
  },
  levelCount: {
    tex: 'T', spoken: 'capital T', colour: 7,
    meaning: 'How many levels of latent variables a hierarchy has.',
    codeNames: ['num_levels', 'n_levels', 'T'],
  },
  latentChain: {
    tex: 'z_{1:T}', spoken: 'the chain z', colour: 3,
    meaning: 'All latent variables of a hierarchy together, from level 1 to level T.',
    codeNames: ['zs', 'z', 'latents'],
  },
  chainJoint: {
    tex: 'p_\\theta', spoken: 'p theta', colour: 1,
    meaning: 'The joint probability that a hierarchical model gives to an example with all its latent variables.',
    codeNames: ['log_joint', 'log_p'],
  },
  generativeStep: {
    tex: 'p_\\theta', spoken: 'p theta', colour: 7,
    meaning: 'How a hierarchical model makes the latent variable of one level from that of the level above.',
    codeNames: ['decoder', 'p_z', 'prior_layers'],
  },
  chainEncoder: {
    tex: 'q_\\phi', spoken: 'q phi', colour: 2,
    meaning: 'The distribution of all levels of latent variables together that the encoder gives for an example.',
    codeNames: ['log_q', 'encoder', 'q_z'],
  },
  inferenceStep: {
    tex: 'q_\\phi', spoken: 'q phi', colour: 6,
    meaning: 'How the encoder draws the latent variable of one level from that of the level below.',
    codeNames: ['encoder', 'q_sample', 'q_layers'],
  },
  encoderReverse: {
    tex: 'q_\\phi', spoken: 'q phi', colour: 4,
    meaning: 'The encoder seen backwards: how a latent variable is distributed when that of the level above and the example are known.',
    codeNames: ['q_posterior', 'q_posterior_mean_variance'],
  },
  consistency: {
    tex: 'D_t', spoken: 'capital D t', colour: 3,
    meaning: 'How far the generative step that leaves level t is on average from the encoder seen backwards, in nats.',
    codeNames: ['kl', 'kl_t', 'vb'],
  },
} satisfies SymbolTable;
