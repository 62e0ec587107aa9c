/** Densities of the plane and of the line that are no Gaussians, and score models with polynomial components: means of products of both are exact with a few nodes. */
import type { Outcome } from '../../formulas/evaluate';
import { normal, type Random } from './random';
import { between, inner, normalNodes, sum } from './world';

export type Point = readonly number[];
const NODES = 4;

export interface Density {
  density(x: Point): number;
  /** The gradient of the log-density, from the factors and not from the density. */
  score(x: Point): number[];
  /** Nodes of quadrature for integrals over the plane. */
  outcomes: readonly Outcome[];
  /** The same nodes with their share in a mean. */
  shares: readonly number[];
  /** A point where there is some density. */
  draw(): number[];
}

/** A Gaussian with independent components times a positive quadratic function, scaled to integrate to 1. */
export function bentDensity(next: Random): Density {
  const centre = [between(next, -0.8, 0.8), between(next, -0.8, 0.8)];
  const spread = [between(next, 0.7, 1.2), between(next, 0.7, 1.2)];
  const bend = [between(next, 0.5, 1), between(next, -1, -0.5)];
  const [middle, floor] = [between(next, -0.7, 0.7), between(next, 1, 2)];
  const along = ([x, y]: Point): number => bend[0] * x + bend[1] * y - middle;
  const factor = (x: Point): number => floor + along(x) ** 2;
  const height = 1 / (2 * Math.PI * spread[0] * spread[1]);
  const gaussian = ([x, y]: Point): number => height * Math.exp(-(((x - centre[0]) / spread[0]) ** 2 + ((y - centre[1]) / spread[1]) ** 2) / 2);
  const nodes = normalNodes(NODES).flatMap((a) => normalNodes(NODES).map((b) => ({ value: [centre[0] + spread[0] * a.at, centre[1] + spread[1] * b.at], weight: a.weight * b.weight })));
  const normaliser = sum(nodes.map(({ value, weight }) => weight * factor(value)));
  return {
    density: (x) => (gaussian(x) * factor(x)) / normaliser,
    score: (x) => x.map((value, axis) => (centre[axis] - value) / spread[axis] ** 2 + (2 * along(x) * bend[axis]) / factor(x)),
    outcomes: nodes.map(({ value, weight }) => ({ value, weight: weight / gaussian(value) })),
    shares: nodes.map(({ value, weight }) => (weight * factor(value)) / normaliser),
    draw: () => centre.map((value, axis) => value + spread[axis] * normal(next)),
  };
}

export interface Field {
  at(x: Point): number[];
  /** Derivatives of component i in row i. */
  slopes(x: Point): number[][];
}

/** Two components, each a quadratic function of both coordinates. */
export function quadraticField(next: Random): Field {
  const rows = [0, 1].map(() => Array.from({ length: 6 }, () => between(next, -0.8, 0.8)));
  return {
    at: ([x, y]) => rows.map(([a, b, c, d, e, f]) => a + b * x + c * y + d * x * x + e * x * y + f * y * y),
    slopes: ([x, y]) => rows.map(([, b, c, d, e, f]) => [b + 2 * d * x + e * y, c + e * x + 2 * f * y]),
  };
}

/** The mean of a function over a density, by its nodes. */
export const meanOver = ({ outcomes, shares }: Density, f: (x: Point) => number): number => sum(outcomes.map(({ value }, i) => shares[i] * f(value as Point)));

export const squared = (v: Point): number => inner(v, v);
