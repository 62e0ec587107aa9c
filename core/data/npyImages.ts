/** Images and labels out of NumPy's .npy files: bytes, or numbers in 0 … 1 or 0 … 255, in C or Fortran order and either byte order. */
import { say } from '../l10n/translate';
import { NPY_MAGIC, NPY_TYPES, type NpyRead } from '../math/npy';
import { imagesOf, layoutOf } from './arrayImages';
import { DataError } from './dataError';
import type { DecodedImage } from './image';

export type NpyContent = { kind: 'images'; images: DecodedImage[]; unitRange: boolean } | { kind: 'labels'; labels: Uint8Array };

export const looksLikeNpy = (bytes: Uint8Array): boolean => bytes[0] === NPY_MAGIC[0] && bytes[1] === NPY_MAGIC[1];

interface Header {
  read: NpyRead;
  size: number;
  little: boolean;
  fortran: boolean;
  shape: number[];
  start: number;
}

/** @throws DataError */
export function readNpyImages(bytes: Uint8Array, file: string): NpyContent {
  const header = headerOf(bytes, file);
  const { shape, size, start } = header;
  const wanted = countOf(shape) * size;
  const there = bytes.length - start;
  if (there < wanted) throw new DataError(say('{0}: the NPY file is cut at byte {1}: shape ({2}) needs {3} bytes from byte {4} on, {5} are there. Save the array again.', file, bytes.length, shape.join(', '), wanted, start, there));
  if (shape.length === 1 && shape[0] > 0) return { kind: 'labels', labels: labelsOf(bytes, header, file) };
  const layout = layoutOf(shape);
  if (!layout) throw new DataError(say('{0}: the array has shape ({1}). Images need (n, height, width), or that with 1, 3 or 4 channels.', file, shape.join(', ')));
  const { pixels, unitRange } = pixelsOf(bytes, header, file);
  return { kind: 'images', images: imagesOf(pixels, layout, file), unitRange };
}

/** Where the next number of C order stands, in the file's order. */
function walker({ shape, fortran, size, start }: Header): () => number {
  if (!fortran) {
    let next = start - size;
    return () => (next += size);
  }
  const strides = shape.map((_, axis) => size * shape.slice(0, axis).reduce((product, length) => product * length, 1));
  const index = shape.map(() => 0);
  let next = start;
  return () => {
    const at = next;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      next += strides[axis];
      if (++index[axis] < shape[axis]) break;
      next -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
    return at;
  };
}

const countOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

/** Numbers up to 1 stand for 0 … 1, whatever their type: images in black and white are often saved so. */
function pixelsOf(bytes: Uint8Array, header: Header, file: string): { pixels: Uint8Array; unitRange: boolean } {
  const { read, little, shape } = header;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const count = countOf(shape);
  let largest = 0;
  let next = walker(header);
  for (let i = 0; i < count; i++) {
    const at = next();
    const value = read(view, at, little);
    if (!(value >= 0 && value <= 255)) throw new DataError(say('{0}: byte {1}, at [{2}]: the value is {3}. Pixels lie in 0 to 1 or in 0 to 255: scale the array, and save it again.', file, at, indexOf(i, shape).join(', '), value));
    if (value > largest) largest = value;
  }
  const scale = largest <= 1 ? 255 : 1;
  const pixels = new Uint8Array(count);
  next = walker(header);
  for (let i = 0; i < count; i++) pixels[i] = Math.round(read(view, next(), little) * scale);
  return { pixels, unitRange: scale === 255 };
}

function labelsOf(bytes: Uint8Array, header: Header, file: string): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const labels = new Uint8Array(header.shape[0]);
  const next = walker(header);
  for (let i = 0; i < labels.length; i++) {
    const at = next();
    const value = header.read(view, at, header.little);
    if (!Number.isInteger(value) || value < 0 || value > 255) throw new DataError(say('{0}: byte {1}, label {2} is {3}. Labels are whole numbers from 0 to 255.', file, at, i, value));
    labels[i] = value;
  }
  return labels;
}

function indexOf(place: number, shape: readonly number[]): number[] {
  const index = shape.map(() => 0);
  for (let axis = shape.length - 1, rest = place; axis >= 0; axis--) {
    index[axis] = rest % shape[axis];
    rest = Math.floor(rest / shape[axis]);
  }
  return index;
}

function headerOf(bytes: Uint8Array, file: string): Header {
  const wrong = NPY_MAGIC.findIndex((byte, i) => i < bytes.length && bytes[i] !== byte);
  if (wrong >= 0) throw new DataError(say('{0}: byte {1} is {2}: the file does not begin like an NPY file. Save the array with numpy.save.', file, wrong, bytes[wrong]));
  const [version, minor] = [bytes[6], bytes[7]];
  const from = version === 1 ? 10 : 12;
  if (bytes.length >= 8 && (version < 1 || version > 3)) throw new DataError(say('{0}: byte 6 says version {1}.{2} of the NPY format; 1 to 3 can be read. Save the array again with numpy.save.', file, version, minor));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const start = bytes.length < from ? from : from + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (bytes.length < start) throw new DataError(say('{0}: the NPY file is cut at byte {1}: its header takes {2} bytes. Save the array again.', file, bytes.length, start));
  const text = new TextDecoder('latin1').decode(bytes.subarray(from, start));
  const descr = /['"]descr['"]\s*:\s*(?:['"]([^'"]*)['"]|(\[))/.exec(text);
  const fortran = /['"]fortran_order['"]\s*:\s*(True|False)/.exec(text)?.[1];
  const shape = /['"]shape['"]\s*:\s*\(([\d\s,L]*)\)/.exec(text)?.[1].match(/\d+/g)?.map(Number);
  if (!descr || !fortran || !shape) throw new DataError(say('{0}: the header of the NPY file (bytes {1} to {2}) names no type, order or shape. Save the array again with numpy.save.', file, from, start - 1));
  const [, order, kind] = /^([<>|=]?)([a-zA-Z]\d+)$/.exec(descr[1] ?? '') ?? [];
  // A truth value is a byte of 0 or 1.
  const read = kind === 'b1' ? NPY_TYPES.u1 : Object.hasOwn(NPY_TYPES, kind ?? '') ? NPY_TYPES[kind] : undefined;
  if (!read) throw new DataError(say('{0}: the array is of type {1}; numbers of up to 8 bytes can be read. Save it with .astype("uint8").', file, descr[1] ?? descr[2]));
  return { read, size: Number(kind.slice(1)), little: order !== '>', fortran: fortran === 'True', shape, start };
}
