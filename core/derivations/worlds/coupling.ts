/** Two coupling layers in four dimensions with small networks; Jacobian matrices by numerical differentiation of the whole map. */
import type { World } from '../../formulas/evaluate';
import { differentiate } from '../../formulas/differentiate';
import { point, random, type Random } from './random';
import { between, inner, nth, worldOf } from './world';

type Point = readonly number[];
const HALF = 2;

/** A network from one half to two numbers, which is not invertible: it saturates. */
function network(next: Random, size: number): (kept: Point) => number[] {
  const rows = [0, 1].map(() => ({ weights: point(next), bias: between(next, -0.5, 0.5) }));
  return (kept) => rows.map(({ weights, bias }) => size * Math.tanh(inner(weights, kept) + bias));
}

const jacobian = (f: (x: Point) => number[], x: Point): number[][] => x.map((_, row) => [...(differentiate((at) => f(at as Point)[row], x) as Point)]);

export function couplingWorld(seed: number): World {
  const next = random(seed);
  const [scales, shifts, scales2, shifts2] = [network(next, 0.8), network(next, 1.2), network(next, 0.8), network(next, 1.2)];
  const changed = (kept: Point, other: Point, s: (kept: Point) => number[], t: (kept: Point) => number[]): number[] => other.map((v, i) => v * Math.exp(s(kept)[i]) + t(kept)[i]);
  const split = (x: Point): [Point, Point] => [x.slice(0, HALF), x.slice(HALF)];
  const first = (x: Point): number[] => {
    const [a, b] = split(x);
    return [...a, ...changed(a, b, scales, shifts)];
  };
  const second = (z: Point): number[] => {
    const [a, b] = split(z);
    return [...changed(b, a, scales2, shifts2), ...b];
  };
  const additive = (x: Point): number[] => x.map((v, i) => (i < HALF ? v : v + shifts(x.slice(0, HALF))[i - HALF]));
  const x = [...point(next), ...point(next)];
  const z = first(x);
  const y = second(z);
  const [[xa, xb], [za, zb], [ya, yb]] = [x, z, y].map(split);
  const J = jacobian(first, x);
  // The layer is affine in the changed half, so a step of 1 tells each scale exactly.
  const stretches = x.map((_, i) => first(x.with(i, x[i] + 1))[i] - z[i]);
  return worldOf({
    values: {
      keptHalf: xa, changedHalf: xb, keptOutput: za, changedOutput: zb, swappedOutput: ya, swappedKept: yb, additiveOutput: additive(x).slice(HALF), coupledSize: HALF,
      flowJacobian: J, swappedJacobian: jacobian(second, z), additiveJacobian: jacobian(additive, x),
      stretchMatrix: x.map((_, i) => x.map((__, j) => (i !== j ? 0 : i < HALF ? 1 : stretches[i]))),
      shearMatrix: x.map((_, i) => x.map((__, j) => (i === j ? 1 : i >= HALF && j < HALF ? J[i][j] : 0))),
      jacobian: 1 / Math.abs(jacobian((at) => [...split(at)[0], ...split(at)[1].map((v, i) => (v - shifts(split(at)[0])[i]) / Math.exp(scales(split(at)[0])[i]))], z).slice(HALF).reduce((p, row, i) => p * row[HALF + i], 1)),
    },
    members: { axisVector: nth([[1, 0], [0, 1]]), logScale: nth(scales(xa)), swappedLogScale: nth(scales2(zb)) },
    functions: () => ({ scaleNetwork: scales, shiftNetwork: shifts, swappedScale: scales2, swappedShift: shifts2 }),
    letters: { j: 1 + Math.floor(next() * HALF) },
  });
}
