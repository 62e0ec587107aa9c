/** Values of images as the bytes a canvas wants, differences as colours, and how large images are drawn. Pure. */
import type { ImageShape } from '../../../../core/math/examples';

/** What stands for white: 255 in examples, 1 in what a model answers. */
export const topOf = (values: ArrayLike<number>): number => (values instanceof Uint8Array || values instanceof Uint8ClampedArray ? 255 : 1);

/** One image of many into [height, width, 4]. What is no number is black. */
export function toRgba(values: ArrayLike<number>, index: number, { height, width, channels }: ImageShape, out: Uint8ClampedArray, at = 0): void {
  const factor = 255 / topOf(values);
  const size = height * width;
  let from = index * size * channels;
  for (let i = 0; i < size; i++, from += channels, at += 4) {
    out[at] = factor * values[from];
    out[at + 1] = factor * values[channels === 3 ? from + 1 : from];
    out[at + 2] = factor * values[channels === 3 ? from + 2 : from];
    out[at + 3] = 255;
  }
}

/** Reconstruction minus input, mean over the channels, as colours: black where they agree, orange where too bright, blue where too dark; [n, height, width, 3] in 0 … 1. */
export function differences(inputs: ArrayLike<number>, outputs: ArrayLike<number>, count: number, { height, width, channels }: ImageShape): Float32Array {
  const [size, factor] = [count * height * width, 1 / topOf(inputs)];
  const out = new Float32Array(3 * size);
  for (let i = 0; i < size; i++) {
    let difference = 0;
    for (let c = 0; c < channels; c++) difference += (outputs[i * channels + c] - factor * inputs[i * channels + c]) / channels;
    const strength = Math.min(1, Math.abs(difference));
    const [r, g, b] = difference > 0 ? [1, 0.65, 0.2] : [0.3, 0.65, 1];
    out[3 * i] = strength * r;
    out[3 * i + 1] = strength * g;
    out[3 * i + 2] = strength * b;
  }
  return out;
}

export interface SheetLayout {
  columns: number;
  rows: number;
  /** How many cells have a place. */
  shown: number;
  /** Device pixels of one pixel of an image: a whole number where there is room for one. */
  factor: number;
}

/** Lengths in device pixels. `high` counts images that stand in one cell above each other. */
export interface SheetRoom {
  width: number;
  height: number;
  gap: number;
  cell: { width: number; height: number };
  count: number;
  /** Null: as many as fit best. */
  columns: number | null;
  most: number;
  /** Rather than being small, cells beyond these many are left out. */
  least: number;
}

/** The largest factor at which all cells fit; where none does, one that makes them fit, down to a third, and then the sheet is higher than the room. */
export function layoutSheet({ width, height, gap, cell, count, columns, most, least }: SheetRoom): SheetLayout {
  const shape = (factor: number): SheetLayout => {
    const fit = Math.max(1, Math.floor((width + gap) / (factor * cell.width + gap)));
    const across = columns ?? Math.min(count, fit);
    const high = Math.floor((height + gap) / (factor * cell.height + gap));
    const shown = Math.min(count, Math.max(least, across * high));
    return { columns: across, rows: Math.ceil(shown / across), shown, factor };
  };
  const fits = ({ columns: across, rows, factor }: SheetLayout) => across * (factor * cell.width + gap) - gap <= width && rows * (factor * cell.height + gap) - gap <= height;
  for (let factor = Math.max(1, Math.floor(most)); factor >= 1; factor--) {
    const tried = shape(factor);
    if (fits(tried)) return tried;
  }
  for (let factor = 0.95; factor > 0.33; factor -= 0.05) {
    const tried = shape(factor);
    if (fits(tried)) return tried;
  }
  return shape(1 / 3);
}
