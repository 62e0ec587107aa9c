/** Flows whose example has a density that is known without the flow: mixtures of logistic distributions, and Gaussians by conditioning. */
import type { DerivationStep } from '../types';
import { stepSymbols } from '../render';
import { differentiate } from '../../formulas/differentiate';
import type { World } from '../../formulas/evaluate';
import { nodesBetween } from './legendre';
import { normal, random, type Random } from './random';
import { between, normalDensity, nth, rootOf, sum, worldOf } from './world';

type Point = readonly number[];
const sigmoid = (a: number): number => 1 / (1 + Math.exp(-a));

/** A mixture of two logistic distributions: how much lies below a number, its log-odds, and the density. */
function mixture(next: Random) {
  const parts = [0, 1].map(() => ({ mean: between(next, -1, 1), scale: between(next, 0.6, 1.2) }));
  const share = between(next, 0.3, 0.7);
  const mean = (f: (a: number, scale: number) => number, x: number): number => share * f((x - parts[0].mean) / parts[0].scale, parts[0].scale) + (1 - share) * f((x - parts[1].mean) / parts[1].scale, parts[1].scale);
  const below = (x: number): number => mean(sigmoid, x);
  return {
    logOdds: (x: number): number => Math.log(below(x) / mean((a) => sigmoid(-a), x)),
    density: (x: number): number => mean((a, scale) => (sigmoid(a) * sigmoid(-a)) / scale, x),
  };
}

export function variablesWorld(seed: number, step: DerivationStep): World {
  const symbols = stepSymbols(step);
  if (symbols.includes('mixingMatrix') || symbols.includes('mixingDeterminant')) return linear(seed);
  return symbols.includes('scalarInput') || symbols.includes('scalarOutput') ? scalar(seed) : plane(seed);
}

function scalar(seed: number): World {
  const next = random(seed);
  const { logOdds, density } = mixture(next);
  const sign = next() < 0.5 ? 1 : -1;
  const f = (x: number): number => sign * logOdds(x);
  const g = (z: number): number => rootOf((x) => sign * z - logOdds(x), -40, 40);
  const [low, width, x] = [between(next, -1.5, 0), between(next, 0.5, 1.5), between(next, -1.5, 1.5)];
  const ends = [low - 1, low, low + width, low + width + 1];
  const panels = [0, 1, 2];
  return worldOf({
    values: { scalarInput: x, scalarOutput: f(x) },
    functions: () => ({
      scalarFlow: f, inverseFlow: g,
      inInterval: (at: number) => Number(at >= low && at <= low + width),
      flowDensity: (at: number) => (typeof at === 'number' ? density(at) : undefined),
      baseDensity: (at: number) => (typeof at === 'number' ? sigmoid(at) * sigmoid(-at) : undefined),
    }),
    outcomes: {
      scalarInput: panels.flatMap((i) => nodesBetween(ends[i], ends[i + 1], 12)),
      scalarOutput: panels.flatMap((i) => nodesBetween(f(ends[i]), f(ends[i + 1]), 12)),
    },
  });
}

const LAYERS = 2;

/** First each component to log-odds, the second given the first; then exponentials, turned and shifted. */
function planeFlow(next: Random) {
  const [first, second] = [mixture(next), mixture(next)];
  const [bend, turn, flip] = [between(next, 0.3, 1), between(next, 0, 2 * Math.PI), next() < 0.5 ? 1 : -1];
  const shift = [between(next, -1, 1), between(next, -1, 1)];
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const moved = ([a, b]: Point): number => b - bend * Math.sin(a);
  const firstLayer = (x: Point): number[] => [first.logOdds(x[0]), second.logOdds(moved(x))];
  const secondLayer = (u: Point): number[] => {
    const [p, q] = u.map(Math.exp);
    return [cos * p - flip * sin * q + shift[0], sin * p + flip * cos * q + shift[1]];
  };
  const flow = (x: Point): number[] => secondLayer(firstLayer(x));
  const density = (x: Point): number => first.density(x[0]) * second.density(moved(x));
  // The exponential of a logistic number has the density 1/(1 + w)².
  const base = ([a, b]: Point): number => {
    const [p, q] = [a - shift[0], b - shift[1]];
    return 1 / ((1 + cos * p + sin * q) * (1 + flip * (cos * q - sin * p))) ** 2;
  };
  return { firstLayer, secondLayer, flow, density, base, x: [between(next, -1, 1), between(next, -1, 1)] };
}

