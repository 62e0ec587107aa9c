/** Where data coordinates fall on the canvas. Pure. */

export interface Viewport {
  /** CSS pixels. */
  width: number;
  height: number;
  /** Pixels per data unit, the same on both axes. */
  scale: number;
}

/**
 * Data are standardised to unit variance and runs start from N(0, I), so one fixed range serves every data set: 99.9 % of N(0, 1)
 * lies within it, and nothing jumps when the data set changes.
 */
export const HALF_RANGE = 3.3;

/** Fits [−HALF_RANGE, HALF_RANGE]² into the canvas; the longer side shows more. */
export function viewport(width: number, height: number): Viewport {
  return { width, height, scale: Math.min(width, height) / (2 * HALF_RANGE) };
}

export const toX = (view: Viewport, x: number): number => view.width / 2 + x * view.scale;
export const toY = (view: Viewport, y: number): number => view.height / 2 - y * view.scale;

export const fromX = (view: Viewport, px: number): number => (px - view.width / 2) / view.scale;
export const fromY = (view: Viewport, px: number): number => (view.height / 2 - px) / view.scale;

/** Whole numbers in sight along one axis; `length` in pixels. */
export function ticks(view: Viewport, length: number): number[] {
  const reach = Math.floor(length / 2 / view.scale - 0.25);
  return Array.from({ length: 2 * reach + 1 }, (_, i) => i - reach);
}

/** Side of a point's square in CSS pixels: larger when there are few points or much room. */
export function pointSize(view: Viewport, count: number): number {
  const side = 0.2 * Math.min(view.width, view.height) / Math.sqrt(Math.max(1, count));
  return Math.min(4, Math.max(1.5, side));
}

/** Side of a field's cell in data units, along x and y. */
export const fieldCell = (columns: number, rows: number): [number, number] => [(2 * HALF_RANGE) / columns, (2 * HALF_RANGE) / rows];

/**
 * Where a field is evaluated: the centres of columns × rows cells of [−HALF_RANGE, HALF_RANGE]², [n, 2] interleaved, row by row from the bottom left.
 *
 * @throws RangeError when a count is not a positive integer.
 */
export function fieldGrid(columns: number, rows: number): Float32Array {
  for (const count of [columns, rows]) {
    if (!Number.isInteger(count) || count < 1) throw new RangeError(`A field needs whole, positive counts of columns and rows, not ${columns} × ${rows}.`);
  }
  const [width, height] = fieldCell(columns, rows);
  const points = new Float32Array(2 * columns * rows);
  for (let row = 0, i = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      points[i++] = -HALF_RANGE + (column + 0.5) * width;
      points[i++] = -HALF_RANGE + (row + 0.5) * height;
    }
  }
  return points;
}

/** The cell of the field that holds (x, y), as an index into its arrows' pairs; −1 outside. */
export function fieldIndex(columns: number, rows: number, x: number, y: number): number {
  const [width, height] = fieldCell(columns, rows);
  const column = Math.floor((x + HALF_RANGE) / width);
  const row = Math.floor((y + HALF_RANGE) / height);
  return column >= 0 && column < columns && row >= 0 && row < rows ? row * columns + column : -1;
}

/** The point nearest to (x, y) within `radius`, all in data units; null when there is none. */
export function nearestPoint(points: Float32Array, x: number, y: number, radius: number): { index: number; distance: number } | null {
  let best = radius * radius;
  let index = -1;
  for (let i = 0; i < points.length; i += 2) {
    const distance = (points[i] - x) ** 2 + (points[i + 1] - y) ** 2;
    if (distance <= best && (index < 0 || distance < best)) {
      best = distance;
      index = i / 2;
    }
  }
  return index < 0 ? null : { index, distance: Math.sqrt(best) };
}
