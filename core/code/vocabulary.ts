/** The families of models that are recognised, and what their hyper-parameters are called. Names are the field's: diffusers', gensim's, the papers'. */

export interface FamilyInfo {
  /** As a person says it: "This is a variational autoencoder". */
  title: string;
  /** Short, for a lens. */
  short: string;
}

export const FAMILIES = {
  'ddpm': { title: 'diffusion model in discrete time', short: 'DDPM' },
  'ddim': { title: 'DDIM sampler', short: 'DDIM' },
  'score-sde': { title: 'score-based model', short: 'score model' },
  'vae': { title: 'variational autoencoder', short: 'VAE' },
  'autoencoder': { title: 'autoencoder', short: 'autoencoder' },
  'skip-gram': { title: 'skip-gram model of words', short: 'skip-gram' },
  'cbow': { title: 'continuous bag of words', short: 'CBOW' },
  'n-gram': { title: 'n-gram language model', short: 'n-gram' },
  'gan': { title: 'generative adversarial network', short: 'GAN' },
  'normalizing-flow': { title: 'normalizing flow', short: 'flow' },
  'energy-based': { title: 'energy-based model', short: 'EBM' },
  'autoregressive': { title: 'autoregressive model', short: 'autoregressive' },
  'gmm': { title: 'Gaussian mixture', short: 'GMM' },
} satisfies Record<string, FamilyInfo>;

export type FamilyId = keyof typeof FAMILIES;

export interface HyperparameterInfo {
  title: string;
  /** What one of it is; empty for pure numbers, names and switches. */
  unit: string;
}

