/** Mixtures of Gaussians that a linear equation shrinks and blurs: densities and scores at every time in closed form. */
import { determinantOf, inverseOf, product, transposed, type Matrix } from '../../math/matrix';
import { remembered } from '../../remembered';
import { valueOf, type LinearSde } from './linear-sde';
import { normal, point, type Random } from './random';
import { between, combine, inner, probabilities, sum } from './world';

type Point = readonly number[];

interface Part {
  share: number;
  mean: Point;
  covariance: Matrix;
}

/** A symmetric matrix with positive eigenvalues, none of them near zero. */
function covariance(next: Random, size: number, least: number): Matrix {
  const root = Array.from({ length: size }, () => Array.from({ length: size }, () => 0.4 * normal(next)));
  return product(root, transposed(root)).map((row, i) => row.map((value, j) => value + (i === j ? least : 0)));
}

export const mixtureParts = (next: Random, count: number, size = 2): Part[] =>
  probabilities(next, count).map((share) => ({ share, mean: point(next).slice(0, size), covariance: covariance(next, size, between(next, 0.4, 0.8)) }));

export interface Diffused {
  density(x: Point, time: number): number;
  score(x: Point, time: number): number[];
  /** The second derivatives of the log-density. */
  curvature(x: Point, time: number): Matrix;
  /** Mean of the point at an earlier time, when it is known at a later one. */
  earlier(x: Point, time: number, before: number): number[];
}

export function diffused(parts: readonly Part[], sde: LinearSde): Diffused {
  const at = remembered((time: number) => {
    const [signal, noise] = [valueOf(sde.signal, time), valueOf(sde.variance, time)];
    return parts.map(({ share, mean, covariance: data }) => {
      const whole = data.map((row, i) => row.map((value, j) => signal ** 2 * value + (i === j ? noise : 0)));
      return { mean: mean.map((value) => signal * value), whole, precision: inverseOf(whole), height: share / Math.sqrt((2 * Math.PI) ** mean.length * determinantOf(whole)) };
    });
  });
  const pulls = (x: Point, time: number): { weight: number; pull: number[] }[] => at(time).map(({ mean, precision, height }) => {
    const gap = combine(1, x, -1, mean);
    const pull = precision.map((row) => -inner(row, gap));
    return { weight: height * Math.exp(inner(gap, pull) / 2), pull };
  });
  // Asked for very often, so nothing is made on the way.
  const density = (x: Point, time: number): number => {
    let total = 0;
    for (const { mean, precision, height } of at(time)) {
      let form = 0;
      for (let i = 0; i < mean.length; i++) for (let j = 0; j < mean.length; j++) form += (x[i] - mean[i]) * precision[i][j] * (x[j] - mean[j]);
      total += height * Math.exp(-form / 2);
    }
    return total;
  };
  const blend = (x: Point, time: number, of: (pull: number[], part: number) => Point): number[] => {
    const all = pulls(x, time);
    const total = sum(all.map(({ weight }) => weight));
    const vectors = all.map(({ pull }, part) => of(pull, part));
    return x.map((_, axis) => sum(all.map(({ weight }, part) => (weight / total) * vectors[part][axis])));
  };
  return {
    density,
    curvature(x, time) {
      const all = pulls(x, time);
      const total = sum(all.map(({ weight }) => weight));
      const mean = blend(x, time, (pull) => pull);
      // The mean of the parts' own curvatures, and the spread of their pulls.
      return x.map((_, i) => x.map((__, j) => sum(at(time).map(({ precision }, part) => (all[part].weight / total) * (all[part].pull[i] * all[part].pull[j] - precision[i][j]))) - mean[i] * mean[j]));
    },
    score: (x, time) => blend(x, time, (pull) => pull),
    earlier(x, time, before) {
      // In each part the two points are jointly Gaussian; conditioning adds covariance times precision times gap, and the pull is minus precision times gap.
      const shrink = valueOf(sde.signal, time) / valueOf(sde.signal, before);
      return blend(x, time, (pull, part) => {
        const { mean, whole } = at(before)[part];
        return mean.map((value, i) => value - shrink * inner(whole[i], pull));
      });
    },
  };
}

/** dx = f x dτ less half of g² times the score. */
export const velocityOf = ({ score }: Diffused, sde: LinearSde) => (x: Point, time: number): number[] => combine(valueOf(sde.drift, time), x, -valueOf(sde.squared, time) / 2, score(x, time));

/** One long step along the velocity: the midpoint rule with more and more short steps, extrapolated to infinitely many (Gragg, Bulirsch, Stoer). */
function leap(velocity: (x: Point, time: number) => Point, start: Point, from: number, to: number): Point {
  let row: Point[] = [];
  for (let k = 1; k <= ROWS; k++) {
    const [count, h] = [2 * k, (to - from) / (2 * k)];
    let [before, x] = [start, combine(1, start, h, velocity(start, from)) as Point];
    for (let i = 1; i < count; i++) [before, x] = [x, combine(1, before, 2 * h, velocity(x, from + i * h))];
    const here = [combine(0.5, combine(1, before, 1, x), h / 2, velocity(x, to))];
    row.forEach((old, j) => {
      const gain = 1 / ((k / (k - 1 - j)) ** 2 - 1);
      here.push(combine(1 + gain, here[j], -gain, old));
    });
    row = here;
  }
  return row[row.length - 1];
}
const ROWS = 7;
const LEAP = 0.25;

/** A path that follows the velocity, from where it is at one time. */
export function pathOf(velocity: (x: Point, time: number) => Point, start: Point, from: number): (when: number) => Point {
  const corner = remembered((k: number): Point => (k <= 0 ? start : leap(velocity, corner(k - 1), from + (k - 1) * LEAP, from + k * LEAP)));
  return remembered((when) => {
    const k = Math.max(0, Math.floor((when - from) / LEAP));
    return leap(velocity, corner(k), from + k * LEAP, when);
  });
}

/** The one of the points at which the density changes fastest for its size: where it hardly changes, differences of large terms are all that is left. */
export function liveliest<P>(points: readonly P[], density: (at: P, time: number) => number, time: number): P {
  const pace = (at: P): number => Math.abs(Math.log(density(at, time + 0.01) / density(at, time - 0.01)));
  return points.reduce((best, at) => (pace(at) > pace(best) ? at : best));
}
