/**
 * Reading and writing safetensors files (huggingface/safetensors, format of 2022): eight bytes of header length, little endian;
 * the header, JSON padded with spaces: name → {dtype, shape, data_offsets}; then the data, without gaps or overlaps.
 * F32 and F16 only; both are handed out as Float32Array.
 */

// In browsers, workers and Node alike, but part of no ECMAScript library, which is all that core compiles against.
declare const TextEncoder: new () => { encode(text: string): Uint8Array };
declare const TextDecoder: new (label: string, options: { fatal: boolean }) => { decode(bytes: Uint8Array): string };

export type SafetensorsType = 'F32' | 'F16';

export interface NamedTensor {
  dtype: SafetensorsType;
  shape: number[];
  /** Row-major, length = product of `shape`. */
  data: Float32Array;
}

export interface Safetensors {
  tensors: Record<string, NamedTensor>;
  metadata: Record<string, string>;
}

/** Says what is wrong and where: the tensor's name or the byte. */
export class SafetensorsError extends Error {
  override name = 'SafetensorsError';
}

const LENGTH_BYTES = 8;
/** As in the reference implementation. */
const MAX_HEADER = 100_000_000;
const BYTES: Record<SafetensorsType, number> = { F32: 4, F16: 2 };

interface Entry {
  name: string;
  dtype: SafetensorsType;
  shape: number[];
  from: number;
  to: number;
}

/** @throws SafetensorsError for whatever is not a whole, consistent file. */
export function readSafetensors(bytes: Uint8Array): Safetensors {
  const { header, dataStart } = readHeader(bytes);
  const dataLength = bytes.length - dataStart;
  const metadata: Record<string, string> = {};
  const entries: Entry[] = [];
  for (const [name, value] of Object.entries(header)) {
    if (name === '__metadata__') {
      for (const [key, text] of Object.entries(asObject(value, 'The metadata'))) {
        if (typeof text !== 'string') throw new SafetensorsError(`The metadata entry "${key}" is not a string.`);
        metadata[key] = text;
      }
    } else {
      entries.push(readEntry(name, value, dataLength));
    }
  }
  checkCover(entries, dataLength);
  const view = new DataView(bytes.buffer, bytes.byteOffset + dataStart, dataLength);
  const tensors: Record<string, NamedTensor> = Object.create(null) as Record<string, NamedTensor>;
  for (const { name, dtype, shape, from } of entries) {
    const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
    for (let i = 0; i < data.length; i++) data[i] = dtype === 'F32' ? view.getFloat32(from + 4 * i, true) : fromHalf(view.getUint16(from + 2 * i, true));
    tensors[name] = { dtype, shape, data };
  }
  return { tensors, metadata };
}

/**
 * @returns the bytes of a file with the tensors in the given order, the same for the same input.
 * @throws SafetensorsError when a tensor's data do not have the length of its shape, or F16 cannot hold a value.
 */
export function writeSafetensors({ tensors, metadata }: Safetensors): Uint8Array {
  const header: Record<string, unknown> = Object.keys(metadata).length > 0 ? { __metadata__: metadata } : {};
  let end = 0;
  for (const [name, { dtype, shape, data }] of Object.entries(tensors)) {
    const size = shape.reduce((product, length) => product * length, 1);
    if (data.length !== size) throw new SafetensorsError(`The tensor "${name}" has ${data.length} values, its shape [${shape}] wants ${size}.`);
    header[name] = { dtype, shape, data_offsets: [end, (end += size * BYTES[dtype])] };
  }
  const json = JSON.stringify(header);
  const unpadded = new TextEncoder().encode(json);
  const headerLength = Math.ceil(unpadded.length / 8) * 8;
  const bytes = new Uint8Array(LENGTH_BYTES + headerLength + end);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(headerLength), true);
  bytes.fill(0x20, LENGTH_BYTES, LENGTH_BYTES + headerLength);
  bytes.set(unpadded, LENGTH_BYTES);
  let at = LENGTH_BYTES + headerLength;
  for (const [name, { dtype, data }] of Object.entries(tensors)) {
    for (const value of data) {
      if (dtype === 'F32') {
        view.setFloat32(at, value, true);
      } else {
        if (Math.abs(value) >= 65520) throw new SafetensorsError(`The tensor "${name}" holds ${value}, too large for F16.`);
        view.setUint16(at, toHalf(value), true);
      }
      at += BYTES[dtype];
    }
  }
  return bytes;
}

