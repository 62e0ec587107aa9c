/**
 * The ideal denoiser of each data set: E[x0 | x] for x = √ᾱ x0 + √(1 − ᾱ) ε, from the definition rather than from a draw.
 * It is what a network with unlimited capacity would learn, so the stand-ins are trained on it, and it tells how much
 * of an error is the sampler's discretisation.
 */
import { CHECKERBOARD_CENTRES, CHECKERBOARD_SIDE, datasetOf, PINWHEEL, pinwheelPoint, type DatasetId } from './datasets';
import { truncatedNormal } from './gaussian';
import { mixtureMean, type Mixture, type PosteriorMean } from './mixture';

export type { PosteriorMean } from './mixture';

/** Components along each curve; their spacing stays about the noise of the definition or below, so the mixture is smooth (ripples under 1e-6). */
const CURVE_POINTS: Partial<Record<DatasetId, number>> = { moons: 128, 'swiss-roll': 192, rings: 360, dinosaur: 560 };

/** E[x0 | x] for points of a data set in standardised coordinates. */
export function posteriorMean(id: DatasetId): PosteriorMean {
  const mixture = mixtureOf(id);
  return mixture ? mixtureMean(mixture) : checkerboardMean();
}

/** A data set as the mixture of Gaussians that it is, or is to within rounding, in standardised coordinates; null for the checkerboard, which is none. */
export function mixtureOf(id: DatasetId): Mixture | null {
  if (id === 'checkerboard') return null;
  const { mean, std, noise } = datasetOf(id);
  const { points, logWeights } = id === 'pinwheel' ? pinwheelPoints() : { points: noiselessPoints(id), logWeights: undefined };
  const centres = Float64Array.from(points.flatMap(([x, y]) => [(x - mean[0]) / std[0], (y - mean[1]) / std[1]]));
  return { centres, variance: [(noise / std[0]) ** 2, (noise / std[1]) ** 2], logWeights };
}

/** Equally likely points of the noiseless set: midpoints of equal shares of the uniform that places them. */
function noiselessPoints(id: DatasetId): [number, number][] {
  const { place } = datasetOf(id);
  const n = CURVE_POINTS[id] ?? 8;
  const shares = (count: number): number[] => Array.from({ length: count }, (_, i) => (i + 0.5) / count);
  // Several curves: which one by u, as many points as its share, along it by v.
  if (id === 'moons') return [0.25, 0.75].flatMap((u) => shares(n / 2).map((v) => place(u, v)));
  if (id === 'rings') return [1 / 6, 1 / 2, 5 / 6].flatMap((u) => shares(n / 3).map((v) => place(u, v)));
  return shares(n).map((u) => place(u, 0.5));
}

/**
 * Points of the pinwheel's arms a fixed way apart, each weighted by the probability of its piece of the arm: equal shares of the
 * normal radius would lie too far apart at the ends of the arms.
 */
function pinwheelPoints(): { points: [number, number][]; logWeights: Float64Array } {
  const { arms, radialStd, tangentialStd, rate } = PINWHEEL;
  const radii: number[] = [];
  const weights: number[] = [];
  const last = 1 + 5 * radialStd;
  for (let radius = 1 - 5 * radialStd; radius < last;) {
    // d/dr of the point has the length √(1 + (r · rate · eʳ)²).
    const speed = Math.hypot(1, radius * rate * Math.exp(radius));
    radii.push(radius);
    weights.push(Math.exp(-(((radius - 1) / radialStd) ** 2) / 2) / speed);
    // The midpoint rule, so that the spacing along the arm is even to third order.
    const middle = radius + (0.5 * tangentialStd) / speed;
    radius += tangentialStd / Math.hypot(1, middle * rate * Math.exp(middle));
  }
  const total = arms * weights.reduce((sum, weight) => sum + weight, 0);
  const points = Array.from({ length: arms }, (_, arm) => radii.map((radius) => pinwheelPoint(arm, radius))).flat();
  return { points, logWeights: Float64Array.from(points, (_, i) => Math.log(weights[i % radii.length] / total)) };
}

/** Below this the checkerboard is too far under the noise for its squares to be told apart in floating point. */
const BLIND = 1e-20;

/** Per column and row of the board, what {@link truncatedNormal} says of the point x/√ᾱ ± √((1 − ᾱ)/ᾱ) in its dark stripe. */
function checkerboardAxis(x: number, a: number, b: number): { logMass: number; mean: number }[] {
  const std = datasetOf('checkerboard').std[0];
  const half = CHECKERBOARD_SIDE / 2;
  return [-1.5, -0.5, 0.5, 1.5].map((centre) => truncatedNormal(x / a, b / a, (centre - half) / std, (centre + half) / std));
}

/**
 * Given x, the point x0 is Gaussian about x/√ᾱ, cut to the dark squares: per axis and cell a truncated normal, whose masses
 * and means combine over the squares.
 */
function checkerboardMean(): PosteriorMean {
  return (x, alphaBar, out) => {
    if (alphaBar < BLIND) {
      out.fill(0, 0, x.length);
      return;
    }
    const a = Math.sqrt(alphaBar);
    const b = Math.sqrt(1 - alphaBar);
    for (let i = 0; i < x.length; i += 2) {
      const columns = checkerboardAxis(x[i], a, b);
      const rows = checkerboardAxis(x[i + 1], a, b);
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