const jacobian = (f: (x: Point) => number[], x: Point): number[][] => x.map((_, row) => [...(differentiate((at) => f(at as Point)[row], x) as Point)]);
const determinant = ([[a, b], [c, d]]: readonly Point[]): number => a * d - b * c;

function plane(seed: number): World {
  const next = random(seed);
  const { firstLayer, secondLayer, flow, density, base, x } = planeFlow(next);
  const inner = firstLayer(x);
  const matrices = [jacobian(firstLayer, x), jacobian(secondLayer, inner)];
  const whole = jacobian(flow, x);
  return worldOf({
    values: { x, basePoint: flow(x), flowJacobian: whole, jacobian: determinant(whole), firstJacobian: matrices[0], secondJacobian: matrices[1], flowLayers: LAYERS },
    members: { axisVector: nth([[1, 0], [0, 1]]), layerJacobian: nth(matrices.map(determinant)) },
    functions: () => ({
      flow, firstLayer, secondLayer,
      flowDensity: (at: Point) => (at === x ? density(at) : undefined),
      baseDensity: (at: Point) => (typeof at === 'number' ? undefined : base(at)),
    }),
    letters: { i: 1 + Math.floor(next() * 2), k: 1 + Math.floor(next() * LAYERS) },
  });
}

/** The four corners of a small square, and the area of what the flow makes of them. */
export function smallSquare(seed: number, n: number): World {
  const { flow, x } = planeFlow(random(seed));
  const side = 0.02 * 10 ** -n;
  const corners = [[0, 0], [1, 0], [1, 1], [0, 1]].map(([a, b]) => flow([x[0] + a * side, x[1] + b * side]));
  const area = sum(corners.map(([a, b], i) => {
    const [c, d] = corners[(i + 1) % 4];
    return (a - corners[0][0]) * (d - corners[0][1]) - (b - corners[0][1]) * (c - corners[0][0]);
  })) / 2;
  return worldOf({ values: { volumeRatio: Math.abs(area) / side ** 2, jacobian: determinant(jacobian(flow, x)) } });
}

const D = 3;

function linear(seed: number): World {
  const next = random(seed);
  const matrix = Array.from({ length: D }, (_, i) => Array.from({ length: D }, (__, j) => between(next, -0.7, 0.7) + (i === j ? (i === 0 && seed % 2 ? -1.5 : 1.5) : 0)));
  const [z, shift] = [0, 1].map(() => Array.from({ length: D }, () => normal(next)));
  const x = matrix.map((row, i) => sum(row.map((entry, j) => entry * z[j])) + shift[i]);
  // One component after the other: what the ones before leave of each row is its own deviation.
  const [directions, density] = matrix.reduce<[number[][], number]>(([known, p], row, i) => {
    const rest = known.reduce((left, unit) => left.map((v, j) => v - sum(row.map((r, k) => r * unit[k])) * unit[j]), [...row]);
    const deviation = Math.sqrt(sum(rest.map((v) => v * v)));
    const unit = rest.map((v) => v / deviation);
    // What is known of z along the directions of the components before.
    const expected = shift[i] + sum(known.map((direction) => sum(row.map((r, k) => r * direction[k])) * sum(direction.map((v, k) => v * z[k]))));
    return [[...known, unit], p * normalDensity(x[i], expected, deviation ** 2)];
  }, [[], 1]);
  const [a, b, c] = matrix;
  const cross = [b[1] * c[2] - b[2] * c[1], b[2] * c[0] - b[0] * c[2], b[0] * c[1] - b[1] * c[0]];
  return worldOf({
    values: { x, basePoint: z, mixingMatrix: matrix, mixingShift: shift, mixingDeterminant: sum(a.map((v, i) => v * cross[i])), zeroVector: directions[0].map(() => 0) },
    functions: () => ({ flowDensity: (at: Point) => (at === x ? density : undefined) }),
  });
}
