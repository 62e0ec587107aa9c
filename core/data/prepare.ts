/** Images of any sizes → examples of one size, with what was done to them in words. */
import { say, type Said } from '../l10n/translate';
import { firstOf, type Examples, type ImageShape } from '../math/examples';
import { DataError } from './dataError';
import type { DecodedImage } from './image';
import { Resampler } from './resample';

export interface PrepareOptions {
  /** Null: the size that most images have, at most {@link DEFAULT_SIDE} on the longer side. */
  size?: { width: number; height: number } | null;
  /** `auto`: colour where any image has it. */
  colour?: 'auto' | 'grey' | 'colour';
  labels?: Uint8Array | null;
}

export interface Prepared {
  examples: Examples;
  /** The first {@link PREVIEW} of them. */
  preview: Examples;
  /** Sentences without their full stop. */
  notes: Said[];
}

export const PREVIEW = 16;
/** Of the longer side, where nobody has chosen a size. */
export const DEFAULT_SIDE = 64;
/** Of a size that is chosen. */
export const MAX_SIDE = 128;
/** All examples together. */
export const MAX_EXAMPLES_BYTES = 1024 * 1024 * 1024;

/** @throws DataError */
export function prepareImages(images: readonly DecodedImage[], { size = null, colour = 'auto', labels = null }: PrepareOptions = {}): Prepared {
  if (images.length === 0) throw new DataError(say('There are no images. Choose at least two.'));
  const { width, height } = size ?? usualSize(images);
  for (const side of [width, height]) if (!Number.isInteger(side) || side < 1 || side > MAX_SIDE) throw new DataError(say('Images of {0} × {1} pixels cannot be made: each side is a whole number from 1 to {2}.', width, height, MAX_SIDE));
  const coloured = images.some(({ channels }) => channels === 3);
  const channels = colour === 'colour' || (colour === 'auto' && coloured) ? 3 : 1;
  const shape: ImageShape = { height, width, channels };
  const length = width * height * channels;
  const bytes = images.length * length;
  if (bytes > MAX_EXAMPLES_BYTES) throw new DataError(say('{0} images of {1} × {2} × {3} need {4} MiB of memory; at most {5} MiB are used. Choose a smaller size, grey, or fewer images.', images.length, width, height, channels, Math.ceil(bytes / 1024 / 1024), MAX_EXAMPLES_BYTES / 1024 / 1024));
  const values = new Uint8Array(bytes);
  const resampler = new Resampler(width, height);
  images.forEach((image, i) => resampler.write(image, channels, values, i * length));
  const examples: Examples = { count: images.length, size: length, image: shape, values, labels };
  return { examples, preview: firstOf(examples, PREVIEW), notes: notesOf(images, shape, coloured) };
}

const sizeOf = ({ width, height, original }: DecodedImage): { width: number; height: number } => original ?? { width, height };

/** How many images have each size, the most common first. */
function sizesOf(images: readonly DecodedImage[]): { width: number; height: number; count: number }[] {
  const sizes = new Map<string, { width: number; height: number; count: number }>();
  for (const image of images) {
    const { width, height } = sizeOf(image);
    const known = sizes.get(`${width} ${height}`);
    if (known) known.count++;
    else sizes.set(`${width} ${height}`, { width, height, count: 1 });
  }
  return [...sizes.values()].sort((a, b) => b.count - a.count);
}

export function usualSize(images: readonly DecodedImage[]): { width: number; height: number } {
  const [{ width, height }] = sizesOf(images);
  const scale = Math.min(1, DEFAULT_SIDE / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

function notesOf(images: readonly DecodedImage[], { width, height, channels }: ImageShape, coloured: boolean): Said[] {
  const notes: Said[] = [];
  const sizes = sizesOf(images);
  const changed = images.filter((image) => sizeOf(image).width !== width || sizeOf(image).height !== height).length;
  if (sizes.length > 1) {
    const { count, width: usual, height: usualHeight } = sizes[0];
    notes.push(say('the images have {0} sizes, most often {1} × {2} ({3} of {4})', sizes.length, usual, usualHeight, count, images.length));
  }
  if (changed > 0) notes.push(say('{0} of {1} images are cropped about the middle and scaled to {2} × {3}', changed, images.length, width, height));
  const transparent = images.filter((image) => image.transparent).length;
  if (transparent > 0) notes.push(say('transparent parts of {0} images are white', transparent));
  if (channels === 1 && coloured) notes.push(say('colour is made grey'));
  return notes;
}
