/**
 * The ideal denoiser of each data set: E[x0 | x] for x = √ᾱ x0 + √(1 − ᾱ) ε, from the definition rather than from a draw.
 * It is what a network with unlimited capacity would learn, so the stand-ins are trained on it, and it tells how much
 * of an error is the sampler's discretisation.
 */
import { CHECKERBOARD_CENTRES, CHECKERBOARD_SIDE, datasetOf, type DatasetId } from './datasets';
import { truncatedNormal } from './gaussian';

/** Fills `out` with E[x0 | x] for points x, both interleaved and in standardised coordinates. 0 < alphaBar < 1. */
export type PosteriorMean = (x: Float32Array, alphaBar: number, out: Float32Array) => void;

/** Components along each curve; their spacing stays well below the noise of the definition, so the mixture is smooth. */
const CURVE_POINTS: Partial<Record<DatasetId, number>> = { moons: 128, 'swiss-roll': 192 };

export function posteriorMean(id: DatasetId): PosteriorMean {
  if (id === 'checkerboard') return checkerboardMean();
  const { mean, std, noise } = datasetOf(id);
  const centres = noiselessPoints(id).map(([x, y]) => [(x - mean[0]) / std[0], (y - mean[1]) / std[1]]);
  return mixtureMean(Float64Array.from(centres.flat()), [(noise / std[0]) ** 2, (noise / std[1]) ** 2]);
}

/** Equally likely points of the noiseless set: midpoints of equal shares of the uniform that places them. */
function noiselessPoints(id: DatasetId): [number, number][] {
  const { place } = datasetOf(id);
  const n = CURVE_POINTS[id] ?? 8;
  const shares = Array.from({ length: n }, (_, i) => (i + 0.5) / n);
  if (id !== 'moons') return shares.map((u) => place(u, 0.5));
  const half = shares.filter((_, i) => i % 2 === 0).map((_, i) => (i + 0.5) / (n / 2));
  return [0.25, 0.75].flatMap((moon) => half.map((v) => place(moon, v)));
}

/** For the mixture of N(centre, diag(variance)) with equal weights. */
function mixtureMean(centres: Float64Array, variance: readonly [number, number]): PosteriorMean {
  const count = centres.length / 2;
  const exponents = new Float64Array(count);
  return (x, alphaBar, out) => {
    const a = Math.sqrt(alphaBar);
    // Of x given the component, per axis.
    const vx = alphaBar * variance[0] + 1 - alphaBar;
    const vy = alphaBar * variance[1] + 1 - alphaBar;
    const [gainX, gainY] = [(a * variance[0]) / vx, (a * variance[1]) / vy];
    for (let i = 0; i < x.length; i += 2) {
      let largest = -Infinity;
      for (let k = 0; k < count; k++) {
        const exponent = -((x[i] - a * centres[2 * k]) ** 2 / vx + (x[i + 1] - a * centres[2 * k + 1]) ** 2 / vy) / 2;
        exponents[k] = exponent;
        if (exponent > largest) largest = exponent;
      }
      let [total, cx, cy] = [0, 0, 0];
      for (let k = 0; k < count; k++) {
        const below = exponents[k] - largest;
        // Less than 2e-9 of the largest share.
        if (below < -20) continue;
        const share = Math.exp(below);
        total += share;
        cx += share * centres[2 * k];
        cy += share * centres[2 * k + 1];
      }
      cx /= total;
      cy /= total;
      out[i] = cx + gainX * (x[i] - a * cx);
      out[i + 1] = cy + gainY * (x[i + 1] - a * cy);
    }
  };
}

/**
 * Given x, the point x0 is Gaussian about x/√ᾱ, cut to the dark squares: per axis and cell a truncated normal, whose masses
 * and means combine over the squares.
 */
function checkerboardMean(): PosteriorMean {
  const { std } = datasetOf('checkerboard');
  const half = CHECKERBOARD_SIDE / 2;
  const axis = (x: number, a: number, b: number) =>
    [-1.5, -0.5, 0.5, 1.5].map((centre) => truncatedNormal(x / a, b / a, (centre - half) / std[0], (centre + half) / std[0]));
  return (x, alphaBar, out) => {
    const a = Math.sqrt(alphaBar);
    const b = Math.sqrt(1 - alphaBar);
    for (let i = 0; i < x.length; i += 2) {
      const columns = axis(x[i], a, b);
      const rows = axis(x[i + 1], a, b);
      const cells = CHECKERBOARD_CENTRES.map(([column, row]) => [columns[column + 1.5], rows[row + 1.5]]);
      const largest = Math.max(...cells.map(([column, row]) => column.logMass + row.logMass));
      let [total, mx, my] = [0, 0, 0];
      for (const [column, row] of cells) {
        const share = Math.exp(column.logMass + row.logMass - largest);
        total += share;
        mx += share * column.mean;
        my += share * row.mean;
      }
      out[i] = mx / total;
      out[i + 1] = my / total;
    }
  };
}
