/** PNG (W3C, third edition): all colour types, depths and both interlace methods; the first image of an animation. Chunks are checked before anything is unpacked. */
import { say } from '../l10n/translate';
import { DataError } from './dataError';
import type { DecodedImage } from './image';
import { TooLong, type Inflate } from './inflate';
import { channelsOf, passesOf, toPixels, unfilter, type PngHeader, type PngPalette } from './pngPixels';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Of one image, as for JPEG; it would take 200 MB. */
export const MAX_PIXELS = 50_000_000;

const DEPTHS: Readonly<Record<number, readonly number[]>> = { 0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16] };
/** What changes the pixels; a wrong checksum of anything else does no harm. */
const USED = ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'];

interface Chunk {
  type: string;
  /** Of its first byte, the length. */
  at: number;
  data: Uint8Array;
}

export const looksLikePng = (bytes: Uint8Array): boolean => bytes.length >= 4 && SIGNATURE.slice(0, 4).every((byte, i) => bytes[i] === byte);

/** @throws DataError */
export async function decodePng(bytes: Uint8Array, file: string, inflate: Inflate): Promise<DecodedImage> {
  const chunks = chunksOf(bytes, file);
  const header = headerOf(chunks, file);
  const palette = paletteOf(chunks, header, file);
  const packed = chunks.filter(({ type }) => type === 'IDAT');
  if (packed.length === 0) throw new DataError(say('{0}: the PNG file has no image data (no IDAT chunk). Save the image again.', file));
  const at = packed[0].at;
  const passes = passesOf(header);
  const wanted = passes.reduce((sum, { rows, rowBytes }) => sum + rows * (rowBytes + 1), 0);
  let data: Uint8Array;
  try {
    data = await inflate(joined(packed.map((chunk) => chunk.data)), 'deflate', wanted);
  } catch (error) {
    if (error instanceof TooLong) throw new DataError(say('{0}: the image data from byte {1} on unpack to more than the {2} bytes that {3} × {4} pixels take. Save the image again.', file, at, wanted, header.width, header.height));
    throw new DataError(say('{0}: the image data from byte {1} on are damaged and cannot be unpacked. Save the image again.', file, at));
  }
  if (data.length < wanted) throw new DataError(say('{0}: the image data from byte {1} on unpack to {2} bytes; {3} × {4} pixels take {5}. Save the image again.', file, at, data.length, header.width, header.height, wanted));
  const wrong = unfilter(data, passes, header);
  if (wrong) throw new DataError(say('{0}: row {1} of the image data from byte {2} on has filter {3}; there are 0 to 4. The file is damaged; save the image again.', file, wrong.row, at, wrong.filter));
  const made = toPixels(data, passes, header, palette);
  if ('missing' in made) throw new DataError(say('{0}: the image data from byte {1} on ask for colour {2}, and the palette has {3}. The file is damaged; save the image again.', file, at, made.missing, palette ? palette.colours.length / 3 : 0));
  return { name: file, width: header.width, height: header.height, ...made };
}

function chunksOf(bytes: Uint8Array, file: string): Chunk[] {
  const wrong = SIGNATURE.findIndex((byte, i) => i < bytes.length && bytes[i] !== byte);
  if (wrong >= 0) throw new DataError(say('{0}: byte {1} is {2}: the file does not begin like a PNG file. Save the image again.', file, wrong, bytes[wrong]));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; ; ) {
    if (bytes.length < at + 12) throw new DataError(say('{0}: the PNG file is cut at byte {1}: it has no end (no IEND chunk). Save or copy the image again.', file, bytes.length));
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (!/^[A-Za-z]{4}$/.test(type)) throw new DataError(say('{0}: byte {1}: no chunk of a PNG file begins here; the file is damaged. Save or copy the image again.', file, at));
    const end = at + 12 + length;
    if (bytes.length < end) throw new DataError(say('{0}: the PNG file is cut at byte {1}: the chunk {2} at byte {3} ends at byte {4}. Save or copy the image again.', file, bytes.length, type, at, end));
    if (USED.includes(type) && crc32(bytes.subarray(at + 4, end - 4)) !== view.getUint32(end - 4)) throw new DataError(say('{0}: the checksum of the chunk {1} at byte {2} is wrong: the file is damaged. Save or copy the image again.', file, type, at));
    // A capital letter: nobody may decode the image who does not know the chunk.
    if (!USED.includes(type) && /^[A-Z]/.test(type)) throw new DataError(say('{0}: the chunk {1} at byte {2} is unknown, and the image cannot be read without it. Save the image as plain PNG.', file, type, at));
    chunks.push({ type, at, data: bytes.subarray(at + 8, end - 4) });
    if (type === 'IEND') return chunks;
    at = end;
  }
}

function headerOf([first]: readonly Chunk[], file: string): PngHeader {
  if (first.type !== 'IHDR' || first.data.length !== 13) throw new DataError(say('{0}: byte {1}: a PNG file begins with its header (IHDR), and here stands {2}. Save the image again.', file, first.at, first.type));
  const view = new DataView(first.data.buffer, first.data.byteOffset, first.data.length);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth, colour, compression, filter, interlace] = first.data.subarray(8);
  if (width === 0 || height === 0) throw new DataError(say('{0}: byte {1}: the image is {2} × {3} pixels, which is none. Save the image again.', file, first.at + 8, width, height));
  if (width * height > MAX_PIXELS) throw new DataError(say('{0}: the image is {1} × {2} pixels; at most {3} million in all can be read. Scale it down.', file, width, height, MAX_PIXELS / 1e6));
  if (!DEPTHS[colour]?.includes(depth)) throw new DataError(say('{0}: byte {1}: there is no PNG of colour type {2} with {3} bits. Save the image again.', file, first.at + 16, colour, depth));
  if (compression !== 0 || filter !== 0 || interlace > 1) throw new DataError(say('{0}: byte {1}: the methods of compression, filter and interlace ({2}, {3}, {4}) are not those of PNG. Save the image again.', file, first.at + 18, compression, filter, interlace));
  return { width, height, depth, colour, interlaced: interlace === 1 };
}

function paletteOf(chunks: readonly Chunk[], { colour, depth }: PngHeader, file: string): PngPalette | null {
  const colours = chunks.find(({ type }) => type === 'PLTE');
  const clear = chunks.find(({ type }) => type === 'tRNS');
  if (colour === 3) {
    if (!colours) throw new DataError(say('{0}: the PNG file names colours by number and has no palette (no PLTE chunk). Save the image again.', file));
    const count = colours.data.length / 3;
    if (!Number.isInteger(count) || count < 1 || count > 256) throw new DataError(say('{0}: the palette at byte {1} has {2} bytes; it takes 3 for each of 1 to 256 colours. Save the image again.', file, colours.at, colours.data.length));
    return { colours: colours.data, opacity: clear?.data ?? new Uint8Array(), clear: null };
  }
  // One sample (grey) or three, two bytes each, stand for "transparent".
  const samples = channelsOf(colour);
  if (!clear || colour > 3 || clear.data.length < 2 * samples) return null;
  const view = new DataView(clear.data.buffer, clear.data.byteOffset, clear.data.length);
  return { colours: new Uint8Array(), opacity: new Uint8Array(), clear: Array.from({ length: samples }, (_, i) => view.getUint16(2 * i) & (2 ** depth - 1)) };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0];
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) crc = (crc >>> 8) ^ CRC_TABLE[(crc ^ bytes[i]) & 0xff];
  return ~crc >>> 0;
}
