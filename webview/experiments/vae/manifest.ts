/** The VAE experiment described as data: what can be set, within which limits, and what it starts from. */
import { ACTIVATIONS, type Activation } from '../../kernels/nets/contract';

/** Images or points of the user's own; they come beside the settings. */
export const OWN_DATA = 'own';
export const IMAGE_SETS = ['mnist', 'fashion-mnist'] as const;
export const POINT_SETS = ['moons', 'gaussians8', 'swiss-roll', 'checkerboard', 'pinwheel', 'rings', 'dinosaur'] as const;
export type VaeData = (typeof IMAGE_SETS)[number] | (typeof POINT_SETS)[number] | typeof OWN_DATA;

/** `hierarchical`: x ← z₁ ← z₂, q(z₁|x)·q(z₂|z₁), two Markovian levels. */
export const ARCHITECTURES = ['mlp', 'conv', 'hierarchical'] as const;
export type Architecture = (typeof ARCHITECTURES)[number];

/**
 * How the file adds up a term: `sum` over batch and dimensions; `batch_mean`: mean over the batch of sums over dimensions; `mean` over batch and dimensions.
 * Where the two terms are added up unlike, the divergence weighs more or less than the file says: see `impliedBeta`.
 */
export const REDUCTIONS = ['sum', 'batch_mean', 'mean'] as const;
export type Reduction = (typeof REDUCTIONS)[number];

export interface VaeSettings {
  data: VaeData;
  architecture: Architecture;
  /** Widths of the hidden layers, from the input on. The convolutional model: filters of each layer of kernel 4 and stride 2, then one dense layer of `hiddenUnits`. */
  encoderWidths: readonly number[];
  /** From the latent variables on. */
  decoderWidths: readonly number[];
  activation: Activation;
  latentSize: number;
  /** Of z₂ of a hierarchical model. */
  topLatentSize: number;
  likelihood: 'bernoulli' | 'gaussian';
  /** Standard deviation of the Gaussian decoder: a squared error is ‖x − x̂‖²/(2σ²). */
  decoderDeviation: number;
  reconstructionReduction: Reduction;
  klReduction: Reduction;
  /** As the file has it, before the reductions. 0 with `noise: 'no'` is an autoencoder. */
  beta: number;
  /** `no`: z = μ, nothing is drawn. */
  noise: 'yes' | 'no';
  /** k of the importance weighted bound; 1 is the ELBO. */
  importanceSamples: number;
  batchSize: number;
  /** Of Adam, constant. */
  learningRate: number;
  epochs: number;
  /** How many of the training examples are used; 0: all. */
  examples: number;
  seed: number;
}

export type VaeField = { id: keyof VaeSettings; title: string; hint: string; group: 'model' | 'objective' | 'training' } & (
  | { kind: 'choice'; options: readonly string[] }
  | { kind: 'integer' | 'number'; min: number; max: number; step?: number }
  /** A list of whole numbers, written "400" or "300, 64". */
  | { kind: 'widths'; min: number; max: number; most: number }
);

export const MAX_LATENT = 512;
export const MAX_WIDTH = 4096;

