/**
 * The two-dimensional data sets. Each is a distribution, not a file: drawn from a seed,
 * standardised by the mean and variance of its *definition* (closed forms below), never by those of the draw, so
 * that every draw, large or small, comes from the same unit-variance distribution.
 */
import { DINOSAUR } from './dinosaur';
import { normalQuantile } from './gaussian';
import { createRandom } from './random';

export type DatasetId = 'moons' | 'gaussians8' | 'swiss-roll' | 'checkerboard' | 'pinwheel' | 'rings' | 'dinosaur';

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
  /** Equally likely parts that the set consists of, part k being drawn by u in [k/parts, (k + 1)/parts); absent where it has none. */
  parts?: number;
}

const MOONS_NOISE = 0.05;
const MOONS_SHIFT = [0.5, 0.25] as const;
const RING_NOISE = 0.1;
const ROLL_NOISE = 0.3;
const ROLL_FROM = 1.25 * Math.PI;
const ROLL_TO = 3.75 * Math.PI;

/** Within a half circle E y = 2/π and E y² = ½; the rest is the distance between the moons' means. */
const MOONS_VARIANCE = [1 / 2 + MOONS_SHIFT[0] ** 2 / 4, 1 / 2 - 4 / Math.PI ** 2 + (2 / Math.PI - MOONS_SHIFT[1] / 2) ** 2] as const;

/** With t² uniform on [A², B²], E f(t) = 2/(B² − A²) · ∫ t f(t) dt; `F` is an antiderivative of t f(t). */
const rollMean = (F: (t: number) => number): number => (2 / (ROLL_TO ** 2 - ROLL_FROM ** 2)) * (F(ROLL_TO) - F(ROLL_FROM));
const ROLL_MEAN = [
  rollMean((t) => t ** 2 * Math.sin(t) + 2 * t * Math.cos(t) - 2 * Math.sin(t)),
  rollMean((t) => -(t ** 2) * Math.cos(t) + 2 * t * Math.sin(t) + 2 * Math.cos(t)),
] as const;
/** t²cos²t and t²sin²t are t²/2 ± t²cos(2t)/2. */
const ROLL_SQUARE = rollMean((t) => t ** 4 / 8);
const ROLL_SWING = rollMean((t) => (t ** 3 * Math.sin(2 * t)) / 4 + (3 * t ** 2 * Math.cos(2 * t)) / 8 - (3 * t * Math.sin(2 * t)) / 8 - (3 * Math.cos(2 * t)) / 16);
const ROLL_VARIANCE = [ROLL_SQUARE + ROLL_SWING - ROLL_MEAN[0] ** 2, ROLL_SQUARE - ROLL_SWING - ROLL_MEAN[1] ** 2] as const;

/** Centres of the dark cells of the 4 × 4 board. */
export const CHECKERBOARD_CENTRES: readonly (readonly [number, number])[] = [-1.5, -0.5, 0.5, 1.5].flatMap((x, column) =>
  [-1.5, -0.5, 0.5, 1.5].filter((_, row) => (row + column) % 2 === 0).map((y) => [x, y] as const));
export const CHECKERBOARD_SIDE = 0.5;

/** Arms of the pinwheel; radius ~ N(1, radialStd²), and an arm turns by `rate` · exp(radius), as in the paper's code. */
export const PINWHEEL = { arms: 5, radialStd: 0.3, tangentialStd: 0.05, rate: 0.25 } as const;
/** The point of an arm at a radius, which may be negative as in the paper's code. */
export function pinwheelPoint(arm: number, radius: number): [number, number] {
  const angle = (2 * Math.PI * arm) / PINWHEEL.arms + PINWHEEL.rate * Math.exp(radius);
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}
/** Five arms turn the covariance into a multiple of the identity: E r²/2 per axis. */
const PINWHEEL_STD = Math.sqrt((1 + PINWHEEL.radialStd ** 2) / 2 + PINWHEEL.tangentialStd ** 2);

const RINGS_NOISE = 0.05;
/** E r² = (1 + 4 + 9)/27, half of it per axis. Equally likely rings: spread evenly by arc length, MMD could hardly tell them from a square. */
const RINGS_STD = Math.sqrt(7 / 27 + RINGS_NOISE ** 2);

const DINOSAUR_NOISE = 0.06;

/**
 * Why the moons are shifted by half of what scikit-learn has, the roll is short and the squares are small: DDIM with η = 0 contracts a cloud
 * that fills the plane evenly (a standard normal by the factor cos^N(π/2N), 6% in N = 20 steps of the cosine schedule) even with the exact
 * score, and 2–3% is as much as 10,000 points differ from 10,000 others. A full 4 × 4 board comes out at 1.6–2.5 times the distance of real
 * draws whatever the network; with squares of half the side, at 1.1–1.8.
 */
