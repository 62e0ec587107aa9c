/**
 * Parameters as PyTorch keeps them: Linear [out, in], Conv2d [out, in, kh, kw], ConvTranspose2d [in, out, kh, kw], and where a dense layer meets an image, its pixels channels first.
 */
import type { ImageShape } from '../../../core/math/examples';
import type { ParameterSpec } from './specs';

/** The shape of PyTorch's tensor. */
export function torchShape({ layer, part, rows, columns }: ParameterSpec): number[] {
  if (part === 'bias') return [columns];
  switch (layer.kind) {
    case 'conv':
      return [layer.shape.filters, layer.shape.channels, layer.shape.kernel, layer.shape.kernel];
    case 'convTranspose':
      return [layer.shape.filters, layer.shape.channels, layer.shape.kernel, layer.shape.kernel];
    default:
      return [columns, rows];
  }
}

/** A parameter's numbers in PyTorch's order. */
export function toTorch(spec: ParameterSpec, values: ArrayLike<number>): Float64Array {
  const out = new Float64Array(values.length);
  eachPlace(spec, (ours, theirs) => { out[theirs] = values[ours]; });
  return out;
}

/** The inverse. */
export function fromTorch(spec: ParameterSpec, values: ArrayLike<number>): Float64Array {
  const out = new Float64Array(values.length);
  eachPlace(spec, (ours, theirs) => { out[ours] = values[theirs]; });
  return out;
}

/** Each number's place in our matrix and in PyTorch's tensor. */
function eachPlace({ layer, part, rows, columns }: ParameterSpec, place: (ours: number, theirs: number) => void): void {
  if (layer.kind === 'conv' || layer.kind === 'convTranspose') {
    if (part === 'bias') {
      for (let c = 0; c < columns; c++) place(c, c);
      return;
    }
    const { kernel, channels, filters } = layer.shape;
    const area = kernel * kernel;
    // Ours: ((i·kernel + j)·channels + c)·filters + f. Conv2d is [f, c, i, j]; so is ConvTranspose2d, whose inputs are the filters.
    for (let at = 0; at < area; at++) for (let c = 0; c < channels; c++) for (let f = 0; f < filters; f++) place((at * channels + c) * filters + f, (f * channels + c) * area + at);
    return;
  }
  if (layer.kind !== 'dense') return;
  const input = flattened(layer.inputImage);
  const output = flattened(layer.outputImage);
  if (part === 'bias') {
    for (let o = 0; o < columns; o++) place(o, output(o));
    return;
  }
  for (let i = 0; i < rows; i++) for (let o = 0; o < columns; o++) place(i * columns + o, output(o) * rows + input(i));
}

/** Where a pixel's number, channels last, lies channels first. */
function flattened(image: ImageShape | undefined): (place: number) => number {
  if (!image) return (place) => place;
  const { height, width, channels } = image;
  return (place) => (place % channels) * height * width + Math.floor(place / channels);
}
