/** The symbols of autoencoders, variational and plain. */
import type { SymbolTable } from './table';

/** Code names: PyTorch's examples, then Keras' examples and PyTorch-VAE. */
export const LATENT_SYMBOLS = {
  x: {
    tex: '\\mathbf{x}', spoken: 'x', colour: 0,
    meaning: 'An example of the data.',
    codeNames: ['x', 'data', 'batch', 'inputs', 'real', 'imgs'],
  },
  latent: {
    tex: 'z', spoken: 'z', colour: 5,
    meaning: 'The latent variable that the decoder makes an example from; one component of it where a line speaks of numbers.',
    codeNames: ['z', 'latent', 'latents'],
  },
  prior: {
    tex: 'p', spoken: 'p', colour: 2,
    meaning: 'The prior: how latent variables are distributed before any example is seen, standard normal as a rule.',
    codeNames: ['prior', 'p_z'],
  },
  likelihood: {
    tex: 'p_\\theta', spoken: 'p theta', colour: 4,
    meaning: 'The likelihood that the decoder gives to an example for a latent variable.',
    codeNames: ['decoder', 'recon_x', 'x_recon', 'p_x_given_z'],
  },
  evidence: {
    tex: 'p_\\theta', spoken: 'p theta', colour: 7,
    meaning: 'The evidence: how probable the whole model finds an example, over all latent variables.',
    codeNames: ['log_px', 'log_evidence', 'marginal'],
  },
  posterior: {
    tex: 'p_\\theta', spoken: 'p theta', colour: 3,
    meaning: 'The true posterior: which latent variables may have made an example, by Bayes\' rule. No network computes it.',
    codeNames: ['posterior', 'true_posterior'],
  },
  encoder: {
    tex: 'q_\\phi', spoken: 'q phi', colour: 1,
    meaning: 'The distribution of latent variables that the encoder gives for an example, in place of the true posterior.',
    codeNames: ['encoder', 'encode', 'q_z', 'posterior'],
  },
  elbo: {
    tex: '\\mathcal{L}', spoken: 'the evidence lower bound', colour: 6,
    meaning: 'The evidence lower bound (ELBO), in nats; training makes its negative small.',
    codeNames: ['elbo', 'loss'],
  },
  encoderMean: {
    tex: '\\mu', spoken: 'mu', colour: 3,
    meaning: 'The mean of one latent component, an output of the encoder.',
    codeNames: ['mu', 'z_mean', 'mean', 'fc_mu', 'fc21'],
  },
  encoderDeviation: {
    tex: '\\sigma', spoken: 'sigma', colour: 4,
    meaning: 'The standard deviation of one latent component.',
    codeNames: ['std', 'sigma', 'z_std'],
  },
  logVariance: {
    tex: '\\ell', spoken: 'ell', colour: 6,
    meaning: 'The logarithm of the variance of one latent component: what most encoders put out, since it may be any number.',
    codeNames: ['logvar', 'log_var', 'z_log_var', 'fc_var', 'fc22'],
  },
  latentNoise: {
    tex: '\\varepsilon', spoken: 'epsilon', colour: 7,
    meaning: 'Standard normal noise of one latent component, which depends on no parameter.',
    codeNames: ['eps', 'epsilon', 'noise'],
  },
  encoderNetwork: {
    tex: '\\mathbf{f}_\\phi', spoken: 'f phi', colour: 1,
    meaning: 'The encoder: a network from examples to codes.',
    codeNames: ['encoder', 'encode'],
  },
  decoderNetwork: {
    tex: '\\mathbf{g}_\\theta', spoken: 'g theta', colour: 2,
    meaning: 'The decoder: a network from codes to examples.',
    codeNames: ['decoder', 'decode'],
  },
  code: {
    tex: '\\mathbf{h}', spoken: 'h', colour: 7,
    meaning: 'The code: what the encoder keeps of an example.',
    codeNames: ['z', 'encoded', 'h', 'code', 'latent'],
  },
  reconstruction: {
    tex: '\\hat{\\mathbf{x}}', spoken: 'x hat', colour: 6,
    meaning: 'The reconstruction: what the decoder makes of the code.',
    codeNames: ['x_hat', 'decoded', 'recon', 'reconstruction', 'outputs'],
  },
  codeLikelihood: {
    tex: 'p_\\theta', spoken: 'p theta', colour: 4,
    meaning: 'The probability density of an example when the decoder is read as a probabilistic model.',
    codeNames: ['log_prob', 'likelihood'],
  },
  outputDeviation: {
    tex: '\\sigma', spoken: 'sigma', colour: 3,
    meaning: 'The standard deviation that is assumed for the difference between example and reconstruction; as a rule it is fixed.',
    codeNames: ['sigma', 'std', 'noise_std'],
  },
  inputBit: {
    tex: 'x', spoken: 'x', colour: 0,
    meaning: 'One component of an example that lies between 0 and 1, as a pixel that is black or white.',
    codeNames: ['x', 'target', 'inputs'],
  },
  outputLogit: {
    tex: 'a', spoken: 'a', colour: 5,
    meaning: 'The decoder\'s output for that component, before the sigmoid.',
    codeNames: ['logits', 'x_logit', 'decoded', 'recon'],
  },
  crossEntropy: {
    tex: 'B', spoken: 'capital B', colour: 1,
    meaning: 'The binary cross-entropy of one component, in nats.',
    codeNames: ['BCE', 'bce', 'binary_crossentropy', 'loss'],
  },
  direction: {
    tex: '\\mathbf{w}', spoken: 'w', colour: 4,
    meaning: 'The one weight vector of a linear autoencoder with one unit, of length 1.',
    codeNames: ['weight', 'W', 'w'],
  },
} satisfies SymbolTable;