export const DATASETS: readonly Dataset[] = [
  {
    id: 'moons',
    title: 'Two moons',
    definition: `(cos θ, sin θ) or (${MOONS_SHIFT[0]} − cos θ, ${MOONS_SHIFT[1]} − sin θ), θ uniform on [0, π], plus Gaussian noise of σ = ${MOONS_NOISE}`,
    mean: [MOONS_SHIFT[0] / 2, MOONS_SHIFT[1] / 2],
    std: [Math.hypot(Math.sqrt(MOONS_VARIANCE[0]), MOONS_NOISE), Math.hypot(Math.sqrt(MOONS_VARIANCE[1]), MOONS_NOISE)],
    parts: 2,
    noise: MOONS_NOISE,
    place(u, v) {
      const angle = Math.PI * v;
      return u < 0.5 ? [Math.cos(angle), Math.sin(angle)] : [MOONS_SHIFT[0] - Math.cos(angle), MOONS_SHIFT[1] - Math.sin(angle)];
    },
  },
  {
    id: 'gaussians8',
    title: 'Eight Gaussians',
    definition: `eight equally likely Gaussians of σ = ${RING_NOISE} at (cos kπ/4, sin kπ/4), k = 0 … 7`,
    mean: [0, 0],
    std: [Math.hypot(Math.SQRT1_2, RING_NOISE), Math.hypot(Math.SQRT1_2, RING_NOISE)],
    parts: 8,
    noise: RING_NOISE,
    place(u) {
      const angle = (Math.floor(8 * u) * Math.PI) / 4;
      return [Math.cos(angle), Math.sin(angle)];
    },
  },
  {
    id: 'swiss-roll',
    title: 'Swiss roll',
    definition: `(t cos t, t sin t), t² uniform on [(5π/4)², (15π/4)²], plus Gaussian noise of σ = ${ROLL_NOISE}`,
    mean: ROLL_MEAN,
    std: [Math.hypot(Math.sqrt(ROLL_VARIANCE[0]), ROLL_NOISE), Math.hypot(Math.sqrt(ROLL_VARIANCE[1]), ROLL_NOISE)],
    noise: ROLL_NOISE,
    place(u) {
      const t = Math.sqrt(ROLL_FROM ** 2 + (ROLL_TO ** 2 - ROLL_FROM ** 2) * u);
      return [t * Math.cos(t), t * Math.sin(t)];
    },
  },
  {
    id: 'checkerboard',
    title: 'Checkerboard',
    definition: `uniform on squares of side ${CHECKERBOARD_SIDE} in the eight dark cells of a 4 × 4 board of unit cells; no noise`,
    mean: [0, 0],
    // E of the squared centres, ((3/2)² + (1/2)²)/2, plus that within a square.
    std: [Math.sqrt(5 / 4 + CHECKERBOARD_SIDE ** 2 / 12), Math.sqrt(5 / 4 + CHECKERBOARD_SIDE ** 2 / 12)],
    parts: 8,
    noise: 0,
    place(u, v) {
      const square = Math.floor(8 * u);
      const [x, y] = CHECKERBOARD_CENTRES[square];
      return [x + CHECKERBOARD_SIDE * (8 * u - square - 0.5), y + CHECKERBOARD_SIDE * (v - 0.5)];
    },
  },
  {
    // Johnson et al. 2016, figure 1, with their code's 5 arms, radial_std, tangential_std and rate. There the tangential noise is turned with the arm;
    // here it is added in the plane, so that the distribution is the arm's curve plus isotropic noise, whose denoiser is known.
    id: 'pinwheel',
    title: 'Pinwheel',
    definition: `radius r ~ N(1, ${PINWHEEL.radialStd}²) along one of ${PINWHEEL.arms} arms, at the angle 2πk/${PINWHEEL.arms} + ${PINWHEEL.rate} eʳ, plus Gaussian noise of σ = ${PINWHEEL.tangentialStd}`,
    mean: [0, 0],
    std: [PINWHEEL_STD, PINWHEEL_STD],
    parts: PINWHEEL.arms,
    noise: PINWHEEL.tangentialStd,
    place: (u, v) => pinwheelPoint(Math.floor(PINWHEEL.arms * u), 1 + PINWHEEL.radialStd * normalQuantile(v)),
  },
  {
    id: 'rings',
    title: 'Rings',
    definition: `three equally likely concentric rings of radius 1/3, 2/3 and 1, plus Gaussian noise of σ = ${RINGS_NOISE}`,
    mean: [0, 0],
    std: [RINGS_STD, RINGS_STD],
    parts: 3,
    noise: RINGS_NOISE,
    place(u, v) {
      const radius = (Math.floor(3 * u) + 1) / 3;
      return [radius * Math.cos(2 * Math.PI * v), radius * Math.sin(2 * Math.PI * v)];
    },
  },
  {
    id: 'dinosaur',
    title: 'Dinosaur',
    definition: `the outline, eye and mouth of a long-necked dinosaur, evenly by arc length, plus Gaussian noise of σ = ${DINOSAUR_NOISE} (it is 10 long)`,
    mean: DINOSAUR.mean,
    std: [Math.sqrt(DINOSAUR.variance[0] + DINOSAUR_NOISE ** 2), Math.sqrt(DINOSAUR.variance[1] + DINOSAUR_NOISE ** 2)],
    noise: DINOSAUR_NOISE,
    place: (u) => DINOSAUR.at(u),
  },
];

/** Whether a value from a control or a kept state names a data set. */
export function isDatasetId(value: unknown): value is DatasetId {
  return DATASETS.some(({ id }) => id === value);
}

/** @throws RangeError for an id that is none of them. */
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

/** Of the same draw, the part of the set that each point belongs to; null for a set that is one piece. */
export function drawLabels(id: DatasetId, n: number, seed: number, stream = 0): Uint8Array | null {
  const { parts } = datasetOf(id);
  if (parts === undefined) return null;
  const uniform = createRandom(seed).uniform(`data/${id}/${stream}/place`, 0, 2 * n);
  return Uint8Array.from({ length: n }, (_, i) => Math.floor(parts * uniform[2 * i]));
}
