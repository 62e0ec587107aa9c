/** Continuous flows with known solutions: a linear one, and what the hyperbolic sine makes of a linear one whose speed changes with time. */
import type { DerivationStep } from '../types';
import { stepSymbols } from '../render';
import { differentiate } from '../../formulas/differentiate';
import type { Value, World } from '../../formulas/evaluate';
import { nodesBetween } from './legendre';
import { normal, random, type Random } from './random';
import { between, each, nth, sum, worldOf } from './world';

type Point = readonly number[];
type Matrix = readonly Point[];
const times = (a: Matrix, z: Point): number[] => a.map((row) => sum(row.map((v, i) => v * z[i])));
const identity = (n: number): number[][] => Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => Number(i === j)));

/** Where the linear flow takes a point: the series of the exponential. */
function moved(a: Matrix, time: number, z: Point): number[] {
  let [term, total] = [[...z], [...z]];
  for (let k = 1; k <= 40; k++) {
    term = times(a, term).map((v) => (v * time) / k);
    total = total.map((v, i) => v + term[i]);
  }
  return total;
}

const velocityMatrix = (next: Random, n: number): number[][] => identity(n).map((row, i) => row.map((_, j) => (i === j ? between(next, 0.2, 0.8) : between(next, -0.7, 0.7))));

/** Of a linear image of a standard normal point of the plane, by its covariance. */
function logNormal(a: Matrix, time: number, w: Point): number {
  const [e1, e2] = [moved(a, time, [1, 0]), moved(a, time, [0, 1])];
  const [p, q, r] = [e1[0] ** 2 + e2[0] ** 2, e1[0] * e1[1] + e2[0] * e2[1], e1[1] ** 2 + e2[1] ** 2];
  const volume = p * r - q * q;
  return -(r * w[0] ** 2 - 2 * q * w[0] * w[1] + p * w[1] ** 2) / (2 * volume) - Math.log(2 * Math.PI) - Math.log(volume) / 2;
}

/** The point is w = asinh z, which moves with the velocity c(τ) A w. */
function bentFlow(next: Random) {
  const a = velocityMatrix(next, 2);
  const start = [normal(next), normal(next)].map((v) => 0.8 * v);
  const clock = (time: number): number => time + 0.5 * (1 - Math.cos(time));
  return {
    path: (time: number): number[] => moved(a, clock(time), start).map(Math.sinh),
    velocity: (z: Point, time: number): number[] => times(a, z.map(Math.asinh)).map((v, i) => (1 + 0.5 * Math.sin(time)) * v * Math.hypot(1, z[i])),
    density: (z: Point, time: number): number => Math.exp(logNormal(a, clock(time), z.map(Math.asinh)) - sum(z.map((v) => Math.log(Math.hypot(1, v))))),
  };
}

const jacobian = (f: (z: Point) => number[], z: Point): number[][] => z.map((_, row) => [...(differentiate((at) => f(at as Point)[row], z) as Point)]);
const isPlace = (z: Value): z is Point => typeof z !== 'number';

export function continuousWorld(seed: number, step: DerivationStep): World {
  const symbols = stepSymbols(step);
  if (symbols.includes('velocityMatrix') || symbols.includes('solutionMatrix')) return linear(seed);
  return symbols.includes('traceProbe') ? probing(seed) : bent(seed, between(random(seed + 99), 0.2, 0.9));
}

function bent(seed: number, delta: number): World {
  const next = random(seed);
  const { path, velocity, density } = bentFlow(next);
  const [time, end] = [between(next, 0.1, 0.9), between(next, 0.9, 1.4)];
  const z = path(time);
  const J = jacobian((at) => velocity(at, time), z);
  return worldOf({
    values: { flowTime: time, movingPoint: z, smallStep: delta, steppedPoint: z.map((v, i) => v + delta * velocity(z, time)[i]), speedJacobian: J, identityMatrix: identity(2), endTime: end },
    members: { axisVector: nth(identity(2)) },
    functions: () => ({
      movingPath: (t: number) => (typeof t === 'number' ? path(t) : undefined),
      velocity: (at: Point, t: number) => (isPlace(at) && typeof t === 'number' ? velocity(at, t) : undefined),
      movingDensity: (at: Point, t: number) => (isPlace(at) && typeof t === 'number' ? density(at, t) : undefined),
      // By how fast a small square grows: the two outer derivatives, one axis at a time.
      velocityDivergence: (at: Point, t: number) => (isPlace(at) && typeof t === 'number' ? sum(at.map((_, i) => differentiate((v) => velocity(at.with(i, v as number), t)[i], at[i]) as number)) : undefined),
    }),
    outcomes: { flowTime: nodesBetween(0, end, 12) },
    letters: { i: 1 + (seed % 2) },
  });
}

function linear(seed: number): World {
  const next = random(seed);
  const a = velocityMatrix(next, 2);
  const [start, time] = [[normal(next), normal(next)], between(next, 0.3, 1.5)];
  const columns = identity(2).map((axis) => moved(a, time, axis));
  return worldOf({
    values: { flowTime: time, velocityMatrix: a, startPoint: start, movingPoint: moved(a, time, start), solutionMatrix: columns[0].map((_, i) => columns.map((column) => column[i])), speedJacobian: jacobian((z) => times(a, z), start), identityMatrix: identity(2), eulerSteps: 5 },
    functions: () => ({
      velocity: (at: Point, t: number) => (isPlace(at) && typeof t === 'number' ? times(a, at) : undefined),
      movingPath: (t: number) => (typeof t === 'number' ? moved(a, t, start) : undefined),
      movingDensity: (at: Point, t: number) => (isPlace(at) && typeof t === 'number' ? Math.exp(logNormal(a, t, at)) : undefined),
    }),
  });
}

const D = 3;

function probing(seed: number): World {
  const next = random(seed);
  const J = identity(D).map((row) => row.map(() => between(next, -1, 1)));
  const signs = [0, 1, 2, 3, 4, 5, 6, 7].map((code) => [1, 2, 4].map((bit) => (code & bit ? 1 : -1)));
  return worldOf({
    values: { speedJacobian: J, identityMatrix: identity(D), traceProbe: signs[seed % 8], dimensions: D },
    members: { axisVector: nth(identity(D)) },
    functions: () => ({ probeDistribution: (at: Point) => (signs.some((sign) => sign === at) ? 1 / signs.length : undefined) }),
    outcomes: { traceProbe: each(signs) },
    letters: { i: 1 + (seed % D) },
  });
}

/** Shorter and shorter steps, or more and more of them. */
export function smallSteps(seed: number, n: number, step: DerivationStep): World {
  const symbols = stepSymbols(step);
  const delta = 0.02 * 10 ** -n;
  if (symbols.includes('movingDensity')) return bent(seed, delta);
  const next = random(seed);
  const a = velocityMatrix(next, D);
  return worldOf({ values: { speedJacobian: a, ...(symbols.includes('velocityMatrix') && { velocityMatrix: a }), identityMatrix: identity(D), smallStep: delta, flowTime: between(next, 0.3, 0.8), eulerSteps: 30 * 10 ** n } });
}
