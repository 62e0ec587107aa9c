/** How far two clouds of 2-D points lie apart, and how far two draws of the same distribution do. Points are x, y interleaved. */
import { drawDataset, type DatasetId } from './datasets';
import { expNegative } from './expTable';
import { createRandom } from './random';

/** The streams of `drawDataset` by purpose, so that no measure ever sees the points a network was trained on. */
export const DATA_STREAMS = { shown: 0, heldOut: 1, training: 2, baseline: 1000 } as const;

/** Samples are measured against this many held-out points. */
export const HELD_OUT = 10_000;

export interface SlicedOptions {
  /** Number of random directions; default 256. */
  projections?: number;
  /** Of the directions; default 0. */
  seed?: number;
}

/**
 * Sliced Wasserstein-2 distance: the root of the mean, over random directions, of the squared 1-d W2 between the projected
 * clouds (Bonneel et al. 2015; the convention of POT's `sliced_wasserstein_distance`). The 1-d distances are exact, also for clouds of
 * unequal size; directions are uniform on the circle. In the units of the points.
 *
 * @throws RangeError when a cloud is empty, of odd length or not finite.
 */
export function slicedWasserstein(a: Float32Array, b: Float32Array, { projections = 256, seed = 0 }: SlicedOptions = {}): number {
  checkCloud(a, 'first');
  checkCloud(b, 'second');
  const angles = createRandom(seed).uniform('metrics/directions', 0, projections);
  const [left, right] = [sorter(a.length / 2), sorter(b.length / 2)];
  let sum = 0;
  for (const u of angles) {
    const [c, s] = [Math.cos(2 * Math.PI * u), Math.sin(2 * Math.PI * u)];
    sum += squaredDistance1d(left(a, c, s), right(b, c, s));
  }
  return Math.sqrt(sum / projections);
}

/** ∫ (F⁻¹ − G⁻¹)² over the unit interval: both quantile functions are steps, so it is a sum over the merged steps. */
function squaredDistance1d(a: Float32Array, b: Float32Array): number {
  const [n, m] = [a.length, b.length];
  let sum = 0;
  if (n === m) {
    for (let i = 0; i < n; i++) sum += (a[i] - b[i]) ** 2;
    return sum / n;
  }
  // Positions in units of 1/(n·m), whole numbers, so that the ends of the steps meet exactly.
  let [i, j, at] = [0, 0, 0];
  while (i < n && j < m) {
    const next = Math.min((i + 1) * m, (j + 1) * n);
    sum += (next - at) * (a[i] - b[j]) ** 2;
    at = next;
    if ((i + 1) * m === at) i++;
    if ((j + 1) * n === at) j++;
  }
  return sum / (n * m);
}

const DIGIT = 11;
const BUCKETS = 1 << DIGIT;

/**
 * Projects and sorts into buffers of its own, overwritten by the next call: radix sort on the bits of the floats, about
 * six times as fast as `Float32Array.sort` at 10,000 points.
 */
function sorter(n: number): (points: Float32Array, c: number, s: number) => Float32Array {
  const values = new Float32Array(n);
  const keys = new Uint32Array(values.buffer);
  const spare = new Uint32Array(n);
  const counts = new Uint32Array(3 * BUCKETS);
  return (points, c, s) => {
    for (let i = 0; i < n; i++) values[i] = points[2 * i] * c + points[2 * i + 1] * s;
    counts.fill(0);
    for (let i = 0; i < n; i++) {
      // As unsigned numbers, floats sort right once negative ones are inverted and the sign bit of the others is set.
      const key = (keys[i] ^ ((keys[i] >> 31) | 0x80000000)) >>> 0;
      keys[i] = key;
      counts[key & (BUCKETS - 1)]++;
      counts[BUCKETS + ((key >>> DIGIT) & (BUCKETS - 1))]++;
      counts[2 * BUCKETS + (key >>> (2 * DIGIT))]++;
    }
    for (let pass = 0; pass < 3; pass++) {
      let total = 0;
      for (let k = pass * BUCKETS; k < (pass + 1) * BUCKETS; k++) {
        const count = counts[k];
        counts[k] = total;
        total += count;
      }
    }
    pour(keys, spare, counts, 0);
    pour(spare, keys, counts, 1);
    pour(keys, spare, counts, 2);
    for (let i = 0; i < n; i++) keys[i] = spare[i] & 0x80000000 ? spare[i] ^ 0x80000000 : ~spare[i];
    return values;
  };
}

function pour(from: Uint32Array, to: Uint32Array, counts: Uint32Array, pass: number): void {
  const shift = pass * DIGIT;
  for (let i = 0; i < from.length; i++) {
    const key = from[i];
    to[counts[pass * BUCKETS + ((key >>> shift) & (BUCKETS - 1))]++] = key;
  }
}

/** Kernel widths σ of `mmd`, for clouds of unit variance: fine structure, parts, the whole. */
export const MMD_BANDWIDTHS = [1 / 4, 1 / 2, 1] as const;
const MMD_POINTS = 2000;

/**
 * Maximum mean discrepancy, the biased estimate MMD_b (Gretton et al. 2012, eq. 5; not squared), with the mean of the Gaussian kernels
 * exp(−d²/2σ²) for σ in MMD_BANDWIDTHS, on the first 2,000 points of each cloud.
 *
 * @throws RangeError when a cloud is empty, of odd length or not finite.
 */
