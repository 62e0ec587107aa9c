/**
 * NumPy's .npy files (numpy.lib.format): the magic `\x93NUMPY`, version, length of the header; the header, a Python dictionary of
 * `descr`, `fortran_order` and `shape`; then the numbers.
 */
import type { RawPoints } from './points';
import { MAX_ROWS, PointsError, tooManyRows } from './pointsError';
import { fromHalf } from './safetensors';

export const NPY_MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** NumPy aligns the numbers to this. */
const ALIGNMENT = 64;

export type NpyRead = (view: DataView, at: number, little: boolean) => number;

/** By kind and bytes. */
export const NPY_TYPES: Readonly<Record<string, NpyRead>> = {
  f2: (view, at, little) => fromHalf(view.getUint16(at, little)),
  f4: (view, at, little) => view.getFloat32(at, little),
  f8: (view, at, little) => view.getFloat64(at, little),
  i1: (view, at) => view.getInt8(at),
  i2: (view, at, little) => view.getInt16(at, little),
  i4: (view, at, little) => view.getInt32(at, little),
  i8: (view, at, little) => Number(view.getBigInt64(at, little)),
  u1: (view, at) => view.getUint8(at),
  u2: (view, at, little) => view.getUint16(at, little),
  u4: (view, at, little) => view.getUint32(at, little),
  u8: (view, at, little) => Number(view.getBigUint64(at, little)),
};

interface Header {
  read: NpyRead;
  size: number;
  little: boolean;
  fortran: boolean;
  rows: number;
  columns: number;
  dataStart: number;
}

/** The first two columns of an array of shape [n, ≥ 2]. @throws PointsError; see `readPoints`. */
export function readNpy(bytes: Uint8Array): RawPoints {
  const { read, size, little, fortran, rows, columns, dataStart } = readHeader(bytes);
  if (rows > MAX_ROWS) throw tooManyRows(rows.toLocaleString('en-US'));
  const wanted = rows * columns * size;
  const there = bytes.length - dataStart;
  if (there < wanted) throw new PointsError(`The file is cut: shape (${rows}, ${columns}) takes ${wanted} bytes after the header, ${there} are there. Save the array again.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset + dataStart, wanted);
  const values = new Float64Array(2 * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < 2; column++) {
      const value = read(view, (fortran ? column * rows + row : row * columns + column) * size, little);
      if (!Number.isFinite(value)) throw new PointsError(`The array holds ${value} at [${row}, ${column}]. Keep finite rows only: points[np.isfinite(points).all(1)].`);
      values[2 * row + column] = value;
    }
  }
  const notes: string[] = [];
  if (columns > 2) notes.push(rows === 2 ? `shape (2, ${columns}) read as two points; if the rows are x and y, save points.T` : `${columns} columns: the first two are used`);
  if (there > wanted) notes.push(`${there - wanted} bytes after the array left out`);
  return { values, columns: ['column 0', 'column 1'], notes };
}

/** The bytes that `numpy.save` would write for a float32 array of shape [n, 2]. @param points x and y interleaved. */
export function writeNpy(points: Float32Array): Uint8Array {
  if (points.length % 2 !== 0) throw new RangeError(`Points are pairs of x and y; there are ${points.length} numbers.`);
  const prefix = NPY_MAGIC.length + 4;
  const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': (${points.length / 2}, 2), }`;
  const dataStart = Math.ceil((prefix + dictionary.length + 1) / ALIGNMENT) * ALIGNMENT;
  const header = `${dictionary.padEnd(dataStart - prefix - 1)}\n`;
  const bytes = new Uint8Array(dataStart + 4 * points.length);
  const view = new DataView(bytes.buffer);
  bytes.set([...NPY_MAGIC, 1, 0]);
  view.setUint16(NPY_MAGIC.length + 2, header.length, true);
  for (let i = 0; i < header.length; i++) bytes[prefix + i] = header.charCodeAt(i);
  points.forEach((value, i) => view.setFloat32(dataStart + 4 * i, value, true));
  return bytes;
}

function readHeader(bytes: Uint8Array): Header {
  if (!NPY_MAGIC.every((byte, i) => bytes[i] === byte)) throw new PointsError('The file does not begin like a .npy file. Save the array with numpy.save, or the points as CSV.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 12) throw new PointsError(`The file is cut: it has ${bytes.length} bytes, less than its header. Save the array again.`);
  const version = bytes[6];
  if (version < 1 || version > 3) throw new PointsError(`The file has version ${version}.${bytes[7]} of the .npy format; 1 to 3 can be read. Save the array again with numpy.save.`);
  const [from, length] = version === 1 ? [10, view.getUint16(8, true)] : [12, view.getUint32(8, true)];
  const dataStart = from + length;
  if (dataStart > bytes.length) throw new PointsError(`The file is cut: its header takes ${length} bytes, ${bytes.length - from} are there. Save the array again.`);
  const text = new TextDecoder(version === 3 ? 'utf-8' : 'latin1', { fatal: false }).decode(bytes.subarray(from, dataStart));
  const type = typeOf(text);
  const fortran = /['"]fortran_order['"]\s*:\s*(True|False)/.exec(text)?.[1];
  const shape = /['"]shape['"]\s*:\s*\(([\d\s,L]*)\)/.exec(text)?.[1].match(/\d+/g)?.map(Number) ?? [];
  if (!fortran) throw new PointsError('The header of the .npy file does not say fortran_order. Save the array again with numpy.save.');
  if (shape.length !== 2 || shape[1] < 2) throw new PointsError(`The array has shape (${shape.join(', ')}${shape.length === 1 ? ',' : ''}). Points need shape (n, 2): one row a point, columns x and y.`);
  return { ...type, fortran: fortran === 'True', rows: shape[0], columns: shape[1], dataStart };
}

function typeOf(header: string): Pick<Header, 'read' | 'size' | 'little'> {
  const found = /['"]descr['"]\s*:\s*(?:['"]([^'"]*)['"]|(\[))/.exec(header);
  if (!found) throw new PointsError('The header of the .npy file names no type. Save the array again with numpy.save.');
  if (found[2]) throw new PointsError('The array has named fields. Save two plain columns: np.column_stack([a["x"], a["y"]]).');
  const descr = found[1];
  if (/O/.test(descr)) throw new PointsError('The array holds Python objects. Save numbers: points.astype("float32").');
  const [, order, kind] = /^([<>|=]?)([a-zA-Z]\d+)$/.exec(descr) ?? [];
  const read = NPY_TYPES[kind];
  if (!read) throw new PointsError(`The array is of type "${descr}"; floats and integers of up to 8 bytes can be read. Save points.astype("float32").`);
  return { read, size: Number(kind.slice(1)), little: order !== '>' };
}