export const VAE_FIELDS: readonly VaeField[] = [
  { id: 'data', group: 'model', title: 'Data', kind: 'choice', options: [...IMAGE_SETS, ...POINT_SETS, OWN_DATA], hint: 'Images or points: a set that is shipped, or your own.' },
  { id: 'architecture', group: 'model', title: 'Architecture', kind: 'choice', options: ARCHITECTURES, hint: 'Dense layers, convolutions, or two levels of latent variables.' },
  { id: 'encoderWidths', group: 'model', title: 'Encoder', kind: 'widths', min: 1, max: MAX_WIDTH, most: 6, hint: 'Widths of the hidden layers from the input on; filters of a convolutional model.' },
  { id: 'decoderWidths', group: 'model', title: 'Decoder', kind: 'widths', min: 1, max: MAX_WIDTH, most: 6, hint: 'Widths of the hidden layers from the latent variables on.' },
  { id: 'activation', group: 'model', title: 'Activation', kind: 'choice', options: ACTIVATIONS, hint: 'Of the hidden layers.' },
  { id: 'latentSize', group: 'model', title: 'Latent size', kind: 'integer', min: 1, max: MAX_LATENT, hint: 'Dimensions of z.' },
  { id: 'topLatentSize', group: 'model', title: 'Top latent size', kind: 'integer', min: 1, max: MAX_LATENT, hint: 'Dimensions of z₂, the upper of two levels.' },
  { id: 'likelihood', group: 'objective', title: 'Likelihood', kind: 'choice', options: ['bernoulli', 'gaussian'], hint: 'Bernoulli: binary cross-entropy; Gaussian: squared error.' },
  { id: 'decoderDeviation', group: 'objective', title: 'Decoder σ', kind: 'number', min: 1e-3, max: 100, hint: 'Standard deviation of the Gaussian decoder.' },
  { id: 'reconstructionReduction', group: 'objective', title: 'Reconstruction adds up by', kind: 'choice', options: REDUCTIONS, hint: 'Sum, mean over the batch, or mean over batch and pixels.' },
  { id: 'klReduction', group: 'objective', title: 'Divergence adds up by', kind: 'choice', options: REDUCTIONS, hint: 'Sum, mean over the batch, or mean over batch and latent dimensions.' },
  { id: 'beta', group: 'objective', title: 'β', kind: 'number', min: 0, max: 1e6, hint: 'Weight of the divergence as it is written; 1 is the ELBO.' },
  { id: 'noise', group: 'objective', title: 'Noise in z', kind: 'choice', options: ['yes', 'no'], hint: 'No: z is the mean, as in an autoencoder.' },
  { id: 'importanceSamples', group: 'objective', title: 'Importance samples k', kind: 'integer', min: 1, max: 100, hint: 'k of the importance weighted bound; 1 is the ELBO.' },
  { id: 'batchSize', group: 'training', title: 'Batch', kind: 'integer', min: 1, max: 4096, hint: 'Examples in a training step.' },
  { id: 'learningRate', group: 'training', title: 'Learning rate', kind: 'number', min: 1e-7, max: 1, hint: 'Of Adam, constant.' },
  { id: 'epochs', group: 'training', title: 'Epochs', kind: 'integer', min: 1, max: 10_000, hint: 'Passes through the training examples.' },
  { id: 'examples', group: 'training', title: 'Examples', kind: 'integer', min: 0, max: 10_000_000, hint: 'How many of the training examples are used; 0 for all.' },
  { id: 'seed', group: 'training', title: 'Seed', kind: 'integer', min: 0, max: 4_294_967_295, hint: 'Same seed and device: same training.' },
];

/** pytorch/examples' VAE: 784-400-20 with ReLU, Bernoulli, sums, Adam at 1e-3, batches of 128. */
export const VAE_DEFAULTS: VaeSettings = {
  data: 'mnist', architecture: 'mlp', encoderWidths: [400], decoderWidths: [400], activation: 'relu', latentSize: 20, topLatentSize: 8,
  likelihood: 'bernoulli', decoderDeviation: 1, reconstructionReduction: 'sum', klReduction: 'sum', beta: 1, noise: 'yes', importanceSamples: 1,
  batchSize: 128, learningRate: 1e-3, epochs: 10, examples: 0, seed: 1,
};

/** What changes with the architecture where neither file nor person says it. */
export const ARCHITECTURE_DEFAULTS: Readonly<Record<Architecture, Partial<VaeSettings>>> = {
  mlp: {},
  conv: { encoderWidths: [32, 64], decoderWidths: [64, 32] },
  hierarchical: { encoderWidths: [400], decoderWidths: [400] },
};

/** The same for points of the plane: small, Gaussian, and a plane of latent variables to look at. */
export const POINT_DEFAULTS: Partial<VaeSettings> = { encoderWidths: [64, 64], decoderWidths: [64, 64], activation: 'tanh', latentSize: 2, likelihood: 'gaussian', decoderDeviation: 0.1, epochs: 100 };
