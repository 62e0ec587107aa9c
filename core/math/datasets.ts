/**
 * The two-dimensional data sets of the stand-in networks. Each is a distribution, not a file: drawn from a seed,
 * standardised by the mean and variance of its *definition* (closed forms below), never by those of the draw, so
 * that every draw, large or small, comes from the same unit-variance distribution.
 */
import { createRandom } from './random';

export type DatasetId = 'moons' | 'gaussians8' | 'swiss-roll' | 'checkerboard';

export interface Dataset {
  id: DatasetId;
  title: string;
  /** One line: formula and noise level, before standardisation. */
  definition: string;
  /** Mean of the definition, (x, y). */
  mean: readonly [number, number];
  /** Standard deviation of the definition per axis, noise included. */
  std: readonly [number, number];
  /** Standard deviation of the isotropic Gaussian noise that the definition adds, before standardisation. */
  noise: number;
  /** A noiseless point before standardisation, from two independent uniforms on (0, 1). */
  place(u: number, v: number): [number, number];
}

const MOONS_NOISE = 0.05;
const RING_NOISE = 0.1;
const ROLL_NOISE = 0.3;

/** E x² = 39π²/8 ∓ ¼ for t cos t and t sin t with t uniform on [3π/2, 9π/2]; the means are 2 and 2/(3π). */
const ROLL_MEAN = [2, 2 / (3 * Math.PI)] as const;
const ROLL_VARIANCE = [(39 / 8) * Math.PI ** 2 - 1 / 4 - ROLL_MEAN[0] ** 2, (39 / 8) * Math.PI ** 2 + 1 / 4 - ROLL_MEAN[1] ** 2] as const;

export const DATASETS: readonly Dataset[] = [
  {
    id: 'moons',
    title: 'Two moons',
    definition: `(cos θ, sin θ) or (1 − cos θ, ½ − sin θ), θ uniform on [0, π], plus Gaussian noise of σ = ${MOONS_NOISE}`,
    mean: [1 / 2, 1 / 4],
    std: [Math.hypot(Math.sqrt(3 / 4), MOONS_NOISE), Math.hypot(Math.sqrt(9 / 16 - 1 / Math.PI), MOONS_NOISE)],
    noise: MOONS_NOISE,
    place(u, v) {
      const angle = Math.PI * v;
      return u < 0.5 ? [Math.cos(angle), Math.sin(angle)] : [1 - Math.cos(angle), 0.5 - Math.sin(angle)];
    },
  },
  {
    id: 'gaussians8',
    title: 'Eight Gaussians',
    definition: `eight equally likely Gaussians of σ = ${RING_NOISE} at (cos kπ/4, sin kπ/4), k = 0 … 7`,
    mean: [0, 0],
    std: [Math.hypot(Math.SQRT1_2, RING_NOISE), Math.hypot(Math.SQRT1_2, RING_NOISE)],
    noise: RING_NOISE,
    place(u) {
      const angle = (Math.floor(8 * u) * Math.PI) / 4;
      return [Math.cos(angle), Math.sin(angle)];
    },
  },
  {
    id: 'swiss-roll',
    title: 'Swiss roll',
    definition: `(t cos t, t sin t), t uniform on [3π/2, 9π/2], plus Gaussian noise of σ = ${ROLL_NOISE}`,
    mean: ROLL_MEAN,
    std: [Math.hypot(Math.sqrt(ROLL_VARIANCE[0]), ROLL_NOISE), Math.hypot(Math.sqrt(ROLL_VARIANCE[1]), ROLL_NOISE)],
    noise: ROLL_NOISE,
    place(u) {
      const t = 1.5 * Math.PI * (1 + 2 * u);
      return [t * Math.cos(t), t * Math.sin(t)];
    },
  },
  {
    id: 'checkerboard',
    title: 'Checkerboard',
    definition: 'uniform on the eight dark unit squares of [−2, 2]², those with ⌊x⌋ + ⌊y⌋ even; no noise',
    mean: [0, 0],
    std: [Math.sqrt(4 / 3), Math.sqrt(4 / 3)],
    noise: 0,
    place(u, v) {
      const x = 4 * u - 2;
      // v picks one of the two dark squares of this column and the height in it.
      const square = v < 0.5 ? 0 : 1;
      const height = 2 * v - square;
      const lowest = Math.abs(Math.floor(x)) % 2 === 0 ? -2 : -1;
      return [x, lowest + 2 * square + height];
    },
  },
];

/** @throws RangeError for an id that is none of the four. */
export function datasetOf(id: string): Dataset {
  const found = DATASETS.find((dataset) => dataset.id === id);
  if (!found) throw new RangeError(`There is no data set "${id}"; known are ${DATASETS.map((d) => d.id).join(', ')}.`);
  return found;
}

/**
 * The first n points of a draw, x and y interleaved (length 2n), zero mean and unit variance per axis in distribution.
 * A longer draw with the same seed and stream begins with the shorter one; different streams are independent.
 *
 * @throws RangeError for an unknown id, or an n that is not a non-negative integer.
 */
export function drawDataset(id: DatasetId, n: number, seed: number, stream = 0): Float32Array {
  const { mean, std, noise, place } = datasetOf(id);
  const random = createRandom(seed);
  const uniform = random.uniform(`data/${id}/${stream}/place`, 0, 2 * n);
  const normal = random.normals(`data/${id}/${stream}/noise`, 0, 2 * n);
  const out = new Float32Array(2 * n);
  for (let i = 0; i < out.length; i += 2) {
    const [x, y] = place(uniform[i], uniform[i + 1]);
    out[i] = (x + noise * normal[i] - mean[0]) / std[0];
    out[i + 1] = (y + noise * normal[i + 1] - mean[1]) / std[1];
  }
  return out;
}
