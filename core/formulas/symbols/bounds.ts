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
} satisfies SymbolTable;
