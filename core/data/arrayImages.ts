/** Arrays of images, whatever file they came in: which axis is what, and one image of many. */
import { say } from '../l10n/translate';
import { DataError } from './dataError';
import { flattenAlpha, type DecodedImage } from './image';

export interface ArrayLayout {
  count: number;
  height: number;
  width: number;
  /** 4: the last is opacity. */
  channels: 1 | 3 | 4;
  /** Channels before rows and columns, as PyTorch has them. */
  channelsFirst: boolean;
}

const CHANNELS = [1, 3, 4];

export const MAX_IMAGES = 1_000_000;

/** [n, h, w], [n, h, w, c], [n, c, h, w], or [n, s²] with rows of a square laid out flat; null for anything else. */
export function layoutOf(shape: readonly number[]): ArrayLayout | null {
  const [count, a, b, c] = shape;
  if (shape.some((length) => length < 1)) return null;
  const layout = (height: number, width: number, channels: number, channelsFirst: boolean): ArrayLayout => ({ count, height, width, channels: channels as 1 | 3 | 4, channelsFirst });
  if (shape.length === 3) return layout(a, b, 1, false);
  if (shape.length === 4 && CHANNELS.includes(c)) return layout(a, b, c, false);
  if (shape.length === 4 && CHANNELS.includes(a)) return layout(b, c, a, true);
  const side = Math.round(Math.sqrt(a));
  return shape.length === 2 && side > 1 && side * side === a ? layout(side, side, 1, false) : null;
}

/** Images that share the bytes of the array where they can. @param bytes in C order, as long as the layout says. */
export function imagesOf(bytes: Uint8Array, layout: ArrayLayout, file: string): DecodedImage[] {
  const { count, height, width, channels, channelsFirst } = layout;
  if (count > MAX_IMAGES) throw new DataError(say('{0}: {1} images; at most {2} can be used. Keep a part of them.', file, count, MAX_IMAGES));
  const size = height * width * channels;
  return Array.from({ length: count }, (_, i): DecodedImage => {
    const part = bytes.subarray(i * size, (i + 1) * size);
    const last = channelsFirst && channels > 1 ? channelsLast(part, channels) : part;
    const flat = channels === 4 ? flattenAlpha(last) : { pixels: last, transparent: false };
    return { name: `${file}[${i}]`, width, height, channels: channels === 1 ? 1 : 3, ...flat };
  });
}

function channelsLast(planes: Uint8Array, channels: number): Uint8Array {
  const out = new Uint8Array(planes.length);
  const plane = planes.length / channels;
  for (let c = 0; c < channels; c++) for (let i = 0; i < plane; i++) out[i * channels + c] = planes[c * plane + i];
  return out;
}
