/**
 * IDX, the format of MNIST: two zero bytes, a byte of the type, a byte with the number of axes; the length of each axis, four bytes, largest first;
 * then the numbers, the last axis running fastest. Only bytes (type 8) are images and labels.
 */
import { say } from '../l10n/translate';
import { imagesOf, layoutOf } from './arrayImages';
import { DataError } from './dataError';
import type { DecodedImage } from './image';

export type IdxContent = { kind: 'images'; images: DecodedImage[] } | { kind: 'labels'; labels: Uint8Array };

const BYTES = 8;
const TYPES: Readonly<Record<number, string>> = { 9: 'int8', 11: 'int16', 12: 'int32', 13: 'float32', 14: 'float64' };
const MAX_AXES = 4;

/** By the content; IDX files often have no extension. */
export const looksLikeIdx = (bytes: Uint8Array): boolean => bytes.length >= 4 && bytes[0] === 0 && bytes[1] === 0 && (bytes[2] === BYTES || bytes[2] in TYPES) && bytes[3] >= 1;

/** @throws DataError */
export function readIdx(bytes: Uint8Array, file: string): IdxContent {
  const { shape, data } = readIdxArray(bytes, file);
  if (shape.length === 1) return { kind: 'labels', labels: data };
  const layout = layoutOf(shape);
  if (!layout) throw new DataError(say('{0}: the array has shape ({1}). Images need (n, height, width), or that with 1, 3 or 4 channels.', file, shape.join(', ')));
  return { kind: 'images', images: imagesOf(data, layout, file) };
}

/** @throws DataError */
export function readIdxArray(bytes: Uint8Array, file: string): { shape: number[]; data: Uint8Array } {
  if (bytes.length < 4) throw new DataError(say('{0}: the IDX file is cut at byte {1}: its header takes {2} bytes. Download or copy it again.', file, bytes.length, 4));
  if (bytes[0] !== 0 || bytes[1] !== 0) throw new DataError(say('{0}: byte {1} is {2}, not the 0 with which an IDX file begins. Choose an IDX, NPY, PNG or JPEG file.', file, bytes[0] !== 0 ? 0 : 1, bytes[bytes[0] !== 0 ? 0 : 1]));
  if (bytes[2] in TYPES) throw new DataError(say('{0}: byte 2 says that the IDX file holds {1}; only bytes (0 to 255) can be read. Save the array as uint8.', file, TYPES[bytes[2]]));
  if (bytes[2] !== BYTES) throw new DataError(say('{0}: byte 2 of the IDX file is {1}, which names no type of numbers: the file is damaged or something else. Download or copy it again.', file, bytes[2]));
  const axes = bytes[3];
  if (axes < 1 || axes > MAX_AXES) throw new DataError(say('{0}: byte 3 says that the IDX file has {1} axes; labels have 1, images 2 to 4.', file, axes));
  const start = 4 + 4 * axes;
  if (bytes.length < start) throw new DataError(say('{0}: the IDX file is cut at byte {1}: its header takes {2} bytes. Download or copy it again.', file, bytes.length, start));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  const empty = shape.indexOf(0);
  if (empty >= 0) throw new DataError(say('{0}: bytes {1} to {2} say that the IDX file is empty: axis {3} has length 0.', file, 4 + 4 * empty, 7 + 4 * empty, empty));
  const wanted = shape.reduce((product, length) => product * length, 1);
  const there = bytes.length - start;
  if (there < wanted) throw new DataError(say('{0}: the IDX file is cut at byte {1}: shape ({2}) needs {3} bytes from byte {4} on, {5} are there. Download or copy it again.', file, bytes.length, shape.join(', '), wanted, start, there));
  if (there > wanted) throw new DataError(say('{0}: the IDX file goes on after byte {1}, where shape ({2}) ends: {3} bytes too many. The header or the file is damaged; download or copy it again.', file, start + wanted, shape.join(', '), there - wanted));
  return { shape, data: bytes.subarray(start) };
}

/** The bytes of an IDX file. */
export function writeIdx(shape: readonly number[], data: Uint8Array): Uint8Array {
  const start = 4 + 4 * shape.length;
  const bytes = new Uint8Array(start + data.length);
  const view = new DataView(bytes.buffer);
  bytes[2] = BYTES;
  bytes[3] = shape.length;
  shape.forEach((length, axis) => view.setUint32(4 + 4 * axis, length));
  bytes.set(data, start);
  return bytes;
}
