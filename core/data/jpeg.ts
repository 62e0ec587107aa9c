/** JPEG is decoded by the browser; what is checked before is whether the file is whole, and how large the image is. */
import { say } from '../l10n/translate';
import { DataError } from './dataError';
import { MAX_PIXELS } from './png';

export const looksLikeJpeg = (bytes: Uint8Array): boolean => bytes.length >= 3 && bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;

/** The bytes of a JPEG as an image; rejects for what cannot be decoded. Only browsers have it. */
export type DecodeJpeg = (bytes: Uint8Array) => Promise<{ width: number; height: number; /** Four bytes a pixel. */ rgba: Uint8Array }>;

const START = 0xd8;
const END = 0xd9;
const SCAN = 0xda;
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
/** Markers without a segment: TEM and the restarts within a scan. */
const isAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);

/** Walks from marker to marker up to the end. @throws DataError */
export function inspectJpeg(bytes: Uint8Array, file: string): { width: number; height: number } {
  if (bytes[0] !== 0xff || bytes[1] !== START) throw new DataError(say('{0}: byte {1} is {2}: the file does not begin like a JPEG file. Save the image again.', file, bytes[0] === 0xff ? 1 : 0, bytes[bytes[0] === 0xff ? 1 : 0] ?? -1));
  let size: { width: number; height: number } | null = null;
  for (let at = 2; ; ) {
    if (at + 1 >= bytes.length) throw new DataError(say('{0}: the JPEG file is cut at byte {1}: it has no end marker. Save or copy the image again.', file, bytes.length));
    if (bytes[at] !== 0xff) throw new DataError(say('{0}: byte {1}: no segment of a JPEG file begins here; the file is damaged. Save or copy the image again.', file, at));
    const marker = bytes[at + 1];
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === END) break;
    at += 2;
    if (isAlone(marker)) continue;
    const length = at + 2 > bytes.length ? Infinity : (bytes[at] << 8) | bytes[at + 1];
    if (length < 2) throw new DataError(say('{0}: byte {1}: no segment of a JPEG file begins here; the file is damaged. Save or copy the image again.', file, at - 2));
    if (at + length > bytes.length) throw new DataError(say('{0}: the JPEG file is cut at byte {1}: the segment at byte {2} goes beyond it. Save or copy the image again.', file, bytes.length, at - 2));
    if (isFrame(marker) && length >= 7) size = { height: (bytes[at + 3] << 8) | bytes[at + 4], width: (bytes[at + 5] << 8) | bytes[at + 6] };
    at += length;
    // After the header of a scan stand its data, in which 0xff is followed by 0 or a restart.
    if (marker === SCAN) while (at < bytes.length && !(bytes[at] === 0xff && bytes[at + 1] !== 0 && !(bytes[at + 1] >= 0xd0 && bytes[at + 1] <= 0xd7))) at++;
  }
  if (!size || size.width === 0 || size.height === 0) throw new DataError(say('{0}: the JPEG file does not say how large its image is (no frame header). Save the image again.', file));
  if (size.width * size.height > MAX_PIXELS) throw new DataError(say('{0}: the image is {1} × {2} pixels; at most {3} million in all can be read. Scale it down.', file, size.width, size.height, MAX_PIXELS / 1e6));
  return size;
}
