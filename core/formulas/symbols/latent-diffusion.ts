/** Symbols of diffusion in a latent space: behind a flow, and as the prior of an autoencoder. */
import type { SymbolTable } from './table';

/** Code names: INDM, then usual PyTorch code. */
const BEHIND_A_FLOW = {
  latentFlow: {
    tex: 'h_\\phi', spoken: 'h phi', colour: 4,
    meaning: 'The flow from an example to the latent variable that is diffused: invertible, smooth and trained with the score.',
    codeNames: ['flow', 'h', 'encoder_flow'],
  },
  flowInverse: {
    tex: 'h_\\phi^{-1}', spoken: 'the inverse of h phi', colour: 3,
    meaning: 'The inverse of the flow: it takes a latent variable back to an example.',
    codeNames: ['flow.inverse', 'h_inv', 'decode'],
  },
  firstCode: {
    tex: 'z_0', spoken: 'z nought', colour: 5,
    meaning: 'The latent variable of an example before any noise is added to it.',
    codeNames: ['z_0', 'z0', 'z', 'latent'],
  },
  codeStep: {
    tex: 'z_t', spoken: 'z t', colour: 0,
    meaning: 'The latent variable after t steps of noise.',
    codeNames: ['z_t', 'z', 'perturbed_z'],
  },
  codeBefore: {
    tex: 'z_{t-1}', spoken: 'previous z', colour: 7,
    meaning: 'The latent variable one step of noise before: what a sampling step makes.',
    codeNames: ['z_prev', 'z_next', 'z_mean'],
  },
  lastCode: {
    tex: 'z_T', spoken: 'z capital T', colour: 6,
    meaning: 'The latent variable after all steps of noise, from which sampling starts.',
    codeNames: ['z_T', 'z_init', 'prior_sample'],
  },
  codeChain: {
    tex: 'z_{1:T}', spoken: 'z one to capital T', colour: 3,
    meaning: 'The latent variables of all steps of noise together, without the one of the example.',
    codeNames: ['zs', 'trajectory'],
  },
  wholeCodeChain: {
    tex: 'z_{0:T}', spoken: 'z nought to capital T', colour: 1,
    meaning: 'The latent variables of all steps of noise together, with the one of the example.',
    codeNames: ['zs', 'trajectory'],
  },
  latentModel: {
    tex: 'p_\\theta', spoken: 'p theta', colour: 1,
    meaning: 'The density that the sampling chain gives to the latent variable at which it ends.',
    codeNames: ['log_pz', 'latent_model'],
  },
  latentData: {
    tex: 'q', spoken: 'q', colour: 2,
    meaning: 'How the latent variables of the data are distributed: what the flow makes of the data.',
    codeNames: ['q_z', 'flow_data'],
  },
  codeDiffused: {
    tex: 'q', spoken: 'q', colour: 2,
    meaning: 'How the latent variables of the data are distributed after t steps of noise.',
    codeNames: ['q_t', 'marginal'],
  },
  codeForward: {
    tex: 'q', spoken: 'q', colour: 3,
    meaning: 'A step of noise in the latent space: the density of the next latent variable when the one before is known.',
    codeNames: ['q_step', 'marginal_prob', 'sde'],
  },
  codeReverse: {
    tex: 'q', spoken: 'q', colour: 3,
    meaning: 'The step of noise in the latent space seen backwards: the density of the latent variable before, when the later one is known.',
    codeNames: ['q_reverse', 'true_reverse'],
  },
  codeSampler: {
    tex: 'p_\\theta', spoken: 'p theta', colour: 6,
    meaning: 'A step of sampling in the latent space: the density that the model gives to the latent variable before, when the later one is known.',
    codeNames: ['p_sample', 'reverse_step', 'rsde'],
  },
  codePaths: {
    tex: 'q', spoken: 'q', colour: 4,
    meaning: 'The density of whole chains of latent variables that begin as the data and are diffused.',
    codeNames: ['q_path', 'forward_path'],
  },
  codeModelPaths: {
    tex: 'p_\\theta', spoken: 'p theta', colour: 5,
    meaning: 'The density that the sampler gives to whole chains of latent variables.',
    codeNames: ['p_path', 'sampler_path'],
  },
  codeEncoder: {
    tex: 'q', spoken: 'q', colour: 6,
    meaning: 'The density of all diffused latent variables of one example, when its own latent variable is known.',
    codeNames: ['q_sample', 'q_path_given_z0'],
  },
  codeScore: {
    tex: 's_{*}', spoken: 's star', colour: 5,
    meaning: 'The true score of the diffused latent variables of the data: the derivative of their log-density.',
    codeNames: ['true_score', 'score_q'],
  },
  noiseRate: {
    tex: '\\beta', spoken: 'beta', colour: 1,
    meaning: 'The rate of a diffusion in continuous time: how much variance of noise it adds for each unit of time.',
    codeNames: ['beta_t', 'beta', 'g2'],
  },
  shortTime: {
    tex: '\\Delta', spoken: 'Delta', colour: 6,
    meaning: 'A short span of time that goes to zero.',
    codeNames: ['dt', 'delta_t'],
  },
  dataDrift: {
    tex: 'F', spoken: 'capital F', colour: 2,
    meaning: 'The drift of an example in data space when its latent variable is diffused: its mean change for each unit of time.',
    codeNames: ['drift', 'f_data'],
  },
  dataDiffusion: {
    tex: 'G', spoken: 'capital G', colour: 5,
    meaning: 'The strength of the noise of an example in data space when its latent variable is diffused.',
    codeNames: ['diffusion', 'volatility', 'g_data'],
  },
} satisfies SymbolTable;

