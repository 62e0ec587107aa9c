/** Convolutions as products with patches, some images at a time, so that their patches stay in the second cache. */
import { convOutput, type ConvShape, type Ops } from '../contract';
import type { WasmMatrix } from './matrix';
import { expectShape, type Place } from './place';

/** Numbers of patches that are made at a time, at most (but for one image). */
const PATCH_BLOCK = 131_072;

interface Plan {
  pixels: number;
  patch: number;
  inSize: number;
  outSize: number;
  images: number;
}

function plan(shape: ConvShape): Plan {
  const { height, width, channels, filters, kernel, stride, padding } = shape;
  const [outHeight, outWidth] = convOutput(shape);
  if (!(kernel >= 1 && stride >= 1 && padding >= 0 && outHeight >= 1 && outWidth >= 1)) {
    throw new RangeError(`A kernel of ${kernel} with stride ${stride} and padding ${padding} makes no image of ${height} × ${width}.`);
  }
  const pixels = outHeight * outWidth;
  const patch = kernel * kernel * channels;
  return { pixels, patch, inSize: height * width * channels, outSize: pixels * filters, images: Math.max(1, Math.floor(PATCH_BLOCK / (pixels * patch))) };
}

const geometry = (shape: ConvShape) => {
  const [outHeight, outWidth] = convOutput(shape);
  const { height, width, channels, kernel, stride, padding } = shape;
  return [height, width, channels, kernel, kernel, stride, stride, padding, padding, outHeight, outWidth] as const;
};

/** Calls `each` for blocks of images, with room for the patches of one. */
function inBlocks(place: Place, rows: number, { images, pixels, patch }: Plan, each: (first: number, count: number, patches: number) => void): void {
  place.heap.within(() => {
    const room = place.heap.take(Math.min(rows, images) * pixels * patch);
    for (let first = 0; first < rows; first += images) each(first, Math.min(images, rows - first), room);
  });
}

export function convolutions(place: Place): Pick<Ops<WasmMatrix>, 'conv' | 'convInput' | 'convFilter'> {
  const { wasm } = place.heap;
  return {
    conv(x, weight, shape) {
      const planned = plan(shape);
      const { pixels, patch, inSize, outSize } = planned;
      expectShape('The convolved matrix', x, x.rows, inSize);
      expectShape("The convolution's weight", weight, patch, shape.filters);
      const out = place.make(x.rows, outSize);
      const [from, w] = [place.of(x), place.of(weight)];
      inBlocks(place, x.rows, planned, (first, count, patches) => {
        wasm.gather(from + 4 * first * inSize, ...geometry(shape), count, patches);
        wasm.product(patches, false, w, false, count * pixels, shape.filters, patch, 0, false, out.at + 4 * first * outSize);
      });
      return out;
    },

    convInput(dy, weight, shape) {
      const planned = plan(shape);
      const { pixels, patch, inSize, outSize } = planned;
      expectShape('The derivative by the convolution', dy, dy.rows, outSize);
      expectShape("The convolution's weight", weight, patch, shape.filters);
      const out = place.make(dy.rows, inSize);
      const [from, w] = [place.of(dy), place.of(weight)];
      inBlocks(place, dy.rows, planned, (first, count, patches) => {
        wasm.product(from + 4 * first * outSize, false, w, true, count * pixels, patch, shape.filters, 0, false, patches);
        wasm.scatter(patches, ...geometry(shape), count, out.at + 4 * first * inSize);
      });
      return out;
    },

    convFilter(x, dy, shape, intoWeight) {
      const planned = plan(shape);
      const { pixels, patch, inSize, outSize } = planned;
      expectShape('The convolved matrix', x, x.rows, inSize);
      expectShape('The derivative by the convolution', dy, x.rows, outSize);
      expectShape("The gradient of the convolution's weight", intoWeight, patch, shape.filters);
      const [from, back] = [place.of(x), place.of(dy)];
      const adds = place.adds(intoWeight);
      inBlocks(place, x.rows, planned, (first, count, patches) => {
        wasm.gather(from + 4 * first * inSize, ...geometry(shape), count, patches);
        wasm.product(patches, true, back + 4 * first * outSize, false, patch, shape.filters, count * pixels, 0, adds || first > 0, intoWeight.at);
      });
    },
  };
}
