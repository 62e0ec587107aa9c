/**
 * Layers as data: what they hold, what it is called, and what it starts from. Names and their numbers are those of PyTorch's `nn.Sequential`, in which activations and
 * changes of shape count too.
 */
import type { ImageShape } from '../../../core/math/examples';
import { createRandom } from '../../../core/math/random';
import { convOutput, type Activation, type ConvShape, type ParameterShape } from './contract';

export type LayerSpec =
  /** Where its inputs or outputs are the pixels of an image, which PyTorch has channels first, the image is given. */
  | { kind: 'dense'; name: string; inputs: number; outputs: number; inputImage?: ImageShape; outputImage?: ImageShape }
  | { kind: 'conv'; name: string; shape: ConvShape }
  /** The shape is that of the convolution which it turns around. */
  | { kind: 'convTranspose'; name: string; shape: ConvShape }
  | { kind: 'activation'; name: string; activation: Activation }
  /** Nothing is done: rows of images are flat already. They count in the names, and PyTorch needs them. */
  | { kind: 'flatten'; name: string; image: ImageShape }
  | { kind: 'unflatten'; name: string; image: ImageShape };

type Unnamed<T> = T extends unknown ? Omit<T, 'name'> : never;

/** Layers one after the other: `encoder.0`, `encoder.1`, … */
export function sequential(name: string, layers: readonly Unnamed<LayerSpec>[]): LayerSpec[] {
  return layers.map((layer, i) => ({ ...layer, name: `${name}.${i}` }) as LayerSpec);
}

/** One of a network's parameters, with what PyTorch makes of it. */
export interface ParameterSpec extends ParameterShape {
  layer: LayerSpec;
  part: 'weight' | 'bias';
  /** Bound of the uniform distribution it starts from. */
  bound: number;
}

/** Weight and bias of each layer that has them, in the order of the layers. */
export function parametersOf(layers: readonly LayerSpec[]): ParameterSpec[] {
  return layers.flatMap((layer): ParameterSpec[] => {
    switch (layer.kind) {
      case 'dense':
        return pair(layer, layer.inputs, layer.outputs, layer.outputs, layer.inputs);
      case 'conv': {
        const { kernel, channels, filters } = layer.shape;
        return pair(layer, kernel * kernel * channels, filters, filters, kernel * kernel * channels);
      }
      case 'convTranspose': {
        const { kernel, channels, filters } = layer.shape;
        // PyTorch counts the fan-in of a transposed convolution by its outputs: the second axis of its weight.
        return pair(layer, kernel * kernel * channels, filters, channels, kernel * kernel * channels);
      }
      default:
        return [];
    }
  });
}

/** PyTorch's Linear, Conv2d and ConvTranspose2d all start from U(−1/√fan-in, 1/√fan-in), weight and bias. */
function pair(layer: LayerSpec, rows: number, columns: number, biases: number, fanIn: number): ParameterSpec[] {
  const bound = 1 / Math.sqrt(fanIn);
  return [
    { layer, part: 'weight', name: `${layer.name}.weight`, rows, columns, bound },
    { layer, part: 'bias', name: `${layer.name}.bias`, rows: 1, columns: biases, bound },
  ];
}

export const countOf = (parameters: readonly ParameterShape[]): number => parameters.reduce((sum, { rows, columns }) => sum + rows * columns, 0);

/** Fresh parameters of a seed, [P]. A parameter's numbers depend on its name and place alone. */
export function initialParameters(parameters: readonly ParameterSpec[], seed: number): Float32Array {
  const random = createRandom(seed);
  const out = new Float32Array(countOf(parameters));
  let offset = 0;
  for (const { name, rows, columns, bound } of parameters) {
    const values = random.uniform(`init/${name}`, 0, rows * columns);
    for (const u of values) out[offset++] = (2 * u - 1) * bound;
  }
  return out;
}

/** How wide the rows are that a layer takes and gives; null: as before. */
export function widthsOf(layer: LayerSpec): { inputs: number; outputs: number } | null {
  const size = ({ height, width, channels }: ImageShape) => height * width * channels;
  switch (layer.kind) {
    case 'dense':
      return layer;
    case 'conv':
    case 'convTranspose': {
      const { shape } = layer;
      const [height, width] = convOutput(shape);
      const [image, filtered] = [size(shape), size({ height, width, channels: shape.filters })];
      return layer.kind === 'conv' ? { inputs: image, outputs: filtered } : { inputs: filtered, outputs: image };
    }
    case 'flatten':
    case 'unflatten':
      return { inputs: size(layer.image), outputs: size(layer.image) };
    case 'activation':
      return null;
  }
}
