/** What reading a file yields. Everything here is plain data: it crosses the channel and prints as JSON. */
import type { FamilyId, HyperparameterKey } from './vocabulary';

export type { FamilyId, HyperparameterKey } from './vocabulary';

/** Offsets are UTF-16 units from the start of the text, `to` exclusive. Lines count from 1, columns from 0. */
export interface Range {
  from: number;
  to: number;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  /** In a notebook: the cell, counted from 1 among all cells; offsets, lines and columns are then those of its text. */
  cell?: number;
  /** Where the range ends in another cell than it begins: `to`, `endLine` and `endColumn` are of that one. */
  endCell?: number;
  /** In a file of settings that the code names: its path from the folder of the code. */
  file?: string;
}

/**
 * Where a value comes from: written there, a parameter's default, a setting kept apart from the model (dataclass, argparse, dict, `ml_collections`, YAML,
 * JSON), computed from constants, or the library's default.
 */
export type Origin = 'literal' | 'default' | 'config' | 'folded' | 'library';

export interface Hyperparameter<V = unknown> {
  value: V;
  /** 1-based line of `range`, or of the call whose library default applies. */
  line: number;
  range: Range;
  origin: Origin;
  /** The name in the user's code, e.g. `num_timesteps`. */
  name: string;
  /** Where it stands in a file of settings that the code names: its path from the folder of the code. `line` and `range` are then of that file. */
  file?: string;
}

/** The names follow diffusers where it has one. A missing key means: the file does not say. */
export interface DdpmHyperparameters {
  T?: Hyperparameter<number>;
  /** See `ScheduleName` in core/math/schedules. `custom` comes with `betas`. */
  schedule?: Hyperparameter<string>;
  betaStart?: Hyperparameter<number>;
  betaEnd?: Hyperparameter<number>;
  /** The array itself, where the file's schedule could be evaluated and is none of the named ones. */
  betas?: Hyperparameter<number[]>;
  predictionType?: Hyperparameter<'epsilon' | 'sample' | 'v_prediction'>;
  varianceType?: Hyperparameter<'fixed_small' | 'fixed_large'>;
  /** Which reverse step the code takes; a missing key stands for DDPM's or for none seen. */
  sampler?: Hyperparameter<'ddpm' | 'ddim'>;
  timestepSpacing?: Hyperparameter<'leading' | 'linspace' | 'trailing'>;
  /** Width of the hidden layers of the network, where they share one. */
  hiddenUnits?: Hyperparameter<number>;
  /** Number of hidden layers, or of the blocks that the file counts by a parameter. */
  hiddenLayers?: Hyperparameter<number>;
  batchSize?: Hyperparameter<number>;
  learningRate?: Hyperparameter<number>;
  emaDecay?: Hyperparameter<number>;
  /** Turns of the training loop, one step of the optimiser each. */
  trainSteps?: Hyperparameter<number>;
  /** Passes through the data, where the file counts those. */
  epochs?: Hyperparameter<number>;
  /** Weight of the squared error over t; see `lossWeights` in core/math. */
  lossWeighting?: Hyperparameter<'simple' | 'min_snr' | 'vlb'>;
  /** The γ of min-SNR. */
  gamma?: Hyperparameter<number>;
  rescaleZeroTerminalSnr?: Hyperparameter<boolean>;
  /** Id of one of the playground's data sets. */
  data?: Hyperparameter<'moons' | 'gaussians8' | 'swiss-roll' | 'checkerboard' | 'pinwheel' | 'rings' | 'dinosaur' | 'mnist' | 'fashion-mnist'>;
}

/** How a term of a loss is added up: over batch and dimensions; over dimensions, with the mean over the batch; the mean over both. */
export type Reduction = 'sum' | 'batch_mean' | 'mean';

/** What the playground's autoencoders are made by. Kept apart from the scalars of other families, since two of these are lists. */
export interface VaeHyperparameters {
  latentSize?: Hyperparameter<number>;
  /** Of z₂, the upper of two levels of latent variables. */
  topLatentSize?: Hyperparameter<number>;
  architecture?: Hyperparameter<'mlp' | 'conv' | 'hierarchical'>;
  /** Widths of the hidden layers from the input on; filters of the layers of a convolutional model. An empty list: none is hidden. */
  encoderWidths?: Hyperparameter<number[]>;
  /** From the latent variables on. */
  decoderWidths?: Hyperparameter<number[]>;
  /** Of the hidden layers, where they share one: a name of `ACTIVATIONS` of the kernels. */
  activation?: Hyperparameter<string>;
  likelihood?: Hyperparameter<'bernoulli' | 'gaussian'>;
  reconstructionReduction?: Hyperparameter<Reduction>;
  klReduction?: Hyperparameter<Reduction>;
  /** As it is written, before the reductions. */
  beta?: Hyperparameter<number>;
  /** k of the importance weighted bound. */
  importanceSamples?: Hyperparameter<number>;
}

type Special = DdpmHyperparameters & VaeHyperparameters;

/** Of any family; keys and their units are in `vocabulary.ts`. A missing key means: the file does not say. */
export type Hyperparameters = Special & Partial<Record<Exclude<HyperparameterKey, keyof Special>, Hyperparameter<number | string | boolean>>>;

/** `tfjs` and `jax-js` run in TypeScript and JavaScript, as does what is plain `javascript`; plain Python counts as `python`. */
export type Framework = 'pytorch' | 'lightning' | 'diffusers' | 'jax' | 'flax' | 'haiku' | 'tensorflow' | 'keras' | 'numpy' | 'python' | 'gensim' | 'sklearn' | 'tfjs' | 'jax-js' | 'javascript';

export interface Evidence {
  /** One clause in words: "defines ᾱ by cumprod of 1 − betas". */
  text: string;
  range: Range;
}

/** The variables of the file that hold one symbol of the mathematics. */
export interface SymbolBinding {
  /** Id in core/formulas/symbols. */
  symbol: string;
  /** What the variable holds where that is not the symbol itself, e.g. "√ᾱ". */
  holds?: string;
  /** Dotted as written: `self.alphas_cumprod`. */
  name: string;
  /** Every occurrence, definition first. */
  ranges: Range[];
}

export interface Finding {
  family: FamilyId;
  /** `config`: a file of settings, such as `scheduler_config.json`. */
  kind: 'class' | 'function' | 'script' | 'call' | 'config';
  name: string;
  framework: Framework;
  /** Of the header the lens stands above (class or def line, call, or first schedule line of a script). */
  range: Range;
  /** Of the whole definition. */
  extent: Range;
  confidence: number;
  hyperparameters: Hyperparameters;
  symbols: SymbolBinding[];
  evidence: Evidence[];
  /** What could not be read, in words, for the panel: "T is a parameter without default". */
  notes: string[];
}