export function mmd(a: Float32Array, b: Float32Array): number {
  checkCloud(a, 'first');
  checkCloud(b, 'second');
  const x = a.subarray(0, 2 * MMD_POINTS);
  const y = b.subarray(0, 2 * MMD_POINTS);
  return Math.sqrt(Math.max(0, meanKernel(x, x) - 2 * meanKernel(x, y) + meanKernel(y, y)));
}

function meanKernel(a: Float32Array, b: Float32Array): number {
  const same = a === b;
  let sum = 0;
  for (let i = 0; i < a.length; i += 2) {
    // The same cloud against itself: each pair once, and the diagonal of ones below.
    for (let j = same ? i + 2 : 0; j < b.length; j += 2) {
      const wide = expNegative(((a[i] - b[j]) ** 2 + (a[i + 1] - b[j + 1]) ** 2) / 2);
      // The widths halve, so each kernel is the fourth power of the one before.
      const middle = wide ** 2 * wide ** 2;
      sum += wide + middle + middle ** 2 * middle ** 2;
    }
  }
  const mean = sum / MMD_BANDWIDTHS.length;
  const [n, m] = [a.length / 2, b.length / 2];
  return same ? (2 * mean + n) / (n * n) : mean / (n * m);
}

/** What clouds are measured against: a data set by its definition, or own points, standardised. */
export type DataSource = DatasetId | Float32Array;

/**
 * n points of the source, x, y interleaved; the same for the same seed and stream, independent between streams.
 *
 * Own points are drawn with replacement (the bootstrap): the points are taken for the whole distribution. Two such draws share points, so unlike draws
 * of a data set they say nothing of how well new data of the same origin would be met, and no draw is unseen by a network trained on the points.
 *
 * @throws RangeError for an unknown id, or where there are no points.
 */
export function drawFrom(source: DataSource, n: number, seed: number, stream = 0): Float32Array {
  if (typeof source === 'string') return drawDataset(source, n, seed, stream);
  const count = source.length / 2;
  if (count === 0 || !Number.isInteger(count)) throw new RangeError(`x and y of at least one point are needed; there are ${source.length} numbers.`);
  const words = createRandom(seed).uniform(`data/own/${stream}`, 0, n);
  const out = new Float32Array(2 * n);
  for (let i = 0; i < n; i++) {
    const from = 2 * Math.floor(words[i] * count);
    out[2 * i] = source[from];
    out[2 * i + 1] = source[from + 1];
  }
  return out;
}

/** The one held-out draw that samples are measured against: two runs then differ by their samples alone. For own points see {@link drawFrom}. */
export function heldOutDraw(source: DataSource): Float32Array {
  return drawFrom(source, HELD_OUT, 0, DATA_STREAMS.heldOut);
}

export interface Baseline {
  slicedWasserstein: number;
  mmd: number;
}

/** What a perfect sampler would get: the means over pairs of independent real draws ({@link drawFrom}), n points against HELD_OUT points. */
export function realBaseline(source: DataSource, n: number, pairs = 20, seed = 0): Baseline {
  const steps = baselineSteps(source, n, pairs, seed);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** The same in pieces of one distance each, for those who must not keep others waiting; returns it at the end. */
export function* baselineSteps(source: DataSource, n: number, pairs = 20, seed = 0): Generator<void, Baseline, void> {
  const total = { slicedWasserstein: 0, mmd: 0 };
  for (let pair = 0; pair < pairs; pair++) {
    const drawn = drawFrom(source, n, seed, DATA_STREAMS.baseline + 2 * pair);
    const heldOut = drawFrom(source, HELD_OUT, seed, DATA_STREAMS.baseline + 2 * pair + 1);
    total.slicedWasserstein += slicedWasserstein(drawn, heldOut, { seed }) / pairs;
    yield;
    total.mmd += mmd(drawn, heldOut) / pairs;
    yield;
  }
  return total;
}

/** Measures against one source. It keeps what is dear and always the same; make one for each source and hold on to it. */
export interface Yardstick {
  /** {@link heldOutDraw} of the source. Not to be changed. */
  readonly heldOut: Float32Array;
  /** {@link realBaseline} of the source, seed 0; seconds at the first call for an n and a number of pairs, at once for the same again. */
  baseline(n: number, pairs?: number): Baseline;
  /** Distances of a sample from `heldOut`. @throws RangeError when it is empty, of odd length or not finite. */
  measure(sample: Float32Array): Baseline;
}

/** @param source own points are not copied and must not change afterwards. @throws RangeError for an unknown id, or where there are no points. */
export function yardstickOf(source: DataSource): Yardstick {
  const heldOut = heldOutDraw(source);
  const baselines = new Map<string, Baseline>();
  return {
    heldOut,
    baseline(n, pairs = 20) {
      const key = `${n}/${pairs}`;
      let found = baselines.get(key);
      if (!found) baselines.set(key, (found = realBaseline(source, n, pairs)));
      return { ...found };
    },
    measure: (sample) => ({ slicedWasserstein: slicedWasserstein(sample, heldOut), mmd: mmd(sample, heldOut) }),
  };
}

function checkCloud(points: Float32Array, which: string): void {
  if (points.length === 0 || points.length % 2 !== 0) throw new RangeError(`The ${which} cloud has ${points.length} numbers: x and y of at least one point are needed.`);
  const bad = points.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new RangeError(`The ${which} cloud holds ${points[bad]} at point ${bad >> 1}.`);
}
