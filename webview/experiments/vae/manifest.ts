/** The VAE experiment described as data: what can be set, within which limits, and what it starts from. */
import type { Examples, LabelledData } from '../../../core/math/examples';
import { ACTIVATIONS, type Activation } from '../../kernels/nets/contract';
import { widthsOf, type LayerSpec } from '../../kernels/nets/specs';
import { networksOf, parameterCountOf } from './architecture';

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
  /** Widths of the hidden layers, from the input on; none: the heads see the data. The convolutional model: filters of each layer of kernel 4, stride 2 and padding 1, then the heads. */
  encoderWidths: readonly number[];
  /** From the latent variables on. The convolutional model: one dense layer to the first of these filters, then a transposed convolution for each. */
  decoderWidths: readonly number[];
  activation: Activation;
  latentSize: number;
  /** Of z₂ of a hierarchical model. */
  topLatentSize: number;
  likelihood: 'bernoulli' | 'gaussian';
  /** Standard deviation of the Gaussian decoder: a squared error is ‖x − x̂‖²/(2σ²), so that σ = 1/√2 is the plain squared error. The loss goes without the Gaussian's constant. */
  decoderDeviation: number;
  reconstructionReduction: Reduction;
  klReduction: Reduction;
  /** As the file has it, before the reductions. 0 with `noise: 'no'` is an autoencoder. */
  beta: number;
  /** `no`: z = μ, nothing is drawn. */
  noise: 'yes' | 'no';
  /**
   * k of the importance weighted bound; 1 is the ELBO. The weights are log w = log p(x|z) + β·(log p(z) − log q(z|x)), where β is that of `impliedBeta`: at 1 they are those of Burda et al. 2016, eq. 8.
   */
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

/** pytorch/examples' VAE: 784-400-20 with ReLU, Bernoulli, sums, Adam at 1e-3, batches of 128. More epochs than there, since the sets that ship are thirty times smaller. */
export const VAE_DEFAULTS: VaeSettings = {
  data: 'mnist', architecture: 'mlp', encoderWidths: [400], decoderWidths: [400], activation: 'relu', latentSize: 20, topLatentSize: 8,
  likelihood: 'bernoulli', decoderDeviation: 1, reconstructionReduction: 'sum', klReduction: 'sum', beta: 1, noise: 'yes', importanceSamples: 1,
  batchSize: 128, learningRate: 1e-3, epochs: 100, examples: 0, seed: 1,
};

/** What changes with the architecture where neither file nor person says it. */
export const ARCHITECTURE_DEFAULTS: Readonly<Record<Architecture, Partial<VaeSettings>>> = {
  mlp: {},
  conv: { encoderWidths: [32, 64], decoderWidths: [64, 32] },
  hierarchical: { encoderWidths: [400], decoderWidths: [400] },
};

/** The same for points of the plane: small, Gaussian, and a plane of latent variables to look at. */
export const POINT_DEFAULTS: Partial<VaeSettings> = { encoderWidths: [64, 64], decoderWidths: [64, 64], activation: 'tanh', latentSize: 2, likelihood: 'gaussian', decoderDeviation: 0.1, epochs: 100 };

export { impliedBeta } from './objective';

/** How much memory a model may take: a tab's WebAssembly has 4 GiB at most, and the editor is not alone. */
export const MAX_MEMORY = 2 ** 31;

export interface VaeProblem {
  field: keyof VaeSettings;
  message: string;
}

/** What is known of data before it is there. */
export type DataOutline = Pick<Examples, 'count' | 'size' | 'image'>;

const isPoints = (data: VaeData): boolean => (POINT_SETS as readonly string[]).includes(data);

/** The shape of a set that is shipped, as far as its name says it; null of own data. */
export function outlineOf(data: VaeData): DataOutline | null {
  if (data === OWN_DATA) return null;
  return isPoints(data) ? { count: 0, size: 2, image: null } : { count: 60_000, size: 784, image: { height: 28, width: 28, channels: 1 } };
}

/**
 * Everything wrong with the settings, each at the field to mend; empty when they can be trained.
 * @param data what they are trained on; without it only what the settings alone say is looked at.
 */
export function validateVae(settings: VaeSettings, data: LabelledData | null): VaeProblem[] {
  const problems = VAE_FIELDS.flatMap((field) => {
    const message = validateVaeField(field, settings[field.id]);
    return message ? [{ field: field.id, message }] : [];
  });
  if (problems.length > 0) return problems;
  const outline = data?.train ?? outlineOf(settings.data);
  return [...objectiveProblems(settings), ...(outline ? shapeProblems(settings, outline) : []), ...likelihoodProblems(settings, data)];
}

/** What is wrong with one value, in words; null when it can be used. */
export function validateVaeField(field: VaeField, value: unknown): string | null {
  const message = fieldProblem(field, value);
  return message === undefined ? null : `${field.title}: ${message}`;
}

function fieldProblem(field: VaeField, value: unknown): string | undefined {
  if (field.kind === 'choice') return field.options.includes(value as string) ? undefined : `"${String(value)}" is unknown; choose one of ${field.options.join(', ')}.`;
  if (field.kind !== 'widths') return numberProblem(field, value);
  if (!Array.isArray(value)) return `"${String(value)}" is no list of widths; write numbers, as in "300, 64".`;
  if (value.length > field.most) return `${value.length} layers are too many; give at most ${field.most}.`;
  return value.map((width) => numberProblem({ ...field, kind: 'integer' }, width)).find((problem) => problem);
}