export const HYPERPARAMETERS = {
  // Diffusion.
  T: { title: 'diffusion steps', unit: 'steps' },
  schedule: { title: 'noise schedule', unit: '' },
  betaStart: { title: 'first β', unit: '' },
  betaEnd: { title: 'last β', unit: '' },
  betas: { title: 'betas', unit: '' },
  predictionType: { title: 'the network predicts', unit: '' },
  varianceType: { title: 'variance of the reverse step', unit: '' },
  sampler: { title: 'sampler', unit: '' },
  timestepSpacing: { title: 'timestep spacing', unit: '' },
  samplingSteps: { title: 'sampling steps', unit: 'steps' },
  eta: { title: 'η of DDIM', unit: '' },
  guidanceScale: { title: 'guidance scale', unit: '' },
  lossWeighting: { title: 'loss weighting', unit: '' },
  gamma: { title: 'γ of min-SNR', unit: '' },
  rescaleZeroTerminalSnr: { title: 'rescaled to zero terminal SNR', unit: '' },
  // Scores and SDEs.
  sigmaMin: { title: 'smallest noise level σ', unit: 'data units' },
  sigmaMax: { title: 'largest noise level σ', unit: 'data units' },
  noiseLevels: { title: 'noise levels', unit: 'levels' },
  sigma: { title: 'σ of the SDE', unit: '' },
  betaMin: { title: 'β at t = 0', unit: '' },
  betaMax: { title: 'β at t = 1', unit: '' },
  snr: { title: 'signal-to-noise ratio of the corrector', unit: '' },
  // Latent variables.
  latentSize: { title: 'latent size', unit: 'dimensions' },
  beta: { title: 'weight β of the KL term', unit: '' },
  likelihood: { title: 'likelihood of the decoder', unit: '' },
  importanceSamples: { title: 'importance samples', unit: 'samples' },
  topLatentSize: { title: 'latent size of the upper level', unit: 'dimensions' },
  reconstructionReduction: { title: 'reduction of the reconstruction', unit: '' },
  klReduction: { title: 'reduction of the KL term', unit: '' },
  classes: { title: 'classes of the condition', unit: 'classes' },
  noiseLevel: { title: 'noise on the input', unit: '' },
  // Words.
  vectorSize: { title: 'vector size', unit: 'dimensions' },
  window: { title: 'window', unit: 'words' },
  negative: { title: 'negative samples', unit: 'words' },
  minCount: { title: 'minimum count', unit: 'occurrences' },
  sample: { title: 'subsampling threshold', unit: '' },
  nsExponent: { title: 'exponent of the noise distribution', unit: '' },
  hierarchicalSoftmax: { title: 'hierarchical softmax', unit: '' },
  vocabularySize: { title: 'vocabulary size', unit: 'words' },
  order: { title: 'order n', unit: 'words' },
  // Adversarial training.
  ganLoss: { title: 'adversarial loss', unit: '' },
  criticSteps: { title: 'critic steps per generator step', unit: 'steps' },
  gradientPenalty: { title: 'weight of the gradient penalty', unit: '' },
  clipValue: { title: 'weight clipping', unit: '' },
  adamBeta1: { title: 'β₁ of Adam', unit: '' },
  discriminatorLearningRate: { title: 'learning rate of the discriminator', unit: '' },
  // Flows, energies, sequences, mixtures.
  flowSteps: { title: 'steps of the flow', unit: 'layers' },
  langevinSteps: { title: 'Langevin steps', unit: 'steps' },
  langevinStepSize: { title: 'Langevin step size', unit: '' },
  langevinNoise: { title: 'Langevin noise', unit: '' },
  gibbsSteps: { title: 'Gibbs steps', unit: 'steps' },
  contextLength: { title: 'context length', unit: 'tokens' },
  embeddingSize: { title: 'embedding size', unit: 'dimensions' },
  heads: { title: 'attention heads', unit: 'heads' },
  kernelSize: { title: 'kernel size', unit: 'pixels' },
  levels: { title: 'levels of intensity', unit: 'levels' },
  components: { title: 'components', unit: 'components' },
  covarianceType: { title: 'kind of covariance', unit: '' },
  maxIterations: { title: 'iterations at most', unit: 'iterations' },
  tolerance: { title: 'tolerance', unit: '' },
  // Network, training and data.
  inputSize: { title: 'input size', unit: 'features' },
  imageSize: { title: 'image size', unit: 'pixels' },
  channels: { title: 'image channels', unit: 'channels' },
  hiddenUnits: { title: 'hidden units', unit: 'units' },
  hiddenLayers: { title: 'hidden layers', unit: 'layers' },
  architecture: { title: 'architecture', unit: '' },
  encoderWidths: { title: 'widths of the encoder', unit: 'units' },
  decoderWidths: { title: 'widths of the decoder', unit: 'units' },
  activation: { title: 'activation of the hidden layers', unit: '' },
  batchSize: { title: 'batch size', unit: 'examples' },
  learningRate: { title: 'learning rate', unit: '' },
  optimizer: { title: 'optimiser', unit: '' },
  emaDecay: { title: 'decay of the average', unit: '' },
  trainSteps: { title: 'training steps', unit: 'steps' },
  epochs: { title: 'epochs', unit: 'epochs' },
  data: { title: 'data', unit: '' },
} satisfies Record<string, HyperparameterInfo>;

export type HyperparameterKey = keyof typeof HYPERPARAMETERS;

export type ExperimentId = 'ddpm' | 'vae';

const EXPERIMENTS: Partial<Record<FamilyId, ExperimentId>> = { 'ddpm': 'ddpm', 'ddim': 'ddpm', 'vae': 'vae', 'autoencoder': 'vae' };

/** Which of the playground's experiments runs a family; null where there is a derivation alone. */
export const experimentOf = (family: FamilyId): ExperimentId | null => EXPERIMENTS[family] ?? null;

/** Families that the playground runs in place; the others have their derivation. */
export const hasExperiment = (family: FamilyId): boolean => experimentOf(family) !== null;

/** Which of its two samplers a diffusion model in discrete time is named after is a matter of taste. */
export const isDiffusion = (family: FamilyId): boolean => family === 'ddpm' || family === 'ddim';
