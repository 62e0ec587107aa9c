/** A cloud of real data as a smooth density on a grid: histogram, Gaussian blur, and the level lines of it. Pure. */

/** The grid covers [−EXTENT, EXTENT]²: more than the square of the axes, since a wide picture shows more along its longer side. */
export const EXTENT = 4.2;
const CELLS = 224;
/** More points than this change nothing that can be seen; every k-th is taken then. */
const MAX_POINTS = 20_000;

export interface Density {
  /** Cells along each side. */
  cells: number;
  /** Row by row from the bottom left; a density per unit area that integrates to the share of points within the extent. */
  values: Float32Array;
  /** The blur's standard deviation in data units. */
  bandwidth: number;
}

/**
 * Standard deviation of the blur for n points of unit variance: Scott's n^(−1/6) for two dimensions, but 0.35 of it, since data
 * here are thin curves and small islands that the rule for one Gaussian would smear.
 */
export const densityBandwidth = (n: number): number => 0.35 * Math.max(1, n) ** (-1 / 6);

/**
 * @param points x and y interleaved; what lies outside the extent is left out, and so is what is not finite.
 */
export function density(points: Float32Array, cells = CELLS): Density {
  const stride = Math.max(1, Math.ceil(points.length / 2 / MAX_POINTS));
  const counted = Math.ceil(points.length / 2 / stride);
  const bandwidth = densityBandwidth(counted);
  const values = new Float32Array(cells * cells);
  const perUnit = cells / (2 * EXTENT);
  const weight = counted > 0 ? perUnit ** 2 / counted : 0;
  for (let i = 0; i < points.length; i += 2 * stride) {
    // Shared among the four nearest cells, so that the grid's own pattern does not show.
    const x = (points[i] + EXTENT) * perUnit - 0.5;
    const y = (points[i + 1] + EXTENT) * perUnit - 0.5;
    const [column, row] = [Math.floor(x), Math.floor(y)];
    if (!(column >= 0 && column < cells - 1 && row >= 0 && row < cells - 1)) continue;
    const [fx, fy] = [x - column, y - row];
    const at = row * cells + column;
    values[at] += weight * (1 - fx) * (1 - fy);
    values[at + 1] += weight * fx * (1 - fy);
    values[at + cells] += weight * (1 - fx) * fy;
    values[at + cells + 1] += weight * fx * fy;
  }
  blur(values, cells, bandwidth * perUnit);
  return { cells, values, bandwidth };
}

/** Gaussian blur in place, along rows and then along columns; σ in cells. What leaves the grid is lost. */
function blur(values: Float32Array, cells: number, sigma: number): void {
  const reach = Math.ceil(3 * sigma);
  const kernel = Float64Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * sigma ** 2)));
  const total = kernel.reduce((sum, value) => sum + value, 0);
  const line = new Float64Array(cells + 2 * reach);
  for (const [along, across] of [[1, cells], [cells, 1]]) {
    for (let start = 0; start < cells; start++) {
      line.fill(0);
      for (let i = 0; i < cells; i++) line[reach + i] = values[start * across + i * along];
      for (let i = 0; i < cells; i++) {
        let sum = 0;
        for (let k = 0; k < kernel.length; k++) sum += kernel[k] * line[i + k];
        values[start * across + i * along] = sum / total;
      }
    }
  }
}

/**
 * The density above which `share` of the mass lies: the level of the highest-density region (Hyndman 1996). 0 for no mass.
 *
 * @param share between 0 and 1.
 */
export function massLevel({ values }: Density, share: number): number {
  // Most cells are empty; sorting them would take longer than all the rest.
  const sorted = values.filter((value) => value > 0).sort();
  const total = sorted.reduce((sum, value) => sum + value, 0);
  let mass = 0;
  for (let i = sorted.length - 1; i >= 0; i--) {
    mass += sorted[i];
    if (mass >= share * total) return sorted[i];
  }
  return 0;
}

/**
 * Opacity of each cell, 0 … 1: it grows with the root of the density, so that thin parts are seen, and is full from the level that
 * holds the densest fifth of the mass.
 */
export function densityOpacity(field: Density): Float32Array {
  const full = massLevel(field, 0.2);
  return full > 0 ? field.values.map((value) => Math.sqrt(Math.min(1, value / full))) : new Float32Array(field.values.length);
}

/**
 * The level line as separate segments x1, y1, x2, y2 in data units (marching squares, linear between the centres of cells).
 */
export function levelLine({ cells, values }: Density, level: number): Float32Array {
  const segments: number[] = [];
  const unit = (2 * EXTENT) / cells;
  const at = (index: number) => -EXTENT + (index + 0.5) * unit;
  if (!(level > 0)) return new Float32Array(0);
  for (let row = 0; row < cells - 1; row++) {
    for (let column = 0; column < cells - 1; column++) {
      const i = row * cells + column;
      const [a, b, c, d] = [values[i], values[i + 1], values[i + cells + 1], values[i + cells]];
      const inside = (a > level ? 1 : 0) | (b > level ? 2 : 0) | (c > level ? 4 : 0) | (d > level ? 8 : 0);
      if (inside === 0 || inside === 15) continue;
      const between = (from: number, to: number) => (level - from) / (to - from);
      const bottom = () => segments.push(at(column + between(a, b)), at(row));
      const right = () => segments.push(at(column + 1), at(row + between(b, c)));
      const top = () => segments.push(at(column + between(d, c)), at(row + 1));
      const left = () => segments.push(at(column), at(row + between(a, d)));
      const edges = { bottom, right, top, left };
      // In a saddle the centre's mean decides which corners belong together.
      const joined = (a + b + c + d) / 4 > level;
      for (const side of CROSSINGS[inside === 5 && joined ? 10 : inside === 10 && joined ? 5 : inside]) edges[side]();
    }
  }
  return Float32Array.from(segments);
}

type Edge = 'bottom' | 'right' | 'top' | 'left';
/** By which corners are inside (bit 0 bottom left, 1 bottom right, 2 top right, 3 top left): the edges that segments join, in pairs. */
const CROSSINGS: readonly (readonly Edge[])[] = [
  [], ['left', 'bottom'], ['bottom', 'right'], ['left', 'right'], ['right', 'top'], ['left', 'bottom', 'right', 'top'], ['bottom', 'top'], ['left', 'top'],
  ['left', 'top'], ['bottom', 'top'], ['bottom', 'right', 'left', 'top'], ['right', 'top'], ['left', 'right'], ['bottom', 'right'], ['left', 'bottom'], [],
];
