/** What a script for a VAE is written from: settings and layers as data, in the form in which the experiment has them. */
import type { ImageShape } from '../math/examples';

export type ScriptReduction = 'sum' | 'batch_mean' | 'mean';
export type ScriptActivation = 'linear' | 'relu' | 'leaky_relu' | 'elu' | 'tanh' | 'sigmoid' | 'softplus' | 'silu' | 'gelu';

export interface ScriptSettings {
  data: string;
  architecture: 'mlp' | 'conv' | 'hierarchical';
  latentSize: number;
  topLatentSize: number;
  likelihood: 'bernoulli' | 'gaussian';
  decoderDeviation: number;
  reconstructionReduction: ScriptReduction;
  klReduction: ScriptReduction;
  beta: number;
  noise: 'yes' | 'no';
  importanceSamples: number;
  batchSize: number;
  learningRate: number;
  epochs: number;
  examples: number;
  seed: number;
}

interface ScriptConvolution {
  height: number;
  width: number;
  channels: number;
  filters: number;
  kernel: number;
  stride: number;
  padding: number;
}

/** Names are those of the module's attributes; those of an `nn.Sequential` end in their number, in which activations and changes of shape count. */
export type ScriptLayer =
  | { kind: 'dense'; name: string; inputs: number; outputs: number }
  /** A transposed convolution has the shape of the convolution that it turns around. */
  | { kind: 'conv' | 'convTranspose'; name: string; shape: ScriptConvolution }
  | { kind: 'activation'; name: string; activation: ScriptActivation }
  | { kind: 'flatten' | 'unflatten'; name: string; image: ImageShape };

export interface ScriptGaussian {
  body: readonly ScriptLayer[];
  mean: ScriptLayer;
  /** Null of an autoencoder. */
  logVariance: ScriptLayer | null;
}

export interface ScriptNetworks {
  posterior: ScriptGaussian;
  top: { posterior: ScriptGaussian; prior: ScriptGaussian } | null;
  decoder: readonly ScriptLayer[];
  /** What makes the decoder's mean of its last layer. */
  output: 'sigmoid' | 'linear';
}

export interface VaeScript {
  settings: ScriptSettings;
  data: { size: number; image: ImageShape | null };
  networks: ScriptNetworks;
  /** The .safetensors file beside the script; a name without its folder. */
  weightsFile: string;
}

/** What is written differently from model to model. */
export interface Form {
  /** Sampled log-ratios weigh the samples: k > 1. */
  importance: boolean;
  hierarchical: boolean;
  /** q(z|x) has no variance. */
  autoencoder: boolean;
  /** Something is drawn. */
  drawn: boolean;
  gaussian: boolean;
}

export const formOf = ({ settings, networks }: VaeScript): Form => ({
  importance: settings.importanceSamples > 1,
  hierarchical: networks.top !== null,
  autoencoder: networks.posterior.logVariance === null,
  drawn: settings.noise === 'yes' && networks.posterior.logVariance !== null,
  gaussian: settings.likelihood === 'gaussian',
});
