/** The user's own points, out of a file or drawn by hand, standardised as the networks want them. */
import { readNpy } from './npy';
import { PointsError } from './pointsError';
import { readTextPoints } from './pointsText';

export { writeNpy } from './npy';
export { MAX_ROWS, PointsError } from './pointsError';

export interface PointSet {
  /** The file's name, or what else to call the points. */
  name: string;
  /** x and y interleaved, length 2 · rows; mean 0 and variance 1 per axis. */
  points: Float32Array;
  /** Before standardisation, (x, y): original = mean + std · point. */
  mean: [number, number];
  /** Before standardisation, of the points themselves (divided by n, not n − 1). */
  std: [number, number];
  rows: number;
  /** What was read otherwise than one might think: columns left out, decimal commas. Sentences without their full stop, for the page. */
  notes: readonly string[];
}

/** Two columns of numbers as a reader hands them on, before anything is made of them. */
export interface RawPoints {
  /** x and y interleaved, all finite. */
  values: Float64Array;
  /** How messages name the two columns, e.g. `column 1 (height)`. */
  columns: readonly [string, string];
  notes: string[];
}

/**
 * Points out of a CSV (commas or semicolons), TSV, white space or NPY file; which one is told by the content, not by the name.
 *
 * Text: with or without a header; quotes, comments from `#`, empty lines, CRLF and a byte-order mark are fine. Columns named x and y are taken
 * wherever they are, otherwise the first two. NPY: versions 1 to 3, any byte order, f2/f4/f8, i1–i8, u1–u8, C and Fortran order, shape [n, ≥ 2].
 *
 * @throws PointsError for everything else: not a number, NaN, infinity, ragged rows, fewer than two columns or rows, a column without spread, a cut
 * file, more than {@link MAX_ROWS} rows.
 */
export function readPoints(bytes: Uint8Array, fileName: string): PointSet {
  if (bytes.length === 0) throw new PointsError(`${fileName} is empty. Two columns of numbers are needed, one point a line.`);
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) throw new PointsError(`${fileName} is an archive (.npz, .xlsx or .zip). Save the array alone with numpy.save, or the sheet as CSV.`);
  const isNpy = bytes[0] === 0x93 || /\.npy$/i.test(fileName);
  const { values, columns, notes } = isNpy ? readNpy(bytes) : readTextPoints(bytes);
  return standardise(fileName, values, columns, notes);
}

/**
 * Points drawn in the picture, in the coordinates of standardised data already; they are standardised again.
 *
 * @param xy x and y interleaved.
 * @throws PointsError for fewer than two points, and when all lie on one vertical or horizontal line.
 */
export function pointsFromStrokes(xy: Float32Array, name = 'drawn points'): PointSet {
  if (xy.length < 4 || xy.length % 2 !== 0) throw new PointsError(`${xy.length >> 1 || 'No'} ${xy.length >> 1 === 1 ? 'point was' : 'points were'} drawn: at least two are needed. Draw on.`);
  const bad = xy.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new PointsError(`Point ${(bad >> 1) + 1} of the drawing is at ${xy[bad]}. Draw again.`);
  for (const axis of [0, 1]) {
    if (!hasSpread(rangeOf(xy, axis))) throw new PointsError(`All points lie on one ${axis === 0 ? 'vertical' : 'horizontal'} line. Draw some beside it.`);
  }
  return standardise(name, Float64Array.from(xy), ['x', 'y'], []);
}

function standardise(name: string, values: Float64Array, columns: readonly [string, string], notes: readonly string[]): PointSet {
  const rows = values.length / 2;
  if (rows < 2) throw new PointsError(`${name} has ${rows === 0 ? 'no points' : 'one point only'}: at least two are needed, one a line.`);
  const points = new Float32Array(values.length);
  const moments = [0, 1].map((axis) => {
    const range = rangeOf(values, axis);
    if (!hasSpread(range)) throw new PointsError(`${capital(columns[axis])} has no spread: all ${rows} values are ${Number(range.low.toPrecision(6))}. Points of the plane must vary in both directions; choose another column.`);
    // About the middle and in units of half the range, so that no square overflows or vanishes and far-off values lose no digits.
    const [middle, unit] = [range.low / 2 + range.high / 2, range.high / 2 - range.low / 2];
    let [sum, squares] = [0, 0];
    for (let i = axis; i < values.length; i += 2) sum += (values[i] - middle) / unit;
    const mean = sum / rows;
    for (let i = axis; i < values.length; i += 2) squares += ((values[i] - middle) / unit - mean) ** 2;
    const std = Math.sqrt(squares / rows);
    for (let i = axis; i < values.length; i += 2) points[i] = ((values[i] - middle) / unit - mean) / std;
    return { mean: middle + mean * unit, std: std * unit };
  });
  return { name, points, mean: [moments[0].mean, moments[1].mean], std: [moments[0].std, moments[1].std], rows, notes };
}

interface Range {
  low: number;
  high: number;
}

function rangeOf(values: Float64Array | Float32Array, axis: number): Range {
  let [low, high] = [Infinity, -Infinity];
  for (let i = axis; i < values.length; i += 2) {
    if (values[i] < low) low = values[i];
    if (values[i] > high) high = values[i];
  }
  return { low, high };
}

/** Values that differ by rounding only, as 0.3 and 0.1 + 0.2, make no direction of their own. */
const ROUNDING = 1e-12;
const hasSpread = ({ low, high }: Range): boolean => high / 2 - low / 2 > ROUNDING * Math.max(Math.abs(low), Math.abs(high));

const capital = (text: string): string => text[0].toUpperCase() + text.slice(1);