/** Code names: LSGM (NVlabs), then usual PyTorch code. */
const AS_A_PRIOR = {
  diffusedCode: {
    tex: 'z_\\tau', spoken: 'z tau', colour: 0,
    meaning: 'The latent variable at one moment of a diffusion in continuous time.',
    codeNames: ['eps_t', 'z_t', 'noisy_latent'],
  },
  keptAt: {
    tex: 'a', spoken: 'a', colour: 4,
    meaning: 'What is left of the latent variable at a moment of the diffusion: the factor before it.',
    codeNames: ['m_t', 'mean_coeff', 'alpha_t'],
  },
  addedNoise: {
    tex: '\\sigma', spoken: 'sigma', colour: 2,
    meaning: 'The standard deviation of all the noise that the diffusion has added up to a moment.',
    codeNames: ['sigma_t', 'var_t', 'std'],
  },
  codeKernel: {
    tex: 'q', spoken: 'q', colour: 6,
    meaning: 'The density of a diffused latent variable when the one before any noise is known.',
    codeNames: ['sample_q', 'q_kernel', 'marginal_prob'],
  },
  diffusedEncoder: {
    tex: 'q_\\phi', spoken: 'q phi', colour: 6,
    meaning: 'The distribution of latent variables that the encoder gives for an example, after diffusion up to a moment.',
    codeNames: ['q_t', 'diffused_q'],
  },
  diffusedPrior: {
    tex: 'p_\\theta', spoken: 'p theta', colour: 5,
    meaning: 'The prior of latent variables after diffusion up to a moment.',
    codeNames: ['dae', 'prior', 'p_t'],
  },
  encoderScore: {
    tex: '\\mathbf{s}_\\phi', spoken: 's phi', colour: 1,
    meaning: 'The score of what the encoder gives for an example, after diffusion up to a moment.',
    codeNames: ['q_score', 'score_q'],
  },
  startTime: {
    tex: '\\tau_0', spoken: 'tau nought', colour: 3,
    meaning: 'The moment, shortly after zero, at which the comparison of encoder and prior begins.',
    codeNames: ['time_eps', 't_min', 'eps'],
  },
  mixing: {
    tex: '\\alpha', spoken: 'alpha', colour: 3,
    meaning: 'How much the learned part of a mixed score counts against that of a standard normal distribution; between 0 and 1.',
    codeNames: ['mixing_logit', 'mixing_component', 'alpha'],
  },
  correction: {
    tex: "p'", spoken: 'p prime', colour: 5,
    meaning: 'The learned part of a prior that is mixed with a standard normal one; it need not be normalised.',
    codeNames: ['dae', 'p_prime'],
  },
  correctionNoise: {
    tex: "\\varepsilon'", spoken: 'epsilon prime', colour: 7,
    meaning: 'The noise that the learned part of a mixed score predicts: the output of the network.',
    codeNames: ['pred_params', 'eps_prime', 'noise_pred'],
  },
} satisfies SymbolTable;

export const LATENT_DIFFUSION_SYMBOLS = { ...BEHIND_A_FLOW, ...AS_A_PRIOR };
