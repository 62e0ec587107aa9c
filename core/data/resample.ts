/** Images in another size: cropped about the middle to the other's shape, then by area where pixels are joined and bilinear where they are spread. */
import { luma, type DecodedImage } from './image';

/** What a pixel is made of, along one axis: the first source pixel, and weights that sum to 1. */
interface Taps {
  first: Int32Array;
  weights: Float64Array[];
}

/** @param from pixels of the source that are used, beginning at `offset` (which need not be whole), of `length` in all. */
function taps(length: number, offset: number, from: number, to: number): Taps {
  const scale = from / to;
  const first = new Int32Array(to);
  const weights = Array.from({ length: to }, (_, i) => {
    // A pixel covers [i, i + 1) · scale. Where it is smaller than a source pixel, a triangle about its middle takes the two nearest.
    const reach = scale > 1 ? scale / 2 : 1;
    const middle = offset + (i + 0.5) * scale;
    const low = Math.max(0, Math.floor(scale > 1 ? middle - reach : middle - 0.5));
    const high = Math.min(length - 1, scale > 1 ? Math.ceil(middle + reach) - 1 : Math.floor(middle + 0.5));
    first[i] = Math.min(low, length - 1);
    const raw = Float64Array.from({ length: Math.max(1, high - first[i] + 1) }, (_, k) => {
      const pixel = first[i] + k;
      return scale > 1 ? Math.max(0, Math.min(pixel + 1, middle + reach) - Math.max(pixel, middle - reach)) : Math.max(0, 1 - Math.abs(pixel + 0.5 - middle));
    });
    const sum = raw.reduce((total, weight) => total + weight, 0);
    return sum > 0 ? raw.map((weight) => weight / sum) : Float64Array.from(raw, (_, k) => (k === 0 ? 1 : 0));
  });
  return { first, weights };
}

/** The part of the source about its middle that has the shape of the target. */
export function centreCrop(width: number, height: number, toWidth: number, toHeight: number): { x: number; y: number; width: number; height: number } {
  const scale = Math.min(width / toWidth, height / toHeight);
  const [used, usedHeight] = [toWidth * scale, toHeight * scale];
  return { x: (width - used) / 2, y: (height - usedHeight) / 2, width: used, height: usedHeight };
}

/** Makes images of one size. Weights are kept for the next image of the same size. */
export class Resampler {
  private readonly known = new Map<string, { x: Taps; y: Taps }>();

  constructor(private readonly width: number, private readonly height: number) {}

  /** Writes [height, width, channels] of `image` to `out` at `at`; colour becomes grey, and grey colour, as `channels` asks. */
  write(image: DecodedImage, channels: 1 | 3, out: Uint8Array, at: number): void {
    if (image.width === this.width && image.height === this.height) return copy(image, channels, out, at);
    const key = `${image.width}×${image.height}`;
    let both = this.known.get(key);
    if (!both) {
      const crop = centreCrop(image.width, image.height, this.width, this.height);
      both = { x: taps(image.width, crop.x, crop.width, this.width), y: taps(image.height, crop.y, crop.height, this.height) };
      this.known.set(key, both);
    }
    copy({ ...image, width: this.width, height: this.height, pixels: this.scaled(image, both.x, both.y) }, channels, out, at);
  }

  private scaled({ width, pixels, channels }: DecodedImage, x: Taps, y: Taps): Uint8Array {
    const out = new Uint8Array(this.width * this.height * channels);
    const row = new Float64Array(width * channels);
    for (let j = 0, to = 0; j < this.height; j++) {
      row.fill(0);
      const down = y.weights[j];
      for (let k = 0; k < down.length; k++) {
        const weight = down[k];
        const from = (y.first[j] + k) * row.length;
        for (let i = 0; i < row.length; i++) row[i] += weight * pixels[from + i];
      }
      for (let i = 0; i < this.width; i++) {
        const across = x.weights[i];
        const from = x.first[i] * channels;
        for (let c = 0; c < channels; c++) {
          let sum = 0.5;
          for (let k = 0; k < across.length; k++) sum += across[k] * row[from + k * channels + c];
          // Stored as a byte, the sum is cut off to a whole number.
          out[to++] = sum;
        }
      }
    }
    return out;
  }
}

function copy({ pixels, channels: from }: DecodedImage, channels: 1 | 3, out: Uint8Array, at: number): void {
  if (from === channels) out.set(pixels, at);
  else if (channels === 3) for (let i = 0; i < pixels.length; i++) out.fill(pixels[i], at + 3 * i, at + 3 * i + 3);
  else for (let i = 0; i < pixels.length; i += 3) out[at + i / 3] = luma(pixels[i], pixels[i + 1], pixels[i + 2]);
}

/** An image no larger than a training can use, so that many photographs fit in memory; its first size is kept. */
export function reduced(image: DecodedImage, side: number): DecodedImage {
  const shorter = Math.min(image.width, image.height);
  if (shorter <= side) return image;
  const [width, height] = [Math.round((image.width * side) / shorter), Math.round((image.height * side) / shorter)];
  const pixels = new Uint8Array(width * height * image.channels);
  new Resampler(width, height).write(image, image.channels, pixels, 0);
  return { ...image, width, height, pixels, original: { width: image.width, height: image.height } };
}