function numberProblem(field: { kind: 'integer' | 'number'; min: number; max: number }, value: unknown): string | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return `"${String(value)}" is no number; give one from ${field.min} to ${field.max}.`;
  if (field.kind === 'integer' && !Number.isInteger(value)) return `${value} is not a whole number.`;
  if (value < field.min || value > field.max) return `${value} is out of range; give ${field.min} to ${field.max}.`;
  return undefined;
}

function objectiveProblems({ noise, importanceSamples, architecture }: VaeSettings): VaeProblem[] {
  const problems: VaeProblem[] = [];
  if (noise === 'no' && importanceSamples > 1) problems.push({ field: 'importanceSamples', message: `Importance samples k: ${importanceSamples} samples without noise are all the same; choose 1, or noise.` });
  if (noise === 'no' && architecture === 'hierarchical') problems.push({ field: 'noise', message: 'Noise in z: two levels need it: without noise the divergence of z₁ has no lower end.' });
  return problems;
}

function shapeProblems(settings: VaeSettings, data: DataOutline): VaeProblem[] {
  if (settings.architecture === 'conv') {
    if (!data.image) return [{ field: 'architecture', message: 'Architecture: points have no pixels to convolve; choose mlp or hierarchical.' }];
    for (const field of ['encoderWidths', 'decoderWidths'] as const) {
      const title = field === 'encoderWidths' ? 'Encoder' : 'Decoder';
      const layers = settings[field].length;
      if (layers === 0) return [{ field, message: `${title}: a convolutional model needs at least one layer.` }];
      const { height, width } = data.image;
      const most = Math.floor(Math.log2(Math.min(height, width)));
      if (layers > most) return [{ field, message: `${title}: ${layers} layers are too many for images of ${height}×${width} pixels, which each layer halves; give at most ${most}.` }];
    }
  }
  const needed = memoryNeeded(settings, data);
  if (needed <= MAX_MEMORY) return [];
  return [{ field: 'encoderWidths', message: `This training needs about ${inGigabytes(needed)} GB of memory, more than the ${inGigabytes(MAX_MEMORY)} GB that it may take; choose narrower layers, a smaller batch or fewer examples.` }];
}

const inGigabytes = (bytes: number): string => (bytes / 1e9).toFixed(1);

function likelihoodProblems(settings: VaeSettings, data: LabelledData | null): VaeProblem[] {
  if (settings.likelihood !== 'bernoulli') return [];
  if (!data) return isPoints(settings.data) ? [{ field: 'likelihood', message: `Likelihood: the points of ${settings.data} lie outside of 0 … 1, but binary cross-entropy wants numbers from 0 to 1; choose gaussian.` }] : [];
  // Bytes stand for 0 … 1.
  const { values } = data.train;
  if (values instanceof Uint8Array) return [];
  const at = values.findIndex((value) => !(value >= 0 && value <= 1));
  return at < 0 ? [] : [{ field: 'likelihood', message: `Likelihood: example ${Math.floor(at / data.train.size) + 1} of the data holds ${values[at]}, but binary cross-entropy wants numbers from 0 to 1; choose gaussian, or scale the data.` }];
}

/** Bytes that training needs, roughly: the examples, the parameters with their moments and gradients, and what a half of the batch leaves between the layers. */
export function memoryNeeded(settings: VaeSettings, data: DataOutline): number {
  const networks = networksOf(settings, data);
  const widths = (layers: readonly LayerSpec[]) => layers.reduce((sum, layer) => sum + (widthsOf(layer)?.outputs ?? 0), 0);
  const { posterior: { body }, top } = networks;
  const k = settings.importanceSamples;
  // Each layer's output before and after its activation, and the derivatives by both.
  const perExample = 4 * (widths(body) + k * (widths(networks.decoder) + (top ? widths(top.posterior.body) + widths(top.prior.body) : 0))) + (k + 1) * (data.size + 8 * (settings.latentSize + settings.topLatentSize));
  const rows = Math.ceil(Math.min(settings.batchSize, data.count || settings.batchSize) / 2);
  // Parameters, two moments, two gradients, and a copy of the state for a checkpoint.
  return data.count * data.size * (data.image ? 1 : 4) + 4 * 8 * parameterCountOf(settings, data) + 4 * rows * perExample;
}

/** What a trained network depends on: where two agree, the one can go on from the other's checkpoint. Own data are told apart by who keeps them. */
export function vaeKey(settings: VaeSettings): string {
  const { data, architecture, encoderWidths, decoderWidths, activation, latentSize, topLatentSize, likelihood, decoderDeviation, reconstructionReduction, klReduction, beta, noise, importanceSamples, batchSize, examples, seed } = settings;
  return JSON.stringify([
    data, architecture, encoderWidths, decoderWidths, activation, latentSize, architecture === 'hierarchical' ? topLatentSize : null, likelihood, likelihood === 'gaussian' ? decoderDeviation : null,
    reconstructionReduction, klReduction, beta, noise, importanceSamples, batchSize, examples, seed,
  ]);
}

/** @param count training examples that there are. */
export function stepsOf({ examples, batchSize, epochs }: VaeSettings, count: number): { perEpoch: number; total: number } {
  const perEpoch = Math.ceil((examples > 0 ? Math.min(examples, count) : count) / batchSize);
  return { perEpoch, total: perEpoch * epochs };
}
