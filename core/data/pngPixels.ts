/** The unpacked data of a PNG: rows of the passes, each after its filter, to bytes of grey or colour. */
import { onWhite, type DecodedImage } from './image';

export interface PngHeader {
  width: number;
  height: number;
  /** Bits a sample. */
  depth: number;
  /** 0 grey, 2 colour, 3 by palette, 4 grey with opacity, 6 colour with opacity. */
  colour: number;
  interlaced: boolean;
}

export interface PngPalette {
  /** Three bytes a colour; empty where there is no palette. */
  colours: Uint8Array;
  /** Of the first colours of the palette; the rest is opaque. */
  opacity: Uint8Array;
  /** The samples that mean "transparent"; null for palettes. */
  clear: readonly number[] | null;
}

/** Every pixel (x0 + i·dx, y0 + j·dy), row after row. */
interface Pass {
  x0: number;
  y0: number;
  dx: number;
  dy: number;
  columns: number;
  rows: number;
  /** Without the byte of the filter. */
  rowBytes: number;
}

const WHOLE = [[0, 0, 1, 1]];
const ADAM7 = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]];
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

export const channelsOf = (colour: number): number => CHANNELS[colour];

/** Those that hold any pixel. */
export function passesOf({ width, height, depth, colour, interlaced }: PngHeader): Pass[] {
  return (interlaced ? ADAM7 : WHOLE)
    .map(([x0, y0, dx, dy]) => {
      const [columns, rows] = [Math.ceil((width - x0) / dx), Math.ceil((height - y0) / dy)];
      return { x0, y0, dx, dy, columns, rows, rowBytes: Math.ceil((columns * depth * channelsOf(colour)) / 8) };
    })
    .filter(({ columns, rows }) => columns > 0 && rows > 0);
}

/** In place. The first filter that does not exist, or null. */
export function unfilter(data: Uint8Array, passes: readonly Pass[], { depth, colour }: PngHeader): { row: number; filter: number } | null {
  const step = Math.max(1, (depth * channelsOf(colour)) >> 3);
  let at = 0;
  for (const { rows, rowBytes } of passes) {
    for (let row = 0; row < rows; row++, at += rowBytes + 1) {
      const filter = data[at];
      if (filter > 4) return { row, filter };
      if (filter !== 0) unfilterRow(data, at + 1, rowBytes, row > 0 ? at - rowBytes : -1, step, filter);
    }
  }
  return null;
}

/** @param above where the row above begins; −1: there is none, and it counts as zeros. */
function unfilterRow(data: Uint8Array, from: number, length: number, above: number, step: number, filter: number): void {
  for (let i = 0; i < length; i++) {
    const left = i >= step ? data[from + i - step] : 0;
    const up = above >= 0 ? data[above + i] : 0;
    const corner = above >= 0 && i >= step ? data[above + i - step] : 0;
    data[from + i] += filter === 1 ? left : filter === 2 ? up : filter === 3 ? (left + up) >> 1 : paeth(left, up, corner);
  }
}

function paeth(left: number, up: number, corner: number): number {
  const [toLeft, toUp, toCorner] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

/** Bytes of grey or colour, on white; `missing` is a colour that the palette does not have. */
export function toPixels(data: Uint8Array, passes: readonly Pass[], header: PngHeader, palette: PngPalette | null): Pick<DecodedImage, 'pixels' | 'channels' | 'transparent'> | { missing: number } {
  const { width, height, depth, colour } = header;
  const samples = channelsOf(colour);
  const channels = colour === 0 || colour === 4 ? 1 : 3;
  const pixels = new Uint8Array(width * height * channels);
  const largest = 2 ** depth - 1;
  const toByte = (value: number): number => (depth === 8 ? value : Math.round((value * 255) / largest));
  const known = palette ? palette.colours.length / 3 : 0;
  const raw = [0, 0, 0, 0];
  let transparent = false;
  let start = 0;
  for (const { x0, y0, dx, dy, columns, rows, rowBytes } of passes) {
    for (let row = 0; row < rows; row++, start += rowBytes + 1) {
      for (let column = 0; column < columns; column++) {
        for (let s = 0; s < samples; s++) raw[s] = sampleAt(data, start + 1, column * samples + s, depth);
        const to = ((y0 + row * dy) * width + x0 + column * dx) * channels;
        let alpha = 255;
        if (colour === 3) {
          if (raw[0] >= known) return { missing: raw[0] };
          alpha = palette!.opacity[raw[0]] ?? 255;
        } else if (samples === 2 || samples === 4) alpha = toByte(raw[samples - 1]);
        else if (palette?.clear?.every((value, s) => value === raw[s])) alpha = 0;
        if (alpha !== 255) transparent = true;
        for (let c = 0; c < channels; c++) {
          const value = colour === 3 ? palette!.colours[3 * raw[0] + c] : toByte(raw[c]);
          pixels[to + c] = alpha === 255 ? value : onWhite(value, alpha);
        }
      }
    }
  }
  return { pixels, channels, transparent };
}

function sampleAt(data: Uint8Array, start: number, i: number, depth: number): number {
  if (depth === 8) return data[start + i];
  if (depth === 16) return (data[start + 2 * i] << 8) | data[start + 2 * i + 1];
  const bit = i * depth;
  return (data[start + (bit >> 3)] >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
}
