/**
 * The networks of a VAE as data, from its settings and the shape of its examples. Names are those of a PyTorch module with the attributes `encoder`, `mean`, `logvar`, `decoder` (and, of two levels,
 * `top_encoder`, `top_mean`, `top_logvar`, `prior`, `prior_mean`, `prior_logvar`), of which those with a number are `nn.Sequential`.
 */
import type { ImageShape } from '../../../core/math/examples';
import type { ConvShape, ParameterShape } from '../../kernels/nets/contract';
import { countOf, parametersOf, sequential, type LayerSpec } from '../../kernels/nets/specs';
import type { VaeSettings } from './manifest';

/** What the networks need to know of the examples. */
export interface DataShape {
  size: number;
  /** Null for points. */
  image: ImageShape | null;
}

/** A network that ends in the mean and the log-variance of a diagonal Gaussian. */
export interface GaussianNetwork {
  body: LayerSpec[];
  mean: LayerSpec;
  /** Null where nothing is drawn and no divergence is taken: an autoencoder. */
  logVariance: LayerSpec | null;
}

export interface VaeNetworks {
  /** q(z|x); of a hierarchical model q(z₁|x). */
  posterior: GaussianNetwork;
  /** q(z₂|z₁) and p(z₁|z₂). */
  top: { posterior: GaussianNetwork; prior: GaussianNetwork } | null;
  decoder: LayerSpec[];
  /** What makes the decoder's mean of its last layer: pixels lie in 0 … 1, points anywhere. */
  output: 'sigmoid' | 'linear';
}

/** Of every convolution: it halves each side, rounded down. */
export const CONV = { kernel: 4, stride: 2, padding: 1 } as const;

/** z = μ, and no divergence is taken: no network for the variance is needed. */
export const isAutoencoder = ({ beta, noise, architecture }: VaeSettings): boolean => beta === 0 && noise === 'no' && architecture !== 'hierarchical';

/** @throws RangeError where a convolutional model is given points, or an image too small for its layers; `validateVae` says so before. */
export function networksOf(settings: VaeSettings, data: DataShape): VaeNetworks {
  const output = settings.likelihood === 'bernoulli' || data.image ? 'sigmoid' : 'linear';
  if (settings.architecture === 'conv') return { ...convNetworks(settings, data), top: null, output };
  const { encoderWidths, decoderWidths, latentSize, topLatentSize } = settings;
  // Rows are channels last; PyTorch flattens its images channels first.
  const image = data.image && data.image.channels > 1 ? data.image : undefined;
  const posterior = gaussian({ body: mlp('encoder', data.size, encoderWidths, settings, image), inputs: encoderWidths.at(-1) ?? data.size, outputs: latentSize, prefix: '', autoencoder: isAutoencoder(settings), image: encoderWidths.length === 0 ? image : undefined });
  const decoder = sequential('decoder', [
    ...hidden(latentSize, decoderWidths, settings),
    { kind: 'dense', inputs: decoderWidths.at(-1) ?? latentSize, outputs: data.size, outputImage: image },
  ]);
  if (settings.architecture === 'mlp') return { posterior, top: null, decoder, output };
  // Between the levels stands one hidden layer on either way, as wide as the layer next to z₁ is.
  const up = encoderWidths.slice(-1);
  const down = decoderWidths.slice(0, 1);
  const top = {
    posterior: gaussian({ body: mlp('top_encoder', latentSize, up, settings), inputs: up[0] ?? latentSize, outputs: topLatentSize, prefix: 'top_' }),
    prior: gaussian({ body: mlp('prior', topLatentSize, down, settings), inputs: down[0] ?? topLatentSize, outputs: latentSize, prefix: 'prior_' }),
  };
  return { posterior, top, decoder, output };
}

/** Every layer, in the order in which parameters lie. */
export function layersOf({ posterior, top, decoder }: VaeNetworks): LayerSpec[] {
  const of = ({ body, mean, logVariance }: GaussianNetwork) => [...body, mean, ...(logVariance ? [logVariance] : [])];
  return [...of(posterior), ...(top ? [...of(top.posterior), ...of(top.prior)] : []), ...decoder];
}