function readHeader(bytes: Uint8Array): { header: Record<string, unknown>; dataStart: number } {
  if (bytes.length < LENGTH_BYTES) throw new SafetensorsError(`The file has ${bytes.length} bytes; the header length alone takes ${LENGTH_BYTES}.`);
  const length = new DataView(bytes.buffer, bytes.byteOffset, LENGTH_BYTES).getBigUint64(0, true);
  if (length > BigInt(MAX_HEADER)) throw new SafetensorsError(`The header claims ${length} bytes, more than the ${MAX_HEADER} allowed: not a safetensors file?`);
  const dataStart = LENGTH_BYTES + Number(length);
  if (dataStart > bytes.length) throw new SafetensorsError(`The header claims ${length} bytes, but only ${bytes.length - LENGTH_BYTES} follow: the file is cut.`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(LENGTH_BYTES, dataStart)));
  } catch (error) {
    throw new SafetensorsError(`The header (bytes ${LENGTH_BYTES} to ${dataStart}) is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  return { header: asObject(parsed, 'The header'), dataStart };
}

function readEntry(name: string, value: unknown, dataLength: number): Entry {
  const { dtype, shape, data_offsets: offsets } = asObject(value, `The entry of "${name}"`);
  if (dtype !== 'F32' && dtype !== 'F16') throw new SafetensorsError(`The tensor "${name}" is of type ${JSON.stringify(dtype)}; F32 and F16 can be read.`);
  if (!isCounts(shape)) throw new SafetensorsError(`The tensor "${name}" has the shape ${JSON.stringify(shape)}, which is no list of sizes.`);
  if (!isCounts(offsets) || offsets.length !== 2 || offsets[0] > offsets[1]) throw new SafetensorsError(`The tensor "${name}" has the data offsets ${JSON.stringify(offsets)}, which are no range of bytes.`);
  const [from, to] = offsets;
  const wanted = shape.reduce((product, size) => product * size, 1) * BYTES[dtype];
  if (to - from !== wanted) throw new SafetensorsError(`The tensor "${name}" takes bytes ${from} to ${to}, that is ${to - from}; ${dtype} of shape [${shape}] wants ${wanted}.`);
  if (to > dataLength) throw new SafetensorsError(`The tensor "${name}" ends at byte ${to} of the data, which have only ${dataLength}: the file is cut.`);
  return { name, dtype, shape, from, to };
}

function checkCover(entries: readonly Entry[], dataLength: number): void {
  const inOrder = [...entries].sort((a, b) => a.from - b.from || a.to - b.to);
  let end = 0;
  let before = 'the header';
  for (const { name, from, to } of inOrder) {
    if (from < end) throw new SafetensorsError(`The tensors ${before} and "${name}" overlap: "${name}" begins at byte ${from}, before ${end}.`);
    if (from > end) throw new SafetensorsError(`Bytes ${end} to ${from} between ${before} and "${name}" belong to no tensor.`);
    end = to;
    before = `"${name}"`;
  }
  if (end < dataLength) throw new SafetensorsError(`The last ${dataLength - end} bytes, after ${before}, belong to no tensor.`);
}

function asObject(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new SafetensorsError(`${what} is not a JSON object.`);
  return value as Record<string, unknown>;
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
}

/** IEEE 754 binary16. */
export function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}

/** Nearest binary16, ties to even; |value| < 65520. */
function toHalf(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (Number.isNaN(size)) return 0x7e00;
  const exponent = Math.max(Math.floor(Math.log2(size || 2 ** -24)), -14);
  // Counted in units of the last place, a carry out of the fraction runs into the exponent by itself.
  const units = roundHalfEven(size / 2 ** (exponent - 10));
  return sign | (exponent === -14 && units < 1024 ? units : ((exponent + 15) << 10) + (units - 1024));
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
