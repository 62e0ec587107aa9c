/** A plane through the latent space on which examples are seen: projection, way back, and the shape of a posterior in it. Pure. */

export interface Plane {
  /** Latent size. */
  size: number;
  kind: 'direct' | 'principal' | 'axes';
  /** The point of the latent space that is (0, 0) of the plane. */
  origin: Float64Array;
  /** Orthonormal; with one latent dimension the second is zero. */
  axes: readonly [Float64Array, Float64Array];
  /** Shares of the variance of the means along both axes; null unless principal. */
  explained: readonly [number, number] | null;
  /** Which latent dimensions the axes are; null where they are mixtures. */
  dimensions: readonly [number, number] | null;
}

/** More examples than these say no more about the directions. */
const MOST_ROWS = 2000;

export function planeOfAxes(size: number, first = 0, second = 1): Plane {
  const axis = (dimension: number) => Float64Array.from({ length: size }, (_, i) => (i === dimension ? 1 : 0));
  return { size, kind: size <= 2 ? 'direct' : 'axes', origin: new Float64Array(size), axes: [axis(first), size > 1 ? axis(second) : new Float64Array(1)], explained: null, dimensions: [first, Math.min(second, size - 1)] };
}

/**
 * The first two principal directions of the means. Where `previous` had directions of the same space theirs are the start and decide the signs, so that a
 * map that is drawn again during training does not flip over.
 */
export function planeOfMeans(means: ArrayLike<number>, size: number, previous: Plane | null = null): Plane {
  const count = Math.floor(means.length / size);
  const { origin, covariance } = covarianceOf(means, size, count);
  let total = 0;
  for (let i = 0; i < size; i++) total += covariance[i * size + i];
  const old = previous?.size === size && previous.kind === 'principal' ? previous.axes : null;
  let [a, b] = old ? [old[0].slice(), old[1].slice()] : [start(size, 0), start(size, 1)];
  orthonormal(a, b);
  const rounds = Math.max(40, Math.min(400, Math.ceil(2e7 / size ** 2)));
  for (let round = 0; round < rounds; round++) {
    const [p, q] = [times(covariance, a), times(covariance, b)];
    if (!normalise(p)) break;
    // Means on a line have no second direction: any at right angles will do.
    [a, b] = [p, [q, b, start(size, 2)].find((direction) => orthonormal(p, direction)) ?? b];
  }
  // Within the plane that was found the directions of most and least variance (Rayleigh and Ritz).
  const [ca, cb] = [times(covariance, a), times(covariance, b)];
  const { large, small, angle } = eigen2(dot(a, ca), dot(a, cb), dot(b, cb));
  const turned = (x: number, y: number) => a.map((value, i) => x * value + y * b[i]);
  const axes: [Float64Array, Float64Array] = [turned(Math.cos(angle), Math.sin(angle)), turned(-Math.sin(angle), Math.cos(angle))];
  axes.forEach((axis, k) => {
    const sign = old ? dot(axis, old[k]) : axis.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
    if (sign < 0) for (let i = 0; i < size; i++) axis[i] = -axis[i];
  });
  // What is left of equal numbers is rounding.
  const share = (value: number) => (total > 1e-20 ? Math.max(0, value) / total : 0);
  return { size, kind: 'principal', origin, axes, explained: [share(large), share(small)], dimensions: null };
}

/** [n, 2] of [n, size]. */
export function project(plane: Plane, latents: ArrayLike<number>): Float32Array {
  const { size, origin, axes: [a, b] } = plane;
  const count = Math.floor(latents.length / size);
  const out = new Float32Array(2 * count);
  for (let row = 0; row < count; row++) {
    let [x, y] = [0, 0];
    for (let i = 0; i < size; i++) {
      const value = latents[row * size + i] - origin[i];
      x += value * a[i];
      y += value * b[i];
    }
    out[2 * row] = x;
    out[2 * row + 1] = y;
  }
  return out;
}

/** The point of the latent space over (x, y) that keeps what `base` is beside the plane; without a base the plane's own. */
export function lift(plane: Plane, x: number, y: number, base: ArrayLike<number> | null = null): Float32Array {
  const { size, origin, axes: [a, b] } = plane;
  const from = base ?? origin;
  const [x0, y0] = project(plane, from);
  return Float32Array.from({ length: size }, (_, i) => from[i] + (x - x0) * a[i] + (y - y0) * b[i]);
}

export interface Ellipse {
  /** Half axes of one standard deviation, and the angle of the first, counter-clockwise from x. */
  radii: readonly [number, number];
  angle: number;
}

/** What N(μ, diag σ²) looks like in the plane. */
export function ellipseOf(plane: Plane, logVariance: ArrayLike<number>): Ellipse {
  const { size, axes: [a, b] } = plane;
  let [xx, xy, yy] = [0, 0, 0];
  for (let i = 0; i < size; i++) {
    const variance = Math.exp(logVariance[i]);
    xx += a[i] * a[i] * variance;
    xy += a[i] * b[i] * variance;
    yy += b[i] * b[i] * variance;
  }
  const { large, small, angle } = eigen2(xx, xy, yy);
  return { radii: [Math.sqrt(Math.max(0, large)), Math.sqrt(Math.max(0, small))], angle };
}

/** Eigenvalues of [[a, b], [b, c]] and the direction of the larger one. */
export function eigen2(a: number, b: number, c: number): { large: number; small: number; angle: number } {
  const [middle, half] = [(a + c) / 2, Math.hypot((a - c) / 2, b)];
  return { large: middle + half, small: middle - half, angle: half === 0 ? 0 : 0.5 * Math.atan2(2 * b, a - c) };
}

function covarianceOf(means: ArrayLike<number>, size: number, count: number): { origin: Float64Array; covariance: Float64Array } {
  const origin = new Float64Array(size);
  for (let row = 0; row < count; row++) for (let i = 0; i < size; i++) origin[i] += means[row * size + i] / count;
  const covariance = new Float64Array(size * size);
  const stride = Math.max(1, Math.ceil(count / MOST_ROWS));
  const rows = Math.ceil(count / stride);
  const centred = new Float64Array(size);
  for (let row = 0; row < count; row += stride) {
    for (let i = 0; i < size; i++) centred[i] = means[row * size + i] - origin[i];
    for (let i = 0; i < size; i++) {
      const value = centred[i] / rows;
      for (let j = i; j < size; j++) covariance[i * size + j] += value * centred[j];
    }
  }
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) covariance[i * size + j] = covariance[j * size + i];
  return { origin, covariance };
}

/** Any two directions that no data are likely to be at right angles to. */
const start = (size: number, k: number): Float64Array => Float64Array.from({ length: size }, (_, i) => Math.cos(1.7 * (i + 1) * (k + 1)) + (i % (k + 2) === 0 ? 0.5 : 0));

function times(matrix: Float64Array, vector: Float64Array): Float64Array {
  const n = vector.length;
  const out = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += matrix[i * n + j] * vector[j];
    out[i] = sum;
  }
  return out;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** Gram–Schmidt in place; false where the vectors do not span a plane. */
function orthonormal(a: Float64Array, b: Float64Array): boolean {
  if (!normalise(a)) return false;
  const along = dot(a, b);
  for (let i = 0; i < b.length; i++) b[i] -= along * a[i];
  return normalise(b);
}

function normalise(a: Float64Array): boolean {
  const length = Math.sqrt(dot(a, a));
  if (!(length > 1e-12)) return false;
  for (let i = 0; i < a.length; i++) a[i] /= length;
  return true;
}