export const parameterTableOf = (settings: VaeSettings, data: DataShape): ParameterShape[] => parametersOf(layersOf(networksOf(settings, data)));
export const parameterCountOf = (settings: VaeSettings, data: DataShape): number => countOf(parameterTableOf(settings, data));

/** Sides of the image after 0, 1, … `layers` convolutions. */
export function pyramid({ height, width }: ImageShape, layers: number): { height: number; width: number }[] {
  return Array.from({ length: layers + 1 }, (_, i) => ({ height: Math.floor(height / 2 ** i), width: Math.floor(width / 2 ** i) }));
}

type Unnamed = Parameters<typeof sequential>[1][number];

const hidden = (inputs: number, widths: readonly number[], { activation }: VaeSettings, image?: ImageShape): Unnamed[] =>
  widths.flatMap((outputs, i): Unnamed[] => [{ kind: 'dense', inputs: i === 0 ? inputs : widths[i - 1], outputs, inputImage: i === 0 ? image : undefined }, { kind: 'activation', activation }]);

const mlp = (name: string, inputs: number, widths: readonly number[], settings: VaeSettings, image?: ImageShape): LayerSpec[] => sequential(name, hidden(inputs, widths, settings, image));

interface Ends {
  body: LayerSpec[];
  inputs: number;
  outputs: number;
  prefix: '' | 'top_' | 'prior_';
  autoencoder?: boolean;
  image?: ImageShape;
}

function gaussian({ body, inputs, outputs, prefix, autoencoder = false, image }: Ends): GaussianNetwork {
  const head = (name: string): LayerSpec => ({ kind: 'dense', name: `${prefix}${name}`, inputs, outputs, inputImage: image });
  return { body, mean: head('mean'), logVariance: autoencoder ? null : head('logvar') };
}

/**
 * Convolutions of kernel 4, stride 2 and padding 1 with the encoder's widths as filters, and straight from the last of them to the heads; back by one dense layer and as many transposed convolutions as the
 * decoder has widths. Sides that are odd lose a pixel on the way down and get it back on the way up (PyTorch's `output_padding`).
 */
function convNetworks(settings: VaeSettings, { image }: DataShape): Pick<VaeNetworks, 'posterior' | 'decoder'> {
  const { encoderWidths, decoderWidths, latentSize, activation } = settings;
  if (!image) throw new RangeError('Points have no pixels to convolve.');
  const down = pyramid(image, encoderWidths.length);
  const up = pyramid(image, decoderWidths.length);
  if ([...down, ...up].some(({ height, width }) => height < 1 || width < 1)) throw new RangeError(`An image of ${image.height}×${image.width} pixels cannot be halved ${Math.max(encoderWidths.length, decoderWidths.length)} times.`);
  const shape = (side: { height: number; width: number }, channels: number, filters: number): ConvShape => ({ ...side, channels, filters, ...CONV });
  const flat: ImageShape = { ...down[encoderWidths.length], channels: encoderWidths.at(-1) ?? image.channels };
  const body = sequential('encoder', [
    ...encoderWidths.flatMap((filters, i): Unnamed[] => [{ kind: 'conv', shape: shape(down[i], i === 0 ? image.channels : encoderWidths[i - 1], filters) }, { kind: 'activation', activation }]),
    { kind: 'flatten', image: flat },
  ]);
  const size = ({ height, width, channels }: ImageShape) => height * width * channels;
  const first: ImageShape = { ...up[decoderWidths.length], channels: decoderWidths[0] ?? image.channels };
  const decoder = sequential('decoder', [
    { kind: 'dense', inputs: latentSize, outputs: size(first), outputImage: first },
    { kind: 'activation', activation },
    { kind: 'unflatten', image: first },
    ...decoderWidths.flatMap((filters, i): Unnamed[] => {
      const last = i === decoderWidths.length - 1;
      const layer: Unnamed = { kind: 'convTranspose', shape: shape(up[decoderWidths.length - 1 - i], last ? image.channels : decoderWidths[i + 1], filters) };
      return last ? [layer] : [layer, { kind: 'activation', activation }];
    }),
  ]);
  return { posterior: gaussian({ body, inputs: size(flat), outputs: latentSize, prefix: '', autoencoder: isAutoencoder(settings), image: flat }), decoder };
}
